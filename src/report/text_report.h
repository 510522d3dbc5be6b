// The report on one file as people read it in a terminal.
#ifndef DFIX_REPORT_TEXT_REPORT_H_
#define DFIX_REPORT_TEXT_REPORT_H_

#include <string>
#include <string_view>

#include "src/engine/engine.h"

namespace dfix {

struct TextReportOptions {
  bool color = false;
  bool verbose = false;  // What is suppressed or needs a higher level, too.
  bool explain_rollback = false;  // What a transform would have done wrong.
};

// One line a decision, `path:line:column: ...`, by place. Empty if there is
// nothing to tell.
std::string FormatReport(std::string_view path, const Report& report,
                         const TextReportOptions& options);

// The lines of FormatReport that are advice.
std::string FormatAdvice(std::string_view path, const Report& report,
                         const TextReportOptions& options);

// What went wrong: why the file could not be parsed, and our own bugs.
std::string FormatProblems(std::string_view path, const Report& report,
                           const TextReportOptions& options);

}  // namespace dfix

#endif  // DFIX_REPORT_TEXT_REPORT_H_
