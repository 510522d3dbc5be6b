// Which program a simple command calls, and where in a script that happens.
#ifndef DFIX_EQUIVALENCE_CALLS_H_
#define DFIX_EQUIVALENCE_CALLS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "src/equivalence/difference.h"
#include "src/equivalence/script.h"

namespace dfix::equivalence {

struct Call {
  const Command* command = nullptr;
  size_t program = 0;  // Index of the program's word, behind `sudo` and `env`.
  std::string_view name;  // Without its directories; empty if not constant.
  size_t verb = 0;        // Index of the first operand; 0 if there is none.
  std::string_view verb_name;    // Empty if not constant.
  std::vector<size_t> operands;  // Behind the verb.
  std::vector<size_t> options;   // Before and behind it, without arguments.
  bool behind_sudo = false;
};

// What `command` calls. With words that are not constant before the verb,
// there is no verb.
Call ReadCall(const Command& command);

// Whether one of the call's options is `flag`, alone or among short ones.
bool HasOption(const Call& call, std::string_view flag);

// Whether `option` of `program` takes the next word as its argument.
bool TakesArgument(std::string_view program, std::string_view option);

// Whether a function of the script has that name.
bool DefinesFunction(const List& script, std::string_view name);

// Whether `set -e` would end a command in its middle.
bool FeelsErrexit(const Command& command);

// How `set -e` is at the item of a place.
enum class Errexit : uint8_t { kOff, kOn, kMaybe };
Errexit ErrexitAt(const Trace& trace, const Place& place);

// The and-or list in `list` around `item`: [first, second).
std::pair<uint32_t, uint32_t> AndOrAround(const List& list, uint32_t item);

// Whether a failure of the item is one of the RUN, and whether the status of
// the item's list is that of the RUN if `item` is last in it: nothing around it
// tolerates, negates or repeats.
bool FailureIsFatal(const Place& place);

// Why nothing can be said of what is added at a place: it is in a function, a
// loop, a condition or a substitution. Empty if it is in none.
std::string WhereItMayNotBe(const Place& place);

}  // namespace dfix::equivalence

#endif  // DFIX_EQUIVALENCE_CALLS_H_
