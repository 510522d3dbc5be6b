#include "src/facts/source_use.h"

#include <algorithm>
#include <cctype>

#include "src/context/paths.h"
#include "src/dockerfile/instructions.h"
#include "src/facts/install_reads.h"
#include "src/shell/views.h"
#include "src/shell/words.h"
#include "src/text/backticks.h"
#include "src/text/one_of.h"
#include "src/text/search.h"

namespace dfix {
namespace {

// Programs that read no file but those that they are told: users, settings of
// the system, output.
constexpr std::string_view kTold[] = {":",
                                      "a2dismod",
                                      "a2enmod",
                                      "a2ensite",
                                      "add-apt-repository",
                                      "addgroup",
                                      "adduser",
                                      "apt-key",
                                      "apt-mark",
                                      "chpasswd",
                                      "curl",
                                      "date",
                                      "debconf-set-selections",
                                      "docker-php-ext-configure",
                                      "docker-php-ext-enable",
                                      "docker-php-ext-install",
                                      "dpkg-reconfigure",
                                      "echo",
                                      "export",
                                      "false",
                                      "getent",
                                      "gpg",
                                      "groupadd",
                                      "groupmod",
                                      "id",
                                      "install-php-extensions",
                                      "ldconfig",
                                      "locale-gen",
                                      "nproc",
                                      "pecl",
                                      "printf",
                                      "set",
                                      "setcap",
                                      "sleep",
                                      "ssh-keyscan",
                                      "true",
                                      "uname",
                                      "update-alternatives",
                                      "update-ca-certificates",
                                      "useradd",
                                      "usermod",
                                      "wget",
                                      "which"};

// Programs whose operands are all files, of which they read or alter no others.
constexpr std::string_view kFiles[] = {
    "cat",  "chgrp",  "chmod", "chown",      "cp",  "dpkg", "find",
    "grep", "gunzip", "head",  "install",    "ln",  "ls",   "mkdir",
    "mv",   "rm",     "rmdir", "rpm",        "sed", "tail", "tar",
    "tee",  "touch",  "unzip", "virtualenv", "xz"};

// Package managers that clean nothing but caches of their own.
constexpr std::string_view kOwnCaches[] = {
    "composer", "conda", "mamba",  "micromamba", "npm", "pip",
    "pipenv",   "pnpm",  "poetry", "uv",         "yarn"};

// Package managers of systems, whose operands are names.
constexpr std::string_view kSystemManagers[] = {
    "apk",      "apt",    "apt-get", "aptitude", "dnf",
    "microdnf", "pacman", "tdnf",    "yum",      "zypper"};

// `.build-deps` is a name that people give to `apk add --virtual`.
bool LooksLikePath(std::string_view word) {
  return word.find('/') != std::string_view::npos || word == "." ||
         word == "..";
}

// Whether `program config` with these operands alters a file outside of the
// project.
template <typename Has>
bool SetsOwnFile(std::string_view program, Has has, std::string_view verb) {
  if (program == "git") return has("--global") || has("--system");
  if (program == "poetry") return !has("--local");
  if (program == "npm" || program == "pnpm" || program == "pip") {
    return verb == "set" && !has("--location=project");
  }
  return false;
}

// Whether the command makes files in the directory that it runs in, whose names
// are not among its operands.
bool WritesHere(const ScriptCommand& command) {
  const auto has_letter = [&](char letter, std::string_view longer) {
    return std::any_of(
        command.operands.begin(), command.operands.end(),
        [&](const std::string& word) {
          const bool is_short =
              word.size() > 1 && word[0] == '-' && word[1] != '-';
          return (is_short && word.find(letter) != std::string::npos) ||
                 word.starts_with(longer);
        });
  };
  const std::string& program = command.program;
  if (program == "curl") {
    return has_letter('O', "--remote-name") || has_letter('J', "--remote-h");
  }
  if (program == "wget") {
    return !has_letter('O', "--output-document") &&
           !has_letter('P', "--directory-prefix");
  }
  if (program == "tar") return !has_letter('C', "--directory");
  if (program == "unzip") return !has_letter('d', "--d");
  return program == "git" && !command.operands.empty() &&
         command.operands[0] == "clone" &&
         !command.operands.back().starts_with('/');
}

// Nodes whose meaning for files is not followed here.
bool HasUnfollowed(const Document& document, NodeId root) {
  const uint32_t end = document.node(root).end_node;
  for (uint32_t i = Index(root); i < end; ++i) {
    const NodeKind kind = document.kind(NodeId{i});
    if (kind == NodeKind::kConditional || kind == NodeKind::kFunction ||
        kind == NodeKind::kOpaque || kind == NodeKind::kCoprocess ||
        kind == NodeKind::kProcessSubstitution) {
      return true;
    }
    const bool other_redirection =
        kind == NodeKind::kRedirection &&
        document.kind(document.Parent(NodeId{i})) != NodeKind::kSimpleCommand;
    if (other_redirection) return true;
  }
  return false;
}

}  // namespace

SourceUse::SourceUse(const Facts& facts, const ImageFiles& image,
                     std::vector<uint32_t> source)
    : facts_(facts), image_(image), source_(std::move(source)) {
  for (const uint32_t copy : source_) {
    const auto parts = image.PartsOf(copy);
    parts_.insert(parts_.end(), parts.begin(), parts.end());
    const Instruction view(facts.document(), facts.instructions()[copy].node);
    sets_owner_ |= view.FindFlag("--chown") || view.FindFlag("--chmod");
  }
}

// Whether `path` is something that is copied, holds or may hold that, or is a
// new entry in a folder that might get another owner by it.
bool SourceUse::Touches(std::string_view path) const {
  return std::any_of(parts_.begin(), parts_.end(), [&](const CopiedPart& part) {
    if (PathBelow(part.target, path)) return true;
    if (!part.is_folder || !PathBelow(path, part.target)) return false;
    return sets_owner_ || image_.MayBring(part, path);
  });
}

// Whether a COPY brings a folder that `folder` is or lies in.
bool SourceUse::InCopiedFolder(std::string_view folder) const {
  return std::any_of(parts_.begin(), parts_.end(), [&](const CopiedPart& part) {
    return part.is_folder && PathBelow(folder, part.target);
  });
}

// Whether there is something at `path` that is copied.
bool SourceUse::TouchesFile(std::string_view path) const {
  return image_.has_context() && image_.FindAmong(parts_, path).has_value();
}

bool SourceUse::IsNamedIn(std::string_view text) const {
  for (size_t at = text.find('$'); at != std::string_view::npos;
       at = text.find('$', at + 1)) {
    const std::string_view rest = text.substr(at);
    if (!rest.starts_with("$PATH") && !rest.starts_with("${PATH}")) return true;
  }
  return std::any_of(parts_.begin(), parts_.end(), [&](const CopiedPart& part) {
    return HasText(text, part.target);
  });
}

bool SourceUse::MeetsPackages() const {
  return std::any_of(parts_.begin(), parts_.end(), [](const CopiedPart& part) {
    const bool is_own = PathBelow(part.target, "/usr/src") ||
                        PathBelow(part.target, "/usr/app");
    return part.target == "/" || part.target == "/opt" ||
           PathBelow(part.target, "/var") ||
           (PathBelow(part.target, "/usr") && !is_own);
  });
}

std::string SourceUse::NeedOf(uint32_t index) const {
  const InstructionFacts& instruction = facts_.instructions()[index];
  if (instruction.onbuild) return "";
  switch (instruction.kind) {
    case InstructionKind::kCopy:
    case InstructionKind::kAdd:
      return NeedOfCopy(index);
    case InstructionKind::kWorkdir:
      return NeedOfWorkdir(index);
    case InstructionKind::kEnv:
    case InstructionKind::kArg:
      return NeedOfVariables();
    case InstructionKind::kRun: {
      const Instruction run(facts_.document(), instruction.node);
      if (instruction.script == kNoNode || run.is_json()) {
        return "what it runs is not a script that is understood";
      }
      if (!run.Heredocs().empty()) return "a heredoc is not followed";
      if (run.FindFlag("--mount")) return "it has a mount";
      return NeedOfCommands(instruction.script,
                            WorkdirAt(facts_, index).value_or("/"));
    }
    case InstructionKind::kVolume:
      return "a volume may hold the source";
    default:
      return "";
  }
}

// A later COPY wins where both have a file.
std::string SourceUse::NeedOfCopy(uint32_t index) const {
  const auto step = CopyStepAt(facts_, index);
  if (!step || !step->problem.empty()) {
    return "it is not known what it copies";
  }
  std::vector<std::string> targets;
  if (step->from_context && image_.has_context()) {
    const auto parts = image_.PartsOf(index);
    if (parts.empty()) return "it is not known what it copies";
    for (const CopiedPart& part : parts) targets.push_back(part.target);
  } else {
    targets.push_back(step->destination);
    // What another stage brings into the folder is not looked into.
    if (InCopiedFolder(step->destination)) {
      return "it may bring files of the same names";
    }
  }
  // ADD unpacks an archive, whatever its name is.
  const bool may_unpack =
      facts_.instructions()[index].kind == InstructionKind::kAdd;
  if (may_unpack) targets.push_back(step->destination);
  for (const std::string& target : targets) {
    if (!Touches(target)) continue;
    const bool is_around =
        std::any_of(parts_.begin(), parts_.end(), [&](const CopiedPart& part) {
          return PathBelow(part.target, target).has_value();
        });
    if (is_around || !image_.has_context() || TouchesFile(target)) {
      return "it may bring files of the same names";
    }
  }
  return "";
}

std::string SourceUse::NeedOfWorkdir(uint32_t index) const {
  const auto workdir = WorkdirAt(facts_, index + 1);
  if (!workdir) return "its directory is not known";
  for (const uint32_t copy : source_) {
    const Instruction view(facts_.document(), facts_.instructions()[copy].node);
    const auto arguments = view.Arguments();
    if (arguments.empty() ||
        (!arguments.back().starts_with('/') &&
         (view.is_json() || arguments.back().find('$') != std::string::npos))) {
      return "the COPY above is relative to the directory before";
    }
  }
  const bool same_owner =
      !sets_owner_ && UserAt(facts_, index).value_or("root") == "root";
  if (!same_owner && Touches(CleanPath(*workdir))) {
    return "it would make the directory with another owner";
  }
  return "";
}

std::string SourceUse::NeedOfVariables() const {
  for (const uint32_t copy : source_) {
    const std::string_view text =
        facts_.document().Text(facts_.instructions()[copy].node);
    if (text.find('$') != std::string_view::npos) {
      return "the COPY above reads variables";
    }
  }
  return "";
}

std::string SourceUse::NeedOfCommands(NodeId root,
                                      const std::string& folder) const {
  const Document& document = facts_.document();
  if (document.kind(root) == NodeKind::kOpaque ||
      HasUnfollowed(document, root)) {
    return "a part of its script is not followed";
  }
  const std::vector<ScriptCommand> commands = CommandsOf(document, root);
  // Every folder that the shell may be in.
  std::set<std::string> folders = {CleanPath(folder)};
  for (const ScriptCommand& command : commands) {
    if (command.program != "cd") continue;
    if (command.operands.size() != 1 ||
        command.operands[0].find_first_of("$`*?~-") != std::string::npos) {
      return "`cd` goes to a directory that is not known";
    }
    const std::set<std::string> before = folders;
    for (const std::string& from : before) {
      const std::string to = JoinPath(from, command.operands[0]);
      if (to != CleanPath(folder) && Touches(to)) {
        return "`cd` goes to a directory of the source";
      }
      folders.insert(to);
    }
    if (folders.size() > 16) return "`cd` goes to too many directories";
  }
  for (const ScriptCommand& command : commands) {
    const std::string need = NeedOfCommand(command, folders);
    if (!need.empty()) return need;
  }
  return "";
}

std::string SourceUse::NeedOfOperand(
    std::string_view operand, bool is_file,
    const std::set<std::string>& folders) const {
  // The value of `--option=value` or `name=value`.
  const size_t equals = operand.find('=');
  const bool has_value =
      equals != std::string_view::npos &&
      std::all_of(operand.begin(), operand.begin() + equals, [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) || c == '-' ||
               c == '_';
      });
  if (operand.starts_with('-') && !has_value) return "";
  if (has_value) operand.remove_prefix(equals + 1);
  if (operand.empty() || operand.find("://") != std::string_view::npos) {
    return "";
  }
  const bool plain = operand.find_first_of("$`*?[{~") == std::string_view::npos;
  const std::string_view known =
      operand.substr(0, operand.find_first_of("$`*?[{~"));
  if (!plain && (is_file || known.empty())) {
    const bool elsewhere = known.starts_with('/') && known.size() > 1 &&
                           !Touches(ParentPath(known)) &&
                           !Touches(CleanPath(known));
    if (!elsewhere && is_file) {
      return InBackticks(operand) + " may be a file of the source";
    }
    return "";
  }
  for (const std::string& folder : folders) {
    const std::string path = JoinPath(folder, plain ? operand : known);
    const bool touches =
        is_file || LooksLikePath(operand) ? Touches(path) : TouchesFile(path);
    if (touches) return InBackticks(operand) + " may be a file of the source";
  }
  return "";
}

