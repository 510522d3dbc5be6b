#include "src/facts/runtime_image.h"

#include <algorithm>
#include <regex>

#include "src/facts/base_image.h"

namespace dfix {
namespace {

// Docker's limit. (Long texts are too much for std::regex.)
constexpr size_t kLongestTag = 128;

// `reference` without what is before the name of an image of Docker Hub.
std::string_view WithoutRegistry(std::string_view reference) {
  for (const std::string_view registry : ImageRegistries()) {
    if (reference.starts_with(registry)) {
      return reference.substr(registry.size());
    }
  }
  return reference;
}

}  // namespace

std::optional<RuntimeImage> FindRuntimeImage(std::string_view reference) {
  const std::string_view bare = WithoutRegistry(reference);
  const std::string_view registry =
      reference.substr(0, reference.size() - bare.size());
  const std::string_view named = bare.substr(0, bare.find('@'));
  const size_t slash = named.rfind('/');
  const size_t colon =
      std::min(named.find(':', slash == std::string_view::npos ? 0 : slash),
               named.size());
  const std::string tag(colon < named.size() ? named.substr(colon + 1)
                                             : std::string_view("latest"));
  std::optional<RuntimeImage> result;
  for (const RuntimeImageRule& rule : RuntimeImageRules()) {
    if (rule.image != named.substr(0, colon)) continue;
    result = RuntimeImage{rule.kind, rule.workdir, "", "", ""};
    if (tag.size() > kLongestTag || named.size() < bare.size()) break;
    const std::regex pattern(rule.tag.begin(), rule.tag.end());
    std::smatch match;
    if (!std::regex_match(tag, match, pattern)) continue;
    const auto filled = [&](std::string_view image) {
      return image.empty()
                 ? ""
                 : std::string(registry) + match.format(std::string(image));
    };
    result->rule = &rule;
    result->is_same = rule.on == "same";
    result->on = result->is_same ? std::string(reference) : filled(rule.on);
    result->web = filled(rule.web);
    result->alone = filled(rule.alone);
    break;
  }
  return result;
}

}  // namespace dfix
