// The slim variants of official images, and what they lack.
#ifndef DFIX_FACTS_SLIM_IMAGE_H_
#define DFIX_FACTS_SLIM_IMAGE_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "src/context/build_context.h"
#include "src/facts/facts.h"

namespace dfix {

// The reference to the slim variant of an official image that is not slim yet;
// empty if there is none, or the tag is not of the known form.
std::string SlimVariant(std::string_view reference);

// Why what the instructions of a stage do may not work in the slim variant of
// its image, and the instruction; empty if all of it is known to work.
struct SlimProblem {
  std::string text;
  uint32_t instruction = kNoInstruction;
};
SlimProblem WhyNotSlim(const Facts& facts, const BuildContext* context,
                       uint32_t stage);

}  // namespace dfix

#endif  // DFIX_FACTS_SLIM_IMAGE_H_
