#include "src/facts/program_files.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string_view>
#include <utility>

#include "src/dockerfile/characters.h"
#include "src/dockerfile/instructions.h"
#include "src/facts/base_image.h"
#include "src/facts/container_user.h"
#include "src/facts/directory_fill.h"
#include "src/facts/run_work.h"
#include "src/facts/script_facts.h"
#include "src/shell/views.h"
#include "src/shell/words.h"
#include "src/text/one_of.h"
#include "src/text/search.h"

namespace dfix {
namespace {

constexpr std::string_view kSystemDirectories[] = {"/",
                                                   "/bin",
                                                   "/boot",
                                                   "/dev",
                                                   "/etc",
                                                   "/home",
                                                   "/lib",
                                                   "/lib64",
                                                   "/media",
                                                   "/mnt",
                                                   "/opt",
                                                   "/proc",
                                                   "/root",
                                                   "/run",
                                                   "/sbin",
                                                   "/srv",
                                                   "/sys",
                                                   "/tmp",
                                                   "/usr",
                                                   "/usr/bin",
                                                   "/usr/include",
                                                   "/usr/lib",
                                                   "/usr/lib64",
                                                   "/usr/libexec",
                                                   "/usr/local",
                                                   "/usr/local/bin",
                                                   "/usr/local/etc",
                                                   "/usr/local/lib",
                                                   "/usr/local/sbin",
                                                   "/usr/local/share",
                                                   "/usr/sbin",
                                                   "/usr/share",
                                                   "/var",
                                                   "/var/cache",
                                                   "/var/lib",
                                                   "/var/log",
                                                   "/var/run",
                                                   "/var/spool",
                                                   "/var/tmp"};

// Trees where a program finds files and does not write.
constexpr std::string_view kReadOnly[] = {
    "/usr", "/etc", "/bin", "/sbin", "/lib",     "/lib64", "/proc",
    "/sys", "/opt", "/dev", "/tmp",  "/var/tmp", "/go",    "/conda"};

// Folders of programs that are the system's.
constexpr std::string_view kPrograms[] = {"/bin",           "/sbin",
                                          "/usr/bin",       "/usr/sbin",
                                          "/usr/local/bin", "/usr/local/sbin"};

std::string WithoutSlash(std::string path) {
  while (path.size() > 1 && path.ends_with('/')) path.pop_back();
  return path;
}

bool IsInAny(std::string_view path, std::span<const std::string_view> trees) {
  return std::any_of(trees.begin(), trees.end(), [&](std::string_view tree) {
    return IsInside(path, tree);
  });
}

// Whether a variable of that name says where data goes.
bool NamesData(std::string_view key) {
  const std::string name = AsciiLower(key);
  for (const std::string_view software :
       {"java",   "maven", "gradle",   "m2",        "python",   "node",
        "npm",    "go",    "cargo",    "rust",      "conda",    "venv",
        "poetry", "pip",   "path",     "ld_",       "catalina", "classpath",
        "ssl",    "cert",  "template", "static_url"}) {
    if (name.find(software) != name.npos) return false;
  }
  for (const std::string_view data :
       {"data",   "log",       "cache",    "storage", "upload", "state",
        "output", "tmp",       "temp",     "db_",     "_db",    "database",
        "sqlite", "workspace", "download", "persist", "backup", "session",
        "pid",    "_spool",    "hf_home"}) {
    if (name.find(data) != name.npos) return true;
  }
  return false;
}

// The directory of what `value` names: itself, or that of a file.
std::string DirectoryOf(std::string_view value) {
  const size_t slash = value.rfind('/');
  const bool is_file = value.find('.', slash) != value.npos;
  return WithoutSlash(std::string(is_file ? value.substr(0, slash) : value));
}

class Finder {
 public:
  Finder(const Facts& facts, uint32_t stage, const ContainerPrograms& programs,
         std::string_view user)
      : facts_(facts),
        stage_(stage),
        programs_(programs),
        user_(user),
        chain_(StageChain(facts, stage)) {}

