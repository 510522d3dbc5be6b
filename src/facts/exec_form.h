// Which shell-form commands need no shell, and what words they consist of; and
// which JSON that is not JSON means what.
//
// Left out: whether the other half of the container's command allows the exec
// form (container_command.h).
#ifndef DFIX_FACTS_EXEC_FORM_H_
#define DFIX_FACTS_EXEC_FORM_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "src/facts/facts.h"

namespace dfix {

// What a shell would make of a script that is one command.
struct ExecForm {
  // Why a shell is needed; empty if none is.
  std::string reason;
  // The Word nodes of the program and its arguments, and their values. Both
  // complete if no shell is needed.
  std::vector<NodeId> words;
  std::vector<std::string> values;
  // The word `exec` before them, or kNoNode.
  NodeId exec = kNoNode;
  // A shell is needed for the words, but the script is one call of a program,
  // `words[0]`: `exec` before it changes nothing but who gets the signals.
  bool takes_exec = false;
};
ExecForm ExecFormOf(const Document& document, NodeId script);

// The command that a shell would make of `text` if it were not quoted.
ExecForm SplitCommand(const std::string& text);

// The simple command whose first word is `program`, with `exec` before that.
std::string WithExec(const Document& document, NodeId program);

// Whether `script` is for sh or bash, understood or not.
bool ShellIsKnown(const Document& document, NodeId script);

// SHELL's strings at `instruction`, or those of the default shell.
std::vector<std::string> ShellAt(const Facts& facts, uint32_t instruction);

// Why programs that the shell at `instruction` starts find another environment
// than those that Docker starts (login shells, `conda run`, BASH_ENV); else
// empty.
std::string_view ShellSetsUp(const Facts& facts, uint32_t instruction);

// The RUN or COPY before `instruction` that writes a script to the file
// `program`, with a first line that names no interpreter; kNoInstruction if
// none is seen to. Docker cannot start such a script; a shell runs it itself.
uint32_t WriterWithoutInterpreter(const Facts& facts, uint32_t instruction,
                                  std::string_view program);

// `[...]` that Docker takes for a shell's command because it is not quite JSON.
struct BrokenArray {
  std::vector<std::string> values;
  // What is wrong with it: `single quotes`, `a comma after the last string`.
  std::string fault;
  // From `#` on, or empty.
  std::string comment;
};
// Whether `text` begins like one: with `[`, or with a string and a comma.
bool LooksLikeArray(std::string_view text);
// What `text` means, if there is only one thing that it can mean.
std::optional<BrokenArray> ReadBrokenArray(std::string_view text);

// The values as a JSON array on one line.
std::string JsonArrayOf(const std::vector<std::string>& values);

}  // namespace dfix

#endif  // DFIX_FACTS_EXEC_FORM_H_
