// Stages on images of Go, Rust and GCC that run what an earlier stage compiles.
#include <algorithm>
#include <optional>

#include "src/context/paths.h"
#include "src/dockerfile/instructions.h"
#include "src/facts/compiled_program.h"
#include "src/facts/copy_step.h"
#include "src/facts/leaner_base.h"
#include "src/facts/managed_split.h"
#include "src/facts/plain_script.h"
#include "src/facts/program_files.h"
#include "src/facts/runtime_stage.h"
#include "src/facts/script_facts.h"
#include "src/facts/shipped_files.h"
#include "src/facts/stage_use.h"
#include "src/text/one_of.h"
#include "src/text/search.h"

namespace dfix {
namespace {

// What containers run that is for building: then the image is the right one.
constexpr std::string_view kTools[] = {
    "air", "bash", "c++",   "cargo",         "cc",   "cmake",  "dlv",   "g++",
    "gcc", "go",   "gofmt", "golangci-lint", "make", "reflex", "rustc", "sh"};

// A program that is copied from another stage, and its path there.
struct CopiedProgram {
  uint32_t stage = kNoStage;
  std::string from;
};

class Reader {
 public:
  Reader(const Facts& facts, const BuildContext* context, uint32_t stage,
         const LanguageFacts& language, std::span<const RuntimeEntry> images)
      : facts_(facts),
        context_(context),
        index_(stage),
        stage_(facts.stages()[stage]),
        language_(language),
        images_(images) {}

  LeanerBase Read() {
    runtime_ = ReadRuntimeStage(facts_, index_, stage_.first, language_.workdir,
                                language_.variables, nullptr);
    const bool has_command = runtime_.problem_at != stage_.first;
    const bool is_tool = !runtime_.command.empty() &&
                         IsOneOf(Basename(runtime_.command[0]), kTools);
    if (!has_command || is_tool) return {};
    result_.applies = true;
    Blame(runtime_.problem, runtime_.problem_at);
    for (uint32_t i = stage_.first + 1; i < stage_.end; ++i) Visit(i);
    if (result_.problem.empty()) ReadProgram();
    return std::move(result_);
  }

 private:
  void Blame(std::string problem, uint32_t at = kNoInstruction) {
    if (!result_.problem.empty()) return;
    result_.problem = std::move(problem);
    result_.problem_at = at;
  }

  void Visit(uint32_t index) {
    const InstructionFacts& instruction = facts_.instructions()[index];
    if (instruction.kind == InstructionKind::kRun) {
      return Blame("its RUN may need more of the image", index);
    }
    if (instruction.kind == InstructionKind::kWorkdir &&
        !WorkdirSetBy(facts_, index)) {
      return NeedsWorkdir(index);
    }
    if (const auto step = CopyStepAt(facts_, index)) {
      const auto arguments =
          Instruction(facts_.document(), instruction.node).Arguments();
      const bool relative =
          arguments.empty() || !arguments.back().starts_with('/');
      if (relative && !WorkdirAt(facts_, index)) NeedsWorkdir(index);
      if (step->destination.empty() || step->destination == "/") {
        return Blame("it is not known which files it copies where", index);
      }
      copied_.push_back(step->destination);
    }
  }

  // The image's own working directory is another one.
  void NeedsWorkdir(uint32_t index) {
    if (language_.workdir == "/") return;
    Blame("it works in `" + std::string(language_.workdir) +
              "`, the directory of its image",
          index);
  }

  void ReadProgram() {
    const std::string& word = runtime_.command[0];
    std::string path = JoinPath(runtime_.final_workdir, word);
    if (word.find('/') == std::string::npos) path = FindByName(word);
    if (!word.starts_with('/') && word.find('/') != std::string::npos &&
        !WorkdirAt(facts_, stage_.end)) {
      NeedsWorkdir(kNoInstruction);
    }
    const CopiedProgram copied = SourceOf(path);
    if (copied.stage == kNoStage) {
      return Blame("`" + word +
                   "`, which containers run, is not seen to be copied from a "
                   "stage that builds it");
    }
    const LanguageFacts* language = LanguageOf(facts_, copied.stage);
    if (language == nullptr || language->language != language_.language) {
      return Blame("what builds `" + word + "` is not known");
    }
    const BuildStage build = ReadBuildStage(facts_, context_, copied.stage,
                                            language_.language, nullptr);
    const BuiltProgram* program = ProgramOf(build.programs, copied.from, "/");
    if (program == nullptr && !build.problem.empty()) {
      return Blame("how `" + word + "` is built is not known: " + build.problem,
                   build.problem_at);
    }
    if (program == nullptr) {
      return Blame("`" + word + "`, which containers run, is not what " +
                   std::string(language_.tool) + " is seen to build");
    }
    ChooseImage(copied.stage, build, *program);
    if (result_.problem.empty()) CheckNeeds(copied.stage, build, *program);
  }

