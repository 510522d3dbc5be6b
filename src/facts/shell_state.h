// What a script does to the shell that runs it, as opposed to files: the
// working directory, variables, options and the like. Each RUN has a shell of
// its own; in one RUN all of this would leak into the commands that follow.
//
// What happens in a subshell, a substitution or a part of a pipeline stays
// there. When in doubt, a script changes something.
#ifndef DFIX_FACTS_SHELL_STATE_H_
#define DFIX_FACTS_SHELL_STATE_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "src/syntax/document.h"

namespace dfix {

enum class ShellEffect : uint8_t {
  kDirectory,    // `cd`, `pushd`
  kVariable,     // `x=1`, `for x`, `${x:=1}`: one that is named.
  kVariables,    // `export`, `read`, `unset`, `((x++))`: some.
  kOptions,      // `set -e`, `shopt`
  kLimits,       // `umask`, `ulimit`
  kFunctions,    // Functions and aliases, remembered program locations.
  kTraps,        // `trap`
  kDescriptors,  // `exec 3>file`
  kParameters,   // `shift`, `set -- a`
  kJobs,         // `&`: something may still run. Subshells do not contain it.
  kExit,         // `exit`, `return`, `break` ...: what follows may not run.
  kReplaced,     // `exec program`: what follows never runs.
  kAnything,     // `eval`, `.`, `$command`
};

struct ShellChange {
  ShellEffect effect;
  std::string what;  // The command, or the variable of kVariable.
};

// Every change that `script` may make to its own shell, in its order.
std::vector<ShellChange> FindShellChanges(const Document& document,
                                          NodeId script);

// Whether `script` may read or pass on the shell variable `name`.
bool MayUseVariable(const Document& document, NodeId script,
                    std::string_view name);

// What a `set` turns on.
struct SetOptions {
  bool errexit = false;
  bool nounset = false;
  bool xtrace = false;
  bool pipefail = false;
};

// How the statements of a script hang together.
struct ScriptShape {
  bool one_list = false;  // It is a single and-or list, not in the background.
  bool has_or = false;    // A `||` joins its pipelines.
  // One list of simple commands and pipes of them, joined by `&&`: the same
  // as statements under `set -e`.
  bool is_flat = false;
  // `set -e` changes nothing about it: no list of several statements, no loop,
  // no function and nothing that runs other scripts (`.`, `eval`) is in it.
  bool same_under_errexit = true;
  // What runs such a script; empty if nothing.
  std::string_view unseen;
  // Something in it, a subshell too, may turn `set -e` on.
  bool may_set_errexit = false;
  // For `set -eux; a; b`: the first statement, else kNoNode. It turns errexit
  // on, and nothing but `set_options`.
  NodeId leading_set = kNoNode;
  // For `set -ex && a && b`: the first pipeline, else kNoNode.
  NodeId leading_link = kNoNode;
  SetOptions set_options;  // Of one of the two.
  // The last statement fails just when `set -e` would end the script there.
  bool ends_fatally = false;
};
ScriptShape ShapeOf(const Document& document, NodeId script);

// Why the commands of `script`, a single and-or list, may do something else
// once `options` are on; empty if they do the same.
std::string OptionsProblem(const Document& document, NodeId script,
                           const SetOptions& options);

}  // namespace dfix

#endif  // DFIX_FACTS_SHELL_STATE_H_
