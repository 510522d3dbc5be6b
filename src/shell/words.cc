#include "src/shell/words.h"

#include "src/shell/ansi_quotes.h"
#include "src/shell/characters.h"

namespace dfix {
namespace {

// Whether a token of a word is what it is in every run.
bool IsConstant(TokenKind kind) {
  switch (kind) {
    case TokenKind::kLiteral:
    case TokenKind::kEscape:
    case TokenKind::kSingleQuoted:
    case TokenKind::kAnsiQuoted:
    case TokenKind::kDoubleQuote:
    case TokenKind::kQuotedText:
      return true;
    default:
      return IsTrivia(kind);
  }
}

// Whether a token inside a node is hidden from the shell.
bool IsHidden(const Document& document, TokenId id) {
  switch (document.kind(id)) {
    case TokenKind::kComment:
    case TokenKind::kLineContinuation:
    case TokenKind::kContinuationNewline:
      return true;
    case TokenKind::kWhitespace: {
      // The indent of a comment, or a blank line.
      const TokenKind next = document.kind(Next(id));
      return next == TokenKind::kComment ||
             next == TokenKind::kContinuationNewline;
    }
    default:
      return false;
  }
}

// Appends what is left of one part of a word after quote removal. False if
// that is not known.
bool AppendUnquoted(TokenKind kind, std::string_view text, std::string& out) {
  switch (kind) {
    case TokenKind::kEscape:
      out += text.substr(1);
      return true;
    case TokenKind::kSingleQuoted:
      out += text.substr(1, text.size() - 2);
      return true;
    case TokenKind::kAnsiQuoted:
      return AppendAnsiUnquoted(text.substr(2, text.size() - 3), out);
    case TokenKind::kDoubleQuote:
      return true;
    default:
      out += text;
      return true;
  }
}

// The only token of a plain word, or of one that is a single quoted string.
std::optional<std::string_view> PlainView(const Document& document,
                                          NodeId word) {
  const Node& node = document.node(word);
  if (node.end_token != node.first_token + 1) return std::nullopt;
  const std::string_view text = document.Text(word);
  switch (document.kind(TokenId{node.first_token})) {
    case TokenKind::kLiteral:
      return text;
    case TokenKind::kSingleQuoted:
      return text.substr(1, text.size() - 2);
    default:
      return std::nullopt;
  }
}

}  // namespace

std::optional<std::string> ConstantValue(const Document& document,
                                         NodeId word) {
  for (const TokenId id : document.Tokens(word)) {
    if (!IsConstant(document.kind(id))) return std::nullopt;
  }
  std::string value;
  std::string part;  // The begin of a token that a continuation splits.
  for (const TokenId id : document.Tokens(word)) {
    const TokenKind kind = document.kind(id);
    if (IsTrivia(kind)) continue;
    if ((document.token(id).flags & kTokenSplit) != 0) {
      part += document.Text(id);
      continue;
    }
    if (part.empty()) {
      if (!AppendUnquoted(kind, document.Text(id), value)) return std::nullopt;
      continue;
    }
    part += document.Text(id);
    if (!AppendUnquoted(kind, part, value)) return std::nullopt;
    part.clear();
  }
  return value;
}

bool WordIs(const Document& document, NodeId word, std::string_view value) {
  if (const auto plain = PlainView(document, word)) return *plain == value;
  std::string scratch;
  return ConstantView(document, word, scratch) == value;
}

std::optional<std::string_view> ConstantView(const Document& document,
                                             NodeId word,
                                             std::string& scratch) {
  if (const auto plain = PlainView(document, word)) return plain;
  std::optional<std::string> value = ConstantValue(document, word);
  if (!value) return std::nullopt;
  scratch = *std::move(value);
  return scratch;
}

std::string LogicalText(const Document& document, NodeId node) {
  std::string text;
  for (const TokenId id : document.Tokens(node)) {
    if (!IsHidden(document, id)) text += document.Text(id);
  }
  return text;
}

}  // namespace dfix
