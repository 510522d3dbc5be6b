// Whether and how a stage's program is to run as a user other than root.
//
// What is known of the image comes first (who it runs as, how it starts), then
// which user there is or can be made, then what the program needs. The first
// reason against it ends the matter; what only a person can say makes it bold.
#ifndef DFIX_TRANSFORM_USER_DECISION_H_
#define DFIX_TRANSFORM_USER_DECISION_H_

#include <cstdint>
#include <optional>
#include <string>

#include "src/context/build_context.h"
#include "src/edit/change.h"
#include "src/facts/facts.h"
#include "src/transform/user_plan.h"

namespace dfix {

struct UserDecision {
  // The USER in force at the end if the stage has it, else its FROM.
  NodeId anchor = kNoNode;
  // The level of the change; absent if the stage is to be left alone.
  std::optional<Level> level;
  // What is done and why, or why nothing is. `{line}` stands for the line of
  // `related`.
  std::string message;
  NodeId related = kNoNode;
  UserPlan plan;  // If there is a level.
};

// Decides about `stage`, which is the base of no other one. `context` may be
// null.
UserDecision DecideUser(const Facts& facts, const BuildContext* context,
                        uint32_t stage, const UserSettings& settings);

}  // namespace dfix

#endif  // DFIX_TRANSFORM_USER_DECISION_H_
