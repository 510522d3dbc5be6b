// runtime-images.yaml -> src/facts/runtime_image.h
#include <map>
#include <regex>
#include <set>
#include <string>
#include <string_view>
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

// The pattern of a tag, which has as many groups as the images need.
std::string Pattern(const YAML::Node& node) {
  const std::string pattern = Text(node, "`tag`");
  try {
    const std::regex compiled(pattern);
  } catch (const std::regex_error& error) {
    Fail(node, "bad pattern `" + pattern + "`", error.what());
  }
  return Quote(pattern);
}

std::string OptionalText(const Fields& fields, const std::string& key) {
  return fields.Has(key) ? Quote(Text(fields.At(key), "`" + key + "`")) : "{}";
}

std::string OptionalWords(const Fields& fields, const std::string& key,
                          WordLists& lists) {
  return fields.Has(key) ? lists.Name(Words(fields.At(key))) : "{}";
}

// The rows of the tags of one image, which begin with `image`.
std::string ReadTags(const YAML::Node& node, const std::string& image,
                     WordLists& lists) {
  std::string rows;
  for (const YAML::Node& item : List(node, "list of tags")) {
    const Fields fields(
        item, {"tag", "on", "web", "alone", "has", "sets", "web_sets"});
    if (fields.Has("web") != fields.Has("alone")) {
      Fail(item, "one of `web` and `alone`", "both, or none");
    }
    rows += "    {" + image + ", " + Pattern(fields.At("tag")) + ", " +
            Quote(Text(fields.At("on"), "`on`"));
    for (const char* key : {"web", "alone"}) {
      rows += ", " + OptionalText(fields, key);
    }
    for (const char* key : {"has", "sets", "web_sets"}) {
      rows += ", " + OptionalWords(fields, key, lists);
    }
    rows += "},\n";
  }
  return rows;
}

std::string ReadImages(const YAML::Node& node, const Names& kinds,
                       WordLists& lists) {
  std::string rows;
  std::set<std::string> seen;
  for (const YAML::Node& item : List(node, "list of images")) {
    const Fields fields(item, {"image", "kind", "workdir", "tags"});
    const std::string name = Text(fields.At("image"), "image");
    if (!seen.insert(name).second) {
      Fail(item, "image `" + name + "` given twice", "it once");
    }
    const auto kind = kinds.find(Text(fields.At("kind"), "`kind`"));
    if (kind == kinds.end()) {
      Fail(fields.At("kind"), "no kind of that name", "one of `kinds`");
    }
    const std::string workdir =
        fields.Has("workdir") ? Text(fields.At("workdir"), "`workdir`") : "/";
    rows += ReadTags(fields.At("tags"),
                     Quote(name) + ", " + kind->second + ", " + Quote(workdir),
                     lists);
  }
  return rows;
}

}  // namespace

std::string GenerateRuntimeImages(const YAML::Node& root) {
  const Fields fields(root, {"kinds", "images"});
  WordLists lists;
  Names kinds;
  const std::string kind_rows = ReadKinds(fields.At("kinds"), lists, kinds);
  const std::string rows = ReadImages(fields.At("images"), kinds, lists);
  return "#include \"src/facts/runtime_image.h\"\n\n"
         "#include <span>\n#include <string_view>\n\n"
         "namespace dfix {\n\nnamespace {\n\n"
         "using std::string_view_literals::operator\"\"sv;\n\n" +
         lists.source() + "constexpr BuildKind kKinds[] = {\n" + kind_rows +
         "};\nconstexpr RuntimeImageRule kRules[] = {\n" + rows +
         "};\n\n}  // namespace\n\n"
         "std::span<const RuntimeImageRule> RuntimeImageRules() {\n"
         "  return kRules;\n}\n\n}  // namespace dfix\n";
}

}  // namespace dfix::generate
