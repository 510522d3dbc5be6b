#include <string>
#include <vector>

#include "src/facts/layout.h"
#include "src/shell/words.h"
#include "src/transform/package_list.h"
#include "src/transform/sink.h"
#include "src/transform/transform.h"

namespace dfix::transforms {
namespace {

constexpr std::string_view kWrap = "wrap";
constexpr Option kOptions[] = {
    {kWrap, OptionType::kNumber, "0",
     "lists on one line of more bytes than this get a line for each package; 0 "
     "for none"},
};

// Whether the list stands on a line that is longer than the option allows.
bool IsTooLong(const Input& input, const PackageList& list) {
  const uint32_t most = input.options.Number(kWrap);
  const std::string_view text = input.document.text();
  const uint32_t at = input.document.Range(list.words.front()).begin;
  const uint32_t begin = LineBegin(text, at);
  const std::string_view line = text.substr(begin, LineEnd(text, at) - begin);
  return most > 0 && WithoutBlanksBehind(line).size() > most;
}

void Rewrite(const Input& input, const PackageCommand& call, Sink& sink) {
  const PackageList list = PackageListOf(input.document, call);
  const bool wraps = IsOnOneLine(list) && IsTooLong(input, list);
  if (!wraps && (!HasLineEach(list) || IsSorted(list))) return;
  const std::string obstacle = SortingObstacle(input.document, call, list);
  if (!obstacle.empty()) {
    return sink.LeaveAlone(call.program, "not sorted: " + obstacle);
  }
  const std::vector<NodeId> order = Sorted(list);
  sink.Propose(
      call.program, *call.manager->sort,
      wraps ? "put each package on a line of its own, sorted: a change of one "
              "is a change of one line"
            : "sort the packages: whoever adds one finds its place, and sees "
              "if it is there already",
      [&](ChangeWriter& change) {
        if (wraps) {
          change.WrapList(list.words, order);
        } else {
          change.ReorderList(list.words, order);
        }
      });
}

void Run(const Input& input, Sink& sink) {
  for (const PackageCommand& call : input.facts.package_commands()) {
    if (call.verb != PackageVerb::kInstall || !call.manager->sort) continue;
    // `dnf swap` installs its second operand in place of the first.
    const bool swaps = call.verb_word != kNoNode &&
                       WordIs(input.document, call.verb_word, "swap");
    if (!swaps) Rewrite(input, call, sink);
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
    .effects = {Effect::kReordersPackages},
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
        "Lists with several packages on a line, unless `wrap` is set and all "
        "of it is on one that is longer; lists with options, variables "
        "or patterns among the packages (a variable as the version is none); "
        "lists in which a comment may be about several packages; package "
        "managers for which the order may matter, such as npm and gem. With "
        "pip the level is review: the order can decide between versions.",
    .options = kOptions,
    .run = Run,
};

}  // namespace dfix::transforms
