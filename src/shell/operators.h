// The aux values of the shell's operator and reserved-word tokens.
#ifndef DFIX_SHELL_OPERATORS_H_
#define DFIX_SHELL_OPERATORS_H_

#include <cstdint>

#include "src/syntax/document.h"

namespace dfix {

// The aux of Operator and RedirectOperator tokens (POSIX XCU 2.10.2 and bash).
enum class ShellOperator : uint16_t {
  kNone,
  // Operator tokens.
  kAnd,           // &&
  kOr,            // ||
  kPipe,          // |
  kPipeBoth,      // |& (bash)
  kSemicolon,     // ;
  kBackground,    // &
  kOpenParen,     // (
  kCloseParen,    // )
  kEndCase,       // ;;
  kFallThrough,   // ;& (bash)
  kContinueCase,  // ;;& (bash)
  kNot,           // ! in [[ ]]
  kLess,          // < in [[ ]]
  kGreater,       // > in [[ ]]
  // RedirectOperator tokens.
  kRead,             // <
  kWrite,            // >
  kAppend,           // >>
  kClobber,          // >|
  kReadWrite,        // <>
  kDuplicateInput,   // <&
  kDuplicateOutput,  // >&
  kHeredoc,          // <<
  kHeredocDash,      // <<-
  kHereString,       // <<< (bash)
  kWriteBoth,        // &> (bash)
  kAppendBoth,       // &>> (bash)
};

// The aux of ReservedWord tokens.
enum class ShellReservedWord : uint16_t {
  kNone,
  kIf,
  kThen,
  kElse,
  kElif,
  kFi,
  kDo,
  kDone,
  kCase,
  kEsac,
  kWhile,
  kUntil,
  kFor,
  kIn,
  kOpenBrace,
  kCloseBrace,
  kNot,
  kOpenConditional,   // [[ (bash)
  kCloseConditional,  // ]] (bash)
  kFunction,          // (bash)
  kSelect,            // (bash)
  kTime,              // (bash)
  kCoproc,            // (bash)
};

// What an Operator or RedirectOperator token is.
inline ShellOperator OperatorOf(const Token& token) {
  return static_cast<ShellOperator>(token.aux);
}

// What a ReservedWord token is.
inline ShellReservedWord ReservedWordOf(const Token& token) {
  return static_cast<ShellReservedWord>(token.aux);
}

}  // namespace dfix

#endif  // DFIX_SHELL_OPERATORS_H_
