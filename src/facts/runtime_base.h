// The images that programs run on when a stage of its own is made for them, by
// the images that they are built on.
//
// The tables are compiled in from config/knowledge/base-images.yaml, which says
// what the fields mean; a configuration file may put entries on top. What an
// image is made of has to fit what the program needs, or there is a problem.
#ifndef DFIX_FACTS_RUNTIME_BASE_H_
#define DFIX_FACTS_RUNTIME_BASE_H_

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "src/facts/base_image.h"
#include "src/facts/facts.h"

namespace dfix {

// What a program needs of the image that it runs on.
enum class RuntimeNeed : uint8_t {
  kNothing,      // No library: it is linked statically.
  kLibc,         // The C library that it is linked with.
  kSystem,       // A shell and the distribution's packages, too.
  kInterpreter,  // What runs it, and what kSystem says.
  kWeb,          // It is a folder of files, which a web server shows.
  kJava,         // A runtime of Java, and a shell,
  kDotnet,       // or one of .NET,
  kAspnet,       // with what web applications need, too,
  kDotnetDeps,   // or what .NET itself needs: the program brings the runtime.
};
// In the order of the values.
inline constexpr std::string_view kRuntimeNeedNames[] = {
    "nothing", "libc",   "system", "interpreter", "web",
    "java",    "dotnet", "aspnet", "dotnet-deps"};

struct RuntimeEntry {
  std::string_view builder;                // Without registry and tag.
  std::span<const std::string_view> tags;  // Globs; empty for any.
  std::string_view tag;                    // A regular expression, likewise.
  RuntimeNeed needs;
  std::string_view image;
  std::string_view family;  // Empty if the image's own entry says it.
  std::string_view oldest;  // Empty if there is one of every release.
  std::span<const std::string_view> has;   // Programs for health checks.
  std::span<const std::string_view> sets;  // Variables that the builder lacks.
};

// A release of a distribution.
struct Release {
  std::string_view family;
  std::string_view name;
  std::string_view number;
  int gcc;  // The version whose libraries it has.
};

// The release that an image is built on whose tag names none, up to a number.
struct BuiltOn {
  std::string_view image;
  std::string_view up_to;  // Empty for any.
  std::string_view release;
};

// The generated tables; releases are those of a family, the oldest first.
std::span<const RuntimeEntry> RuntimeEntries();
std::span<const Release> Releases();
std::span<const BuiltOn> BuiltOnReleases();

// Whether an entry leaves nothing for another one to do.
inline bool Replaces(const RuntimeEntry& upper, const RuntimeEntry& lower) {
  return upper.builder == lower.builder && upper.needs == lower.needs &&
         (upper.tags.empty() ||
          std::equal(upper.tags.begin(), upper.tags.end(), lower.tags.begin(),
                     lower.tags.end()));
}

// The release that an image is of, by its reference, or null.
const Release* ReleaseOf(std::string_view reference);

struct ProgramNeeds {
  RuntimeNeed need;
  // The version of GCC whose library of C++ it is linked with, or 0.
  int gcc = 0;
};

struct RuntimeBase {
  // Why there is none for a program; else empty.
  std::string problem;
  std::string image;
  const ImageFamily* family = nullptr;  // What it is made of.
  const BaseImage* entry = nullptr;     // Null if it is not known itself.
  const RuntimeEntry* row = nullptr;    // Null if there is a problem.
  bool is_builder = false;  // The very image that the program is built on.
};

// Whether the image is known to have a user, or user and group: `app:app`, or
// they are among those that are made. All have every number.
bool HasUser(const RuntimeBase& base, std::string_view user,
             std::span<const std::string> made = {});

// The image for a program with `needs` that `stage` builds, which begins with
// an image that is known (BaseImageOf).
RuntimeBase FindRuntimeBase(const Facts& facts, uint32_t stage,
                            std::span<const RuntimeEntry> table,
                            const ProgramNeeds& needs);

// The same for one that an image builds, by its reference.
RuntimeBase FindRuntimeBase(std::string_view builder,
                            std::span<const RuntimeEntry> table,
                            const ProgramNeeds& needs);

}  // namespace dfix

#endif  // DFIX_FACTS_RUNTIME_BASE_H_
