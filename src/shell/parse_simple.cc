// Simple commands, assignments, redirections and `name()` (POSIX XCU 2.9.1,
// 2.7, 2.9.5).
#include <algorithm>

#include "src/shell/script_parser.h"

namespace dfix {
namespace {

// The bash builtins whose arguments are assignments, array values included.
bool TakesAssignments(std::string_view command) {
  return command == "declare" || command == "export" || command == "local" ||
         command == "readonly" || command == "typeset" || command == "alias";
}

// The builtins that no function of dash may be named after (XCU 2.15).
constexpr std::string_view kSpecialBuiltins[] = {
    "break",  "continue", "eval",  "exec",  "exit", "export", "readonly",
    "return", "set",      "shift", "times", "trap", "unset"};

// Whether `c`, where an argument may begin, cannot begin anything else.
bool BeginsOnlyWord(char c) {
  return !Is(c, kMeta | kDigit) && c != '{' && c != '#' && c != '\0';
}

}  // namespace

bool ScriptParser::ParseSimpleCommand(NodeId command) {
  SimpleCommandState state;
  while (true) {
    SkipBlanks();
    const char c = reader_.Peek();
    if (state.words > 0 && !state.assigns && BeginsOnlyWord(c)) {
      ++state.words;
      if (!ParseWord()) return false;
      continue;
    }
    if (c == '(') {
      if (state.words != 1 || state.others != 0) break;
      return ParseFunctionParentheses(command, state.name);
    }
    if (AtCommandEnd() && !AtRedirection()) break;
    if (!ParseSimpleElement(state)) return false;
  }
  return state.words + state.others > 0 || Fail("a command");
}

bool ScriptParser::ParseSimpleElement(SimpleCommandState& state) {
  if (state.words == 0 || state.assigns) {
    if (AtAssignment(state.words > 0)) {
      ++state.others;
      return ParseAssignment();
    }
  }
  if (AtRedirection()) {
    ++state.others;
    return ParseRedirection();
  }
  if (state.words++ > 0) return ParseWord();
  if (bash_ && !CheckSubscriptedName()) return false;
  const Position begin = reader_.position();
  if (!ParseWord()) return false;
  if (reader_.IsSplitSince(begin)) {
    state.split_name = TextSince(begin);
    state.name = state.split_name;
  } else {
    state.name =
        builder_.text().substr(begin.offset, builder_.end() - begin.offset);
  }
  NoteCommandName(state);
  return true;
}

// The text from `begin` to here without what is hidden.
std::string ScriptParser::TextSince(Position begin) {
  const uint32_t end = reader_.offset();
  const Position here = reader_.position();
  std::string text;
  // What was not hidden when it was read is not.
  reader_.set_joining(false);
  for (reader_.Seek(begin); reader_.offset() < end; reader_.Advance()) {
    text += reader_.Peek();
  }
  reader_.Seek(here);
  reader_.set_joining(true);
  return text;
}

// Looks at a command's first word for what bash sees otherwise than dash.
void ScriptParser::NoteCommandName(SimpleCommandState& state) {
  const std::string_view name = state.name;
  if (bash_) {
    state.assigns = TakesAssignments(name);
    return;
  }
  if (name == "[[") has_bashism_ = true;
  const size_t length = CountOf(name, kName);
  if (length == name.size() || !Is(name[0], kNameStart)) return;
  if (name.substr(length).starts_with("+=") ||
      (name[length] == '[' && name.find("]=") != std::string_view::npos)) {
    has_bashism_ = true;
  }
}

bool ScriptParser::ParseFunctionParentheses(NodeId command,
                                            std::string_view name) {
  TakeOperator(1, ShellOperator::kOpenParen);
  SkipBlanks();
  if (!ExpectOperator(')', ShellOperator::kCloseParen)) return false;
  if (!bash_ && (!IsName(name) || std::ranges::find(kSpecialBuiltins, name) !=
                                      std::end(kSpecialBuiltins))) {
    return Fail("a function's name before `()`");
  }
  builder_.node(command).kind = NodeKind::kFunction;
  return ParseFunctionBody();
}

// Whether `name=`, or in bash `name+=` or `name[...]=`, comes next; with
// `arrays_only`, and `(` after it.
bool ScriptParser::AtAssignment(bool arrays_only) {
  if (!Is(reader_.Peek(), kNameStart)) return false;
  const std::string_view rest = reader_.Rest();
  const size_t length = CountOf(rest, kName);
  if (length < rest.size()) {
    const char c = rest[length];
    if (c == '=' && !arrays_only) return true;
    if (c != '=' && c != '\\' && (!bash_ || (c != '+' && c != '['))) {
      return false;
    }
  }
  const Position here = reader_.position();
  while (Is(reader_.Peek(), kName)) reader_.Advance();
  bool found = true;
  if (bash_ && reader_.Peek() == '[') found = SkipSubscript();
  if (bash_ && reader_.Peek() == '+') reader_.Advance();
  found = found && reader_.Peek() == '=';
  if (found && arrays_only) found = reader_.PeekNext() == '(';
  reader_.Seek(here);
  return found;
}

// In bash, `name[` at the begin of a command goes up to `]`, blanks and all.
bool ScriptParser::CheckSubscriptedName() {
  if (!Is(reader_.Peek(), kNameStart)) return true;
  const std::string_view rest = reader_.Rest();
  const size_t name = CountOf(rest, kName);
  if (name < rest.size() && rest[name] != '[') return true;
  const Position here = reader_.position();
  while (Is(reader_.Peek(), kName)) reader_.Advance();
  if (reader_.Peek() == '[') {
    const Position begin = reader_.position();
    const bool closed = SkipSubscript();
    const std::string subscript = TextSince(begin);
    if (!closed || CountBefore(subscript, kMeta) < subscript.size()) {
      return Fail("a subscript and `=`");
    }
  }
  reader_.Seek(here);
  return true;
}

// Past `[...]`, brackets and quotes matched.
bool ScriptParser::SkipSubscript() {
  int depth = 0;
  while (!reader_.AtEnd()) {
    const char c = reader_.Peek();
    if (c == '\n') return false;
    if (c == '\\') {
      reader_.AdvanceEscape();
    } else if (c == '\'' || c == '"' || c == '`') {
      if (!SkipQuotes(c)) return false;
    } else {
      reader_.Advance();
      if (c == '[') ++depth;
      if (c == ']' && --depth == 0) return true;
    }
  }
  return false;
}

bool ScriptParser::ParseAssignment() {
  const NodeId assignment = BeginNode(NodeKind::kAssignment);
  const Position begin = reader_.position();
  while (Is(reader_.Peek(), kName)) reader_.Advance();
  if (reader_.Peek() == '[' && !SkipSubscript()) return Fail("`]`");
  reader_.Emit(TokenKind::kAssignmentName);
  if (reader_.Peek() == '+') reader_.Advance();
  reader_.Advance();
  reader_.Emit(TokenKind::kAssignmentOperator);
  if (bash_ && reader_.Peek() == '(') {
    if (!ParseArrayValue()) return false;
  } else if (!reader_.AtEnd() &&
             (!Is(reader_.Peek(), kMeta) ||
              (bash_ && (reader_.Peek() == '<' || reader_.Peek() == '>') &&
               reader_.PeekNext() == '('))) {
    if (!ParseWord({.assignment = true})) return false;
  }
  if (reader_.IsSplitSince(begin)) {
    builder_.node(assignment).flags |= kNodeSplit;
  }
  builder_.Close();
  return true;
}

bool ScriptParser::ParseArrayValue() {
  if (!Enter()) return false;
  BeginNode(NodeKind::kArrayValue);
  TakeOperator(1, ShellOperator::kOpenParen);
  while (true) {
    if (!SkipNewlines()) return false;
    if (reader_.Peek() == ')') break;
    if (!AtWord()) return Fail("`)`");
    if (!ParseWord()) return false;
  }
  TakeOperator(1, ShellOperator::kCloseParen);
  builder_.Close();
  Leave();
  return true;
}

// Whether a redirection comes next, with its number; process substitutions are
// none.
bool ScriptParser::AtRedirection() {
  const char c = reader_.Peek();
  if (c == '<' || c == '>') return !bash_ || reader_.PeekNext() != '(';
  if (c == '&') return bash_ && reader_.PeekNext() == '>';
  if (!Is(c, kDigit) && (c != '{' || !bash_)) return false;
  const Position here = reader_.position();
  bool number = false;
  reader_.Advance();
  if (c == '{') {
    number = Is(reader_.Peek(), kNameStart);
    while (Is(reader_.Peek(), kName)) reader_.Advance();
    number = number && reader_.Peek() == '}';
    reader_.Advance();
  } else {
    number = true;
    while (bash_ && Is(reader_.Peek(), kDigit)) reader_.Advance();
  }
  number = number && (reader_.Peek() == '<' || reader_.Peek() == '>');
  reader_.Seek(here);
  return number;
}

ShellOperator ScriptParser::TakeRedirectOperator() {
  struct Spelling {
    std::string_view text;
    ShellOperator value;
    bool bash_only;
  };
  // Longer ones first.
  static constexpr Spelling kSpellings[] = {
      {"<<<", ShellOperator::kHereString, true},
      {"<<-", ShellOperator::kHeredocDash, false},
      {"&>>", ShellOperator::kAppendBoth, true},
      {"<<", ShellOperator::kHeredoc, false},
      {">>", ShellOperator::kAppend, false},
      {">|", ShellOperator::kClobber, false},
      {"<>", ShellOperator::kReadWrite, false},
      {"<&", ShellOperator::kDuplicateInput, false},
      {">&", ShellOperator::kDuplicateOutput, false},
      {"&>", ShellOperator::kWriteBoth, true},
      {"<", ShellOperator::kRead, false},
      {">", ShellOperator::kWrite, false},
  };
  for (const Spelling& spelling : kSpellings) {
    if (spelling.bash_only && !bash_) continue;
    if (!reader_.LooksAt(spelling.text)) continue;
    Take(static_cast<uint32_t>(spelling.text.size()),
         TokenKind::kRedirectOperator, static_cast<uint16_t>(spelling.value));
    return spelling.value;
  }
  return ShellOperator::kNone;
}

bool ScriptParser::ParseRedirection() {
  const NodeId redirection = BeginNode(NodeKind::kRedirection);
  const char c = reader_.Peek();
  if (c != '<' && c != '>' && c != '&') {
    while (reader_.Peek() != '<' && reader_.Peek() != '>') reader_.Advance();
    reader_.Emit(TokenKind::kIoNumber);
  }
  const ShellOperator shell_operator = TakeRedirectOperator();
  SkipBlanks();
  const bool duplicates = shell_operator == ShellOperator::kDuplicateInput ||
                          shell_operator == ShellOperator::kDuplicateOutput;
  const bool number = bash_ && duplicates && Is(reader_.Peek(), kDigit);
  if (!AtWord() || (AtRedirection() && !number)) {
    return Fail("a word after the redirection");
  }
  if (shell_operator == ShellOperator::kHeredoc ||
      shell_operator == ShellOperator::kHeredocDash) {
    if (!ParseHeredocDelimiter(redirection,
                               shell_operator == ShellOperator::kHeredocDash)) {
      return false;
    }
  } else if (!ParseWord()) {
    return false;
  }
  builder_.Close();
  return true;
}

}  // namespace dfix
