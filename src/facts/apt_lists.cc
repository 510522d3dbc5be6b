#include "src/facts/apt_lists.h"

#include <algorithm>
#include <optional>
#include <span>
#include <string>

#include "src/dockerfile/characters.h"
#include "src/dockerfile/instructions.h"

namespace dfix {
namespace {

constexpr std::string_view kListsDirectory = "/var/lib/apt/lists";

// The first answer among the steps that `belongs` selects, after position
// `from`; absent if the lists are left as they are.
template <typename Belongs>
std::optional<LaterNeed> FirstNeed(const std::vector<ListsStep>& steps,
                                   Belongs belongs) {
  for (const ListsStep& step : steps) {
    if (!belongs(step)) continue;
    switch (step.event) {
      case ListsEvent::kUse:
        return LaterNeed{LaterNeed::Answer::kYes, step.instruction};
      case ListsEvent::kMaybeUse:
        return LaterNeed{LaterNeed::Answer::kPerhaps, step.instruction};
      case ListsEvent::kRefresh:
      case ListsEvent::kPurge:
        if (step.is_certain) return LaterNeed{};
        break;
      case ListsEvent::kMaybeRefresh:
        break;
    }
  }
  return std::nullopt;
}

// What the stages based on `stage` need, and the ONBUILDs that run for them.
LaterNeed NeedOfChildren(const Facts& facts,
                         const std::vector<ListsStep>& steps, uint32_t stage,
                         uint32_t after) {
  const auto of_stage = [&](uint32_t index, bool onbuild) {
    return [&facts, index, onbuild](const ListsStep& step) {
      const InstructionFacts& i = facts.instructions()[step.instruction];
      return i.stage == index && i.onbuild == onbuild;
    };
  };
  const auto triggers = of_stage(stage, true);
  const auto need = FirstNeed(steps, [&](const ListsStep& step) {
    return triggers(step) && step.instruction > after;
  });
  if (need) return *need;
  LaterNeed result;
  for (uint32_t child = 0; child < facts.stages().size(); ++child) {
    if (facts.stages()[child].parent != stage) continue;
    const auto own = FirstNeed(steps, of_stage(child, false));
    const LaterNeed later = own ? *own : NeedOfChildren(facts, steps, child, 0);
    if (later.answer > result.answer) result = later;
  }
  return result;
}

// Whether `name`, of a `--from` or a mount, is `stage` or one based on it.
bool NamesStageOf(const Facts& facts, std::string_view name, uint32_t stage) {
  const std::string lower = AsciiLower(name);
  for (uint32_t i = 0; i < facts.stages().size(); ++i) {
    if (lower != std::to_string(i) &&
        (lower.empty() || lower != facts.stages()[i].name)) {
      continue;
    }
    for (uint32_t at = i; at != kNoStage; at = facts.stages()[at].parent) {
      if (at == stage) return true;
    }
  }
  return false;
}

bool HoldsLists(std::string_view directory) {
  while (directory.ends_with('/')) directory.remove_suffix(1);
  return IsInside(kListsDirectory, directory) ||
         directory.starts_with("/var/lib/apt");
}

// An instruction that may carry the stage's lists elsewhere: COPY --from, or a
// mount from the stage.
std::optional<uint32_t> CopiesLists(const Facts& facts, uint32_t stage) {
  const Document& document = facts.document();
  for (uint32_t i = 0; i < facts.instructions().size(); ++i) {
    const Instruction instruction(document, facts.instructions()[i].inner);
    for (const InstructionFlag& flag : instruction.Flags()) {
      if (!flag.value) continue;
      if (flag.name == "--mount") {
        const size_t from = flag.value->find("from=");
        if (from == std::string::npos) continue;
        const std::string name = flag.value->substr(
            from + 5, flag.value->find(',', from) - from - 5);
        if (NamesStageOf(facts, name, stage) &&
            flag.value->find("/var/lib/apt") != std::string::npos) {
          return i;
        }
      }
      if (flag.name != "--from" || !NamesStageOf(facts, *flag.value, stage)) {
        continue;
      }
      std::vector<std::string> sources = instruction.Arguments();
      if (!sources.empty()) sources.pop_back();  // The destination.
      if (std::any_of(sources.begin(), sources.end(), HoldsLists)) return i;
    }
  }
  return std::nullopt;
}

}  // namespace

LaterNeed NeedAfterInstruction(const Facts& facts,
                               const std::vector<ListsStep>& steps,
                               uint32_t instruction) {
  const InstructionFacts& self = facts.instructions()[instruction];
  if (!self.onbuild) {
    if (const auto copy = CopiesLists(facts, self.stage)) {
      return {LaterNeed::Answer::kYes, *copy};
    }
    const auto own = FirstNeed(steps, [&](const ListsStep& step) {
      const InstructionFacts& i = facts.instructions()[step.instruction];
      return i.stage == self.stage && !i.onbuild &&
             step.instruction > instruction;
    });
    if (own) return *own;
  }
  return NeedOfChildren(facts, steps, self.stage,
                        self.onbuild ? instruction : 0);
}

std::vector<ListsStep> StepsBefore(const Facts& facts,
                                   const std::vector<ListsStep>& steps,
                                   uint32_t instruction) {
  std::vector<ListsStep> before;
  const InstructionFacts& self = facts.instructions()[instruction];
  const auto add = [&](uint32_t stage, bool onbuild, uint32_t end) {
    for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
      const InstructionFacts& i = facts.instructions()[step->instruction];
      if (i.stage == stage && i.onbuild == onbuild && step->instruction < end) {
        before.push_back(*step);
      }
    }
  };
  if (self.onbuild) add(self.stage, true, instruction);
  uint32_t end = self.onbuild ? kNoInstruction : instruction;
  for (uint32_t stage = self.stage; stage != kNoStage;
       stage = facts.stages()[stage].parent) {
    if (stage != self.stage) add(stage, true, kNoInstruction);
    add(stage, false, end);
    end = kNoInstruction;
  }
  return before;
}

}  // namespace dfix
