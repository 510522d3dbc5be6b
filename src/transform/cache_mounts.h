// Giving RUNs cache mounts, and taking away what would empty them.
#ifndef DFIX_TRANSFORM_CACHE_MOUNTS_H_
#define DFIX_TRANSFORM_CACHE_MOUNTS_H_

#include <span>

#include "src/facts/cache_mount.h"
#include "src/transform/sink.h"

namespace dfix {

// Writes the mounts of one RUN, which have no obstacles. The change is
// impossible if something that has to go cannot.
void WriteCacheMounts(const Facts& facts,
                      std::span<const CacheMounts* const> mounts,
                      ChangeWriter& change);

}  // namespace dfix

#endif  // DFIX_TRANSFORM_CACHE_MOUNTS_H_
