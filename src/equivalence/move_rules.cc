// Rules about COPYs that come later in their stage than they did, and about the
// RUNs that no longer find what they bring.
#include <algorithm>

#include "src/equivalence/calls.h"
#include "src/equivalence/dependence.h"
#include "src/equivalence/package_lists.h"
#include "src/equivalence/rules.h"
#include "src/equivalence/tables.h"
#include "src/text/glob.h"
#include "src/text/search.h"

namespace dfix::equivalence::rules {
namespace {

bool IsContextCopy(const Step& step) {
  const bool is_copy =
      step.kind == InstructionKind::kCopy || step.kind == InstructionKind::kAdd;
  if (!is_copy || step.onbuild || step.from != kNone ||
      step.arguments.size() < 2) {
    return false;
  }
  for (const std::string& flag : step.flags) {
    if (!flag.starts_with("--chown=") && !flag.starts_with("--chmod=") &&
        flag != "--link" && flag != "--link=true") {
      return false;
    }
  }
  return std::none_of(
      step.arguments.begin(), step.arguments.end(),
      [&](const std::string& word) {
        const bool archive = step.kind == InstructionKind::kAdd &&
                             (HasText(word, ".t") || HasText(word, ".gz") ||
                              HasText(word, ".xz") || HasText(word, ".bz2"));
        return archive || HasText(word, "$") || HasText(word, "://") ||
               HasText(word, "..") || word.starts_with("git@") ||
               word.starts_with("heredoc:") || word.starts_with("<<");
      });
}

// The step of a difference of `kind` that does what `step` does; null if there
// is none.
const Step* Counterpart(const Comparison& c, DifferenceKind kind,
                        const Trace& trace, const Step& step) {
  const bool removed = kind == DifferenceKind::kStepRemoved;
  const Trace& other_trace = removed ? c.before : c.after;
  for (const Difference& other : c.differences) {
    if (other.kind != kind) continue;
    const Step* found = removed ? other.before.step : other.after.step;
    if (found->stage == step.stage && found->from == step.from &&
        other_trace.ContentHash(*found) == trace.ContentHash(step)) {
      return found;
    }
  }
  return nullptr;
}

// The first step of the same stage of `other` that does what `step` does; null
// if there is none.
const Step* SameStep(const Trace& trace, const Step& step, const Trace& other) {
  for (const Step& each : other.steps()) {
    if (each.stage == step.stage && each.from == step.from &&
        other.ContentHash(each) == trace.ContentHash(step)) {
      return &each;
    }
  }
  return nullptr;
}

uint32_t RunsBefore(const Trace& trace, const Step& step) {
  uint32_t count = 0;
  for (uint32_t i = trace.stages()[step.stage].first; i < trace.IndexOf(step);
       ++i) {
    count += trace.steps()[i].kind == InstructionKind::kRun ? 1 : 0;
  }
  return count;
}

// A source of the build context without a slash at its begin, which means
// nothing.
std::string SourcePath(std::string_view source) {
  const std::string clean = CleanPath(source);
  if (!clean.starts_with('/')) return clean;
  return clean == "/" ? "." : clean.substr(1);
}

// Whether `narrow` puts `source` where `wide` puts it, too.
bool MapsAlike(const Step& wide, const Step& narrow,
               const std::string& source) {
  const Places places = PlacesOf(narrow, source);
  const std::string from = SourcePath(source);
  for (size_t i = 0; i + 1 < wide.arguments.size(); ++i) {
    const std::string root = SourcePath(wide.arguments[i]);
    const std::string to = CleanPath(wide.arguments.back());
    if (from == root) {
      const Places same = PlacesOf(wide, wide.arguments[i]);
      if (places.as_file == same.as_file &&
          places.as_folder == same.as_folder) {
        return true;
      }
      continue;
    }
    // A pattern brings files by their names.
    const bool by_pattern = HasText(root, "*") && MatchesGlob(root, from) &&
                            std::count(root.begin(), root.end(), '/') ==
                                std::count(from.begin(), from.end(), '/');
    if (by_pattern && places.as_file == JoinPaths(to, Basename(from))) {
      return true;
    }
    const bool whole = root == ".";
    if (!whole && !IsInside(from, root)) continue;
    const std::string target =
        JoinPaths(to, whole ? from : from.substr(root.size() + 1));
    if (places.as_file == target || places.as_folder == target) return true;
  }
  return false;
}

// Whether the COPY may bring something to `target` or into it. Of one that is
// new the sources are files, or folders that keep their names.
bool BringsTo(const Comparison& c, const Step& step,
              const std::string& target) {
  if (!IsAdded(c, step)) {
    return Overlap(CleanPath(step.arguments.back()), target);
  }
  return std::any_of(step.arguments.begin(), step.arguments.end() - 1,
                     [&](const std::string& source) {
                       const Places places = PlacesOf(step, source);
                       const bool is_folder = Basename(places.as_folder) ==
                                              Basename(CleanPath(source));
                       return Overlap(places.as_file, target) ||
                              (is_folder && Overlap(places.as_folder, target));
                     });
}

// Why `copy`, which is an arrival, does not do there what `departure` did.
std::string WhyNotLater(const Comparison& c, const Step& departure,
                        const Step& copy) {
  if (!IsContextCopy(copy)) return "it is no plain COPY of the build context";
  if (RunsBefore(c.before, departure) >= RunsBefore(c.after, copy)) {
    return "it comes earlier";
  }
  const std::string target = CleanPath(copy.arguments.back());
  constexpr std::string_view kShared =
      "/ /bin /etc /home /lib /opt /root /sbin /usr /usr/bin /usr/lib "
      "/usr/local /usr/local/bin /usr/local/lib /usr/share /var /var/lib";
  if (!target.starts_with('/') || HasWord(kShared, target)) {
    return "`" + target + "` is not its own";
  }
  const Stage& before = c.before.stages()[copy.stage];
  const Stage& after = c.after.stages()[copy.stage];
  uint32_t i = 0;
  while (before.first + i < before.end && after.first + i < after.end &&
         c.before.ContentHash(c.before.steps()[before.first + i]) ==
             c.after.ContentHash(c.after.steps()[after.first + i])) {
    ++i;
  }
  for (uint32_t k = after.first + i; k < c.after.IndexOf(copy); ++k) {
    const Step& step = c.after.steps()[k];
    if (step.kind == InstructionKind::kRun && !step.onbuild) {
      std::string why = WhyItNeeds(c, step, target);
      if (!why.empty()) return why;
    }
    const bool is_copy = step.kind == InstructionKind::kCopy ||
                         step.kind == InstructionKind::kAdd;
    if (!is_copy || !BringsTo(c, step, target)) continue;
    const Step* same = SameStep(c.after, step, c.before);
    if (same != nullptr) {
      if (c.before.IndexOf(*same) < c.before.IndexOf(departure)) continue;
      return "`" + DescribeStep(c.after, step) + "` came after it";
    }
    const bool alike =
        IsContextCopy(step) &&
        std::all_of(step.arguments.begin(), step.arguments.end() - 1,
                    [&](const std::string& source) {
                      return MapsAlike(copy, step, source);
                    });
    if (!alike) {
      return "it comes over what `" + DescribeStep(c.after, step) + "` brings";
    }
  }
  return "";
}

// Why `run`, which stands further up than `departure` did, cannot do without
// what stood between.
std::string WhyNotEarlier(const Comparison& c, const Step& departure,
                          const Step& run) {
  const uint32_t first = c.before.stages()[departure.stage].first;
  for (uint32_t i = first; i < c.before.IndexOf(departure); ++i) {
    const Step& step = c.before.steps()[i];
    const Step* passed = SameStep(c.before, step, c.after);
    const bool is_below =
        passed != nullptr && c.after.IndexOf(*passed) > c.after.IndexOf(run);
    if (!is_below) continue;
    if (!IsContextCopy(step)) {
      return "`" + DescribeStep(c.before, step) + "` came before it";
    }
    std::string why = WhyNotLater(c, step, *passed);
    if (!why.empty()) return why;
  }
  return "";
}

// Whether there is no RUN between two steps but those that are new.
bool OnlyDownloadsBetween(const Comparison& c, const Step& first,
                          const Step& last) {
  for (uint32_t i = c.after.IndexOf(first); i < c.after.IndexOf(last); ++i) {
    const Step& step = c.after.steps()[i];
    if (step.kind == InstructionKind::kRun && !IsAdded(c, step)) return false;
  }
  return true;
}

// Why a RUN that is new does more than to download the modules that a later
// one of its stage needs.
std::string WhyNoDownload(const Comparison& c, const Step& step) {
  const List* script = c.after.ScriptOf(step);
  if (script == nullptr || step.onbuild || step.heredoc ||
      Render(*script) != "go mod download") {
    return "it is no `go mod download`";
  }
  const std::string& directory = c.after.ContextOf(step).workdir;
  if (!IsProvided(c, step, JoinPaths(directory, "go.mod"))) {
    return "nothing brings `go.mod`";
  }
  const Stage& stage = c.after.stages()[step.stage];
  for (uint32_t i = c.after.IndexOf(step) + 1; i < stage.end; ++i) {
    const Step& later = c.after.steps()[i];
    const List* other = c.after.ScriptOf(later);
    if (later.kind != InstructionKind::kRun || other == nullptr) continue;
    bool builds = false;
    ForEachSimple(*other, [&](const Command& command) {
      const Call call = ReadCall(command);
      builds |= call.name == "go" && HasWord("build install", call.verb_name);
    });
    // Modules in a mount are no use to others.
    if (builds && later.flags == step.flags) return "";
  }
  return "no later RUN builds with Go";
}

// Why a COPY that is new does not bring what one that comes later brings.
std::string WhyNotNarrow(const Comparison& c, const Step& step) {
  if (!IsContextCopy(step) || step.kind != InstructionKind::kCopy) {
    return "it is no plain COPY of the build context";
  }
  const Stage& stage = c.after.stages()[step.stage];
  for (uint32_t i = c.after.IndexOf(step) + 1; i < stage.end; ++i) {
    const Step& wide = c.after.steps()[i];
    if (!IsContextCopy(wide) || wide.flags != step.flags ||
        (Counterpart(c, DifferenceKind::kStepRemoved, c.after, wide) ==
             nullptr &&
         !OnlyDownloadsBetween(c, step, wide))) {
      continue;
    }
    const bool alike =
        std::all_of(step.arguments.begin(), step.arguments.end() - 1,
                    [&](const std::string& source) {
                      return MapsAlike(wide, step, source);
                    });
    if (alike) return "";
  }
  return "no COPY that comes later puts the same there";
}

}  // namespace

std::string MovedCopy(const Comparison& c, const Difference& d) {
  const Step* arrival =
      Counterpart(c, DifferenceKind::kStepAdded, c.before, *d.before.step);
  return arrival != nullptr ? "" : "it comes nowhere else";
}

std::string ArrivedCopy(const Comparison& c, const Difference& d) {
  for (const Difference& other : c.differences) {
    if (other.kind == DifferenceKind::kStepAdded &&
        other.after.step->stage == d.after.step->stage &&
        other.after.step != d.after.step &&
        c.after.ContentHash(*other.after.step) ==
            c.after.ContentHash(*d.after.step)) {
      return "it comes twice";
    }
  }
  const Step* departure =
      Counterpart(c, DifferenceKind::kStepRemoved, c.after, *d.after.step);
  if (d.after.step->kind == InstructionKind::kRun) {
    return departure != nullptr ? WhyNotEarlier(c, *departure, *d.after.step)
                                : WhyNoDownload(c, *d.after.step);
  }
  return departure != nullptr ? WhyNotLater(c, *departure, *d.after.step)
                              : WhyNotNarrow(c, *d.after.step);
}

std::string SplitRun(const Comparison& c, const Difference& d) {
  const Frame& frame = d.before.frame();
  const Step& step = *d.before.step;
  if (d.before.frames.size() != 1 || step.heredoc || step.onbuild) {
    return "it is no list of `&&`";
  }
  for (const Item& item : frame.list->items) {
    const bool joined = item.join == Join::kFirst || item.join == Join::kAnd;
    if (!joined || item.background) return "it is no list of `&&`";
  }
  const bool repeats = std::any_of(
      c.differences.begin(), c.differences.end(), [&](const Difference& other) {
        return other.kind == DifferenceKind::kCommandAdded &&
               other.after.step == d.after.step &&
               RepeatedDirectory(c, other).empty();
      });
  return WhyNotApart(c.before.ContextOf(step), *frame.list, repeats ? 1 : 0,
                     frame.item);
}

std::string RepeatedDirectory(const Comparison& c, const Difference& d) {
  const Frame& frame = d.after.frame();
  const Command* command = OnlySimple(d.after.item());
  if (d.after.frames.size() != 1 || frame.item != 0 || command == nullptr ||
      command->words.size() != 2 || !command->words[0].Is("cd") ||
      !command->words[1].constant || !command->redirections.empty() ||
      frame.list->items.size() < 2 || frame.list->items[1].join != Join::kAnd) {
    return "it is no `cd` at the begin";
  }
  for (const Difference& other : c.differences) {
    if (other.kind != DifferenceKind::kRunSplit ||
        other.after.step != d.after.step || other.before.frames.size() != 1) {
      continue;
    }
    const List& list = *other.before.frame().list;
    return list.items[0].hash == d.after.item().hash
               ? ""
               : "the RUN did not begin with it";
  }
  return "its RUN was not split";
}

}  // namespace dfix::equivalence::rules
