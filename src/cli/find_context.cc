#include "src/cli/find_context.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <deque>

#include "src/cli/file_io.h"
#include "src/cli/paths.h"
#include "src/facts/copy_step.h"
#include "src/text/one_of.h"
#include "src/text/search.h"

namespace dfix {
namespace {

constexpr size_t kMostEntries = 50'000;
constexpr off_t kLargestFile = 4 << 20;

// Folders that are known without a look into them: only a tool reads them, and
// they are large.
constexpr std::array<std::string_view, 6> kNotLookedInto = {
    ".git", ".hg", ".svn", ".venv", "node_modules", "venv"};

// Files that make a folder the root of a project in some language.
constexpr std::array<std::string_view, 17> kProjectFiles = {
    "Cargo.toml",   "Gemfile",        "Makefile",         "Pipfile",
    "build.gradle", "build.sbt",      "composer.json",    "environment.yml",
    "go.mod",       "mix.exs",        "package.json",     "pom.xml",
    "project.clj",  "pyproject.toml", "requirements.txt", "setup.py",
    "stack.yaml"};

EntryKind KindOf(unsigned char type) {
  switch (type) {
    case DT_REG:
      return EntryKind::kFile;
    case DT_DIR:
      return EntryKind::kFolder;
    case DT_LNK:
      return EntryKind::kLink;
    default:
      return EntryKind::kOther;
  }
}

// What is in the folder `below` of `root`, unsorted. False if that cannot be
// read.
bool ListOne(const std::string& root, const std::string& below,
             std::vector<ContextEntry>& entries) {
  DIR* folder = opendir(Join(root, below).c_str());
  if (folder == nullptr) return false;
  while (const dirent* entry = readdir(folder)) {
    const std::string_view name = entry->d_name;
    if (name == "." || name == "..") continue;
    const std::string path = Join(below, name);
    unsigned char type = entry->d_type;
    struct stat info;
    if (type == DT_UNKNOWN && lstat(Join(root, path).c_str(), &info) == 0) {
      type = IFTODT(info.st_mode);
    }
    entries.push_back({path, KindOf(type)});
    if (type == DT_DIR && IsOneOf(name, kNotLookedInto)) {
      entries.back().kind = EntryKind::kUnlistedFolder;
    }
  }
  closedir(folder);
  return true;
}

// Everything below `root`, the nearest first, until there is too much.
std::vector<ContextEntry> ListAll(const std::string& root) {
  std::vector<ContextEntry> entries;
  ListOne(root, "", entries);
  for (size_t i = 0; i < entries.size(); ++i) {
    if (entries[i].kind != EntryKind::kFolder) continue;
    const std::string path = entries[i].path;
    if (entries.size() >= kMostEntries || !ListOne(root, path, entries)) {
      entries[i].kind = EntryKind::kUnlistedFolder;
    }
  }
  std::sort(entries.begin(), entries.end(),
            [](const ContextEntry& a, const ContextEntry& b) {
              return a.path < b.path;
            });
  return entries;
}

std::optional<std::string> ReadBelow(const std::string& root,
                                     const std::string& path) {
  const std::string whole = Join(root, path);
  struct stat info;
  // A folder on the way may have become a link since it was listed.
  if (Canonical(whole) != whole || lstat(whole.c_str(), &info) != 0 ||
      !S_ISREG(info.st_mode) || info.st_size > kLargestFile) {
    return std::nullopt;
  }
  Result<std::string> text = ReadFile(whole);
  if (!text) return std::nullopt;
  return *std::move(text);
}

// All that the Dockerfile copies from its context; `.` included.
std::vector<std::string> SourcesOf(const Facts& facts) {
  std::vector<std::string> sources;
  for (uint32_t i = 0; i < facts.instructions().size(); ++i) {
    const auto step = CopyStepAt(facts, i);
    if (!step || !step->from_context) continue;
    sources.insert(sources.end(), step->sources.begin(), step->sources.end());
  }
  return sources;
}

// The folder itself and those around it, `root` being the last one.
std::vector<std::string> FoldersUpTo(std::string folder,
                                     const std::string& root) {
  std::vector<std::string> folders = {folder};
  while (!root.empty() && folder != root && folder != "/") {
    folder = std::string(ParentOf(folder));
    folders.push_back(folder);
  }
  return folders;
}

bool HasProjectFile(const std::string& folder) {
  return std::any_of(
      kProjectFiles.begin(), kProjectFiles.end(),
      [&](std::string_view name) { return Exists(Join(folder, name)); });
}

}  // namespace

std::shared_ptr<const ContextFiles> ContextFinder::List(
    const std::string& folder) {
  const std::lock_guard lock(mutex_);
  std::shared_ptr<const ContextFiles>& known = files_[folder];
  if (known == nullptr) {
    known = std::make_shared<ContextFiles>(ContextFiles{
        ListAll(folder),
        [folder](const std::string& path) { return ReadBelow(folder, path); },
        folder});
  }
  return known;
}

std::vector<DeclaredBuild> ContextFinder::BuildsDeclaredIn(
    const std::string& folder) {
  const std::lock_guard lock(mutex_);
  const auto known = declared_.find(folder);
  if (known != declared_.end()) return known->second;
  std::vector<DeclaredBuild>& builds = declared_[folder];
  std::vector<ContextEntry> entries;
  ListOne(folder, "", entries);
  for (const ContextEntry& entry : entries) {
    if (entry.kind != EntryKind::kFile || !IsBuildFileName(entry.path)) {
      continue;
    }
    const auto text = ReadBelow(folder, entry.path);
    if (!text) continue;
    for (DeclaredBuild& build : ParseBuildFile(entry.path, *text)) {
      builds.push_back(std::move(build));
    }
  }
  return builds;
}

// The folder that files of the project name for the Dockerfile; empty if there
// is none, or several.
std::string ContextFinder::FindDeclared(const std::string& path,
                                        const std::string& root) {
  const std::string top = root.empty() ? std::string(ParentOf(path)) : root;
  std::string found;
  for (const std::string& folder :
       FoldersUpTo(std::string(ParentOf(path)), root)) {
    for (const DeclaredBuild& build : BuildsDeclaredIn(folder)) {
      const auto absolute = [](const std::string& from,
                               const std::string& name) {
        return Canonical(name.starts_with('/') ? name : Join(from, name));
      };
      const std::string context = absolute(folder, build.context);
      if (context.empty() || absolute(context, build.dockerfile) != path) {
        continue;
      }
      if (context != top && !Below(context, top)) continue;
      if (!found.empty() && found != context) return "";
      found = context;
    }
  }
  return found;
}

// The context in `folder` of the Dockerfile at `path`; absent if its ignore
// file cannot be read, or is a link.
std::optional<BuildContext> ContextFinder::Make(const std::string& folder,
                                                ContextOrigin origin,
                                                const std::string& path) {
  std::string ignore = path + ".dockerignore";
  std::optional<std::string> text;
  if (Exists(ignore)) {
    text =
        ReadBelow(std::string(ParentOf(path)), std::string(Basename(ignore)));
    if (!text) return std::nullopt;
  }
  // Docker passes over one that is empty.
  if (!text || text->empty()) {
    ignore = Join(folder, ".dockerignore");
    text.reset();
    if (Exists(ignore)) {
      text = ReadBelow(folder, ".dockerignore");
      if (!text) return std::nullopt;
    }
  }
  return BuildContext(List(folder), origin, std::move(ignore), text);
}

std::optional<BuildContext> ContextFinder::Find(const std::string& path,
                                                const std::string& named,
                                                const Facts& facts) {
  const std::vector<std::string> sources = SourcesOf(facts);
  if (sources.empty()) return std::nullopt;
  if (!named.empty()) return Make(named, ContextOrigin::kNamed, path);
  const std::string folder(ParentOf(path));
  const std::string root = RepositoryRoot(folder);
  const std::string declared = FindDeclared(path, root);
  if (!declared.empty()) return Make(declared, ContextOrigin::kNamed, path);

  const std::vector<std::string> folders = FoldersUpTo(folder, root);
  const bool copies_all =
      std::all_of(sources.begin(), sources.end(),
                  [](const std::string& source) { return source == "."; });
  if (copies_all) {
    const auto project =
        std::find_if(folders.begin(), folders.end(), HasProjectFile);
    if (project == folders.begin()) {
      return Make(folder, ContextOrigin::kMatched, path);
    }
    return Make(project == folders.end() ? folder : *project,
                ContextOrigin::kGuessed, path);
  }
  for (const std::string& candidate : folders) {
    // A look at what is cheap to see, before all is listed.
    const bool plausible = std::all_of(
        sources.begin(), sources.end(), [&](const std::string& source) {
          return HasWildcard(source) || Exists(Join(candidate, source));
        });
    if (!plausible) continue;
    auto context = Make(candidate, ContextOrigin::kMatched, path);
    if (!context) return std::nullopt;
    if (std::all_of(sources.begin(), sources.end(),
                    [&](const std::string& source) {
                      return MayExist(*context, source);
                    })) {
      return context;
    }
  }
  return std::nullopt;
}

}  // namespace dfix
