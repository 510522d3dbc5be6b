// A table of package managers that is made at run time, with all that its rows
// point at.
//
// Invariant: what a row points at lives as long as a table that has the row.
#ifndef DFIX_FACTS_MANAGER_TABLE_H_
#define DFIX_FACTS_MANAGER_TABLE_H_

#include <algorithm>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "src/facts/package_manager.h"

namespace dfix {

class ManagerTable {
 public:
  std::span<const PackageManager> managers() const { return managers_; }
  bool empty() const { return managers_.empty(); }

  void Add(PackageManager manager) { managers_.push_back(std::move(manager)); }

  // Keeps a text or a list that rows are to point at.
  std::string_view Keep(std::string text) {
    const auto kept = std::make_shared<const std::string>(std::move(text));
    stored_.push_back(kept);
    return *kept;
  }
  template <typename Row>
  std::span<const Row> Keep(std::vector<Row> rows) {
    if (rows.empty()) return {};
    const auto kept = std::make_shared<const std::vector<Row>>(std::move(rows));
    stored_.push_back(kept);
    return *kept;
  }

  // Adds the managers of `lower` behind its own, but for those whose names it
  // has: its own stand in their place.
  void PutOnTopOf(const ManagerTable& lower) {
    PutOnTopOf(lower.managers_);
    stored_.insert(stored_.end(), lower.stored_.begin(), lower.stored_.end());
  }
  // Likewise for managers that outlive it.
  void PutOnTopOf(std::span<const PackageManager> lower) {
    const size_t own = managers_.size();
    for (const PackageManager& manager : lower) {
      const auto end = managers_.begin() + static_cast<std::ptrdiff_t>(own);
      const bool has = std::any_of(
          managers_.begin(), end,
          [&](const PackageManager& m) { return m.name == manager.name; });
      if (!has) managers_.push_back(manager);
    }
  }

 private:
  std::vector<PackageManager> managers_;
  std::vector<std::shared_ptr<const void>> stored_;
};

}  // namespace dfix

#endif  // DFIX_FACTS_MANAGER_TABLE_H_
