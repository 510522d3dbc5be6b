#include <algorithm>
#include <numeric>
#include <optional>
#include <string>
#include <vector>

#include "src/facts/layout.h"
#include "src/shell/words.h"
#include "src/text/list_order.h"
#include "src/transform/sink.h"
#include "src/transform/transform.h"

namespace dfix::transforms {
namespace {

// The begin of a line may be nothing but a comment or blank.
enum class Above : uint8_t { kSameLine, kNothing, kComment, kBlankLine };

// What is between the word and the one before it.
Above AboveWord(const Document& document, NodeId word) {
  const uint32_t begin = document.Range(word).begin;
  const TextRange gap = {EndOfTokenBefore(document, begin), begin};
  const std::string_view text = document.text();
  if (!HasNewline(text, gap)) return Above::kSameLine;
  for (uint32_t line = LineEnd(text, gap.begin); line < LineBegin(text, begin);
       line = LineEnd(text, line)) {
    if (WithoutBlanks(text.substr(line, LineEnd(text, line) - line)).empty()) {
      return Above::kBlankLine;
    }
  }
  return HasComment(document, gap) ? Above::kComment : Above::kNothing;
}

// A list with a line for each word, or for each but the first.
struct List {
  std::vector<NodeId> words;
  std::vector<std::string_view> texts;  // Without a quote in front.
  std::vector<Above> above;
};

// The packages of the call, if each has a line.
std::optional<List> ListOf(const Document& document,
                           const PackageCommand& call) {
  List list;
  for (const NodeId word : call.operands) {
    list.words.push_back(word);
    const std::string_view text = document.Text(word);
    const bool quoted = text.starts_with('"') || text.starts_with('\'');
    list.texts.push_back(quoted ? text.substr(1, text.size() - 2) : text);
    list.above.push_back(AboveWord(document, word));
    if (list.words.size() > 1 && list.above.back() == Above::kSameLine) {
      return std::nullopt;
    }
  }
  if (list.words.size() < 2) return std::nullopt;
  return list;
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

// Whether the list is in order: all of it, or each of the groups that blank
// lines and comments about more than one word make.
bool IsSorted(const List& list) {
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

// Why the list cannot be put in another order, or empty.
std::string Obstacle(const Document& document, const PackageCommand& call,
                     const List& list) {
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
  return "";
}

void Rewrite(const Document& document, const PackageCommand& call, Sink& sink) {
  const auto list = ListOf(document, call);
  if (!list || IsSorted(*list)) return;
  const std::string obstacle = Obstacle(document, call, *list);
  if (!obstacle.empty()) {
    return sink.LeaveAlone(call.program, "not sorted: " + obstacle);
  }
  std::vector<size_t> places(list->words.size());
  std::iota(places.begin(), places.end(), 0);
  std::stable_sort(places.begin(), places.end(), [&](size_t a, size_t b) {
    return LessByName(list->texts[a], list->texts[b]);
  });
  std::vector<NodeId> order;
  std::vector<Above> above;
  for (const size_t place : places) {
    order.push_back(list->words[place]);
    above.push_back(list->above[place]);
  }
  if (!CommentsAreAboutOneWord(list->above) ||
      !CommentsAreAboutOneWord(above)) {
    return sink.LeaveAlone(
        call.program,
        "not sorted: a comment may be about more than the package below it");
  }
  sink.Propose(
      call.program, *call.manager->sort,
      "sort the packages: whoever adds one finds its place, and sees if it is "
      "there already",
      [&](ChangeWriter& change) { change.ReorderList(list->words, order); });
}

void Run(const Input& input, Sink& sink) {
  for (const PackageCommand& call : input.facts.package_commands()) {
    if (call.verb != PackageVerb::kInstall || !call.manager->sort) continue;
    // `dnf swap` installs its second operand in place of the first.
    if (!WordIs(input.document, call.verb_word, "swap")) {
      Rewrite(input.document, call, sink);
    }
  }
}

}  // namespace

extern const Transform kSortPackages;
const Transform kSortPackages = {
    .id = "sort-packages",
    .title = "Sort lists of packages that have a line for each",
    .why =
        "In a sorted list a package is easy to find, a duplicate is easy to "
        "see, and two people who add packages rarely touch the same line. The "
        "order is that of the names, byte by byte; lists that are sorted in "
        "another usual way, without regard to case or by letters and digits "
        "only, stay as they are.",
    .level = Level::kSafe,
    .phase = Phase::kLayout,
    .rank = 10,
    .aliases = {},
    .before =
        "FROM debian:12\n"
        "RUN apt-get update && apt-get install -y \\\n"
        "    git \\\n"
        "    curl \\\n"
        "    bzip2\n",
    .after =
        "FROM debian:12\n"
        "RUN apt-get update && apt-get install -y \\\n"
        "    bzip2 \\\n"
        "    curl \\\n"
        "    git\n",
    .left_alone =
        "Lists with several packages on a line; lists with options, variables "
        "or patterns among the packages (a variable as the version is none); "
        "lists in which a comment may be about several packages; package "
        "managers for which the order may matter, such as npm and gem. With "
        "pip the level is review: the order can decide between versions.",
    .run = Run,
};

}  // namespace dfix::transforms
