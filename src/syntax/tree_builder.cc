#include "src/syntax/tree_builder.h"

namespace dfix {

void TreeBuilder::Rewind(const Checkpoint& mark) {
  DFIX_CHECK(open_.size() >= mark.open);
  tokens_.resize(mark.tokens);
  nodes_.resize(mark.nodes);
  open_.resize(mark.open);
  errors_.resize(mark.errors);
  end_ = mark.end;
}

Document TreeBuilder::Finish() {
  Add(TokenKind::kUnknown, static_cast<uint32_t>(text_.size()));
  while (!open_.empty()) Close();
  tokens_.push_back({end_, TokenKind::kEndOfFile, 0, 0});
  return Document(std::move(text_), std::move(tokens_), std::move(nodes_),
                  std::move(errors_), escape_);
}

}  // namespace dfix
