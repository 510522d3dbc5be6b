// What an apt install loses without recommended packages, seen in its build:
// the knowledge of apt_packages.h applied to what the file installs and uses.
#ifndef DFIX_FACTS_RECOMMENDED_H_
#define DFIX_FACTS_RECOMMENDED_H_

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "src/facts/facts.h"

namespace dfix {

// A recommended package that the install must name once it skips the others.
struct NeededPackage {
  std::string_view package;
  std::string_view by;   // The package that recommends it.
  std::string_view why;  // "for https"
  // The word of the install that names `by`, or kNoNode.
  NodeId beside = kNoNode;
};

struct RecommendedAnalysis {
  std::vector<NeededPackage> needed;
  // Why the recommended packages had better come, or empty.
  std::string keep;
  // What makes the answer incomplete: packages of which nothing is known. Empty
  // if there are none.
  std::string unknown;
};

// Packages that changes which are proposed already will install.
struct AddedPackage {
  uint32_t instruction;
  std::string_view package;
};

// The analysis of `install`, an install command of the build that `facts`
// describes, after what `added` brings.
RecommendedAnalysis AnalyseRecommended(const Facts& facts,
                                       const PackageCommand& install,
                                       std::span<const AddedPackage> added);

// Whether a script adds, removes or edits package sources, by what it mentions.
bool MentionsPackageSources(std::string_view script);

// The bare name of a package operand: without version, release, architecture;
// empty for a file, a removal (`name-`) or a pattern.
std::string_view BarePackageName(std::string_view operand);

}  // namespace dfix

#endif  // DFIX_FACTS_RECOMMENDED_H_
