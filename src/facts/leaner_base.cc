#include "src/facts/leaner_base.h"

#include <algorithm>

#include "src/dockerfile/instructions.h"
#include "src/facts/base_image.h"
#include "src/facts/managed_split.h"
#include "src/facts/package_command.h"
#include "src/facts/plain_script.h"
#include "src/facts/program_files.h"
#include "src/facts/run_work.h"
#include "src/shell/words.h"
#include "src/text/one_of.h"
#include "src/text/search.h"

namespace dfix {
namespace {

// Commands that every system has, and those of a Java runtime.
constexpr std::string_view kEverywhere[] = {
    ":",        "[",     "addgroup", "adduser", "cat",     "cd",    "chmod",
    "chown",    "cp",    "date",     "echo",    "export",  "find",  "grep",
    "groupadd", "java",  "keytool",  "ln",      "ls",      "mkdir", "mv",
    "printf",   "pwd",   "rm",       "sed",     "set",     "sh",    "tar",
    "test",     "touch", "true",     "useradd", "usermod", "which"};

// What Java programs name that only the JDK has.
constexpr std::string_view kOfJdk[] = {"com.sun.tools", "javax.tools"};

// Parts of the names of packages that build, or that bring another runtime.
constexpr std::string_view kOfBuilds[] = {"dotnet", "gradle", "jdk", "jre",
                                          "maven"};

class Reader {
 public:
  Reader(const Facts& facts, const BuildContext* context, uint32_t stage,
         const ProjectBuilder& builder, const RuntimeBase& base)
      : facts_(facts),
        document_(facts.document()),
        context_(context),
        index_(stage),
        stage_(facts.stages()[stage]),
        builder_(builder),
        base_(base) {}

  LeanerBase Read() {
    const std::vector<std::string> made = UserWords(facts_, index_);
    runtime_ = ReadRuntimeStage(facts_, index_, stage_.first, builder_.workdir,
                                {}, base_.entry, {true, made});
    const std::vector<std::string> command = Unwrapped(runtime_.command);
    if (!runtime_.problem.empty() && runtime_.problem_at == stage_.first) {
      return {};  // It has no command.
    }
    result_.applies = true;
    result_.image = base_.image;
    result_.message =
        "begin with `" + base_.image +
        "`, which runs the same programs and has nothing to build with; make "
        "sure that nothing is compiled when containers start, and that the "
        "program needs neither git nor the like";
    if (!runtime_.problem.empty()) {
      Blame(runtime_.problem, runtime_.problem_at);
    } else if (command.empty()) {
      Blame("what it runs is more than one command");
    } else if (IsTool(command)) {
      return {};
    }
    if (!base_.problem.empty()) Blame(base_.problem);
    if (result_.problem.empty()) CheckCommand(command);
    if (const uint32_t at = UnknownUser(runtime_, base_, made);
        at != kNoInstruction) {
      Blame("the new image has no user of that name", at);
    }
    for (uint32_t i = stage_.first + 1; i < stage_.end; ++i) {
      if (!result_.problem.empty()) break;
      CheckInstruction(i);
    }
    if (result_.problem.empty()) CheckRest();
    return std::move(result_);
  }

 private:
  void Blame(std::string problem, uint32_t at = kNoInstruction) {
    if (!result_.problem.empty()) return;
    result_.problem = std::move(problem);
    result_.problem_at = at;
  }

  // Whether containers build: then it is the right image.
  bool IsTool(const std::vector<std::string>& command) const {
    const std::string_view name = Basename(command[0]);
    if (name != "dotnet") return IsOneOf(name, builder_.kind->tools);
    return std::none_of(
        command.begin(), command.end(),
        [](const std::string& word) { return word.ends_with(".dll"); });
  }

  void CheckCommand(const std::vector<std::string>& command) {
    constexpr std::string_view kHome[] = {"$JAVA_HOME/bin/java",
                                          "${JAVA_HOME}/bin/java"};
    const bool knows_home = base_.entry != nullptr;
    const bool java = builder_.kind->name == "java";
    const std::string_view program = java ? "java" : "dotnet";
    if (Basename(command[0]) != program) {
      return Blame("`" + command[0] +
                   "`, which containers run, may need more of the image");
    }
    if (command[0] != program &&
        !(java && knows_home && IsOneOf(command[0], kHome))) {
      return Blame("it names the runtime by its place, `" + command[0] + "`");
    }
    for (const std::string& word : command) {
      if (word.ends_with(".java")) {
        return Blame("`" + word + "` is compiled when containers start");
      }
    }
    const std::string missing = MissingForHealth(runtime_, base_);
    if (!missing.empty()) {
      Blame("HEALTHCHECK runs `" + missing + "`, which `" + result_.image +
            "` may lack");
    }
  }

  void CheckInstruction(uint32_t index) {
    const InstructionFacts& instruction = facts_.instructions()[index];
    const Instruction view(document_, instruction.node);
    switch (instruction.kind) {
      case InstructionKind::kRun:
        NeedsWorkdir(index);
        return CheckRun(index);
      case InstructionKind::kCopy:
      case InstructionKind::kAdd:
        NeedsWorkdir(index);
        own_.push_back(CopyTarget(facts_, index));
        return;
      case InstructionKind::kEnv:
        for (const KeyValuePair& pair : view.Pairs()) {
          set_.push_back(pair.key);
        }
        return;
      default:
        return;
    }
  }

