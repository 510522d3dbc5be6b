// What the commands of a RUN are for, and how much it costs to repeat them.
//
// Left out: what they leave behind in a shell (shell_state.h).
#ifndef DFIX_FACTS_RUN_WORK_H_
#define DFIX_FACTS_RUN_WORK_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "src/syntax/document.h"

namespace dfix {

// A simple command of a script, in subshells and branches too.
struct ScriptCommand {
  NodeId node;
  std::string name;     // As it is written; empty for assignments alone.
  std::string program;  // The last part of it.
  std::vector<std::string> operands;  // Values, or texts if not constant.
};

std::vector<ScriptCommand> CommandsOf(const Document& document, NodeId script);

enum class Work : uint8_t {
  kCheap,     // Done at once: `mkdir`, `chmod`, `useradd`, `echo`.
  kPackages,  // A package manager of the system.
  kSlow,      // Downloads, compiles, or runs who knows how long.
  kUnknown,   // A program that nothing is known of.
};

struct RunWork {
  std::vector<ScriptCommand> commands;
  Work work = Work::kCheap;  // The most costly of them.
  // The package manager that it calls; empty if none, or several.
  std::string_view manager;
  bool begins_with_manager = false;  // The first command is a call of it.
  bool only_refreshes = false;       // Apart from cheap ones, `update` only.
  bool only_packages = false;  // No more than its manager and cheap commands.
  bool installs = false;       // Some command may bring new programs.
};
RunWork WorkOf(std::vector<ScriptCommand> commands);

// Whether every command of `second` removes, unpacks or alters what `first`
// has downloaded or made, or cleans up behind it.
bool FinishesWorkOf(const RunWork& second, const RunWork& first);

}  // namespace dfix

#endif  // DFIX_FACTS_RUN_WORK_H_
