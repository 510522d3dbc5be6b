// Unified diffs that `git apply` and `patch -p1` take, byte for byte.
//
// A line is what ends after LF; a CR stays in it. Applied to the old text, a
// diff gives exactly the new one, whatever the bytes.
//
// Left out: renames, modes, and telling apart binary files.
#ifndef DFIX_REPORT_DIFF_H_
#define DFIX_REPORT_DIFF_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace dfix {

// Lines of the old text that lines of the new one replace. Half open, counted
// from zero; either side may be empty.
struct LineChange {
  uint32_t old_begin;
  uint32_t old_end;
  uint32_t new_begin;
  uint32_t new_end;
};

// Changes that are shown together, with the lines that their context spans.
struct Hunk {
  LineChange lines;
  std::vector<LineChange> changes;
};

// The difference of two texts, which must outlive it.
struct TextDiff {
  std::vector<std::string_view> old_lines;
  std::vector<std::string_view> new_lines;
  std::vector<Hunk> hunks;  // None for equal texts.
};

// Compares two texts; every hunk has up to `context` equal lines around each
// change.
TextDiff DiffTexts(std::string_view old_text, std::string_view new_text,
                   uint32_t context);

// What stands before the first hunk: `--- a/path` and `+++ b/path`, or
// `--- /dev/null` for a file that is new. `path` is relative, with `/`.
std::string DiffHeader(std::string_view path, bool is_new);

// One hunk with its `@@` line.
std::string FormatHunk(const TextDiff& diff, const Hunk& hunk);

// The whole diff of one file; empty for equal texts.
std::string UnifiedDiff(std::string_view path, std::string_view old_text,
                        std::string_view new_text, uint32_t context,
                        bool is_new = false);

// The diff of one file, header included, in the colours that git uses.
std::string ColorDiff(std::string_view diff);

}  // namespace dfix

#endif  // DFIX_REPORT_DIFF_H_
