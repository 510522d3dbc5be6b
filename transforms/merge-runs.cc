#include <algorithm>
#include <string>
#include <vector>

#include "src/dockerfile/instructions.h"
#include "src/facts/apt_lists.h"
#include "src/facts/layout.h"
#include "src/facts/run_joint.h"
#include "src/facts/run_outcome.h"
#include "src/facts/run_work.h"
#include "src/shell/words.h"
#include "src/transform/sink.h"
#include "src/transform/transform.h"

namespace dfix::transforms {

extern const Transform kMergeRuns;

namespace {

constexpr size_t kMaxCommands = 20;

// Why it is good to merge a RUN into those before it, the best reason last.
enum class Gain : uint8_t { kNone, kUnknown, kCheap, kPackages, kFinishes };

constexpr std::string_view kSlowProblem =
    "the RUN at line {line} may take long, and every edit here would repeat it";

// The RUNs that become one, from the first on.
struct Group {
  std::vector<uint32_t> members;
  std::vector<JoinedRun> runs;
  Join join = Join::kAnd;
  RunWork work;
  Gain gain = Gain::kNone;
  bool only_single_unknown = false;
};

std::vector<std::string> FlagsOf(const Document& document, NodeId run) {
  std::vector<std::string> flags;
  for (const NodeId child : document.Children(run)) {
    if (document.kind(child) == NodeKind::kFlag) {
      flags.push_back(LogicalText(document, child));
    }
  }
  return flags;
}

bool IsSingleUnknown(const RunWork& work) {
  return work.work == Work::kUnknown && work.commands.size() == 1;
}

// What speaks for one more RUN in the group; kNone if the cache speaks against
// it.
Gain GainOf(const Group& group, const RunWork& next) {
  if (group.work.work == Work::kCheap) return Gain::kCheap;
  if (FinishesWorkOf(next, group.work)) return Gain::kFinishes;
  const bool same_manager =
      next.begins_with_manager && next.manager == group.work.manager;
  if (same_manager && (group.work.only_refreshes ||
                       (group.work.only_packages && next.only_packages))) {
    return Gain::kPackages;
  }
  if (group.only_single_unknown && IsSingleUnknown(next)) {
    return Gain::kUnknown;
  }
  return Gain::kNone;
}

std::string Message(const Group& group) {
  std::string text =
      "merge " + std::to_string(group.members.size()) + " RUNs into one: ";
  switch (group.gain) {
    case Gain::kFinishes:
      return text +
             "files that are removed or altered in a layer of their own are "
             "still in the one below";
    case Gain::kPackages:
      return text +
             "steps of one package manager belong together, or the cache keeps "
             "old package lists";
    case Gain::kCheap:
      return text +
             "one layer is enough, and it costs next to nothing to "
             "repeat what comes first";
    default:
      return text + "one layer is enough";
  }
}

class Merger {
 public:
  Merger(const Input& input, Sink& sink)
      : facts_(input.facts),
        document_(input.document),
        sink_(sink),
        steps_(FindListsSteps(input.facts)) {}

  void Run() {
    for (uint32_t i = 0; i < facts_.instructions().size(); ++i) {
      if (!Continues(i)) {
        Finish();
        if (At(i).kind == InstructionKind::kRun) Begin(i);
        continue;
      }
      const std::string problem = Add(i);
      if (problem.empty()) continue;
      const NodeId first = At(group_.members.front()).node;
      Finish();
      sink_.LeaveAlone(At(i).node, problem, first);
      Begin(i);
    }
    Finish();
  }

 private:
  const InstructionFacts& At(uint32_t i) const {
    return facts_.instructions()[i];
  }

  // Whether instruction `i` is a RUN right behind those of the group.
  bool Continues(uint32_t i) const {
    return !group_.members.empty() && At(i).kind == InstructionKind::kRun &&
           At(i).stage == At(i - 1).stage && At(i).onbuild == At(i - 1).onbuild;
  }

