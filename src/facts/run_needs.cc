#include "src/facts/run_needs.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "src/dockerfile/instructions.h"
#include "src/facts/base_image.h"
#include "src/facts/container_user.h"
#include "src/facts/root_needs.h"
#include "src/facts/run_work.h"
#include "src/shell/views.h"
#include "src/text/one_of.h"
#include "src/text/search.h"

namespace dfix {
namespace {

// Programs that install or build, with results that everyone may read, as long
// as they do not write to the home directory.
constexpr std::string_view kBuilders[] = {"add-apt-repository",
                                          "ant",
                                          "apt-key",
                                          "ar",
                                          "autoreconf",
                                          "bsdtar",
                                          "bundle",
                                          "bundler",
                                          "bunzip2",
                                          "bzip2",
                                          "c++",
                                          "cargo",
                                          "cc",
                                          "clang",
                                          "clang++",
                                          "cmake",
                                          "cmp",
                                          "composer",
                                          "conda",
                                          "configure",
                                          "cpan",
                                          "cpanm",
                                          "curl",
                                          "docker-php-ext-configure",
                                          "docker-php-ext-enable",
                                          "docker-php-ext-install",
                                          "dos2unix",
                                          "dotnet",
                                          "dpkg",
                                          "dpkg-reconfigure",
                                          "easy_install",
                                          "esbuild",
                                          "fc-cache",
                                          "file",
                                          "g++",
                                          "gcc",
                                          "gem",
                                          "getent",
                                          "git",
                                          "go",
                                          "gpg",
                                          "gpgconf",
                                          "gradle",
                                          "gradlew",
                                          "gunzip",
                                          "gzip",
                                          "hg",
                                          "java",
                                          "javac",
                                          "jlink",
                                          "jq",
                                          "keytool",
                                          "ldconfig",
                                          "lein",
                                          "locale-gen",
                                          "localedef",
                                          "luarocks",
                                          "make",
                                          "mamba",
                                          "md5sum",
                                          "meson",
                                          "micromamba",
                                          "mvn",
                                          "mvnw",
                                          "ng",
                                          "ninja",
                                          "npm",
                                          "patch",
                                          "pear",
                                          "pecl",
                                          "phpize",
                                          "pip",
                                          "pip2",
                                          "pip3",
                                          "pnpm",
                                          "poetry",
                                          "rpm",
                                          "rsync",
                                          "rustc",
                                          "sbt",
                                          "sha1sum",
                                          "sha256sum",
                                          "sha512sum",
                                          "sort",
                                          "strip",
                                          "svn",
                                          "swift",
                                          "tar",
                                          "tee",
                                          "tsc",
                                          "uniq",
                                          "unxz",
                                          "unzip",
                                          "update-alternatives",
                                          "update-ca-certificates",
                                          "update-ca-trust",
                                          "upx",
                                          "uv",
                                          "virtualenv",
                                          "vite",
                                          "webpack",
                                          "wc",
                                          "wget",
                                          "which",
                                          "xargs",
                                          "xz",
                                          "yarn",
                                          "zip",
                                          "uname",
                                          "nproc",
                                          "arch",
                                          "dpkg-architecture",
                                          "tr",
                                          "awk",
                                          "sleep",
                                          "expr",
                                          "seq",
                                          "true",
                                          "stat",
                                          "du",
                                          "diff",
                                          "pipenv",
                                          "corepack",
                                          "node",
                                          "python",
                                          "python2",
                                          "python3",
                                          "php",
                                          "ruby",
                                          "perl",
                                          "rake",
                                          "groupmod",
                                          "usermod",
                                          "bash",
                                          "sh",
                                          "dash",
                                          "eval",
                                          "crontab",
                                          "passwd"};

// Those of them that may do anything.
constexpr std::string_view kAnything[] = {"node", "php", "ruby", "perl", "rake",
                                          "bash", "sh",  "dash", "eval"};

// Programs that keep what they install in the home directory.
constexpr std::string_view kHomeInstallers[] = {
    "asdf",     "az",        "brew",       "cabal",       "code-server",
    "firebase", "fnm",       "gcloud",     "ghcup",       "helm",
    "mise",     "mix",       "nix",        "nix-env",     "nvm",
    "opam",     "pipx",      "playwright", "pulumi",      "pyenv",
    "rbenv",    "rebar3",    "rustup",     "rustup-init", "rustup-init.sh",
    "rvm",      "sdk",       "stack",      "volta",       "huggingface-cli",
    "ollama",   "rustup.sh", "aws",        "kubectl",     "nltk"};

// Packages whose programs work as root.
constexpr std::string_view kRootPackages[] = {"apache2",
                                              "autofs",
                                              "busybox-suid",
                                              "cifs-utils",
                                              "containerd",
                                              "cron",
                                              "cronie",
                                              "daemontools",
                                              "dcron",
                                              "dnsmasq",
                                              "docker",
                                              "docker-ce",
                                              "docker-ce-cli",
                                              "docker-cli",
                                              "docker.io",
                                              "fail2ban",
                                              "fuse",
                                              "fuse3",
                                              "gosu",
                                              "haproxy",
                                              "iptables",
                                              "keepalived",
                                              "kmod",
                                              "lvm2",
                                              "nfs-common",
                                              "nginx",
                                              "nginx-full",
                                              "nginx-light",
                                              "openrc",
                                              "openssh-server",
                                              "openvpn",
                                              "podman",
                                              "postfix",
                                              "rsyslog",
                                              "runit",
                                              "s3fs",
                                              "s6",
                                              "s6-overlay",
                                              "squid",
                                              "su-exec",
                                              "sudo",
                                              "supervisor",
                                              "systemd",
                                              "systemd-sysv",
                                              "tcpdump",
                                              "udev",
                                              "vsftpd",
                                              "wireguard-tools",
                                              "xrdp",
                                              "nginx-extras",
                                              "httpd",
                                              "lighttpd"};

bool Has(const ScriptCommand& command, std::string_view word) {
  return std::find(command.operands.begin(), command.operands.end(), word) !=
         command.operands.end();
}

std::string_view First(const ScriptCommand& command) {
  for (const std::string& word : command.operands) {
    if (!word.starts_with('-')) return word;
  }
  return "";
}

// Whether chmod's mode lets the owner alone run what it is for: `u+x`, 744.
bool IsForItsOwner(std::string_view mode) {
  if (mode.find_first_not_of("01234567") == mode.npos) {
    return mode.size() >= 3 && ((mode[mode.size() - 3] - '0') & 1) != 0 &&
           ((mode.back() - '0') & 1) == 0;
  }
  const size_t plus = mode.find_first_of("+=");
  const std::string_view who = mode.substr(0, std::min(plus, mode.size()));
  return !who.empty() && who.find_first_not_of("ug") == who.npos &&
         mode.find('x') != mode.npos;
}

// Whether chmod's mode keeps others from reading.
bool IsRestrictive(std::string_view mode) {
  if (mode.find_first_not_of("01234567") == mode.npos) {
    return !mode.empty() && ((mode.back() - '0') & 4) == 0;
  }
  for (const std::string_view part :
       {"o-r", "o=", "og-r", "go-r", "a-r", "o-rwx", "go=", "og="}) {
    if (mode.find(part) != mode.npos) return true;
  }
  return mode.starts_with("-r");
}

bool IsPackageManager(const ScriptCommand& command) {
  constexpr std::string_view kManagers[] = {
      "apt",      "apt-get", "aptitude", "apk",    "yum", "dnf",
      "microdnf", "tdnf",    "zypper",   "pacman", "pip", "pip3"};
  return IsOneOf(command.program, kManagers);
}

class Finder {
 public:
  Finder(const Facts& facts, uint32_t stage, uint32_t index)
      : facts_(facts), stage_(stage), index_(index) {}

