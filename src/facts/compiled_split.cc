// Splits stages that compile a program: on images of Go, Rust and C, and those
// of Debian, Ubuntu and Alpine that have a compiler of C installed.
#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <utility>

#include "src/context/paths.h"
#include "src/dockerfile/instructions.h"
#include "src/facts/base_image.h"
#include "src/facts/build_stage.h"
#include "src/facts/c_build.h"
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

// Variables that only build tools read, or that lead to them. (GODEBUG, GOGC,
// GOMAXPROCS, GOMEMLIMIT and GOTRACEBACK are the program's.)
constexpr std::string_view kGoVariables[] = {
    "CC",          "CGO_CFLAGS",      "CGO_ENABLED",    "CGO_LDFLAGS",
    "CXX",         "DEBIAN_FRONTEND", "GO111MODULE",    "GOARCH",
    "GOARM",       "GOAMD64",         "GOBIN",          "GOCACHE",
    "GOFLAGS",     "GOINSECURE",      "GOLANG_VERSION", "GOMODCACHE",
    "GONOPROXY",   "GONOSUMDB",       "GOOS",           "GOPATH",
    "GOPRIVATE",   "GOPROXY",         "GOROOT",         "GOSUMDB",
    "GOTOOLCHAIN", "GOWORK",          "PATH",
};
constexpr std::string_view kRustVariables[] = {
    "CARGO_HOME", "CARGO_INCREMENTAL", "DEBIAN_FRONTEND", "PATH",
    "RUSTFLAGS",  "RUSTUP_HOME",       "RUST_VERSION",
};
constexpr std::string_view kCVariables[] = {
    "CC", "CFLAGS", "CPPFLAGS", "CXX", "CXXFLAGS", "LDFLAGS", "MAKEFLAGS",
};

struct LanguageFacts {
  Language language;
  std::string_view image;    // Of Docker Hub.
  std::string_view workdir;  // Where that begins.
  std::string_view stays;
  std::string_view tool;
  std::span<const std::string_view> variables;
};
constexpr LanguageFacts kLanguages[] = {
    {Language::kGo, "golang", "/go", "Go and the sources stay", "Go",
     kGoVariables},
    {Language::kRust, "rust", "/", "Rust and the sources stay", "Cargo",
     kRustVariables},
    {Language::kC, "gcc", "/", "the compiler and the sources stay",
     "the compiler", kCVariables},
};

// Where a small image has no files of its own but those of every image.
constexpr std::string_view kSystem[] = {"/bin",  "/home", "/lib", "/opt",
                                        "/root", "/sbin", "/usr", "/go"};

// Where PATH looks in images without a compiler.
constexpr std::string_view kProgramFolders[] = {
    "/usr/local/sbin", "/usr/local/bin", "/usr/sbin",
    "/usr/bin",        "/sbin",          "/bin"};

bool IsBelowOneOf(std::string_view path, const std::vector<std::string>& all) {
  return std::any_of(all.begin(), all.end(), [&](const std::string& folder) {
    return PathBelow(path, folder).has_value();
  });
}

bool IsPlainPath(std::string_view path) {
  return path.find_first_of(" \t\"'\\$*?[]") == std::string_view::npos;
}

// What a program needs of its image. One of C that an image of GCC built may be
// linked with that one's own library of C++.
ProgramNeeds NeedsOf(const LanguageFacts& language, const BaseImage& image,
                     std::string_view tag, const BuiltProgram& program,
                     bool has_compiler) {
  if (program.is_static) return {RuntimeNeed::kNothing};
  if (language.language == Language::kC) {
    const bool own = program.is_cxx && image.name == language.image;
    const int version = std::atoi(std::string(tag).c_str());
    return {RuntimeNeed::kSystem, !own ? 0 : version > 0 ? version : 99};
  }
  // Go 1.20 and later do without cgo where there is no compiler; Rust links
  // with musl such that nothing is needed.
  const bool old = tag.starts_with("1.") &&
                   std::atoi(std::string(tag.substr(2)).c_str()) < 20;
  const bool alone =
      HasText(tag, "alpine") &&
      (language.language == Language::kRust || (!has_compiler && !old));
  return {alone ? RuntimeNeed::kNothing : RuntimeNeed::kLibc};
}

