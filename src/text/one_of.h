// Whether a name is in a table of names.
#ifndef DFIX_TEXT_ONE_OF_H_
#define DFIX_TEXT_ONE_OF_H_

#include <algorithm>
#include <span>
#include <string_view>

namespace dfix {

// Whether `name` equals one of `names`.
inline bool IsOneOf(std::string_view name,
                    std::span<const std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace dfix

#endif  // DFIX_TEXT_ONE_OF_H_