  std::vector<RunNeed> Find() {
    const InstructionFacts& run = facts_.instructions()[index_];
    const Instruction view(facts_.document(), run.inner);
    if (view.is_json()) {
      const std::vector<std::string> words = view.Arguments();
      if (words.empty()) return {};
      Check({kNoNode,
             words[0],
             std::string(Basename(words[0])),
             {words.begin() + 1, words.end()}});
      return std::move(needs_);
    }
    if (run.script == kNoNode ||
        facts_.document().kind(run.script) != NodeKind::kScript) {
      Doubt("what the script does is not understood");
      return std::move(needs_);
    }
    CheckPipes(run.script);
    for (const ScriptCommand& command :
         CommandsOf(facts_.document(), run.script)) {
      Check(command);
    }
    return std::move(needs_);
  }

 private:
  void Obstacle(std::string reason) {
    needs_.push_back({std::move(reason), true});
  }
  void Doubt(std::string reason) {
    needs_.push_back({std::move(reason), false});
  }

  // `curl ... | sh`: an installer that is not seen.
  void CheckPipes(NodeId script) {
    const Document& document = facts_.document();
    const uint32_t end = document.node(script).end_node;
    for (uint32_t n = Index(script); n < end; ++n) {
      if (document.kind(NodeId{n}) != NodeKind::kPipeline) continue;
      const std::string_view text = document.Text(NodeId{n});
      const size_t bar = text.find('|');
      if (bar == text.npos) continue;
      const std::string_view rest = text.substr(bar);
      const bool to_shell = rest.find("sh") != rest.npos ||
                            rest.find("python") != rest.npos ||
                            rest.find("perl") != rest.npos;
      if (!to_shell || text.find("nodesource") != text.npos) continue;
      const bool downloads =
          text.find("http") != text.npos || text.find("curl") != text.npos;
      if (downloads) {
        Obstacle(
            "the script that it downloads may install into root's home "
            "directory");
      }
    }
  }

