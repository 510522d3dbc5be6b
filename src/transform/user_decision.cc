#include "src/transform/user_decision.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "src/dockerfile/instructions.h"
#include "src/facts/base_image.h"
#include "src/facts/container_program.h"
#include "src/facts/container_user.h"
#include "src/facts/directory_fill.h"
#include "src/facts/program_files.h"
#include "src/facts/root_needs.h"
#include "src/facts/run_work.h"
#include "src/text/one_of.h"
#include "src/text/search.h"

namespace dfix {
namespace {

using State = ContainerUser::State;

// The user that distroless images have, and that an image without a list of
// users may as well use.
constexpr std::string_view kNonroot = "65532:65532";

constexpr std::string_view kAtLine = "line {line}: ";

class Decider {
 public:
  Decider(const Facts& facts, const BuildContext* context, uint32_t stage,
          const UserSettings& settings)
      : facts_(facts),
        context_(context),
        stage_(stage),
        settings_(settings),
        image_(BaseImageOf(facts, stage)),
        end_(UserAtEnd(facts, stage)) {}

  UserDecision Decide() {
    if (IsToChange()) {
      Describe();
      out_.plan = std::move(plan_);
    }
    out_.anchor = Anchor();
    return std::move(out_);
  }

 private:
  // By its name: nobody runs a stage of tests that others are not built on.
  bool IsForTests() const {
    constexpr std::string_view kNames[] = {"check",   "lint",      "test",
                                           "testing", "unit-test", "tests"};
    return IsOneOf(facts_.stages()[stage_].name, kNames);
  }

  bool IsToChange() {
    if (IsForTests()) {
      return LeaveAlone("its name says that the stage is for tests");
    }
    if (!CheckUser() || !CheckImage()) return false;
    programs_ = ProgramsOf(facts_, context_, stage_);
    const bool is_back = switch_back_.state == State::kOther;
    if (programs_.state == ContainerPrograms::State::kUnclear) {
      return LeaveAlone("what it starts is not clear");
    }
    if (programs_.state == ContainerPrograms::State::kNone &&
        !(is_back && switch_back_.instruction == kNoInstruction)) {
      return LeaveAlone(
          "it starts no program of its own: an image to work in or to build "
          "on, which may need root");
    }
    if (!ChooseUser()) return false;
    plan_.files = FindProgramFiles(facts_, stage_, programs_, owner_);
    return CheckNeeds() && Place();
  }

  // The USER in effect if the stage has it, else its FROM.
  NodeId Anchor() const {
    const bool own = end_.instruction != kNoInstruction &&
                     facts_.instructions()[end_.instruction].stage == stage_;
    return own ? facts_.instructions()[end_.instruction].node
               : facts_.stages()[stage_].from;
  }

  // Always false.
  bool LeaveAlone(std::string reason, uint32_t related = kNoInstruction) {
    out_.message = std::move(reason);
    SetRelated(related);
    return false;
  }

  void SetRelated(uint32_t instruction) {
    out_.related = instruction == kNoInstruction
                       ? kNoNode
                       : facts_.instructions()[instruction].node;
  }

  std::string UnknownImage() const {
    uint32_t root = stage_;
    while (facts_.stages()[root].parent != kNoStage) {
      root = facts_.stages()[root].parent;
    }
    const std::optional<std::string>& base = facts_.stages()[root].base;
    return base ? "nothing is known of the image `" + *base + "`"
                : "the base image is in a variable without a default";
  }

  bool CheckUser() {
    if (end_.state == State::kOther) {
      return LeaveAlone(end_.instruction == kNoInstruction
                            ? "the image runs as `" + end_.user + "` already"
                            : "it runs as `" + end_.user + "` already");
    }
    if (end_.state == State::kUnknown) {
      return LeaveAlone(end_.instruction == kNoInstruction
                            ? UnknownImage()
                            : "who it runs as is not known before it is built");
    }
    switch_back_ = LastOtherUser(facts_, stage_);
    return true;
  }

