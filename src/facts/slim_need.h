// Whether what a stage does works in the slim variant of its image.
#ifndef DFIX_FACTS_SLIM_NEED_H_
#define DFIX_FACTS_SLIM_NEED_H_

#include <cstdint>
#include <string>

#include "src/context/build_context.h"
#include "src/facts/facts.h"
#include "src/facts/slim_image.h"

namespace dfix {

struct SlimProblem {
  std::string text;                       // Empty if there is none.
  uint32_t instruction = kNoInstruction;  // The one to blame, if it is one.
};

// What in `stage` may not work in `variant` of its image. `context` may be
// null: then what only its files tell is a problem, but for sources.
SlimProblem WhyNotSlim(const Facts& facts, const BuildContext* context,
                       uint32_t stage, const SlimVariant& variant);

// The same of the last stage, which is based on no other one, without the RUNs
// up to instruction `cut` and without a look at sources.
SlimProblem WhyNotSlimBehind(const Facts& facts, const BuildContext* context,
                             uint32_t stage, const SlimVariant& variant,
                             uint32_t cut);

}  // namespace dfix

#endif  // DFIX_FACTS_SLIM_NEED_H_
