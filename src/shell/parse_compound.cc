// Compound commands and function definitions (POSIX XCU 2.9.4, 2.9.5).
#include "src/shell/script_parser.h"

namespace dfix {

// At the begin of a command, whose kind is known afterwards.
bool ScriptParser::ParseCommand() {
  const NodeId command = BeginNode(NodeKind::kSimpleCommand);
  if (reader_.Peek() == '(') {
    if (!Enter() || !ParseParenthesis(command)) return false;
    Leave();
    if (!ParseTrailingRedirections()) return false;
    builder_.Close();
    return true;
  }
  const ShellReservedWord word = PeekReserved();
  if (word != ShellReservedWord::kNone) {
    // After `|`, bash takes it for the program.
    if (word == ShellReservedWord::kTime) {
      if (!ParseSimpleCommand(command)) return false;
    } else {
      if (!Enter() || !ParseReservedCommand(command, word)) return false;
      Leave();
    }
    builder_.Close();
    return true;
  }
  if (!ParseSimpleCommand(command)) return false;
  builder_.Close();
  return true;
}

bool ScriptParser::ParseReservedCommand(NodeId command,
                                        ShellReservedWord word) {
  switch (word) {
    case ShellReservedWord::kFunction:
      return ParseFunctionKeyword(command);
    case ShellReservedWord::kCoproc:
      return ParseCoprocess(command);
    default:
      return ParseCompoundCommand(command, word) && ParseTrailingRedirections();
  }
}

bool ScriptParser::ParseCompoundCommand(NodeId command,
                                        ShellReservedWord word) {
  Node& node = builder_.node(command);
  switch (word) {
    case ShellReservedWord::kIf:
      node.kind = NodeKind::kIf;
      return ParseIf();
    case ShellReservedWord::kWhile:
      node.kind = NodeKind::kWhile;
      return ParseWhile();
    case ShellReservedWord::kUntil:
      node.kind = NodeKind::kUntil;
      return ParseWhile();
    case ShellReservedWord::kFor:
      node.kind = NodeKind::kFor;
      return ParseFor(command, Loop::kFor);
    case ShellReservedWord::kSelect:
      node.kind = NodeKind::kSelect;
      return ParseFor(command, Loop::kSelect);
    case ShellReservedWord::kCase:
      node.kind = NodeKind::kCase;
      return ParseCase();
    case ShellReservedWord::kOpenBrace:
      node.kind = NodeKind::kBraceGroup;
      return ParseBraceGroup();
    case ShellReservedWord::kOpenConditional:
      return ParseConditional(command);
    default:
      return Fail("a command");
  }
}

bool ScriptParser::AtCompoundCommand() {
  if (reader_.Peek() == '(') return true;
  switch (PeekReserved()) {
    case ShellReservedWord::kIf:
    case ShellReservedWord::kWhile:
    case ShellReservedWord::kUntil:
    case ShellReservedWord::kFor:
    case ShellReservedWord::kSelect:
    case ShellReservedWord::kCase:
    case ShellReservedWord::kOpenBrace:
    case ShellReservedWord::kOpenConditional:
      return true;
    default:
      return false;
  }
}

bool ScriptParser::ParseTrailingRedirections() {
  bool any = false;
  for (SkipBlanks(); AtRedirection(); SkipBlanks()) {
    if (!ParseRedirection()) return false;
    any = true;
  }
  after_redirection_ = any;
  return true;
}

bool ScriptParser::ParseIf() {
  TakeReserved(ShellReservedWord::kIf);
  while (true) {
    if (!ParseList(false) ||
        !ExpectReserved(ShellReservedWord::kThen, "`then`") ||
        !ParseList(false)) {
      return false;
    }
    if (PeekReserved() != ShellReservedWord::kElif) break;
    TakeReserved(ShellReservedWord::kElif);
  }
  if (PeekReserved() == ShellReservedWord::kElse) {
    TakeReserved(ShellReservedWord::kElse);
    if (!ParseList(false)) return false;
  }
  return ExpectReserved(ShellReservedWord::kFi, "`fi`");
}

bool ScriptParser::ParseWhile() {
  TakeReserved(PeekReserved());
  return ParseList(false) && ParseLoopBody(false);
}

bool ScriptParser::ParseLoopBody(bool braces_allowed) {
  if (braces_allowed && PeekReserved() == ShellReservedWord::kOpenBrace) {
    return ParseBraceGroup();
  }
  return ExpectReserved(ShellReservedWord::kDo, "`do`") && ParseList(false) &&
         ExpectReserved(ShellReservedWord::kDone, "`done`");
}

bool ScriptParser::ParseFor(NodeId command, Loop loop) {
  TakeReserved(loop == Loop::kFor ? ShellReservedWord::kFor
                                  : ShellReservedWord::kSelect);
  SkipBlanks();
  if (bash_ && loop == Loop::kFor && reader_.Peek() == '(' &&
      reader_.PeekNext() == '(') {
    return ParseArithmeticFor(command);
  }
  if (!AtWord()) return Fail("a name");
  if (!bash_) {
    char buffer[256];
    if (!IsName(PeekLiteralWord(buffer))) return Fail("a name");
  }
  if (!ParseWord() || !SkipNewlines()) return false;
  if (PeekReserved() == ShellReservedWord::kIn) {
    if (!ParseForWords()) return false;
  } else if (reader_.Peek() == ';' && !AtCaseEnd()) {
    TakeOperator(1, ShellOperator::kSemicolon);
  }
  return SkipNewlines() && ParseLoopBody(bash_);
}

bool ScriptParser::ParseForWords() {
  TakeReserved(ShellReservedWord::kIn);
  while (true) {
    SkipBlanks();
    const char c = reader_.Peek();
    if (c == '\n' || c == '#') return true;
    if (c == ';' && !AtCaseEnd()) {
      TakeOperator(1, ShellOperator::kSemicolon);
      return true;
    }
    if (!AtWord()) return Fail("a word, `;` or a newline");
    if (!ParseWord()) return false;
  }
}

bool ScriptParser::ParseArithmeticFor(NodeId command) {
  builder_.node(command).kind = NodeKind::kArithmeticFor;
  const Position here = reader_.position();
  reader_.Advance(2);
  std::optional<Position> end;
  int semicolons = 0;
  const bool arithmetic = IsArithmetic(&end, &semicolons);
  reader_.Seek(here);
  if (!arithmetic || semicolons != 2) return Fail("`;` twice and `))`");
  if (!ParseDoubleParenthesis()) return false;
  SkipBlanks();
  if (reader_.Peek() == ';' && !AtCaseEnd()) {
    TakeOperator(1, ShellOperator::kSemicolon);
  }
  return SkipNewlines() && ParseLoopBody(true);
}

bool ScriptParser::ParseCase() {
  TakeReserved(ShellReservedWord::kCase);
  SkipBlanks();
  if (!AtWord()) return Fail("a word");
  if (!ParseWord() || !SkipNewlines() ||
      !ExpectReserved(ShellReservedWord::kIn, "`in`") || !SkipNewlines()) {
    return false;
  }
  while (PeekReserved() != ShellReservedWord::kEsac) {
    if (!ParseCaseItem()) return false;
  }
  return TakeReserved(ShellReservedWord::kEsac);
}

bool ScriptParser::ParseCaseItem() {
  BeginNode(NodeKind::kCaseItem);
  if (!ParseCasePatterns() || !ParseList(true)) return false;
  const bool ended = AtCaseEnd();
  if (ended) {
    const bool both = reader_.LooksAt(";;");
    const bool goes_on = bash_ && reader_.LooksAt(";;&");
    TakeOperator(goes_on ? 3 : 2, goes_on ? ShellOperator::kContinueCase
                                  : both  ? ShellOperator::kEndCase
                                          : ShellOperator::kFallThrough);
  }
  builder_.Close();
  if (!SkipNewlines()) return false;
  return ended || PeekReserved() == ShellReservedWord::kEsac ||
         Fail("`;;` or `esac`");
}

bool ScriptParser::ParseCasePatterns() {
  if (reader_.Peek() == '(') {
    TakeOperator(1, ShellOperator::kOpenParen);
    SkipBlanks();
  }
  while (true) {
    if (!AtWord()) return Fail("a pattern");
    if (!ParseWord()) return false;
    SkipBlanks();
    if (reader_.Peek() != '|') break;
    TakeOperator(1, ShellOperator::kPipe);
    SkipBlanks();
  }
  return ExpectOperator(')', ShellOperator::kCloseParen);
}

bool ScriptParser::ParseBraceGroup() {
  TakeReserved(ShellReservedWord::kOpenBrace);
  return ParseList(false) &&
         ExpectReserved(ShellReservedWord::kCloseBrace, "`}`");
}

// `((` is two subshells in dash, and in bash where it does not end with `))`.
bool ScriptParser::ParseParenthesis(NodeId command) {
  if (reader_.PeekNext() == '(') {
    if (!bash_) {
      has_bashism_ = true;
    } else {
      const Position here = reader_.position();
      reader_.Advance(2);
      std::optional<Position> end;
      int semicolons = 0;
      const bool arithmetic = IsArithmetic(&end, &semicolons);
      reader_.Seek(here);
      if (arithmetic) {
        builder_.node(command).kind = NodeKind::kArithmetic;
        return ParseDoubleParenthesis();
      }
    }
  }
  builder_.node(command).kind = NodeKind::kSubshell;
  TakeOperator(1, ShellOperator::kOpenParen);
  return ParseList(false) && ExpectOperator(')', ShellOperator::kCloseParen);
}

bool ScriptParser::ParseFunctionKeyword(NodeId command) {
  builder_.node(command).kind = NodeKind::kFunction;
  TakeReserved(ShellReservedWord::kFunction);
  SkipBlanks();
  if (!AtWord()) return Fail("a name");
  if (!ParseWord()) return false;
  SkipBlanks();
  if (reader_.Peek() == '(' && reader_.PeekNext() != '(') {
    const Position here = reader_.position();
    reader_.Advance();
    SkipBlanks();
    const bool closed = reader_.Peek() == ')';
    reader_.Seek(here);
    if (closed) {
      TakeOperator(1, ShellOperator::kOpenParen);
      SkipBlanks();
      TakeOperator(1, ShellOperator::kCloseParen);
    }
  }
  return ParseFunctionBody();
}

bool ScriptParser::ParseFunctionBody() {
  if (!SkipNewlines()) return false;
  if (bash_ && !AtCompoundCommand()) return Fail("a compound command");
  if (!Enter() || !ParseCommand()) return false;
  Leave();
  return true;
}

bool ScriptParser::ParseCoprocess(NodeId command) {
  builder_.node(command).kind = NodeKind::kCoprocess;
  TakeReserved(ShellReservedWord::kCoproc);
  SkipBlanks();
  if (AtCompoundCommand()) return ParseCommand();
  const Position here = reader_.position();
  char buffer[64];
  const size_t length = PeekLiteralWord(buffer).size();
  reader_.Advance(static_cast<uint32_t>(length));
  SkipBlanks();
  const bool named = length > 0 && AtCompoundCommand();
  reader_.Seek(here);
  if (named) {
    if (!ParseWord()) return false;
    SkipBlanks();
  }
  return ParseCommand();
}

}  // namespace dfix
