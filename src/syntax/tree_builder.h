// Builds a Document: tokens in order of their bytes, nodes by Open and Close.
//
// The builder owns the text from the start, so that parsers read the very bytes
// that the document keeps. A parser that finds out late what it is reading
// opens a node first and sets its kind afterwards, or rewinds to a checkpoint.
#ifndef DFIX_SYNTAX_TREE_BUILDER_H_
#define DFIX_SYNTAX_TREE_BUILDER_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "src/syntax/document.h"
#include "src/text/check.h"

namespace dfix {

class TreeBuilder {
 public:
  explicit TreeBuilder(std::string text) : text_(std::move(text)) {
    tokens_.reserve(text_.size() / 4 + 8);
    nodes_.reserve(text_.size() / 8 + 8);
  }

  std::string_view text() const { return text_; }
  // What has been added so far.
  std::span<const Token> tokens() const { return tokens_; }
  std::span<const Node> nodes() const { return nodes_; }

  // Appends a token that ends at `end` and begins where the last one ended.
  // Empty tokens are dropped, so a caller need not ask.
  void Add(TokenKind kind, uint32_t end, uint8_t flags = 0, uint16_t aux = 0) {
    if (end == end_) return;
    DFIX_CHECK(end > end_);
    tokens_.push_back({end_, kind, flags, aux});
    end_ = end;
  }
  // Where the next token begins.
  uint32_t end() const { return end_; }

  // Opens a node at the next token; Close ends the innermost open one after the
  // last token. Depth is the caller's to bound.
  NodeId Open(NodeKind kind, uint16_t aux = 0) {
    const NodeId id{static_cast<uint32_t>(nodes_.size())};
    nodes_.push_back(
        {kind, 0, aux, static_cast<uint32_t>(tokens_.size()), 0, 0});
    open_.push_back(id);
    return id;
  }
  void Close() {
    Node& node = nodes_[Index(open_.back())];
    node.end_token = static_cast<uint32_t>(tokens_.size());
    node.end_node = static_cast<uint32_t>(nodes_.size());
    open_.pop_back();
  }
  size_t open_count() const { return open_.size(); }

  // A node that was opened earlier, to set its kind, flags or aux.
  Node& node(NodeId id) { return nodes_[Index(id)]; }

  void AddError(TextRange range, std::string message, bool fatal) {
    errors_.push_back({range, std::move(message), fatal});
  }

  // Rewinding forgets every token, node and error since the checkpoint.
  struct Checkpoint {
    size_t tokens, nodes, open, errors;
    uint32_t end;
  };
  Checkpoint Mark() const {
    return {tokens_.size(), nodes_.size(), open_.size(), errors_.size(), end_};
  }
  // `mark` was made with the same or fewer nodes open; none of those that were
  // open then has been closed since.
  void Rewind(const Checkpoint& mark);

  void set_escape(char escape) { escape_ = escape; }

  // Closes what is open, adds EndOfFile and hands everything over.
  Document Finish();

 private:
  std::string text_;
  std::vector<Token> tokens_;
  std::vector<Node> nodes_;
  std::vector<NodeId> open_;
  std::vector<ParseError> errors_;
  uint32_t end_ = 0;
  char escape_ = '\\';
};

}  // namespace dfix

#endif  // DFIX_SYNTAX_TREE_BUILDER_H_
