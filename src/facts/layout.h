// How a file is laid out: indents, line breaks, the side of `&&`.
#ifndef DFIX_FACTS_LAYOUT_H_
#define DFIX_FACTS_LAYOUT_H_

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "src/syntax/document.h"

namespace dfix {

// Where authors put `&&` when a list goes over several lines.
enum class AndSide : uint8_t {
  kLeading,   // `a \` and `    && b`
  kTrailing,  // `a && \` and `    b`
};

// How the commands of a list are put on lines of their own.
struct ListLayout {
  AndSide side = AndSide::kLeading;
  std::string indent = "    ";  // Of a line that begins with a command.
  bool multi_line = false;      // Some command begins on a line of its own.
};

// The blanks at the begin of the line that `offset` is in.
std::string_view LineIndent(std::string_view text, uint32_t offset);

// The offset of the first byte of the line that `offset` is in.
uint32_t LineBegin(std::string_view text, uint32_t offset);
// The offset after the line that `offset` is in, its newline included.
uint32_t LineEnd(std::string_view text, uint32_t offset);
// Whether there is a newline in [begin, end).
bool HasNewline(std::string_view text, TextRange range);

// The end of the last word, operator or other dark token before `offset`.
uint32_t EndOfTokenBefore(const Document& document, uint32_t offset);

// How the and-or list `and_or` is laid out, or most like it how the rest of
// the file lays out its lists, or the default.
ListLayout LayoutOfList(const Document& document, NodeId and_or);

// The newline of the file with the line continuation before it: ` \` and a
// line end; the file's own escape character and newline style.
std::string ContinuedLineEnd(const Document& document, bool in_heredoc);

// Whether `node` is part of a script in a heredoc, where a newline ends a
// command and comments are the shell's.
bool InHeredoc(const Document& document, NodeId node);

// The begin of the line of `instruction`, after a byte order mark.
uint32_t InstructionLineBegin(const Document& document, NodeId instruction);

// Where the comment lines begin that stand directly above `instruction`,
// without a blank line between; its own line's begin if there are none. Parser
// directives and a byte order mark do not count.
uint32_t CommentsAboveBegin(const Document& document, NodeId instruction);

// `line` without the blanks before it; empty if it is all blank.
std::string_view WithoutBlanks(std::string_view line);

// `text` without white space at its end.
std::string_view WithoutBlanksBehind(std::string_view text);

// Whether a comment in `instruction` or directly above it has one of `phrases`
// in it, which are in lower case: then its author has thought about the matter.
bool CommentMentions(const Document& document, NodeId instruction,
                     std::span<const std::string_view> phrases);

// The shell's comment on the last line of `script`, behind it; absent if there
// is none.
std::optional<TokenId> CommentBehind(const Document& document, NodeId script);
// Whether that comment can stand on a line of its own: it ends with its line.
bool CanStandAlone(const Document& document, TokenId comment);

// Whether the byte at `offset` is part of a comment.
bool IsInComment(const Document& document, uint32_t offset);

// Whether a comment lies in `range`.
bool HasComment(const Document& document, TextRange range);

}  // namespace dfix

#endif  // DFIX_FACTS_LAYOUT_H_
