#include "src/facts/run_outcome.h"

#include <algorithm>
#include <string_view>

#include "src/dockerfile/instructions.h"
#include "src/facts/programs.h"
#include "src/text/one_of.h"

namespace dfix {
namespace {

constexpr std::string_view kShellPaths[] = {
    "/bin/ash",      "/bin/bash",   "/bin/dash", "/bin/sh", "/usr/bin/bash",
    "/usr/bin/dash", "/usr/bin/sh", "dash",      "sh",
};

bool HasSingleAmpersand(std::string_view text) {
  for (size_t at = text.find('&'); at != std::string_view::npos;
       at = text.find('&', at + 1)) {
    const bool doubled = at + 1 < text.size() && text[at + 1] == '&';
    const bool redirects =
        at > 0 && (text[at - 1] == '>' || text[at - 1] == '<');
    if (!doubled && !redirects) return true;
    if (doubled) ++at;
  }
  return false;
}

bool MayStayAlive(const ScriptCommand& command) {
  const std::string& program = command.program;
  const auto has = [&](std::string_view verb) {
    return std::find(command.operands.begin(), command.operands.end(), verb) !=
           command.operands.end();
  };
  if (IsOneOf(program, Programs().daemons)) return true;
  if (command.name.starts_with("/etc/init.d/")) return true;
  if (program == "service" || program == "invoke-rc.d" ||
      program == "systemctl" || program == "rc-service") {
    return has("start") || has("restart") || has("reload");
  }
  if (IsOneOf(program, Programs().shells)) {
    return std::any_of(command.operands.begin(), command.operands.end(),
                       HasSingleAmpersand);
  }
  return HasOneOf(program, Programs().daemon_parts);
}

// A file of /dev, which is made anew for each RUN, but for what is in any.
bool MentionsDevice(const RunWork& work) {
  constexpr std::string_view kEverywhere[] = {
      "null",  "zero",   "full",   "random", "urandom",
      "stdin", "stdout", "stderr", "tty",    "fd",
  };
  constexpr std::string_view kDevices = "/dev/";
  for (const ScriptCommand& command : work.commands) {
    for (const std::string& operand : command.operands) {
      if (!operand.starts_with(kDevices)) continue;
      const std::string_view name =
          std::string_view(operand).substr(kDevices.size());
      if (!IsOneOf(name.substr(0, name.find('/')), kEverywhere)) return true;
    }
  }
  return false;
}

bool MayReplaceShell(const ScriptCommand& command) {
  if (!IsOneOf(command.program, Programs().movers)) return false;
  return std::any_of(
      command.operands.begin(), command.operands.end(),
      [](const std::string& operand) { return IsOneOf(operand, kShellPaths); });
}

// Whether the command may take the working directory away.
bool MayRemoveDirectory(const ScriptCommand& command,
                        const std::optional<std::string>& workdir) {
  if (command.program != "rm" && command.program != "mv" &&
      command.program != "rmdir") {
    return false;
  }
  for (const std::string& operand : command.operands) {
    if (operand.starts_with('-')) continue;
    const size_t open = operand.find_first_of("*?[{$`");
    if (operand.starts_with('.')) {
      if (operand == "." || operand.starts_with("..")) return true;
      continue;
    }
    if (open == 0 && operand[0] != '*') return true;
    if (!operand.starts_with('/') || !workdir) continue;
    std::string path = operand.substr(0, open);
    const bool glob = open != std::string::npos;
    if (glob && workdir->starts_with(path)) return true;
    while (path.size() > 1 && path.back() == '/') path.pop_back();
    if (!glob && IsInside(*workdir, path)) return true;
  }
  return false;
}

// Whether every RUN's shell reads files of the image when it starts.
bool ShellReadsFiles(const Facts& facts, uint32_t instruction) {
  if (VariableAt(facts, instruction, "BASH_ENV")) return true;
  for (uint32_t i = 0; i < instruction; ++i) {
    const InstructionFacts& other = facts.instructions()[i];
    if (other.kind != InstructionKind::kEnv) continue;
    for (const KeyValuePair& pair :
         Instruction(facts.document(), other.inner).Pairs()) {
      if (pair.key == "BASH_ENV" || pair.key == "ENV") return true;
    }
  }
  const uint32_t shell = ShellInstructionAt(facts, instruction);
  if (shell == kNoInstruction) return false;
  const auto words =
      Instruction(facts.document(), facts.instructions()[shell].inner)
          .Arguments();
  return std::any_of(words.begin(), words.end(), [](const std::string& word) {
    const bool is_short = word.size() > 1 && word[0] == '-' && word[1] != '-';
    return word == "--login" || word.starts_with("--rcfile") ||
           word.starts_with("--init-file") ||
           (is_short && word.find_first_of("li") != std::string::npos);
  });
}

// The program that both call by name although the first may have put another
// one of that name into the search path, or empty.
std::string RememberedProgram(const RunWork& first, const RunWork& second) {
  if (!first.installs) return "";
  for (const ScriptCommand& command : second.commands) {
    const std::string& name = command.name;
    if (name.empty() || name.find('/') != std::string::npos ||
        IsOneOf(name, Programs().settled)) {
      continue;
    }
    const auto is_same = [&](const ScriptCommand& other) {
      return other.name == name;
    };
    const bool ran =
        std::any_of(first.commands.begin(), first.commands.end(), is_same);
    // What installs by itself is not another program's work.
    const bool only =
        std::all_of(first.commands.begin(), first.commands.end(), is_same) &&
        !MentionsPath(first, name);
    if (ran && !only) return name;
  }
  return "";
}

}  // namespace

bool MentionsPath(const RunWork& work, std::string_view path) {
  for (const ScriptCommand& command : work.commands) {
    for (const std::string& operand : command.operands) {
      if (operand.find(path) != std::string::npos) return true;
    }
  }
  return false;
}

std::string RunsApartProblem(const Facts& facts, uint32_t instruction,
                             const RunWork& first, const RunWork& second) {
  if (ShellReadsFiles(facts, instruction)) {
    return "the shell reads its start-up files anew in each RUN";
  }
  const auto workdir = WorkdirAt(facts, instruction);
  for (const ScriptCommand& command : first.commands) {
    if (MayStayAlive(command)) {
      return "`" + command.program +
             "` may leave a process that would still run";
    }
    if (IsOneOf(command.program, Programs().container)) {
      return "what `" + command.program + "` sets lasts for one RUN only";
    }
    if (MayReplaceShell(command)) {
      return "the first may replace the shell that runs the second";
    }
    if (MayRemoveDirectory(command, workdir)) {
      return "`" + command.program +
             "` may remove the working directory, which the next RUN makes "
             "again";
    }
    if (command.program == "usermod" || command.program == "groupmod") {
      return "`" + command.program +
             "` may change the user that the next RUN runs as";
    }
  }
  for (const std::string_view path :
       {"/etc/hosts", "/etc/resolv.conf", "/etc/hostname"}) {
    if (MentionsPath(first, path)) {
      return "`" + std::string(path) + "` is made anew for each RUN";
    }
  }
  if (MentionsDevice(first)) return "`/dev` is made anew for each RUN";
  for (const std::string_view path : {"/etc/passwd", "/etc/group"}) {
    if (MentionsPath(first, path)) {
      return "`" + std::string(path) +
             "` decides about the user that the next RUN runs as";
    }
  }
  const std::string program = RememberedProgram(first, second);
  if (!program.empty()) {
    return "the first may install another `" + program +
           "`, which a shell that has run one does not look for";
  }
  return "";
}

}  // namespace dfix
