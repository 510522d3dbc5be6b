// What is known of each package manager: one row of a constant table per
// manager, compiled in from config/knowledge/package-managers.yaml, which says
// what the fields mean.
//
// Left out: what a call in a script does (package_command.h).
#ifndef DFIX_FACTS_PACKAGE_MANAGER_H_
#define DFIX_FACTS_PACKAGE_MANAGER_H_

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string_view>

#include "src/facts/level.h"

namespace dfix {

// What a call does, as far as transforms care.
enum class PackageVerb : uint8_t {
  kNone,        // No verb: `apt-get --version`.
  kRefresh,     // Downloads package lists.
  kInstall,     // Installs the packages that its operands name.
  kSync,        // Installs what files of a project name: `npm ci`.
  kBuild,       // Builds a project and downloads what that needs.
  kUpgrade,     // Installs newer versions of what is there.
  kRemove,      // Removes packages.
  kClean,       // Removes downloaded packages, keeps the lists.
  kPurgeLists,  // Removes the lists.
  kQuery,       // Reads the lists and installs nothing.
  kOther,
};

// Whether the same packages are there after a call with the verb, be it in
// newer versions.
inline bool KeepsPackages(PackageVerb verb) {
  return verb == PackageVerb::kRefresh || verb == PackageVerb::kClean ||
         verb == PackageVerb::kPurgeLists || verb == PackageVerb::kQuery ||
         verb == PackageVerb::kUpgrade;
}

// Their names in the table.
inline constexpr std::string_view kPackageVerbNames[] = {
    "none",   "refresh", "install",     "sync",  "build", "upgrade",
    "remove", "clean",   "purge-lists", "query", "other"};

inline std::string_view Name(PackageVerb verb) {
  return kPackageVerbNames[static_cast<size_t>(verb)];
}

// What an option, a variable or a setting makes of a call.
enum class CallTrait : uint8_t {
  kAssumesYes,       // Asks nothing: -y and everything that implies it.
  kAssumesYesTwice,  // So, if it is said twice or with the value 2.
  kSkipsOptional,    // Recommended packages are decided on, either way.
  kSkipsCache,       // Leaves nothing in the cache.
  kOnlySimulates,    // Changes nothing: -s, --print-uris, -d.
  kRefreshesFirst,   // Downloads package lists, too.
  kUsesCache,        // Takes packages from the cache, and from nowhere else.
  kOtherRoot,        // Installs into another root directory.
  kOwnCache,         // Says where its cache is to be.
};

// Their names in the table.
inline constexpr std::string_view kCallTraitNames[] = {
    "assumes-yes", "assumes-yes-twice", "skips-optional",
    "skips-cache", "only-simulates",    "refreshes-first",
    "uses-cache",  "other-root",        "own-cache"};

// A small set of traits.
class CallTraits {
 public:
  constexpr CallTraits() = default;
  constexpr CallTraits(std::initializer_list<CallTrait> traits) {
    for (const CallTrait trait : traits) Add(trait);
  }
  constexpr void Add(CallTrait trait) { bits_ |= Bit(trait); }
  constexpr bool Has(CallTrait trait) const { return bits_ & Bit(trait); }

