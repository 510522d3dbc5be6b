// The packages of an install as a list that can be put in order.
#ifndef DFIX_TRANSFORM_PACKAGE_LIST_H_
#define DFIX_TRANSFORM_PACKAGE_LIST_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "src/facts/facts.h"

namespace dfix {

// What is between a word and the one before it: the nearest that counts.
enum class Above : uint8_t { kSameLine, kNothing, kComment, kBlankLine };

struct PackageList {
  std::vector<NodeId> words;
  std::vector<std::string_view> texts;  // Without quotes around them.
  std::vector<Above> above;
};

// The operands of `call`.
PackageList PackageListOf(const Document& document, const PackageCommand& call);

// Whether there are several, and each, or each but the first, has a line.
bool HasLineEach(const PackageList& list);

// Whether there are several, and all are on the line of what is before them.
bool IsOnOneLine(const PackageList& list);

// Whether the list is in order: all of it, or each of the groups that blank
// lines and comments about more than one word make.
bool IsSorted(const PackageList& list);

// Why the list cannot be put in another order, or empty.
std::string SortingObstacle(const Document& document,
                            const PackageCommand& call,
                            const PackageList& list);

// The same words, in order.
std::vector<NodeId> Sorted(const PackageList& list);

}  // namespace dfix

#endif  // DFIX_TRANSFORM_PACKAGE_LIST_H_
