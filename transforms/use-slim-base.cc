#include <algorithm>
#include <string>

#include "src/dockerfile/instructions.h"
#include "src/facts/container_program.h"
#include "src/facts/slim_image.h"
#include "src/facts/slim_need.h"
#include "src/transform/sink.h"
#include "src/transform/transform.h"

namespace dfix::transforms {
namespace {

// Whether a container of the stage, or of one based on it, starts something;
// other images may need all of the image.
bool RunsSomething(const Facts& facts, uint32_t root) {
  for (uint32_t i = root; i < facts.stages().size(); ++i) {
    if (i != root && !AreOneBuild(facts, root, i)) continue;
    if (ProgramsOf(facts, nullptr, i).state !=
        ContainerPrograms::State::kNone) {
      return true;
    }
  }
  return false;
}

void Visit(const Input& input, Sink& sink, uint32_t index) {
  const Stage& stage = input.facts.stages()[index];
  if (!stage.shipped || stage.from == kNoNode || stage.parent != kNoStage) {
    return;
  }
  const Instruction from(input.document, stage.from);
  const auto parts = PartsOfFrom(from);
  if (!parts) return;
  const auto slim = SlimVariantOf(parts->image);
  if (!slim || !RunsSomething(input.facts, index)) return;
  const SlimProblem problem =
      WhyNotSlim(input.facts, input.context, index, *slim);
  if (!problem.text.empty()) {
    return sink.Advise(
        problem.instruction == kNoInstruction
            ? stage.from
            : input.facts.instructions()[problem.instruction].node,
        "`" + slim->reference +
            "` is a fraction of the size, but may lack something: " +
            problem.text);
  }
  sink.Propose(stage.from, Level::kBold,
               "begin with `" + slim->reference +
                   "`, which has no compilers and no libraries to build with; "
                   "make sure that the program needs none of them, nor git, "
                   "curl and the like",
               [&](ChangeWriter& change) {
                 change.ReplaceWord(from.ArgumentNodes()[0], slim->reference);
               });
}

void Run(const Input& input, Sink& sink) {
  for (uint32_t i = 0; i < input.facts.stages().size(); ++i) {
    Visit(input, sink, i);
  }
}

}  // namespace

extern const Transform kUseSlimBase;
const Transform kUseSlimBase = {
    .id = "use-slim-base",
    .title = "Begin with the slim variant of an official image",
    .why =
        "The images of languages come with compilers, version control and the "
        "headers of dozens of libraries, for packages that are compiled when "
        "they are installed. A program that is only run needs none of that: "
        "the slim variant is a few hundred megabytes smaller and has less for "
        "an attacker to use.",
    .level = Level::kBold,
    .phase = Phase::kStructure,
    .rank = 6,
    .aliases = {},
    .effects = {Effect::kUsesSlimBase},
    .before =
        "FROM python:3.12\n"
        "COPY server.py /\n"
        "CMD [\"python\", \"/server.py\"]\n",
    .after =
        "FROM python:3.12-slim\n"
        "COPY server.py /\n"
        "CMD [\"python\", \"/server.py\"]\n",
    .left_alone =
        "Stages that run a program which the slim image may lack, install "
        "packages that may have to be compiled or need a library, or start "
        "sources that call other programs: for those there is advice. Packages "
        "are known by name, those of npm by a lock file that says that none "
        "has a script, gems by a Gemfile.lock; with `--only-binary=:all:` pip "
        "compiles none. Images "
        "by digest, with a variable, or with a tag of another form. Stages "
        "that are not shipped, and those without a command, which others are "
        "based on.",
    .run = Run,
};

}  // namespace dfix::transforms
