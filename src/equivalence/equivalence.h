// Whether two Dockerfiles build the same, but for what the transform that made
// one of the other declares.
//
// Computed from the two documents alone; shares no code with what transforms
// know (src/facts) or do (src/transform).
#ifndef DFIX_EQUIVALENCE_EQUIVALENCE_H_
#define DFIX_EQUIVALENCE_EQUIVALENCE_H_

#include <string>

#include "src/equivalence/effects.h"
#include "src/equivalence/tables.h"
#include "src/equivalence/trace.h"
#include "src/syntax/document.h"

namespace dfix {

// The first difference between the two builds that none of `effects` explains,
// and why; empty if there is none. Both documents have no fatal errors.
std::string FindUnexplained(
    const equivalence::Trace& before, const equivalence::Trace& after,
    EffectSet effects,
    const equivalence::KnownTools& tools = equivalence::BuiltInTools());

// The same for documents of which no trace is at hand.
std::string FindUnexplained(const Document& before, const Document& after,
                            EffectSet effects);

}  // namespace dfix

#endif  // DFIX_EQUIVALENCE_EQUIVALENCE_H_
