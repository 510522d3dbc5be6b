#include "src/verify/process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <thread>

extern "C" char** environ;

namespace dfix {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds kTick(100);
// How long a program may take to end once it was asked to.
constexpr milliseconds kGrace(5000);

constexpr std::array<int, 3> kEndSignals = {SIGINT, SIGTERM, SIGHUP};

volatile std::sig_atomic_t interrupting_signal = 0;

void RememberSignal(int signal) { interrupting_signal = signal; }

// A pipe whose ends are closed at the end of its scope.
class Pipe {
 public:
  Pipe() { ok_ = pipe2(ends_.data(), O_CLOEXEC) == 0; }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  ~Pipe() {
    CloseWriteEnd();
    CloseReadEnd();
  }

  bool ok() const { return ok_; }
  int read_end() const { return ends_[0]; }
  int write_end() const { return ends_[1]; }
  void CloseReadEnd() { Close(ends_[0]); }
  void CloseWriteEnd() { Close(ends_[1]); }

 private:
  static void Close(int& end) {
    if (end >= 0) close(end);
    end = -1;
  }

  std::array<int, 2> ends_ = {-1, -1};
  bool ok_ = false;
};

// One program while it runs.
class Child {
 public:
  explicit Child(const ProcessRequest& request) : request_(request) {}

  ProcessResult Run() {
    const Clock::time_point start = Clock::now();
    if (!Start()) return result_;
    const Clock::time_point limit = start + request_.time_limit;
    while (!Collect(kTick)) {
      if (request_.on_wait) request_.on_wait();
      if (InterruptingSignal() != 0 && !request_.is_clean_up) {
        End(ProcessEnd::kInterrupted);
        break;
      }
      if (Clock::now() >= limit) {
        End(ProcessEnd::kTimedOut);
        break;
      }
    }
    result_.seconds =
        std::chrono::duration<double>(Clock::now() - start).count();
    return result_;
  }

 private:
  bool Start() {
    if (!out_.ok() || !error_.ok()) return Fail(errno);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null",
                                     O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, out_.write_end(), STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(
        &actions, request_.merge_errors ? out_.write_end() : error_.write_end(),
        STDERR_FILENO);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    sigset_t none;
    sigemptyset(&none);
    posix_spawnattr_setsigmask(&attributes, &none);
    sigset_t defaults;
    sigemptyset(&defaults);
    sigaddset(&defaults, SIGPIPE);
    posix_spawnattr_setsigdefault(&attributes, &defaults);
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP |
                                              POSIX_SPAWN_SETSIGMASK |
                                              POSIX_SPAWN_SETSIGDEF);
    std::vector<char*> arguments;
    for (const std::string& argument : request_.arguments) {
      arguments.push_back(const_cast<char*>(argument.c_str()));
    }
    arguments.push_back(nullptr);
    const int failure = posix_spawnp(&pid_, arguments[0], &actions, &attributes,
                                     arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    out_.CloseWriteEnd();
    error_.CloseWriteEnd();
    return failure == 0 || Fail(failure);
  }

  bool Fail(int failure) {
    result_.error = std::strerror(failure);
    return false;
  }

  // Takes what comes within `time`. Whether the child is gone; what is left in
  // the pipes is read then, though a grandchild may still hold them.
  bool Collect(milliseconds time) {
    const bool gone = IsGone();
    std::array<pollfd, 2> files = {pollfd{out_.read_end(), POLLIN, 0},
                                   pollfd{error_.read_end(), POLLIN, 0}};
    const bool open = out_.read_end() >= 0 || error_.read_end() >= 0;
    if (!open && !gone) std::this_thread::sleep_for(milliseconds(5));
    if (!open) return gone;
    const int ready = poll(files.data(), files.size(),
                           gone ? 0 : static_cast<int>(time.count()));
    if (ready <= 0) return gone;
    if (files[0].revents != 0) Read(out_, true);
    if (files[1].revents != 0) Read(error_, false);
    return gone && out_.read_end() < 0 && error_.read_end() < 0;
  }

  void Read(Pipe& pipe, bool is_output) {
    std::array<char, 65536> buffer;
    const ssize_t count = read(pipe.read_end(), buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) return;
    if (count <= 0) return pipe.CloseReadEnd();
    const std::string_view text(buffer.data(), static_cast<size_t>(count));
    if (!is_output) {
      result_.error += text;
    } else if (request_.on_output) {
      request_.on_output(text);
    } else {
      result_.out += text;
    }
  }

  bool IsGone() {
    if (pid_ < 0) return true;
    int status = 0;
    const pid_t done = waitpid(pid_, &status, WNOHANG);
    if (done == 0 || (done < 0 && errno == EINTR)) return false;
    pid_ = -1;
    if (done > 0 && WIFEXITED(status)) {
      result_.end = ProcessEnd::kExited;
      result_.status = WEXITSTATUS(status);
    } else {
      result_.end = ProcessEnd::kSignalled;
    }
    return true;
  }

  // Ends the process group, gently at first.
  void End(ProcessEnd why) {
    const pid_t group = pid_;
    kill(-group, SIGTERM);
    const Clock::time_point limit = Clock::now() + kGrace;
    while (!Collect(kTick) && Clock::now() < limit) {
    }
    kill(-group, SIGKILL);
    while (!IsGone()) std::this_thread::sleep_for(milliseconds(5));
    result_.end = why;
  }

  const ProcessRequest& request_;
  ProcessResult result_;
  Pipe out_;
  Pipe error_;
  pid_t pid_ = -1;
};

}  // namespace

ProcessResult RunProcess(const ProcessRequest& request) {
  if (InterruptingSignal() != 0 && !request.is_clean_up) {
    ProcessResult result;
    result.end = ProcessEnd::kInterrupted;
    return result;
  }
  return Child(request).Run();
}

void Wait(milliseconds time) {
  const Clock::time_point end = Clock::now() + time;
  while (InterruptingSignal() == 0) {
    const auto left = end - Clock::now();
    if (left <= Clock::duration::zero()) return;
    std::this_thread::sleep_for(std::min<Clock::duration>(left, kTick));
  }
}

InterruptionHandler::InterruptionHandler() {
  interrupting_signal = 0;
  struct sigaction action = {};
  action.sa_handler = RememberSignal;
  sigemptyset(&action.sa_mask);
  before_.resize(kEndSignals.size());
  for (size_t i = 0; i < kEndSignals.size(); ++i) {
    sigaction(kEndSignals[i], &action, &before_[i]);
    // Whoever started us does not want that signal to end anything.
    if (before_[i].sa_handler == SIG_IGN) {
      sigaction(kEndSignals[i], &before_[i], nullptr);
    }
  }
}

InterruptionHandler::~InterruptionHandler() {
  for (size_t i = 0; i < kEndSignals.size(); ++i) {
    sigaction(kEndSignals[i], &before_[i], nullptr);
  }
}

int InterruptingSignal() { return interrupting_signal; }

}  // namespace dfix
