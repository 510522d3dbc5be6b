// Who the process of a container runs as, and which other users there are.
//
// The rules are Docker's: the last USER counts, through the local stages that a
// stage is based on, and else the image's own.
#ifndef DFIX_FACTS_CONTAINER_USER_H_
#define DFIX_FACTS_CONTAINER_USER_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "src/facts/facts.h"

namespace dfix {

struct ContainerUser {
  enum class State : uint8_t {
    kRoot,
    kOther,
    kUnknown,  // A variable without a value, or an image that is not known.
  };
  State state = State::kUnknown;
  // As USER has it, with its group, variables replaced; empty if not known.
  std::string user;
  // The USER, or kNoInstruction if it is the image's.
  uint32_t instruction = kNoInstruction;
};

// Whether USER's argument is root, by name or number, whatever its group.
bool IsRoot(std::string_view user);

// The instructions that make the image of `stage`, in order: those of the local
// stages that it is based on, then its own; ONBUILDs included.
std::vector<uint32_t> StageChain(const Facts& facts, uint32_t stage);

// The user in force before instruction `index` of `stage`'s chain.
ContainerUser UserBefore(const Facts& facts, uint32_t stage, uint32_t index);
// The user at the end of `stage`.
ContainerUser UserAtEnd(const Facts& facts, uint32_t stage);

// The last user of `stage` that is not root; its state is kUnknown if there was
// none that is known.
ContainerUser LastOtherUser(const Facts& facts, uint32_t stage);

// A user or a group that a RUN makes.
struct CreatedUser {
  std::string name;
  std::string id;  // Empty if it is not given.
  uint32_t instruction;
};

// The users that RUNs of `stage`'s chain make with useradd or adduser, by
// constant names.
std::vector<CreatedUser> CreatedUsers(const Facts& facts, uint32_t stage);
// The groups that they make with groupadd or addgroup.
std::vector<CreatedUser> CreatedGroups(const Facts& facts, uint32_t stage);

}  // namespace dfix

#endif  // DFIX_FACTS_CONTAINER_USER_H_
