#include <algorithm>
#include <string>
#include <vector>

#include "src/facts/run_groups.h"
#include "src/transform/sink.h"
#include "src/transform/transform.h"

namespace dfix::transforms {

extern const Transform kMergeRuns;

namespace {

// Nobody reads more, and to weigh them takes time that grows with the square.
constexpr uint32_t kMostCommands = 100;

constexpr Option kOptions[] = {
    {"stages",
     OptionType::kChoice,
     "all",
     "which stages: `final`, those whose layers are in the last image; `all`, "
     "other images, too, but no stage that only feeds COPY --from; `every`, "
     "those as well",
     {"final", "all", "every"}},
    {"max-commands", OptionType::kNumber, "20",
     "the most commands that a merged RUN may have, up to 100"},
    {"long-steps",
     OptionType::kChoice,
     "apart",
     "what to do with a RUN that may take long: `apart`, it keeps its layer "
     "and its place in the build cache; `merge`, the next one is joined to it",
     {"apart", "merge"}},
};

RunStages StagesOf(std::string_view choice) {
  if (choice == "final") return RunStages::kFinal;
  return choice == "every" ? RunStages::kEvery : RunStages::kImages;
}

std::string Message(const RunGroup& group) {
  std::string text =
      "merge " + std::to_string(group.members.size()) + " RUNs into one: ";
  switch (group.gain) {
    case RunGain::kFinishes:
      return text +
             "files that are removed or altered in a layer of their own are "
             "still in the one below";
    case RunGain::kPackages:
      return text +
             "steps of one package manager belong together, or the cache keeps "
             "old package lists";
    case RunGain::kCheap:
      return text +
             "one layer is enough, and it costs next to nothing to "
             "repeat what comes first";
    default:
      return text + "one layer is enough";
  }
}

void Propose(const Input& input, const RunGroup& group, Sink& sink) {
  std::vector<JoinedRun> runs;
  for (const RunGroup::Member& member : group.members) {
    runs.push_back({input.facts.instructions()[member.instruction].inner,
                    member.in_subshell, member.dropped, member.is_split});
  }
  const uint32_t first = group.members.front().instruction;
  // A program of which nothing is known may leave something running.
  const Level level = group.follows_unknown ? Level::kReview : Level::kSafe;
  sink.Propose(input.facts.instructions()[first].node, level, Message(group),
               [&](ChangeWriter& change) {
                 switch (group.kind) {
                   case JointKind::kChain:
                     return change.JoinRuns(runs);
                   case JointKind::kSequence:
                     return change.JoinRunsAsSequence(runs, group.leading_set);
                   case JointKind::kHeredoc:
                     return change.JoinHeredocRuns(runs);
                 }
               });
}

void Run(const Input& input, Sink& sink) {
  const auto instructions = input.facts.instructions();
  const auto stays = [&](uint32_t index) {
    const auto names = input.facts.IgnoredAt(instructions[index].node);
    return std::any_of(names.begin(), names.end(), [](std::string_view name) {
      return Matches(kMergeRuns, name);
    });
  };
  const RunGroups found = FindRunGroups(
      input.facts,
      {StagesOf(input.options.Text("stages")),
       std::min(kMostCommands, input.options.Number("max-commands")),
       input.options.Text("long-steps") == "merge", stays});
  for (const RunApart& apart : found.apart) {
    sink.LeaveAlone(instructions[apart.instruction].node, apart.reason,
                    instructions[apart.first].node);
  }
  for (const RunGroup& group : found.groups) Propose(input, group, sink);
}

}  // namespace

const Transform kMergeRuns = {
    .id = "merge-runs",
    .title = "Make one RUN of those that belong together",
    .why =
        "Each RUN is a layer and a step of the build cache. Two RUNs become "
        "one where that helps: where the second removes, unpacks or alters "
        "files that the first made, since the layer below keeps them all the "
        "same; where both are steps of one package manager, since a cached "
        "`apt-get update` goes stale; and where what comes first is done at "
        "once (`mkdir`, `useradd`, `echo`), so that repeating it costs "
        "nothing. A RUN that downloads or compiles keeps its own layer when "
        "a cheap or unrelated one follows: an edit to the second would "
        "otherwise repeat the first (`long-steps` says otherwise). Two RUNs of "
        "one unknown command each "
        "are merged at level review: nothing tells them apart, but one may "
        "leave something running.",
    .level = Level::kSafe,
    .phase = Phase::kStructure,
    .rank = 10,
    .aliases = {"DL3059"},
    .effects = {Effect::kMergesRuns},
    .before =
        "FROM debian:12\n"
        "RUN apt-get update\n"
        "RUN apt-get install -y curl\n"
        "RUN rm -rf /var/lib/apt/lists/*\n",
    .after =
        "FROM debian:12\n"
        "RUN apt-get update \\\n"
        "    && apt-get install -y curl \\\n"
        "    && rm -rf /var/lib/apt/lists/*\n",
    .left_alone =
        "Stages that only feed COPY --from; RUNs whose flags differ or in exec "
        "form; heredocs, but for two that are all of their RUNs and begin with "
        "the same `set -e`; scripts of several lines whose `cd`, variables, "
        "options or `;` would reach the next one, where one line gets "
        "parentheses; what may leave a process running or change its shell in "
        "ways that cannot be seen; what `set -e` would not act on any more; "
        "more commands than `max-commands`. `# dfix ignore=merge-runs` above "
        "a RUN keeps it apart, `# dfix stage ignore=merge-runs` a stage, "
        "`# dfix global ignore=merge-runs` a file.",
    .options = kOptions,
    .run = Run,
};

}  // namespace dfix::transforms
