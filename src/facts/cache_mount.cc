#include "src/facts/cache_mount.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "src/facts/apt_lists.h"
#include "src/facts/cache_use.h"
#include "src/facts/call_traits.h"
#include "src/facts/script_facts.h"
#include "src/shell/views.h"
#include "src/shell/words.h"
#include "src/text/one_of.h"
#include "src/text/search.h"

namespace dfix {
namespace {

bool Fills(const PackageCommand& call) {
  switch (call.verb) {
    case PackageVerb::kRefresh:
      return IsApt(*call.manager);
    case PackageVerb::kInstall:
    case PackageVerb::kSync:
    case PackageVerb::kBuild:
    case PackageVerb::kUpgrade:
      return true;
    default:
      return false;
  }
}

// The options of the call that keep it from using a cache.
std::vector<NodeId> OptionsAgainstCache(const Document& document,
                                        const PackageCommand& call) {
  std::vector<NodeId> options;
  for (const NodeId word : call.options) {
    for (const ManagerOption& option : call.manager->options) {
      if (option.trait == CallTrait::kSkipsCache &&
          WordIs(document, word, option.name)) {
        options.push_back(word);
      }
    }
  }
  return options;
}

// Whether the call takes packages from the cache and from nowhere else. What
// only prefers the cache does without it.
bool NeedsCache(const Document& document, const PackageCommand& call) {
  if (!call.traits.Has(CallTrait::kUsesCache)) return false;
  return std::none_of(call.options.begin(), call.options.end(),
                      [&](NodeId word) {
                        return document.Text(word).starts_with("--prefer-");
                      });
}

// Why one of the calls has no cache that could be a mount; empty if it has.
std::string ObstacleInCall(const Facts& facts, const PackageCommand& call) {
  const Document& document = facts.document();
  const NodeId script = facts.instructions()[call.instruction].script;
  if (call.traits.Has(CallTrait::kOnlySimulates)) {
    return "something is made of what it only downloads";
  }
  if (call.traits.Has(CallTrait::kOtherRoot)) {
    return "it installs into another root directory";
  }
  if (call.traits.Has(CallTrait::kOwnCache)) {
    return "it says where its cache is to be";
  }
  if (NeedsCache(document, call)) {
    return "it takes packages from the cache that the image has";
  }
  const std::string source = TraitSource(facts, call, CallTrait::kSkipsCache);
  if (!source.empty()) return source + " to keep no cache";
  if (call.traits.Has(CallTrait::kSkipsCache) &&
      OptionsAgainstCache(document, call).empty()) {
    return "one of its options says to keep no cache";
  }
  if (!IsApt(*call.manager)) return "";
  if (document.Text(call.command).find("Dir::") != std::string_view::npos) {
    return "it says where its cache is to be";
  }
  if (Enclosing(document, script, call.command, NodeKind::kFunction) !=
      kNoNode) {
    return "the command stands in a function";
  }
  const bool forgets =
      call.manager->name == "apt" && call.verb != PackageVerb::kRefresh;
  return forgets ? "`apt` removes what it has downloaded, `apt-get` does not"
                 : "";
}

// Why the RUN is no place for the mounts; empty if it is.
std::string ObstacleInRun(const Facts& facts, const PackageCommand& call) {
  const Document& document = facts.document();
  const InstructionFacts& run = facts.instructions()[call.instruction];
  const CacheMounting& mount = call.manager->mount;
  for (const std::string_view text : mount.unless_mentioned) {
    if (document.text().find(text) != std::string_view::npos) {
      return std::string(mount.unless_reason);
    }
  }
  std::string reason;
  ForEachCommand(document, run.script, [&](NodeId command) {
    const std::vector<NodeId> words = ProgramWords(document, command);
    if (words.empty()) return;
    const std::string name = ConstantValue(document, words[0]).value_or("");
    if (IsOneOf(Basename(name), mount.unless_run)) {
      reason = "`" + name + "` keeps in the cache what it may need later";
    }
  });
  for (const NodeId child : document.Children(run.inner)) {
    if (document.kind(child) == NodeKind::kFlag &&
        document.Text(child).find("network") != std::string_view::npos) {
      reason = "the RUN has a network of its own";
    }
  }
  return reason;
}

// Whether the lists that the RUN uses are those that it downloads, and no
// later step needs them.
void CheckLists(const Facts& facts, const std::vector<ListsStep>& steps,
                CacheMounts& mounts) {
  const uint32_t instruction = mounts.calls[0]->instruction;
  for (const ListsStep& step : steps) {
    if (step.instruction != instruction) continue;
    if (step.event == ListsEvent::kPurge ||
        step.event == ListsEvent::kMaybeRefresh) {
      continue;
    }
    if (step.event != ListsEvent::kRefresh || !step.is_certain) {
      mounts.obstacle = "the package lists come from an earlier step";
      return;
    }
    break;
  }
  const LaterNeed need = NeedAfterInstruction(facts, steps, instruction);
  if (need.answer == LaterNeed::Answer::kNo) return;
  mounts.obstacle = need.answer == LaterNeed::Answer::kYes
                        ? "line {line} needs the package lists in the image"
                        : "line {line} may need the package lists";
  mounts.obstacle_at = need.instruction;
}

// Whether something that runs before the call lets apt keep downloads, or is
// planned to.
bool KeepsDownloads(const Facts& facts, const PackageCommand& call,
                    const std::vector<CacheMounts>& planned) {
  const Document& document = facts.document();
  uint32_t end = call.instruction + 1;
  for (uint32_t stage = facts.instructions()[call.instruction].stage;
       stage != kNoStage; stage = facts.stages()[stage].parent) {
    const Stage& here = facts.stages()[stage];
    for (uint32_t i = here.first; i < std::min(end, here.end); ++i) {
      if (facts.instructions()[i].kind == InstructionKind::kRun &&
          document.Text(facts.instructions()[i].node).find("docker-clean") !=
              std::string_view::npos) {
        return true;
      }
      for (const CacheMounts& other : planned) {
        if (other.calls[0]->instruction == i && other.obstacle.empty() &&
            other.needs_downloads_kept && !facts.instructions()[i].onbuild) {
          return true;
        }
      }
    }
    end = kNoInstruction;
  }
  return false;
}

// Finds out whether the caches of `mounts.calls` can be mounts.
void Plan(const Facts& facts, const std::vector<ListsStep>& lists,
          CacheMounts& mounts) {
  for (const PackageCommand* call : mounts.calls) {
    mounts.obstacle = ObstacleInCall(facts, *call);
    if (mounts.obstacle.empty()) {
      mounts.obstacle = ObstacleInRun(facts, *call);
    }
    if (!mounts.obstacle.empty()) return;
    for (const NodeId option : OptionsAgainstCache(facts.document(), *call)) {
      mounts.options.push_back(option);
    }
  }
  if (IsApt(*mounts.calls[0]->manager)) CheckLists(facts, lists, mounts);
  if (mounts.obstacle.empty()) FindCacheUses(facts, mounts);
}

// The directories of all calls; false if the RUN has mounts there, or the
// caches are none.
bool FindDirectories(const Facts& facts, CacheMounts& mounts) {
  bool compiles = false;
  for (const PackageCommand* call : mounts.calls) {
    compiles |= call->verb != PackageVerb::kSync;
  }
  for (const PackageCommand* call : mounts.calls) {
    const Account account = AccountAt(facts, *call);
    const CacheDirectories caches = CachesOf(facts, *call, account);
    mounts.is_assumed |= account.is_assumed;
    if (!caches.unknown.empty()) {
      mounts.obstacle = caches.unknown;
      return true;
    }
    for (const CacheDirectory& directory : caches.directories) {
      if (IsMountedAway(facts, call->instruction, directory.path)) return false;
      const bool known = std::any_of(
          mounts.directories.begin(), mounts.directories.end(),
          [&](const CacheDirectory& d) { return d.path == directory.path; });
      if (known || (directory.of_builds && !compiles)) continue;
      const size_t parent = directory.path.rfind('/');
      if (directory.has_owner &&
          directory.path.substr(0, parent) != account.home) {
        mounts.obstacle = "the folder around `" + directory.path +
                          "` may be made for the mount, and belong to root";
      }
      mounts.directories.push_back(directory);
    }
  }
  return true;
}

}  // namespace

std::vector<CacheMounts> FindCacheMounts(const Facts& facts) {
  std::vector<CacheMounts> all;
  for (const PackageCommand& call : facts.package_commands()) {
    if (call.manager->mount.use == CacheUse::kUnknown || !Fills(call)) continue;
    const auto same =
        std::find_if(all.begin(), all.end(), [&](const CacheMounts& mounts) {
          return mounts.calls[0]->instruction == call.instruction &&
                 mounts.calls[0]->manager->family == call.manager->family;
        });
    if (same != all.end()) {
      same->calls.push_back(&call);
    } else {
      all.emplace_back().calls.push_back(&call);
    }
  }
  if (all.empty()) return all;
  const std::vector<ListsStep> lists = FindListsSteps(facts);
  std::vector<CacheMounts> result;
  for (CacheMounts& mounts : all) {
    if (!FindDirectories(facts, mounts)) continue;
    if (mounts.obstacle.empty()) Plan(facts, lists, mounts);
    const PackageCommand& call = *mounts.calls[0];
    mounts.needs_downloads_kept =
        IsApt(*call.manager) && !KeepsDownloads(facts, call, result);
    result.push_back(std::move(mounts));
  }
  return result;
}

}  // namespace dfix
