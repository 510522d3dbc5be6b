#include "src/report/diff.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>
#include <string>
#include <vector>

namespace dfix {
namespace {

namespace fs = std::filesystem;

TEST(Diff, IsEmptyForEqualTexts) {
  EXPECT_EQ(UnifiedDiff("Dockerfile", "FROM a\n", "FROM a\n", 3), "");
  EXPECT_EQ(UnifiedDiff("Dockerfile", "", "", 3), "");
}

TEST(Diff, ShowsContextAndCounts) {
  EXPECT_EQ(UnifiedDiff("d", "1\n2\n3\n4\n5\n", "1\n2\nx\n4\n5\n", 1),
            "--- a/d\n+++ b/d\n@@ -2,3 +2,3 @@\n 2\n-3\n+x\n 4\n");
}

TEST(Diff, LeavesOutACountOfOne) {
  EXPECT_EQ(UnifiedDiff("d", "1\n", "2\n", 3),
            "--- a/d\n+++ b/d\n@@ -1 +1 @@\n-1\n+2\n");
}

TEST(Diff, MarksAMissingFinalNewline) {
  EXPECT_EQ(UnifiedDiff("d", "1", "1\n", 3),
            "--- a/d\n+++ b/d\n@@ -1 +1 @@\n-1\n"
            "\\ No newline at end of file\n+1\n");
}

TEST(Diff, JoinsHunksWhoseContextsTouch) {
  EXPECT_EQ(DiffTexts("a\n1\n2\nb\n", "A\n1\n2\nB\n", 1).hunks.size(), 1U);
  EXPECT_EQ(DiffTexts("a\n1\n2\n3\nb\n", "A\n1\n2\n3\nB\n", 1).hunks.size(),
            2U);
}

TEST(Diff, KeepsCarriageReturns) {
  EXPECT_EQ(UnifiedDiff("d", "1\r\n", "2\r\n", 3),
            "--- a/d\n+++ b/d\n@@ -1 +1 @@\n-1\r\n+2\r\n");
}

TEST(Diff, EndsANameWithABlankByATab) {
  EXPECT_EQ(DiffHeader("a b/Dockerfile", false),
            "--- a/a b/Dockerfile\t\n+++ b/a b/Dockerfile\t\n");
}

TEST(Diff, QuotesANameAsGitDoes) {
  EXPECT_EQ(DiffHeader("x\n\"\\\x01", false),
            "--- \"a/x\\n\\\"\\\\\\001\"\n+++ \"b/x\\n\\\"\\\\\\001\"\n");
}

TEST(Diff, ComesFromDevNullForANewFile) {
  EXPECT_EQ(DiffHeader("d", true), "--- /dev/null\n+++ b/d\n");
}

TEST(Diff, EndsColorsBeforeTheLineEnd) {
  EXPECT_EQ(ColorDiff("--- a/d\n+++ b/d\n@@ -1,2 +1,2 @@\n-1\r\n+2\n x\n"),
            "\x1b[1m--- a/d\x1b[m\n\x1b[1m+++ b/d\x1b[m\n"
            "\x1b[36m@@ -1,2 +1,2 @@\x1b[m\n"
            "\x1b[31m-1\x1b[m\r\n\x1b[32m+2\x1b[m\n x\n");
}

TEST(Diff, ComparesTwoLongTextsWithNothingInCommon) {
  std::string old_text;
  std::string new_text;
  for (int i = 0; i < 5000; ++i) {
    old_text += "old " + std::to_string(i) + "\n";
    new_text += "new " + std::to_string(i) + "\n";
  }
  const TextDiff diff = DiffTexts(old_text, new_text, 3);
  ASSERT_EQ(diff.hunks.size(), 1U);
  EXPECT_EQ(diff.hunks[0].lines.old_end, 5000U);
  EXPECT_EQ(diff.hunks[0].lines.new_end, 5000U);
}

// The diffs of random texts, applied by the programs that people use.
class AppliedDiff : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = fs::temp_directory_path() / "dfix-diff-XXXXXX";
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override { fs::remove_all(folder_); }

  void Write(const fs::path& path, std::string_view text) {
    fs::create_directories((folder_ / path).parent_path());
    std::ofstream(folder_ / path, std::ios::binary) << text;
  }
  std::string Read(const fs::path& path) {
    std::ostringstream out;
    out << std::ifstream(folder_ / path, std::ios::binary).rdbuf();
    return out.str();
  }
  bool Run(const std::string& command) {
    return std::system(("cd '" + folder_.string() + "' && " + command +
                        " >/dev/null 2>&1 </dev/null")
                           .c_str()) == 0;
  }

