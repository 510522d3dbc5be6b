// Rules about caches that move into a mount.
#include <algorithm>

#include "src/equivalence/caches.h"
#include "src/equivalence/package_lists.h"
#include "src/equivalence/rules.h"
#include "src/text/search.h"

namespace dfix::equivalence::rules {
namespace {

// The keys of `--mount=type=cache,...`, `target` among them; absent if there
// are others.
std::optional<std::string> TargetOfCacheMount(std::string_view flag) {
  constexpr std::string_view kBegin = "--mount=type=cache,";
  if (!flag.starts_with(kBegin)) return std::nullopt;
  flag.remove_prefix(kBegin.size());
  std::optional<std::string> target;
  while (!flag.empty()) {
    const std::string_view field = flag.substr(0, flag.find(','));
    flag.remove_prefix(std::min(flag.size(), field.size() + 1));
    const size_t equals = std::min(field.find('='), field.size());
    const std::string_view key = field.substr(0, equals);
    const std::string_view value =
        field.substr(std::min(equals + 1, field.size()));
    if (HasWord("target dst destination", key)) {
      target = value;
    } else if (!(key == "sharing" ? HasWord("shared private locked", value)
                 : HasWord("uid gid mode", key) ? IsNumber(value)
                                                : key == "id")) {
      return std::nullopt;
    }
  }
  return target;
}

// Whether the step calls one of `programs`.
bool CallsAny(const Trace& trace, const Step& step, std::string_view programs) {
  return !CallsOf(trace, step,
                  {.programs = programs, .fills = "", .directories = ""})
              .empty();
}

// Why what `cache` keeps is needed in the image from step `index` on, which
// has it in the mount `flag`.
std::string WhyNeededInImage(const Trace& trace, const Cache& cache,
                             uint32_t index, std::string_view target) {
  const std::string who = WhoReads(trace, cache, index);
  if (!who.empty()) return "the cache is read by " + who;
  if (cache.readers.empty()) return "";
  const uint32_t stage = trace.steps()[index].stage;
  for (const Step& step : trace.steps()) {
    if (step.from == kNone || !IsBasedOn(trace, step.from, stage)) continue;
    for (size_t i = 0; i + 1 < step.arguments.size(); ++i) {
      if (step.arguments[i] != "/" && IsInside(target, step.arguments[i])) {
        return "it is copied by " + DescribeStep(trace, step);
      }
    }
  }
  for (uint32_t i = index + 1; i < trace.steps().size(); ++i) {
    const Step& step = trace.steps()[i];
    if (!IsBasedOn(trace, step.stage, stage)) continue;
    if (step.kind == InstructionKind::kCmd ||
        step.kind == InstructionKind::kEntrypoint) {
      const std::string text = DescribeStep(trace, step);
      bool names = false;
      ForEachWord(cache.readers, [&](std::string_view reader) {
        names |= reader != "java" && HasText(text, reader);
      });
      if (names) return "the container may need it";
    }
    if (!CallsAny(trace, step, cache.readers)) continue;
    const bool mounted = std::any_of(
        step.flags.begin(), step.flags.end(), [&](const std::string& flag) {
          return TargetOfCacheMount(flag) == std::string(target);
        });
    if (!mounted) return "it is needed by " + DescribeStep(trace, step);
  }
  return "";
}

// Why the mount `flag`, which is new at `d.after`, changes what is built.
std::string WhyNoCacheMount(const Comparison& c, const Difference& d,
                            std::string_view flag) {
  const auto target = TargetOfCacheMount(flag);
  if (!target) return "it is no plain cache";
  const Step& step = *d.after.step;
  const std::string& workdir = c.before.ContextOf(*d.before.step).workdir;
  const bool works_there = IsInside(workdir, *target) ||
                           (workdir != "/" && IsInside(*target, workdir));
  if (MayBeMounted(*d.before.step, std::string_view(*target), works_there)) {
    return "there is a mount already";
  }
  constexpr std::string_view kVariables =
      "PIP_CACHE_DIR POETRY_CACHE_DIR UV_CACHE_DIR npm_config_cache "
      "YARN_CACHE_FOLDER PNPM_HOME GOPATH GOMODCACHE GOCACHE CARGO_HOME "
      "COMPOSER_CACHE_DIR BUN_INSTALL_CACHE_DIR NUGET_PACKAGES "
      "PIPENV_CACHE_DIR";
  for (const auto& [name, variable] : c.after.ContextOf(step).variables) {
    std::string_view directory = variable.value;
    while (directory.ends_with('/')) directory.remove_suffix(1);
    if (variable.known && HasWord(kVariables, name) &&
        variable.value.starts_with('/') && IsInside(*target, directory)) {
      return "";
    }
  }
  std::string reason = "no table knows the directory as a cache";
  for (const Cache& cache : c.tools.caches) {
    bool exact = false;
    ForEachWord(cache.directories, [&](std::string_view directory) {
      exact |= IsInCache(*target, directory) &&
               target->ends_with(
                   directory.substr(directory.starts_with('~') ? 1 : 0));
    });
    if (!exact) continue;
    if (!CallsAny(c.after, step, cache.programs)) {
      reason = "nothing of the RUN fills that cache";
      continue;
    }
    const uint32_t index = c.after.IndexOf(step);
    const ListManager* manager = ManagerByName(cache.manager);
    if (manager != nullptr && IsInside(manager->directory, *target)) {
      if (!RefreshesFirst(c.before, *manager, *d.before.step)) {
        return "the lists that earlier steps downloaded are hidden";
      }
      // There were none for others before, either.
      if (LeavesNone(c.before, *manager, *d.before.step)) return "";
      const std::string who =
          NeedAfter(c.after, *manager, index, nullptr, true);
      return who.empty() ? "" : "the package lists are needed by " + who;
    }
    return WhyNeededInImage(c.after, cache, index, *target);
  }
  return reason;
}

// Whether the step has the directory of a table in a mount, of whoever's home.
bool IsDirectoryMounted(const Step& step, std::string_view directory) {
  return std::any_of(
      step.flags.begin(), step.flags.end(), [&](const std::string& flag) {
        const auto target = TargetOfCacheMount(flag);
        return target && IsInCache(*target, directory) &&
               target->ends_with(
                   directory.substr(directory.starts_with('~') ? 1 : 0));
      });
}

// Whether the step has one of the cache's directories in a mount.
bool IsCacheMounted(const Step& step, const Cache& cache) {
  bool some = false;
  ForEachWord(cache.directories, [&](std::string_view directory) {
    some |= IsDirectoryMounted(step, directory);
  });
  return some;
}

// Whether `path` is in a cache's directory that the step has in a mount.
bool IsMountedPath(const KnownTools& tools, const Step& step,
                   std::string_view path) {
  bool mounted = false;
  for (const Cache& cache : tools.caches) {
    ForEachWord(cache.directories, [&](std::string_view directory) {
      mounted |=
          IsInCache(path, directory) && IsDirectoryMounted(step, directory);
    });
  }
  return mounted;
}

// Whether the step has all in mounts that `verb` of a manager with package
// lists removes; true for other programs.
bool IsAllMounted(const Step& step, const Cache& cache, std::string_view verb) {
  const ListManager* manager = ManagerByName(cache.manager);
  if (manager == nullptr) return true;
  const bool lists = HasWord(manager->purge, verb);
  bool all = true;
  ForEachWord(cache.directories, [&](std::string_view directory) {
    if (directory == manager->directory && !lists) return;
    all &= IsDirectoryMounted(step, directory);
  });
  return all;
}

}  // namespace

std::string AddedMount(const Comparison& c, const Difference& d) {
  const Step& before = *d.before.step;
  const Step& after = *d.after.step;
  if (before.onbuild != after.onbuild || before.heredoc != after.heredoc ||
      before.arguments != after.arguments) {
    return "more than flags differs";
  }
  std::vector<std::string> added;
  size_t at = 0;
  for (const std::string& flag : after.flags) {
    if (at < before.flags.size() && before.flags[at] == flag) {
      ++at;
    } else {
      added.push_back(flag);
    }
  }
  if (at != before.flags.size()) return "a flag is changed or gone";
  if (added.empty()) return "flags change their order";
  for (const std::string& flag : added) {
    const std::string why = WhyNoCacheMount(c, d, flag);
    if (!why.empty()) return "`" + flag + "`: " + why;
  }
  return "";
}

std::string KeptCache(const Comparison& c, const Difference& d) {
  const Command* command = OnlySimple(d.before.item());
  if (command == nullptr || !command->redirections.empty()) {
    return "it is no plain command";
  }
  const Step* after = PartnerOf(c, *d.before.step);
  if (after == nullptr) return "its RUN is gone";
  const Call call = ReadCall(*command);
  const std::string text = WordsFrom(*command, call.program);
  const bool deletes =
      call.name == "rm" || (call.name == "find" && HasText(text, "-delete"));
  if (deletes && call.verb != 0) {
    const size_t last =
        call.name == "rm" ? command->words.size() : call.verb + 1;
    bool all = true;
    for (size_t i = call.verb; i < last; ++i) {
      all &= IsMountedPath(c.tools, *after, command->words[i].text);
    }
    return all ? WhyNotRemovable(c.before, d.before)
               : "the cache is in no mount";
  }
  for (const Cache& cache : c.tools.caches) {
    const std::string_view rest = CleanUpArguments(cache);
    const bool by_program =
        IsProgram(cache.programs, call.name) &&
        ((!rest.empty() && WordsFrom(*command, call.program + 1) == rest) ||
         HasWord("clean clear-cache clearcache cc autoclean distclean "
                 "dist-clean",
                 call.verb_name) ||
         (HasWord("cache store", call.verb_name) && !call.operands.empty() &&
          HasWord("clean clear rm purge prune",
                  command->words[call.operands[0]].text)));
    const bool by_hand = !cache.clean_up.empty() && text == cache.clean_up;
    if (!by_program && !by_hand) continue;
    if (!IsCacheMounted(*after, cache) ||
        !IsAllMounted(*after, cache, call.verb_name)) {
      return "the cache is in no mount";
    }
    return WhyNotRemovable(c.before, d.before);
  }
  return "it is no clean-up";
}

std::string KeptArchives(const Comparison& c, const Difference& d) {
  const Command* command = OnlySimple(d.after.item());
  if (command == nullptr || !command->redirections.empty()) {
    return "it is no plain command";
  }
  const Call call = ReadCall(*command);
  if (WordsFrom(*command, call.program) !=
          "rm -f /etc/apt/apt.conf.d/docker-clean" ||
      (call.program != 0 && !command->words[0].Is("sudo"))) {
    return "it is no removal of apt's `docker-clean`";
  }
  const std::string& user = c.after.ContextOf(*d.after.step).user;
  const bool by_root = user.empty() || HasWord("root 0 root:root 0:0", user);
  if (!by_root && !call.behind_sudo) return "it needs root";
  const Frame& frame = d.after.frame();
  const std::vector<Item>& items = frame.list->items;
  const bool fails_alone =
      d.after.frames.size() == 1 && items[frame.item].join != Join::kOr &&
      frame.item + 1 < items.size() && items[frame.item + 1].join != Join::kOr;
  if (!fails_alone) return "`||` or the end of the script is beside it";
  return MayBeMounted(*d.after.step, std::string_view("/var/cache/apt"))
             ? ""
             : "the archives are in no mount";
}

std::string KeptCacheWords(const Comparison& c, const Difference& d) {
  const auto removed = RemovedWords(*d.command_before, *d.command_after);
  if (!removed || removed->empty()) return "words are added or changed";
  const Call call = ReadCall(*d.command_before);
  for (const Cache& cache : c.tools.caches) {
    const bool options =
        !cache.option.empty() && IsProgram(cache.programs, call.name) &&
        std::all_of(removed->begin(), removed->end(), [&](size_t i) {
          const Word& word = d.command_before->words[i];
          return word.Is(cache.option) ||
                 (cache.option == "--no-cache-dir" && word.Is("--no-cache"));
        });
    const bool paths =
        call.name == "rm" && ReadCall(*d.command_after).verb != 0 &&
        std::all_of(removed->begin(), removed->end(), [&](size_t i) {
          return IsMountedPath(c.tools, *d.after.step,
                               d.command_before->words[i].text);
        });
    if (paths) return "";
    if (!options) continue;
    return IsCacheMounted(*d.after.step, cache) ? ""
                                                : "the cache is in no mount";
  }
  return "they are no options against a cache";
}

std::string AddedSyntax(const Comparison& c, const Difference&) {
  const bool added = c.before.directives().empty() &&
                     (c.after.directives() == "syntax=docker/dockerfile:1\n");
  return added ? "" : "only `# syntax=docker/dockerfile:1` may come";
}

}  // namespace dfix::equivalence::rules
