// Splits stages on images of Python: pip installs into a virtual environment,
// which the second stage gets; compilers stay behind.
#include <algorithm>
#include <iterator>
#include <optional>

#include "src/context/paths.h"
#include "src/dockerfile/instructions.h"
#include "src/facts/base_image.h"
#include "src/facts/copy_step.h"
#include "src/facts/moved_packages.h"
#include "src/facts/plain_script.h"
#include "src/facts/python_sources.h"
#include "src/facts/stage_split.h"
#include "src/shell/words.h"
#include "src/text/one_of.h"
#include "src/text/search.h"

namespace dfix {
namespace {

constexpr std::string_view kEnvironment = "/opt/venv";

// Commands that change no file that a program could need.
constexpr std::string_view kHarmless[] = {":",   "echo", "printf",
                                          "pwd", "set",  "true"};

// Commands that both stages may run.
constexpr std::string_view kRepeatable[] = {
    "addgroup", "adduser", "chmod", "chown",   "groupadd",
    "ln",       "mkdir",   "touch", "useradd", "usermod",
};

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

// Whether `word` is one of the words of `text`, by what separates them in
// scripts and JSON.
bool HasWord(std::string_view text, std::string_view word) {
  constexpr std::string_view kAround = " \t\r\n\"',[]();&|/=";
  for (size_t at = text.find(word); at != std::string_view::npos;
       at = text.find(word, at + 1)) {
    const size_t end = at + word.size();
    const bool begins = at == 0 || HasText(kAround, text.substr(at - 1, 1));
    if (begins &&
        (end == text.size() || HasText(kAround, text.substr(end, 1)))) {
      return true;
    }
  }
  return false;
}

// Whether a call of pip installs packages, by names or from files.
bool Installs(const PackageCommand& call) {
  return call.verb == PackageVerb::kInstall ||
         call.verb == PackageVerb::kSync || call.verb == PackageVerb::kBuild;
}

// What a RUN of the first stage is for.
struct RunUse {
  bool packages = false;
  bool pip = false;
  bool repeatable = false;
};

class Splitter {
 public:
  Splitter(const Facts& facts, uint32_t stage)
      : facts_(facts),
        document_(facts.document()),
        stage_(facts.stages()[stage]),
        packages_(document_, SystemOf(facts, stage, true)) {}

  StageSplit Split() {
    result_.stays = "compilers stay";
    FindCut();
    if (!result_.applies) return std::move(result_);
    for (uint32_t i = stage_.first + 1; i < stage_.end; ++i) {
      i <= result_.cut ? VisitBefore(i) : VisitAfter(i);
      CheckTexts(i);
      if (!result_.problem.empty()) return std::move(result_);
    }
    Finish();
    return std::move(result_);
  }

 private:
  void Blame(uint32_t index, std::string problem) {
    if (!result_.problem.empty()) return;
    result_.problem = std::move(problem);
    result_.problem_at = index;
  }

  // The last call of pip; without packages for builds before it there is
  // nothing to leave behind.
  void FindCut() {
    bool builds = false;
    for (const PackageCommand& call : facts_.package_commands()) {
      if (call.instruction < stage_.first || call.instruction >= stage_.end) {
        continue;
      }
      if (call.manager->name == "pip" && Installs(call)) {
        result_.cut = call.instruction;
        if (first_pip_ == kNoInstruction) first_pip_ = call.instruction;
        result_.applies |= builds;
        continue;
      }
      if (call.verb != PackageVerb::kInstall) continue;
      for (const NodeId operand : call.operands) {
        builds |= IsBuildPackage(document_.Text(operand));
      }
    }
  }

  void VisitBefore(uint32_t index) {
    const InstructionFacts& instruction = facts_.instructions()[index];
    if (instruction.onbuild) {
      return Blame(index, "ONBUILD: images that are based on this one, too");
    }
    const Instruction view(document_, instruction.node);
    switch (instruction.kind) {
      case InstructionKind::kRun:
        return VisitRun(index);
      case InstructionKind::kCopy:
      case InstructionKind::kAdd:
        if (!view.Heredocs().empty()) return Blame(index, "it has a heredoc");
        if (!ComesLater(index) && !IsForPip(index)) {
          result_.lines.push_back({instruction.node});
        }
        return;
      case InstructionKind::kEnv:
      case InstructionKind::kArg:
      case InstructionKind::kShell:
      case InstructionKind::kWorkdir:
        result_.lines.push_back({instruction.node});
        return;
      case InstructionKind::kUser:
        return Blame(index, "pip runs as another user");
      case InstructionKind::kUnknown:
        return Blame(index, "dfix does not know what it is for");
      default:
        result_.moved.push_back(instruction.node);
    }
  }