  void Check(const ScriptCommand& command) {
    const std::string& program = command.program;
    if (program.empty()) return CheckOperands(command);
    if (program == "rm" || program == "rmdir") return;
    if (CheckSpecial(command)) return;
    CheckOperands(command);
    const bool known = WorkOf({command}).work <= Work::kPackages ||
                       IsOneOf(program, kBuilders) ||
                       program.starts_with("python") ||
                       program.starts_with("pip");
    if (!known || IsOneOf(program, kAnything)) {
      Doubt("what `" + program + "` leaves behind is not known");
    }
  }

  // Programs with rules of their own. True if there is nothing more to say.
  bool CheckSpecial(const ScriptCommand& command) {
    const std::string& program = command.program;
    if (IsOneOf(program, kHomeInstallers) || InstallsIntoHome(command)) {
      Obstacle("`" + Shown(command) + "` writes to root's home directory");
      return true;
    }
    if (IsPackageManager(command)) return CheckPackages(command);
    if (program == "mkdir" || program == "install") {
      const std::string mode = ModeOption(command);
      if (!mode.empty() && IsRestrictive(mode)) {
        Obstacle("`" + program + " -m " + mode + "` keeps other users out");
        return true;
      }
    }
    if (RunsProjectTool(command)) {
      CheckOperands(command);
      Doubt("what `" + Shown(command) + "` leaves behind is not known");
      return true;
    }
    if (program == "umask") {
      Obstacle("`umask` decides who may read what it makes");
      return true;
    }
    if (program == "chmod") {
      const std::string mode(First(command));
      const bool flag =
          !command.operands.empty() && command.operands[0].starts_with("-r");
      if (flag || IsRestrictive(mode)) {
        Obstacle("`" + Shown(command) + "` keeps other users out");
        return true;
      }
      if (IsForItsOwner(mode)) {
        Obstacle("`" + Shown(command) + "` lets only its owner run it");
        return true;
      }
    }
    if (program == "openssl" || program == "ssh-keygen") {
      Obstacle("`" + program + "` makes keys that only root may read");
      return true;
    }
    if (program == "crontab" || program == "visudo" || program == "passwd" ||
        program == "chpasswd" || program == "systemctl" ||
        program == "service" || program == "sysctl") {
      Obstacle("`" + program + "` is for services that work as root");
      return true;
    }
    return IsPython(program) && CheckPython(command);
  }

  // `bundle exec rails ...` and the like, which may write anywhere.
  static bool RunsProjectTool(const ScriptCommand& command) {
    constexpr std::string_view kRunners[] = {"bundle", "bundler", "poetry",
                                             "pipenv", "composer"};
    constexpr std::string_view kVerbs[] = {"exec", "run", "run-script"};
    return IsOneOf(command.program, kRunners) &&
           IsOneOf(First(command), kVerbs);
  }

  // The argument of `-m` or `--mode`, or nothing.
  static std::string ModeOption(const ScriptCommand& command) {
    const auto& words = command.operands;
    for (size_t i = 0; i < words.size(); ++i) {
      if (words[i].starts_with("--mode=")) return words[i].substr(7);
      if (words[i].starts_with("-m") && words[i].size() > 2) {
        return words[i].substr(2);
      }
      const bool takes_next = words[i] == "-m" || words[i] == "--mode" ||
                              words[i] == "-dm" || words[i] == "-pm";
      if (takes_next && i + 1 < words.size()) return words[i + 1];
    }
    return "";
  }

  static bool IsPython(std::string_view program) {
    return program.starts_with("python");
  }

  static std::string Shown(const ScriptCommand& command) {
    const std::string_view first = First(command);
    return command.program + (first.empty() ? "" : " " + std::string(first));
  }

  // `python -m pip` and the like; everything else may do anything.
  bool CheckPython(const ScriptCommand& command) {
    constexpr std::string_view kModules[] = {
        "pip",        "venv",  "compileall", "ensurepip",
        "virtualenv", "spacy", "build"};
    if (command.operands.size() >= 2 && command.operands[0] == "-m" &&
        IsOneOf(command.operands[1], kModules)) {
      if (Has(command, "--user")) {
        Obstacle("`pip --user` writes to root's home directory");
      }
      return false;
    }
    if (Has(command, "--version") || Has(command, "setup.py") ||
        Has(command, "-V")) {
      return false;
    }
    CheckOperands(command);
    Doubt("what `" + Shown(command) + "` leaves behind is not known");
    return true;
  }

