#include "src/equivalence/align.h"

#include <algorithm>

namespace dfix::equivalence {
namespace {

using Pairs = std::vector<std::pair<uint32_t, uint32_t>>;

enum class Step : uint8_t { kPair, kRemove, kAdd };

}  // namespace

Pairs Align(uint32_t before, uint32_t after,
            const std::function<uint32_t(uint32_t, uint32_t)>& cost) {
  Pairs pairs;
  uint32_t first = 0;
  while (first < before && first < after && cost(first, first) == 0) {
    pairs.emplace_back(first, first);
    ++first;
  }
  uint32_t tail = 0;
  while (before - tail > first && after - tail > first &&
         cost(before - tail - 1, after - tail - 1) == 0) {
    ++tail;
  }
  const uint32_t rows = before - tail - first;
  const uint32_t columns = after - tail - first;
  // More than anybody changes at once: what is left has no partners.
  constexpr size_t kMostCells = 4'000'000;
  if (size_t{rows + 1} * (columns + 1) > kMostCells) {
    for (uint32_t i = 0; i < tail; ++i) {
      pairs.emplace_back(before - tail + i, after - tail + i);
    }
    return pairs;
  }
  // cheapest[i * width + j]: the cost of the rest from (i, j) on.
  const size_t width = columns + 1;
  std::vector<uint32_t> cheapest((rows + 1) * width);
  std::vector<Step> steps(cheapest.size(), Step::kAdd);
  for (uint32_t i = rows + 1; i-- > 0;) {
    for (uint32_t j = columns + 1; j-- > 0;) {
      const size_t at = i * width + j;
      if (i == rows) {
        cheapest[at] = (columns - j) * kGapCost;
        continue;
      }
      cheapest[at] = cheapest[at + width] + kGapCost;
      steps[at] = Step::kRemove;
      if (j == columns) continue;
      if (cheapest[at + 1] + kGapCost < cheapest[at]) {
        cheapest[at] = cheapest[at + 1] + kGapCost;
        steps[at] = Step::kAdd;
      }
      const uint32_t pair =
          cheapest[at + width + 1] + cost(first + i, first + j);
      if (pair <= cheapest[at]) {
        cheapest[at] = pair;
        steps[at] = Step::kPair;
      }
    }
  }
  for (uint32_t i = 0, j = 0; i < rows && j < columns;) {
    switch (steps[i * width + j]) {
      case Step::kPair:
        pairs.emplace_back(first + i++, first + j++);
        break;
      case Step::kRemove:
        ++i;
        break;
      case Step::kAdd:
        ++j;
        break;
    }
  }
  for (uint32_t i = 0; i < tail; ++i) {
    pairs.emplace_back(before - tail + i, after - tail + i);
  }
  return pairs;
}

}  // namespace dfix::equivalence
