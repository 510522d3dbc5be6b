// What the equivalence check may take from tables that users can add to.
#ifndef DFIX_ENGINE_KNOWN_TOOLS_H_
#define DFIX_ENGINE_KNOWN_TOOLS_H_

#include <span>

#include "src/equivalence/tables.h"
#include "src/facts/package_manager.h"
#include "src/facts/runtime_base.h"

namespace dfix {

// The tools of the check's own tables, and those of `managers`, which outlive
// the result, whose programs these tables do not know: the entries of users and
// new ones. The check's own word counts for every other program. Of `images`,
// those that are not built in: that programs run on them is the users' word.
equivalence::KnownTools KnownToolsWith(std::span<const PackageManager> managers,
                                       std::span<const RuntimeEntry> images);

}  // namespace dfix

#endif  // DFIX_ENGINE_KNOWN_TOOLS_H_
