// Rules about what a container runs.
#include <algorithm>

#include "src/dockerfile/characters.h"
#include "src/dockerfile/instructions.h"
#include "src/dockerfile/parser.h"
#include "src/equivalence/calls.h"
#include "src/equivalence/rules.h"
#include "src/equivalence/tables.h"
#include "src/text/search.h"

namespace dfix::equivalence::rules {
namespace {

// What a shell runs itself, or reads as its grammar.
constexpr std::string_view kOfShell =
    ". : [ [[ ]] alias bg bind break builtin caller case cd chdir command "
    "compgen complete continue coproc declare dirs disown do done echo elif "
    "else enable esac eval exec exit export false fc fg fi for function "
    "getopts "
    "hash help history if in jobs kill let local logout mapfile popd printf "
    "pushd pwd read readarray readonly return select set shift shopt source "
    "suspend test then time times trap true type typeset ulimit umask unalias "
    "unset until wait while { } !";

// Programs that run their arguments as they are.
constexpr std::string_view kInits =
    "tini tini-static catatonit dumb-init docker-init env gosu su-exec";

// Why the shell at `step` does more than to start the program.
std::string WhyShellMatters(const Context& context) {
  if (context.variables.contains("BASH_ENV")) {
    return "BASH_ENV tells the shell to set up the environment";
  }
  if (context.shell.empty()) return "";
  if (!HasWord("sh bash dash ash", Basename(context.shell[0]))) {
    return "SHELL starts something else";
  }
  for (size_t i = 1; i < context.shell.size(); ++i) {
    const std::string& word = context.shell[i];
    if (HasWord("pipefail errexit nounset", word)) continue;
    if (word.size() < 2 || word[0] != '-' ||
        word.find_first_not_of("ceuxof", 1) != std::string::npos) {
      return "the shell's options set up the environment";
    }
  }
  return "";
}

// The one simple command of a script; null if there is more to it.
const Command* OnlyCommand(const List* script) {
  if (script == nullptr || script->items.size() != 1) return nullptr;
  const Item& item = script->items[0];
  if (item.background || item.timed) return nullptr;
  return OnlySimple(item);
}

// `text` as a script of its own, by a trace of a file that has it.
struct ParsedText {
  explicit ParsedText(std::string_view text)
      : document(ParseDockerfile("FROM a\nCMD " + std::string(text) + "\n")),
        trace(document) {}

  const List* script() const {
    return trace.steps().size() == 1 ? trace.ScriptOf(trace.steps()[0])
                                     : nullptr;
  }

