#include "src/engine/engine.h"

#include <gtest/gtest.h>

#include "src/dockerfile/parser.h"
#include "src/transform/sink.h"

namespace dfix {
namespace {

Transform Make(std::string_view id, void (*run)(const Input&, Sink&)) {
  return {.id = id,
          .title = "",
          .why = "",
          .level = Level::kSafe,
          .phase = Phase::kContent,
          .rank = 0,
          .aliases = {"X1"},
          .effects = {Effect::kReplacesProgram, Effect::kReordersPackages},
          .before = "",
          .after = "",
          .left_alone = "",
          .run = run};
}

// Calls `visit` with every word `value` of the file.
template <typename Visit>
void ForEachWord(const Input& input, std::string_view value, Visit visit) {
  for (uint32_t i = 0; i < input.document.nodes().size(); ++i) {
    if (input.document.kind(NodeId{i}) == NodeKind::kWord &&
        input.document.Text(NodeId{i}) == value) {
      visit(NodeId{i});
    }
  }
}

void ReplaceAByB(const Input& input, Sink& sink) {
  ForEachWord(input, "apt", [&](NodeId word) {
    sink.Propose(word, Level::kSafe, "b is better",
                 [&](ChangeWriter& w) { w.ReplaceWord(word, "apt-get"); });
  });
}

void SwapXAndY(const Input& input, Sink& sink) {
  ForEachWord(input, "x", [&](NodeId x) {
    ForEachWord(input, "y", [&](NodeId y) {
      sink.Propose(x, Level::kSafe, "the other order is better",
                   [&](ChangeWriter& w) {
                     w.ReplaceWord(x, "y");
                     w.ReplaceWord(y, "x");
                   });
    });
  });
}

void ReplaceAByC(const Input& input, Sink& sink) {
  ForEachWord(input, "apt", [&](NodeId word) {
    sink.Propose(word, Level::kSafe, "c is better",
                 [&](ChangeWriter& w) { w.ReplaceWord(word, "c"); });
  });
}

void ReplaceAAtBold(const Input& input, Sink& sink) {
  ForEachWord(input, "apt", [&](NodeId word) {
    sink.Propose(word, Level::kBold, "c is bold",
                 [&](ChangeWriter& w) { w.ReplaceWord(word, "c"); });
  });
}

void ReplaceTwice(const Input& input, Sink& sink) {
  ReplaceAByB(input, sink);
  ReplaceAAtBold(input, sink);
}

void OpenAQuote(const Input& input, Sink& sink) {
  ForEachWord(input, "apt", [&](NodeId word) {
    sink.Propose(word, Level::kSafe, "break it",
                 [&](ChangeWriter& w) { w.ReplaceWord(word, "'"); });
  });
}

void RefuseA(const Input& input, Sink& sink) {
  ForEachWord(input, "apt",
              [&](NodeId word) { sink.LeaveAlone(word, "it is fine"); });
}

TEST(Engine, AppliesAndReportsWhere) {
  const Transform replace = Make("replace", ReplaceAByB);
  const Report report =
      Fix("FROM x\nRUN apt update\n", {Level::kSafe, {&replace}});
  EXPECT_EQ(report.outcome, Outcome::kChanged);
  EXPECT_EQ(report.fixed, "FROM x\nRUN apt-get update\n");
  ASSERT_EQ(report.applied.size(), 1u);
  EXPECT_EQ(report.applied[0].message, "b is better");
  EXPECT_EQ(report.applied[0].begin, (LineColumn{2, 5}));
  EXPECT_EQ(report.applied[0].first_line, 2u);
  EXPECT_EQ(report.applied[0].last_line, 2u);
}

TEST(Engine, CountsWhatAHigherLevelWouldDo) {
  const Transform bold = Make("bold", ReplaceAAtBold);
  const Report report =
      Fix("FROM x\nRUN apt update\n", {Level::kReview, {&bold}});
  EXPECT_EQ(report.outcome, Outcome::kUnchanged);
  EXPECT_EQ(report.fixed, report.original);
  ASSERT_EQ(report.available.size(), 1u);
  EXPECT_EQ(report.available[0].level, Level::kBold);
}

TEST(Engine, RefusesTheSecondOfTwoOverlappingChanges) {
  const Transform both = Make("both", ReplaceTwice);
  const Report report =
      Fix("FROM x\nRUN apt update\n", {Level::kBold, {&both}});
  EXPECT_EQ(report.fixed, "FROM x\nRUN apt-get update\n");
  EXPECT_EQ(report.applied.size(), 1u);
}

TEST(Engine, RollsBackWhatBreaksAScript) {
  const Transform broken = Make("broken", OpenAQuote);
  const Transform replace = Make("replace", ReplaceAByB);
  const Report report =
      Fix("FROM x\nRUN apt update\n", {Level::kSafe, {&broken, &replace}});
  ASSERT_EQ(report.rollbacks.size(), 1u);
  EXPECT_EQ(report.rollbacks[0].transform->id, "broken");
  EXPECT_EQ(report.rollbacks[0].reason,
            "a script of the result is not understood");
  EXPECT_EQ(report.fixed, "FROM x\nRUN apt-get update\n");
}

TEST(Engine, RollsBackWhatNoDeclaredEffectExplains) {
  const Transform broken = Make("broken", ReplaceAByC);
  const Transform replace = Make("replace", ReplaceAByB);
  const Report report =
      Fix("FROM x\nRUN apt update\n", {Level::kSafe, {&broken, &replace}});
  ASSERT_EQ(report.rollbacks.size(), 1u);
  EXPECT_EQ(report.rollbacks[0].transform->id, "broken");
  EXPECT_EQ(report.rollbacks[0].reason,
            "`apt update` becomes `c update`: the order of its arguments may "
            "matter; the two do not do the same");
  EXPECT_NE(report.rollbacks[0].trace_before.find("RUN apt update\n"),
            std::string::npos);
  EXPECT_NE(report.rollbacks[0].trace_after.find("RUN c update\n"),
            std::string::npos);
  EXPECT_EQ(report.fixed, "FROM x\nRUN apt-get update\n");
}

TEST(Engine, WritesNothingIfChangesKeepComing) {
  const Transform swap = Make("swap", SwapXAndY);
  const Report report =
      Fix("FROM x\nRUN apt-get install x y\n", {Level::kSafe, {&swap}});
  EXPECT_FALSE(report.settled);
  EXPECT_EQ(report.outcome, Outcome::kUnchanged);
  EXPECT_EQ(report.fixed, report.original);
}

TEST(Engine, ReportsWhatIsLeftAlone) {
  const Transform refuse = Make("refuse", RefuseA);
  const Report report =
      Fix("FROM x\nRUN apt update\n", {Level::kSafe, {&refuse}});
  ASSERT_EQ(report.left_alone.size(), 1u);
  EXPECT_EQ(report.left_alone[0].message, "it is fine");
}

TEST(Engine, SuppressionByIdAliasAndAll) {
  const Transform replace = Make("replace", ReplaceAByB);
  for (const std::string name : {"replace", "X1", "x1", "all", "other,X1"}) {
    const Report report =
        Fix("FROM x\n# dfix ignore=" + name + "\nRUN apt update\n",
            {Level::kSafe, {&replace}});
    EXPECT_EQ(report.outcome, Outcome::kUnchanged) << name;
    EXPECT_EQ(report.suppressed.size(), 1u) << name;
  }
  EXPECT_EQ(Fix("FROM x\n# dfix ignore=other\nRUN apt update\n",
                {Level::kSafe, {&replace}})
                .outcome,
            Outcome::kChanged);
}

TEST(Engine, TouchesNothingThatDoesNotParse) {
  const Transform replace = Make("replace", ReplaceAByB);
  const Report report =
      Fix("FROM x\nRUN apt update\nENV lonely\n", {Level::kSafe, {&replace}});
  EXPECT_EQ(report.outcome, Outcome::kUnparsable);
  EXPECT_EQ(report.fixed, report.original);
  ASSERT_EQ(report.problems.size(), 1u);
  EXPECT_EQ(report.problems[0].begin.line, 3u);
}

TEST(Damage, FindsALostComment) {
  EXPECT_EQ(FindDamage(ParseDockerfile("FROM x\n# why\nRUN apt update\n"),
                       ParseDockerfile("FROM x\nRUN apt update\n")),
            "a comment is lost");
}

TEST(Damage, FindsAParseError) {
  EXPECT_NE(FindDamage(ParseDockerfile("FROM x\n"),
                       ParseDockerfile("FROM x\nENV y\n")),
            "");
}

TEST(Damage, FindsAChangedFinalNewline) {
  EXPECT_EQ(FindDamage(ParseDockerfile("FROM x\n"), ParseDockerfile("FROM x")),
            "the final newline differs");
}

}  // namespace
}  // namespace dfix
