// The checks that a transform's result must pass.
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "src/engine/engine.h"

namespace dfix {
namespace {

std::string_view Trimmed(std::string_view comment) {
  const size_t end = comment.find_last_not_of(" \t\r\n");
  return comment.substr(0, end == std::string_view::npos ? 0 : end + 1);
}

std::vector<std::string_view> Comments(const Document& document) {
  std::vector<std::string_view> comments;
  for (uint32_t i = 0; i < document.tokens().size(); ++i) {
    const TokenKind kind = document.tokens()[i].kind;
    if (kind == TokenKind::kComment || kind == TokenKind::kShellComment ||
        kind == TokenKind::kDirective) {
      comments.push_back(Trimmed(document.Text(TokenId{i})));
    }
  }
  std::sort(comments.begin(), comments.end());
  return comments;
}

size_t Count(const Document& document, NodeKind kind) {
  return std::count_if(document.nodes().begin(), document.nodes().end(),
                       [&](const Node& node) { return node.kind == kind; });
}

bool EndsWithNewline(std::string_view text) { return text.ends_with('\n'); }

}  // namespace

std::string FindDamage(const Document& before, const Document& after) {
  if (after.HasFatalError()) {
    return "the result does not parse: " + after.errors().front().message;
  }
  if (Count(after, NodeKind::kOpaque) > Count(before, NodeKind::kOpaque)) {
    return "a script of the result is not understood";
  }
  const auto old_comments = Comments(before);
  const auto new_comments = Comments(after);
  if (!std::includes(new_comments.begin(), new_comments.end(),
                     old_comments.begin(), old_comments.end())) {
    return "a comment is lost";
  }
  if (before.escape() != after.escape()) return "the escape character differs";
  if (EndsWithNewline(before.text()) != EndsWithNewline(after.text())) {
    return "the final newline differs";
  }
  return "";
}

}  // namespace dfix
