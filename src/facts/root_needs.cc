#include "src/facts/root_needs.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "src/dockerfile/characters.h"
#include "src/dockerfile/instructions.h"
#include "src/facts/base_image.h"
#include "src/facts/container_user.h"
#include "src/facts/layout.h"
#include "src/facts/run_needs.h"
#include "src/facts/run_work.h"
#include "src/text/one_of.h"
#include "src/text/search.h"

namespace dfix {
namespace {

constexpr int kFirstFreePort = 1024;

// Programs that build and start what is in the image, with a cache that the
// build of the image has filled, mostly.
constexpr std::string_view kBuildTools[] = {"gradle", "gradlew", "lein",
                                            "mvn",    "mvnw",    "sbt"};

// A port number that only root may open on some platforms; 0 for others.
int PrivilegedPort(std::string_view text) {
  if (text.size() > 4 || !IsNumber(text)) return 0;
  int port = 0;
  for (const char c : text) port = port * 10 + (c - '0');
  return port < kFirstFreePort ? port : 0;
}

// The digits after the last `:` of an address (`0.0.0.0:80`, `http://+:80/`).
int PortOfAddress(std::string_view text) {
  const size_t colon = text.rfind(':');
  if (colon == text.npos) return 0;
  std::string_view port = text.substr(colon + 1);
  return PrivilegedPort(port.substr(0, port.find_first_of("/;,")));
}

class Finder {
 public:
  Finder(const Facts& facts, uint32_t stage, const ContainerPrograms& programs)
      : facts_(facts), stage_(stage), programs_(programs) {}

  std::vector<RootNeed> Find() {
    for (const ContainerProgram& program : programs_.programs) {
      CheckProgram(program);
    }
    for (const uint32_t i : StageChain(facts_, stage_)) {
      const InstructionFacts& instruction = facts_.instructions()[i];
      if (instruction.onbuild) {
        Obstacle(i,
                 "ONBUILD makes this a base of other images, which may "
                 "need root to be built");
        continue;
      }
      CheckComments(i);
      CheckInstruction(i, instruction.kind);
    }
    std::stable_sort(needs_.begin(), needs_.end(),
                     [](const RootNeed& a, const RootNeed& b) {
                       return a.certain && !b.certain;
                     });
    return std::move(needs_);
  }

 private:
  void Obstacle(uint32_t instruction, std::string reason) {
    needs_.push_back({instruction, std::move(reason), true});
  }
  void Doubt(uint32_t instruction, std::string reason) {
    needs_.push_back({instruction, std::move(reason), false});
  }

  Instruction View(uint32_t i) const {
    return Instruction(facts_.document(), facts_.instructions()[i].inner);
  }

  void CheckProgram(const ContainerProgram& program) {
    const std::string name(Basename(program.words[0]));
    const uint32_t i = program.instruction;
    if (IsOneOf(name, kBuildTools)) {
      return Obstacle(i, "`" + name +
                             "` keeps what it downloads in root's home "
                             "directory, where no other user may look");
    }
    switch (program.kind) {
      case ProgramKind::kNeedsRoot:
        Obstacle(i, "`" + name +
                        "` starts as root and gives up what it does "
                        "not need itself");
        break;
      case ProgramKind::kForRoot:
        Obstacle(i, "`" + name + "`" +
                        (program.script.empty()
                             ? ""
                             : ", which `" + program.script + "` calls,") +
                        " works as root alone");
        break;
      case ProgramKind::kWrites:
        CheckWritten(program);
        break;
      case ProgramKind::kInteractive:
        Obstacle(i, "`" + name +
                        "` is for people who work in the container, "
                        "and they may need root");
        break;
      case ProgramKind::kShellScript:
        Doubt(i, "what the script `" + ScriptName(program) +
                     "` does is not in this file");
        break;
      case ProgramKind::kUnknown:
        Doubt(i, name.starts_with('$')
                     ? "it is not known what `" + name + "` stands for"
                     : "what `" + name + "` needs is not known");
        break;
      case ProgramKind::kOwn:
        CheckOrigin(program);
        break;
      default:
        break;
    }
    CheckPorts(program);
  }

