// Paths as texts, and what they lead to.
#ifndef DFIX_CLI_PATHS_H_
#define DFIX_CLI_PATHS_H_

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace dfix {

// Whether there is anything at `path`, be it a link that leads nowhere.
bool Exists(const std::string& path);

// Whether there is a folder at `path`, or a link to one.
bool IsFolder(const std::string& path);

// The absolute path without links; empty, with errno set, if there is no such
// file.
std::string Canonical(const std::string& path);

// `folder`, a slash and `name`; just `name` for an empty folder.
std::string Join(std::string_view folder, std::string_view name);

// The part before the last slash; `.` if there is none.
std::string_view ParentOf(std::string_view path);

// `path` without `.` and empty segments.
std::string Tidy(std::string_view path);

// `folder` with a slash at the end.
std::string WithSlash(std::string folder);

// `path` relative to `folder`, both absolute; absent if it is not in there.
std::optional<std::string> Below(const std::string& path,
                                 const std::string& folder);

// How messages call the file at an absolute path: relative to the current
// directory if it is in there.
std::string ShownPath(const std::string& path);

// The root of the repository that an absolute folder is in; empty outside of
// one.
std::string RepositoryRoot(std::string_view folder);

// The first of `names` that exists in `folder` or the nearest folder above it,
// `root` being the last one; empty if there is none. An empty `root` stands for
// `/`.
std::string FindUpward(const std::string& folder, const std::string& root,
                       std::initializer_list<std::string_view> names);

}  // namespace dfix

#endif  // DFIX_CLI_PATHS_H_
