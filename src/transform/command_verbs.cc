// The verbs of ChangeWriter that edit commands and and-or lists.
#include "src/facts/layout.h"
#include "src/shell/views.h"
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

void ChangeWriter::RemovePipeline(NodeId pipeline) {
  const NodeId and_or = document_.Parent(pipeline);
  const auto links = AndOr{&document_, and_or}.pipelines();
  size_t at = 0;
  while (links[at].node != pipeline) ++at;
  TextRange range = document_.Range(pipeline);
  if (at > 0) {
    if (links[at].shell_operator != ShellOperator::kAnd) {
      return Refuse("`||` stands before the command");
    }
    range.begin = document_.Range(links[at - 1].node).end;
  } else if (links.size() > 1) {
    if (links[1].shell_operator != ShellOperator::kAnd) {
      return Refuse("`||` stands behind the command");
    }
    range.end = document_.Range(links[1].node).begin;
  } else {
    // With what ends the statement before it, if it is the last one.
    const auto statements = AndOrs(document_, document_.Parent(and_or));
    NodeId before = kNoNode;
    NodeId last = kNoNode;
    for (const NodeId statement : statements) {
      if (Index(statement) < Index(and_or)) before = statement;
      last = statement;
    }
    if (before == kNoNode || InHeredoc(document_, and_or)) {
      return Refuse("the command is a statement of its own");
    }
    range = {document_.Range(before).end, document_.Range(and_or).end};
    // A compound command needs the last one's end.
    const bool in_script =
        document_.kind(document_.Parent(and_or)) == NodeKind::kScript;
    if (last == and_or && in_script) {
      range.begin = document_.Range(LastPipeline(document_, before)).end;
    }
  }
  if (HasComment(document_, range)) {
    return Refuse("a comment stands beside the command that would go");
  }
  Replace(range, "");
}

}  // namespace dfix
