#include "src/facts/run_work.h"

#include <algorithm>

#include "src/facts/package_command.h"
#include "src/facts/programs.h"
#include "src/shell/views.h"
#include "src/shell/words.h"
#include "src/text/one_of.h"
#include "src/text/search.h"

namespace dfix {
namespace {

struct Manager {
  std::string_view program;
  std::string_view manager;
};

// Sorted by program.
constexpr Manager kManagers[] = {
    {"apk", "apk"},       {"apt", "apt"},   {"apt-get", "apt"},
    {"aptitude", "apt"},  {"dnf", "dnf"},   {"microdnf", "dnf"},
    {"pacman", "pacman"}, {"tdnf", "tdnf"}, {"yum", "yum"},
    {"zypper", "zypper"},
};

std::string_view ManagerOf(std::string_view program) {
  for (const Manager& manager : kManagers) {
    if (manager.program == program) return manager.manager;
  }
  return "";
}

bool HasOperand(const ScriptCommand& command, std::string_view value) {
  return std::find(command.operands.begin(), command.operands.end(), value) !=
         command.operands.end();
}

Work WorkOf(const ScriptCommand& command) {
  const std::string& program = command.program;
  if (program.empty() || IsOneOf(program, Programs().cheap))
    return Work::kCheap;
  if (!ManagerOf(program).empty()) return Work::kPackages;
  if (program == "git" && HasOperand(command, "config")) return Work::kCheap;
  if (program == "sysctl" || program.find('$') != std::string::npos) {
    return Work::kSlow;
  }
  const bool slow = IsOneOf(program, Programs().slow) ||
                    HasOneOf(program, Programs().slow_parts);
  return slow ? Work::kSlow : Work::kUnknown;
}

bool IsRefresh(const ScriptCommand& command) {
  return HasOperand(command, "update") || HasOperand(command, "makecache") ||
         HasOperand(command, "refresh");
}

// Whether the command removes caches of a tool.
bool CleansCache(const ScriptCommand& command) {
  const bool cleans =
      HasOperand(command, "clean") || HasOperand(command, "purge");
  const bool manager = !ManagerOf(command.program).empty();
  return cleans && (manager || HasOperand(command, "cache") ||
                    command.program == "conda" || command.program == "go");
}

// A last part of a path that is long enough to be a name, and the same text
// wherever it is meant: variables may be in it, but no globs.
std::string_view NameIn(std::string_view operand) {
  while (!operand.empty() && (operand.back() == '*' || operand.back() == '/')) {
    operand.remove_suffix(1);
  }
  const std::string_view name = Basename(operand);
  const bool is_open =
      name.find_first_of("*?[`") != name.npos || name.find("$(") != name.npos;
  return name.size() < 4 || is_open ? std::string_view() : name;
}

bool Mentions(const RunWork& work, std::string_view name) {
  for (const ScriptCommand& command : work.commands) {
    for (const std::string& operand : command.operands) {
      if (operand.find(name) != std::string::npos) return true;
    }
  }
  return false;
}

bool Removes(const ScriptCommand& command) {
  return command.program == "rm" || command.program == "rmdir" ||
         command.program == "unlink" || CleansCache(command);
}

bool Finishes(const ScriptCommand& command, const RunWork& first) {
  if (CleansCache(command)) return true;
  if (!IsOneOf(command.program, Programs().handlers)) return false;
  const bool removes = Removes(command);
  return std::any_of(command.operands.begin(), command.operands.end(),
                     [&](const std::string& operand) {
                       if (operand.starts_with('-')) return false;
                       if (removes && HasOneOf(operand, Programs().throwaway))
                         return true;
                       const std::string_view name = NameIn(operand);
                       return !name.empty() && Mentions(first, name);
                     });
}

}  // namespace

std::vector<ScriptCommand> CommandsOf(const Document& document, NodeId script) {
  std::vector<ScriptCommand> commands;
  ForEachCommand(document, script, [&](NodeId node) {
    ScriptCommand command{node, "", "", {}};
    std::vector<NodeId> words = ProgramWords(document, node);
    if (words.empty()) {
      for (const NodeId word : SimpleCommand{&document, node}.words()) {
        words.push_back(word);
      }
    }
    const auto text = [&](NodeId word) {
      return ConstantValue(document, word)
          .value_or(std::string(document.Text(word)));
    };
    for (size_t i = 0; i < words.size(); ++i) {
      if (i > 0) {
        command.operands.push_back(text(words[i]));
        continue;
      }
      command.name = text(words[0]);
      command.program = Basename(command.name);
    }
    const SimpleCommand simple{&document, node};
    for (const NodeId redirection : simple.redirections()) {
      const NodeId target = Redirection{&document, redirection}.target();
      if (target != kNoNode) command.operands.push_back(text(target));
    }
    commands.push_back(std::move(command));
  });
  return commands;
}

RunWork WorkOf(std::vector<ScriptCommand> commands) {
  RunWork work;
  work.commands = std::move(commands);
  work.only_packages = true;
  work.only_refreshes = true;
  bool several = false;
  for (const ScriptCommand& command : work.commands) {
    const Work cost = WorkOf(command);
    work.work = std::max(work.work, cost);
    work.installs |= cost != Work::kCheap;
    if (cost == Work::kCheap) continue;
    work.only_packages &= cost == Work::kPackages;
    work.only_refreshes &= cost == Work::kPackages && IsRefresh(command);
    const std::string_view manager = ManagerOf(command.program);
    if (manager.empty()) continue;
    several |= !work.manager.empty() && work.manager != manager;
    work.manager = manager;
  }
  if (several) work.manager = "";
  work.only_packages &= !work.manager.empty();
  work.only_refreshes &= !work.manager.empty();
  work.begins_with_manager =
      !work.manager.empty() && !work.commands.empty() &&
      ManagerOf(work.commands.front().program) == work.manager;
  return work;
}

bool FinishesWorkOf(const RunWork& second, const RunWork& first) {
  return !second.commands.empty() &&
         std::all_of(second.commands.begin(), second.commands.end(),
                     [&](const ScriptCommand& command) {
                       return Finishes(command, first);
                     });
}

}  // namespace dfix
