#include "src/config/package_manager_reader.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "src/config/checked_yaml.h"

namespace dfix {
namespace {

constexpr std::string_view kFields[] = {
    "name",      "family",  "programs",  "verbs",       "alone",
    "no_verb",   "options", "arguments", "setters",     "settings",
    "variables", "images",  "yes",       "asks",        "skip_optional",
    "clean",     "caches",  "pins",      "needs_lists", "sort",
    "rolling",   "mount",   "old_images"};
constexpr std::string_view kLevels[] = {"safe", "review", "bold"};
constexpr std::string_view kSharings[] = {"shared", "locked"};

// `node`, one of `names`, as the value of that place in an enumeration.
template <typename Enum>
Enum Choice(const YAML::Node& node, std::span<const std::string_view> names) {
  const std::string name = Text(node, "name");
  const auto found = std::find(names.begin(), names.end(), name);
  if (found != names.end()) return static_cast<Enum>(found - names.begin());
  std::string all;
  for (const std::string_view each : names) {
    all += (all.empty() ? "" : ", ") + std::string(each);
  }
  Fail(node, "unknown name `" + name + "`", all);
}

PackageVerb VerbOf(const YAML::Node& node) {
  return Choice<PackageVerb>(node, kPackageVerbNames);
}
CallTrait TraitOf(const YAML::Node& node) {
  return Choice<CallTrait>(node, kCallTraitNames);
}

bool Flag(const YAML::Node& node) {
  const std::string value = Text(node, "value");
  if (value == "true" || value == "false") return value == "true";
  Fail(node, "bad value `" + value + "`", "true or false");
}

// The texts of a list in its own order.
std::vector<std::string> Texts(const YAML::Node& node) {
  std::vector<std::string> texts;
  for (const YAML::Node& item : List(node, "list of words")) {
    texts.push_back(Text(item, "word"));
  }
  return texts;
}

// The entries of a mapping whose keys, each given once, mean something.
std::vector<std::pair<YAML::Node, YAML::Node>> Entries(const YAML::Node& node,
                                                       std::string_view keys) {
  if (!node.IsMap()) Fail(node, "not a mapping", std::string(keys));
  std::vector<std::pair<YAML::Node, YAML::Node>> entries;
  std::set<std::string> seen;
  for (const auto& entry : node) {
    const std::string key = Text(entry.first, "key");
    if (!seen.insert(key).second) {
      Fail(entry.first, "`" + key + "` given twice", "it once");
    }
    entries.emplace_back(entry.first, entry.second);
  }
  return entries;
}

// What a script is to contain: words that a shell takes as they are, but for
// `~`, `*` and `{program}`.
std::string PlainWords(const YAML::Node& node, std::string_view what) {
  std::string text = Text(node, what);
  const bool plain =
      std::all_of(text.begin(), text.end(),
                  [](char c) {
                    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
                           (c >= 'a' && c <= 'z') ||
                           std::string_view(" -_./=:,+@%~*{}").find(c) !=
                               std::string_view::npos;
                  }) &&
      text.front() != ' ' && text.back() != ' ';
  if (!plain) {
    Fail(node, "bad " + std::string(what) + " `" + text + "`",
         "words without quotes, operators and variables");
  }
  return text;
}

std::string OptionWord(const YAML::Node& node) {
  std::string text = PlainWords(node, "option");
  if (text.size() < 2 || text[0] != '-' ||
      text.find_first_of(" ~*{") != std::string::npos) {
    Fail(node, "bad option `" + text + "`", "-x or --word");
  }
  return text;
}

std::string Path(const YAML::Node& node) {
  std::string path = Text(node, "path");
  if (!path.starts_with('/') && !path.starts_with("~/")) {
    Fail(node, "bad path `" + path + "`", "one that begins with / or ~/");
  }
  return path;
}

// Reads one entry into a row, and what it points at into the table.
class EntryReader {
 public:
  EntryReader(const YAML::Node& node, ManagerTable& table)
      : fields_(node, {std::begin(kFields), std::end(kFields)}),
        table_(table) {}

  PackageManager Read() {
    PackageManager row = {};
    row.name = TextOf(fields_, "name");
    if (row.name.empty()) fields_.At("name");
    row.family = fields_.Has("family") ? TextOf(fields_, "family") : row.name;
    fields_.At("programs");
    row.programs = Programs();
    row.verbs = Verbs();
    ReadNoVerb(row);
    row.options = Options();
    row.arguments = ListOf(fields_, "arguments");
    row.setters = ListOf(fields_, "setters");
    row.settings = Settings("settings");
    row.variables = Settings("variables");
    row.images = Images();
    row.yes = Added("yes");
    row.asks = Asks();
    row.skip_optional = Added("skip_optional");
    row.clean = Clean();
    row.caches = Caches();
    row.pins = ListOf(fields_, "pins");
    row.needs_lists = FlagOf(fields_, "needs_lists");
    if (fields_.Has("sort")) {
      row.sort = Choice<Level>(fields_.At("sort"), kLevels);
    }
    row.rolling = FlagOf(fields_, "rolling");
    row.mount = Mount();
    row.old_images = ListOf(fields_, "old_images");
    CheckSetters(row);
    return row;
  }

