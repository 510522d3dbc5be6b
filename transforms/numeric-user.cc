#include <optional>
#include <string>

#include "src/dockerfile/instructions.h"
#include "src/facts/base_image.h"
#include "src/facts/container_user.h"
#include "src/text/search.h"
#include "src/transform/sink.h"
#include "src/transform/transform.h"

namespace dfix::transforms {
namespace {

// The number of the user or group `name` that the file makes or the image has.
struct Number {
  std::string text;  // Empty if it is not known.
  uint32_t made_at = kNoInstruction;
};

Number NumberIn(const std::vector<CreatedUser>& created,
                std::string_view name) {
  Number number;
  for (const CreatedUser& user : created) {
    if (user.name != name) continue;
    number = {IsNumber(user.id) ? user.id : "", user.instruction};
  }
  return number;
}

Number NumberOfUser(const Facts& facts, uint32_t stage, std::string_view name) {
  const Number made = NumberIn(CreatedUsers(facts, stage), name);
  const BaseImage* image = BaseImageOf(facts, stage);
  if (made.made_at != kNoInstruction || image == nullptr) return made;
  const BaseUser* user = FindUser(*image, name);
  if (user == nullptr || user->uid < 0) return {};
  return {std::to_string(user->uid)};
}

Number NumberOfGroup(const Facts& facts, uint32_t stage,
                     std::string_view name) {
  if (IsNumber(name)) return {std::string(name)};
  const Number made = NumberIn(CreatedGroups(facts, stage), name);
  const BaseImage* image = BaseImageOf(facts, stage);
  if (made.made_at != kNoInstruction || image == nullptr) return made;
  // A group that a user of the image has of its own.
  const BaseUser* user = FindUser(*image, name);
  if (user == nullptr || user->gid < 0) return {};
  return {std::to_string(user->gid)};
}

void Run(const Input& input, Sink& sink) {
  const Facts& facts = input.facts;
  if (facts.stages().empty()) return;
  const uint32_t stage = static_cast<uint32_t>(facts.stages().size()) - 1;
  const ContainerUser user = UserAtEnd(facts, stage);
  if (user.instruction == kNoInstruction ||
      user.state == ContainerUser::State::kRoot) {
    return;
  }
  const NodeId node = facts.instructions()[user.instruction].inner;
  const Instruction view(input.document, node);
  const std::vector<std::string> arguments = view.Arguments();
  if (arguments.size() != 1) return;
  const std::string& argument = arguments[0];
  const size_t colon = argument.find(':');
  const std::string name = argument.substr(0, colon);
  if (IsNumber(name)) return;
  if (argument.find('$') != std::string::npos) {
    return sink.LeaveAlone(node, "it is in a variable");
  }
  const Number uid = NumberOfUser(facts, stage, name);
  if (uid.text.empty()) {
    const bool is_made = uid.made_at != kNoInstruction;
    return sink.LeaveAlone(
        node,
        is_made ? "line {line} makes `" + name + "` without a number of its own"
                : "the number of `" + name + "` is not known",
        is_made ? facts.instructions()[uid.made_at].node : kNoNode);
  }
  std::string numbers = uid.text;
  if (colon != std::string::npos) {
    const std::string group = argument.substr(colon + 1);
    const Number gid = NumberOfGroup(facts, stage, group);
    if (gid.text.empty()) {
      return sink.LeaveAlone(
          node, "the number of the group `" + group + "` is not known");
    }
    numbers += ":" + gid.text;
  }
  sink.Propose(node, Level::kReview,
               "name the user by number: Kubernetes' `runAsNonRoot` cannot "
               "tell whether `" +
                   name + "` is root",
               [&](ChangeWriter& change) {
                 change.ReplaceWord(view.ArgumentNodes()[0], numbers);
               });
}

}  // namespace

extern const Transform kNumericUser;
const Transform kNumericUser = {
    .id = "numeric-user",
    .title = "Name the user that the container runs as by its number",
    .why =
        "With `runAsNonRoot` Kubernetes refuses an image whose user has a "
        "name, for the list of users that says whether that is root is inside "
        "the image. By number the user, its groups and its home are the same.",
    .level = Level::kReview,
    .phase = Phase::kStructure,
    .rank = 12,
    .aliases = {"DL3066"},
    .effects = {Effect::kNumbersUser},
    .before =
        "FROM node:20\n"
        "USER node\n"
        "CMD [\"node\", \"server.js\"]\n",
    .after =
        "FROM node:20\n"
        "USER 1000\n"
        "CMD [\"node\", \"server.js\"]\n",
    .left_alone =
        "Variables, and users whose number neither the file nor what is known "
        "of the image tells.",
    .opt_in = true,
    .run = Run,
};

}  // namespace dfix::transforms