  // The script that a shell runs, or that runs by itself.
  static const std::string& ScriptName(const ContainerProgram& program) {
    for (size_t k = program.words.size() > 1 && IsShell(program.words[0]);
         k < program.words.size(); ++k) {
      if (!program.words[k].starts_with('-')) return program.words[k];
    }
    return program.words[0];
  }

  static bool IsShell(std::string_view word) {
    constexpr std::string_view kShells[] = {"ash", "bash", "dash",
                                            "ksh", "sh",   "zsh"};
    return IsOneOf(Basename(word), kShells);
  }

  // Files that a script writes; those outside of the system's own trees are
  // looked at with the program's (program_files.h).
  void CheckWritten(const ContainerProgram& program) {
    constexpr std::string_view kSystem[] = {"/bin", "/boot", "/etc",    "/lib",
                                            "/opt", "/root", "/run",    "/sbin",
                                            "/sys", "/usr",  "/var/run"};
    for (size_t k = 1; k < program.words.size(); ++k) {
      const std::string& path = program.words[k];
      const bool is_system = std::any_of(
          std::begin(kSystem), std::end(kSystem),
          [&](std::string_view tree) { return IsInside(path, tree); });
      if (is_system || NamesRootHome(path)) {
        return Obstacle(program.instruction,
                        "`" + program.script + "` writes to `" + path + "`");
      }
      if (!path.starts_with('/')) {
        Doubt(program.instruction,
              "`" + program.script + "` writes to `" + path + "`");
      }
    }
  }

  // A program that is built from what the build context has is its authors'
  // own.
  void CheckOrigin(const ContainerProgram& program) {
    const std::string_view name = Basename(program.words[0]);
    for (const uint32_t i : StageChain(facts_, stage_)) {
      if (facts_.instructions()[i].kind != InstructionKind::kCopy) continue;
      const auto from = View(i).FindFlag("--from");
      if (!from || !from->value) continue;
      const uint32_t source = StageNamed(*from->value);
      const std::string_view text =
          facts_.document().Text(facts_.instructions()[i].node);
      if (text.find(name) == text.npos) continue;
      if (source == kNoStage || !CopiesContext(source)) {
        Doubt(i, "`" + std::string(name) +
                     "` is not made from the build context, and what it needs "
                     "is not known");
        return;
      }
    }
  }

  uint32_t StageNamed(const std::string& name) const {
    const auto stages = facts_.stages();
    for (uint32_t i = 0; i < stages.size(); ++i) {
      if (AsciiLower(name) == stages[i].name || name == std::to_string(i)) {
        return i;
      }
    }
    return kNoStage;
  }

  bool CopiesContext(uint32_t stage) const {
    for (const uint32_t i : StageChain(facts_, stage)) {
      const InstructionFacts& instruction = facts_.instructions()[i];
      if (instruction.kind == InstructionKind::kRun) {
        // A bind mount without a source stage is the context.
        const std::string_view text = facts_.document().Text(instruction.node);
        if (text.find("type=bind") != text.npos) return true;
      }
      if (instruction.kind != InstructionKind::kCopy &&
          instruction.kind != InstructionKind::kAdd) {
        continue;
      }
      const auto from = View(i).FindFlag("--from");
      if (!from || !from->value) return true;
      const uint32_t source = StageNamed(*from->value);
      if (source < stage && CopiesContext(source)) return true;
    }
    return false;
  }

  void CheckPorts(const ContainerProgram& program) {
    constexpr std::string_view kPortFlags[] = {
        "-p", "--port", "-b", "--bind", "--listen", "-l", "http.server"};
    for (size_t k = 1; k < program.words.size(); ++k) {
      const std::string& word = program.words[k];
      int port = PortOfAddress(word);
      if (IsOneOf(program.words[k - 1], kPortFlags)) {
        port = std::max(port, PrivilegedPort(word));
      }
      if (word.starts_with("--port=")) {
        port = PrivilegedPort(std::string_view(word).substr(7));
      }
      if (port > 0) PortObstacle(program.instruction, port);
      if (word.starts_with("/dev/") && !word.starts_with("/dev/std") &&
          word != "/dev/null" && !word.starts_with("/dev/shm") &&
          word != "/dev/urandom" && word != "/dev/tty") {
        Obstacle(program.instruction, "it uses the device `" + word + "`");
      }
    }
  }

