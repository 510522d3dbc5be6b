#include <string>

#include "src/facts/exec_decision.h"
#include "src/facts/exec_form.h"
#include "src/transform/sink.h"
#include "src/transform/transform.h"

namespace dfix::transforms {
namespace {

Level LevelOf(ExecDecision::Trust trust) {
  switch (trust) {
    case ExecDecision::Trust::kSame:
      return Level::kSafe;
    case ExecDecision::Trust::kSignals:
      return Level::kReview;
    case ExecDecision::Trust::kInferred:
      return Level::kBold;
  }
  return Level::kBold;
}

void Write(const ExecDecision& decision, const InstructionFacts& place,
           ChangeWriter& change) {
  switch (decision.kind) {
    case ExecDecision::Kind::kConvert:
      return change.WriteAsJson(place.script, decision.form.words,
                                decision.form.values);
    case ExecDecision::Kind::kReplace:
      change.ReplaceScript(place.script, JsonArrayOf(decision.values));
      if (!decision.comment.empty()) {
        change.InsertCommentAbove(place.node, decision.comment);
      }
      return;
    case ExecDecision::Kind::kInsertExec:
      return change.InsertWordBefore(decision.form.words[0], "exec");
    default:
      return;
  }
}

void Run(const Input& input, Sink& sink) {
  const auto instructions = input.facts.instructions();
  for (uint32_t i = 0; i < instructions.size(); ++i) {
    const InstructionFacts& place = instructions[i];
    const ExecDecision decision = DecideExecForm(input.facts, i);
    if (decision.kind == ExecDecision::Kind::kNothing) continue;
    const NodeId related = decision.related == kNoInstruction
                               ? kNoNode
                               : instructions[decision.related].node;
    if (decision.kind == ExecDecision::Kind::kLeaveAlone) {
      sink.LeaveAlone(place.node, decision.message, related);
      continue;
    }
    sink.Propose(
        place.node, LevelOf(decision.trust), decision.message,
        [&](ChangeWriter& change) { Write(decision, place, change); }, related);
  }
}

}  // namespace

extern const Transform kUseExecForm;
const Transform kUseExecForm = {
    .id = "use-exec-form",
    .title = "Write CMD, ENTRYPOINT and HEALTHCHECK as JSON",
    .why =
        "Docker gives the shell form to a shell, which often stays between "
        "the container and its program: `docker stop` then sends its signal "
        "to the shell, waits and kills. The exec form starts the program "
        "itself, needs no shell in the image, and an ENTRYPOINT in exec form "
        "takes arguments. What is almost JSON (`['a', 'b']`) is a shell "
        "command, too, which fails.",
    .level = Level::kSafe,
    .phase = Phase::kContent,
    .rank = 60,
    .aliases = {"DL3025", "JSONArgsRecommended"},
    .effects = {Effect::kExecForm},
    .before =
        "FROM debian:12\n"
        "CMD nginx -g 'daemon off;'\n",
    .after =
        "FROM debian:12\n"
        "CMD [\"nginx\", \"-g\", \"daemon off;\"]\n",
    .left_alone =
        "Commands with variables, patterns, redirections, operators or "
        "anything else that a shell is needed for (at level bold those of a "
        "single program get `exec`), built-ins of the shell, shells that set "
        "up an environment (`--login`, `conda run`), and ONBUILD. Health "
        "checks with `|| exit 1` stay: they report 1 whatever the program "
        "returns. ENTRYPOINT and CMD are one program: nothing is changed where "
        "a CMD that is ignored now would become arguments, or where the shell "
        "is an argument of an ENTRYPOINT. Safe is only `exec program` in a CMD "
        "or HEALTHCHECK; everything else is review, for signals, or for the "
        "base image's ENTRYPOINT, which sees other arguments.",
    .run = Run,
};

}  // namespace dfix::transforms