  ProgramFiles Find() {
    FindWorkdir();
    for (const uint32_t i : chain_) {
      if (facts_.instructions()[i].onbuild) continue;
      FindDirectories(i);
    }
    for (const uint32_t i : chain_) {
      if (facts_.instructions()[i].onbuild) continue;
      FindCopy(i);
      FindMade(i);
    }
    std::erase_if(out_.directories, [&](const std::string& directory) {
      return IsMade(directory);
    });
    CheckArguments();
    CheckSource();
    return std::move(out_);
  }

 private:
  void Need(uint32_t i, std::string reason, bool certain) {
    out_.needs.push_back({i, std::move(reason), certain});
  }

  Instruction View(uint32_t i) const {
    return Instruction(facts_.document(), facts_.instructions()[i].inner);
  }

  void FindWorkdir() {
    uint32_t last = kNoInstruction;
    for (const uint32_t i : chain_) {
      const InstructionFacts& instruction = facts_.instructions()[i];
      if (instruction.kind == InstructionKind::kWorkdir &&
          !instruction.onbuild) {
        last = i;
      }
    }
    if (last == kNoInstruction) {
      const bool dynamic =
          std::any_of(programs_.programs.begin(), programs_.programs.end(),
                      [](const ContainerProgram& program) {
                        return program.kind != ProgramKind::kOwn;
                      });
      if (dynamic && !programs_.programs.empty()) {
        Need(programs_.programs[0].instruction,
             "no WORKDIR says where the program may write", false);
      }
      return;
    }
    const auto path = WorkdirSetBy(facts_, last);
    if (!path) {
      return Need(last, "it is not known which directory the program starts in",
                  true);
    }
    if (DependsOnArgument(facts_, last, View(last).Arguments()[0])) {
      return Need(last,
                  "an ARG says which directory the program starts in, and a "
                  "build may give it another value",
                  true);
    }
    const std::string workdir = AbsolutePath("/", *path);
    if (workdir == "/tmp" || IsInside(workdir, "/tmp")) return;
    if (IsSystemDirectory(workdir)) {
      return Need(last,
                  "the program starts in `" + workdir + "`, which stays root's",
                  false);
    }
    out_.workdir = workdir;
    out_.workdir_instruction = last;
    // A directory that WORKDIR makes belongs to the user in force.
    out_.owns_workdir =
        UserBefore(facts_, stage_, last).state == ContainerUser::State::kOther;
  }

  void AddDirectory(uint32_t i, const std::string& path) {
    if (IsSystemDirectory(path)) {
      if (path != "/tmp" && path != "/var/tmp") {
        Need(i, "it may write to `" + path + "`, which stays root's", true);
      }
      return;
    }
    if (path == out_.workdir || IsInAny(path, kReadOnly)) return;
    auto& directories = out_.directories;
    if (std::find(directories.begin(), directories.end(), path) ==
        directories.end()) {
      directories.push_back(path);
    }
  }

  void FindDirectories(uint32_t i) {
    const InstructionKind kind = facts_.instructions()[i].kind;
    if (kind == InstructionKind::kVolume) {
      for (const std::string& argument : View(i).Arguments()) {
        const auto path = ExpandAt(facts_, i, argument);
        if (!path || !path->starts_with('/')) {
          Need(i, "it is not known where the volume is", true);
        } else {
          AddDirectory(i, AbsolutePath("/", *path));
        }
      }
    }
    if (kind != InstructionKind::kEnv) return;
    for (const KeyValuePair& pair : View(i).Pairs()) {
      const auto value =
          pair.value ? ExpandAt(facts_, i, *pair.value) : std::nullopt;
      if (!value || !NamesData(pair.key)) continue;
      if (value->find("sqlite:") != value->npos) {
        Need(i, "`" + pair.key + "` names a database file", false);
      } else if (value->starts_with('/') && value->find(':') == value->npos) {
        AddDirectory(i, AbsolutePath("/", DirectoryOf(*value)));
      }
    }
  }

