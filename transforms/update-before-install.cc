#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "src/dockerfile/instructions.h"
#include "src/facts/apt_lists.h"
#include "src/facts/recommended.h"
#include "src/facts/script_facts.h"
#include "src/shell/words.h"
#include "src/transform/package_options.h"
#include "src/transform/sink.h"
#include "src/transform/transform.h"

namespace dfix::transforms {
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
bool ChangesSources(const Input& input, uint32_t from, uint32_t to) {
  const Document& document = input.document;
  for (uint32_t i = from + 1; i < to; ++i) {
    const InstructionFacts& between = input.facts.instructions()[i];
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
          target = WorkdirAt(input.facts, i).value_or("/") + "/" + target;
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
std::string_view FindObstacle(const Input& input, uint32_t instruction,
                              NodeId command) {
  const Document& document = input.document;
  const NodeId script = input.facts.instructions()[instruction].script;
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
  if (!FailureIsFatal(input.facts, instruction, command)) {
    return "a failure of the install is tolerated, and one of the update would "
           "be, too";
  }
  const bool ends_script =
      document.Parent(and_or) == script &&
      document.node(and_or).end_node == document.node(script).end_node;
  if (ErrexitAt(input.facts, instruction, command) != Errexit::kOff &&
      !ends_script) {
    return "under `set -e` a failing update would go unnoticed";
  }
  return "";
}

// Why an update in the RUN of `call` would not do what one elsewhere did; empty
// if it would.
std::string_view FindDifference(const Input& input,
                                const PackageCommand& call) {
  const Document& document = input.document;
  const Instruction run(document,
                        input.facts.instructions()[call.instruction].inner);
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

std::string UpdateText(const Input& input, const PackageCommand& call) {
  return SudoPrefix(input.document, call) +
         std::string(input.document.Text(call.program)) + " update";
}

class Rewriter {
 public:
  Rewriter(const Input& input, Sink& sink)
      : input_(input), sink_(sink), steps_(FindListsSteps(input.facts)) {}

  void Run() {
    uint32_t done = kNoInstruction;
    for (const ListsStep& step : steps_) {
      if (step.instruction == done) continue;
      done = step.instruction;
      const PackageCommand* call = input_.facts.PackageCommandAt(step.command);
      // Whatever comes first decides: only an install needs help.
      if (step.event != ListsEvent::kUse || call == nullptr) continue;
      if (call->traits.Has(CallTrait::kOnlySimulates) ||
          call->verb == PackageVerb::kQuery)
        continue;
      if (call->operands.empty() && call->verb == PackageVerb::kInstall) {
        continue;  // `apt-get -f install` repairs what is there.
      }
      Rewrite(*call);
    }
  }

 private:
  void Rewrite(const PackageCommand& call) {
    if (IsMountedAway(input_.facts, call.instruction, kLists)) {
      return sink_.LeaveAlone(call.program, "the package lists are in a mount");
    }
    const std::string_view difference = FindDifference(input_, call);
    if (!difference.empty()) {
      return sink_.LeaveAlone(call.program, std::string(difference));
    }
    const std::vector<ListsStep> before =
        StepsBefore(input_.facts, steps_, call.instruction);
    const ListsStep* last = before.empty() ? nullptr : &before.front();
    if (last != nullptr && (last->event == ListsEvent::kMaybeRefresh ||
                            last->event == ListsEvent::kMaybeUse)) {
      return sink_.LeaveAlone(call.program,
                              "a script before may have updated the lists");
    }
    const std::string_view obstacle =
        FindObstacle(input_, call.instruction, call.command);
    if (!obstacle.empty()) {
      return sink_.LeaveAlone(call.program, std::string(obstacle));
    }
    const ListsStep* refresh = nullptr;
    for (const ListsStep& step : before) {
      if (step.event == ListsEvent::kPurge) break;
      if (step.event != ListsEvent::kRefresh) continue;
      refresh = &step;
      break;
    }
    if (refresh == nullptr) return InsertForMissing(call, last != nullptr);
    if (IsMountedAway(input_.facts, refresh->instruction, kLists)) {
      return sink_.LeaveAlone(call.program, "the package lists are in a mount");
    }
    InsertForStale(call, *refresh, refresh == &before.front());
  }

  void InsertForMissing(const PackageCommand& call, bool removed) {
    Insert(call, Level::kReview,
           removed ? "update the package lists first: they were removed before"
                   : "update the package lists first: a base image has none, "
                     "or old ones");
  }

  void InsertForStale(const PackageCommand& call, const ListsStep& refresh,
                      bool is_last_step) {
    const uint32_t from = refresh.instruction;
    const PackageCommand* update =
        input_.facts.PackageCommandAt(refresh.command);
    if (update == nullptr || !IsPlainUpdate(input_.document, *update)) {
      return sink_.LeaveAlone(
          call.program,
          "the update in line {line} has options or an environment of its own",
          input_.facts.instructions()[from].node);
    }
    const auto& instructions = input_.facts.instructions();
    const bool same_stage =
        instructions[from].stage == instructions[call.instruction].stage &&
        instructions[from].onbuild == instructions[call.instruction].onbuild;
    const bool sources_change =
        !same_stage || ChangesSources(input_, from, call.instruction) ||
        AnyScriptBetween(from, call.instruction);
    const std::string why =
        "the layer cache keeps an `apt-get update` of its own RUN while the "
        "archive moves on";
    if (is_last_step && !sources_change &&
        OnlyRefreshes(input_.document, instructions[from]) &&
        !input_.facts.HasOwnSuppression(from)) {
      return Move(call, refresh,
                  "update the package lists in the RUN that installs: " + why);
    }
    // An update that was tolerated, or did not always run, is a must now.
    const bool new_duty = !refresh.is_certain ||
                          !FailureIsFatal(input_.facts, from, refresh.command);
    Insert(call, sources_change || new_duty ? Level::kReview : Level::kSafe,
           "update the package lists in the same RUN: " + why);
  }

  bool AnyScriptBetween(uint32_t from, uint32_t to) const {
    return std::any_of(
        steps_.begin(), steps_.end(), [&](const ListsStep& step) {
          const bool script = step.event == ListsEvent::kMaybeRefresh ||
                              step.event == ListsEvent::kMaybeUse;
          return script && from < step.instruction && step.instruction < to;
        });
  }

  void Insert(const PackageCommand& call, Level level, std::string message) {
    sink_.Propose(
        call.program, level, std::move(message), [&](ChangeWriter& change) {
          change.PrependCommand(PipelineOf(call), UpdateText(input_, call));
        });
  }

  void Move(const PackageCommand& call, const ListsStep& refresh,
            std::string message) {
    const InstructionFacts& run =
        input_.facts.instructions()[refresh.instruction];
    const std::string update(LogicalText(input_.document, refresh.command));
    sink_.Propose(call.program, Level::kSafe, std::move(message),
                  [&](ChangeWriter& change) {
                    change.RemoveInstruction(run.node);
                    change.PrependCommand(PipelineOf(call), update);
                  });
  }

  NodeId PipelineOf(const PackageCommand& call) const {
    const NodeId script = input_.facts.instructions()[call.instruction].script;
    return Enclosing(input_.document, script, call.command,
                     NodeKind::kPipeline);
  }

  const Input& input_;
  Sink& sink_;
  std::vector<ListsStep> steps_;
};

void Run(const Input& input, Sink& sink) {
  if (input.facts.package_commands().empty()) return;
  Rewriter(input, sink).Run();
}

}  // namespace

extern const Transform kUpdateBeforeInstall;
const Transform kUpdateBeforeInstall = {
    .id = "update-before-install",
    .title = "Run `apt-get update` in the RUN that installs",
    .why =
        "An `apt-get update` in a RUN of its own is cached for as long as "
        "nothing before it changes. An install that is added later then "
        "looks for package versions that are long gone from the archive. "
        "And where the lists were removed, or never there, an install fails "
        "at once.",
    .level = Level::kSafe,
    .phase = Phase::kStructure,
    .rank = 20,
    .aliases = {},
    .effects = {Effect::kAddsRefresh},
    .before =
        "FROM debian:12\n"
        "RUN apt-get update\n"
        "RUN apt-get install -y curl\n",
    .after =
        "FROM debian:12\n"
        "RUN apt-get update && apt-get install -y curl\n",
    .left_alone =
        "Installs in a function, a loop or a branch; after a script "
        "that may have updated the lists; lists in a cache mount; "
        "where a failing update would go unnoticed. Where no RUN "
        "before has updated the lists, or package sources change in "
        "between, the level is review.",
    .run = Run,
};

}  // namespace dfix::transforms
