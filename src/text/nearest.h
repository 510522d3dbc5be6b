// Suggestions for names that are misspelled.
#ifndef DFIX_TEXT_NEAREST_H_
#define DFIX_TEXT_NEAREST_H_

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace dfix {

// The one of `known` that `name` was most likely meant to be; the first of
// several. Absent if none is near.
std::optional<std::string_view> NearestName(
    std::string_view name, std::span<const std::string_view> known);

// `unknown thing `name`; did you mean `other`?`, by the names of `known`; where
// none of them is near, `otherwise` stands behind the name.
std::string UnknownName(std::string_view thing, std::string_view name,
                        std::span<const std::string_view> known,
                        std::string_view otherwise = "");

}  // namespace dfix

#endif  // DFIX_TEXT_NEAREST_H_
