// Writes tokens for a logical line by offsets into its joined text.
#ifndef DFIX_DOCKERFILE_TOKEN_WRITER_H_
#define DFIX_DOCKERFILE_TOKEN_WRITER_H_

#include "src/dockerfile/logical_line.h"
#include "src/syntax/logical_reader.h"
#include "src/syntax/tree_builder.h"

namespace dfix {

// Goes forward only. The builder's end is the begin of the line's first
// physical line or of what is hidden before its first piece.
class TokenWriter {
 public:
  TokenWriter(TreeBuilder& builder, const LogicalLine& line)
      : builder_(builder), reader_(builder.text(), line.pieces()) {}

  // Adds a token from where the writer stands to `end`, an offset into the
  // line's text.
  void Add(TokenKind kind, size_t end) {
    MoveTo(end);
    reader_.AddToken(builder_, kind);
  }
  // Opens a node at `begin`; what is before it is white space.
  NodeId Open(NodeKind kind, size_t begin, uint16_t aux = 0) {
    AddSpace(begin);
    return builder_.Open(kind, aux);
  }
  // White space up to `begin` and what is hidden there.
  void AddSpace(size_t begin) {
    Add(TokenKind::kWhitespace, begin);
    reader_.AddHidden(builder_);
  }
  // Goes to `end` without a token: another parser added those.
  void MoveTo(size_t end) {
    reader_.Advance(static_cast<uint32_t>(end - at_));
    at_ = end;
  }

 private:
  TreeBuilder& builder_;
  LogicalReader reader_;
  size_t at_ = 0;
};

}  // namespace dfix

#endif  // DFIX_DOCKERFILE_TOKEN_WRITER_H_
