#include "src/facts/base_image.h"

#include <algorithm>
#include <optional>
#include <string>

#include "src/dockerfile/instructions.h"
#include "src/facts/apt_packages.h"
#include "src/facts/container_command.h"

namespace dfix {
namespace {

// Stands for the tag of an image that only a digest names.
constexpr std::string_view kUnknownTag = "@";

struct Reference {
  std::string_view name;  // Without the registry of Docker Hub.
  std::string_view tag;
};

std::string_view WithoutRegistry(std::string_view name) {
  for (bool found = true; found;) {
    found = false;
    for (const std::string_view registry : ImageRegistries()) {
      if (!name.starts_with(registry)) continue;
      name.remove_prefix(registry.size());
      found = true;
    }
  }
  return name;
}

Reference Split(std::string_view reference) {
  const size_t at = reference.find('@');
  const bool has_digest = at != std::string_view::npos;
  reference = reference.substr(0, at);
  const size_t colon = reference.rfind(':');
  const size_t slash = reference.rfind('/');
  if (colon == std::string_view::npos ||
      (slash != std::string_view::npos && colon < slash)) {
    return {WithoutRegistry(reference), has_digest ? kUnknownTag : "latest"};
  }
  return {WithoutRegistry(reference.substr(0, colon)),
          reference.substr(colon + 1)};
}

bool Matches(const BaseImage& image, const Reference& reference) {
  if (!MatchesGlob(image.name, reference.name)) return false;
  return image.tags.empty() ||
         std::any_of(image.tags.begin(), image.tags.end(),
                     [&](std::string_view tag) {
                       return MatchesGlob(tag, reference.tag);
                     });
}

const BaseUser* FindIn(std::span<const BaseUser> users, std::string_view name) {
  const auto found =
      std::find_if(users.begin(), users.end(),
                   [&](const BaseUser& user) { return user.name == name; });
  return found == users.end() ? nullptr : &*found;
}

}  // namespace

const BaseImage* FindBaseImage(std::string_view reference) {
  const Reference split = Split(reference);
  for (const BaseImage& image : BaseImages()) {
    if (Matches(image, split)) return &image;
  }
  return nullptr;
}

std::string TagOf(std::string_view reference) {
  reference = reference.substr(0, reference.find('@'));
  const size_t slash = reference.rfind('/');
  const size_t colon =
      reference.find(':', slash == std::string_view::npos ? 0 : slash);
  return colon == std::string_view::npos
             ? ""
             : std::string(reference.substr(colon + 1));
}

std::string_view RegistryOf(std::string_view reference) {
  return reference.substr(0,
                          reference.size() - WithoutRegistry(reference).size());
}

const BaseImage* BaseImageOf(const Facts& facts, uint32_t stage) {
  const auto base = OutsideBase(facts, stage);
  return base ? FindBaseImage(*base) : nullptr;
}

std::string BaseRepository(const Facts& facts, uint32_t stage) {
  const auto base = OutsideBase(facts, stage);
  return base ? std::string(Split(*base).name) : "";
}

bool BaseImageIsVariable(const Facts& facts, uint32_t stage) {
  while (facts.stages()[stage].parent != kNoStage) {
    stage = facts.stages()[stage].parent;
  }
  const NodeId from = facts.stages()[stage].from;
  if (from == kNoNode) return true;
  const auto parts = PartsOfFrom(Instruction(facts.document(), from));
  if (!parts) return true;
  // A `:` inside `${NAME:-image}` separates nothing.
  const size_t variable = parts->image.find('$');
  const size_t slash = parts->image.rfind('/');
  const size_t colon =
      parts->image.find(':', slash == std::string::npos ? 0 : slash);
  return variable != std::string::npos && variable < colon;
}

const BaseUser* FindUser(const BaseImage& image, std::string_view name) {
  const BaseUser* user = FindIn(image.users, name);
  if (user != nullptr || image.family == nullptr) return user;
  return FindIn(image.family->users, name);
}

}  // namespace dfix
