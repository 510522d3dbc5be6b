// What splits have in common of stages whose programs something else runs:
// Java's virtual machine, or .NET's.
#ifndef DFIX_FACTS_MANAGED_SPLIT_H_
#define DFIX_FACTS_MANAGED_SPLIT_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "src/context/build_context.h"
#include "src/facts/facts.h"
#include "src/facts/project_build.h"
#include "src/facts/runtime_image.h"
#include "src/facts/runtime_stage.h"
#include "src/facts/shipped_files.h"
#include "src/facts/stage_split.h"

namespace dfix {

// A stage on an image to build with, and what its instructions are for.
struct ManagedStage {
  bool applies = false;  // It builds, and is of the kind asked for.
  std::string problem;   // Why it cannot be split; else empty.
  uint32_t problem_at = kNoInstruction;
  uint32_t stage = 0;
  RuntimeImage image;
  ProjectBuild build;
  RuntimeStage runtime;
  // What containers run, without `exec` and `sh -c` in front.
  std::vector<std::string> command;
};
ManagedStage ReadManagedStage(const Facts& facts, uint32_t stage,
                              std::string_view kind);

// What the second stage consists of.
struct ManagedResult {
  std::string image;               // The image to run on.
  std::vector<std::string> paths;  // What was built; absolute and clean.
  std::string program;             // The one of them that runs.
  // The program may read files that were copied.
  bool reads_copies = true;
};

// The split by which `result` runs in a stage of its own.
StageSplit FinishManagedSplit(const Facts& facts, const BuildContext* context,
                              const ManagedStage& stage,
                              const ManagedResult& result,
                              const ProjectRules& rules);

// The same split with a problem.
StageSplit RefusedSplit(const ManagedStage& stage, std::string problem,
                        uint32_t at = kNoInstruction);

// `command` without what only starts it, `exec` and `sh -c`. Empty if that is a
// script that is more than a list of words.
std::vector<std::string> Unwrapped(std::vector<std::string> command);

// The words of RUNs of the stage that make users; names are among them.
std::vector<std::string> UserWords(const Facts& facts, uint32_t stage);

// The first path in `value` that leads to where systems have their files, or
// below `workdir`, and not into one of `known`; empty if there is none.
std::string SystemFileIn(const std::string& value, std::string_view workdir,
                         const std::vector<std::string>& known);

// The program that a health check calls and that the image to run on, `rule`,
// is not known to have; empty if there is none.
std::string MissingForHealth(const RuntimeStage& runtime,
                             const RuntimeImageRule& rule);

// Whether `path` is one of `folders` or lies in one.
bool LiesInOneOf(std::string_view path,
                 const std::vector<std::string>& folders);

}  // namespace dfix

#endif  // DFIX_FACTS_MANAGED_SPLIT_H_
