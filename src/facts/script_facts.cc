#include "src/facts/script_facts.h"

#include <algorithm>
#include <string>

#include "src/dockerfile/instructions.h"
#include "src/shell/operators.h"
#include "src/shell/views.h"
#include "src/shell/words.h"
#include "src/text/search.h"

namespace dfix {
namespace {

// Whether no other child follows `child`; heredoc bodies do not count.
bool IsLastChild(const Document& document, NodeId parent, NodeId child) {
  NodeId last = kNoNode;
  for (const NodeId other : document.Children(parent)) {
    if (document.kind(other) != NodeKind::kHeredocBody) last = other;
  }
  return last == child;
}

bool IsSimple(const Document& document, NodeId pipeline) {
  uint32_t commands = 0;
  bool simple = true;
  for (const NodeId child : document.Children(pipeline)) {
    ++commands;
    simple &= document.kind(child) == NodeKind::kSimpleCommand;
  }
  return commands == 1 && simple && !IsNegated(document, pipeline);
}

// The words of a simple command, values where they are constant.
std::vector<std::optional<std::string>> Values(const Document& document,
                                               NodeId command) {
  std::vector<std::optional<std::string>> values;
  for (const NodeId child : document.Children(command)) {
    if (document.kind(child) != NodeKind::kWord) continue;
    values.push_back(ConstantValue(document, child));
  }
  return values;
}

// What the options of `set`, or of a shell's command line, do to errexit;
// absent if nothing. The first word is the program.
std::optional<Errexit> SetsErrexit(
    const std::vector<std::optional<std::string>>& words) {
  std::optional<Errexit> result;
  for (size_t i = 1; i < words.size(); ++i) {
    if (!words[i]) return Errexit::kUnknown;
    const std::string& word = *words[i];
    const bool option = word.size() > 1 && (word[0] == '-' || word[0] == '+');
    if (!option || word == "--") break;
    const Errexit value = word[0] == '-' ? Errexit::kOn : Errexit::kOff;
    if (word[1] == '-') continue;
    for (const char c : std::string_view(word).substr(1)) {
      if (c == 'e') result = value;
      if (c != 'o' || i + 1 >= words.size()) continue;
      if (words[++i] == "errexit") result = value;
    }
  }
  return result;
}

// What a simple command may do to errexit: `set`, and what may run one.
std::optional<Errexit> ErrexitEffect(const Document& document, NodeId command) {
  const auto words = Values(document, command);
  if (words.empty() || !words[0]) return std::nullopt;
  const std::string& name = *words[0];
  if (name == "set") return SetsErrexit(words);
  const bool runs_set = words.size() > 1 && words[1] == "set" &&
                        (name == "command" || name == "builtin");
  if (name == "eval" || name == "trap" || runs_set) return Errexit::kUnknown;
  if (name != "." && name != "source") return std::nullopt;
  const bool of_system =
      words.size() > 1 && words[1] && words[1]->starts_with("/etc/");
  return of_system ? std::nullopt : std::optional(Errexit::kUnknown);
}

// Whether the only command of `pipeline` is a function of the script.
bool CallsFunction(const Document& document, NodeId script, NodeId pipeline) {
  const NodeId command = document.Child(pipeline, NodeKind::kSimpleCommand);
  const NodeId name = document.Child(command, NodeKind::kWord);
  return name != kNoNode &&
         DefinesFunction(document, script, document.Text(name));
}

bool EndsControl(const Document& document, NodeId and_or) {
  for (uint32_t n = Index(and_or); n < document.node(and_or).end_node; ++n) {
    if (document.nodes()[n].kind != NodeKind::kSimpleCommand) continue;
    const auto words = Values(document, NodeId{n});
    if (!words.empty() &&
        (words[0] == "exit" || words[0] == "exec" || words[0] == "return" ||
         words[0] == "break" || words[0] == "continue")) {
      return true;
    }
  }
  return false;
}

}  // namespace

std::vector<NodeId> PathTo(const Document& document, NodeId root, NodeId node) {
  std::vector<NodeId> path{root};
  while (path.back() != node) {
    for (const NodeId child : document.Children(path.back())) {
      if (!document.Contains(child, node)) continue;
      path.push_back(child);
      break;
    }
  }
  return path;
}

NodeId Enclosing(const Document& document, NodeId script, NodeId node,
                 NodeKind kind) {
  NodeId found = kNoNode;
  for (const NodeId ancestor : PathTo(document, script, node)) {
    if (document.kind(ancestor) == kind && ancestor != node) found = ancestor;
  }
  return found;
}

ListOperators OperatorsAround(const Document& document, NodeId and_or,
                              NodeId pipeline) {
  ListOperators result;
  const TextRange range = document.Range(pipeline);
  uint32_t token = document.node(and_or).first_token;
  for (const NodeId child : document.Children(and_or)) {
    for (; token < document.node(child).first_token; ++token) {
      const Token& t = document.tokens()[token];
      if (t.kind != TokenKind::kOperator) continue;
      const bool before = t.begin < range.begin;
      (before ? result.is_first : result.is_last) = false;
      if (OperatorOf(t) != ShellOperator::kOr) continue;
      (before ? result.or_before : result.or_after) = true;
    }
    token = document.node(child).end_token;
  }
  for (; token < document.node(and_or).end_token; ++token) {
    const Token& t = document.tokens()[token];
    result.in_background |= t.kind == TokenKind::kOperator &&
                            OperatorOf(t) == ShellOperator::kBackground;
  }
  return result;
}

bool IsNegated(const Document& document, NodeId pipeline) {
  const Token& first = document.tokens()[document.node(pipeline).first_token];
  return first.kind == TokenKind::kReservedWord &&
         ReservedWordOf(first) == ShellReservedWord::kNot;
}

bool DefinesFunction(const Document& document, NodeId script,
                     std::string_view name) {
  for (uint32_t n = Index(script); n < document.node(script).end_node; ++n) {
    if (document.nodes()[n].kind != NodeKind::kFunction) continue;
    const NodeId word = document.Child(NodeId{n}, NodeKind::kWord);
    if (word != kNoNode && document.Text(word) == name) return true;
  }
  return false;
}

std::vector<ProgramCall> CallsOf(const Facts& facts, std::string_view program) {
  const Document& document = facts.document();
  std::vector<ProgramCall> calls;
  std::string scratch;
  for (uint32_t i = 0; i < facts.instructions().size(); ++i) {
    const InstructionFacts& run = facts.instructions()[i];
    if (run.kind != InstructionKind::kRun || run.script == kNoNode) continue;
    if (document.Text(run.script).find(program) == std::string_view::npos ||
        DefinesFunction(document, run.script, program)) {
      continue;
    }
    ForEachCommand(document, run.script, [&](NodeId command) {
      std::vector<NodeId> words = ProgramWords(document, command);
      if (words.empty()) return;
      const auto name = ConstantView(document, words[0], scratch);
      if (!name || Basename(*name) != program) return;
      calls.push_back({i, command, std::move(words)});
    });
  }
  return calls;
}

bool IsCondition(const Document& document, NodeId compound, NodeId list) {
  std::vector<NodeId> lists;
  for (const NodeId child : document.Children(compound)) {
    if (document.kind(child) == NodeKind::kList) lists.push_back(child);
  }
  const auto at = std::find(lists.begin(), lists.end(), list) - lists.begin();
  switch (document.kind(compound)) {
    case NodeKind::kIf:
      // Condition, body, condition, body, ..., [else body].
      return at % 2 == 0 && static_cast<size_t>(at) + 1 < lists.size();
    case NodeKind::kWhile:
    case NodeKind::kUntil:
      return at == 0;
    default:
      return false;
  }
}

namespace {

// Errexit as the SHELL in force gives it.
Errexit ErrexitOfShell(const Facts& facts, uint32_t instruction) {
  const auto of = [&](uint32_t shell) {
    std::vector<std::optional<std::string>> words;
    for (std::string& word :
         Instruction(facts.document(), facts.instructions()[shell].inner)
             .Arguments()) {
      words.emplace_back(std::move(word));
    }
    return SetsErrexit(words).value_or(Errexit::kOff);
  };
  if (facts.instructions()[instruction].onbuild) {
    // It runs under the SHELL that is in force when the trigger fires.
    for (uint32_t i = 0; i < facts.instructions().size(); ++i) {
      if (facts.instructions()[i].kind == InstructionKind::kShell &&
          of(i) != Errexit::kOff) {
        return Errexit::kUnknown;
      }
    }
  }
  const uint32_t shell = ShellInstructionAt(facts, instruction);
  return shell == kNoInstruction ? Errexit::kOff : of(shell);
}

}  // namespace

Errexit ErrexitAt(const Facts& facts, uint32_t instruction, NodeId node) {
  const Document& document = facts.document();
  Errexit state = ErrexitOfShell(facts, instruction);
  const NodeId script = facts.instructions()[instruction].script;
  for (uint32_t n = Index(script); n < Index(node); ++n) {
    if (document.nodes()[n].kind != NodeKind::kSimpleCommand) continue;
    const auto effect = ErrexitEffect(document, NodeId{n});
    if (!effect) continue;
    // Only at the script's own level, first in its list, does it run for
    // certain, in the script's own shell.
    const auto path = PathTo(document, script, NodeId{n});
    bool plain = path.size() == 4;  // Script, AndOr, Pipeline, command.
    if (plain) {
      const ListOperators around = OperatorsAround(document, path[1], path[2]);
      plain = IsSimple(document, path[2]) && around.is_first &&
              !around.in_background;
    }
    state = plain ? *effect : Errexit::kUnknown;
  }
  return state;
}

bool RunsForCertain(const Facts& facts, uint32_t instruction, NodeId command) {
  const Document& document = facts.document();
  const NodeId script = facts.instructions()[instruction].script;
  const auto path = PathTo(document, script, command);
  bool first = true;
  for (size_t i = 0; i + 1 < path.size(); ++i) {
    switch (document.kind(path[i])) {
      case NodeKind::kScript:
      case NodeKind::kList:
      case NodeKind::kPipeline:
      case NodeKind::kSubshell:
      case NodeKind::kBraceGroup:
        break;
      case NodeKind::kAndOr: {
        const ListOperators around =
            OperatorsAround(document, path[i], path[i + 1]);
        if (around.or_before || around.in_background) return false;
        first &= around.is_first;
        break;
      }
      default:
        return false;
    }
  }
  // Behind `a &&` it runs if a failure of `a` ends the script.
  return first || FailureIsFatal(facts, instruction, command);
}

bool FailsUnderErrexit(const Document& document, NodeId and_or) {
  const auto links = AndOr{&document, and_or}.pipelines();
  if (links.size() != 1) return false;
  const Pipeline pipeline{&document, links[0].node};
  const auto commands = pipeline.commands();
  return !pipeline.negated() &&
         std::all_of(commands.begin(), commands.end(), [&](const auto& link) {
           return document.kind(link.node) == NodeKind::kSimpleCommand;
         });
}

bool FailureIsFatal(const Facts& facts, uint32_t instruction, NodeId command) {
  const Document& document = facts.document();
  const NodeId script = facts.instructions()[instruction].script;
  if (document.Text(script).find("trap") != std::string_view::npos) {
    return false;
  }
  const bool errexit = ErrexitAt(facts, instruction, command) == Errexit::kOn;
  const std::vector<NodeId> path = PathTo(document, script, command);
  bool exits = errexit;  // Errexit still acts on a failure from here.
  bool status = true;    // The failure is the status of the node looked at.
  for (size_t i = path.size() - 1; i-- > 0;) {
    const NodeId node = path[i];
    const NodeId child = path[i + 1];
    switch (document.kind(node)) {
      case NodeKind::kPipeline:
        if (IsNegated(document, node)) return false;
        if (!IsLastChild(document, node, child)) return false;
        break;
      case NodeKind::kAndOr: {
        const ListOperators around = OperatorsAround(document, node, child);
        if (around.or_after || around.in_background) return false;
        if (!around.is_last) exits = false;
        break;
      }
      case NodeKind::kScript:
      case NodeKind::kList:
        if (status && exits) break;
        status = status && IsLastChild(document, node, child);
        if (!status) return false;
        break;
      case NodeKind::kSubshell:
      case NodeKind::kBraceGroup:
      case NodeKind::kCase:
      case NodeKind::kCaseItem:
        break;
      case NodeKind::kIf:
        if (IsCondition(document, node, child)) return false;
        break;
      case NodeKind::kFor:
        if (!exits) return false;
        break;
      default:
        return false;
    }
  }
  return true;
}

AppendPlace PlaceToAppend(const Facts& facts, uint32_t instruction,
                          NodeId and_or) {
  const Document& document = facts.document();
  const NodeId script = facts.instructions()[instruction].script;
  NodeId first = kNoNode;
  NodeId last = kNoNode;
  for (const NodeId child : document.Children(and_or)) {
    if (document.kind(child) != NodeKind::kPipeline) continue;
    if (first == kNoNode) first = child;
    last = child;
  }
  const ListOperators around = OperatorsAround(document, and_or, first);
  if (around.or_after) return {AppendProblem::kOr};
  if (around.in_background) return {AppendProblem::kBackground};
  if (EndsControl(document, and_or)) return {AppendProblem::kExit};
  const NodeId list = document.Parent(and_or);
  const bool ends = list == script && IsLastChild(document, list, and_or);
  const std::string_view text = document.Text(script);
  const bool reads_status = text.find("$?") != std::string_view::npos ||
                            text.find("PIPESTATUS") != std::string_view::npos;
  if (reads_status && !ends) return {AppendProblem::kStatus};
  const Errexit errexit =
      ErrexitAt(facts, instruction, NodeId{document.node(and_or).end_node});
  if (errexit == Errexit::kOff) return {};
  if (IsNegated(document, last)) return {AppendProblem::kErrexit};
  // At the very end the status of the list is the script's, with or without
  // errexit; but inside what comes before `&&` errexit would be off.
  const bool plain =
      IsSimple(document, last) && !CallsFunction(document, script, last);
  if (ends && plain && !around.is_last) return {};
  if (ends && plain && errexit == Errexit::kUnknown) return {};
  // What fails at the end of the list ends the script before `; c`, too; and a
  // status in the middle of the script is nobody's.
  if (list == script && (around.is_last || !ends) && errexit == Errexit::kOn) {
    return {AppendProblem::kNone, true};
  }
  return {AppendProblem::kErrexit};
}

}  // namespace dfix
