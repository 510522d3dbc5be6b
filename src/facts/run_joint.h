// How the scripts of two adjacent RUNs can be one, so that every command runs
// or does not run, and finds the same shell, as when each had its own.
//
// Left out: whether that is wanted, and what RUNs do outside of their shells
// (run_outcome.h).
#ifndef DFIX_FACTS_RUN_JOINT_H_
#define DFIX_FACTS_RUN_JOINT_H_

#include <cstdint>
#include <string>

#include "src/facts/facts.h"

namespace dfix {

struct RunJoint {
  std::string problem;  // Why not; then the rest means nothing.
  bool first_in_subshell = false;
  bool second_in_subshell = false;
  // Both begin with the same `set -e...;`: one sequence, joined by `;`, of
  // which the second loses this statement. Else they are joined by `&&`.
  NodeId dropped = kNoNode;
};

// `first` and `second` are indexes of RUNs in shell form that follow each
// other.
RunJoint JointOf(const Facts& facts, uint32_t first, uint32_t second);

// Why variables that RUN `first` sets would not be harmless for RUN `second`
// in the same shell; empty if they would be. For RUNs that do not follow each
// other directly.
std::string VariableProblem(const Facts& facts, uint32_t first,
                            uint32_t second);

}  // namespace dfix

#endif  // DFIX_FACTS_RUN_JOINT_H_