  void PortObstacle(uint32_t i, int port) {
    Obstacle(i, "it listens on port " + std::to_string(port) +
                    ", which only root may open on some platforms; with a port "
                    "from 1024 on that would not matter");
  }

  void CheckInstruction(uint32_t i, InstructionKind kind) {
    switch (kind) {
      case InstructionKind::kExpose:
        return CheckExpose(i);
      case InstructionKind::kEnv:
        return CheckEnv(i);
      case InstructionKind::kVolume:
        return CheckVolume(i);
      case InstructionKind::kCopy:
      case InstructionKind::kAdd:
        return CheckCopy(i);
      case InstructionKind::kWorkdir:
        return CheckPath(i, WorkdirSetBy(facts_, i).value_or(""));
      case InstructionKind::kRun:
        return CheckRun(i);
      default:
        return;
    }
  }

  void CheckExpose(uint32_t i) {
    for (const std::string& argument : View(i).Arguments()) {
      const auto value = ExpandAt(facts_, i, argument);
      if (!value) {
        Doubt(i, "the port `" + argument + "` is not known");
        continue;
      }
      const std::string_view port(*value);
      const size_t end = port.find_first_of("/-");
      if (const int number = PrivilegedPort(port.substr(0, end)); number > 0) {
        PortObstacle(i, number);
      }
    }
  }

  void CheckEnv(uint32_t i) {
    for (const KeyValuePair& pair : View(i).Pairs()) {
      if (!pair.value) continue;
      const std::string value =
          ExpandAt(facts_, i, *pair.value).value_or(*pair.value);
      if (NamesRootHome(value)) {
        Obstacle(i, "`" + pair.key + "` names root's home directory");
      } else if (pair.key == "HOME") {
        Doubt(i, "it sets HOME, whoever the user is");
      }
      const std::string key = AsciiLower(pair.key);
      const bool is_port =
          key == "port" || key.ends_with("_port") || key.ends_with("_ports");
      const bool is_address =
          key.ends_with("_urls") || key.ends_with("_addr") ||
          key.ends_with("_address") || key.ends_with("_listen") ||
          key.ends_with("_bind");
      int port = is_port ? PrivilegedPort(value) : 0;
      if (is_address) port = std::max(port, PortOfAddress(value));
      if (port > 0) PortObstacle(i, port);
      if (value.find("docker.sock") != value.npos) {
        Obstacle(i, "it works with Docker's socket, which belongs to root");
      }
    }
  }

  void CheckVolume(uint32_t i) {
    for (const std::string& argument : View(i).Arguments()) {
      const auto path = ExpandAt(facts_, i, argument);
      if (path && path->find("docker.sock") != path->npos) {
        Obstacle(i, "it works with Docker's socket, which belongs to root");
      } else if (path && NamesRootHome(*path)) {
        Obstacle(i, "the volume is in root's home directory");
      } else {
        Doubt(i,
              "volumes that exist already, and what they are replaced with, "
              "may belong to root");
      }
    }
  }

  void CheckCopy(uint32_t i) {
    const std::vector<std::string> arguments = View(i).Arguments();
    if (arguments.empty()) return;
    const auto target = ExpandAt(facts_, i, arguments.back());
    if (!target) {
      return Doubt(i, "it is not known where `" + arguments.back() + "` is");
    }
    CheckPath(i, *target);
    const bool from_stage = View(i).FindFlag("--from").has_value();
    for (const std::string& argument : arguments) {
      const std::string name = AsciiLower(argument);
      // A program, or what another stage calls it, is no configuration.
      const bool is_source = from_stage && &argument != &arguments.back();
      if (is_source || name.find("/bin/") != name.npos) continue;
      for (const std::string_view service :
           {"supervisor", "nginx", "crontab", "cron.d", "sudoers", "systemd",
            "/services.d", "cont-init.d", "s6-overlay", "init.d", "httpd.conf",
            "apache2", "sites-available", "haproxy"}) {
        if (name.find(service) == name.npos) continue;
        return Obstacle(i, "it configures a service (`" + argument +
                               "`) that works as root");
      }
    }
  }

