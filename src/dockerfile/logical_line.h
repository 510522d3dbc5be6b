// Physical lines, and the logical line that BuildKit joins them to.
#ifndef DFIX_DOCKERFILE_LOGICAL_LINE_H_
#define DFIX_DOCKERFILE_LOGICAL_LINE_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "src/text/text_range.h"

namespace dfix {

// The longest line, its LF left out, that BuildKit can read.
inline constexpr uint32_t kMaxLineSize = 65535;

struct PhysicalLine {
  uint32_t begin = 0;
  uint32_t content_end = 0;  // Before the CRs and the LF at its end.
  uint32_t end = 0;          // Where the next line begins.
};

// The line that begins at `begin`, which is inside `text`.
PhysicalLine ReadPhysicalLine(std::string_view text, uint32_t begin);

// Whether `line` is too long for BuildKit.
bool IsTooLong(std::string_view text, const PhysicalLine& line);

// A line with those that it is continued on: the pieces that Docker reads, in
// the terms of LogicalReader. Meant to be reused for one line after the other.
class LogicalLine {
 public:
  // Reads the line whose first character that is not white space is at `begin`.
  // `text` outlives what is read.
  void Read(std::string_view text, uint32_t begin, char escape);

  // None of them is empty. There is none if all that the line holds is hidden.
  std::span<const TextRange> pieces() const { return pieces_; }
  // The pieces, joined.
  std::string_view text() const { return text_; }
  // Where the next physical line begins.
  uint32_t end() const { return end_; }
  // Whether the file ended when the line should have gone on.
  bool is_open() const { return is_open_; }
  // A physical line after the first one that is too long; empty if none is.
  TextRange too_long() const { return too_long_; }

  // Appends the pieces of text()[begin, end) to `pieces`.
  void AppendPieces(size_t begin, size_t end,
                    std::vector<TextRange>& pieces) const;

 private:
  void AddPhysicalLine(std::string_view text, uint32_t begin,
                       const PhysicalLine& line, char escape);
  void Join(std::string_view text);

  std::vector<TextRange> pieces_;
  std::string joined_;
  std::string_view text_;
  uint32_t end_ = 0;
  TextRange too_long_;
  bool is_open_ = false;
};

}  // namespace dfix

#endif  // DFIX_DOCKERFILE_LOGICAL_LINE_H_
