// What a file does with the directory of a package manager's cache besides
// filling it.
#ifndef DFIX_FACTS_CACHE_USE_H_
#define DFIX_FACTS_CACHE_USE_H_

#include "src/facts/cache_mount.h"

namespace dfix {

// Looks at everything in the file that names the directories of `mounts`, or
// what is around them: adds what would only empty the mounts to what goes, and
// sets the obstacle if anything else needs them.
void FindCacheUses(const Facts& facts, CacheMounts& mounts);

}  // namespace dfix

#endif  // DFIX_FACTS_CACHE_USE_H_
