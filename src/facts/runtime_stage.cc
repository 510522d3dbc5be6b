#include "src/facts/runtime_stage.h"

#include <algorithm>

#include "src/context/paths.h"
#include "src/dockerfile/instructions.h"
#include "src/facts/container_command.h"
#include "src/facts/layout.h"
#include "src/facts/package_command.h"
#include "src/facts/plain_script.h"
#include "src/facts/run_work.h"
#include "src/shell/words.h"
#include "src/text/one_of.h"
#include "src/text/search.h"

namespace dfix {
namespace {

// Users that every image for running programs has, or that `image` has, or
// that are made.
bool IsKnownUser(std::string_view user, const BaseImage* image,
                 const RuntimeEquipment& equipment) {
  constexpr std::string_view kCommon[] = {"root", "nobody", "nonroot"};
  for (size_t at = 0; at <= user.size();) {
    const size_t colon = std::min(user.find(':', at), user.size());
    const std::string_view name = user.substr(at, colon - at);
    const bool of_image = image != nullptr && FindUser(*image, name) != nullptr;
    const bool made = std::find(equipment.users.begin(), equipment.users.end(),
                                name) != equipment.users.end();
    if (!IsNumber(name) && !of_image && !made && !IsOneOf(name, kCommon)) {
      return false;
    }
    at = colon + 1;
  }
  return true;
}

bool MentionsVariable(std::string_view text, std::string_view name) {
  for (size_t at = text.find('$'); at != std::string_view::npos;
       at = text.find('$', at + 1)) {
    std::string_view rest = text.substr(at + 1);
    if (rest.starts_with('{')) rest.remove_prefix(1);
    if (!rest.starts_with(name)) continue;
    const char next = rest.size() > name.size() ? rest[name.size()] : ' ';
    if (isalnum(static_cast<unsigned char>(next)) == 0 && next != '_') {
      return true;
    }
  }
  return false;
}

class Sorter {
 public:
  Sorter(const Facts& facts, uint32_t cut,
         std::span<const std::string_view> build_variables,
         const BaseImage* image, const RuntimeEquipment& equipment)
      : facts_(facts),
        cut_(cut),
        build_variables_(build_variables),
        image_(image),
        equipment_(equipment) {}

  void Visit(uint32_t index) {
    const InstructionFacts& instruction = facts_.instructions()[index];
    if (instruction.onbuild) {
      return Blame(index,
                   "ONBUILD: images that are based on this one build, "
                   "too");
    }
    const Instruction view(facts_.document(), instruction.node);
    switch (instruction.kind) {
      case InstructionKind::kArg:
        if (index <= cut_) arguments_.push_back(index);
        return;
      case InstructionKind::kEnv:
        return VisitEnv(index, view);
      case InstructionKind::kShell:
        return Blame(index, "SHELL: the new image has none of its own");
      case InstructionKind::kUser:
        return VisitUser(index, view);
      case InstructionKind::kHealthcheck:
        VisitHealthcheck(index, view);
        break;
      case InstructionKind::kRun:
      case InstructionKind::kFrom:
        return;
      case InstructionKind::kCopy:
      case InstructionKind::kAdd:
      case InstructionKind::kWorkdir:
        if (index > cut_) VisitCopy(index, view);
        return;
      case InstructionKind::kCmd:
      case InstructionKind::kEntrypoint:
      case InstructionKind::kExpose:
      case InstructionKind::kLabel:
      case InstructionKind::kMaintainer:
      case InstructionKind::kStopsignal:
      case InstructionKind::kVolume:
        break;
      default:
        return Blame(index, "dfix does not know what it is for");
    }
    if (index <= cut_) result.moved.push_back(instruction.node);
    CheckVariables(index);
  }

  RuntimeStage result;

 private:
  void Blame(uint32_t index, std::string problem) {
    if (!result.problem.empty()) return;
    result.problem = std::move(problem);
    result.problem_at = index;
  }

