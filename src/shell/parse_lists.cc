// Tokens, trivia, reserved words, lists, and-or lists and pipelines (POSIX XCU
// 2.4, 2.9.2 to 2.9.3).
#include <algorithm>
#include <array>

#include "src/shell/script_parser.h"

namespace dfix {
namespace {

struct ReservedWord {
  std::string_view spelling;
  ShellReservedWord word;
  bool bash_only;
};

// By first character.
constexpr ReservedWord kReservedWords[] = {
    {"!", ShellReservedWord::kNot, false},
    {"[[", ShellReservedWord::kOpenConditional, true},
    {"]]", ShellReservedWord::kCloseConditional, true},
    {"case", ShellReservedWord::kCase, false},
    {"coproc", ShellReservedWord::kCoproc, true},
    {"do", ShellReservedWord::kDo, false},
    {"done", ShellReservedWord::kDone, false},
    {"else", ShellReservedWord::kElse, false},
    {"elif", ShellReservedWord::kElif, false},
    {"esac", ShellReservedWord::kEsac, false},
    {"fi", ShellReservedWord::kFi, false},
    {"for", ShellReservedWord::kFor, false},
    {"function", ShellReservedWord::kFunction, true},
    {"if", ShellReservedWord::kIf, false},
    {"in", ShellReservedWord::kIn, false},
    {"select", ShellReservedWord::kSelect, true},
    {"then", ShellReservedWord::kThen, false},
    {"time", ShellReservedWord::kTime, true},
    {"until", ShellReservedWord::kUntil, false},
    {"while", ShellReservedWord::kWhile, false},
    {"{", ShellReservedWord::kOpenBrace, false},
    {"}", ShellReservedWord::kCloseBrace, false},
};

// For each first character, where its reserved words begin in the table.
constexpr std::array<uint8_t, 256> MakeReservedIndex() {
  std::array<uint8_t, 256> index{};
  for (size_t i = std::size(kReservedWords); i-- > 0;) {
    index[static_cast<uint8_t>(kReservedWords[i].spelling[0])] =
        static_cast<uint8_t>(i);
  }
  return index;
}
constexpr std::array<uint8_t, 256> kReservedIndex = MakeReservedIndex();

constexpr size_t kLongestReservedWord = 8;

}  // namespace

ScriptParser::Checkpoint ScriptParser::Mark() const {
  return {reader_.Mark(), deferred_.size(), heredocs_.size(),
          heredoc_base_,  depth_,           failed_};
}

void ScriptParser::Rewind(const Checkpoint& mark) {
  reader_.Rewind(mark.reader);
  deferred_.resize(mark.deferred);
  heredocs_.resize(mark.heredocs);
  heredoc_base_ = mark.heredoc_base;
  depth_ = mark.depth;
  failed_ = mark.failed;
  brace_depth_ = 0;
  glob_depth_ = 0;
}

bool ScriptParser::Fail(std::string_view expected) {
  if (failed_) return false;
  failed_ = true;
  const std::string_view rest = reader_.Rest();
  const auto length = std::max<size_t>(
      rest.empty() ? 0 : 1, std::min<size_t>(CountBefore(rest, kMeta), 20));
  const std::string found =
      reader_.AtEnd()   ? "the end of the script"
      : rest[0] == '\n' ? "a newline"
                        : '`' + std::string(rest.substr(0, length)) + '`';
  error_.range = {reader_.offset(),
                  reader_.offset() + static_cast<uint32_t>(length)};
  error_.message = "expected " + std::string(expected) + ", found " + found;
  error_.fatal = false;
  return false;
}

bool ScriptParser::Enter() {
  if (++depth_ <= kDepthLimit) return true;
  return Fail("less nesting");
}

void ScriptParser::Defer(TokenKind kind) {
  const uint32_t begin =
      deferred_.empty() ? builder_.end() : deferred_.back().end.offset;
  if (reader_.offset() > begin) deferred_.push_back({kind, reader_.position()});
}

void ScriptParser::FlushDeferred() {
  const Position here = reader_.position();
  for (const Deferred& deferred : deferred_) {
    reader_.Seek(deferred.end);
    reader_.Emit(deferred.kind);
  }
  deferred_.clear();
  reader_.Seek(here);
}

void ScriptParser::Take(uint32_t count, TokenKind kind, uint16_t aux) {
  Begin();
  reader_.Advance(count);
  reader_.Emit(kind, aux);
}

void ScriptParser::TakeOperator(uint32_t count, ShellOperator shell_operator) {
  Take(count, TokenKind::kOperator, static_cast<uint16_t>(shell_operator));
}

void ScriptParser::SkipComment() {
  Defer(TokenKind::kWhitespace);
  reader_.set_joining(false);
  while (!reader_.AtEnd()) {
    const std::string_view rest = reader_.Rest();
    const size_t newline = rest.find('\n');
    reader_.Skip(std::min(newline, rest.size()));
    if (newline != std::string_view::npos) break;
  }
  reader_.set_joining(true);
  Defer(TokenKind::kShellComment);
}

bool ScriptParser::SkipNewlines() {
  while (true) {
    SkipBlanks();
    if (reader_.Peek() == '#') {
      SkipComment();
    } else if (reader_.Peek() != '\n') {
      return true;
    } else if (!ConsumeNewline()) {
      return false;
    }
  }
}

bool ScriptParser::ConsumeNewline() {
  if (heredocs_.size() > heredoc_base_) return ReadHeredocBodies();
  Defer(TokenKind::kWhitespace);
  reader_.Advance();
  Defer(TokenKind::kShellNewline);
  return true;
}

// The next word if it is short, unquoted and literal; empty otherwise.
std::string_view ScriptParser::PeekLiteralWord(std::span<char> buffer) {
  constexpr uint8_t kEnd = kMeta | kQuotedSpecial;
  const std::string_view rest = reader_.Rest();
  const size_t length = CountBefore(rest, kEnd);
  if (length < rest.size() && (rest[length] != '\\' || !reader_.joining())) {
    const bool whole = length <= buffer.size() && Is(rest[length], kMeta);
    return whole ? rest.substr(0, length) : std::string_view();
  }
  const Position here = reader_.position();
  size_t size = 0;
  while (!reader_.AtEnd() && !Is(reader_.Peek(), kEnd) &&
         reader_.Peek() != '\'' && size < buffer.size()) {
    buffer[size++] = reader_.Peek();
    reader_.Advance();
  }
  const bool whole = reader_.AtEnd() || Is(reader_.Peek(), kMeta);
  reader_.Seek(here);
  return whole ? std::string_view(buffer.data(), size) : std::string_view();
}

ShellReservedWord ScriptParser::PeekReserved() {
  if (!Is(reader_.Peek(), kReservedStart)) return ShellReservedWord::kNone;
  char buffer[kLongestReservedWord];
  const std::string_view word = PeekLiteralWord(buffer);
  if (word.empty()) return ShellReservedWord::kNone;
  for (size_t i = kReservedIndex[static_cast<uint8_t>(word[0])];
       i < std::size(kReservedWords); ++i) {
    const ReservedWord& reserved = kReservedWords[i];
    if (reserved.spelling[0] != word[0]) break;
    if (reserved.spelling == word && (bash_ || !reserved.bash_only)) {
      return reserved.word;
    }
  }
  return ShellReservedWord::kNone;
}

bool ScriptParser::TakeReserved(ShellReservedWord word) {
  for (const ReservedWord& reserved : kReservedWords) {
    if (reserved.word != word) continue;
    Take(static_cast<uint32_t>(reserved.spelling.size()),
         TokenKind::kReservedWord, static_cast<uint16_t>(word));
  }
  return true;
}

bool ScriptParser::ExpectReserved(ShellReservedWord word,
                                  std::string_view spelling) {
  if (PeekReserved() != word) return Fail(spelling);
  return TakeReserved(word);
}

bool ScriptParser::ExpectOperator(char c, ShellOperator shell_operator) {
  if (reader_.Peek() != c) {
    const char expected[] = {'`', c, '`'};
    return Fail({expected, sizeof expected});
  }
  TakeOperator(1, shell_operator);
  return true;
}

bool ScriptParser::ParseScriptNode(ShellDialect requested) {
  if (!SkipNewlines()) return false;
  const bool empty = reader_.AtEnd();
  if (!empty) Begin();
  const NodeId script =
      builder_.Open(NodeKind::kScript, static_cast<uint16_t>(requested));
  if (!empty && !ParseStatements()) return false;
  if (!reader_.AtEnd()) return Fail("a command");
  if (!CloseHeredocs(0)) return false;
  if (has_bashism_ || bash_ != (requested == ShellDialect::kBash)) {
    builder_.node(script).flags |= kNodeBashism;
  }
  builder_.Close();
  FlushDeferred();
  reader_.Emit(TokenKind::kWhitespace);
  reader_.EmitHiddenEnd();
  return true;
}

bool ScriptParser::AtCaseEnd() {
  if (reader_.Peek() != ';') return false;
  const char next = reader_.PeekNext();
  return next == ';' || (bash_ && next == '&');
}

bool ScriptParser::AtListEnd() {
  const char c = reader_.Peek();
  if (c == '\0') return reader_.AtEnd();
  if (c == ')') return true;
  if (c == ';') return AtCaseEnd();
  switch (PeekReserved()) {
    case ShellReservedWord::kThen:
    case ShellReservedWord::kElse:
    case ShellReservedWord::kElif:
    case ShellReservedWord::kFi:
    case ShellReservedWord::kDo:
    case ShellReservedWord::kDone:
    case ShellReservedWord::kEsac:
    case ShellReservedWord::kCloseBrace:
      return true;
    default:
      return false;
  }
}

bool ScriptParser::ParseStatements() {
  while (true) {
    bool separated = false;
    if (!ParseAndOr(&separated)) return false;
    SkipBlanks();
    if (reader_.Peek() == '\n' || reader_.Peek() == '#') separated = true;
    if (!SkipNewlines()) return false;
    const bool word = separated || !after_redirection_ || !AtWord();
    if (word && AtListEnd()) return true;
    if (!separated) return Fail("`;`, `&` or a newline");
  }
}

bool ScriptParser::ParseList(bool may_be_empty) {
  if (!SkipNewlines()) return false;
  if (AtListEnd()) return may_be_empty || Fail("a command");
  BeginNode(NodeKind::kList);
  if (!ParseStatements()) return false;
  builder_.Close();
  return true;
}

bool ScriptParser::ParseAndOr(bool* terminated) {
  BeginNode(NodeKind::kAndOr);
  while (true) {
    if (!ParsePipeline()) return false;
    SkipBlanks();
    const char c = reader_.Peek();
    if (c != '&' && c != '|' && c != ';') break;
    const bool doubled = reader_.PeekNext() == c;
    if (c == '|' && !doubled) break;
    if (c != ';' && doubled) {
      TakeOperator(2, c == '&' ? ShellOperator::kAnd : ShellOperator::kOr);
      if (!SkipNewlines()) return false;
      continue;
    }
    if (c == ';' && AtCaseEnd()) break;
    TakeOperator(
        1, c == ';' ? ShellOperator::kSemicolon : ShellOperator::kBackground);
    *terminated = true;
    break;
  }
  builder_.Close();
  return true;
}

bool ScriptParser::AtCommandEnd() {
  const char c = reader_.Peek();
  return reader_.AtEnd() || c == '\n' || c == ';' || c == '&' || c == '|' ||
         c == ')' || c == '#';
}

bool ScriptParser::AtWord() {
  const char c = reader_.Peek();
  if (reader_.AtEnd() || c == '#') return false;
  if (!Is(c, kMeta)) return true;
  return bash_ && (c == '<' || c == '>') && reader_.PeekNext() == '(';
}

// `!` and, in bash, `time`, several of them.
bool ScriptParser::ParsePipelinePrefix(bool* prefixed) {
  for (bool more = true; more;) {
    const ShellReservedWord word = PeekReserved();
    if (word == ShellReservedWord::kNot) {
      more = bash_;
    } else if (word != ShellReservedWord::kTime) {
      return true;
    }
    TakeReserved(word);
    *prefixed = true;
    SkipBlanks();
    if (word != ShellReservedWord::kTime) continue;
    for (const std::string_view option : {"-p", "--"}) {
      char buffer[2];
      if (PeekLiteralWord(buffer) != option) continue;
      if (!ParseWord()) return false;
      SkipBlanks();
    }
  }
  return true;
}

bool ScriptParser::ParsePipeline() {
  BeginNode(NodeKind::kPipeline);
  bool prefixed = false;
  if (!ParsePipelinePrefix(&prefixed)) return false;
  const char c = reader_.Peek();
  if (bash_ && prefixed &&
      (reader_.AtEnd() || c == '\n' || c == '#' ||
       (c == ';' && !AtCaseEnd()))) {
    builder_.Close();
    return true;
  }
  while (true) {
    if (!ParseCommand()) return false;
    SkipBlanks();
    if (reader_.Peek() != '|') break;
    const char next = reader_.PeekNext();
    if (next == '|') break;
    if (bash_ && next == '&') {
      TakeOperator(2, ShellOperator::kPipeBoth);
    } else {
      TakeOperator(1, ShellOperator::kPipe);
    }
    if (!SkipNewlines()) return false;
  }
  builder_.Close();
  return true;
}

}  // namespace dfix
