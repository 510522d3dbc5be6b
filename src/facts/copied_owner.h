// Who owns the folders that one stage copies from another.
//
// BuildKit's COPY --from keeps who owns what is in a folder, but the folder
// itself becomes root's unless --chown says otherwise.
#ifndef DFIX_FACTS_COPIED_OWNER_H_
#define DFIX_FACTS_COPIED_OWNER_H_

#include <cstdint>
#include <span>
#include <string>

#include "src/facts/copy_step.h"
#include "src/facts/facts.h"
#include "src/facts/runtime_base.h"

namespace dfix {

struct FolderOwner {
  std::string owner;  // As --chown has it; empty for root.
  // The step that makes it so.
  uint32_t instruction = kNoInstruction;
  // Others own things in it.
  bool is_mixed = false;
  // The step gives it a mode, which is lost.
  bool has_mode = false;
};

// Who owns the folder `path` once the COPYs and ADDs of `first` up to `end` are
// done, in a stage whose RUNs are root's and change no owner. `made` are paths
// that RUNs make, with all that is in them.
FolderOwner OwnerOfFolder(const Facts& facts, uint32_t first, uint32_t end,
                          const std::string& path,
                          std::span<const std::string> made);

// Whether a COPY or ADD makes `folder`, which is not there before, with an
// owner or a mode that it names.
bool MakesOwnedFolder(const Facts& facts, uint32_t first, const CopyStep& step,
                      const std::string& folder);

// Why a stage on `base` cannot copy the folder and keep its owner; else empty.
// `made` are users that it makes.
std::string WhyOwnerIsLost(const FolderOwner& owner, const RuntimeBase& base,
                           std::span<const std::string> made);

// `--chown=app ` if it is needed; else empty.
std::string OwnerFlag(const FolderOwner& owner);

}  // namespace dfix

#endif  // DFIX_FACTS_COPIED_OWNER_H_
