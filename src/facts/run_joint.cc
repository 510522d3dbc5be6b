#include "src/facts/run_joint.h"

#include <algorithm>

#include "src/dockerfile/instructions.h"
#include "src/facts/layout.h"
#include "src/facts/run_work.h"
#include "src/facts/script_facts.h"
#include "src/facts/shell_state.h"
#include "src/shell/views.h"
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
        name == "LINENO" || name == "-") {
      return true;
    }
  }
  return false;
}

// Whether all of the RUN is the heredoc that its script is.
bool IsHeredocScript(const Document& document, const InstructionFacts& run) {
  const Instruction instruction(document, run.inner);
  const std::string text = instruction.ArgumentText();
  return instruction.Heredocs().size() == 1 && text.starts_with("<<") &&
         text.find_first_of(" \t") == std::string::npos &&
         !document.Text(run.script).starts_with("#!");
}

SetOptions OptionsOf(const Document& document, NodeId leading_set) {
  return ShapeOf(document, document.Parent(leading_set)).set_options;
}

class Joiner {
 public:
  Joiner(const Facts& facts, uint32_t first, uint32_t second,
         NodeId leading_set)
      : facts_(facts),
        document_(facts.document()),
        first_index_(first),
        second_index_(second),
        first_(facts.instructions()[first].script),
        second_(facts.instructions()[second].script),
        first_shape_(ShapeOf(document_, first_)),
        second_shape_(ShapeOf(document_, second_)) {
    joint_.leading_set = leading_set;
  }

  RunJoint Join() {
    joint_.problem = FindProblem();
    return std::move(joint_);
  }

 private:
  std::string FindProblem() {
    for (const NodeId script : {first_, second_}) {
      if (AndOrs(document_, script).empty()) return "a RUN has no command";
      for (const ShellChange& change : FindShellChanges(document_, script)) {
        if (change.effect == ShellEffect::kJobs) return Leak(change);
        if (IsAllOf(change, script)) {
          return "`" + change.what + "` alone has no effect beyond its RUN";
        }
      }
    }
    if (LooksBack(document_, second_)) {
      return "the second asks what the shell did before";
    }
    std::string problem = FindShapeProblem();
    if (problem.empty()) problem = FindLeak();
    if (!problem.empty()) return problem;
    const auto comment = CommentBehind(document_, first_);
    if (comment && (joint_.kind != JointKind::kChain ||
                    !CanStandAlone(document_, *comment))) {
      return "the comment at the end of the first would swallow the second";
    }
    return "";
  }

  std::string FindShapeProblem() {
    const InstructionFacts& first = facts_.instructions()[first_index_];
    const InstructionFacts& second = facts_.instructions()[second_index_];
    const bool heredocs = InHeredoc(document_, first.script);
    if (heredocs != InHeredoc(document_, second.script)) {
      return "a heredoc is a script of its own";
    }
    if (heredocs) return FindHeredocProblem(first, second);
    const bool begun = joint_.leading_set != kNoNode;
    if (!begun) joint_.leading_set = first_shape_.leading_set;
    if (joint_.leading_set == kNoNode) {
      // The RUN that is to be first must become statements, too.
      joint_.leading_set = second_shape_.leading_set;
    }
    if (joint_.leading_set == kNoNode) return FindChainProblem();
    return FindSequenceProblem();
  }

  bool HasSame(NodeId a, NodeId b) const {
    return a != kNoNode && b != kNoNode &&
           LogicalText(document_, a) == LogicalText(document_, b);
  }

  std::string FindSequenceProblem() {
    joint_.kind = JointKind::kSequence;
    if (first_shape_.leading_set == kNoNode) {
      const std::string problem =
          SplitProblem(facts_, first_index_, joint_.leading_set);
      if (!problem.empty()) return problem;
    } else if (!first_shape_.ends_fatally) {
      return "a failure at the end of the first would no longer be one";
    }
    if (second_shape_.leading_set != kNoNode) {
      joint_.dropped = second_shape_.leading_set;
      return HasSame(joint_.leading_set, second_shape_.leading_set)
                 ? ""
                 : "they begin with different `set`s";
    }
    if (!second_shape_.one_list) {
      return "`;` goes on after a failure, which the `set -e` of the first "
             "would not";
    }
    joint_.splits_second = second_shape_.is_flat;
    return OptionsProblem(document_, second_,
                          OptionsOf(document_, joint_.leading_set));
  }

  std::string FindHeredocProblem(const InstructionFacts& first,
                                 const InstructionFacts& second) {
    joint_.kind = JointKind::kHeredoc;
    if (!IsHeredocScript(document_, first) ||
        !IsHeredocScript(document_, second) ||
        Instruction(document_, first.inner).ArgumentText() !=
            Instruction(document_, second.inner).ArgumentText()) {
      return "the heredocs are not the same kind of script";
    }
    const std::string_view body =
        Slice(document_.text(),
              Instruction(document_, first.inner).Heredocs()[0].body.content);
    if (body.find("<<") != std::string_view::npos ||
        WithoutBlanksBehind(body).ends_with('\\')) {
      return "the end of the first heredoc may reach into the second";
    }
    if (HasSame(first_shape_.leading_set, second_shape_.leading_set)) {
      joint_.leading_set = first_shape_.leading_set;
      joint_.dropped = second_shape_.leading_set;
    } else if (first_shape_.leading_set != kNoNode ||
               second_shape_.leading_set != kNoNode ||
               ErrexitAt(facts_, first_index_, first_) != Errexit::kOn) {
      return "without the same `set -e` in both, the second would go on after "
             "a failure of the first";
    }
    if (first_shape_.ends_fatally) return "";
    return "a failure at the end of the first would no longer be one";
  }

