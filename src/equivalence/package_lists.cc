#include "src/equivalence/package_lists.h"

#include <algorithm>

#include "src/dockerfile/characters.h"
#include "src/equivalence/calls.h"
#include "src/shell/words.h"
#include "src/text/search.h"

namespace dfix::equivalence {
namespace {

constexpr std::string_view kShells = "sh bash dash ash zsh ksh";

// Whether text names a program of the manager.
bool MentionsManager(const ListManager& manager, std::string_view text) {
  std::string_view programs = manager.programs;
  while (!programs.empty()) {
    const std::string_view program = programs.substr(0, programs.find(' '));
    programs.remove_prefix(std::min(programs.size(), program.size() + 1));
    if (HasText(text, std::string(program) + " ")) return true;
  }
  return false;
}

// Whether a string that a shell runs calls only what it names, and neither the
// manager nor a script.
bool IsUnrelated(const ListManager& manager, std::string_view script) {
  if (script.empty() || script.find_first_of("$`") != script.npos ||
      MentionsManager(manager, std::string(script) + " ")) {
    return false;
  }
  for (const std::string_view other :
       {".sh", "sh ", "eval", "source ", ". ", "./", "install", "setup"}) {
    if (HasText(script, other)) return false;
  }
  return true;
}

bool RemovesLists(const ListManager& manager, const Call& call) {
  if (call.name != "rm" && call.name != "find") return false;
  for (const Word& word : call.command->words) {
    // Patterns are no constant, but begin with their directory.
    if (IsInside(word.text, manager.directory) &&
        !word.text.ends_with("/partial") && !word.text.ends_with("/lock")) {
      return call.name == "rm" || HasText(Render(*call.command), "-delete") ||
             HasText(Render(*call.command), "-exec");
    }
  }
  return false;
}

ListsEvent EventOfManager(const ListManager& manager, const Call& call) {
  if (call.verb == 0) return ListsEvent::kNone;
  if (call.verb_name.empty()) return ListsEvent::kMaybe;
  if (HasWord(manager.refresh, call.verb_name)) return ListsEvent::kRefresh;
  if (HasWord(manager.purge, call.verb_name)) return ListsEvent::kPurge;
  if (HasWord(manager.uses, call.verb_name)) return ListsEvent::kUse;
  if (HasWord(manager.packages, call.verb_name) && !call.operands.empty()) {
    return ListsEvent::kUse;
  }
  return ListsEvent::kNone;
}

// Whether the call has an option that downloads the lists before it uses them.
bool RefreshesItself(const ListManager& manager, const Command& command) {
  const Call call = ReadCall(command);
  return HasWord(manager.programs, call.name) &&
         std::any_of(call.options.begin(), call.options.end(), [&](size_t i) {
           return HasWord(manager.refresh_options, call.command->words[i].text);
         });
}

// The events of one step in their order.
struct Event {
  const Command* command;
  ListsEvent event;
  bool certain;  // It happens if the step succeeds.
};

class Collector {
 public:
  Collector(const ListManager& manager, std::vector<Event>& events)
      : manager_(manager), events_(events) {}

  void Visit(const List& list, bool certain) {
    for (size_t i = 0; i < list.items.size(); ++i) {
      const Item& item = list.items[i];
      const auto [first, end] = AndOrAround(list, static_cast<uint32_t>(i));
      bool has_or = false;
      for (uint32_t k = first + 1; k < end; ++k) {
        has_or |= list.items[k].join == Join::kOr;
      }
      const bool sure = certain && (!has_or || i == first) && !item.background;
      for (const Command& command : item.commands) VisitCommand(command, sure);
    }
  }

 private:
  void VisitCommand(const Command& command, bool certain) {
    for (const Word& word : command.words) {
      for (const List& list : word.lists) Visit(list, false);
    }
    const bool plain = command.kind == NodeKind::kSubshell ||
                       command.kind == NodeKind::kBraceGroup;
    for (const List& list : command.lists) Visit(list, certain && plain);
    if (command.kind != NodeKind::kSimpleCommand) return;
    const ListsEvent event = EventOf(manager_, command);
    if (event == ListsEvent::kUse && RefreshesItself(manager_, command)) {
      events_.push_back({&command, ListsEvent::kRefresh, certain});
    }
    if (event != ListsEvent::kNone) {
      events_.push_back({&command, event, certain});
    }
  }