  // Has the instruction in both stages.
  void Repeat(uint32_t index) {
    const NodeId node = facts_.instructions()[index].node;
    if (std::find(result.repeated.begin(), result.repeated.end(), node) !=
        result.repeated.end()) {
      return;
    }
    if (HasComment(facts_.document(), facts_.document().Range(node))) {
      return Blame(index, "both stages need it, and a comment stands in it");
    }
    result.repeated.push_back(node);
  }

  // Has the ARGs that `text`, of instruction `index`, uses in both stages.
  void RepeatArguments(uint32_t index, std::string_view text) {
    for (const uint32_t argument : arguments_) {
      if (argument >= index) return;
      const NodeId node = facts_.instructions()[argument].node;
      for (const auto& pair : Instruction(facts_.document(), node).Pairs()) {
        if (!MentionsVariable(text, pair.key)) continue;
        RepeatArguments(argument, facts_.document().Text(node));
        Repeat(argument);
        break;
      }
    }
  }

  // Blames an instruction of the new stage that uses a variable that only the
  // old one has.
  void CheckVariables(uint32_t index) {
    const InstructionFacts& instruction = facts_.instructions()[index];
    const bool expands = instruction.kind != InstructionKind::kCmd &&
                         instruction.kind != InstructionKind::kEntrypoint &&
                         instruction.kind != InstructionKind::kHealthcheck;
    if (!expands) return;
    const std::string_view text = facts_.document().Text(instruction.node);
    for (const std::string_view name : build_variables_) {
      if (MentionsVariable(text, name)) {
        return Blame(index, "it needs `" + std::string(name) +
                                "`, which is the build's");
      }
    }
    RepeatArguments(index, text);
  }

  void VisitEnv(uint32_t index, const Instruction& view) {
    const auto pairs = view.Pairs();
    const bool of_build =
        std::all_of(pairs.begin(), pairs.end(), [&](const KeyValuePair& pair) {
          return IsOneOf(pair.key, build_variables_);
        });
    if (of_build && index <= cut_) return;
    CheckVariables(index);
    for (const KeyValuePair& pair : pairs) {
      if (pair.value) result.values.push_back(*pair.value);
    }
    if (index <= cut_) Repeat(index);
  }

  void VisitUser(uint32_t index, const Instruction& view) {
    if (index <= cut_) return Blame(index, "the build runs as another user");
    const auto arguments = view.Arguments();
    if (arguments.empty() || !IsKnownUser(arguments[0], image_, equipment_)) {
      Blame(index, "the new image has no user of that name");
    }
    if (!arguments.empty()) result.users.emplace_back(index, arguments[0]);
  }

  void VisitHealthcheck(uint32_t index, const Instruction& view) {
    const auto arguments = view.Arguments();
    result.healthcheck.clear();
    if (arguments.size() == 1 && arguments[0] == "NONE") return;
    const NodeId script = facts_.instructions()[index].script;
    if (!view.is_json() && equipment_.has_shell && script != kNoNode &&
        facts_.document().kind(script) == NodeKind::kScript) {
      for (const ScriptCommand& command :
           CommandsOf(facts_.document(), script)) {
        result.healthcheck.push_back(command.program);
      }
      result.healthcheck_is_script = true;
      return;
    }
    if (!view.is_json() || arguments.size() < 2) {
      return Blame(index, "its command needs a shell");
    }
    result.healthcheck.assign(arguments.begin() + 1, arguments.end());
  }

  void VisitCopy(uint32_t index, const Instruction& view) {
    CheckVariables(index);
    const auto owner = view.FindFlag("--chown");
    if (owner && !IsKnownUser(owner->value.value_or(""), image_, equipment_)) {
      Blame(index, "the new image has no user of that name");
    }
    if (owner) result.users.emplace_back(index, owner->value.value_or(""));
  }

