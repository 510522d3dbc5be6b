// Parser directives: `# escape=`, `# syntax=` and `# check=` at the top.
#ifndef DFIX_DOCKERFILE_DIRECTIVES_H_
#define DFIX_DOCKERFILE_DIRECTIVES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "src/syntax/document.h"

namespace dfix {

enum class DirectiveKind : uint8_t { kSyntax, kEscape, kCheck };

struct Directive {
  DirectiveKind kind;
  std::string_view value;
};

// The directive that `line` is, if its name is one that BuildKit knows. `line`
// begins with `#` and lacks its line end. Where in the file it stands, and
// whether it is the first of its kind, is the caller's to check.
std::optional<Directive> ParseDirective(std::string_view line);

// The frontend that a `# syntax=` directive of the file names, or empty.
std::string SyntaxOf(const Document& document);

// The name as it is written in lower case.
std::string_view Name(DirectiveKind kind);

// Follows the directives of a file from its first line on.
class DirectiveReader {
 public:
  // What a comment line turned out to be. `error` is not empty for a directive
  // that BuildKit refuses.
  struct Result {
    bool is_directive = false;
    std::string error;
  };

  // Reads a comment line; those after the first line that is no directive are
  // mere comments.
  Result Read(std::string_view line);
  // Any line that is not a comment ends the directives.
  void End() { done_ = true; }
  // The escape character that the directives so far set.
  char escape() const { return escape_; }

 private:
  bool done_ = false;
  uint8_t seen_ = 0;
  char escape_ = '\\';
};

}  // namespace dfix

#endif  // DFIX_DOCKERFILE_DIRECTIVES_H_
