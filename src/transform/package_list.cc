#include "src/transform/package_list.h"

#include <algorithm>
#include <numeric>
#include <optional>
#include <span>

#include "src/facts/layout.h"
#include "src/shell/words.h"
#include "src/text/list_order.h"

namespace dfix {
namespace {

// What is between the word and the one before it.
Above AboveWord(const Document& document, NodeId word) {
  const uint32_t begin = document.Range(word).begin;
  const TextRange gap = {EndOfTokenBefore(document, begin), begin};
  const std::string_view text = document.text();
  const char escape = document.escape();
  if (!HasNewline(text, gap)) return Above::kSameLine;
  for (uint32_t line = LineEnd(text, gap.begin); line < LineBegin(text, begin);
       line = LineEnd(text, line)) {
    const std::string_view blank = WithoutBlanksBehind(
        WithoutBlanks(text.substr(line, LineEnd(text, line) - line)));
    if (blank.empty() || blank == std::string_view(&escape, 1)) {
      return Above::kBlankLine;
    }
  }
  return HasComment(document, gap) ? Above::kComment : Above::kNothing;
}

// Whether each comment is followed by one word and then by another comment or
// the end, so that it can only be about that word; and no blank line divides
// the list.
bool CommentsAreAboutOneWord(const std::vector<Above>& above) {
  for (size_t i = 0; i + 1 < above.size(); ++i) {
    if (above[i + 1] == Above::kBlankLine) return false;
    if (above[i] == Above::kComment && above[i + 1] != Above::kComment) {
      return false;
    }
  }
  return true;
}

// The name of a package word, its version left out. Absent if it may be no
// package or more than one.
std::optional<std::string_view> NameOf(const Document& document, NodeId word) {
  const std::string_view text = document.Text(word);
  const std::string_view name = text.substr(0, text.find_first_of("=<>~!", 1));
  if (ConstantValue(document, word)) return name;
  const bool only_version =
      name.size() < text.size() && name.find_first_of("$`*?[{\"'") == name.npos;
  const bool runs = text.find("$(") != text.npos || text.find('`') != text.npos;
  if (!only_version || runs) return std::nullopt;
  return name;
}

// Where in the list the words stand that come first, second, ...
std::vector<size_t> SortedPlaces(const PackageList& list) {
  std::vector<size_t> places(list.words.size());
  std::iota(places.begin(), places.end(), 0);
  std::stable_sort(places.begin(), places.end(), [&](size_t a, size_t b) {
    return LessByName(list.texts[a], list.texts[b]);
  });
  return places;
}

}  // namespace

PackageList PackageListOf(const Document& document,
                          const PackageCommand& call) {
  PackageList list;
  for (const NodeId word : call.operands) {
    list.words.push_back(word);
    const std::string_view text = document.Text(word);
    const bool quoted = text.starts_with('"') || text.starts_with('\'');
    list.texts.push_back(quoted ? text.substr(1, text.size() - 2) : text);
    list.above.push_back(AboveWord(document, word));
  }
  return list;
}

bool HasLineEach(const PackageList& list) {
  return list.words.size() > 1 &&
         std::find(list.above.begin() + 1, list.above.end(),
                   Above::kSameLine) == list.above.end();
}

bool IsOnOneLine(const PackageList& list) {
  return list.words.size() > 1 &&
         std::count(list.above.begin(), list.above.end(), Above::kSameLine) ==
             static_cast<std::ptrdiff_t>(list.above.size());
}

bool IsSorted(const PackageList& list) {
  const std::span<const std::string_view> texts = list.texts;
  if (OrderOf(texts) != nullptr) return true;
  if (CommentsAreAboutOneWord(list.above)) return false;
  size_t begin = 0;
  for (size_t i = 1; i <= texts.size(); ++i) {
    const bool ends = i == texts.size() || list.above[i] == Above::kComment ||
                      list.above[i] == Above::kBlankLine;
    if (!ends) continue;
    if (OrderOf(texts.subspan(begin, i - begin)) == nullptr) return false;
    begin = i;
  }
  return true;
}

std::string SortingObstacle(const Document& document,
                            const PackageCommand& call,
                            const PackageList& list) {
  for (const NodeId option : call.options) {
    if (Index(option) > Index(list.words.front()) &&
        Index(option) < Index(list.words.back())) {
      return "options stand among the packages";
    }
  }
  std::vector<std::string_view> names;
  for (const NodeId word : list.words) {
    const auto name = NameOf(document, word);
    if (!name) {
      return '`' + LogicalText(document, word) +
             "` may stand for something else than one package";
    }
    // apt(8) takes a package away so.
    if (name->ends_with('-')) {
      return '`' + std::string(*name) + "` removes a package";
    }
    names.push_back(*name);
  }
  for (size_t i = 0; i < names.size(); ++i) {
    for (size_t j = 0; j < i; ++j) {
      if (names[i] == names[j] && list.texts[i] != list.texts[j]) {
        return '`' + std::string(names[i]) + "` is named twice";
      }
    }
  }
  if (std::find(list.above.begin(), list.above.end(), Above::kBlankLine) !=
      list.above.end()) {
    return "blank lines divide the list";
  }
  std::vector<Above> above;
  for (const size_t place : SortedPlaces(list)) {
    above.push_back(list.above[place]);
  }
  if (!CommentsAreAboutOneWord(list.above) || !CommentsAreAboutOneWord(above)) {
    return "a comment may be about more than the package below it";
  }
  return "";
}

std::vector<NodeId> Sorted(const PackageList& list) {
  std::vector<NodeId> words;
  for (const size_t place : SortedPlaces(list)) {
    words.push_back(list.words[place]);
  }
  return words;
}

}  // namespace dfix
