#include <string>

#include "src/dockerfile/instructions.h"
#include "src/transform/sink.h"
#include "src/transform/transform.h"

namespace dfix::transforms {
namespace {

// `text` as the value of a LABEL, in double quotes.
std::string Quoted(std::string_view text, char escape) {
  if (text.size() > 1 && (text.front() == '"' || text.front() == '\'') &&
      text.find(text.front(), 1) == text.size() - 1) {
    text = text.substr(1, text.size() - 2);
  }
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '$' || c == escape) out += escape;
    out += c;
  }
  return out + '"';
}

bool StageHasLabel(const Facts& facts, const Stage& stage,
                   std::string_view key) {
  for (uint32_t i = stage.first; i < stage.end; ++i) {
    if (facts.instructions()[i].kind != InstructionKind::kLabel) continue;
    const Instruction label(facts.document(), facts.instructions()[i].inner);
    for (const KeyValuePair& pair : label.Pairs()) {
      if (pair.key == key || pair.key == '"' + std::string(key) + '"') {
        return true;
      }
    }
  }
  return false;
}

void Rewrite(const Input& input, const InstructionFacts& facts, Sink& sink) {
  const Instruction maintainer(input.document, facts.node);
  const std::vector<NodeId> nodes = maintainer.ArgumentNodes();
  if (nodes.size() != 1) return;
  const auto stages = input.facts.stages();
  const std::string key(input.options.Text("key"));
  const bool too_early =
      stages[facts.stage].from == kNoNode && stages.size() > 1;
  const Stage& stage =
      too_early ? stages[facts.stage + 1] : stages[facts.stage];
  if (StageHasLabel(input.facts, stage, key)) {
    return sink.LeaveAlone(facts.node,
                           "the stage has a label `" + key + "` already");
  }
  const std::string label =
      key + '=' + Quoted(maintainer.Arguments()[0], input.document.escape());
  if (too_early) {
    return sink.Propose(
        facts.node, Level::kReview,
        "make it a LABEL behind FROM: MAINTAINER is deprecated, and what "
        "stands before the first stage is refused",
        [&](ChangeWriter& change) {
          change.RemoveInstruction(facts.node);
          change.InsertInstructionAfter(stage.from, "LABEL " + label);
        });
  }
  sink.Propose(facts.node, Level::kReview,
               "make it a LABEL: MAINTAINER is deprecated, and what reads "
               "images looks for labels",
               [&](ChangeWriter& change) {
                 change.ReplaceKeyword(facts.node, "LABEL");
                 change.ReplaceWord(nodes[0], label);
               });
}

void Run(const Input& input, Sink& sink) {
  for (const InstructionFacts& facts : input.facts.instructions()) {
    if (facts.kind == InstructionKind::kMaintainer && !facts.onbuild) {
      Rewrite(input, facts, sink);
    }
  }
}

constexpr Option kOptions[] = {{.key = "key",
                                .type = OptionType::kText,
                                .standard = "org.opencontainers.image.authors",
                                .meaning = "the key of the label"}};

}  // namespace

extern const Transform kLabelMaintainer;
const Transform kLabelMaintainer = {
    .id = "label-maintainer",
    .title = "Make MAINTAINER a LABEL",
    .why =
        "MAINTAINER has been deprecated since 2016. A label says the same, and "
        "registries and scanners read it. The image's `Author` field goes.",
    .level = Level::kReview,
    .phase = Phase::kContent,
    .rank = 5,
    .aliases = {"DL4000", "MaintainerDeprecated"},
    .effects = {Effect::kLabelsMaintainer},
    .before =
        "FROM debian:12\n"
        "MAINTAINER Ada Lovelace <ada@example.org>\n",
    .after =
        "FROM debian:12\n"
        "LABEL org.opencontainers.image.authors=\"Ada Lovelace "
        "<ada@example.org>\"\n",
    .left_alone = "Stages that have such a label already.",
    .options = kOptions,
    .run = Run,
};

}  // namespace dfix::transforms
