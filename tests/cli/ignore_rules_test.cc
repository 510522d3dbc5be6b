#include "src/cli/ignore_rules.h"

#include <gtest/gtest.h>

#include <random>
#include <set>
#include <sstream>

#include "tests/cli/command_support.h"

namespace dfix {
namespace {

bool Ignores(std::string_view patterns, std::string_view path,
             bool is_folder = false) {
  return IsIgnored(ParseIgnorePatterns(patterns), path, is_folder)
      .value_or(false);
}

TEST(IgnoreRules, MatchANameAtAnyDepth) {
  EXPECT_TRUE(Ignores("Dockerfile.old", "Dockerfile.old"));
  EXPECT_TRUE(Ignores("Dockerfile.old", "a/b/Dockerfile.old"));
  EXPECT_FALSE(Ignores("Dockerfile.old", "Dockerfile"));
}

TEST(IgnoreRules, AnchorAPatternWithASlash) {
  EXPECT_TRUE(Ignores("/x", "x"));
  EXPECT_FALSE(Ignores("/x", "a/x"));
  EXPECT_TRUE(Ignores("a/x", "a/x"));
  EXPECT_FALSE(Ignores("a/x", "b/a/x"));
}

TEST(IgnoreRules, KeepAStarWithinAName) {
  EXPECT_TRUE(Ignores("a/*", "a/x"));
  EXPECT_FALSE(Ignores("a/*", "a/b/x"));
  EXPECT_TRUE(Ignores("*.old", "a/.old"));
}

TEST(IgnoreRules, LetTwoStarsCrossFolders) {
  EXPECT_TRUE(Ignores("a/**/x", "a/x"));
  EXPECT_TRUE(Ignores("a/**/x", "a/b/c/x"));
  EXPECT_TRUE(Ignores("**/b/x", "a/b/x"));
  EXPECT_TRUE(Ignores("a/**", "a/b/c"));
  EXPECT_FALSE(Ignores("a/**", "a", true));
}

TEST(IgnoreRules, TakeTheLastPatternThatMatches) {
  EXPECT_FALSE(Ignores("*.old\n!keep.old\n", "keep.old"));
  EXPECT_TRUE(Ignores("!keep.old\n*.old\n", "keep.old"));
  EXPECT_EQ(IsIgnored(ParseIgnorePatterns("x\n"), "y", false), std::nullopt);
}

TEST(IgnoreRules, RestrictAPatternWithAFinalSlashToFolders) {
  EXPECT_TRUE(Ignores("build/", "build", true));
  EXPECT_FALSE(Ignores("build/", "build", false));
}

TEST(IgnoreRules, SkipCommentsAndBlankLines) {
  EXPECT_TRUE(ParseIgnorePatterns("# x\n\n   \r\n").empty());
  EXPECT_TRUE(Ignores("\\#x", "#x"));
  EXPECT_TRUE(Ignores("\\!x", "!x"));
}

TEST(IgnoreRules, DropFinalBlanksThatAreNotEscaped) {
  EXPECT_TRUE(Ignores("x  ", "x"));
  EXPECT_TRUE(Ignores("x\\ ", "x "));
  EXPECT_TRUE(Ignores("x\r\n", "x"));
}

TEST(IgnoreRules, MatchBrackets) {
  EXPECT_TRUE(GlobMatches("[a-c]x", "bx"));
  EXPECT_FALSE(GlobMatches("[!a-c]x", "bx"));
  EXPECT_TRUE(GlobMatches("[]x]", "]"));
  EXPECT_TRUE(GlobMatches("[[:digit:]]", "7"));
  EXPECT_TRUE(GlobMatches("[\\]]", "]"));
  EXPECT_FALSE(GlobMatches("[a", "[a"));
}

TEST(IgnoreRules, StayFastOnPatternsWithManyStars) {
  const std::string name(2000, 'a');
  EXPECT_FALSE(GlobMatches("*a*a*a*a*a*a*a*a*a*a*a*b", name));
  std::string path = "a";
  for (int i = 0; i < 500; ++i) path += "/a";
  EXPECT_FALSE(Ignores("**/a/**/a/**/a/**/a/**/b", path));
}

std::string RandomPattern(std::mt19937& random) {
  static const std::vector<std::string> kParts = {
      "a", "b", "c", "*", "**", "?", "/", "/", "a*", "[ab]", "[!a]", "\\a"};
  std::string pattern = random() % 4 == 0 ? "!" : "";
  const size_t count = 1 + random() % 5;
  for (size_t i = 0; i < count; ++i)
    pattern += kParts[random() % kParts.size()];
  return pattern + (random() % 5 == 0 ? "/\n" : "\n");
}

// Whether git ignores `path`, all of whose folders exist. Prunes as we do.
bool WalkIgnores(const std::string& patterns, const std::string& path) {
  for (size_t at = path.find('/'); at != std::string::npos;
       at = path.find('/', at + 1)) {
    if (Ignores(patterns, path.substr(0, at), true)) return true;
  }
  return Ignores(patterns, path, false);
}

class IgnoreRulesOfGit : public CommandTest {};

TEST_F(IgnoreRulesOfGit, Agree) {
  std::vector<std::string> paths;
  for (const std::string one : {"a", "b", "c"}) {
    for (const std::string two : {"a", "b", "ab"}) {
      for (const std::string three : {"a", "c", "ba"}) {
        paths.push_back(one + '/' + two + '/' + three);
        Write(paths.back(), "");
      }
    }
  }
  std::string all;
  for (const std::string& path : paths) all += path + '\n';
  ASSERT_EQ(Shell("git init -q").status, 0);
  std::mt19937 random(3);
  for (int round = 0; round < 150; ++round) {
    std::string patterns;
    const size_t count = 1 + random() % 4;
    for (size_t i = 0; i < count; ++i) patterns += RandomPattern(random);
    Write(".gitignore", patterns);
    std::istringstream lines(
        Shell("git check-ignore --stdin || true", all).out);
    std::set<std::string> ignored;
    for (std::string line; std::getline(lines, line);) ignored.insert(line);
    for (const std::string& path : paths) {
      EXPECT_EQ(WalkIgnores(patterns, path), ignored.contains(path))
          << path << " by\n"
          << patterns;
    }
  }
}

}  // namespace
}  // namespace dfix
