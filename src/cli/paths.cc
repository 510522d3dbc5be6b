#include "src/cli/paths.h"

#include <sys/stat.h>

#include <cstdlib>

namespace dfix {

bool Exists(const std::string& path) {
  struct stat info;
  return lstat(path.c_str(), &info) == 0;
}

bool IsFolder(const std::string& path) {
  struct stat info;
  return stat(path.c_str(), &info) == 0 && S_ISDIR(info.st_mode);
}

std::string Canonical(const std::string& path) {
  char* resolved = realpath(path.c_str(), nullptr);
  if (resolved == nullptr) return "";
  std::string out = resolved;
  std::free(resolved);
  return out;
}

std::string Join(std::string_view folder, std::string_view name) {
  std::string out(folder);
  if (!out.empty() && !out.ends_with('/')) out += '/';
  return out += name;
}

std::string_view ParentOf(std::string_view path) {
  const size_t slash = path.rfind('/');
  if (slash == std::string_view::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

std::string Tidy(std::string_view path) {
  std::string out = path.starts_with('/') ? "/" : "";
  while (!path.empty()) {
    const size_t slash = path.find('/');
    const std::string_view segment = path.substr(0, slash);
    if (!segment.empty() && segment != ".") out = Join(out, segment);
    if (slash == std::string_view::npos) break;
    path.remove_prefix(slash + 1);
  }
  return out.empty() ? "." : out;
}

std::string WithSlash(std::string folder) {
  if (!folder.ends_with('/')) folder += '/';
  return folder;
}

std::optional<std::string> Below(const std::string& path,
                                 const std::string& folder) {
  if (folder.empty()) return std::nullopt;
  const std::string prefix = WithSlash(folder);
  if (!path.starts_with(prefix)) return std::nullopt;
  return path.substr(prefix.size());
}

std::string ShownPath(const std::string& path) {
  return Below(path, Canonical(".")).value_or(path);
}

std::string RepositoryRoot(std::string_view folder) {
  while (true) {
    if (Exists(Join(folder, ".git"))) return std::string(folder);
    if (folder == "/") return "";
    folder = ParentOf(folder);
  }
}

std::string FindUpward(const std::string& folder, const std::string& root,
                       std::initializer_list<std::string_view> names) {
  std::string_view at = folder;
  while (true) {
    for (const std::string_view name : names) {
      std::string path = Join(at, name);
      if (Exists(path)) return path;
    }
    if (at == "/" || at == root) return "";
    at = ParentOf(at);
  }
}

}  // namespace dfix
