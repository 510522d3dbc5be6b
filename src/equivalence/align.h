// Which elements of two sequences correspond.
#ifndef DFIX_EQUIVALENCE_ALIGN_H_
#define DFIX_EQUIVALENCE_ALIGN_H_

#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

namespace dfix::equivalence {

// What it costs to take two elements for the same one; that one has gone or
// come costs kGapCost.
inline constexpr uint32_t kGapCost = 20;
inline constexpr uint32_t kUnlike = 1000;

// The pairs of the cheapest alignment of [0, before) and [0, after), in order.
// `cost(i, j)` is 0 for equal elements. Absent elements have no pair.
std::vector<std::pair<uint32_t, uint32_t>> Align(
    uint32_t before, uint32_t after,
    const std::function<uint32_t(uint32_t, uint32_t)>& cost);

}  // namespace dfix::equivalence

#endif  // DFIX_EQUIVALENCE_ALIGN_H_
