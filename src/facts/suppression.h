// Comments with which a file's author says what to leave alone:
//
//   # dfix ignore=merge-runs,DL3015;reason=...     the next instruction
//   # dfix stage ignore=...                        the stage it stands in
//   # dfix global ignore=...                       the file
//   # hadolint ignore=DL3015,SC2046                the next instruction
//   # hadolint global ignore=DL3015                the file
//   # check=skip=JSONArgsRecommended;error=true    the file (BuildKit)
#ifndef DFIX_FACTS_SUPPRESSION_H_
#define DFIX_FACTS_SUPPRESSION_H_

#include <string_view>
#include <vector>

#include "src/syntax/document.h"

namespace dfix {

enum class SuppressionScope : uint8_t { kInstruction, kStage, kFile };

// One name in such a comment.
struct Suppression {
  SuppressionScope scope;
  TokenId comment;
  std::string_view name;  // As written: a transform, a rule or `all`.
};

// Every suppression of `document`, in order. The names are views of its text.
std::vector<Suppression> FindSuppressions(const Document& document);

}  // namespace dfix

#endif  // DFIX_FACTS_SUPPRESSION_H_
