// Parses shell scripts: POSIX sh (XCU 2) and the bash that people use.
//
// A script that is not understood becomes one Opaque node, with an error that
// is not fatal: its bytes stay, and nobody guesses what it means.
#ifndef DFIX_SHELL_PARSER_H_
#define DFIX_SHELL_PARSER_H_

#include <span>

#include "src/syntax/kinds.h"
#include "src/syntax/tree_builder.h"
#include "src/text/text_range.h"

namespace dfix {

// Adds a Script node (or an Opaque one) for the logical text that `pieces` make
// (see LogicalReader) to the builder, whose end is the begin of the first
// piece. All pieces are consumed. `dialect` kNone always gives an Opaque node;
// kPosix is read as dash does and, where dash refuses it, as bash does
// (kNodeBashism).
void ParseScript(TreeBuilder& builder, std::span<const TextRange> pieces,
                 ShellDialect dialect);

}  // namespace dfix

#endif  // DFIX_SHELL_PARSER_H_
