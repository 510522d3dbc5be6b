// Which files of the project an install command reads, proven from the files
// themselves where there is a build context.
//
// Every file that the command reads is found, or a problem is reported; more
// than it reads does no harm.
#ifndef DFIX_FACTS_INSTALL_READS_H_
#define DFIX_FACTS_INSTALL_READS_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "src/facts/ecosystem.h"
#include "src/facts/facts.h"
#include "src/facts/image_files.h"

namespace dfix {

struct InstallReads {
  const Ecosystem* ecosystem = nullptr;
  std::string problem;  // Why it is not known; then the rest means nothing.
  // Files and folders, each once, in the order in which they were found.
  std::vector<ImageFile> files;
  // Paths in the image that the command makes.
  std::vector<std::string> writes;
  Level level = Level::kSafe;
  bool is_missing = false;  // The problem: a manifest is not in the context.
};

// What `command` reads when it runs in the image's folder `folder`; absent if
// it installs nothing that files of a project name.
std::optional<InstallReads> ReadsOfInstall(const Facts& facts,
                                           const PackageCommand& command,
                                           const std::string& folder,
                                           const ImageFiles& image);

// Why modules may come from the source: `GOPROXY` names a folder that is
// copied. Empty if they do not.
std::string GoProxyProblem(const Facts& facts, uint32_t instruction,
                           const ImageFiles& image);

// The same as for an install, for `go mod download` in `folder`, which has
// go.mod.
InstallReads ReadsOfGoDownload(const std::string& folder,
                               const ImageFiles& image);

}  // namespace dfix

#endif  // DFIX_FACTS_INSTALL_READS_H_
