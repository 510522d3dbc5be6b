// The verbs of ChangeWriter that edit words.
#include <algorithm>

#include "src/facts/layout.h"
#include "src/transform/sink.h"

namespace dfix {
namespace {

// The end of the last word, operator or other dark token before `offset`.
uint32_t EndOfTokenBefore(const Document& document, uint32_t offset) {
  uint32_t i = Index(document.TokenFrom(offset));
  while (i > 0 && IsTrivia(document.tokens()[i - 1].kind)) --i;
  return i == 0 ? 0 : document.Range(TokenId{i - 1}).end;
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

void ChangeWriter::AddToList(std::span<const NodeId> words,
                             std::span<const ListItem> items) {
  const std::string_view text = document_.text();
  // Whether the word stands on another line than what is before it.
  const auto breaks_before = [&](NodeId word) {
    const uint32_t begin = document_.Range(word).begin;
    return HasNewline(text, {EndOfTokenBefore(document_, begin), begin});
  };
  const auto less = [&](NodeId a, NodeId b) {
    return document_.Text(a) < document_.Text(b);
  };
  const auto breaks =
      std::count_if(words.begin() + 1, words.end(), breaks_before);
  const TextRange all = {document_.Range(words.front()).begin,
                         document_.Range(words.back()).end};
  const bool uniform =
      breaks == 0 || static_cast<size_t>(breaks) + 1 == words.size();
  const bool sorted = uniform && words.size() > 1 &&
                      !HasComment(document_, all) &&
                      std::is_sorted(words.begin(), words.end(), less);
  const std::string line_end =
      ContinuedLineEnd(document_, InHeredoc(document_, words[0]));
  const auto separator = [&](NodeId word) {
    if (!breaks_before(word)) return std::string(" ");
    const uint32_t begin = document_.Range(word).begin;
    return line_end + std::string(LineIndent(text, begin));
  };
  const bool may_go_first = !HasComment(
      document_, {EndOfTokenBefore(document_, all.begin), all.begin});
  std::string before;
  std::vector<std::string> after(words.size());
  for (const ListItem& item : items) {
    size_t place = words.size();
    if (sorted) {
      while (place > 0 && item.text < document_.Text(words[place - 1])) {
        --place;
      }
    } else {
      const auto beside = std::find(words.begin(), words.end(), item.beside);
      if (beside != words.end()) place = beside - words.begin() + 1;
    }
    if (place == 0 && may_go_first) {
      before += item.text + separator(words[0]);
    } else {
      const size_t i = place == 0 ? words.size() - 1 : place - 1;
      after[i] += separator(words[i]) + item.text;
    }
  }
  if (!before.empty()) Replace({all.begin, all.begin}, std::move(before));
  for (size_t i = 0; i < words.size(); ++i) {
    const uint32_t at = document_.Range(words[i]).end;
    if (!after[i].empty()) Replace({at, at}, std::move(after[i]));
  }
}

}  // namespace dfix
