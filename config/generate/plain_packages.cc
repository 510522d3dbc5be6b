// plain-packages.yaml -> src/facts/plain_package.h
#include <map>
#include <string>
#include <vector>

#include "config/generate/cpp_source.h"
#include "config/generate/tables.h"
#include "src/config/checked_yaml.h"

namespace dfix::generate {
namespace {

using Rows = std::map<std::string, std::string>;  // By name.

// `3.12=1.26.2` for each release.
std::vector<std::string> Releases(const YAML::Node& since) {
  if (!since.IsMap() || since.size() == 0) {
    Fail(since, "bad `since`", "versions by release of Python");
  }
  std::vector<std::string> releases;
  for (const auto& entry : since) {
    releases.push_back(Text(entry.first, "release of Python") + '=' +
                       Text(entry.second, "version"));
  }
  return releases;
}

// A row for each name that `names` gives: a name, or a list of them.
void AddRows(const YAML::Node& names, const std::string& words, Rows& rows) {
  const std::vector<std::string> all =
      names.IsSequence()
          ? Words(names)
          : std::vector<std::string>{Text(names, "package name")};
  for (const std::string& name : all) {
    if (!rows.emplace(name, "    {" + Quote(name) + ", " + words + "},\n")
             .second) {
      Fail(names, "package `" + name + "` given twice", "it once");
    }
  }
}

void AddWheels(const YAML::Node& node, WordLists& lists, Rows& rows) {
  const Fields fields(node, {"package", "since"});
  AddRows(fields.At("package"), lists.Name(Releases(fields.At("since"))), rows);
}

void AddGems(const YAML::Node& node, WordLists& lists, Rows& rows) {
  const Fields fields(node, {"gem", "needs"});
  AddRows(fields.At("gem"),
          fields.Has("needs") ? lists.Name(Words(fields.At("needs"))) : "{}",
          rows);
}

std::string TextOf(const Rows& rows) {
  std::string all;
  for (const auto& [name, text] : rows) all += text;
  return all;
}

}  // namespace

std::string GeneratePlainPackages(const YAML::Node& root) {
  const std::vector<std::string> keys = {"python", "node", "node_scripts",
                                         "node_tools", "ruby"};
  const Fields fields(root, {"python", "wheels", "node", "node_scripts",
                             "node_tools", "ruby", "gems"});
  WordLists lists;
  Rows wheels;
  for (const YAML::Node& item : List(fields.At("wheels"), "`wheels`")) {
    AddWheels(item, lists, wheels);
  }
  Rows gems;
  for (const YAML::Node& item : List(fields.At("gems"), "`gems`")) {
    AddGems(item, lists, gems);
  }
  std::string row;
  for (const std::string& key : keys) {
    row += "    ." + key + " = " + lists.Name(Words(fields.At(key))) + ",\n";
  }
  return "#include \"src/facts/plain_package.h\"\n\n"
         "namespace dfix {\n\nnamespace {\n\n"
         "using std::string_view_literals::operator\"\"sv;\n\n" +
         lists.source() + "constexpr WheelPackage kWheels[] = {\n" +
         TextOf(wheels) + "};\nconstexpr CompiledGem kGems[] = {\n" +
         TextOf(gems) + "};\nconstexpr PlainPackages kPackages = {\n" + row +
         "    .wheels = kWheels,\n    .gems = kGems,\n};\n\n}  // namespace\n\n"
         "const PlainPackages& PlainPackageTable() { return kPackages; }\n\n"
         "}  // namespace dfix\n";
}

}  // namespace dfix::generate
