// Stages that run what is built elsewhere, on an image to build with.
//
// Left out: stages that build themselves (stage_split.h).
#ifndef DFIX_FACTS_LEANER_BASE_H_
#define DFIX_FACTS_LEANER_BASE_H_

#include <cstdint>
#include <span>
#include <string>

#include "src/context/build_context.h"
#include "src/facts/facts.h"
#include "src/facts/runtime_base.h"

namespace dfix {

struct LeanerBase {
  bool applies = false;  // Else nothing is to be said about the stage.
  std::string image;     // What it could begin with.
  std::string message;   // What begins with that, and what to make sure of.
  // Why it cannot, and the instruction to blame; empty if it can.
  std::string problem;
  uint32_t problem_at = kNoInstruction;
};

// Which image of `images` the stage could begin with that only runs its
// program of Java or .NET. `context` may be null, here and below.
LeanerBase FindLeanerBase(const Facts& facts, const BuildContext* context,
                          uint32_t stage, std::span<const RuntimeEntry> images);

// The same for a stage on an image of Go, Rust or GCC whose program an earlier
// stage on such an image compiles.
LeanerBase FindCompiledBase(const Facts& facts, const BuildContext* context,
                            uint32_t stage,
                            std::span<const RuntimeEntry> images);

}  // namespace dfix

#endif  // DFIX_FACTS_LEANER_BASE_H_
