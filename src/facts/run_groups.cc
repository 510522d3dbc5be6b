#include "src/facts/run_groups.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string_view>
#include <utility>

#include "src/dockerfile/instructions.h"
#include "src/facts/apt_lists.h"
#include "src/facts/exec_form.h"
#include "src/facts/layout.h"
#include "src/facts/programs.h"
#include "src/facts/run_outcome.h"
#include "src/facts/run_work.h"
#include "src/facts/shell_state.h"
#include "src/facts/stage_use.h"
#include "src/shell/words.h"
#include "src/text/one_of.h"

namespace dfix {
namespace {

constexpr std::string_view kSlowProblem =
    "the RUN at line {line} may take long, and every edit here would repeat it";

// Comments with one of these speak to a tool.
constexpr std::string_view kTools[] = {
    "hadolint", "dfix",  "shellcheck", "nolint",  "noqa",    "nosec",
    "checkov",  "trivy", "kics",       "semgrep", "renovate"};

// What a comment says that somebody will come back to.
constexpr std::string_view kReminders[] = {"FIXME", "HACK", "TODO", "XXX"};

// Whether a comment line of `text` is an instruction that somebody turned off:
// inside a RUN it could not be turned on again.
bool HasDisabledInstruction(std::string_view text) {
  constexpr std::string_view kKeywords[] = {
      "ADD",    "ARG",  "CMD",        "COPY",        "ENTRYPOINT", "ENV",
      "EXPOSE", "FROM", "LABEL",      "HEALTHCHECK", "RUN",        "ONBUILD",
      "SHELL",  "USER", "STOPSIGNAL", "VOLUME",      "WORKDIR"};
  for (size_t at = text.find('#'); at != std::string_view::npos;
       at = text.find('#', at + 1)) {
    const std::string_view line = WithoutBlanks(text.substr(at + 1));
    const std::string_view word = line.substr(0, line.find_first_of(" \t\n"));
    if (IsOneOf(word, kKeywords) && word.size() < line.size() &&
        line[word.size()] != '\n') {
      return true;
    }
  }
  return false;
}

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

// The RUNs that become one, from the first on, and what they do.
struct Growing {
  RunGroup group;
  RunWork work;
  bool only_single_unknown = false;
};

// What speaks for one more RUN in the group; kNone if the cache speaks against
// it.
RunGain GainOf(const Growing& growing, const RunWork& next) {
  const RunWork& work = growing.work;
  if (work.work == Work::kCheap) return RunGain::kCheap;
  if (FinishesWorkOf(next, work)) return RunGain::kFinishes;
  const bool same_manager =
      next.begins_with_manager && next.manager == work.manager;
  if (same_manager &&
      (work.only_refreshes || (work.only_packages && next.only_packages))) {
    return RunGain::kPackages;
  }
  if (growing.only_single_unknown && IsSingleUnknown(next)) {
    return RunGain::kUnknown;
  }
  return RunGain::kNone;
}

class Grouper {
 public:
  Grouper(const Facts& facts, const RunGroupRules& rules)
      : facts_(facts),
        document_(facts.document()),
        rules_(rules),
        steps_(FindListsSteps(facts)),
        feeds_only_(StagesThatOnlyFeedOthers(facts)) {
    FindCommentsOfAuthors();
  }

  RunGroups Run() {
    for (uint32_t i = 0; i < facts_.instructions().size(); ++i) {
      if (At(i).kind == InstructionKind::kVolume) AddVolumes(i);
      if (!Continues(i)) {
        Finish();
        if (At(i).kind == InstructionKind::kRun) Begin(i);
        continue;
      }
      std::string problem = Add(i);
      if (problem.empty()) continue;
      groups_.apart.push_back({i, First(), std::move(problem)});
      Finish();
      Begin(i);
    }
    Finish();
    return std::move(groups_);
  }

 private:
  using Member = RunGroup::Member;

  const InstructionFacts& At(uint32_t i) const {
    return facts_.instructions()[i];
  }
  std::vector<Member>& Members() { return growing_.group.members; }
  const std::vector<Member>& Members() const { return growing_.group.members; }
  uint32_t First() const { return Members().front().instruction; }

  void AddVolumes(uint32_t i) {
    for (const std::string& path :
         Instruction(document_, At(i).inner).Arguments()) {
      volumes_.push_back(path);
    }
  }

  // Some builders keep what is written to a volume for the same RUN only.
  std::string FindVolumeProblem() const {
    for (const std::string& path : volumes_) {
      if (MentionsPath(growing_.work, path)) {
        return "what is written to the volume `" + path +
               "` may be gone for the next RUN";
      }
    }
    return "";
  }

