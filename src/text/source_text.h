// Lines, columns and newline style of a file's bytes.
#ifndef DFIX_TEXT_SOURCE_TEXT_H_
#define DFIX_TEXT_SOURCE_TEXT_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "src/text/text_range.h"

namespace dfix {

// A position as people read it: both count from one; the column counts bytes.
struct LineColumn {
  uint32_t line = 1;
  uint32_t column = 1;
  friend bool operator==(LineColumn, LineColumn) = default;
};

// Where each line of a text begins. A line ends after LF (BuildKit's
// scanLines); a lone CR does not end a line.
class LineTable {
 public:
  LineTable() = default;
  explicit LineTable(std::string_view text);

  // The line and column of `offset`, which may equal the text's size.
  LineColumn Locate(uint32_t offset) const;

  // The offset at which `line` (counted from one) begins; the text's size for
  // lines past the end.
  uint32_t LineBegin(uint32_t line) const;

  // How many lines there are; an empty text has none, and a final line without
  // newline counts.
  uint32_t line_count() const { return static_cast<uint32_t>(begins_.size()); }

 private:
  std::vector<uint32_t> begins_;
  uint32_t size_ = 0;
};

// The newline that new lines of `text` should end with: CRLF when most of its
// lines do, else LF.
std::string_view NewlineStyle(std::string_view text);

}  // namespace dfix

#endif  // DFIX_TEXT_SOURCE_TEXT_H_
