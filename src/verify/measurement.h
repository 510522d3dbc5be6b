// What `dfix verify` measures: plain values, as an engine gave them.
//
// Left out: how they come about (container_engine.h) and what they mean side by
// side (comparison.h).
#ifndef DFIX_VERIFY_MEASUREMENT_H_
#define DFIX_VERIFY_MEASUREMENT_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace dfix {

// One build.
struct BuildResult {
  bool ok = false;
  double seconds = 0;   // Without the time that base images took to arrive.
  uint32_t steps = 0;   // RUN, COPY, ADD and WORKDIR.
  uint32_t cached = 0;  // Those of them that the cache answered.
  uint32_t commands_run = 0;  // RUNs that it did not.
  std::string log_tail;       // The last lines, if it failed.
};

// The parts of an image's configuration that something set, by Docker's names
// (`Cmd`, `Env`, ...), as JSON in one spelling.
using ImageConfig = std::map<std::string, std::string>;

struct ImageFacts {
  uint64_t size = 0;  // Bytes, as the engine counts them.
  uint32_t layers = 0;
  ImageConfig config;
};

struct FileEntry {
  char type = '0';  // As in tar: `0` file, `5` folder, `2` link, ...
  uint32_t mode = 0;
  uint32_t uid = 0;
  uint32_t gid = 0;
  uint64_t size = 0;
  uint64_t hash = 0;  // Of the content, or of where a link leads.

  bool operator==(const FileEntry&) const = default;
};

// The files of an image by path, without a slash at either end.
using FileTree = std::map<std::string, FileEntry>;

// What a port answered to `GET /`.
struct HttpAnswer {
  int port = 0;
  int status = 0;  // 0 if it does not speak HTTP.
  std::string body;

  bool operator==(const HttpAnswer&) const = default;
};

// What the main process of a container was seen to do. From inside, so that it
// works for every engine and image.
struct ProbeResult {
  uint32_t uid = 0;
  std::vector<int> ports;  // TCP, listening, ascending.
  std::vector<HttpAnswer> answers;
};

// How a container behaved that was started without arguments and network.
struct RunResult {
  std::string failure;   // Why it did not start; else empty.
  bool running = false;  // After it had time to get ready.
  int exit_status = 0;   // Its own, or the one after it was stopped.
  std::string out;       // Until it was ready.
  std::string error;     // The same, of standard error.
  std::optional<ProbeResult> probe;
  std::string probe_failure;  // Why there is no probe of a running one.
  double stop_seconds = 0;    // From the stop signal to its end.
  bool killed = false;        // It ignored the signal.
};

// All about one version of a file.
struct Measurement {
  BuildResult cold;
  std::optional<BuildResult> rebuild;  // After a source file was edited.
  ImageFacts image;
  FileTree files;
  std::optional<RunResult> run;  // Absent if the engine cannot run it.
};

}  // namespace dfix

#endif  // DFIX_VERIFY_MEASUREMENT_H_
