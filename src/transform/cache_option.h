// Giving calls the option that leaves no cache: `pip install --no-cache-dir`.
#ifndef DFIX_TRANSFORM_CACHE_OPTION_H_
#define DFIX_TRANSFORM_CACHE_OPTION_H_

#include "src/facts/cache_cleaning.h"
#include "src/transform/sink.h"
#include "src/transform/transform.h"

namespace dfix {

// Proposes it for the calls of `fill` that lack it; what it makes needless goes
// in the same change: `apk update`, `rm -rf /var/cache/apk/*`.
void AddCacheOption(const Input& input, Sink& sink, const CacheFill& fill);

}  // namespace dfix

#endif  // DFIX_TRANSFORM_CACHE_OPTION_H_
