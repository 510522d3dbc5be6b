#include "src/transform/option.h"

#include <gtest/gtest.h>

#include "src/transform/transform.h"

namespace dfix {
namespace {

constexpr Option kOptions[] = {
    {"loud", OptionType::kFlag, "false", "whether to shout"},
    {"times", OptionType::kNumber, "3", "how often"},
    {"where", OptionType::kChoice, "here", "the place", {"here", "there"}},
    {"word", OptionType::kText, "", "what to say"},
    {"more", OptionType::kList, "", "what else"},
};

Transform MakeTransform() {
  Transform transform = {};
  transform.id = "say-it";
  transform.options = kOptions;
  return transform;
}

std::string FaultOf(size_t option, std::vector<std::string> values) {
  return FindFault(kOptions[option], values).value_or("none");
}

TEST(TransformOptions, HaveTheirStandardUnlessSet) {
  const Transform transform = MakeTransform();
  const OptionValues values;
  const TransformOptions options(transform, values);
  EXPECT_FALSE(options.Flag("loud"));
  EXPECT_EQ(options.Number("times"), 3U);
  EXPECT_EQ(options.Text("where"), "here");
  EXPECT_EQ(options.Text("word"), "");
  EXPECT_TRUE(options.List("more").empty());
}

TEST(TransformOptions, AreWhatTheRunSetsThemTo) {
  const Transform transform = MakeTransform();
  const OptionValues values = {{"say-it.loud", {"true"}},
                               {"say-it.times", {"12"}},
                               {"other.times", {"13"}},
                               {"say-it.where", {"there"}},
                               {"say-it.more", {"a", "b"}}};
  const TransformOptions options(transform, values);
  EXPECT_TRUE(options.Flag("loud"));
  EXPECT_EQ(options.Number("times"), 12U);
  EXPECT_EQ(options.Text("where"), "there");
  EXPECT_EQ(options.List("more"), (std::vector<std::string_view>{"a", "b"}));
}

TEST(TransformOptions, ValuesAreChecked) {
  EXPECT_EQ(FaultOf(0, {"true"}), "none");
  EXPECT_EQ(FaultOf(0, {"yes"}), "`yes` is neither `true` nor `false`");
  EXPECT_EQ(FaultOf(1, {"0"}), "none");
  for (const char* bad : {"", "-1", "1.5", "0x10", "1000000000", " 1"}) {
    EXPECT_NE(FaultOf(1, {bad}), "none") << bad;
  }
  EXPECT_EQ(FaultOf(2, {"there"}), "none");
  EXPECT_EQ(FaultOf(2, {"her"}), "`her` is not one of `here` or `there`");
  EXPECT_EQ(FaultOf(3, {"any"}), "none");
  EXPECT_EQ(FaultOf(3, {"a", "b"}), "expected one value, not a list");
  EXPECT_EQ(FaultOf(4, {"a", "b"}), "none");
  EXPECT_EQ(FaultOf(4, {}), "none");
}

}  // namespace
}  // namespace dfix
