#include "src/facts/build_stage.h"

#include <algorithm>
#include <map>
#include <optional>

#include "src/context/paths.h"
#include "src/dockerfile/instructions.h"
#include "src/facts/c_build.h"
#include "src/facts/copy_step.h"
#include "src/facts/go_build.h"
#include "src/facts/package_command.h"
#include "src/facts/plain_script.h"
#include "src/facts/runtime_stage.h"
#include "src/shell/views.h"
#include "src/shell/words.h"
#include "src/text/one_of.h"
#include "src/text/search.h"

namespace dfix {
namespace {

using Words = std::vector<std::optional<std::string>>;

// Packages that a build needs, of Debian and Alpine, and that a program on a
// small image does without or has there.
constexpr std::string_view kBuildPackages[] = {
    "autoconf",
    "automake",
    "bash",
    "binutils",
    "build-base",
    "build-essential",
    "bzr",
    "ca-certificates",
    "clang",
    "cmake",
    "coreutils",
    "curl",
    "file",
    "g++",
    "gcc",
    "git",
    "gnupg",
    "golang",
    "jq",
    "libc-dev",
    "libc6-dev",
    "linux-headers",
    "make",
    "mercurial",
    "musl-dev",
    "openssh",
    "openssh-client",
    "patch",
    "pkg-config",
    "pkgconf",
    "pkgconfig",
    "protobuf",
    "protobuf-compiler",
    "protobuf-dev",
    "protoc",
    "subversion",
    "tar",
    "tzdata",
    "unzip",
    "upx",
    "upx-ucl",
    "wget",
    "xz-utils",
    "zip",
};

constexpr std::string_view kCompilers[] = {
    "build-base", "build-essential", "clang", "g++", "gcc",
};

// Commands that change no file that a program could need.
constexpr std::string_view kHarmless[] = {
    ":",   "cat", "date", "echo", "file",  "ls",    "printf",
    "pwd", "set", "stat", "true", "uname", "which",
};

// One walk over the RUNs of a stage.
class Walk {
 public:
  Walk(const Facts& facts, const BuildContext* context, uint32_t stage,
       Language language, const RuntimeSystem* system)
      : facts_(facts),
        document_(facts.document()),
        context_(context),
        language_(language),
        system_(system) {
    const Stage& of = facts.stages()[stage];
    for (uint32_t i = of.first; i < of.end && result_.problem.empty(); ++i) {
      const InstructionFacts& instruction = facts.instructions()[i];
      if (instruction.onbuild) {
        Blame(i, "ONBUILD: images that are based on this one build, too");
      } else if (instruction.kind == InstructionKind::kRun) {
        VisitRun(i);
      }
    }
  }

  BuildStage Take() { return std::move(result_); }

 private:
  void Blame(uint32_t instruction, std::string problem) {
    result_.problem = std::move(problem);
    result_.problem_at = instruction;
  }

  void VisitRun(uint32_t index) {
    if (system_ != nullptr && OnlyMakesUsers(index)) {
      result_.users.push_back(index);
      return;
    }
    result_.last_run = index;
    run_ = index;
    exported_.clear();
    folder_ =
        CleanPath(WorkdirAt(facts_, index)
                      .value_or(language_ == Language::kGo ? "/go" : "/"));
    workdir_ = folder_;
    const PlainScript script = ReadPlainScript(facts_, index, true);
    if (!script.problem.empty()) return Blame(index, script.problem);
    uint32_t subshell = 0;
    std::string folder;
    std::map<std::string, std::string> exported;
    for (size_t i = 0; i < script.commands.size(); ++i) {
      if (script.subshells[i] != subshell) {
        if (subshell > 0) {
          folder_ = folder;
          exported_ = exported;
        }
        folder = folder_;
        exported = exported_;
        subshell = script.subshells[i];
      }
      VisitCommand(script.commands[i]);
      if (!result_.problem.empty()) return;
    }
  }

  bool OnlyMakesUsers(uint32_t index) const {
    const PlainScript script = ReadPlainScript(facts_, index);
    return script.problem.empty() && !script.commands.empty() &&
           std::all_of(script.commands.begin(), script.commands.end(),
                       [&](NodeId command) {
                         const auto words = ProgramWords(document_, command);
                         return !words.empty() &&
                                MakesUsers(LogicalText(document_, words[0]));
                       });
  }

