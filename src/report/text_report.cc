#include "src/report/text_report.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace dfix {
namespace {

constexpr std::string_view kBold = "\x1b[1m";
constexpr std::string_view kRed = "\x1b[31m";
constexpr std::string_view kGreen = "\x1b[32m";
constexpr std::string_view kYellow = "\x1b[33m";
constexpr std::string_view kDim = "\x1b[2m";

std::string Paint(std::string_view text, std::string_view color, bool wanted) {
  if (!wanted) return std::string(text);
  return std::string(color) + std::string(text) + "\x1b[m";
}

std::string Place(std::string_view path, LineColumn at, bool color) {
  return Paint(std::string(path) + ':' + std::to_string(at.line) + ':' +
                   std::to_string(at.column) + ':',
               kBold, color) +
         ' ';
}

// Collects the lines of the lists of decisions and puts them in order.
class Lines {
 public:
  Lines(std::string_view path, const TextReportOptions& options)
      : path_(path), options_(options) {}

  // What happened to each decision is `verb`, or its level if that is empty.
  void Add(const std::vector<Decision>& decisions, std::string_view verb,
           std::string_view color) {
    for (const Decision& decision : decisions) {
      const std::string_view what = verb.empty() ? Name(decision.level) : verb;
      lines_.emplace_back(decision.range.begin,
                          Place(path_, decision.begin, options_.color) +
                              Paint(what, color, options_.color) + ": " +
                              decision.message + " [" +
                              std::string(decision.transform->id) + "]\n");
    }
  }

  std::string Join() {
    std::stable_sort(
        lines_.begin(), lines_.end(),
        [](const auto& a, const auto& b) { return a.first < b.first; });
    std::string out;
    for (const auto& [place, line] : lines_) out += line;
    return out;
  }

 private:
  std::string_view path_;
  const TextReportOptions& options_;
  std::vector<std::pair<uint32_t, std::string>> lines_;
};

}  // namespace

std::string FormatReport(std::string_view path, const Report& report,
                         const TextReportOptions& options) {
  Lines lines(path, options);
  lines.Add(report.applied, "", kGreen);
  lines.Add(report.advice, "", kYellow);
  lines.Add(report.left_alone, "left alone", kDim);
  if (options.verbose) {
    lines.Add(report.available, "", kYellow);
    lines.Add(report.suppressed, "suppressed", kDim);
  }
  return lines.Join();
}

std::string FormatAdvice(std::string_view path, const Report& report,
                         const TextReportOptions& options) {
  Lines lines(path, options);
  lines.Add(report.advice, "", kYellow);
  return lines.Join();
}

std::string FormatProblems(std::string_view path, const Report& report,
                           const TextReportOptions& options) {
  std::string out;
  for (const Problem& problem : report.problems) {
    out += Place(path, problem.begin, options.color) +
           Paint("error", kRed, options.color) + ": " + problem.message + '\n';
  }
  for (const Rollback& rollback : report.rollbacks) {
    out += std::string(path) + ": rolled back `" +
           std::string(rollback.transform->id) +
           "`, a bug in dfix: " + rollback.reason + '\n';
    if (!options.explain_rollback) continue;
    out += "--- the build as it is\n" + rollback.trace_before +
           "+++ the build as `" + std::string(rollback.transform->id) +
           "` would have made it\n" + rollback.trace_after;
  }
  if (!report.settled) {
    out += std::string(path) + ": did not settle, a bug in dfix\n";
  }
  return out;
}

}  // namespace dfix
