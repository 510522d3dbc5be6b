// The patterns of `${x#pattern}`, `${x%pattern}` and `${x/pattern/text}` as
// Docker matches them: `*` and `?`, no brackets.
#ifndef DFIX_DOCKERFILE_PATTERN_H_
#define DFIX_DOCKERFILE_PATTERN_H_

#include <optional>
#include <string>
#include <string_view>

namespace dfix {

// `value` without the prefix or suffix that matches `pattern`, the longest one
// or the shortest one. Absent for a pattern that Docker refuses, or one that is
// too costly to match.
std::optional<std::string> TrimPrefix(std::string_view value,
                                      std::string_view pattern, bool longest);
std::optional<std::string> TrimSuffix(std::string_view value,
                                      std::string_view pattern, bool longest);

// `value` with the first match of `pattern`, or all of them, replaced. Absent
// as above, and where Docker would read a `$` in `replacement`.
std::optional<std::string> ReplacePattern(std::string_view value,
                                          std::string_view pattern,
                                          std::string_view replacement,
                                          bool all);

}  // namespace dfix

#endif  // DFIX_DOCKERFILE_PATTERN_H_
