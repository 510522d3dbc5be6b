// Where a stage installs dependencies behind a COPY of the code, and how the
// install can come first: which COPYs move, what the install needs above it.
//
// Nothing is edited here, and everything that is found can be done as it is.
#ifndef DFIX_FACTS_MANIFEST_MOVE_H_
#define DFIX_FACTS_MANIFEST_MOVE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "src/context/build_context.h"
#include "src/facts/facts.h"
#include "src/facts/install_run.h"

namespace dfix {

// A RUN that comes before the COPYs, or that gets a download in front of it
// that does.
struct ManifestInstall {
  uint32_t instruction;
  InstallRun run;
  std::vector<std::string> lines;  // Instructions to put above it.
  bool is_download = false;  // The last of them downloads; it stays below.
};

// A COPY that comes later. `destination` is what its last argument becomes,
// empty if it stays.
struct SunkCopy {
  uint32_t instruction;
  std::string destination;
};

// All that moves in a stage: the COPYs, behind the last install.
struct ManifestMove {
  std::vector<SunkCopy> copies;           // In the order of the file.
  std::vector<ManifestInstall> installs;  // So, too; not empty.
  std::vector<std::string> ignored;  // Lines that the ignore file must get.
  bool is_explained = false;         // A comment is about the place of a COPY.
  Level level = Level::kSafe;
};

// Why something stays: an instruction and a reason.
struct ManifestRefusal {
  uint32_t instruction;
  std::string reason;
  bool is_missing = false;  // A manifest is not in the context.
};

struct ManifestMoves {
  std::vector<ManifestMove> moves;  // At most one for each stage.
  std::vector<ManifestRefusal> refusals;
};

// `context` may be null; then names decide, and every move is bold but for
// those of installs that read none. So they do if it was guessed, and has none
// of the manifests.
ManifestMoves FindManifestMoves(const Facts& facts,
                                const BuildContext* context);

}  // namespace dfix

#endif  // DFIX_FACTS_MANIFEST_MOVE_H_
