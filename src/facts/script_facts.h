// Where a command stands in its script, and what depends on that.
#ifndef DFIX_FACTS_SCRIPT_FACTS_H_
#define DFIX_FACTS_SCRIPT_FACTS_H_

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "src/facts/facts.h"
#include "src/syntax/document.h"

namespace dfix {

// The nodes from `root` down to `node`, both included; `root` contains `node`.
std::vector<NodeId> PathTo(const Document& document, NodeId root, NodeId node);

// The nearest node of `kind` around `node` inside its script, or kNoNode.
NodeId Enclosing(const Document& document, NodeId script, NodeId node,
                 NodeKind kind);

// What joins the pipelines of an and-or list.
struct ListOperators {
  bool or_before = false;  // `||` somewhere before the pipeline.
  bool or_after = false;   // `||` somewhere after it.
  bool is_first = true;
  bool is_last = true;
  bool in_background = false;  // The list ends with `&`.
};
ListOperators OperatorsAround(const Document& document, NodeId and_or,
                              NodeId pipeline);

// A command of a RUN's script.
struct ProgramCall {
  uint32_t instruction;       // Index into Facts::instructions().
  NodeId command;             // SimpleCommand
  std::vector<NodeId> words;  // From the program on; see ProgramWords.
};

// The calls of `program` in the RUNs, in order, at any depth. Scripts that
// define a function of that name are left out.
std::vector<ProgramCall> CallsOf(const Facts& facts, std::string_view program);

// Whether the pipeline begins with `!`.
bool IsNegated(const Document& document, NodeId pipeline);

// Whether the List `list` of the compound command `compound` decides what else
// runs: the condition of `if`, `while` or `until`.
bool IsCondition(const Document& document, NodeId compound, NodeId list);

// Whether the script defines a function called `name`.
bool DefinesFunction(const Document& document, NodeId script,
                     std::string_view name);

// Whether `set -e` is in force when the command at `node` runs.
enum class Errexit : uint8_t { kOff, kOn, kUnknown };
Errexit ErrexitAt(const Facts& facts, uint32_t instruction, NodeId node);

// Whether `set -e`, if it is in force, ends the script wherever the and-or list
// `and_or` fails; false if that is not plain to see.
bool FailsUnderErrexit(const Document& document, NodeId and_or);

// Whether a failure of the simple command makes its RUN fail.
bool FailureIsFatal(const Facts& facts, uint32_t instruction, NodeId command);

// Whether the simple command runs in every run of the script that succeeds.
bool RunsForCertain(const Facts& facts, uint32_t instruction, NodeId command);

// Why no command can be added at the end of the and-or list `and_or` such that
// it runs just when the list has succeeded, or how it can.
enum class AppendProblem : uint8_t {
  kNone,
  kOr,          // `||` in the list: what was it that succeeded?
  kBackground,  // The list runs in the background.
  kExit,        // `exit`, `exec` or `return` ends the list.
  kErrexit,     // `set -e` is on, and the list does not end the script.
  kStatus,      // Something reads the status of what was before.
};
struct AppendPlace {
  AppendProblem problem = AppendProblem::kNone;
  bool as_statement = false;  // With `;`: `set -e` makes that the same.
};
AppendPlace PlaceToAppend(const Facts& facts, uint32_t instruction,
                          NodeId and_or);

}  // namespace dfix

#endif  // DFIX_FACTS_SCRIPT_FACTS_H_
