// The levels of changes, which tables of knowledge name, too.
#ifndef DFIX_FACTS_LEVEL_H_
#define DFIX_FACTS_LEVEL_H_

#include <cstdint>

namespace dfix {

// How much a change asks of the person who accepts it; see README "Levels".
enum class Level : uint8_t { kSafe, kReview, kBold, kAdvice };

}  // namespace dfix

#endif  // DFIX_FACTS_LEVEL_H_
