// Reads files of a project that name Dockerfiles and their build contexts:
// Compose files and those of `docker buildx bake`. Finding and opening them is
// the front end's work.
#ifndef DFIX_CONFIG_BUILD_FILES_H_
#define DFIX_CONFIG_BUILD_FILES_H_

#include <string>
#include <string_view>
#include <vector>

namespace dfix {

// A build that such a file declares. Both are paths of this machine; a folder
// elsewhere, or one that a variable tells, is no entry.
struct DeclaredBuild {
  std::string context;     // Relative to the file's folder, or absolute.
  std::string dockerfile;  // Relative to the context, or absolute.
};

// Whether a file of that name, without folders, may declare builds.
bool IsBuildFileName(std::string_view name);

// The builds that the file called `name` with this text declares; none for what
// cannot be read.
std::vector<DeclaredBuild> ParseBuildFile(std::string_view name,
                                          std::string_view text);

}  // namespace dfix

#endif  // DFIX_CONFIG_BUILD_FILES_H_