  bool CheckImage() {
    if (image_ == nullptr) {
      if (switch_back_.state == State::kOther) return true;
      return LeaveAlone(UnknownImage());
    }
    if (image_->family != nullptr && image_->family->is_windows) {
      return LeaveAlone("Windows has other users");
    }
    if (image_->starts_as_root.empty()) return true;
    std::string reason = "the image " + std::string(image_->starts_as_root);
    if (!image_->unprivileged.empty()) {
      reason +=
          "; `" + std::string(image_->unprivileged) + "` never needs root";
    }
    return LeaveAlone(std::move(reason));
  }

  // Sets who the program is to run as.
  bool ChooseUser() {
    if (switch_back_.state == State::kOther) return SwitchBack();
    const std::vector<CreatedUser> created = CreatedUsers(facts_, stage_);
    if (!created.empty()) return UseCreated(created);
    if (image_->family == nullptr) {
      return LeaveAlone("it is not known how users are made in the image `" +
                        std::string(image_->name) + "`");
    }
    if (image_->family->no_shell) {
      plan_.user = plan_.owner = plan_.number = kNonroot;
      why_ =
          "run as an unprivileged user, by number, for there is no list of "
          "users";
      return true;
    }
    const std::string_view shipped = image_->program_user;
    const BaseUser* user = FindUser(
        *image_, shipped.empty() ? std::string_view(settings_.name) : shipped);
    return user != nullptr ? UseShipped(*user) : CreateUser();
  }

  bool SwitchBack() {
    plan_.user = switch_back_.user;
    // Its group need not have its name.
    owner_ = plan_.user.substr(0, plan_.user.find(':'));
    plan_.owner = plan_.user;
    why_ = "switch back to `" + plan_.user + "`, which " +
           (switch_back_.instruction == kNoInstruction
                ? "the image runs as"
                : "line {line} has chosen") +
           ", once nothing needs root any more";
    related_ = switch_back_.instruction;
    if (end_.instruction == kNoInstruction) return true;
    // Root for nothing, or for the program?
    const Stage& s = facts_.stages()[stage_];
    bool used = false;
    for (uint32_t i = end_.instruction + 1; i < s.end; ++i) {
      const InstructionKind kind = facts_.instructions()[i].kind;
      used |= kind == InstructionKind::kRun || kind == InstructionKind::kCopy ||
              kind == InstructionKind::kAdd;
    }
    const bool own = facts_.instructions()[end_.instruction].stage == stage_;
    if (own && used) return true;
    return LeaveAlone(
        "nothing that is built after it needs root, so it seems that the "
        "program does");
  }

  bool UseCreated(const std::vector<CreatedUser>& created) {
    for (const CreatedUser& user : created) {
      if (user.name == created[0].name) continue;
      return LeaveAlone(
          "line {line} makes several users; it is not clear which one "
          "the program is for",
          user.instruction);
    }
    owner_ = created[0].name;
    plan_.user = owner_;
    plan_.owner = owner_;
    why_ = "run as `" + owner_ + "`, which line {line} makes and nothing uses";
    related_ = created[0].instruction;
    made_at_ = created[0].instruction;
    return true;
  }

  bool UseShipped(const BaseUser& user) {
    owner_ = user.name;
    if (user.uid >= 0 && user.gid >= 0) {
      plan_.number = std::to_string(user.uid) + ":" + std::to_string(user.gid);
    }
    const bool numeric = settings_.numeric && !plan_.number.empty();
    plan_.user = numeric ? plan_.number : owner_;
    plan_.owner = numeric ? plan_.number : owner_ + ":" + owner_;
    why_ = "run as `" + owner_ + "`, the unprivileged user that the image has";
    return true;
  }

  bool CreateUser() {
    const ImageFamily& family = *image_->family;
    if (!IsPlainName(settings_.name)) {
      return LeaveAlone("`" + settings_.name + "` is not a name for a user");
    }
    UserTools tools = family.tools;
    if (tools == UserTools::kNone) {
      tools_at_ = InstallerOf(family.tools_package);
      if (tools_at_ == kNoInstruction) {
        return LeaveAlone(
            "the image has no tools to make a user; the package `" +
            std::string(family.tools_package) + "` brings them");
      }
      tools = UserTools::kUseradd;
    }
    const bool with_home = settings_.home.value_or(std::any_of(
        programs_.programs.begin(), programs_.programs.end(), WantsHome));
    plan_.create = CreateUserCommands(settings_, family, tools, with_home,
                                      BaseImageIsVariable(facts_, stage_));
    plan_.number =
        std::to_string(settings_.uid) + ":" + std::to_string(settings_.gid);
    owner_ = settings_.name;
    plan_.user = settings_.numeric ? plan_.number : owner_;
    plan_.owner = settings_.numeric ? plan_.number : owner_ + ":" + owner_;
    why_ = "run as `" + plan_.user +
           "`, an unprivileged user: whoever breaks into the program is then "
           "not root";
    return true;
  }

