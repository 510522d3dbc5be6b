#include "src/syntax/logical_reader.h"

#include <algorithm>

namespace dfix {

char LogicalReader::Peek(uint32_t ahead) const {
  Position at = at_;
  while (at.piece < pieces_.size()) {
    const uint32_t left = pieces_[at.piece].end - at.offset;
    if (ahead < left) return text_[at.offset + ahead];
    ahead -= left;
    if (++at.piece < pieces_.size()) at.offset = pieces_[at.piece].begin;
  }
  return '\0';
}

bool LogicalReader::LooksAt(std::string_view expected) const {
  const std::string_view rest = RestOfPiece();
  if (rest.size() >= expected.size()) return rest.starts_with(expected);
  if (!expected.starts_with(rest)) return false;
  LogicalReader ahead = *this;
  for (const char c : expected) {
    if (ahead.AtEnd() || ahead.Peek() != c) return false;
    ahead.Advance();
  }
  return true;
}

void LogicalReader::Advance(uint32_t count) {
  while (count > 0 && !AtEnd()) {
    const uint32_t step = std::min(count, pieces_[at_.piece].end - at_.offset);
    at_.offset += step;
    count -= step;
    if (at_.offset < pieces_[at_.piece].end) return;
    if (++at_.piece < pieces_.size()) at_.offset = pieces_[at_.piece].begin;
  }
}

std::string LogicalReader::Text(Position begin, Position end) const {
  std::string out;
  for (uint32_t i = begin.piece; i < pieces_.size(); ++i) {
    const TextRange range = {std::max(begin.offset, pieces_[i].begin),
                             std::min(end.offset, pieces_[i].end)};
    if (range.begin >= range.end) break;
    out += Slice(text_, range);
  }
  return out;
}

void LogicalReader::AddToken(TreeBuilder& builder, TokenKind kind, Position end,
                             uint8_t flags, uint16_t aux) {
  while (written_ < pieces_.size()) {
    const TextRange piece = pieces_[written_];
    if (builder.end() >= piece.end) {
      ++written_;
      continue;
    }
    if (end.offset <= std::max(piece.begin, builder.end())) return;
    AddHiddenBytes(builder, piece.begin);
    const bool split = end.offset > piece.end && end.piece > written_ &&
                       written_ + 1 < pieces_.size() &&
                       end.offset > pieces_[written_ + 1].begin;
    builder.Add(kind, std::min(end.offset, piece.end),
                split ? flags | kTokenSplit : flags, aux);
  }
}

void LogicalReader::AddHidden(TreeBuilder& builder) {
  if (!AtEnd()) AddHiddenBytes(builder, at_.offset);
}

void AddHiddenBytes(TreeBuilder& builder, uint32_t end) {
  const std::string_view text = builder.text();
  while (builder.end() < end) {
    const std::string_view rest = text.substr(0, end);
    const uint32_t begin = builder.end();
    const size_t newline = rest.find('\n', begin);
    const auto line_end = static_cast<uint32_t>(
        newline == std::string_view::npos ? end : newline + 1);
    if (text[begin] == '\n' || rest.substr(begin, 2) == "\r\n") {
      builder.Add(TokenKind::kContinuationNewline, line_end);
      continue;
    }
    const size_t dark = rest.find_first_not_of(" \t\v\f\r", begin);
    if (dark != begin) {
      auto blank_end =
          static_cast<uint32_t>(dark == std::string_view::npos ? end : dark);
      if (blank_end < end && text[blank_end] == '\n' &&
          text[blank_end - 1] == '\r') {
        --blank_end;
      }
      builder.Add(TokenKind::kWhitespace, blank_end);
      continue;
    }
    if (text[begin] == '\\' || text[begin] == '`') {
      builder.Add(TokenKind::kLineContinuation, line_end);
      continue;
    }
    if (text[begin] != '#') {
      // White space beyond ASCII.
      const size_t stop = rest.find_first_of("\r\n#", begin);
      builder.Add(TokenKind::kWhitespace,
                  static_cast<uint32_t>(std::min<size_t>(stop, end)));
      continue;
    }
    uint32_t comment_end = newline == std::string_view::npos
                               ? end
                               : static_cast<uint32_t>(newline);
    if (comment_end > begin && text[comment_end - 1] == '\r') --comment_end;
    builder.Add(TokenKind::kComment, comment_end);
  }
}

}  // namespace dfix
