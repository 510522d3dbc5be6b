// slim-images.yaml -> src/facts/slim_image.h
#include <map>
#include <string>
#include <vector>

#include "config/generate/cpp_source.h"
#include "config/generate/tables.h"
#include "src/config/checked_yaml.h"

namespace dfix::generate {
namespace {

std::string ImageRow(const YAML::Node& node) {
  const Fields fields(node, {"image", "tag", "bare"});
  const std::string tag = Text(fields.At("tag"), "`tag`");
  if (tag != "slim-release" && tag != "release-slim") {
    Fail(fields.At("tag"), "bad `tag`", "slim-release or release-slim");
  }
  if (fields.Has("bare") && Text(fields.At("bare"), "`bare`") != "true") {
    Fail(fields.At("bare"), "bad `bare`", "true");
  }
  return "    {" + Quote(Text(fields.At("image"), "name of an image")) +
         (tag == "slim-release" ? ", true" : ", false") +
         (fields.Has("bare") ? ", true" : ", false") + "},\n";
}

using Rows = std::map<std::string, std::string>;  // By name.

void AddLost(const YAML::Node& node, WordLists& lists, Rows& rows) {
  const Fields fields(node, {"program", "packages"});
  const std::string packages =
      fields.Has("packages") ? lists.Name(Words(fields.At("packages"))) : "{}";
  const YAML::Node& program = fields.At("program");
  const std::vector<std::string> names =
      program.IsSequence() ? Words(program)
                           : std::vector<std::string>{Text(program, "program")};
  for (const std::string& name : names) {
    if (!rows.emplace(name, "    {" + Quote(name) + ", " + packages + "},\n")
             .second) {
      Fail(program, "program `" + name + "` given twice", "it once");
    }
  }
}

}  // namespace

std::string GenerateSlimImages(const YAML::Node& root) {
  const std::vector<std::string> keys = {"releases", "keeps", "fetches",
                                         "paths", "starts"};
  const Fields fields(root, {"images", "releases", "keeps", "loses", "fetches",
                             "paths", "starts"});
  WordLists lists;
  std::string images;
  for (const YAML::Node& item : List(fields.At("images"), "`images`")) {
    images += ImageRow(item);
  }
  Rows rows;
  for (const YAML::Node& item : List(fields.At("loses"), "`loses`")) {
    AddLost(item, lists, rows);
  }
  std::string lost;
  for (const auto& [name, text] : rows) lost += text;
  std::string row;
  for (const std::string& key : keys) {
    row += "    ." + key + " = " + lists.Name(Words(fields.At(key))) + ",\n";
  }
  return "#include \"src/facts/slim_image.h\"\n\n"
         "namespace dfix {\n\nnamespace {\n\n"
         "using std::string_view_literals::operator\"\"sv;\n\n" +
         lists.source() + "constexpr SlimImage kImages[] = {\n" + images +
         "};\nconstexpr LostProgram kLost[] = {\n" + lost +
         "};\nconstexpr SlimImages kTable = {\n    .images = kImages,\n"
         "    .loses = kLost,\n" +
         row +
         "};\n\n}  // namespace\n\n"
         "const SlimImages& SlimImageTable() { return kTable; }\n\n"
         "}  // namespace dfix\n";
}

}  // namespace dfix::generate
