// The names of the instructions.
#ifndef DFIX_DOCKERFILE_KEYWORDS_H_
#define DFIX_DOCKERFILE_KEYWORDS_H_

#include <string_view>

#include "src/syntax/kinds.h"

namespace dfix {

// The instruction that `keyword` names in any case, or kUnknown.
InstructionKind KindOfKeyword(std::string_view keyword);

// The name of an instruction in upper case; empty for kUnknown.
std::string_view KeywordName(InstructionKind kind);

}  // namespace dfix

#endif  // DFIX_DOCKERFILE_KEYWORDS_H_
