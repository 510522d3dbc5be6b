// Installs by apt whose RUN does not update the package lists first, and what
// an update there would change.
#ifndef DFIX_FACTS_LACKING_UPDATE_H_
#define DFIX_FACTS_LACKING_UPDATE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "src/facts/facts.h"

namespace dfix {

struct LackingUpdate {
  enum class Lists : uint8_t {
    kNever,    // No step before downloads them.
    kRemoved,  // They are downloaded and removed before.
    kCached,   // Another RUN downloads them, and the layer cache keeps that.
  };

  const PackageCommand* call;  // The install, in the Facts.
  Lists lists = Lists::kNever;
  // Why no update can be put before the install; empty if one can.
  std::string obstacle = {};
  // What `{line}` in `obstacle` is; kNoNode if it has none.
  NodeId obstacle_at = kNoNode;
  // Of kCached: the SimpleCommand of the update, and its instruction.
  NodeId update = kNoNode;
  uint32_t update_instruction = kNoInstruction;
  // Its RUN does nothing else, and nothing in between changes what it finds.
  bool can_move = false;
  // An update before the install finds and fails no more than that one.
  bool is_repetition = false;
};

// The first such install of every RUN, in the order of the file.
std::vector<LackingUpdate> FindLackingUpdates(const Facts& facts);

}  // namespace dfix

#endif  // DFIX_FACTS_LACKING_UPDATE_H_
