// The slim variants of official images: their names, and what they lack.
//
// The table is compiled in from config/knowledge/slim-images.yaml, which says
// what the fields mean. Left out: whether a stage needs what they lack
// (slim_need.h).
#ifndef DFIX_FACTS_SLIM_IMAGE_H_
#define DFIX_FACTS_SLIM_IMAGE_H_

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace dfix {

struct SlimImage {
  std::string_view image;
  bool slim_before_release;
  bool is_bare;
};

struct LostProgram {
  std::string_view program;
  std::span<const std::string_view> packages;
};

struct SlimImages {
  std::span<const SlimImage> images;
  std::span<const LostProgram> loses;  // Sorted by program.
  std::span<const std::string_view> releases;
  std::span<const std::string_view> keeps;
  std::span<const std::string_view> fetches;
  std::span<const std::string_view> paths;
  std::span<const std::string_view> starts;
};

const SlimImages& SlimImageTable();

struct SlimVariant {
  const SlimImage* image;
  std::string reference;
  std::string version;  // Of its language, as the tag has it: `3.12`, or empty.
};

// The slim variant of the official image `reference`; absent if it is another
// image, slim already, given by a digest, or its tag not of the known form.
std::optional<SlimVariant> SlimVariantOf(std::string_view reference);

}  // namespace dfix

#endif  // DFIX_FACTS_SLIM_IMAGE_H_
