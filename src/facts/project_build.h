// A stage that builds a project with tools that write into its folder, as Maven
// and `dotnet` do, and then is the image that runs the result: what its RUNs
// are for.
//
// Everything that is not known for certain to matter to the build alone is a
// problem. Left out: what the tools leave where, which is the ecosystem's, and
// files of the build context (shipped_files.h).
#ifndef DFIX_FACTS_PROJECT_BUILD_H_
#define DFIX_FACTS_PROJECT_BUILD_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "src/facts/facts.h"
#include "src/facts/project_builder.h"

namespace dfix {

// A call of a tool that builds. A word is absent if it is not constant.
struct BuildToolCall {
  std::string folder;  // Absolute and clean.
  std::vector<std::optional<std::string>> words;
};

struct ProjectBuild {
  // Why it cannot be told what the program needs, and the instruction that is
  // to blame; else empty.
  std::string problem;
  uint32_t problem_at = kNoInstruction;
  std::vector<BuildToolCall> calls;
  // The last RUN that works on the project; kNoInstruction if none builds.
  uint32_t last_run = kNoInstruction;
  // Files and folders outside the working directories that commands make.
  std::vector<std::string> made;
  // RUNs of the build that make users, which the program may need.
  std::vector<NodeId> users;
  // The RUN of the build that gives files to a user; kNoInstruction if none.
  uint32_t gives_away = kNoInstruction;
  // What commands behind the build name that must be there.
  std::vector<std::string> used_later;
};

// What the RUNs of a stage do that begins on an image that builds.
ProjectBuild ReadProjectBuild(const Facts& facts, uint32_t stage,
                              const ProjectBuilder& builder);

// The words of a call of one of `tools`, from the tool's own name on:
// `sh ./mvnw package` is a call of `mvnw`. Empty if it calls none.
std::vector<std::optional<std::string>> ToolWordsOf(
    std::vector<std::optional<std::string>> words,
    std::span<const std::string_view> tools);

}  // namespace dfix

#endif  // DFIX_FACTS_PROJECT_BUILD_H_
