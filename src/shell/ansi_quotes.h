// The escapes of bash's `$'...'` (bash manual, ANSI-C Quoting).
#ifndef DFIX_SHELL_ANSI_QUOTES_H_
#define DFIX_SHELL_ANSI_QUOTES_H_

#include <string>
#include <string_view>

namespace dfix {

// Appends what `text`, the inside of `$'...'`, stands for. False if that
// depends on the locale (`\u` beyond ASCII) or holds a NUL, which ends the text
// in bash.
bool AppendAnsiUnquoted(std::string_view text, std::string& out);

}  // namespace dfix

#endif  // DFIX_SHELL_ANSI_QUOTES_H_
