#include "src/verify/process.h"

#include <gtest/gtest.h>
#include <signal.h>

#include <chrono>
#include <string>
#include <thread>

namespace dfix {
namespace {

using std::chrono::milliseconds;

ProcessRequest Shell(const std::string& script) {
  ProcessRequest request;
  request.arguments = {"sh", "-c", script};
  return request;
}

TEST(RunProcess, GivesOutputAndStatus) {
  const ProcessResult result = RunProcess(Shell("echo a; echo b >&2; exit 3"));
  EXPECT_EQ(result.end, ProcessEnd::kExited);
  EXPECT_EQ(result.status, 3);
  EXPECT_EQ(result.out, "a\n");
  EXPECT_EQ(result.error, "b\n");
}

TEST(RunProcess, ReadsNoShell) {
  ProcessRequest request;
  request.arguments = {"printf", "%s|", "a b", "$(id)", "", "'"};
  EXPECT_EQ(RunProcess(request).out, "a b|$(id)||'|");
}

TEST(RunProcess, HasNoStandardInput) {
  EXPECT_EQ(RunProcess(Shell("cat; echo end")).out, "end\n");
}

TEST(RunProcess, TakesMuchOutputOfBothStreams) {
  const ProcessResult result = RunProcess(
      Shell("head -c 3000000 /dev/zero; head -c 3000000 /dev/zero >&2"));
  EXPECT_EQ(result.out.size(), 3000000U);
  EXPECT_EQ(result.error.size(), 3000000U);
}

TEST(RunProcess, SaysWhyAProgramDoesNotStart) {
  ProcessRequest request;
  request.arguments = {"/nowhere/engine"};
  const ProcessResult result = RunProcess(request);
  EXPECT_EQ(result.end, ProcessEnd::kNotStarted);
  EXPECT_EQ(result.error, "No such file or directory");
}

// Whether the process does anything; one that nobody has waited for does not.
bool IsAlive(const std::string& pid) {
  ProcessRequest request;
  request.arguments = {"grep", "-q", "^State:.[^Z]",
                       "/proc/" + pid + "/status"};
  return RunProcess(request).ok();
}

TEST(RunProcess, EndsWhatTakesTooLongWithAllItStarted) {
  ProcessRequest request = Shell("sleep 100 & echo $!; wait");
  request.time_limit = milliseconds(300);
  const ProcessResult result = RunProcess(request);
  EXPECT_EQ(result.end, ProcessEnd::kTimedOut);
  EXPECT_LT(result.seconds, 50);
  ASSERT_TRUE(result.out.ends_with('\n'));
  const std::string pid = result.out.substr(0, result.out.size() - 1);
  // The signal is sent; a busy machine takes a moment to act on it.
  for (int i = 0; i < 100 && IsAlive(pid); ++i) {
    std::this_thread::sleep_for(milliseconds(100));
  }
  EXPECT_FALSE(IsAlive(pid));
}

TEST(RunProcess, EndsWhatIgnoresTheSignal) {
  ProcessRequest request = Shell("trap '' TERM; while :; do sleep 0.1; done");
  request.time_limit = milliseconds(200);
  EXPECT_EQ(RunProcess(request).end, ProcessEnd::kTimedOut);
}

TEST(RunProcess, DoesNotWaitForWhatStaysBehind) {
  const ProcessResult result = RunProcess(Shell("sleep 20 & echo done"));
  EXPECT_EQ(result.out, "done\n");
  EXPECT_LT(result.seconds, 15);
}

TEST(RunProcess, TellsDeathBySignal) {
  EXPECT_EQ(RunProcess(Shell("kill -KILL $$")).end, ProcessEnd::kSignalled);
}

TEST(InterruptionHandler, EndsProcessesAndAllowsCleaningUp) {
  {
    const InterruptionHandler handler;
    ProcessRequest request = Shell("sleep 100");
    request.on_wait = [] { raise(SIGTERM); };
    EXPECT_EQ(RunProcess(request).end, ProcessEnd::kInterrupted);
    EXPECT_EQ(InterruptingSignal(), SIGTERM);
    EXPECT_EQ(RunProcess(Shell("echo a")).end, ProcessEnd::kInterrupted);
    ProcessRequest clean_up = Shell("echo a");
    clean_up.is_clean_up = true;
    EXPECT_EQ(RunProcess(clean_up).out, "a\n");
    Wait(milliseconds(10000));
  }
  const InterruptionHandler next;
  EXPECT_EQ(InterruptingSignal(), 0);
}

}  // namespace
}  // namespace dfix