 private:
  std::string_view TextOf(const Fields& fields, const std::string& key) {
    if (!fields.Has(key)) return "";
    return table_.Keep(Text(fields.At(key), "`" + key + "`"));
  }

  static bool FlagOf(const Fields& fields, const std::string& key) {
    return fields.Has(key) && Flag(fields.At(key));
  }

  static Level LevelOf(const Fields& fields) {
    return fields.Has("level") ? Choice<Level>(fields.At("level"), kLevels)
                               : Level::kSafe;
  }

  std::span<const std::string_view> ListOf(const Fields& fields,
                                           const std::string& key) {
    if (!fields.Has(key)) return {};
    std::vector<std::string_view> texts;
    for (std::string& text : Texts(fields.At(key))) {
      texts.push_back(table_.Keep(std::move(text)));
    }
    return table_.Keep(std::move(texts));
  }

  std::span<const std::string_view> Programs() {
    for (const YAML::Node& item : List(fields_.At("programs"), "programs")) {
      const std::string program = Text(item, "program");
      const bool bad = program.find("  ") != std::string::npos ||
                       program.find('/') != std::string::npos ||
                       program.front() == ' ' || program.back() == ' ';
      if (bad) {
        Fail(item, "bad program `" + program + "`",
             "names with one blank between, without directories");
      }
    }
    return ListOf(fields_, "programs");
  }

  void CheckSetters(const PackageManager& row) const {
    for (const std::string_view setter : row.setters) {
      if (std::find(row.arguments.begin(), row.arguments.end(), setter) !=
          row.arguments.end()) {
        continue;
      }
      Fail(fields_.At("setters"),
           "setter `" + std::string(setter) + "` takes no argument",
           "an option of `arguments`");
    }
  }

  // What verbs are without operands, if that is something else.
  std::map<std::string, PackageVerb> Alone() const {
    std::map<std::string, PackageVerb> alone;
    if (!fields_.Has("alone")) return alone;
    for (const auto& [kind, list] : Entries(fields_.At("alone"), "kinds")) {
      for (const std::string& verb : Texts(list)) alone[verb] = VerbOf(kind);
    }
    return alone;
  }

  // The verbs with their kinds, those with the most words first.
  std::span<const ManagerVerb> Verbs() {
    const std::map<std::string, PackageVerb> alone = Alone();
    std::vector<ManagerVerb> verbs;
    std::set<std::string> seen;
    if (fields_.Has("verbs")) {
      for (const auto& [kind, list] : Entries(fields_.At("verbs"), "kinds")) {
        const PackageVerb of = VerbOf(kind);
        for (const std::string& verb : Texts(list)) {
          if (!seen.insert(verb).second) {
            Fail(list, "verb `" + verb + "` has two kinds", "one");
          }
          const auto other = alone.find(verb);
          verbs.push_back({table_.Keep(verb), of,
                           other != alone.end() ? other->second : of});
        }
      }
    }
    for (const auto& [verb, kind] : alone) {
      if (!seen.contains(verb)) {
        Fail(fields_.At("alone"), "unknown verb `" + verb + "`",
             "one of `verbs`");
      }
    }
    std::stable_sort(verbs.begin(), verbs.end(),
                     [](const ManagerVerb& a, const ManagerVerb& b) {
                       return a.words.size() > b.words.size();
                     });
    return table_.Keep(std::move(verbs));
  }

  void ReadNoVerb(PackageManager& row) const {
    if (!fields_.Has("no_verb")) return;
    const Fields kinds(fields_.At("no_verb"), {"operands", "alone"});
    row.with_operands = VerbOf(kinds.At("operands"));
    row.alone = VerbOf(kinds.At("alone"));
  }

  std::span<const ManagerOption> Options() {
    if (!fields_.Has("options")) return {};
    std::vector<ManagerOption> options;
    for (const auto& [trait, list] : Entries(fields_.At("options"), "traits")) {
      for (const YAML::Node& item : List(list, "list of options")) {
        options.push_back({table_.Keep(OptionWord(item)), TraitOf(trait)});
      }
    }
    return table_.Keep(std::move(options));
  }

  std::span<const ManagerSetting> Settings(const std::string& key) {
    if (!fields_.Has(key)) return {};
    std::vector<ManagerSetting> settings;
    for (const YAML::Node& item : List(fields_.At(key), "list of settings")) {
      const Fields setting(item, {"name", "makes", "value"});
      const std::string value = Text(setting.At("value"), "`value`");
      if (value != "any" && value != "yes") {
        Fail(setting.At("value"), "bad value `" + value + "`", "any or yes");
      }
      setting.At("name");
      settings.push_back({TextOf(setting, "name"), TraitOf(setting.At("makes")),
                          value == "any"});
    }
    return table_.Keep(std::move(settings));
  }

