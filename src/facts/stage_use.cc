#include "src/facts/stage_use.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "src/dockerfile/characters.h"
#include "src/dockerfile/instructions.h"
#include "src/facts/mount.h"

namespace dfix {
namespace {

// `text` as a number, if it is digits alone.
std::optional<uint32_t> NumberOf(std::string_view text) {
  uint32_t number = 0;
  const char* end = text.data() + text.size();
  const auto result = std::from_chars(text.data(), end, number);
  const bool whole = result.ec == std::errc() && result.ptr == end;
  return whole && !text.empty() ? std::optional(number) : std::nullopt;
}

// The last stage called `name`, in any case.
uint32_t StageCalled(const Facts& facts, std::string_view name) {
  const std::string wanted = AsciiLower(name);
  for (auto i = static_cast<uint32_t>(facts.stages().size()); i-- > 0;) {
    if (!wanted.empty() && facts.stages()[i].name == wanted) return i;
  }
  return kNoStage;
}

StageUse UseOf(const Facts& facts, uint32_t index, NodeId flag,
               std::string text, bool in_mount) {
  using Way = StageUse::Way;
  StageUse use{Way::kImage, index, flag, kNoStage, std::move(text)};
  const InstructionFacts& instruction = facts.instructions()[index];
  const auto number = NumberOf(use.text);
  if (use.text.find('$') != std::string::npos) {
    use.way = Way::kUnknown;
  } else if (number && in_mount) {
    use.way = Way::kMountNumber;
  } else if (number && instruction.onbuild) {
    use.way = Way::kTriggerNumber;
  } else if (number) {
    const bool other = *number < facts.stages().size() &&
                       *number != instruction.stage &&
                       facts.stages()[*number].from != kNoNode;
    use.way = other ? Way::kCopyNumber : Way::kNoStage;
    if (other) use.stage = *number;
  } else if (!instruction.onbuild) {
    use.stage = StageCalled(facts, use.text);
    if (use.stage != kNoStage) use.way = Way::kName;
  }
  return use;
}

// Whether `image`, as FROM writes it, has a variable and may be a stage's name,
// which has neither `/` nor `:`.
bool MayNameStage(const std::string& image) {
  std::string rest;
  bool variable = false;
  for (size_t i = 0; i < image.size(); ++i) {
    if (image.compare(i, 2, "${") == 0) {
      variable = true;
      i = std::min(image.find('}', i), image.size());
    } else if (image[i] == '$') {
      variable = true;
    } else {
      rest += image[i];
    }
  }
  return variable && rest.find_first_of("/:@") == std::string::npos;
}

void AddFrom(const Facts& facts, uint32_t index, std::vector<StageUse>& uses) {
  const NodeId node = facts.instructions()[index].node;
  const uint32_t stage = facts.instructions()[index].stage;
  if (stage == kNoStage || facts.stages()[stage].from != node) return;
  const Stage& of = facts.stages()[stage];
  StageUse use{StageUse::Way::kImage, index, node, of.parent,
               of.base.value_or("")};
  if (of.parent != kNoStage) use.way = StageUse::Way::kBase;
  const auto parts = PartsOfFrom(Instruction(facts.document(), node));
  if (!parts || MayNameStage(parts->image)) {
    use.way = StageUse::Way::kUnknown;
  }
  uses.push_back(std::move(use));
}

}  // namespace

std::vector<StageUse> StageUses(const Facts& facts) {
  std::vector<StageUse> uses;
  for (uint32_t i = 0; i < facts.instructions().size(); ++i) {
    const InstructionFacts& instruction = facts.instructions()[i];
    if (instruction.kind == InstructionKind::kFrom) AddFrom(facts, i, uses);
    const bool copies = instruction.kind == InstructionKind::kCopy;
    if (!copies && instruction.kind != InstructionKind::kRun) continue;
    const Instruction view(facts.document(), instruction.inner);
    for (const InstructionFlag& flag : view.Flags()) {
      if (!flag.value) continue;
      if (copies && flag.name == "--from") {
        uses.push_back(UseOf(facts, i, flag.node, *flag.value, false));
      } else if (!copies && flag.name == "--mount") {
        std::string from = MountField(*flag.value, {"from"});
        if (from.empty()) continue;
        uses.push_back(UseOf(facts, i, flag.node, std::move(from), true));
      }
    }
  }
  return uses;
}

std::vector<std::string> NamesInUse(const Facts& facts) {
  std::vector<std::string> names;
  for (const Stage& stage : facts.stages()) {
    if (!stage.name.empty()) names.push_back(stage.name);
  }
  for (const StageUse& use : StageUses(facts)) {
    if (use.way == StageUse::Way::kImage) {
      names.push_back(AsciiLower(use.text));
    }
  }
  return names;
}

std::vector<bool> StagesThatOnlyFeedOthers(const Facts& facts) {
  std::vector<bool> is_base(facts.stages().size());
  std::vector<bool> feeds(facts.stages().size());
  for (const StageUse& use : StageUses(facts)) {
    if (use.stage == kNoStage) continue;
    const bool is_from =
        facts.instructions()[use.instruction].kind == InstructionKind::kFrom;
    (is_from ? is_base : feeds)[use.stage] = true;
  }
  // From the last stage on: what a stage is for depends on those based on it.
  std::vector<bool> in_image(facts.stages().size());
  for (size_t i = facts.stages().size(); i-- > 0;) {
    const Stage& stage = facts.stages()[i];
    if (stage.shipped || (!is_base[i] && !feeds[i])) in_image[i] = true;
    if (in_image[i] && stage.parent != kNoStage) in_image[stage.parent] = true;
  }
  in_image.flip();
  return in_image;
}

}  // namespace dfix
