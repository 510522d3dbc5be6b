#include <algorithm>
#include <optional>
#include <string>

#include "src/dockerfile/instructions.h"
#include "src/facts/container_program.h"
#include "src/facts/container_user.h"
#include "src/facts/program_files.h"
#include "src/facts/run_work.h"
#include "src/facts/written_files.h"
#include "src/text/one_of.h"
#include "src/text/search.h"
#include "src/transform/sink.h"
#include "src/transform/transform.h"

namespace dfix::transforms {
namespace {

// What only the owner of a file may do, or whoever may write it.
constexpr std::string_view kChangers[] = {"chmod", "chown", "chgrp", "touch",
                                          "sed",   "tee",   "patch"};

// The RUN of the user in force at `copy` that changes what `copy` brings, by
// the name that it has there; or kNoInstruction.
uint32_t RunThatChanges(const Facts& facts, uint32_t copy) {
  const Stage& stage = facts.stages()[facts.instructions()[copy].stage];
  const std::vector<std::string> arguments =
      Instruction(facts.document(), facts.instructions()[copy].inner)
          .Arguments();
  for (uint32_t i = copy + 1; i < stage.end; ++i) {
    const InstructionFacts& run = facts.instructions()[i];
    if (run.kind == InstructionKind::kUser) break;
    if (run.kind != InstructionKind::kRun || run.script == kNoNode) continue;
    for (const ScriptCommand& command :
         CommandsOf(facts.document(), run.script)) {
      if (!IsOneOf(command.program, kChangers)) continue;
      for (const std::string& operand : command.operands) {
        const bool is_copied = std::any_of(
            arguments.begin(), arguments.end(), [&](const std::string& name) {
              return Basename(name) == Basename(operand) &&
                     Basename(operand) != "." && !operand.ends_with('/');
            });
        if (is_copied) return i;
      }
    }
  }
  return kNoInstruction;
}

// What --chown may say for `user`, whom USER names; empty if that depends on
// the build.
std::string OwnerOf(const Facts& facts, const ContainerUser& user) {
  if (user.instruction == kNoInstruction) return "";
  const auto arguments =
      Instruction(facts.document(),
                  facts.instructions()[user.instruction].inner)
          .Arguments();
  const bool plain = arguments.size() == 1 && arguments[0] == user.user;
  return plain ? user.user : "";
}

// Whether `path` is in a directory of `files` beside the working directory.
bool IsData(const ProgramFiles& files, const std::string& path) {
  return std::any_of(
      files.directories.begin(), files.directories.end(),
      [&](const std::string& directory) { return IsInside(path, directory); });
}

void Rewrite(const Input& input, Sink& sink, uint32_t stage, uint32_t copy,
             const ProgramFiles& files, const ContainerPrograms& programs) {
  const Facts& facts = input.facts;
  const ContainerUser user = UserBefore(facts, stage, copy);
  if (user.state != ContainerUser::State::kOther) return;
  const NodeId node = facts.instructions()[copy].inner;
  const std::string owner = OwnerOf(facts, user);
  if (owner.empty()) {
    return sink.LeaveAlone(node, "who it would belong to is not known");
  }
  const bool by_name = owner.find_first_not_of("0123456789:") != owner.npos;
  if (by_name && Instruction(input.document, node).FindFlag("--link")) {
    return sink.LeaveAlone(
        node,
        "with `--link` there is no list of users to find `" + owner + "` in");
  }
  const uint32_t run = RunThatChanges(facts, copy);
  Level level = Level::kReview;
  std::string message = "give what it copies to `" + owner + "`: ";
  if (run != kNoInstruction) {
    message += "line {line} changes it, which only its owner may";
  } else if (BringsProgram(facts, copy, programs)) {
    return sink.LeaveAlone(
        node, "it brings the program, which should not change itself");
  } else if (const std::string target = CopyTarget(facts, copy);
             IsData(files, target)) {
    message += "USER does not count for COPY, and the program writes there";
  } else if (LooksWritten(target)) {
    level = Level::kBold;
    message +=
        "USER does not count for COPY; to be confirmed: the program "
        "writes to `" +
        target + "`";
  } else {
    return sink.LeaveAlone(node, "nothing says that the program writes there");
  }
  sink.Propose(
      node, level, std::move(message),
      [&](ChangeWriter& change) { change.AddFlag(node, "--chown=" + owner); },
      run == kNoInstruction ? kNoNode : facts.instructions()[run].node);
}

void Run(const Input& input, Sink& sink) {
  const Facts& facts = input.facts;
  if (facts.stages().empty()) return;
  const uint32_t stage = static_cast<uint32_t>(facts.stages().size()) - 1;
  const ContainerUser end = UserAtEnd(facts, stage);
  if (facts.stages()[stage].from == kNoNode ||
      end.state != ContainerUser::State::kOther) {
    return;
  }
  const ContainerPrograms programs = ProgramsOf(facts, input.context, stage);
  const ProgramFiles files = FindProgramFiles(
      facts, stage, programs, end.user.substr(0, end.user.find(':')));
  for (const uint32_t copy : files.copies) {
    Rewrite(input, sink, stage, copy, files, programs);
  }
}

}  // namespace

extern const Transform kChownCopies;
const Transform kChownCopies = {
    .id = "chown-copies",
    .title =
        "Let the user that the container runs as own what is copied for "
        "it to write",
    .why =
        "COPY and ADD make files of root, whatever USER says before them. A "
        "program that is not root cannot change them, and a RUN that is not "
        "cannot either.",
    .level = Level::kReview,
    .phase = Phase::kStructure,
    .rank = 11,
    .aliases = {},
    .effects = {Effect::kChangesOwner},
    .before =
        "FROM node:20\n"
        "USER node\n"
        "VOLUME /data\n"
        "COPY seed.db /data/\n"
        "CMD [\"node\", \"server.js\"]\n",
    .after =
        "FROM node:20\n"
        "USER node\n"
        "VOLUME /data\n"
        "COPY --chown=node seed.db /data/\n"
        "CMD [\"node\", \"server.js\"]\n",
    .left_alone =
        "What root copies before USER, and what the program only reads: files "
        "outside its working directory, its volumes and the directories that "
        "variables name for data. Code, for a program should not be able to "
        "change itself. In the working directory only what is named like "
        "data, and the level is bold.",
    .run = Run,
};

}  // namespace dfix::transforms
