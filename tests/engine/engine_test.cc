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
  ForEachWord(input, "a", [&](NodeId word) {
    sink.Propose(word, Level::kSafe, "b is better",
                 [&](ChangeWriter& w) { w.ReplaceWord(word, "b"); });
  });
}

void ReplaceBByA(const Input& input, Sink& sink) {
  ForEachWord(input, "b", [&](NodeId word) {
    sink.Propose(word, Level::kSafe, "a is better",
                 [&](ChangeWriter& w) { w.ReplaceWord(word, "a"); });
  });
}

void ReplaceAAtBold(const Input& input, Sink& sink) {
  ForEachWord(input, "a", [&](NodeId word) {
    sink.Propose(word, Level::kBold, "c is bold",
                 [&](ChangeWriter& w) { w.ReplaceWord(word, "c"); });
  });
}

void ReplaceTwice(const Input& input, Sink& sink) {
  ReplaceAByB(input, sink);
  ReplaceAAtBold(input, sink);
}

void OpenAQuote(const Input& input, Sink& sink) {
  ForEachWord(input, "a", [&](NodeId word) {
    sink.Propose(word, Level::kSafe, "break it",
                 [&](ChangeWriter& w) { w.ReplaceWord(word, "'"); });
  });
}

void RefuseA(const Input& input, Sink& sink) {
  ForEachWord(input, "a",
              [&](NodeId word) { sink.LeaveAlone(word, "it is fine"); });
}

TEST(Engine, AppliesAndReportsWhere) {
  const Transform replace = Make("replace", ReplaceAByB);
  const Report report = Fix("FROM x\nRUN a\n", {Level::kSafe, {&replace}});
  EXPECT_EQ(report.outcome, Outcome::kChanged);
  EXPECT_EQ(report.fixed, "FROM x\nRUN b\n");
  ASSERT_EQ(report.applied.size(), 1u);
  EXPECT_EQ(report.applied[0].message, "b is better");
  EXPECT_EQ(report.applied[0].begin, (LineColumn{2, 5}));
  EXPECT_EQ(report.applied[0].first_line, 2u);
  EXPECT_EQ(report.applied[0].last_line, 2u);
}

TEST(Engine, CountsWhatAHigherLevelWouldDo) {
  const Transform bold = Make("bold", ReplaceAAtBold);
  const Report report = Fix("FROM x\nRUN a\n", {Level::kReview, {&bold}});
  EXPECT_EQ(report.outcome, Outcome::kUnchanged);
  EXPECT_EQ(report.fixed, report.original);
  ASSERT_EQ(report.available.size(), 1u);
  EXPECT_EQ(report.available[0].level, Level::kBold);
}

TEST(Engine, RefusesTheSecondOfTwoOverlappingChanges) {
  const Transform both = Make("both", ReplaceTwice);
  const Report report = Fix("FROM x\nRUN a\n", {Level::kBold, {&both}});
  EXPECT_EQ(report.fixed, "FROM x\nRUN b\n");
  EXPECT_EQ(report.applied.size(), 1u);
}

TEST(Engine, RollsBackWhatBreaksAScript) {
  const Transform broken = Make("broken", OpenAQuote);
  const Transform replace = Make("replace", ReplaceAByB);
  const Report report =
      Fix("FROM x\nRUN a\n", {Level::kSafe, {&broken, &replace}});
  ASSERT_EQ(report.rollbacks.size(), 1u);
  EXPECT_EQ(report.rollbacks[0].transform->id, "broken");
  EXPECT_EQ(report.rollbacks[0].reason,
            "a script of the result is not understood");
  EXPECT_EQ(report.fixed, "FROM x\nRUN b\n");
}

TEST(Engine, WritesNothingIfChangesKeepComing) {
  const Transform there = Make("there", ReplaceAByB);
  const Transform back = Make("back", ReplaceBByA);
  const Report report =
      Fix("FROM x\nRUN a b\n", {Level::kSafe, {&there, &back}});
  EXPECT_FALSE(report.settled);
  EXPECT_EQ(report.outcome, Outcome::kUnchanged);
  EXPECT_EQ(report.fixed, report.original);
}

TEST(Engine, ReportsWhatIsLeftAlone) {
  const Transform refuse = Make("refuse", RefuseA);
  const Report report = Fix("FROM x\nRUN a\n", {Level::kSafe, {&refuse}});
  ASSERT_EQ(report.left_alone.size(), 1u);
  EXPECT_EQ(report.left_alone[0].message, "it is fine");
}

TEST(Engine, SuppressionByIdAliasAndAll) {
  const Transform replace = Make("replace", ReplaceAByB);
  for (const std::string name : {"replace", "X1", "x1", "all", "other,X1"}) {
    const Report report = Fix("FROM x\n# dfix ignore=" + name + "\nRUN a\n",
                              {Level::kSafe, {&replace}});
    EXPECT_EQ(report.outcome, Outcome::kUnchanged) << name;
    EXPECT_EQ(report.suppressed.size(), 1u) << name;
  }
  EXPECT_EQ(
      Fix("FROM x\n# dfix ignore=other\nRUN a\n", {Level::kSafe, {&replace}})
          .outcome,
      Outcome::kChanged);
}

TEST(Engine, TouchesNothingThatDoesNotParse) {
  const Transform replace = Make("replace", ReplaceAByB);
  const Report report =
      Fix("FROM x\nRUN a\nENV lonely\n", {Level::kSafe, {&replace}});
  EXPECT_EQ(report.outcome, Outcome::kUnparsable);
  EXPECT_EQ(report.fixed, report.original);
  ASSERT_EQ(report.problems.size(), 1u);
  EXPECT_EQ(report.problems[0].begin.line, 3u);
}

TEST(Damage, FindsALostComment) {
  EXPECT_EQ(FindDamage(ParseDockerfile("FROM x\n# why\nRUN a\n"),
                       ParseDockerfile("FROM x\nRUN a\n")),
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
