#include "src/facts/lacking_update.h"

#include <algorithm>
#include <string_view>

#include "src/dockerfile/instructions.h"
#include "src/facts/apt_lists.h"
#include "src/facts/recommended.h"
#include "src/facts/script_facts.h"
#include "src/shell/words.h"

namespace dfix {
namespace {

constexpr std::string_view kLists = "/var/lib/apt/lists";

// Whether the RUN is nothing but one download of the package lists.
bool OnlyRefreshes(const Document& document, const InstructionFacts& run) {
  if (run.script == kNoNode) return false;
  if (document.Child(run.inner, NodeKind::kFlag) != kNoNode) return false;
  size_t commands = 0;
  for (uint32_t n = Index(run.script); n < document.node(run.script).end_node;
       ++n) {
    switch (document.nodes()[n].kind) {
      case NodeKind::kSimpleCommand:
        ++commands;
        break;
      case NodeKind::kScript:
      case NodeKind::kAndOr:
      case NodeKind::kPipeline:
      case NodeKind::kWord:
        break;
      default:
        return false;
    }
  }
  return commands == 1;
}

// Whether an instruction between the two may change what an update finds.
bool ChangesSources(const Facts& facts, uint32_t from, uint32_t to) {
  const Document& document = facts.document();
  for (uint32_t i = from + 1; i < to; ++i) {
    const InstructionFacts& between = facts.instructions()[i];
    const std::string_view text = document.Text(between.node);
    switch (between.kind) {
      case InstructionKind::kRun:
        if (MentionsPackageSources(text) ||
            text.find("/etc/apt") != std::string_view::npos) {
          return true;
        }
        break;
      case InstructionKind::kCopy:
      case InstructionKind::kAdd: {
        const auto arguments = Instruction(document, between.inner).Arguments();
        if (arguments.empty()) break;
        std::string target = arguments.back();
        if (!target.starts_with('/')) {
          target = WorkdirAt(facts, i).value_or("/") + "/" + target;
        }
        while (target.size() > 1 &&
               (target.ends_with('/') || target.ends_with("/."))) {
          target.pop_back();
        }
        if (target == "/" || IsInside(target, "/etc")) return true;
        break;
      }
      case InstructionKind::kUser:
      case InstructionKind::kShell:
        return true;
      default:
        break;
    }
  }
  return false;
}

// Why no `apt-get update &&` can be put before the command; empty if it can.
std::string_view FindObstacle(const Facts& facts, uint32_t instruction,
                              NodeId command) {
  const Document& document = facts.document();
  const NodeId script = facts.instructions()[instruction].script;
  const auto path = PathTo(document, script, command);
  for (const NodeId node : path) {
    switch (document.kind(node)) {
      case NodeKind::kFunction:
        return "the install stands in a function";
      case NodeKind::kFor:
      case NodeKind::kArithmeticFor:
      case NodeKind::kWhile:
      case NodeKind::kUntil:
      case NodeKind::kSelect:
        return "the install stands in a loop";
      case NodeKind::kIf:
      case NodeKind::kCase:
        return "the install stands in a branch";
      case NodeKind::kCommandSubstitution:
      case NodeKind::kProcessSubstitution:
      case NodeKind::kCoprocess:
        return "the install stands in a substitution";
      default:
        break;
    }
  }
  const NodeId pipeline =
      Enclosing(document, script, command, NodeKind::kPipeline);
  const NodeId and_or = Enclosing(document, script, command, NodeKind::kAndOr);
  const ListOperators around = OperatorsAround(document, and_or, pipeline);
  if (IsNegated(document, pipeline)) return "the install is negated";
  if (around.or_before) return "the install runs only if something failed";
  if (!FailureIsFatal(facts, instruction, command)) {
    return "a failure of the install is tolerated, and one of the update would "
           "be, too";
  }
  const bool ends_script =
      document.Parent(and_or) == script &&
      document.node(and_or).end_node == document.node(script).end_node;
  if (ErrexitAt(facts, instruction, command) != Errexit::kOff && !ends_script) {
    return "under `set -e` a failing update would go unnoticed";
  }
  return "";
}

// Why an update in the RUN of `call` would not do what one elsewhere did; empty
// if it would.
std::string_view FindDifference(const Facts& facts,
                                const PackageCommand& call) {
  const Document& document = facts.document();
  const Instruction run(document, facts.instructions()[call.instruction].inner);
  const auto network = run.FindFlag("--network");
  if (network && network->value == "none") return "the RUN has no network";
  for (const NodeId child : document.Children(call.command)) {
    if (document.kind(child) != NodeKind::kAssignment) continue;
    const std::string_view text = document.Text(child);
    const std::string_view name = text.substr(0, text.find('='));
    if (name.find("proxy") != std::string_view::npos ||
        name.find("PROXY") != std::string_view::npos ||
        name.find("APT") != std::string_view::npos) {
      return "the install has an environment that the update would need, too";
    }
  }
  return "";
}

// Whether the update is nothing special: no options but for silence, nothing
// that only its own script knows.
bool IsPlainUpdate(const Document& document, const PackageCommand& update) {
  for (const NodeId option : update.options) {
    const std::string text = ConstantValue(document, option).value_or("$");
    const bool plain = text == "--quiet" || text == "--yes" ||
                       (text.starts_with('-') && !text.starts_with("--") &&
                        text.find_first_not_of("qy=2", 1) == std::string::npos);
    if (!plain) return false;
  }
  for (const NodeId child : document.Children(update.command)) {
    if (document.kind(child) != NodeKind::kWord) return false;
  }
  return true;
}

// Whether the install needs lists at all.
bool NeedsLists(const PackageCommand& call) {
  if (call.traits.Has(CallTrait::kOnlySimulates)) return false;
  if (call.verb == PackageVerb::kQuery) return false;
  // `apt-get -f install` repairs what is there.
  return !call.operands.empty() || call.verb != PackageVerb::kInstall;
}

class Inspector {
 public:
  explicit Inspector(const Facts& facts)
      : facts_(facts), steps_(FindListsSteps(facts)) {}

