// Reads a script character by character, and writes tokens for what was read.
//
// On top of LogicalReader, which hides Docker's continuations, this hides the
// shell's own ones (backslash, newline), which exist in heredoc bodies only and
// depend on quoting: they are found when the reader comes to them. It can also
// end early, at a limit, for a text inside the text (`...`, a heredoc body).
#ifndef DFIX_SHELL_SCRIPT_READER_H_
#define DFIX_SHELL_SCRIPT_READER_H_

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "src/syntax/logical_reader.h"
#include "src/syntax/tree_builder.h"
#include "src/text/text_range.h"

namespace dfix {

class ScriptReader {
 public:
  using Position = LogicalReader::Position;

  // The builder's end is the begin of the first of `pieces`, which are as
  // LogicalReader wants them and outlive the reader.
  ScriptReader(TreeBuilder& builder, std::span<const TextRange> pieces);
  ScriptReader(const ScriptReader&) = delete;
  ScriptReader& operator=(const ScriptReader&) = delete;

  bool AtEnd() const { return at_ == stop_; }
  // The next character; NUL at the end (and for a NUL, see AtEnd).
  char Peek() const { return at_ != stop_ ? text_[at_] : '\0'; }
  // The character after the next one; NUL past the end.
  char PeekNext();
  // Whether the text goes on with `expected`.
  bool LooksAt(std::string_view expected);
  // Moves on by one character; not past the end.
  void Advance() {
    if (at_ == stop_) return;
    if (++at_ == stop_) NextPiece();
    if (joins_) HideContinuations();
  }
  void Advance(uint32_t count) {
    while (count-- > 0) Advance();
  }
  // Moves on by `count` characters, which are in Rest(), none a backslash.
  void Skip(size_t count) {
    if (count == 0) return;
    at_ += static_cast<uint32_t>(count);
    if (at_ == stop_) NextPiece();
    if (joins_) HideContinuations();
  }
  // Moves past a backslash and the character after it, whatever it is.
  void AdvanceEscape();
  // What is left of the piece that the next character is in.
  std::string_view Rest() const { return {text_ + at_, stop_ - at_}; }

  uint32_t offset() const { return at_; }
  Position position() const { return {piece_, at_}; }
  // Back, or on, to a position that the reader was at.
  void Seek(Position position);

  // Where the text ends, as an offset in the file.
  uint32_t limit() const { return limit_; }
  void set_limit(uint32_t limit);

  // Whether backslash and newline are no characters of the text, as outside
  // single quotes. Takes effect for the characters after the next one.
  void set_joining(bool joining) { joins_ = joining && has_continuations_; }

  bool joining() const { return joins_; }

  // Adds a token that begins at the builder's end and ends here, the hidden
  // bytes before and inside included. Nothing for an empty one.
  void Emit(TokenKind kind, uint16_t aux = 0) {
    if (builder_.end() >= begin_) {
      builder_.Add(kind, at_, 0, aux);
    } else {
      writer_.AddToken(builder_, kind, position(), 0, aux);
    }
  }
  // Adds what is hidden right before the next character.
  void EmitHidden() {
    if (builder_.end() < begin_) AddHiddenBytes(builder_, at_);
  }
  // At the end: adds the shell's continuations that the script ends with.
  void EmitHiddenEnd() {
    if (builder_.end() < end_) AddHiddenBytes(builder_, end_);
  }
  // Whether something is hidden between `begin` and the builder's end.
  bool IsSplitSince(Position begin) const {
    return begin.piece < pieces_.size() &&
           builder_.end() > pieces_[begin.piece].end;
  }

  // To go back, with the builder, to where everything was.
  struct Checkpoint {
    TreeBuilder::Checkpoint builder;
    LogicalReader writer;
    Position position;
    uint32_t limit;
    bool joins;
  };
  Checkpoint Mark() const {
    return {builder_.Mark(), writer_, position(), limit_, joins_};
  }
  void Rewind(const Checkpoint& mark);

 private:
  void NextPiece();
  void EnterPiece();
  void HideContinuations();
  void Cut(uint32_t index, uint32_t begin, uint32_t end);

  TreeBuilder& builder_;
  const char* text_;
  std::span<const TextRange> pieces_;
  LogicalReader writer_;
  // The pieces without the shell's continuations; empty if it has none.
  std::vector<TextRange> own_pieces_;
  uint32_t piece_ = 0;
  uint32_t begin_ = 0;  // Of the piece.
  uint32_t at_ = 0;
  uint32_t stop_ = 0;  // Where the piece or the text ends.
  uint32_t limit_ = 0;
  uint32_t end_ = 0;  // Of the last piece.
  bool has_continuations_ = false;
  bool joins_ = false;
};

}  // namespace dfix

#endif  // DFIX_SHELL_SCRIPT_READER_H_
