// A table that is made at run time, from a configuration file, with all that
// its rows point at.
//
// Invariant: what a row points at lives as long as a table that has the row.
#ifndef DFIX_FACTS_OWN_TABLE_H_
#define DFIX_FACTS_OWN_TABLE_H_

#include <algorithm>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "src/facts/package_manager.h"
#include "src/facts/runtime_base.h"

namespace dfix {

// Whether an entry stands in the place of another one.
inline bool Replaces(const PackageManager& upper, const PackageManager& lower) {
  return upper.name == lower.name;
}

// `Row` has a function `Replaces(upper, lower)`, which says whether the first
// stands in the place of the second.
template <typename Row>
class OwnTable {
 public:
  std::span<const Row> rows() const { return rows_; }
  bool empty() const { return rows_.empty(); }

  void Add(Row row) { rows_.push_back(std::move(row)); }

  // Keeps a text or a list that rows are to point at.
  std::string_view Keep(std::string text) {
    const auto kept = std::make_shared<const std::string>(std::move(text));
    stored_.push_back(kept);
    return *kept;
  }
  template <typename Item>
  std::span<const Item> Keep(std::vector<Item> items) {
    if (items.empty()) return {};
    const auto kept =
        std::make_shared<const std::vector<Item>>(std::move(items));
    stored_.push_back(kept);
    return *kept;
  }

  // Adds the rows of `lower` behind its own, but for those that its own
  // replace.
  void PutOnTopOf(const OwnTable& lower) {
    PutOnTopOf(lower.rows());
    stored_.insert(stored_.end(), lower.stored_.begin(), lower.stored_.end());
  }
  // Likewise for rows that outlive it.
  void PutOnTopOf(std::span<const Row> lower) {
    const size_t own = rows_.size();
    for (const Row& row : lower) {
      const auto end = rows_.begin() + static_cast<std::ptrdiff_t>(own);
      const bool has = std::any_of(rows_.begin(), end, [&](const Row& upper) {
        return Replaces(upper, row);
      });
      if (!has) rows_.push_back(row);
    }
  }

 private:
  std::vector<Row> rows_;
  std::vector<std::shared_ptr<const void>> stored_;
};

using ManagerTable = OwnTable<PackageManager>;
using RuntimeEntryTable = OwnTable<RuntimeEntry>;

}  // namespace dfix

#endif  // DFIX_FACTS_OWN_TABLE_H_