  bool IsOwned(std::string_view path) const {
    if (!out_.workdir.empty() && IsInside(path, out_.workdir)) return true;
    return std::any_of(out_.directories.begin(), out_.directories.end(),
                       [&](const std::string& directory) {
                         return IsInside(path, directory);
                       });
  }

  void FindCopy(uint32_t i) {
    const InstructionFacts& instruction = facts_.instructions()[i];
    const bool is_add = instruction.kind == InstructionKind::kAdd;
    if (instruction.kind != InstructionKind::kCopy && !is_add) return;
    const Instruction view = View(i);
    const std::string target = CopyTarget(facts_, i);
    const auto owner = view.FindFlag("--chown");
    if (target.empty()) return;
    const std::vector<std::string> arguments = view.Arguments();
    const bool from_url =
        is_add && std::any_of(arguments.begin(), arguments.end(),
                              [](const std::string& argument) {
                                return argument.find("://") != argument.npos;
                              });
    const bool holds_workdir = !out_.workdir.empty() &&
                               IsInside(out_.workdir, target) &&
                               !IsSystemDirectory(target);
    if (!IsOwned(target) && !holds_workdir) {
      if (from_url && !owner && !view.FindFlag("--chmod")) {
        IsInAny(target, kPrograms) ? CheckDownload(i)
                                   : out_.copies.push_back(i);
      }
      if (target == "/") {
        Need(i, "it copies to `/`, which stays root's", false);
      }
      return;
    }
    if (owner) {
      if (owner->value && !IsRoot(*owner->value) && !IsUser(*owner->value)) {
        Need(i, "what it copies belongs to `" + *owner->value + "`", true);
      }
      return;
    }
    if (instruction.stage != stage_) {
      return Need(i,
                  "it copies into the program's directory in a stage of its "
                  "own, as root",
                  true);
    }
    out_.copies.push_back(i);
  }

  // What ADD downloads is for its owner alone, and a program of the system is
  // to stay root's.
  void CheckDownload(uint32_t i) {
    const std::string target = CopyTarget(facts_, i);
    for (const uint32_t run : chain_) {
      const InstructionFacts& instruction = facts_.instructions()[run];
      if (run < i || instruction.kind != InstructionKind::kRun ||
          instruction.script == kNoNode) {
        continue;
      }
      for (const ScriptCommand& command :
           CommandsOf(facts_.document(), instruction.script)) {
        if (command.program != "chmod" || command.operands.size() < 2) continue;
        constexpr std::string_view kReadable[] = {"755",  "0755", "775", "777",
                                                  "0777", "a+rx", "555"};
        const bool names = std::any_of(
            command.operands.begin() + 1, command.operands.end(),
            [&](const std::string& word) {
              return Basename(word) == Basename(target) || word == target;
            });
        if (names && IsOneOf(command.operands[0], kReadable)) return;
      }
    }
    Need(i, "what ADD downloads to `" + target + "` only root may read", true);
  }

  bool IsUser(std::string_view owner) const {
    return !user_.empty() && owner.substr(0, owner.find(':')) == user_;
  }

  // Whether an operand of `chown` in `folder` is one of the program's
  // directories, in one or around one; or nobody knows.
  bool NamesOwned(std::string_view operand, const std::string& folder) const {
    if (operand.find_first_of("$`*") != operand.npos) return true;
    const std::string path = AbsolutePath(folder, operand);
    const auto is_around = [&](const std::string& directory) {
      return !directory.empty() && IsInside(directory, path);
    };
    return IsOwned(path) || is_around(out_.workdir) ||
           std::any_of(out_.directories.begin(), out_.directories.end(),
                       is_around);
  }

