// What the steps of a build do with the caches of tables.h.
#ifndef DFIX_EQUIVALENCE_CACHES_H_
#define DFIX_EQUIVALENCE_CACHES_H_

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "src/equivalence/calls.h"
#include "src/equivalence/tables.h"
#include "src/equivalence/trace.h"

namespace dfix::equivalence {

// Calls `visit` with each of the words of `list`, which blanks separate.
template <typename Visit>
void ForEachWord(std::string_view list, Visit visit) {
  while (!list.empty()) {
    const size_t end = std::min(list.find(' '), list.size());
    visit(list.substr(0, end));
    list.remove_prefix(std::min(list.size(), end + 1));
  }
}

// Whether `path`, of whoever's home, is `directory` of a table or in it.
bool IsInCache(std::string_view path, std::string_view directory);
bool IsInCache(const Cache& cache, std::string_view path);

// Whether a mount of the step may have the cache, or a part of it.
bool MayBeMounted(const Step& step, const Cache& cache);

// The commands of a step that call one of the cache's programs.
std::vector<Call> CallsOf(const Trace& trace, const Step& step,
                          const Cache& cache);
bool Fills(const Cache& cache, const Call& call);

// Whether one of the call's options, without what follows `=`, is one of
// `options`.
bool HasAnyOption(const Call& call, std::string_view options);

// Whether stage `index` is `ancestor`, or based on it.
bool IsBasedOn(const Trace& trace, uint32_t index, uint32_t ancestor);

// Who reads the cache after step `index`: a call that takes packages from
// nowhere else, or a COPY; empty if nobody does.
std::string WhoReads(const Trace& trace, const Cache& cache, uint32_t index);

// The manager of ListManagers of that name; null if there is none.
const ListManager* ManagerByName(std::string_view name);

// The words of a command from `first` on, as a shell reads them.
std::string WordsFrom(const Command& command, size_t first);

// Why `set -e`, which is on at `place`, does not end the RUN where the item
// before that fails; empty if it does.
std::string WhyErrexitMissesFailure(const Place& place);

// Why the status of what is around the command at `place`, which succeeds, is
// another one without it; empty if it is not.
std::string WhyNotRemovable(const Trace& trace, const Place& place);

// The words of `before` that are not in `after`; absent if that has others.
std::optional<std::vector<size_t>> RemovedWords(const Command& before,
                                                const Command& after);

}  // namespace dfix::equivalence

#endif  // DFIX_EQUIVALENCE_CACHES_H_
