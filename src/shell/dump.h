// The scripts of a file as JSON: what `dfix dump scripts` prints.
#ifndef DFIX_SHELL_DUMP_H_
#define DFIX_SHELL_DUMP_H_

#include <string>
#include <string_view>

#include "src/syntax/document.h"

namespace dfix {

// One JSON object a line for each script of a RUN instruction: `file`, `line`
// and `end` of the instruction, `shell` (`sh`, `bash` or `none`), `ok`
// (understood), `bashism`, `text` as the shell reads it and, if understood,
// `lists`. A list has `ops` and `pipelines` and, if it has one, `end` (`;` or
// `&`); a pipeline `negated`, `timed`, `ops` and `commands`; a simple command
// `assignments`, `words` and `redirections` as the shell reads them; a compound
// one `kind` and `lists`, each an array of lists. Bytes that are no UTF-8
// become U+FFFD.
std::string ScriptsJson(std::string_view file, const Document& document);

// The value of `lists` for one Script node.
std::string ListsJson(const Document& document, NodeId script);

}  // namespace dfix

#endif  // DFIX_SHELL_DUMP_H_