  void Begin(uint32_t i) {
    group_ = Group{{i}, {{At(i).inner}}, Join::kAnd, {}, Gain::kNone, false};
    if (!IsScript(i)) return;
    group_.work = WorkOf(CommandsOf(document_, At(i).script));
    group_.only_single_unknown = IsSingleUnknown(group_.work);
  }

  void Finish() {
    if (group_.members.size() > 1) {
      // A program of which nothing is known may leave something running.
      const Level level =
          group_.gain == Gain::kUnknown ? Level::kReview : Level::kSafe;
      sink_.Propose(At(group_.members.front()).node, level, Message(group_),
                    [&](ChangeWriter& change) {
                      change.JoinRuns(group_.runs, group_.join);
                    });
    }
    group_.members.clear();
  }

  // Takes RUN `i` into the group, or says why not.
  std::string Add(uint32_t i) {
    std::string problem = FindObstacle(i);
    if (!problem.empty()) return problem;
    const RunJoint joint = JointOf(facts_, i - 1, i);
    if (!joint.problem.empty()) return joint.problem;
    problem = FindGroupProblem(i, joint);
    if (!problem.empty()) return problem;
    RunWork next = WorkOf(CommandsOf(document_, At(i).script));
    const Gain gain = GainOf(group_, next);
    if (gain == Gain::kNone) return std::string(kSlowProblem);
    if (AuthorKeepsApart(i)) {
      return "a comment here speaks of layers, the cache or separate steps";
    }
    if (gain == Gain::kPackages && BringsItsOwnLists(i)) {
      return "it downloads package lists of its own";
    }
    if (gain == Gain::kCheap && next.work != Work::kCheap &&
        Between(i).find('#') != std::string_view::npos) {
      return "a comment says that something else begins here";
    }
    problem = RunsApartProblem(facts_, i, group_.work, next);
    if (!problem.empty()) return problem;
    Take(i, joint, gain, std::move(next));
    return "";
  }

  // Whether the author says why RUN `i`, or the series of RUNs without comments
  // that it stands in, is in steps of its own.
  bool AuthorKeepsApart(uint32_t i) const {
    constexpr std::string_view kPhrases[] = {"separate", "layer", "cache",
                                             "caching"};
    for (uint32_t at = i; At(at).kind == InstructionKind::kRun; --at) {
      const NodeId run = At(at).node;
      if (CommentMentions(document_, run, kPhrases)) return true;
      const bool has_comment = CommentsAboveBegin(document_, run) !=
                               InstructionLineBegin(document_, run);
      if (has_comment && at != i) return false;
      if (at == 0) return false;
    }
    return false;
  }

  // Whether RUN `i` begins by downloading package lists, and one before it in
  // the group has done that, too: each of them is complete in itself.
  bool BringsItsOwnLists(uint32_t i) const {
    const uint32_t first = group_.members.front();
    bool before = false;
    for (const ListsStep& step : steps_) {
      if (step.instruction == i) {
        return before && step.event == ListsEvent::kRefresh;
      }
      before |= step.instruction >= first && step.instruction < i &&
                step.event == ListsEvent::kRefresh;
    }
    return false;
  }

  void Take(uint32_t i, const RunJoint& joint, Gain gain, RunWork next) {
    group_.runs.back().in_subshell |= joint.first_in_subshell;
    group_.runs.push_back(
        {At(i).inner, joint.second_in_subshell, joint.dropped});
    if (joint.dropped != kNoNode) group_.join = Join::kSequence;
    group_.members.push_back(i);
    group_.gain = std::max(group_.gain, gain);
    group_.only_single_unknown &= IsSingleUnknown(next);
    std::vector<ScriptCommand> commands = std::move(group_.work.commands);
    std::move(next.commands.begin(), next.commands.end(),
              std::back_inserter(commands));
    group_.work = WorkOf(std::move(commands));
  }

  bool IsScript(uint32_t i) const {
    return At(i).script != kNoNode &&
           document_.kind(At(i).script) == NodeKind::kScript &&
           document_.Child(At(i).inner, NodeKind::kScript) == At(i).script;
  }

