// What an apt install loses without recommended packages, seen in its build:
// the knowledge of apt_packages.h applied to what the file installs and uses.
#ifndef DFIX_FACTS_RECOMMENDED_H_
#define DFIX_FACTS_RECOMMENDED_H_

#include <functional>
#include <map>
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

// What a file installs with apt and what it uses, gathered once for all of its
// install commands.
class AptBuilds {
 public:
  // `facts` outlives it.
  explicit AptBuilds(const Facts& facts);

  const Facts& facts() const { return facts_; }
  // Whether the build, before or with `install`, installs a package whose name
  // `matches`.
  bool Installs(const PackageCommand& install,
                const std::function<bool(const std::string&)>& matches) const;
  // Whether the build, up to `install`, touches package sources.
  bool ChangesSourcesBefore(const PackageCommand& install) const;
  // Whether a command after `install` uses a word that one of `globs`, a
  // constant list, matches, or may: a script of the project, or one that was
  // not understood.
  bool UsesLater(const PackageCommand& install,
                 std::span<const std::string_view> globs);

 private:
  struct Installed {
    uint32_t stage;
    NodeId first;  // The first command of the stage that installs it.
    std::string name;
  };

  const Facts& facts_;
  std::vector<Installed> installed_;
  // The instructions that touch package sources.
  std::vector<uint32_t> source_changes_;
  // By the list of globs: the instructions that use what they match.
  std::map<const std::string_view*, std::vector<uint32_t>> users_;
};

// The analysis of `install`, an install command of the file, after what `added`
// brings.
RecommendedAnalysis AnalyseRecommended(AptBuilds& builds,
                                       const PackageCommand& install,
                                       std::span<const AddedPackage> added);

// Why `call` had better not skip recommended packages, with what `analysis`
// says of it; empty if it may.
std::string RecommendedObstacle(const Facts& facts, const PackageCommand& call,
                                const RecommendedAnalysis& analysis);

// Whether a script adds, removes or edits package sources, by what it mentions.
bool MentionsPackageSources(std::string_view script);

// The bare name of a package operand: without version, release, architecture;
// empty for a file, a removal (`name-`) or a pattern.
std::string_view BarePackageName(std::string_view operand);

}  // namespace dfix

#endif  // DFIX_FACTS_RECOMMENDED_H_
