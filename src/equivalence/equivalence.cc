#include "src/equivalence/equivalence.h"

#include "src/equivalence/difference.h"
#include "src/equivalence/rules.h"

namespace dfix {
namespace equivalence {
namespace {

std::string Quote(const Trace& trace, const Place& place) {
  constexpr size_t kLongest = 80;
  std::string text = place.frames.empty() ? DescribeStep(trace, *place.step)
                                          : Render(place.item());
  if (text.size() > kLongest) {
    text.resize(kLongest);
    while (!text.empty() && (text.back() & 0xc0) == 0x80) text.pop_back();
    text += "...";
  }
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < ' ') c = ' ';
  }
  return "`" + text + "`";
}

std::string Describe(const Comparison& c, const Difference& d) {
  const auto before = [&] { return Quote(c.before, d.before); };
  const auto after = [&] { return Quote(c.after, d.after); };
  switch (d.kind) {
    case DifferenceKind::kDirectives:
      return "the directives at the top differ";
    case DifferenceKind::kStages:
      return "the stages differ";
    case DifferenceKind::kStageRemoved:
      return "the stage from `" + c.before.stages()[d.stage].base + "` is gone";
    case DifferenceKind::kStepAdded:
    case DifferenceKind::kCommandAdded:
      return after() + " is added";
    case DifferenceKind::kStepRemoved:
    case DifferenceKind::kCommandRemoved:
      return before() + " is gone";
    case DifferenceKind::kStepChanged:
    case DifferenceKind::kCommandChanged:
    case DifferenceKind::kWordsChanged:
      return before() + " becomes " + after();
    case DifferenceKind::kContextChanged:
      return after() + " finds another shell, user, directory or variable";
    case DifferenceKind::kFlagsChanged:
      return after() + " has other flags";
    case DifferenceKind::kJoinChanged:
      return after() + " is joined in another way";
    case DifferenceKind::kRunsMerged:
      return after() + " has no RUN of its own any more";
    case DifferenceKind::kRunSplit:
      return after() + " has a RUN of its own now";
    case DifferenceKind::kConfiguration:
      return "the image's configuration differs in " + d.name;
  }
  return "";
}

}  // namespace
}  // namespace equivalence

std::string_view EffectName(Effect effect) {
  constexpr std::string_view kNames[] = {"adds-flag",
                                         "adds-packages",
                                         "reorders-packages",
                                         "replaces-program",
                                         "adds-refresh",
                                         "adds-clean-up",
                                         "skips-cache",
                                         "merges-runs",
                                         "exec-form",
                                         "removes-dead-instruction",
                                         "adds-mount",
                                         "names-stage",
                                         "removes-unused-stage",
                                         "removes-default-platform",
                                         "labels-maintainer",
                                         "marks-directory",
                                         "uses-copy",
                                         "moves-copies",
                                         "adds-user",
                                         "changes-owner",
                                         "splits-stage",
                                         "uses-slim-base",
                                         "drops-sudo",
                                         "numbers-user",
                                         "parts-install",
                                         "uses-runtime-base"};
  static_assert(std::size(kNames) == kEffectCount);
  return kNames[static_cast<uint8_t>(effect)];
}

std::string FindUnexplained(const equivalence::Trace& before,
                            const equivalence::Trace& after, EffectSet effects,
                            const equivalence::KnownTools& tools) {
  const equivalence::Comparison comparison{
      before, after, equivalence::FindDifferences(before, after), effects,
      tools};
  for (const equivalence::Difference& difference : comparison.differences) {
    const std::string reason = WhyNotExplained(comparison, difference);
    if (!reason.empty()) {
      return equivalence::Describe(comparison, difference) + ": " + reason;
    }
  }
  return "";
}

std::string FindUnexplained(const Document& before, const Document& after,
                            EffectSet effects) {
  return FindUnexplained(equivalence::Trace(before), equivalence::Trace(after),
                         effects);
}

}  // namespace dfix