  // `chown` and `chgrp`: files of another user, or of ours already.
  void CheckOwner(uint32_t i, const ScriptCommand& command) {
    std::vector<std::string_view> operands;
    bool recursive = false;
    for (const std::string& word : command.operands) {
      recursive |= word == "-R" || word == "--recursive" || word == "-Rf";
      if (!word.starts_with('-')) operands.push_back(word);
    }
    if (operands.empty() || IsRoot(operands[0])) return;
    const auto workdir = WorkdirAt(facts_, i);
    if (command.program != "chown" || !IsUser(operands[0])) {
      // Two owners of one directory would be one too many.
      const bool ours = std::any_of(
          operands.begin() + 1, operands.end(), [&](std::string_view operand) {
            return NamesOwned(operand, workdir.value_or("/"));
          });
      return Need(i,
                  "`" + command.program + "` gives files to `" +
                      std::string(operands[0]) + "`",
                  ours);
    }
    for (size_t k = 1; k < operands.size(); ++k) {
      const bool relative = !operands[k].starts_with('/');
      if (relative && !workdir) continue;
      const std::string path = AbsolutePath(workdir.value_or("/"), operands[k]);
      if (path == out_.workdir || (recursive && IsInside(out_.workdir, path))) {
        out_.owns_workdir = true;
      }
      if (!recursive) continue;
      given_.push_back({i, path});
      std::erase_if(out_.copies, [&](uint32_t copy) {
        return IsInside(CopyTarget(facts_, copy), path);
      });
      std::erase_if(out_.directories, [&](const std::string& directory) {
        return IsInside(directory, path);
      });
    }
  }

  // `mkdir` of a place for data.
  void FindMade(uint32_t i) {
    const InstructionFacts& run = facts_.instructions()[i];
    if (run.kind != InstructionKind::kRun || run.script == kNoNode ||
        facts_.document().kind(run.script) != NodeKind::kScript ||
        UserBefore(facts_, stage_, i).state != ContainerUser::State::kRoot) {
      return;
    }
    const std::vector<ScriptCommand> commands =
        CommandsOf(facts_.document(), run.script);
    constexpr std::string_view kMovers[] = {"cd", "pushd"};
    const bool any = std::any_of(commands.begin(), commands.end(),
                                 [&](const ScriptCommand& command) {
                                   return IsOneOf(command.program, kMovers);
                                 });
    Moves moves = {false, any, WorkdirAt(facts_, i).value_or("")};
    for (const ScriptCommand& command : commands) {
      if (IsOneOf(command.program, kMovers)) moves.Follow(command);
      if (command.program == "chown" || command.program == "chgrp") {
        CheckOwner(i, command);
      }
      if (command.program != "mkdir" && command.program != "touch") continue;
      AddMade(i, command, commands, moves);
    }
  }

  // Where a script has a `cd`, and where it leads if no subshell ends.
  struct Moves {
    bool before;       // Before the command in question.
    bool anywhere;     // There or behind it.
    std::string here;  // Empty if that is not known.

    void Follow(const ScriptCommand& command) {
      before = true;
      const bool plain =
          command.operands.size() == 1 &&
          command.operands[0].find_first_of("$`*~") == std::string::npos &&
          !command.operands[0].starts_with('-') &&
          (command.operands[0].starts_with('/') || !here.empty());
      here = plain ? AbsolutePath(here, command.operands[0]) : "";
    }
  };

