#include <algorithm>
#include <optional>
#include <string>

#include "src/facts/call_traits.h"
#include "src/facts/script_facts.h"
#include "src/transform/package_options.h"
#include "src/transform/sink.h"
#include "src/transform/transform.h"

namespace dfix::transforms {
namespace {

// Whether apt is told to remove nothing, as by `apt-get purge`, and so has
// nothing to ask.
bool RemovesNothing(const Document& document, const PackageCommand& call) {
  const std::string_view verb =
      call.verb_word == kNoNode ? "" : document.Text(call.verb_word);
  return IsApt(*call.manager) && (verb == "remove" || verb == "purge") &&
         call.operands.empty() && !call.operands_unknown &&
         call.options.empty();
}

// Whether the manager asks before it does what `call` tells it to.
bool Asks(const Document& document, const PackageCommand& call) {
  const auto& asks = call.manager->asks;
  return std::find(asks.begin(), asks.end(), call.verb) != asks.end() &&
         !call.traits.Has(CallTrait::kAssumesYes) &&
         !RemovesNothing(document, call) &&
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
    if (!Asks(input.document, call)) continue;
    const std::string source =
        TraitSource(input.facts, call, CallTrait::kAssumesYes);
    if (!source.empty()) {
      sink.LeaveAlone(call.program, source + " to assume yes");
      continue;
    }
    if (const auto reason = OtherAnswer(input.facts, call)) {
      sink.LeaveAlone(call.program, *reason);
      continue;
    }
    const AddedOption& yes = call.manager->yes;
    const bool fatal =
        FailureIsFatal(input.facts, call.instruction, call.command);
    std::string message = "add `" + std::string(yes.text) +
                          "`: nobody is there to answer during a build";
    if (!fatal) message += "; the build went on without these packages before";
    sink.Propose(call.program, fatal ? Level::kSafe : Level::kReview,
                 std::move(message),
                 [&](ChangeWriter& change) { AddOption(call, yes, change); });
  }
}

}  // namespace

extern const Transform kAssumeYes;
const Transform kAssumeYes = {
    .id = "assume-yes",
    .title = "Answer a package manager's question with `-y`",
    .why =
        "`apt-get install` asks before it installs more than was named, and "
        "`dnf`, `zypper`, `pacman`, `conda` and others always ask. In "
        "a build nobody answers, so it aborts and the build fails, often "
        "only once a package gains a dependency.",
    .level = Level::kSafe,
    .phase = Phase::kContent,
    .rank = 20,
    .aliases = {"DL3014", "DL3030", "DL3034", "DL3038"},
    .effects = {Effect::kAddsFlag},
    .before =
        "FROM debian:12\n"
        "RUN apt-get update && apt-get install curl\n",
    .after =
        "FROM debian:12\n"
        "RUN apt-get update && apt-get install -y curl\n",
    .left_alone =
        "Calls that say so already (`-y`, `--yes`, `-qq`, `-q=2`, "
        "`-o APT::Get::Assume-Yes=true`, apt.conf, `CONDA_ALWAYS_YES`), that "
        "read their answers from a pipe or a file, that only simulate, or that "
        "remove nothing (`apt-get purge` without a package). "
        "Where the script goes on after a failure the level is review: "
        "packages that were never installed would be.",
    .run = Run,
};

}  // namespace dfix::transforms
