#include "src/cli/selection.h"

#include <algorithm>

#include "src/cli/ignore_rules.h"
#include "src/text/nearest.h"
#include "src/transform/registry.h"

namespace dfix {
namespace {

Error UnknownTransform(std::string_view name) {
  std::vector<std::string_view> known;
  for (const Transform* transform : AllTransforms()) {
    known.push_back(transform->id);
    known.insert(known.end(), transform->aliases.begin(),
                 transform->aliases.end());
  }
  return {UnknownName("transform", name, known, "; `dfix rules` lists them")};
}

bool IsMeant(const Transform& transform, std::string_view name) {
  return name == "ALL" || Matches(transform, name) ||
         GlobMatches(name, transform.id);
}

// Whether `name` has the form of a rule id of hadolint or ShellCheck. There are
// many that no transform stands for; to ignore one of them is no mistake.
bool IsForeignId(std::string_view name) {
  return name.size() == 6 &&
         (name.starts_with("DL") || name.starts_with("SC")) &&
         name.find_first_not_of("0123456789", 2) == std::string_view::npos;
}

// Marks in `chosen` what the values of `key` stand for; of those that are
// opt-in only what is named exactly. Absent if all stand for something.
std::optional<Error> Mark(const Settings& settings, std::string_view key,
                          std::span<const Transform* const> transforms,
                          std::vector<bool>& chosen) {
  const auto values = settings.find(key);
  if (values == settings.end()) return std::nullopt;
  for (const Value& value : values->second) {
    bool known = value.text == "ALL" || IsForeignId(value.text);
    for (size_t i = 0; i < transforms.size(); ++i) {
      if (!IsMeant(*transforms[i], value.text)) continue;
      known = true;
      const bool named = IsNamed(*transforms[i], value.text);
      if (transforms[i]->opt_in && !named) continue;
      chosen[i] = true;
    }
    if (!known) {
      return Error{value.origin + ": " + UnknownTransform(value.text).message};
    }
  }
  return std::nullopt;
}

}  // namespace

Result<std::vector<const Transform*>> SelectTransforms(
    const Settings& settings) {
  const std::vector<const Transform*> all = TransformsInOrder();
  std::vector<bool> chosen;
  for (const Transform* transform : all) {
    chosen.push_back(!settings.contains("select") && !transform->opt_in);
  }
  std::vector<bool> ignored(all.size(), false);
  if (auto error = Mark(settings, "select", all, chosen)) return *error;
  if (auto error = Mark(settings, "extend-select", all, chosen)) return *error;
  if (auto error = Mark(settings, "ignore", all, ignored)) return *error;
  std::vector<const Transform*> out;
  for (size_t i = 0; i < all.size(); ++i) {
    if (chosen[i] && !ignored[i]) out.push_back(all[i]);
  }
  return out;
}

Result<const Transform*> TransformByName(std::string_view name) {
  for (const Transform* transform : AllTransforms()) {
    if (Matches(*transform, name)) return transform;
  }
  return UnknownTransform(name);
}

}  // namespace dfix
