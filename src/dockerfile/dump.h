// A Dockerfile's instructions as JSON, to compare with BuildKit's parser.
#ifndef DFIX_DOCKERFILE_DUMP_H_
#define DFIX_DOCKERFILE_DUMP_H_

#include <string>
#include <string_view>

#include "src/syntax/document.h"

namespace dfix {

// One JSON object on one line, without line end: `file`, `parse_ok`, and either
// `parse_err` or `escape` and `instructions`. Empty fields are left out; bytes
// that are not UTF-8 become U+FFFD.
std::string InstructionsJson(std::string_view file, const Document& document);

}  // namespace dfix

#endif  // DFIX_DOCKERFILE_DUMP_H_
