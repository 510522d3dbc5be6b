#include "src/facts/project_build.h"

#include <algorithm>

#include "src/context/paths.h"
#include "src/dockerfile/instructions.h"
#include "src/facts/package_command.h"
#include "src/facts/plain_script.h"
#include "src/shell/views.h"
#include "src/shell/words.h"
#include "src/text/one_of.h"
#include "src/text/search.h"

namespace dfix {
namespace {

using Words = std::vector<std::optional<std::string>>;

// Commands that change no file that a program could need.
constexpr std::string_view kHarmless[] = {
    ":",   "cat", "date", "echo", "env",  "file",  "ls",    "printenv",
    "pwd", "set", "stat", "test", "true", "uname", "unset", "which",
};

// Commands that change files of the project.
constexpr std::string_view kEditors[] = {"dos2unix", "sed", "touch"};

constexpr std::string_view kUserTools[] = {"addgroup", "adduser", "groupadd",
                                           "useradd", "usermod"};

// Directories of the system, into which `cp` puts files.
constexpr std::string_view kSystemFolders[] = {
    "/",    "/bin",     "/etc",       "/home",          "/lib",
    "/opt", "/root",    "/sbin",      "/srv",           "/tmp",
    "/usr", "/var",     "/usr/bin",   "/usr/local/bin", "/usr/local",
    "/mnt", "/usr/lib", "/usr/share", "/usr/local/lib", "/usr/src",
};

// Directories of caches of the system and of tools.
constexpr std::string_view kCaches[] = {"/home/gradle/.gradle",
                                        "/root/.cache",
                                        "/root/.gradle",
                                        "/root/.m2",
                                        "/root/.nuget",
                                        "/tmp",
                                        "/var/cache",
                                        "/var/lib/apt/lists",
                                        "/var/tmp",
                                        "~/.cache",
                                        "~/.gradle",
                                        "~/.m2",
                                        "~/.nuget"};

// What a RUN is for, as far as it decides in which stage it is.
struct RunUse {
  bool project = false;   // It builds, or works on what was built.
  bool users = false;     // It makes users.
  bool packages = false;  // It installs packages.
  bool runtime = false;   // It makes directories, or changes rights.
};

class Walk {
 public:
  Walk(const Facts& facts, uint32_t stage, const ProjectBuilder& builder)
      : facts_(facts),
        document_(facts.document()),
        stage_(facts.stages()[stage]),
        builder_(builder) {
    FindFolders();
    FindLastRun();
    if (result_.last_run == kNoInstruction) return;
    for (uint32_t i = stage_.first; i < stage_.end; ++i) {
      const InstructionFacts& instruction = facts.instructions()[i];
      if (!result_.problem.empty()) return;
      if (instruction.kind != InstructionKind::kRun) continue;
      if (instruction.onbuild) {
        run_ = i;
        Blame("ONBUILD: images that are based on this one build, too");
        return;
      }
      VisitRun(i);
    }
  }

  ProjectBuild Take() { return std::move(result_); }

 private:
  void Blame(std::string problem) {
    if (!result_.problem.empty()) return;
    result_.problem = std::move(problem);
    result_.problem_at = run_;
  }

  std::string FolderAt(uint32_t index) const {
    return CleanPath(
        WorkdirAt(facts_, index).value_or(std::string(builder_.workdir)));
  }

  // The working directories of the stage's RUNs.
  void FindFolders() {
    for (uint32_t i = stage_.first; i < stage_.end; ++i) {
      if (facts_.instructions()[i].kind == InstructionKind::kRun) {
        projects_.push_back(FolderAt(i));
      }
    }
  }

  Words ValuesOf(NodeId command) const {
    Words words;
    for (const NodeId word : ProgramWords(document_, command)) {
      words.push_back(ConstantValue(document_, word));
    }
    return words;
  }

  // The last RUN that builds, or that moves what is built.
  void FindLastRun() {
    bool builds = false;
    for (uint32_t i = stage_.first; i < stage_.end; ++i) {
      const InstructionFacts& instruction = facts_.instructions()[i];
      if (instruction.kind != InstructionKind::kRun ||
          instruction.script == kNoNode) {
        continue;
      }
      ForEachCommand(document_, instruction.script, [&](NodeId command) {
        const Words words = ValuesOf(command);
        if (words.empty()) return;
        const std::string name(Basename(words[0].value_or("")));
        const bool moves = name == "cp" || name == "mv" || name == "rm";
        const bool tool = !ToolWordsOf(words, builder_.kind->tools).empty();
        builds |= tool;
        if (tool || (builds && moves)) result_.last_run = i;
      });
    }
  }

