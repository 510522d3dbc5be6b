// What the tests of src/shell share.
#ifndef DFIX_TESTS_SHELL_SHELL_SUPPORT_H_
#define DFIX_TESTS_SHELL_SHELL_SUPPORT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "src/syntax/document.h"

namespace dfix {

inline constexpr ShellDialect kSh = ShellDialect::kPosix;
inline constexpr ShellDialect kBash = ShellDialect::kBash;

// The tree of a file that is one script.
Document ParseShell(std::string script, ShellDialect dialect = kSh);

// The same for a file in which every U+21B5 (`↵`) of `script` is a hidden line
// continuation with a comment line after it.
Document ParseSpliced(std::string_view script, ShellDialect dialect = kSh);

// The first node of a kind, or kNoNode.
NodeId Find(const Document& document, NodeKind kind);

// `ok`, `bashism` or `opaque`.
std::string_view Verdict(const Document& document);

// The nodes below the Script as an expression; leaves with their texts.
std::string Shape(const Document& document);
std::string Shape(std::string script, ShellDialect dialect = kSh);

// The tokens of a node, as `Kind:text` with blanks between.
std::string TokensOf(const Document& document, NodeId node);

// What is wrong with the invariants of a document whose script is all of it;
// empty if nothing is.
std::string BrokenInvariant(const Document& document, std::string_view text);

// Whether a program is in PATH.
bool HasProgram(const std::string& name);
// The output of a command line of sh; `input` is in a file of which `$1` is
// the name. Absent if it fails.
std::optional<std::string> Output(const std::string& command,
                                  std::string_view input = {});

// The folder with the corpus; absent if there is none.
std::optional<std::string> SharedFolder();

// A text of the corpus, and who accepts it.
struct CorpusScript {
  std::string text;
  bool dash = false;
  bool bash = false;
};
std::vector<CorpusScript> CorpusScripts();

}  // namespace dfix

#endif  // DFIX_TESTS_SHELL_SHELL_SUPPORT_H_
