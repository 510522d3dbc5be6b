// project-builders.yaml -> src/facts/project_builder.h
#include <map>
#include <set>
#include <string>
#include <vector>

#include "config/generate/cpp_source.h"
#include "config/generate/tables.h"
#include "src/config/checked_yaml.h"

namespace dfix::generate {
namespace {

using Names = std::map<std::string, std::string>;  // To C++ text.

// The rows of kinds; fills `places`.
std::string ReadKinds(const YAML::Node& node, WordLists& lists, Names& places) {
  std::string rows;
  for (const YAML::Node& item : List(node, "list of kinds")) {
    const Fields fields(item, {"kind", "tools", "packages", "variables"});
    const std::string name = Text(fields.At("kind"), "kind");
    const std::string place = "&kKinds[" + std::to_string(places.size()) + "]";
    if (!places.emplace(name, place).second) {
      Fail(item, "kind `" + name + "` given twice", "it once");
    }
    rows += "    {" + Quote(name);
    for (const char* key : {"tools", "packages", "variables"}) {
      rows += ", " + lists.Name(Words(fields.At(key)));
    }
    rows += "},\n";
  }
  return rows;
}

// The rows of one entry, one for each image.
std::string ReadImage(const YAML::Node& item, const Names& kinds,
                      WordLists& lists, std::set<std::string>& seen) {
  const Fields fields(
      item, {"image", "kind", "workdir", "only_runs", "version_behind"});
  const auto kind = kinds.find(Text(fields.At("kind"), "`kind`"));
  if (kind == kinds.end()) {
    Fail(fields.At("kind"), "no kind of that name", "one of `kinds`");
  }
  std::string row =
      ", " + kind->second + ", " +
      Quote(fields.Has("workdir") ? Text(fields.At("workdir"), "`workdir`")
                                  : "/");
  for (const char* key : {"only_runs", "version_behind"}) {
    row += ", " + (fields.Has(key) ? lists.Name(Words(fields.At(key))) : "{}");
  }
  const YAML::Node& image = fields.At("image");
  std::string rows;
  for (const std::string& name : image.IsSequence()
                                     ? Words(image)
                                     : std::vector{Text(image, "`image`")}) {
    if (!seen.insert(name).second) {
      Fail(item, "image `" + name + "` given twice", "it once");
    }
    rows += "    {" + Quote(name) + row + "},\n";
  }
  return rows;
}

}  // namespace

std::string GenerateProjectBuilders(const YAML::Node& root) {
  const Fields fields(root, {"kinds", "images"});
  WordLists lists;
  Names kinds;
  const std::string kind_rows = ReadKinds(fields.At("kinds"), lists, kinds);
  std::string rows;
  std::set<std::string> seen;
  for (const YAML::Node& item : List(fields.At("images"), "list of images")) {
    rows += ReadImage(item, kinds, lists, seen);
  }
  return "#include \"src/facts/project_builder.h\"\n\n"
         "#include <span>\n#include <string_view>\n\n"
         "namespace dfix {\n\nnamespace {\n\n"
         "using std::string_view_literals::operator\"\"sv;\n\n" +
         lists.source() + "constexpr BuildKind kKinds[] = {\n" + kind_rows +
         "};\nconstexpr ProjectBuilder kBuilders[] = {\n" + rows +
         "};\n\n}  // namespace\n\n"
         "std::span<const ProjectBuilder> ProjectBuilders() {\n"
         "  return kBuilders;\n}\n\n}  // namespace dfix\n";
}

}  // namespace dfix::generate
