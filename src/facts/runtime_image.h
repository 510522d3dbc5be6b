// Which image runs what another one builds: of the same vendor, version and
// distribution, with what runs programs and nothing to build with.
//
// The table is compiled in from config/knowledge/runtime-images.yaml, which
// says what the fields mean. An image without an entry is not known, which is
// no reason to guess.
#ifndef DFIX_FACTS_RUNTIME_IMAGE_H_
#define DFIX_FACTS_RUNTIME_IMAGE_H_

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace dfix {

// What is built. The lists are sorted.
struct BuildKind {
  std::string_view name;
  std::span<const std::string_view> tools;
  std::span<const std::string_view> packages;
  std::span<const std::string_view> variables;
};

struct RuntimeImageRule {
  std::string_view image;
  const BuildKind* kind;
  std::string_view workdir;
  std::string_view tag;
  std::string_view on;
  std::string_view web;    // Empty if there is no such difference,
  std::string_view alone;  // here, too.
  std::span<const std::string_view> has;
  std::span<const std::string_view> sets;
  std::span<const std::string_view> web_sets;
};

// The rules of an image stand together, in their order.
std::span<const RuntimeImageRule> RuntimeImageRules();

// An image that builds, and what runs what it builds.
struct RuntimeImage {
  const BuildKind* kind;
  std::string_view workdir;  // Where the image itself begins.
  // The references of the images to run on; all empty if none is known.
  std::string on;
  std::string web;
  std::string alone;
  bool is_same = false;  // `on` is the image itself.
  // Null if no image is known.
  const RuntimeImageRule* rule = nullptr;
};

// What is known of `reference` (`docker.io/library/maven:3-openjdk-11`), whose
// registry the images keep; absent if it is no image to build with that is
// known. With a digest, no image to run on is known.
std::optional<RuntimeImage> FindRuntimeImage(std::string_view reference);

}  // namespace dfix

#endif  // DFIX_FACTS_RUNTIME_IMAGE_H_
