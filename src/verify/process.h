// Runs other programs: argument vectors, never a shell; with a time limit; and
// ended, with all that they started, when this program is told to end.
#ifndef DFIX_VERIFY_PROCESS_H_
#define DFIX_VERIFY_PROCESS_H_

#include <chrono>
#include <csignal>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace dfix {

enum class ProcessEnd : uint8_t {
  kExited,       // By itself; `status` is its own.
  kSignalled,    // By a signal of somebody else.
  kNotStarted,   // The program could not be run.
  kTimedOut,     // We ended it.
  kInterrupted,  // We were told to end, and ended it or did not start it.
};

struct ProcessRequest {
  std::vector<std::string> arguments;  // The program comes first.
  std::chrono::milliseconds time_limit = std::chrono::seconds(60);
  // Called with each piece of standard output, which is then not kept.
  std::function<void(std::string_view)> on_output;
  // Called about ten times a second.
  std::function<void()> on_wait;
  bool merge_errors = false;  // Standard error goes to standard output.
  bool is_clean_up = false;   // Runs even if we were told to end.
};

struct ProcessResult {
  ProcessEnd end = ProcessEnd::kNotStarted;
  int status = -1;
  std::string out;
  std::string error;  // Standard error, or why it was not started.
  double seconds = 0;

  bool ok() const { return end == ProcessEnd::kExited && status == 0; }
};

// Runs a program to its end. It has no standard input, and a process group of
// its own. PATH finds it if its name has no slash.
ProcessResult RunProcess(const ProcessRequest& request);

// Waits, less if this program is told to end.
void Wait(std::chrono::milliseconds time);

// While one exists, SIGINT, SIGTERM and SIGHUP do not end the program: they end
// what RunProcess runs, so that callers return and clean up.
class InterruptionHandler {
 public:
  InterruptionHandler();
  ~InterruptionHandler();
  InterruptionHandler(const InterruptionHandler&) = delete;
  InterruptionHandler& operator=(const InterruptionHandler&) = delete;

 private:
  std::vector<struct sigaction> before_;
};

// The signal that told this program to end, or 0.
int InterruptingSignal();

}  // namespace dfix

#endif  // DFIX_VERIFY_PROCESS_H_