  const ListManager& manager_;
  std::vector<Event>& events_;
};

std::vector<Event> EventsOf(const Trace& trace, const ListManager& manager,
                            const Step& step) {
  std::vector<Event> events;
  if (step.kind != InstructionKind::kRun) return events;
  const List* script = trace.ScriptOf(step);
  if (script != nullptr) {
    Collector(manager, events).Visit(*script, true);
    return events;
  }
  const std::string text = step.script != kNoNode
                               ? LogicalText(trace.document(), step.script)
                               : DescribeStep(trace, step);
  if (MentionsManager(manager, text) || (step.json && HasText(text, "apt"))) {
    events.push_back({nullptr, ListsEvent::kMaybe, false});
  }
  return events;
}

// Follows the lists from some point on.
class Follower {
 public:
  Follower(const Trace& trace, const ListManager& manager, bool strict)
      : trace_(trace), manager_(manager), strict_(strict) {}

  // Whether what is needed has been told, after the step's events from
  // `command` on.
  enum class Answer : uint8_t { kGoOn, kNeeded, kDone };

  Answer Visit(const Step& step, const Command* command) {
    bool begun = command == nullptr;
    for (const Event& event : EventsOf(trace_, manager_, step)) {
      if (!begun) {
        begun = event.command == command;
        continue;
      }
      switch (event.event) {
        case ListsEvent::kUse:
          who_ = DescribeStep(trace_, step);
          return Answer::kNeeded;
        case ListsEvent::kRefresh:
          if (event.certain) return Answer::kDone;
          break;
        case ListsEvent::kMaybe:
          if (!strict_) return Answer::kDone;
          who_ = DescribeStep(trace_, step);
          return Answer::kNeeded;
        case ListsEvent::kMaybeRefresh:
          if (!strict_) return Answer::kDone;
          break;
        default:
          break;
      }
    }
    return Answer::kGoOn;
  }

  // All of a stage from step `first` on, then the stages based on it.
  Answer VisitStage(uint32_t index, uint32_t first) {
    const Stage& stage = trace_.stages()[index];
    for (uint32_t i = first; i < stage.end; ++i) {
      const Step& step = trace_.steps()[i];
      if (step.onbuild) continue;
      const Answer answer = Visit(step, nullptr);
      if (answer != Answer::kGoOn) return answer;
    }
    return VisitChildren(index, stage.first);
  }

  // Triggers from step `first` on, as a stage runs them that is based on this
  // one, then those stages.
  Answer VisitChildren(uint32_t index, uint32_t first) {
    const Stage& stage = trace_.stages()[index];
    for (uint32_t i = first; i < stage.end; ++i) {
      const Step& step = trace_.steps()[i];
      if (!step.onbuild) continue;
      const Answer answer = Visit(step, nullptr);
      if (answer != Answer::kGoOn) return answer;
    }
    for (uint32_t i = 0; i < trace_.stages().size(); ++i) {
      if (trace_.stages()[i].parent != index) continue;
      const Answer answer = VisitStage(i, trace_.stages()[i].first);
      if (answer == Answer::kNeeded) return answer;
    }
    return Answer::kGoOn;
  }

  const std::string& who() const { return who_; }

