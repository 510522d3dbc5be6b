#include "src/text/nearest.h"

#include <algorithm>
#include <cctype>
#include <vector>

namespace dfix {
namespace {

// How many letters must be inserted, removed, replaced or swapped with their
// neighbour to get from one name to the other, whatever their case.
size_t Distance(std::string_view a, std::string_view b) {
  std::vector<size_t> before_last(b.size() + 1);
  std::vector<size_t> last(b.size() + 1);
  std::vector<size_t> row(b.size() + 1);
  const auto same = [&](size_t i, size_t j) {
    return std::tolower(static_cast<unsigned char>(a[i - 1])) ==
           std::tolower(static_cast<unsigned char>(b[j - 1]));
  };
  for (size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    std::swap(before_last, last);
    std::swap(last, row);
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min(
          {last[j] + 1, row[j - 1] + 1, last[j - 1] + (same(i, j) ? 0 : 1)});
      if (i > 1 && j > 1 && same(i, j - 1) && same(i - 1, j)) {
        row[j] = std::min(row[j], before_last[j - 2] + 1);
      }
    }
  }
  return row[b.size()];
}

}  // namespace

std::optional<std::string_view> NearestName(
    std::string_view name, std::span<const std::string_view> known) {
  std::optional<std::string_view> nearest;
  size_t limit = name.size() / 3 + 2;  // Not as far as this.
  for (const std::string_view candidate : known) {
    const size_t distance = candidate.starts_with(name) && name.size() > 2
                                ? 1
                                : Distance(name, candidate);
    if (distance < limit) {
      limit = distance;
      nearest = candidate;
    }
  }
  return nearest;
}

std::string UnknownName(std::string_view thing, std::string_view name,
                        std::span<const std::string_view> known,
                        std::string_view otherwise) {
  std::string text =
      "unknown " + std::string(thing) + " `" + std::string(name) + '`';
  if (const auto nearest = NearestName(name, known)) {
    return text + "; did you mean `" + std::string(*nearest) + "`?";
  }
  return text += otherwise;
}

}  // namespace dfix
