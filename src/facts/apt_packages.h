// What is known of apt packages whose recommended packages matter.
//
// The tables are compiled in from config/knowledge/apt-packages.yaml, which
// says what the fields mean. They are constant data: nothing runs at start-up.
// A package without an entry needs none of its recommended packages.
//
// Left out: which packages a command names, what later commands use and which
// release the image is. The tables hold for Debian 10 to 13 and Ubuntu 18.04 to
// 24.04.
#ifndef DFIX_FACTS_APT_PACKAGES_H_
#define DFIX_FACTS_APT_PACKAGES_H_

#include <cstddef>
#include <span>
#include <string_view>

#include "src/text/glob.h"

namespace dfix {

// A recommended package that must be installed by name.
struct AptNeed {
  std::string_view package;

  // Ends the sentence "`curl` needs `ca-certificates` ...": "for https".
  std::string_view why;

  // If not empty: only if a later command uses a word that matches one of these
  // globs.
  std::span<const std::string_view> when_used;

  // If not empty: also if no later command uses such a word, in an image that
  // is shipped: then the package is there for whoever uses the image.
  std::span<const std::string_view> unless_used;

  // Globs: packages that make this one needless when they are named.
  std::span<const std::string_view> satisfied_by;
};

// What is known of a package, or of all packages that a glob matches.
struct AptPackage {
  std::string_view name;
  std::span<const AptNeed> needs;

  // Why the command is better left alone; empty if it need not be.
  std::string_view keep;

  // If not empty: `keep` holds only if a later command uses such a word.
  std::span<const std::string_view> keep_when_used;

  // If not empty: `keep` does not hold if all of these are named, or what
  // satisfies them is (AptSatisfiedBy).
  std::span<const std::string_view> keep_unless_named;
};

// Globs: the packages that bring `package` with them or do its work.
struct AptSatisfaction {
  std::string_view package;
  std::span<const std::string_view> by;
};

// The generated tables: by name, exact names only; globs, longest first; by
// package.
std::span<const AptPackage> ExactAptPackages();
std::span<const AptPackage> GlobAptPackages();
std::span<const AptSatisfaction> AptSatisfactions();

// The entry of a package, or null. `name` is bare: no version, release,
// architecture or trailing `+` or `-`.
inline const AptPackage* FindAptPackage(std::string_view name) {
  std::span<const AptPackage> exact = ExactAptPackages();
  size_t begin = 0;
  size_t end = exact.size();
  while (begin < end) {
    size_t middle = begin + (end - begin) / 2;
    if (exact[middle].name == name) return &exact[middle];
    if (exact[middle].name < name) {
      begin = middle + 1;
    } else {
      end = middle;
    }
  }
  for (const AptPackage& package : GlobAptPackages()) {
    if (MatchesGlob(package.name, name)) return &package;
  }
  return nullptr;
}

// Globs for the packages that bring `package` or do its work; often none.
inline std::span<const std::string_view> AptSatisfiedBy(
    std::string_view package) {
  for (const AptSatisfaction& satisfaction : AptSatisfactions()) {
    if (satisfaction.package == package) return satisfaction.by;
  }
  return {};
}

}  // namespace dfix

#endif  // DFIX_FACTS_APT_PACKAGES_H_