  // Whether instruction `i` is a RUN right behind those of the group.
  bool Continues(uint32_t i) const {
    return !Members().empty() && At(i).kind == InstructionKind::kRun &&
           At(i).stage == At(i - 1).stage && At(i).onbuild == At(i - 1).onbuild;
  }

  void Begin(uint32_t i) {
    growing_ = Growing();
    Members().push_back({i});
    if (!IsScript(i)) return;
    growing_.work = WorkOf(CommandsOf(document_, At(i).script));
    growing_.only_single_unknown = IsSingleUnknown(growing_.work);
  }

  void Finish() {
    if (Members().size() > 1) {
      groups_.groups.push_back(std::move(growing_.group));
    }
    growing_ = Growing();
  }

  // Takes RUN `i` into the group, or says why not.
  std::string Add(uint32_t i) {
    std::string problem = FindObstacle(i);
    if (!problem.empty()) return problem;
    RunWork next = WorkOf(CommandsOf(document_, At(i).script));
    RunGain gain = GainOf(growing_, next);
    if (gain == RunGain::kNone && rules_.merge_slow) gain = RunGain::kUnknown;
    problem = FindPolicyProblem(i, gain, next);
    if (!problem.empty()) return problem;
    const RunJoint joint =
        JointOf(facts_, i - 1, i, growing_.group.leading_set);
    if (!joint.problem.empty()) return joint.problem;
    if (gain != RunGain::kFinishes && !joint.unclear.empty()) {
      return joint.unclear;
    }
    problem = FindGroupProblem(i, joint);
    if (problem.empty()) {
      problem = RunsApartProblem(facts_, i, growing_.work, next);
    }
    if (problem.empty()) problem = FindVolumeProblem();
    if (!problem.empty()) return problem;
    Take(i, joint, gain, std::move(next));
    return "";
  }

  // Why RUN `i` is better apart, even if one RUN would do the same.
  std::string FindPolicyProblem(uint32_t i, RunGain gain,
                                const RunWork& next) const {
    if (gain == RunGain::kNone) return std::string(kSlowProblem);
    if (author_keeps_apart_[i]) {
      return "a comment here speaks of layers, the cache or separate steps";
    }
    if (gain == RunGain::kPackages && BringsItsOwnLists(i)) {
      return "it downloads package lists of its own";
    }
    if (gain == RunGain::kCheap && next.work != Work::kCheap &&
        Between(i).find('#') != std::string_view::npos) {
      return "a comment says that something else begins here";
    }
    if (growing_.work.commands.size() + next.commands.size() >
        rules_.max_commands) {
      return "the RUN would have more than " +
             std::to_string(rules_.max_commands) + " commands";
    }
    return "";
  }

  // Finds the RUNs of which their author says why they, or the series of RUNs
  // without comments that they stand in, are in steps of their own.
  void FindCommentsOfAuthors() {
    constexpr std::string_view kPhrases[] = {"separate", "layer", "cache",
                                             "caching"};
    bool series = false;
    for (const InstructionFacts& instruction : facts_.instructions()) {
      const NodeId run = instruction.node;
      const bool is_run = instruction.kind == InstructionKind::kRun;
      const bool mentions = is_run && CommentMentions(document_, run, kPhrases);
      author_keeps_apart_.push_back(is_run && (mentions || series));
      const bool has_comment = CommentsAboveBegin(document_, run) !=
                               InstructionLineBegin(document_, run);
      series = is_run && (mentions || (series && !has_comment));
    }
  }

  // Whether RUN `i` begins by downloading package lists, and one before it in
  // the group has done that, too: each of them is complete in itself.
  bool BringsItsOwnLists(uint32_t i) const {
    const auto step_of = [&](uint32_t instruction) {
      return std::lower_bound(steps_.begin(), steps_.end(), instruction,
                              [](const ListsStep& step, uint32_t index) {
                                return step.instruction < index;
                              });
    };
    const auto own = step_of(i);
    if (own == steps_.end() || own->instruction != i ||
        own->event != ListsEvent::kRefresh) {
      return false;
    }
    return std::any_of(step_of(First()), own, [](const ListsStep& step) {
      return step.event == ListsEvent::kRefresh;
    });
  }

  void Take(uint32_t i, const RunJoint& joint, RunGain gain, RunWork next) {
    RunGroup& group = growing_.group;
    group.kind = joint.kind;
    group.leading_set = joint.leading_set;
    if (joint.kind == JointKind::kSequence) {
      for (Member& member : Members()) {
        const NodeId script = At(member.instruction).script;
        member.is_split = ShapeOf(document_, script).leading_set == kNoNode;
      }
    }
    Members().back().in_subshell |= joint.first_in_subshell;
    Members().push_back(
        {i, joint.second_in_subshell, joint.dropped, joint.splits_second});
    group.gain = std::max(group.gain, gain);
    group.follows_unknown |= gain == RunGain::kUnknown;
    growing_.only_single_unknown &= IsSingleUnknown(next);
    std::vector<ScriptCommand> commands = std::move(growing_.work.commands);
    std::move(next.commands.begin(), next.commands.end(),
              std::back_inserter(commands));
    growing_.work = WorkOf(std::move(commands));
  }