  void AddMade(uint32_t i, const ScriptCommand& command,
               const std::vector<ScriptCommand>& commands, const Moves& moves) {
    MadeDirectories made{i, kNoNode, {}};
    bool makes_workdir = false;
    for (const std::string& word : command.operands) {
      if (word.starts_with('-') || word.find_first_of("$`*") != word.npos) {
        continue;
      }
      const bool relative = !word.starts_with('/');
      if (relative && moves.before) {
        const std::string there =
            moves.here.empty() ? "" : AbsolutePath(moves.here, word);
        if (IsOwned(there) && !IsRemoved(there, commands)) {
          Need(i, "`" + word + "`, which it makes, stays root's", false);
        }
        continue;
      }
      const auto workdir = WorkdirAt(facts_, i);
      if (relative && !workdir) continue;
      const std::string path = AbsolutePath(workdir.value_or("/"), word);
      if (IsSystemDirectory(path) || IsRemoved(path, commands)) continue;
      const bool temporary =
          IsInside(path, "/tmp") || IsInside(path, "/var/tmp");
      if (!IsOwned(path) && !temporary && IsInAny(path, kReadOnly)) continue;
      if (path != out_.workdir && IsInside(out_.workdir, path)) continue;
      makes_workdir |= path == out_.workdir;
      made.words.push_back(relative && moves.anywhere ? path : word);
      made_paths_.push_back(path);
    }
    if (made.words.empty()) return;
    if (facts_.instructions()[i].stage != stage_) {
      if (makes_workdir && made.words.size() == 1) return;
      return Need(i, "a stage of its own makes a directory for data, as root",
                  true);
    }
    const std::vector<NodeId> path = PathTo(
        facts_.document(), facts_.instructions()[i].script, command.node);
    for (const NodeId node : path) {
      if (facts_.document().kind(node) == NodeKind::kAndOr) made.and_or = node;
    }
    const bool is_simple =
        made.and_or != kNoNode && path.size() == 4 &&
        PlaceToAppend(facts_, i, made.and_or).problem == AppendProblem::kNone &&
        !PlaceToAppend(facts_, i, made.and_or).as_statement;
    if (!is_simple) {
      if (makes_workdir && made.words.size() == 1) return;
      return Need(i, "`" + made.words[0] + "`, which it makes, stays root's",
                  false);
    }
    if (makes_workdir) out_.owns_workdir = true;
    if (!out_.made.empty() && out_.made.back().and_or == made.and_or) {
      std::move(made.words.begin(), made.words.end(),
                std::back_inserter(out_.made.back().words));
    } else {
      out_.made.push_back(std::move(made));
    }
  }

  static bool IsRemoved(std::string_view path,
                        const std::vector<ScriptCommand>& commands) {
    for (const ScriptCommand& command : commands) {
      if (command.program != "rm" && command.program != "rmdir" &&
          command.program != "mv") {
        continue;
      }
      for (const std::string& word : command.operands) {
        const std::string target = WithoutSlash(word);
        if (target.starts_with('/') && IsInside(path, target)) return true;
        if (Basename(target) == Basename(path)) return true;
      }
    }
    return false;
  }

  bool IsMade(const std::string& directory) const {
    return std::find(made_paths_.begin(), made_paths_.end(), directory) !=
           made_paths_.end();
  }

  // Whether RUN `i` or a later one gives all of the program's directory to the
  // user.
  bool IsGivenWhole(uint32_t i) const {
    return std::any_of(given_.begin(), given_.end(), [&](const auto& given) {
      return given.first >= i && !out_.workdir.empty() &&
             IsInside(out_.workdir, given.second);
    });
  }

  // Looks at what root's RUN `i` puts into `directory`, which the program is to
  // own. Whether it puts files there at all.
  bool CheckFilling(uint32_t i, const std::string& directory) {
    const DirectoryFill fill = FillingOf(facts_, i, directory);
    if (fill.filling < Filling::kFiles) return false;
    if (IsGivenWhole(i)) return true;
    const bool unpacks = fill.filling == Filling::kUnpacks;
    Need(i,
         "what `" + fill.command + "` puts into `" + directory +
             "` stays root's" +
             (unpacks ? "; `chown -R` at the end of the same RUN would give "
                        "that to a user"
                      : ""),
         unpacks);
    return true;
  }

