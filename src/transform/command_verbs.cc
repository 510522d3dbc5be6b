// The verbs of ChangeWriter that edit commands and and-or lists.
#include <algorithm>
#include <span>
#include <vector>

#include "src/facts/layout.h"
#include "src/facts/script_facts.h"
#include "src/shell/views.h"
#include "src/text/source_text.h"
#include "src/transform/sink.h"

namespace dfix {
namespace {

// A line that ends up longer is broken before the command that is added.
constexpr uint32_t kLineLimit = 80;

NodeId LastPipeline(const Document& document, NodeId and_or) {
  NodeId last = kNoNode;
  for (const NodeId child : document.Children(and_or)) {
    if (document.kind(child) == NodeKind::kPipeline) last = child;
  }
  return last;
}

// The end of the `;` that closes `and_or`, if there is one.
std::optional<uint32_t> ClosingSemicolon(const Document& document,
                                         NodeId and_or, uint32_t from) {
  const uint32_t end = document.Range(and_or).end;
  const std::string_view rest = Slice(document.text(), {from, end});
  const size_t at = rest.rfind(';');
  if (at == std::string_view::npos || at + 1 != rest.size()) {
    return std::nullopt;
  }
  return end;
}

// The end of the blanks from `at` on, if a line ends after them; else `at`.
uint32_t EndOfTrailingBlanks(std::string_view text, uint32_t at) {
  size_t end = at;
  while (end < text.size() && (text[end] == ' ' || text[end] == '\t')) ++end;
  const bool line_ends = end == text.size() || text[end] == '\n' ||
                         text.substr(end).starts_with("\r\n");
  return line_ends ? static_cast<uint32_t>(end) : at;
}

// Whether something follows on the line on which `and_or` ends: more of the
// script, or a comment, which ends the line for good.
bool GoesOnInLine(const Document& document, NodeId and_or) {
  const auto tokens = document.tokens();
  for (uint32_t i = document.node(and_or).end_token; i < tokens.size(); ++i) {
    if (tokens[i].kind == TokenKind::kWhitespace) continue;
    if (tokens[i].kind == TokenKind::kShellComment) return true;
    return !IsTrivia(tokens[i].kind) &&
           tokens[i].kind != TokenKind::kShellNewline &&
           tokens[i].kind != TokenKind::kEndOfFile;
  }
  return false;
}

// The begin of the line that a command after `and_or` would stand on, blanks
// included, as the commands around it have it.
std::string StatementIndent(const Document& document, NodeId and_or) {
  const std::string_view text = document.text();
  const TextRange range = document.Range(and_or);
  const NodeId list = document.Parent(and_or);
  for (const NodeId other : document.Children(list)) {
    const uint32_t begin = document.Range(other).begin;
    const uint32_t line = LineBegin(text, begin);
    const std::string_view indent = LineIndent(text, begin);
    if (line + indent.size() == begin && line != 0) return std::string(indent);
  }
  if (HasNewline(text, range)) return std::string(LineIndent(text, range.end));
  return LayoutOfList(document, and_or).indent;
}

std::string SequenceText(const Document& document, NodeId and_or,
                         std::string_view command, bool closed) {
  if (GoesOnInLine(document, and_or)) {
    return (closed ? " " : "; ") + std::string(command) + (closed ? ";" : "");
  }
  const bool in_heredoc = InHeredoc(document, and_or);
  const std::string indent = StatementIndent(document, and_or);
  std::string text;
  if (in_heredoc && !closed) {
    const std::string line_end = ContinuedLineEnd(document, in_heredoc);
    return line_end.substr(2) + indent + std::string(command);
  }
  if (!closed) text = ";";
  text += ContinuedLineEnd(document, in_heredoc) + indent;
  text += command;
  if (closed) text += ';';
  return text;
}

std::string AndText(const Document& document, NodeId and_or, uint32_t at,
                    std::string_view command) {
  const ListLayout layout = LayoutOfList(document, and_or);
  const TextRange range = document.Range(and_or);
  const uint32_t line = LineBegin(document.text(), at);
  const uint32_t width = at - line + 4 + static_cast<uint32_t>(command.size());
  const bool one_line =
      !HasNewline(document.text(), {range.begin, at}) && line <= range.begin;
  if (one_line && !layout.multi_line &&
      (width <= kLineLimit || GoesOnInLine(document, and_or))) {
    return " && " + std::string(command);
  }
  const std::string line_end =
      ContinuedLineEnd(document, InHeredoc(document, and_or));
  if (layout.side == AndSide::kTrailing) {
    return " &&" + line_end + layout.indent + std::string(command);
  }
  return line_end + layout.indent + "&& " + std::string(command);
}

bool Contains(std::span<const NodeId> nodes, NodeId node) {
  return std::find(nodes.begin(), nodes.end(), node) != nodes.end();
}

}  // namespace

void ChangeWriter::AppendCommand(NodeId and_or, Join join,
                                 std::string_view command) {
  uint32_t at = document_.Range(LastPipeline(document_, and_or)).end;
  if (join == Join::kAnd) {
    return Replace({at, EndOfTrailingBlanks(document_.text(), at)},
                   AndText(document_, and_or, at, command));
  }
  const auto closed = ClosingSemicolon(document_, and_or, at);
  if (closed) at = *closed;
  Replace({at, EndOfTrailingBlanks(document_.text(), at)},
          SequenceText(document_, and_or, command, closed.has_value()));
}

void ChangeWriter::PrependCommand(NodeId pipeline, std::string_view command) {
  const NodeId and_or = document_.Parent(pipeline);
  const ListLayout layout = LayoutOfList(document_, and_or);
  const uint32_t at = document_.Range(pipeline).begin;
  std::string text(command);
  if (!layout.multi_line) {
    text += " && ";
  } else {
    const std::string line_end =
        ContinuedLineEnd(document_, InHeredoc(document_, pipeline));
    text += layout.side == AndSide::kTrailing
                ? " &&" + line_end + layout.indent
                : line_end + layout.indent + "&& ";
  }
  Replace({at, at}, std::move(text));
}

void ChangeWriter::PrependStatement(NodeId and_or, std::string_view command) {
  const std::string_view text = document_.text();
  const uint32_t at = document_.Range(and_or).begin;
  const std::string_view indent = LineIndent(text, at);
  const bool begins_line = LineBegin(text, at) + indent.size() == at;
  std::string added(command);
  if (InHeredoc(document_, and_or) && begins_line) {
    added += std::string(NewlineStyle(text)) + std::string(indent);
  } else if (begins_line) {
    added += ";" + ContinuedLineEnd(document_, false) + std::string(indent);
  } else {
    added += "; ";
  }
  Replace({at, at}, std::move(added));
}

void ChangeWriter::RemovePipeline(NodeId pipeline) {
  RemovePipelines({&pipeline, 1}, true);
}

void ChangeWriter::RemovePipelines(std::span<const NodeId> pipelines,
                                   bool under_errexit) {
  std::vector<NodeId> statements;  // That go as a whole.
  std::vector<NodeId> lists;       // And-or lists that have been dealt with.
  for (const NodeId pipeline : pipelines) {
    const NodeId and_or = document_.Parent(pipeline);
    if (Contains(lists, and_or)) continue;
    lists.push_back(and_or);
    const auto links = AndOr{&document_, and_or}.pipelines();
    const bool all = std::all_of(links.begin(), links.end(), [&](auto& link) {
      return Contains(pipelines, link.node);
    });
    if (all) {
      statements.push_back(and_or);
    } else {
      RemoveFromList(links, pipelines);
    }
  }
  for (const NodeId statement : statements) {
    RemoveStatement(statement, statements, under_errexit);
  }
}

// The pipelines of one and-or list that are among `gone`, but not all of them.
void ChangeWriter::RemoveFromList(std::span<const ChainLink> links,
                                  std::span<const NodeId> gone) {
  size_t kept = 0;
  while (Contains(gone, links[kept].node)) ++kept;
  for (size_t i = 1; i <= kept; ++i) {
    if (links[i].shell_operator != ShellOperator::kAnd) {
      return Refuse("`||` stands behind the command");
    }
  }
  if (kept > 0) {
    RemoveWithoutComment({document_.Range(links[0].node).begin,
                          document_.Range(links[kept].node).begin});
  }
  for (size_t i = kept + 1; i < links.size(); ++i) {
    if (!Contains(gone, links[i].node)) continue;
    if (links[i].shell_operator != ShellOperator::kAnd) {
      return Refuse("`||` stands before the command");
    }
    const TextRange range = document_.Range(links[i].node);
    const uint32_t before = document_.Range(links[i - 1].node).end;
    const bool next_stays =
        i + 1 < links.size() &&
        links[i + 1].shell_operator == ShellOperator::kAnd &&
        !Contains(gone, links[i + 1].node);
    if (next_stays && HasNewline(document_.text(), {before, range.begin})) {
      const uint32_t next = document_.Range(links[i + 1].node).begin;
      if (!HasNewline(document_.text(), {range.end, next})) {
        // The next command on its line takes its place.
        RemoveWithoutComment({range.begin, next});
        continue;
      }
    }
    RemoveWithoutComment({before, range.end});
  }
}

// One and-or list of its list of statements; the others in `gone` go, too.
void ChangeWriter::RemoveStatement(NodeId statement,
                                   std::span<const NodeId> gone,
                                   bool under_errexit) {
  NodeId before = kNoNode;     // The statement before,
  NodeId after = kNoNode;      // the one after,
  NodeId remaining = kNoNode;  // and the last one that stays.
  for (const NodeId other : AndOrs(document_, document_.Parent(statement))) {
    if (Index(other) < Index(statement)) before = other;
    if (Index(other) > Index(statement) && after == kNoNode) after = other;
    if (!Contains(gone, other)) remaining = other;
  }
  if (remaining == kNoNode) {
    return Refuse("the command is a statement of its own");
  }
  if (before == kNoNode) {
    return RemoveWithoutComment(
        {document_.Range(statement).begin, document_.Range(after).begin});
  }
  TextRange range = {document_.Range(before).end,
                     document_.Range(statement).end};
  if (Index(remaining) < Index(statement)) {
    if (!under_errexit || !FailsUnderErrexit(document_, remaining)) {
      return Refuse(
          "without the command at the end, a failure before it would count");
    }
    // What ends the last statement that stays goes, too, but that a compound
    // command needs it.
    const NodeId list = document_.Parent(statement);
    if (before == remaining && document_.kind(list) == NodeKind::kScript) {
      range.begin = document_.Range(LastPipeline(document_, before)).end;
    }
  }
  RemoveWithoutComment(range);
}

void ChangeWriter::RemoveWithoutComment(TextRange range) {
  if (HasComment(document_, range)) {
    return Refuse("a comment stands beside the command that would go");
  }
  Replace(range, "");
}

}  // namespace dfix
