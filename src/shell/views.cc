#include "src/shell/views.h"

namespace dfix {
namespace {

// Children that `wanted` takes, with the Operator token in front of each.
template <typename Wanted>
std::vector<ChainLink> Chain(const Document& document, NodeId id,
                             Wanted wanted) {
  std::vector<ChainLink> links;
  uint32_t token = document.node(id).first_token;
  ShellOperator found = ShellOperator::kNone;
  for (const NodeId child : document.Children(id)) {
    const uint32_t first = document.node(child).first_token;
    for (; token < first; ++token) {
      if (document.kind(TokenId{token}) == TokenKind::kOperator) {
        found = OperatorOf(document.token(TokenId{token}));
      }
    }
    if (wanted(document.kind(child))) {
      links.push_back({found, child});
      found = ShellOperator::kNone;
    }
    token = document.node(child).end_token;
  }
  return links;
}

}  // namespace

ShellOperator Redirection::shell_operator() const {
  for (const TokenId token : document->Tokens(id)) {
    if (document->kind(token) == TokenKind::kRedirectOperator) {
      return OperatorOf(document->token(token));
    }
  }
  return ShellOperator::kNone;
}

std::string_view Redirection::number() const {
  const TokenId first{document->node(id).first_token};
  return document->kind(first) == TokenKind::kIoNumber ? document->Text(first)
                                                       : std::string_view();
}

bool Pipeline::negated() const {
  bool negated = false;
  for (const TokenId token : document->Tokens(id)) {
    const TokenKind kind = document->kind(token);
    if (IsTrivia(kind)) continue;
    if (kind != TokenKind::kReservedWord) break;
    const ShellReservedWord word = ReservedWordOf(document->token(token));
    if (word == ShellReservedWord::kNot) {
      negated = !negated;
    } else if (word != ShellReservedWord::kTime) {
      break;
    }
  }
  return negated;
}

bool Pipeline::timed() const {
  for (const TokenId token : document->Tokens(id)) {
    const TokenKind kind = document->kind(token);
    if (IsTrivia(kind)) continue;
    if (kind != TokenKind::kReservedWord) return false;
    const ShellReservedWord word = ReservedWordOf(document->token(token));
    if (word == ShellReservedWord::kTime) return true;
    if (word != ShellReservedWord::kNot) return false;
  }
  return false;
}

std::vector<ChainLink> Pipeline::commands() const {
  return Chain(*document, id, IsCommand);
}

std::vector<ChainLink> AndOr::pipelines() const {
  return Chain(*document, id,
               [](NodeKind kind) { return kind == NodeKind::kPipeline; });
}

Terminator AndOr::terminator() const {
  const Node& node = document->node(id);
  const Token& last = document->token(TokenId{node.end_token - 1});
  if (last.kind == TokenKind::kOperator) {
    if (OperatorOf(last) == ShellOperator::kSemicolon) {
      return Terminator::kSemicolon;
    }
    if (OperatorOf(last) == ShellOperator::kBackground) {
      return Terminator::kBackground;
    }
  }
  for (uint32_t i = node.end_token; i < document->tokens().size(); ++i) {
    const TokenKind kind = document->kind(TokenId{i});
    if (kind == TokenKind::kShellNewline) return Terminator::kNewline;
    if (!IsTrivia(kind)) break;
  }
  return Terminator::kNone;
}

bool IsCommand(NodeKind kind) {
  return (kind >= NodeKind::kSimpleCommand && kind <= NodeKind::kCase) ||
         (kind >= NodeKind::kFunction && kind <= NodeKind::kCoprocess);
}

}  // namespace dfix
