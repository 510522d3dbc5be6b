#include "src/dockerfile/shell_in_force.h"

#include <algorithm>
#include <optional>

#include "src/dockerfile/characters.h"
#include "src/dockerfile/variable_lexer.h"
#include "src/text/search.h"

namespace dfix {
namespace {

bool HasAny(std::string_view text, std::span<const std::string_view> parts) {
  return std::any_of(parts.begin(), parts.end(), [&](std::string_view part) {
    return HasText(text, part);
  });
}

// The name of a program, in lower case, without directories and `.exe`.
std::string ProgramName(std::string_view path) {
  const size_t slash = path.find_last_of("/\\");
  if (slash != std::string_view::npos) path.remove_prefix(slash + 1);
  std::string name = AsciiLower(path);
  if (name.ends_with(".exe")) name.resize(name.size() - 4);
  return name;
}

// Skips `env`, `busybox` and `conda run` to the program that they start.
std::span<const std::string> SkipWrappers(std::span<const std::string> shell) {
  while (!shell.empty()) {
    const std::string name = ProgramName(shell[0]);
    if (name == "env" || name == "busybox") {
      shell = shell.subspan(1);
      while (name == "env" && !shell.empty() &&
             (shell[0] == "-i" || shell[0] == "-S" || shell[0] == "--" ||
              HasText(shell[0], "="))) {
        shell = shell.subspan(1);
      }
    } else if (name == "conda" || name == "mamba" || name == "micromamba") {
      const auto program =
          std::find_if(shell.begin() + 1, shell.end(), [](const auto& word) {
            const std::string program_name = ProgramName(word);
            return program_name == "bash" || program_name == "sh";
          });
      return {program, shell.end()};
    } else {
      return shell;
    }
  }
  return shell;
}

// Whether the options of a POSIX shell make the word after them its script.
bool TakesScript(std::span<const std::string> options) {
  bool has_c = false;
  for (size_t i = 0; i < options.size(); ++i) {
    const std::string_view option = options[i];
    if (option == "--login" || option == "--norc" || option == "--noprofile" ||
        option == "--posix") {
      continue;
    }
    if (option == "--rcfile" || option == "--init-file") {
      ++i;
      continue;
    }
    if (option.size() < 2 || option.starts_with("--") ||
        (option[0] != '-' && option[0] != '+')) {
      return false;
    }
    if (option[0] == '-' && HasText(option, "c")) has_c = true;
    const auto names = std::count_if(option.begin(), option.end(), [](char c) {
      return c == 'o' || c == 'O';
    });
    i += static_cast<size_t>(names);
    if (i >= options.size()) return false;
  }
  return has_c;
}

// The dialect of a shell that a linter's comment names.
ShellDialect DialectOfName(std::string_view name) {
  const std::string program = ProgramName(name);
  if (program == "bash") return ShellDialect::kBash;
  if (program == "sh" || program == "dash" || program == "ash") {
    return ShellDialect::kPosix;
  }
  return ShellDialect::kNone;
}

// Whether an image is for Linux by its name.
bool IsLinuxImage(std::string_view image, std::string_view platform) {
  constexpr std::string_view kSigns[] = {
      "alpine",   "debian", "ubuntu",   "centos", "fedora",
      "bookworm", "jammy",  "bullseye", "buster", "focal",
      "slim",     "linux",  "noble",    "trixie", "distroless"};
  return platform.starts_with("linux") || HasAny(AsciiLower(image), kSigns);
}

}  // namespace

ShellDialect DialectOfShell(std::span<const std::string> shell) {
  shell = SkipWrappers(shell);
  if (shell.empty() || !TakesScript(shell.subspan(1))) {
    return ShellDialect::kNone;
  }
  return DialectOfName(shell[0]);
}

bool IsWindowsImage(std::string_view image, std::string_view platform) {
  if (AsciiLower(platform).starts_with("windows")) return true;
  const std::string name = AsciiLower(image);
  // These are cross compilers that run on Linux.
  if (name.starts_with("dockcross/")) return false;
  constexpr std::string_view kSigns[] = {
      "windows",          "servercore",
      "nanoserver",       "ltsc20",
      "dotnet/framework", "microsoft/iis",
      "microsoft/aspnet", "microsoft/dotnet-framework",
      "microsoft/wcf",    "mcr.microsoft.com/iis",
      "chocolatey"};
  return HasAny(name, kSigns) || name.starts_with("winamd64/");
}

void ShellInForce::SetDialect(ShellDialect dialect) {
  dialect_ = dialect;
  if (!stages_.empty()) stages_.back().dialect = dialect;
}

std::string ShellInForce::Expand(std::string_view word) const {
  if (word.find_first_of("$\"'\\`") == std::string_view::npos) {
    return std::string(word);
  }
  const auto lookup = [this](std::string_view name) -> VariableValue {
    const auto found =
        std::find_if(arguments_.rbegin(), arguments_.rend(),
                     [&](const Argument& a) { return a.name == name; });
    if (found == arguments_.rend()) return {};
    return {VariableValue::State::kSet, found->value};
  };
  return ExpandVariables(word, lookup, escape_).value_or(std::string(word));
}

void ShellInForce::OnArg(std::string_view word) {
  if (seen_from_) return;
  const size_t equals = word.find('=');
  if (equals == std::string_view::npos) return;
  arguments_.push_back(
      {std::string(word.substr(0, equals)), Expand(word.substr(equals + 1))});
}

ShellDialect ShellInForce::DefaultFor(std::string_view image,
                                      std::string_view platform) const {
  const bool windows =
      IsWindowsImage(image, platform) && !platform.starts_with("linux");
  const bool unknown = escape_ == '`' && !IsLinuxImage(image, platform);
  return windows || unknown ? ShellDialect::kNone : ShellDialect::kPosix;
}

void ShellInForce::OnFrom(std::string_view image, std::string_view platform,
                          std::string_view stage) {
  seen_from_ = true;
  const std::string base = Expand(image);
  const std::string name = AsciiLower(base);
  const auto parent =
      std::find_if(stages_.rbegin(), stages_.rend(),
                   [&](const Stage& s) { return s.name == name; });
  if (parent != stages_.rend()) {
    dialect_ = parent->dialect;
  } else if (file_default_) {
    dialect_ = *file_default_;
  } else {
    dialect_ = DefaultFor(base, Expand(platform));
  }
  stages_.push_back({AsciiLower(stage), dialect_});
}

void ShellInForce::OnShell(std::span<const std::string> shell) {
  SetDialect(DialectOfShell(shell));
}

void ShellInForce::OnWorkdir(std::string_view path) {
  const bool has_drive = path.size() >= 2 && path[1] == ':' &&
                         ((path[0] | 0x20) >= 'a' && (path[0] | 0x20) <= 'z');
  if (has_drive && dialect_ == ShellDialect::kPosix) {
    SetDialect(ShellDialect::kNone);
  }
}

void ShellInForce::OnComment(std::string_view comment) {
  constexpr std::string_view kTool = "hadolint";
  constexpr std::string_view kOption = "shell=";
  comment = Trim(comment.substr(1));
  if (!comment.starts_with(kTool)) return;
  comment = Trim(comment.substr(kTool.size()));
  if (!comment.starts_with(kOption)) return;
  comment.remove_prefix(kOption.size());
  const ShellDialect dialect =
      DialectOfName(comment.substr(0, comment.find_first_of(" \t,")));
  if (!seen_from_) file_default_ = dialect;
  SetDialect(dialect);
}

}  // namespace dfix