  const Facts& facts_;
  uint32_t cut_;
  std::span<const std::string_view> build_variables_;
  const BaseImage* image_;
  const RuntimeEquipment& equipment_;
  std::vector<uint32_t> arguments_;  // The ARGs so far, up to the cut.
};

// Appends the words of a shell's script. False if it is more than one command.
bool AddScript(const Facts& facts, const CommandHalf& half,
               RuntimeStage& result) {
  const PlainScript script = ReadPlainScript(facts, half.instruction);
  if (!script.problem.empty() || script.commands.size() != 1) {
    result.problem = "what it runs is more than one command";
    result.problem_at = half.instruction;
    return false;
  }
  for (const NodeId word : ProgramWords(facts.document(), script.commands[0])) {
    const auto value = ConstantValue(facts.document(), word);
    result.command.push_back(value ? *value
                                   : LogicalText(facts.document(), word));
  }
  return true;
}

// Appends the words of ENTRYPOINT or CMD. False if they need a shell that is
// not there, or come from the base image.
bool AddCommand(const Facts& facts, uint32_t stage, InstructionKind kind,
                bool has_shell, RuntimeStage& result) {
  const CommandHalf half = HalfOfStage(facts, stage, kind);
  if (half.state == CommandHalf::State::kShell && has_shell) {
    // Docker drops the CMD of a shell's ENTRYPOINT; the shell of a CMD is an
    // argument of any other.
    if (!result.command.empty()) {
      result.problem = "what its arguments do is not known";
      result.problem_at = half.instruction;
      return false;
    }
    return AddScript(facts, half, result);
  }
  if (half.state == CommandHalf::State::kShell ||
      half.state == CommandHalf::State::kTriggered) {
    result.problem = "what it runs needs a shell, which the new image lacks";
    result.problem_at = half.instruction;
    return false;
  }
  if (half.state != CommandHalf::State::kExec) return true;
  const Instruction view(facts.document(),
                         facts.instructions()[half.instruction].inner);
  for (std::string& word : view.Arguments()) {
    result.command.push_back(std::move(word));
  }
  return true;
}

}  // namespace

RuntimeStage ReadRuntimeStage(const Facts& facts, uint32_t stage, uint32_t cut,
                              std::string_view base_workdir,
                              std::span<const std::string_view> build_variables,
                              const BaseImage* image,
                              const RuntimeEquipment& equipment) {
  const Stage& of = facts.stages()[stage];
  Sorter sorter(facts, cut, build_variables, image, equipment);
  for (uint32_t i = of.first; i < of.end; ++i) sorter.Visit(i);
  RuntimeStage result = std::move(sorter.result);
  if (!result.problem.empty()) return result;
  const std::string fallback(base_workdir);
  result.workdir = CleanPath(WorkdirAt(facts, cut).value_or(fallback));
  result.final_workdir =
      CleanPath(WorkdirAt(facts, of.end).value_or(result.workdir));
  const bool has_shell = equipment.has_shell;
  const bool alone =
      has_shell &&
      HalfOfStage(facts, stage, InstructionKind::kEntrypoint).state ==
          CommandHalf::State::kShell;
  if (!AddCommand(facts, stage, InstructionKind::kEntrypoint, has_shell,
                  result) ||
      (!alone &&
       !AddCommand(facts, stage, InstructionKind::kCmd, has_shell, result))) {
    return result;
  }
  if (result.command.empty()) {
    result.problem = "it has no command: other images may be based on it";
    result.problem_at = of.first;
    return result;
  }
  result.values.insert(result.values.end(), result.command.begin() + 1,
                       result.command.end());
  return result;
}

uint32_t UnknownUser(const RuntimeStage& runtime, const RuntimeBase& base,
                     std::span<const std::string> made) {
  for (const auto& [instruction, user] : runtime.users) {
    if (!HasUser(base, user, made)) return instruction;
  }
  return kNoInstruction;
}

bool MakesUsers(std::string_view program) {
  constexpr std::string_view kMakers[] = {"addgroup", "adduser", "groupadd",
                                          "useradd"};
  return IsOneOf(Basename(program), kMakers);
}

}  // namespace dfix