  std::vector<LackingUpdate> Run() const {
    std::vector<LackingUpdate> found;
    uint32_t done = kNoInstruction;
    for (const ListsStep& step : steps_) {
      // Whatever comes first in a RUN decides: only an install needs help.
      if (step.instruction == done) continue;
      done = step.instruction;
      const PackageCommand* call = facts_.PackageCommandAt(step.command);
      if (step.event != ListsEvent::kUse || call == nullptr) continue;
      if (NeedsLists(*call)) found.push_back(Inspect(*call));
    }
    return found;
  }

 private:
  LackingUpdate Inspect(const PackageCommand& call) const {
    LackingUpdate lacking = {.call = &call};
    const std::vector<ListsStep> before =
        StepsBefore(facts_, steps_, call.instruction);
    lacking.obstacle = ObstacleOf(call, before);
    if (!lacking.obstacle.empty()) return lacking;
    const auto refresh =
        std::find_if(before.begin(), before.end(), [](const ListsStep& step) {
          return step.event == ListsEvent::kPurge ||
                 step.event == ListsEvent::kRefresh;
        });
    if (refresh == before.end()) return lacking;
    if (refresh->event == ListsEvent::kPurge) {
      lacking.lists = LackingUpdate::Lists::kRemoved;
      return lacking;
    }
    lacking.lists = LackingUpdate::Lists::kCached;
    CompareWith(*refresh, refresh == before.begin(), lacking);
    return lacking;
  }

  std::string ObstacleOf(const PackageCommand& call,
                         const std::vector<ListsStep>& before) const {
    if (IsMountedAway(facts_, call.instruction, kLists)) {
      return "the package lists are in a mount";
    }
    const std::string_view difference = FindDifference(facts_, call);
    if (!difference.empty()) return std::string(difference);
    if (!before.empty() && MayBeScript(before.front())) {
      return "a script before may have updated the lists";
    }
    return std::string(FindObstacle(facts_, call.instruction, call.command));
  }

  void CompareWith(const ListsStep& refresh, bool is_last_step,
                   LackingUpdate& lacking) const {
    const auto& instructions = facts_.instructions();
    const uint32_t from = refresh.instruction;
    const uint32_t to = lacking.call->instruction;
    if (IsMountedAway(facts_, from, kLists)) {
      lacking.obstacle = "the package lists are in a mount";
      return;
    }
    const PackageCommand* update = facts_.PackageCommandAt(refresh.command);
    if (update == nullptr || !IsPlainUpdate(facts_.document(), *update)) {
      lacking.obstacle =
          "the update in line {line} has options or an environment of its own";
      lacking.obstacle_at = instructions[from].node;
      return;
    }
    const bool same_sources =
        instructions[from].stage == instructions[to].stage &&
        instructions[from].onbuild == instructions[to].onbuild &&
        !ChangesSources(facts_, from, to) && !AnyScriptBetween(from, to);
    lacking.update = refresh.command;
    lacking.update_instruction = from;
    lacking.can_move = is_last_step && same_sources &&
                       OnlyRefreshes(facts_.document(), instructions[from]) &&
                       !facts_.HasOwnSuppression(from);
    // An update that was tolerated, or did not always run, is a must now.
    lacking.is_repetition = same_sources && refresh.is_certain &&
                            FailureIsFatal(facts_, from, refresh.command);
  }

  static bool MayBeScript(const ListsStep& step) {
    return step.event == ListsEvent::kMaybeRefresh ||
           step.event == ListsEvent::kMaybeUse;
  }

  bool AnyScriptBetween(uint32_t from, uint32_t to) const {
    return std::any_of(steps_.begin(), steps_.end(),
                       [&](const ListsStep& step) {
                         return MayBeScript(step) && from < step.instruction &&
                                step.instruction < to;
                       });
  }

  const Facts& facts_;
  std::vector<ListsStep> steps_;
};

}  // namespace

std::vector<LackingUpdate> FindLackingUpdates(const Facts& facts) {
  if (facts.package_commands().empty()) return {};
  return Inspector(facts).Run();
}

}  // namespace dfix
