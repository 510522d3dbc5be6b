#include <string>
#include <utility>

#include "src/facts/cache_cleaning.h"
#include "src/facts/call_traits.h"
#include "src/transform/cache_option.h"
#include "src/transform/clean_lists.h"
#include "src/transform/clean_up.h"
#include "src/transform/package_options.h"
#include "src/transform/sink.h"
#include "src/transform/transform.h"

namespace dfix::transforms {
namespace {

// Why the command that cleans up would fail or miss the cache; empty if not.
std::string CommandObstacle(const Input& input, const PackageCommand& call) {
  const CacheCleaning& clean = call.manager->clean;
  const bool in_home = clean.command.find("~/") != std::string_view::npos;
  if (in_home && call.prefix != kNoNode) {
    return "whose home `sudo` uses is not known";
  }
  for (const ManagerCache& cache : call.manager->caches) {
    if (in_home && !cache.variable.empty() &&
        input.document.text().find(cache.variable) != std::string_view::npos) {
      return "`" + std::string(cache.variable) + "` says where the cache is";
    }
  }
  const bool calls = clean.command.find("{program}") != std::string_view::npos;
  if (calls && MayBeGoneAfter(input.facts, call)) {
    return "`" + std::string(call.manager->name) +
           "` may be gone at the end of the script";
  }
  return "";
}

void AddCleanUp(const Input& input, Sink& sink, const CacheFill& fill) {
  const PackageCommand& call = *fill.calls.back();
  const CacheCleaning& clean = call.manager->clean;
  const std::string obstacle = CommandObstacle(input, call);
  if (!obstacle.empty()) return sink.LeaveAlone(call.program, obstacle);
  std::string command = CommandOf(input.document, call, clean.command);
  std::string message = "`" + command +
                        "` in the layer that fills the cache: " +
                        "nothing reads it any more, and it makes the image "
                        "larger";
  ProposeCleanUp(input, sink,
                 {call.instruction, call.program, fill.calls.front()->command,
                  call.command, "install", std::move(command), clean.level,
                  std::move(message)});
}

// Whether a call of the RUN upgrades what is there by lists that the RUN
// downloads later.
bool UpgradesBeforeRefresh(const Facts& facts, const CacheFill& fill) {
  return std::any_of(
      fill.calls.begin(), fill.calls.end(), [&](const PackageCommand* call) {
        return call->verb == PackageVerb::kUpgrade &&
               std::any_of(facts.package_commands().begin(),
                           facts.package_commands().end(),
                           [&](const PackageCommand& other) {
                             return other.instruction == call->instruction &&
                                    other.manager == call->manager &&
                                    other.verb == PackageVerb::kRefresh &&
                                    Index(other.command) > Index(call->command);
                           });
      });
}

void CleanCache(const Input& input, Sink& sink, const CacheFill& fill) {
  const PackageCommand& call = *fill.calls.back();
  const CacheCleaning& clean = call.manager->clean;
  if (clean.option.text.empty() && clean.command.empty()) return;
  if (fill.removal != kNoNode && !clean.brings_lists) return;
  const std::string source =
      TraitSource(input.facts, call, CallTrait::kSkipsCache);
  if (!source.empty()) {
    return sink.LeaveAlone(call.program, source + " to keep no cache");
  }
  const std::string obstacle = CacheObstacle(input.facts, fill);
  if (!obstacle.empty()) return sink.LeaveAlone(call.program, obstacle);
  const uint32_t later = LaterUseOfCache(input.facts, call);
  if (later != kNoInstruction) {
    return sink.LeaveAlone(call.program,
                           "line {line} takes packages from the cache",
                           input.facts.instructions()[later].node);
  }
  if (clean.brings_lists && UpgradesBeforeRefresh(input.facts, fill)) {
    return sink.LeaveAlone(
        call.program,
        "it upgrades before it downloads the lists: with them, it would do "
        "more");
  }
  if (!clean.option.text.empty()) {
    return AddCacheOption(input, sink, fill);
  }
  AddCleanUp(input, sink, fill);
}

void Run(const Input& input, Sink& sink) {
  LeaveAptStringsAlone(input, sink);
  CleanAptLists(input, sink);
  for (const CacheFill& fill : FindCacheFills(input.facts)) {
    CleanCache(input, sink, fill);
  }
}

}  // namespace

extern const Transform kCleanPackageCache;
const Transform kCleanPackageCache = {
    .id = "clean-package-cache",
    .title = "Leave no package lists and caches in the layer that fills them",
    .why =
        "Package managers keep what they download: `apt-get update` tens of "
        "megabytes of lists, `pip`, `npm`, `dnf` and others the packages "
        "themselves. The image never reads them again. Only the RUN that "
        "downloads them can keep them out of the image.",
    .level = Level::kSafe,
    .phase = Phase::kStructure,
    .rank = 30,
    .aliases = {"DL3009", "DL3019", "DL3032", "DL3036", "DL3040", "DL3042",
                "DL3060"},
    .effects = {Effect::kAddsCleanUp, Effect::kSkipsCache},
    .before =
        "FROM debian:12\n"
        "RUN apt-get update && apt-get install -y curl\n",
    .after =
        "FROM debian:12\n"
        "RUN apt-get update && apt-get install -y curl && "
        "rm -rf /var/lib/apt/lists/*\n",
    .left_alone =
        "Lists that a later RUN, an ONBUILD or a stage based on this one still "
        "installs from; caches that a later step reads (`npm ci --offline`) or "
        "a COPY takes; cache mounts, `PIP_NO_CACHE_DIR=1` and its kin; stages "
        "that only feed COPY --from, whose layers are not shipped; programs "
        "that the script removes again; scripts "
        "where a command at the end would hide a failure (`||`, `set -e` in "
        "the middle, `exit`). If a later script of the project may need the "
        "lists, the level is bold; `yarn cache clean` is review, since a "
        "yarn of version 2 may run programs out of its cache.",
    .run = Run,
};

}  // namespace dfix::transforms
