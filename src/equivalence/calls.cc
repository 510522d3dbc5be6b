#include "src/equivalence/calls.h"

#include <algorithm>

#include "src/equivalence/tables.h"
#include "src/text/search.h"

namespace dfix::equivalence {
namespace {

bool IsAssignment(std::string_view word) {
  const size_t equals = word.find('=');
  return equals != std::string_view::npos && equals > 0 && word[0] != '-';
}

// How many words from `at` on only start the program that follows them:
// `python3 -m pip`, `corepack npm`.
size_t WordsBeforeModule(const std::vector<Word>& words, size_t at) {
  const std::string_view name = Basename(words[at].text);
  const auto next_is = [&](std::string_view list) {
    return at + 1 < words.size() && HasWord(list, Basename(words[at + 1].text));
  };
  if (name.starts_with("python") || name.starts_with("pypy")) {
    return next_is("-m") ? 2 : 0;
  }
  if (name == "corepack" || name == "npx") return next_is("npm yarn pnpm");
  return name.starts_with("php") && next_is("composer composer.phar") ? 1 : 0;
}

// The index of the first word that is neither `sudo` or the like nor one of
// its options.
size_t SkipWrappers(const std::vector<Word>& words, bool& sudo) {
  constexpr std::string_view kPlain =
      "command exec time nohup eatmydata builtin doas ionice";
  size_t at = 0;
  while (at < words.size() && words[at].constant) {
    const std::string_view name = Basename(words[at].text);
    if (name == "sudo" || name == "env" || name == "nice" || name == "xargs") {
      sudo |= name == "sudo";
      const std::string_view with_argument =
          name == "sudo"    ? "-u -g -C -h -p --user --group"
          : name == "nice"  ? "-n"
          : name == "xargs" ? "-a -d -E -I -L -n -P -s"
                            : "-u";
      ++at;
      while (at < words.size() && words[at].constant) {
        const std::string_view word = words[at].text;
        if (!word.starts_with('-') && !IsAssignment(word)) break;
        at += HasWord(with_argument, word) ? 2 : 1;
      }
    } else if (HasWord(kPlain, name)) {
      ++at;
    } else if (name == "timeout") {
      ++at;
      while (at < words.size() && words[at].text.starts_with('-')) ++at;
      ++at;
    } else if (const size_t skipped = WordsBeforeModule(words, at)) {
      at += skipped;
    } else {
      break;
    }
  }
  return at;
}

// What `set` does to errexit; kMaybe if that is not constant.
std::optional<Errexit> EffectOfSet(const Command& command) {
  std::optional<Errexit> result;
  for (size_t i = 1; i < command.words.size(); ++i) {
    const Word& word = command.words[i];
    if (!word.constant) return Errexit::kMaybe;
    const std::string_view text = word.text;
    if (text.size() < 2 || text == "--" || (text[0] != '-' && text[0] != '+')) {
      break;
    }
    const Errexit value = text[0] == '-' ? Errexit::kOn : Errexit::kOff;
    for (const char c : text.substr(1)) {
      if (c == 'e') result = value;
      if (c == 'o' && i + 1 < command.words.size() &&
          command.words[++i].Is("errexit")) {
        result = value;
      }
    }
  }
  return result;
}

std::optional<Errexit> EffectOf(const Command& command) {
  if (command.words.empty() || !command.words[0].constant) {
    return std::nullopt;
  }
  const std::string_view name = command.words[0].text;
  if (name == "set") return EffectOfSet(command);
  const bool of_system =
      command.words.size() > 1 && command.words[1].text.starts_with("/etc/");
  if ((name == "." || name == "source") && of_system) return std::nullopt;
  // Only asks what a name means.
  const bool asks = command.words.size() > 1 &&
                    (command.words[1].Is("-v") || command.words[1].Is("-V"));
  if (name == "command" && asks) return std::nullopt;
  constexpr std::string_view kAnything = "eval . source trap command builtin";
  if (HasWord(kAnything, name)) return Errexit::kMaybe;
  return std::nullopt;
}

Errexit ErrexitOfShell(const Trace& trace, const Step& step) {
  const std::vector<std::string>& shell = trace.ContextOf(step).shell;
  Errexit result = Errexit::kOff;
  for (size_t i = 1; i < shell.size(); ++i) {
    const std::string_view option = shell[i];
    if (option == "errexit") result = Errexit::kOn;
    if (option.size() > 1 && option[0] == '-' && option[1] != '-' &&
        option.find('e') != std::string_view::npos) {
      result = Errexit::kOn;
    }
  }
  if (step.heredoc) {
    // A first line `#!/bin/sh -e` makes it a program of its own.
    const std::string_view text = trace.document().Text(step.node);
    const size_t line = text.find('\n');
    if (line != std::string_view::npos &&
        text.substr(line + 1).starts_with("#!")) {
      const std::string_view first = text.substr(line + 1);
      const bool option =
          first.substr(0, first.find('\n')).find(" -") != std::string::npos;
      result = option ? Errexit::kMaybe : Errexit::kOff;
    }
  }
  return result;
}

bool GoesOn(Join join) { return join == Join::kAnd || join == Join::kOr; }

}  // namespace

Call ReadCall(const Command& command) {
  Call call;
  call.command = &command;
  const std::vector<Word>& words = command.words;
  call.program = SkipWrappers(words, call.behind_sudo);
  if (call.program >= words.size() || !words[call.program].constant) {
    return call;
  }
  call.name = Basename(words[call.program].text);
  bool only_operands = false;
  for (size_t i = call.program + 1; i < words.size(); ++i) {
    const Word& word = words[i];
    if (word.constant && !only_operands && word.text.size() > 1 &&
        word.text[0] == '-') {
      if (word.text == "--") {
        only_operands = true;
        continue;
      }
      call.options.push_back(i);
      if (TakesArgument(call.name, word.text)) ++i;
      continue;
    }
    if (call.verb == 0) {
      call.verb = i;
      if (word.constant) call.verb_name = word.text;
    } else {
      call.operands.push_back(i);
    }
  }
  return call;
}

bool TakesArgument(std::string_view program, std::string_view option) {
  for (const ArgumentOptions& entry : OptionsWithArgument()) {
    if (IsProgram(entry.programs, program) && HasWord(entry.options, option)) {
      return true;
    }
  }
  return false;
}

bool DefinesFunction(const List& script, std::string_view name) {
  const std::string head = std::string(name) + "\n";
  for (const Item& item : script.items) {
    for (const Command& each : item.commands) {
      if (each.kind == NodeKind::kFunction && HasText(each.head, head)) {
        return true;
      }
      for (const List& inner : each.lists) {
        if (DefinesFunction(inner, name)) return true;
      }
    }
  }
  return false;
}

bool FeelsErrexit(const Command& command) {
  switch (command.kind) {
    case NodeKind::kSimpleCommand:
      return std::any_of(
          command.words.begin(), command.words.end(), [](const Word& word) {
            return std::any_of(
                word.lists.begin(), word.lists.end(),
                [](const List& list) { return list.items.size() > 1; });
          });
    case NodeKind::kSubshell:
    case NodeKind::kBraceGroup:
    case NodeKind::kIf:
    case NodeKind::kCase:
      for (const List& list : command.lists) {
        for (const Item& item : list.items) {
          if (item.join == Join::kNext) return true;
          for (const Command& inner : item.commands) {
            if (FeelsErrexit(inner)) return true;
          }
        }
      }
      return false;
    default:
      return true;
  }
}

bool HasOption(const Call& call, std::string_view flag) {
  for (const size_t i : call.options) {
    const std::string_view text = call.command->words[i].text;
    if (text == flag) return true;
    if (flag.size() != 2 || text.size() < 2 || text[1] == '-') continue;
    for (const char letter : text.substr(1)) {
      if (letter == flag[1]) return true;
      if (TakesArgument(call.name, std::string{'-', letter})) break;
    }
  }
  return false;
}

Errexit ErrexitAt(const Trace& trace, const Place& place) {
  Errexit state = ErrexitOfShell(trace, *place.step);
  for (const Frame& frame : place.frames) {
    for (uint32_t i = 0; i < frame.item; ++i) {
      const Item& item = frame.list->items[i];
      const Command* simple = OnlySimple(item);
      const bool certain = simple != nullptr && item.join != Join::kOr &&
                           item.join != Join::kAnd;
      if (certain) {
        if (const auto effect = EffectOf(*simple)) state = *effect;
        continue;
      }
      const auto visit = [&](const Command& command) {
        const auto effect = EffectOf(command);
        if (effect && *effect != state) state = Errexit::kMaybe;
      };
      for (const Command& command : item.commands) {
        if (command.kind == NodeKind::kSimpleCommand) visit(command);
        // A subshell keeps its options to itself.
        if (command.kind == NodeKind::kSubshell) continue;
        for (const List& list : command.lists) ForEachSimple(list, visit);
      }
    }
  }
  return state;
}

std::pair<uint32_t, uint32_t> AndOrAround(const List& list, uint32_t item) {
  uint32_t first = item;
  while (first > 0 && GoesOn(list.items[first].join)) --first;
  uint32_t end = item + 1;
  while (end < list.items.size() && GoesOn(list.items[end].join)) ++end;
  return {first, end};
}

bool FailureIsFatal(const Place& place) {
  for (size_t f = place.frames.size(); f-- > 0;) {
    const Frame& frame = place.frames[f];
    const auto [first, end] = AndOrAround(*frame.list, frame.item);
    const Item& item = frame.list->items[frame.item];
    if (item.negated || item.background || frame.in_word) return false;
    if (end != frame.list->items.size()) return false;
    for (uint32_t i = first + 1; i < end; ++i) {
      if (frame.list->items[i].join == Join::kOr) return false;
    }
    // The last command of a pipeline decides about its status.
    const bool inner = f + 1 < place.frames.size();
    if (inner && &item.commands.back() != place.frames[f + 1].compound) {
      return false;
    }
    if (!inner && item.commands.size() > 1) return false;
    const bool plain = frame.compound == nullptr ||
                       frame.compound->kind == NodeKind::kSubshell ||
                       frame.compound->kind == NodeKind::kBraceGroup;
    if (!plain) return false;
  }
  return true;
}

std::string WhereItMayNotBe(const Place& place) {
  for (const Frame& frame : place.frames) {
    if (frame.in_word) return "it stands in a substitution";
    if (frame.compound == nullptr) continue;
    switch (frame.compound->kind) {
      case NodeKind::kSubshell:
      case NodeKind::kBraceGroup:
      case NodeKind::kCase:
        break;
      case NodeKind::kIf:
        // Conditions and bodies alternate; an `else` comes last.
        if (frame.part % 2 == 0 &&
            frame.part + 1 != frame.compound->lists.size()) {
          return "it stands in a condition";
        }
        break;
      case NodeKind::kFunction:
        return "it stands in a function";
      default:
        return "it stands in a loop";
    }
  }
  return "";
}

}  // namespace dfix::equivalence
