#include <optional>
#include <string>
#include <vector>

#include "src/facts/apt_lists.h"
#include "src/facts/script_facts.h"
#include "src/transform/apt.h"
#include "src/transform/sink.h"
#include "src/transform/transform.h"

namespace dfix::transforms {
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

// The and-or list at whose end everything in `span` is over, whatever branches
// and loops the script takes; or why there is none.
struct Place {
  NodeId and_or = kNoNode;
  std::string_view problem;
};

Place FindPlace(const Document& document, NodeId script, const Span& span) {
  const std::vector<NodeId> path = PathTo(document, script, span.last_use);
  Place place;
  for (size_t i = path.size() - 1; i-- > 0;) {
    const NodeId node = path[i];
    const bool has_both = document.Contains(node, span.refresh);
    switch (document.kind(node)) {
      case NodeKind::kAndOr:
        if (place.and_or == kNoNode) place.and_or = node;
        break;
      case NodeKind::kList:
      case NodeKind::kScript:
        // Both have to be in the same list of statements.
        if (!has_both) place.and_or = kNoNode;
        break;
      case NodeKind::kIf:
        if (IsCondition(document, node, path[i + 1])) place.and_or = kNoNode;
        break;
      case NodeKind::kFor:
      case NodeKind::kArithmeticFor:
      case NodeKind::kSelect:
      case NodeKind::kWhile:
      case NodeKind::kUntil:
        place.and_or = kNoNode;
        break;
      case NodeKind::kFunction:
        return {kNoNode, "the command stands in a function"};
      case NodeKind::kCommandSubstitution:
      case NodeKind::kProcessSubstitution:
      case NodeKind::kCoprocess:
        return {kNoNode, "the command stands in a substitution"};
      default:
        break;
    }
  }
  return place;
}

std::string_view Describe(AppendProblem problem) {
  switch (problem) {
    case AppendProblem::kOr:
      return "the list has `||`, and the removal must not run in place of what "
             "failed";
    case AppendProblem::kBackground:
      return "the commands run in the background";
    case AppendProblem::kExit:
      return "`exit`, `exec` or `return` may end the script before the removal";
    case AppendProblem::kErrexit:
      return "under `set -e` the removal would hide a failure";
    case AppendProblem::kStatus:
      return "the script reads the status of what was before";
    case AppendProblem::kNone:
      break;
  }
  return "";
}

// Whether the script turns pathname expansion off.
bool GlobsAreOff(const Document& document, NodeId script) {
  const std::string_view text = document.Text(script);
  return text.find("set -f") != std::string_view::npos ||
         text.find("noglob") != std::string_view::npos;
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
  if (GlobsAreOff(input.document, run.script)) {
    return "`*` would not be expanded under `set -f`";
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
  const NodeId script = facts.instructions()[instruction].script;
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
  const Place place = FindPlace(input.document, script, span);
  if (place.and_or == kNoNode) {
    return sink.LeaveAlone(
        span.refresh, std::string(place.problem.empty()
                                      ? "no place in the script is after every "
                                        "use of the package lists"
                                      : place.problem));
  }
  const AppendPlace append = PlaceToAppend(facts, instruction, place.and_or);
  if (append.problem != AppendProblem::kNone) {
    return sink.LeaveAlone(span.refresh, std::string(Describe(append.problem)));
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
  const Join join = append.as_statement ? Join::kSequence : Join::kAnd;
  sink.Propose(
      span.refresh, level, std::move(message),
      [&](ChangeWriter& change) {
        change.AppendCommand(place.and_or, join, sudo + std::string(kRemoval));
      },
      related);
}

void Run(const Input& input, Sink& sink) {
  LeaveAptStringsAlone(input, sink);
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

}  // namespace

extern const Transform kCleanPackageCache;
const Transform kCleanPackageCache = {
    .id = "clean-package-cache",
    .title = "Remove apt's package lists in the layer that downloads them",
    .why =
        "`apt-get update` leaves tens of megabytes of package lists in the "
        "layer. They are of no use later: the next install has to update "
        "them anyway. Only a removal in the same RUN makes the image "
        "smaller.",
    .level = Level::kSafe,
    .phase = Phase::kStructure,
    .rank = 30,
    .aliases = {"DL3009"},
    .before =
        "FROM debian:12\n"
        "RUN apt-get update && apt-get install -y curl\n",
    .after =
        "FROM debian:12\n"
        "RUN apt-get update && apt-get install -y curl && "
        "rm -rf /var/lib/apt/lists/*\n",
    .left_alone =
        "Lists that a later RUN, an ONBUILD or a stage based on this "
        "one still installs from; lists in a cache mount; stages "
        "that only feed COPY --from, whose layers are not shipped; "
        "scripts where a command at the end would hide a failure "
        "(`||`, `set -e` in the middle, `exit`). If a later script "
        "of the project may need the lists, the level is bold.",
    .run = Run,
};

}  // namespace dfix::transforms