  // The program is in the image, and what root unpacks beside it is not its
  // own.
  void CheckSource() {
    std::vector<std::string> directories = out_.directories;
    directories.insert(directories.end(), made_paths_.begin(),
                       made_paths_.end());
    if (!out_.workdir.empty()) directories.push_back(out_.workdir);
    bool brought = false;
    for (const uint32_t i : chain_) {
      const InstructionFacts& instruction = facts_.instructions()[i];
      brought |= instruction.kind == InstructionKind::kCopy ||
                 instruction.kind == InstructionKind::kAdd;
      if (instruction.kind != InstructionKind::kRun ||
          UserBefore(facts_, stage_, i).state != ContainerUser::State::kRoot) {
        continue;
      }
      for (const std::string& directory : directories) {
        if (!CheckFilling(i, directory)) continue;
        brought = true;
        break;
      }
    }
    if (brought || programs_.programs.empty()) return;
    Need(programs_.programs[0].instruction,
         "nothing brings the program into the image: it may be in a mount, "
         "whose files belong to another user",
         false);
  }

  // Files that the program's arguments name.
  void CheckArguments() {
    for (const ContainerProgram& program : programs_.programs) {
      for (size_t k = 1; k < program.words.size(); ++k) {
        std::string_view word = program.words[k];
        if (const size_t equals = word.find('='); equals != word.npos) {
          word = word.substr(equals + 1);
        }
        if (!word.starts_with('/') || word.size() < 2) continue;
        const std::string path = AbsolutePath("/", word);
        if (IsOwned(path) || IsInAny(path, kReadOnly) || IsMade(path) ||
            IsCopied(path)) {
          continue;
        }
        const bool writes = program.kind == ProgramKind::kWrites;
        Need(program.instruction,
             (writes ? "`" + program.script + "` writes"
                     : std::string("it may write")) +
                 " to `" + path + "`, which stays root's",
             true);
      }
    }
  }

  // Whether a COPY or ADD brings `path`, or the directory that it is in.
  bool IsCopied(const std::string& path) const {
    for (const uint32_t i : chain_) {
      const InstructionFacts& instruction = facts_.instructions()[i];
      if (instruction.kind != InstructionKind::kCopy &&
          instruction.kind != InstructionKind::kAdd) {
        continue;
      }
      const std::string target = CopyTarget(facts_, i);
      if (target.size() > 1 && IsInside(path, target)) return true;
      for (const std::string& argument : View(i).Arguments()) {
        if (Basename(argument) == Basename(path)) return true;
      }
    }
    return false;
  }

  const Facts& facts_;
  const uint32_t stage_;
  const ContainerPrograms& programs_;
  const std::string_view user_;
  const std::vector<uint32_t> chain_;
  std::vector<std::string> made_paths_;
  // What `chown -R` gives to the user, and the last RUN that does.
  std::vector<std::pair<uint32_t, std::string>> given_;
  ProgramFiles out_;
};

}  // namespace

bool IsSystemDirectory(std::string_view path) {
  return IsOneOf(path, kSystemDirectories);
}

std::string CopyTarget(const Facts& facts, uint32_t index) {
  const std::vector<std::string> arguments =
      Instruction(facts.document(), facts.instructions()[index].inner)
          .Arguments();
  if (arguments.size() < 2) return "";
  auto target = ExpandAt(facts, index, arguments.back());
  if (!target || target->empty()) return "";
  if (!target->starts_with('/')) {
    const auto workdir = WorkdirAt(facts, index);
    // Without a WORKDIR it is the image's, mostly the root.
    return AbsolutePath(workdir.value_or("/"), *target);
  }
  return AbsolutePath("/", *target);
}

ProgramFiles FindProgramFiles(const Facts& facts, uint32_t stage,
                              const ContainerPrograms& programs,
                              std::string_view user) {
  return Finder(facts, stage, programs, user).Find();
}

}  // namespace dfix
