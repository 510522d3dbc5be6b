// What a RUN of root leaves behind that only root can use: files in its home
// directory, files that nobody else may read, services that work as root.
#ifndef DFIX_FACTS_RUN_NEEDS_H_
#define DFIX_FACTS_RUN_NEEDS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "src/facts/facts.h"

namespace dfix {

struct RunNeed {
  std::string reason;
  bool certain;  // Else a person must say whether it matters.
};

// What RUN `index` of `stage`'s chain leaves behind. Empty if it does nothing
// but what is known to serve every user alike.
std::vector<RunNeed> FindRunNeeds(const Facts& facts, uint32_t stage,
                                  uint32_t index);

}  // namespace dfix

#endif  // DFIX_FACTS_RUN_NEEDS_H_
