#include "src/facts/package_manager.h"

namespace dfix {

const PackageManager* FindPackageManager(std::string_view name) {
  for (const PackageManager& manager : PackageManagers()) {
    if (manager.name == name) return &manager;
  }
  return nullptr;
}

}  // namespace dfix