// Whether it is a call of a package manager that reads nothing of the project,
// wherever it runs.
bool SourceUse::IsHarmlessManager(const ScriptCommand& command,
                                  const std::string& folder) const {
  const PackageCommand* call = facts_.PackageCommandAt(command.node);
  if (call == nullptr) return false;
  const std::string_view name = call->manager->name;
  if (IsOneOf(name, kSystemManagers)) return true;
  const auto has = [&](std::string_view word) {
    return IsOneOf(word, std::vector<std::string_view>(command.operands.begin(),
                                                       command.operands.end()));
  };
  if (call->verb == PackageVerb::kClean && IsOneOf(name, kOwnCaches)) {
    return true;
  }
  if (name == "pip" && call->verb == PackageVerb::kRemove) {
    return !has("-r") && !has("--requirement");
  }
  if (call->manager->family == "conda") {
    return call->verb == PackageVerb::kInstall && !has("--file") &&
           !has("-f") && !ReadsOfInstall(facts_, *call, folder, image_);
  }
  if (name == "pip" || name == "uv") {
    return call->verb == PackageVerb::kInstall &&
           !ReadsOfInstall(facts_, *call, folder, image_) &&
           (name == "pip" || has("pip") || has("tool"));
  }
  if (name == "mix") return has("local.hex") || has("local.rebar");
  const bool project_settings =
      !image_.has_context() ||
      image_.Find(JoinPath(folder, ".npmrc")).has_value() ||
      image_.Find(JoinPath(folder, ".yarnrc")).has_value() ||
      image_.Find(JoinPath(folder, ".yarnrc.yml")).has_value();
  if (name == "npm") {
    return (has("-g") || has("--global")) && !has(".") &&
           call->verb == PackageVerb::kInstall;
  }
  if (name == "yarn") return has("global") && !project_settings;
  if (name == "pnpm") return has("-g") && !project_settings;
  if (name == "gem" || name == "pipx") {
    return call->verb == PackageVerb::kInstall;
  }
  return false;
}

