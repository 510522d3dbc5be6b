// Transforms with bugs seeded in them.
//
// A mutant is a golden case of a transform with one text in the place of
// another: in what the transform makes of it, as if it joined with `;`, lost an
// instruction or swapped operands; or, where the transform leaves the file
// alone, in the file itself, as if the guard that the claim names were dropped.
// tests/golden holds the transforms to these files, so each mutant is a bug
// that they could have.
#ifndef DFIX_TESTS_EQUIVALENCE_MUTANTS_SUPPORT_H_
#define DFIX_TESTS_EQUIVALENCE_MUTANTS_SUPPORT_H_

#include <span>
#include <string_view>

namespace dfix {

struct Mutant {
  std::string_view transform;
  std::string_view claim;
  std::string_view bug;
  std::string_view text;
  std::string_view instead;
};

// Those of transforms that add, move or remove instructions and stages, or say
// who runs what.
std::span<const Mutant> StageMutants();

}  // namespace dfix

#endif  // DFIX_TESTS_EQUIVALENCE_MUTANTS_SUPPORT_H_
