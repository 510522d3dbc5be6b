#include "src/facts/container_user.h"

#include <algorithm>
#include <optional>

#include "src/dockerfile/instructions.h"
#include "src/facts/base_image.h"
#include "src/facts/run_work.h"
#include "src/text/one_of.h"

namespace dfix {
namespace {

using State = ContainerUser::State;

ContainerUser UserOf(const Facts& facts, uint32_t index) {
  const auto arguments =
      Instruction(facts.document(), facts.instructions()[index].inner)
          .Arguments();
  if (arguments.empty()) return {State::kUnknown, "", index};
  const auto user = ExpandAt(facts, index, arguments[0]);
  if (!user || user->empty()) return {State::kUnknown, "", index};
  return {IsRoot(*user) ? State::kRoot : State::kOther, *user, index};
}

ContainerUser UserOfImage(const Facts& facts, uint32_t stage) {
  const BaseImage* image = BaseImageOf(facts, stage);
  if (image == nullptr) return {};
  if (image->runs_as.empty()) return {State::kRoot, "root", kNoInstruction};
  return {State::kOther, std::string(image->runs_as), kNoInstruction};
}

bool IsUser(const InstructionFacts& instruction) {
  return instruction.kind == InstructionKind::kUser && !instruction.onbuild;
}

// The programs that make users, or groups, and how they take the number.
struct Maker {
  std::string_view useradd;
  std::string_view adduser;
  char short_option;
  std::string_view long_option;
};
constexpr Maker kMakesUsers = {"useradd", "adduser", 'u', "--uid"};
constexpr Maker kMakesGroups = {"groupadd", "addgroup", 'g', "--gid"};

// The name and the number that the command's operands give.
std::optional<CreatedUser> ParseCommand(const ScriptCommand& command,
                                        uint32_t instruction,
                                        const Maker& maker) {
  constexpr std::string_view kTakeArgument[] = {
      "-u", "--uid",   "-g",      "--gid",      "-G",         "--groups",
      "-d", "--home",  "-s",      "--shell",    "-c",         "--comment",
      "-h", "--gecos", "--group", "--ingroup",  "--home-dir", "-p",
      "-k", "--skel",  "-K",      "--key",      "-e",         "-b",
      "-f", "--root",  "-R",      "--password", "--conf",     "-Z"};
  // groupadd's `-f` has none.
  const bool is_group = maker.short_option == 'g';
  if (command.program != maker.useradd && command.program != maker.adduser) {
    return std::nullopt;
  }
  CreatedUser user{"", "", instruction};
  // adduser's `-g` is a comment in BusyBox, and `--group` has no argument in
  // Debian.
  const bool is_adduser = command.program == maker.adduser;
  const std::string with_value = std::string(maker.long_option) + "=";
  for (size_t i = 0; i < command.operands.size(); ++i) {
    const std::string& word = command.operands[i];
    if (word.starts_with(with_value)) user.id = word.substr(with_value.size());
    if (!word.starts_with('-')) {
      if (user.name.empty()) user.name = word;
      continue;
    }
    if (is_adduser && word == "--group") continue;
    if (is_group && (word == "-f" || word == "--force")) continue;
    const bool bundle =
        word.size() > 2 && word[1] != '-' &&
        std::string_view("ugGdsch").find(word.back()) != std::string_view::npos;
    if (!IsOneOf(word, kTakeArgument) && !bundle) continue;
    ++i;
    const bool is_id =
        word == maker.long_option ||
        (word.back() == maker.short_option && (bundle || word.size() == 2));
    if (is_id && i < command.operands.size()) user.id = command.operands[i];
  }
  const bool plain = !user.name.empty() &&
                     user.name.find_first_of("$`\"'*") == std::string::npos;
  return plain ? std::optional(user) : std::nullopt;
}

std::vector<CreatedUser> Created(const Facts& facts, uint32_t stage,
                                 const Maker& maker) {
  std::vector<CreatedUser> users;
  for (const uint32_t i : StageChain(facts, stage)) {
    const InstructionFacts& instruction = facts.instructions()[i];
    if (instruction.kind != InstructionKind::kRun || instruction.onbuild ||
        instruction.script == kNoNode) {
      continue;
    }
    for (const ScriptCommand& command :
         CommandsOf(facts.document(), instruction.script)) {
      auto user = ParseCommand(command, i, maker);
      if (user) users.push_back(std::move(*user));
    }
  }
  return users;
}

}  // namespace

bool IsRoot(std::string_view user) {
  const std::string_view name = user.substr(0, user.find(':'));
  return name == "root" ||
         (!name.empty() && name.find_first_not_of('0') == name.npos);
}

std::vector<uint32_t> StageChain(const Facts& facts, uint32_t stage) {
  std::vector<uint32_t> stages;
  for (uint32_t at = stage; at != kNoStage; at = facts.stages()[at].parent) {
    stages.push_back(at);
  }
  std::vector<uint32_t> chain;
  for (auto at = stages.rbegin(); at != stages.rend(); ++at) {
    const Stage& s = facts.stages()[*at];
    for (uint32_t i = s.first; i < s.end; ++i) chain.push_back(i);
  }
  return chain;
}

ContainerUser UserBefore(const Facts& facts, uint32_t stage, uint32_t index) {
  const std::vector<uint32_t> chain = StageChain(facts, stage);
  for (auto at = chain.rbegin(); at != chain.rend(); ++at) {
    // A stage stands behind those that it is based on.
    if (*at < index && IsUser(facts.instructions()[*at])) {
      return UserOf(facts, *at);
    }
  }
  return UserOfImage(facts, stage);
}

ContainerUser UserAtEnd(const Facts& facts, uint32_t stage) {
  const std::vector<uint32_t> chain = StageChain(facts, stage);
  for (auto at = chain.rbegin(); at != chain.rend(); ++at) {
    if (IsUser(facts.instructions()[*at])) return UserOf(facts, *at);
  }
  return UserOfImage(facts, stage);
}

ContainerUser LastOtherUser(const Facts& facts, uint32_t stage) {
  const std::vector<uint32_t> chain = StageChain(facts, stage);
  for (auto at = chain.rbegin(); at != chain.rend(); ++at) {
    if (!IsUser(facts.instructions()[*at])) continue;
    ContainerUser user = UserOf(facts, *at);
    if (user.state == State::kOther) return user;
  }
  ContainerUser user = UserOfImage(facts, stage);
  if (user.state != State::kOther) user = {};
  return user;
}

std::vector<CreatedUser> CreatedUsers(const Facts& facts, uint32_t stage) {
  return Created(facts, stage, kMakesUsers);
}

std::vector<CreatedUser> CreatedGroups(const Facts& facts, uint32_t stage) {
  return Created(facts, stage, kMakesGroups);
}

}  // namespace dfix
