// programs.yaml -> src/facts/programs.h
#include <string>
#include <string_view>
#include <vector>

#include "config/generate/cpp_source.h"
#include "config/generate/tables.h"
#include "src/config/checked_yaml.h"

namespace dfix::generate {
namespace {

// In the order of ProgramLists.
constexpr std::string_view kLists[] = {
    "cheap",  "slow",      "slow_parts", "handlers",
    "movers", "throwaway", "daemons",    "daemon_parts",
    "shells", "container", "settled",    "inits",
};

// Names without a folder or a blank; of `throwaway`, parts of paths.
std::vector<std::string> NamesOf(const YAML::Node& node,
                                 std::string_view list) {
  const bool are_paths = list == "throwaway";
  const std::vector<std::string> words = Words(node);
  for (const std::string& word : words) {
    if (word.find(' ') != std::string::npos ||
        (word.find('/') != std::string::npos) != are_paths) {
      Fail(node, "bad word `" + word + "` in `" + std::string(list) + "`",
           are_paths ? "a part of a path, without blanks"
                     : "a name without blanks and folder");
    }
  }
  return words;
}

}  // namespace

std::string GeneratePrograms(const YAML::Node& root) {
  const Fields fields(root, {std::begin(kLists), std::end(kLists)});
  WordLists lists;
  std::string row;
  for (const std::string_view list : kLists) {
    const auto words = NamesOf(fields.At(std::string(list)), list);
    row += "    ." + std::string(list) + " = " + lists.Name(words) + ",\n";
  }
  return "#include \"src/facts/programs.h\"\n\n"
         "namespace dfix {\n\nnamespace {\n\n"
         "using std::string_view_literals::operator\"\"sv;\n\n" +
         lists.source() + "constexpr ProgramLists kPrograms = {\n" + row +
         "};\n\n}  // namespace\n\n"
         "const ProgramLists& Programs() { return kPrograms; }\n\n"
         "}  // namespace dfix\n";
}

}  // namespace dfix::generate
