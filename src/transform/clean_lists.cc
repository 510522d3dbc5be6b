#include "src/transform/clean_lists.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "src/facts/apt_lists.h"
#include "src/facts/script_facts.h"
#include "src/transform/clean_up.h"
#include "src/transform/package_options.h"

namespace dfix {
namespace {

constexpr std::string_view kLists = "/var/lib/apt/lists";
constexpr std::string_view kRemoval = "rm -rf /var/lib/apt/lists/*";

// The part of a RUN's work that concerns the lists: from where they are last
// downloaded to their last use.
struct Span {
  NodeId refresh = kNoNode;
  NodeId last_use = kNoNode;
  bool is_used = false;  // By something in the RUN, or perhaps.
};

bool IsInFunction(const Document& document, NodeId script, NodeId command) {
  return Enclosing(document, script, command, NodeKind::kFunction) != kNoNode;
}

// Absent if the RUN leaves no lists behind that it downloaded.
std::optional<Span> FindSpan(const Input& input, uint32_t instruction,
                             const std::vector<ListsStep>& steps) {
  const Document& document = input.document;
  const NodeId script = input.facts.instructions()[instruction].script;
  std::optional<Span> span;
  for (const ListsStep& step : steps) {
    if (step.instruction != instruction) continue;
    switch (step.event) {
      case ListsEvent::kRefresh:
        if (!span) span = Span{step.command, step.command, false};
        span->last_use = step.command;
        break;
      case ListsEvent::kUse:
      case ListsEvent::kMaybeUse:
        if (span) *span = {span->refresh, step.command, true};
        break;
      case ListsEvent::kPurge:
        // A function that cleans up is called at some time.
        if (IsInFunction(document, script, step.command)) return std::nullopt;
        span.reset();
        break;
      case ListsEvent::kMaybeRefresh:
        // A pipe from the network may as well install something.
        if (span) *span = {span->refresh, step.command, true};
        break;
    }
  }
  return span;
}

// Why the removal would fail or do nothing, or be wrong; empty if it is fine.
std::string FindObstacle(const Input& input, uint32_t instruction,
                         const std::string& sudo) {
  const Facts& facts = input.facts;
  const InstructionFacts& run = facts.instructions()[instruction];
  if (!run.onbuild && !facts.stages()[run.stage].shipped) {
    return "the stage is not part of the image that is built by default";
  }
  if (IsMountedAway(facts, instruction, kLists)) {
    return "the package lists are in a mount, not in the layer";
  }
  const auto user = UserAt(facts, instruction);
  if (user && *user != "root" && *user != "0" && !user->starts_with("root:") &&
      !user->starts_with("0:") && sudo.empty()) {
    return "the user `" + *user + "` cannot remove the package lists";
  }
  return "";
}

std::string SudoOf(const Input& input, const Span& span) {
  const PackageCommand* call = input.facts.PackageCommandAt(span.refresh);
  return call == nullptr ? "" : SudoPrefix(input.document, *call);
}

void Rewrite(const Input& input, Sink& sink, uint32_t instruction,
             const Span& span, const std::vector<ListsStep>& steps) {
  const Facts& facts = input.facts;
  const std::string sudo = SudoOf(input, span);
  const std::string obstacle = FindObstacle(input, instruction, sudo);
  if (!obstacle.empty()) return sink.LeaveAlone(span.refresh, obstacle);
  const LaterNeed need = NeedAfterInstruction(facts, steps, instruction);
  if (need.answer == LaterNeed::Answer::kYes) {
    return sink.LeaveAlone(span.refresh,
                           "line {line} still needs the package lists",
                           facts.instructions()[need.instruction].node);
  }
  if (!span.is_used) {
    return sink.LeaveAlone(span.refresh,
                           "no install here uses the package lists");
  }
  Level level = Level::kSafe;
  NodeId related = kNoNode;
  std::string message =
      "remove the package lists in the layer that downloads them: they are "
      "stale by the time anyone could use them";
  if (need.answer == LaterNeed::Answer::kPerhaps) {
    level = Level::kBold;
    message += "; the script that line {line} runs may need them";
    related = facts.instructions()[need.instruction].node;
  }
  ProposeCleanUp(input, sink,
                 {instruction, span.refresh, span.refresh, span.last_use,
                  "use of the package lists", sudo + std::string(kRemoval),
                  level, std::move(message), related});
}

}  // namespace

void CleanAptLists(const Input& input, Sink& sink) {
  if (input.facts.package_commands().empty()) return;
  const std::vector<ListsStep> steps = FindListsSteps(input.facts);
  uint32_t done = kNoInstruction;
  for (const ListsStep& step : steps) {
    const NodeKind kind = input.document.kind(step.command);
    if (step.instruction == done || kind != NodeKind::kSimpleCommand) continue;
    done = step.instruction;
    if (const auto span = FindSpan(input, step.instruction, steps)) {
      Rewrite(input, sink, step.instruction, *span, steps);
    }
  }
}

}  // namespace dfix
