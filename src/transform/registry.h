// The transforms that this program has; the table is generated at build time
// from the files in transforms/.
#ifndef DFIX_TRANSFORM_REGISTRY_H_
#define DFIX_TRANSFORM_REGISTRY_H_

#include <span>
#include <string_view>
#include <vector>

#include "src/transform/transform.h"

namespace dfix {

// Every transform, by id.
std::span<const Transform* const> AllTransforms();

// Every transform in the order in which the engine runs them.
std::vector<const Transform*> TransformsInOrder();

// Those of TransformsInOrder that run where nothing is selected.
std::vector<const Transform*> StandardTransforms();

// The transform with that id, or null.
const Transform* FindTransform(std::string_view id);

}  // namespace dfix

#endif  // DFIX_TRANSFORM_REGISTRY_H_