  fs::path folder_;
};

std::string RandomText(std::mt19937& random, bool crlf, int size) {
  std::string out;
  for (int i = 0; i < size; ++i) {
    out += "line ";
    out += static_cast<char>('a' + random() % 5);
    if (random() % 8 == 0) out += "\\ -- @@ ++";
    if (random() % 16 == 0) out += '\xff';
    out += crlf && random() % 8 != 0 ? "\r\n" : "\n";
  }
  if (!out.empty() && random() % 3 == 0) out.pop_back();
  return out;
}

std::string Mutate(std::mt19937& random, const std::string& text, bool crlf) {
  if (random() % 12 == 0) return RandomText(random, crlf, random() % 12);
  std::istringstream in(text);
  std::string out;
  for (std::string line; std::getline(in, line);) {
    const bool last = in.eof();
    switch (random() % 10) {
      case 0:
        continue;
      case 1:
        out += "new line" + std::string(crlf ? "\r\n" : "\n");
        break;
      case 2:
        line += " && changed";
        break;
      default:
        break;
    }
    out += line + (last && random() % 2 == 0 ? "" : "\n");
  }
  return out;
}

// Many files in one diff: one call of each program for all.
TEST_F(AppliedDiff, GivesTheNewTextInGitAndPatch) {
  std::mt19937 random(7);
  for (uint32_t context = 0; context <= 5; ++context) {
    const std::string round = "u" + std::to_string(context);
    std::vector<std::pair<fs::path, std::string>> expected;
    std::string diffs;
    for (int i = 0; i < 60; ++i) {
      const bool crlf = random() % 3 == 0;
      const std::string path =
          "d" + std::to_string(i) + (i % 4 == 0 ? " x/Docker file" : "/Q");
      const std::string old_text =
          RandomText(random, crlf, static_cast<int>(random() % 30));
      std::string new_text = Mutate(random, old_text, crlf);
      diffs += UnifiedDiff(path, old_text, new_text, context);
      Write(round + "-git/" + path, old_text);
      Write(round + "-patch/" + path, old_text);
      expected.emplace_back(path, new_text);
    }
    Write(round + ".diff", diffs);
    EXPECT_TRUE(Run("git init -q " + round + "-git"));
    EXPECT_TRUE(Run("git -C " + round +
                    "-git apply --whitespace=nowarn --unidiff-zero ../" +
                    round + ".diff"));
    EXPECT_TRUE(Run("patch -s -p1 --binary -d " + round + "-patch -i ../" +
                    round + ".diff"));
    for (const auto& [path, text] : expected) {
      EXPECT_EQ(Read(fs::path(round + "-git") / path), text) << path;
      EXPECT_EQ(Read(fs::path(round + "-patch") / path), text) << path;
    }
  }
}

TEST_F(AppliedDiff, ReachesFilesWithOddNames) {
  for (const std::string name : {"tab\there", "quote\"d", "back\\slash",
                                 "new\nline", "caf\xc3\xa9", "a  b ", "\x01"}) {
    const std::string diff = UnifiedDiff(name, "old\n", "new\n", 3);
    Write("one.diff", diff);
    Write(fs::path("odd-git") / name, "old\n");
    Write(fs::path("odd-patch") / name, "old\n");
    Run("git init -q odd-git");
    EXPECT_TRUE(Run("git -C odd-git apply ../one.diff")) << diff;
    EXPECT_TRUE(Run("patch -s -p1 --binary -d odd-patch -i ../one.diff"))
        << diff;
    EXPECT_EQ(Read(fs::path("odd-git") / name), "new\n");
    EXPECT_EQ(Read(fs::path("odd-patch") / name), "new\n");
  }
}

TEST_F(AppliedDiff, MakesANewFile) {
  const TextDiff diff = DiffTexts("", "a\nb", 3);
  Write("new.diff",
        DiffHeader("deep/new", true) + FormatHunk(diff, diff.hunks.at(0)));
  fs::create_directories(folder_ / "git");
  fs::create_directories(folder_ / "patch");
  EXPECT_TRUE(Run("git init -q git && git -C git apply ../new.diff"));
  EXPECT_TRUE(Run("patch -s -p1 --binary -d patch -i ../new.diff"));
  EXPECT_EQ(Read("git/deep/new"), "a\nb");
  EXPECT_EQ(Read("patch/deep/new"), "a\nb");
}

}  // namespace
}  // namespace dfix
