// Expansions: parameters, command substitutions, arithmetic (POSIX XCU 2.6.2 to
// 2.6.4).
#include <algorithm>

#include "src/shell/script_parser.h"

namespace dfix {
namespace {

constexpr TokenKind TextKind(bool arithmetic, bool quoted) {
  if (arithmetic) return TokenKind::kArithmeticText;
  return quoted ? TokenKind::kQuotedText : TokenKind::kLiteral;
}

}  // namespace

// At `$`. Writes the text before it if it begins an expansion.
ScriptParser::Part ScriptParser::ParseDollar(Around around) {
  const bool is_word = around == Around::kWord;
  const TokenKind text = TextKind(around == Around::kArithmetic, !is_word);
  const auto parse = [&](bool (ScriptParser::*parse_part)()) {
    reader_.Emit(text);
    return (this->*parse_part)() ? Part::kParsed : Part::kFailed;
  };
  const char next = reader_.PeekNext();
  if (Is(next, kNameStart) || IsSpecialParameter(next)) {
    return parse(&ScriptParser::ParseParameter);
  }
  switch (next) {
    case '{':
      reader_.Emit(text);
      return ParseBracedParameter(around) ? Part::kParsed : Part::kFailed;
    case '(':
      return parse(&ScriptParser::ParseCommandSubstitution);
    case '[':
      if (!bash_) return Part::kLiteral;
      reader_.Emit(text);
      return ParseArithmeticExpansion(2, ']') ? Part::kParsed : Part::kFailed;
    case '\'':
      if (!bash_ || !is_word) return Part::kLiteral;
      return parse(&ScriptParser::ParseAnsiQuoted);
    case '"':
      if (!bash_ || !is_word) return Part::kLiteral;
      return parse(&ScriptParser::ParseDoubleQuoted);
    default:
      return Part::kLiteral;
  }
}

bool ScriptParser::ParseParameter() {
  BeginNode(NodeKind::kParameterExpansion);
  reader_.Advance();
  const bool is_name = Is(reader_.Peek(), kNameStart);
  reader_.Advance();
  while (is_name && Is(reader_.Peek(), kName)) reader_.Advance();
  reader_.Emit(TokenKind::kParameter);
  builder_.Close();
  return true;
}

bool ScriptParser::ParseBracedParameter(Around around) {
  if (!Enter()) return false;
  BeginNode(NodeKind::kParameterExpansion);
  reader_.Advance(2);
  reader_.Emit(TokenKind::kExpansionOpen);
  if (!ParseBracedName()) return false;
  bool is_pattern = false;
  if (!TakeExpansionOperator(&is_pattern)) return false;
  if (!ParseOperand(around, is_pattern)) return false;
  if (reader_.Peek() != '}') return Fail("`}`");
  reader_.Advance();
  reader_.Emit(TokenKind::kExpansionClose);
  builder_.Close();
  Leave();
  return true;
}

// `name`, `#name`, `!name`, `name[subscript]`; nothing if it is none of these.
bool ScriptParser::ParseBracedName() {
  const char c = reader_.Peek();
  const char next = reader_.PeekNext();
  if ((c == '#' && (Is(next, kName) || next == '@' || next == '*')) ||
      (c == '!' && (Is(next, kName) || next == '@' || next == '*'))) {
    reader_.Advance();
    reader_.Emit(TokenKind::kExpansionOperator);
  } else if (c == '#' && (IsSpecialParameter(next))) {
    const Position here = reader_.position();
    reader_.Advance();
    const bool is_length = reader_.PeekNext() == '}';
    if (is_length) {
      reader_.Emit(TokenKind::kExpansionOperator);
    } else {
      reader_.Seek(here);
    }
  }
  if (Is(reader_.Peek(), kNameStart)) {
    while (Is(reader_.Peek(), kName)) reader_.Advance();
    reader_.Emit(TokenKind::kParameter);
    return reader_.Peek() != '[' || ParseSubscript();
  }
  if (Is(reader_.Peek(), kDigit)) {
    while (Is(reader_.Peek(), kDigit)) reader_.Advance();
  } else if (IsSpecialParameter(reader_.Peek())) {
    reader_.Advance();
  }
  reader_.Emit(TokenKind::kParameter);
  return true;
}

bool ScriptParser::TakeExpansionOperator(bool* is_pattern) {
  const char c = reader_.Peek();
  const char next = reader_.PeekNext();
  constexpr std::string_view kOperators = "-=?+#%/^,@:";
  if (reader_.AtEnd() || c == '}') return true;
  if (kOperators.find(c) == std::string_view::npos) {
    // Dash takes whatever stands here for a bad operator, quotes too.
    if (!bash_) reader_.Advance();
    reader_.Emit(TokenKind::kExpansionOperator);
    return true;
  }
  const bool doubles = c == '#' || c == '%' || c == '/' || c == '^' || c == ',';
  reader_.Advance();
  if ((doubles && next == c) ||
      (c == ':' && next != '\0' &&
       std::string_view("-=?+").find(next) != std::string_view::npos) ||
      (c == '/' && (next == '#' || next == '%')) ||
      (c == ':' && !bash_ &&
       (Is(next, kQuotedSpecial) || next == '\'' || next == '}'))) {
    reader_.Advance();
  }
  reader_.Emit(TokenKind::kExpansionOperator);
  *is_pattern = c == '#' || c == '%' || (bash_ && doubles);
  return true;
}

// The text up to `}`, as a Word. In double quotes, single quotes are special in
// patterns only (XCU 2.6.2).
bool ScriptParser::ParseOperand(Around around, bool quotes_live) {
  if (reader_.AtEnd() || reader_.Peek() == '}') return true;
  const Position begin = reader_.position();
  const NodeId word = BeginNode(NodeKind::kWord);
  const int braces = std::exchange(brace_depth_, 0);
  const int globs = std::exchange(glob_depth_, 0);
  const bool parsed = around == Around::kWord || quotes_live
                          ? ParseWordParts({.operand = true}, begin)
                          : ParseQuotedOperand();
  brace_depth_ = braces;
  glob_depth_ = globs;
  if (reader_.IsSplitSince(begin)) builder_.node(word).flags |= kNodeSplit;
  builder_.Close();
  return parsed;
}

bool ScriptParser::ParseQuotedOperand() {
  while (!reader_.AtEnd() && reader_.Peek() != '}') {
    const char c = reader_.Peek();
    if (c == '"') {
      reader_.Emit(TokenKind::kQuotedText);
      if (!ParseDoubleQuoted()) return false;
    } else if (c == '\\') {
      const char next = reader_.PeekNext();
      if (Is(next, kQuotedSpecial) || next == '}') {
        reader_.Emit(TokenKind::kQuotedText);
        TakeEscape();
      } else {
        reader_.Advance();
      }
    } else if (c == '$') {
      const Part part = ParseDollar(Around::kDoubleQuotes);
      if (part == Part::kFailed) return false;
      if (part == Part::kLiteral) reader_.Advance();
    } else if (c == '`') {
      reader_.Emit(TokenKind::kQuotedText);
      if (!ParseBackquotes(Around::kDoubleQuotes)) return false;
    } else if (c == '\'' && bash_) {
      // They quote nothing, but bash wants them in pairs.
      if (!SkipQuotes('\'')) return Fail("a closing `'`");
    } else {
      reader_.Advance();
    }
  }
  reader_.Emit(TokenKind::kQuotedText);
  return true;
}

// `[...]` after the name in `${name[...]}`.
bool ScriptParser::ParseSubscript() {
  const Position here = reader_.position();
  const bool closed = SkipSubscript();
  reader_.Seek(here);
  if (!closed) return true;
  reader_.Advance();
  reader_.Emit(TokenKind::kArithmeticText);
  if (!ParseArithmeticText('[', ']', false)) return false;
  reader_.Advance();
  reader_.Emit(TokenKind::kArithmeticText);
  return true;
}

bool ScriptParser::ParseCommandSubstitution() {
  const Position here = reader_.position();
  reader_.Advance(2);
  std::optional<Position> end;
  if (reader_.Peek() == '(') {
    reader_.Advance();
    int semicolons = 0;
    const bool arithmetic = !bash_ || IsArithmetic(&end, &semicolons);
    reader_.Seek(here);
    if (arithmetic) return ParseArithmeticExpansion(3, ')');
  }
  reader_.Seek(here);
  const Checkpoint mark = Mark();
  if (ParseParenthesizedScript(NodeKind::kCommandSubstitution)) return true;
  if (!end || depth_ > kDepthLimit) return false;
  // After `$((`, bash looks for the parenthesis only.
  Rewind(mark);
  BeginNode(NodeKind::kCommandSubstitution);
  reader_.Advance(2);
  reader_.Emit(TokenKind::kExpansionOpen);
  while (reader_.offset() + 1 < end->offset) reader_.Advance();
  reader_.Emit(TokenKind::kShellText);
  reader_.Seek(*end);
  reader_.Emit(TokenKind::kExpansionClose);
  builder_.Close();
  return true;
}

// `$(...)`, `<(...)` or `>(...)`.
bool ScriptParser::ParseParenthesizedScript(NodeKind kind) {
  if (!Enter()) return false;
  BeginNode(kind);
  reader_.Advance(2);
  reader_.Emit(TokenKind::kExpansionOpen);
  const size_t outer_base = std::exchange(heredoc_base_, heredocs_.size());
  if (!ParseList(true)) return false;
  if (reader_.Peek() != ')') return Fail("`)`");
  if (!CloseHeredocs(outer_base)) return false;
  Take(1, TokenKind::kExpansionClose);
  builder_.Close();
  Leave();
  return true;
}

// Past the opening backquote, up to the one that closes it.
bool ScriptParser::SkipBackquotes(Around around, bool* has_escapes) {
  while (!reader_.AtEnd() && reader_.Peek() != '`') {
    if (reader_.Peek() != '\\') {
      reader_.Advance();
      continue;
    }
    const char next = reader_.PeekNext();
    *has_escapes |= next == '`' || next == '\\' || next == '$' ||
                    (next == '"' && around == Around::kDoubleQuotes);
    reader_.AdvanceEscape();
  }
  return !reader_.AtEnd();
}

// What stands between backquotes is a script after the removal of some of its
// backslashes; it has nodes only if none has to go.
bool ScriptParser::ParseBackquotes(Around around) {
  if (!Enter()) return false;
  BeginNode(NodeKind::kCommandSubstitution);
  reader_.Advance();
  reader_.Emit(TokenKind::kExpansionOpen);
  const Position here = reader_.position();
  bool has_escapes = false;
  if (!SkipBackquotes(around, &has_escapes)) return Fail("a closing `` ` ``");
  const Position end = reader_.position();
  if (has_escapes && !bash_ && !IsScriptAfterEscapes(around, here, end)) {
    return false;
  }
  if (!has_escapes) {
    reader_.Seek(here);
    const Checkpoint mark = Mark();
    if (!ParseBackquotedList(end.offset)) {
      if (!bash_) return false;
      // Bash reads it when it runs it.
      Rewind(mark);
      reader_.Seek(end);
    }
  }
  reader_.Emit(TokenKind::kShellText);
  Take(1, TokenKind::kExpansionClose);
  builder_.Close();
  Leave();
  return true;
}

// Whether dash takes what is between backquotes after the removal of their
// backslashes (XCU 2.6.3).
bool ScriptParser::IsScriptAfterEscapes(Around around, Position begin,
                                        Position end) {
  const std::string_view text =
      builder_.text().substr(begin.offset, end.offset - begin.offset);
  std::string script;
  for (size_t i = 0; i < text.size(); ++i) {
    const char next = i + 1 < text.size() ? text[i + 1] : '\0';
    const bool removed =
        text[i] == '\\' && (next == '`' || next == '\\' || next == '$' ||
                            (next == '"' && around == Around::kDoubleQuotes));
    if (removed) ++i;
    script += text[i];
  }
  const TextRange whole = {0, static_cast<uint32_t>(script.size())};
  TreeBuilder scratch(std::move(script));
  ScriptParser parser(scratch, {&whole, 1}, ShellDialect::kPosix);
  parser.depth_ = depth_;
  return parser.ParseScriptNode(ShellDialect::kPosix) ||
         Fail("another script in `` ` ``");
}

bool ScriptParser::ParseBackquotedList(uint32_t end) {
  const uint32_t outer_limit = reader_.limit();
  const size_t outer_base = std::exchange(heredoc_base_, heredocs_.size());
  reader_.set_limit(end);
  if (!ParseList(true)) return false;
  if (!reader_.AtEnd()) return Fail("a closing `` ` ``");
  if (!CloseHeredocs(outer_base)) return false;
  FlushDeferred();
  reader_.Emit(TokenKind::kWhitespace);
  reader_.set_limit(outer_limit);
  return true;
}

bool ScriptParser::IsArithmetic(std::optional<Position>* end, int* semicolons) {
  int depth = 2;
  bool adjacent = false;
  while (!reader_.AtEnd()) {
    const char c = reader_.Peek();
    if (c == '\\') {
      reader_.AdvanceEscape();
      continue;
    }
    if (c == '\'' || c == '"' || c == '`') {
      if (!SkipQuotes(c)) return false;
      continue;
    }
    reader_.Advance();
    if (c == '(') ++depth;
    if (c == ';' && depth == 2) ++*semicolons;
    if (c != ')') continue;
    if (--depth == 0) {
      *end = reader_.position();
      return adjacent;
    }
    adjacent = depth == 1 && reader_.Peek() == ')';
  }
  return false;
}

// Past a part in quotes of that kind.
bool ScriptParser::SkipQuotes(char quote) {
  if (quote == '\'') reader_.set_joining(false);
  reader_.Advance();
  while (!reader_.AtEnd()) {
    const std::string_view rest = reader_.Rest();
    reader_.Skip(quote == '\'' ? std::min(rest.find(quote), rest.size())
                               : CountBefore(rest, kQuotedSpecial));
    if (reader_.AtEnd() || reader_.Peek() == quote) break;
    if (quote != '\'' && reader_.Peek() == '\\') {
      reader_.AdvanceEscape();
    } else {
      reader_.Advance();
    }
  }
  if (quote == '\'') reader_.set_joining(true);
  if (reader_.AtEnd()) return false;
  reader_.Advance();
  return true;
}

bool ScriptParser::ParseDoubleParenthesis() {
  reader_.Advance(2);
  reader_.Emit(TokenKind::kExpansionOpen);
  if (!ParseArithmeticText('(', ')', true)) return false;
  reader_.Advance(2);
  reader_.Emit(TokenKind::kExpansionClose);
  return true;
}

// `open` is the length of `$((` or `$[`.
bool ScriptParser::ParseArithmeticExpansion(uint32_t open, char close) {
  if (!Enter()) return false;
  BeginNode(NodeKind::kArithmeticExpansion);
  reader_.Advance(open);
  reader_.Emit(TokenKind::kExpansionOpen);
  if (!ParseArithmeticText(close == ')' ? '(' : '[', close, close == ')')) {
    return false;
  }
  reader_.Advance(close == ')' ? 2 : 1);
  reader_.Emit(TokenKind::kExpansionClose);
  builder_.Close();
  Leave();
  return true;
}

// Up to the matching `close`, which stands twice if `doubled`.
bool ScriptParser::ParseArithmeticText(char open, char close, bool doubled) {
  int depth = 0;
  while (!reader_.AtEnd()) {
    const char c = reader_.Peek();
    if (c == close && depth == 0 && (!doubled || reader_.PeekNext() == close)) {
      reader_.Emit(TokenKind::kArithmeticText);
      return true;
    }
    if (c == '$') {
      const Part part = ParseDollar(Around::kArithmetic);
      if (part == Part::kFailed) return false;
      if (part == Part::kLiteral) reader_.Advance();
      continue;
    }
    if (c == '`') {
      reader_.Emit(TokenKind::kArithmeticText);
      if (!ParseBackquotes(Around::kArithmetic)) return false;
      continue;
    }
    if (c == '\\') {
      reader_.AdvanceEscape();
      continue;
    }
    if (c == open) ++depth;
    if (c == close && depth > 0) --depth;
    reader_.Advance();
  }
  return Fail(doubled ? "`))`" : "`]`");
}

}  // namespace dfix
