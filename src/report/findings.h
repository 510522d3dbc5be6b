// What a run found, for programs to read: one entry a decision, with its place,
// and the formats that CI systems and editors take.
#ifndef DFIX_REPORT_FINDINGS_H_
#define DFIX_REPORT_FINDINGS_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "src/engine/engine.h"

namespace dfix {

enum class FindingState : uint8_t {
  kPending,     // A change that would be made.
  kFixed,       // One that was made.
  kAdvice,      // For a person to do, or not.
  kAvailable,   // A change that a higher level would make.
  kLeftAlone,   // Looked at and not changed.
  kSuppressed,  // Not changed because a comment says so.
  kError,       // What keeps the file from being rewritten.
};

struct Finding {
  std::string path;
  FindingState state;
  const Transform* transform;  // Null for an error.
  Level level = Level::kSafe;
  std::string message;
  // Lines and columns of what it is about, in bytes; the end is behind it.
  LineColumn begin = {};
  LineColumn end = {};
  // The same columns in characters.
  uint32_t begin_character = 1;
  uint32_t end_character = 1;
};

// Everything that `report` on the file `path` says, in the order of the file.
// `written` if its changes have been made.
std::vector<Finding> FindingsOf(std::string_view path, const Report& report,
                                bool written);

enum class ReportFormat : uint8_t {
  kFull,     // For people; see text_report.h.
  kConcise,  // One line a finding that is to be dealt with.
  kJson,
  kJsonl,
  kSarif,       // 2.1.0, for code scanning.
  kGithub,      // Commands of GitHub Actions, which become annotations.
  kGitlab,      // GitLab's code quality report.
  kCheckstyle,  // XML that many CI systems read.
  kRdjson,      // reviewdog's diagnostics.
  kMarkdown,    // A table, for comments and summaries.
};

// The names of the formats, in the order of the enumeration.
std::span<const std::string_view> ReportFormatNames();

// All findings of a run as one text in `format`, which is not kFull. JSON, JSON
// lines and Markdown have all of them; the others those that are to be dealt
// with: pending changes, advice and errors.
std::string FormatFindings(ReportFormat format,
                           std::span<const Finding> findings);

}  // namespace dfix

#endif  // DFIX_REPORT_FINDINGS_H_