  // Whether a COPY brings lists of packages, or packages, to a place of their
  // own, of which nothing behind the cut speaks.
  bool IsForPip(uint32_t index) const {
    const auto step = CopyStepAt(facts_, index);
    if (!step || !step->problem.empty()) return false;
    const std::string workdir =
        CleanPath(WorkdirAt(facts_, stage_.end).value_or("/"));
    if (step->sources.size() != 1 || PathBelow(step->destination, workdir)) {
      return false;
    }
    const std::string source(Basename(step->sources[0]));
    if (!HasText(source, "requirements") && !HasText(source, "wheel"))
      return false;
    for (uint32_t i = result_.cut + 1; i < stage_.end; ++i) {
      const std::string_view text =
          document_.Text(facts_.instructions()[i].node);
      if (HasText(text, source) || HasText(text, step->destination))
        return false;
    }
    return true;
  }

  // Whether a COPY behind the cut brings the files of this one, too, before
  // anything reads them.
  bool ComesLater(uint32_t index) const {
    const auto step = CopyStepAt(facts_, index);
    if (!step || !step->from_context || !step->problem.empty()) return false;
    for (uint32_t i = result_.cut + 1; i < stage_.end; ++i) {
      if (facts_.instructions()[i].kind == InstructionKind::kRun) return false;
      const auto wide = CopyStepAt(facts_, i);
      if (!wide || !wide->from_context || !wide->problem.empty() ||
          wide->sources != std::vector<std::string>{"."}) {
        continue;
      }
      return std::all_of(step->sources.begin(), step->sources.end(),
                         [&](const std::string& source) {
                           const std::string target =
                               step->into_folder
                                   ? JoinPath(step->destination,
                                              std::string(Basename(source)))
                                   : step->destination;
                           return source != "." &&
                                  target == JoinPath(wide->destination, source);
                         });
    }
    return false;
  }

  void VisitRun(uint32_t index) {
    const PlainScript script = ReadPlainScript(facts_, index);
    if (!script.problem.empty()) return Blame(index, script.problem);
    RunUse use;
    for (const NodeId command : script.commands) {
      VisitCommand(index, command, use);
      if (!result_.problem.empty()) return;
    }
    if (use.repeatable && (use.packages || use.pip)) {
      return Blame(index, "it installs and does other things, too");
    }
    const NodeId node = facts_.instructions()[index].node;
    if (use.repeatable) result_.lines.push_back({node});
    if (use.packages && packages_line_ == std::string::npos) {
      packages_line_ = result_.lines.size();
    }
  }

  void VisitCommand(uint32_t index, NodeId command, RunUse& use) {
    if (const PackageCommand* call = facts_.PackageCommandAt(command)) {
      if (call->manager->name == "pip") {
        use.pip = true;
        return VisitPip(index, *call);
      }
      use.packages = true;
      return VisitPackages(index, *call);
    }
    const auto words = ProgramWords(document_, command);
    if (words.empty()) return;  // Assignments.
    const std::string text = LogicalText(document_, words[0]);
    const std::string name(Basename(text));
    if (name == "rm") {
      if (RemovesCaches(document_, command)) return;
      return Blame(index, "it removes more than caches");
    }
    if (name == "python" || name == "python3") {
      return Blame(index, "what `" + name + "` makes, the program may need");
    }
    if (IsOneOf(name, kHarmless)) return;
    use.repeatable |= IsOneOf(name, kRepeatable);
    if (!IsOneOf(name, kRepeatable)) {
      Blame(index, "`" + name + "` may make something that the program needs");
    }
  }

  void VisitPip(uint32_t index, const PackageCommand& call) {
    if (!Installs(call)) {
      if (call.verb == PackageVerb::kRemove) {
        Blame(index, "it removes packages of Python");
      }
      return;
    }
    for (const NodeId option : call.options) {
      const std::string text = LogicalText(document_, option);
      const std::string name = text.substr(0, text.find('='));
      if (IsOneOf(name, kElsewhere)) {
        return Blame(index, "`" + name + "` puts packages elsewhere");
      }
    }
  }

