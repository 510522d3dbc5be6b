// When a difference between two traces is what an effect promises, and nothing
// else. Each rule asks the traces, not the transform.
#ifndef DFIX_EQUIVALENCE_RULES_H_
#define DFIX_EQUIVALENCE_RULES_H_

#include <optional>
#include <string>
#include <vector>

#include "src/equivalence/difference.h"
#include "src/equivalence/effects.h"
#include "src/equivalence/tables.h"
#include "src/equivalence/trace.h"

namespace dfix::equivalence {

// Two traces, all that differs between them, and what may.
struct Comparison {
  const Trace& before;
  const Trace& after;
  std::vector<Difference> differences;
  EffectSet effects;
  const KnownTools& tools = BuiltInTools();
};

// Why `difference` is none that an effect of the comparison allows; empty if it
// is one.
std::string WhyNotExplained(const Comparison& comparison,
                            const Difference& difference);

// The step of the trace after that has what is around a command of `step`; null
// if nothing is told of one.
const Step* PartnerOf(const Comparison& comparison, const Step& step);

// The rules, one for each kind of difference that an effect makes. Each returns
// why the difference is not legitimate, or nothing if it is.
namespace rules {

// One of the two commands that were one `composer install`: that without its
// scripts and the autoloader, and what writes that instead; kPartsInstall.
std::string PartedInstall(const Comparison& c, const Difference& d);
// Options and packages that are added to a command; kAddsFlag, kAddsPackages.
std::string AddedWords(const Comparison& c, const Difference& d);
std::string ReorderedWords(const Comparison& c, const Difference& d);
std::string ReplacedProgram(const Comparison& c, const Difference& d);
std::string AddedRefresh(const Comparison& c, const Difference& d);
std::string RemovedRefresh(const Comparison& c, const Difference& d);
// A refresh in front of what needs it joins that in one RUN.
std::string MergedRefresh(const Comparison& c, const Difference& d);
std::string AddedCleanUp(const Comparison& c, const Difference& d);
// A call gets the option that keeps its cache empty; what filled or emptied
// that by hand goes.
std::string SkippedCache(const Comparison& c, const Difference& d);
std::string NeedlessCommand(const Comparison& c, const Difference& d);
std::string NeedlessWords(const Comparison& c, const Difference& d);
std::string MergedRuns(const Comparison& c, const Difference& d);
// The second `set -e` of two RUNs that are one now.
std::string DroppedSet(const Comparison& c, const Difference& d);
// That of a later RUN comes first; what was `a && b` becomes statements.
std::string HoistedSet(const Comparison& c, const Difference& d);
std::string SplitChain(const Comparison& c, const Difference& d);
// Why the items of `list`, joined by `&&`, from `end` on do not do the same in
// a RUN of their own; those before `begin` are in that, too.
std::string WhyNotApart(const Context& context, const List& list,
                        uint32_t begin, uint32_t end);
std::string ExecForm(const Comparison& c, const Difference& d);
std::string ExecWord(const Comparison& c, const Difference& d);
// The configuration that another rule has looked at already.
std::string ExecConfiguration(const Comparison& c, const Difference& d);
std::string DeadInstruction(const Comparison& c, const Difference& d);
// Stages and single instructions.
std::string NamedStage(const Comparison& c, const Difference& d);
std::string UnusedStage(const Comparison& c, const Difference& d);
std::string DefaultPlatform(const Comparison& c, const Difference& d);
std::string LabeledMaintainer(const Comparison& c, const Difference& d);
std::string LabelConfiguration(const Comparison& c, const Difference& d);
std::string MarkedDirectory(const Comparison& c, const Difference& d);
std::string CopyForAdd(const Comparison& c, const Difference& d);
std::string AddedMount(const Comparison& c, const Difference& d);
// A clean-up or an option goes that left a cache empty which is in a mount now.
std::string KeptCache(const Comparison& c, const Difference& d);
std::string KeptCacheWords(const Comparison& c, const Difference& d);
std::string AddedSyntax(const Comparison& c, const Difference& d);
// A COPY that moves down, and those of single files that stay in its place.
std::string MovedCopy(const Comparison& c, const Difference& d);
std::string ArrivedCopy(const Comparison& c, const Difference& d);
std::string SplitRun(const Comparison& c, const Difference& d);
std::string RepeatedDirectory(const Comparison& c, const Difference& d);
// Who runs what, and whom files belong to.
std::string AddedUser(const Comparison& c, const Difference& d);
std::string GivenDirectory(const Comparison& c, const Difference& d);
std::string RunByUser(const Comparison& c, const Difference& d);
std::string DirectoryOfUser(const Comparison& c, const Difference& d);
std::string UserConfiguration(const Comparison& c, const Difference& d);
std::string ChangedOwner(const Comparison& c, const Difference& d);
std::string DroppedSudo(const Comparison& c, const Difference& d);
std::string NumberedUser(const Comparison& c, const Difference& d);
// What makes Debian's images remove the archives in a cache goes.
std::string KeptArchives(const Comparison& c, const Difference& d);
std::string SplitStage(const Comparison& c, const Difference& d);
std::string SlimBase(const Comparison& c, const Difference& d);
std::string RuntimeBase(const Comparison& c, const Difference& d);

}  // namespace rules
}  // namespace dfix::equivalence

#endif  // DFIX_EQUIVALENCE_RULES_H_
