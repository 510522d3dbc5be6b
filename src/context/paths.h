// Slash-separated paths, of the build context and of the image, as Docker's
// Go code treats them.
#ifndef DFIX_CONTEXT_PATHS_H_
#define DFIX_CONTEXT_PATHS_H_

#include <optional>
#include <string>
#include <string_view>

namespace dfix {

// The shortest path that is the same by its text alone (Go's path.Clean): no
// `.`, no double or final slash, `..` only where nothing is before it; `.` for
// nothing.
std::string CleanPath(std::string_view path);

// `path` itself if it is absolute, else below `folder`; clean.
std::string JoinPath(std::string_view folder, std::string_view path);

// What is before the last slash: `/` for `/a`, `.` for `a`.
std::string ParentPath(std::string_view path);

// Where `path` is relative to `folder`, both clean and of the same kind: `.`
// for the folder itself, absent if it lies outside. The folder `.` holds every
// relative path that does not begin with `..`.
std::optional<std::string> PathBelow(std::string_view path,
                                     std::string_view folder);

// Whether `name` matches `pattern` as in Go's path/filepath.Match on Linux: `*`
// and `?` do not match `/`, `[a-z]` and `[^a-z]` are classes, `\` quotes.
// Absent for a pattern that is not well formed.
std::optional<bool> MatchesGoPattern(std::string_view pattern,
                                     std::string_view name);

// The character of UTF-8 at the begin of `text`, which is not empty, and its
// length. Bytes that are none count as U+FFFD, one by one.
struct Character {
  char32_t code;
  size_t size;
};
Character FirstCharacter(std::string_view text);

}  // namespace dfix

#endif  // DFIX_CONTEXT_PATHS_H_