  bool CheckPackages(const ScriptCommand& command) {
    if (Has(command, "--user")) {
      Obstacle("`" + Shown(command) +
               " --user` writes to root's home "
               "directory");
      return true;
    }
    const bool installs = Has(command, "install") || Has(command, "add") ||
                          Has(command, "-S") || Has(command, "-Sy");
    if (!installs) return false;
    for (const std::string& word : command.operands) {
      const std::string name = word.substr(0, word.find_first_of("=<>~@"));
      if (!IsOneOf(name, kRootPackages)) continue;
      Obstacle("it installs `" + name + "`, which works as root");
      return true;
    }
    return false;
  }

  // Whether the project's own tools put their results into the home directory.
  bool InstallsIntoHome(const ScriptCommand& command) const {
    const std::string& program = command.program;
    const std::string_view verb = First(command);
    if (program == "poetry" || program == "pipenv") {
      if (verb != "install" && verb != "sync") return false;
      return !Has(command, "--system") && !KeepsVenvInProject();
    }
    if (program == "cargo" && verb == "install") {
      const BaseImage* image = BaseImageOf(facts_, stage_);
      return (image == nullptr || image->name != "rust") &&
             !Has(command, "--root");
    }
    if (program == "uv") {
      return verb == "tool" || verb == "python" || BringsPython(verb);
    }
    if (program == "uvx" || program == "pnpx" || program == "bunx") return true;
    if (program == "npx") {
      return Has(command, "playwright") || Has(command, "puppeteer");
    }
    if (program == "npm" || program == "yarn" || program == "pnpm") {
      const bool everywhere =
          verb == "dlx" || Has(command, "-g") || Has(command, "--global");
      return verb == "config" || verb == "login" || verb == "set" ||
             (program == "pnpm" && everywhere);
    }
    if (program == "dotnet") return verb == "tool" || verb == "dev-certs";
    if (program == "composer") return verb == "global" || verb == "config";
    if (program == "corepack") return verb != "enable";
    if (program == "gem") return Has(command, "--user-install");
    if (IsPython(program)) {
      return Has(command, "playwright") || Has(command, "nltk.downloader");
    }
    return false;
  }

  // Whether uv brings a Python of its own, which goes to the home directory.
  bool BringsPython(std::string_view verb) const {
    constexpr std::string_view kVerbs[] = {"sync", "venv", "run"};
    const BaseImage* image = BaseImageOf(facts_, stage_);
    const bool has_python =
        image != nullptr &&
        (image->name == "python" ||
         std::any_of(image->tags.begin(), image->tags.end(),
                     [](std::string_view tag) {
                       return tag.find("python") != tag.npos;
                     }));
    return IsOneOf(verb, kVerbs) && !has_python &&
           !VariableAt(facts_, index_, "UV_PYTHON_INSTALL_DIR");
  }

  // Whether poetry and pipenv are told to keep away from the home directory.
  bool KeepsVenvInProject() const {
    for (const uint32_t i : StageChain(facts_, stage_)) {
      if (i > index_) break;
      const std::string_view text =
          facts_.document().Text(facts_.instructions()[i].node);
      for (const std::string_view told :
           {"virtualenvs.create false", "VIRTUALENVS_CREATE=false",
            "VIRTUALENVS_CREATE=0", "VIRTUALENVS_CREATE false",
            "virtualenvs.in-project true", "VIRTUALENVS_IN_PROJECT",
            "PIPENV_VENV_IN_PROJECT", "virtualenvs.path", "VIRTUALENVS_PATH"}) {
        if (text.find(told) != text.npos) return true;
      }
    }
    return false;
  }

  void CheckOperands(const ScriptCommand& command) {
    for (const std::string& operand : command.operands) {
      if (NamesRootHome(operand)) {
        return Obstacle("`" + operand +
                        "` is in root's home directory, where "
                        "no other user may look");
      }
      if (operand.find("sudoers") != operand.npos ||
          operand.find("/etc/cron") != operand.npos ||
          operand.find("/etc/init.d") != operand.npos ||
          operand.find("/etc/systemd") != operand.npos) {
        return Obstacle("`" + operand + "` is for services that work as root");
      }
    }
  }

  const Facts& facts_;
  const uint32_t stage_;
  const uint32_t index_;
  std::vector<RunNeed> needs_;
};

}  // namespace

std::vector<RunNeed> FindRunNeeds(const Facts& facts, uint32_t stage,
                                  uint32_t index) {
  return Finder(facts, stage, index).Find();
}

}  // namespace dfix
