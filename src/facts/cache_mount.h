// Which caches of package managers could be cache mounts of a RUN, and what in
// its script is then in the way.
//
// A mount hides what the image has in the directory, and nothing that is put
// there ends up in the image. So nothing but the manager may need what is in
// it: no other step, no program of the image, and no package list.
#ifndef DFIX_FACTS_CACHE_MOUNT_H_
#define DFIX_FACTS_CACHE_MOUNT_H_

#include <cstdint>
#include <string>
#include <vector>

#include "src/facts/facts.h"
#include "src/facts/package_cache.h"

namespace dfix {

// The caches of one family of managers in one RUN.
struct CacheMounts {
  std::vector<const PackageCommand*> calls;  // Those that fill the caches.
  std::vector<CacheDirectory> directories;
  // What goes: options against the cache, operands of `rm` that are in it, and
  // simple commands that do nothing but empty it.
  std::vector<NodeId> options;
  std::vector<NodeId> operands;
  std::vector<NodeId> commands;
  // What removes downloads behind apt's back has to go first.
  bool needs_downloads_kept = false;
  // Only the usual user is assumed to run it: nothing is known of the image.
  bool is_assumed = false;
  std::string obstacle;  // Why the caches cannot be mounts, or empty.
  uint32_t obstacle_at = kNoInstruction;  // The instruction that is the reason.
};

// Those of all RUNs in the order of the file, without those that have mounts
// there already.
std::vector<CacheMounts> FindCacheMounts(const Facts& facts);

}  // namespace dfix

#endif  // DFIX_FACTS_CACHE_MOUNT_H_
