#include "src/facts/slim_image.h"

#include <algorithm>

#include "src/facts/base_image.h"
#include "src/facts/runtime_base.h"
#include "src/text/one_of.h"

namespace dfix {
namespace {

// The tag of the slim variant; empty if it cannot be told.
std::string SlimTag(const SlimImage& image, const std::string& tag) {
  if (tag.empty() || tag == "latest") return "slim";
  const std::span<const std::string_view> releases = SlimImageTable().releases;
  const auto with_release = [&](const std::string& release) {
    return image.slim_before_release ? "slim-" + release : release + "-slim";
  };
  if (IsOneOf(tag, releases)) return with_release(tag);
  const size_t dash = std::min(tag.find('-'), tag.size());
  const std::string version = tag.substr(0, dash);
  const std::string release = tag.substr(std::min(dash + 1, tag.size()));
  const bool is_version =
      version.find_first_not_of("0123456789.") == std::string::npos;
  if (!is_version && version != "lts" && version != "current") return "";
  if (release.empty()) return version + "-slim";
  return IsOneOf(release, releases) ? version + '-' + with_release(release)
                                    : "";
}

}  // namespace

std::optional<SlimVariant> SlimVariantOf(std::string_view reference) {
  if (reference.find_first_of("@$") != std::string_view::npos) {
    return std::nullopt;
  }
  const std::string tag = TagOf(reference);
  const std::string_view path = reference.substr(
      0, reference.size() - (tag.empty() ? 0 : tag.size() + 1));
  std::string_view name = path;
  for (const std::string_view registry : ImageRegistries()) {
    if (!name.starts_with(registry)) continue;
    name.remove_prefix(registry.size());
    break;
  }
  for (const SlimImage& image : SlimImageTable().images) {
    if (name != image.image) continue;
    const std::string slim = SlimTag(image, tag);
    if (slim.empty()) return std::nullopt;
    const bool has_version = tag.find_first_of("0123456789") == 0;
    return SlimVariant{&image, std::string(path) + ':' + slim,
                       has_version ? tag.substr(0, tag.find('-')) : ""};
  }
  return std::nullopt;
}

}  // namespace dfix