  static bool IsPlainName(std::string_view name) {
    return !name.empty() && name.size() < 32 && name != "root" &&
           name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_-") ==
               name.npos &&
           name[0] >= '_';
  }

  // The RUN of the stage that installs `package`, or kNoInstruction.
  uint32_t InstallerOf(std::string_view package) const {
    const Stage& s = facts_.stages()[stage_];
    for (uint32_t i = s.first; i < s.end; ++i) {
      const InstructionFacts& run = facts_.instructions()[i];
      if (run.kind != InstructionKind::kRun || run.script == kNoNode) continue;
      for (const ScriptCommand& command :
           CommandsOf(facts_.document(), run.script)) {
        const auto& words = command.operands;
        if (std::find(words.begin(), words.end(), "install") != words.end() &&
            std::find(words.begin(), words.end(), package) != words.end()) {
          return i;
        }
      }
    }
    return kNoInstruction;
  }

  // False if something needs root; collects what only a person can say.
  bool CheckNeeds() {
    std::vector<RootNeed> needs = FindRootNeeds(facts_, stage_, programs_);
    std::move(plan_.files.needs.begin(), plan_.files.needs.end(),
              std::back_inserter(needs));
    for (const RootNeed& need : needs) {
      if (!need.certain) continue;
      return LeaveAlone(AtLine(need), need.instruction);
    }
    doubts_ = std::move(needs);
    if (programs_.state == ContainerPrograms::State::kKnown &&
        !IsService(facts_, stage_, programs_)) {
      const ContainerProgram& program = programs_.programs[0];
      if (!RunsInterpreter(programs_)) {
        return LeaveAlone("nothing says that `" + program.words[0] +
                              "`, which line {line} starts, is a service; a "
                              "tool may need root for the files that it is "
                              "run on",
                          program.instruction);
      }
      doubts_.push_back({program.instruction,
                         "no port and no health check says that it is a "
                         "service, and a tool may need root for the files that "
                         "it is run on",
                         false});
    }
    if (end_.instruction != kNoInstruction &&
        switch_back_.state != State::kOther) {
      doubts_.push_back({end_.instruction, "it asks for root", false});
    }
    if (!plan_.create.empty() && BaseImageIsVariable(facts_, stage_)) {
      doubts_.push_back({facts_.InstructionOf(facts_.stages()[stage_].from),
                         "another base image can be built with", false});
    }
    return true;
  }

  // The reason with the line that it is about.
  static std::string AtLine(const RootNeed& need) {
    return need.reason.find("{line}") == std::string::npos
               ? std::string(kAtLine) + need.reason
               : need.reason;
  }

  // Sets the places of all that is written.
  bool Place() {
    plan_.create_at = PlaceForUser(facts_, stage_);
    if (plan_.create_at == kNoInstruction) PlaceAmongMetadata();
    if (made_at_ != kNoInstruction || tools_at_ != kNoInstruction) {
      plan_.create_at = tools_at_ != kNoInstruction ? tools_at_ : made_at_;
      plan_.create_after = true;
    }
    if (image_ != nullptr && image_->family != nullptr &&
        image_->family->no_shell) {
      return PlaceWithoutShell();
    }
    if (!CheckShell()) return false;
    plan_.workdir = WorkdirOf(facts_, stage_, plan_);
    if (!CheckOrder()) return false;
    const bool is_node =
        std::all_of(programs_.programs.begin(), programs_.programs.end(),
                    [](const ContainerProgram& program) {
                      return program.kind == ProgramKind::kScriptRunner ||
                             Basename(program.words[0]) == "node";
                    });
    const uint32_t own_run = PlaceUser(
        facts_, stage_, is_node && switch_back_.state != State::kOther, plan_);
    if (own_run == kNoInstruction) DoubtModules();
    DoubtRepository();
    return CheckDoubts();
  }

