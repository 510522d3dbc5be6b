#include "src/equivalence/rules.h"

namespace dfix::equivalence {
namespace {

using Kind = DifferenceKind;

struct Rule {
  Effect effect;
  DifferenceKind kind;
  std::string (*why_not)(const Comparison& c, const Difference& d);
};

constexpr Rule kRules[] = {
    {Effect::kAddsFlag, Kind::kWordsChanged, rules::AddedWords},
    {Effect::kAddsPackages, Kind::kWordsChanged, rules::AddedWords},
    {Effect::kReordersPackages, Kind::kWordsChanged, rules::ReorderedWords},
    {Effect::kReplacesProgram, Kind::kWordsChanged, rules::ReplacedProgram},
    {Effect::kAddsRefresh, Kind::kCommandAdded, rules::AddedRefresh},
    {Effect::kAddsRefresh, Kind::kStepRemoved, rules::RemovedRefresh},
    {Effect::kAddsRefresh, Kind::kRunsMerged, rules::MergedRefresh},
    {Effect::kAddsCleanUp, Kind::kCommandAdded, rules::AddedCleanUp},
    {Effect::kSkipsCache, Kind::kWordsChanged, rules::SkippedCache},
    {Effect::kSkipsCache, Kind::kWordsChanged, rules::NeedlessWords},
    {Effect::kSkipsCache, Kind::kCommandRemoved, rules::NeedlessCommand},
    {Effect::kMergesRuns, Kind::kRunsMerged, rules::MergedRuns},
    {Effect::kMergesRuns, Kind::kCommandRemoved, rules::DroppedSet},
    {Effect::kMergesRuns, Kind::kCommandAdded, rules::HoistedSet},
    {Effect::kMergesRuns, Kind::kJoinChanged, rules::SplitChain},
    {Effect::kExecForm, Kind::kStepChanged, rules::ExecForm},
    {Effect::kExecForm, Kind::kConfiguration, rules::ExecConfiguration},
    {Effect::kRemovesDeadInstruction, Kind::kStepRemoved,
     rules::DeadInstruction},
    {Effect::kNamesStage, Kind::kStages, rules::NamedStage},
    {Effect::kRemovesUnusedStage, Kind::kStageRemoved, rules::UnusedStage},
    {Effect::kRemovesDefaultPlatform, Kind::kStages, rules::DefaultPlatform},
    {Effect::kLabelsMaintainer, Kind::kStepChanged, rules::LabeledMaintainer},
    {Effect::kLabelsMaintainer, Kind::kStepRemoved, rules::LabeledMaintainer},
    {Effect::kLabelsMaintainer, Kind::kStepAdded, rules::LabeledMaintainer},
    {Effect::kLabelsMaintainer, Kind::kConfiguration,
     rules::LabelConfiguration},
    {Effect::kMarksDirectory, Kind::kStepChanged, rules::MarkedDirectory},
    {Effect::kUsesCopy, Kind::kStepChanged, rules::CopyForAdd},
    {Effect::kAddsMount, Kind::kFlagsChanged, rules::AddedMount},
    {Effect::kAddsMount, Kind::kCommandRemoved, rules::KeptCache},
    {Effect::kAddsMount, Kind::kWordsChanged, rules::KeptCacheWords},
    {Effect::kAddsMount, Kind::kDirectives, rules::AddedSyntax},
    {Effect::kMovesCopies, Kind::kStepRemoved, rules::MovedCopy},
    {Effect::kMovesCopies, Kind::kStepAdded, rules::ArrivedCopy},
    {Effect::kMovesCopies, Kind::kRunSplit, rules::SplitRun},
    {Effect::kMovesCopies, Kind::kCommandAdded, rules::RepeatedDirectory},
    {Effect::kPartsInstall, Kind::kWordsChanged, rules::PartedInstall},
    {Effect::kPartsInstall, Kind::kCommandAdded, rules::PartedInstall},
    {Effect::kAddsUser, Kind::kStepAdded, rules::AddedUser},
    {Effect::kAddsUser, Kind::kCommandAdded, rules::GivenDirectory},
    {Effect::kAddsUser, Kind::kContextChanged, rules::RunByUser},
    {Effect::kAddsUser, Kind::kStepChanged, rules::DirectoryOfUser},
    {Effect::kAddsUser, Kind::kConfiguration, rules::UserConfiguration},
    {Effect::kChangesOwner, Kind::kStepChanged, rules::ChangedOwner},
    {Effect::kDropsSudo, Kind::kWordsChanged, rules::DroppedSudo},
    {Effect::kDropsSudo, Kind::kCommandChanged, rules::DroppedSudo},
    {Effect::kNumbersUser, Kind::kStepChanged, rules::NumberedUser},
    {Effect::kNumbersUser, Kind::kContextChanged, rules::NumberedUser},
    {Effect::kNumbersUser, Kind::kConfiguration, rules::NumberedUser},
    {Effect::kAddsMount, Kind::kCommandAdded, rules::KeptArchives},
    {Effect::kSplitsStage, Kind::kStages, rules::SplitStage},
    {Effect::kUsesSlimBase, Kind::kStages, rules::SlimBase},
    {Effect::kUsesRuntimeBase, Kind::kStages, rules::RuntimeBase},
};

}  // namespace

std::string WhyNotExplained(const Comparison& comparison,
                            const Difference& difference) {
  std::string reasons;
  for (const Rule& rule : kRules) {
    if (!comparison.effects.Has(rule.effect) || rule.kind != difference.kind) {
      continue;
    }
    const std::string reason = rule.why_not(comparison, difference);
    if (reason.empty()) return "";
    if (reasons.find(reason) != std::string::npos) continue;
    if (!reasons.empty()) reasons += "; ";
    reasons += reason;
  }
  return reasons.empty() ? "no declared effect is about it" : reasons;
}

const Step* PartnerOf(const Comparison& comparison, const Step& step) {
  for (const Difference& other : comparison.differences) {
    if (other.before.step == &step && other.after.step != nullptr) {
      return other.after.step;
    }
  }
  return nullptr;
}

}  // namespace dfix::equivalence