// What a command that is known to read nothing but its operands does with them.
// Absent if it may read more.
std::optional<SourceUse::Operands> SourceUse::OperandsOf(
    const ScriptCommand& command, const std::set<std::string>& folders) const {
  const std::string& program = command.program;
  const auto& operands = command.operands;
  const auto operand = [&](size_t i) {
    return i < operands.size() ? operands[i] : std::string();
  };
  const auto has = [&](std::string_view word) {
    return std::find(operands.begin(), operands.end(), word) != operands.end();
  };
  if (program == "cd" || program.empty()) return Operands::kNone;
  // `[ -f yarn.lock ]`
  if (program == "[" || program == "test") {
    const bool about_files = std::any_of(
        operands.begin(), operands.end(), [](const std::string& word) {
          return word.size() == 2 && word[0] == '-' && word != "-n" &&
                 word != "-z";
        });
    return about_files ? Operands::kFiles : Operands::kWords;
  }
  if (IsOneOf(program, kTold)) return Operands::kWords;
  // Without an operand these are about the directory that they run in.
  const bool here = program == "ls" || program == "find";
  if (here && operand(0).empty()) return std::nullopt;
  if (IsOneOf(program, kFiles)) return Operands::kFiles;
  const bool makes_venv = program.starts_with("python") && operand(0) == "-m" &&
                          operand(1) == "venv";
  if (makes_venv) return Operands::kFiles;
  if (program == "git" && operand(0) == "clone") return Operands::kWords;
  // Without a name, `prepare` looks for one in the project.
  if (program == "corepack" &&
      (operand(0) == "enable" ||
       (operand(0) == "prepare" && operand(1).find('@') != operand(1).npos))) {
    return Operands::kWords;
  }
  if (operands.size() == 1 && operand(0) == "--version") return Operands::kNone;
  if (operand(0) == "config" && SetsOwnFile(program, has, operand(1))) {
    return Operands::kWords;
  }
  if (program == "bundle" && operand(0) == "config") {
    for (const std::string& folder : folders) {
      if (Touches(JoinPath(folder, ".bundle"))) return std::nullopt;
    }
    return Operands::kNone;
  }
  for (const std::string& folder : folders) {
    if (IsHarmlessManager(command, folder)) return Operands::kWords;
  }
  return std::nullopt;
}

