#include "src/cli/discover.h"

#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "src/cli/file_io.h"
#include "src/cli/ignore_rules.h"
#include "src/cli/paths.h"
#include "src/text/one_of.h"
#include "src/text/search.h"

namespace dfix {
namespace {

// Folders of what is not the project's own: version control, and packages that
// were copied or installed.
constexpr std::string_view kForeignFolders[] = {".git", ".hg", ".svn",
                                                "node_modules", "vendor"};

// The patterns that hold in a folder: its own, then those of the folders
// around it.
struct IgnoreScope {
  std::shared_ptr<const IgnoreScope> parent;
  std::string folder;  // Absolute, ends with a slash.
  std::vector<IgnorePattern> patterns;
};
using ScopePointer = std::shared_ptr<const IgnoreScope>;

class Search {
 public:
  explicit Search(const DiscoveryOptions& options) : options_(options) {
    here_ = Canonical(".");
    std::string lines;
    for (const std::string& pattern : options.exclude) lines += pattern + '\n';
    excludes_ = {nullptr, WithSlash(here_), ParseIgnorePatterns(lines)};
  }

  void AddNamed(const std::string& path);
  Discovery Take();
  std::string DiffPathOf(const std::string& path);

 private:
  struct Found {
    std::string path;
    std::string real_path;
    bool is_link;
    bool is_named;
  };

  void Walk(const std::string& top);
  void Visit(const std::string& path, const std::string& real_path,
             const std::string& real_top,
             std::vector<std::pair<std::string, std::string>>& pending);
  void AddLink(const std::string& path, const std::string& real_top);
  const std::string& RootOf(const std::string& folder);
  std::string ScopeTop(const std::string& folder, const std::string& otherwise);
  ScopePointer ScopeOf(const std::string& folder, const std::string& top);
  bool Ignored(const std::string& real_path, bool is_folder,
               const ScopePointer& scope) const;
  bool IgnoredFromRoot(const std::string& real_path);
  std::string DiffPathOfReal(const std::string& real_path);

