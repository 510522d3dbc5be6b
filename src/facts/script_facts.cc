#include "src/facts/script_facts.h"

#include <algorithm>
#include <string>

#include "src/dockerfile/instructions.h"
#include "src/shell/operators.h"
#include "src/shell/words.h"

namespace dfix {
namespace {

bool IsList(NodeKind kind) {
  return kind == NodeKind::kScript || kind == NodeKind::kList;
}

// Whether no other child of its kind follows `child`.
bool IsLastChild(const Document& document, NodeId parent, NodeId child) {
  NodeId last = kNoNode;
  for (const NodeId other : document.Children(parent)) {
    if (document.kind(other) == document.kind(child)) last = other;
  }
  return last == child;
}

// The words of a simple command, values where they are constant.
std::vector<std::string> ConstantWords(const Document& document,
                                       NodeId command) {
  std::vector<std::string> words;
  for (const NodeId child : document.Children(command)) {
    if (document.kind(child) != NodeKind::kWord) continue;
    words.push_back(ConstantValue(document, child).value_or(""));
  }
  return words;
}

// What the words of `set` or of a shell's command line do to errexit.
std::optional<bool> SetsErrexit(const std::vector<std::string>& words) {
  std::optional<bool> result;
  for (size_t i = 1; i < words.size(); ++i) {
    const std::string& word = words[i];
    if (word.size() < 2 || (word[0] != '-' && word[0] != '+')) continue;
    if (word == "--") break;
    const bool on = word[0] == '-';
    if (word.find('e', 1) != std::string::npos && word[1] != '-') result = on;
    if (word.back() == 'o' && i + 1 < words.size() &&
        words[i + 1] == "errexit") {
      result = on;
    }
  }
  return result;
}

bool EndsControl(const Document& document, NodeId and_or) {
  for (uint32_t n = Index(and_or); n < document.node(and_or).end_node; ++n) {
    if (document.nodes()[n].kind != NodeKind::kSimpleCommand) continue;
    const auto words = ConstantWords(document, NodeId{n});
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

Errexit ErrexitAt(const Facts& facts, uint32_t instruction, NodeId node) {
  const Document& document = facts.document();
  Errexit state = Errexit::kOff;
  const uint32_t shell = ShellInstructionAt(facts, instruction);
  if (shell != kNoInstruction) {
    const auto words =
        Instruction(document, facts.instructions()[shell].inner).Arguments();
    if (SetsErrexit(words).value_or(false)) state = Errexit::kOn;
  }
  const NodeId script = facts.instructions()[instruction].script;
  for (uint32_t n = Index(script); n < Index(node); ++n) {
    if (document.nodes()[n].kind != NodeKind::kSimpleCommand) continue;
    const auto words = ConstantWords(document, NodeId{n});
    if (words.empty() || words[0] != "set") continue;
    const auto sets = SetsErrexit(words);
    if (!sets) continue;
    // Only at the script's own level is it known to run, and to last.
    const auto path = PathTo(document, script, NodeId{n});
    const bool plain = path.size() == 4;  // Script, AndOr, Pipeline, command.
    state = plain ? (*sets ? Errexit::kOn : Errexit::kOff) : Errexit::kUnknown;
  }
  return state;
}

bool FailureIsFatal(const Facts& facts, uint32_t instruction, NodeId command) {
  const Document& document = facts.document();
  const NodeId script = facts.instructions()[instruction].script;
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
  for (const NodeId child : document.Children(and_or)) {
    if (first == kNoNode) first = child;
  }
  const ListOperators around = OperatorsAround(document, and_or, first);
  if (around.or_after) return {AppendProblem::kOr};
  if (around.in_background) return {AppendProblem::kBackground};
  if (EndsControl(document, and_or)) return {AppendProblem::kExit};
  AppendPlace place;
  const Errexit errexit =
      ErrexitAt(facts, instruction, NodeId{document.node(and_or).end_node});
  if (errexit == Errexit::kOff) return place;
  const NodeId list = document.Parent(and_or);
  const bool at_top = list == script;
  const bool ends =
      IsList(document.kind(list)) && IsLastChild(document, list, and_or);
  // `a && b && c` at the very end: its status is the script's.
  if (at_top && ends && !around.is_last) return place;
  // What fails at the end of the list ends the script before `; c`, too; and a
  // status in the middle of the script is nobody's.
  if (at_top && (around.is_last || !ends) && errexit == Errexit::kOn) {
    place.as_statement = true;
    return place;
  }
  place.problem = AppendProblem::kErrexit;
  return place;
}

}  // namespace dfix