  // The path of a program that is started by its name.
  std::string FindByName(const std::string& word) const {
    for (const std::string& target : copied_) {
      const bool itself = Basename(target) == word;
      const std::string folder = itself ? ParentPath(target) : target;
      if (IsOnEveryPath(folder)) return JoinPath(folder, word);
    }
    return word;
  }

  // Where the last COPY that brings `path` has it from.
  CopiedProgram SourceOf(const std::string& path) const {
    CopiedProgram result;
    for (const StageUse& use : StageUses(facts_)) {
      const InstructionFacts& instruction =
          facts_.instructions()[use.instruction];
      if (instruction.stage != index_ ||
          instruction.kind != InstructionKind::kCopy) {
        continue;
      }
      const auto step = CopyStepAt(facts_, use.instruction);
      const auto arguments =
          Instruction(facts_.document(), instruction.node).Arguments();
      if (!step || arguments.size() != 2) continue;
      const auto below = PathBelow(path, step->destination);
      if (!below) continue;
      std::string from = CleanPath("/" + arguments[0]);
      const bool is_name = *below == "." || Basename(from) == *below;
      if (step->into_folder && Basename(from) == *below) {
        result = {use.stage, from};
      } else {
        result = {use.stage, is_name ? from : JoinPath(from, *below)};
      }
    }
    return result;
  }

  void ChooseImage(uint32_t builder, const BuildStage& build,
                   const BuiltProgram& program) {
    const std::string tag = TagOf(*facts_.stages()[builder].base);
    const ProgramNeeds needs = NeedsOf(language_, *BaseImageOf(facts_, builder),
                                       tag, program, build.has_compiler);
    if (needs.need == RuntimeNeed::kLibc && HasText(tag, "alpine")) {
      return Blame(
          "the program is linked with the C library of Alpine; with "
          "CGO_ENABLED=0 it would need none");
    }
    const RuntimeBase base = FindRuntimeBase(facts_, builder, images_, needs);
    if (!base.problem.empty()) return Blame(base.problem);
    if (!build.library.empty()) {
      return Blame("it links with `" + build.library +
                   "`, which a small image lacks");
    }
    if (const uint32_t at = UnknownUser(runtime_, base, {});
        at != kNoInstruction) {
      return Blame("the new image has no user of that name", at);
    }
    result_.image = base.image;
    result_.message = "begin with `" + base.image + "`, which runs `" +
                      runtime_.command[0] + "` and has no compiler";
    if (base.family->no_shell) result_.message += " and no shell";
    if (language_.workdir != "/" && !WorkdirAt(facts_, stage_.end)) {
      result_.message += ", and begins in `/` instead of `" +
                         std::string(language_.workdir) + "`";
    }
    result_.message +=
        "; make sure that it starts no other program and reads nothing else of "
        "the image";
  }

  void CheckNeeds(uint32_t builder, const BuildStage& build,
                  const BuiltProgram& program) {
    const ShippedFiles files = DataFiles(
        facts_, context_, facts_.stages()[builder].first, build.last_run);
    if (!files.calls.empty()) Blame(files.calls);
    if (!program.is_static && !files.links.empty()) Blame(files.links);
    for (const std::string& value : runtime_.values) {
      const std::string file = FileOfBuildImage(value, copied_);
      if (file.empty()) continue;
      Blame("`" + file +
            "` is a file of the build image, which the program may read");
    }
    if (!runtime_.healthcheck.empty() &&
        runtime_.healthcheck[0] != runtime_.command[0]) {
      Blame("HEALTHCHECK runs `" + runtime_.healthcheck[0] +
            "`, which a small image lacks");
    }
  }

  const Facts& facts_;
  const BuildContext* context_;
  uint32_t index_;
  const Stage& stage_;
  const LanguageFacts& language_;
  std::span<const RuntimeEntry> images_;
  LeanerBase result_;
  RuntimeStage runtime_;
  std::vector<std::string> copied_;  // Where its copies go.
};

// Whether the stage compiles something itself, which is for splitting.
bool Compiles(const Facts& facts, const Stage& stage) {
  for (const std::string_view tool : kTools) {
    for (const ProgramCall& call : CallsOf(facts, tool)) {
      if (call.instruction >= stage.first && call.instruction < stage.end) {
        return true;
      }
    }
  }
  return false;
}

}  // namespace

LeanerBase FindCompiledBase(const Facts& facts, const BuildContext* context,
                            uint32_t index,
                            std::span<const RuntimeEntry> images) {
  const Stage& stage = facts.stages()[index];
  if (!stage.base || stage.from == kNoNode || index == 0) return {};
  const BaseImage* image = BaseImageOf(facts, index);
  const LanguageFacts* language = LanguageOf(facts, index);
  if (language == nullptr || image->name != language->image ||
      Compiles(facts, stage)) {
    return {};
  }
  const auto parts = PartsOfFrom(Instruction(facts.document(), stage.from));
  if (!parts || HasText(parts->image, "$")) return {};
  return Reader(facts, context, index, *language, images).Read();
}

}  // namespace dfix
