#include <string>

#include "src/dockerfile/instructions.h"
#include "src/facts/container_command.h"
#include "src/facts/exec_form.h"
#include "src/facts/layout.h"
#include "src/shell/words.h"
#include "src/transform/sink.h"
#include "src/transform/transform.h"

namespace dfix::transforms {
namespace {

// A shell-form CMD or ENTRYPOINT.
struct Place {
  const Input& input;
  Sink& sink;
  uint32_t index;
  NodeId instruction;
  NodeId script;
  bool is_cmd;

  void LeaveAlone(std::string reason, NodeId related = kNoNode) const {
    sink.LeaveAlone(instruction, std::move(reason), related);
  }
};

// Why the other half of the command forbids the exec form; else empty.
std::string_view WhyNot(CommandRole role) {
  switch (role) {
    case CommandRole::kToProgram:
      return "with the ENTRYPOINT in line {line} it makes `sh -c` and the "
             "command arguments of that program; if it is to get the words "
             "alone, write them as JSON";
    case CommandRole::kIgnored:
      return "it is never run: the ENTRYPOINT in line {line} is in shell form, "
             "which ignores CMD";
    case CommandRole::kHidesCmd:
      return "the CMD in line {line}, which the shell form ignores, would "
             "become arguments of this program";
    case CommandRole::kUnclear:
      return "ONBUILD or the base image has a part in what is run";
    case CommandRole::kReplaced:
      return "it is never run: the one in line {line} replaces it";
    default:
      return "";
  }
}

// What a person must know who accepts that the base or a script gets other
// arguments; raises the level.
std::string_view Caveat(CommandRole role, Level& level) {
  switch (role) {
    case CommandRole::kToUnknown:
      level = std::max(level, Level::kReview);
      return "; an ENTRYPOINT of the base image gets these words instead of a "
             "shell and its script";
    case CommandRole::kToReader:
      level = std::max(level, Level::kBold);
      return "; the base image's ENTRYPOINT may do more for a program that it "
             "knows";
    case CommandRole::kToScript:
      level = std::max(level, Level::kBold);
      return "; the script in line {line} gets these words instead of a shell "
             "and its command";
    default:
      return "";
  }
}

NodeId NodeAt(const Place& place, uint32_t index) {
  return index == kNoInstruction ? kNoNode
                                 : place.input.facts.instructions()[index].node;
}

// What the exec form is good for.
std::string_view Gain(bool is_cmd, bool has_exec) {
  if (is_cmd) {
    return has_exec ? "the shell does nothing but start the program"
                    : "signals such as that of `docker stop` reach the program "
                      "and not a shell";
  }
  return has_exec ? "arguments of `docker run` reach the program, which the "
                    "shell form ignores"
                  : "signals reach the program and not a shell, and so do "
                    "arguments of `docker run`, which the shell form ignores";
}

void Convert(const Place& place, const ExecForm& form, const Role& role) {
  const uint32_t writer =
      WriterWithoutInterpreter(place.input.facts, place.index, form.values[0]);
  if (writer != kNoInstruction) {
    return place.LeaveAlone(
        "the instruction in line {line} writes `" + form.values[0] +
            "` without a `#!` line, which only a shell does without",
        NodeAt(place, writer));
  }
  const bool has_exec = form.exec != kNoNode;
  Level level = has_exec && place.is_cmd ? Level::kSafe : Level::kReview;
  std::string message =
      "use the exec form: " + std::string(Gain(place.is_cmd, has_exec));
  message += Caveat(role.role, level);
  if (form.values[0].ends_with(".sh")) {
    level = std::max(level, Level::kReview);
    message += "; `" + form.values[0] + "` needs a `#!` line for that";
  }
  place.sink.Propose(
      place.instruction, level, std::move(message),
      [&](ChangeWriter& change) {
        change.WriteAsJson(place.script, form.words, form.values);
      },
      NodeAt(place, role.other));
}

// Offers `exec` for a command that needs its shell: as JSON, or where it is if
// it has lines of its own.
void OfferExec(const Place& place, const ExecForm& form) {
  const Document& document = place.input.document;
  const bool lines = HasNewline(document.text(), document.Range(place.script));
  std::vector<std::string> words = ShellAt(place.input.facts, place.index);
  words.push_back(WithExec(document, form.words[0]));
  std::string message =
      "let the shell become the program, so that signals reach it: " +
      form.reason;
  place.sink.Propose(place.instruction, Level::kBold, std::move(message),
                     [&](ChangeWriter& change) {
                       if (lines) {
                         change.InsertWordBefore(form.words[0], "exec");
                       } else {
                         change.ReplaceScript(place.script, JsonArrayOf(words));
                       }
                     });
}

// Repairs an array that is not quite JSON. False if it is none.
bool RepairArray(const Place& place) {
  const Document& document = place.input.document;
  const Instruction instruction(document, place.instruction);
  const std::string text = instruction.ArgumentText();
  if (!LooksLikeArray(text)) return false;
  const auto array = ReadBrokenArray(text);
  const bool has_comment = HasComment(document, instruction.Lines());
  if (!array || (has_comment && array->comment.empty())) {
    place.LeaveAlone(
        "it begins like JSON, but is not, so Docker gives it to a shell; what "
        "is meant is not clear enough to repair it");
    return true;
  }
  place.sink.Propose(
      place.instruction, Level::kReview,
      "make it the JSON that it looks like: " + array->fault +
          " made Docker give it to a shell, which cannot run it",
      [&](ChangeWriter& change) {
        change.ReplaceScript(place.script, JsonArrayOf(array->values));
        if (!has_comment && !array->comment.empty()) {
          change.InsertCommentAbove(place.instruction, array->comment);
        }
      });
  return true;
}

// Splits a command that is quoted as a whole. False if it is none.
bool RepairQuoted(const Place& place, const ExecForm& form) {
  const Document& document = place.input.document;
  if (form.words.size() != 1 || form.exec != kNoNode ||
      !ShellSetsUp(place.input.facts, place.index).empty()) {
    return false;
  }
  const auto command = ConstantValue(document, form.words[0]);
  if (!command || command->find(' ') == std::string::npos) return false;
  const ExecForm split = SplitCommand(*command);
  if (!split.reason.empty()) return false;
  place.sink.Propose(
      place.instruction, Level::kReview,
      "split the command into words: in quotes it is a single one, and no "
      "program has that name",
      [&](ChangeWriter& change) {
        change.ReplaceScript(place.script, JsonArrayOf(split.values));
      });
  return true;
}

void Visit(const Place& place) {
  const Facts& facts = place.input.facts;
  const Role role = RoleOf(facts, place.index);
  const NodeId other = NodeAt(place, role.other);
  const ExecForm form = ExecFormOf(place.input.document, place.script);
  const bool runs = ShellIsKnown(place.input.document, place.script) &&
                    role.role != CommandRole::kReplaced;
  if (runs && RepairArray(place)) return;
  if (runs && role.role != CommandRole::kToProgram &&
      RepairQuoted(place, form)) {
    return;
  }
  const std::string_view forbidden = WhyNot(role.role);
  if (!forbidden.empty()) {
    return place.LeaveAlone(std::string(forbidden), other);
  }
  if (!form.reason.empty() && (!form.takes_exec || form.exec != kNoNode)) {
    return place.LeaveAlone(form.reason);
  }
  const std::string_view sets_up = ShellSetsUp(facts, place.index);
  if (!sets_up.empty()) return place.LeaveAlone(std::string(sets_up));
  form.reason.empty() ? Convert(place, form, role) : OfferExec(place, form);
}

void Run(const Input& input, Sink& sink) {
  const auto instructions = input.facts.instructions();
  for (uint32_t i = 0; i < instructions.size(); ++i) {
    const InstructionFacts& facts = instructions[i];
    const bool is_cmd = facts.kind == InstructionKind::kCmd;
    const bool is_entrypoint = facts.kind == InstructionKind::kEntrypoint;
    if ((!is_cmd && !is_entrypoint) || facts.stage == kNoStage) continue;
    const Instruction instruction(input.document, facts.inner);
    if (instruction.is_json()) continue;
    if (const auto flags = instruction.Flags(); !flags.empty()) {
      sink.LeaveAlone(facts.node, "Docker takes `" + flags[0].name +
                                      "` for a flag of the instruction, which "
                                      "has none, and refuses it");
      continue;
    }
    if (facts.onbuild) {
      sink.LeaveAlone(
          facts.node,
          "ONBUILD: it runs in images that this file does not show");
      continue;
    }
    constexpr std::string_view kPhrases[] = {"shell form", "shell-form",
                                             "shell style", "shell-style"};
    if (CommentMentions(input.document, facts.node, kPhrases)) {
      sink.LeaveAlone(facts.node, "a comment here speaks of the shell form");
      continue;
    }
    Visit({input, sink, i, facts.node, facts.script, is_cmd});
  }
}

}  // namespace

extern const Transform kUseExecForm;
const Transform kUseExecForm = {
    .id = "use-exec-form",
    .title = "Write CMD and ENTRYPOINT as JSON",
    .why =
        "Docker gives the shell form to a shell, which often stays between "
        "the container and its program: `docker stop` then sends its signal "
        "to the shell, waits and kills. The exec form starts the program "
        "itself, needs no shell in the image, and an ENTRYPOINT in exec form "
        "takes arguments. What is almost JSON (`['a', 'b']`) is a shell "
        "command, too, which fails.",
    .level = Level::kSafe,
    .phase = Phase::kContent,
    .rank = 60,
    .aliases = {"DL3025", "JSONArgsRecommended"},
    .before =
        "FROM debian:12\n"
        "CMD nginx -g 'daemon off;'\n",
    .after =
        "FROM debian:12\n"
        "CMD [\"nginx\", \"-g\", \"daemon off;\"]\n",
    .left_alone =
        "Commands with variables, patterns, redirections, operators or "
        "anything else that a shell is needed for (at level bold those of a "
        "single program get `exec`), built-ins of the shell, shells that set "
        "up an environment (`--login`, `conda run`), ONBUILD and HEALTHCHECK. "
        "ENTRYPOINT and CMD are one program: nothing is changed where a CMD "
        "that is ignored now would become arguments, or where the shell is an "
        "argument of an ENTRYPOINT. Safe is only `exec program` in a CMD; "
        "everything else is review, for signals, or for the base image's "
        "ENTRYPOINT, which sees other arguments.",
    .run = Run,
};

}  // namespace dfix::transforms