  const DiscoveryOptions& options_;
  std::string here_;
  IgnoreScope excludes_;
  // By the absolute path of a folder.
  std::map<std::string, std::string> roots_;
  std::map<std::string, ScopePointer> scopes_;
  std::vector<Found> found_;
  std::vector<DiscoveryError> errors_;
};

// The root of the repository that a folder is in; empty outside of one.
const std::string& Search::RootOf(const std::string& folder) {
  const auto known = roots_.find(folder);
  if (known != roots_.end()) return known->second;
  std::string root;
  if (Exists(Join(folder, ".git"))) {
    root = folder;
  } else if (folder != "/") {
    root = RootOf(std::string(ParentOf(folder)));
  }
  return roots_.emplace(folder, std::move(root)).first->second;
}

// The outermost folder whose patterns hold in `folder`.
std::string Search::ScopeTop(const std::string& folder,
                             const std::string& otherwise) {
  const std::string& root = RootOf(folder);
  return root.empty() ? otherwise : root;
}

ScopePointer Search::ScopeOf(const std::string& folder,
                             const std::string& top) {
  const auto known = scopes_.find(folder);
  if (known != scopes_.end()) return known->second;
  ScopePointer parent;
  if (Below(folder, top)) parent = ScopeOf(std::string(ParentOf(folder)), top);
  std::vector<IgnorePattern> patterns;
  for (const char* name : {".git/info/exclude", ".gitignore", ".dfixignore"}) {
    const std::string file = Join(folder, name);
    if (access(file.c_str(), R_OK) != 0) continue;
    const Result<std::string> text = ReadFile(file);
    if (!text) continue;
    for (IgnorePattern& pattern : ParseIgnorePatterns(*text)) {
      patterns.push_back(std::move(pattern));
    }
  }
  ScopePointer scope = parent;
  if (!patterns.empty()) {
    scope = std::make_shared<IgnoreScope>(
        IgnoreScope{parent, WithSlash(folder), std::move(patterns)});
  }
  return scopes_.emplace(folder, std::move(scope)).first->second;
}

bool Search::Ignored(const std::string& real_path, bool is_folder,
                     const ScopePointer& scope) const {
  const auto verdict = [&](const IgnoreScope& from) -> std::optional<bool> {
    if (!real_path.starts_with(from.folder)) return std::nullopt;
    return IsIgnored(from.patterns,
                     std::string_view(real_path).substr(from.folder.size()),
                     is_folder);
  };
  if (const auto excluded = verdict(excludes_)) return *excluded;
  for (const IgnoreScope* at = scope.get(); at != nullptr;
       at = at->parent.get()) {
    if (const auto ignored = verdict(*at)) return *ignored;
  }
  return false;
}

// Whether the file, or a folder that it is in, is ignored.
bool Search::IgnoredFromRoot(const std::string& real_path) {
  const std::string top = ScopeTop(std::string(ParentOf(real_path)), here_);
  const std::optional<std::string> below = Below(real_path, top);
  if (!below) return Ignored(real_path, false, nullptr);
  size_t at = real_path.size() - below->size();
  while (true) {
    at = real_path.find('/', at);
    const bool is_folder = at != std::string::npos;
    const std::string part = real_path.substr(0, at);
    const std::string folder(ParentOf(part));
    if (Ignored(part, is_folder, ScopeOf(folder, top))) return true;
    if (!is_folder) return false;
    ++at;
  }
}

void Search::AddNamed(const std::string& path) {
  if (path == "-") {
    found_.push_back({path, path, false, true});
    return;
  }
  struct stat info;
  if (stat(path.c_str(), &info) != 0) {
    errors_.push_back({path, SystemMessage()});
    return;
  }
  if (S_ISDIR(info.st_mode)) {
    Walk(path);
    return;
  }
  struct stat link_info;
  const bool is_link =
      lstat(path.c_str(), &link_info) == 0 && S_ISLNK(link_info.st_mode);
  const std::string real_path =
      is_link ? Canonical(path)
              : Join(Canonical(std::string(ParentOf(path))), Basename(path));
  if (options_.force_exclude && IgnoredFromRoot(real_path)) return;
  found_.push_back({Tidy(path), real_path, is_link, true});
}

void Search::Walk(const std::string& top) {
  const std::string real_top = Canonical(top);
  if (options_.force_exclude && IgnoredFromRoot(real_top)) return;
  std::vector<std::pair<std::string, std::string>> pending;
  pending.emplace_back(Tidy(top), real_top);
  while (!pending.empty()) {
    const auto [path, real_path] = std::move(pending.back());
    pending.pop_back();
    Visit(path, real_path, real_top, pending);
  }
}

void Search::Visit(const std::string& path, const std::string& real_path,
                   const std::string& real_top,
                   std::vector<std::pair<std::string, std::string>>& pending) {
  DIR* folder = opendir(real_path.c_str());
  if (folder == nullptr) {
    errors_.push_back({path, SystemMessage()});
    return;
  }
  const ScopePointer scope = ScopeOf(real_path, ScopeTop(real_path, real_top));
  const std::string_view shown = path == "." ? std::string_view() : path;
  while (const dirent* entry = readdir(folder)) {
    const std::string_view name = entry->d_name;
    if (name == "." || name == "..") continue;
    if (IsOneOf(name, kForeignFolders)) continue;
    unsigned char type = entry->d_type;
    if (type == DT_REG && !IsDockerfileName(name)) continue;
    const std::string real_entry = Join(real_path, name);
    struct stat info;
    if (type == DT_UNKNOWN && lstat(real_entry.c_str(), &info) == 0) {
      type = IFTODT(info.st_mode);
    }
    if (type != DT_DIR && !IsDockerfileName(name)) continue;
    if (Ignored(real_entry, type == DT_DIR, scope)) continue;
    if (type == DT_DIR) {
      pending.emplace_back(Join(shown, name), real_entry);
    } else if (type == DT_REG) {
      found_.push_back({Join(shown, name), real_entry, false, false});
    } else if (type == DT_LNK) {
      AddLink(Join(shown, name), real_top);
    }
  }
  closedir(folder);
}

void Search::AddLink(const std::string& path, const std::string& real_top) {
  const std::string real_path = Canonical(path);
  struct stat info;
  if (real_path.empty() || !Below(real_path, real_top) ||
      stat(real_path.c_str(), &info) != 0 || !S_ISREG(info.st_mode)) {
    return;
  }
  found_.push_back({path, real_path, true, false});
}

std::string Search::DiffPathOfReal(const std::string& real_path) {
  const std::string& root = RootOf(std::string(ParentOf(real_path)));
  if (auto below = Below(real_path, root)) return *below;
  if (auto below = Below(real_path, here_)) return *below;
  return real_path.substr(real_path.find_first_not_of('/'));
}

std::string Search::DiffPathOf(const std::string& path) {
  const std::string tidy = Tidy(path);
  const std::string folder = Canonical(std::string(ParentOf(tidy)));
  if (folder.empty()) return tidy;
  return DiffPathOfReal(Join(folder, Basename(tidy)));
}

Discovery Search::Take() {
  // Of several names of a file the one that is not a link stays.
  std::sort(found_.begin(), found_.end(), [](const Found& a, const Found& b) {
    return std::tuple(a.is_link, a.path, !a.is_named) <
           std::tuple(b.is_link, b.path, !b.is_named);
  });
  Discovery out;
  std::set<std::string_view> seen;
  for (const Found& found : found_) {
    if (!seen.insert(found.real_path).second) continue;
    const bool is_stdin = found.path == "-";
    out.files.push_back({found.path,
                         is_stdin ? "-" : DiffPathOfReal(found.real_path),
                         found.real_path, found.is_named});
  }
  std::sort(
      out.files.begin(), out.files.end(),
      [](const FoundFile& a, const FoundFile& b) { return a.path < b.path; });
  out.errors = std::move(errors_);
  std::sort(out.errors.begin(), out.errors.end(),
            [](const DiscoveryError& a, const DiscoveryError& b) {
              return a.path < b.path;
            });
  return out;
}

}  // namespace

Discovery DiscoverFiles(const std::vector<std::string>& paths,
                        const DiscoveryOptions& options) {
  Search search(options);
  for (const std::string& path : paths) search.AddNamed(path);
  return search.Take();
}

bool IsDockerfileName(std::string_view name) {
  for (const std::string_view other :
       {".dockerignore", ".md", ".orig", ".rej", ".swp", "~"}) {
    if (name.ends_with(other)) return false;
  }
  return name == "Dockerfile" || name == "dockerfile" ||
         name.starts_with("Dockerfile.") || name.starts_with("Dockerfile-") ||
         name.starts_with("Containerfile") || name.ends_with(".Dockerfile") ||
         name.ends_with(".dockerfile");
}

std::string DiffPath(const std::string& path) {
  const DiscoveryOptions options;
  return Search(options).DiffPathOf(path);
}

}  // namespace dfix
