#include "src/cli/discover.h"

#include <gtest/gtest.h>

#include "tests/cli/command_support.h"

namespace dfix {
namespace {

namespace fs = std::filesystem;

class Discover : public CommandTest {
 protected:
  std::string Shown(std::vector<std::string> arguments = {}) {
    arguments.insert(arguments.begin(), "--show-files");
    return Dfix(arguments).out;
  }
};

TEST(DockerfileName, IsOneThatPeopleUse) {
  for (const char* name : {"Dockerfile", "dockerfile", "Dockerfile.dev",
                           "Dockerfile-ci", "web.Dockerfile", "web.dockerfile",
                           "Containerfile", "Containerfile.dev"}) {
    EXPECT_TRUE(IsDockerfileName(name)) << name;
  }
  for (const char* name :
       {"Dockerfiles", "Makefile", "Dockerfile.dockerignore", ".dockerignore",
        "Dockerfile~", "Dockerfile.md", "docker-compose.yml"}) {
    EXPECT_FALSE(IsDockerfileName(name)) << name;
  }
}

TEST_F(Discover, SearchesFoldersInOrderHiddenOnesToo) {
  for (const char* path :
       {"b/Dockerfile", "a/x.Dockerfile", ".hidden/Dockerfile", "Dockerfile",
        "a/README", ".git/Dockerfile"}) {
    Write(path, kPoor);
  }
  const std::string expected =
      ".hidden/Dockerfile\nDockerfile\na/x.Dockerfile\nb/Dockerfile\n";
  EXPECT_EQ(Shown(), expected);
  EXPECT_EQ(Shown({"."}), expected);
  EXPECT_EQ(Shown({"a", "./a/", ".//b"}), "a/x.Dockerfile\nb/Dockerfile\n");
}

TEST_F(Discover, TakesANamedFileWhateverItsName) {
  Write("image.txt", kPoor);
  EXPECT_EQ(Shown({"image.txt"}), "image.txt\n");
  EXPECT_EQ(Shown({"--", "image.txt"}), "image.txt\n");
}

TEST_F(Discover, NamesEachFileOnce) {
  Write("a/Dockerfile", kPoor);
  fs::create_symlink("Dockerfile", folder() / "a/Dockerfile.link");
  EXPECT_EQ(
      Shown({".", "a", "a/Dockerfile", folder() / "a/Dockerfile"}).find("link"),
      std::string::npos);
  EXPECT_EQ(Shown({".", "a"}), "a/Dockerfile\n");
}

TEST_F(Discover, DoesNotFollowLinksToFolders) {
  Write("a/Dockerfile", kPoor);
  fs::create_symlink("..", folder() / "a/loop");
  fs::create_symlink("/", folder() / "a/root");
  EXPECT_EQ(Shown(), "a/Dockerfile\n");
}

TEST_F(Discover, FollowsLinksToFilesInsideOnly) {
  Write("base.txt", kPoor);
  Write("../outside/Dockerfile.x", kPoor);
  fs::create_symlink("base.txt", folder() / "Dockerfile");
  fs::create_symlink("../outside/Dockerfile.x", folder() / "Dockerfile.out");
  fs::create_symlink("nowhere", folder() / "Dockerfile.dangling");
  EXPECT_EQ(Shown(), "Dockerfile\n");
}

TEST_F(Discover, RespectsIgnoreFiles) {
  for (const char* path : {"Dockerfile", "old/Dockerfile", "a/Dockerfile.tmp",
                           "a/deep/Dockerfile", "a/Dockerfile"}) {
    Write(path, kPoor);
  }
  Write(".gitignore", "/old/\n*.tmp\n");
  Write("a/.dfixignore", "/Dockerfile\n");
  EXPECT_EQ(Shown(), "Dockerfile\na/deep/Dockerfile\n");
  EXPECT_EQ(Shown({"old"}), "old/Dockerfile\n");
  EXPECT_EQ(Shown({"old/Dockerfile"}), "old/Dockerfile\n");
}

TEST_F(Discover, RespectsIgnoreFilesUpToTheRepository) {
  Write("a/b/Dockerfile.tmp", kPoor);
  Write("a/b/Dockerfile", kPoor);
  Write(".gitignore", "*.tmp\n");
  Write("../.gitignore", "Dockerfile\n");
  fs::create_directory(folder() / ".git");
  EXPECT_EQ(Shown({"a/b"}), "a/b/Dockerfile\n");
}

TEST_F(Discover, LeavesOutWhatIsExcluded) {
  for (const char* path : {"a/Dockerfile", "b/Dockerfile", "b/c/Dockerfile"}) {
    Write(path, kPoor);
  }
  EXPECT_EQ(Shown({"--exclude", "b/c"}), "a/Dockerfile\nb/Dockerfile\n");
  EXPECT_EQ(Shown({"--exclude", "a,c", "."}), "b/Dockerfile\n");
  EXPECT_EQ(Shown({"--exclude", "a", "a/Dockerfile"}), "a/Dockerfile\n");
  EXPECT_EQ(Shown({"--exclude", "a", "--force-exclude", "a/Dockerfile", "b"}),
            "b/Dockerfile\nb/c/Dockerfile\n");
}

TEST_F(Discover, ReportsWhatIsNotThereAndGoesOn) {
  Write("Dockerfile", kPoor);
  const CommandResult result = Dfix({"--show-files", "missing", "."});
  EXPECT_EQ(result.out, "Dockerfile\n");
  EXPECT_EQ(result.error, "dfix: missing: no such file or directory\n");
  EXPECT_EQ(result.status, 2);
}

TEST_F(Discover, NamesFilesInDiffsByTheirRepository) {
  Write("repository/a/Dockerfile", kPoor);
  Write("plain/Dockerfile", kPoor);
  fs::create_directory(folder() / "repository/.git");
  EXPECT_NE(Shell("cd repository/a && dfix --diff")
                .out.find("--- a/a/Dockerfile\n+++ b/a/Dockerfile\n"),
            std::string::npos);
  EXPECT_NE(Dfix({"--diff", "plain"}).out.find("--- a/plain/Dockerfile\n"),
            std::string::npos);
}

}  // namespace
}  // namespace dfix