  void VisitCommand(NodeId node) {
    const SimpleCommand command{&document_, node};
    own_ = exported_;
    for (const NodeId assignment : command.assignments()) {
      SetVariable(LogicalText(document_, assignment));
    }
    const std::vector<NodeId> nodes = ProgramWords(document_, node);
    for (const NodeId word : command.words()) {
      if (!nodes.empty() && word == nodes[0]) break;
      if (const auto value = ConstantValue(document_, word)) {
        SetVariable(*value);
      }
    }
    Words words;
    for (const NodeId word : nodes) words.push_back(ValueOf(word));
    if (!words.empty() && words[0] == "rm") {
      // A pattern says enough.
      for (size_t i = 1; i < words.size(); ++i) {
        if (!words[i]) words[i] = LogicalText(document_, nodes[i]);
      }
    }
    if (words.empty() && command.name() == kNoNode) {
      exported_ = own_;
      return;
    }
    if (words.empty()) {
      for (const NodeId word : command.words()) {
        words.push_back(ConstantValue(document_, word));
      }
    }
    if (const PackageCommand* call = facts_.PackageCommandAt(node);
        call != nullptr && call->manager->name != "go" &&
        call->manager->name != "cargo") {
      return VisitPackages(*call);
    }
    VisitProgram(words);
  }

  // The value of a word; of one that depends on variables, if it is a flag with
  // `=`, the flag and `$`.
  std::optional<std::string> ValueOf(NodeId word) const {
    if (auto value = ConstantValue(document_, word)) return value;
    const std::string text = LogicalText(document_, word);
    const size_t equals = text.find('=');
    if (!text.starts_with('-') || equals == std::string::npos ||
        text.find_first_of("$`") < equals) {
      return std::nullopt;
    }
    return text.substr(0, equals + 1) + "$";
  }

  void SetVariable(const std::string& text) {
    const size_t equals = text.find('=');
    if (equals == std::string::npos || text.starts_with('-')) return;
    std::string value = text.substr(equals + 1);
    if (value.size() > 1 && (value[0] == '"' || value[0] == '\'') &&
        value.back() == value[0]) {
      value = value.substr(1, value.size() - 2);
    }
    own_[text.substr(0, equals)] = value;
  }

  void VisitPackages(const PackageCommand& call) {
    if (call.verb == PackageVerb::kRemove && RemovesOwn(call)) return;
    if (call.verb != PackageVerb::kInstall) {
      if (!KeepsPackages(call.verb))
        Blame(run_, "it changes what is installed");
      return;
    }
    const bool bare = std::any_of(
        call.options.begin(), call.options.end(), [&](NodeId option) {
          return WordIs(document_, option, "--no-install-recommends");
        });
    for (const NodeId operand : call.operands) {
      const auto value = ConstantValue(document_, operand);
      std::string name = value.value_or("");
      name.erase(std::min(name.find_first_of("=@~<>:"), name.size()));
      installed_.push_back(name);
      result_.has_compiler |= IsOneOf(name, kCompilers);
      if (!name.empty() && !call.operands_unknown &&
          Account(name, *value, bare)) {
        continue;
      }
      return Blame(run_, "the program may need the package `" +
                             std::string(document_.Text(operand)) + "`");
    }
    if (system_ == nullptr) return;
    for (const NodeId option : call.options) {
      const std::string text = LogicalText(document_, option);
      if (text.starts_with("-t") || text.starts_with("--target") ||
          text.starts_with("--default") || text.starts_with("-X") ||
          text.starts_with("--repo") || text.starts_with("--virtual") ||
          text.starts_with("-o") || text.starts_with("-c")) {
        return Blame(run_, "`" + text + "` decides what it installs");
      }
    }
  }

  // Whether only packages for builds go, which the stage has installed itself:
  // then nothing that the program needs.
  bool RemovesOwn(const PackageCommand& call) const {
    return system_ != nullptr && !call.operands_unknown &&
           std::all_of(
               call.operands.begin(), call.operands.end(), [&](NodeId operand) {
                 const auto name = ConstantValue(document_, operand);
                 const bool of_build =
                     name && (IsBuildPackage(*name) || name->ends_with("-dev"));
                 return of_build &&
                        std::find(installed_.begin(), installed_.end(),
                                  *name) != installed_.end();
               });
  }

