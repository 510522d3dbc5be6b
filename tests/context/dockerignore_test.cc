// The rules of `.dockerignore`: what they say one by one, and what real Docker
// sent for ignore files that record_dockerignore.py made up.
#include "src/context/dockerignore.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "src/context/build_context.h"
#include "src/context/paths.h"

namespace dfix {
namespace {

using Json = nlohmann::json;

bool Excludes(std::string_view text, std::string_view path) {
  const DockerIgnore ignore(text);
  EXPECT_EQ(ignore.problem(), "");
  return ignore.Excludes(path);
}

TEST(DockerIgnore, PatternWithoutSlashHoldsAtTheTopOnly) {
  EXPECT_TRUE(Excludes("node_modules", "node_modules"));
  EXPECT_TRUE(Excludes("node_modules", "node_modules/a/b"));
  EXPECT_FALSE(Excludes("node_modules", "app/node_modules"));
  EXPECT_TRUE(Excludes("**/node_modules", "app/node_modules/x"));
  EXPECT_TRUE(Excludes("**/node_modules", "node_modules/x"));
}

TEST(DockerIgnore, LastRuleThatMatchesWins) {
  EXPECT_FALSE(Excludes("*.md\n!README.md", "README.md"));
  EXPECT_TRUE(Excludes("!README.md\n*.md", "README.md"));
  EXPECT_FALSE(Excludes("*\n!src", "src/deep/file"));
}

TEST(DockerIgnore, FolderIsDecidedBeforeWhatIsInIt) {
  EXPECT_TRUE(Excludes("foo/b\n!foo", "foo/b"));
}

TEST(DockerIgnore, CommentsBomAndBlanks) {
  EXPECT_FALSE(Excludes("#a", "#a"));
  EXPECT_TRUE(Excludes(" #a", "#a"));
  EXPECT_TRUE(
      Excludes("\xEF\xBB\xBF"
               "a\r\n\tb \r\n",
               "a"));
  EXPECT_TRUE(
      Excludes("\xEF\xBB\xBF"
               "a\r\n\tb \r\n",
               "b"));
  EXPECT_TRUE(Excludes("/a/", "a"));
  EXPECT_FALSE(Excludes("a\n! a", "a"));
}

TEST(DockerIgnore, RefusedAndUnclearPatternsAreAProblem) {
  EXPECT_EQ(DockerIgnore("a\n[b").problem(),
            "line 2 is a pattern that Docker refuses");
  EXPECT_EQ(DockerIgnore("!").problem(), "line 1 is a `!` without a pattern");
  EXPECT_EQ(DockerIgnore("\\d").problem(),
            "line 1 is a pattern that is not understood");
}

TEST(DockerIgnore, LongPatternsTakeNoTime) {
  std::string pattern;
  for (int i = 0; i < 2000; ++i) pattern += "**/a*";
  EXPECT_FALSE(DockerIgnore(pattern).Excludes(std::string(3000, 'a')));
}

// A folder with these files and folders.
std::shared_ptr<ContextFiles> FilesOf(const std::vector<std::string>& paths) {
  auto files = std::make_shared<ContextFiles>();
  for (size_t i = 0; i < paths.size(); ++i) {
    const bool is_folder =
        i + 1 < paths.size() && paths[i + 1].starts_with(paths[i] + '/');
    files->entries.push_back(
        {paths[i], is_folder ? EntryKind::kFolder : EntryKind::kFile});
  }
  std::sort(files->entries.begin(), files->entries.end(),
            [](const auto& a, const auto& b) { return a.path < b.path; });
  return files;
}

TEST(DockerIgnore, SendsWhatDockerSends) {
  std::ifstream in(std::filesystem::path(DFIX_SOURCE_DIR) /
                   "tests/context/dockerignore.jsonl");
  std::string line;
  ASSERT_TRUE(std::getline(in, line));
  const auto files = FilesOf(Json::parse(line)["all"]);
  size_t compared = 0;
  size_t unclear = 0;
  while (std::getline(in, line)) {
    const Json record = Json::parse(line);
    const std::string text = record["ignore"];
    const BuildContext context(files, ContextOrigin::kNamed, ".dockerignore",
                               text);
    if (!context.ignore().problem().empty()) {
      // Docker may understand more than dfix wants to.
      unclear += record["sent"].is_null() ? 0 : 1;
      continue;
    }
    ASSERT_FALSE(record["sent"].is_null()) << text;
    std::vector<std::string> sent;
    for (const ContextEntry& entry : context.entries()) {
      if (context.IsSent(entry)) sent.push_back(entry.path);
    }
    std::vector<std::string> expected = record["sent"];
    std::sort(expected.begin(), expected.end());
    EXPECT_EQ(sent, expected) << text;
    ++compared;
  }
  EXPECT_GE(compared, 200u);
  EXPECT_LT(unclear, 40u);
}

TEST(BuildContext, EntriesBelowAFolder) {
  const BuildContext context(FilesOf({"a", "a/b", "a/b/c", "a-b", "a.b"}),
                             ContextOrigin::kNamed, ".dockerignore",
                             std::nullopt);
  std::vector<std::string> below;
  for (const auto& entry : context.Below("a")) below.push_back(entry.path);
  EXPECT_EQ(below, (std::vector<std::string>{"a/b", "a/b/c"}));
  EXPECT_EQ(context.Below(".").size(), 5u);
  EXPECT_EQ(context.Find("a/x"), nullptr);
}

TEST(Paths, AreCleanedAsGoDoes) {
  EXPECT_EQ(CleanPath(""), ".");
  EXPECT_EQ(CleanPath("./a//b/"), "a/b");
  EXPECT_EQ(CleanPath("a/../.."), "..");
  EXPECT_EQ(CleanPath("/../a"), "/a");
  EXPECT_EQ(JoinPath("/app", "../b"), "/b");
  EXPECT_EQ(JoinPath("/app", "/b/"), "/b");
  EXPECT_EQ(PathBelow("/app/x", "/app"), "x");
  EXPECT_EQ(PathBelow("/app", "/app"), ".");
  EXPECT_EQ(PathBelow("/apple", "/app"), std::nullopt);
  EXPECT_EQ(PathBelow("/x", "/"), "x");
  EXPECT_EQ(PathBelow("../x", "."), std::nullopt);
}

// Go's own documentation of path/filepath.Match, and what follows from it.
TEST(Paths, PatternsMatchAsInGo) {
  EXPECT_EQ(MatchesGoPattern("*.txt", "a.txt"), true);
  EXPECT_EQ(MatchesGoPattern("*.txt", "a/b.txt"), false);
  EXPECT_EQ(MatchesGoPattern("a?c", "a/c"), false);
  EXPECT_EQ(MatchesGoPattern("[a-c]x", "bx"), true);
  EXPECT_EQ(MatchesGoPattern("[^a-c]x", "bx"), false);
  EXPECT_EQ(MatchesGoPattern("\\*", "*"), true);
  EXPECT_EQ(MatchesGoPattern("a*b*c", "aXbXbc"), true);
  EXPECT_EQ(MatchesGoPattern("a*b*c", "aXbXb"), false);
  EXPECT_EQ(MatchesGoPattern("*", ""), true);
  EXPECT_EQ(MatchesGoPattern("[", "a"), std::nullopt);
  EXPECT_EQ(MatchesGoPattern("x[]a]", "x"), std::nullopt);
  EXPECT_EQ(MatchesGoPattern("[a-]", "a"), std::nullopt);
  EXPECT_EQ(MatchesGoPattern("a\\", "a"), std::nullopt);
  EXPECT_EQ(MatchesGoPattern("?", "\xC3\xA9"), true);
}

}  // namespace
}  // namespace dfix
