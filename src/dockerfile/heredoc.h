// Heredocs as BuildKit finds them in RUN, COPY and ADD, whatever a shell would
// make of the line.
#ifndef DFIX_DOCKERFILE_HEREDOC_H_
#define DFIX_DOCKERFILE_HEREDOC_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "src/text/text_range.h"

namespace dfix {

// `3<<-EOF`, read.
struct HeredocWord {
  std::string name;
  uint64_t descriptor = 0;
  // Whether COPY and ADD expand variables in the body: the name has no quotes.
  bool expand = true;
  // `<<-`: tabs at the begin of the body's lines are dropped.
  bool chomp = false;
};

// What `word` says if it is a heredoc's start, all of it. `refused` is set if
// BuildKit refuses the file for it.
std::optional<HeredocWord> ParseHeredocWord(std::string_view word,
                                            bool& refused);

// The heredocs of the logical line `line` of an instruction that can have some,
// in order. `refused` as above.
std::vector<HeredocWord> FindHeredocs(std::string_view line, bool& refused);

// Where a heredoc's body stands.
struct HeredocBody {
  TextRange content;
  // The terminator's line, without its line end.
  TextRange terminator;
  // Where the line after it begins.
  uint32_t end = 0;
};

// The body that begins at `begin`, a line's begin or the end of `text`. Absent
// if nothing terminates it.
std::optional<HeredocBody> FindHeredocBody(std::string_view text,
                                           uint32_t begin,
                                           const HeredocWord& heredoc);

// Appends the pieces of `body` that remain when the tabs at the begin of its
// lines are dropped (`chomp`), else all of it.
void AppendBodyPieces(std::string_view text, TextRange body, bool chomp,
                      std::vector<TextRange>& pieces);

}  // namespace dfix

#endif  // DFIX_DOCKERFILE_HEREDOC_H_
