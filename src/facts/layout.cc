#include "src/facts/layout.h"

#include <algorithm>
#include <optional>

#include "src/dockerfile/characters.h"
#include "src/text/source_text.h"

namespace dfix {
namespace {

// How one list breaks its lines at `&&`, if it does. The last break decides.
std::optional<ListLayout> OwnLayout(const Document& document, NodeId and_or) {
  const std::string_view text = document.text();
  std::optional<ListLayout> layout;
  NodeId before = kNoNode;
  for (const NodeId pipeline : document.Children(and_or)) {
    if (document.kind(pipeline) != NodeKind::kPipeline) continue;
    if (before != kNoNode) {
      const TextRange gap = {document.Range(before).end,
                             document.Range(pipeline).begin};
      const size_t operator_begin =
          gap.begin + Slice(text, gap).find_first_of("&|");
      const auto begin = static_cast<uint32_t>(operator_begin);
      if (begin < gap.end && HasNewline(text, gap)) {
        const bool leading = HasNewline(text, {gap.begin, begin});
        const uint32_t line = leading ? begin : gap.end;
        layout = ListLayout{leading ? AndSide::kLeading : AndSide::kTrailing,
                            std::string(LineIndent(text, line)), true};
      }
    }
    before = pipeline;
  }
  return layout;
}

// Whether the line that begins at `line` is a parser directive.
bool IsDirective(const Document& document, uint32_t line) {
  const TokenId token = document.TokenFrom(line);
  return document.token(token).begin == line &&
         document.kind(token) == TokenKind::kDirective;
}

}  // namespace

uint32_t LineBegin(std::string_view text, uint32_t offset) {
  if (offset == 0) return 0;
  const size_t newline = text.rfind('\n', offset - 1);
  return newline == std::string_view::npos ? 0
                                           : static_cast<uint32_t>(newline + 1);
}

uint32_t LineEnd(std::string_view text, uint32_t offset) {
  const size_t newline = text.find('\n', offset);
  return static_cast<uint32_t>(newline == std::string_view::npos ? text.size()
                                                                 : newline + 1);
}

std::string_view LineIndent(std::string_view text, uint32_t offset) {
  const uint32_t begin = LineBegin(text, offset);
  size_t end = begin;
  while (end < text.size() && (text[end] == ' ' || text[end] == '\t')) ++end;
  return text.substr(begin, end - begin);
}

bool HasNewline(std::string_view text, TextRange range) {
  return Slice(text, range).find('\n') != std::string_view::npos;
}

uint32_t EndOfTokenBefore(const Document& document, uint32_t offset) {
  uint32_t i = Index(document.TokenFrom(offset));
  while (i > 0 && IsTrivia(document.tokens()[i - 1].kind)) --i;
  return i == 0 ? 0 : document.Range(TokenId{i - 1}).end;
}

ListLayout LayoutOfList(const Document& document, NodeId and_or) {
  if (const auto own = OwnLayout(document, and_or)) return *own;
  const std::string_view text = document.text();
  ListLayout layout;
  for (uint32_t i = 0; i < document.nodes().size(); ++i) {
    if (document.nodes()[i].kind != NodeKind::kAndOr) continue;
    if (const auto other = OwnLayout(document, NodeId{i})) {
      layout = *other;
      if (layout.indent.empty()) layout.indent = ListLayout().indent;
      break;
    }
  }
  layout.multi_line = false;
  const TextRange range = document.Range(and_or);
  const std::string_view own = LineIndent(text, range.begin);
  const bool begins_line =
      LineBegin(text, range.begin) + own.size() == range.begin;
  if (begins_line && !own.empty()) {
    // One step further in than the list itself.
    layout.indent = std::string(own) + (own.back() == '\t' ? "\t" : "    ");
    return layout;
  }
  if (HasNewline(text, range)) {
    // Arguments that stand below the first one are no place for commands.
    constexpr size_t kDeep = 8;
    const std::string_view indent = LineIndent(text, range.end);
    const size_t column = range.begin - LineBegin(text, range.begin);
    const bool is_deep = indent.size() > std::max(column, kDeep);
    if (!indent.empty() && !is_deep) layout.indent = indent;
  }
  return layout;
}

std::string ContinuedLineEnd(const Document& document, bool in_heredoc) {
  std::string out = " ";
  out += in_heredoc ? '\\' : document.escape();
  // A heredoc with CRs is nothing that dfix edits.
  out += in_heredoc ? "\n" : NewlineStyle(document.text());
  return out;
}

bool InHeredoc(const Document& document, NodeId node) {
  for (NodeId at = node; at != kNoNode; at = document.Parent(at)) {
    if (document.kind(at) == NodeKind::kHeredoc) return true;
    if (document.kind(at) == NodeKind::kInstruction) return false;
  }
  return false;
}

uint32_t InstructionLineBegin(const Document& document, NodeId instruction) {
  constexpr std::string_view kBom = "\xEF\xBB\xBF";
  const std::string_view text = document.text();
  const uint32_t begin = LineBegin(text, document.Range(instruction).begin);
  return begin == 0 && text.starts_with(kBom) ? kBom.size() : begin;
}

std::string_view WithoutBlanks(std::string_view line) {
  const size_t dark = line.find_first_not_of(" \t\r\n");
  return dark == std::string_view::npos ? std::string_view()
                                        : line.substr(dark);
}

std::string_view WithoutBlanksBehind(std::string_view text) {
  return text.substr(0, text.find_last_not_of(" \t\r\n") + 1);
}

uint32_t CommentsAboveBegin(const Document& document, NodeId instruction) {
  const std::string_view text = document.text();
  uint32_t begin = InstructionLineBegin(document, instruction);
  while (begin > 0) {
    const uint32_t above = LineBegin(text, begin - 1);
    const std::string_view line =
        WithoutBlanks(text.substr(above, begin - above));
    if (!line.starts_with('#') || IsDirective(document, above)) break;
    begin = above;
  }
  return begin;
}

std::optional<TokenId> CommentBehind(const Document& document, NodeId script) {
  uint32_t i = document.node(script).end_token;
  while (document.kind(TokenId{i}) == TokenKind::kWhitespace) ++i;
  if (document.kind(TokenId{i}) != TokenKind::kShellComment) return {};
  return TokenId{i};
}

bool CanStandAlone(const Document& document, TokenId comment) {
  return document.Text(comment).starts_with('#') &&
         (document.token(comment).flags & kTokenSplit) == 0;
}

bool IsInComment(const Document& document, uint32_t offset) {
  const uint32_t next = Index(document.TokenFrom(offset + 1));
  const TokenKind kind = document.tokens()[next - 1].kind;
  return kind == TokenKind::kComment || kind == TokenKind::kShellComment;
}

bool HasComment(const Document& document, TextRange range) {
  const auto tokens = document.tokens();
  for (uint32_t i = Index(document.TokenFrom(range.begin));
       i < tokens.size() && tokens[i].begin < range.end; ++i) {
    if (tokens[i].kind == TokenKind::kComment ||
        tokens[i].kind == TokenKind::kShellComment) {
      return true;
    }
  }
  return false;
}

bool CommentMentions(const Document& document, NodeId instruction,
                     std::span<const std::string_view> phrases) {
  const uint32_t end = document.Range(instruction).end;
  const auto tokens = document.tokens();
  for (uint32_t i =
           Index(document.TokenFrom(CommentsAboveBegin(document, instruction)));
       i < tokens.size() && tokens[i].begin < end; ++i) {
    if (tokens[i].kind != TokenKind::kComment &&
        tokens[i].kind != TokenKind::kShellComment) {
      continue;
    }
    const std::string comment = AsciiLower(document.Text(TokenId{i}));
    for (const std::string_view phrase : phrases) {
      if (comment.find(phrase) != std::string::npos) return true;
    }
  }
  return false;
}

}  // namespace dfix
