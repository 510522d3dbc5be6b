// The instructions of a stage that builds and runs a program, sorted by what
// becomes of them when a stage of its own runs the program.
//
// Left out: the program and its files (build_stage.h, shipped_files.h).
#ifndef DFIX_FACTS_RUNTIME_STAGE_H_
#define DFIX_FACTS_RUNTIME_STAGE_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "src/facts/base_image.h"
#include "src/facts/facts.h"
#include "src/facts/runtime_base.h"

namespace dfix {

struct RuntimeStage {
  // Why the instructions cannot be told apart, and the one to blame; else
  // empty.
  std::string problem;
  uint32_t problem_at = kNoInstruction;
  // Before the cut: those that go to the new stage (EXPOSE, LABEL, CMD, ...),
  // and the ENVs and ARGs that both stages need, in an order that works.
  std::vector<NodeId> moved;
  std::vector<NodeId> repeated;
  // What a container runs: ENTRYPOINT and CMD, as words.
  std::vector<std::string> command;
  // The words of a health check's command, or the programs that its script
  // calls. Empty if there is none.
  std::vector<std::string> healthcheck;
  bool healthcheck_is_script = false;
  std::string workdir;        // At the cut,
  std::string final_workdir;  // and where the program starts.
  // Users and groups that instructions behind the cut name.
  std::vector<std::pair<uint32_t, std::string>> users;
  // Values of ENVs and words of the command, which may name files.
  std::vector<std::string> values;
};

// What the new stage has beside the users of its image.
struct RuntimeEquipment {
  bool has_shell = false;
  std::vector<std::string> users = {};  // Names that its RUNs give to users.
};

// `cut` is the last instruction that stays with the build. `base_workdir` is
// the directory of the base image; `build_variables` are those that only
// matter to the build; `image` has the users that the new stage knows, or is
// null if that has few. Where there is a shell, `command` and `healthcheck`
// have the words of its scripts as they are written.
RuntimeStage ReadRuntimeStage(const Facts& facts, uint32_t stage, uint32_t cut,
                              std::string_view base_workdir,
                              std::span<const std::string_view> build_variables,
                              const BaseImage* image,
                              const RuntimeEquipment& equipment = {});

// The instruction that names a user who is not known to be there on `base`, and
// is none of those that are made; else kNoInstruction.
uint32_t UnknownUser(const RuntimeStage& runtime, const RuntimeBase& base,
                     std::span<const std::string> made);

// Whether a program makes users or groups.
bool MakesUsers(std::string_view program);

}  // namespace dfix

#endif  // DFIX_FACTS_RUNTIME_STAGE_H_
