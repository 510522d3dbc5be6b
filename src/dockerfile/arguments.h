// How BuildKit splits the rest of an instruction's line: into flags, words and
// blank-separated arguments. Offsets are into the logical line that is given.
#ifndef DFIX_DOCKERFILE_ARGUMENTS_H_
#define DFIX_DOCKERFILE_ARGUMENTS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace dfix {

// A flag, `--name` or `--name=value` with quotes and escapes. `equals` is
// where the `=` after its name stands, or `end`.
struct FlagRange {
  size_t begin;
  size_t equals;
  size_t end;
};

// The flags at the begin of text[begin, end) into `flags`. Returns where what
// follows them begins, white space included. For a bare `--`, which ends them,
// there is a last range whose `equals` is its begin.
size_t SplitFlags(std::string_view text, size_t begin, size_t end, char escape,
                  std::vector<FlagRange>& flags);

// A flag without its quotes and escapes, as BuildKit reads it: byte by byte,
// each byte beyond ASCII as the Latin-1 character of that code.
std::string UnquoteFlag(std::string_view flag, char escape);

// A word. BuildKit drops an escape character at the very end of a line: then
// `end` is before it and `raw_end` is after it.
struct WordRange {
  size_t begin;
  size_t end;
  size_t raw_end;
};

// The words of text[begin, end) (ARG, ENV, LABEL): separated by white space
// that is neither quoted nor escaped; quotes and escapes stay in the words. A
// lone dropped escape character is no word.
void SplitWords(std::string_view text, size_t begin, size_t end, char escape,
                std::vector<WordRange>& words);

}  // namespace dfix

#endif  // DFIX_DOCKERFILE_ARGUMENTS_H_
