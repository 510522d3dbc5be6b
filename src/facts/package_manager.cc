#include "src/facts/package_manager.h"

#include <cstddef>

namespace dfix {

std::string_view Name(PackageVerb verb) {
  constexpr std::string_view kNames[] = {
      "none",   "refresh", "install",     "sync",  "build", "upgrade",
      "remove", "clean",   "purge-lists", "query", "other"};
  return kNames[static_cast<size_t>(verb)];
}

const PackageManager* FindPackageManager(std::string_view name) {
  for (const PackageManager& manager : PackageManagers()) {
    if (manager.name == name) return &manager;
  }
  return nullptr;
}

}  // namespace dfix
