#include <algorithm>
#include <string>
#include <vector>

#include "src/facts/layout.h"
#include "src/facts/stage_use.h"
#include "src/text/one_of.h"
#include "src/transform/sink.h"
#include "src/transform/transform.h"

namespace dfix::transforms {
namespace {

// Names of stages that are there for others. All other names are for
// `docker build --target`: tests, documentation, a second image.
constexpr std::string_view kForOthers[] = {
    "build",        "builder",      "build-env",  "build-stage", "compile",
    "compiler",     "dependencies", "deps",       "fetch",       "install",
    "intermediate", "node_modules", "prerelease", "vendor",
};

bool HasNumbers(const std::vector<StageUse>& uses) {
  return std::any_of(uses.begin(), uses.end(), [](const StageUse& use) {
    return use.way == StageUse::Way::kCopyNumber;
  });
}

// Whether a name is only known when the image is built: any stage may be meant.
bool HasVariables(const std::vector<StageUse>& uses) {
  return std::any_of(uses.begin(), uses.end(), [](const StageUse& use) {
    return use.way == StageUse::Way::kUnknown;
  });
}

// Adds `stage` and all that it is made of to `used`.
void Use(const Facts& facts, const std::vector<StageUse>& uses, uint32_t stage,
         std::vector<bool>& used) {
  std::vector<uint32_t> todo = {stage};
  while (!todo.empty()) {
    const uint32_t next = todo.back();
    todo.pop_back();
    if (used[next]) continue;
    used[next] = true;
    for (const StageUse& use : uses) {
      if (use.stage != kNoStage &&
          facts.instructions()[use.instruction].stage == next) {
        todo.push_back(use.stage);
      }
    }
  }
}

bool HasCommand(const Facts& facts, const Stage& stage) {
  for (uint32_t i = stage.first; i < stage.end; ++i) {
    const InstructionKind kind = facts.instructions()[i].kind;
    if (kind == InstructionKind::kCmd || kind == InstructionKind::kEntrypoint) {
      return true;
    }
  }
  return false;
}

// Why nobody but its author can tell that the stage is not needed; else empty.
std::string WhyNot(const Facts& facts, const Stage& stage) {
  const Document& document = facts.document();
  const std::string target = "`docker build --target " + stage.name + "`";
  if (HasCommand(facts, stage)) {
    return "no other stage uses it, but it has a command of its own: it is an "
           "image that is built with `--target`";
  }
  if (!stage.name.empty() && !IsOneOf(stage.name, kForOthers)) {
    return "no other stage uses it, but " + target +
           " may build it; remove it if nobody does";
  }
  const NodeId last = facts.instructions()[stage.end - 1].node;
  const TextRange all = {CommentsAboveBegin(document, stage.from),
                         LineEnd(document.text(), document.Range(last).end)};
  if (HasComment(document, all)) {
    return "no other stage uses it; its comments would be left without what "
           "they are about, so it is for you to remove it";
  }
  return "";
}

void Run(const Input& input, Sink& sink) {
  const Facts& facts = input.facts;
  const auto stages = facts.stages();
  const std::vector<StageUse> uses = StageUses(facts);
  if (stages.size() < 2 || stages[0].from == kNoNode) return;
  std::vector<bool> used(stages.size());
  Use(facts, uses, static_cast<uint32_t>(stages.size() - 1), used);
  // Back to front: what a stage that stays is made of stays, too.
  for (auto i = static_cast<uint32_t>(stages.size()); i-- > 0;) {
    if (used[i]) continue;
    std::string reason = WhyNot(facts, stages[i]);
    if (HasVariables(uses)) {
      reason =
          "the name of an image or a stage is a variable, which may mean "
          "this one";
    } else if (reason.empty() && HasNumbers(uses)) {
      reason = "`COPY --from` counts stages; `name-stages` gives them names";
    }
    if (!reason.empty()) {
      sink.LeaveAlone(stages[i].from, std::move(reason));
      Use(facts, uses, i, used);
      continue;
    }
    std::string message =
        "remove the stage: nothing in the file uses it, and BuildKit never "
        "builds it";
    if (!stages[i].name.empty()) {
      message += " unless told to with `--target " + stages[i].name + "`";
    }
    sink.Propose(stages[i].from, Level::kBold, std::move(message),
                 [&](ChangeWriter& change) {
                   change.RemoveInstructions(
                       stages[i].from,
                       facts.instructions()[stages[i].end - 1].node);
                 });
  }
}

}  // namespace

extern const Transform kDropUnusedStages;
const Transform kDropUnusedStages = {
    .id = "drop-unused-stages",
    .title = "Remove stages that nothing uses",
    .why =
        "A stage that no FROM, COPY or mount refers to has no part in the "
        "image. It costs whoever reads the file time, and builders other than "
        "BuildKit build it all the same.",
    .level = Level::kBold,
    .phase = Phase::kCleanUp,
    .rank = 30,
    .aliases = {},
    .effects = {Effect::kRemovesUnusedStage},
    .before =
        "FROM node:20 AS deps\n"
        "RUN npm install --global yarn\n"
        "\n"
        "FROM nginx:1.25\n"
        "COPY . /usr/share/nginx/html\n",
    .after =
        "FROM nginx:1.25\n"
        "COPY . /usr/share/nginx/html\n",
    .left_alone =
        "Stages that `docker build --target` is likely to name: those with a "
        "CMD or ENTRYPOINT, and those with another name than `build`, "
        "`builder`, `deps` and the like; what they are made of; stages with "
        "comments, which would be lost; files that count stages "
        "(`COPY --from=0`) or where a variable may name a stage "
        "(`FROM ${VARIANT}`).",
    .run = Run,
};

}  // namespace dfix::transforms
