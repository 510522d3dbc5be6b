#include <algorithm>
#include <string>
#include <vector>

#include "src/facts/layout.h"
#include "src/facts/recommended.h"
#include "src/shell/words.h"
#include "src/transform/apt.h"
#include "src/transform/sink.h"
#include "src/transform/transform.h"

namespace dfix::transforms {
namespace {

// Naming more than that is no improvement that a reader would want.
constexpr size_t kMostAdditions = 4;

// Whether a later command of the same RUN removes packages again.
bool RemovesLater(const Facts& facts, const PackageCommand& call) {
  return std::any_of(
      facts.package_commands().begin(), facts.package_commands().end(),
      [&](const PackageCommand& other) {
        return other.instruction == call.instruction && IsApt(*other.manager) &&
               other.verb == PackageVerb::kRemove &&
               Index(other.command) > Index(call.command);
      });
}

bool Applies(const Document& document, const PackageCommand& call) {
  if (!IsApt(*call.manager) || call.verb != PackageVerb::kInstall ||
      call.traits.Has(CallTrait::kSkipsOptional) ||
      call.traits.Has(CallTrait::kOnlySimulates)) {
    return false;
  }
  if (call.operands.empty() && !call.operands_unknown) return false;
  for (const NodeId option : call.options) {
    if (WordIs(document, option, "--only-upgrade")) return false;
  }
  return WordIs(document, call.verb_word, "install");
}

std::string Message(std::string_view flag,
                    const std::vector<NeededPackage>& needed) {
  std::string message = "add `" + std::string(flag) +
                        "`: recommended packages that nobody asked for make "
                        "the image larger";
  for (const NeededPackage& need : needed) {
    message += "; name `" + std::string(need.package) +
               "`, which no longer comes with `" + std::string(need.by) +
               "`, " + std::string(need.why);
  }
  return message;
}

// Releases whose archives may lack a package that the table names.
bool IsOldRelease(const Facts& facts, uint32_t instruction) {
  constexpr std::string_view kOld[] = {
      "trusty",  "xenial",  "14.04",    "16.04",    "wheezy",  "jessie",
      "stretch", "precise", "debian:7", "debian:8", "debian:9"};
  uint32_t stage = facts.instructions()[instruction].stage;
  while (facts.stages()[stage].parent != kNoStage) {
    stage = facts.stages()[stage].parent;
  }
  const std::string base = facts.stages()[stage].base.value_or("");
  return std::any_of(std::begin(kOld), std::end(kOld),
                     [&](std::string_view release) {
                       return base.find(release) != std::string::npos;
                     });
}

void Rewrite(const Input& input, Sink& sink, const PackageCommand& call,
             AptBuilds& builds, std::vector<AddedPackage>& added) {
  constexpr std::string_view kPhrases[] = {"recommend"};
  const NodeId run = input.facts.instructions()[call.instruction].node;
  if (CommentMentions(input.document, run, kPhrases)) {
    return sink.LeaveAlone(call.program,
                           "a comment here speaks of recommended packages");
  }
  if (AptIsConfigured(input.facts, call, "Install-Recommends")) {
    return sink.LeaveAlone(call.program,
                           "apt is configured for recommended packages");
  }
  const RecommendedAnalysis analysis = AnalyseRecommended(builds, call, added);
  if (!analysis.keep.empty()) {
    return sink.LeaveAlone(call.program,
                           "recommended packages stay for " + analysis.keep);
  }
  for (const NeededPackage& need : analysis.needed) {
    if (need.package == "ca-certificates" || need.package == "libc6-dev" ||
        !IsOldRelease(input.facts, call.instruction)) {
      continue;
    }
    return sink.LeaveAlone(
        call.program, "the release may lack `" + std::string(need.package) +
                          "`, which `" + std::string(need.by) +
                          "` would need by name");
  }
  if (!analysis.needed.empty() && RemovesLater(input.facts, call)) {
    return sink.LeaveAlone(
        call.program, "`" + std::string(analysis.needed[0].package) +
                          "` would have to be named, and the script removes "
                          "packages again");
  }
  if (analysis.needed.size() > kMostAdditions) {
    return sink.LeaveAlone(call.program,
                           "too many recommended packages are needed");
  }
  const std::string_view flag = call.manager->skip_optional.text;
  std::string message = Message(flag, analysis.needed);
  Level level = Level::kReview;
  if (analysis.unknown.empty()) {
    for (const NeededPackage& need : analysis.needed) {
      added.push_back({call.instruction, need.package});
    }
  } else {
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

void Run(const Input& input, Sink& sink) {
  LeaveAptStringsAlone(input, sink);
  AptBuilds builds(input.facts);
  std::vector<AddedPackage> added;
  for (const PackageCommand& call : input.facts.package_commands()) {
    if (Applies(input.document, call)) {
      Rewrite(input, sink, call, builds, added);
    };
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
        "`ca-certificates` for `curl`, it is named in the same change.",
    .level = Level::kReview,
    .phase = Phase::kContent,
    .rank = 30,
    .aliases = {"DL3015"},
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
        "package sources that the build adds: level bold.",
    .run = Run,
};

}  // namespace dfix::transforms
