// Splits stages on images of Python: pip installs into a virtual environment,
// which the second stage gets; compilers stay behind.
#include "src/context/paths.h"
#include "src/dockerfile/instructions.h"
#include "src/facts/base_image.h"
#include "src/facts/copy_step.h"
#include "src/facts/installed_split.h"
#include "src/facts/python_sources.h"
#include "src/facts/stage_split.h"
#include "src/shell/words.h"
#include "src/text/one_of.h"
#include "src/text/search.h"

namespace dfix {
namespace {

constexpr std::string_view kEnvironment = "/opt/venv";

constexpr std::string_view kManagers[] = {"pip"};
constexpr std::string_view kInterpreters[] = {"python", "python3"};

// Options of pip that install elsewhere, or nothing but a reference.
constexpr std::string_view kElsewhere[] = {"--editable", "--prefix", "--python",
                                           "--root",     "--target", "--user",
                                           "-e",         "-t"};

// Variables that decide where pip installs or Python looks.
constexpr std::string_view kVariables[] = {
    "PIP_PREFIX", "PIP_ROOT",    "PIP_TARGET",     "PIP_USER",
    "PYTHONHOME", "VIRTUAL_ENV", "PYTHONUSERBASE",
};

// Texts that name the interpreter by its place, or another environment.
constexpr std::string_view kPlaces[] = {
    "/opt/venv", "/usr/local/bin/pip", "/usr/local/bin/python",
    "/usr/local/lib/python", "site-packages"};

// Words of commands that need what stays behind.
constexpr std::string_view kCompiling[] = {
    "build_ext", "cargo", "cc",     "cmake",  "conda",    "g++", "gcc",
    "make",      "pdm",   "pipenv", "poetry", "setup.py", "uv",
};

// Whether a call of pip installs packages, by names or from files.
bool Installs(const PackageCommand& call) {
  return call.verb == PackageVerb::kInstall ||
         call.verb == PackageVerb::kSync || call.verb == PackageVerb::kBuild;
}

std::string WhyNotCall(const Document& document, const PackageCommand& call) {
  if (call.verb == PackageVerb::kRemove) {
    return "it removes packages of Python";
  }
  if (!Installs(call)) return "";
  for (const NodeId option : call.options) {
    const std::string text = LogicalText(document, option);
    const std::string name = text.substr(0, text.find('='));
    if (IsOneOf(name, kElsewhere)) {
      return "`" + name + "` puts packages elsewhere";
    }
  }
  return "";
}

// Whether a COPY brings lists of packages, or packages, to a place of their
// own, of which nothing behind the cut speaks.
bool IsForPip(const Facts& facts, const Stage& stage, uint32_t index,
              uint32_t cut) {
  const auto step = CopyStepAt(facts, index);
  if (!step || !step->problem.empty()) return false;
  const std::string workdir =
      CleanPath(WorkdirAt(facts, stage.end).value_or("/"));
  if (step->sources.size() != 1 || PathBelow(step->destination, workdir)) {
    return false;
  }
  const std::string source(Basename(step->sources[0]));
  if (!HasText(source, "requirements") && !HasText(source, "wheel")) {
    return false;
  }
  for (uint32_t i = cut + 1; i < stage.end; ++i) {
    const std::string_view text =
        facts.document().Text(facts.instructions()[i].node);
    if (HasText(text, source) || HasText(text, step->destination)) return false;
  }
  return true;
}

// Why the programs of an instruction would not find the environment.
std::string WhyNotFound(const Facts& facts, uint32_t index) {
  const InstructionFacts& instruction = facts.instructions()[index];
  const std::string_view text = facts.document().Text(instruction.node);
  for (const std::string_view place : kPlaces) {
    if (HasText(text, place)) return "it names `" + std::string(place) + "`";
  }
  const Instruction view(facts.document(), instruction.node);
  if (instruction.kind == InstructionKind::kEnv ||
      instruction.kind == InstructionKind::kArg) {
    for (const KeyValuePair& pair : view.Pairs()) {
      const bool replaces =
          pair.key == "PATH" && !HasText(pair.value.value_or(""), "PATH");
      if (replaces || IsOneOf(pair.key, kVariables)) {
        return "`" + pair.key + "` decides where Python looks";
      }
    }
  }
  if (instruction.kind != InstructionKind::kCmd &&
      instruction.kind != InstructionKind::kEntrypoint &&
      instruction.kind != InstructionKind::kHealthcheck) {
    return "";
  }
  const std::string_view word = WordAmong(text, ProgramsThatForgetPath());
  if (!word.empty()) {
    return "`" + std::string(word) + "` starts programs with another PATH";
  }
  const size_t at = text.find("/usr/local/bin/");
  if (at == std::string_view::npos) return "";
  const size_t end = text.find_first_of(" \"',\n", at);
  return text.substr(at, end - at).ends_with(".sh")
             ? ""
             : "it names a program of `/usr/local/bin`";
}

// Why an instruction may not work with an environment; else empty.
std::string WhyNotInstruction(const Facts& facts, uint32_t cut,
                              uint32_t index) {
  for (const PackageCommand& call : facts.package_commands()) {
    if (call.instruction != index || index > cut ||
        call.verb != PackageVerb::kInstall) {
      continue;
    }
    for (const NodeId operand : call.operands) {
      const std::string name = LogicalText(facts.document(), operand);
      if (IsOneOf(name, ProgramsThatForgetPath())) {
        return "`" + name + "` starts programs with another PATH";
      }
    }
  }
  const InstructionFacts& instruction = facts.instructions()[index];
  if (index > cut && instruction.kind == InstructionKind::kRun &&
      (instruction.script == kNoNode ||
       facts.document().kind(instruction.script) != NodeKind::kScript)) {
    return "its script is not understood";
  }
  return WhyNotFound(facts, index);
}

StageSplit Split(const Facts& facts, uint32_t stage) {
  const Stage& of = facts.stages()[stage];
  MovedPackages packages(facts.document(), SystemOf(facts, stage));
  const InstallRules rules = {
      .managers = kManagers,
      .interpreters = kInterpreters,
      .compiling = kCompiling,
      .installs = Installs,
      .why_not_call =
          [&](const PackageCommand& call) {
            return WhyNotCall(facts.document(), call);
          },
      .why_not_instruction =
          [&](uint32_t index, uint32_t cut) {
            return WhyNotInstruction(facts, cut, index);
          },
      .is_for_install =
          [&](uint32_t index, uint32_t cut) {
            return IsForPip(facts, of, index, cut);
          },
  };
  InstalledSplit installed = SplitInstalls(facts, stage, rules, packages);
  StageSplit& split = installed.split;
  if (!split.applies || !split.problem.empty()) return std::move(split);
  const std::string environment(kEnvironment);
  const std::string path = "ENV PATH=" + environment + "/bin:$PATH";
  split.added.push_back({installed.first_install,
                         "RUN python -m venv " + environment + "\n" + path});
  InstallPackages(packages, installed);
  split.lines.push_back(
      {.text = "COPY --from={build} " + environment + " " + environment});
  split.lines.push_back({.text = path});
  split.message =
      "let pip install into a virtual environment in a stage of its own, and "
      "ship that without " +
      packages.LeftNames() +
      "; make sure that nothing starts Python by its whole path or needs a "
      "compiler when it runs";
  return std::move(split);
}

}  // namespace

StageSplit SplitPythonStage(const Facts& facts, const BuildContext* context,
                            uint32_t stage,
                            std::span<const RuntimeEntry> images) {
  const BaseImage* image = BaseImageOf(facts, stage);
  if (image == nullptr || image->name != "python" || image->family == nullptr ||
      image->family->is_windows || facts.stages()[stage].parent != kNoStage ||
      BaseImageIsVariable(facts, stage)) {
    return {};
  }
  const std::string tag = TagOf(*facts.stages()[stage].base);
  StageSplit split = Split(facts, stage);
  if (!split.applies || !split.problem.empty()) return split;
  if (context != nullptr) split.problem = NeedOfPlace(*context);
  if (!split.problem.empty()) return split;
  if (!HasText(tag, "slim") && !HasText(tag, "alpine")) {
    split.problem =
        "the packages may be linked with any library of the whole "
        "image; begin with its slim variant and install those";
  } else if (tag.starts_with("2")) {
    split.problem = "Python 2 has no virtual environments of its own";
  }
  RuntimeBase base =
      FindRuntimeBase(facts, stage, images, {RuntimeNeed::kInterpreter});
  if (split.problem.empty()) split.problem = std::move(base.problem);
  if (!base.is_builder) {
    split.message += ", and that `" + base.image +
                     "` has the same version of Python at the same place";
  }
  split.image = std::move(base.image);
  return split;
}

}  // namespace dfix
