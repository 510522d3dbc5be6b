// Positions and ranges in the bytes of one file.
//
// Every position in dfix is a byte offset into the file as it was read. Lines
// and columns exist only where people read them (see source_text.h).
#ifndef DFIX_TEXT_TEXT_RANGE_H_
#define DFIX_TEXT_TEXT_RANGE_H_

#include <cstdint>
#include <string_view>

namespace dfix {

// A half-open range of byte offsets, begin <= end.
struct TextRange {
  uint32_t begin = 0;
  uint32_t end = 0;

  uint32_t size() const { return end - begin; }
  bool empty() const { return begin == end; }
  bool Contains(uint32_t offset) const {
    return begin <= offset && offset < end;
  }
  friend bool operator==(TextRange, TextRange) = default;
};

// The bytes of `text` that `range` covers. `range` lies within `text`.
inline std::string_view Slice(std::string_view text, TextRange range) {
  return text.substr(range.begin, range.size());
}

}  // namespace dfix

#endif  // DFIX_TEXT_TEXT_RANGE_H_
