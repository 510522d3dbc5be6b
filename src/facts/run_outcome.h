// What one RUN leaves behind, apart from files, that the builder undoes before
// the next one: processes, /etc/hosts, a directory that is gone, the shell
// itself. In one RUN with the first, the second would see it.
#ifndef DFIX_FACTS_RUN_OUTCOME_H_
#define DFIX_FACTS_RUN_OUTCOME_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "src/facts/facts.h"
#include "src/facts/run_work.h"

namespace dfix {

// Why the commands `second` would do something else in one RUN with `first`
// than in the next RUN, whatever shell state there is; empty if nothing is
// known. `instruction` is the RUN that `second` stands in.
std::string RunsApartProblem(const Facts& facts, uint32_t instruction,
                             const RunWork& first, const RunWork& second);

// Whether an operand of one of the commands has `path` in it.
bool MentionsPath(const RunWork& work, std::string_view path);

}  // namespace dfix

#endif  // DFIX_FACTS_RUN_OUTCOME_H_
