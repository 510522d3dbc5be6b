// Scripts that are a list of plain commands, of which it can be told one by one
// what they do.
#ifndef DFIX_FACTS_PLAIN_SCRIPT_H_
#define DFIX_FACTS_PLAIN_SCRIPT_H_

#include <cstdint>
#include <string>
#include <vector>

#include "src/facts/facts.h"

namespace dfix {

struct PlainScript {
  // Why the script is no such list; else empty.
  std::string problem;
  std::vector<NodeId> commands;  // Its SimpleCommands, in order.
  // For each of them the number of the `( ... )` that it stands in, from 1 on;
  // 0 outside. What a command of one changes in the shell ends with it.
  std::vector<uint32_t> subshells;
};

// The script of the RUN at `index`. Joined by `&&`, `;` or lines; no pipelines,
// no `||`, no files written by redirections, nothing in `$(...)` but commands
// that only tell something; `( ... )`, once deep, only if asked for.
PlainScript ReadPlainScript(const Facts& facts, uint32_t index,
                            bool with_subshells = false);

}  // namespace dfix

#endif  // DFIX_FACTS_PLAIN_SCRIPT_H_
