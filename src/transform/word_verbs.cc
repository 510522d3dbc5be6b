// The verbs of ChangeWriter that edit words.
#include "src/facts/layout.h"
#include "src/transform/sink.h"

namespace dfix {
namespace {

// The end of the last word, operator or other dark token before `offset`.
uint32_t EndOfTokenBefore(const Document& document, uint32_t offset) {
  uint32_t end = 0;
  for (uint32_t i = 0; i < document.tokens().size(); ++i) {
    const TextRange range = document.Range(TokenId{i});
    if (range.begin >= offset) break;
    if (!IsTrivia(document.tokens()[i].kind)) end = range.end;
  }
  return end;
}

}  // namespace

void ChangeWriter::Replace(TextRange range, std::string text) {
  edits_.push_back({range, std::move(text)});
}

void ChangeWriter::Refuse(std::string_view reason) {
  if (!impossible_) impossible_ = std::string(reason);
}

void ChangeWriter::InsertWordAfter(NodeId word, std::string_view text) {
  const uint32_t at = document_.Range(word).end;
  Replace({at, at}, " " + std::string(text));
}

void ChangeWriter::InsertWordBefore(NodeId word, std::string_view text) {
  const uint32_t at = document_.Range(word).begin;
  Replace({at, at}, std::string(text) + " ");
}

void ChangeWriter::ReplaceWord(NodeId word, std::string_view text) {
  const TextRange range = document_.Range(word);
  if (HasComment(document_, range)) {
    return Refuse("a comment stands inside the word");
  }
  Replace(range, std::string(text));
}

void ChangeWriter::RemoveWord(NodeId word) {
  const TextRange range = document_.Range(word);
  const uint32_t before = EndOfTokenBefore(document_, range.begin);
  if (HasComment(document_, {before, range.end})) {
    return Refuse("a comment stands before the word");
  }
  Replace({before, range.end}, "");
}

void ChangeWriter::AppendToList(std::span<const NodeId> words,
                                std::string_view text) {
  const TextRange last = document_.Range(words.back());
  const uint32_t before = EndOfTokenBefore(document_, last.begin);
  if (!HasNewline(document_.text(), {before, last.begin})) {
    return InsertWordAfter(words.back(), text);
  }
  const std::string_view indent =
      LineIndent(document_.text(), last.begin);
  Replace({last.end, last.end},
          ContinuedLineEnd(document_, InHeredoc(document_, words.back())) +
              std::string(indent) + std::string(text));
}

}  // namespace dfix
