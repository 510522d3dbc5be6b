// `[[ ... ]]` (bash).
#include <algorithm>

#include "src/shell/script_parser.h"

namespace dfix {
namespace {

constexpr std::string_view kUnaryOperators = "abcdefghknoprstuvwxzGLNORS";

constexpr std::string_view kBinaryOperators[] = {
    "=",   "==",  "!=",  "=~",  "-nt", "-ot", "-ef",
    "-eq", "-ne", "-lt", "-le", "-gt", "-ge"};

bool IsUnaryOperator(std::string_view word) {
  return word.size() == 2 && word[0] == '-' &&
         kUnaryOperators.find(word[1]) != std::string_view::npos;
}

}  // namespace

bool ScriptParser::ParseConditional(NodeId command) {
  builder_.node(command).kind = NodeKind::kConditional;
  TakeReserved(ShellReservedWord::kOpenConditional);
  if (!ParseConditionalOr()) return false;
  char buffer[2];
  if (PeekLiteralWord(buffer) != "]]") return Fail("`]]`");
  Take(2, TokenKind::kReservedWord,
       static_cast<uint16_t>(ShellReservedWord::kCloseConditional));
  return true;
}

bool ScriptParser::ParseConditionalOr() {
  while (true) {
    if (!ParseConditionalAnd()) return false;
    if (!reader_.LooksAt("||")) return true;
    TakeOperator(2, ShellOperator::kOr);
  }
}

bool ScriptParser::ParseConditionalAnd() {
  while (true) {
    if (!ParseConditionalTerm() || !SkipNewlines()) return false;
    if (!reader_.LooksAt("&&")) return true;
    TakeOperator(2, ShellOperator::kAnd);
  }
}

bool ScriptParser::ParseConditionalTerm() {
  if (!Enter() || !SkipNewlines()) return false;
  char buffer[2];
  bool parsed = false;
  if (reader_.Peek() == '(') {
    TakeOperator(1, ShellOperator::kOpenParen);
    parsed =
        ParseConditionalOr() && ExpectOperator(')', ShellOperator::kCloseParen);
  } else if (PeekLiteralWord(buffer) == "!") {
    TakeOperator(1, ShellOperator::kNot);
    parsed = ParseConditionalTerm();
  } else {
    parsed = ParseConditionalTest();
  }
  Leave();
  return parsed;
}

bool ScriptParser::AtConditionalWord() {
  SkipBlanks();
  return !reader_.AtEnd() && !Is(reader_.Peek(), kMeta);
}

bool ScriptParser::ParseConditionalWord(WordMode mode) {
  SkipBlanks();
  if (reader_.AtEnd()) return Fail("a word");
  const bool regex =
      mode.regex && (reader_.Peek() == '(' || reader_.Peek() == '|');
  if (Is(reader_.Peek(), kMeta) && !regex && reader_.Peek() != '<' &&
      reader_.Peek() != '>') {
    return Fail("a word");
  }
  return ParseWord(mode);
}

// A unary test, a binary one, or a word alone.
bool ScriptParser::ParseConditionalTest() {
  char buffer[3];
  const std::string_view first = PeekLiteralWord(buffer);
  if (first == "]]") return Fail("a test");
  const bool unary = IsUnaryOperator(first);
  if (!ParseConditionalWord()) return false;
  if (unary) return ParseConditionalWord();
  SkipBlanks();
  const char c = reader_.Peek();
  if (c == '<' || c == '>') {
    TakeOperator(1, c == '<' ? ShellOperator::kLess : ShellOperator::kGreater);
    return ParseConditionalWord();
  }
  if (!AtConditionalWord()) return true;
  const std::string_view word = PeekLiteralWord(buffer);
  if (word == "]]") return true;
  if (std::ranges::find(kBinaryOperators, word) == std::end(kBinaryOperators)) {
    return Fail("a binary operator");
  }
  const WordMode mode = {.pattern = word == "=" || word == "==" || word == "!=",
                         .regex = word == "=~"};
  return ParseWord() && ParseConditionalWord(mode);
}

}  // namespace dfix
