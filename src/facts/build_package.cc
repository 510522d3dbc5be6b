#include "src/facts/build_package.h"

#include <algorithm>

#include "src/text/one_of.h"

namespace dfix {
namespace {

const BuildPackage* Find(std::string_view name) {
  const auto all = BuildPackages();
  const auto found = std::lower_bound(
      all.begin(), all.end(), name,
      [](const BuildPackage& package, std::string_view wanted) {
        return package.name < wanted;
      });
  return found != all.end() && found->name == name ? &*found : nullptr;
}

// Whether `releases`, separated by slashes, has `release`.
bool HasRelease(std::string_view releases, std::string_view release) {
  while (!releases.empty()) {
    const size_t slash = std::min(releases.find('/'), releases.size());
    if (releases.substr(0, slash) == release) return true;
    releases.remove_prefix(std::min(slash + 1, releases.size()));
  }
  return false;
}

}  // namespace

std::optional<std::vector<std::string>> RuntimePackages(
    std::string_view package, const RuntimeSystem& system) {
  const BuildPackage* found = Find(package);
  if (found == nullptr) return std::nullopt;
  const auto& names = system.is_alpine ? found->alpine : found->debian;
  std::vector<std::string> result;
  if (found->leaves_nothing) return result;
  if (names.empty()) return std::nullopt;
  if (IsOneOf(system.image, found->comes_with)) return result;
  for (const std::string_view name : names) {
    const size_t at = std::min(name.find('@'), name.size());
    if (at < name.size()) {
      const std::string_view releases = name.substr(at + 1);
      const bool any = !system.is_ubuntu && HasRelease(releases, "debian");
      if (!any && !HasRelease(releases, system.release)) continue;
    }
    result.emplace_back(name.substr(0, at));
  }
  // All of them are for other releases.
  if (result.empty()) return std::nullopt;
  return result;
}

bool UsesRecommended(std::string_view package) {
  const BuildPackage* found = Find(package);
  return found != nullptr && found->recommends;
}

std::string PackagesInstruction(std::span<const std::string> packages,
                                bool is_alpine, bool recommended) {
  std::string names;
  for (const std::string& package : packages) names += " " + package;
  if (is_alpine) return "RUN apk add --no-cache" + names;
  return std::string("RUN apt-get update && apt-get install -y") +
         (recommended ? "" : " --no-install-recommends") + names +
         " && rm -rf /var/lib/apt/lists/*";
}

bool IsBuildPackage(std::string_view package) {
  return Find(package) != nullptr;
}

}  // namespace dfix
