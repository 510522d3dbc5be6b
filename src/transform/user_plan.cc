#include "src/transform/user_plan.h"

#include <algorithm>

#include "src/dockerfile/instructions.h"
#include "src/facts/container_user.h"
#include "src/facts/run_work.h"
#include "src/text/one_of.h"
#include "src/text/source_text.h"

namespace dfix {
namespace {

// From here on a user's number makes useradd write large sparse files.
constexpr uint32_t kHighUid = 100000;
constexpr uint32_t kFirstOrdinaryUid = 1000;

NodeId NodeAt(const Facts& facts, uint32_t index) {
  return facts.instructions()[index].node;
}

// Whether it changes neither files nor who runs what.
bool IsMetadata(InstructionKind kind) {
  switch (kind) {
    case InstructionKind::kArg:
    case InstructionKind::kEnv:
    case InstructionKind::kLabel:
    case InstructionKind::kMaintainer:
    case InstructionKind::kShell:
    case InstructionKind::kExpose:
    case InstructionKind::kStopsignal:
    case InstructionKind::kCmd:
    case InstructionKind::kEntrypoint:
    case InstructionKind::kHealthcheck:
    case InstructionKind::kWorkdir:
    case InstructionKind::kFrom:
      return true;
    default:
      return false;
  }
}

// Whether a RUN only uses a JavaScript package manager on the project, which
// needs no root.
bool IsProjectRun(const Facts& facts, uint32_t index) {
  const InstructionFacts& run = facts.instructions()[index];
  const Document& document = facts.document();
  if (run.script == kNoNode || document.kind(run.script) != NodeKind::kScript ||
      !MountTargets(facts, index).empty()) {
    return false;
  }
  bool found = false;
  for (const ScriptCommand& command : CommandsOf(document, run.script)) {
    constexpr std::string_view kManagers[] = {"npm", "yarn", "pnpm"};
    if (!IsOneOf(command.program, kManagers)) return false;
    for (const std::string& word : command.operands) {
      if (word == "-g" || word == "--global" || word == "global" ||
          word == "config" || word == "set" || word.starts_with('/') ||
          word.find('$') != word.npos || word.find('~') != word.npos) {
        return false;
      }
    }
    found = true;
  }
  return found;
}

std::string Joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += " " + word;
  return text;
}

std::string Cased(const Facts& facts, uint32_t stage,
                  std::string_view keyword) {
  std::string text(keyword);
  const NodeId from = facts.stages()[stage].from;
  if (facts.document().Text(from).starts_with("from")) {
    for (char& c : text) c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

// A text that goes before or after an instruction.
struct Insertion {
  uint32_t index;
  bool after;
  std::string text;

  uint32_t place() const { return index + (after ? 1 : 0); }
};

// Two insertions at one place would have no order: adds to the one there is.
void Add(const Facts& facts, std::vector<Insertion>& insertions,
         Insertion added) {
  for (Insertion& there : insertions) {
    if (there.place() != added.place()) continue;
    there.text += std::string(NewlineStyle(facts.document().text()));
    there.text += added.text;
    return;
  }
  insertions.push_back(std::move(added));
}

// Whether a RUN of `stage` before `end` names `path` or a directory that it is
// in, other than the system's.
bool IsNamedBefore(const Facts& facts, uint32_t stage, uint32_t end,
                   std::string_view path) {
  for (uint32_t i = facts.stages()[stage].first; i < end; ++i) {
    if (facts.instructions()[i].kind != InstructionKind::kRun) continue;
    const std::string_view text = facts.document().Text(NodeAt(facts, i));
    for (std::string_view at = path; !IsSystemDirectory(at);
         at = at.substr(0, at.rfind('/'))) {
      if (text.find(at) != text.npos) return true;
      if (at.rfind('/') == 0) break;
    }
  }
  return false;
}

// The commands that make the user and give it its directories.
std::vector<std::string> Commands(const UserPlan& plan) {
  std::vector<std::string> commands = plan.create;
  const ProgramFiles& files = plan.files;
  std::vector<std::string> made = files.directories;
  std::vector<std::string> given = files.directories;
  if (plan.workdir == UserPlan::Workdir::kMake) {
    made.insert(made.begin(), files.workdir);
  }
  if (plan.workdir == UserPlan::Workdir::kMake ||
      plan.workdir == UserPlan::Workdir::kGive) {
    given.insert(given.begin(), files.workdir);
  }
  if (!made.empty()) commands.push_back("mkdir -p" + Joined(made));
  if (!given.empty()) {
    commands.push_back("chown " + plan.owner + Joined(given));
  }
  return commands;
}

}  // namespace

std::vector<std::string> CreateUserCommands(const UserSettings& settings,
                                            const ImageFamily& family,
                                            UserTools tools, bool with_home,
                                            bool guarded) {
  const std::string uid = std::to_string(settings.uid);
  const std::string gid = std::to_string(settings.gid);
  const std::string shell(family.nologin);
  std::string group;
  std::string user;
  if (tools == UserTools::kAdduser) {
    group = "addgroup -S -g " + gid + " " + settings.name;
    user = "adduser -S -D " + std::string(with_home ? "" : "-H ") + "-u " +
           uid + " -G " + settings.name + " -s " + shell + " " + settings.name;
  } else {
    const std::string system =
        settings.uid < kFirstOrdinaryUid ? "--system " : "";
    group = "groupadd " + system + "--gid " + gid + " " + settings.name;
    user = "useradd " + system +
           (settings.uid >= kHighUid ? "--no-log-init " : "") + "--uid " + uid +
           " --gid " + settings.name +
           (with_home ? " --create-home"
                      : " --no-create-home --home-dir /nonexistent") +
           " --shell " + shell + " " + settings.name;
  }
  if (!guarded) return {group, user};
  return {"{ id -u " + settings.name + " >/dev/null 2>&1 || { " + group +
          " && " + user + "; }; }"};
}

uint32_t PlaceForUser(const Facts& facts, uint32_t stage) {
  const Stage& s = facts.stages()[stage];
  for (uint32_t i = s.first; i < s.end; ++i) {
    const InstructionFacts& instruction = facts.instructions()[i];
    const bool skipped =
        IsMetadata(instruction.kind) ||
        (instruction.kind == InstructionKind::kUser && !instruction.onbuild);
    if (!skipped) return i;
  }
  return kNoInstruction;
}

UserPlan::Workdir WorkdirOf(const Facts& facts, uint32_t stage,
                            const UserPlan& plan) {
  const ProgramFiles& files = plan.files;
  if (files.workdir.empty() || files.owns_workdir) {
    return UserPlan::Workdir::kIsOwn;
  }
  const uint32_t at = files.workdir_instruction;
  const uint32_t place = plan.create_at + (plan.create_after ? 1 : 0);
  if (plan.create_at != kNoInstruction && at < place) {
    return UserPlan::Workdir::kGive;
  }
  const bool is_named = IsNamedBefore(facts, stage, at, files.workdir);
  for (const uint32_t copy : files.copies) {
    // A COPY makes the directory that it copies to, with the owner it names.
    if (copy < at && !is_named && CopyTarget(facts, copy) == files.workdir) {
      return UserPlan::Workdir::kIsOwn;
    }
  }
  return is_named || plan.create_at == kNoInstruction || plan.create.empty()
             ? UserPlan::Workdir::kGiveLater
             : UserPlan::Workdir::kMake;
}

uint32_t PlaceUser(const Facts& facts, uint32_t stage, bool is_node,
                   UserPlan& plan) {
  const Stage& s = facts.stages()[stage];
  const auto kind = [&](uint32_t i) { return facts.instructions()[i].kind; };
  uint32_t last = s.first;
  for (uint32_t i = s.first; i < s.end; ++i) {
    const bool changes =
        kind(i) == InstructionKind::kRun || kind(i) == InstructionKind::kCopy ||
        kind(i) == InstructionKind::kAdd || kind(i) == InstructionKind::kUser ||
        kind(i) == InstructionKind::kWorkdir;
    if (changes && !facts.instructions()[i].onbuild) last = i;
  }
  if (is_node) {
    // RUNs of the package manager are the user's if all after the first is.
    uint32_t first = kNoInstruction;
    bool all = true;
    for (uint32_t i = s.first; i < s.end; ++i) {
      if (kind(i) == InstructionKind::kUser) all = false;
      if (kind(i) != InstructionKind::kRun) continue;
      if (!IsProjectRun(facts, i)) {
        all &= first == kNoInstruction;
      } else if (first == kNoInstruction) {
        first = i;
      }
    }
    const bool in_workdir = first != kNoInstruction &&
                            plan.files.workdir_instruction < first &&
                            !plan.files.workdir.empty();
    if (all && in_workdir) {
      plan.user_at = first;
      plan.user_after = false;
      return first;
    }
  }
  for (uint32_t i = last + 1; i < s.end; ++i) {
    if (kind(i) != InstructionKind::kCmd &&
        kind(i) != InstructionKind::kEntrypoint) {
      continue;
    }
    plan.user_at = i;
    plan.user_after = false;
    return kNoInstruction;
  }
  plan.user_at = last;
  plan.user_after = true;
  return kNoInstruction;
}

void WriteUserPlan(const Facts& facts, uint32_t stage, const UserPlan& plan,
                   ChangeWriter& change) {
  const std::vector<std::string> commands = plan.create_at == kNoInstruction
                                                ? std::vector<std::string>()
                                                : Commands(plan);
  for (const uint32_t copy : plan.files.copies) {
    const InstructionFacts& instruction = facts.instructions()[copy];
    const bool linked =
        Instruction(facts.document(), instruction.inner).FindFlag("--link") &&
        !plan.number.empty();
    change.AddFlag(instruction.inner,
                   "--chown=" + (linked ? plan.number : plan.owner));
  }
  for (const MadeDirectories& made : plan.files.made) {
    change.AppendCommand(made.and_or, Join::kAnd,
                         "chown " + plan.owner + Joined(made.words));
  }
  std::vector<Insertion> insertions;
  if (!commands.empty()) {
    Add(facts, insertions,
        {plan.create_at, plan.create_after, change.RunText(commands)});
  }
  if (plan.workdir == UserPlan::Workdir::kGiveLater) {
    const std::vector<std::string> give = {"chown " + plan.owner + " " +
                                           plan.files.workdir};
    Add(facts, insertions,
        {plan.files.workdir_instruction, true, change.RunText(give)});
  }
  Add(facts, insertions,
      {plan.user_at, plan.user_after,
       Cased(facts, stage, "USER") + " " + plan.user});
  for (const Insertion& insertion : insertions) {
    const NodeId at = NodeAt(facts, insertion.index);
    insertion.after ? change.InsertInstructionAfter(at, insertion.text)
                    : change.InsertInstructionBefore(at, insertion.text);
  }
}

}  // namespace dfix