  bool IsInProject(const std::string& path) const {
    return std::any_of(
        projects_.begin(), projects_.end(), [&](const std::string& folder) {
          return folder != "/" && PathBelow(path, folder).has_value();
        });
  }

  void VisitRun(uint32_t index) {
    run_ = index;
    folder_ = FolderAt(index);
    const PlainScript script = ReadPlainScript(facts_, index, true);
    if (!script.problem.empty()) return Blame(script.problem);
    RunUse use;
    uint32_t subshell = 0;
    std::string folder;
    for (size_t i = 0; i < script.commands.size(); ++i) {
      if (script.subshells[i] != subshell) {
        if (subshell > 0) folder_ = folder;
        folder = folder_;
        subshell = script.subshells[i];
      }
      VisitCommand(script.commands[i], use);
      if (!result_.problem.empty()) return;
    }
    if (use.users && (use.project || use.packages)) {
      return Blame("it makes users and does other things, too");
    }
    if (use.users && index < result_.last_run) {
      result_.users.push_back(facts_.instructions()[index].node);
    }
  }

  void VisitCommand(NodeId node, RunUse& use) {
    const SimpleCommand command{&document_, node};
    const Words words = ValuesOf(node);
    if (words.empty()) {
      if (command.name() != kNoNode) VisitBuiltin(command);
      return;
    }
    if (const Words call = ToolWordsOf(words, builder_.kind->tools);
        !call.empty()) {
      use.project = true;
      result_.calls.push_back({folder_, call});
      return;
    }
    if (const PackageCommand* call = facts_.PackageCommandAt(node)) {
      use.packages = true;
      return VisitPackages(*call);
    }
    VisitProgram(std::string(Basename(words[0].value_or(""))), words, use);
  }

  void VisitBuiltin(const SimpleCommand& command) {
    std::vector<NodeId> words;
    for (const NodeId word : command.words()) words.push_back(word);
    const auto name = ConstantValue(document_, words[0]);
    if (name && (IsOneOf(*name, kHarmless) || *name == "export")) return;
    if (name == "cd") {
      const auto target =
          words.size() == 2 ? ConstantValue(document_, words[1]) : std::nullopt;
      if (target && *target != "-") {
        folder_ = JoinPath(folder_, *target);
        return;
      }
    }
    Blame("the directory that it works in is not known");
  }

  void VisitProgram(const std::string& name, const Words& words, RunUse& use) {
    if (IsOneOf(name, kHarmless) || name == "export") return;
    if (name == "cd") {
      if (words.size() != 2 || !words[1] || *words[1] == "-") {
        return Blame("the directory that it works in is not known");
      }
      folder_ = JoinPath(folder_, *words[1]);
    } else if (name == "java" && words.size() == 2 && words[1] &&
               words[1]->find("version") != std::string::npos) {
      return;
    } else if (IsOneOf(name, kUserTools)) {
      use.users = true;
    } else if (name == "cp" || name == "mv") {
      use.project = true;
      VisitCopy(name, words);
    } else if (name == "rm") {
      VisitRemoval(words);
    } else if (name == "mkdir" || name == "chmod" || name == "chown" ||
               IsOneOf(name, kEditors)) {
      use.runtime = true;
      VisitFiles(name, words);
    } else {
      Blame("`" + (name.empty() ? "a program that a variable names" : name) +
            "` may make something that the program needs");
    }
  }

  void VisitPackages(const PackageCommand& call) {
    if (call.verb != PackageVerb::kInstall) {
      if (!KeepsPackages(call.verb)) Blame("it changes what is installed");
      return;
    }
    if (run_ > result_.last_run) return;
    for (const NodeId operand : call.operands) {
      std::string name = ConstantValue(document_, operand).value_or("");
      name.erase(std::min(name.find_first_of("=@~<>:"), name.size()));
      if (!IsOneOf(name, builder_.kind->packages) || call.operands_unknown) {
        return Blame("the program may need the package `" +
                     std::string(document_.Text(operand)) + "`");
      }
    }
  }

