#include "src/report/schema.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "src/config/settings.h"
#include "src/facts/runtime_base.h"
#include "src/report/manager_schema.h"

namespace dfix {
namespace {

using Json = nlohmann::ordered_json;

Json ValueSchema(const Option& option) {
  Json schema = {{"description", option.meaning}};
  switch (option.type) {
    case OptionType::kFlag:
      schema["type"] = "boolean";
      schema["default"] = option.standard == "true";
      return schema;
    case OptionType::kNumber:
      schema["type"] = "integer";
      schema["minimum"] = 0;
      schema["maximum"] = 999999999;
      schema["default"] = std::stol(std::string(option.standard));
      return schema;
    case OptionType::kChoice:
      for (const std::string_view choice : option.choices) {
        schema["enum"].push_back(choice);
      }
      schema["default"] = option.standard;
      return schema;
    case OptionType::kText:
      schema["type"] = "string";
      if (!option.standard.empty()) schema["default"] = option.standard;
      return schema;
    case OptionType::kList:
      schema["type"] = {"array", "string", "null"};
      schema["items"] = {{"type", "string"}};
      return schema;
  }
  return schema;
}

Json Object(Json properties) {
  return {{"type", {"object", "null"}},
          {"additionalProperties", false},
          {"properties", std::move(properties)}};
}

Json RuntimeImagesSchema() {
  const Json text = {{"type", "string"}};
  const Json texts = {{"type", "array"}, {"minItems", 1}, {"items", text}};
  Json needs = {{"description", "what the program needs of the image"}};
  for (const std::string_view name : kRuntimeNeedNames) {
    needs["enum"].push_back(name);
  }
  const auto described = [](Json schema, const char* description) {
    schema["description"] = description;
    return schema;
  };
  Json item = {
      {"type", "object"},
      {"additionalProperties", false},
      {"properties",
       {{"builder",
         {{"description",
           "the image, or images, that the program is built on, "
           "without registry and tag"},
          {"type", {"string", "array"}},
          {"items", text}}},
        {"tags", described(texts, "globs for its tag; any if not given")},
        {"needs", std::move(needs)},
        {"image",
         described(text,
                   "what the program runs on; {image}, {release}, "
                   "{number}, {version} and {registry} are filled in")},
        {"family", described(text, "what that is made of, such as debian")},
        {"oldest", described(text, "the oldest release that there is one of")},
        {"has", described(texts, "programs of it that health checks call")},
        {"sets", described(texts,
                           "variables that it sets and the image that the "
                           "program is built on does not")}}},
      {"required", {"builder", "needs", "image"}}};
  return {{"description",
           "what programs run on that get a stage of their own; the fields are "
           "those of `runtimes` in config/knowledge/base-images.yaml"},
          {"type", {"array", "null"}},
          {"minItems", 1},
          {"items", std::move(item)}};
}

}  // namespace

std::string ConfigSchema(std::span<const Transform* const> transforms) {
  Json keys = Json::object();
  for (const ConfigKey& key : ConfigKeys()) {
    keys[std::string(key.option.key)] = ValueSchema(key.option);
  }
  Json by_id = Json::object();
  for (const Transform* transform : transforms) {
    Json options = Json::object();
    for (const Option& option : transform->options) {
      options[std::string(option.key)] = ValueSchema(option);
    }
    by_id[std::string(transform->id)] = Object(std::move(options));
    by_id[std::string(transform->id)]["description"] = transform->title;
  }
  keys["transforms"] = Object(std::move(by_id));
  keys["transforms"]["description"] = "the options of transforms";
  keys["package-managers"] = PackageManagersSchema();
  keys["runtime-images"] = RuntimeImagesSchema();
  Json schema = {{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                 {"title", "The configuration of dfix, .dfix.yaml"}};
  schema.update(Object(std::move(keys)));
  return schema.dump(2) + '\n';
}

}  // namespace dfix
