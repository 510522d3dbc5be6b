#include "src/report/text_report.h"

#include <gtest/gtest.h>

#include <string>

#include "src/transform/registry.h"

namespace dfix {
namespace {

Report WithRollback() {
  Report report;
  report.rollbacks.push_back({AllTransforms()[0],
                              "`a` is gone: no declared "
                              "effect is about it",
                              "stage 1 from x\n  RUN a\n", "stage 1 from x\n"});
  return report;
}

TEST(TextReport, RollbackIsABugOfOurs) {
  const std::string id(AllTransforms()[0]->id);
  EXPECT_EQ(FormatProblems("Dockerfile", WithRollback(), {}),
            "Dockerfile: rolled back `" + id +
                "`, a bug in dfix: `a` is gone: no declared effect is about "
                "it\n");
}

TEST(TextReport, RollbackIsExplainedByBothBuilds) {
  const std::string id(AllTransforms()[0]->id);
  TextReportOptions options;
  options.explain_rollback = true;
  EXPECT_EQ(FormatProblems("Dockerfile", WithRollback(), options),
            "Dockerfile: rolled back `" + id +
                "`, a bug in dfix: `a` is gone: no declared effect is about "
                "it\n--- the build as it is\nstage 1 from x\n  RUN a\n"
                "+++ the build as `" +
                id + "` would have made it\nstage 1 from x\n");
}

}  // namespace
}  // namespace dfix
