#include <string>

#include "src/dockerfile/keywords.h"
#include "src/facts/container_command.h"
#include "src/transform/sink.h"
#include "src/transform/transform.h"

namespace dfix::transforms {
namespace {

bool CountsOnce(InstructionKind kind) {
  return kind == InstructionKind::kCmd ||
         kind == InstructionKind::kEntrypoint ||
         kind == InstructionKind::kHealthcheck;
}

void Run(const Input& input, Sink& sink) {
  const auto instructions = input.facts.instructions();
  for (uint32_t i = 0; i < instructions.size(); ++i) {
    if (!CountsOnce(instructions[i].kind)) continue;
    const uint32_t last = ReplacedBy(input.facts, i);
    if (last == kNoInstruction) continue;
    const NodeId node = instructions[i].node;
    sink.Propose(
        node, Level::kSafe,
        "remove it: the " + std::string(KeywordName(instructions[i].kind)) +
            " in line {line} replaces it",
        [&](ChangeWriter& change) { change.RemoveInstruction(node); },
        instructions[last].node);
  }
}

}  // namespace

extern const Transform kKeepLastCmd;
const Transform kKeepLastCmd = {
    .id = "keep-last-cmd",
    .title = "Keep the last CMD, ENTRYPOINT and HEALTHCHECK of a stage",
    .why =
        "A stage has one CMD, one ENTRYPOINT and one HEALTHCHECK: the last. "
        "Those before it have no effect, but whoever reads the file thinks "
        "that they have.",
    .level = Level::kSafe,
    .phase = Phase::kCleanUp,
    .rank = 20,
    .aliases = {"DL4003", "DL4004", "DL3012", "MultipleInstructionsDisallowed"},
    .effects = {Effect::kRemovesDeadInstruction},
    .before =
        "FROM debian:12\n"
        "CMD [\"server\", \"--debug\"]\n"
        "CMD [\"server\"]\n",
    .after =
        "FROM debian:12\n"
        "CMD [\"server\"]\n",
    .left_alone =
        "Those of other stages, also of stages that are the base of this one, "
        "and those of ONBUILD. Comments of what is removed stay.",
    .run = Run,
};

}  // namespace dfix::transforms
