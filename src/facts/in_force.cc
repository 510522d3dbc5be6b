// What is in force at an instruction: variables, user, directory, shell.
#include <algorithm>
#include <functional>

#include "src/dockerfile/instructions.h"
#include "src/dockerfile/variable_lexer.h"
#include "src/facts/facts.h"

namespace dfix {
namespace {

// `word` with variables replaced as they are at instruction `index`.
std::optional<std::string> Expand(const Facts& facts, uint32_t index,
                                  std::string_view word) {
  const auto lookup = [&](std::string_view name) -> VariableValue {
    if (const auto value = VariableAt(facts, index, name)) {
      return {VariableValue::State::kSet, *value};
    }
    return {VariableValue::State::kUnknown, ""};
  };
  return ExpandVariables(word, lookup, facts.document().escape());
}

// The instructions before `index` that it builds on, nearest first: those of
// its stage and of the stages that this one is based on; before the first
// stage, all. Stops when `visit` returns true.
void ForEachBefore(const Facts& facts, uint32_t index,
                   const std::function<bool(uint32_t)>& visit) {
  const auto stage_of = [&](uint32_t i) {
    return i < facts.instructions().size() ? facts.instructions()[i].stage
                                           : kNoStage;
  };
  uint32_t stage = stage_of(index);
  if (index == facts.instructions().size() && !facts.stages().empty()) {
    stage = static_cast<uint32_t>(facts.stages().size() - 1);
  }
  uint32_t at = index;
  while (true) {
    const uint32_t first = stage == kNoStage ? 0 : facts.stages()[stage].first;
    while (at > first) {
      if (visit(--at)) return;
    }
    if (stage == kNoStage || facts.stages()[stage].parent == kNoStage) return;
    stage = facts.stages()[stage].parent;
    at = facts.stages()[stage].end;
  }
}

// What instruction `index` (ENV or ARG) sets `name` to: absent if it does not,
// an absent value if it cannot be told.
std::optional<std::optional<std::string>> SetsVariable(const Facts& facts,
                                                       uint32_t index,
                                                       std::string_view name) {
  const Instruction instruction(facts.document(),
                                facts.instructions()[index].inner);
  std::optional<std::optional<std::string>> result;
  for (const KeyValuePair& pair : instruction.Pairs()) {
    if (pair.key != name) continue;
    result = pair.value ? Expand(facts, index, *pair.value) : std::nullopt;
  }
  return result;
}

// The value of `ARG name` without one: what the ARGs before the first FROM say.
std::optional<std::string> GlobalArgument(const Facts& facts,
                                          std::string_view name) {
  std::optional<std::string> value;
  for (uint32_t i = 0; i < facts.instructions().size(); ++i) {
    const InstructionFacts& instruction = facts.instructions()[i];
    if (instruction.stage != kNoStage) break;
    if (const auto set = SetsVariable(facts, i, name)) value = *set;
  }
  return value;
}

}  // namespace

std::optional<std::string> VariableAt(const Facts& facts, uint32_t index,
                                      std::string_view name) {
  std::optional<std::string> value;
  bool found_arg = false;
  ForEachBefore(facts, index, [&](uint32_t i) {
    const InstructionFacts& instruction = facts.instructions()[i];
    if (instruction.onbuild) return false;
    const bool is_env = instruction.kind == InstructionKind::kEnv;
    // An ARG does not reach beyond its stage, and an ENV wins over it.
    const bool is_arg =
        instruction.kind == InstructionKind::kArg && !found_arg &&
        (index >= facts.instructions().size() ||
         instruction.stage == facts.instructions()[index].stage ||
         instruction.stage == kNoStage);
    if (!is_env && !is_arg) return false;
    const auto set = SetsVariable(facts, i, name);
    if (!set) return false;
    if (is_env || !found_arg) value = *set;
    if (is_arg && !*set && instruction.stage != kNoStage) {
      value = GlobalArgument(facts, name);
    }
    found_arg = true;
    return is_env;
  });
  return value;
}

std::optional<std::string> UserAt(const Facts& facts, uint32_t index) {
  std::optional<std::string> user;
  ForEachBefore(facts, index, [&](uint32_t i) {
    const InstructionFacts& instruction = facts.instructions()[i];
    if (instruction.kind != InstructionKind::kUser || instruction.onbuild) {
      return false;
    }
    const auto arguments =
        Instruction(facts.document(), instruction.inner).Arguments();
    if (!arguments.empty()) user = Expand(facts, i, arguments[0]);
    return true;
  });
  return user;
}

std::optional<std::string> WorkdirAt(const Facts& facts, uint32_t index) {
  std::string path;
  bool known = true;
  ForEachBefore(facts, index, [&](uint32_t i) {
    const InstructionFacts& instruction = facts.instructions()[i];
    if (instruction.kind != InstructionKind::kWorkdir || instruction.onbuild) {
      return false;
    }
    const auto arguments =
        Instruction(facts.document(), instruction.inner).Arguments();
    const auto part =
        arguments.empty() ? std::nullopt : Expand(facts, i, arguments[0]);
    if (!part || part->empty()) {
      known = false;
      return true;
    }
    path = path.empty() ? *part : *part + "/" + path;
    return part->front() == '/';
  });
  if (!known || !path.starts_with('/')) return std::nullopt;
  return path;
}

uint32_t ShellInstructionAt(const Facts& facts, uint32_t index) {
  uint32_t shell = kNoInstruction;
  ForEachBefore(facts, index, [&](uint32_t i) {
    const InstructionFacts& instruction = facts.instructions()[i];
    if (instruction.kind != InstructionKind::kShell || instruction.onbuild) {
      return false;
    }
    shell = i;
    return true;
  });
  return shell;
}

bool IsInside(std::string_view path, std::string_view directory) {
  return path == directory ||
         (path.starts_with(directory) && path[directory.size()] == '/');
}

std::vector<std::string> MountedAway(const Facts& facts, uint32_t index) {
  const Instruction run(facts.document(), facts.instructions()[index].inner);
  std::vector<std::string> targets;
  for (const InstructionFlag& flag : run.Flags()) {
    if (flag.name != "--mount" || !flag.value) continue;
    std::string fields = *flag.value;
    std::erase(fields, '"');
    std::string type = "bind";
    std::string target;
    for (size_t at = 0; at <= fields.size();) {
      const size_t comma = std::min(fields.find(',', at), fields.size());
      const std::string field = fields.substr(at, comma - at);
      const size_t equals = field.find('=');
      const std::string key = field.substr(0, equals);
      const std::string value =
          equals == std::string::npos ? "" : field.substr(equals + 1);
      if (key == "type") type = value;
      if (key == "target" || key == "dst" || key == "destination") {
        target = Expand(facts, index, value).value_or(value);
      }
      at = comma + 1;
    }
    while (target.size() > 1 && target.back() == '/') target.pop_back();
    if (type == "cache" || type == "tmpfs") targets.push_back(target);
  }
  return targets;
}

}  // namespace dfix
