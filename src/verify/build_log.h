// Reads what an engine prints while it builds: BuildKit's plain progress, and
// the steps of podman and buildah.
#ifndef DFIX_VERIFY_BUILD_LOG_H_
#define DFIX_VERIFY_BUILD_LOG_H_

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>

namespace dfix {

class BuildLog {
 public:
  // Takes the next piece of the output; pieces may break lines anywhere.
  void Read(std::string_view piece);

  // RUN, COPY, ADD and WORKDIR so far, and those that came from the cache.
  uint32_t steps() const;
  uint32_t cached() const;
  // RUNs that did not come from the cache.
  uint32_t commands_run() const;
  // How long base images took to arrive. Nothing under podman and buildah,
  // which do not tell.
  double base_image_seconds() const;
  // The step that was begun last, as the engine writes it; empty if none was.
  const std::string& current_step() const { return current_step_; }
  // The last lines.
  std::string Tail() const;

 private:
  enum class StepKind : uint8_t { kOther, kFiles, kCommand, kBaseImage };

  struct Step {
    bool is_counted() const {
      return kind == StepKind::kFiles || kind == StepKind::kCommand;
    }

    StepKind kind = StepKind::kOther;
    bool cached = false;
    double seconds = 0;
  };

  void ReadLine(std::string_view line);
  void ReadBuildKitLine(std::string_view line);
  void ReadPodmanLine(std::string_view line);
  void Begin(Step& step, std::string_view name, std::string_view instruction);

  // By BuildKit's number, or in order.
  std::map<uint32_t, Step> steps_;
  std::string current_step_;
  std::string unfinished_line_;
  std::deque<std::string> tail_;
};

}  // namespace dfix

#endif  // DFIX_VERIFY_BUILD_LOG_H_
