// Rules about package lists.
#include <algorithm>

#include "src/dockerfile/characters.h"
#include "src/equivalence/calls.h"
#include "src/equivalence/package_lists.h"
#include "src/equivalence/rules.h"
#include "src/equivalence/tables.h"
#include "src/text/search.h"

namespace dfix::equivalence::rules {
namespace {

const ListManager* ManagerOfProgram(std::string_view program) {
  for (const ListManager& manager : ListManagers()) {
    if (HasWord(manager.programs, program)) return &manager;
  }
  return nullptr;
}

// The words before the program: `sudo -E`.
std::string PrefixOf(const Call& call) {
  std::string text;
  for (size_t i = 0; i < call.program; ++i) {
    text += Render(call.command->words[i]) + ' ';
  }
  return text;
}

// A call of a manager that only downloads its lists.
bool IsPlainRefresh(const ListManager& manager, const Call& call) {
  if (!HasWord(manager.refresh, call.verb_name)) return false;
  if (!call.operands.empty()) return false;
  return std::all_of(call.options.begin(), call.options.end(), [&](size_t i) {
    const std::string_view text = call.command->words[i].text;
    return text == "--quiet" || text == "--yes" ||
           (!text.starts_with("--") &&
            text.find_first_not_of("qy=2", 1) == std::string_view::npos);
  });
}

// Whether the step's stage downloads its lists in a way of its own.
bool HasSpecialRefresh(const Trace& trace, const ListManager& manager,
                       const Step& step) {
  const Stage& stage = trace.stages()[step.stage];
  bool found = false;
  for (uint32_t i = stage.first; i < stage.end; ++i) {
    const List* script = trace.ScriptOf(trace.steps()[i]);
    if (script == nullptr) continue;
    ForEachSimple(*script, [&](const Command& command) {
      const Call call = ReadCall(command);
      const bool sets = std::any_of(
          call.options.begin(), call.options.end(), [&](size_t option) {
            return command.words[option].text.starts_with("-o");
          });
      found |= HasWord(manager.programs, call.name) &&
               HasWord(manager.refresh, call.verb_name) && sets;
    });
  }
  return found;
}

bool SetsProxyOrConfig(const Command& command) {
  return std::any_of(command.assignments.begin(), command.assignments.end(),
                     [](const Word& word) {
                       const std::string name =
                           AsciiLower(word.text.substr(0, word.text.find('=')));
                       return HasText(name, "proxy") || HasText(name, "apt");
                     });
}

bool HasNoNetwork(const Step& step) {
  return std::find(step.flags.begin(), step.flags.end(), "--network=none") !=
         step.flags.end();
}

// Whether a step may change where the lists come from, or who may fetch them.
bool ChangesSources(const Trace& trace, const Step& step) {
  switch (step.kind) {
    case InstructionKind::kRun: {
      const std::string text = DescribeStep(trace, step);
      for (const std::string_view sign :
           {"/etc/apt", "sources.list", "apt-key", "apt-add-repository",
            "add-apt-repository", "dpkg --add-architecture", "dpkg -i",
            "/etc/yum", "/etc/apk"}) {
        if (HasText(text, sign)) return true;
      }
      return false;
    }
    case InstructionKind::kCopy:
    case InstructionKind::kAdd: {
      std::string path = step.arguments.empty() ? "" : step.arguments.back();
      while (path.size() > 1 && path.back() == '/') path.pop_back();
      return path == "/" || IsInside(path, "/etc");
    }
    case InstructionKind::kUser:
    case InstructionKind::kShell:
      return true;
    default:
      return false;
  }
}

}  // namespace

std::string AddedRefresh(const Comparison& c, const Difference& d) {
  const Command* command = OnlySimple(d.after.item());
  if (command == nullptr) return "it is no plain command";
  const Call call = ReadCall(*command);
  const ListManager* manager = ManagerOfProgram(call.name);
  if (manager == nullptr || !HasWord(manager->refresh, call.verb_name)) {
    return "no table knows the command";
  }
  if (!IsPlainRefresh(*manager, call)) return "it does more than refresh";
  if (HasSpecialRefresh(c.after, *manager, *d.after.step)) {
    return "the build refreshes with options";
  }
  const Frame& frame = d.after.frame();
  const std::vector<Item>& items = frame.list->items;
  if (frame.item + 1 >= items.size() ||
      items[frame.item + 1].join != Join::kAnd) {
    return "what needs it does not follow with `&&`";
  }
  const Item& next = items[frame.item + 1];
  const auto user = std::find_if(
      next.commands.begin(), next.commands.end(), [&](const Command& each) {
        return EventOf(*manager, each) == ListsEvent::kUse;
      });
  if (user == next.commands.end()) return "nothing needs it";
  const Call use = ReadCall(*user);
  if (PrefixOf(use) != PrefixOf(call) ||
      use.command->words[use.program].hash !=
          command->words[call.program].hash) {
    return "it is not called as what needs it";
  }
  if (!command->redirections.empty()) return "it has redirections";
  if (SetsProxyOrConfig(*user) && command->assignments.empty()) {
    return "what needs it has an environment of its own";
  }
  if (HasNoNetwork(*d.after.step)) return "the RUN has no network";
  if (MayBeMounted(*d.after.step, manager->directory)) {
    return "the package lists are in a mount";
  }
  if (std::string where = WhereItMayNotBe(d.after); !where.empty()) {
    return where;
  }
  if (next.negated) return "what needs it is negated";
  for (uint32_t i = 1; i < items.size(); ++i) {
    const auto [first, end] = AndOrAround(*frame.list, frame.item);
    if (i > first && i < end && items[i].join == Join::kOr) {
      return "`||` decides what runs beside it";
    }
  }
  if (!FailureIsFatal(d.after)) return "its failure would go unnoticed";
  // Inside a function or a compound command that `set -e` skips it is the
  // same; the list is the last of its script.
  return "";
}

std::string MergedRefresh(const Comparison& c, const Difference& d) {
  const Frame& frame = d.after.frames[0];
  if (frame.item != 1) return "more than a refresh is before it";
  const Command* command = OnlySimple(frame.list->items[0]);
  const Call call = command != nullptr ? ReadCall(*command) : Call{};
  const ListManager* manager = ManagerOfProgram(call.name);
  if (manager == nullptr || !IsPlainRefresh(*manager, call)) {
    return "more than a refresh is before it";
  }
  const auto& commands = frame.list->items[1].commands;
  const bool uses =
      std::any_of(commands.begin(), commands.end(), [&](const Command& each) {
        return EventOf(*manager, each) == ListsEvent::kUse;
      });
  return uses ? MergedRuns(c, d) : "nothing needs the refresh";
}

std::string RemovedRefresh(const Comparison& c, const Difference& d) {
  const Step& step = *d.before.step;
  const List* script = c.before.ScriptOf(step);
  if (step.kind != InstructionKind::kRun || script == nullptr ||
      script->items.size() != 1 || !step.flags.empty()) {
    return "it is more than a refresh";
  }
  const Command* command = OnlySimple(script->items[0]);
  if (command == nullptr || !command->assignments.empty() ||
      !command->redirections.empty() || script->items[0].background) {
    return "it is more than a refresh";
  }
  const Call call = ReadCall(*command);
  const ListManager* manager = ManagerOfProgram(call.name);
  if (manager == nullptr || !IsPlainRefresh(*manager, call)) {
    return "it is more than a refresh";
  }
  // The first difference that adds the refresh says where it went.
  const Step* target = nullptr;
  for (const Difference& other : c.differences) {
    if (other.kind != DifferenceKind::kCommandAdded) continue;
    const Command* added = OnlySimple(other.after.item());
    if (added == nullptr || added->hash != command->hash) continue;
    if (other.after.step->stage != step.stage ||
        other.after.step->onbuild != step.onbuild) {
      continue;
    }
    target = other.after.step;
    break;
  }
  if (target == nullptr) return "no other step of the stage does it now";
  // What the lists were needed for in between, or changes where they come from.
  const Stage& stage = c.before.stages()[step.stage];
  const uint32_t from = c.before.IndexOf(step);
  const uint32_t end_after = c.after.stages()[step.stage].end;
  const uint32_t behind = end_after - c.after.IndexOf(*target);
  const uint32_t to = stage.end - behind;
  for (uint32_t i = from + 1; i < to; ++i) {
    const Step& between = c.before.steps()[i];
    if (ChangesSources(c.before, between)) {
      return "a step between changes what it finds";
    }
    if (between.kind != InstructionKind::kRun) continue;
    const List* other = c.before.ScriptOf(between);
    bool touches = other == nullptr;
    if (other != nullptr) {
      ForEachSimple(*other, [&](const Command& each) {
        const ListsEvent event = EventOf(*manager, each);
        touches |= event == ListsEvent::kUse || event == ListsEvent::kMaybe ||
                   event == ListsEvent::kPurge;
      });
    }
    if (touches) return "a step between may need the lists";
  }
  return "";
}

}  // namespace dfix::equivalence::rules
