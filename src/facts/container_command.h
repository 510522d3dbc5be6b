// What a container of an image runs: its ENTRYPOINT and its CMD, which are one
// program.
//
// The rules are BuildKit's: the last of each in a stage counts, what a stage
// does not set comes from its base, and an ENTRYPOINT drops the CMD of the base
// unless a CMD stands before it. ONBUILD counts in stages based on this one.
#ifndef DFIX_FACTS_CONTAINER_COMMAND_H_
#define DFIX_FACTS_CONTAINER_COMMAND_H_

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "src/facts/facts.h"

namespace dfix {

// One of the two halves.
struct CommandHalf {
  enum class State : uint8_t {
    kNone,       // Not set, or set to `[]`.
    kUnknown,    // Whatever an image says that this file does not show.
    kTriggered,  // An ONBUILD of a stage may set it.
    kExec,       // JSON.
    kShell,
  };
  State state = State::kNone;
  uint32_t instruction = kNoInstruction;  // Of kExec, kShell and `[]`.
};

// The ENTRYPOINT or CMD (`kind`) in effect at the end of a stage.
CommandHalf HalfOfStage(const Facts& facts, uint32_t stage,
                        InstructionKind kind);

// The later instruction of the same kind in the same stage that makes
// `instruction` pointless, or kNoInstruction.
uint32_t ReplacedBy(const Facts& facts, uint32_t instruction);

// The stages at whose end the ENTRYPOINT or CMD `instruction` is in effect: its
// own one and those based on that, unless they set another one.
std::vector<uint32_t> StagesThatRun(const Facts& facts, uint32_t instruction);

// What an ENTRYPOINT or CMD is in the images that have it; if several, what
// asks for most care.
enum class CommandRole : uint8_t {
  kProgram,    // The whole of what a container runs.
  kPassedOn,   // Arguments of something that runs them as they are.
  kToUnknown,  // The same, or the base image's ENTRYPOINT does otherwise.
  kToReader,   // Arguments of an image's ENTRYPOINT that reads the first one.
  kToScript,   // Arguments of a script of this file's.
  kToProgram,  // Arguments of a program.
  kIgnored,    // A shell-form ENTRYPOINT is all that runs.
  kHidesCmd,   // It is such an ENTRYPOINT, and there is a CMD.
  kUnclear,    // An ONBUILD, or a SHELL of the base image's, has a part in it.
  kReplaced,   // A later one of its stage counts.
};
struct Role {
  CommandRole role;
  uint32_t other = kNoInstruction;  // The instruction that makes it so.
};
Role RoleOf(const Facts& facts, uint32_t instruction);

// The image that the local stages under `stage` begin with; absent if it is not
// constant.
std::optional<std::string_view> OutsideBase(const Facts& facts, uint32_t stage);

}  // namespace dfix

#endif  // DFIX_FACTS_CONTAINER_COMMAND_H_