  void VisitPackages(uint32_t index, const PackageCommand& call) {
    const std::string problem = packages_.Add(call);
    if (!problem.empty()) return Blame(index, problem);
    for (const NodeId operand : call.operands) {
      const std::string name = LogicalText(document_, operand);
      if (call.verb == PackageVerb::kInstall &&
          IsOneOf(name, ProgramsThatForgetPath())) {
        return Blame(index, "`" + name + "` starts programs with another PATH");
      }
    }
  }

  void VisitAfter(uint32_t index) {
    const InstructionFacts& instruction = facts_.instructions()[index];
    if (instruction.onbuild) {
      return Blame(index, "ONBUILD: images that are based on this one, too");
    }
    if (instruction.kind != InstructionKind::kRun) return;
    const std::string_view text = document_.Text(instruction.node);
    for (const std::string_view word : kCompiling) {
      if (HasWord(text, word)) {
        return Blame(index, "`" + std::string(word) +
                                "` may need what would stay behind");
      }
    }
    for (const PackageCommand& call : facts_.package_commands()) {
      if (call.instruction == index && call.verb == PackageVerb::kRemove) {
        return Blame(index, "it removes packages itself");
      }
    }
  }

  void CheckTexts(uint32_t index) {
    const InstructionFacts& instruction = facts_.instructions()[index];
    const std::string_view text = document_.Text(instruction.node);
    for (const std::string_view place : kPlaces) {
      if (HasText(text, place)) {
        return Blame(index, "it names `" + std::string(place) + "`");
      }
    }
    const Instruction view(document_, instruction.node);
    if (instruction.kind == InstructionKind::kEnv ||
        instruction.kind == InstructionKind::kArg) {
      for (const KeyValuePair& pair : view.Pairs()) {
        const bool replaces =
            pair.key == "PATH" && !HasText(pair.value.value_or(""), "PATH");
        if (replaces || IsOneOf(pair.key, kVariables)) {
          return Blame(index, "`" + pair.key + "` decides where Python looks");
        }
      }
    }
    if (instruction.kind != InstructionKind::kCmd &&
        instruction.kind != InstructionKind::kEntrypoint &&
        instruction.kind != InstructionKind::kHealthcheck) {
      return;
    }
    for (const std::string_view word : ProgramsThatForgetPath()) {
      if (HasWord(text, word)) {
        return Blame(index, "`" + std::string(word) +
                                "` starts programs with another PATH");
      }
    }
    const size_t at = text.find("/usr/local/bin/");
    if (at != std::string_view::npos) {
      const size_t end = text.find_first_of(" \"',\n", at);
      if (!text.substr(at, end - at).ends_with(".sh")) {
        Blame(index, "it names a program of `/usr/local/bin`");
      }
    }
  }

  void Finish() {
    if (packages_.left().empty())
      return Blame(stage_.first, "no compiler is installed");
    const std::string path =
        "ENV PATH=" + std::string(kEnvironment) + "/bin:$PATH";
    result_.added.push_back(
        {first_pip_,
         "RUN python -m venv " + std::string(kEnvironment) + "\n" + path});
    const std::string install = packages_.Instruction();
    if (!install.empty()) {
      const size_t at = std::min(packages_line_, result_.lines.size());
      result_.lines.insert(
          result_.lines.begin() + static_cast<std::ptrdiff_t>(at),
          {.text = install});
    }
    const std::string environment(kEnvironment);
    result_.lines.push_back(
        {.text = "COPY --from={build} " + environment + " " + environment});
    result_.lines.push_back({.text = path});
    std::string left;
    for (const std::string& name : packages_.left()) {
      left += (left.empty() ? "`" : ", `") + name + "`";
    }
    result_.message =
        "let pip install into a virtual environment in a stage of its own, and "
        "ship that without " +
        left +
        "; make sure that nothing starts Python by its whole path or needs a "
        "compiler when it runs";
  }

  const Facts& facts_;
  const Document& document_;
  const Stage& stage_;
  StageSplit result_;
  uint32_t first_pip_ = kNoInstruction;
  // Where the second stage installs packages: an index into its lines.
  size_t packages_line_ = std::string::npos;
  MovedPackages packages_;
};

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
  StageSplit split = Splitter(facts, stage).Split();
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
