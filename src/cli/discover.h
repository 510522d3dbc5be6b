// Finds the files that a run is about.
//
// Folders are searched recursively for names that Dockerfiles have. Links to
// folders are not followed, nor links to files outside of the folder that was
// named. What `.gitignore` and `.dfixignore` exclude is left out, in the
// folders searched and in those around them up to the root of the repository.
#ifndef DFIX_CLI_DISCOVER_H_
#define DFIX_CLI_DISCOVER_H_

#include <string>
#include <string_view>
#include <vector>

namespace dfix {

struct DiscoveryOptions {
  // In the language of .gitignore, relative to the current directory.
  std::vector<std::string> exclude;
  // Whether files that were named are left out when they are ignored, too.
  bool force_exclude = false;
};

struct FoundFile {
  std::string path;       // As it was named, or below the folder as named.
  std::string diff_path;  // Relative to the repository, see DiffPath.
  std::string real_path;  // Absolute and without links; `-` for that.
  bool is_named = true;   // And not found in a folder.
};

// A path that was named, or a folder on the way, that could not be read.
struct DiscoveryError {
  std::string path;
  std::string message;
};

struct Discovery {
  std::vector<FoundFile> files;  // By path; each file once.
  std::vector<DiscoveryError> errors;
};

// The files that `paths` stand for: a folder for those in it, anything else for
// itself. `-` is kept as it is.
Discovery DiscoverFiles(const std::vector<std::string>& paths,
                        const DiscoveryOptions& options);

// Whether a file of that name, without folders, is taken for a Dockerfile.
bool IsDockerfileName(std::string_view name);

// How a diff names the file at `path`, which need not exist: relative to the
// root of its repository, else to the current directory, else to `/`.
std::string DiffPath(const std::string& path);

}  // namespace dfix

#endif  // DFIX_CLI_DISCOVER_H_
