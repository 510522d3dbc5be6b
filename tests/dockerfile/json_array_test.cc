#include "src/dockerfile/json_array.h"

#include <string>
#include <string_view>
#include <vector>

#include "gtest/gtest.h"

namespace dfix {
namespace {

JsonForm Form(std::string_view text) {
  std::vector<JsonStringRange> strings;
  return ScanJsonArray(text, 0, text.size(), strings);
}

TEST(ScanJsonArray, TakesArraysOfStrings) {
  for (const std::string_view text :
       {"[]", "[ ]", R"(["a"])", R"( ["a" ,	"b"])", R"(["\u00e9\n"])"}) {
    const size_t begin = text.find('[');
    std::vector<JsonStringRange> strings;
    EXPECT_EQ(ScanJsonArray(text, begin, text.size(), strings),
              JsonForm::kStrings)
        << text;
  }
}

TEST(ScanJsonArray, TellsOtherElementsFromBrokenJson) {
  for (const std::string_view text :
       {"[1]", "[null]", "[true,\"a\"]", "[[\"a\"]]", R"([{"a":[1,{}]}])",
        "[-0.5e+3]"}) {
    EXPECT_EQ(Form(text), JsonForm::kNotStrings) << text;
  }
  for (const std::string_view text :
       {"", "a", "[", "[\"a\"", "[\"a\",]", "[,]", "[\"a\" \"b\"]", "['a']",
        "[\"a\"] b", R"(["\x"])", "[\"\t\"]", "[01]", "[1.]", "[{\"a\"}]"}) {
    EXPECT_EQ(Form(text), JsonForm::kNotJson) << text;
  }
}

TEST(ScanJsonArray, TakesNumberBeyondDoubleForNoJson) {
  EXPECT_EQ(Form("[1e999]"), JsonForm::kNotJson);
  EXPECT_EQ(Form("[1e-999]"), JsonForm::kNotStrings);
}

TEST(ScanJsonArray, BoundsNesting) {
  const std::string open(10000, '[');
  const std::string close(10000, ']');
  EXPECT_EQ(Form(open + close), JsonForm::kNotStrings);
  EXPECT_EQ(Form("[" + open + close + "]"), JsonForm::kNotJson);
}

TEST(EncodeJsonString, EscapesWhatJsonDemands) {
  using namespace std::string_literals;
  EXPECT_EQ(EncodeJsonString("a\"\\\n\x01\xc3\xa9\xff"s),
            "\"a\\\"\\\\\\n\\u0001\xc3\xa9\xef\xbf\xbd\"");
}

}  // namespace
}  // namespace dfix
