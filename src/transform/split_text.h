// The text of the second of two stages that one is split into.
#ifndef DFIX_TRANSFORM_SPLIT_TEXT_H_
#define DFIX_TRANSFORM_SPLIT_TEXT_H_

#include <string>

#include "src/dockerfile/instructions.h"
#include "src/facts/facts.h"
#include "src/facts/stage_split.h"

namespace dfix {

// What the two stages are called.
struct SplitNames {
  std::string build;
  std::string result;  // Empty if it has none.
};

// A name that people gave goes on meaning what it did: `--target app` is what
// runs, `--target build` what builds. `parts` are those of the stage's FROM.
SplitNames NamesForSplit(const Facts& facts, const FromParts& parts);

// `keyword` in lower case if the FROM has that.
std::string KeywordAs(const Instruction& from, std::string keyword);

// An instruction of a split, or several lines of them, with keywords as the
// FROM has them and the name of the first stage in place of `{build}`.
std::string SplitLine(const Instruction& from, const SplitNames& names,
                      std::string text);

// The lines of the new stage up to the instructions that move to it.
std::string SplitLines(const Document& document, const Instruction& from,
                       const SplitNames& names, const StageSplit& split);

}  // namespace dfix

#endif  // DFIX_TRANSFORM_SPLIT_TEXT_H_
