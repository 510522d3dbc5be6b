// Which transforms run, by the names in the settings.
#ifndef DFIX_CLI_SELECTION_H_
#define DFIX_CLI_SELECTION_H_

#include <string>
#include <string_view>
#include <vector>

#include "src/config/settings.h"
#include "src/text/result.h"
#include "src/transform/transform.h"

namespace dfix {

// The transforms that `settings` selects, in the order in which they run. A
// name is an id, another tool's id, a glob over ids or `ALL`; one that matches
// nothing is an error, which tells where it was set.
Result<std::vector<const Transform*>> SelectTransforms(
    const Settings& settings);

// The transform that `name`, an id or another tool's, stands for.
Result<const Transform*> TransformByName(std::string_view name);

}  // namespace dfix

#endif  // DFIX_CLI_SELECTION_H_
