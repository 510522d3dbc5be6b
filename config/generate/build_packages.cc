// build-packages.yaml -> src/facts/build_package.h
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "config/generate/cpp_source.h"
#include "config/generate/tables.h"
#include "src/config/checked_yaml.h"

namespace dfix::generate {
namespace {

using Rows = std::map<std::string, std::string>;  // By name.

void AddRow(const YAML::Node& node, const std::string& name, std::string row,
            Rows& rows) {
  if (!rows.emplace(name, "    {" + Quote(name) + ", " + row + "},\n").second) {
    Fail(node, "package `" + name + "` given twice", "it once");
  }
}

std::string Names(const Fields& fields, const std::string& key,
                  WordLists& lists) {
  return fields.Has(key) ? lists.Name(Words(fields.At(key))) : "{}";
}

void AddEntry(const YAML::Node& node, WordLists& lists, Rows& rows) {
  Fields fields(node,
                {"package", "debian", "alpine", "comes_with", "recommends"});
  if (!fields.Has("debian") && !fields.Has("alpine")) {
    Fail(node, "an entry that says nothing", "debian or alpine");
  }
  if (fields.Has("recommends") &&
      Text(fields.At("recommends"), "`recommends`") != "true") {
    Fail(fields.At("recommends"), "bad `recommends`", "true");
  }
  const std::string row =
      Names(fields, "debian", lists) + ", " + Names(fields, "alpine", lists) +
      ", " + Names(fields, "comes_with", lists) +
      (fields.Has("recommends") ? ", true" : ", false") + ", false";
  const YAML::Node& names = fields.At("package");
  if (!names.IsSequence()) {
    return AddRow(names, Text(names, "package name"), row, rows);
  }
  for (const YAML::Node& name : List(names, "list of packages")) {
    AddRow(name, Text(name, "package name"), row, rows);
  }
}

}  // namespace

std::string GenerateBuildPackages(const YAML::Node& root) {
  Fields fields(root, {"nothing", "packages"});
  WordLists lists;
  Rows rows;
  for (const YAML::Node& item : List(fields.At("nothing"), "`nothing`")) {
    AddRow(item, Text(item, "package name"), "{}, {}, {}, false, true", rows);
  }
  for (const YAML::Node& item : List(fields.At("packages"), "`packages`")) {
    AddEntry(item, lists, rows);
  }
  std::string text;
  for (const auto& [name, row] : rows) text += row;
  return "#include \"src/facts/build_package.h\"\n\n"
         "#include <span>\n#include <string_view>\n\n"
         "namespace dfix {\n\nnamespace {\n\n"
         "using std::string_view_literals::operator\"\"sv;\n\n" +
         lists.source() + "constexpr BuildPackage kPackages[] = {\n" + text +
         "};\n\n}  // namespace\n\n"
         "std::span<const BuildPackage> BuildPackages() { return kPackages; }\n"
         "\n}  // namespace dfix\n";
}

}  // namespace dfix::generate
