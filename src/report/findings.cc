#include "src/report/findings.h"

#include <algorithm>

#include "src/text/source_text.h"

namespace dfix {
namespace {

// How many characters of UTF-8 there are in `text`.
uint32_t CharactersIn(std::string_view text) {
  return static_cast<uint32_t>(std::count_if(
      text.begin(), text.end(),
      [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

class Collector {
 public:
  Collector(std::string_view path, const Report& report)
      : path_(path), text_(report.original), lines_(report.original) {}

  void Add(const std::vector<Decision>& decisions, FindingState state) {
    for (const Decision& decision : decisions) {
      Finding finding{std::string(path_), state, decision.transform,
                      decision.level, decision.message};
      finding.begin = decision.begin;
      finding.end = lines_.Locate(decision.range.end);
      finding.begin_character = Character(finding.begin);
      finding.end_character = Character(finding.end);
      findings_.push_back(std::move(finding));
    }
  }

  void Add(const std::vector<Problem>& problems) {
    for (const Problem& problem : problems) {
      Finding finding{std::string(path_), FindingState::kError, nullptr,
                      Level::kSafe, problem.message};
      finding.begin = finding.end = problem.begin;
      finding.begin_character = finding.end_character = Character(finding.end);
      findings_.push_back(std::move(finding));
    }
  }

  std::vector<Finding> Take() {
    std::stable_sort(findings_.begin(), findings_.end(),
                     [](const Finding& a, const Finding& b) {
                       return a.begin.line != b.begin.line
                                  ? a.begin.line < b.begin.line
                                  : a.begin.column < b.begin.column;
                     });
    return std::move(findings_);
  }

 private:
  uint32_t Character(LineColumn at) const {
    const uint32_t begin = lines_.LineBegin(at.line);
    return CharactersIn(text_.substr(begin, at.column - 1)) + 1;
  }

  std::string_view path_;
  std::string_view text_;
  LineTable lines_;
  std::vector<Finding> findings_;
};

}  // namespace

std::vector<Finding> FindingsOf(std::string_view path, const Report& report,
                                bool written) {
  Collector collector(path, report);
  collector.Add(report.applied,
                written ? FindingState::kFixed : FindingState::kPending);
  collector.Add(report.advice, FindingState::kAdvice);
  collector.Add(report.available, FindingState::kAvailable);
  collector.Add(report.left_alone, FindingState::kLeftAlone);
  collector.Add(report.suppressed, FindingState::kSuppressed);
  collector.Add(report.problems);
  return collector.Take();
}

std::span<const std::string_view> ReportFormatNames() {
  static constexpr std::string_view kNames[] = {
      "full",   "concise", "json",       "jsonl",  "sarif",
      "github", "gitlab",  "checkstyle", "rdjson", "markdown"};
  return kNames;
}

}  // namespace dfix