  // The image's own working directory is another one.
  void NeedsWorkdir(uint32_t index) {
    if (builder_.workdir != "/" && !WorkdirAt(facts_, index)) {
      Blame("it works in `" + std::string(builder_.workdir) + "`, which `" +
                result_.image + "` does not begin with",
            index < stage_.end ? index : kNoInstruction);
    }
  }

  void CheckRun(uint32_t index) {
    const NodeId script = facts_.instructions()[index].script;
    if (script == kNoNode || document_.kind(script) != NodeKind::kScript) {
      return Blame("its script is not understood", index);
    }
    for (const ScriptCommand& command : CommandsOf(document_, script)) {
      if (const PackageCommand* call = facts_.PackageCommandAt(command.node);
          call != nullptr && !IsOneOf(command.program, builder_.kind->tools)) {
        CheckPackages(index, *call);
        continue;
      }
      const bool known = command.program.empty() ||
                         IsOneOf(command.program, kEverywhere) ||
                         IsOneOf(command.program, base_.row->has);
      if (!known) {
        return Blame("`" + command.program + "` may need more of the image",
                     index);
      }
      if (command.program == "mkdir") {
        own_.insert(own_.end(), command.operands.begin(),
                    command.operands.end());
      }
    }
  }

  void CheckPackages(uint32_t index, const PackageCommand& call) {
    const bool of_system =
        call.manager->family == "apt" || call.manager->family == "apk";
    if (!of_system) {
      return Blame("what `" + std::string(call.manager->name) +
                       "` does may need more of the image",
                   index);
    }
    const std::string_view family = base_.family->name;
    const bool has_them = call.manager->family == "apk"
                              ? family == "alpine"
                              : family == "debian" || family == "ubuntu";
    if (!has_them) {
      return Blame("`" + base_.image + "` is not known to have the packages",
                   index);
    }
    for (const NodeId operand : call.operands) {
      const std::string_view name = document_.Text(operand);
      for (const std::string_view part : kOfBuilds) {
        if (!HasText(name, part)) continue;
        return Blame("it installs `" + std::string(name) + "`", index);
      }
    }
  }

  void CheckRest() {
    NeedsWorkdir(stage_.end);
    std::erase(own_, "");
    std::erase(own_, "/");
    for (const std::string& value : runtime_.values) {
      const std::string file = SystemFileIn(value, "", own_);
      if (file.empty() || file == runtime_.final_workdir) continue;
      Blame("`" + file + "` may be a file of the image, which `" +
            result_.image + "` lacks");
    }
    for (const std::string_view name : base_.row->sets) {
      if (std::find(set_.begin(), set_.end(), name) != set_.end()) continue;
      Blame("`" + result_.image + "` sets " + std::string(name) +
            ", unlike its own image; say with ENV what it is");
    }
    CheckSources();
  }

  void CheckSources() {
    if (context_ == nullptr || builder_.kind->name != "java") return;
    for (const ContextEntry& entry : context_->Below(".")) {
      if (!entry.path.ends_with(".java") && !entry.path.ends_with(".kt")) {
        continue;
      }
      if (HasText(entry.path, "/test/")) continue;
      const auto text = context_->ReadSent(entry.path);
      for (const std::string_view part : kOfJdk) {
        if (!text || !HasText(*text, part)) continue;
        return Blame("`" + entry.path + "` has `" + std::string(part) +
                     "`: it may need what only the JDK has");
      }
    }
  }

  const Facts& facts_;
  const Document& document_;
  const BuildContext* context_;
  uint32_t index_;
  const Stage& stage_;
  const ProjectBuilder& builder_;
  const RuntimeBase& base_;
  LeanerBase result_;
  RuntimeStage runtime_;
  std::vector<std::string> own_;  // Paths that the stage itself makes.
  std::vector<std::string> set_;  // Variables that it sets.
};

}  // namespace

LeanerBase FindLeanerBase(const Facts& facts, const BuildContext* context,
                          uint32_t index,
                          std::span<const RuntimeEntry> images) {
  const Stage& stage = facts.stages()[index];
  if (!stage.base || stage.from == kNoNode || stage.parent != kNoStage) {
    return {};
  }
  const ProjectBuilder* builder = FindProjectBuilder(*stage.base);
  if (builder == nullptr) return {};
  const RuntimeNeed need =
      builder->kind->name == "java" ? RuntimeNeed::kJava : RuntimeNeed::kAspnet;
  const RuntimeBase on = FindRuntimeBase(facts, index, images, {need});
  if (on.is_builder) return {};
  const BaseImage* base = BaseImageOf(facts, index);
  if (base != nullptr && base->family != nullptr && base->family->is_windows) {
    return {};
  }
  const bool builds =
      ReadProjectBuild(facts, index, *builder).last_run != kNoInstruction;
  const auto parts = PartsOfFrom(Instruction(facts.document(), stage.from));
  if (builds || !parts || HasText(parts->image, "$")) return {};
  return Reader(facts, context, index, *builder, on).Read();
}

}  // namespace dfix
