#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "src/dockerfile/characters.h"
#include "src/dockerfile/instructions.h"
#include "src/facts/stage_use.h"
#include "src/transform/sink.h"
#include "src/transform/transform.h"

namespace dfix::transforms {
namespace {

// The stage by its number in the file, and what counts to it.
struct Numbered {
  uint32_t stage;
  std::vector<StageUse> uses;
};

std::vector<Numbered> NumberedStages(const std::vector<StageUse>& uses) {
  std::vector<Numbered> stages;
  for (const StageUse& use : uses) {
    if (use.way != StageUse::Way::kCopyNumber) continue;
    const auto found = std::find_if(
        stages.begin(), stages.end(),
        [&](const Numbered& known) { return known.stage == use.stage; });
    if (found == stages.end()) {
      stages.push_back({use.stage, {use}});
    } else {
      found->uses.push_back(use);
    }
  }
  return stages;
}

bool HasRun(const Facts& facts, const Stage& stage) {
  for (uint32_t i = stage.first; i < stage.end; ++i) {
    if (facts.instructions()[i].kind == InstructionKind::kRun) return true;
  }
  return false;
}

// `golang` of `docker.io/library/golang:1.22`; empty for what cannot begin the
// name of a stage.
std::string ImageWord(const Stage& stage) {
  std::string word = AsciiLower(stage.base.value_or(""));
  word.erase(std::min(word.find('@'), word.size()));
  word.erase(0, word.rfind('/') + 1);
  word.erase(std::min(word.find(':'), word.size()));
  const bool fits =
      word.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-_.") ==
      std::string::npos;
  return fits && !word.empty() && word[0] >= 'a' ? word : "";
}

// A name for `stage` that nothing in the file has or means, added to `taken`.
std::string NewName(const Facts& facts, uint32_t stage, bool alone,
                    std::vector<std::string>& taken) {
  const bool builds = HasRun(facts, facts.stages()[stage]);
  const std::string word = ImageWord(facts.stages()[stage]);
  const std::string use = builds ? "build" : "source";
  std::vector<std::string> choices;
  if (alone) choices = {use, builds ? "builder" : "files"};
  if (!word.empty()) choices.push_back(word + "-" + use);
  choices.push_back(use + "-" + std::to_string(stage));
  while (std::find(taken.begin(), taken.end(), choices.front()) !=
         taken.end()) {
    if (choices.size() == 1) choices.push_back(choices[0] + "-" + use);
    choices.erase(choices.begin());
  }
  taken.push_back(choices.front());
  return choices.front();
}

// `as` for a file that writes `from`.
std::string_view AsLike(const Instruction& from) {
  return from.Keyword() == "from" ? "as" : "AS";
}

void NameStage(const Input& input, Sink& sink, const Numbered& numbered,
               bool alone, std::vector<std::string>& taken) {
  const Facts& facts = input.facts;
  const Stage& stage = facts.stages()[numbered.stage];
  const Instruction from(input.document, stage.from);
  const auto parts = PartsOfFrom(from);
  const NodeId anchor = numbered.uses.front().flag;
  if (!parts) return;
  const bool named = !parts->stage.empty();
  const std::string name =
      named ? parts->stage : NewName(facts, numbered.stage, alone, taken);
  const auto namesakes = std::count_if(
      facts.stages().begin(), facts.stages().end(), [&](const Stage& other) {
        return !other.name.empty() && other.name == stage.name;
      });
  if (namesakes > 1) {
    return sink.LeaveAlone(anchor, "another stage, too, is called `" + name +
                                       "`; the number tells them apart");
  }
  const std::string number = std::to_string(numbered.stage);
  sink.Propose(
      anchor, Level::kSafe,
      named ? "say `" + name + "`, the stage's name, instead of its number " +
                  number + ", which changes when a stage is added before it"
            : "name stage " + number + " (line {line}) `" + name +
                  "`: its number changes when a stage is added before it",
      [&](ChangeWriter& change) {
        if (!named) {
          change.InsertWordAfter(from.ArgumentNodes()[0],
                                 std::string(AsLike(from)) + " " + name);
        }
        for (const StageUse& use : numbered.uses) {
          change.ReplaceWord(use.flag, "--from=" + name);
        }
      },
      stage.from);
}

void Run(const Input& input, Sink& sink) {
  const std::vector<StageUse> uses = StageUses(input.facts);
  for (const StageUse& use : uses) {
    if (use.way == StageUse::Way::kMountNumber) {
      sink.LeaveAlone(use.flag,
                      "in a mount a number is the name of an image, and not a "
                      "stage; name the stage and write that name");
    } else if (use.way == StageUse::Way::kTriggerNumber) {
      sink.LeaveAlone(use.flag,
                      "ONBUILD: the number counts the stages of files that "
                      "are based on this image");
    } else if (use.way == StageUse::Way::kNoStage) {
      sink.LeaveAlone(use.flag, "the file has no other stage of that number");
    }
  }
  const std::vector<Numbered> stages = NumberedStages(uses);
  const auto unnamed = std::count_if(
      stages.begin(), stages.end(), [&](const Numbered& numbered) {
        return input.facts.stages()[numbered.stage].name.empty();
      });
  std::vector<std::string> taken = NamesInUse(input.facts);
  for (const Numbered& numbered : stages) {
    NameStage(input, sink, numbered, unnamed == 1, taken);
  }
}

}  // namespace

extern const Transform kNameStages;
const Transform kNameStages = {
    .id = "name-stages",
    .title = "Name stages that are copied from, and use the names",
    .why =
        "`COPY --from=0` counts stages: who adds one before it copies from the "
        "wrong stage, and who reads it has to count. A name says what the "
        "stage is for and stays right.",
    .level = Level::kSafe,
    .phase = Phase::kLayout,
    .rank = 10,
    .aliases = {},
    .effects = {Effect::kNamesStage},
    .before =
        "FROM golang:1.22\n"
        "RUN go install example.com/tool@v1.0.0\n"
        "FROM debian:12\n"
        "COPY --from=0 /go/bin/tool /usr/local/bin/\n",
    .after =
        "FROM golang:1.22 AS build\n"
        "RUN go install example.com/tool@v1.0.0\n"
        "FROM debian:12\n"
        "COPY --from=build /go/bin/tool /usr/local/bin/\n",
    .left_alone =
        "Numbers in mounts, which are no stages, in ONBUILD, which counts the "
        "stages of another file, and numbers without a stage. A name that "
        "two stages share is not used.",
    .run = Run,
};

}  // namespace dfix::transforms