// The program that `word`, begun in `folder`, starts; null if none is.
const BuiltProgram* ProgramOf(const std::vector<BuiltProgram>& programs,
                              const std::string& word,
                              const std::string& folder) {
  const BuiltProgram* found = nullptr;
  for (const BuiltProgram& program : programs) {
    const auto starts = [&](const std::string& path) {
      if (!program.listing.empty()) {
        return PathBelow(path, program.path).has_value() &&
               Lists(program.listing, Basename(path));
      }
      return program.path == path ||
             (program.is_folder && ParentPath(path) == program.path);
    };
    bool match =
        word.find('/') != std::string::npos && starts(JoinPath(folder, word));
    if (word.find('/') == std::string::npos) {
      for (const std::string_view path :
           {"/go/bin", "/usr/local/cargo/bin", "/usr/local/bin", "/usr/bin",
            "/bin"}) {
        match |= starts(JoinPath(path, word));
      }
    }
    if (match) found = &program;
  }
  return found;
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

// A file of the build image that `value` names; empty if there is none.
std::string NamesSystemFile(const std::string& value, const Plan& plan) {
  for (size_t at = value.find('/'); at != std::string::npos;
       at = value.find('/', at + 1)) {
    if (at > 0 && std::string_view("=:, ").find(value[at - 1]) ==
                      std::string_view::npos) {
      continue;
    }
    const size_t end = std::min(value.find_first_of(":, ", at), value.size());
    const std::string path = CleanPath(value.substr(at, end - at));
    const bool system = std::any_of(
        std::begin(kSystem), std::end(kSystem), [&](std::string_view folder) {
          return PathBelow(path, folder).has_value();
        });
    if (system && !IsBelowOneOf(path, Targets(plan))) {
      return path;
    }
  }
  return "";
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
  if (!IsBelowOneOf(from, paths) || to != from) {
    plan.carried.push_back({from, to});
  }
  for (const std::string& path : paths) {
    if (!IsCarried(path, plan)) plan.carried.push_back({path, path});
  }
  plan.from_context = files.from_context && !build.writes_sources;
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
  const bool is_found =
      !by_name ||
      std::find(std::begin(kProgramFolders), std::end(kProgramFolders),
                ParentPath(plan.built)) != std::end(kProgramFolders);
  plan.program = is_found ? plan.built : JoinPath("/usr/local/bin", word);
  AddCarried(build, files, program, plan);
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

// What a stage compiles with; null if it is not one of the languages.
const LanguageFacts* LanguageOf(const Facts& facts, uint32_t index) {
  const BaseImage* image = BaseImageOf(facts, index);
  if (image == nullptr || facts.stages()[index].parent != kNoStage ||
      BaseImageIsVariable(facts, index) ||
      (image->family != nullptr && image->family->is_windows)) {
    return nullptr;
  }
  for (const LanguageFacts& language : kLanguages) {
    if (image->name == language.image) return &language;
  }
  if (image->name != "debian" && image->name != "ubuntu" &&
      image->name != "alpine") {
    return nullptr;
  }
  const Stage& stage = facts.stages()[index];
  for (const char* program :
       {"gcc", "cc", "g++", "c++", "clang", "clang++", "make", "cmake"}) {
    for (const ProgramCall& call : CallsOf(facts, program)) {
      if (call.instruction >= stage.first && call.instruction < stage.end) {
        return &kLanguages[2];
      }
    }
  }
  return nullptr;
}

// Refuses a plan whose program needs more than is carried.
void CheckNeeds(const BuildStage& build, const BuiltProgram* program,
                Plan& plan) {
  const RuntimeStage& runtime = plan.runtime;
  for (const std::string& value : runtime.values) {
    const std::string file = NamesSystemFile(value, plan);
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
  if (language == nullptr) return split;
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