  // What the file says against it, whatever the scripts do.
  std::string FindObstacle(uint32_t i) const {
    for (const uint32_t run : {i - 1, i}) {
      if (Instruction(document_, At(run).inner).is_json()) {
        return "the exec form runs no shell";
      }
      if (!Instruction(document_, At(run).inner).Heredocs().empty()) {
        return "a heredoc is a script of its own";
      }
      if (!IsScript(run)) return "a script is not understood";
      const auto names = facts_.IgnoredAt(At(run).node);
      if (std::any_of(names.begin(), names.end(), [](std::string_view name) {
            return Matches(kMergeRuns, name);
          })) {
        return "a comment says so";
      }
    }
    if (FlagsOf(document_, At(i - 1).inner) !=
        FlagsOf(document_, At(i).inner)) {
      return "the flags of the RUNs differ";
    }
    if (!At(i).onbuild && !facts_.stages()[At(i).stage].shipped) {
      return "the layers of this stage are not shipped, and more of them are "
             "better for the cache";
    }
    return FindComment(i);
  }

  // What speaks against the RUN in this group, though not behind the last
  // member alone.
  std::string FindGroupProblem(uint32_t i, const RunJoint& joint) const {
    for (const uint32_t member : group_.members) {
      const std::string problem = VariableProblem(facts_, member, i);
      if (!problem.empty()) return problem;
    }
    const size_t added = CommandsOf(document_, At(i).script).size();
    if (group_.work.commands.size() + added > kMaxCommands) {
      return "the RUN would have more than " + std::to_string(kMaxCommands) +
             " commands";
    }
    const bool mixed =
        (joint.dropped != kNoNode) != (group_.join == Join::kSequence);
    if (mixed && group_.members.size() > 1) {
      return "`;` goes on after a failure, which `&&` around it would hide";
    }
    return "";
  }

  // The text between RUN `i` and the one before it: comments and blank lines.
  std::string_view Between(uint32_t i) const {
    const uint32_t end = document_.Range(At(i - 1).node).end;
    const uint32_t begin = LineEnd(document_.text(), end);
    return Slice(
        document_.text(),
        {begin, std::max(begin, InstructionLineBegin(document_, At(i).node))});
  }

  // What the comments between the RUNs say against merging.
  std::string FindComment(uint32_t i) const {
    const std::string_view text = Between(i);
    for (const std::string_view word :
         {"hadolint", "dfix", "shellcheck", "nolint", "noqa", "nosec",
          "checkov", "trivy", "kics", "semgrep", "renovate"}) {
      if (text.find(word) != std::string_view::npos) {
        return "the comment between the RUNs is for a tool";
      }
    }
    const uint32_t line = InstructionLineBegin(document_, At(i).node);
    const uint32_t above = CommentsAboveBegin(document_, At(i).node);
    const size_t detached =
        text.size() - std::min<size_t>(text.size(), line - above);
    if (text.substr(0, detached).find('#') != std::string_view::npos) {
      return "the comment between the RUNs is not about the second alone";
    }
    return "";
  }

  const Facts& facts_;
  const Document& document_;
  Sink& sink_;
  std::vector<ListsStep> steps_;
  Group group_;
};

void Run(const Input& input, Sink& sink) { Merger(input, sink).Run(); }

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
        "otherwise repeat the first. Two RUNs of one unknown command each "
        "are merged at level review: nothing tells them apart, but one may "
        "leave something running.",
    .level = Level::kSafe,
    .phase = Phase::kStructure,
    .rank = 10,
    .aliases = {"DL3059"},
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
        "Stages that only feed COPY --from; RUNs whose flags differ, in exec "
        "form or with heredocs; scripts whose `cd`, variables, options or "
        "traps would leak into the next one, or that may leave a process "
        "running; `;` and `||` where `&&` would change what runs after a "
        "failure; more than 20 commands. `# dfix ignore=merge-runs` above a "
        "RUN keeps it apart, `# dfix stage ignore=merge-runs` a stage, "
        "`# dfix global ignore=merge-runs` a file.",
    .run = Run,
};

}  // namespace dfix::transforms
