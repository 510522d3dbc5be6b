#include "src/facts/exec_decision.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "src/dockerfile/characters.h"
#include "src/dockerfile/instructions.h"
#include "src/facts/container_command.h"
#include "src/facts/layout.h"
#include "src/shell/words.h"

namespace dfix {
namespace {

using Kind = ExecDecision::Kind;
using Trust = ExecDecision::Trust;

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
// arguments; lowers the trust.
std::string_view Caveat(CommandRole role, Trust& trust) {
  switch (role) {
    case CommandRole::kToUnknown:
      trust = std::max(trust, Trust::kSignals);
      return "; an ENTRYPOINT of the base image gets these words instead of a "
             "shell and its script";
    case CommandRole::kToReader:
      trust = Trust::kInferred;
      return "; the base image's ENTRYPOINT may do more for a program that it "
             "knows";
    case CommandRole::kToScript:
      trust = Trust::kInferred;
      return "; the script in line {line} gets these words instead of a shell "
             "and its command";
    default:
      return "";
  }
}

// What the exec form is good for.
std::string_view Gain(InstructionKind kind, bool has_exec) {
  switch (kind) {
    case InstructionKind::kHealthcheck:
      return has_exec ? "the shell does nothing but start the program"
                      : "no shell is started for each check, and a timeout "
                        "ends the program and not a shell";
    case InstructionKind::kCmd:
      return has_exec ? "the shell does nothing but start the program"
                      : "signals such as that of `docker stop` reach the "
                        "program and not a shell";
    default:
      return has_exec ? "arguments of `docker run` reach the program, which "
                        "the shell form ignores"
                      : "signals reach the program and not a shell, and so do "
                        "arguments of `docker run`, which the shell form "
                        "ignores";
  }
}

// The SHELL behind instruction `index` in its stage or one that is based on it,
// or kNoInstruction.
uint32_t LaterShell(const Facts& facts, uint32_t index) {
  const auto is_based = [&](uint32_t stage) {
    const uint32_t own = facts.instructions()[index].stage;
    while (stage != kNoStage && stage != own) {
      stage = facts.stages()[stage].parent;
    }
    return stage == own;
  };
  for (const uint32_t i : facts.settings()) {
    const InstructionFacts& other = facts.instructions()[i];
    if (i > index && other.kind == InstructionKind::kShell &&
        is_based(other.stage)) {
      return i;
    }
  }
  return kNoInstruction;
}

class Decider {
 public:
  Decider(const Facts& facts, uint32_t index)
      : facts_(facts),
        document_(facts.document()),
        index_(index),
        own_(facts.instructions()[index]) {}

  ExecDecision Decide() {
    if (Refuses()) return std::move(decision_);
    Role role{CommandRole::kProgram, kNoInstruction};
    if (own_.kind == InstructionKind::kHealthcheck) {
      const uint32_t shell = LaterShell(facts_, index_);
      if (shell != kNoInstruction) {
        LeaveAlone(
            "a health check is run by the image's last SHELL, which is not the "
            "one that is in force here but that in line {line}",
            shell);
        return std::move(decision_);
      }
    } else {
      role = RoleOf(facts_, index_);
    }
    DecideInRole(role);
    return std::move(decision_);
  }

 private:
  void LeaveAlone(std::string reason, uint32_t related = kNoInstruction) {
    decision_.kind = Kind::kLeaveAlone;
    decision_.message = std::move(reason);
    decision_.related = related;
  }

  // Decides what needs no look at the command.
  bool Refuses() {
    const bool is_check = own_.kind == InstructionKind::kHealthcheck;
    const bool is_command = own_.kind == InstructionKind::kCmd ||
                            own_.kind == InstructionKind::kEntrypoint;
    const Instruction instruction(document_, own_.inner);
    if ((!is_command && !is_check) || own_.stage == kNoStage ||
        instruction.is_json() || (is_check && own_.script == kNoNode)) {
      return true;
    }
    const auto flags = instruction.Flags();
    constexpr std::string_view kPhrases[] = {"shell form", "shell-form",
                                             "shell style", "shell-style"};
    if (is_command && !flags.empty()) {
      LeaveAlone("Docker takes `" + flags[0].name +
                 "` for a flag of the instruction, which has none, and "
                 "refuses it");
    } else if (own_.onbuild) {
      LeaveAlone("ONBUILD: it runs in images that this file does not show");
    } else if (CommentMentions(document_, own_.node, kPhrases)) {
      LeaveAlone("a comment here speaks of the shell form");
    } else {
      return false;
    }
    return true;
  }

