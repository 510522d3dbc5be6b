// What `dotnet restore` reads: solutions, projects, what those refer to, and
// the settings in the folders around them.
#include <algorithm>
#include <array>

#include "src/context/paths.h"
#include "src/facts/install_reader.h"
#include "src/text/search.h"

namespace dfix {
namespace {

// Files that a project takes from its folder or the nearest one above.
constexpr std::array<std::string_view, 9> kSettings = {
    "Directory.Build.props",
    "Directory.Build.targets",
    "Directory.Packages.props",
    "global.json",
    "nuget.config",
    "NuGet.config",
    "NuGet.Config",
    "Directory.Build.rsp",
    "Directory.Solution.props"};

// The kind of project that is a folder of the solution, by its begin.
constexpr std::string_view kSolutionFolder = "{2150E333";

// Parts of a project file that make what is read depend on more.
constexpr std::array<std::string_view, 9> kReadsMore = {
    "Exists(",
    "System.IO",
    "<Exec",
    "<MSBuild ",
    "<UsingTask",
    "NuspecFile",
    "RestoreSources",
    "RestoreAdditionalProjectSources",
    "RestoreConfigFile"};

bool IsSolution(std::string_view path) {
  return path.ends_with(".sln") || path.ends_with(".slnx");
}

bool IsProject(std::string_view path) {
  return path.ends_with(".csproj") || path.ends_with(".fsproj") ||
         path.ends_with(".vbproj");
}

std::string WithSlashes(std::string path) {
  std::replace(path.begin(), path.end(), '\\', '/');
  return path;
}

// The values of `attribute="..."` in elements that begin with `element`.
std::vector<std::string> ValuesOf(const std::string& text,
                                  const std::string& element,
                                  const std::string& attribute) {
  std::vector<std::string> values;
  for (size_t at = text.find(element); at != std::string::npos;
       at = text.find(element, at + 1)) {
    const size_t end = text.find('>', at);
    const size_t begin = text.find(attribute + "=\"", at);
    if (begin == std::string::npos || begin > end) continue;
    const size_t from = begin + attribute.size() + 2;
    values.push_back(text.substr(from, text.find('"', from) - from));
  }
  return values;
}

}  // namespace

// The settings of all folders above count, though the nearest may hide others.
void InstallReader::AddSettingsAbove(const std::string& folder) {
  for (std::string up = folder;; up = ParentPath(up)) {
    for (const std::string_view name : kSettings) {
      const size_t before = reads_.files.size();
      const ImageFile* file = Add(JoinPath(up, name));
      if (file != nullptr && reads_.files.size() > before) {
        AddReferences(ImageFile(*file));
      }
    }
    if (up == "/") break;
  }
}

// Adds what a project or a file of settings imports and refers to.
void InstallReader::AddReferences(const ImageFile& project) {
  if (project.target.ends_with(".json")) return;
  const std::string text = TextOf(project);
  for (const std::string_view part : kReadsMore) {
    if (text.find(part) == std::string::npos) continue;
    return Fail(InBackticks(part) + " in " + InBackticks(project.source) +
                " may mean that it reads more of the source");
  }
  if (project.target.ends_with("onfig")) {
    const auto sources = ValuesOf(text, "<add ", "value");
    const bool local = std::any_of(
        sources.begin(), sources.end(), [](const std::string& value) {
          return value.starts_with('.') || value.find('\\') != value.npos;
        });
    if (local) Fail("packages come from a folder of the source");
    return;
  }
  std::vector<std::string> paths =
      ValuesOf(text, "<ProjectReference ", "Include");
  const auto imports = ValuesOf(text, "<Import ", "Project");
  paths.insert(paths.end(), imports.begin(), imports.end());
  for (const std::string& path : paths) {
    if (failed()) return;
    if (path.find_first_of("$*;@") != std::string::npos) {
      return Fail(InBackticks(path) + " in " + InBackticks(project.source) +
                  " is not known");
    }
    AddProject(JoinPath(ParentPath(project.target), WithSlashes(path)));
  }
}

void InstallReader::AddProject(const std::string& target) {
  const size_t before = reads_.files.size();
  if (failed() || !Require(target) || reads_.files.size() == before) return;
  if (reads_.files.size() > kMostManifests) {
    return Fail("there are too many projects to name each");
  }
  const ImageFile file = reads_.files.back();
  const std::string folder = ParentPath(target);
  if (IsProject(target)) {
    Add(JoinPath(folder, "packages.lock.json"));
    reads_.writes.push_back(JoinPath(folder, "obj"));
  }
  AddReferences(file);
  AddSettingsAbove(folder);
}

// `Project("{...}") = "Name", "folder\\name.csproj", "{...}"`, or of the newer
// kind `<Project Path="folder/name.csproj" />`.
void InstallReader::AddProjectsOf(const std::string& solution) {
  if (!Require(solution)) return;
  const std::string text = TextOf(ImageFile(*Add(solution)));
  std::vector<std::string> paths = ValuesOf(text, "<Project ", "Path");
  for (size_t at = text.find("Project(\""); at != std::string::npos;
       at = text.find("Project(\"", at + 1)) {
    const std::string line = text.substr(at, text.find('\n', at) - at);
    const size_t begin = line.find(", \"");
    if (begin == std::string::npos || HasText(line, kSolutionFolder)) continue;
    const std::string path =
        line.substr(begin + 3, line.find('"', begin + 3) - begin - 3);
    // A folder of the solution has its own name for a path.
    if (HasText(path, ".")) paths.push_back(path);
  }
  for (const std::string& path : paths) {
    AddProject(JoinPath(ParentPath(solution), WithSlashes(path)));
  }
  AddSettingsAbove(ParentPath(solution));
}

void InstallReader::ReadProjectOf(const std::string& entry) {
  if (IsSolution(entry)) return AddProjectsOf(entry);
  if (IsProject(entry)) return AddProject(entry);
  Fail("the project is not found");
}

void InstallReader::ReadProjects() {
  if (!image_.has_context()) return;
  for (const std::string& name : named_) {
    if (failed()) return;
    AddReferences(ImageFile(*Add(At(name))));
  }
  if (!project_.empty()) return ReadProjectOf(At(WithSlashes(project_)));
  std::string entry;
  for (const ImageFile& file : image_.FilesBelow(folder_)) {
    const bool here = ParentPath(file.target) == folder_;
    if (!here || (!IsSolution(file.target) && !IsProject(file.target))) {
      continue;
    }
    if (!entry.empty()) return Fail("the folder has several projects");
    entry = file.target;
  }
  ReadProjectOf(entry);
}

}  // namespace dfix