  void CheckPath(uint32_t i, std::string_view path) {
    if (NamesRootHome(path)) {
      Obstacle(i, "`" + std::string(path) +
                      "` is in root's home directory, where no other user may "
                      "look");
    }
  }

  void CheckRun(uint32_t i) {
    if (UserBefore(facts_, stage_, i).state != ContainerUser::State::kRoot) {
      return;
    }
    for (RunNeed& need : FindRunNeeds(facts_, stage_, i)) {
      needs_.push_back({i, std::move(need.reason), need.certain});
    }
  }

  // The author may have thought of it.
  void CheckComments(uint32_t i) {
    constexpr std::string_view kPhrases[] = {
        "as root",         "need root",      "needs root",  "require root",
        "requires root",   "root user",      "user root",   "privileged",
        "root access",     "must be root",   "docker.sock", "be root",
        "root permission", "root privileges"};
    const NodeId node = facts_.instructions()[i].node;
    if (facts_.instructions()[i].stage == stage_ &&
        CommentMentions(facts_.document(), node, kPhrases)) {
      Obstacle(i, "a comment in line {line} speaks of root");
    }
  }

  const Facts& facts_;
  const uint32_t stage_;
  const ContainerPrograms& programs_;
  std::vector<RootNeed> needs_;
};

}  // namespace

std::vector<RootNeed> FindRootNeeds(const Facts& facts, uint32_t stage,
                                    const ContainerPrograms& programs) {
  return Finder(facts, stage, programs).Find();
}

bool IsService(const Facts& facts, uint32_t stage,
               const ContainerPrograms& programs) {
  for (const ContainerProgram& program : programs.programs) {
    // A runner that is told nothing waits for a person to say what to run.
    if (program.kind == ProgramKind::kServer ||
        (program.kind == ProgramKind::kScriptRunner &&
         program.words.size() > 1)) {
      return true;
    }
    for (const std::string& word : program.words) {
      if (word.find("port") != word.npos || word == "http.server" ||
          word.find("serve") != word.npos) {
        return true;
      }
    }
  }
  for (const uint32_t i : StageChain(facts, stage)) {
    const InstructionFacts& instruction = facts.instructions()[i];
    if (instruction.onbuild) continue;
    if (instruction.kind == InstructionKind::kExpose) return true;
    if (instruction.kind == InstructionKind::kHealthcheck) {
      const auto arguments =
          Instruction(facts.document(), instruction.inner).Arguments();
      return arguments.empty() || AsciiLower(arguments[0]) != "none";
    }
  }
  return false;
}

bool RunsInterpreter(const ContainerPrograms& programs) {
  constexpr std::string_view kCode[] = {"-c", "-e", "--eval", "eval", "repl"};
  return std::any_of(
      programs.programs.begin(), programs.programs.end(),
      [&](const ContainerProgram& program) {
        return program.kind == ProgramKind::kInterpreter &&
               (program.words.size() < 2 || !IsOneOf(program.words[1], kCode));
      });
}

bool NamesRootHome(std::string_view text) {
  constexpr std::string_view kBefore = "=:,'\"( \t;@";
  for (const std::string_view home : {"/root", "~", "$HOME", "${HOME}"}) {
    for (size_t at = text.find(home); at != text.npos;
         at = text.find(home, at + 1)) {
      const size_t end = at + home.size();
      const bool begins = at == 0 || kBefore.find(text[at - 1]) != kBefore.npos;
      const bool ends = end == text.size() || text[end] == '/' ||
                        std::string_view(":,'\" ;)").find(text[end]) !=
                            std::string_view::npos;
      if (begins && ends) return true;
    }
  }
  return false;
}

}  // namespace dfix
