#include <string>

#include "src/facts/lacking_update.h"
#include "src/facts/script_facts.h"
#include "src/shell/words.h"
#include "src/transform/package_options.h"
#include "src/transform/sink.h"
#include "src/transform/transform.h"

namespace dfix::transforms {
namespace {

constexpr std::string_view kMovesOn =
    "the layer cache keeps an `apt-get update` of its own RUN while the "
    "archive "
    "moves on";

NodeId PipelineOf(const Input& input, const PackageCommand& call) {
  const NodeId script = input.facts.instructions()[call.instruction].script;
  return Enclosing(input.document, script, call.command, NodeKind::kPipeline);
}

void Insert(const Input& input, Sink& sink, const PackageCommand& call,
            Level level, std::string message) {
  const std::string update = SudoPrefix(input.document, call) +
                             std::string(input.document.Text(call.program)) +
                             " update";
  sink.Propose(call.program, level, std::move(message),
               [&](ChangeWriter& change) {
                 change.PrependCommand(PipelineOf(input, call), update);
               });
}

void Move(const Input& input, Sink& sink, const LackingUpdate& lacking) {
  const PackageCommand& call = *lacking.call;
  const std::string update(LogicalText(input.document, lacking.update));
  sink.Propose(
      call.program, Level::kSafe,
      "update the package lists in the RUN that installs: " +
          std::string(kMovesOn),
      [&](ChangeWriter& change) {
        change.RemoveInstruction(
            input.facts.instructions()[lacking.update_instruction].node);
        change.PrependCommand(PipelineOf(input, call), update);
      });
}

void Rewrite(const Input& input, Sink& sink, const LackingUpdate& lacking) {
  const PackageCommand& call = *lacking.call;
  if (!lacking.obstacle.empty()) {
    return sink.LeaveAlone(call.program, lacking.obstacle, lacking.obstacle_at);
  }
  switch (lacking.lists) {
    case LackingUpdate::Lists::kNever:
      return Insert(input, sink, call, Level::kReview,
                    "update the package lists first: a base image has none, or "
                    "old ones");
    case LackingUpdate::Lists::kRemoved:
      return Insert(input, sink, call, Level::kReview,
                    "update the package lists first: they were removed before");
    case LackingUpdate::Lists::kCached:
      if (lacking.can_move) return Move(input, sink, lacking);
      return Insert(
          input, sink, call,
          lacking.is_repetition ? Level::kSafe : Level::kReview,
          "update the package lists in the same RUN: " + std::string(kMovesOn));
  }
}

void Run(const Input& input, Sink& sink) {
  for (const LackingUpdate& lacking : FindLackingUpdates(input.facts)) {
    Rewrite(input, sink, lacking);
  }
}

}  // namespace

extern const Transform kUpdateBeforeInstall;
const Transform kUpdateBeforeInstall = {
    .id = "update-before-install",
    .title = "Run `apt-get update` in the RUN that installs",
    .why =
        "An `apt-get update` in a RUN of its own is cached for as long as "
        "nothing before it changes. An install that is added later then "
        "looks for package versions that are long gone from the archive. "
        "And where the lists were removed, or never there, an install fails "
        "at once.",
    .level = Level::kSafe,
    .phase = Phase::kStructure,
    .rank = 20,
    .aliases = {},
    .effects = {Effect::kAddsRefresh},
    .before =
        "FROM debian:12\n"
        "RUN apt-get update\n"
        "RUN apt-get install -y curl\n",
    .after =
        "FROM debian:12\n"
        "RUN apt-get update && apt-get install -y curl\n",
    .left_alone =
        "Installs in a function, a loop or a branch; after a script "
        "that may have updated the lists; lists in a cache mount; "
        "where a failing update would go unnoticed. Where no RUN "
        "before has updated the lists, or package sources change in "
        "between, the level is review.",
    .run = Run,
};

}  // namespace dfix::transforms
