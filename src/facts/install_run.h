// RUNs that install what files of the project name: which commands of one do
// that, and where it can be split so that only they come before the source.
#ifndef DFIX_FACTS_INSTALL_RUN_H_
#define DFIX_FACTS_INSTALL_RUN_H_

#include <cstdint>
#include <string>
#include <vector>

#include "src/facts/facts.h"
#include "src/facts/image_files.h"
#include "src/facts/install_reads.h"
#include "src/facts/source_use.h"

namespace dfix {

struct InstallRun {
  bool installs = false;  // Some command does; else nothing more is known.
  std::string problem;    // Why it cannot run before the source is there.
  std::vector<ImageFile> files;     // What its installs read, each once.
  std::vector<std::string> writes;  // Paths that they make.
  Level level = Level::kSafe;
  bool is_missing = false;  // The problem: a manifest is not in the context.
  // The pipeline from which on the source is needed, or kNoNode.
  NodeId rest = kNoNode;
  std::string rest_prefix;        // `cd x && ` if the rest needs that again.
  bool begins_somewhere = false;  // With a `cd` to an absolute path.
  bool by_name = false;           // See InstallsByName().
};

// What RUN `index` is; `source` are the COPYs that would come after it.
InstallRun AnalyseInstallRun(const Facts& facts, uint32_t index,
                             const ImageFiles& image, const SourceUse& source);

// Whether RUN `index` installs packages that it names itself, from elsewhere,
// and whatever else it does neither needs nor meets what `source` brings.
bool InstallsByName(const Facts& facts, uint32_t index,
                    const SourceUse& source);

// Whether a download of modules is worth a step of its own before RUN `index`,
// which builds a Go program and downloads them on the way. `run` receives what
// the download reads, or the reason against it and false.
bool AddsDownload(const Facts& facts, uint32_t index, const ImageFiles& image,
                  InstallRun& run);

}  // namespace dfix

#endif  // DFIX_FACTS_INSTALL_RUN_H_
