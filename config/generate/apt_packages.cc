// apt-packages.yaml -> src/facts/apt_packages.h
#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "config/generate/cpp_source.h"
#include "config/generate/tables.h"
#include "src/config/checked_yaml.h"

namespace dfix::generate {
namespace {

// A package name of Debian's policy; with `*` and `?` if it may be a glob.
std::string PackageName(const YAML::Node& node, bool glob) {
  std::string name = Text(node, "package name");
  for (char c : name) {
    bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' ||
                 c == '-' || c == '.';
    if (plain || (glob && (c == '*' || c == '?'))) continue;
    Fail(node, "bad package name `" + name + "`",
         glob ? "a name or a glob" : "a name, no glob");
  }
  return name;
}

bool IsGlob(std::string_view name) {
  return name.find_first_of("*?") != std::string_view::npos;
}

std::vector<std::string> PackageNames(const YAML::Node& node, bool glob) {
  std::vector<std::string> names;
  for (const YAML::Node& item : List(node, "list of packages")) {
    std::string name = PackageName(item, glob);
    if (!names.empty() && name <= names.back()) {
      Fail(item, "package `" + name + "` after `" + names.back() + "`",
           "sorted names, each once");
    }
    names.push_back(std::move(name));
  }
  return names;
}

struct Need {
  std::string package;
  std::string why;
  std::vector<std::string> when_used;
  std::vector<std::string> unless_used;
};

struct Package {
  std::string name;
  std::vector<Need> needs;
  std::string keep;
  std::vector<std::string> when_used;
  std::vector<std::string> unless_named;
};

using Satisfactions = std::map<std::string, std::vector<std::string>>;

std::vector<Need> ReadNeeds(const YAML::Node& node) {
  std::vector<Need> needs;
  for (const YAML::Node& item : List(node, "list of needs")) {
    Fields fields(item, {"package", "why", "when_used", "unless_used"});
    Need need;
    need.package = PackageName(fields.At("package"), false);
    need.why = Text(fields.At("why"), "`why`");
    if (fields.Has("when_used")) need.when_used = Words(fields.At("when_used"));
    if (fields.Has("unless_used")) {
      need.unless_used = Words(fields.At("unless_used"));
    }
    if (!needs.empty() && need.package <= needs.back().package) {
      Fail(item,
           "need `" + need.package + "` after `" + needs.back().package + "`",
           "sorted needs, each once");
    }
    needs.push_back(std::move(need));
  }
  return needs;
}

// One entry: all its packages, which share everything but the name.
std::vector<Package> ReadEntry(const YAML::Node& node) {
  Fields fields(node,
                {"package", "needs", "keep", "when_used", "unless_named"});
  const YAML::Node& names = fields.At("package");
  Package package;
  if (fields.Has("needs")) package.needs = ReadNeeds(fields.At("needs"));
  if (fields.Has("keep")) package.keep = Text(fields.At("keep"), "`keep`");
  if (!fields.Has("needs") && !fields.Has("keep")) {
    Fail(node, "an entry that says nothing", "needs or keep");
  }
  for (const char* key : {"when_used", "unless_named"}) {
    if (fields.Has(key) && !fields.Has("keep")) {
      Fail(fields.At(key), "`" + std::string(key) + "` without `keep`",
           "keep, or the field in an item of needs");
    }
  }
  if (fields.Has("when_used")) {
    package.when_used = Words(fields.At("when_used"));
  }
  if (fields.Has("unless_named")) {
    package.unless_named = PackageNames(fields.At("unless_named"), false);
  }
  std::vector<Package> packages;
  if (names.IsSequence()) {
    for (std::string& name : PackageNames(names, true)) {
      packages.push_back(package);
      packages.back().name = std::move(name);
    }
  } else {
    packages.push_back(package);
    packages.back().name = PackageName(names, true);
  }
  return packages;
}

std::vector<Package> ReadPackages(const YAML::Node& node) {
  std::vector<Package> packages;
  std::set<std::string> seen;
  std::string last;
  for (const YAML::Node& item : List(node, "list of packages")) {
    std::vector<Package> entry = ReadEntry(item);
    if (entry.front().name <= last) {
      Fail(item, "entry `" + entry.front().name + "` after `" + last + "`",
           "entries sorted by their first package");
    }
    last = entry.front().name;
    for (Package& package : entry) {
      if (!seen.insert(package.name).second) {
        Fail(item, "package `" + package.name + "` has two entries", "one");
      }
      packages.push_back(std::move(package));
    }
  }
  return packages;
}

Satisfactions ReadSatisfactions(const YAML::Node& node,
                                const std::set<std::string>& needed) {
  Satisfactions satisfactions;
  for (const YAML::Node& item : List(node, "list of packages")) {
    Fields fields(item, {"package", "by"});
    std::string package = PackageName(fields.At("package"), false);
    if (!needed.contains(package)) {
      Fail(item, "nothing needs `" + package + "`", "a package of needs");
    }
    if (!satisfactions.empty() && package <= satisfactions.rbegin()->first) {
      Fail(item,
           "entry `" + package + "` after `" + satisfactions.rbegin()->first +
               "`",
           "sorted entries, each once");
    }
    satisfactions[package] = PackageNames(fields.At("by"), true);
  }
  return satisfactions;
}

// Checks the lists that entries share by aliases.
void CheckPrograms(const YAML::Node& node) {
  for (const YAML::Node& item : List(node, "list of programs")) Words(item);
}

// The rows of a table, and in front of them the needs that they point at.
std::string WritePackages(const std::vector<Package>& packages,
                          std::string_view table,
                          const Satisfactions& satisfactions,
                          WordLists& words) {
  std::string needs;
  std::string rows;
  int count = 0;
  for (const Package& package : packages) {
    std::string name = "{}";
    if (!package.needs.empty()) {
      name = std::string(table) + "Needs" + std::to_string(count++);
      needs += "constexpr AptNeed " + name + "[] = {\n";
      for (const Need& need : package.needs) {
        auto by = satisfactions.find(need.package);
        needs += "    {" + Quote(need.package) + ", " + Quote(need.why) + ", " +
                 words.Name(need.when_used) + ", " +
                 words.Name(need.unless_used) + ", " +
                 (by == satisfactions.end() ? "{}" : words.Name(by->second)) +
                 "},\n";
      }
      needs += "};\n";
    }
    rows += "    {" + Quote(package.name) + ", " + name + ", " +
            Quote(package.keep) + ", " + words.Name(package.when_used) + ", " +
            words.Name(package.unless_named) + "},\n";
  }
  return needs + "constexpr std::array<AptPackage, " +
         std::to_string(packages.size()) + "> " + std::string(table) +
         " = {{\n" + rows + "}};\n";
}

std::string WriteSatisfactions(const Satisfactions& satisfactions,
                               WordLists& words) {
  std::string rows;
  for (const auto& [package, by] : satisfactions) {
    rows += "    {" + Quote(package) + ", " + words.Name(by) + "},\n";
  }
  return "constexpr std::array<AptSatisfaction, " +
         std::to_string(satisfactions.size()) + "> kSatisfactions = {{\n" +
         rows + "}};\n";
}

// Moves the globs out of `packages`, longest first, and sorts what is left.
std::vector<Package> TakeGlobs(std::vector<Package>& packages) {
  std::sort(packages.begin(), packages.end(),
            [](const Package& a, const Package& b) { return a.name < b.name; });
  auto middle = std::stable_partition(
      packages.begin(), packages.end(),
      [](const Package& package) { return !IsGlob(package.name); });
  std::vector<Package> globs(middle, packages.end());
  packages.erase(middle, packages.end());
  std::stable_sort(globs.begin(), globs.end(),
                   [](const Package& a, const Package& b) {
                     return a.name.size() > b.name.size();
                   });
  return globs;
}

}  // namespace

std::string GenerateAptPackages(const YAML::Node& root) {
  Fields fields(root, {"programs", "packages", "satisfied_by"});
  CheckPrograms(fields.At("programs"));
  std::vector<Package> packages = ReadPackages(fields.At("packages"));
  std::set<std::string> needed;
  for (const Package& package : packages) {
    for (const Need& need : package.needs) needed.insert(need.package);
    needed.insert(package.unless_named.begin(), package.unless_named.end());
  }
  Satisfactions satisfactions =
      ReadSatisfactions(fields.At("satisfied_by"), needed);
  std::vector<Package> globs = TakeGlobs(packages);

  WordLists words;
  std::string tables = WritePackages(packages, "kExact", satisfactions, words) +
                       WritePackages(globs, "kGlobs", satisfactions, words) +
                       WriteSatisfactions(satisfactions, words);
  return "#include \"src/facts/apt_packages.h\"\n\n"
         "#include <array>\n#include <span>\n#include <string_view>\n\n"
         "namespace dfix {\n\nnamespace {\n\n"
         "using std::string_view_literals::operator\"\"sv;\n\n" +
         words.source() + tables +
         "\n}  // namespace\n\n"
         "std::span<const AptPackage> ExactAptPackages() { return kExact; }\n"
         "std::span<const AptPackage> GlobAptPackages() { return kGlobs; }\n"
         "std::span<const AptSatisfaction> AptSatisfactions() {\n"
         "  return kSatisfactions;\n}\n\n"
         "}  // namespace dfix\n";
}

}  // namespace dfix::generate
