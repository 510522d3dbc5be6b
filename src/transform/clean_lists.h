// Removing apt's package lists in the layer that downloads them.
#ifndef DFIX_TRANSFORM_CLEAN_LISTS_H_
#define DFIX_TRANSFORM_CLEAN_LISTS_H_

#include "src/transform/sink.h"
#include "src/transform/transform.h"

namespace dfix {

// Proposes it for every RUN that leaves lists which nothing needs any more.
void CleanAptLists(const Input& input, Sink& sink);

}  // namespace dfix

#endif  // DFIX_TRANSFORM_CLEAN_LISTS_H_
