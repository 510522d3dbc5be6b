#include "src/facts/container_program.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "src/dockerfile/instructions.h"
#include "src/facts/base_image.h"
#include "src/facts/container_command.h"
#include "src/facts/container_user.h"
#include "src/facts/exec_form.h"
#include "src/facts/run_work.h"
#include "src/facts/start_script.h"
#include "src/text/one_of.h"
#include "src/text/search.h"

namespace dfix {
namespace {

using State = ContainerPrograms::State;

// Programs that do nothing but start the one that follows.
constexpr std::string_view kStarters[] = {"catatonit",
                                          "ddtrace-run",
                                          "docker-init",
                                          "dumb-init",
                                          "env",
                                          "exec",
                                          "nice",
                                          "nohup",
                                          "time",
                                          "tini",
                                          "tini-static",
                                          "opentelemetry-instrument",
                                          "docker-php-entrypoint"};

// Commands of a shell beside the program proper that write nothing.
constexpr std::string_view kHarmless[] = {
    "[",     "[[",    "cd",   "env",  "exit",  "export", "set",
    "shift", "sleep", "test", "trap", "unset", "wait"};

// Those that end at once.
constexpr std::string_view kAtOnce[] = {
    ":",   "date", "echo",  "false",    "hostname", "id",    "ls",
    "pwd", "true", "uname", "printenv", "printf",   "which", "whoami"};

// Files that set variables for the shell that reads them.
constexpr std::string_view kSettings[] = {".bashrc",  ".env",       ".profile",
                                          "activate", "envvars",    "profile",
                                          "nvm.sh",   "setup.bash", "setup.sh"};

// Those that only read, wait or talk to other containers.
constexpr std::string_view kReaders[] = {
    "cat",         "grep",     "egrep",      "awk",
    "cut",         "tr",       "head",       "tail",
    "sort",        "uniq",     "wc",         "jq",
    "curl",        "nc",       "getent",     "hostname",
    "uname",       "basename", "dirname",    "readlink",
    "realpath",    "expr",     "seq",        "kill",
    "ps",          "nproc",    "pg_isready", "mysqladmin",
    "redis-cli",   "psql",     "let",        "read",
    "local",       "return",   "break",      "continue",
    "type",        "hash",     "base64",     "sha256sum",
    "md5sum",      "find",     "xargs",      "wait-for-it.sh",
    "wait-for-it", "wait-for", "dockerize",  "timeout",
    "ulimit",      "umask",    "command"};

// Those that write the files that they name.
constexpr std::string_view kFileTools[] = {
    "mkdir",   "cp",  "mv",  "rm",       "touch", "ln",    "chmod", "sed",
    "install", "tee", "tar", "envsubst", "wget",  "unzip", "rmdir"};

// Those that change the system or who owns what.
constexpr std::string_view kForRootOnly[] = {"chown",
                                             "chgrp",
                                             "useradd",
                                             "usermod",
                                             "userdel",
                                             "groupadd",
                                             "groupmod",
                                             "groupdel",
                                             "adduser",
                                             "addgroup",
                                             "deluser",
                                             "delgroup",
                                             "apt-get",
                                             "apt",
                                             "apk",
                                             "yum",
                                             "dnf",
                                             "microdnf",
                                             "zypper",
                                             "pacman",
                                             "ldconfig",
                                             "mknod",
                                             "setcap",
                                             "umount",
                                             "chpasswd",
                                             "passwd",
                                             "update-ca-certificates",
                                             "dpkg-reconfigure"};

constexpr std::string_view kShells[] = {"ash", "bash", "dash", "fish",
                                        "ksh", "sh",   "zsh"};

constexpr std::string_view kInterpreters[] = {
    "bun",     "deno",  "dotnet",  "elixir", "erl",     "java",
    "jruby",   "julia", "lua",     "node",   "nodejs",  "perl",
    "php",     "pypy",  "pypy3",   "python", "python2", "python3",
    "Rscript", "ruby",  "ts-node", "tsx",    "racket",  "escript"};

constexpr std::string_view kScriptRunners[] = {
    "npm",           "pnpm", "yarn",    "npx", "next",  "nuxt", "vite",
    "react-scripts", "ng",   "nodemon", "nx",  "turbo", "lerna"};

constexpr std::string_view kServers[] = {
    "celery",         "daphne",          "fastapi",   "flask",
    "granian",        "gunicorn",        "hypercorn", "puma",
    "rackup",         "rails",           "sidekiq",   "streamlit",
    "thin",           "unicorn",         "uvicorn",   "uwsgi",
    "waitress-serve", "pm2-runtime",     "bundle",    "chainlit",
    "mlflow",         "bokeh",           "panel",     "voila",
    "gradio",         "sanic",           "litestar",  "rq",
    "dramatiq",       "http-server",     "serve",     "json-server",
    "mkdocs",         "sphinx-autobuild"};

// Programs that keep nothing in the home directory.
constexpr std::string_view kHomeless[] = {
    "java", "dotnet", "erl", "escript", "lua", "http-server", "serve"};

// Tools in one file that keep their state there.
constexpr std::string_view kKeepState[] = {"consul", "helm",      "kubectl",
                                           "micro",  "nomad",     "packer",
                                           "pulumi", "terraform", "vault"};

constexpr std::string_view kNeedRoot[] = {"agetty",
                                          "apache2",
                                          "apache2-foreground",
                                          "apache2ctl",
                                          "apachectl",
                                          "asterisk",
                                          "bind",
                                          "chronyd",
                                          "chroot",
                                          "containerd",
                                          "cron",
                                          "crond",
                                          "dbus-daemon",
                                          "dhcpd",
                                          "dnsmasq",
                                          "docker",
                                          "dockerd",
                                          "dovecot",
                                          "exim",
                                          "exim4",
                                          "fail2ban-server",
                                          "freeradius",
                                          "getty",
                                          "gosu",
                                          "haproxy",
                                          "hostapd",
                                          "httpd",
                                          "httpd-foreground",
                                          "in.tftpd",
                                          "inetd",
                                          "init",
                                          "ip",
                                          "ipsec",
                                          "iptables",
                                          "keepalived",
                                          "kubelet",
                                          "mariadbd",
                                          "modprobe",
                                          "mount",
                                          "my_init",
                                          "mysqld",
                                          "mysqld_safe",
                                          "named",
                                          "nfsd",
                                          "nginx",
                                          "ngircd",
                                          "nmbd",
                                          "ntpd",
                                          "openresty",
                                          "openvpn",
                                          "php-fpm",
                                          "podman",
                                          "postfix",
                                          "postgres",
                                          "proftpd",
                                          "pure-ftpd",
                                          "radiusd",
                                          "rngd",
                                          "rpcbind",
                                          "rsyslogd",
                                          "runit",
                                          "runsvdir",
                                          "runuser",
                                          "s6-svscan",
                                          "service",
                                          "setpriv",
                                          "setuidgid",
                                          "slapd",
                                          "smbd",
                                          "snmpd",
                                          "squid",
                                          "sshd",
                                          "stunnel",
                                          "stunnel4",
                                          "su",
                                          "su-exec",
                                          "sudo",
                                          "supervisord",
                                          "syslog-ng",
                                          "sysctl",
                                          "systemctl",
                                          "systemd",
                                          "tailscaled",
                                          "tcpdump",
                                          "telnetd",
                                          "udevd",
                                          "unbound",
                                          "unitd",
                                          "varnishd",
                                          "vsftpd",
                                          "wg-quick",
                                          "winbindd",
                                          "xinetd",
                                          "xrdp"};

bool IsHarmless(std::string_view name) {
  return IsOneOf(name, kHarmless) || IsOneOf(name, kAtOnce);
}

bool IsFlag(const std::string& word) { return word.starts_with('-'); }

// Without what only starts it.
std::vector<std::string> WithoutStarters(std::vector<std::string> words) {
  size_t at = 0;
  while (at < words.size() && IsOneOf(Basename(words[at]), kStarters)) {
    const bool is_env = Basename(words[at]) == "env";
    ++at;
    while (at < words.size() &&
           (IsFlag(words[at]) ||
            (is_env && words[at].find('=') != std::string::npos))) {
      ++at;
    }
  }
  words.erase(words.begin(), words.begin() + static_cast<ptrdiff_t>(at));
  return words;
}

// `python3.12` and `php-fpm8.2` without their numbers.
std::string_view WithoutVersion(std::string_view name) {
  const size_t end = name.find_last_not_of("0123456789.");
  std::string_view bare = name.substr(0, end + 1);
  return bare.size() < 3 ? name : bare;
}

bool IsLanguage(std::string_view name) {
  return IsOneOf(name, kInterpreters) ||
         IsOneOf(WithoutVersion(name), kInterpreters);
}

// Whether it is all but a program: `bash`, `sh -l`, `tail -f /dev/null`.
bool IsInteractive(std::string_view name,
                   const std::vector<std::string>& words) {
  const bool only_flags = std::all_of(words.begin() + 1, words.end(), IsFlag);
  if (IsOneOf(name, kShells) || name == "irb" || name == "ipython" ||
      name == "jshell") {
    return only_flags;
  }
  if (IsLanguage(name)) {
    // `-m` takes a module, with or without a space.
    return only_flags && std::none_of(words.begin() + 1, words.end(),
                                      [](const std::string& word) {
                                        return word.starts_with("-m");
                                      });
  }
  if (IsOneOf(name, kAtOnce)) return true;
  if (name == "tail") return words.back() == "/dev/null";
  return name == "sleep" || name == "login" || name == "cat" ||
         name == "tmux" || name == "jupyter" || name == "jupyter-lab" ||
         name == "code-server";
}

bool LooksLikeScript(std::string_view name) {
  for (const std::string_view end : {".sh", ".bash", ".ksh", ".zsh"}) {
    if (name.ends_with(end)) return true;
  }
  constexpr std::string_view kNames[] = {"init", "run",   "start",
                                         "boot", "entry", "startup"};
  return name.find("entrypoint") != std::string_view::npos ||
         name.find("entry-point") != std::string_view::npos ||
         name.starts_with("docker-") || name.starts_with("start-") ||
         name.starts_with("run-") || IsOneOf(name, kNames);
}

// Whether the stage brings the program `word` itself: copied from another stage
// or built in a RUN.
bool IsBroughtAlong(const Facts& facts, uint32_t stage,
                    const std::string& word) {
  const std::string_view name = Basename(word);
  for (const uint32_t i : StageChain(facts, stage)) {
    const InstructionFacts& instruction = facts.instructions()[i];
    const Instruction view(facts.document(), instruction.inner);
    if (instruction.kind == InstructionKind::kCopy) {
      const auto from = view.FindFlag("--from");
      if (!from) continue;
      for (const std::string& argument : view.Arguments()) {
        if (Basename(argument) == name) return true;
      }
      const std::vector<std::string> arguments = view.Arguments();
      const auto target = arguments.empty()
                              ? std::nullopt
                              : ExpandAt(facts, i, arguments.back());
      if (word.starts_with('/') && target && target->size() > 1 &&
          IsInside(word, target->ends_with('/')
                             ? target->substr(0, target->size() - 1)
                             : *target)) {
        return true;
      }
    }
    if (instruction.kind != InstructionKind::kRun ||
        instruction.script == kNoNode) {
      continue;
    }
    for (const ScriptCommand& command :
         CommandsOf(facts.document(), instruction.script)) {
      for (size_t k = 0; k + 1 < command.operands.size(); ++k) {
        if (command.operands[k] == "-o" &&
            Basename(command.operands[k + 1]) == name) {
          return true;
        }
      }
    }
  }
  return false;
}

// Whether `name` is a user that systems have or that the stage makes.
bool IsUserName(const Facts& facts, uint32_t stage, std::string_view name) {
  constexpr std::string_view kUsers[] = {"apache", "daemon",  "http",
                                         "nobody", "nogroup", "www-data"};
  name = name.substr(0, name.find(':'));
  if (IsOneOf(name, kUsers)) return true;
  const std::vector<CreatedUser> created = CreatedUsers(facts, stage);
  return std::any_of(
      created.begin(), created.end(),
      [&](const CreatedUser& user) { return user.name == name; });
}

// Whether options tell the program to change its user, which only root can.
bool ChangesUser(const Facts& facts, uint32_t stage,
                 std::span<const std::string> words) {
  constexpr std::string_view kLong[] = {"--gid", "--group", "--uid", "--user"};
  constexpr std::string_view kShort[] = {"gunicorn", "thin"};
  const std::string_view name = Basename(words[0]);
  const bool is_server = IsOneOf(name, kServers);
  for (size_t i = 1; i < words.size(); ++i) {
    const std::string_view word = words[i];
    const size_t equals = word.find('=');
    const std::string_view option = word.substr(0, equals);
    const bool is_long = IsOneOf(option, kLong);
    const bool is_short = word.starts_with("-u") || word.starts_with("-g");
    if (is_server && (is_long || (is_short && IsOneOf(name, kShort)))) {
      return true;
    }
    if (!is_long && !is_short) continue;
    std::string_view value = is_long ? "" : word.substr(2);
    if (is_long && equals != word.npos) value = word.substr(equals + 1);
    if (value.empty() && i + 1 < words.size()) value = words[i + 1];
    if (IsUserName(facts, stage, value)) return true;
  }
  return false;
}

ProgramKind KindOf(const Facts& facts, uint32_t stage,
                   const std::vector<std::string>& words) {
  const std::string_view name = Basename(words[0]);
  if (IsInteractive(name, words)) return ProgramKind::kInteractive;
  if (IsOneOf(name, kNeedRoot) || IsOneOf(WithoutVersion(name), kNeedRoot)) {
    return ProgramKind::kNeedsRoot;
  }
  if (IsOneOf(name, kForRootOnly)) return ProgramKind::kForRoot;
  if (ChangesUser(facts, stage, words)) return ProgramKind::kNeedsRoot;
  if (IsOneOf(name, kShells)) return ProgramKind::kShellScript;
  if (IsOneOf(name, kScriptRunners)) return ProgramKind::kScriptRunner;
  if (IsOneOf(name, kServers)) return ProgramKind::kServer;
  if (IsLanguage(name)) return ProgramKind::kInterpreter;
  for (const std::string_view end : {".py", ".js", ".mjs", ".rb", ".pl"}) {
    if (name.ends_with(end)) return ProgramKind::kInterpreter;
  }
  const BaseImage* image = BaseImageOf(facts, stage);
  const bool no_shell =
      image != nullptr && image->family != nullptr && image->family->no_shell;
  if (no_shell) return ProgramKind::kOwn;
  if (LooksLikeScript(name)) return ProgramKind::kShellScript;
  return IsBroughtAlong(facts, stage, words[0]) ? ProgramKind::kOwn
                                                : ProgramKind::kUnknown;
}

// Where programs come from.
struct Origin {
  const Facts& facts;
  const BuildContext* context;
  uint32_t stage;
  uint32_t instruction;
};

// The files that the arguments of a file tool name, apart from those that
// everybody may write and those beside the program.
std::vector<std::string> FilesIn(const std::vector<std::string>& words) {
  std::vector<std::string> files;
  for (const std::string& word : words) {
    const bool is_temporary = IsInside(word, "/tmp") ||
                              IsInside(word, "/var/tmp") ||
                              IsInside(word, "/dev");
    if ((word.starts_with('/') && !is_temporary) ||
        word.find('$') != word.npos || word.starts_with('~')) {
      files.push_back(word);
    }
  }
  return files;
}

// What `. FILE` reads is a script; nothing if that only sets variables.
std::vector<std::string> WithoutSource(std::vector<std::string> words) {
  if (words.size() < 2 || (words[0] != "." && words[0] != "source")) {
    return words;
  }
  const std::string_view name = Basename(words[1]);
  if (IsOneOf(name, kSettings) || name.ends_with(".env") ||
      IsInside(words[1], "/etc/profile.d")) {
    return {};
  }
  words[0] = "sh";
  return words;
}

// Adds what the calls of the script `script` start. False if that is nothing.
bool AddCalls(const Origin& origin, const std::string& script,
              std::vector<StartCall> calls, ContainerPrograms& out) {
  const size_t before = out.programs.size();
  const auto add = [&](ProgramKind kind, std::vector<std::string> words) {
    out.programs.push_back(
        {kind, std::move(words), origin.instruction, script});
  };
  bool starts = false;
  for (StartCall& call : calls) {
    for (const std::string& path : call.written) {
      add(ProgramKind::kWrites, {"redirection", path});
    }
    std::vector<std::string> words =
        WithoutSource(WithoutStarters(std::move(call.words)));
    if (words.empty()) continue;
    const std::string_view name = Basename(words[0]);
    if (IsHarmless(name) || IsOneOf(name, kReaders)) continue;
    if (IsOneOf(name, kFileTools)) {
      std::vector<std::string> files = FilesIn(words);
      if (files.empty()) continue;
      files.insert(files.begin(), words[0]);
      add(ProgramKind::kWrites, std::move(files));
      continue;
    }
    const ProgramKind kind = KindOf(origin.facts, origin.stage, words);
    starts |= kind != ProgramKind::kForRoot;
    add(kind, std::move(words));
  }
  if (!starts) out.programs.resize(before);
  return starts;
}

// Where in a shell's `words` the commands of `-c` are; 0 if there is none.
size_t CommandText(const std::vector<std::string>& words) {
  for (size_t i = 1; i + 1 < words.size() && IsFlag(words[i]); ++i) {
    if (!words[i].starts_with("--") && words[i].ends_with('c')) return i + 1;
  }
  return 0;
}

void Add(const Origin& origin, std::vector<std::string> words,
         ContainerPrograms& out) {
  words = WithoutSource(WithoutStarters(std::move(words)));
  if (words.empty()) return;
  const std::string_view name = Basename(words[0]);
  const bool is_shell = IsOneOf(name, kShells);
  if (const size_t text = is_shell ? CommandText(words) : 0; text > 0) {
    const ExecForm split = SplitCommand(words[text]);
    if (split.reason.empty()) return Add(origin, split.values, out);
    // What follows is `$0`, `$1` and so on.
    const size_t more = std::min(text + 2, words.size());
    auto calls = CallsOfScriptText(
        words[text],
        {words.begin() + static_cast<ptrdiff_t>(more), words.end()});
    if (!calls) {
      out.state = State::kUnclear;
    } else if (!AddCalls(origin, words[0] + " -c", std::move(*calls), out)) {
      out.programs.push_back(
          {ProgramKind::kInteractive, std::move(words), origin.instruction});
    }
    return;
  }
  const ProgramKind kind = KindOf(origin.facts, origin.stage, words);
  const size_t at = is_shell ? 1 : 0;
  if (kind == ProgramKind::kShellScript && at < words.size()) {
    // A shell does not look for its script in PATH first.
    const bool is_beside = is_shell && words[at].find('/') == words[at].npos;
    auto calls = CallsOfStartScript(
        origin.facts, origin.context, origin.stage,
        (is_beside ? "./" : "") + words[at],
        {words.begin() + static_cast<ptrdiff_t>(at) + 1, words.end()});
    if (calls && AddCalls(origin, std::string(Basename(words[at])),
                          std::move(*calls), out)) {
      return;
    }
  }
  out.programs.push_back({kind, std::move(words), origin.instruction});
}

void AddScript(const Origin& origin, ContainerPrograms& out) {
  const Document& document = origin.facts.document();
  const NodeId script = origin.facts.instructions()[origin.instruction].script;
  if (script == kNoNode || document.kind(script) != NodeKind::kScript) {
    out.state = State::kUnclear;
    return;
  }
  const std::vector<ScriptCommand> commands = CommandsOf(document, script);
  for (const ScriptCommand& command : commands) {
    if (command.program.empty()) continue;
    if (commands.size() > 1 && IsHarmless(command.program)) continue;
    std::vector<std::string> words = {command.name};
    words.insert(words.end(), command.operands.begin(), command.operands.end());
    Add(origin, std::move(words), out);
  }
}

std::vector<std::string> WordsOf(const Facts& facts, uint32_t instruction) {
  return Instruction(facts.document(), facts.instructions()[instruction].inner)
      .Arguments();
}

// The interpreter that distroless images of a language start.
std::vector<std::string> BuiltInEntrypoint(const Facts& facts, uint32_t stage) {
  const BaseImage* image = BaseImageOf(facts, stage);
  if (image == nullptr || image->family == nullptr ||
      !image->family->no_shell ||
      image->entrypoint != BaseEntrypoint::kUnknown) {
    return {};
  }
  return {"java"};
}

}  // namespace

ContainerPrograms ProgramsOf(const Facts& facts, const BuildContext* context,
                             uint32_t stage) {
  using Half = CommandHalf::State;
  const CommandHalf entrypoint =
      HalfOfStage(facts, stage, InstructionKind::kEntrypoint);
  const CommandHalf cmd = HalfOfStage(facts, stage, InstructionKind::kCmd);
  ContainerPrograms out{State::kKnown, {}};
  const Origin by_entrypoint{facts, context, stage, entrypoint.instruction};
  const Origin by_cmd{facts, context, stage, cmd.instruction};
  if (entrypoint.state == Half::kTriggered || cmd.state == Half::kTriggered) {
    return {State::kUnclear, {}};
  }
  if (entrypoint.state == Half::kShell) {
    AddScript(by_entrypoint, out);
  } else if (entrypoint.state == Half::kExec) {
    std::vector<std::string> words = WordsOf(facts, entrypoint.instruction);
    if (cmd.state == Half::kExec) {
      const auto more = WordsOf(facts, cmd.instruction);
      words.insert(words.end(), more.begin(), more.end());
    } else if (cmd.state == Half::kShell && WithoutStarters(words).empty()) {
      AddScript(by_cmd, out);
      return out;
    }
    Add(by_entrypoint, std::move(words), out);
  } else if (cmd.state == Half::kShell) {
    AddScript(by_cmd, out);
  } else if (cmd.state == Half::kExec) {
    std::vector<std::string> words = BuiltInEntrypoint(facts, stage);
    const auto more = WordsOf(facts, cmd.instruction);
    words.insert(words.end(), more.begin(), more.end());
    Add(by_cmd, std::move(words), out);
  }
  if (out.state == State::kKnown && out.programs.empty()) {
    out.state = State::kNone;
  }
  return out;
}

bool WantsHome(const ContainerProgram& program) {
  const std::string_view name = Basename(program.words[0]);
  if (program.kind == ProgramKind::kOwn) return IsOneOf(name, kKeepState);
  return !IsOneOf(name, kHomeless);
}

}  // namespace dfix