 private:
  static constexpr uint16_t Bit(CallTrait trait) {
    return static_cast<uint16_t>(1u << static_cast<unsigned>(trait));
  }
  uint16_t bits_ = 0;
};

struct ManagerVerb {
  std::string_view words;  // `install`, `cache clean`; `-S` where it is one.
  PackageVerb verb;
  PackageVerb alone;  // What it is without operands.
};

struct ManagerOption {
  std::string_view name;  // `-y` or `--yes`.
  CallTrait trait;
};

// `NAME=VALUE` of a configuration file or of an option that sets one, or an
// environment variable.
struct ManagerSetting {
  std::string_view name;
  CallTrait trait;
  bool any_value;  // Else only a value that means yes.
};

// Base images that are made so that every call has a trait.
struct ImageTrait {
  std::string_view image;  // A glob for the repository: `opensuse/*`.
  CallTrait trait;
};

// An option to add to a call, `text` empty for none.
struct AddedOption {
  std::string_view text;
  bool before_verb = false;  // Else behind it.
  Level level = Level::kSafe;
  std::span<const std::string_view> verbs = {};  // Only these, if not empty.
};

// How a call leaves nothing in the cache.
struct CacheCleaning {
  AddedOption option;  // One that does not fill the cache to begin with, or
  // a command for afterwards, empty for none; `{program}` is the manager as the
  // script calls it.
  std::string_view command;
  Level level = Level::kSafe;  // Of the command.
  // The option stands in for these, and it makes the call download lists.
  std::span<const std::string_view> replaces;
  bool brings_lists = false;
  // Globs: paths, apart from the caches, that some remove by hand instead.
  std::span<const std::string_view> paths;
  // Texts anywhere in the file that speak against it, and why they do.
  std::span<const std::string_view> unless_mentioned;
  std::string_view unless_reason;
};

enum class CacheSharing : uint8_t { kShared, kLocked };

// Who reads the caches.
enum class CacheUse : uint8_t {
  kUnknown,
  kDownloads,  // Nothing but the manager, when it installs.
  kModules,    // Later steps, which build with what is in them.
};

// Their names in the table.
inline constexpr std::string_view kCacheUseNames[] = {"unknown", "downloads",
                                                      "modules"};

// How the caches can be cache mounts of a RUN: not, if their use is unknown.
struct CacheMounting {
  CacheUse use = CacheUse::kUnknown;
  // Programs that keep in the cache what they may need in the image.
  std::span<const std::string_view> unless_run = {};
  // Texts anywhere in the file that speak against it, and why they do.
  std::span<const std::string_view> unless_mentioned = {};
  std::string_view unless_reason = {};
};

struct ImagePath {
  std::string_view image;  // A glob for the repository of a base image.
  std::string_view path;
};

// A directory that only saves downloads: no program needs it in the image.
struct ManagerCache {
  std::string_view path;       // Absolute, or `~/…` of the user in force.
  std::string_view root_path;  // Where root has it, if elsewhere.
  std::string_view variable;   // Holds the directory, if it is set;
  std::string_view below;      // the cache is this below it: `/registry`.
  std::span<const ImagePath> images;  // Where base images put it.
  CacheSharing sharing;
  bool is_lists;   // Package lists, which may be needed later.
  bool of_builds;  // Only what compiles fills it.
};

struct PackageManager {
  std::string_view name;
  std::string_view family;  // Managers with the same lists and caches.
  // The words that call it, each a glob for the last part of a path:
  // `pip3.*`, `python* -m pip`.
  std::span<const std::string_view> programs;
  std::span<const ManagerVerb> verbs;  // Those with the most words first.
  // What it is if no word is a verb: with operands, and without any.
  PackageVerb with_operands = PackageVerb::kOther;
  PackageVerb alone = PackageVerb::kNone;
  std::span<const ManagerOption> options;
  // Options that take one; `env create -f` for one that does with that verb.
  std::span<const std::string_view> arguments;
  std::span<const std::string_view> setters;  // `-o` of `-o NAME=VALUE`.
  std::span<const ManagerSetting> settings;
  std::span<const ManagerSetting> variables;
  std::span<const ImageTrait> images;
  // What asks a question that `yes` answers.
  AddedOption yes;
  std::span<const PackageVerb> asks;
  AddedOption skip_optional;
  CacheCleaning clean;
  std::span<const ManagerCache> caches;
  std::span<const std::string_view> pins;  // `=` of `name=version`, best first.
  // An install fails where no lists have been downloaded.
  bool needs_lists = false;
  // The level of a change in the order of the packages of an install; absent if
  // it may matter.
  std::optional<Level> sort = std::nullopt;
  // Works only on systems that are up to date as a whole.
  bool rolling = false;
  CacheMounting mount = {};
  // Images, `name:tag`, whose version does not know the options to add.
  std::span<const std::string_view> old_images = {};
};

// All of them, in the order of the table.
std::span<const PackageManager> PackageManagers();

// The manager called `name`, or null.
const PackageManager* FindPackageManager(std::string_view name);

// Whether it is one of those around apt, which share lists and options.
inline bool IsApt(const PackageManager& manager) {
  return manager.family == "apt";
}

}  // namespace dfix

#endif  // DFIX_FACTS_PACKAGE_MANAGER_H_
