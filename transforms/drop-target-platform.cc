#include <algorithm>

#include "src/dockerfile/instructions.h"
#include "src/transform/sink.h"
#include "src/transform/transform.h"

namespace dfix::transforms {
namespace {

// Whether an ARG before the first stage gives TARGETPLATFORM a value.
bool HasOwnDefault(const Facts& facts) {
  for (const InstructionFacts& instruction : facts.instructions()) {
    if (instruction.stage != kNoStage) return false;
    for (const KeyValuePair& pair :
         Instruction(facts.document(), instruction.node).Pairs()) {
      if (pair.key == "TARGETPLATFORM" && pair.value) return true;
    }
  }
  return false;
}

void Run(const Input& input, Sink& sink) {
  for (const InstructionFacts& facts : input.facts.instructions()) {
    if (facts.kind != InstructionKind::kFrom) continue;
    const auto flag =
        Instruction(input.document, facts.node).FindFlag("--platform");
    if (!flag || (flag->value != "$TARGETPLATFORM" &&
                  flag->value != "${TARGETPLATFORM}")) {
      continue;
    }
    if (HasOwnDefault(input.facts)) {
      sink.LeaveAlone(facts.node,
                      "an ARG gives `TARGETPLATFORM` a value of its own");
      continue;
    }
    sink.Propose(facts.node, Level::kSafe,
                 "drop `--platform=" + *flag->value + "`: that is the default",
                 [&](ChangeWriter& change) { change.RemoveWord(flag->node); });
  }
}

}  // namespace

extern const Transform kDropTargetPlatform;
const Transform kDropTargetPlatform = {
    .id = "drop-target-platform",
    .title = "Drop `--platform=$TARGETPLATFORM` from FROM",
    .why =
        "A stage is built for the target platform unless FROM says otherwise. "
        "Saying so makes readers look for a reason that is not there.",
    .level = Level::kSafe,
    .phase = Phase::kCleanUp,
    .rank = 30,
    .aliases = {"DL3065", "RedundantTargetPlatform"},
    .effects = {Effect::kRemovesDefaultPlatform},
    .before = "FROM --platform=$TARGETPLATFORM alpine:3.20\n",
    .after = "FROM alpine:3.20\n",
    .left_alone =
        "Other platforms, `$BUILDPLATFORM` among them; files whose own ARG "
        "sets TARGETPLATFORM before the first stage.",
    .run = Run,
};

}  // namespace dfix::transforms
