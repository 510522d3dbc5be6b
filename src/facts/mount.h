// The value of RUN's `--mount` flag: `type=cache,target=/x`.
#ifndef DFIX_FACTS_MOUNT_H_
#define DFIX_FACTS_MOUNT_H_

#include <initializer_list>
#include <string>
#include <string_view>

namespace dfix {

// The last value of the fields that are called like one of `names` (lower
// case), in the flag's value `mount`, variables as they are written; empty if
// there is none.
std::string MountField(std::string_view mount,
                       std::initializer_list<std::string_view> names);

}  // namespace dfix

#endif  // DFIX_FACTS_MOUNT_H_
