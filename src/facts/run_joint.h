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

enum class JointKind : uint8_t {
  kChain,     // `a && b`
  kSequence,  // `set -e; a; b`: statements, of which each ends it by failing.
  kHeredoc,   // The same as lines of one heredoc.
};

struct RunJoint {
  std::string problem;  // Why not; then the rest means nothing.
  // Why it is exact, but hard to read; else empty.
  std::string unclear;
  JointKind kind = JointKind::kChain;
  bool first_in_subshell = false;
  bool second_in_subshell = false;
  // The `set` at the begin of the second that the first has, too, or gets: a
  // statement of a sequence, a pipeline of a chain. Else kNoNode.
  NodeId dropped = kNoNode;
  // The `set` that the whole sequence begins with: the statement of the RUN
  // that has it.
  NodeId leading_set = kNoNode;
  // The second is a chain that becomes statements; or it ends the sequence as
  // it is, and nothing can come behind it.
  bool splits_second = false;
};

// `first` and `second` are indexes of RUNs in shell form that follow each
// other. `leading_set` is that of the sequence that `first` is part of by now,
// or kNoNode.
RunJoint JointOf(const Facts& facts, uint32_t first, uint32_t second,
                 NodeId leading_set);

// Why RUN `run`, a chain, cannot be statements behind `leading_set`; else
// empty.
std::string SplitProblem(const Facts& facts, uint32_t run, NodeId leading_set);

// Why variables that RUN `first` sets would not be harmless for RUN `second`
// in the same shell; empty if they would be. For RUNs that do not follow each
// other directly.
std::string VariableProblem(const Facts& facts, uint32_t first,
                            uint32_t second);

}  // namespace dfix

#endif  // DFIX_FACTS_RUN_JOINT_H_
