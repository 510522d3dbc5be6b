// What containers of a stage on an image of Node run.
#ifndef DFIX_FACTS_NODE_COMMAND_H_
#define DFIX_FACTS_NODE_COMMAND_H_

#include <cstdint>
#include <string>
#include <vector>

#include "src/facts/facts.h"
#include "src/facts/node_project.h"

namespace dfix {

struct NodeCommand {
  std::string problem;  // Why it is not known; else empty.
  // The CMD or ENTRYPOINT, or the instruction to blame.
  uint32_t instruction = kNoInstruction;
  // What starts in the end: not `npm start`, but what that script says.
  std::vector<std::string> words;
};

NodeCommand ReadNodeCommand(const Facts& facts, uint32_t stage,
                            const NodeProject& project);

// `serve -s build -l 3000`, which answers every unknown path with the page.
struct ServeCall {
  std::string problem;
  std::string folder;
  std::string port = "3000";
  bool port_is_given = false;
};
ServeCall ReadServeCall(const std::vector<std::string>& words);

}  // namespace dfix

#endif  // DFIX_FACTS_NODE_COMMAND_H_
