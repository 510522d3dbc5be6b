#include "src/transform/transform.h"

#include <algorithm>
#include <cctype>

#include "src/transform/registry.h"

namespace dfix {
namespace {

bool SameIgnoringCase(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
    return std::tolower(static_cast<unsigned char>(x)) ==
           std::tolower(static_cast<unsigned char>(y));
  });
}

}  // namespace

std::string_view Name(Phase phase) {
  constexpr std::string_view kNames[] = {"clean up", "content", "structure",
                                         "layout"};
  return kNames[static_cast<size_t>(phase)];
}

bool IsNamed(const Transform& transform, std::string_view name) {
  if (SameIgnoringCase(transform.id, name)) return true;
  return std::any_of(
      transform.aliases.begin(), transform.aliases.end(),
      [&](std::string_view alias) { return SameIgnoringCase(alias, name); });
}

bool Matches(const Transform& transform, std::string_view name) {
  return IsNamed(transform, name) || SameIgnoringCase(name, "all");
}

std::vector<const Transform*> TransformsInOrder() {
  const auto all = AllTransforms();
  std::vector<const Transform*> ordered(all.begin(), all.end());
  std::stable_sort(ordered.begin(), ordered.end(),
                   [](const Transform* a, const Transform* b) {
                     if (a->phase != b->phase) return a->phase < b->phase;
                     return a->rank < b->rank;
                   });
  return ordered;
}

std::vector<const Transform*> StandardTransforms() {
  std::vector<const Transform*> transforms = TransformsInOrder();
  std::erase_if(transforms, [](const Transform* t) { return t->opt_in; });
  return transforms;
}

const Transform* FindTransform(std::string_view id) {
  for (const Transform* transform : AllTransforms()) {
    if (transform->id == id) return transform;
  }
  return nullptr;
}

}  // namespace dfix