  // In a stage that makes no files: behind FROM, or the last USER.
  void PlaceAmongMetadata() {
    const Stage& s = facts_.stages()[stage_];
    for (uint32_t i = s.end; i-- > s.first;) {
      const bool is_user =
          facts_.instructions()[i].kind == InstructionKind::kUser;
      if (i > s.first && !is_user) continue;
      plan_.create_at = i;
      plan_.create_after = true;
      return;
    }
  }

  // The RUNs that are written need a shell.
  bool CheckShell() {
    constexpr std::string_view kShells[] = {"ash", "bash", "dash", "sh"};
    const uint32_t shell =
        ShellInstructionAt(facts_, facts_.stages()[stage_].end - 1);
    if (shell == kNoInstruction) return true;
    const auto words =
        Instruction(facts_.document(), facts_.instructions()[shell].inner)
            .Arguments();
    if (!words.empty() && IsOneOf(Basename(words[0]), kShells)) return true;
    return LeaveAlone("line {line} sets a shell that is not known", shell);
  }

  // What names the user must come after what makes it.
  bool CheckOrder() {
    if (made_at_ == kNoInstruction && tools_at_ == kNoInstruction) return true;
    uint32_t first = kNoInstruction;
    for (const uint32_t copy : plan_.files.copies) {
      first = std::min(first, copy);
    }
    for (const MadeDirectories& made : plan_.files.made) {
      first = std::min(first, made.instruction);
    }
    if (first == kNoInstruction || first > plan_.create_at) return true;
    return LeaveAlone(
        "line {line} writes the program's files before the user is made",
        first);
  }

  // Without a shell only WORKDIR makes a directory that belongs to a user: the
  // one of the USER before it.
  bool PlaceWithoutShell() {
    const ProgramFiles& files = plan_.files;
    if (!files.directories.empty()) {
      return LeaveAlone("nothing in the image can give `" +
                        files.directories[0] + "` to another user");
    }
    plan_.create_at = kNoInstruction;
    PlaceUser(facts_, stage_, false, plan_);
    if (files.workdir_instruction == kNoInstruction) return true;
    const Stage& s = facts_.stages()[stage_];
    for (uint32_t i = s.first; i < s.end; ++i) {
      const InstructionKind kind = facts_.instructions()[i].kind;
      if (kind == InstructionKind::kRun) break;
      if (kind == InstructionKind::kUser) break;
      if (kind != InstructionKind::kWorkdir || HasUserFrom(i)) continue;
      plan_.user_at = i;
      plan_.user_after = false;
      return true;
    }
    doubts_.push_back(
        {files.workdir_instruction, "its directory is made by root", false});
    return CheckDoubts();
  }

  // So much to confirm is a task for a person from the start.
  bool CheckDoubts() {
    constexpr size_t kMost = 3;
    DropRepeated();
    if (doubts_.size() <= kMost) return true;
    return LeaveAlone("too much would have to be confirmed: " + Doubts(),
                      doubts_[0].instruction);
  }

  void DropRepeated() {
    std::vector<RootNeed> kept;
    for (RootNeed& doubt : doubts_) {
      const bool is_known = std::any_of(
          kept.begin(), kept.end(),
          [&](const RootNeed& other) { return other.reason == doubt.reason; });
      if (!is_known) kept.push_back(std::move(doubt));
    }
    doubts_ = std::move(kept);
  }

  // All that is to be confirmed, the first with its line.
  std::string Doubts() const {
    std::string text = AtLine(doubts_[0]);
    for (size_t i = 1; i < doubts_.size(); ++i) {
      text += "; " + doubts_[i].reason;
    }
    return text;
  }

  // Whether the stage has a USER at `index` or later.
  bool HasUserFrom(uint32_t index) const {
    const Stage& s = facts_.stages()[stage_];
    for (uint32_t i = index; i < s.end; ++i) {
      if (facts_.instructions()[i].kind == InstructionKind::kUser) return true;
    }
    return false;
  }