 private:
  const Trace& trace_;
  const ListManager& manager_;
  bool strict_;
  std::string who_;
};

// Whether a COPY takes the directory out of stage `index`.
std::string WhoCopies(const Trace& trace, uint32_t index,
                      std::string_view directory) {
  for (const Step& step : trace.steps()) {
    if (step.from != index) continue;
    for (size_t i = 0; i + 1 < step.arguments.size(); ++i) {
      std::string path = step.arguments[i];
      while (path.size() > 1 && path.back() == '/') path.pop_back();
      if (IsInside(path, directory) || IsInside(directory, path)) {
        if (path != "/") return DescribeStep(trace, step);
      }
    }
  }
  return "";
}

}  // namespace

ListsEvent EventOf(const ListManager& manager, const Command& command) {
  const Call call = ReadCall(command);
  if (call.name.empty()) return ListsEvent::kNone;
  if (HasWord(manager.programs, call.name)) {
    return EventOfManager(manager, call);
  }
  if (HasWord(manager.readers, call.name)) return ListsEvent::kUse;
  if (RemovesLists(manager, call)) return ListsEvent::kPurge;
  const bool is_shell = HasWord(kShells, call.name);
  if (is_shell && HasOption(call, "-c") &&
      IsUnrelated(manager, call.verb_name)) {
    return ListsEvent::kNone;
  }
  if (is_shell || call.name == "eval" || call.name == "." ||
      call.name == "source" || call.name.ends_with(".sh")) {
    return ListsEvent::kMaybe;
  }
  if (manager.name == "apt" && (call.name == "add-apt-repository" ||
                                call.name == "apt-add-repository")) {
    return ListsEvent::kMaybeRefresh;
  }
  return ListsEvent::kNone;
}

std::string NeedAfter(const Trace& trace, const ListManager& manager,
                      uint32_t index, const Command* command, bool strict) {
  using Answer = Follower::Answer;
  const Step& step = trace.steps()[index];
  const std::string copies = WhoCopies(trace, step.stage, manager.directory);
  if (!copies.empty()) return copies;
  Follower follower(trace, manager, strict);
  Answer answer =
      command == nullptr ? Answer::kGoOn : follower.Visit(step, command);
  if (answer == Answer::kGoOn) {
    answer = step.onbuild ? follower.VisitChildren(step.stage, index + 1)
                          : follower.VisitStage(step.stage, index + 1);
  }
  return answer == Answer::kNeeded ? follower.who() : "";
}

bool RefreshesFirst(const Trace& trace, const ListManager& manager,
                    const Step& step) {
  for (const Event& event : EventsOf(trace, manager, step)) {
    if (event.event == ListsEvent::kPurge) continue;
    return event.event == ListsEvent::kRefresh && event.certain;
  }
  return true;
}

bool LeavesNone(const Trace& trace, const ListManager& manager,
                const Step& step) {
  const std::vector<Event> events = EventsOf(trace, manager, step);
  if (events.empty() || events.back().event != ListsEvent::kPurge ||
      !events.back().certain || MayBeMounted(step, manager.directory)) {
    return false;
  }
  const Call call = ReadCall(*events.back().command);
  if (HasWord(manager.programs, call.name)) return true;
  const std::string directory(manager.directory);
  return call.name == "rm" &&
         std::any_of(call.command->words.begin(), call.command->words.end(),
                     [&](const Word& word) {
                       return word.text == directory ||
                              word.text == directory + "/" ||
                              word.text == directory + "/*";
                     });
}

bool IsInside(std::string_view path, std::string_view directory) {
  if (directory == "/") return path.starts_with('/');
  if (!path.starts_with(directory)) return false;
  return path.size() == directory.size() || path[directory.size()] == '/';
}

bool MayBeMounted(const Step& step, std::string_view directory,
                  bool by_relative_targets) {
  for (const std::string& flag : step.flags) {
    if (!flag.starts_with("--mount")) continue;
    std::string target;
    for (const std::string_view key : {"target=", "dst=", "destination="}) {
      const size_t at = flag.find(key);
      if (at == std::string::npos) continue;
      target = flag.substr(at + key.size());
      target = target.substr(0, target.find(','));
    }
    if (HasText(flag, "type=secret") || HasText(flag, "type=ssh")) continue;
    while (target.size() > 1 && target.back() == '/') target.pop_back();
    const bool relative = !target.empty() && target[0] != '/' &&
                          target[0] != '$' && !HasText(target, "..");
    if (relative && !by_relative_targets) continue;
    if (!target.starts_with('/') || HasText(target, "$") ||
        IsInside(directory, target) || IsInside(target, directory)) {
      return true;
    }
  }
  return false;
}

}  // namespace dfix::equivalence
