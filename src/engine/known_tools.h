// What the equivalence check may take from a table of package managers.
#ifndef DFIX_ENGINE_KNOWN_TOOLS_H_
#define DFIX_ENGINE_KNOWN_TOOLS_H_

#include <span>

#include "src/equivalence/tables.h"
#include "src/facts/package_manager.h"

namespace dfix {

// The tools of the check's own tables, and those of `managers`, which outlive
// the result, whose programs these tables do not know: the entries of users and
// new ones. The check's own word counts for every other program.
equivalence::KnownTools KnownToolsWith(
    std::span<const PackageManager> managers);

}  // namespace dfix

#endif  // DFIX_ENGINE_KNOWN_TOOLS_H_
