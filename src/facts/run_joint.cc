#include "src/facts/run_joint.h"

#include <algorithm>

#include "src/dockerfile/instructions.h"
#include "src/facts/layout.h"
#include "src/facts/script_facts.h"
#include "src/facts/shell_state.h"
#include "src/shell/words.h"

namespace dfix {
namespace {

// Whether programs may find `name` in their environment once a shell sets it:
// it does not look like a local variable, or the file exports it.
bool MayBeExported(const Facts& facts, std::string_view name) {
  if (name == "BASH_REMATCH") return false;
  const bool has_lower = std::any_of(
      name.begin(), name.end(), [](char c) { return 'a' <= c && c <= 'z'; });
  if (!has_lower || name.ends_with("_proxy") || name.starts_with("npm_")) {
    return true;
  }
  for (const InstructionFacts& instruction : facts.instructions()) {
    if (instruction.kind != InstructionKind::kEnv &&
        instruction.kind != InstructionKind::kArg) {
      continue;
    }
    for (const KeyValuePair& pair :
         Instruction(facts.document(), instruction.inner).Pairs()) {
      if (pair.key == name) return true;
    }
  }
  return false;
}

bool HasAnything(const Document& document, NodeId script) {
  const auto changes = FindShellChanges(document, script);
  return std::any_of(changes.begin(), changes.end(),
                     [](const ShellChange& change) {
                       return change.effect == ShellEffect::kAnything;
                     });
}

std::string LeakOfVariable(const Facts& facts, const std::string& name,
                           NodeId second) {
  const Document& document = facts.document();
  if (!MayBeExported(facts, name) && !MayUseVariable(document, second, name) &&
      !HasAnything(document, second)) {
    return "";
  }
  return "the variable `" + name +
         "` would still be set for the commands that follow";
}

std::string Leak(const ShellChange& change) {
  const std::string what = "`" + change.what + "`";
  switch (change.effect) {
    case ShellEffect::kDirectory:
      return what + " would take the commands that follow along";
    case ShellEffect::kVariable:
    case ShellEffect::kVariables:
      return "the variables of " + what +
             " would still be set for the commands that follow";
    case ShellEffect::kOptions:
      return "the options of " + what +
             " would still be on for the commands that follow";
    case ShellEffect::kLimits:
      return what + " would still hold for the commands that follow";
    case ShellEffect::kFunctions:
      return "what " + what +
             " defines would still be there for the commands that follow";
    case ShellEffect::kTraps:
      return what + " would run later, and for the commands that follow, too";
    case ShellEffect::kDescriptors:
      return "the redirections of " + what +
             " would hold for the commands that follow";
    case ShellEffect::kParameters:
      return what + " would change the parameters of the commands that follow";
    case ShellEffect::kJobs:
      return what + " leaves a job in the background, which ends with its RUN";
    case ShellEffect::kExit:
      return what + " would skip the commands that follow";
    case ShellEffect::kReplaced:
      return what + " would replace the shell that is to go on";
    case ShellEffect::kAnything:
      return what + " may change the shell that would go on";
  }
  return "";
}

// Whether the script reads what the shell keeps about the commands before.
bool LooksBack(const Document& document, NodeId script) {
  for (const TokenId token : document.Tokens(script)) {
    if (document.kind(token) != TokenKind::kParameter) continue;
    std::string_view name = document.Text(token);
    if (name.starts_with('$')) name.remove_prefix(1);
    if (name == "_" || name == "!" || name == "PIPESTATUS" ||
        name == "OLDPWD" || name == "RANDOM" || name == "SECONDS" ||
        name == "LINENO") {
      return true;
    }
  }
  return false;
}

class Joiner {
 public:
  Joiner(const Facts& facts, uint32_t first, uint32_t second)
      : facts_(facts),
        document_(facts.document()),
        second_index_(second),
        first_(facts.instructions()[first].script),
        second_(facts.instructions()[second].script),
        first_shape_(ShapeOf(document_, first_)),
        second_shape_(ShapeOf(document_, second_)) {}

  RunJoint Join() {
    joint_.problem = FindProblem();
    return std::move(joint_);
  }

