// Edits and changes: the values that every rewrite is made of.
#ifndef DFIX_EDIT_CHANGE_H_
#define DFIX_EDIT_CHANGE_H_

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "src/facts/level.h"
#include "src/text/text_range.h"

namespace dfix {

// "safe", "review", "bold" or "advice".
std::string_view Name(Level level);
std::optional<Level> ParseLevel(std::string_view name);

// Replaces the bytes of `range` by `text`. An insertion has an empty range.
struct Edit {
  TextRange range;
  std::string text;
};

// What a person accepts or refuses as a whole: all its edits or none.
struct Change {
  std::string_view transform;  // The id; static storage.
  std::string message;         // What, then why.
  TextRange anchor;            // What it is about, in the text it edits.
  Level level = Level::kSafe;
  std::vector<Edit> edits;  // In ascending order once accepted by an EditSet.
  // Lines for the end of the ignore file, which is made if there is none.
  std::vector<std::string> ignore_lines = {};
};

// A decision not to change something, and the reason.
struct LeftAlone {
  std::string_view transform;
  std::string reason;
  TextRange anchor;
};

// Whether both cannot be applied to the same text: their ranges overlap, one
// inserts inside the other's range, or both insert at the same place.
bool Conflict(const Edit& a, const Edit& b);

// Collects changes to one text and refuses those that conflict with one that
// was accepted before.
class EditSet {
 public:
  // Sorts the edits of `change` and accepts it. If it conflicts, with itself or
  // with an accepted change, nothing is added and the reason is returned.
  std::optional<std::string> Add(Change change);

  std::span<const Change> changes() const { return changes_; }
  bool empty() const { return changes_.empty(); }
  // Every edit of every change, in ascending order.
  std::vector<Edit> Edits() const;

 private:
  std::vector<Change> changes_;
};

// `text` with `lines` at its end, in its own newline style.
std::string AppendLines(std::string_view text,
                        std::span<const std::string> lines);

// `text` with `edits` applied: ascending, without conflicts, within the text.
std::string Apply(std::string_view text, std::span<const Edit> edits);

}  // namespace dfix

#endif  // DFIX_EDIT_CHANGE_H_
