// The verbs of ChangeWriter that edit words.
#include "src/facts/layout.h"
#include "src/transform/sink.h"

namespace dfix {
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

void ChangeWriter::RemoveWordsBefore(NodeId first, NodeId next) {
  const TextRange range = {document_.Range(first).begin,
                           document_.Range(next).begin};
  if (HasComment(document_, range)) {
    return Refuse("a comment stands between the words");
  }
  Replace(range, "");
}

}  // namespace dfix
