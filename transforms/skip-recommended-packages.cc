#include <algorithm>
#include <string>
#include <vector>

#include "src/facts/call_traits.h"
#include "src/facts/layout.h"
#include "src/facts/recommended.h"
#include "src/shell/words.h"
#include "src/transform/package_options.h"
#include "src/transform/sink.h"
#include "src/transform/transform.h"

namespace dfix::transforms {
namespace {

bool HasOption(const Document& document, const PackageCommand& call,
               std::string_view text) {
  return std::any_of(
      call.options.begin(), call.options.end(),
      [&](NodeId option) { return WordIs(document, option, text); });
}

bool Applies(const Document& document, const PackageCommand& call) {
  const AddedOption& option = call.manager->skip_optional;
  if (option.text.empty() || call.verb != PackageVerb::kInstall ||
      call.traits.Has(CallTrait::kSkipsOptional) ||
      call.traits.Has(CallTrait::kOnlySimulates)) {
    return false;
  }
  if (call.operands.empty() && !call.operands_unknown) return false;
  if (HasOption(document, call, "--only-upgrade")) return false;
  return option.verbs.empty() ||
         std::any_of(option.verbs.begin(), option.verbs.end(),
                     [&](std::string_view verb) {
                       return call.verb_word != kNoNode &&
                              WordIs(document, call.verb_word, verb);
                     });
}

// Whether the layer is in the image that the file builds by default.
bool IsShipped(const Facts& facts, const PackageCommand& call) {
  const InstructionFacts& run = facts.instructions()[call.instruction];
  return run.onbuild || facts.stages()[run.stage].shipped;
}

std::string Message(std::string_view flag, bool shipped,
                    const std::vector<NeededPackage>& needed) {
  std::string message = "add `" + std::string(flag) +
                        "`: recommended packages that nobody asked for make "
                        "the " +
                        (shipped ? "image larger" : "build slower");
  for (const NeededPackage& need : needed) {
    message += "; name `" + std::string(need.package) +
               "`, which no longer comes with `" + std::string(need.by) +
               "`, " + std::string(need.why);
  }
  return message;
}

// What changes before this one add: those that are made at level review, and
// all.
struct Added {
  std::vector<AddedPackage> certain;
  std::vector<AddedPackage> all;
};

void RewriteApt(const Input& input, Sink& sink, const PackageCommand& call,
                AptBuilds& builds, Added& added) {
  RecommendedAnalysis analysis =
      AnalyseRecommended(builds, call, added.certain);
  if (!analysis.unknown.empty()) {
    analysis = AnalyseRecommended(builds, call, added.all);
  }
  std::string obstacle = RecommendedObstacle(input.facts, call, analysis);
  if (!obstacle.empty()) {
    return sink.LeaveAlone(call.program, std::move(obstacle));
  }
  const std::string_view flag = call.manager->skip_optional.text;
  std::string message =
      Message(flag, IsShipped(input.facts, call), analysis.needed);
  Level level = call.manager->skip_optional.level;
  for (const NeededPackage& need : analysis.needed) {
    added.all.push_back({call.instruction, need.package});
    if (analysis.unknown.empty()) {
      added.certain.push_back({call.instruction, need.package});
    }
  }
  if (!analysis.unknown.empty()) {
    level = Level::kBold;
    message += "; " + analysis.unknown;
  }
  sink.Propose(
      call.program, level, std::move(message), [&](ChangeWriter& change) {
        change.InsertWordAfter(OptionPlace(input.document, call), flag);
        std::vector<ListItem> items;
        for (const NeededPackage& need : analysis.needed) {
          items.push_back({std::string(need.package), need.beside});
        }
        if (!items.empty()) change.AddToList(call.operands, items);
      });
}

// Of other managers nobody has listed what matters.
void RewriteOther(const Input& input, Sink& sink, const PackageCommand& call) {
  const AddedOption& option = call.manager->skip_optional;
  if (IsOnOldImage(input.facts, call)) {
    return sink.LeaveAlone(call.program,
                           "the version that the image has does not know `" +
                               std::string(option.text) + "`");
  }
  if (HasOption(input.document, call, "pattern")) {
    return sink.LeaveAlone(call.program,
                           "the parts of a pattern are recommended packages");
  }
  std::string message = "add `" + std::string(option.text) + "`: ";
  message += option.level == Level::kBold
                 ? std::string("packages that nobody asked for make the ") +
                       (IsShipped(input.facts, call) ? "image larger; "
                                                     : "build slower; ") +
                       "whether something needs them is not known"
                 : "documentation that nobody reads in an image makes it "
                   "larger";
  sink.Propose(call.program, option.level, std::move(message),
               [&](ChangeWriter& change) { AddOption(call, option, change); });
}

void Rewrite(const Input& input, Sink& sink, const PackageCommand& call,
             AptBuilds& builds, Added& added) {
  constexpr std::string_view kPhrases[] = {"recommend", "weak dep"};
  const NodeId run = input.facts.instructions()[call.instruction].node;
  if (CommentMentions(input.document, run, kPhrases)) {
    return sink.LeaveAlone(call.program,
                           "a comment here speaks of recommended packages");
  }
  const std::string source =
      TraitSource(input.facts, call, CallTrait::kSkipsOptional);
  if (!source.empty()) {
    return sink.LeaveAlone(call.program, source + " for recommended packages");
  }
  if (!IsApt(*call.manager)) return RewriteOther(input, sink, call);
  RewriteApt(input, sink, call, builds, added);
}

void Run(const Input& input, Sink& sink) {
  LeaveAptStringsAlone(input, sink);
  AptBuilds builds(input.facts);
  Added added;
  for (const PackageCommand& call : input.facts.package_commands()) {
    if (Applies(input.document, call)) {
      Rewrite(input, sink, call, builds, added);
    }
  }
}

}  // namespace

extern const Transform kSkipRecommendedPackages;
const Transform kSkipRecommendedPackages = {
    .id = "skip-recommended-packages",
    .title = "Install what is named, without recommended packages",
    .why =
        "apt installs recommended packages too: often several times the "
        "size of what was asked for. `--no-install-recommends` leaves them "
        "out. Where a recommended package is known to be needed, such as "
        "`ca-certificates` for `curl`, it is named in the same change. `dnf`, "
        "`microdnf` and `zypper` do likewise; `gem install` brings "
        "documentation.",
    .level = Level::kReview,
    .phase = Phase::kContent,
    .rank = 30,
    .aliases = {"DL3015"},
    .effects = {Effect::kAddsFlag, Effect::kAddsPackages},
    .before =
        "FROM debian:12\n"
        "RUN apt-get update && apt-get install -y curl\n",
    .after =
        "FROM debian:12\n"
        "RUN apt-get update && apt-get install -y "
        "--no-install-recommends curl ca-certificates\n",
    .left_alone =
        "Packages whose point is what they recommend (desktops, "
        "TeX, `python3-pip` before a `pip install` that may "
        "compile); where apt is configured for it already. Packages "
        "in variables that the file does not set, in `.deb` files or from "
        "package sources that the build adds, and other managers, of whose "
        "packages no list says what they need: level bold. Images that are "
        "configured so already, such as `opensuse/leap` and `ruby`.",
    .run = Run,
};

}  // namespace dfix::transforms
