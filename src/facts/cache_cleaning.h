// Which RUNs leave a package manager's cache in their layer: what fills it, and
// what keeps it out or removes it again.
//
// Left out: apt's package lists, which later steps may need (apt_lists.h).
#ifndef DFIX_FACTS_CACHE_CLEANING_H_
#define DFIX_FACTS_CACHE_CLEANING_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "src/facts/facts.h"

namespace dfix {

// The calls of one RUN that fill the cache of one family of managers.
struct CacheFill {
  std::vector<const PackageCommand*> calls;  // In the order of the file.
  // The command after the last of them that removes the cache, or kNoNode.
  NodeId removal = kNoNode;
};

// All of them, in the order of the file; with and without a removal.
std::vector<CacheFill> FindCacheFills(const Facts& facts);

// Why the cache that `fill` leaves is no waste in the layer or is not in it;
// empty if it is.
std::string CacheObstacle(const Facts& facts, const CacheFill& fill);

// A later step of the build that takes packages from the cache, or
// kNoInstruction.
uint32_t LaterUseOfCache(const Facts& facts, const PackageCommand& call);

// The downloads of lists in the RUN of `fill` that nothing needs if its calls
// bring the lists themselves; absent if something else may read or bring them.
std::optional<std::vector<const PackageCommand*>> NeedlessRefreshes(
    const Facts& facts, const CacheFill& fill);

// Whether a command after `call` in its script removes its program, or may.
bool MayBeGoneAfter(const Facts& facts, const PackageCommand& call);

// Whether a word names the cache of `manager`, or a part of it.
bool NamesCache(const PackageManager& manager, std::string_view word);

}  // namespace dfix

#endif  // DFIX_FACTS_CACHE_CLEANING_H_
