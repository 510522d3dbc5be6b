// What speaks against naming the packages that an install would lack.
#include <algorithm>
#include <string>

#include "src/facts/recommended.h"

namespace dfix {
namespace {

// Naming more than that is no improvement that a reader would want.
constexpr size_t kMostAdditions = 4;

// Whether a later command of the same RUN removes packages again.
bool RemovesLater(const Facts& facts, const PackageCommand& call) {
  return std::any_of(
      facts.package_commands().begin(), facts.package_commands().end(),
      [&](const PackageCommand& other) {
        return other.instruction == call.instruction && IsApt(*other.manager) &&
               other.verb == PackageVerb::kRemove &&
               Index(other.command) > Index(call.command);
      });
}

// Releases whose archives may lack a package that the table names.
bool IsOldRelease(const Facts& facts, uint32_t instruction) {
  constexpr std::string_view kOld[] = {
      "trusty",  "xenial",  "14.04",    "16.04",    "wheezy",  "jessie",
      "stretch", "precise", "debian:7", "debian:8", "debian:9"};
  uint32_t stage = facts.instructions()[instruction].stage;
  while (facts.stages()[stage].parent != kNoStage) {
    stage = facts.stages()[stage].parent;
  }
  const std::string base = facts.stages()[stage].base.value_or("");
  return std::any_of(std::begin(kOld), std::end(kOld),
                     [&](std::string_view release) {
                       return base.find(release) != std::string::npos;
                     });
}

}  // namespace

std::string RecommendedObstacle(const Facts& facts, const PackageCommand& call,
                                const RecommendedAnalysis& analysis) {
  if (!analysis.keep.empty()) {
    return "recommended packages stay for " + analysis.keep;
  }
  for (const NeededPackage& need : analysis.needed) {
    if (need.package == "ca-certificates" || need.package == "libc6-dev" ||
        !IsOldRelease(facts, call.instruction)) {
      continue;
    }
    return "the release may lack `" + std::string(need.package) + "`, which `" +
           std::string(need.by) + "` would need by name";
  }
  if (!analysis.needed.empty() && RemovesLater(facts, call)) {
    return "`" + std::string(analysis.needed[0].package) +
           "` would have to be named, and the script removes packages again";
  }
  if (analysis.needed.size() > kMostAdditions) {
    return "too many recommended packages are needed";
  }
  return "";
}

}  // namespace dfix
