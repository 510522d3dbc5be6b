#include "src/dockerfile/variable_lexer.h"

#include <optional>
#include <string>
#include <string_view>

#include "gtest/gtest.h"

namespace dfix {
namespace {

// `v` is `a.b.c`, `e` is empty, `u` is unknown, all others are not set.
std::optional<std::string> Expand(std::string_view word, char escape = '\\') {
  using State = VariableValue::State;
  return ExpandVariables(
      word,
      [](std::string_view name) -> VariableValue {
        if (name == "v") return {State::kSet, "a.b.c"};
        if (name == "e") return {State::kSet, ""};
        if (name == "u") return {State::kUnknown, ""};
        return {State::kUnset, ""};
      },
      escape);
}

TEST(ExpandVariables, RemovesQuotesAndEscapes) {
  EXPECT_EQ(Expand(R"('a $v'"b \" \x"\ c)"), R"(a $vb " \x c)");
  EXPECT_EQ(Expand("a` b\\", '`'), "a b\\");
}

TEST(ExpandVariables, ReplacesVariables) {
  EXPECT_EQ(Expand("$v-${v}_\"$v\""), "a.b.c-a.b.c_a.b.c");
  EXPECT_EQ(Expand("[$n][$]"), "[][$]");
}

TEST(ExpandVariables, ChoosesByModifier) {
  EXPECT_EQ(Expand("${n:-x}${n-y}${e:-z}${e-no}"), "xyz");
  EXPECT_EQ(Expand("${v:+x}${e:+no}${e+y}${n+no}"), "xy");
  EXPECT_EQ(Expand("${v:?x}"), "a.b.c");
  EXPECT_EQ(Expand("${n:-${e:-$v}}"), "a.b.c");
}

TEST(ExpandVariables, TrimsAndReplacesPatterns) {
  EXPECT_EQ(Expand("${v#*.} ${v##*.} ${v%.*} ${v%%.*}"), "b.c c a.b a");
  EXPECT_EQ(Expand("${v/./-} ${v//./-} ${v/?b/x}"), "a-b.c a-b-c ax.c");
  EXPECT_EQ(Expand("${v//\\*/x}"), "a.b.c");
}

TEST(ExpandVariables, KnowsNothingOfUnknownVariable) {
  EXPECT_EQ(Expand("$u"), std::nullopt);
  EXPECT_EQ(Expand("${u:-x}"), std::nullopt);
  EXPECT_EQ(Expand("${u:+x}"), std::nullopt);
  EXPECT_EQ(Expand("${v:-$v}"), "a.b.c");
}

TEST(ExpandVariables, RefusesWhatBuildKitRefuses) {
  for (const std::string_view word : {"'a", "\"a", "${v", "${}", "${v^^}",
                                      "${#v}", "${v:#a}", "${n:?}", "${v/a}"}) {
    EXPECT_EQ(Expand(word), std::nullopt) << word;
  }
}

TEST(ExpandVariables, BoundsNesting) {
  std::string word;
  for (int i = 0; i < 100000; ++i) word += "${n:-";
  EXPECT_EQ(Expand(word), std::nullopt);
}

TEST(ConstantWord, IsAbsentWithVariable) {
  EXPECT_EQ(ConstantWord("a\\ \"b\"", '\\'), "a b");
  EXPECT_EQ(ConstantWord("a$b", '\\'), std::nullopt);
}

}  // namespace
}  // namespace dfix
