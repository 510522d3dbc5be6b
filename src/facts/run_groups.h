// Which adjacent RUNs belong together, so that one RUN in their place does the
// same and the build cache loses nothing that matters.
//
// Two RUNs belong together where the second alters or removes files that the
// first made, where both are steps of one package manager, and where what comes
// first is done at once. A RUN that may take long keeps its own layer.
#ifndef DFIX_FACTS_RUN_GROUPS_H_
#define DFIX_FACTS_RUN_GROUPS_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "src/facts/facts.h"
#include "src/facts/run_joint.h"

namespace dfix {

// What speaks for merging, the best reason last.
enum class RunGain : uint8_t {
  kNone,
  kUnknown,   // Nothing else than that one layer is enough.
  kCheap,     // What comes first is done at once.
  kPackages,  // Steps of one package manager.
  kFinishes,  // The second alters what the first made.
};

struct RunGroup {
  // A RUN as a part of the group; see RunJoint for the rest.
  struct Member {
    uint32_t instruction;
    bool in_subshell = false;
    NodeId dropped = kNoNode;
    bool is_split = false;
  };
  std::vector<Member> members;
  JointKind kind = JointKind::kChain;
  NodeId leading_set = kNoNode;
  RunGain gain = RunGain::kNone;
  // Some RUN follows one that does who knows what, or for long.
  bool follows_unknown = false;
};

// A RUN that is not merged with the one before it.
struct RunApart {
  uint32_t instruction;
  uint32_t first;  // The first RUN of the group that ends before it.
  std::string reason;
};

struct RunGroups {
  std::vector<RunGroup> groups;  // Of two RUNs and more.
  std::vector<RunApart> apart;
};

// Which stages are looked at.
enum class RunStages : uint8_t {
  kFinal,   // Those whose layers are in the image of the last stage.
  kImages,  // Those of any image: all but those that only feed COPY --from.
  kEvery,
};

struct RunGroupRules {
  RunStages stages = RunStages::kImages;
  size_t max_commands = 20;
  // A RUN that may take long is joined to the next one, too.
  bool merge_slow = false;
  // Whether a comment says that instruction `index` stays as it is.
  std::function<bool(uint32_t index)> stays;
};

// The groups of a file, in its order.
RunGroups FindRunGroups(const Facts& facts, const RunGroupRules& rules);

}  // namespace dfix

#endif  // DFIX_FACTS_RUN_GROUPS_H_
