// What a package manager call gets from outside its own options: from the
// environment, configuration files and the base image.
#ifndef DFIX_FACTS_CALL_TRAITS_H_
#define DFIX_FACTS_CALL_TRAITS_H_

#include <string>
#include <string_view>

#include "src/facts/facts.h"

namespace dfix {

// What gives `trait` to every call of the manager of `call` where that stands,
// to be followed by "to ...": "`PIP_NO_CACHE_DIR` is set"; empty if nothing
// does. A setting counts when an earlier part of the build mentions it outside
// of calls: whatever the value, its author has decided.
std::string TraitSource(const Facts& facts, const PackageCommand& call,
                        CallTrait trait);

// Whether the image that the stage of `call` begins with has a version of its
// manager that does not know the options that the table would add.
bool IsOnOldImage(const Facts& facts, const PackageCommand& call);

// Whether a value of a variable or a setting means no: `0`, `off`, `false`.
bool MeansNo(std::string_view value);

}  // namespace dfix

#endif  // DFIX_FACTS_CALL_TRAITS_H_
