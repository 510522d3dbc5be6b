// Reads a text as Docker and the shell see it, and writes tokens for the bytes
// as they are.
//
// The logical text is a sequence of pieces of the file. What lies between two
// pieces is hidden from Docker or the shell: a line continuation with the
// comment and blank lines after it, or the tabs that `<<-` strips. There is one
// offset space, the file's; nothing is copied or mapped.
#ifndef DFIX_SYNTAX_LOGICAL_READER_H_
#define DFIX_SYNTAX_LOGICAL_READER_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "src/syntax/tree_builder.h"
#include "src/text/text_range.h"

namespace dfix {

class LogicalReader {
 public:
  // A place in the logical text. The begin of a piece stands for the end of the
  // piece before it, too. At the end, `piece` is the number of pieces.
  struct Position {
    uint32_t piece = 0;
    uint32_t offset = 0;  // In the file.
    friend bool operator==(Position, Position) = default;
    friend auto operator<=>(Position a, Position b) {
      return a.offset <=> b.offset;
    }
  };

  // `pieces` ascend, do not overlap, are not empty, lie within `text`, and
  // outlive the reader, as `text` does.
  LogicalReader(std::string_view text, std::span<const TextRange> pieces)
      : text_(text), pieces_(pieces) {
    if (!pieces_.empty()) at_.offset = pieces_[0].begin;
  }

  bool AtEnd() const { return at_.piece == pieces_.size(); }
  // The next character; NUL at the end (and for a NUL, see AtEnd).
  char Peek() const { return AtEnd() ? '\0' : text_[at_.offset]; }
  // The character `ahead` places after the next one; NUL past the end.
  char Peek(uint32_t ahead) const;
  // Whether the logical text goes on with `expected`.
  bool LooksAt(std::string_view expected) const;
  // Moves on by `count` characters; not past the end.
  void Advance(uint32_t count = 1);
  // Replaces the pieces. Those before the reader's position and before the
  // builder's end are the same, but for the end of the last of them.
  void set_pieces(std::span<const TextRange> pieces) { pieces_ = pieces; }
  // What is left of the piece that the next character is in.
  std::string_view RestOfPiece() const {
    if (AtEnd()) return {};
    return Slice(text_, {at_.offset, pieces_[at_.piece].end});
  }

  Position position() const { return at_; }
  void Seek(Position position) { at_ = position; }
  // The logical text from `begin` to `end`.
  std::string Text(Position begin, Position end) const;

  // Adds a token of `kind` from the builder's end to `end`, in several tokens
  // where the text between is hidden (all but the last flagged kTokenSplit),
  // with the hidden bytes before and inside as trivia. The builder's end is in
  // these pieces or in a gap between them. Nothing is added for an empty token,
  // trivia before it included.
  void AddToken(TreeBuilder& builder, TokenKind kind, Position end,
                uint8_t flags = 0, uint16_t aux = 0);
  // The same up to where the reader stands.
  void AddToken(TreeBuilder& builder, TokenKind kind, uint8_t flags = 0,
                uint16_t aux = 0) {
    AddToken(builder, kind, at_, flags, aux);
  }
  // Adds the hidden bytes before the reader's position, so that a node can be
  // opened at a token that is not trivia.
  void AddHidden(TreeBuilder& builder);

 private:
  std::string_view text_;
  std::span<const TextRange> pieces_;
  Position at_;
  uint32_t written_ = 0;  // The piece that the builder's end is in.
};

// Adds trivia tokens for the bytes up to `end`, which are hidden inside an
// instruction: at a line continuation, comment or blank line, or blanks.
void AddHiddenBytes(TreeBuilder& builder, uint32_t end);

}  // namespace dfix

#endif  // DFIX_SYNTAX_LOGICAL_READER_H_
