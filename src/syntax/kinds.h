// What tokens and nodes there are. See kinds.def.
#ifndef DFIX_SYNTAX_KINDS_H_
#define DFIX_SYNTAX_KINDS_H_

#include <cstdint>
#include <string_view>

namespace dfix {

enum class TokenKind : uint8_t {
#define TOKEN(name) k##name,
#include "src/syntax/kinds.def"
};

enum class NodeKind : uint8_t {
#define NODE(name) k##name,
#include "src/syntax/kinds.def"
};

// The name of a kind as kinds.def spells it, for dumps.
std::string_view Name(TokenKind kind);
std::string_view Name(NodeKind kind);

// Whether Docker and the shell skip tokens of this kind.
inline bool IsTrivia(TokenKind kind) {
  return kind <= TokenKind::kContinuationNewline ||
         kind == TokenKind::kShellComment;
}

// An instruction by its keyword, in any case.
enum class InstructionKind : uint8_t {
  kUnknown,
  kAdd,
  kArg,
  kCmd,
  kCopy,
  kEntrypoint,
  kEnv,
  kExpose,
  kFrom,
  kHealthcheck,
  kLabel,
  kMaintainer,
  kOnbuild,
  kRun,
  kShell,
  kStopsignal,
  kUser,
  kVolume,
  kWorkdir,
};

// The language that a script was parsed in.
enum class ShellDialect : uint8_t {
  kPosix,  // /bin/sh: what dash takes, else what bash takes.
  kBash,
  kNone,  // powershell, cmd, python, ...: always opaque.
};

}  // namespace dfix

#endif  // DFIX_SYNTAX_KINDS_H_