  std::string FindChainProblem() {
    if (HasSame(first_shape_.leading_link, second_shape_.leading_link)) {
      joint_.dropped = second_shape_.leading_link;
    }
    // A node of the script itself: what SHELL says is in force there.
    const bool errexit =
        ErrexitAt(facts_, second_index_, second_) != Errexit::kOff;
    for (const ScriptShape& shape : {first_shape_, second_shape_}) {
      if (!IsChangedByList(shape, errexit)) continue;
      return shape.unseen.empty()
                 ? "`set -e` does not act inside a list of `&&`"
                 : "what `" + std::string(shape.unseen) +
                       "` runs may rely on `set -e`, which does not act inside "
                       "a list of `&&`";
    }
    joint_.first_in_subshell = WantsSubshell(first_shape_);
    joint_.second_in_subshell = WantsSubshell(second_shape_);
    if (joint_.first_in_subshell && !IsOneLine(first_)) {
      joint_.unclear = first_shape_.one_list
                           ? "`||` in the first would seem to be about the "
                             "second"
                           : "lines with `;`, which goes on after a failure, "
                             "are not clear among lines with `&&`";
    }
    if (!joint_.second_in_subshell) return "";
    if (IsOneLine(second_) && joint_.dropped == kNoNode) return "";
    return second_shape_.one_list
               ? "`||` would be about a failure of the first, too"
               : "`;` would go on after a failure of the first, too";
  }

  // Whether the script is not what it was once `&&` stands before or behind
  // it; or is, but would not be read so.
  static bool WantsSubshell(const ScriptShape& shape) {
    return !shape.one_list || shape.has_or;
  }

  static bool IsChangedByList(const ScriptShape& shape, bool errexit) {
    return (errexit || shape.may_set_errexit) && !shape.same_under_errexit;
  }

  bool IsOneLine(NodeId script) const {
    return !HasNewline(document_.text(), document_.Range(script));
  }

  // Whether the options that the first sets at its begin are those that the
  // second sets as well, or do nothing to it.
  bool OptionsMayStay() const {
    if (first_shape_.leading_set != kNoNode) return true;
    return first_shape_.leading_link != kNoNode &&
           (joint_.dropped != kNoNode ||
            (joint_.kind == JointKind::kChain &&
             OptionsProblem(document_, second_, first_shape_.set_options)
                 .empty()));
  }

  std::string FindLeak() {
    bool skip_set = OptionsMayStay();
    for (const ShellChange& change : FindShellChanges(document_, first_)) {
      if (skip_set && change.effect == ShellEffect::kOptions) {
        skip_set = false;
        continue;
      }
      std::string leak = change.effect == ShellEffect::kVariable
                             ? LeakOfVariable(facts_, change.what, second_)
                             : Leak(change);
      if (leak.empty()) continue;
      if (!StaysInSubshell(change)) return leak;
      joint_.first_in_subshell = true;
      if (!IsOneLine(first_)) joint_.unclear = std::move(leak);
    }
    // Its options end with the subshell.
    if (joint_.first_in_subshell) joint_.dropped = kNoNode;
    return "";
  }

  // Whether the script is nothing but what makes the change.
  bool IsAllOf(const ShellChange& change, NodeId script) const {
    if (change.effect == ShellEffect::kAnything ||
        change.effect == ShellEffect::kExit ||
        change.effect == ShellEffect::kReplaced) {
      return false;
    }
    const auto commands = CommandsOf(document_, script);
    return commands.size() == 1 &&
           (commands[0].name.empty() || commands[0].name == change.what);
  }

  // Whether parentheses around the first keep the change there.
  bool StaysInSubshell(const ShellChange& change) const {
    // What is not known may start a job.
    if (change.effect == ShellEffect::kAnything ||
        change.effect == ShellEffect::kReplaced) {
      return false;
    }
    // Shells differ about `return` and `break` that have nothing to leave.
    if (change.effect == ShellEffect::kExit && change.what != "exit") {
      return false;
    }
    return joint_.kind == JointKind::kChain;
  }

  const Facts& facts_;
  const Document& document_;
  uint32_t first_index_;
  uint32_t second_index_;
  NodeId first_;
  NodeId second_;
  ScriptShape first_shape_;
  ScriptShape second_shape_;
  RunJoint joint_;
};

}  // namespace

RunJoint JointOf(const Facts& facts, uint32_t first, uint32_t second,
                 NodeId leading_set) {
  return Joiner(facts, first, second, leading_set).Join();
}

std::string SplitProblem(const Facts& facts, uint32_t run, NodeId leading_set) {
  const Document& document = facts.document();
  const NodeId script = facts.instructions()[run].script;
  const ScriptShape shape = ShapeOf(document, script);
  if (!shape.one_list) {
    return "`;` goes on after a failure, which the `set -e` of the other RUN "
           "would not";
  }
  if (!shape.is_flat) {
    return "`set -e` of the other RUN may not act on it as its own shell does";
  }
  return OptionsProblem(document, script, OptionsOf(document, leading_set));
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
