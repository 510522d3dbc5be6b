// Here-documents (POSIX XCU 2.7.4).
#include <algorithm>
#include <utility>

#include "src/shell/script_parser.h"

namespace dfix {

// The delimiter is a Word in which only quotes are special.
bool ScriptParser::ParseHeredocDelimiter(NodeId redirection, bool strips_tabs) {
  PendingHeredoc heredoc = {redirection, "", strips_tabs, false};
  BeginNode(NodeKind::kWord);
  const auto end_literal = [this] { reader_.Emit(TokenKind::kLiteral); };
  while (!reader_.AtEnd() && !Is(reader_.Peek(), kMeta)) {
    const char c = reader_.Peek();
    if (c == '\'' || c == '"') {
      end_literal();
      heredoc.quoted = true;
      const Position here = reader_.position();
      if (!SkipQuotes(c)) return Fail("a closing quote");
      const Position end = reader_.position();
      reader_.Seek(here);
      TakeDelimiterQuotes(c, heredoc.delimiter);
      reader_.Seek(end);
    } else if (c == '\\') {
      end_literal();
      heredoc.quoted = true;
      if (const char next = reader_.PeekNext()) heredoc.delimiter += next;
      reader_.AdvanceEscape();
      reader_.Emit(TokenKind::kEscape);
    } else {
      heredoc.delimiter += c;
      reader_.Advance();
    }
  }
  end_literal();
  builder_.Close();
  heredocs_.push_back(std::move(heredoc));
  return true;
}

// A quoted part of a delimiter, which is known to be closed.
void ScriptParser::TakeDelimiterQuotes(char quote, std::string& delimiter) {
  if (quote == '\'') {
    const Position here = reader_.position();
    SkipQuotes('\'');
    const Position end = reader_.position();
    reader_.Seek(here);
    reader_.set_joining(false);
    for (reader_.Advance(); reader_.Peek() != '\''; reader_.Advance()) {
      delimiter += reader_.Peek();
    }
    reader_.set_joining(true);
    reader_.Seek(end);
    reader_.Emit(TokenKind::kSingleQuoted);
    return;
  }
  BeginNode(NodeKind::kDoubleQuoted);
  Take(1, TokenKind::kDoubleQuote);
  while (reader_.Peek() != '"') {
    if (reader_.Peek() == '\\' && Is(reader_.PeekNext(), kQuotedSpecial)) {
      delimiter += reader_.PeekNext();
      reader_.AdvanceEscape();
    } else {
      delimiter += reader_.Peek();
      reader_.Advance();
    }
  }
  reader_.Emit(TokenKind::kQuotedText);
  Take(1, TokenKind::kDoubleQuote);
  builder_.Close();
}

// At the newline after a line with heredocs: takes it and their bodies.
bool ScriptParser::ReadHeredocBodies() {
  Begin();
  std::vector<PendingHeredoc> pending(
      std::make_move_iterator(heredocs_.begin() +
                              static_cast<ptrdiff_t>(heredoc_base_)),
      std::make_move_iterator(heredocs_.end()));
  heredocs_.resize(heredoc_base_);
  for (const PendingHeredoc& heredoc : pending) {
    // The newline before this body.
    reader_.set_joining(!heredoc.quoted);
    if (reader_.Peek() == '\n') {
      reader_.Advance();
      reader_.Emit(TokenKind::kShellNewline);
    }
    if (!ReadHeredocBody(heredoc)) return false;
    reader_.set_joining(true);
  }
  if (reader_.Peek() == '\n') {
    reader_.Advance();
    Defer(TokenKind::kShellNewline);
  }
  return true;
}

bool ScriptParser::ReadHeredocBody(const PendingHeredoc& heredoc) {
  const Position begin = reader_.position();
  bool found = false;
  const Position end = FindHeredocEnd(heredoc, &found);
  reader_.Seek(begin);
  if (!reader_.AtEnd()) reader_.EmitHidden();
  if (!OpenHeredocBody(heredoc) ||
      !ParseHeredocText(end.offset, heredoc.quoted)) {
    return false;
  }
  if (found) {
    SkipDelimiterLine(heredoc);
    reader_.Emit(TokenKind::kHeredocEnd);
  }
  builder_.Close();
  return true;
}

bool ScriptParser::OpenHeredocBody(const PendingHeredoc& heredoc) {
  const NodeId body = builder_.Open(NodeKind::kHeredocBody);
  const uint32_t distance = Index(body) - Index(heredoc.redirection);
  if (distance > 0xffff) return Fail("a shorter way to the heredoc's body");
  builder_.node(heredoc.redirection).aux = static_cast<uint16_t>(distance);
  return true;
}

bool ScriptParser::ParseHeredocText(uint32_t end, bool quoted) {
  const uint32_t outer_limit = reader_.limit();
  const Checkpoint mark = Mark();
  reader_.set_limit(std::min(end, outer_limit));
  bool parsed = !quoted && ParseQuotedText(Around::kHeredoc);
  if (!parsed) {
    // Bash looks at the expansions in a body only when it needs it.
    if (!quoted && !bash_) return false;
    Rewind(mark);
    reader_.set_limit(std::min(end, outer_limit));
    while (!reader_.AtEnd()) reader_.Skip(reader_.Rest().size());
    reader_.Emit(TokenKind::kQuotedText);
  }
  reader_.set_limit(outer_limit);
  return true;
}

// Where the line with the delimiter begins, or the end of the text.
ScriptReader::Position ScriptParser::FindHeredocEnd(
    const PendingHeredoc& heredoc, bool* found) {
  while (!reader_.AtEnd()) {
    const Position line = reader_.position();
    *found = SkipDelimiterLine(heredoc);
    if (*found) return line;
    reader_.Seek(line);
    SkipLine(heredoc.quoted);
  }
  return reader_.position();
}

bool ScriptParser::SkipDelimiterLine(const PendingHeredoc& heredoc) {
  while (heredoc.strips_tabs && reader_.Peek() == '\t') reader_.Advance();
  for (const char c : heredoc.delimiter) {
    if (reader_.AtEnd() || reader_.Peek() != c) return false;
    reader_.Advance();
  }
  return reader_.AtEnd() || reader_.Peek() == '\n';
}

void ScriptParser::SkipLine(bool quoted) {
  while (!reader_.AtEnd()) {
    const std::string_view rest = reader_.Rest();
    const size_t stop =
        std::min(rest.find_first_of(quoted ? "\n" : "\n\\"), rest.size());
    const bool escape = stop < rest.size() && rest[stop] == '\\';
    const bool newline = stop < rest.size() && !escape;
    reader_.Skip(stop);
    if (escape && reader_.Peek() == '\\') reader_.AdvanceEscape();
    if (newline) {
      reader_.Advance();
      return;
    }
  }
}

// At the end of a script or substitution: the heredocs that still wait for a
// body have an empty one.
bool ScriptParser::CloseHeredocs(size_t outer_base) {
  for (size_t i = heredoc_base_; i < heredocs_.size(); ++i) {
    if (!OpenHeredocBody(heredocs_[i])) return false;
    builder_.Close();
  }
  heredocs_.resize(heredoc_base_);
  heredoc_base_ = outer_base;
  return true;
}

}  // namespace dfix
