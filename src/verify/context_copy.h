// A build context that may be edited: a copy in a temporary folder.
#ifndef DFIX_VERIFY_CONTEXT_COPY_H_
#define DFIX_VERIFY_CONTEXT_COPY_H_

#include <string>
#include <string_view>
#include <vector>

#include "src/text/result.h"

namespace dfix {

// A folder of our own, removed with all in it at the end of its scope.
class TemporaryFolder {
 public:
  static Result<TemporaryFolder> Make();

  TemporaryFolder(TemporaryFolder&& other) noexcept;
  TemporaryFolder& operator=(TemporaryFolder&&) = delete;
  ~TemporaryFolder();

  const std::string& path() const { return path_; }

 private:
  explicit TemporaryFolder(std::string path) : path_(std::move(path)) {}

  std::string path_;
};

// Copies folder `from` with all in it to `to`, which is not there yet: links as
// links, modes and times kept. Sockets and pipes are left out, as builders
// leave them out.
Result<Done> CopyFolder(const std::string& from, const std::string& to);

// The files below `folder`, relative to it, sorted.
std::vector<std::string> ListFiles(const std::string& folder);

// The source files among `paths` that somebody might edit, the likeliest
// first: code before pages before data, shallow before deep. Manifests, tests
// and what package managers install are none of them.
std::vector<std::string> EditablePaths(const std::vector<std::string>& paths);

// White space that no version of any file had before.
std::string NewBlanks();

// The whole file.
Result<std::string> ReadText(const std::string& path);

// Writes a file.
Result<Done> WriteText(const std::string& path, std::string_view text);

}  // namespace dfix

#endif  // DFIX_VERIFY_CONTEXT_COPY_H_
