// The verbs of ChangeWriter that edit whole instructions.
#include <algorithm>
#include <optional>

#include "src/dockerfile/characters.h"
#include "src/facts/layout.h"
#include "src/shell/views.h"
#include "src/text/source_text.h"
#include "src/transform/sink.h"

namespace dfix {
namespace {

// The lines of `instruction`, its newline included; never a byte order mark.
TextRange Lines(const Document& document, NodeId instruction) {
  const TextRange range = document.Range(instruction);
  return {InstructionLineBegin(document, instruction),
          LineEnd(document.text(), range.end)};
}

// The comments in `lines`, the shell's at the end of a line included, each on a
// line of its own without indent. Absent for one that cannot stand alone.
std::optional<std::string> CommentsIn(const Document& document,
                                      TextRange lines) {
  std::string out;
  for (uint32_t i = Index(document.TokenFrom(lines.begin));
       i < document.tokens().size(); ++i) {
    const Token& token = document.tokens()[i];
    if (token.begin >= lines.end) break;
    const bool of_shell = token.kind == TokenKind::kShellComment;
    if (!of_shell && token.kind != TokenKind::kComment) continue;
    const std::string_view text = document.Text(TokenId{i});
    if (!text.starts_with('#') || (token.flags & kTokenSplit) != 0) {
      return std::nullopt;
    }
    out += text;
    out += NewlineStyle(document.text());
  }
  return out;
}

bool IsBlankLine(std::string_view text, uint32_t begin) {
  return WithoutBlanks(text.substr(begin, LineEnd(text, begin) - begin))
      .empty();
}

// Whether comments stand directly above the instruction, and a blank line
// above them.
bool HasCommentsApart(const Document& document, NodeId instruction) {
  const uint32_t begin = CommentsAboveBegin(document, instruction);
  return begin > 0 && begin < InstructionLineBegin(document, instruction) &&
         IsBlankLine(document.text(), LineBegin(document.text(), begin - 1));
}

// Whether the keyword of an instruction has no capital letter.
bool IsLower(const Document& document, NodeId instruction) {
  const std::string_view keyword =
      document.Text(TokenId{document.node(instruction).first_token});
  return AsciiLower(keyword) == keyword;
}

// The lines of new instructions, with keywords in lower case if that of
// `neighbour` is so.
std::string InstructionLines(const Document& document, NodeId neighbour,
                             std::span<const std::string> texts) {
  const bool lower = IsLower(document, neighbour);
  std::string lines;
  for (const std::string& text : texts) {
    const size_t end = lower ? text.find(' ') : 0;
    lines += AsciiLower(std::string_view(text).substr(0, end));
    lines += text.substr(end);
    lines += NewlineStyle(document.text());
  }
  return lines;
}

}  // namespace

void ChangeWriter::ReplaceKeyword(NodeId instruction,
                                  std::string_view keyword) {
  const TokenId token{document_.node(instruction).first_token};
  if ((document_.token(token).flags & kTokenSplit) != 0) {
    return Refuse("a line continuation splits its keyword");
  }
  const std::string_view old = document_.Text(token);
  std::string text = IsLower(document_, instruction) ? AsciiLower(keyword)
                                                     : std::string(keyword);
  TextRange range = document_.Range(token);
  const std::string_view blanks = document_.Text(Next(token));
  if (blanks.size() > 1 &&
      blanks.find_first_not_of(' ') == std::string_view::npos) {
    // Arguments in a column of their own stay there.
    const size_t width = old.size() + blanks.size();
    text.append(width > text.size() ? width - text.size() : 1, ' ');
    range.end += static_cast<uint32_t>(blanks.size());
  }
  Replace(range, std::move(text));
}

void ChangeWriter::AddFlags(NodeId instruction,
                            std::span<const std::string> flags) {
  const uint32_t keyword = document_.node(instruction).first_token;
  uint32_t last = keyword;
  for (const NodeId child : document_.Children(instruction)) {
    if (document_.kind(child) != NodeKind::kFlag) break;
    last = document_.node(child).end_token - 1;
  }
  const uint32_t begin = document_.Range(TokenId{last}).end;
  uint32_t end = begin;
  const std::string_view text = document_.text();
  while (text[end] == ' ' || text[end] == '\t') ++end;
  // What follows stands on a line of its own already, or is put there; the
  // begin of a heredoc is just a word.
  const bool continued =
      document_.kind(document_.TokenFrom(end)) == TokenKind::kLineContinuation;
  const bool heredoc = text.substr(end).starts_with("<<");
  // As the lines are that continue the instruction already, if there are some.
  const uint32_t first_line = document_.Range(TokenId{keyword}).begin;
  const uint32_t next_line = LineEnd(text, begin);
  std::string indent(LineIndent(text, begin));
  if (!HasNewline(text, {first_line, begin})) {
    const std::string_view next = LineIndent(text, next_line);
    const bool continues = next_line < document_.Range(instruction).end &&
                           !heredoc && next.size() > indent.size();
    indent = continues ? std::string(next) : indent + "    ";
  }
  const std::string line_end = ContinuedLineEnd(document_, false) + indent;
  std::string added;
  for (const std::string& flag : flags) {
    added += added.empty() && last == keyword ? " " : line_end;
    added += flag;
  }
  if (!continued) added += heredoc ? " " : line_end;
  Replace({begin, continued ? begin : end}, std::move(added));
}

void ChangeWriter::AddDirective(std::string_view directive) {
  constexpr std::string_view kBom = "\xEF\xBB\xBF";
  const uint32_t at = document_.text().starts_with(kBom) ? kBom.size() : 0;
  Replace({at, at},
          std::string(directive) + std::string(NewlineStyle(document_.text())));
}

void ChangeWriter::RemoveInstruction(NodeId instruction) {
  RemoveInstructions(instruction, instruction);
}

void ChangeWriter::RemoveInstructions(NodeId first, NodeId last) {
  const std::string_view text = document_.text();
  TextRange lines = {Lines(document_, first).begin, Lines(document_, last).end};
  const auto inside = CommentsIn(document_, lines);
  if (!inside) return Refuse("a comment inside it cannot stand alone");
  std::string comments = *inside;
  const bool at_end = lines.end == text.size() && !text.ends_with('\n');
  if (at_end && comments.empty() && lines.begin > 0) {
    // The file goes on ending without a newline.
    --lines.begin;
    if (lines.begin > 0 && text[lines.begin - 1] == '\r') --lines.begin;
  } else if (at_end && comments.ends_with('\n')) {
    comments.pop_back();
    if (comments.ends_with('\r')) comments.pop_back();
  } else if (comments.empty() && lines.end < text.size() &&
             (lines.begin == 0 ||
              IsBlankLine(text, LineBegin(text, lines.begin - 1))) &&
             IsBlankLine(text, lines.end)) {
    lines.end = LineEnd(text, lines.end);
  }
  Replace(lines, std::move(comments));
}

void ChangeWriter::MoveInstruction(NodeId instruction, uint32_t to) {
  const std::string_view text = document_.text();
  const TextRange block = {CommentsAboveBegin(document_, instruction),
                           Lines(document_, instruction).end};
  if (block.begin <= to && to <= block.end) return;
  const std::string_view newline = NewlineStyle(text);
  std::string moved(Slice(text, block));
  const bool unterminated = !moved.ends_with('\n');
  if (unterminated) moved += newline;
  if (to == text.size() && !text.ends_with('\n')) {
    moved.erase(moved.find_last_not_of("\r\n") + 1);
    moved.insert(0, newline);
  }
  TextRange removed = block;
  if (unterminated && removed.begin > 0) {
    --removed.begin;
    if (removed.begin > 0 && text[removed.begin - 1] == '\r') --removed.begin;
  }
  Replace(removed, "");
  Replace({to, to}, std::move(moved));
}

void ChangeWriter::MoveInstructionBefore(NodeId instruction, NodeId target) {
  MoveInstruction(instruction, CommentsAboveBegin(document_, target));
}

void ChangeWriter::MoveInstructionAfter(NodeId instruction, NodeId target) {
  MoveInstruction(instruction, Lines(document_, target).end);
}

// Takes out instructions with the comments above them. Returns their lines; the
// last one ends with a newline.
std::string ChangeWriter::TakeInstructions(
    std::span<const MovedInstruction> instructions) {
  const std::string_view text = document_.text();
  std::string taken;
  std::vector<TextRange> blocks;
  for (const MovedInstruction& moved : instructions) {
    const TextRange block = {CommentsAboveBegin(document_, moved.instruction),
                             Lines(document_, moved.instruction).end};
    TextRange rest = block;
    if (moved.word != kNoNode) {
      const TextRange word = document_.Range(moved.word);
      if (HasComment(document_, word)) Refuse("a comment is inside a word");
      taken += Slice(text, {block.begin, word.begin});
      taken += moved.text;
      rest.begin = word.end;
    }
    taken += Slice(text, rest);
    if (!taken.ends_with('\n')) taken += NewlineStyle(text);
    if (!blocks.empty() && blocks.back().end == block.begin) {
      blocks.back().end = block.end;
    } else {
      blocks.push_back(block);
    }
  }
  for (TextRange block : blocks) {
    const bool between_blanks =
        block.begin > 0 && block.end < text.size() &&
        IsBlankLine(text, LineBegin(text, block.begin - 1)) &&
        IsBlankLine(text, block.end);
    if (between_blanks) block.end = LineEnd(text, block.end);
    Replace(block, "");
  }
  return taken;
}

void ChangeWriter::MoveInstructionsBefore(
    std::span<const MovedInstruction> instructions, NodeId target,
    std::span<const std::string> above) {
  std::string lines = InstructionLines(document_, target, above);
  lines += TakeInstructions(instructions);
  if (HasCommentsApart(document_, target)) {
    lines += NewlineStyle(document_.text());
  }
  const uint32_t at = CommentsAboveBegin(document_, target);
  Replace({at, at}, std::move(lines));
}

void ChangeWriter::MoveInstructionsAfter(
    std::span<const MovedInstruction> instructions, NodeId target, NodeId rest,
    std::string_view prefix) {
  const std::string_view text = document_.text();
  std::string moved = TakeInstructions(instructions);
  const bool apart = HasCommentsApart(document_, instructions[0].instruction);
  const uint32_t behind = Lines(document_, instructions.back().instruction).end;
  const bool ends_paragraph = behind < text.size() && IsBlankLine(text, behind);
  if (apart || (ends_paragraph && rest == kNoNode)) {
    moved.insert(0, NewlineStyle(text));
  }
  if (rest != kNoNode) return SplitRun(target, rest, moved, prefix);
  const uint32_t to = Lines(document_, target).end;
  if (to == text.size() && !text.ends_with('\n')) {
    moved.erase(moved.find_last_not_of("\r\n") + 1);
    moved.insert(0, NewlineStyle(text));
  }
  Replace({to, to}, std::move(moved));
}

// Ends the script of `run` before its pipeline `rest`; then come the lines
// `between` and a RUN with the same flags, which begins with `prefix`.
void ChangeWriter::SplitRun(NodeId run, NodeId rest, std::string_view between,
                            std::string_view prefix) {
  const NodeId script = document_.Child(run, NodeKind::kScript);
  const TextRange head = {document_.Range(run).begin,
                          document_.Range(script).begin};
  uint32_t end = head.end;
  for (const ChainLink& link :
       AndOr{&document_, *AndOrs(document_, script).begin()}.pipelines()) {
    if (link.node == rest) break;
    end = document_.Range(link.node).end;
  }
  const TextRange gap = {end, document_.Range(rest).begin};
  const auto comments = CommentsIn(document_, gap);
  if (!comments || HasComment(document_, head)) {
    return Refuse("a comment cannot stand alone");
  }
  std::string out(NewlineStyle(document_.text()));
  out += between;
  out += *comments;
  out += Slice(document_.text(), head);
  out += prefix;
  Replace(gap, std::move(out));
}

void ChangeWriter::InsertInstructionsBefore(
    NodeId instruction, std::span<const std::string> texts) {
  if (texts.empty()) return;
  const uint32_t at = CommentsAboveBegin(document_, instruction);
  std::string lines = InstructionLines(document_, instruction, texts);
  if (HasCommentsApart(document_, instruction)) {
    lines += NewlineStyle(document_.text());
  }
  Replace({at, at}, std::move(lines));
}

void ChangeWriter::InsertInstructionBefore(NodeId instruction,
                                           std::string_view text) {
  const uint32_t at = CommentsAboveBegin(document_, instruction);
  const std::string_view newline = NewlineStyle(document_.text());
  std::string added;
  for (const char c : text) c == '\n' ? added += newline : added += c;
  added += newline;
  if (HasCommentsApart(document_, instruction)) added += newline;
  Replace({at, at}, std::move(added));
}

void ChangeWriter::InsertInstructionAfter(NodeId instruction,
                                          std::string_view text) {
  const uint32_t at = Lines(document_, instruction).end;
  const std::string newline(NewlineStyle(document_.text()));
  const bool unterminated = at > 0 && document_.text()[at - 1] != '\n';
  Replace({at, at}, unterminated ? newline + std::string(text)
                                 : std::string(text) + newline);
}

std::string ChangeWriter::RunText(std::span<const std::string> commands) const {
  ListLayout layout;
  bool lower = false;
  for (uint32_t i = 0; i < document_.nodes().size(); ++i) {
    const NodeKind kind = document_.nodes()[i].kind;
    if (kind == NodeKind::kInstruction) {
      lower = document_.Text(NodeId{i}).starts_with("from");
    }
    if (kind != NodeKind::kAndOr) continue;
    layout = LayoutOfList(document_, NodeId{i});
    if (layout.indent.empty()) layout.indent = ListLayout().indent;
    break;
  }
  const std::string line_end = ContinuedLineEnd(document_, false);
  std::string text = lower ? "run " : "RUN ";
  for (size_t i = 0; i < commands.size(); ++i) {
    if (i > 0) {
      text += layout.side == AndSide::kTrailing
                  ? " &&" + line_end + layout.indent
                  : line_end + layout.indent + "&& ";
    }
    text += commands[i];
  }
  return text;
}

void ChangeWriter::AddFlag(NodeId instruction, std::string_view flag) {
  uint32_t at = 0;
  for (const TokenId token : document_.Tokens(instruction)) {
    if (document_.kind(token) != TokenKind::kKeyword) continue;
    at = document_.Range(token).end;
    if (!(document_.token(token).flags & kTokenSplit)) break;
  }
  for (const NodeId child : document_.Children(instruction)) {
    if (document_.kind(child) == NodeKind::kFlag) {
      at = document_.Range(child).end;
    }
  }
  Replace({at, at}, " " + std::string(flag));
}

void ChangeWriter::InsertLinesAfter(NodeId instruction, std::string_view lines,
                                    std::span<const NodeId> moved) {
  const std::string_view text = document_.text();
  const std::string_view newline = NewlineStyle(text);
  std::string added;
  for (const char c : lines) c == '\n' ? added += newline : added += c;
  std::vector<MovedInstruction> instructions;
  for (const NodeId node : moved) instructions.push_back({node});
  added += TakeInstructions(instructions);
  const uint32_t at = Lines(document_, instruction).end;
  if (at > 0 && text[at - 1] != '\n') {
    added.insert(0, newline);
    added.erase(added.size() - newline.size());
  }
  Replace({at, at}, std::move(added));
}

}  // namespace dfix