  std::span<const ImageTrait> Images() {
    if (!fields_.Has("images")) return {};
    std::vector<ImageTrait> images;
    for (const YAML::Node& item : List(fields_.At("images"), "images")) {
      const Fields image(item, {"image", "makes"});
      image.At("image");
      images.push_back({TextOf(image, "image"), TraitOf(image.At("makes"))});
    }
    return table_.Keep(std::move(images));
  }

  AddedOption AddedOptionOf(const Fields& fields) {
    return {table_.Keep(OptionWord(fields.At("option"))),
            FlagOf(fields, "before_verb"), LevelOf(fields),
            ListOf(fields, "verbs")};
  }

  AddedOption Added(const std::string& key) {
    if (!fields_.Has(key)) return {};
    return AddedOptionOf(
        Fields(fields_.At(key), {"option", "before_verb", "level", "verbs"}));
  }

  std::span<const PackageVerb> Asks() {
    std::vector<PackageVerb> asks;
    if (fields_.Has("asks")) {
      for (const YAML::Node& item : List(fields_.At("asks"), "list of kinds")) {
        asks.push_back(VerbOf(item));
      }
    } else if (fields_.Has("yes")) {
      asks = {PackageVerb::kInstall, PackageVerb::kUpgrade,
              PackageVerb::kRemove};
    }
    return table_.Keep(std::move(asks));
  }

  static void CheckCondition(const Fields& fields, const YAML::Node& node) {
    if (fields.Has("unless_mentioned") != fields.Has("unless_reason")) {
      Fail(node, "half of a condition", "unless_mentioned and unless_reason");
    }
  }

  CacheCleaning Clean() {
    if (!fields_.Has("clean")) return {};
    const YAML::Node& node = fields_.At("clean");
    const Fields clean(
        node, {"option", "before_verb", "command", "level", "replaces",
               "brings_lists", "paths", "unless_mentioned", "unless_reason"});
    if (clean.Has("option") == clean.Has("command")) {
      Fail(node, "a clean-up without a way", "either option or command");
    }
    CheckCondition(clean, node);
    CacheCleaning row = {};
    if (clean.Has("option")) {
      row.option = AddedOptionOf(clean);
    } else {
      row.command = table_.Keep(PlainWords(clean.At("command"), "command"));
    }
    row.level = LevelOf(clean);
    row.replaces = ListOf(clean, "replaces");
    row.brings_lists = FlagOf(clean, "brings_lists");
    row.paths = ListOf(clean, "paths");
    row.unless_mentioned = ListOf(clean, "unless_mentioned");
    row.unless_reason = TextOf(clean, "unless_reason");
    return row;
  }

  CacheMounting Mount() {
    if (!fields_.Has("mount")) return {};
    const Fields mount(
        fields_.At("mount"),
        {"use", "unless_run", "unless_mentioned", "unless_reason"});
    CheckCondition(mount, fields_.At("mount"));
    CacheMounting row;
    row.use = Choice<CacheUse>(mount.At("use"), kCacheUseNames);
    row.unless_run = ListOf(mount, "unless_run");
    row.unless_mentioned = ListOf(mount, "unless_mentioned");
    row.unless_reason = TextOf(mount, "unless_reason");
    return row;
  }

  std::string_view PathOf(const Fields& fields, const std::string& key) {
    return fields.Has(key) ? table_.Keep(Path(fields.At(key))) : "";
  }

  std::span<const ImagePath> ImagePaths(const Fields& cache) {
    if (!cache.Has("images")) return {};
    std::vector<ImagePath> paths;
    for (const YAML::Node& item : List(cache.At("images"), "images")) {
      const Fields image(item, {"image", "path"});
      image.At("image");
      image.At("path");
      paths.push_back({TextOf(image, "image"), PathOf(image, "path")});
    }
    return table_.Keep(std::move(paths));
  }

  std::span<const ManagerCache> Caches() {
    if (!fields_.Has("caches")) return {};
    std::vector<ManagerCache> caches;
    for (const YAML::Node& item :
         List(fields_.At("caches"), "list of caches")) {
      const Fields cache(item, {"path", "root_path", "variable", "below",
                                "images", "sharing", "lists", "of_builds"});
      cache.At("path");
      caches.push_back({PathOf(cache, "path"), PathOf(cache, "root_path"),
                        TextOf(cache, "variable"), TextOf(cache, "below"),
                        ImagePaths(cache),
                        Choice<CacheSharing>(cache.At("sharing"), kSharings),
                        FlagOf(cache, "lists"), FlagOf(cache, "of_builds")});
    }
    return table_.Keep(std::move(caches));
  }

  Fields fields_;
  ManagerTable& table_;
};

}  // namespace

std::span<const std::string_view> PackageManagerFields() { return kFields; }

ManagerTable ReadPackageManagers(const YAML::Node& list) {
  ManagerTable table;
  std::set<std::string_view> seen;
  for (const YAML::Node& item : List(list, "list of package managers")) {
    table.Add(EntryReader(item, table).Read());
    const std::string_view name = table.rows().back().name;
    if (!seen.insert(name).second) {
      Fail(item, "manager `" + std::string(name) + "` has two entries", "one");
    }
  }
  return table;
}

}  // namespace dfix
