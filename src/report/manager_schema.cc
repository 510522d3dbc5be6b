#include "src/report/manager_schema.h"

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "src/facts/package_manager.h"

namespace dfix {
namespace {

using Json = nlohmann::ordered_json;

Json Texts(const char* description) {
  return {{"description", description},
          {"type", "array"},
          {"minItems", 1},
          {"items", {{"type", "string"}}}};
}

Json Text(const char* description) {
  return {{"description", description}, {"type", "string"}};
}

Json Flag(const char* description) {
  return {{"description", description}, {"type", "boolean"}};
}

Json Choice(const char* description, std::span<const std::string_view> names) {
  Json schema = {{"description", description}};
  for (const std::string_view name : names) schema["enum"].push_back(name);
  return schema;
}

Json Level() {
  constexpr std::string_view kLevels[] = {"safe", "review", "bold"};
  return Choice("of the change", kLevels);
}

// An object all of whose keys are known, `required` among them.
Json Mapping(const char* description, Json properties,
             std::initializer_list<const char*> required = {}) {
  Json schema = {{"description", description},
                 {"type", "object"},
                 {"additionalProperties", false},
                 {"properties", std::move(properties)}};
  if (required.size() > 0) schema["required"] = required;
  return schema;
}

Json Mappings(Json item) {
  Json schema = {
      {"description", item["description"]}, {"type", "array"}, {"minItems", 1}};
  schema["items"] = std::move(item);
  return schema;
}

// Lists of words by the names that say what they are.
Json ByName(const char* description, std::span<const std::string_view> names,
            const char* what) {
  Json lists = Json::object();
  for (const std::string_view name : names) {
    lists[std::string(name)] = Texts(what);
  }
  return Mapping(description, std::move(lists));
}

Json AddedOptionSchema(const char* description) {
  return Mapping(description,
                 {{"option", Text("the option")},
                  {"before_verb", Flag("goes in front of the verb")},
                  {"level", Level()},
                  {"verbs", Texts("those that it is for; all without")}},
                 {"option"});
}

Json SettingsSchema(const char* description) {
  constexpr std::string_view kValues[] = {"any", "yes"};
  return Mappings(
      Mapping(description,
              {{"name", Text("its name")},
               {"makes", Choice("what it makes of a call", kCallTraitNames)},
               {"value", Choice("which values do", kValues)}},
              {"name", "makes", "value"}));
}

Json CleanSchema() {
  return Mapping(
      "what keeps the cache out of the layer",
      {{"option", Text("an option that leaves no cache, or")},
       {"before_verb", Flag("it goes in front of the verb")},
       {"command", Text("a command for afterwards; {program} is the manager")},
       {"level", Level()},
       {"replaces", Texts("options that the option stands in for")},
       {"brings_lists", Flag("the option makes a call download lists, too")},
       {"paths", Texts("globs: what some remove by hand")},
       {"unless_mentioned", Texts("texts of the file that speak against it")},
       {"unless_reason", Text("why they do")}});
}

Json CacheSchema() {
  constexpr std::string_view kSharings[] = {"shared", "locked"};
  return Mappings(
      Mapping("directories that only save downloads",
              {{"path", Text("absolute, or below ~ of the user in force")},
               {"root_path", Text("where root has it, if elsewhere")},
               {"variable", Text("holds the directory if it is set")},
               {"below", Text("what follows the variable's value")},
               {"images",
                Mappings(Mapping("where base images put it",
                                 {{"image", Text("a glob for the repository")},
                                  {"path", Text("the directory")}},
                                 {"image", "path"}))},
               {"sharing", Choice("whether two builds may use it", kSharings)},
               {"lists", Flag("they are package lists")},
               {"of_builds", Flag("only what compiles fills it")}},
              {"path", "sharing"}));
}

Json MountSchema() {
  return Mapping(
      "how the caches can be cache mounts",
      {{"use", Choice("who reads them: nothing but the manager (downloads), "
                      "or later steps (modules)",
                      kCacheUseNames)},
       {"unless_run", Texts("programs that keep in them what they need")},
       {"unless_mentioned", Texts("texts of the file that speak against it")},
       {"unless_reason", Text("why they do")}},
      {"use"});
}

Json ManagerSchema() {
  const Json verb = Choice("a kind of verb", kPackageVerbNames);
  Json asks = {{"description", "kinds of verbs that ask a question"},
               {"type", "array"},
               {"minItems", 1}};
  asks["items"] = verb;
  return Mapping(
      "a package manager",
      {{"name", Text("unique; one of the built-in table replaces that entry")},
       {"family", Text("managers that share lists and caches")},
       {"programs", Texts("what calls it: words, each a glob")},
       {"verbs", ByName("the words that say what is to be done, by kind",
                        kPackageVerbNames, "verbs of that kind")},
       {"alone", ByName("verbs that are something else without operands",
                        kPackageVerbNames, "verbs")},
       {"no_verb",
        Mapping("what a call without a verb is",
                {{"operands", verb}, {"alone", verb}}, {"operands", "alone"})},
       {"options", ByName("options by what they make of a call",
                          kCallTraitNames, "options")},
       {"arguments", Texts("options that take an argument")},
       {"setters", Texts("those of them that take NAME=VALUE")},
       {"settings", SettingsSchema("settings of configuration files")},
       {"variables", SettingsSchema("variables of the environment")},
       {"images",
        Mappings(Mapping(
            "base images that are made so",
            {{"image", Text("a glob for the repository")},
             {"makes", Choice("what they make of a call", kCallTraitNames)}},
            {"image", "makes"}))},
       {"yes", AddedOptionSchema("the option that answers questions")},
       {"asks", std::move(asks)},
       {"skip_optional",
        AddedOptionSchema("the option against what nobody named")},
       {"clean", CleanSchema()},
       {"caches", CacheSchema()},
       {"pins", Texts("what stands between a package and its version")},
       {"needs_lists", Flag("an install fails without package lists")},
       {"sort", Level()},
       {"rolling", Flag("works only on systems that are up to date")},
       {"mount", MountSchema()},
       {"old_images",
        Texts("images, `name:tag`, whose version does not know the options")}},
      {"name", "programs"});
}

}  // namespace

nlohmann::ordered_json PackageManagersSchema() {
  Json schema = Mappings(ManagerSchema());
  schema["type"] = {"array", "null"};
  schema["description"] =
      "package managers that dfix does not know, or knows otherwise; the "
      "fields are those of config/knowledge/package-managers.yaml";
  return schema;
}

}  // namespace dfix
