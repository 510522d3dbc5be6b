#include "src/facts/project_builder.h"

#include <algorithm>

#include "src/facts/base_image.h"
#include "src/text/glob.h"

namespace dfix {
namespace {

const ProjectBuilder* EntryOf(std::string_view reference) {
  const BaseImage* image = FindBaseImage(reference);
  if (image == nullptr) return nullptr;
  for (const ProjectBuilder& builder : ProjectBuilders()) {
    if (builder.image == image->name) return &builder;
  }
  return nullptr;
}

// Where the version begins in the tag of an image of the builder, or of another
// if that is null; npos if it does not say it.
size_t PlaceOfVersion(const ProjectBuilder* builder, std::string_view tag) {
  if (builder == nullptr || builder->version_behind.empty()) return 0;
  size_t place = std::string_view::npos;
  for (const std::string_view text : builder->version_behind) {
    const size_t at = tag.rfind(text);
    if (at == std::string_view::npos) continue;
    const size_t end = at + text.size();
    place = place == std::string_view::npos ? end : std::max(place, end);
  }
  return place;
}

}  // namespace

const ProjectBuilder* FindProjectBuilder(std::string_view reference) {
  const ProjectBuilder* builder = EntryOf(reference);
  if (builder == nullptr) return nullptr;
  const std::string tag = TagOf(reference);
  const bool only_runs = std::any_of(
      builder->only_runs.begin(), builder->only_runs.end(),
      [&](std::string_view glob) { return MatchesGlob(glob, tag); });
  return only_runs ? nullptr : builder;
}

std::string VersionInTag(std::string_view reference) {
  std::string tag = TagOf(reference);
  const size_t place = PlaceOfVersion(EntryOf(reference), tag);
  if (place == std::string_view::npos) return "";
  tag.erase(0, place);
  tag.erase(std::min(tag.find_first_not_of("0123456789."), tag.size()));
  while (tag.ends_with('.')) tag.pop_back();
  return tag.starts_with('.') ? "" : tag;
}

}  // namespace dfix
