// package-managers.yaml -> src/facts/package_manager.h
#include <algorithm>
#include <cctype>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "config/generate/checked_yaml.h"
#include "config/generate/cpp_source.h"
#include "config/generate/tables.h"

namespace dfix::generate {
namespace {

constexpr std::string_view kVerbs[] = {
    "none",   "refresh", "install",     "sync",  "build", "upgrade",
    "remove", "clean",   "purge-lists", "query", "other"};
constexpr std::string_view kTraits[] = {
    "assumes-yes", "assumes-yes-twice", "skips-optional",
    "skips-cache", "only-simulates",    "refreshes-first",
    "uses-cache",  "other-root",        "own-cache"};
constexpr std::string_view kLevels[] = {"safe", "review", "bold"};
constexpr std::string_view kSharings[] = {"shared", "locked"};

// `node`, one of `names`, as an enumerator: `uses-cache` is
// CallTrait::kUsesCache.
std::string Enumerator(const YAML::Node& node, std::string_view type,
                       std::span<const std::string_view> names) {
  const std::string name = Text(node, "name");
  if (std::find(names.begin(), names.end(), name) == names.end()) {
    std::string all;
    for (const std::string_view each : names) {
      all += (all.empty() ? "" : ", ") + std::string(each);
    }
    Fail(node, "unknown name `" + name + "`", all);
  }
  std::string enumerator = std::string(type) + "::k";
  bool upper = true;
  for (const char c : name) {
    if (c != '-') enumerator += upper ? static_cast<char>(std::toupper(c)) : c;
    upper = c == '-';
  }
  return enumerator;
}

std::string VerbOf(const YAML::Node& node) {
  return Enumerator(node, "PackageVerb", kVerbs);
}
std::string TraitOf(const YAML::Node& node) {
  return Enumerator(node, "CallTrait", kTraits);
}

bool Flag(const YAML::Node& node) {
  const std::string value = Text(node, "value");
  if (value == "true" || value == "false") return value == "true";
  Fail(node, "bad value `" + value + "`", "true or false");
}

std::string OptionalText(const Fields& fields, const std::string& key) {
  return Quote(fields.Has(key) ? Text(fields.At(key), "`" + key + "`") : "");
}

std::string OptionalLevel(const Fields& fields) {
  return fields.Has("level") ? Enumerator(fields.At("level"), "Level", kLevels)
                             : "Level::kSafe";
}

// The words of a list in its own order.
std::vector<std::string> OrderedWords(const YAML::Node& node) {
  std::vector<std::string> words;
  for (const YAML::Node& item : List(node, "list of words")) {
    words.push_back(Text(item, "word"));
  }
  return words;
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

// The constant arrays that rows point at, each different one once.
class Arrays {
 public:
  // The name of a constant array of `type` with `rows`; `{}` for none.
  std::string Name(const std::string& type, const std::string& rows) {
    if (rows.empty()) return "{}";
    const auto [found, added] =
        names_.emplace(type + rows, "k" + type + std::to_string(names_.size()));
    if (added) {
      source_ += "constexpr " + type + " " + found->second + "[] = {\n" + rows +
                 "};\n";
    }
    return found->second;
  }
  const std::string& source() const { return source_; }

 private:
  std::map<std::string, std::string> names_;
  std::string source_;
};

// One manager's row, and what it points at.
class ManagerWriter {
 public:
  ManagerWriter(const YAML::Node& node, WordLists& words, Arrays& arrays)
      : fields_(node, {"name",    "family",   "programs",      "verbs",
                       "alone",   "no_verb",  "options",       "arguments",
                       "setters", "settings", "variables",     "images",
                       "yes",     "asks",     "skip_optional", "clean",
                       "caches",  "pins",     "needs_lists",   "sort",
                       "rolling"}),
        words_(words),
        arrays_(arrays) {}

  std::string Row() {
    const std::string name = Text(fields_.At("name"), "`name`");
    std::string row = "    {" + Quote(name);
    const auto add = [&](const std::string& value) {
      row += ",\n     " + value;
    };
    add(fields_.Has("family") ? OptionalText(fields_, "family") : Quote(name));
    add(words_.Name(OrderedWords(fields_.At("programs"))));
    add(Verbs());
    add(NoVerb());
    add(Options());
    add(WordList("arguments"));
    add(WordList("setters"));
    add(Settings("settings"));
    add(Settings("variables"));
    add(Images());
    add(Added("yes"));
    add(Asks());
    add(Added("skip_optional"));
    add(Clean());
    add(Caches());
    add(WordList("pins"));
    add(OptionalFlag("needs_lists"));
    add(fields_.Has("sort") ? Enumerator(fields_.At("sort"), "Level", kLevels)
                            : "std::nullopt");
    add(OptionalFlag("rolling"));
    CheckSetters();
    return row + "},\n";
  }

 private:
  std::string WordList(const std::string& key) {
    return fields_.Has(key) ? words_.Name(OrderedWords(fields_.At(key))) : "{}";
  }

  std::string OptionalFlag(const std::string& key) const {
    return fields_.Has(key) && Flag(fields_.At(key)) ? "true" : "false";
  }

  void CheckSetters() const {
    if (!fields_.Has("setters")) return;
    std::vector<std::string> arguments;
    if (fields_.Has("arguments")) arguments = Words(fields_.At("arguments"));
    for (const YAML::Node& item : fields_.At("setters")) {
      if (std::find(arguments.begin(), arguments.end(), Text(item, "option")) ==
          arguments.end()) {
        Fail(item, "setter `" + item.Scalar() + "` takes no argument",
             "an option of `arguments`");
      }
    }
  }

  // The verbs with their kinds, those with the most words first.
  std::string Verbs() {
    std::map<std::string, std::string> alone;
    if (fields_.Has("alone")) {
      for (const auto& [kind, list] : Entries(fields_.At("alone"), "kinds")) {
        for (const std::string& verb : OrderedWords(list)) {
          alone[verb] = VerbOf(kind);
        }
      }
    }
    if (!fields_.Has("verbs")) return "{}";
    struct Verb {
      std::string words, kind, alone;
    };
    std::vector<Verb> verbs;
    std::set<std::string> seen;
    for (const auto& [kind, list] : Entries(fields_.At("verbs"), "kinds")) {
      for (const std::string& verb : OrderedWords(list)) {
        if (!seen.insert(verb).second) {
          Fail(list, "verb `" + verb + "` has two kinds", "one");
        }
        const std::string of = VerbOf(kind);
        verbs.push_back({verb, of, alone.contains(verb) ? alone[verb] : of});
      }
    }
    for (const auto& [verb, kind] : alone) {
      if (!seen.contains(verb)) {
        Fail(fields_.At("alone"), "unknown verb `" + verb + "`",
             "one of `verbs`");
      }
    }
    std::stable_sort(verbs.begin(), verbs.end(),
                     [](const Verb& a, const Verb& b) {
                       return a.words.size() > b.words.size();
                     });
    std::string rows;
    for (const Verb& verb : verbs) {
      rows += "    {" + Quote(verb.words) + ", " + verb.kind + ", " +
              verb.alone + "},\n";
    }
    return arrays_.Name("ManagerVerb", rows);
  }

  std::string NoVerb() const {
    if (!fields_.Has("no_verb")) {
      return "PackageVerb::kOther, PackageVerb::kNone";
    }
    const Fields kinds(fields_.At("no_verb"), {"operands", "alone"});
    return VerbOf(kinds.At("operands")) + ", " + VerbOf(kinds.At("alone"));
  }

  std::string Options() {
    if (!fields_.Has("options")) return "{}";
    std::string rows;
    for (const auto& [trait, list] : Entries(fields_.At("options"), "traits")) {
      for (const std::string& name : OrderedWords(list)) {
        if (name.size() < 2 || name[0] != '-') {
          Fail(list, "bad option `" + name + "`", "-x or --word");
        }
        rows += "    {" + Quote(name) + ", " + TraitOf(trait) + "},\n";
      }
    }
    return arrays_.Name("ManagerOption", rows);
  }

  std::string Settings(const std::string& key) {
    if (!fields_.Has(key)) return "{}";
    std::string rows;
    for (const YAML::Node& item : List(fields_.At(key), "list of settings")) {
      const Fields setting(item, {"name", "makes", "value"});
      const std::string value = Text(setting.At("value"), "`value`");
      if (value != "any" && value != "yes") {
        Fail(setting.At("value"), "bad value `" + value + "`", "any or yes");
      }
      rows += "    {" + OptionalText(setting, "name") + ", " +
              TraitOf(setting.At("makes")) + ", " +
              (value == "any" ? "true" : "false") + "},\n";
    }
    return arrays_.Name("ManagerSetting", rows);
  }

  std::string Images() {
    if (!fields_.Has("images")) return "{}";
    std::string rows;
    for (const YAML::Node& item :
         List(fields_.At("images"), "list of images")) {
      const Fields image(item, {"image", "makes"});
      rows += "    {" + Quote(Text(image.At("image"), "`image`")) + ", " +
              TraitOf(image.At("makes")) + "},\n";
    }
    return arrays_.Name("ImageTrait", rows);
  }

  std::string AddedOption(const Fields& fields) {
    const bool before =
        fields.Has("before_verb") && Flag(fields.At("before_verb"));
    return "{" + OptionalText(fields, "option") +
           (before ? ", true, " : ", false, ") + OptionalLevel(fields) + ", " +
           (fields.Has("verbs") ? words_.Name(OrderedWords(fields.At("verbs")))
                                : "{}") +
           "}";
  }

  std::string Added(const std::string& key) {
    if (!fields_.Has(key)) return "{}";
    const Fields added(fields_.At(key),
                       {"option", "before_verb", "level", "verbs"});
    added.At("option");
    return AddedOption(added);
  }

  std::string Asks() {
    std::string rows;
    if (fields_.Has("asks")) {
      for (const YAML::Node& item : List(fields_.At("asks"), "list of kinds")) {
        rows += "    " + VerbOf(item) + ",\n";
      }
    } else if (fields_.Has("yes")) {
      rows =
          "    PackageVerb::kInstall,\n    PackageVerb::kUpgrade,\n"
          "    PackageVerb::kRemove,\n";
    }
    return arrays_.Name("PackageVerb", rows);
  }

  std::string Clean() {
    if (!fields_.Has("clean")) return "{}";
    const YAML::Node& node = fields_.At("clean");
    const Fields clean(
        node, {"option", "before_verb", "command", "level", "replaces",
               "brings_lists", "paths", "unless_mentioned", "unless_reason"});
    if (clean.Has("option") == clean.Has("command")) {
      Fail(node, "a clean-up without a way", "either option or command");
    }
    if (clean.Has("unless_mentioned") != clean.Has("unless_reason")) {
      Fail(node, "half of a condition", "unless_mentioned and unless_reason");
    }
    const auto list = [&](const std::string& key) {
      return clean.Has(key) ? words_.Name(OrderedWords(clean.At(key))) : "{}";
    };
    return "{" + AddedOption(clean) + ", " + OptionalText(clean, "command") +
           ", " + OptionalLevel(clean) + ", " + list("replaces") +
           (clean.Has("brings_lists") && Flag(clean.At("brings_lists"))
                ? ", true, "
                : ", false, ") +
           list("paths") + ", " + list("unless_mentioned") + ", " +
           OptionalText(clean, "unless_reason") + "}";
  }

  // A path of a cache.
  static std::string Path(const YAML::Node& node) {
    const std::string path = Text(node, "path");
    if (!path.starts_with('/') && !path.starts_with("~/")) {
      Fail(node, "bad path `" + path + "`", "one that begins with / or ~/");
    }
    return Quote(path);
  }

  std::string Caches() {
    if (!fields_.Has("caches")) return "{}";
    std::string rows;
    for (const YAML::Node& item :
         List(fields_.At("caches"), "list of caches")) {
      const Fields cache(item, {"path", "root_path", "variable", "below",
                                "images", "sharing", "lists"});
      std::string images;
      if (cache.Has("images")) {
        for (const YAML::Node& image : List(cache.At("images"), "images")) {
          const Fields place(image, {"image", "path"});
          images += "    {" + Quote(Text(place.At("image"), "`image`")) + ", " +
                    Path(place.At("path")) + "},\n";
        }
      }
      const bool lists = cache.Has("lists") && Flag(cache.At("lists"));
      rows +=
          "    {" + Path(cache.At("path")) + ", " +
          (cache.Has("root_path") ? Path(cache.At("root_path")) : Quote("")) +
          ", " + OptionalText(cache, "variable") + ", " +
          OptionalText(cache, "below") + ", " +
          arrays_.Name("ImagePath", images) + ", " +
          Enumerator(cache.At("sharing"), "CacheSharing", kSharings) +
          (lists ? ", true},\n" : ", false},\n");
    }
    return arrays_.Name("ManagerCache", rows);
  }

  Fields fields_;
  WordLists& words_;
  Arrays& arrays_;
};

}  // namespace

std::string GeneratePackageManagers(const YAML::Node& root) {
  const Fields fields(root, {"shared", "managers"});
  if (fields.Has("shared")) List(fields.At("shared"), "list of shared parts");
  WordLists words;
  Arrays arrays;
  std::string rows;
  std::set<std::string> seen;
  for (const YAML::Node& item : List(fields.At("managers"), "managers")) {
    rows += ManagerWriter(item, words, arrays).Row();
    if (!seen.insert(item["name"].Scalar()).second) {
      Fail(item, "manager `" + item["name"].Scalar() + "` has two entries",
           "one");
    }
  }
  return "#include \"src/facts/package_manager.h\"\n\n"
         "#include <span>\n#include <string_view>\n\n"
         "namespace dfix {\n\nnamespace {\n\n"
         "using std::string_view_literals::operator\"\"sv;\n\n" +
         words.source() + arrays.source() +
         "constexpr PackageManager kManagers[] = {\n" + rows +
         "};\n\n}  // namespace\n\n"
         "std::span<const PackageManager> PackageManagers() {\n"
         "  return kManagers;\n}\n\n}  // namespace dfix\n";
}

}  // namespace dfix::generate