  void DecideInRole(const Role& role) {
    decision_.form = ExecFormOf(document_, own_.script);
    const ExecForm& form = decision_.form;
    const bool runs = ShellIsKnown(document_, own_.script) &&
                      role.role != CommandRole::kReplaced;
    if (runs && RepairsArray()) return;
    const bool has_other_part = role.role == CommandRole::kToProgram ||
                                role.role == CommandRole::kHidesCmd ||
                                role.role == CommandRole::kIgnored;
    if (runs && !has_other_part && SplitsQuoted()) return;
    const std::string_view forbidden = WhyNot(role.role);
    if (!forbidden.empty()) {
      return LeaveAlone(std::string(forbidden), role.other);
    }
    const bool is_check = own_.kind == InstructionKind::kHealthcheck;
    if (!form.reason.empty() &&
        (is_check || !form.takes_exec || form.exec != kNoNode)) {
      return LeaveAlone(form.reason);
    }
    const std::string_view sets_up = ShellSetsUp(facts_, index_);
    if (!sets_up.empty()) return LeaveAlone(std::string(sets_up));
    form.reason.empty() ? Convert(role) : OfferExec();
  }

  void Convert(const Role& role) {
    const std::string& program = decision_.form.values[0];
    const uint32_t writer = WriterWithoutInterpreter(facts_, index_, program);
    if (writer != kNoInstruction) {
      return LeaveAlone("the instruction in line {line} writes `" + program +
                            "` without a `#!` line, which only a shell does "
                            "without",
                        writer);
    }
    const bool has_exec = decision_.form.exec != kNoNode;
    const bool same = has_exec && own_.kind != InstructionKind::kEntrypoint;
    decision_.kind = Kind::kConvert;
    decision_.trust = same ? Trust::kSame : Trust::kSignals;
    decision_.related = role.other;
    decision_.message =
        "use the exec form: " + std::string(Gain(own_.kind, has_exec));
    decision_.message += Caveat(role.role, decision_.trust);
    if (program.ends_with(".sh")) {
      decision_.trust = std::max(decision_.trust, Trust::kSignals);
      decision_.message += "; `" + program + "` needs a `#!` line for that";
    }
  }

  // Offers `exec` for a command that needs its shell: as JSON, or where it is
  // if it has lines of its own.
  void OfferExec() {
    const NodeId program = decision_.form.words[0];
    const std::string_view script = document_.Text(own_.script);
    if (ValidUtf8(script) != script) {
      return LeaveAlone("it is not UTF-8, which JSON has to be");
    }
    decision_.trust = Trust::kInferred;
    decision_.message =
        "let the shell become the program, so that signals reach it: " +
        decision_.form.reason;
    decision_.kind = Kind::kInsertExec;
    if (HasNewline(document_.text(), document_.Range(own_.script))) return;
    decision_.kind = Kind::kReplace;
    decision_.values = ShellAt(facts_, index_);
    decision_.values.push_back(WithExec(document_, program));
  }

  // Repairs an array that is not quite JSON. False if it is none.
  bool RepairsArray() {
    const Instruction instruction(document_, own_.node);
    std::string text = instruction.ArgumentText();
    if (own_.kind == InstructionKind::kHealthcheck) {
      text = WithoutBlanks(std::string_view(text).substr(3));  // `CMD`
    }
    if (!LooksLikeArray(text)) return false;
    auto array = ReadBrokenArray(text);
    const bool has_comment = HasComment(document_, instruction.Lines());
    if (!array || (has_comment && array->comment.empty())) {
      LeaveAlone(
          "it begins like JSON, but is not, so Docker gives it to a shell; "
          "what is meant is not clear enough to repair it");
      return true;
    }
    decision_.kind = Kind::kReplace;
    decision_.message = "make it the JSON that it looks like: " + array->fault +
                        " made Docker give it to a shell, which cannot run it";
    decision_.values = std::move(array->values);
    if (!has_comment) decision_.comment = std::move(array->comment);
    return true;
  }

  // Splits a command that is quoted as a whole. False if it is none.
  bool SplitsQuoted() {
    const ExecForm& form = decision_.form;
    if (form.words.size() != 1 || form.exec != kNoNode ||
        !ShellSetsUp(facts_, index_).empty()) {
      return false;
    }
    const auto command = ConstantValue(document_, form.words[0]);
    if (!command || command->find(' ') == std::string::npos) return false;
    ExecForm split = SplitCommand(*command);
    if (!split.reason.empty()) return false;
    decision_.kind = Kind::kReplace;
    decision_.message =
        "split the command into words: in quotes it is a single one, and no "
        "program has that name";
    decision_.values = std::move(split.values);
    return true;
  }

  const Facts& facts_;
  const Document& document_;
  uint32_t index_;
  const InstructionFacts& own_;
  ExecDecision decision_;
};

}  // namespace

ExecDecision DecideExecForm(const Facts& facts, uint32_t instruction) {
  return Decider(facts, instruction).Decide();
}

}  // namespace dfix
