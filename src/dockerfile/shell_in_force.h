// Which shell runs the scripts at some place of a Dockerfile: SHELL, the base
// image's system, and `# hadolint shell=` tell.
//
// The rule when in doubt is kNone, which leaves a script unread; but a base
// image of which nothing is known is taken for Linux, with /bin/sh, unless the
// file's escape character is a backtick.
#ifndef DFIX_DOCKERFILE_SHELL_IN_FORCE_H_
#define DFIX_DOCKERFILE_SHELL_IN_FORCE_H_

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "src/syntax/kinds.h"

namespace dfix {

// The language that a script is in when `shell` (SHELL's strings) runs it.
// kNone, too, for a shell that does not take the script as its `-c` argument.
ShellDialect DialectOfShell(std::span<const std::string> shell);

// Whether `image`, a reference with its variables replaced, is for Windows by
// its name. `platform` is the value of FROM's flag, or empty.
bool IsWindowsImage(std::string_view image, std::string_view platform);

// Follows a file from its first instruction to its last one.
class ShellInForce {
 public:
  explicit ShellInForce(char escape = '\\') : escape_(escape) {}

  ShellDialect dialect() const { return dialect_; }

  // ARG's words. Those before the first FROM are used in FROM.
  void OnArg(std::string_view word);
  // FROM with the words and the `--platform` as they are written; `stage` is
  // empty if it has no name.
  void OnFrom(std::string_view image, std::string_view platform,
              std::string_view stage);
  // SHELL's strings.
  void OnShell(std::span<const std::string> shell);
  // WORKDIR's path: with a drive letter, the stage is for Windows.
  void OnWorkdir(std::string_view path);
  // A comment between instructions, from `#` on.
  void OnComment(std::string_view comment);

 private:
  struct Stage {
    std::string name;
    ShellDialect dialect;
  };
  struct Argument {
    std::string name;
    std::string value;
  };

  std::string Expand(std::string_view word) const;
  ShellDialect DefaultFor(std::string_view image,
                          std::string_view platform) const;
  void SetDialect(ShellDialect dialect);

  char escape_;
  ShellDialect dialect_ = ShellDialect::kPosix;
  bool seen_from_ = false;
  // Set by a comment before the first FROM.
  std::optional<ShellDialect> file_default_;
  std::vector<Stage> stages_;
  std::vector<Argument> arguments_;
};

}  // namespace dfix

#endif  // DFIX_DOCKERFILE_SHELL_IN_FORCE_H_
