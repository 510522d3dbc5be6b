// Stages that run what is built elsewhere, on an image to build with.
//
// Left out: stages that build themselves (stage_split.h).
#ifndef DFIX_FACTS_LEANER_BASE_H_
#define DFIX_FACTS_LEANER_BASE_H_

#include <cstdint>
#include <string>

#include "src/context/build_context.h"
#include "src/facts/facts.h"

namespace dfix {

struct LeanerBase {
  bool applies = false;  // Else nothing is to be said about the stage.
  std::string image;     // What it could begin with.
  // Why it cannot, and the instruction to blame; empty if it can.
  std::string problem;
  uint32_t problem_at = kNoInstruction;
};

// Which image the stage could begin with that only runs its program: one for
// Java or .NET. `context` may be null.
LeanerBase FindLeanerBase(const Facts& facts, const BuildContext* context,
                          uint32_t stage);

}  // namespace dfix

#endif  // DFIX_FACTS_LEANER_BASE_H_
