// docker, podman or buildah, by their command lines.
//
// Invariant: what an engine object made, images and containers, is gone when
// it ends, unless it was told to keep it. Only the engine's build cache stays.
#ifndef DFIX_VERIFY_CONTAINER_ENGINE_H_
#define DFIX_VERIFY_CONTAINER_ENGINE_H_

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "src/text/result.h"
#include "src/verify/measurement.h"
#include "src/verify/process.h"

namespace dfix {

enum class EngineKind : uint8_t { kDocker, kPodman, kBuildah };

// `docker`, `podman`, `buildah`.
std::string_view Name(EngineKind kind);

struct EngineChoice {
  std::optional<EngineKind> kind;  // Absent for the first that answers.
  std::string path;                // Of its program; empty to look in PATH.
};

// What is the same for all builds of one file.
struct BuildSettings {
  std::string context;  // A folder.
  std::vector<std::string> build_args;
  std::string target;
  std::string platform;
  std::string network;  // Of RUN; empty for the engine's own choice.
  std::chrono::seconds time_limit = std::chrono::hours(1);
};

struct BuildRequest {
  std::string dockerfile;
  std::string tag;
  bool use_cache = true;
  // Called about ten times a second with the step in work, perhaps empty.
  std::function<void(const std::string& step)> on_progress;
};

class ContainerEngine {
 public:
  // The engine that `choice` asks for, if it answers. The error says what to
  // do. Sets variables of the environment that engines read.
  static Result<ContainerEngine> Find(const EngineChoice& choice);

  ContainerEngine(ContainerEngine&& other) noexcept;
  ContainerEngine& operator=(ContainerEngine&&) = delete;
  ~ContainerEngine();

  EngineKind kind() const { return kind_; }
  // `docker 28.5.2`.
  const std::string& description() const { return description_; }
  bool can_run() const { return kind_ != EngineKind::kBuildah; }

  // A name for an image that no other run uses, ending in `what`.
  std::string NewTag(std::string_view what);

  BuildResult Build(const BuildSettings& settings, const BuildRequest& request);
  Result<ImageFacts> Inspect(const std::string& tag);
  Result<FileTree> Files(const std::string& tag, const std::string& platform);

  struct RunRequest {
    std::string tag;
    std::string platform;
    std::chrono::milliseconds time_to_get_ready{10000};
    std::vector<int> expected_ports;  // It is ready once it listens on these.
  };
  // Starts a container without network and arguments, looks at it once it is
  // ready, and stops it.
  RunResult Run(const RunRequest& request);

  // Removes what was made, all but the images `kept`. What could not be removed
  // is returned, with the reason.
  std::vector<std::string> CleanUp(const std::vector<std::string>& kept);

 private:
  ContainerEngine(EngineKind kind, std::string program);

  ProcessResult Call(std::vector<std::string> arguments) const;
  std::optional<Error> Ask();
  // A name for a container that will be removed.
  std::string NewContainer();
  std::vector<std::string> BuildArguments(const BuildSettings& settings,
                                          const BuildRequest& request) const;
  void WaitUntilReady(const std::string& name, const RunRequest& request,
                      RunResult& result);
  bool Refresh(const std::string& name, RunResult& result) const;
  void ReadLogs(const std::string& name, RunResult& result) const;
  std::optional<ProbeResult> Probe(const std::string& name, bool ask,
                                   RunResult& result) const;
  void Stop(const std::string& name, RunResult& result) const;
  // Tries to remove; why that failed, or empty.
  std::string Remove(const std::vector<std::string>& arguments) const;
  std::string RemoveContainer(const std::string& name);

  EngineKind kind_;
  std::string program_;
  std::string description_;
  std::string id_;
  uint32_t count_ = 0;
  std::vector<std::string> images_;
  std::vector<std::string> containers_;
};

}  // namespace dfix

#endif  // DFIX_VERIFY_CONTAINER_ENGINE_H_
