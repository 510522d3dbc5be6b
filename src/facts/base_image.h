// What is known of the images that stages begin with: what they are made of,
// who they run as, what they start.
//
// The tables are compiled in from config/knowledge/base-images.yaml, which says
// what the fields mean. They are constant data: nothing runs at start-up. An
// image without an entry is not known, which is no reason to guess.
#ifndef DFIX_FACTS_BASE_IMAGE_H_
#define DFIX_FACTS_BASE_IMAGE_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "src/facts/facts.h"

namespace dfix {

// How users are made in an image.
enum class UserTools : uint8_t {
  kNone,
  kUseradd,  // useradd and groupadd of the shadow utilities.
  kAdduser,  // adduser and addgroup of BusyBox.
};

// A user beside root. An id that differs between releases is -1.
struct BaseUser {
  std::string_view name;
  int32_t uid;
  int32_t gid;
  std::string_view home;  // Empty if it is not known or does not exist.
};

// What images are made of: a distribution, mostly.
struct ImageFamily {
  std::string_view name;
  UserTools tools;
  std::string_view tools_package;  // Brings useradd where it is not there.
  std::string_view nologin;        // The shell of a user that never logs in.
  bool no_shell;                   // Nothing can be RUN in it.
  bool is_windows;
  std::span<const BaseUser> users;
};

// What an image's own ENTRYPOINT does with a CMD.
enum class BaseEntrypoint : uint8_t {
  kUnknown,
  kNone,
  kRunsArguments,  // It ends with `exec "$@"`, whatever that is.
  kReadsName,      // It does more if the first argument is what it expects.
  kActivates,      // Its SHELL, too, sets up what programs need.
};

// An image, or all that a glob names, with some of its tags. Texts are empty
// where nothing is known, or there is nothing.
struct BaseImage {
  std::string_view name;
  std::span<const std::string_view> tags;  // Globs; empty for any.
  const ImageFamily* family;               // Null if it is not known.
  BaseEntrypoint entrypoint;
  std::string_view command;  // Its CMD if that is a shell or an interpreter.
  std::span<const BaseUser> users;
  std::string_view program_user;    // The user that is there for programs.
  std::string_view runs_as;         // If not root.
  std::string_view starts_as_root;  // Why it does; ends a sentence.
  std::string_view unprivileged;    // An image that is the same without root.
};

// The generated tables. What is before the names of Docker Hub's images, the
// longest first; families; images: exact names before globs, a longer glob
// before a shorter one, and what is for some tags before what is for any.
std::span<const std::string_view> ImageRegistries();
std::span<const ImageFamily> ImageFamilies();
std::span<const BaseImage> BaseImages();

// The entry for `reference` (`docker.io/library/node:20-alpine@sha256:...`), or
// null. With a digest and no tag, the family is known only if all tags have the
// same.
const BaseImage* FindBaseImage(std::string_view reference);

// The tag of an image's name, without digest; empty if it has none.
std::string TagOf(std::string_view reference);

// What stands before the name of an image of Docker Hub; else empty.
std::string_view RegistryOf(std::string_view reference);

// The entry for the image that the local stages under `stage` begin with, the
// variables of FROM replaced by their defaults; or null.
const BaseImage* BaseImageOf(const Facts& facts, uint32_t stage);

// The repository of that image, without its registry and tag, whether there is
// an entry or not; empty if it is not known.
std::string BaseRepository(const Facts& facts, uint32_t stage);

// Whether a build argument can put another image, not just another tag, in its
// place.
bool BaseImageIsVariable(const Facts& facts, uint32_t stage);

// The user `name` of the image or its family, or null.
const BaseUser* FindUser(const BaseImage& image, std::string_view name);

}  // namespace dfix

#endif  // DFIX_FACTS_BASE_IMAGE_H_
