#include "src/config/build_files.h"

#include <yaml-cpp/yaml.h>

#include <cctype>
#include <optional>

namespace dfix {
namespace {

constexpr size_t kMostBytes = 1 << 20;

bool IsLocalPath(std::string_view path) {
  return !path.empty() && path.find('$') == std::string_view::npos &&
         path.find("://") == std::string_view::npos &&
         !path.starts_with("git@");
}

// Adds the build if its paths are known.
void Add(std::string context, std::string dockerfile,
         std::vector<DeclaredBuild>& builds) {
  if (context.empty()) context = ".";
  if (dockerfile.empty()) dockerfile = "Dockerfile";
  if (!IsLocalPath(context) || !IsLocalPath(dockerfile)) return;
  builds.push_back({std::move(context), std::move(dockerfile)});
}

std::string ScalarAt(const YAML::Node& map, const char* key) {
  const YAML::Node value = map[key];
  return value.IsDefined() && value.IsScalar() ? value.Scalar() : "";
}

// The builds of `services` in a Compose file, or of `target` in a bake file in
// JSON.
std::vector<DeclaredBuild> FromYaml(std::string_view text, bool is_compose) {
  std::vector<DeclaredBuild> builds;
  const YAML::Node root = YAML::Load(std::string(text));
  if (!root.IsMap()) return builds;
  const YAML::Node entries = root[is_compose ? "services" : "target"];
  if (!entries.IsDefined() || !entries.IsMap()) return builds;
  for (const auto& entry : entries) {
    if (!entry.second.IsMap()) continue;
    const YAML::Node build =
        is_compose ? entry.second["build"] : YAML::Node(entry.second);
    if (!build.IsDefined()) continue;
    if (build.IsScalar()) {
      Add(build.Scalar(), "", builds);
    } else if (build.IsMap() && !build["dockerfile_inline"].IsDefined() &&
               !build["dockerfile-inline"].IsDefined()) {
      Add(ScalarAt(build, "context"), ScalarAt(build, "dockerfile"), builds);
    }
  }
  return builds;
}

// The tokens of HCL that matter here: words, strings without their quotes (the
// quote stays in front), braces and `=`. Comments are left out.
std::vector<std::string> HclTokens(std::string_view text) {
  std::vector<std::string> tokens;
  for (size_t i = 0; i < text.size();) {
    const char c = text[i];
    const bool line_comment = c == '#' || text.substr(i).starts_with("//");
    if (line_comment) {
      i = std::min(text.find('\n', i), text.size());
    } else if (text.substr(i).starts_with("/*")) {
      const size_t end = text.find("*/", i + 2);
      i = end == std::string_view::npos ? text.size() : end + 2;
    } else if (c == '"') {
      size_t end = i + 1;
      while (end < text.size() && text[end] != '"')
        end += text[end] == '\\' ? 2 : 1;
      end = std::min(end, text.size());
      tokens.emplace_back(text.substr(i, end - i));
      i = end + 1;
    } else if (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' ||
               c == '-') {
      size_t end = i;
      while (end < text.size() &&
             (std::isalnum(static_cast<unsigned char>(text[end])) != 0 ||
              text[end] == '_' || text[end] == '-')) {
        ++end;
      }
      tokens.emplace_back(text.substr(i, end - i));
      i = end;
    } else {
      if (std::isspace(static_cast<unsigned char>(c)) == 0) {
        tokens.emplace_back(1, c);
      }
      ++i;
    }
  }
  return tokens;
}

// The value of `key = "value"` at token `i`; absent if it is something else
// than a string.
std::optional<std::string> HclString(const std::vector<std::string>& tokens,
                                     size_t i) {
  if (i + 2 >= tokens.size() || tokens[i + 1] != "=" ||
      !tokens[i + 2].starts_with('"')) {
    return std::nullopt;
  }
  return tokens[i + 2].substr(1);
}

// The builds of the blocks `target "name" { ... }`.
std::vector<DeclaredBuild> FromHcl(std::string_view text) {
  std::vector<DeclaredBuild> builds;
  const std::vector<std::string> tokens = HclTokens(text);
  for (size_t i = 0; i + 2 < tokens.size(); ++i) {
    if (tokens[i] != "target" || tokens[i + 2] != "{") continue;
    std::string context;
    std::string dockerfile;
    bool known = true;
    int depth = 1;
    for (i += 3; i < tokens.size() && depth > 0; ++i) {
      if (tokens[i] == "{") ++depth;
      if (tokens[i] == "}") --depth;
      const bool is_context = depth == 1 && tokens[i] == "context";
      const bool is_dockerfile = depth == 1 && tokens[i] == "dockerfile";
      if (is_context || is_dockerfile) {
        const auto value = HclString(tokens, i);
        known &= value.has_value();
        (is_context ? context : dockerfile) = value.value_or("");
      }
      known &= tokens[i] != "dockerfile-inline" && tokens[i] != "inherits";
    }
    if (known) Add(std::move(context), std::move(dockerfile), builds);
    --i;
  }
  return builds;
}

bool IsYaml(std::string_view name) {
  return name.ends_with(".yml") || name.ends_with(".yaml");
}

}  // namespace

bool IsBuildFileName(std::string_view name) {
  const bool compose =
      name.starts_with("docker-compose") || name.starts_with("compose.");
  return (compose && IsYaml(name)) ||
         (name.starts_with("docker-bake") &&
          (name.ends_with(".hcl") || name.ends_with(".json")));
}

std::vector<DeclaredBuild> ParseBuildFile(std::string_view name,
                                          std::string_view text) {
  if (text.size() > kMostBytes) return {};
  if (name.ends_with(".hcl")) return FromHcl(text);
  try {
    return FromYaml(text, IsYaml(name));
  } catch (const YAML::Exception&) {
    return {};
  }
}

}  // namespace dfix
