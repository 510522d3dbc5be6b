// The verbs of ChangeWriter that edit lists of words.
#include <algorithm>

#include "src/facts/layout.h"
#include "src/text/list_order.h"
#include "src/transform/sink.h"

namespace dfix {
namespace {

// The place of one word of a list that has a line for each.
struct Slot {
  TextRange range;  // Of the comment lines above, the indent, the word.
  TextRange word;
  uint32_t continuation;  // Where the line's escape character is, or 0.
};

Slot SlotOf(const Document& document, NodeId word) {
  const std::string_view text = document.text();
  const TextRange range = document.Range(word);
  const uint32_t before = EndOfTokenBefore(document, range.begin);
  Slot slot = {range, range, 0};
  if (HasNewline(text, {before, range.begin})) {
    slot.range.begin = LineEnd(text, before);
  }
  uint32_t i = document.node(word).end_token;
  while (document.kind(TokenId{i}) == TokenKind::kWhitespace) ++i;
  if (document.kind(TokenId{i}) == TokenKind::kLineContinuation) {
    slot.continuation = document.Range(TokenId{i}).begin;
  }
  return slot;
}

// The column that the continuations of the lines stand in, or 0 if they stand
// directly behind their words.
uint32_t ContinuationColumn(std::string_view text,
                            std::span<const Slot> slots) {
  uint32_t column = 0;
  bool padded = false;
  for (const Slot& slot : slots) {
    if (slot.continuation == 0) continue;
    const uint32_t here =
        slot.continuation - LineBegin(text, slot.continuation);
    if (column != 0 && here != column) return 0;
    column = here;
    padded |= slot.continuation > slot.word.end + 1;
  }
  return padded ? column : 0;
}

// The and-or list that `node` is in.
NodeId AndOrAround(const Document& document, NodeId node) {
  while (document.kind(node) != NodeKind::kAndOr) node = document.Parent(node);
  return node;
}

}  // namespace

void ChangeWriter::ReorderList(std::span<const NodeId> words,
                               std::span<const NodeId> order) {
  const std::string_view text = document_.text();
  std::vector<Slot> slots;
  bool comments = false;
  bool all_on_lines = true;
  for (const NodeId word : words) {
    slots.push_back(SlotOf(document_, word));
    const Slot& slot = slots.back();
    if (HasNewline(text, slot.word)) {
      return Refuse("a line continuation splits a word of the list");
    }
    comments |= HasComment(document_, slot.range);
    all_on_lines &= slot.range.begin < slot.word.begin;
  }
  if (comments && !all_on_lines) {
    return Refuse("a comment cannot go above a word within a line");
  }
  const uint32_t column = ContinuationColumn(text, slots);
  for (size_t i = 0; i < words.size(); ++i) {
    if (order[i] == words[i]) continue;
    const Slot source = SlotOf(document_, order[i]);
    TextRange range = comments ? slots[i].range : slots[i].word;
    std::string line(Slice(text, comments ? source.range : source.word));
    if (column != 0 && slots[i].continuation != 0) {
      const size_t indent = LineIndent(text, slots[i].word.begin).size();
      const size_t width = indent + source.word.end - source.word.begin;
      line.append(width < column ? column - width : 1, ' ');
      range.end = slots[i].continuation;
    }
    Replace(range, std::move(line));
  }
}

void ChangeWriter::WrapList(std::span<const NodeId> words,
                            std::span<const NodeId> order) {
  const std::string_view text = document_.text();
  const TextRange list = {
      EndOfTokenBefore(document_, document_.Range(words.front()).begin),
      document_.Range(words.back()).end};
  if (HasNewline(text, list) || HasComment(document_, list)) {
    return Refuse("the list is not on one line");
  }
  const bool in_heredoc = InHeredoc(document_, words.front());
  const std::string line_end = ContinuedLineEnd(document_, in_heredoc);
  const std::string indent(LineIndent(text, list.begin));
  std::string lines;
  for (const NodeId word : order) {
    lines += line_end + indent + "    " + std::string(document_.Text(word));
  }
  uint32_t end = list.end;
  while (end < text.size() && (text[end] == ' ' || text[end] == '\t')) ++end;
  const std::string_view rest = text.substr(end, LineEnd(text, end) - end);
  if (rest.starts_with('#')) {
    return Refuse("a comment stands behind the list");
  }
  // `&&` at the end of the line stays there.
  const bool goes_on =
      rest.starts_with("&&") &&
      rest.find_first_not_of("& \t\r\n") != rest.npos &&
      rest[rest.find_first_not_of("& \t")] != document_.escape();
  if (!goes_on) return Replace(list, std::move(lines));
  const NodeId and_or = AndOrAround(document_, words.front());
  const std::string base =
      HasNewline(text, {document_.Range(and_or).begin, list.begin})
          ? indent
          : LayoutOfList(document_, and_or).indent;
  Replace({list.begin, end}, lines + line_end + base);
}

void ChangeWriter::AddToList(std::span<const NodeId> words,
                             std::span<const ListItem> items) {
  const std::string_view text = document_.text();
  // Whether the word stands on another line than what is before it.
  const auto breaks_before = [&](NodeId word) {
    const uint32_t begin = document_.Range(word).begin;
    return HasNewline(text, {EndOfTokenBefore(document_, begin), begin});
  };
  std::vector<std::string_view> texts;
  for (const NodeId word : words) texts.push_back(document_.Text(word));
  const auto breaks =
      std::count_if(words.begin() + 1, words.end(), breaks_before);
  const TextRange all = {document_.Range(words.front()).begin,
                         document_.Range(words.back()).end};
  const bool uniform =
      breaks == 0 || static_cast<size_t>(breaks) + 1 == words.size();
  const Less less = uniform && words.size() > 1 && !HasComment(document_, all)
                        ? OrderOf(texts)
                        : nullptr;
  const std::string line_end =
      ContinuedLineEnd(document_, InHeredoc(document_, words[0]));
  // A word that begins a line which has more stays on it with what is added.
  const auto separator = [&](NodeId word) {
    const auto next = std::find(words.begin(), words.end(), word) + 1;
    const bool shares = next != words.end() && !breaks_before(*next);
    if (!breaks_before(word) || shares) return std::string(" ");
    const uint32_t begin = document_.Range(word).begin;
    return line_end + std::string(LineIndent(text, begin));
  };
  const bool may_go_first = !HasComment(
      document_, {EndOfTokenBefore(document_, all.begin), all.begin});
  std::string before;
  std::vector<std::string> after(words.size());
  for (const ListItem& item : items) {
    size_t place = words.size();
    if (less != nullptr) {
      while (place > 0 && less(item.text, texts[place - 1])) {
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
