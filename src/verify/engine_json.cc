#include "src/verify/engine_json.h"

#include <cmath>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>

namespace dfix {
namespace {

using Json = nlohmann::json;

// The parsed text, or the first element if it is an array. Discarded if it is
// no JSON.
Json ParseFirst(std::string_view text) {
  Json json = Json::parse(text, nullptr, false);
  if (json.is_array()) return json.empty() ? Json() : Json(json[0]);
  return json;
}

// The member of an object, or null.
const Json& Member(const Json& json, const char* name) {
  static const Json kNull;
  if (!json.is_object()) return kNull;
  const auto found = json.find(name);
  return found == json.end() ? kNull : *found;
}

uint64_t Unsigned(const Json& json) {
  return json.is_number() ? json.get<uint64_t>() : 0;
}

int Integer(const Json& json) { return json.is_number() ? json.get<int>() : 0; }

bool IsUnset(const Json& json) {
  return json.is_null() || json == "" || json == false || json == 0 ||
         ((json.is_array() || json.is_object()) && json.empty());
}

ImageConfig ConfigOf(const Json& config) {
  // The rest is of old formats, of containers or of the builder.
  constexpr const char* kNames[] = {
      "Cmd",         "Entrypoint", "Env",     "ExposedPorts",
      "Healthcheck", "Labels",     "OnBuild", "Shell",
      "StopSignal",  "User",       "Volumes", "WorkingDir"};
  ImageConfig out;
  for (const char* name : kNames) {
    const Json& value = Member(config, name);
    if (IsUnset(value)) continue;
    out[name] = value.dump(-1, ' ', false, Json::error_handler_t::replace);
  }
  return out;
}

}  // namespace

std::optional<ImageFacts> ParseImage(std::string_view json) {
  const Json image = ParseFirst(json);
  if (!image.is_object()) return std::nullopt;
  // buildah keeps all of it one level down.
  const Json& docker = Member(image, "Docker");
  const bool is_buildah = docker.is_object();
  const Json& config =
      is_buildah ? Member(docker, "config") : Member(image, "Config");
  const Json& layers = is_buildah ? Member(Member(docker, "rootfs"), "diff_ids")
                                  : Member(Member(image, "RootFS"), "Layers");
  if (!config.is_object()) return std::nullopt;
  ImageFacts facts;
  facts.size = Unsigned(Member(image, "Size"));
  facts.layers = static_cast<uint32_t>(layers.is_array() ? layers.size() : 0);
  facts.config = ConfigOf(config);
  return facts;
}

uint64_t ParseBuildahSize(std::string_view json) {
  const Json image = ParseFirst(json);
  const Json& size = Member(image, "size");
  if (!size.is_string()) return 0;
  std::istringstream words(size.get<std::string>());
  double number = 0;
  std::string unit;
  words >> number >> unit;
  double factor = 1;
  for (const char* name : {"B", "KB", "MB", "GB", "TB"}) {
    if (unit == name)
      return static_cast<uint64_t>(std::llround(number * factor));
    factor *= 1000;
  }
  return 0;
}

std::optional<ContainerState> ParseContainer(std::string_view json) {
  const Json container = ParseFirst(json);
  const Json& state = Member(container, "State");
  if (!state.is_object()) return std::nullopt;
  return ContainerState{Member(state, "Running") == true,
                        Integer(Member(state, "ExitCode"))};
}

std::string FormatProbe(const ProbeResult& probe) {
  Json answers = Json::array();
  for (const HttpAnswer& answer : probe.answers) {
    answers.push_back({{"port", answer.port},
                       {"status", answer.status},
                       {"body", answer.body}});
  }
  const Json json = {
      {"uid", probe.uid}, {"ports", probe.ports}, {"answers", answers}};
  return json.dump(-1, ' ', true, Json::error_handler_t::replace) + '\n';
}

std::optional<ProbeResult> ParseProbe(std::string_view text) {
  const Json json = Json::parse(text, nullptr, false);
  if (!json.is_object()) return std::nullopt;
  ProbeResult probe;
  probe.uid = static_cast<uint32_t>(Unsigned(Member(json, "uid")));
  for (const Json& port : Member(json, "ports")) {
    probe.ports.push_back(Integer(port));
  }
  for (const Json& answer : Member(json, "answers")) {
    const Json& body = Member(answer, "body");
    probe.answers.push_back({Integer(Member(answer, "port")),
                             Integer(Member(answer, "status")),
                             body.is_string() ? body.get<std::string>() : ""});
  }
  return probe;
}

}  // namespace dfix