 private:
  std::string FindProblem() {
    const uint32_t end = document_.Range(first_).end;
    if (HasComment(document_, {end, LineEnd(document_.text(), end)})) {
      return "the comment at the end of the first would swallow the second";
    }
    for (const NodeId script : {first_, second_}) {
      for (const ShellChange& change : FindShellChanges(document_, script)) {
        if (change.effect == ShellEffect::kJobs) return Leak(change);
      }
    }
    if (LooksBack(document_, second_)) {
      return "the second asks what the shell did before";
    }
    const std::string problem =
        HasSameSet() ? FindSequenceProblem() : FindChainProblem();
    return problem.empty() ? FindLeak() : problem;
  }

  bool HasSameSet() const {
    return first_shape_.leading_set != kNoNode &&
           second_shape_.leading_set != kNoNode &&
           LogicalText(document_, first_shape_.leading_set) ==
               LogicalText(document_, second_shape_.leading_set);
  }

  std::string FindSequenceProblem() {
    joint_.dropped = second_shape_.leading_set;
    if (first_shape_.ends_fatally) return "";
    return "a failure at the end of the first would no longer be one";
  }

  std::string FindChainProblem() {
    if (!first_shape_.one_list || !second_shape_.one_list) {
      if (first_shape_.leading_set != kNoNode ||
          second_shape_.leading_set != kNoNode) {
        return "`set -e` does not act inside a list of `&&`, and the other RUN "
               "does not begin with the same one";
      }
      return "`;` goes on after a failure, which `&&` around it would hide";
    }
    // A node of the script itself: what SHELL says is in force there.
    const bool errexit =
        ErrexitAt(facts_, second_index_, second_) != Errexit::kOff;
    if (IsChangedByList(first_shape_, errexit) ||
        IsChangedByList(second_shape_, errexit)) {
      return "`set -e` does not act inside a list of `&&`";
    }
    if (first_shape_.has_or) {
      // The same without, but it would not be read so.
      joint_.first_in_subshell = IsOneLine(first_);
      if (!joint_.first_in_subshell) {
        return "`||` in the first would seem to be about the second";
      }
    }
    if (!second_shape_.has_or) return "";
    if (!IsOneLine(second_)) {
      return "`||` would be about a failure of the first, too";
    }
    joint_.second_in_subshell = true;
    return "";
  }

  static bool IsChangedByList(const ScriptShape& shape, bool errexit) {
    return (errexit || shape.may_set_errexit) && !shape.same_under_errexit;
  }

  bool IsOneLine(NodeId script) const {
    return !HasNewline(document_.text(), document_.Range(script));
  }

  std::string FindLeak() {
    const auto changes = FindShellChanges(document_, first_);
    bool skip_set = joint_.dropped != kNoNode;
    for (const ShellChange& change : changes) {
      if (skip_set && change.effect == ShellEffect::kOptions) {
        skip_set = false;
        continue;
      }
      if (change.effect == ShellEffect::kDirectory) {
        if (!IsOneLine(first_) || joint_.dropped != kNoNode) {
          return Leak(change);
        }
        joint_.first_in_subshell = true;
        continue;
      }
      const std::string leak =
          change.effect == ShellEffect::kVariable
              ? LeakOfVariable(facts_, change.what, second_)
              : Leak(change);
      if (!leak.empty()) return leak;
    }
    return "";
  }

  const Facts& facts_;
  const Document& document_;
  uint32_t second_index_;
  NodeId first_;
  NodeId second_;
  ScriptShape first_shape_;
  ScriptShape second_shape_;
  RunJoint joint_;
};

}  // namespace

RunJoint JointOf(const Facts& facts, uint32_t first, uint32_t second) {
  return Joiner(facts, first, second).Join();
}

std::string VariableProblem(const Facts& facts, uint32_t first,
                            uint32_t second) {
  const Document& document = facts.document();
  for (const ShellChange& change :
       FindShellChanges(document, facts.instructions()[first].script)) {
    if (change.effect != ShellEffect::kVariable) continue;
    const std::string leak =
        LeakOfVariable(facts, change.what, facts.instructions()[second].script);
    if (!leak.empty()) return leak;
  }
  return "";
}

}  // namespace dfix
