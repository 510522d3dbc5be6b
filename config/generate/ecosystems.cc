// ecosystems.yaml -> src/facts/ecosystem.h
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "config/generate/cpp_source.h"
#include "config/generate/tables.h"
#include "src/config/checked_yaml.h"

namespace dfix::generate {
namespace {

// The lists of a row, in the order of struct Ecosystem behind its reader.
const std::vector<std::string> kLists = {
    "required", "optional", "writes",    "updates", "options", "arguments",
    "folders",  "needs",    "variables", "frozen",  "above",   "files"};

const std::map<std::string, std::string> kReaders = {
    {"plain", "kPlain"},
    {"requirements", "kRequirements"},
    {"package-json", "kPackageJson"},
    {"go-mod", "kGoMod"},
    {"projects", "kProjects"},
    {"maven", "kMaven"},
    {"gradle", "kGradle"},
    {"sbt", "kSbt"},
    {"mix", "kMix"}};

const std::map<std::string, std::string> kLevels = {
    {"safe", "kSafe"}, {"review", "kReview"}, {"bold", "kBold"}};

const std::map<std::string, std::string> kBooleans = {{"true", "true"},
                                                      {"false", "false"}};

std::string Choice(const YAML::Node& node, const std::string& what,
                   const std::map<std::string, std::string>& choices) {
  const auto found = choices.find(Text(node, what));
  if (found != choices.end()) return found->second;
  std::string names;
  for (const auto& [name, value] : choices) {
    names += (names.empty() ? "" : ", ") + name;
  }
  Fail(node, "bad " + what + " `" + node.Scalar() + "`", names);
}

// Words in the order of the table; one of them may be empty.
std::vector<std::string> InOrder(const YAML::Node& node) {
  std::vector<std::string> words;
  for (const YAML::Node& item : List(node, "list of words")) {
    if (!item.IsScalar()) Fail(item, "bad word", "text, or ''");
    words.push_back(item.Scalar());
  }
  return words;
}

std::string Row(const YAML::Node& node, WordLists& words) {
  std::vector<std::string> allowed = {"manager",    "calls",        "reader",
                                      "reads_more", "needs_reason", "level",
                                      "names_all",  "refuse"};
  allowed.insert(allowed.end(), kLists.begin(), kLists.end());
  const Fields fields(node, allowed);
  if (fields.Has("needs") != fields.Has("needs_reason")) {
    Fail(node, "`needs` without `needs_reason`", "both or none");
  }
  std::string row =
      "    {" + Quote(Text(fields.At("manager"), "`manager`")) + ", " +
      words.Name(InOrder(fields.At("calls"))) +
      ", ManifestReader::" + Choice(fields.At("reader"), "reader", kReaders);
  const auto list = [&](const std::string& key) {
    if (!fields.Has(key)) return std::string("{}");
    const bool ordered = key == "required" || key == "optional";
    return words.Name(ordered ? InOrder(fields.At(key))
                              : Words(fields.At(key)));
  };
  const auto text = [&](const std::string& key) {
    return fields.Has(key) ? Quote(Text(fields.At(key), "`" + key + "`"))
                           : "{}";
  };
  for (const std::string& key : kLists) row += ", " + list(key);
  row += ", " + text("needs_reason") + ", " + list("reads_more") + ", Level::";
  row += fields.Has("level") ? Choice(fields.At("level"), "level", kLevels)
                             : "kSafe";
  const bool names_all =
      fields.Has("names_all") &&
      Choice(fields.At("names_all"), "names_all", kBooleans) == "true";
  return row + ", " + (names_all ? "true" : "false") + ", " + text("refuse") +
         "},\n";
}

}  // namespace

std::string GenerateEcosystems(const YAML::Node& root) {
  const Fields fields(root, {"shared", "ecosystems"});
  WordLists words;
  std::string rows;
  for (const YAML::Node& item :
       List(fields.At("ecosystems"), "list of ecosystems")) {
    rows += Row(item, words);
  }
  return "#include \"src/facts/ecosystem.h\"\n\n"
         "#include <span>\n#include <string_view>\n\n"
         "namespace dfix {\n\nnamespace {\n\n"
         "using std::string_view_literals::operator\"\"sv;\n\n" +
         words.source() + "constexpr Ecosystem kEcosystems[] = {\n" + rows +
         "};\n\n}  // namespace\n\n"
         "std::span<const Ecosystem> Ecosystems() { return kEcosystems; }\n\n"
         "}  // namespace dfix\n";
}

}  // namespace dfix::generate
