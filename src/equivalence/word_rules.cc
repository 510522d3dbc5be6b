// Rules about the words of one command.
#include <algorithm>

#include "src/dockerfile/characters.h"
#include "src/equivalence/calls.h"
#include "src/equivalence/rules.h"
#include "src/equivalence/tables.h"
#include "src/text/search.h"

namespace dfix::equivalence::rules {
namespace {

// The words that were put between those of `before`; absent if that is not all
// that was done.
std::optional<std::vector<size_t>> Inserted(const Command& before,
                                            const Command& after) {
  std::vector<size_t> inserted;
  size_t at = 0;
  for (size_t i = 0; i < after.words.size(); ++i) {
    if (at < before.words.size() &&
        before.words[at].hash == after.words[i].hash) {
      ++at;
    } else {
      inserted.push_back(i);
    }
  }
  if (at != before.words.size()) return std::nullopt;
  return inserted;
}

// Whether the build says `setting` in a file or an environment that the call
// at `place` reads.
bool IsConfigured(const Trace& trace, const Place& place,
                  std::string_view setting) {
  if (setting.empty()) return false;
  const uint32_t last = trace.IndexOf(*place.step);
  for (uint32_t stage = place.step->stage; stage != kNone;
       stage = trace.stages()[stage].parent) {
    for (uint32_t i = trace.stages()[stage].first;
         i < trace.stages()[stage].end && i <= last; ++i) {
      const Step& step = trace.steps()[i];
      const List* script = trace.ScriptOf(step);
      if (script == nullptr) {
        if (HasText(DescribeStep(trace, step), setting)) return true;
        continue;
      }
      bool found = false;
      ForEachSimple(*script, [&](const Command& command) {
        for (size_t w = 0; w < command.words.size(); ++w) {
          if (!HasText(command.words[w].text, setting)) continue;
          const bool of_call =
              command.words[w].text.starts_with("-o") ||
              command.words[w].text.starts_with("--option") ||
              command.words[w].text.starts_with("--setopt") ||
              (w > 0 && (command.words[w - 1].text == "-o" ||
                         command.words[w - 1].text == "--option"));
          found |= !of_call;
        }
        for (const Redirect& redirect : command.redirections) {
          found |= HasText(redirect.body, setting);
        }
      });
      if (found) return true;
    }
  }
  return false;
}

bool ReadsInput(const Command& command) {
  return std::any_of(
      command.redirections.begin(), command.redirections.end(),
      [](const Redirect& redirect) {
        return redirect.shell_operator == ShellOperator::kRead ||
               redirect.shell_operator == ShellOperator::kHeredoc ||
               redirect.shell_operator == ShellOperator::kHeredocDash ||
               redirect.shell_operator == ShellOperator::kHereString ||
               redirect.shell_operator == ShellOperator::kReadWrite;
      });
}

// Whether the command says yes and nothing else.
bool SaysYes(const Command& command) {
  if (command.words.empty()) return false;
  const std::string text = Render(command);
  return text == "yes" || text.starts_with("echo y") ||
         text.starts_with("echo Y") || text.starts_with("echo 'y");
}

// Whether something else than a person at a terminal, who is not there, and
// than one who says yes answers the questions of `command`.
bool HasOtherAnswers(const Place& place, const Command& command) {
  if (ReadsInput(command)) return true;
  const Command* inner = &command;
  for (size_t f = place.frames.size(); f-- > 0;) {
    const Frame& frame = place.frames[f];
    const Item& item = frame.list->items[frame.item];
    for (size_t i = 1; i < item.commands.size(); ++i) {
      if (&item.commands[i] == inner && !SaysYes(item.commands[i - 1])) {
        return true;
      }
    }
    if (frame.compound == nullptr) break;
    inner = frame.compound;
    if (ReadsInput(*inner)) return true;
  }
  return false;
}

// Whether the step's stage begins with an image whose name has one of `parts`.
bool IsOnBase(const Trace& trace, const Step& step, std::string_view parts) {
  uint32_t stage = step.stage;
  while (trace.stages()[stage].parent != kNone) {
    stage = trace.stages()[stage].parent;
  }
  const std::string base = AsciiLower(trace.stages()[stage].image);
  while (!parts.empty()) {
    const std::string_view part = parts.substr(0, parts.find(' '));
    parts.remove_prefix(std::min(parts.size(), part.size() + 1));
    if (HasText(base, part)) return true;
  }
  return false;
}

// Whether apt is called in the step's stage: then its base is Debian or like
// it.
bool UsesApt(const Trace& trace, const Step& step) {
  const Stage& stage = trace.stages()[step.stage];
  bool found = false;
  for (uint32_t i = stage.first; i < stage.end; ++i) {
    const List* script = trace.ScriptOf(trace.steps()[i]);
    if (script == nullptr) continue;
    ForEachSimple(*script, [&](const Command& command) {
      found |= HasWord("apt-get apt aptitude", ReadCall(command).name);
    });
  }
  return found;
}

// Whether `text`, several short options in one word, has one of `options`.
bool IsCluster(std::string_view options, std::string_view program,
               std::string_view text) {
  if (text.size() < 2 || text[1] == '-') return false;
  for (const char letter : text.substr(1)) {
    const std::string option = {'-', letter};
    if (HasWord(options, option)) return true;
    // `-nv` is an option of two letters.
    if (letter == 'n' && HasWord(options, "-nv")) {
      return text.find('v') != std::string_view::npos;
    }
    if (TakesArgument(program, option)) return false;
  }
  return false;
}

// Why words [i, i + count) of `after` are not an option that the table knows;
// sets `count`.
std::string WhyNoFlag(const Comparison& c, const Difference& d, size_t i,
                      size_t& count) {
  const Call call = ReadCall(*d.command_after);
  const Call old_call = ReadCall(*d.command_before);
  const std::vector<Word>& words = d.command_after->words;
  for (const FlagRule& rule : c.tools.flags) {
    if (!IsProgram(rule.programs, call.name)) continue;
    const size_t blank = rule.flag.find(' ');
    if (!words[i].Is(rule.flag.substr(0, blank))) continue;
    if (!rule.verbs.empty() && !HasWord(rule.verbs, call.verb_name)) {
      return "it is no option of `" + std::string(call.verb_name) + "`";
    }
    count = 1;
    if (blank != std::string_view::npos) {
      count = 2;
      if (i + 1 >= words.size() ||
          !words[i + 1].Is(rule.flag.substr(blank + 1))) {
        return "its argument is another one";
      }
    }
    if (std::find(call.options.begin(), call.options.end(), i) ==
        call.options.end()) {
      return "it does not stand where options do";
    }
    if (old_call.verb_name != call.verb_name) {
      return "it is not the same call any more";
    }
    if (HasOption(old_call, rule.flag.substr(0, blank))) {
      return "the call has the option already";
    }
    for (const size_t option : old_call.options) {
      const std::string_view text = d.command_before->words[option].text;
      if (HasWord(rule.rivals, text.substr(0, text.find('='))) ||
          IsCluster(rule.rivals, call.name, text)) {
        return "another option says the opposite";
      }
    }
    if (IsConfigured(c.before, d.before, rule.setting)) {
      return "the build configures `" + std::string(rule.setting) + "`";
    }
    if (IsOnBase(c.after, *d.after.step, rule.not_on) ||
        (!rule.only_on.empty() &&
         !IsOnBase(c.after, *d.after.step, rule.only_on) &&
         !UsesApt(c.after, *d.after.step))) {
      return "the program of that base image may not know it";
    }
    if (rule.kind == FlagKind::kAnswer &&
        HasOtherAnswers(d.after, *d.command_after)) {
      return "something else answers the questions of the command";
    }
    return "";
  }
  return "no table knows the option";
}

bool IsPackageName(std::string_view name) {
  return name.size() > 1 &&
         name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789.+-") ==
             std::string_view::npos &&
         name[0] != '-' && name[0] != '+' && name[0] != '.' &&
         name.back() != '-';
}

// The package that a word names, its version left out.
std::string NameOf(std::string_view word) {
  if (word.starts_with('\'') || word.starts_with('"')) word.remove_prefix(1);
  return std::string(word.substr(0, word.find_first_of("=<>~!'\"", 1)));
}

// Whether a word names one package for sure, of which just the version may be
// in a variable.
bool IsOnePackage(const Word& word) {
  if (!word.lists.empty() || word.text.empty()) return false;
  const std::string name = NameOf(word.text);
  if (name.find_first_of("$`*?[{") != std::string::npos) return false;
  // apt installs `NAME+` in whatever order.
  return !name.starts_with('-') && !name.ends_with('-');
}

// Whether the same RUN removes packages after the command.
bool RemovesPackagesLater(const Comparison& c, const Difference& d) {
  const List* script = c.after.ScriptOf(*d.after.step);
  bool begun = false;
  bool found = false;
  ForEachSimple(*script, [&](const Command& command) {
    begun |= &command == d.command_after;
    if (!begun) return;
    const Call call = ReadCall(command);
    found |= HasWord("apt-get apt aptitude", call.name) &&
             HasWord("remove purge autoremove autopurge", call.verb_name);
  });
  return found;
}

std::string WhyNoPackage(const Comparison& c, const Difference& d, size_t i) {
  const Call call = ReadCall(*d.command_after);
  const Word& word = d.command_after->words[i];
  if (!word.constant || !IsPackageName(word.text)) {
    return "it is no package's name";
  }
  if (!HasWord("apt-get apt aptitude", call.name) ||
      call.verb_name != "install") {
    return "the command installs no packages";
  }
  if (std::find(call.operands.begin(), call.operands.end(), i) ==
      call.operands.end()) {
    return "it does not stand where packages do";
  }
  for (const Word& old : d.command_before->words) {
    if (old.Is(word.text)) return "the package is named already";
  }
  const bool skips = HasOption(call, "--no-install-recommends") ||
                     HasOption(call, "--without-recommends");
  if (!skips) return "recommended packages come anyway";
  if (RemovesPackagesLater(c, d)) {
    return "packages are removed again, and this one would stay";
  }
  return "";
}

// Why a compiler would come without the headers of the C library, which are
// only recommended: on images of Debian and Ubuntu nothing else brings them.
std::string WhyNoHeaders(const Comparison& c, const Difference& d) {
  constexpr std::string_view kFlag = "--no-install-recommends";
  const Call call = ReadCall(*d.command_after);
  if (!HasWord("apt-get apt aptitude", call.name) || !HasOption(call, kFlag) ||
      HasOption(ReadCall(*d.command_before), kFlag) ||
      !IsOnBase(c.after, *d.after.step, "debian ubuntu")) {
    return "";
  }
  bool compiles = false;
  bool has_headers = false;
  for (const size_t i : call.operands) {
    const std::string_view word = d.command_after->words[i].text;
    const std::string_view name = word.substr(0, word.find_first_of("=:/"));
    compiles |= IsProgram("gcc", name);
    has_headers |= name.ends_with("-dev") || IsProgram("g++", name) ||
                   name == "build-essential";
  }
  return compiles && !has_headers ? "`gcc` would come without `libc6-dev`" : "";
}

}  // namespace

std::string AddedWords(const Comparison& c, const Difference& d) {
  const auto inserted = Inserted(*d.command_before, *d.command_after);
  if (!inserted) return "words are changed or gone";
  const List* script = c.after.ScriptOf(*d.after.step);
  if (script != nullptr && !d.command_after->words.empty() &&
      DefinesFunction(*script, ReadCall(*d.command_after).name)) {
    return "it is a function of the script";
  }
  for (size_t k = 0; k < inserted->size(); ++k) {
    const size_t i = (*inserted)[k];
    const std::string word = Render(d.command_after->words[i]);
    std::string reason = "no declared effect is about it";
    size_t count = 1;
    if (c.effects.Has(Effect::kAddsFlag)) {
      reason = WhyNoFlag(c, d, i, count);
    }
    if (!reason.empty() && c.effects.Has(Effect::kAddsPackages) &&
        !word.starts_with('-')) {
      reason = WhyNoPackage(c, d, i);
    }
    if (!reason.empty()) return "`" + word + "` is added: " + reason;
    k += count - 1;
  }
  return WhyNoHeaders(c, d);
}

std::string ReorderedWords(const Comparison&, const Difference& d) {
  const std::vector<Word>& before = d.command_before->words;
  const std::vector<Word>& after = d.command_after->words;
  if (before.size() != after.size()) return "words came or went";
  const Call call = ReadCall(*d.command_after);
  constexpr std::string_view kManagers =
      "apt-get apt aptitude apk dnf yum microdnf tdnf zypper pip uv conda "
      "mamba micromamba";
  // `uv pip install`: the second word stays where it is.
  const bool is_uv_pip = call.name == "uv" && call.verb_name == "pip" &&
                         !call.operands.empty() &&
                         before[call.operands[0]].Is("install") &&
                         after[call.operands[0]].Is("install");
  const bool has_verb =
      is_uv_pip ||
      (IsProgram(kManagers, call.name) &&
       HasWord("install reinstall satisfy build-dep add in create localinstall "
               "builddep tool groupinstall upgrade",
               call.verb_name));
  if (!has_verb && !HasWord("pacman xbps-install", call.name)) {
    return "the order of its arguments may matter";
  }
  std::vector<std::string> from;
  std::vector<std::string> to;
  for (size_t i = 0; i < before.size(); ++i) {
    const bool operand = (!has_verb && i == call.verb) ||
                         std::find(call.operands.begin(), call.operands.end(),
                                   i) != call.operands.end();
    if (before[i].hash == after[i].hash && !operand) continue;
    if (!operand) return "more than the order of packages differs";
    for (const Word* word : {&before[i], &after[i]}) {
      if (!IsOnePackage(*word)) {
        return "`" + Render(*word) + "` may be no package's name";
      }
    }
    from.push_back(Render(before[i]));
    to.push_back(Render(after[i]));
  }
  std::sort(from.begin(), from.end());
  std::sort(to.begin(), to.end());
  if (from != to) return "packages came or went";
  for (size_t i = 1; i < from.size(); ++i) {
    if (NameOf(from[i]) == NameOf(from[i - 1]) && from[i] != from[i - 1]) {
      return "`" + from[i] + "` is named twice";
    }
  }
  return "";
}

std::string ReplacedProgram(const Comparison& c, const Difference& d) {
  const Call from = ReadCall(*d.command_before);
  const Call to = ReadCall(*d.command_after);
  const auto rule = std::find_if(
      ProgramRules().begin(), ProgramRules().end(), [&](const ProgramRule& r) {
        return r.from == from.name && r.to == to.name &&
               r.verb == from.verb_name && r.new_verb == to.verb_name;
      });
  if (rule == ProgramRules().end()) return "the two do not do the same";
  const std::vector<Word>& before = d.command_before->words;
  std::vector<Word> after = d.command_after->words;
  const std::string_view path = before[from.program].text;
  if (after[to.program].text !=
      std::string(path.substr(0, path.size() - from.name.size())) +
          std::string(rule->to)) {
    return "the program is in another directory";
  }
  after[to.program] = before[from.program];
  after[to.verb] = before[from.verb];
  if (!rule->option.empty()) {
    const auto option =
        std::find_if(to.options.begin(), to.options.end(),
                     [&](size_t i) { return after[i].Is(rule->option); });
    if (option == to.options.end()) return "an option is missing";
    after.erase(after.begin() + static_cast<std::ptrdiff_t>(*option));
  }
  const bool same =
      std::equal(before.begin(), before.end(), after.begin(), after.end(),
                 [](const Word& a, const Word& b) { return a.hash == b.hash; });
  if (!same) return "other words changed, too";
  const Item& item = d.after.item();
  if (&item.commands.back() != d.command_after) {
    return "another command reads what it prints";
  }
  bool is_function = false;
  const std::string head = "=" + std::string(rule->from) + "\n";
  const auto look = [&](const List& list, const auto& self) -> void {
    for (const Item& each : list.items) {
      for (const Command& command : each.commands) {
        is_function |= command.kind == NodeKind::kFunction &&
                       HasText("\n" + command.head, head);
        for (const List& inner : command.lists) self(inner, self);
      }
    }
  };
  look(*c.before.ScriptOf(*d.before.step), look);
  if (is_function) return "the script has a function of that name";
  return "";
}

}  // namespace dfix::equivalence::rules
