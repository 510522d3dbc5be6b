// Which settings hold for which file: the nearest `.dfix.yaml` upward from it
// (inside its repository, if it is in one) with what that extends, the rules
// that the nearest `.hadolint.yaml` ignores, `DFIX_*` in the environment, and
// above all the command line.
#ifndef DFIX_CLI_CONFIGURATION_H_
#define DFIX_CLI_CONFIGURATION_H_

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "src/cli/ignore_rules.h"
#include "src/cli/options.h"
#include "src/config/settings.h"
#include "src/engine/engine.h"
#include "src/facts/own_table.h"
#include "src/text/result.h"

namespace dfix {

// Patterns that a configuration file excludes, relative to its folder.
struct Excludes {
  std::string folder;  // Absolute, ends with a slash.
  std::vector<IgnorePattern> patterns;
};

// What holds for the files of a folder.
struct FolderSettings {
  Settings settings;
  std::vector<Excludes> excludes;
  EngineOptions engine;
  // What `engine.managers` and `engine.runtime_images` are if files add some,
  // and the names of those.
  std::shared_ptr<const ManagerTable> managers;
  std::shared_ptr<const RuntimeEntryTable> runtime_images;
  std::vector<std::string> own_managers;
  std::vector<std::string> own_runtime_images;
  std::string context;  // The build context, absolute; empty if none is named.
};

// Whether the file at `path`, absolute and without links, or a folder that it
// is in, is excluded.
bool IsExcluded(const FolderSettings& settings, const std::string& path);

class Configurations {
 public:
  // `options` outlives it.
  explicit Configurations(const Options& options) : options_(options) {}

  // What the environment and the command line say, with what is wrong in it.
  // To be called first.
  Result<Done> ReadEnvironmentAndFlags();

  // What holds for the files in `folder`, absolute and without links. The
  // result stays where it is. The error tells which file is at fault.
  const Result<FolderSettings>& For(const std::string& folder);

 private:
  struct Loaded {
    Settings settings;
    ManagerTable managers;
    RuntimeEntryTable runtime_images;
    std::vector<Excludes> excludes;
  };

  Result<FolderSettings> Find(const std::string& folder);
  Result<Loaded> Load(const std::string& path, const std::string& root,
                      int depth);
  static void UseTables(Loaded& loaded, FolderSettings& out);
  Result<Loaded> LoadExtended(const std::string& path, const Value& target,
                              const std::string& root, int depth);
  Result<Done> AddHadolintIgnores(const std::string& path, Settings& settings);

  const Options& options_;
  Settings upper_;  // Of the environment and the command line.
  std::map<std::string, Result<FolderSettings>> folders_;
};

}  // namespace dfix

#endif  // DFIX_CLI_CONFIGURATION_H_
