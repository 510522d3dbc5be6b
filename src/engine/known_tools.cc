#include "src/engine/known_tools.h"

#include <algorithm>
#include <string_view>

namespace dfix {
namespace {

using equivalence::Cache;
using equivalence::FlagKind;
using equivalence::FlagRule;
using equivalence::KnownTools;

bool IsKnown(const KnownTools& tools, std::string_view program) {
  const auto has = [&](const auto& row) {
    return equivalence::IsProgram(row.programs, program);
  };
  return std::any_of(tools.flags.begin(), tools.flags.end(), has) ||
         std::any_of(tools.caches.begin(), tools.caches.end(), has);
}

void AddFlag(const AddedOption& option, std::string_view program, FlagKind kind,
             KnownTools& tools) {
  if (!option.text.empty()) {
    tools.flags.push_back({program, "", option.text, kind});
  }
}

void AddCaches(const PackageManager& manager, std::string_view program,
               KnownTools& tools) {
  for (const ManagerCache& cache : manager.caches) {
    Cache row = {.programs = program, .fills = "", .directories = cache.path};
    row.needs_root = !cache.path.starts_with('~');
    row.option = manager.clean.option.text;
    row.clean_up = manager.clean.command;
    tools.caches.push_back(row);
  }
}

}  // namespace

KnownTools KnownToolsWith(std::span<const PackageManager> managers,
                          std::span<const RuntimeEntry> images) {
  const KnownTools& own = equivalence::BuiltInTools();
  KnownTools tools = own;
  for (const PackageManager& manager : managers) {
    for (const std::string_view program : manager.programs) {
      const bool plain = program.find_first_of(" *?[") == program.npos;
      if (!plain || IsKnown(own, program)) continue;
      AddFlag(manager.yes, program, FlagKind::kAnswer, tools);
      AddFlag(manager.skip_optional, program, FlagKind::kContent, tools);
      AddCaches(manager, program, tools);
    }
  }
  for (const RuntimeEntry& image : images) {
    const bool built_in =
        std::any_of(RuntimeEntries().begin(), RuntimeEntries().end(),
                    [&](const RuntimeEntry& other) {
                      return other.image.data() == image.image.data();
                    });
    if (!built_in) tools.runtime_images.push_back(image.image);
  }
  return tools;
}

}  // namespace dfix
