// Splits stages that compile a program: on images of Go, Rust and C, and those
// of Debian, Ubuntu and Alpine that have a compiler of C installed.
#include <algorithm>
#include <utility>

#include "src/context/paths.h"
#include "src/dockerfile/instructions.h"
#include "src/facts/base_image.h"
#include "src/facts/build_stage.h"
#include "src/facts/compiled_program.h"
#include "src/facts/copied_owner.h"
#include "src/facts/layout.h"
#include "src/facts/managed_split.h"
#include "src/facts/package_command.h"
#include "src/facts/runtime_stage.h"
#include "src/facts/script_facts.h"
#include "src/facts/shipped_files.h"
#include "src/facts/stage_split.h"
#include "src/text/search.h"

namespace dfix {
namespace {

// A file or folder of the first stage, and its place in the second.
struct CarriedPath {
  std::string from;
  std::string to;
  std::string owner = {};  // A flag of COPY, or empty.
};

// A plan in the making.
struct Plan {
  std::string problem;
  uint32_t problem_at = kNoInstruction;
  uint32_t cut = kNoInstruction;
  RuntimeBase base;
  std::string packages;     // An instruction that installs them, or empty.
  bool has_system = false;  // There is a shell, and packages are installed.
  std::string program;  // What containers run: its path in the second stage.
  std::string built;    // The same in the first.
  bool carries_folders = true;
  // What the second stage gets, the program included.
  std::vector<CarriedPath> carried;
  // The build context tells which files the program may read. Else all that was
  // copied is carried.
  bool from_context = false;
  RuntimeStage runtime;
  std::vector<std::string> users;  // Words of RUNs that make some.
};

bool IsPlainPath(std::string_view path) {
  return path.find_first_of(" \t\"'\\$*?[]") == std::string_view::npos;
}

std::vector<std::string> Targets(const Plan& plan) {
  std::vector<std::string> targets;
  for (const CarriedPath& path : plan.carried) targets.push_back(path.to);
  return targets;
}

// Whether the path is carried to where it was.
bool IsCarried(std::string_view path, const Plan& plan) {
  return std::any_of(plan.carried.begin(), plan.carried.end(),
                     [&](const CarriedPath& carried) {
                       return carried.from == carried.to &&
                              PathBelow(path, carried.to).has_value();
                     });
}

Plan& Refuse(Plan& plan, std::string problem, uint32_t at = kNoInstruction) {
  plan.problem = std::move(problem);
  plan.problem_at = at;
  return plan;
}

// Adds the program, and the files and folders that it may need.
void AddCarried(const BuildStage& build, const ShippedFiles& files,
                const BuiltProgram& program, Plan& plan) {
  // A folder of several programs goes along as it is; one of which a build
  // makes a lot more does not.
  const bool whole =
      program.is_folder && build.programs.size() == 1 && plan.carries_folders;
  const std::string from = whole ? program.path : plan.built;
  const std::string to = !whole ? plan.program
                         : plan.program == plan.built
                             ? program.path
                             : ParentPath(plan.program);
  std::vector<std::string> paths = files.paths;
  if (build.writes_sources) paths.push_back(plan.runtime.workdir);
  for (const std::string& folder : build.folders) {
    const bool has_workdir =
        PathBelow(plan.runtime.workdir, folder).has_value();
    if (!PathBelow(from, folder) && !has_workdir) {
      paths.push_back(folder);
    }
  }
  if (!LiesInOneOf(from, paths) || to != from) {
    plan.carried.push_back({from, to});
  }
  for (const std::string& path : paths) {
    if (!IsCarried(path, plan)) plan.carried.push_back({path, path});
  }
  plan.from_context = files.from_context && !build.writes_sources;
}

// Takes what the build removes from what is carried, or says why it is not
// certain that it is gone.
void LeaveRemoved(const Facts& facts, const BuildStage& build, Plan& plan) {
  for (const auto& [removed, run] : build.removed) {
    const bool pattern = removed.find_first_of("*?[") != std::string::npos;
    const std::string place = pattern ? ParentPath(removed) : removed;
    if (PathBelow(plan.built, place)) {
      Refuse(plan, "it removes `" + removed + "`, which the program lies in",
             run);
      return;
    }
    const auto is_gone = [&](const CarriedPath& path) {
      return path.from != plan.built && PathBelow(path.from, place) &&
             !(pattern && path.from == place);
    };
    if (std::none_of(plan.carried.begin(), plan.carried.end(), is_gone)) {
      continue;
    }
    bool copies_later = false;
    for (uint32_t i = run; i < plan.cut; ++i) {
      copies_later |= facts.instructions()[i].kind == InstructionKind::kCopy ||
                      facts.instructions()[i].kind == InstructionKind::kAdd;
    }
    if (pattern || copies_later) {
      Refuse(plan, "it removes files that the program may read", run);
      return;
    }
    std::erase_if(plan.carried, is_gone);
  }
}

// Has a folder owned by whom it was, or says why that cannot be.
void KeepOwner(const Facts& facts, uint32_t first, CarriedPath& path,
               Plan& plan) {
  const FolderOwner owner = OwnerOfFolder(facts, first, plan.cut, path.from,
                                          std::span(&plan.built, 1));
  if (const std::string why = WhyOwnerIsLost(owner, plan.base, plan.users);
      !why.empty()) {
    Refuse(plan, why, owner.instruction);
  }
  path.owner = OwnerFlag(owner);
}

// Refuses a plan whose program works in a folder that it could write, and would
// no longer.
void CheckWorkdirs(const Facts& facts, uint32_t first, Plan& plan) {
  for (const std::string& folder :
       {plan.runtime.workdir, plan.runtime.final_workdir}) {
    const FolderOwner owner = OwnerOfFolder(facts, first, plan.cut, folder, {});
    const bool is_kept =
        std::any_of(plan.carried.begin(), plan.carried.end(),
                    [&](const CarriedPath& path) { return path.to == folder; });
    if (is_kept) continue;
    if (owner.has_mode) {
      Refuse(plan, WhyOwnerIsLost(owner, plan.base, plan.users),
             owner.instruction);
    }
    if (owner.owner.empty()) continue;
    Refuse(plan,
           "`" + folder + "` belongs to `" + owner.owner +
               "`, and would be root's: make it with WORKDIR first",
           owner.instruction);
  }
}

// Fills in what is carried, or the problem.
void AddFiles(const Facts& facts, const BuildContext* context, uint32_t first,
              const BuildStage& build, const BuiltProgram& program,
              Plan& plan) {
  const ShippedFiles files = DataFiles(facts, context, first, plan.cut);
  if (!files.problem.empty()) {
    Refuse(plan, files.problem, files.problem_at);
    return;
  }
  const bool calls = !files.calls.empty() && !plan.has_system;
  if (calls || (!program.is_static && !files.links.empty())) {
    Refuse(plan, calls ? files.calls : files.links);
    return;
  }
  const std::string& word = plan.runtime.command[0];
  const bool by_name = word.find('/') == std::string::npos;
  plan.built = program.path;
  if (program.is_folder) {
    plan.built = by_name ? JoinPath(program.path, word)
                         : JoinPath(plan.runtime.final_workdir, word);
  }
  const bool is_found = !by_name || IsOnEveryPath(ParentPath(plan.built));
  plan.program = is_found ? plan.built : JoinPath("/usr/local/bin", word);
  AddCarried(build, files, program, plan);
  LeaveRemoved(facts, build, plan);
  if (!files.beside.empty() && plan.program != plan.built) {
    Refuse(plan, files.beside);
  }
  for (CarriedPath& path : plan.carried) {
    if (path.from == "/" || !IsPlainPath(path.from)) {
      Refuse(plan, "`" + path.from + "` would have to go along");
    } else if (path.from != plan.built) {
      KeepOwner(facts, first, path, plan);
    }
  }
  CheckWorkdirs(facts, first, plan);
}

// Refuses a plan whose program needs more than is carried.
void CheckNeeds(const BuildStage& build, const BuiltProgram* program,
                Plan& plan) {
  const RuntimeStage& runtime = plan.runtime;
  for (const std::string& value : runtime.values) {
    const std::string file = FileOfBuildImage(value, Targets(plan));
    if (file.empty()) continue;
    Refuse(plan, "`" + file +
                     "` is a file of the build image, which the program may "
                     "read");
    return;
  }
  if (!runtime.healthcheck.empty() &&
      ProgramOf(build.programs, runtime.healthcheck[0],
                runtime.final_workdir) != program) {
    Refuse(plan, "HEALTHCHECK runs `" + runtime.healthcheck[0] +
                     "`, which a small image lacks");
  }
}

// The instruction that installs what the program needs; empty if that is none.
std::string InstallLine(const BuildStage& build, bool is_alpine) {
  if (build.packages.empty()) return "";
  return PackagesInstruction(build.packages, is_alpine, build.recommended);
}

// Sets the image that the second stage begins with, or the problem.
void ChooseImage(const Facts& facts, uint32_t stage,
                 const LanguageFacts& language, const BuildStage& build,
                 const BuiltProgram& program,
                 std::span<const RuntimeEntry> images, Plan& plan) {
  const BaseImage& image = *BaseImageOf(facts, stage);
  const std::string tag = TagOf(*facts.stages()[stage].base);
  ProgramNeeds needs =
      NeedsOf(language, image, tag, program, build.has_compiler);
  // A system of packages stays what it is.
  if (plan.has_system) needs.need = RuntimeNeed::kSystem;
  if (needs.need == RuntimeNeed::kLibc && HasText(tag, "alpine")) {
    Refuse(plan,
           "the program is linked with the C library of Alpine; with "
           "CGO_ENABLED=0 it would need none");
    return;
  }
  plan.base = FindRuntimeBase(facts, stage, images, needs);
  if (!plan.base.problem.empty()) {
    Refuse(plan, plan.base.problem);
  } else if (!plan.has_system && !build.library.empty()) {
    Refuse(plan,
           "it links with `" + build.library + "`, which a small image lacks");
  } else if (const uint32_t at =
                 UnknownUser(plan.runtime, plan.base, plan.users);
             at != kNoInstruction) {
    Refuse(plan, "the new image has no user of that name", at);
  }
}

Plan MakePlan(const Facts& facts, const BuildContext* context, uint32_t index,
              const LanguageFacts& language,
              std::span<const RuntimeEntry> images) {
  const Stage& stage = facts.stages()[index];
  const BaseImage& image = *BaseImageOf(facts, index);
  const Release* release = ReleaseOf(*stage.base);
  Plan plan;
  const RuntimeSystem system = {image.name == "alpine", "",
                                release == nullptr ? "" : release->name,
                                image.name == "ubuntu"};
  plan.has_system = image.name != language.image;
  plan.carries_folders = language.language == Language::kGo;
  const BuildStage build =
      ReadBuildStage(facts, context, index, language.language,
                     plan.has_system ? &system : nullptr);
  if (!build.problem.empty()) {
    return Refuse(plan, build.problem, build.problem_at);
  }
  if (build.programs.empty()) {
    return Refuse(plan, "it is not seen to build a program");
  }
  plan.cut = build.last_run;
  if (plan.has_system) plan.users = UserWords(facts, index);
  plan.runtime = ReadRuntimeStage(
      facts, index, plan.cut, language.workdir, language.variables,
      language.language == Language::kC ? &image : nullptr,
      {false, plan.users});
  // Both stages make the users: the first may give them files.
  for (const uint32_t made : build.users) {
    if (made > plan.cut) continue;
    const NodeId node = facts.instructions()[made].node;
    if (HasComment(facts.document(), facts.document().Range(node))) {
      return Refuse(plan, "both stages need it, and a comment stands in it",
                    made);
    }
    plan.runtime.repeated.push_back(node);
  }
  const RuntimeStage& runtime = plan.runtime;
  if (!runtime.problem.empty()) {
    return Refuse(plan, runtime.problem, runtime.problem_at);
  }
  const std::string& word = runtime.command[0];
  const BuiltProgram* program =
      ProgramOf(build.programs, word, runtime.final_workdir);
  if (program == nullptr) {
    return Refuse(plan, "`" + word + "`, which containers run, is not what " +
                            std::string(language.tool) + " is seen to build");
  }
  ChooseImage(facts, index, language, build, *program, images, plan);
  if (!plan.problem.empty()) return plan;
  if (plan.has_system) {
    plan.packages = InstallLine(build, image.name == "alpine");
  }
  AddFiles(facts, context, stage.first, build, *program, plan);
  if (plan.problem.empty()) CheckNeeds(build, program, plan);
  return plan;
}

// Whether a stage behind others has no RUN: what it runs, they build
// (leaner_base.h).
bool OnlyRunsOthers(const Facts& facts, uint32_t index) {
  const Stage& stage = facts.stages()[index];
  bool runs = false;
  for (uint32_t i = stage.first; i < stage.end; ++i) {
    runs |= facts.instructions()[i].kind == InstructionKind::kRun;
  }
  return index > 0 && !runs;
}

std::string Message(const Plan& plan) {
  std::string message =
      "build in a stage of its own and run `" + plan.program + "` on ";
  if (plan.base.is_builder) {
    message += "an image of its own, without compilers and sources";
  } else {
    message += "`" + plan.base.image + "`, which has no compiler";
    if (plan.base.family->no_shell) message += " and no shell";
  }
  std::string others;
  for (const CarriedPath& path : plan.carried) {
    if (path.to == plan.program) continue;
    others += (others.empty() ? "`" : ", `") + path.to + "`";
  }
  if (!others.empty() && plan.from_context) {
    message += "; " + others + " go along, which it may read";
  } else if (!others.empty()) {
    message += "; " + others + " go along: what it reads there is not known";
  }
  return message +
         "; make sure that it starts no other program and reads "
         "nothing else of the image";
}

}  // namespace

StageSplit SplitCompiledStage(const Facts& facts, const BuildContext* context,
                              uint32_t stage,
                              std::span<const RuntimeEntry> images) {
  StageSplit split;
  const LanguageFacts* language = LanguageOf(facts, stage);
  if (language == nullptr || OnlyRunsOthers(facts, stage)) return split;
  Plan plan = MakePlan(facts, context, stage, *language, images);
  split.applies = true;
  split.stays = language->stays;
  split.problem = std::move(plan.problem);
  split.problem_at = plan.problem_at;
  if (!split.problem.empty()) return split;
  split.message = Message(plan);
  split.cut = plan.cut;
  split.image = std::move(plan.base.image);
  for (const NodeId node : plan.runtime.repeated) split.lines.push_back({node});
  if (!plan.packages.empty()) split.lines.push_back({.text = plan.packages});
  if (plan.runtime.workdir != "/") {
    split.lines.push_back({.text = "WORKDIR " + plan.runtime.workdir});
  }
  for (const CarriedPath& path : plan.carried) {
    split.lines.push_back({.text = "COPY --from={build} " + path.owner +
                                   path.from + " " + path.to});
  }
  split.moved = std::move(plan.runtime.moved);
  return split;
}

}  // namespace dfix
