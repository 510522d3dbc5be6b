// Which stages of a file are used by others: FROM, `COPY --from`, and the
// `from` of a mount.
//
// The rules are BuildKit's (dockerfile2llb): a name is that of the last stage
// that has it, in any case; FROM sees only the stages before it; a number is a
// stage in COPY only, and an image's name in a mount.
#ifndef DFIX_FACTS_STAGE_USE_H_
#define DFIX_FACTS_STAGE_USE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "src/facts/facts.h"

namespace dfix {

// What one `from` refers to.
struct StageUse {
  enum class Way : uint8_t {
    kBase,           // FROM
    kName,           // A stage's name in COPY or a mount.
    kCopyNumber,     // A stage's number in COPY.
    kTriggerNumber,  // A number in an ONBUILD COPY.
    kMountNumber,    // A number in a mount.
    kNoStage,        // A number that no other stage has.
    kImage,          // An image.
    kUnknown,        // A variable, which may be a stage's name.
  };
  Way way;
  uint32_t instruction;  // Index into Facts::instructions().
  NodeId flag;           // The flag, or FROM itself.
  // Of kBase, kName and kCopyNumber; of kUnknown by its default.
  uint32_t stage = kNoStage;
  std::string text;  // What is written.
};

// All uses in the order of the file.
std::vector<StageUse> StageUses(const Facts& facts);

// The names, in lower case, that stages have and that anything in the file
// refers to, once for each stage and each image.
std::vector<std::string> NamesInUse(const Facts& facts);

// For each stage, whether its layers are in no image: others take files of it
// or of all that are based on it, and it is not the last one. A stage that
// nothing refers to is there to be built by its name.
std::vector<bool> StagesThatOnlyFeedOthers(const Facts& facts);

}  // namespace dfix

#endif  // DFIX_FACTS_STAGE_USE_H_
