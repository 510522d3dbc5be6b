// Adding a command to a RUN that cleans up behind others.
#ifndef DFIX_TRANSFORM_CLEAN_UP_H_
#define DFIX_TRANSFORM_CLEAN_UP_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "src/facts/facts.h"
#include "src/transform/sink.h"
#include "src/transform/transform.h"

namespace dfix {

struct CleanUp {
  uint32_t instruction;   // The RUN.
  NodeId anchor;          // What it is about.
  NodeId first;           // The commands that it cleans up behind: from this
  NodeId last;            // one to this one.
  std::string_view what;  // `use of the package lists`, for "every ...".
  std::string command;
  Level level;
  std::string message;
  NodeId related = kNoNode;  // See Sink::Propose.
};

// Proposes to add the command where it runs once `first` to `last` are over,
// whatever branches and loops the script takes, and only if they succeeded; or
// leaves it alone and says why.
void ProposeCleanUp(const Input& input, Sink& sink, CleanUp clean_up);

}  // namespace dfix

#endif  // DFIX_TRANSFORM_CLEAN_UP_H_
