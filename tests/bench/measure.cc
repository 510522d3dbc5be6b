// Runs programs and tells what they cost.
//
//   measure COUNT PROGRAM ARGUMENT...
//
// prints the median wall time in milliseconds and the largest resident memory
// in MiB of COUNT runs, whose output goes into a pipe that is read to the end.
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <vector>

namespace {

struct Cost {
  double milliseconds;
  double mebibytes;
};

// Starts the program with both streams in the pipe and replaces this process.
[[noreturn]] void Become(char** arguments, int pipe_end) {
  const int nothing = open("/dev/null", O_RDWR);
  dup2(nothing, STDIN_FILENO);
  dup2(nothing, STDERR_FILENO);
  dup2(pipe_end, STDOUT_FILENO);
  execvp(arguments[0], arguments);
  _exit(127);
}

Cost RunOnce(char** arguments) {
  static char buffer[1 << 16];
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) std::exit(1);
  const auto begin = std::chrono::steady_clock::now();
  const pid_t child = vfork();
  if (child == 0) Become(arguments, ends[1]);
  close(ends[1]);
  while (read(ends[0], buffer, sizeof buffer) > 0) {
  }
  close(ends[0]);
  int status = 0;
  rusage usage = {};
  wait4(child, &status, 0, &usage);
  const auto end = std::chrono::steady_clock::now();
  if (!WIFEXITED(status) || WEXITSTATUS(status) == 127) {
    std::fprintf(stderr, "measure: %s failed\n", arguments[0]);
    std::exit(1);
  }
  return {std::chrono::duration<double, std::milli>(end - begin).count(),
          static_cast<double>(usage.ru_maxrss) / 1024};
}

}  // namespace

int main(int argc, char** argv) {
  const int count = argc > 2 ? std::atoi(argv[1]) : 0;
  if (count < 1) {
    std::fprintf(stderr, "usage: measure COUNT PROGRAM ARGUMENT...\n");
    return 2;
  }
  std::vector<double> times;
  double memory = 0;
  for (int i = 0; i < count; ++i) {
    const Cost cost = RunOnce(argv + 2);
    times.push_back(cost.milliseconds);
    memory = std::max(memory, cost.mebibytes);
  }
  std::nth_element(times.begin(), times.begin() + count / 2, times.end());
  std::printf("%.2f %.1f\n", times[static_cast<size_t>(count) / 2], memory);
  return 0;
}