  Document document;
  Trace trace;
};

// Why starting `words` is not what the shell does with `command`.
std::string WhyOtherWords(const Command& command,
                          const std::vector<std::string>& words) {
  if (!command.assignments.empty()) return "an assignment is gone";
  if (!command.redirections.empty()) return "a redirection is gone";
  size_t at = 0;
  if (!command.words.empty() && command.words[0].Is("exec")) {
    at = 1;
    if (command.words.size() > 1 && command.words[1].text.starts_with('-')) {
      return "an option of `exec` is gone";
    }
  }
  if (command.words.size() - at != words.size() || words.empty()) {
    return "there are other words";
  }
  for (size_t i = 0; i < words.size(); ++i) {
    const Word& word = command.words[at + i];
    if (!word.constant) return "a shell has to replace `" + word.text + "`";
    if (word.text != words[i]) return "`" + words[i] + "` is another word";
  }
  if (at == 0 && HasWord(kOfShell, words[0])) {
    return "the shell runs `" + words[0] + "` itself";
  }
  if (words[0].starts_with('-') || HasText(words[0], "{{")) {
    return "`" + words[0] + "` is no program";
  }
  return "";
}

// Whether `words` are the shell in force, told to run `script` behind `exec`.
bool IsShellWithExec(const Context& context, const List& script,
                     const std::vector<std::string>& words) {
  std::vector<std::string> shell = context.shell;
  if (shell.empty()) shell = {"/bin/sh", "-c"};
  if (words.size() != shell.size() + 1 ||
      !std::equal(shell.begin(), shell.end(), words.begin())) {
    return false;
  }
  const ParsedText parsed(words.back());
  const Command* after = OnlyCommand(parsed.script());
  const Command* before = OnlyCommand(&script);
  if (after == nullptr || before == nullptr || after->words.empty() ||
      !after->words[0].Is("exec") || !before->assignments.empty() ||
      after->words.size() != before->words.size() + 1 ||
      before->words.empty() || !before->words[0].constant ||
      HasWord(kOfShell, before->words[0].text) ||
      before->words[0].text.starts_with('-')) {
    return false;
  }
  const auto same = [](const auto& a, const auto& b) {
    return a.hash == b.hash;
  };
  return std::equal(before->words.begin(), before->words.end(),
                    after->words.begin() + 1, same) &&
         std::equal(before->redirections.begin(), before->redirections.end(),
                    after->redirections.begin(), after->redirections.end(),
                    same);
}

// Whether `text` is an array of `words` that lacks some punctuation, or has too
// much.
bool IsBrokenArray(std::string_view text,
                   const std::vector<std::string>& words) {
  if (!text.starts_with('[') && !text.starts_with('"') &&
      !text.starts_with('\'')) {
    return false;
  }
  const auto is_punctuation = [](std::string_view gap) {
    // Typographic quotes are of several bytes.
    return std::all_of(gap.begin(), gap.end(), [](char c) {
      return std::string_view("[],'\" \t\r\n\\").find(c) !=
                 std::string_view::npos ||
             static_cast<unsigned char>(c) >= 0x80;
    });
  };
  bool has_comma = words.size() < 2;
  for (const std::string& word : words) {
    const size_t at = text.find(word);
    if (at == std::string_view::npos || !is_punctuation(text.substr(0, at))) {
      return false;
    }
    text.remove_prefix(at + word.size());
    has_comma |= HasText(text.substr(0, 4), ",");
  }
  const size_t comment = text.find('#');
  return is_punctuation(text.substr(0, comment)) &&
         (has_comma || HasText(text, "]"));
}

// Whether the step before writes a script to `path` without a `#!` line.
bool WritesPlainScript(const Trace& trace, const Step& step,
                       const std::string& path) {
  const std::string name(Basename(path));
  const auto is_target = [&](const std::string& text) {
    return text == path || Basename(text) == name;
  };
  if (step.kind == InstructionKind::kCopy && !step.arguments.empty() &&
      step.arguments[0].starts_with("heredoc:") &&
      is_target(step.arguments.back())) {
    return !step.arguments[0].starts_with("heredoc:#!");
  }
  const List* script = trace.ScriptOf(step);
  if (step.kind != InstructionKind::kRun || script == nullptr) return false;
  bool writes = false;
  bool has_interpreter = false;
  const auto look = [&](const List& list, const auto& self) -> void {
    for (const Item& item : list.items) {
      for (const Command& command : item.commands) {
        for (const Redirect& redirect : command.redirections) {
          const bool out = redirect.shell_operator == ShellOperator::kWrite ||
                           redirect.shell_operator == ShellOperator::kAppend;
          writes |= out && is_target(redirect.target.text);
          has_interpreter |= HasText(redirect.body, "#!");
        }
        writes |= !command.words.empty() && command.words[0].Is("tee") &&
                  std::any_of(command.words.begin() + 1, command.words.end(),
                              [&](const Word& w) { return is_target(w.text); });
        for (const Word& word : command.words) {
          has_interpreter |= HasText(word.text, "#!");
        }
        for (const List& inner : command.lists) self(inner, self);
      }
    }
  };
  look(*script, look);
  return writes && !has_interpreter;
}

// Why the other half of the command makes the exec form something else, in the
// stages where `step` is in effect.
std::string WhyHalvesMatter(const Trace& trace, const Step& step) {
  const bool is_cmd = step.kind == InstructionKind::kCmd;
  for (uint32_t i = step.stage; i < trace.stages().size(); ++i) {
    if (trace.HalfOf(i, step.kind).step != &step) continue;
    const auto other = trace.HalfOf(
        i, is_cmd ? InstructionKind::kEntrypoint : InstructionKind::kCmd);
    const bool has_trigger = [&] {
      for (uint32_t parent = trace.stages()[i].parent; parent != kNone;
           parent = trace.stages()[parent].parent) {
        for (uint32_t k = trace.stages()[parent].first;
             k < trace.stages()[parent].end; ++k) {
          const Step& trigger = trace.steps()[k];
          if (trigger.onbuild &&
              (trigger.kind == InstructionKind::kCmd ||
               trigger.kind == InstructionKind::kEntrypoint)) {
            return true;
          }
        }
      }
      return false;
    }();
    if (has_trigger) return "a trigger sets a part of the command";
    if (!is_cmd) {
      if (!other.known) return "the base image may have a CMD";
      if (other.step != nullptr &&
          !(other.step->json && other.step->arguments.empty())) {
        return "a CMD that was ignored becomes its arguments";
      }
      continue;
    }
    if (other.step == nullptr) continue;
    if (!other.step->json) return "the ENTRYPOINT ignores CMD";
    const std::vector<std::string>& words = other.step->arguments;
    if (words.empty()) continue;
    const bool script =
        words.back().ends_with(".sh") || HasText(words.back(), "entrypoint");
    if (!HasWord(kInits, Basename(words[0])) && !script) {
      return "the words become arguments of `" + words[0] + "`";
    }
  }
  return "";
}

// The same, where the whole command may be one quoted word.
std::string WhyOtherWordsOrQuoted(const Command& command,
                                  const std::vector<std::string>& words) {
  const std::string why = WhyOtherWords(command, words);
  const bool quoted = command.words.size() == 1 && command.words[0].constant &&
                      HasText(command.words[0].text, " ");
  if (why.empty() || !quoted) return why;
  const ParsedText parsed(command.words[0].text);
  const Command* split = OnlyCommand(parsed.script());
  return split == nullptr ? why : WhyOtherWords(*split, words);
}

}  // namespace

// The same for HEALTHCHECK, whose arguments begin with `CMD`.
std::string ExecHealthcheck(const Comparison& c, const Difference& d) {
  const Step& before = *d.before.step;
  const Step& after = *d.after.step;
  if (before.onbuild || before.json || !after.json ||
      before.flags != after.flags || after.arguments.size() < 2 ||
      AsciiLower(after.arguments[0]) != "cmd") {
    return "it is no check that got the exec form";
  }
  const std::vector<std::string> words(after.arguments.begin() + 1,
                                       after.arguments.end());
  const Instruction instruction(c.before.document(), before.node);
  const std::string text = instruction.ArgumentText();
  const size_t array = text.find_first_not_of(" \t\r", 3);  // Behind `CMD`.
  if (array != std::string::npos && IsBrokenArray(text.substr(array), words)) {
    return "";
  }
  // The last SHELL of the stage runs it.
  const Context& context =
      c.before.FinalContext(c.before.stages()[before.stage]);
  const Command* command = OnlyCommand(c.before.ScriptOf(before));
  if (command == nullptr) return "a shell has more to do";
  const std::string why = WhyOtherWordsOrQuoted(*command, words);
  return why.empty() ? WhyShellMatters(context) : why;
}

std::string ExecForm(const Comparison& c, const Difference& d) {
  const Step& before = *d.before.step;
  const Step& after = *d.after.step;
  if (before.kind == InstructionKind::kHealthcheck &&
      after.kind == InstructionKind::kHealthcheck) {
    return ExecHealthcheck(c, d);
  }
  const bool is_command = before.kind == InstructionKind::kCmd ||
                          before.kind == InstructionKind::kEntrypoint;
  if (!is_command || before.onbuild || before.flags != after.flags) {
    return "it is no CMD or ENTRYPOINT";
  }
  if (before.json) return "it had the exec form before";
  const Context& context = c.before.ContextOf(before);
  const Context& context_after = c.after.ContextOf(after);
  if (context.shell != context_after.shell) return "SHELL is another one";
  const List* script = c.before.ScriptOf(before);
  if (!after.json) return ExecWord(c, d);
  if (script != nullptr) {
    // The shell stays: only what gets the signals differs.
    if (IsShellWithExec(context, *script, after.arguments)) {
      const std::string halves = WhyHalvesMatter(c.before, before);
      return halves;
    }
  }
  if (c.before.document().node(before.script).aux ==
      static_cast<uint16_t>(ShellDialect::kNone)) {
    return "nobody understands the shell";
  }
  const Instruction instruction(c.before.document(), before.node);
  if (IsBrokenArray(instruction.ArgumentText(), after.arguments)) return "";
  const Command* command = OnlyCommand(script);
  if (command == nullptr) return "a shell has more to do";
  std::string why = WhyOtherWordsOrQuoted(*command, after.arguments);
  if (why.empty()) why = WhyShellMatters(context);
  if (why.empty()) why = WhyHalvesMatter(c.before, before);
  if (!why.empty()) return why;
  const std::string& program = after.arguments[0];
  for (uint32_t i = 0; i < c.before.IndexOf(before); ++i) {
    if (WritesPlainScript(c.before, c.before.steps()[i], program)) {
      return "`" + program + "` has no `#!` line";
    }
  }
  return "";
}

std::string ExecWord(const Comparison& c, const Difference& d) {
  const Command* before = OnlyCommand(c.before.ScriptOf(*d.before.step));
  const Command* after = OnlyCommand(c.after.ScriptOf(*d.after.step));
  if (before == nullptr || after == nullptr || before->words.empty() ||
      after->words.size() != before->words.size() + 1 ||
      !after->words[0].Is("exec") || !before->words[0].constant ||
      HasWord(kOfShell, before->words[0].text) ||
      before->words[0].text.starts_with('-')) {
    return "more than `exec` was added";
  }
  const auto same = [](const auto& a, const auto& b) {
    return a.hash == b.hash;
  };
  const bool rest =
      std::equal(before->words.begin(), before->words.end(),
                 after->words.begin() + 1, same) &&
      std::equal(before->redirections.begin(), before->redirections.end(),
                 after->redirections.begin(), after->redirections.end(),
                 same) &&
      std::equal(before->assignments.begin(), before->assignments.end(),
                 after->assignments.begin(), after->assignments.end(), same);
  return rest ? "" : "more than `exec` was added";
}

std::string ExecConfiguration(const Comparison& c, const Difference& d) {
  if (d.name == "Healthcheck") {
    const bool told = std::any_of(
        c.differences.begin(), c.differences.end(),
        [](const Difference& other) {
          return other.kind == DifferenceKind::kStepChanged &&
                 other.before.step->kind == InstructionKind::kHealthcheck;
        });
    return told ? "" : "another step sets it";
  }
  if (d.name != "Cmd" && d.name != "Entrypoint") {
    return d.name + " differs, too";
  }
  const auto kind =
      d.name == "Cmd" ? InstructionKind::kCmd : InstructionKind::kEntrypoint;
  const auto before = c.before.HalfOf(d.stage, kind);
  const auto after = c.after.HalfOf(d.stage_after, kind);
  for (const Difference& other : c.differences) {
    if (other.kind == DifferenceKind::kStepChanged &&
        other.before.step == before.step && other.after.step == after.step) {
      return "";
    }
  }
  return "another step sets it";
}

std::string DeadInstruction(const Comparison& c, const Difference& d) {
  const Step& step = *d.before.step;
  if (step.kind != InstructionKind::kCmd &&
      step.kind != InstructionKind::kEntrypoint &&
      step.kind != InstructionKind::kHealthcheck) {
    return "it is no CMD, ENTRYPOINT or HEALTHCHECK";
  }
  if (step.onbuild) return "ONBUILD does not replace what is before";
  const Stage& stage = c.before.stages()[step.stage];
  for (uint32_t i = c.before.IndexOf(step) + 1; i < stage.end; ++i) {
    const Step& later = c.before.steps()[i];
    if (later.kind == step.kind && !later.onbuild) return "";
  }
  // Of twins it is not told which one goes.
  for (uint32_t i = stage.first; i < c.before.IndexOf(step); ++i) {
    const Step& twin = c.before.steps()[i];
    if (twin.kind == step.kind && !twin.onbuild && twin.json == step.json &&
        twin.flags == step.flags && twin.arguments == step.arguments) {
      return "";
    }
  }
  return "nothing of its stage replaces it";
}

}  // namespace dfix::equivalence::rules
