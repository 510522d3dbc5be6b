// The lossless tree of one file: its bytes, tokens that tile them, and nodes in
// preorder. Immutable; built once by a TreeBuilder.
//
// Invariants: the first token begins at 0, each token ends where the next one
// begins, the last one is an empty EndOfFile at the end of the text. A node
// covers a contiguous run of tokens and its descendants lie inside it.
//
// Left out: what the file means (src/facts), and which comments belong to a
// node, which is computed (CommentsAbove).
#ifndef DFIX_SYNTAX_DOCUMENT_H_
#define DFIX_SYNTAX_DOCUMENT_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "src/syntax/kinds.h"
#include "src/text/text_range.h"

namespace dfix {

// Indexes into a document's tokens and nodes.
enum class TokenId : uint32_t {};
enum class NodeId : uint32_t {};

inline constexpr NodeId kNoNode{0xffffffff};
inline constexpr NodeId kFileNode{0};

inline constexpr uint32_t Index(TokenId id) {
  return static_cast<uint32_t>(id);
}
inline constexpr uint32_t Index(NodeId id) { return static_cast<uint32_t>(id); }
inline constexpr TokenId Next(TokenId id) { return TokenId{Index(id) + 1}; }

// Token flags.
inline constexpr uint8_t kTokenSplit = 1;  // Goes on after a line continuation.

struct Token {
  uint32_t begin;
  TokenKind kind;
  uint8_t flags;
  uint16_t aux;  // By kind; see kinds.def.
};
static_assert(sizeof(Token) == 8);

// Node flags.
inline constexpr uint8_t kNodeError = 1;  // It, or something in it, is broken.
inline constexpr uint8_t kNodeSplit = 2;  // A line continuation is inside it.
inline constexpr uint8_t kNodeJson = 4;   // Instruction in JSON (exec) form.
inline constexpr uint8_t kNodeBashism = 8;  // Script: dash refuses it.

struct Node {
  NodeKind kind;
  uint8_t flags;
  uint16_t aux;  // By kind; see kinds.def.
  uint32_t first_token;
  uint32_t end_token;
  uint32_t end_node;
};
static_assert(sizeof(Node) == 16);

// What is wrong, and where. A fatal error is one for which BuildKit refuses the
// file; others mark a script that was not understood.
struct ParseError {
  TextRange range;
  std::string message;
  bool fatal = true;
};

class Document {
 public:
  Document(std::string text, std::vector<Token> tokens, std::vector<Node> nodes,
           std::vector<ParseError> errors, char escape)
      : text_(std::move(text)),
        tokens_(std::move(tokens)),
        nodes_(std::move(nodes)),
        errors_(std::move(errors)),
        escape_(escape) {}

  std::string_view text() const { return text_; }
  // The escape character in force, `\` or `` ` ``.
  char escape() const { return escape_; }
  std::span<const Token> tokens() const { return tokens_; }
  std::span<const Node> nodes() const { return nodes_; }
  std::span<const ParseError> errors() const { return errors_; }
  // Whether BuildKit would refuse the file.
  bool HasFatalError() const;

  const Token& token(TokenId id) const { return tokens_[Index(id)]; }
  const Node& node(NodeId id) const { return nodes_[Index(id)]; }
  NodeKind kind(NodeId id) const { return nodes_[Index(id)].kind; }
  TokenKind kind(TokenId id) const { return tokens_[Index(id)].kind; }

  // The range of a token. Not for EndOfFile's successor, which does not exist.
  TextRange Range(TokenId id) const {
    const uint32_t i = Index(id);
    const uint32_t end = i + 1 < tokens_.size()
                             ? tokens_[i + 1].begin
                             : static_cast<uint32_t>(text_.size());
    return {tokens_[i].begin, end};
  }
  // From the begin of a node's first token to the end of its last one. An
  // empty node has an empty range.
  TextRange Range(NodeId id) const {
    const Node& n = node(id);
    return {tokens_[n.first_token].begin, tokens_[n.end_token].begin};
  }
  std::string_view Text(TokenId id) const { return Slice(text_, Range(id)); }
  std::string_view Text(NodeId id) const { return Slice(text_, Range(id)); }

  // The first token that begins at `offset` or after it.
  TokenId TokenFrom(uint32_t offset) const;

  // The tokens of a node, those of its descendants included.
  struct TokenIterator {
    uint32_t i;
    TokenId operator*() const { return TokenId{i}; }
    TokenIterator& operator++() {
      ++i;
      return *this;
    }
    friend bool operator==(TokenIterator, TokenIterator) = default;
  };
  struct TokenRange {
    TokenIterator first, last;
    TokenIterator begin() const { return first; }
    TokenIterator end() const { return last; }
  };
  TokenRange Tokens(NodeId id) const {
    return {{node(id).first_token}, {node(id).end_token}};
  }

  // The direct children of a node, in order.
  struct ChildIterator {
    const Node* nodes;
    uint32_t i;
    NodeId operator*() const { return NodeId{i}; }
    ChildIterator& operator++() {
      i = nodes[i].end_node;
      return *this;
    }
    friend bool operator==(ChildIterator a, ChildIterator b) {
      return a.i == b.i;
    }
  };
  struct ChildRange {
    ChildIterator first, last;
    ChildIterator begin() const { return first; }
    ChildIterator end() const { return last; }
    bool empty() const { return first == last; }
  };
  ChildRange Children(NodeId id) const {
    return {{nodes_.data(), Index(id) + 1}, {nodes_.data(), node(id).end_node}};
  }
  // The first child of that kind, or kNoNode.
  NodeId Child(NodeId id, NodeKind kind) const;
  // The innermost node around `id`, or kNoNode for the file.
  NodeId Parent(NodeId id) const;
  // Whether `inner` is `outer` or a descendant of it.
  bool Contains(NodeId outer, NodeId inner) const {
    return Index(outer) <= Index(inner) && Index(inner) < node(outer).end_node;
  }

 private:
  std::string text_;
  std::vector<Token> tokens_;
  std::vector<Node> nodes_;
  std::vector<ParseError> errors_;
  char escape_;
};

// One line a token: offset, kind, text. Every byte of the file is in it once.
std::string DumpTokens(const Document& document);
// The nodes as an indented outline with their texts.
std::string DumpTree(const Document& document);

}  // namespace dfix

#endif  // DFIX_SYNTAX_DOCUMENT_H_
