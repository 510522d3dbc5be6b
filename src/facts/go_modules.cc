// What `go mod download` reads: go.mod and go.sum, those of replaced modules,
// and those of a workspace.
#include <utility>

#include "src/context/paths.h"
#include "src/facts/install_reader.h"

namespace dfix {

void InstallReader::AddGoModule(const std::string& folder) {
  if (!Require(JoinPath(folder, "go.mod"))) return;
  if (image_.has_context()) Add(JoinPath(folder, "go.sum"));
}

// Modules of the workspace that lie beside its folder: `use ../lib`.
void InstallReader::AddUsedModules(const std::string& folder,
                                   const std::string& text) {
  for (size_t at = text.find("../"); at != std::string::npos;
       at = text.find("../", at + 1)) {
    const bool begins =
        at == 0 || text.find_first_of(" \t\n\"(", at - 1) == at - 1;
    if (!begins) continue;
    AddGoModule(JoinPath(
        folder, text.substr(at, text.find_first_of(" \t\r\n\")", at) - at)));
  }
}

// All modules below: which of them `use` names does not matter.
void InstallReader::AddGoWorkspace(const std::string& folder) {
  const ImageFile* workspace = Add(JoinPath(folder, "go.work"));
  if (workspace == nullptr) return;
  AddUsedModules(folder, TextOf(ImageFile(*workspace)));
  Add(JoinPath(folder, "go.work.sum"));
  for (const ImageFile& file : image_.FilesBelow(folder)) {
    if (file.target.ends_with("/go.mod")) AddGoModule(ParentPath(file.target));
  }
}

// `replace a => ./b` needs the go.mod of `b`.
void InstallReader::AddReplacedModules(const std::string& text) {
  for (size_t at = text.find("=>"); at != std::string::npos;
       at = text.find("=>", at + 2)) {
    const size_t begin = text.find_first_not_of(" \t\"`", at + 2);
    if (begin == std::string::npos) break;
    const std::string place =
        text.substr(begin, text.find_first_of(" \t\r\n\"`", begin) - begin);
    if (place.starts_with('.') || place.starts_with('/')) {
      AddGoModule(At(place));
    }
  }
}

void InstallReader::ReadGoModules() {
  AddGoModule(folder_);
  if (!image_.has_context() || failed()) return;
  for (std::string up = folder_;; up = ParentPath(up)) {
    AddGoWorkspace(up);
    if (up == "/") break;
  }
  const std::vector<ImageFile> named = reads_.files;
  for (const ImageFile& file : named) {
    const bool is_module =
        file.target.ends_with("/go.mod") || file.target.ends_with("/go.work");
    if (!is_module) continue;
    const std::string folder = std::exchange(folder_, ParentPath(file.target));
    AddReplacedModules(TextOf(file));
    folder_ = folder;
  }
  if (reads_.files.size() > kMostManifests) {
    Fail("there are too many modules to name each");
  }
}

}  // namespace dfix
