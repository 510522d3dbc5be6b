// What splits have in common of stages whose programs something else runs:
// Java's virtual machine, or .NET's.
#ifndef DFIX_FACTS_MANAGED_SPLIT_H_
#define DFIX_FACTS_MANAGED_SPLIT_H_

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "src/context/build_context.h"
#include "src/facts/facts.h"
#include "src/facts/project_build.h"
#include "src/facts/project_builder.h"
#include "src/facts/runtime_base.h"
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
  const ProjectBuilder* builder = nullptr;  // Null if it does not apply.
  RuntimeBase base;  // For programs that need no more than the runtime.
  ProjectBuild build;
  RuntimeStage runtime;
  // What containers run, without `exec` and `sh -c` in front.
  std::vector<std::string> command;
};

// What the second stage consists of.
struct ManagedResult {
  RuntimeBase base;                // The image to run on.
  std::vector<std::string> paths;  // What was built; absolute and clean.
  std::string program;             // The one of them that runs.
  // The program may read files that were copied.
  bool reads_copies = true;
};

// Splits a stage on an image for `kind` that builds as `split` does that for
// those without a problem. It does not apply to any other stage.
StageSplit SplitManagedStage(
    const Facts& facts, uint32_t stage, std::string_view kind,
    std::span<const RuntimeEntry> images,
    const std::function<StageSplit(const ManagedStage&)>& split);

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

// The ARG that `text`, of instruction `end`, depends on, by itself or by what
// ENVs say; empty if there is none.
std::string ArgumentIn(const Facts& facts, std::string_view text, uint32_t end);

// The first path in `value` that leads to where systems have their files, or
// below `workdir`, and not into one of `known`; empty if there is none.
std::string SystemFileIn(const std::string& value, std::string_view workdir,
                         const std::vector<std::string>& known);

// The program that a health check calls and that the image to run on is not
// known to have; empty if there is none.
std::string MissingForHealth(const RuntimeStage& runtime,
                             const RuntimeBase& base);

// Whether `path` is one of `folders` or lies in one.
bool LiesInOneOf(std::string_view path,
                 const std::vector<std::string>& folders);

}  // namespace dfix

#endif  // DFIX_FACTS_MANAGED_SPLIT_H_