  // What root has built beside the program stays root's.
  void DoubtModules() {
    const Stage& s = facts_.stages()[stage_];
    const bool runs_script =
        std::any_of(programs_.programs.begin(), programs_.programs.end(),
                    [](const ContainerProgram& program) {
                      return program.kind == ProgramKind::kScriptRunner;
                    });
    if (!runs_script || plan_.files.workdir.empty()) return;
    for (uint32_t i = s.first; i < s.end; ++i) {
      if (facts_.instructions()[i].kind != InstructionKind::kRun) continue;
      if (i < plan_.files.workdir_instruction &&
          FillingOf(facts_, i, plan_.files.workdir).filling <
              Filling::kBuilds) {
        continue;
      }
      doubts_.push_back(
          {i, "what it makes in the program's directory stays root's", false});
      return;
    }
  }

  // git refuses a repository that belongs to another user, root's too.
  void DoubtRepository() {
    uint32_t copy = kNoInstruction;
    for (const uint32_t i : plan_.files.copies) {
      const auto words =
          Instruction(facts_.document(), facts_.instructions()[i].inner)
              .Arguments();
      const bool whole = std::any_of(
          words.begin(), std::prev(words.end()),
          [](const std::string& word) { return word == "." || word == "./"; });
      if (whole) copy = std::min(copy, i);
    }
    if (copy == kNoInstruction) return;
    for (uint32_t i = copy; i < plan_.user_at; ++i) {
      const InstructionFacts& run = facts_.instructions()[i];
      if (run.kind != InstructionKind::kRun || run.script == kNoNode) continue;
      if (MayAskGit(run.script)) {
        doubts_.push_back({i,
                           "if it asks git about the repository, git "
                           "refuses, for that is not root's any more",
                           false});
        return;
      }
    }
  }

  bool MayAskGit(NodeId script) const {
    constexpr std::string_view kPrograms[] = {
        "cargo", "cmake", "dotnet", "git",   "gradle", "gradlew",
        "make",  "mvn",   "mvnw",   "swift", "mix",    "hatch"};
    const std::string_view text = facts_.document().Text(script);
    if (text.find("-buildvcs=false") != text.npos ||
        text.find("safe.directory") != text.npos) {
      return false;
    }
    for (const ScriptCommand& command : CommandsOf(facts_.document(), script)) {
      const auto& words = command.operands;
      const auto has = [&](std::string_view word) {
        return std::find(words.begin(), words.end(), word) != words.end();
      };
      const bool builds_package =
          has("-e") || has(".") || has("./") || has("setup.py");
      if (IsOneOf(command.program, kPrograms) ||
          (command.program == "go" && !has("mod") && !has("get")) ||
          (builds_package && (command.program.starts_with("pip") ||
                              command.program.starts_with("python")))) {
        return true;
      }
    }
    return false;
  }

  // Says what is done, how certain that is, and what is to be confirmed.
  void Describe() {
    Level level = Level::kReview;
    std::string message = why_;
    // What is not known may be root's in that directory, too.
    if (!plan_.files.workdir.empty() && doubts_.empty()) {
      message += "; `" + plan_.files.workdir + "` is then its own";
    }
    uint32_t related = related_;
    if (!doubts_.empty()) {
      level = Level::kBold;
      const bool free = message.find("{line}") == std::string::npos;
      if (free) related = doubts_[0].instruction;
      std::string text = Doubts();
      if (!free && text.starts_with(kAtLine)) text.erase(0, kAtLine.size());
      message += "; to be confirmed: " + text;
    }
    out_.level = level;
    out_.message = std::move(message);
    SetRelated(related);
  }

  const Facts& facts_;
  const BuildContext* const context_;
  const uint32_t stage_;
  const UserSettings& settings_;
  const BaseImage* const image_;
  const ContainerUser end_;
  ContainerUser switch_back_;
  ContainerPrograms programs_;
  UserPlan plan_;
  UserDecision out_;
  std::string owner_;  // The user's name.
  std::string why_;
  uint32_t related_ = kNoInstruction;   // What {line} in `why_` is.
  uint32_t made_at_ = kNoInstruction;   // The file's own RUN that makes it.
  uint32_t tools_at_ = kNoInstruction;  // The RUN that brings useradd.
  std::vector<RootNeed> doubts_;
};

}  // namespace

UserDecision DecideUser(const Facts& facts, const BuildContext* context,
                        uint32_t stage, const UserSettings& settings) {
  return Decider(facts, context, stage, settings).Decide();
}

}  // namespace dfix
