#include "src/config/settings.h"

#include <gtest/gtest.h>

#include "src/config/config_file.h"

namespace dfix {
namespace {

Settings Parse(const std::string& yaml) {
  const Result<Settings> settings = ParseConfigFile(yaml, "c.yaml");
  EXPECT_TRUE(settings.ok()) << settings.error().message;
  return settings.ok() ? *settings : Settings();
}

std::string ErrorOf(const std::string& yaml) {
  const Result<Settings> settings = ParseConfigFile(yaml, "c.yaml");
  return settings.ok() ? "none" : settings.error().message;
}

TEST(ConfigFile, GivesValuesWithTheirPlaces) {
  const Settings settings = Parse("level: bold\nignore: [DL3008,\n  x]\n");
  EXPECT_EQ(LevelOf(settings), Level::kBold);
  EXPECT_EQ(ListOf(settings, "ignore"),
            (std::vector<std::string>{"DL3008", "x"}));
  EXPECT_EQ(settings.find("ignore")->second[1].origin, "c.yaml:3:3");
}

TEST(ConfigFile, MayBeEmpty) {
  for (const char* yaml : {"", "\n", "# nothing\n", "---\n", "~"}) {
    EXPECT_TRUE(Parse(yaml).empty()) << yaml;
  }
}

TEST(ConfigFile, TakesOneTextForAList) {
  EXPECT_EQ(ListOf(Parse("select: a"), "select"),
            std::vector<std::string>{"a"});
  EXPECT_TRUE(ListOf(Parse("select:"), "select").empty());
}

TEST(ConfigFile, TellsWhereAndWhatIsWrong) {
  EXPECT_EQ(ErrorOf("levle: safe"),
            "c.yaml:1:1: unknown key `levle`; did you mean `level`?");
  EXPECT_EQ(ErrorOf("\nlevel: sage"),
            "c.yaml:2:8: `level`: `sage` is not one of `safe`, `review` "
            "or `bold`");
  EXPECT_EQ(ErrorOf("level:"),
            "c.yaml:1:1: `level`: expected one value, not a list");
  EXPECT_EQ(ErrorOf("level: [safe, bold]"),
            "c.yaml:1:8: `level`: expected one value, not a list");
  EXPECT_EQ(ErrorOf("level: {a: b}"),
            "c.yaml:1:8: `level`: expected a value, not keys");
  EXPECT_EQ(ErrorOf("ignore: [[a]]"), "c.yaml:1:10: `ignore`: expected a text");
  EXPECT_EQ(ErrorOf("- level"),
            "c.yaml:1:1: expected keys and values, such as `level: safe`");
  EXPECT_EQ(ErrorOf("level: safe\nlevel: bold"),
            "c.yaml:2:1: `level` is given twice");
  EXPECT_EQ(ErrorOf("transforms: {merge-rus: {a: b}}"),
            "c.yaml:1:14: unknown transform `merge-rus`; did you mean "
            "`merge-runs`?");
  EXPECT_EQ(ErrorOf("transforms: [merge-runs]"),
            "c.yaml:1:13: `transforms`: expected ids with their options");
  EXPECT_EQ(ErrorOf("transforms: {merge-runs: true}"),
            "c.yaml:1:26: `merge-runs`: expected options with their values");
  EXPECT_EQ(
      ErrorOf("transforms: {merge-runs: {no-such-option: 1}}").substr(0, 57),
      "c.yaml:1:27: unknown option of `merge-runs` `no-such-opti");
  EXPECT_EQ(ErrorOf("transforms: {merge-runs: {}, merge-runs: {}}"),
            "c.yaml:1:30: `merge-runs` is given twice");
}

TEST(ConfigFile, RefusesWhatIsNoYaml) {
  for (const char* yaml :
       {"a: [", "{", "? [a]: b", "&a [*a]", "level: *x", "a: !!binary x",
        "%YAML 9.9\n---\n", "level: safe\n  x: y", "? {a: b}\n: c"}) {
    EXPECT_NE(ErrorOf(yaml), "none") << yaml;
  }
  EXPECT_NE(ErrorOf(std::string(100000, '[')), "none");
  EXPECT_NE(ErrorOf(std::string(2 << 20, ' ')), "none");
}

TEST(ConfigFile, SurvivesOddBytes) {
  for (const char* yaml : {"\t", "\xff\xfe", "\xfe\xff\x00", "\x80: a"}) {
    ErrorOf(yaml);
  }
  EXPECT_EQ(ErrorOf("\xef\xbb\xbflevel: safe"), "none");
}

TEST(HadolintIgnores, AreTheIgnoredRules) {
  const auto ignores = ParseHadolintIgnores(
      "ignored:\n  - DL3008\n  - SC2086\ntrustedRegistries: [x]\n", "h.yaml");
  ASSERT_TRUE(ignores.ok());
  ASSERT_EQ(ignores->size(), 2U);
  EXPECT_EQ((*ignores)[0].text, "DL3008");
  EXPECT_EQ((*ignores)[0].origin, "h.yaml");
  EXPECT_FALSE(ParseHadolintIgnores("ignored: [", "h.yaml").ok());
  EXPECT_TRUE(ParseHadolintIgnores("- a", "h.yaml")->empty());
}

TEST(Settings, UpperOnesReplaceLowerOnesOrAddUp) {
  const Settings merged = Merge(Parse("level: safe\nselect: a\nignore: [b]\n"),
                                Parse("select: [c]\nignore: [d]\n"));
  EXPECT_EQ(LevelOf(merged), Level::kSafe);
  EXPECT_EQ(ListOf(merged, "select"), std::vector<std::string>{"c"});
  EXPECT_EQ(ListOf(merged, "ignore"), (std::vector<std::string>{"b", "d"}));
}

TEST(Settings, AreShownAsAFileThatReadsBack) {
  const Settings settings =
      Parse("level: bold\nexclude: ['a b', \"it's\", -x, '*.tmp']\n");
  const std::string shown = ShowSettings(settings);
  EXPECT_NE(shown.find("level: bold  # c.yaml:1:8\n"), std::string::npos);
  EXPECT_NE(shown.find("select: [ALL]  # standard\n"), std::string::npos);
  const Settings again = Parse(shown);
  EXPECT_EQ(LevelOf(again), Level::kBold);
  EXPECT_EQ(ListOf(again, "exclude"), ListOf(settings, "exclude"));
}

TEST(RequiredVersion, IsAListOfConditions) {
  EXPECT_FALSE(FindVersionFault(">=0.1", "0.1.0"));
  EXPECT_FALSE(FindVersionFault(">= 0.1, <2", "1.9.9"));
  EXPECT_FALSE(FindVersionFault("0.1", "0.1.0"));
  EXPECT_FALSE(FindVersionFault("==0.1.0,>0.0.9,<=0.1", "0.1.0"));
  EXPECT_EQ(FindVersionFault(">=0.2", "0.1.0"),
            "this is dfix 0.1.0, and `>=0.2` is required");
  for (const char* bad : {"", ",", "x", ">=", "1.2.3.4", "=>1", "1..2", "1."}) {
    EXPECT_NE(FindVersionFault(bad, "0.1.0").value_or("").find("is not a"),
              std::string::npos)
        << bad;
  }
}

}  // namespace
}  // namespace dfix
