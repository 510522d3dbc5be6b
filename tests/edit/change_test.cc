#include "src/edit/change.h"

#include <gtest/gtest.h>

namespace dfix {
namespace {

Change Make(std::vector<Edit> edits) {
  return {"test", "a change", {0, 0}, Level::kSafe, std::move(edits)};
}

TEST(Conflict, OverlappingRanges) {
  EXPECT_TRUE(Conflict({{0, 3}, "x"}, {{2, 4}, "y"}));
  EXPECT_FALSE(Conflict({{0, 2}, "x"}, {{2, 4}, "y"}));
}

TEST(Conflict, InsertionInsideARange) {
  EXPECT_TRUE(Conflict({{1, 1}, "x"}, {{0, 2}, ""}));
  EXPECT_TRUE(Conflict({{0, 2}, ""}, {{1, 1}, "x"}));
}

TEST(Conflict, InsertionAtTheEdgeOfARangeIsNone) {
  EXPECT_FALSE(Conflict({{2, 2}, "x"}, {{2, 4}, ""}));
  EXPECT_FALSE(Conflict({{4, 4}, "x"}, {{2, 4}, ""}));
}

TEST(Conflict, TwoInsertionsAtOnePlace) {
  EXPECT_TRUE(Conflict({{2, 2}, "x"}, {{2, 2}, "y"}));
}

TEST(EditSet, RefusesAConflictingChangeAsAWhole) {
  EditSet set;
  EXPECT_FALSE(set.Add(Make({{{0, 1}, "A"}})));
  const auto reason = set.Add(Make({{{5, 6}, "F"}, {{0, 2}, "AB"}}));
  ASSERT_TRUE(reason);
  EXPECT_EQ(*reason, "it overlaps with another change: a change");
  EXPECT_EQ(set.Edits().size(), 1u);
}

TEST(EditSet, RefusesAChangeThatConflictsWithItself) {
  EditSet set;
  EXPECT_EQ(set.Add(Make({{{0, 2}, "x"}, {{1, 3}, "y"}})).value_or(""),
            "its own edits overlap");
  EXPECT_TRUE(set.empty());
}

TEST(EditSet, SortsEdits) {
  EditSet set;
  set.Add(Make({{{4, 5}, "E"}, {{0, 1}, "A"}}));
  set.Add(Make({{{2, 3}, "C"}}));
  EXPECT_EQ(Apply("abcdef", set.Edits()), "AbCdEf");
}

TEST(Apply, InsertsDeletesAndReplaces) {
  EXPECT_EQ(
      Apply("abc",
            std::vector<Edit>{{{0, 0}, ">"}, {{1, 2}, ""}, {{3, 3}, "<"}}),
      ">ac<");
  EXPECT_EQ(Apply("", std::vector<Edit>{{{0, 0}, "x"}}), "x");
}

TEST(LevelNames, RoundTrip) {
  for (const Level level :
       {Level::kSafe, Level::kReview, Level::kBold, Level::kAdvice}) {
    EXPECT_EQ(ParseLevel(Name(level)), level);
  }
  EXPECT_FALSE(ParseLevel("brave"));
}

}  // namespace
}  // namespace dfix