  bool IsScript(uint32_t i) const {
    return At(i).script != kNoNode &&
           document_.kind(At(i).script) == NodeKind::kScript;
  }

  std::string_view WhyNoScript(uint32_t run) const {
    const NodeId script = At(run).script;
    if (script != kNoNode && !ShellIsKnown(document_, script)) {
      return "the shell in force is none that is understood";
    }
    return "what the shell would make of a script is not understood";
  }

  // What the file says against it, whatever the scripts do.
  std::string FindObstacle(uint32_t i) const {
    for (const uint32_t run : {i - 1, i}) {
      const Instruction instruction(document_, At(run).inner);
      if (instruction.is_json()) return "the exec form runs no shell";
      const bool has_heredoc = !instruction.Heredocs().empty();
      if (has_heredoc &&
          (!IsScript(run) || !InHeredoc(document_, At(run).script))) {
        return "a heredoc is a script of its own";
      }
      if (!IsScript(run)) return std::string(WhyNoScript(run));
      if (rules_.stays(run)) return "a comment says so";
    }
    if (FlagsOf(document_, At(i - 1).inner) !=
        FlagsOf(document_, At(i).inner)) {
      return "the flags of the RUNs differ";
    }
    const std::string problem = FindStageProblem(At(i));
    return problem.empty() ? FindComment(i) : problem;
  }

  std::string FindStageProblem(const InstructionFacts& run) const {
    if (run.onbuild || rules_.stages == RunStages::kEvery) return "";
    if (feeds_only_[run.stage]) {
      return "the layers of this stage are not shipped, and more of them are "
             "better for the cache";
    }
    if (rules_.stages == RunStages::kFinal &&
        !facts_.stages()[run.stage].shipped) {
      return "the option `stages` leaves all but the final image alone";
    }
    return "";
  }

  // What speaks against the RUN in this group, though not behind the last
  // member alone.
  std::string FindGroupProblem(uint32_t i, const RunJoint& joint) const {
    const NodeId script = At(i).script;
    for (Member member : Members()) {
      const bool is_last = member.instruction == Members().back().instruction;
      member.in_subshell |= is_last && joint.first_in_subshell;
      std::string problem;
      if (!member.in_subshell) {
        problem = VariableProblem(facts_, member.instruction, i);
      }
      if (problem.empty()) problem = FindMemberProblem(member, script, joint);
      if (!problem.empty()) return problem;
    }
    return "";
  }

  // Why `script` cannot be joined to a group that `member` is part of.
  std::string FindMemberProblem(const Member& member, NodeId script,
                                const RunJoint& joint) const {
    const NodeId own = At(member.instruction).script;
    const ScriptShape shape = ShapeOf(document_, own);
    if (joint.kind == JointKind::kSequence && shape.leading_set == kNoNode) {
      if (member.in_subshell || member.dropped != kNoNode) {
        return "`set -e` of the second would act on what comes first";
      }
      return SplitProblem(facts_, member.instruction, joint.leading_set);
    }
    if (joint.kind == JointKind::kChain && shape.leading_link != kNoNode &&
        joint.dropped == kNoNode && !member.in_subshell) {
      return OptionsProblem(document_, script, shape.set_options);
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
    const auto behind = CommentBehind(document_, At(i - 1).script);
    if (HasOneOf(text, kTools) ||
        (behind && HasOneOf(document_.Text(*behind), kTools))) {
      return "the comment between the RUNs is for a tool";
    }
    if (behind && HasOneOf(document_.Text(*behind), kReminders)) {
      return "the comment at the end of the first is about that alone";
    }
    if (HasDisabledInstruction(text)) {
      return "an instruction that is turned off stands between the RUNs";
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
  const RunGroupRules& rules_;
  std::vector<ListsStep> steps_;
  std::vector<std::string> volumes_;      // Of all VOLUMEs so far.
  std::vector<bool> feeds_only_;          // By stage.
  std::vector<bool> author_keeps_apart_;  // By instruction.
  Growing growing_;
  RunGroups groups_;
};

}  // namespace

RunGroups FindRunGroups(const Facts& facts, const RunGroupRules& rules) {
  return Grouper(facts, rules).Run();
}

}  // namespace dfix