  // Whether it is known what a program needs of a package.
  bool Account(const std::string& name, const std::string& text, bool bare) {
    if (system_ == nullptr) {
      // The images for Rust's programs have OpenSSL.
      const bool has = language_ == Language::kRust &&
                       (name == "libssl-dev" || name == "openssl-dev");
      return has || IsOneOf(name, kBuildPackages);
    }
    auto needed = RuntimePackages(name, *system_);
    if (!needed && (IsBuildPackage(name) || name.ends_with("-dev"))) {
      return false;
    }
    if (!needed) {
      result_.recommended |= !bare;
      needed = {text};
    }
    for (std::string& package : *needed) {
      const auto& all = result_.packages;
      if (std::find(all.begin(), all.end(), package) == all.end()) {
        result_.packages.push_back(std::move(package));
      }
    }
    return true;
  }

  void VisitProgram(const Words& words) {
    const std::string name(Basename(words[0].value_or("")));
    if (language_ == Language::kGo && name == "go") return VisitGo(words);
    if (language_ == Language::kRust && name == "cargo") {
      const std::string home = Variable("CARGO_HOME").value_or("");
      return VisitTool(ReadCargoCall(words, PlaceOf(),
                                     home.empty() ? "/usr/local/cargo" : home));
    }
    if (language_ == Language::kC) {
      if (IsCCompiler(name)) {
        return VisitTool(ReadCompilerCall(words, PlaceOf()));
      }
      if (name == "make") return VisitMake(words);
      if (name == "cmake") return VisitCmake(words);
    }
    if (IsOneOf(name, kHarmless)) return;
    if (name == "cd") {
      if (words.size() != 2 || !words[1] || *words[1] == "-") {
        return Blame(run_, "the directory that it works in is not known");
      }
      folder_ = JoinPath(folder_, *words[1]);
    } else if (name == "export") {
      for (size_t i = 1; i < words.size(); ++i) {
        if (!words[i]) return Blame(run_, "a variable has no known value");
        SetVariable(*words[i]);
      }
      exported_ = own_;
    } else if (name == "mkdir" || name == "rm" || name == "chmod" ||
               name == "strip" || name == "upx") {
      VisitFiles(name, words);
    } else {
      Blame(run_,
            "`" + (name.empty() ? "a program that a variable names" : name) +
                "` may make something that the program needs");
    }
  }

  ToolPlace PlaceOf() const {
    return {folder_, [this](const std::string& path) { return Read(path); },
            [this](std::string_view name) { return Variable(name); }};
  }

  void VisitTool(ToolCall call) {
    if (!call.problem.empty()) return Blame(run_, call.problem);
    if (!call.library.empty()) result_.library = call.library;
    for (const std::string& path : call.installed) {
      result_.programs.push_back(
          {path, false, call.is_static, "", call.is_cxx});
    }
    if (call.output.empty()) return;
    result_.programs.push_back({call.output, call.is_folder, call.is_static,
                                std::move(call.listing), call.is_cxx});
  }

  void VisitMake(const Words& words) {
    if (const auto found = configured_.find(folder_);
        found != configured_.end() && words.size() < 3) {
      ToolCall call;
      call.output = folder_;
      call.is_folder = call.is_cxx = true;
      call.listing = found->second;
      return VisitTool(std::move(call));
    }
    VisitTool(ReadMakeCall(words, PlaceOf()));
  }

  void VisitCmake(const Words& words) {
    CmakeCall cmake = ReadCmakeCall(words, PlaceOf());
    if (cmake.build.empty() && cmake.call.problem.empty()) {
      cmake.call.listing = configured_[cmake.call.output];
      if (cmake.call.listing.empty()) {
        cmake.call.problem = "its CMakeLists.txt is not known here";
      }
    } else if (!cmake.build.empty()) {
      const auto text = Read(JoinPath(cmake.source, "CMakeLists.txt"));
      if (!text) {
        cmake.call.problem = "its CMakeLists.txt is not known here";
      } else if (cmake.call.problem.empty()) {
        cmake.call.problem = ProblemOfListing(*text);
        configured_[cmake.build] = *text;
      }
    }
    VisitTool(std::move(cmake.call));
  }

