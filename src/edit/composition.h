// Keeps track of where text came from through a sequence of edits.
//
// Transforms run one after the other, each on the text that the last one left.
// A Composition knows for every place of the newest text where it was in the
// first one, and which steps touched it, so that a diff of first and last text
// can name the changes behind each hunk.
#ifndef DFIX_EDIT_COMPOSITION_H_
#define DFIX_EDIT_COMPOSITION_H_

#include <cstdint>
#include <span>
#include <vector>

#include "src/edit/change.h"
#include "src/text/text_range.h"

namespace dfix {

class Composition {
 public:
  // Records that `edits` (ascending, without conflicts, in coordinates of the
  // newest text) were applied.
  void Add(std::span<const Edit> edits);

  // The smallest range of the first text that `range` of the newest text stems
  // from. A range in replaced text, or an empty one at its edge, maps to all
  // that was replaced.
  TextRange ToOriginal(TextRange range) const;

 private:
  // Text that differs: `original` was replaced by what is now `current`. Spans
  // ascend and do not touch; between them the texts are the same.
  struct Span {
    TextRange original;
    TextRange current;
  };
  std::vector<Span> spans_;
};

}  // namespace dfix

#endif  // DFIX_EDIT_COMPOSITION_H_
