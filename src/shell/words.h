// What a shell makes of a word.
#ifndef DFIX_SHELL_WORDS_H_
#define DFIX_SHELL_WORDS_H_

#include <optional>
#include <string>
#include <string_view>

#include "src/syntax/document.h"

namespace dfix {

// The one field that `word` (a Word node) becomes, whatever the variables, the
// user and the files are: after quote removal (POSIX XCU 2.6.7). Absent if any
// part is an expansion, an unquoted glob, a tilde or a brace expansion.
std::optional<std::string> ConstantValue(const Document& document, NodeId word);

// Whether `word` is constant and has that value. Does not allocate for a word
// that is plain.
bool WordIs(const Document& document, NodeId word, std::string_view value);

// The value of a constant word. For a plain word it is a view of the
// document's text; otherwise it is written into `scratch` and a view of that.
std::optional<std::string_view> ConstantView(const Document& document,
                                             NodeId word, std::string& scratch);

// What the shell reads for a node: its bytes without the hidden ones (line
// continuations and what comes with them).
std::string LogicalText(const Document& document, NodeId node);

}  // namespace dfix

#endif  // DFIX_SHELL_WORDS_H_
