#include <optional>
#include <string>

#include "src/facts/script_facts.h"
#include "src/shell/words.h"
#include "src/transform/apt.h"
#include "src/transform/sink.h"
#include "src/transform/transform.h"

namespace dfix::transforms {
namespace {

// Whether apt asks before it does what `call` tells it to.
bool Asks(const PackageCommand& call) {
  const bool changes = call.verb == PackageVerb::kInstall ||
                       call.verb == PackageVerb::kUpgrade ||
                       call.verb == PackageVerb::kRemove;
  return changes && IsApt(*call.manager) &&
         !call.traits.Has(CallTrait::kAssumesYes) &&
         !call.traits.Has(CallTrait::kOnlySimulates);
}

// Why the answer that the command reads may be another one than yes.
std::optional<std::string> OtherAnswer(const Facts& facts,
                                       const PackageCommand& call) {
  const Document& document = facts.document();
  const NodeId script = facts.instructions()[call.instruction].script;
  const std::vector<NodeId> path = PathTo(document, script, call.command);
  for (const NodeId node : path) {
    for (const NodeId child : document.Children(node)) {
      if (document.kind(child) == NodeKind::kRedirection &&
          document.Text(child).find('<') != std::string_view::npos) {
        return "its answers come from a redirection";
      }
    }
  }
  if (call.operands_unknown) return std::nullopt;
  for (size_t i = 0; i + 1 < path.size(); ++i) {
    if (document.kind(path[i]) != NodeKind::kPipeline) continue;
    const NodeId first = *document.Children(path[i]).begin();
    if (first == path[i + 1]) continue;
    const std::string_view answers = document.Text(first);
    if (answers != "yes" && !answers.starts_with("echo y") &&
        !answers.starts_with("echo Y") && !answers.starts_with("echo \"y")) {
      return "its answers come from a pipe";
    }
  }
  return std::nullopt;
}

void Run(const Input& input, Sink& sink) {
  LeaveAptStringsAlone(input, sink);
  for (const PackageCommand& call : input.facts.package_commands()) {
    if (!Asks(call)) continue;
    if (AptIsConfigured(input.facts, call, "Assume-Yes")) {
      sink.LeaveAlone(call.program, "apt is configured to assume yes");
      continue;
    }
    if (const auto reason = OtherAnswer(input.facts, call)) {
      sink.LeaveAlone(call.program, *reason);
      continue;
    }
    const bool fatal =
        FailureIsFatal(input.facts, call.instruction, call.command);
    std::string message = "add `-y`: nobody is there to answer during a build";
    if (!fatal) message += "; the build went on without these packages before";
    sink.Propose(call.program, fatal ? Level::kSafe : Level::kReview,
                 std::move(message), [&](ChangeWriter& change) {
                   change.InsertWordAfter(call.verb_word, "-y");
                 });
  }
}

}  // namespace

extern const Transform kAssumeYes;
const Transform kAssumeYes = {
    .id = "assume-yes",
    .title = "Answer apt's question with `-y`",
    .why =
        "`apt-get install` asks before it installs more than was named. In "
        "a build nobody answers, so it aborts and the build fails, often "
        "only once a package gains a dependency.",
    .level = Level::kSafe,
    .phase = Phase::kContent,
    .rank = 20,
    .aliases = {"DL3014"},
    .before =
        "FROM debian:12\n"
        "RUN apt-get update && apt-get install curl\n",
    .after =
        "FROM debian:12\n"
        "RUN apt-get update && apt-get install -y curl\n",
    .left_alone =
        "Calls that say so already (`-y`, `--yes`, `-qq`, `-q=2`, "
        "`-o APT::Get::Assume-Yes=true`, apt.conf), that read their "
        "answers from a pipe or a file, or that only simulate. Where "
        "the script goes on after a failure the level is review: "
        "packages that were never installed would be.",
    .run = Run,
};

}  // namespace dfix::transforms
