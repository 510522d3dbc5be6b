#include "src/transform/clean_up.h"

#include <utility>
#include <vector>

#include "src/facts/script_facts.h"

namespace dfix {
namespace {

// The and-or list at whose end everything from `first` to `last` is over,
// whatever branches and loops the script takes; or why there is none.
struct Place {
  NodeId and_or = kNoNode;
  std::string_view problem;
};

Place FindPlace(const Document& document, NodeId script, NodeId first,
                NodeId last) {
  const std::vector<NodeId> path = PathTo(document, script, last);
  Place place;
  for (size_t i = path.size() - 1; i-- > 0;) {
    const NodeId node = path[i];
    const bool has_both = document.Contains(node, first);
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

}  // namespace

void ProposeCleanUp(const Input& input, Sink& sink, CleanUp clean_up) {
  const NodeId script = input.facts.instructions()[clean_up.instruction].script;
  const NodeId anchor = clean_up.anchor;
  const Place place =
      FindPlace(input.document, script, clean_up.first, clean_up.last);
  if (place.and_or == kNoNode) {
    return sink.LeaveAlone(anchor,
                           place.problem.empty()
                               ? "no place in the script is after every " +
                                     std::string(clean_up.what)
                               : std::string(place.problem));
  }
  const AppendPlace append =
      PlaceToAppend(input.facts, clean_up.instruction, place.and_or);
  if (append.problem != AppendProblem::kNone) {
    return sink.LeaveAlone(anchor, std::string(Describe(append.problem)));
  }
  if (clean_up.command.find('*') != std::string::npos &&
      GlobsAreOff(input.document, script)) {
    return sink.LeaveAlone(anchor, "`*` would not be expanded under `set -f`");
  }
  const Join join = append.as_statement ? Join::kSequence : Join::kAnd;
  sink.Propose(
      anchor, clean_up.level, std::move(clean_up.message),
      [&](ChangeWriter& change) {
        change.AppendCommand(place.and_or, join, clean_up.command);
      },
      clean_up.related);
}

}  // namespace dfix
