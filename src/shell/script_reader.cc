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
  begin_ = pieces_[piece_].begin;
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
    TextRange& piece = own_pieces_[piece_];
    if (at_ + 1 < stop_) {
      if (text_[at_ + 1] != '\n') return;
      const TextRange rest = {at_ + 2, piece.end};
      if (at_ == piece.begin && rest.begin < rest.end) {
        piece = rest;
        begin_ = at_ = rest.begin;
        continue;
      }
      piece.end = at_;
      if (rest.begin < rest.end) {
        own_pieces_.insert(own_pieces_.begin() + piece_ + 1, rest);
      }
    } else {
      const bool more =
          piece_ + 1 < own_pieces_.size() && stop_ == piece.end &&
          own_pieces_[piece_ + 1].begin < limit_ &&
          own_pieces_[piece_ + 1].begin < own_pieces_[piece_ + 1].end;
      if (!more || text_[own_pieces_[piece_ + 1].begin] != '\n') return;
      piece.end = at_;
      ++own_pieces_[piece_ + 1].begin;
    }
    pieces_ = own_pieces_;
    writer_.set_pieces(pieces_);
    stop_ = at_;
    NextPiece();
  }
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
