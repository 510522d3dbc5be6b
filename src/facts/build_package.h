// Packages that builds need and programs do not, and what those need instead.
//
// The table is compiled in from config/knowledge/build-packages.yaml, which
// says what the fields mean.
#ifndef DFIX_FACTS_BUILD_PACKAGE_H_
#define DFIX_FACTS_BUILD_PACKAGE_H_

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace dfix {

struct BuildPackage {
  std::string_view name;
  // `name`, or `name@release/release`.
  std::span<const std::string_view> debian;
  std::span<const std::string_view> alpine;
  std::span<const std::string_view> comes_with;  // Images that have these.
  bool recommends;  // What these recommend, programs may use, too.
  bool leaves_nothing;
};

// Sorted by name.
std::span<const BuildPackage> BuildPackages();

// Where a program runs.
struct RuntimeSystem {
  bool is_alpine = false;    // Else Debian.
  std::string_view image;    // The name of what it is based on, or empty.
  std::string_view release;  // Debian's, by name; empty if it is not known.
  bool is_ubuntu = false;
};

// What to install for a program that was built with `package`: absent if that
// is no package for builds, or it cannot be told for the system.
std::optional<std::vector<std::string>> RuntimePackages(
    std::string_view package, const RuntimeSystem& system);

// Whether programs may use what the packages recommend that are installed
// instead of `package`.
bool UsesRecommended(std::string_view package);

// The RUN that installs packages, which are not empty; on Debian with those
// that they recommend if `recommended` is set.
std::string PackagesInstruction(std::span<const std::string> packages,
                                bool is_alpine, bool recommended);

// Whether `package` is one that only builds need, on any system.
bool IsBuildPackage(std::string_view package);

}  // namespace dfix

#endif  // DFIX_FACTS_BUILD_PACKAGE_H_
