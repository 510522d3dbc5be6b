#include "src/dockerfile/instructions.h"
#include "src/facts/leaner_base.h"
#include "src/transform/sink.h"
#include "src/transform/transform.h"

namespace dfix::transforms {
namespace {

void Run(const Input& input, Sink& sink) {
  const Facts& facts = input.facts;
  if (facts.stages().empty()) return;
  const auto last = static_cast<uint32_t>(facts.stages().size()) - 1;
  const NodeId node = facts.stages()[last].from;
  LeanerBase base =
      FindLeanerBase(facts, input.context, last, input.runtime_images);
  if (!base.applies) {
    base = FindCompiledBase(facts, input.context, last, input.runtime_images);
  }
  if (!base.applies) return;
  const Instruction from(input.document, node);
  if (!base.problem.empty()) {
    const bool at = base.problem_at != kNoInstruction;
    return sink.LeaveAlone(
        at ? facts.instructions()[base.problem_at].node : node,
        "build tools stay in the image: " + base.problem);
  }
  sink.Propose(node, Level::kBold, base.message, [&](ChangeWriter& change) {
    change.ReplaceWord(from.ArgumentNodes()[0], base.image);
  });
}

}  // namespace

extern const Transform kUseRuntimeBase;
const Transform kUseRuntimeBase = {
    .id = "use-runtime-base",
    .title = "Run programs on an image that has nothing to build with",
    .why =
        "A stage that only runs what another one has built, or what lies in "
        "the build context, needs no compiler: the JDK, Maven, .NET's SDK, Go "
        "and Cargo are hundreds of megabytes that are pulled on every host and "
        "that are no use but to an attacker. The runtime of the same vendor, "
        "version and distribution runs the same programs of Java and .NET; "
        "what Go, Cargo and GCC have built runs on a small image, which has "
        "the C library if the program is linked with it.",
    .level = Level::kBold,
    .phase = Phase::kStructure,
    .rank = 7,
    .aliases = {},
    .effects = {Effect::kUsesRuntimeBase},
    .before =
        "FROM eclipse-temurin:17-jdk\n"
        "COPY target/shop.jar /shop.jar\n"
        "CMD [\"java\", \"-jar\", \"/shop.jar\"]\n",
    .after =
        "FROM eclipse-temurin:17-jre\n"
        "COPY target/shop.jar /shop.jar\n"
        "CMD [\"java\", \"-jar\", \"/shop.jar\"]\n",
    .left_alone =
        "Stages that start a script, or anything but `java`, `dotnet` or what "
        "an earlier stage is seen to compile, that name files of the image, or "
        "whose RUNs call programs that only the image may have; for programs "
        "that are compiled, stages with any RUN; health checks with a program "
        "that the runtime's image "
        "lacks; images by digest, with a variable, or for which no image is "
        "known that has the runtime alone, as of OpenJDK from version 12 on; "
        "images that listen or compare texts in another way, unless ENV says "
        "how. Stages that build are for split-build-stage.",
    .run = Run,
};

}  // namespace dfix::transforms
