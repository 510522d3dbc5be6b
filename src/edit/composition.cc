#include "src/edit/composition.h"

#include <algorithm>
#include <iterator>

namespace dfix {

void Composition::Add(std::span<const Edit> edits) {
  std::vector<Span> merged;
  int64_t before = 0;  // Current minus original offset between spans.
  int64_t after = 0;   // Newest minus current offset between edits.
  size_t span = 0;
  size_t edit = 0;
  while (span < spans_.size() || edit < edits.size()) {
    const bool take_span =
        edit == edits.size() ||
        (span < spans_.size() &&
         spans_[span].current.begin <= edits[edit].range.begin);
    TextRange current = take_span ? spans_[span].current : edits[edit].range;
    const int64_t original_begin = current.begin - before;
    const int64_t newest_begin = current.begin + after;
    for (bool grown = true; grown;) {
      grown = false;
      if (span < spans_.size() && spans_[span].current.begin <= current.end) {
        const Span& s = spans_[span++];
        current.end = std::max(current.end, s.current.end);
        before = static_cast<int64_t>(s.current.end) - s.original.end;
        grown = true;
      }
      if (edit < edits.size() && edits[edit].range.begin <= current.end) {
        const Edit& e = edits[edit++];
        current.end = std::max(current.end, e.range.end);
        after += static_cast<int64_t>(e.text.size()) - e.range.size();
        grown = true;
      }
    }
    merged.push_back({{static_cast<uint32_t>(original_begin),
                       static_cast<uint32_t>(current.end - before)},
                      {static_cast<uint32_t>(newest_begin),
                       static_cast<uint32_t>(current.end + after)}});
  }
  spans_ = std::move(merged);
}

TextRange Composition::ToOriginal(TextRange range) const {
  TextRange original = range;
  auto next = std::partition_point(
      spans_.begin(), spans_.end(),
      [&](const Span& span) { return span.current.end < range.begin; });
  if (next != spans_.begin()) {
    const Span& before = *std::prev(next);
    const uint32_t shift = before.original.end - before.current.end;
    original = {range.begin + shift, range.end + shift};
  }
  for (; next != spans_.end() && next->current.begin <= range.end; ++next) {
    const Span& span = *next;
    const TextRange current = span.current;
    const uint32_t shift = span.original.end - current.end;  // Modulo 2^32.
    if (range.empty()) {
      if (range.begin < current.begin) break;
      if (range.begin <= current.end) return span.original;
      original = {range.begin + shift, range.end + shift};
      continue;
    }
    if (range.begin >= current.end) {
      original.begin = range.begin + shift;
    } else if (range.begin >= current.begin) {
      original.begin = span.original.begin;
    }
    if (range.end > current.end) {
      original.end = range.end + shift;
    } else if (range.end > current.begin) {
      original.end = span.original.end;
    }
  }
  return original;
}

}  // namespace dfix
