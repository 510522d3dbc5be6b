#include "src/edit/composition.h"

#include <algorithm>

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
  int64_t shift = 0;
  bool begin_done = false;
  for (const Span& span : spans_) {
    if (!begin_done && range.begin < span.current.begin) {
      original.begin = static_cast<uint32_t>(range.begin - shift);
      begin_done = true;
    }
    if (!begin_done && range.begin <= span.current.end) {
      original.begin = span.original.begin;
      begin_done = true;
    }
    if (range.end < span.current.begin) break;
    shift = static_cast<int64_t>(span.current.end) - span.original.end;
    if (range.end <= span.current.end) {
      original.end = span.original.end;
      if (!begin_done) original.begin = span.original.begin;
      return original;
    }
  }
  if (!begin_done) original.begin = static_cast<uint32_t>(range.begin - shift);
  original.end = static_cast<uint32_t>(range.end - shift);
  return original;
}

}  // namespace dfix