  void VisitGo(const Words& words) {
    const Words arguments(words.begin() + 1, words.end());
    if (arguments.size() > 2 && arguments[0] == "mod" &&
        arguments[1] == "init") {
      modules_[folder_] = arguments[2].value_or("");
    }
    const GoCall call = ReadGoCall(
        arguments, {folder_, ModuleOf(folder_), [&](std::string_view variable) {
                      return Variable(variable);
                    }});
    if (!call.problem.empty()) return Blame(run_, call.problem);
    result_.writes_sources |= call.writes_sources;
    if (call.output.empty()) return;
    // `-o` of a folder that is there puts the program into it.
    const bool is_there =
        PathBelow(workdir_, call.output).has_value() ||
        PathBelow(folder_, call.output).has_value() ||
        std::find(result_.folders.begin(), result_.folders.end(),
                  call.output) != result_.folders.end();
    BuiltProgram program = {call.output, call.is_folder || is_there,
                            call.is_static};
    if (program.is_folder && !call.name.empty()) {
      program.path = JoinPath(program.path, call.name);
      program.is_folder = false;
    }
    result_.programs.push_back(std::move(program));
  }

  // A command that makes, changes or removes the files that it names.
  void VisitFiles(const std::string& name, const Words& words) {
    for (size_t i = 1; i < words.size(); ++i) {
      if (!words[i] && name == "rm") continue;  // A pattern of a cache.
      if (!words[i])
        return Blame(run_, "`" + name +
                               "` names files that are "
                               "not known");
      const bool option = words[i]->starts_with('-');
      if (option && name == "mkdir" && *words[i] != "-p" && *words[i] != "-v") {
        return Blame(run_, "it makes a directory with `" + *words[i] + "`");
      }
      if (option || (name == "chmod" && i == 1)) continue;
      const std::string path = JoinPath(folder_, *words[i]);
      const bool program =
          std::any_of(result_.programs.begin(), result_.programs.end(),
                      [&](const BuiltProgram& p) { return p.path == path; });
      if (name == "mkdir") {
        if (!PathBelow(path, "/go") || PathBelow(path, workdir_)) {
          result_.folders.push_back(path);
        }
      } else if (name == "rm") {
        const bool of_cache = path.starts_with("/var/lib/apt/lists") ||
                              path.starts_with("/var/cache/") ||
                              path.starts_with("/tmp/");
        if (program || (!of_cache && PathBelow(path, workdir_))) {
          return Blame(run_, "it removes files of the program");
        }
        result_.removed.emplace_back(path, run_);
      } else if (!program) {
        return Blame(run_, "`" + name +
                               "` changes a file that the program may "
                               "need");
      }
    }
  }

  std::optional<std::string> Variable(std::string_view name) const {
    if (const auto own = own_.find(std::string(name)); own != own_.end()) {
      if (own->second.find_first_of("$`") == std::string::npos) {
        return own->second;
      }
      return name == "GOOS" || name == "GOARCH" ? std::optional(std::string())
                                                : std::nullopt;
    }
    for (uint32_t i = run_; i-- > 0;) {
      const InstructionFacts& instruction = facts_.instructions()[i];
      if (instruction.kind != InstructionKind::kEnv &&
          instruction.kind != InstructionKind::kArg) {
        continue;
      }
      const auto pairs = Instruction(document_, instruction.inner).Pairs();
      if (std::any_of(pairs.begin(), pairs.end(),
                      [&](const auto& pair) { return pair.key == name; })) {
        return VariableAt(facts_, run_, name);
      }
    }
    return std::string();
  }

  // The path of the module whose go.mod lies in `folder` of the image.
  std::string ModuleOf(const std::string& folder) {
    if (const auto known = modules_.find(folder); known != modules_.end()) {
      return known->second;
    }
    const auto text = Read(JoinPath(folder, "go.mod"));
    return text ? ModulePath(*text) : "";
  }

  // The text of a file of the image that the context has.
  std::optional<std::string> Read(const std::string& path) const {
    if (context_ == nullptr) return std::nullopt;
    return ReadCopied(facts_, *context_, 0, run_, path);
  }

  const Facts& facts_;
  const Document& document_;
  const BuildContext* context_;
  Language language_;
  const RuntimeSystem* system_;
  BuildStage result_;
  uint32_t run_ = 0;
  std::string workdir_;  // Where the RUN begins,
  std::string folder_;   // and where it is now.
  std::map<std::string, std::string> exported_;
  std::map<std::string, std::string> own_;      // With those of the command.
  std::map<std::string, std::string> modules_;  // By folder.
  std::vector<std::string> installed_;          // Packages, by their names.
  // The CMakeLists.txt that a folder was configured from.
  std::map<std::string, std::string> configured_;
};

}  // namespace

BuildStage ReadBuildStage(const Facts& facts, const BuildContext* context,
                          uint32_t stage, Language language,
                          const RuntimeSystem* system) {
  return Walk(facts, context, stage, language, system).Take();
}

}  // namespace dfix
