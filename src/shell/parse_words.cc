// Words and their parts: quotes, globs, tildes, braces (POSIX XCU 2.2, 2.6).
#include <algorithm>

#include "src/shell/script_parser.h"

namespace dfix {
namespace {

// How the text behind an unquoted `[` or `{` goes on: its end is there; it may
// be there, behind a quote, an expansion or the end of the piece; it is not.
enum class Ahead { kClosed, kMaybeClosed, kNone };

// How long the class `[:name:]` is that `text` begins with; 0 if it is none.
size_t ClassLength(std::string_view text) {
  if (!text.starts_with("[:")) return 0;
  const size_t name = CountOf(text.substr(2), kName);
  return text.substr(name + 2).starts_with(":]") ? name + 4 : 0;
}

// Looks for the end of the bracket expression that `rest` begins with. `size`
// is how much was looked at: if closed, all of it.
Ahead FindBracketEnd(std::string_view rest, size_t* size) {
  size_t i = 1;
  if (i < rest.size() && (rest[i] == '!' || rest[i] == '^')) ++i;
  if (i < rest.size() && rest[i] == ']') ++i;
  Ahead ahead = Ahead::kMaybeClosed;
  while (i < rest.size()) {
    if (Is(rest[i], kMeta)) ahead = Ahead::kNone;
    if (rest[i] == ']') ahead = Ahead::kClosed;
    if (ahead != Ahead::kMaybeClosed) break;
    if (Is(rest[i], kQuotedSpecial) || rest[i] == '\'') break;
    i += std::max<size_t>(ClassLength(rest.substr(i)), 1);
  }
  *size = ahead == Ahead::kClosed ? i + 1 : i;
  return ahead;
}

// Looks for the end of the brace expansion that `rest` may begin with: a `}` in
// the same word behind a `,` or `..`.
Ahead FindBraceEnd(std::string_view rest, size_t* size) {
  bool separated = false;
  bool escapes = false;
  char quote = '\0';
  for (*size = 1; *size < rest.size(); ++*size) {
    const char c = rest[*size];
    const char before = rest[*size - 1];
    if (c == '\\' && (quote == '\0' || escapes)) {
      ++*size;
    } else if (quote != '\0') {
      if (c == quote) quote = '\0';
    } else if (c == '\'' || c == '"') {
      quote = c;
      escapes = c == '"' || before == '$';
    } else if (c == ',' || (c == '.' && before == '.')) {
      separated = true;
    } else if (c == '}' && separated) {
      return Ahead::kClosed;
    } else if (Is(c, kMeta)) {
      return Ahead::kNone;
    }
  }
  *size = rest.size();
  return Ahead::kMaybeClosed;
}

}  // namespace

bool ScriptParser::ParseWord(WordMode mode) {
  const NodeId word = BeginNode(NodeKind::kWord);
  const std::string_view rest = reader_.Rest();
  const size_t length = CountBefore(rest, kMeta | kSpecial);
  if (length > 0 && length < rest.size() && Is(rest[length], kMeta) &&
      rest[length] != '(' && rest[length] != '<' && rest[length] != '>' &&
      !mode.regex) {
    reader_.Skip(length);
    if (Is(reader_.Peek(), kMeta)) {
      reader_.Emit(TokenKind::kLiteral);
      builder_.Close();
      return true;
    }
  }
  const Position begin = reader_.position();
  const uint32_t begin_of_word = builder_.end();
  const int braces = std::exchange(brace_depth_, 0);
  const int globs = std::exchange(glob_depth_, 0);
  if (!ParseWordParts(mode, begin)) return false;
  brace_depth_ = braces;
  glob_depth_ = globs;
  if (builder_.end() == begin_of_word) return Fail("a word");
  if (reader_.IsSplitSince(begin)) builder_.node(word).flags |= kNodeSplit;
  builder_.Close();
  return true;
}

// Parts up to the first character that ends the word. Literal text is written
// when a part that is not literal begins.
bool ScriptParser::ParseWordParts(WordMode mode, Position begin) {
  while (true) {
    uint8_t stops = kMeta | kSpecial;
    if (mode.operand || brace_depth_ > 0) stops |= kBraceSpecial;
    const std::string_view rest = reader_.Rest();
    const size_t length = CountBefore(rest, stops);
    reader_.Skip(length);
    if (length == rest.size() && !reader_.AtEnd()) continue;
    if (reader_.AtEnd()) break;
    const char c = reader_.Peek();
    if (mode.operand && c == '}' && brace_depth_ == 0) break;
    const Part part = ParseUnquotedPart(c, mode, begin);
    if (part == Part::kFailed) return false;
    if (part == Part::kParsed) continue;
    if (Is(c, kMeta) && !mode.operand && glob_depth_ == 0) break;
    reader_.Advance();
  }
  reader_.Emit(TokenKind::kLiteral);
  return glob_depth_ == 0 || Fail("`)`");
}

ScriptParser::Part ScriptParser::ParseUnquotedPart(char c, const WordMode& mode,
                                                   Position begin) {
  const auto part = [](bool parsed) {
    return parsed ? Part::kParsed : Part::kFailed;
  };
  switch (c) {
    case '\'':
      reader_.Emit(TokenKind::kLiteral);
      return part(ParseSingleQuoted());
    case '"':
      reader_.Emit(TokenKind::kLiteral);
      return part(ParseDoubleQuoted());
    case '\\':
      reader_.Emit(TokenKind::kLiteral);
      TakeEscape();
      return Part::kParsed;
    case '$':
      return ParseDollar(Around::kWord);
    case '`':
      reader_.Emit(TokenKind::kLiteral);
      return part(ParseBackquotes(Around::kWord));
    case '*':
    case '?':
      reader_.Emit(TokenKind::kLiteral);
      Take(1, TokenKind::kGlob);
      return Part::kParsed;
    case '[':
      return ParseBracket(mode);
    case '{':
    case '}':
    case ',':
    case '.':
      return ParseBrace(mode);
    case '~':
      return ParseTilde(mode, begin);
    case '<':
    case '>':
      if (!bash_ || mode.operand || reader_.PeekNext() != '(') {
        return Part::kLiteral;
      }
      reader_.Emit(TokenKind::kLiteral);
      return part(ParseParenthesizedScript(NodeKind::kProcessSubstitution));
    case '(':
    case '|':
    case ')':
      if (glob_depth_ == 0 && !AtExtendedGlob(mode, begin)) {
        return Part::kLiteral;
      }
      return part(ParseExtendedGlob(mode));
    default:
      return Part::kLiteral;
  }
}

// Whether the word ends where the piece does.
bool ScriptParser::WordEndsWithPiece() {
  const Position here = reader_.position();
  reader_.Skip(reader_.Rest().size());
  const bool ends = reader_.AtEnd() || Is(reader_.Peek(), kMeta);
  reader_.Seek(here);
  return ends;
}

ScriptParser::Part ScriptParser::ParseBracket(const WordMode& mode) {
  const uint32_t at = reader_.offset();
  if (mode.regex || at < no_bracket_before_) return Part::kLiteral;
  size_t size = 1;
  if (at >= open_bracket_before_) {
    const std::string_view rest = reader_.Rest();
    const Ahead ahead = FindBracketEnd(rest, &size);
    if (ahead == Ahead::kNone ||
        (size == rest.size() && ahead == Ahead::kMaybeClosed &&
         WordEndsWithPiece())) {
      no_bracket_before_ = at + static_cast<uint32_t>(size);
      return Part::kLiteral;
    }
    if (ahead == Ahead::kMaybeClosed) {
      open_bracket_before_ = at + static_cast<uint32_t>(size);
      size = 1;
    }
  }
  reader_.Emit(TokenKind::kLiteral);
  Take(static_cast<uint32_t>(size), TokenKind::kGlob);
  return Part::kParsed;
}

// At `{`: whether it may begin a brace expansion.
bool ScriptParser::MayBeBrace() {
  const uint32_t at = reader_.offset();
  if (at < no_brace_before_) return false;
  if (at < open_brace_before_) return true;
  const std::string_view rest = reader_.Rest();
  size_t size = 0;
  const Ahead ahead = FindBraceEnd(rest, &size);
  const uint32_t end = at + static_cast<uint32_t>(size);
  const bool may_be = ahead == Ahead::kClosed ||
                      (ahead == Ahead::kMaybeClosed && !WordEndsWithPiece());
  (may_be ? open_brace_before_ : no_brace_before_) = end;
  return may_be;
}

ScriptParser::Part ScriptParser::ParseBrace(const WordMode& mode) {
  const char c = reader_.Peek();
  if (mode.assignment || mode.operand) return Part::kLiteral;
  uint32_t length = 1;
  if (c == '{') {
    if (!MayBeBrace()) return Part::kLiteral;
    ++brace_depth_;
  } else if (c == '}') {
    --brace_depth_;
  } else if (c == '.') {
    if (reader_.PeekNext() != '.') return Part::kLiteral;
    length = 2;
  }
  reader_.Emit(TokenKind::kLiteral);
  Take(length, TokenKind::kBrace);
  return Part::kParsed;
}

// Whether a `~` here is at the begin of a word or, in what looks like an
// assignment, after `=` or `:` (XCU 2.6.1, and bash for arguments).
bool ScriptParser::MayBeTilde(const WordMode& mode, Position begin) const {
  const uint32_t at = reader_.offset();
  if (mode.regex) return false;
  if (at == begin.offset) return true;
  const char before = builder_.text()[at - 1];
  if (mode.assignment && before == ':') return true;
  if (before != '=' && before != ':') return false;
  const std::string_view word =
      builder_.text().substr(begin.offset, at - begin.offset);
  const size_t name = CountOf(word, kName);
  return name > 0 && name < word.size() && Is(word[0], kNameStart) &&
         (word[name] == '=' || word.substr(name).starts_with("+="));
}

ScriptParser::Part ScriptParser::ParseTilde(const WordMode& mode,
                                            Position begin) {
  if (!MayBeTilde(mode, begin)) return Part::kLiteral;
  const Position here = reader_.position();
  reader_.Advance();
  const auto in_prefix = [this] {
    const char c = reader_.Peek();
    return !reader_.AtEnd() && !Is(c, kMeta | kQuotedSpecial) && c != '\'' &&
           c != '/' && c != ':' && c != '}' && c != ',';
  };
  while (in_prefix()) reader_.Advance();
  const char c = reader_.Peek();
  if (Is(c, kQuotedSpecial) || c == '\'') {
    reader_.Seek(here);
    return Part::kLiteral;
  }
  const Position end = reader_.position();
  reader_.Seek(here);
  reader_.Emit(TokenKind::kLiteral);
  reader_.Seek(end);
  reader_.Emit(TokenKind::kTilde);
  return Part::kParsed;
}

// Whether `(` here belongs to the word: `@(` where extended globs hold.
bool ScriptParser::AtExtendedGlob(const WordMode& mode, Position begin) {
  if (!bash_) return false;
  const char c = reader_.Peek();
  if (mode.regex) return c == '(' || c == '|';
  const uint32_t at = reader_.offset();
  if (c != '(' || at == begin.offset) return false;
  constexpr std::string_view kPrefixes = "?*+@!";
  if (kPrefixes.find(builder_.text()[at - 1]) == std::string_view::npos) {
    return false;
  }
  return mode.pattern || mode.operand || HasExtglobBefore();
}

// Whether the script mentions `extglob` before here, as in `shopt -s extglob`.
bool ScriptParser::HasExtglobBefore() const {
  const uint32_t begin = script_begin_;
  return builder_.text()
             .substr(begin, reader_.offset() - begin)
             .find("extglob") != std::string_view::npos;
}

bool ScriptParser::ParseExtendedGlob(const WordMode& mode) {
  const char c = reader_.Peek();
  reader_.Emit(TokenKind::kLiteral);
  if (c == '(') ++glob_depth_;
  if (c == ')') --glob_depth_;
  Take(1, mode.regex ? TokenKind::kLiteral : TokenKind::kGlob);
  return true;
}

void ScriptParser::TakeEscape() {
  reader_.AdvanceEscape();
  const bool alone = reader_.offset() - builder_.end() < 2;
  reader_.Emit(alone ? TokenKind::kLiteral : TokenKind::kEscape);
}

bool ScriptParser::ParseSingleQuoted() {
  if (!SkipQuotes('\'')) return Fail("a closing `'`");
  reader_.Emit(TokenKind::kSingleQuoted);
  return true;
}

bool ScriptParser::ParseAnsiQuoted() {
  reader_.set_joining(false);
  reader_.Advance(2);
  while (!reader_.AtEnd() && reader_.Peek() != '\'') {
    if (reader_.Peek() == '\\') reader_.Advance();
    reader_.Advance();
  }
  reader_.set_joining(true);
  if (reader_.AtEnd()) return Fail("a closing `'`");
  reader_.Advance();
  reader_.Emit(TokenKind::kAnsiQuoted);
  return true;
}

bool ScriptParser::ParseDoubleQuoted() {
  if (!Enter()) return false;
  BeginNode(NodeKind::kDoubleQuoted);
  if (reader_.Peek() == '$') reader_.Advance();
  reader_.Advance();
  reader_.Emit(TokenKind::kDoubleQuote);
  if (!ParseQuotedText(Around::kDoubleQuotes)) return false;
  if (reader_.AtEnd()) return Fail("a closing `\"`");
  reader_.Advance();
  reader_.Emit(TokenKind::kDoubleQuote);
  builder_.Close();
  Leave();
  return true;
}

bool ScriptParser::ParseQuotedText(Around around) {
  while (true) {
    const std::string_view rest = reader_.Rest();
    reader_.Skip(CountBefore(rest, kQuotedSpecial));
    if (reader_.AtEnd()) break;
    const char c = reader_.Peek();
    if (c == '"') {
      if (around == Around::kDoubleQuotes) break;
      reader_.Advance();
    } else if (c == '\\') {
      const char next = reader_.PeekNext();
      if (Is(next, kQuotedSpecial) &&
          (next != '"' || around == Around::kDoubleQuotes)) {
        reader_.Emit(TokenKind::kQuotedText);
        TakeEscape();
      } else {
        reader_.Advance();
      }
    } else if (c == '$') {
      const Part part = ParseDollar(around);
      if (part == Part::kFailed) return false;
      if (part == Part::kLiteral) reader_.Advance();
    } else if (c == '`') {
      reader_.Emit(TokenKind::kQuotedText);
      if (!ParseBackquotes(around)) return false;
    }
  }
  reader_.Emit(TokenKind::kQuotedText);
  return true;
}

}  // namespace dfix
