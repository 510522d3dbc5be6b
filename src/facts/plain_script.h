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
};

// The script of the RUN at `index`. Joined by `&&`, `;` or lines; no pipelines,
// no `||`, no files written by redirections, nothing in `$(...)` but commands
// that only tell something.
PlainScript ReadPlainScript(const Facts& facts, uint32_t index);

}  // namespace dfix

#endif  // DFIX_FACTS_PLAIN_SCRIPT_H_