std::string SourceUse::NeedOfRedirections(
    NodeId command, const std::set<std::string>& folders) const {
  const Document& document = facts_.document();
  const SimpleCommand simple{&document, command};
  for (const NodeId id : simple.redirections()) {
    const Redirection redirection{&document, id};
    if (redirection.target() == kNoNode || redirection.heredoc() != kNoNode) {
      continue;
    }
    const std::string file =
        ConstantValue(document, redirection.target()).value_or("$");
    const bool is_descriptor =
        std::all_of(file.begin(), file.end(), [](char c) {
          return std::isdigit(static_cast<unsigned char>(c)) || c == '-';
        });
    if (is_descriptor) continue;
    const std::string need = NeedOfOperand(file, true, folders);
    if (!need.empty()) return need;
  }
  return "";
}

std::string SourceUse::NeedOfCommand(
    const ScriptCommand& command, const std::set<std::string>& folders) const {
  const std::string may_need =
      InBackticks(command.program) + " may need the source";
  if (command.name.find_first_of("$`") != std::string::npos) return may_need;
  const bool is_path = command.name.find('/') != std::string::npos;
  for (const std::string& folder : folders) {
    if (is_path && Touches(JoinPath(folder, command.name))) return may_need;
  }
  const auto use = OperandsOf(command, folders);
  if (!use) return may_need;
  for (const std::string& folder : folders) {
    if (WritesHere(command) && InCopiedFolder(folder)) {
      return InBackticks(command.program) +
             " may bring files of the same names";
    }
  }
  const std::string redirected = NeedOfRedirections(command.node, folders);
  if (!redirected.empty()) return redirected;
  if (*use == Operands::kNone) return "";
  for (const std::string& operand : command.operands) {
    const std::string need =
        NeedOfOperand(operand, *use == Operands::kFiles, folders);
    if (!need.empty()) return need;
  }
  return "";
}

}  // namespace dfix
