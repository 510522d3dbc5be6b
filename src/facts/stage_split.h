// How a stage that builds a program and runs it becomes two: what is added to
// the first one, and what the second one consists of.
//
// An ecosystem is a function that says so for the stages that are its own. All
// that a program may need at run time is accounted for, or there is a problem.
#ifndef DFIX_FACTS_STAGE_SPLIT_H_
#define DFIX_FACTS_STAGE_SPLIT_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "src/context/build_context.h"
#include "src/facts/facts.h"
#include "src/facts/runtime_base.h"

namespace dfix {

// An instruction of the second stage: one of the first that both have, or a new
// one with its keyword in upper case, in which `{build}` stands for the name of
// the first stage.
struct StageLine {
  NodeId repeated = kNoNode;
  std::string text = {};
};

// An instruction that the first stage gets.
struct AddedLine {
  uint32_t before;  // Index into Facts::instructions().
  std::string text;
};

struct StageSplit {
  bool applies = false;  // Else the stage is not one of the ecosystem.
  // What stays in the image if the stage is not split, for a reason; why it is
  // not, and the instruction to blame, if it is one of them. Empty if it is.
  std::string_view stays;
  std::string problem;
  uint32_t problem_at = kNoInstruction;
  std::string message;            // What the split does.
  uint32_t cut = kNoInstruction;  // The last instruction of the first stage.
  std::string image;              // What the second begins with.
  std::vector<AddedLine> added;
  std::string last;  // An instruction at the end of the first stage, or empty.
  // The begin of the second stage; then come the instructions that move to it,
  // and what was behind the cut.
  std::vector<StageLine> lines;
  std::vector<NodeId> moved;
  std::vector<NodeId> removed;  // Instructions that the second does without.
};

// Stages on images of Go, Rust and GCC, and on others that have a compiler of C
// installed, which run the program that they build. `context` may be null;
// `images` are what programs run on, here and below.
StageSplit SplitCompiledStage(const Facts& facts, const BuildContext* context,
                              uint32_t stage,
                              std::span<const RuntimeEntry> images);

// Stages on images of Python, which have compilers for the packages that pip
// installs.
StageSplit SplitPythonStage(const Facts& facts, const BuildContext* context,
                            uint32_t stage,
                            std::span<const RuntimeEntry> images);

// Stages on images of Ruby, which have compilers for the gems that Bundler
// installs.
StageSplit SplitRubyStage(const Facts& facts, const BuildContext* context,
                          uint32_t stage, std::span<const RuntimeEntry> images);

// Stages on images of Node that build something: with `npm run build`, say. One
// whose result is served as files goes to an image of nginx.
StageSplit SplitNodeStage(const Facts& facts, const BuildContext* context,
                          uint32_t stage, std::span<const RuntimeEntry> images);

// Stages on images of Java, Maven and Gradle that build what `java` runs.
StageSplit SplitJavaStage(const Facts& facts, const BuildContext* context,
                          uint32_t stage, std::span<const RuntimeEntry> images);

// Stages on images of .NET's SDK that publish what they run.
StageSplit SplitDotnetStage(const Facts& facts, const BuildContext* context,
                            uint32_t stage,
                            std::span<const RuntimeEntry> images);

// Stages on images of Elixir that make a release, and on those of PHP that
// install with Composer: never split, and why.
StageSplit KeepToolsOfStage(const Facts& facts, uint32_t stage);

}  // namespace dfix

#endif  // DFIX_FACTS_STAGE_SPLIT_H_
