// What is in force at an instruction: variables, user, directory, shell.
#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <utility>

#include "src/context/paths.h"
#include "src/dockerfile/instructions.h"
#include "src/dockerfile/variable_lexer.h"
#include "src/facts/facts.h"
#include "src/facts/mount.h"

namespace dfix {
namespace {

// Values longer than that are of no use to anyone.
constexpr size_t kLongestValue = 1 << 15;

// The values that one question has found out, so that `ENV b=$a$a`, `ENV
// c=$b$b`, ... take no longer than they are.
using Memo = std::map<std::pair<uint32_t, std::string>,
                      std::optional<std::string>, std::less<>>;

std::optional<std::string> Lookup(const Facts& facts, uint32_t index,
                                  std::string_view name, Memo& memo);

// `word` with variables replaced as they are at instruction `index`.
std::optional<std::string> Expand(const Facts& facts, uint32_t index,
                                  std::string_view word, Memo& memo) {
  const auto lookup = [&](std::string_view name) -> VariableValue {
    if (const auto value = Lookup(facts, index, name, memo)) {
      return {VariableValue::State::kSet, *value};
    }
    return {VariableValue::State::kUnknown, ""};
  };
  auto value = ExpandVariables(word, lookup, facts.document().escape());
  if (value && value->size() > kLongestValue) return std::nullopt;
  return value;
}

std::optional<std::string> Expand(const Facts& facts, uint32_t index,
                                  std::string_view word) {
  Memo memo;
  return Expand(facts, index, word, memo);
}

// The settings before instruction `index` that it builds on, nearest first:
// those of its stage and of the stages that this one is based on; before the
// first stage, all. Stops when `visit` returns true.
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
    const auto settings = facts.settings();
    auto next = std::lower_bound(settings.begin(), settings.end(), at);
    while (next != settings.begin() && *--next >= first) {
      if (visit(*next)) return;
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
                                                       std::string_view name,
                                                       Memo& memo) {
  const Instruction instruction(facts.document(),
                                facts.instructions()[index].inner);
  std::optional<std::optional<std::string>> result;
  for (const KeyValuePair& pair : instruction.Pairs()) {
    if (pair.key != name) continue;
    result =
        pair.value ? Expand(facts, index, *pair.value, memo) : std::nullopt;
  }
  return result;
}

// The value of `ARG name` without one: what the ARGs before the first FROM say.
std::optional<std::string> GlobalArgument(const Facts& facts,
                                          std::string_view name, Memo& memo) {
  std::optional<std::string> value;
  for (uint32_t i = 0; i < facts.instructions().size(); ++i) {
    const InstructionFacts& instruction = facts.instructions()[i];
    if (instruction.stage != kNoStage) break;
    if (const auto set = SetsVariable(facts, i, name, memo)) value = *set;
  }
  return value;
}

std::optional<std::string> Lookup(const Facts& facts, uint32_t index,
                                  std::string_view name, Memo& memo) {
  if (index < facts.instructions().size() &&
      !facts.instructions()[index].onbuild &&
      facts.instructions()[index].kind == InstructionKind::kFrom) {
    return GlobalArgument(facts, name, memo);
  }
  const std::pair<uint32_t, std::string> key(index, name);
  if (const auto known = memo.find(key); known != memo.end()) {
    return known->second;
  }
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
    const auto set = SetsVariable(facts, i, name, memo);
    if (!set) return false;
    if (is_env || !found_arg) value = *set;
    if (is_arg && !*set && instruction.stage != kNoStage) {
      value = GlobalArgument(facts, name, memo);
    }
    found_arg = true;
    return is_env;
  });
  memo[key] = value;
  return value;
}

// Those settings that have been looked at, in `seen`, are not looked at again.
bool DependsOnArgument(const Facts& facts, uint32_t index,
                       std::string_view word,
                       std::set<std::pair<uint32_t, std::string>>& seen) {
  bool depends = false;
  const auto lookup = [&](std::string_view name) -> VariableValue {
    bool is_argument = false;
    ForEachBefore(facts, index, [&](uint32_t i) {
      const InstructionFacts& instruction = facts.instructions()[i];
      const bool is_env = instruction.kind == InstructionKind::kEnv;
      if (instruction.onbuild ||
          (!is_env && instruction.kind != InstructionKind::kArg)) {
        return false;
      }
      const Instruction view(facts.document(), instruction.inner);
      for (const KeyValuePair& pair : view.Pairs()) {
        if (pair.key != name) continue;
        is_argument = !is_env;
        // An ENV wins over each ARG of its name.
        if (!is_env) break;
        if (pair.value && seen.emplace(i, name).second) {
          depends |= DependsOnArgument(facts, i, *pair.value, seen);
        }
        return true;
      }
      return false;
    });
    depends |= is_argument;
    return {VariableValue::State::kSet, ""};
  };
  ExpandVariables(word, lookup, facts.document().escape());
  return depends;
}

}  // namespace

bool AreOneBuild(const Facts& facts, uint32_t a, uint32_t b) {
  const auto reaches = [&](uint32_t from, uint32_t to) {
    for (uint32_t stage = from; stage != kNoStage;
         stage = facts.stages()[stage].parent) {
      if (stage == to) return true;
    }
    return false;
  };
  return a != kNoStage && b != kNoStage && (reaches(a, b) || reaches(b, a));
}

bool InSameBuild(const Facts& facts, uint32_t of, uint32_t index) {
  return AreOneBuild(facts, facts.instructions()[of].stage,
                     facts.instructions()[index].stage);
}

std::optional<std::string> VariableAt(const Facts& facts, uint32_t index,
                                      std::string_view name) {
  Memo memo;
  return Lookup(facts, index, name, memo);
}

std::optional<std::string> ExpandAt(const Facts& facts, uint32_t index,
                                    std::string_view word) {
  return Expand(facts, index, word);
}

bool DependsOnArgument(const Facts& facts, uint32_t index,
                       std::string_view word) {
  std::set<std::pair<uint32_t, std::string>> seen;
  return DependsOnArgument(facts, index, word, seen);
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

std::optional<std::string> WorkdirSetBy(const Facts& facts, uint32_t index) {
  const auto arguments =
      Instruction(facts.document(), facts.instructions()[index].inner)
          .Arguments();
  const auto path =
      arguments.empty() ? std::nullopt : Expand(facts, index, arguments[0]);
  if (!path || path->empty()) return std::nullopt;
  if (path->front() == '/') return path;
  const auto before = WorkdirAt(facts, index);
  return before ? std::optional(*before + "/" + *path) : std::nullopt;
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

std::vector<std::string> MountTargets(const Facts& facts, uint32_t index) {
  const Instruction run(facts.document(), facts.instructions()[index].inner);
  std::vector<std::string> targets;
  for (const InstructionFlag& flag : run.Flags()) {
    if (flag.name != "--mount" || !flag.value) continue;
    std::string target =
        MountField(*flag.value, {"target", "dst", "destination"});
    if (target.empty()) continue;  // A secret or ssh in its usual place.
    const auto path = Expand(facts, index, target);
    if (path && !path->starts_with('/')) {
      target = WorkdirAt(facts, index).value_or("") + "/" + *path;
    } else {
      target = path.value_or("");
    }
    targets.push_back(target.empty() ? "" : CleanPath("/" + target));
  }
  return targets;
}

bool IsMountedAway(const Facts& facts, uint32_t index, std::string_view path) {
  for (const std::string& target : MountTargets(facts, index)) {
    if (target.empty() || IsInside(path, target) || IsInside(target, path)) {
      return true;
    }
  }
  return false;
}

}  // namespace dfix
