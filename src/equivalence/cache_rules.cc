// Rules about what package managers download and keep: that it goes in the
// layer that has it, or never gets there.
#include <algorithm>

#include "src/equivalence/caches.h"
#include "src/equivalence/package_lists.h"
#include "src/equivalence/rules.h"
#include "src/text/search.h"

namespace dfix::equivalence::rules {
namespace {

bool IsRoot(std::string_view user) {
  return user.empty() || user == "root" || user == "0" ||
         user.starts_with("root:") || user.starts_with("0:");
}

// Verbs that read the index.
constexpr std::string_view kQueries = "search fetch list policy version";

// Whether all calls of a step that fill the cache have the option against
// that.
bool AllSkip(const Trace& trace, const Step& step, const Cache& cache) {
  const auto calls = CallsOf(trace, step, cache);
  bool some = false;
  for (const Call& call : calls) {
    if (call.verb_name == cache.refresh && !cache.refresh.empty()) continue;
    const bool reads =
        !cache.refresh.empty() && HasWord(kQueries, call.verb_name);
    if ((Fills(cache, call) || reads) && !HasOption(call, cache.option)) {
      return false;
    }
    some |= Fills(cache, call);
  }
  return some;
}

// Why index that a step no longer leaves is needed by a later one, or what was
// in the cache; empty if it is not.
std::string WhyNeeded(const Trace& trace, const Cache& cache, uint32_t index) {
  std::string why = WhoReads(trace, cache, index);
  if (!why.empty()) return "the cache is read by " + why;
  if (cache.refresh.empty()) return "";
  for (const Call& call : CallsOf(trace, trace.steps()[index], cache)) {
    if (call.verb_name == cache.refresh) return "";  // It leaves one.
  }
  const uint32_t stage = trace.steps()[index].stage;
  for (uint32_t i = index + 1; i < trace.steps().size(); ++i) {
    const Step& step = trace.steps()[i];
    if (!IsBasedOn(trace, step.stage, stage)) continue;
    bool refreshed = false;
    for (const Call& call : CallsOf(trace, step, cache)) {
      refreshed |=
          call.verb_name == cache.refresh || HasAnyOption(call, cache.replaces);
      if (Fills(cache, call) && !refreshed && !HasOption(call, cache.option)) {
        return "the index is needed by " + DescribeStep(trace, step);
      }
    }
  }
  return "";
}

// Whether a function of the script at `place` is what the command calls.
bool IsFunction(const Trace& trace, const Place& place,
                const Command& command) {
  return !command.words.empty() &&
         DefinesFunction(*trace.ScriptOf(*place.step), command.words[0].text);
}

// Whether an item that is added reads or hides the status of what was before.
std::string WhyStatusMatters(const Trace& trace, const Place& place) {
  const Frame& frame = place.frame();
  const std::vector<Item>& items = frame.list->items;
  const auto [first, end] = AndOrAround(*frame.list, frame.item);
  for (uint32_t i = first + 1; i < end; ++i) {
    if (items[i].join == Join::kOr) {
      return "`||` decides what runs beside it";
    }
  }
  if (items[frame.item].background) return "it runs in the background";
  if (end < items.size() && HasText(Render(items[end]), "{?}")) {
    return "the next command reads the status";
  }
  const Errexit errexit = ErrexitAt(trace, place);
  const bool last = end == items.size();
  if (items[frame.item].join == Join::kAnd) {
    // What is before is not the last of its list any more, where `set -e`
    // ends the script.
    if (errexit == Errexit::kOff) return "";
    for (const Command& command : items[frame.item - 1].commands) {
      if (FeelsErrexit(command) || IsFunction(trace, place, command)) {
        return "`set -e` would not act inside what is before";
      }
    }
    for (size_t f = place.frames.size(); f-- > 0;) {
      const Frame& outer = place.frames[f];
      const auto range = AndOrAround(*outer.list, outer.item);
      if (range.second != outer.list->items.size()) {
        return "`set -e` does not act inside a list of `&&`";
      }
      if (outer.compound != nullptr &&
          outer.compound->kind == NodeKind::kSubshell) {
        break;
      }
    }
    return "";
  }
  if (items[frame.item].join == Join::kFirst) return "nothing is before it";
  if (!last) return "";
  if (errexit != Errexit::kOn) return "it hides a failure of what is before";
  return WhyErrexitMissesFailure(place);
}

// The clean-up of the table that `call` is, behind a call before it in
// `script`; null if it is none.
const Cache* CleanUpOf(const KnownTools& tools, const List& script,
                       const Call& call) {
  const std::string text = WordsFrom(*call.command, call.program);
  for (const Cache& cache : tools.caches) {
    if (cache.clean_up.empty()) continue;
    const std::string_view arguments = CleanUpArguments(cache);
    const bool as_called = !arguments.empty();
    const std::string rest =
        as_called ? WordsFrom(*call.command, call.program + 1) : text;
    if (rest != (as_called ? arguments : cache.clean_up)) continue;
    bool begun = false;
    bool fills = false;
    ForEachSimple(script, [&](const Command& each) {
      begun |= &each == call.command;
      if (begun) return;
      const Call other = ReadCall(each);
      const bool removes =
          HasWord("apt-get apt apk dnf yum microdnf zypper pacman",
                  other.name) &&
          HasWord("remove purge autoremove autopurge del erase rm",
                  other.verb_name);
      // The program itself may be gone.
      if (removes && as_called && !IsProgram(cache.programs, other.name)) {
        fills = false;
        return;
      }
      if (!IsProgram(cache.programs, other.name)) return;
      // Another root directory has another cache.
      if (HasAnyOption(other, "--installroot --root --downloadonly")) return;
      bool same = !as_called || other.program == call.program;
      for (size_t i = 0; same && as_called && i <= call.program; ++i) {
        same = each.words[i].hash == call.command->words[i].hash;
      }
      fills |= same;
    });
    if (fills) return &cache;
  }
  return nullptr;
}

bool GlobsAreOff(const List& script) {
  bool off = false;
  ForEachSimple(script, [&](const Command& other) {
    const std::string set = Render(other);
    off |= set.starts_with("set -") &&
           (HasText(set.substr(0, set.find(' ', 4)), "f") ||
            HasText(set, "noglob"));
  });
  return off;
}

}  // namespace

std::string AddedCleanUp(const Comparison& c, const Difference& d) {
  const Command* command = OnlySimple(d.after.item());
  if (command == nullptr) return "it is no plain command";
  const Call call = ReadCall(*command);
  const Step& step = *d.after.step;
  const List& script = *c.after.ScriptOf(step);
  const Cache* cache = CleanUpOf(c.tools, script, call);
  if (cache == nullptr) {
    return "no table knows the command as the clean-up of one before it";
  }
  if (!command->assignments.empty() || !command->redirections.empty()) {
    return "it has an environment or redirections";
  }
  const ListManager* manager = ManagerByName(cache->manager);
  if (manager != nullptr ? MayBeMounted(step, manager->directory)
                         : MayBeMounted(step, *cache)) {
    return "the directory is in a mount";
  }
  bool in_use = false;
  ForEachWord(cache->unless, [&](std::string_view sign) {
    in_use |= HasText(c.after.document().text(), sign);
  });
  if (in_use) return "programs may run out of the cache";
  const std::string text = WordsFrom(*command, call.program);
  if (HasText(text, "~") && call.behind_sudo) return "`sudo` has another home";
  const std::string& user = c.after.ContextOf(step).user;
  if (cache->needs_root && !IsRoot(user) && !call.behind_sudo) {
    return "the user `" + user + "` may not do that";
  }
  if (std::string where = WhereItMayNotBe(d.after); !where.empty()) {
    return where;
  }
  if (std::string why = WhyStatusMatters(c.after, d.after); !why.empty()) {
    return why;
  }
  if (HasText(text, "*") && GlobsAreOff(script)) return "`*` is not expanded";
  const uint32_t index = c.after.IndexOf(step);
  if (manager != nullptr) {
    const std::string who = NeedAfter(c.after, *manager, index, command, false);
    return who.empty() ? "" : "the package lists are needed by " + who;
  }
  const std::string who = WhoReads(c.after, *cache, index);
  return who.empty() ? "" : "the cache is read by " + who;
}

std::string SkippedCache(const Comparison& c, const Difference& d) {
  const Call before = ReadCall(*d.command_before);
  const Call after = ReadCall(*d.command_after);
  const auto cache = std::find_if(
      c.tools.caches.begin(), c.tools.caches.end(), [&](const Cache& entry) {
        return !entry.option.empty() && !after.name.empty() &&
               IsProgram(entry.programs, after.name);
      });
  if (cache == c.tools.caches.end()) return "no table has an option for that";
  if (before.verb_name != after.verb_name || !Fills(*cache, after)) {
    return "the call fills no cache";
  }
  std::vector<Word> words = d.command_after->words;
  const auto option =
      std::find_if(after.options.begin(), after.options.end(),
                   [&](size_t i) { return words[i].Is(cache->option); });
  if (option == after.options.end()) return "its option is not there";
  if (HasOption(before, cache->option)) return "it was there before";
  words.erase(words.begin() + static_cast<std::ptrdiff_t>(*option));
  std::vector<Word> old = d.command_before->words;
  std::erase_if(old, [&](const Word& word) {
    return word.constant && HasWord(cache->replaces, word.text);
  });
  const auto same = [](const Word& a, const Word& b) {
    return a.hash == b.hash;
  };
  std::vector<Word> kept = d.command_before->words;
  if (!std::equal(words.begin(), words.end(), old.begin(), old.end(), same) &&
      !std::equal(words.begin(), words.end(), kept.begin(), kept.end(), same)) {
    return "other words are changed, too";
  }
  if (HasAnyOption(before, "--cache-dir --root -p")) {
    return "it says where its cache is";
  }
  if (MayBeMounted(*d.after.step, *cache)) return "the cache is in a mount";
  return WhyNeeded(c.after, *cache, c.after.IndexOf(*d.after.step));
}

std::string NeedlessCommand(const Comparison& c, const Difference& d) {
  const Command* command = OnlySimple(d.before.item());
  if (command == nullptr || !command->redirections.empty() ||
      !command->assignments.empty()) {
    return "it is no plain command";
  }
  const Step* after = PartnerOf(c, *d.before.step);
  const Call call = ReadCall(*command);
  for (const Cache& cache : c.tools.caches) {
    if (cache.option.empty()) continue;
    const bool refreshes =
        !cache.refresh.empty() && IsProgram(cache.programs, call.name) &&
        call.verb_name == cache.refresh && call.operands.empty();
    const bool removes =
        call.name == "rm" && call.verb != 0 &&
        std::all_of(
            command->words.begin() + static_cast<std::ptrdiff_t>(call.verb),
            command->words.end(),
            [&](const Word& word) { return IsInCache(cache, word.text); });
    if (!refreshes && !removes) continue;
    // Without another difference the calls had the option before.
    const Trace& trace = after != nullptr ? c.after : c.before;
    const Step& step = after != nullptr ? *after : *d.before.step;
    if (MayBeMounted(step, cache)) return "the cache is in a mount";
    if (!AllSkip(trace, step, cache)) return "a call fills the cache";
    const std::string why = WhyNotRemovable(c.before, d.before);
    if (!why.empty()) return why;
    return WhyNeeded(trace, cache, trace.IndexOf(step));
  }
  return "it is no work with a cache that an option keeps empty";
}

std::string NeedlessWords(const Comparison& c, const Difference& d) {
  const Call call = ReadCall(*d.command_before);
  const auto removed = RemovedWords(*d.command_before, *d.command_after);
  if (call.name != "rm" || !removed) return "it removes something else";
  const Call after = ReadCall(*d.command_after);
  if (after.verb == 0) return "nothing is left to remove";
  for (const Cache& cache : c.tools.caches) {
    const bool all =
        std::all_of(removed->begin(), removed->end(), [&](size_t i) {
          return IsInCache(cache, d.command_before->words[i].text);
        });
    if (cache.option.empty() || !all) continue;
    if (!AllSkip(c.after, *d.after.step, cache)) {
      return "a call fills the cache";
    }
    return "";
  }
  return "it removes another directory";
}

}  // namespace dfix::equivalence::rules
