#include "src/facts/cache_cleaning.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string_view>

#include "src/dockerfile/instructions.h"
#include "src/facts/call_traits.h"
#include "src/facts/container_command.h"
#include "src/facts/script_facts.h"
#include "src/shell/views.h"
#include "src/shell/words.h"
#include "src/text/glob.h"
#include "src/text/one_of.h"
#include "src/text/search.h"

namespace dfix {
namespace {

bool Fills(const PackageCommand& call) {
  const bool downloads = call.verb == PackageVerb::kInstall ||
                         call.verb == PackageVerb::kSync ||
                         call.verb == PackageVerb::kUpgrade;
  // Without its cache such a call would find nothing.
  const bool needs_cache = !call.manager->clean.option.text.empty() &&
                           call.traits.Has(CallTrait::kUsesCache);
  return downloads && !needs_cache &&
         !call.traits.Has(CallTrait::kOnlySimulates);
}

// A path as the tables write it: `~` for whoever's home, no quotes.
std::string TablePath(std::string_view text) {
  std::string path(text);
  std::erase_if(path, [](char c) { return c == '"' || c == '\''; });
  for (const std::string_view home : {"$HOME", "${HOME}", "/root"}) {
    if (path == home || path.starts_with(std::string(home) + '/')) {
      return "~" + path.substr(home.size());
    }
  }
  if (path.starts_with("/home/")) {
    const size_t end = path.find('/', 6);
    return end == std::string::npos ? "~" : "~" + path.substr(end);
  }
  return path;
}

// Whether removing what `text` names removes `cache`, or a part of it.
bool Covers(std::string_view text, std::string_view cache) {
  std::string path = TablePath(text);
  const size_t glob = path.find_first_of("*?[{");
  if (glob != std::string::npos) {
    path.resize(glob);
    return path.size() > 1 &&
           (cache.starts_with(path) || path.starts_with(cache));
  }
  while (path.size() > 1 && path.back() == '/') path.pop_back();
  return path.size() > 1 && (IsInside(cache, path) || IsInside(path, cache));
}

// Whether a mount on `target` holds `cache`, whoever's home it is in.
bool HidesInHome(std::string_view target, std::string_view cache) {
  const std::string_view tail = cache.substr(1);  // `/.cache/pip`
  const size_t at = target.find(tail);
  if (at != std::string_view::npos &&
      (target.size() == at + tail.size() || target[at + tail.size()] == '/')) {
    return true;
  }
  for (size_t end = tail.rfind('/'); end != std::string_view::npos && end > 0;
       end = tail.rfind('/', end - 1)) {
    if (target.ends_with(tail.substr(0, end))) return true;
  }
  return target == "/root" || target.starts_with("/home/");
}

bool IsMounted(const Facts& facts, uint32_t instruction,
               const ManagerCache& cache) {
  for (const std::string_view path : {cache.path, cache.root_path}) {
    if (path.starts_with('/') && IsMountedAway(facts, instruction, path)) {
      return true;
    }
  }
  for (const ImagePath& place : cache.images) {
    if (IsMountedAway(facts, instruction, place.path)) return true;
  }
  if (!cache.variable.empty()) {
    const auto value = VariableAt(facts, instruction, cache.variable);
    if (value && value->starts_with('/') &&
        IsMountedAway(facts, instruction, *value + std::string(cache.below))) {
      return true;
    }
  }
  if (!cache.path.starts_with('~')) return false;
  const auto targets = MountTargets(facts, instruction);
  return std::any_of(targets.begin(), targets.end(),
                     [&](const std::string& target) {
                       return target.empty() || HidesInHome(target, cache.path);
                     });
}

// Whether an instruction copies the cache out of the stage.
bool IsCopiedOut(const Facts& facts, const PackageManager& manager) {
  for (const InstructionFacts& i : facts.instructions()) {
    if (i.kind != InstructionKind::kCopy) continue;
    const Instruction copy(facts.document(), i.inner);
    if (!copy.FindFlag("--from")) continue;
    auto sources = copy.Arguments();
    if (!sources.empty()) sources.pop_back();
    for (const std::string& source : sources) {
      if (source != "/" && NamesCache(manager, source)) return true;
    }
  }
  return false;
}

// Whether `text` names what a variable of the build says is the cache.
bool NamesCacheByVariable(const Facts& facts, uint32_t instruction,
                          const PackageManager& manager,
                          std::string_view text) {
  return std::any_of(manager.caches.begin(), manager.caches.end(),
                     [&](const ManagerCache& cache) {
                       if (cache.variable.empty()) return false;
                       const auto value =
                           VariableAt(facts, instruction, cache.variable);
                       return value && !value->empty() &&
                              Covers(text, *value + std::string(cache.below));
                     });
}

// Whether a command substitution in `text` asks `manager` where its cache is,
// as in `$(yarn cache dir)`.
bool AsksForCache(const PackageManager& manager, std::string_view text) {
  constexpr std::string_view kQuestions[] = {
      " cache dir", " config get cache", " config cache-dir", " store path"};
  return HasText(text, "$(" + std::string(manager.name)) &&
         std::any_of(std::begin(kQuestions), std::end(kQuestions),
                     [&](std::string_view question) {
                       return HasText(text, question);
                     });
}

// Whether the simple command removes the cache of `manager`, or may.
bool RemovesCache(const Facts& facts, NodeId command,
                  const PackageManager& manager) {
  if (const PackageCommand* call = facts.PackageCommandAt(command)) {
    return call->manager->family == manager.family &&
           call->verb == PackageVerb::kClean;
  }
  const Document& document = facts.document();
  const std::vector<NodeId> words = ProgramWords(document, command);
  if (words.empty()) return false;
  const std::string program(
      Basename(ConstantValue(document, words[0]).value_or("")));
  const std::string_view text = document.Text(command);
  const bool removes =
      program == "rm" || program == "unlink" ||
      (program == "find" && (text.find("-delete") != std::string_view::npos ||
                             text.find("rm") != std::string_view::npos));
  return removes &&
         std::any_of(words.begin() + 1, words.end(), [&](NodeId word) {
           const std::string_view text = document.Text(word);
           return NamesCache(manager, text) || AsksForCache(manager, text) ||
                  NamesCacheByVariable(facts, facts.InstructionOf(command),
                                       manager, text);
         });
}

// Whether removing what `text` names removes a program called `program`, or
// what interprets it.
bool HoldsProgram(std::string_view text, std::string_view program) {
  constexpr std::string_view kInterpreters[] = {"node", "nodejs", "php", "ruby",
                                                "python3"};
  std::string path(text);
  std::erase_if(path, [](char c) { return c == '"' || c == '\''; });
  while (path.size() > 1 && path.back() == '/') path.pop_back();
  for (const std::string_view data : {"/var/", "/etc/", "/tmp/"}) {
    if (path.starts_with(data)) return false;
  }
  const bool absolute = path.starts_with('/');
  if (absolute && (path.ends_with("/bin") || path.ends_with("/bin/*") ||
                   path.ends_with("/lib/node_modules"))) {
    return true;
  }
  for (size_t begin = 0; begin <= path.size();) {
    const size_t end = std::min(path.find('/', begin), path.size());
    const std::string_view part =
        std::string_view(path).substr(begin, end - begin);
    const bool interprets = absolute && IsOneOf(part, kInterpreters);
    if (interprets ||
        (!part.empty() && part != "*" && MatchesGlob(part, program))) {
      return true;
    }
    begin = end + 1;
  }
  return false;
}

// Whether the simple command removes the program of `call`, or may.
bool MayRemoveProgram(const Facts& facts, NodeId command,
                      const PackageCommand& call) {
  const Document& document = facts.document();
  const std::string program(
      Basename(ConstantValue(document, call.program)
                   .value_or(std::string(call.manager->name))));
  const auto holds = [&](NodeId word) {
    const std::string_view text = document.Text(word);
    return HoldsProgram(text, program) ||
           HoldsProgram(text, call.manager->name);
  };
  if (const PackageCommand* other = facts.PackageCommandAt(command)) {
    if (other->verb != PackageVerb::kRemove) return false;
    return other->manager->family != call.manager->family ||
           other->operands_unknown ||
           std::any_of(other->operands.begin(), other->operands.end(), holds);
  }
  const std::vector<NodeId> words = ProgramWords(document, command);
  if (words.empty()) return false;
  constexpr std::string_view kRemovers[] = {"rm", "unlink", "mv", "rmdir"};
  const std::string name = ConstantValue(document, words[0]).value_or("");
  return IsOneOf(Basename(name), kRemovers) &&
         std::any_of(words.begin() + 1, words.end(), holds);
}

// The command after the last of `calls` that removes the cache; what stands in
// a function runs at some time. kNoNode if there is none.
NodeId RemovalAfter(const Facts& facts,
                    const std::vector<const PackageCommand*>& calls) {
  const Document& document = facts.document();
  const PackageCommand& last = *calls.back();
  const NodeId script = facts.instructions()[last.instruction].script;
  NodeId removal = kNoNode;
  ForEachCommand(document, script, [&](NodeId command) {
    const bool later =
        Index(command) > Index(last.command) ||
        Enclosing(document, script, command, NodeKind::kFunction) != kNoNode;
    if (later && RemovesCache(facts, command, *last.manager)) removal = command;
  });
  return removal;
}

// Whether a command of the RUN of `fill` that is none of the manager's may
// install from lists that are there: a script, or one that mentions it.
bool MayReadLists(const Facts& facts, const CacheFill& fill) {
  constexpr std::string_view kShells[] = {"sh",  "bash", "ash",    "dash",
                                          "zsh", ".",    "source", "eval"};
  const Document& document = facts.document();
  const PackageCommand& last = *fill.calls.back();
  const NodeId script = facts.instructions()[last.instruction].script;
  bool may = false;
  ForEachCommand(document, script, [&](NodeId command) {
    if (command == fill.removal || facts.PackageCommandAt(command)) return;
    const std::vector<NodeId> words = ProgramWords(document, command);
    if (words.empty()) {
      may |= document.Child(command, NodeKind::kWord) != kNoNode;
      return;
    }
    const std::string program = ConstantValue(document, words[0]).value_or("$");
    may |= IsOneOf(Basename(program), kShells) || program.ends_with(".sh") ||
           program.starts_with('.') ||
           document.Text(command).find(last.manager->programs[0]) !=
               std::string_view::npos;
  });
  return may;
}

// Whether a command of the RUN may read lists: a script that is
// called, and not one that is only given another mode or place.
bool RunsScript(const Facts& facts, const InstructionFacts& run) {
  constexpr std::string_view kHandlers[] = {"chgrp", "chmod", "chown", "cp",
                                            "echo",  "ln",    "mkdir", "mv",
                                            "rm",    "sed",   "touch"};
  const Document& document = facts.document();
  if (run.script == kNoNode || document.kind(run.script) != NodeKind::kScript) {
    return HasText(document.Text(run.node), ".sh");
  }
  bool runs = false;
  ForEachCommand(document, run.script, [&](NodeId command) {
    const auto words = ProgramWords(document, command);
    const auto program =
        words.empty() ? std::nullopt : ConstantValue(document, words[0]);
    if (program && IsOneOf(Basename(*program), kHandlers)) return;
    runs |= HasText(document.Text(command), ".sh");
  });
  return runs;
}

// Whether a RUN after `fill` may install from lists that it leaves: a script,
// or a call whose cache is not the layer's.
bool ListsMayBeNeeded(const Facts& facts, const CacheFill& fill) {
  const PackageCommand& last = *fill.calls.back();
  const Document& document = facts.document();
  for (uint32_t i = last.instruction + 1; i < facts.instructions().size();
       ++i) {
    if (facts.instructions()[i].kind != InstructionKind::kRun ||
        !InSameBuild(facts, last.instruction, i)) {
      continue;
    }
    const std::string_view text = document.Text(facts.instructions()[i].node);
    if (RunsScript(facts, facts.instructions()[i])) return true;
    if (text.find(last.manager->programs[0]) == std::string_view::npos) {
      continue;
    }
    bool known = false;
    for (const PackageCommand& call : facts.package_commands()) {
      if (call.instruction != i || call.manager != last.manager) continue;
      const bool is_fixed =
          call.traits.Has(CallTrait::kSkipsCache) ||
          (Fills(call) && CacheObstacle(facts, {{&call}, kNoNode}).empty());
      const bool needs_none = call.verb == PackageVerb::kRefresh ||
                              call.verb == PackageVerb::kRemove ||
                              call.verb == PackageVerb::kClean;
      if (!is_fixed && !needs_none) return true;
      known = true;
    }
    if (!known) return true;
  }
  return false;
}

}  // namespace

bool MayBeGoneAfter(const Facts& facts, const PackageCommand& call) {
  const NodeId script = facts.instructions()[call.instruction].script;
  bool gone = false;
  ForEachCommand(facts.document(), script, [&](NodeId command) {
    gone |= Index(command) > Index(call.command) &&
            MayRemoveProgram(facts, command, call);
  });
  return gone;
}

bool NamesCache(const PackageManager& manager, std::string_view text) {
  for (const ManagerCache& cache : manager.caches) {
    if (Covers(text, cache.path) ||
        (!cache.root_path.empty() && Covers(text, cache.root_path)) ||
        (!cache.variable.empty() &&
         text.find(cache.variable) != std::string_view::npos)) {
      return true;
    }
    for (const ImagePath& place : cache.images) {
      if (Covers(text, place.path)) return true;
    }
  }
  return std::any_of(
      manager.clean.paths.begin(), manager.clean.paths.end(),
      [&](std::string_view glob) { return MatchesGlob(glob, text); });
}

std::vector<CacheFill> FindCacheFills(const Facts& facts) {
  std::vector<CacheFill> fills;
  size_t first_of_run = 0;  // In `fills`.
  for (const PackageCommand& call : facts.package_commands()) {
    if (!Fills(call) || IsApt(*call.manager)) continue;
    if (first_of_run < fills.size() &&
        fills[first_of_run].calls[0]->instruction != call.instruction) {
      first_of_run = fills.size();
    }
    const auto same = std::find_if(
        fills.begin() + first_of_run, fills.end(), [&](const CacheFill& fill) {
          return fill.calls[0]->manager->family == call.manager->family;
        });
    if (same != fills.end()) {
      same->calls.push_back(&call);
    } else {
      fills.push_back({{&call}, kNoNode});
    }
  }
  for (CacheFill& fill : fills) fill.removal = RemovalAfter(facts, fill.calls);
  return fills;
}

std::optional<std::vector<const PackageCommand*>> NeedlessRefreshes(
    const Facts& facts, const CacheFill& fill) {
  const PackageCommand& last = *fill.calls.back();
  if (MayReadLists(facts, fill)) return std::nullopt;
  std::vector<const PackageCommand*> refreshes;
  for (const PackageCommand& call : facts.package_commands()) {
    if (call.instruction != last.instruction || call.manager != last.manager) {
      continue;
    }
    if (call.verb == PackageVerb::kQuery || call.verb == PackageVerb::kOther) {
      return std::nullopt;
    }
    if (call.verb == PackageVerb::kRefresh) refreshes.push_back(&call);
  }
  if (fill.removal == kNoNode && ListsMayBeNeeded(facts, fill))
    return std::nullopt;
  return refreshes;
}

std::string CacheObstacle(const Facts& facts, const CacheFill& fill) {
  const PackageCommand& call = *fill.calls.back();
  const InstructionFacts& run = facts.instructions()[call.instruction];
  const PackageManager& manager = *call.manager;
  for (const ManagerCache& cache : manager.caches) {
    if (IsMounted(facts, call.instruction, cache)) {
      return "the cache is in a mount, not in the layer";
    }
  }
  if (IsOnOldImage(facts, call)) {
    return "the `" + std::string(manager.name) + "` of `" +
           std::string(*OutsideBase(facts, run.stage)) +
           "` does not know the option";
  }
  if (!run.onbuild && !facts.stages()[run.stage].shipped) {
    return "the stage is not part of the image that is built by default";
  }
  if (call.traits.Has(CallTrait::kOtherRoot)) {
    return "it installs into another root directory";
  }
  if (call.traits.Has(CallTrait::kOwnCache)) {
    return "it says where its cache is to be";
  }
  for (const std::string_view text : manager.clean.unless_mentioned) {
    if (facts.document().text().find(text) != std::string_view::npos) {
      return std::string(manager.clean.unless_reason);
    }
  }
  if (IsCopiedOut(facts, manager)) return "a COPY takes the cache from here";
  return "";
}

uint32_t LaterUseOfCache(const Facts& facts, const PackageCommand& call) {
  for (const PackageCommand& other : facts.package_commands()) {
    if (Index(other.command) > Index(call.command) &&
        other.manager->family == call.manager->family &&
        other.traits.Has(CallTrait::kUsesCache) &&
        InSameBuild(facts, call.instruction, other.instruction)) {
      return other.instruction;
    }
  }
  return kNoInstruction;
}

}  // namespace dfix
