#include "src/dockerfile/logical_line.h"

#include <algorithm>

#include "src/dockerfile/characters.h"

namespace dfix {

PhysicalLine ReadPhysicalLine(std::string_view text, uint32_t begin) {
  const size_t newline = text.find('\n', begin);
  const auto last = static_cast<uint32_t>(
      newline == std::string_view::npos ? text.size() : newline);
  uint32_t content_end = last;
  while (content_end > begin && text[content_end - 1] == '\r') --content_end;
  const uint32_t end = newline == std::string_view::npos ? last : last + 1;
  return {begin, content_end, end};
}

bool IsTooLong(std::string_view text, const PhysicalLine& line) {
  const uint32_t size = line.end - line.begin;
  if (size <= kMaxLineSize) return false;
  return size > kMaxLineSize + 1 || text[line.end - 1] != '\n';
}

void LogicalLine::Read(std::string_view text, uint32_t begin, char escape) {
  pieces_.clear();
  too_long_ = {};
  PhysicalLine line = ReadPhysicalLine(text, begin);
  AddPhysicalLine(text, begin, line, escape);
  while (is_open_ && end_ < text.size()) {
    line = ReadPhysicalLine(text, end_);
    end_ = line.end;
    if (IsTooLong(text, line)) too_long_ = {line.begin, line.content_end};
    const size_t dark = SkipSpace(text, line.begin, line.content_end);
    if (dark == line.content_end || text[dark] == '#') continue;
    AddPhysicalLine(text, line.begin, line, escape);
  }
  Join(text);
}

void LogicalLine::AddPhysicalLine(std::string_view text, uint32_t begin,
                                  const PhysicalLine& line, char escape) {
  end_ = line.end;
  uint32_t end = line.content_end;
  while (end > begin && (text[end - 1] == ' ' || text[end - 1] == '\t')) --end;
  is_open_ = end > begin && text[end - 1] == escape &&
             (end - 1 == begin || text[end - 2] != escape);
  end = is_open_ ? end - 1 : line.content_end;
  if (end > begin) pieces_.push_back({begin, end});
}

void LogicalLine::Join(std::string_view text) {
  if (pieces_.size() <= 1) {
    text_ = pieces_.empty() ? std::string_view() : Slice(text, pieces_[0]);
    return;
  }
  joined_.clear();
  for (const TextRange piece : pieces_) joined_ += Slice(text, piece);
  text_ = joined_;
}

void LogicalLine::AppendPieces(size_t begin, size_t end,
                               std::vector<TextRange>& pieces) const {
  size_t at = 0;
  for (const TextRange piece : pieces_) {
    const size_t from = std::max(begin, at);
    const size_t to = std::min(end, at + piece.size());
    if (from < to) {
      pieces.push_back({static_cast<uint32_t>(piece.begin + (from - at)),
                        static_cast<uint32_t>(piece.begin + (to - at))});
    }
    at += piece.size();
  }
}

}  // namespace dfix
