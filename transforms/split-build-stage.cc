#include <string>

#include "src/dockerfile/instructions.h"
#include "src/facts/stage_split.h"
#include "src/transform/sink.h"
#include "src/transform/split_text.h"
#include "src/transform/transform.h"

namespace dfix::transforms {
namespace {

// Gives the first of the two stages its name.
void NameFirst(const Instruction& from, const std::string& name,
               ChangeWriter& change) {
  const auto arguments = from.ArgumentNodes();
  if (arguments.size() == 1) {
    change.InsertWordAfter(arguments[0], KeywordAs(from, "AS") + " " + name);
  } else if (from.Arguments().back() != name) {
    change.ReplaceWord(arguments.back(), name);
  }
}

// How the stage is split, by the ecosystem that it is of.
StageSplit Split(const Input& input, uint32_t stage) {
  const auto& images = input.runtime_images;
  StageSplit split =
      SplitCompiledStage(input.facts, input.context, stage, images);
  if (!split.applies) {
    split = SplitPythonStage(input.facts, input.context, stage, images);
  }
  if (!split.applies) {
    split = SplitRubyStage(input.facts, input.context, stage, images);
  }
  if (!split.applies) {
    split = SplitNodeStage(input.facts, input.context, stage, images);
  }
  if (!split.applies) {
    split = SplitJavaStage(input.facts, input.context, stage, images);
  }
  if (!split.applies) {
    split = SplitDotnetStage(input.facts, input.context, stage, images);
  }
  if (!split.applies) split = KeepToolsOfStage(input.facts, stage);
  return split;
}

void Run(const Input& input, Sink& sink) {
  const Facts& facts = input.facts;
  if (facts.stages().empty()) return;
  const auto last = static_cast<uint32_t>(facts.stages().size()) - 1;
  const Stage& stage = facts.stages()[last];
  const StageSplit split = Split(input, last);
  if (!split.applies) return;
  if (!split.problem.empty()) {
    const bool at = split.problem_at != kNoInstruction;
    return sink.LeaveAlone(
        at ? facts.instructions()[split.problem_at].node : stage.from,
        std::string(split.stays) + " in the image: " + split.problem);
  }
  const Instruction from(input.document, stage.from);
  const auto parts = PartsOfFrom(from);
  if (!parts) return;
  if (!parts->platform.empty()) {
    return sink.LeaveAlone(stage.from, "FROM names a platform");
  }
  const SplitNames names = NamesForSplit(facts, *parts);
  sink.Propose(
      stage.from, Level::kBold, split.message, [&](ChangeWriter& change) {
        NameFirst(from, names.build, change);
        for (const AddedLine& line : split.added) {
          change.InsertInstructionBefore(facts.instructions()[line.before].node,
                                         SplitLine(from, names, line.text));
        }
        for (const NodeId node : split.removed) {
          change.RemoveInstruction(node);
        }
        change.InsertLinesAfter(facts.instructions()[split.cut].node,
                                SplitLines(input.document, from, names, split),
                                split.moved);
      });
}

}  // namespace

extern const Transform kSplitBuildStage;
const Transform kSplitBuildStage = {
    .id = "split-build-stage",
    .title = "Build in a stage of its own and ship only the program",
    .why =
        "An image that is built and run from one stage ships the compiler, its "
        "caches and the sources: hundreds of megabytes that are pulled on "
        "every host and that are no use to the program, only to an attacker. "
        "Programs of Go, Rust and C move to a small image with the files that "
        "they may read, those of Node with what was built and the packages for "
        "production, those of Python with a virtual environment, those of Ruby "
        "with "
        "their gems, those of Java "
        "and .NET to the runtime of the same vendor, version and distribution; "
        "a web page that `serve -s` shows moves to nginx.",
    .level = Level::kBold,
    .phase = Phase::kStructure,
    .rank = 5,
    .aliases = {},
    .effects = {Effect::kSplitsStage},
    .before =
        "FROM golang:1.22\n"
        "WORKDIR /src\n"
        "COPY go.mod main.go ./\n"
        "RUN CGO_ENABLED=0 go build -o /usr/local/bin/server .\n"
        "EXPOSE 8080\n"
        "CMD [\"server\"]\n",
    .after =
        "FROM golang:1.22 AS build\n"
        "WORKDIR /src\n"
        "COPY go.mod main.go ./\n"
        "RUN CGO_ENABLED=0 go build -o /usr/local/bin/server .\n"
        "\n"
        "FROM gcr.io/distroless/static-debian12\n"
        "WORKDIR /src\n"
        "COPY --from=build /usr/local/bin/server /usr/local/bin/server\n"
        "EXPOSE 8080\n"
        "CMD [\"server\"]\n",
    .left_alone =
        "Whatever the program may need and that cannot be accounted for: files "
        "that other programs make or download, packages and libraries that are "
        "not known, other programs that sources start, commands and health "
        "checks that need a shell which is not there, users and variables that "
        "the new stage would not have, build tools that containers run, "
        "scripts that are more than a list of commands. Images that build "
        "nothing, and those without a command, which others are based on. "
        "Gems on a full image of Ruby if its Gemfile.lock names one whose "
        "libraries are not known, or sources start programs; gems that belong "
        "to several users, and those that containers install or compile when "
        "they start. Releases of Elixir, whose virtual machine is linked with "
        "libraries that nothing in the file names, and packages of Composer, "
        "which are for the extensions of the image of PHP that they are "
        "installed on.",
    .run = Run,
};

}  // namespace dfix::transforms
