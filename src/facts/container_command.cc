#include "src/facts/container_command.h"

#include <algorithm>

#include "src/dockerfile/instructions.h"
#include "src/facts/base_image.h"
#include "src/facts/programs.h"
#include "src/text/one_of.h"
#include "src/text/search.h"

namespace dfix {
namespace {

using State = CommandHalf::State;

// The last instruction of `kind` in the stage itself, or kNoInstruction.
uint32_t LastOf(const Facts& facts, uint32_t stage, InstructionKind kind,
                bool onbuild) {
  const Stage& s = facts.stages()[stage];
  for (uint32_t i = s.end; i-- > s.first;) {
    const InstructionFacts& instruction = facts.instructions()[i];
    if (instruction.kind == kind && instruction.onbuild == onbuild) return i;
  }
  return kNoInstruction;
}

CommandHalf HalfAt(const Facts& facts, uint32_t index) {
  const Instruction instruction(facts.document(),
                                facts.instructions()[index].inner);
  if (!instruction.is_json()) return {State::kShell, index};
  const bool empty = instruction.ArgumentNodes().empty();
  return {empty ? State::kNone : State::kExec, index};
}

// What the ENTRYPOINT of the image under `stage` does with a CMD.
BaseEntrypoint EntrypointUnder(const Facts& facts, uint32_t stage) {
  const BaseImage* image = BaseImageOf(facts, stage);
  return image == nullptr ? BaseEntrypoint::kUnknown : image->entrypoint;
}

// What happens to the arguments of an exec-form ENTRYPOINT.
CommandRole RoleAsArguments(const Facts& facts, uint32_t entrypoint) {
  const std::vector<std::string> words =
      Instruction(facts.document(), facts.instructions()[entrypoint].inner)
          .Arguments();
  size_t i = 0;
  if (IsOneOf(Basename(words[0]), Programs().inits)) {
    ++i;
    while (i < words.size() && words[i].starts_with('-')) ++i;
  } else if (Basename(words[0]) == "gosu" || Basename(words[0]) == "su-exec") {
    i += 2;
  }
  if (i >= words.size()) return CommandRole::kPassedOn;
  const bool is_script = i + 1 == words.size() &&
                         (words[i].ends_with(".sh") ||
                          words[i].find("entrypoint") != std::string::npos);
  return is_script ? CommandRole::kToScript : CommandRole::kToProgram;
}

CommandRole RoleInImage(BaseEntrypoint entrypoint) {
  switch (entrypoint) {
    case BaseEntrypoint::kNone:
      return CommandRole::kProgram;
    case BaseEntrypoint::kRunsArguments:
      return CommandRole::kPassedOn;
    case BaseEntrypoint::kReadsName:
      return CommandRole::kToReader;
    case BaseEntrypoint::kActivates:
      return CommandRole::kUnclear;
    case BaseEntrypoint::kUnknown:
      break;
  }
  return CommandRole::kToUnknown;
}

// The role of a CMD beside the ENTRYPOINT at the end of a stage.
Role RoleOfCmd(const Facts& facts, uint32_t stage) {
  const CommandHalf half =
      HalfOfStage(facts, stage, InstructionKind::kEntrypoint);
  switch (half.state) {
    case State::kNone:
      return {CommandRole::kProgram, kNoInstruction};
    case State::kShell:
      return {CommandRole::kIgnored, half.instruction};
    case State::kExec:
      return {RoleAsArguments(facts, half.instruction), half.instruction};
    case State::kTriggered:
      return {CommandRole::kUnclear, kNoInstruction};
    case State::kUnknown:
      break;
  }
  return {RoleInImage(EntrypointUnder(facts, stage)), kNoInstruction};
}

// The role of a shell-form ENTRYPOINT beside the CMD at the end of a stage.
Role RoleOfEntrypoint(const Facts& facts, uint32_t stage) {
  const CommandHalf half = HalfOfStage(facts, stage, InstructionKind::kCmd);
  if (half.state == State::kNone) {
    return {CommandRole::kProgram, kNoInstruction};
  }
  if (half.instruction == kNoInstruction) {
    return {CommandRole::kUnclear, kNoInstruction};
  }
  return {CommandRole::kHidesCmd, half.instruction};
}

}  // namespace

Role RoleOf(const Facts& facts, uint32_t instruction) {
  const uint32_t later = ReplacedBy(facts, instruction);
  if (later != kNoInstruction) return {CommandRole::kReplaced, later};
  const bool is_cmd =
      facts.instructions()[instruction].kind == InstructionKind::kCmd;
  Role worst{CommandRole::kProgram, kNoInstruction};
  for (const uint32_t stage : StagesThatRun(facts, instruction)) {
    const Role role =
        is_cmd ? RoleOfCmd(facts, stage) : RoleOfEntrypoint(facts, stage);
    if (role.role > worst.role) worst = role;
    if (EntrypointUnder(facts, stage) == BaseEntrypoint::kActivates) {
      worst = {CommandRole::kUnclear, kNoInstruction};
    }
  }
  return worst;
}

CommandHalf HalfOfStage(const Facts& facts, uint32_t stage,
                        InstructionKind kind) {
  while (true) {
    const uint32_t own = LastOf(facts, stage, kind, false);
    if (own != kNoInstruction) return HalfAt(facts, own);
    // An ONBUILD of a base comes first in the stage, but what it does is for
    // others to tell.
    const uint32_t parent = facts.stages()[stage].parent;
    const bool triggered =
        parent != kNoStage &&
        (LastOf(facts, parent, InstructionKind::kCmd, true) != kNoInstruction ||
         LastOf(facts, parent, InstructionKind::kEntrypoint, true) !=
             kNoInstruction);
    if (triggered) return {State::kTriggered, kNoInstruction};
    if (kind == InstructionKind::kCmd &&
        LastOf(facts, stage, InstructionKind::kEntrypoint, false) !=
            kNoInstruction) {
      return {};
    }
    if (parent == kNoStage) break;
    stage = parent;
  }
  const auto base = OutsideBase(facts, stage);
  const bool nothing = base && *base == "scratch";
  return {nothing ? State::kNone : State::kUnknown, kNoInstruction};
}

uint32_t ReplacedBy(const Facts& facts, uint32_t instruction) {
  const InstructionFacts& own = facts.instructions()[instruction];
  if (own.onbuild || own.stage == kNoStage) return kNoInstruction;
  const uint32_t last = LastOf(facts, own.stage, own.kind, false);
  return last == instruction ? kNoInstruction : last;
}

std::vector<uint32_t> StagesThatRun(const Facts& facts, uint32_t instruction) {
  const InstructionKind kind = facts.instructions()[instruction].kind;
  std::vector<uint32_t> stages;
  for (uint32_t stage = 0; stage < facts.stages().size(); ++stage) {
    if (HalfOfStage(facts, stage, kind).instruction == instruction) {
      stages.push_back(stage);
    }
  }
  return stages;
}

std::optional<std::string_view> OutsideBase(const Facts& facts,
                                            uint32_t stage) {
  while (facts.stages()[stage].parent != kNoStage) {
    stage = facts.stages()[stage].parent;
  }
  const Stage& first = facts.stages()[stage];
  if (!first.base) return std::nullopt;
  return std::string_view(*first.base);
}

}  // namespace dfix
