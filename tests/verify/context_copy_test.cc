#include "src/verify/context_copy.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <sstream>

namespace dfix {
namespace {

namespace fs = std::filesystem;

std::string Slurp(const fs::path& path) {
  std::ostringstream out;
  out << std::ifstream(path).rdbuf();
  return out.str();
}

TEST(ContextCopy, CopiesWhatABuilderWouldSend) {
  auto folder = TemporaryFolder::Make();
  ASSERT_TRUE(folder);
  const fs::path from = fs::path(folder->path()) / "from";
  const fs::path to = fs::path(folder->path()) / "to";
  fs::create_directories(from / "a/empty");
  std::ofstream(from / "a/run.sh") << "true\n";
  fs::permissions(from / "a/run.sh", fs::perms(0750));
  fs::create_symlink("nowhere", from / "dangling");
  fs::create_symlink("a", from / "folder-link");
  ASSERT_EQ(mkfifo((from / "pipe").c_str(), 0600), 0);
  fs::create_directory(from / "locked");
  std::ofstream(from / "locked/file") << "x";
  fs::permissions(from / "locked", fs::perms(0555));

  ASSERT_TRUE(CopyFolder(from, to));
  EXPECT_EQ(Slurp(to / "a/run.sh"), "true\n");
  EXPECT_EQ(fs::status(to / "a/run.sh").permissions(), fs::perms(0750));
  EXPECT_EQ(fs::last_write_time(to / "a/run.sh"),
            fs::last_write_time(from / "a/run.sh"));
  EXPECT_TRUE(fs::is_directory(to / "a/empty"));
  EXPECT_EQ(fs::read_symlink(to / "dangling"), "nowhere");
  EXPECT_EQ(fs::read_symlink(to / "folder-link"), "a");
  EXPECT_FALSE(fs::exists(fs::symlink_status(to / "pipe")));
  EXPECT_EQ(fs::status(to / "locked").permissions(), fs::perms(0555));
  EXPECT_EQ(ListFiles(to),
            (std::vector<std::string>{"a/run.sh", "locked/file"}));
}

TEST(ContextCopy, SaysWhatCannotBeCopied) {
  const auto done = CopyFolder("/nowhere/at/all", "/nowhere/else");
  EXPECT_FALSE(done);
}

TEST(ContextCopy, RemovesItsFolder) {
  std::string path;
  {
    auto folder = TemporaryFolder::Make();
    ASSERT_TRUE(folder);
    path = folder->path();
    fs::create_directory(path + "/locked");
    std::ofstream(path + "/locked/file") << "x";
    fs::permissions(path + "/locked", fs::perms(0));
  }
  EXPECT_FALSE(fs::exists(path));
}

TEST(ContextCopy, ChoosesWhatPeopleEdit) {
  EXPECT_EQ(
      EditablePaths({"README.md", "app.config.js", "lib/deep/a.go", "main.go",
                     "node_modules/x/index.js", "requirements.txt", "setup.py",
                     "src/server.js", "tests/test_app.py", "go.mod", "a.csv"}),
      (std::vector<std::string>{"main.go", "src/server.js", "lib/deep/a.go",
                                "README.md", "a.csv"}));
}

TEST(ContextCopy, ReadsAndWritesTexts) {
  auto folder = TemporaryFolder::Make();
  ASSERT_TRUE(folder);
  const std::string path = folder->path() + "/file";
  for (const std::string text : {"", "a\n", "no end"}) {
    ASSERT_TRUE(WriteText(path, text));
    const auto read = ReadText(path);
    ASSERT_TRUE(read);
    EXPECT_EQ(*read, text);
  }
  EXPECT_FALSE(ReadText(folder->path() + "/none"));
  EXPECT_FALSE(WriteText(folder->path() + "/none/x", ""));
}

TEST(ContextCopy, MakesBlanksThatDifferEachTime) {
  const std::string blanks = NewBlanks();
  EXPECT_EQ(blanks.find_first_not_of(" \n"), std::string::npos);
  EXPECT_NE(NewBlanks(), blanks);
}

}  // namespace
}  // namespace dfix
