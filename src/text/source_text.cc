#include "src/text/source_text.h"

#include <algorithm>
#include <cstring>

namespace dfix {

LineTable::LineTable(std::string_view text)
    : size_(static_cast<uint32_t>(text.size())) {
  size_t begin = 0;
  while (begin < text.size()) {
    begins_.push_back(static_cast<uint32_t>(begin));
    const size_t newline = text.find('\n', begin);
    if (newline == std::string_view::npos) return;
    begin = newline + 1;
  }
}

LineColumn LineTable::Locate(uint32_t offset) const {
  auto after = std::upper_bound(begins_.begin(), begins_.end(), offset);
  if (after == begins_.begin()) return {1, offset + 1};
  const auto line = static_cast<uint32_t>(after - begins_.begin());
  return {line, offset - begins_[line - 1] + 1};
}

uint32_t LineTable::LineBegin(uint32_t line) const {
  return line >= 1 && line <= begins_.size() ? begins_[line - 1] : size_;
}

std::string_view NewlineStyle(std::string_view text) {
  size_t lines = 0;
  size_t crlf = 0;
  for (size_t at = text.find('\n'); at != std::string_view::npos;
       at = text.find('\n', at + 1)) {
    ++lines;
    if (at > 0 && text[at - 1] == '\r') ++crlf;
  }
  return crlf * 2 > lines ? "\r\n" : "\n";
}

}  // namespace dfix
