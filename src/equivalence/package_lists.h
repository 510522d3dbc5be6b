// Package lists that one step downloads and later ones need, along a stage and
// the stages that are based on it.
#ifndef DFIX_EQUIVALENCE_PACKAGE_LISTS_H_
#define DFIX_EQUIVALENCE_PACKAGE_LISTS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "src/equivalence/script.h"
#include "src/equivalence/tables.h"
#include "src/equivalence/trace.h"

namespace dfix::equivalence {

enum class ListsEvent : uint8_t {
  kNone,
  kRefresh,
  kUse,
  kPurge,
  kMaybe,         // A script that nobody reads: it may use or refresh.
  kMaybeRefresh,  // Needs none, and may refresh.
};

// What a simple command does to the lists of `manager`.
ListsEvent EventOf(const ListManager& manager, const Command& command);

// Whether the lists are needed after `command` of step `step` (null: after the
// whole step), before they are downloaded again: by whom, or empty. `strict`
// takes what may need them for what does.
std::string NeedAfter(const Trace& trace, const ListManager& manager,
                      uint32_t step, const Command* command, bool strict);

// Whether the step downloads the lists itself before it uses them.
bool RefreshesFirst(const Trace& trace, const ListManager& manager,
                    const Step& step);

// Whether the step leaves no lists in the image: the last that it does to them
// is to remove them all.
bool LeavesNone(const Trace& trace, const ListManager& manager,
                const Step& step);

// Whether a path is `directory` or lies in it.
bool IsInside(std::string_view path, std::string_view directory);

// Whether a mount of the step hides `directory`, lies in it, or may. A target
// below the working directory may, unless the caller knows better: a project is
// in no home directory.
bool MayBeMounted(const Step& step, std::string_view directory,
                  bool by_relative_targets = true);

}  // namespace dfix::equivalence

#endif  // DFIX_EQUIVALENCE_PACKAGE_LISTS_H_
