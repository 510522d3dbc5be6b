#include "src/shell/script_reader.h"

#include <algorithm>

namespace dfix {
namespace {

// Whether a backslash stands before a newline somewhere in `pieces`.
bool HasContinuation(std::string_view text, std::span<const TextRange> pieces) {
  bool after_backslash = false;
  for (const TextRange piece : pieces) {
    const std::string_view part = Slice(text, piece);
    if (part.empty()) continue;
    if (after_backslash && part[0] == '\n') return true;
    for (size_t at = part.find('\n'); at != std::string_view::npos;
         at = part.find('\n', at + 1)) {
      if (at > 0 && part[at - 1] == '\\') return true;
    }
    after_backslash = part.back() == '\\';
  }
  return false;
}

}  // namespace

ScriptReader::ScriptReader(TreeBuilder& builder,
                           std::span<const TextRange> pieces)
    : builder_(builder),
      text_(builder.text().data()),
      pieces_(pieces),
      writer_(builder.text(), pieces) {
  if (pieces_.empty()) return;
  limit_ = end_ = pieces_.back().end;
  has_continuations_ = HasContinuation(builder.text(), pieces);
  if (has_continuations_) {
    own_pieces_.assign(pieces.begin(), pieces.end());
    pieces_ = own_pieces_;
    writer_.set_pieces(pieces_);
    joins_ = true;
  }
  at_ = pieces_[0].begin;
  EnterPiece();
  if (joins_) HideContinuations();
}

void ScriptReader::EnterPiece() {
  if (piece_ == pieces_.size()) {
    // The last one was cut away.
    --piece_;
    at_ = pieces_[piece_].end;
  }
  begin_ = pieces_[piece_].begin;
  at_ = std::max(at_, begin_);
  stop_ = std::max(at_, std::min(pieces_[piece_].end, limit_));
  if (at_ == stop_) NextPiece();
}

void ScriptReader::NextPiece() {
  while (at_ == stop_ && piece_ + 1 < pieces_.size() &&
         pieces_[piece_ + 1].begin < limit_) {
    ++piece_;
    begin_ = at_ = pieces_[piece_].begin;
    stop_ = std::min(pieces_[piece_].end, limit_);
  }
}

char ScriptReader::PeekNext() {
  if (at_ + 1 < stop_ && (!joins_ || text_[at_ + 1] != '\\')) {
    return text_[at_ + 1];
  }
  const Position here = position();
  Advance();
  const char next = Peek();
  Seek(here);
  return next;
}

bool ScriptReader::LooksAt(std::string_view expected) {
  const Position here = position();
  bool equal = true;
  for (const char c : expected) {
    equal = equal && !AtEnd() && Peek() == c;
    if (!equal) break;
    Advance();
  }
  Seek(here);
  return equal;
}

void ScriptReader::AdvanceEscape() {
  const bool joins = joins_;
  joins_ = false;
  Advance();
  joins_ = joins;
  Advance();
}

void ScriptReader::Seek(Position position) {
  piece_ = position.piece;
  at_ = position.offset;
  if (!pieces_.empty()) EnterPiece();
}

void ScriptReader::set_limit(uint32_t limit) {
  limit_ = limit;
  if (!pieces_.empty()) EnterPiece();
}

void ScriptReader::HideContinuations() {
  while (at_ != stop_ && text_[at_] == '\\') {
    uint32_t end = at_ + 2;
    if (at_ + 1 < stop_) {
      if (text_[at_ + 1] != '\n') return;
    } else {
      // The newline may be the next piece's first character.
      const bool more = piece_ + 1 < own_pieces_.size() &&
                        stop_ == own_pieces_[piece_].end &&
                        own_pieces_[piece_ + 1].begin < limit_;
      if (!more || text_[own_pieces_[piece_ + 1].begin] != '\n') return;
      Cut(piece_ + 1, own_pieces_[piece_ + 1].begin,
          own_pieces_[piece_ + 1].begin + 1);
      end = at_ + 1;
    }
    Cut(piece_, at_, end);
    EnterPiece();
  }
}

// Takes a range out of a piece, which goes if nothing is left of it, unless it
// is the only one.
void ScriptReader::Cut(uint32_t index, uint32_t begin, uint32_t end) {
  const TextRange piece = own_pieces_[index];
  const TextRange head = {piece.begin, begin};
  const TextRange tail = {end, piece.end};
  own_pieces_[index] = head.empty() ? tail : head;
  if (!head.empty() && !tail.empty()) {
    own_pieces_.insert(own_pieces_.begin() + index + 1, tail);
  } else if (head.empty() && tail.empty() && own_pieces_.size() > 1) {
    own_pieces_.erase(own_pieces_.begin() + index);
  }
  pieces_ = own_pieces_;
  writer_.set_pieces(pieces_);
}

void ScriptReader::Rewind(const Checkpoint& mark) {
  builder_.Rewind(mark.builder);
  writer_ = mark.writer;
  writer_.set_pieces(pieces_);
  joins_ = mark.joins;
  limit_ = mark.limit;
  Seek(mark.position);
}

}  // namespace dfix
