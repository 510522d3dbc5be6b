// Patterns in the language of `.gitignore` (see gitignore(5)).
#ifndef DFIX_CLI_IGNORE_RULES_H_
#define DFIX_CLI_IGNORE_RULES_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dfix {

struct IgnorePattern {
  std::vector<std::string> segments;  // Between slashes; `**` is any number.
  bool negated = false;
  bool folders_only = false;
};

// The patterns of one file, in its order. Comments and blank lines give none.
std::vector<IgnorePattern> ParseIgnorePatterns(std::string_view text);

// Whether `path`, relative to the folder that the patterns are of, is ignored:
// what the last pattern that matches says; absent if none does.
std::optional<bool> IsIgnored(const std::vector<IgnorePattern>& patterns,
                              std::string_view path, bool is_folder);

// Whether one name, without slashes, matches a glob: `*`, `?`, `[...]`, `\`.
bool GlobMatches(std::string_view glob, std::string_view name);

}  // namespace dfix

#endif  // DFIX_CLI_IGNORE_RULES_H_
