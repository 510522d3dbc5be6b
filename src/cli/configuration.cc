#include "src/cli/configuration.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <memory>
#include <optional>
#include <utility>

#include "generated/version.h"
#include "src/cli/file_io.h"
#include "src/cli/paths.h"
#include "src/cli/selection.h"
#include "src/config/config_file.h"

namespace dfix {
namespace {

constexpr int kMostExtended = 8;

// `DFIX_EXTEND_SELECT` for `extend-select`.
std::string VariableOf(std::string_view key) {
  std::string out = "DFIX_";
  for (const char c : key) {
    out += c == '-'
               ? '_'
               : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  }
  return out;
}

Result<Settings> SettingsOfEnvironment() {
  Settings settings;
  for (const ConfigKey& key : ConfigKeys()) {
    if (key.option.key == "extends") continue;
    const std::string variable = VariableOf(key.option.key);
    const char* text = std::getenv(variable.c_str());
    if (text == nullptr || *text == '\0') continue;
    std::vector<std::string> texts = {text};
    if (key.option.type == OptionType::kList) texts = SplitAtCommas(text);
    const auto done = Set(settings, key.option.key, texts, variable);
    if (!done) return Error{variable + ": " + done.error().message};
  }
  return settings;
}

Result<Done> CheckVersion(const Settings& settings) {
  const auto required = settings.find("required-version");
  if (required == settings.end()) return Done();
  const Value& value = required->second[0];
  if (const auto fault = FindVersionFault(value.text, kVersion)) {
    return Error{value.origin + ": " + *fault};
  }
  return Done();
}

// Makes the build context that the file at `path` names absolute. It may not
// lie outside of `root`.
Result<Done> ResolveContext(const std::string& path, const std::string& root,
                            Settings& settings) {
  const auto found = settings.find("context");
  if (found == settings.end()) return Done();
  Value& value = found->second[0];
  const std::string folder =
      Canonical(value.text.starts_with('/') ? value.text
                                            : Join(ParentOf(path), value.text));
  if (folder.empty()) {
    return Error{value.origin + ": `" + value.text + "`: " + SystemMessage()};
  }
  if (folder != root && !Below(folder, root)) {
    return Error{value.origin + ": `" + value.text + "` is outside of " + root +
                 "; expected a folder in the same tree"};
  }
  value.text = folder;
  return Done();
}

std::vector<IgnorePattern> PatternsOf(const Settings& settings) {
  std::string lines;
  for (const std::string& pattern : ListOf(settings, "exclude")) {
    lines += pattern + '\n';
  }
  return ParseIgnorePatterns(lines);
}

}  // namespace

bool IsExcluded(const FolderSettings& settings, const std::string& path) {
  const auto excluded_by = [&](const Excludes& excludes) {
    if (!path.starts_with(excludes.folder)) return false;
    const std::string_view below =
        std::string_view(path).substr(excludes.folder.size());
    for (size_t at = 0; at != std::string_view::npos; ++at) {
      at = below.find('/', at);
      const bool is_folder = at != std::string_view::npos;
      if (IsIgnored(excludes.patterns, below.substr(0, at), is_folder)
              .value_or(false)) {
        return true;
      }
      if (!is_folder) break;
    }
    return false;
  };
  return std::any_of(settings.excludes.begin(), settings.excludes.end(),
                     excluded_by);
}

Result<Done> Configurations::ReadEnvironmentAndFlags() {
  Result<Settings> environment = SettingsOfEnvironment();
  if (!environment) return environment.error();
  upper_ = Merge(*std::move(environment), options_.settings);
  const auto selected = SelectTransforms(upper_);
  if (!selected) return selected.error();
  return Done();
}

const Result<FolderSettings>& Configurations::For(const std::string& folder) {
  const auto known = folders_.find(folder);
  if (known != folders_.end()) return known->second;
  return folders_.emplace(folder, Find(folder)).first->second;
}

Result<FolderSettings> Configurations::Find(const std::string& folder) {
  Loaded loaded;
  const std::string root = RepositoryRoot(folder);
  std::string path = options_.config;
  if (!path.empty()) {
    path = Canonical(path);
    if (path.empty()) return Error{options_.config + ": " + SystemMessage()};
  } else if (!options_.isolated) {
    path = FindUpward(folder, root, {".dfix.yaml", ".dfix.yml"});
  }
  if (!path.empty()) {
    const std::string home(ParentOf(path));
    const std::string around = RepositoryRoot(home);
    Result<Loaded> read = Load(path, around.empty() ? home : around, 0);
    if (!read) return read.error();
    loaded = *std::move(read);
  }
  if (!options_.isolated) {
    path = FindUpward(folder, root, {".hadolint.yaml", ".hadolint.yml"});
    if (!path.empty()) {
      const auto done = AddHadolintIgnores(path, loaded.settings);
      if (!done) return done.error();
    }
  }
  FolderSettings out;
  out.settings = Merge(std::move(loaded.settings), upper_);
  out.excludes = std::move(loaded.excludes);
  const auto context = out.settings.find("context");
  if (context != out.settings.end()) {
    out.context = Canonical(context->second[0].text);
    if (!IsFolder(out.context)) {
      return Error{context->second[0].origin + ": `" + context->second[0].text +
                   "` is no folder; expected the build context"};
    }
  }
  out.excludes.push_back({WithSlash(Canonical(".")), PatternsOf(upper_)});
  if (const auto done = CheckVersion(out.settings); !done) return done.error();
  Result<std::vector<const Transform*>> transforms =
      SelectTransforms(out.settings);
  if (!transforms) return transforms.error();
  out.engine = {LevelOf(out.settings), *std::move(transforms),
                OptionValuesOf(out.settings)};
  UseTables(loaded, out);
  return out;
}

// Puts the tables of files on top of those that are compiled in.
void Configurations::UseTables(Loaded& loaded, FolderSettings& out) {
  if (!loaded.managers.empty()) {
    for (const PackageManager& manager : loaded.managers.rows()) {
      out.own_managers.emplace_back(manager.name);
    }
    loaded.managers.PutOnTopOf(PackageManagers());
    out.managers =
        std::make_shared<const ManagerTable>(std::move(loaded.managers));
    out.engine.managers = out.managers->rows();
  }
  if (!loaded.runtime_images.empty()) {
    for (const RuntimeEntry& image : loaded.runtime_images.rows()) {
      out.own_runtime_images.emplace_back(image.image);
    }
    loaded.runtime_images.PutOnTopOf(RuntimeEntries());
    out.runtime_images = std::make_shared<const RuntimeEntryTable>(
        std::move(loaded.runtime_images));
    out.engine.runtime_images = out.runtime_images->rows();
  }
}

// The settings of the file at `path`, absolute, with what it extends. None of
// them may lie outside of `root`.
Result<Configurations::Loaded> Configurations::Load(const std::string& path,
                                                    const std::string& root,
                                                    int depth) {
  const std::string name = ShownPath(path);
  const Result<std::string> text = ReadFile(path);
  if (!text) return Error{name + ": " + text.error().message};
  Result<Settings> settings = ParseConfigFile(*text, name);
  if (!settings) return settings.error();
  Result<ManagerTable> managers = ParsePackageManagers(*text, name);
  if (!managers) return managers.error();
  Result<RuntimeEntryTable> images = ParseRuntimeImages(*text, name);
  if (!images) return images.error();
  Loaded loaded;
  const auto extends = settings->find("extends");
  if (extends != settings->end()) {
    Result<Loaded> base = LoadExtended(path, extends->second[0], root, depth);
    if (!base) return base.error();
    loaded = *std::move(base);
    settings->erase(extends);
  }
  if (const auto done = ResolveContext(path, root, *settings); !done) {
    return done.error();
  }
  std::vector<IgnorePattern> patterns = PatternsOf(*settings);
  if (!patterns.empty()) {
    loaded.excludes.push_back(
        {WithSlash(std::string(ParentOf(path))), std::move(patterns)});
  }
  loaded.settings = Merge(std::move(loaded.settings), *settings);
  managers->PutOnTopOf(loaded.managers);
  loaded.managers = *std::move(managers);
  images->PutOnTopOf(loaded.runtime_images);
  loaded.runtime_images = *std::move(images);
  return loaded;
}

Result<Configurations::Loaded> Configurations::LoadExtended(
    const std::string& path, const Value& target, const std::string& root,
    int depth) {
  if (depth == kMostExtended) {
    return Error{target.origin +
                 ": `extends` goes in a circle, or through "
                 "more than " +
                 std::to_string(kMostExtended) + " files"};
  }
  const std::string next = target.text.starts_with('/')
                               ? Canonical(target.text)
                               : Canonical(Join(ParentOf(path), target.text));
  if (next.empty()) {
    return Error{target.origin + ": `" + target.text + "`: " + SystemMessage()};
  }
  if (!Below(next, root)) {
    return Error{target.origin + ": `" + target.text + "` is outside of " +
                 root + "; expected a file in the same tree"};
  }
  return Load(next, root, depth + 1);
}

// Adds those that mean something here: hadolint has rules that no transform
// stands for.
Result<Done> Configurations::AddHadolintIgnores(const std::string& path,
                                                Settings& settings) {
  const std::string name = ShownPath(path);
  const Result<std::string> text = ReadFile(path);
  if (!text) return Error{name + ": " + text.error().message};
  const auto ignores = ParseHadolintIgnores(*text, name);
  if (!ignores) return ignores.error();
  Settings found;
  for (const Value& ignore : *ignores) {
    if (TransformByName(ignore.text)) found["ignore"].push_back(ignore);
  }
  settings = Merge(std::move(settings), found);
  return Done();
}

}  // namespace dfix