  // The operands of a command, without options; nothing if one is not known.
  std::vector<std::string> Operands(const std::string& name,
                                    const Words& words) {
    std::vector<std::string> operands;
    for (size_t i = 1; i < words.size(); ++i) {
      if (!words[i]) {
        Blame("`" + name + "` names files that are not known");
        return {};
      }
      if (!words[i]->starts_with('-')) operands.push_back(*words[i]);
    }
    return operands;
  }

  void VisitCopy(const std::string& name, const Words& words) {
    if (words.size() < 3 || !words.back()) {
      return Blame("`" + name + "` names files that are not known");
    }
    if (run_ > result_.last_run) return;
    const std::string target = JoinPath(folder_, *words.back());
    if (IsInProject(target)) return;
    const bool is_known = std::find(result_.made.begin(), result_.made.end(),
                                    target) != result_.made.end();
    const bool into_folder =
        words.back()->ends_with('/') || IsOneOf(target, kSystemFolders);
    if (!into_folder || is_known) return AddMade(target);
    for (size_t i = 1; i + 1 < words.size(); ++i) {
      if (words[i] && words[i]->starts_with('-')) continue;
      if (!words[i] && !IsOneOf(target, kSystemFolders)) {
        return AddMade(target);
      }
      const std::string file(Basename(words[i].value_or("")));
      if (file.empty() || file == "." || file == "..") {
        return Blame("`" + name + "` names files that are not known");
      }
      AddMade(JoinPath(target, file));
    }
  }

  void AddMade(const std::string& path) {
    const auto known =
        std::find(result_.made.begin(), result_.made.end(), path);
    if (known == result_.made.end()) result_.made.push_back(path);
  }

  void VisitRemoval(const Words& words) {
    for (size_t i = 1; i < words.size(); ++i) {
      if (!words[i]) continue;
      if (words[i]->starts_with('-')) continue;
      const std::string path = JoinPath(folder_, *words[i]);
      const bool of_cache = std::any_of(
          std::begin(kCaches), std::end(kCaches), [&](std::string_view cache) {
            return words[i]->starts_with(cache) || path.starts_with(cache);
          });
      if (!of_cache && !IsInProject(path)) {
        return Blame("it removes `" + *words[i] + "`");
      }
    }
  }

  void VisitFiles(const std::string& name, const Words& words) {
    std::vector<std::string> paths = Operands(name, words);
    const bool later = run_ > result_.last_run;
    const bool has_mode = name == "chmod" || name == "chown" || name == "sed";
    if (has_mode && !paths.empty()) paths.erase(paths.begin());
    if (name == "chown" && !later) result_.gives_away = run_;
    for (std::string& path : paths) {
      path = JoinPath(folder_, path);
      if (later && name == "mkdir") {
        made_later_.push_back(path);
      } else if (later) {
        const bool made = std::any_of(
            made_later_.begin(), made_later_.end(), [&](const auto& folder) {
              return PathBelow(path, folder).has_value();
            });
        if (!made) result_.used_later.push_back(path);
      } else if (name == "mkdir") {
        if (!IsInProject(path)) AddMade(path);
      } else if (!IsInProject(path) && !IsMade(path)) {
        return Blame("`" + name + "` changes a file that the program may need");
      }
    }
  }

  bool IsMade(const std::string& path) const {
    return std::any_of(result_.made.begin(), result_.made.end(),
                       [&](const std::string& made) {
                         return PathBelow(path, made).has_value();
                       });
  }

  const Facts& facts_;
  const Document& document_;
  const Stage& stage_;
  const ProjectBuilder& builder_;
  ProjectBuild result_;
  uint32_t run_ = kNoInstruction;
  std::string folder_;                   // Where the command works.
  std::vector<std::string> projects_;    // Where RUNs work.
  std::vector<std::string> made_later_;  // Directories made behind the build.
};

}  // namespace

ProjectBuild ReadProjectBuild(const Facts& facts, uint32_t stage,
                              const ProjectBuilder& builder) {
  return Walk(facts, stage, builder).Take();
}

Words ToolWordsOf(Words words, std::span<const std::string_view> tools) {
  constexpr std::string_view kShells[] = {"bash", "sh"};
  if (words.size() > 1 && words[0] && IsOneOf(*words[0], kShells)) {
    words.erase(words.begin());
  }
  if (words.empty() || !words[0]) return {};
  words[0] = std::string(Basename(*words[0]));
  if (!IsOneOf(*words[0], tools)) return {};
  return words;
}

}  // namespace dfix
