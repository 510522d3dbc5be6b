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

void AddWheels(const YAML::Node& node, WordLists& lists, Rows& rows) {
  const Fields fields(node, {"package", "since"});
  const std::string since = lists.Name(Releases(fields.At("since")));
  const YAML::Node& package = fields.At("package");
  const std::vector<std::string> names =
      package.IsSequence()
          ? Words(package)
          : std::vector<std::string>{Text(package, "package name")};
  for (const std::string& name : names) {
    if (!rows.emplace(name, "    {" + Quote(name) + ", " + since + "},\n")
             .second) {
      Fail(package, "package `" + name + "` given twice", "it once");
    }
  }
}

}  // namespace

std::string GeneratePlainPackages(const YAML::Node& root) {
  const std::vector<std::string> keys = {"python", "node", "node_scripts",
                                         "node_tools"};
  const Fields fields(
      root, {"python", "wheels", "node", "node_scripts", "node_tools"});
  WordLists lists;
  Rows rows;
  for (const YAML::Node& item : List(fields.At("wheels"), "`wheels`")) {
    AddWheels(item, lists, rows);
  }
  std::string row;
  for (const std::string& key : keys) {
    row += "    ." + key + " = " + lists.Name(Words(fields.At(key))) + ",\n";
  }
  std::string wheels;
  for (const auto& [name, text] : rows) wheels += text;
  return "#include \"src/facts/plain_package.h\"\n\n"
         "namespace dfix {\n\nnamespace {\n\n"
         "using std::string_view_literals::operator\"\"sv;\n\n" +
         lists.source() + "constexpr WheelPackage kWheels[] = {\n" + wheels +
         "};\nconstexpr PlainPackages kPackages = {\n" + row +
         "    .wheels = kWheels,\n};\n\n}  // namespace\n\n"
         "const PlainPackages& PlainPackageTable() { return kPackages; }\n\n"
         "}  // namespace dfix\n";
}

}  // namespace dfix::generate
