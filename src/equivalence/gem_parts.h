// What the two parts of a stage have to do with gems that it installs.
#ifndef DFIX_EQUIVALENCE_GEM_PARTS_H_
#define DFIX_EQUIVALENCE_GEM_PARTS_H_

#include <string>

#include "src/equivalence/trace.h"

namespace dfix::equivalence {

// A stage that was split, by the indexes of the old one and of its parts.
struct SplitStages {
  const Trace& before;
  const Trace& after;
  uint32_t old;
  uint32_t build;
  uint32_t run;
};

// Whether a RUN of the second part only repeats calls of the old stage that
// write settings of Bundler, or renew RubyGems.
bool RepeatsGemSettings(const SplitStages& split, const Step& step);

// Why the second part does not have the gems that the first one installs, where
// and with the settings that programs find them by; empty if it has.
std::string WhyGemsAreMissing(const SplitStages& split);

// Whether a later COPY of the old stage brings what `copy` brings again, before
// a RUN reads it.
bool IsCopiedAgain(const SplitStages& split, const Step& copy);

}  // namespace dfix::equivalence

#endif  // DFIX_EQUIVALENCE_GEM_PARTS_H_
