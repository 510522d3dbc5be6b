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

// A small deterministic random generator.
class Random {
 public:
  explicit Random(uint64_t seed)
      : state_(seed * 2654435761 + 88172645463325252) {}
  uint32_t Below(uint32_t bound) {
    state_ ^= state_ << 13;
    state_ ^= state_ >> 7;
    state_ ^= state_ << 17;
    return static_cast<uint32_t>(state_ >> 11) % bound;
  }

 private:
  uint64_t state_;
};

}  // namespace dfix

#endif  // DFIX_TESTS_SHELL_SHELL_SUPPORT_H_
