#include "src/equivalence/caches.h"

#include "src/equivalence/package_lists.h"
#include "src/text/search.h"

namespace dfix::equivalence {
namespace {

// Whether the value of a mount has the path `tail`, and not just its beginning:
// `/root/.npmrc` is not in `/.npm`.
bool HasFolder(std::string_view flag, std::string_view tail) {
  for (size_t at = flag.find(tail); at != flag.npos;
       at = flag.find(tail, at + 1)) {
    const size_t end = at + tail.size();
    if (end == flag.size() || flag[end] == ',' || flag[end] == '/') return true;
  }
  return false;
}

// Whether `set -e` ends the script wherever the command would fail.
bool FailsUnderErrexit(const Command& command) {
  if (command.kind == NodeKind::kSimpleCommand) return true;
  const bool is_if = command.kind == NodeKind::kIf;
  if (!is_if && command.kind != NodeKind::kSubshell &&
      command.kind != NodeKind::kFor) {
    return false;
  }
  for (size_t i = 0; i < command.lists.size(); ++i) {
    // Conditions and bodies alternate; an `else` comes last.
    if (is_if && i % 2 == 0 && i + 1 != command.lists.size()) continue;
    if (command.lists[i].items.empty()) return false;
    const Item& last = command.lists[i].items.back();
    const bool alone = last.join == Join::kFirst || last.join == Join::kNext;
    if (!alone || last.negated || last.background ||
        !std::all_of(last.commands.begin(), last.commands.end(),
                     FailsUnderErrexit)) {
      return false;
    }
  }
  return true;
}

}  // namespace

// Whether `path`, of whoever's home, is `directory` of the table or in it.
bool IsInCache(std::string_view path, std::string_view directory) {
  if (!directory.starts_with('~')) return IsInside(path, directory);
  const std::string_view tail = directory.substr(1);
  const size_t at = path.find(tail);
  if (at == std::string_view::npos) return false;
  const std::string_view home = path.substr(0, at);
  const size_t end = at + tail.size();
  return (end == path.size() || path[end] == '/') &&
         (home == "~" || home == "/root" || home == "${HOME}" ||
          (home.starts_with("/home/") && !HasText(home.substr(6), "/")));
}

bool IsInCache(const Cache& cache, std::string_view path) {
  bool found = false;
  ForEachWord(cache.directories, [&](std::string_view directory) {
    found |= IsInCache(path, directory);
  });
  return found;
}

// Whether a mount of the step may have the cache, or a part of it.
bool MayBeMounted(const Step& step, const Cache& cache) {
  bool found = false;
  ForEachWord(cache.directories, [&](std::string_view directory) {
    if (!directory.starts_with('~')) {
      found |= MayBeMounted(step, directory);
      return;
    }
    for (const std::string& flag : step.flags) {
      // Whoever's home it may be.
      const size_t at = flag.find("/home/");
      const std::string_view from =
          at == std::string::npos ? "" : std::string_view(flag).substr(at + 6);
      const std::string_view user = from.substr(0, from.find_first_of("/,"));
      const std::string tail(directory.substr(1));
      for (const std::string& path :
           {"/root" + tail, "/home/" + std::string(user) + tail}) {
        found |= MayBeMounted(step, std::string_view(path), false);
      }
    }
    for (const std::string& flag : step.flags) {
      found |=
          flag.starts_with("--mount") && HasFolder(flag, directory.substr(1));
    }
  });
  return found;
}

// The commands of a step that call one of the cache's programs.
std::vector<Call> CallsOf(const Trace& trace, const Step& step,
                          const Cache& cache) {
  std::vector<Call> calls;
  const List* script = trace.ScriptOf(step);
  if (step.kind != InstructionKind::kRun || script == nullptr) return calls;
  ForEachSimple(*script, [&](const Command& command) {
    const Call call = ReadCall(command);
    if (!call.name.empty() && IsProgram(cache.programs, call.name)) {
      calls.push_back(call);
    }
  });
  return calls;
}

bool Fills(const Cache& cache, const Call& call) {
  return cache.fills.empty() || HasWord(cache.fills, call.verb_name);
}

bool HasAnyOption(const Call& call, std::string_view options) {
  return std::any_of(call.options.begin(), call.options.end(), [&](size_t i) {
    const std::string_view text = call.command->words[i].text;
    return HasWord(options, text.substr(0, text.find('=')));
  });
}

// Whether stage `index` is `ancestor`, or based on it.
bool IsBasedOn(const Trace& trace, uint32_t index, uint32_t ancestor) {
  for (; index != kNone; index = trace.stages()[index].parent) {
    if (index == ancestor) return true;
  }
  return false;
}

// Who reads the cache after step `index`: a call that takes packages from
// nowhere else, or a COPY; empty if nobody does.
std::string WhoReads(const Trace& trace, const Cache& cache, uint32_t index) {
  constexpr std::string_view kOffline =
      "--offline --prefer-offline --cacheonly -C --no-network";
  const uint32_t stage = trace.steps()[index].stage;
  for (uint32_t i = 0; i < trace.steps().size(); ++i) {
    const Step& step = trace.steps()[i];
    if (step.from != kNone && IsBasedOn(trace, step.from, stage)) {
      for (size_t k = 0; k + 1 < step.arguments.size(); ++k) {
        if (IsInCache(cache, step.arguments[k])) {
          return DescribeStep(trace, step);
        }
      }
    }
    if (i <= index || !IsBasedOn(trace, step.stage, stage)) continue;
    for (const Call& call : CallsOf(trace, step, cache)) {
      const bool frozen =
          call.name == "cargo" && HasAnyOption(call, "--frozen");
      if (frozen || HasAnyOption(call, kOffline))
        return DescribeStep(trace, step);
    }
  }
  return "";
}

const ListManager* ManagerByName(std::string_view name) {
  for (const ListManager& manager : ListManagers()) {
    if (manager.name == name) return &manager;
  }
  return nullptr;
}

// The words of a command from its program on, as a shell reads them.
std::string WordsFrom(const Command& command, size_t first) {
  std::string text;
  for (size_t i = first; i < command.words.size(); ++i) {
    if (i > first) text += ' ';
    text += Render(command.words[i]);
  }
  return text;
}

std::string WhyErrexitMissesFailure(const Place& place) {
  const Item& before = place.frame().list->items[place.frame().item - 1];
  const bool alone = before.join == Join::kFirst || before.join == Join::kNext;
  const bool simple = std::all_of(before.commands.begin(),
                                  before.commands.end(), FailsUnderErrexit);
  if (!alone || before.negated || before.background || !simple) {
    return "`set -e` does not end the script where that fails";
  }
  for (size_t f = 0; f + 1 < place.frames.size(); ++f) {
    const Frame& outer = place.frames[f];
    const auto range = AndOrAround(*outer.list, outer.item);
    if (outer.item + 1 != range.second ||
        outer.list->items[outer.item].negated) {
      return "`set -e` does not act there";
    }
  }
  return "";
}

// Whether the status of the list is the same without `item`, which succeeds.
std::string WhyNotRemovable(const Trace& trace, const Place& place) {
  const Frame& frame = place.frame();
  const std::vector<Item>& items = frame.list->items;
  const uint32_t at = frame.item;
  const Item& item = items[at];
  const bool last = at + 1 == items.size();
  if (item.background || item.negated || item.join == Join::kOr ||
      (!last && items[at + 1].join == Join::kOr)) {
    return "its status decides what runs";
  }
  if (items.size() == 1) return "nothing is left of the list";
  if (frame.in_word) return "it stands in a substitution";
  const auto [first, end] = AndOrAround(*frame.list, at);
  for (uint32_t i = first + 1; i < end; ++i) {
    if (items[i].join == Join::kOr) return "`||` stands beside it";
  }
  if (at == first || at + 1 < end) {
    if (last && at == first) {
      return ErrexitAt(trace, place) == Errexit::kOn
                 ? WhyErrexitMissesFailure(place)
                 : "the status of what is before would count";
    }
    const bool is_read = at == first && !last && at + 1 == end &&
                         HasText(Render(items[end]), "{?}");
    return is_read ? "the next command reads the status" : "";
  }
  // What is before becomes the last of its list, where `set -e` acts.
  if (!last && ErrexitAt(trace, place) != Errexit::kOff) {
    return "`set -e` would act on what is before";
  }
  return "";
}

// Words of `before` that are not in `after`, which has no others; absent if it
// has.
std::optional<std::vector<size_t>> RemovedWords(const Command& before,
                                                const Command& after) {
  std::vector<size_t> removed;
  size_t at = 0;
  for (size_t i = 0; i < before.words.size(); ++i) {
    if (at < after.words.size() &&
        after.words[at].hash == before.words[i].hash) {
      ++at;
    } else {
      removed.push_back(i);
    }
  }
  if (at != after.words.size()) return std::nullopt;
  return removed;
}

}  // namespace dfix::equivalence
