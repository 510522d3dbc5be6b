// Finding the build context, and changes that go over several files.
#include <gtest/gtest.h>

#include "tests/cli/command_support.h"

namespace dfix {
namespace {

class ContextTest : public CommandTest {
 protected:
  void SetUp() override {
    CommandTest::SetUp();
    Write(".git/HEAD", "");
  }
  // A service whose image installs node_modules.
  void WriteService(const std::string& folder) {
    Write(folder + "/Dockerfile",
          "FROM node:20\nWORKDIR /app\nCOPY . .\nRUN npm ci\n");
    Write(folder + "/package.json", "{}\n");
    Write(folder + "/node_modules/a/a.js", "");
  }
  CommandResult Ignore(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "--select=write-dockerignore");
    return Dfix(arguments);
  }
};

constexpr std::string_view kNewIgnore = "node_modules\nDockerfile*\n";

TEST_F(ContextTest, DiffShowsNewFilesFromNothing) {
  WriteService("app");
  const auto result = Ignore({"--diff", "app"});
  EXPECT_EQ(result.out,
            "--- /dev/null\n+++ b/app/.dockerignore\n@@ -0,0 +1,2 @@\n"
            "+node_modules\n+Dockerfile*\n");
  EXPECT_EQ(result.status, 1);
  EXPECT_EQ(Shell("dfix --select=write-dockerignore --diff app 2>/dev/null | "
                  "git apply")
                .status,
            0);
  EXPECT_EQ(Read("app/.dockerignore"), kNewIgnore);
}

TEST_F(ContextTest, WriteMakesTheFileAndSettles) {
  WriteService("app");
  const auto result = Ignore({"--write", "app"});
  EXPECT_EQ(Read("app/.dockerignore"), kNewIgnore);
  EXPECT_NE(result.error.find("fixed app/Dockerfile and app/.dockerignore"),
            std::string::npos)
      << result.error;
  EXPECT_EQ(Ignore({"--check", "app"}).status, 0);
}

TEST_F(ContextTest, CheckAndListCountTheOtherFile) {
  WriteService("app");
  EXPECT_EQ(Ignore({"--check", "app"}).status, 1);
  EXPECT_EQ(Ignore({"--list", "app"}).out, "app/.dockerignore\n");
}

TEST_F(ContextTest, StandardInputChangesNoOtherFile) {
  WriteService("app");
  const auto result = Dfix({"--select=write-dockerignore", "--write", "-v",
                            "--stdin-filename=app/Dockerfile", "-"},
                           Read("app/Dockerfile"));
  EXPECT_EQ(result.out, Read("app/Dockerfile"));
  EXPECT_EQ(result.status, 0);
  EXPECT_NE(result.error.find("changes the ignore file, too"),
            std::string::npos)
      << result.error;
}

TEST_F(ContextTest, DockerfilesThatShareAnIgnoreFileTakeTurns) {
  WriteService("app");
  Write("app/Dockerfile.py",
        "FROM python:3.12\nCOPY . /srv\nCOPY package.json /x\n");
  Write("app/lib/__pycache__/a.pyc", "");
  EXPECT_EQ(Ignore({"--write", "app"}).status, 0);
  EXPECT_EQ(Ignore({"--check", "app"}).status, 0);
  const std::string text = Read("app/.dockerignore");
  EXPECT_NE(text.find("node_modules\n"), std::string::npos) << text;
  EXPECT_NE(text.find("**/__pycache__\n"), std::string::npos) << text;
}

TEST_F(ContextTest, FileThatCannotBeMadeLeavesTheDockerfile) {
  WriteService("app");
  if (geteuid() == 0) GTEST_SKIP() << "root may write anywhere";
  Shell("chmod a-w app");
  const std::string before = Read("app/Dockerfile");
  EXPECT_EQ(Dfix({"--write", "app"}).status, 2);
  Shell("chmod u+w app");
  EXPECT_EQ(Read("app/Dockerfile"), before);
}

TEST_F(ContextTest, OwnIgnoreFileOfTheDockerfileHolds) {
  WriteService("app");
  Write("app/.dockerignore", "x\n");
  Write("app/Dockerfile.dockerignore", "y\n");
  Ignore({"--write", "app"});
  EXPECT_EQ(Read("app/.dockerignore"), "x\n");
  EXPECT_EQ(Read("app/Dockerfile.dockerignore"),
            "y\nnode_modules\nDockerfile*\n");
}

TEST_F(ContextTest, OptionEnvironmentAndConfigurationNameIt) {
  WriteService("app");
  Write("build/Dockerfile", Read("app/Dockerfile"));
  EXPECT_EQ(Ignore({"--list", "--context=app", "build"}).out,
            "app/.dockerignore\n");
  EXPECT_EQ(Shell("DFIX_CONTEXT=app dfix -q --select=write-dockerignore "
                  "--list build")
                .out,
            "app/.dockerignore\n");
  Write("build/.dfix.yaml", "context: ../app\n");
  EXPECT_EQ(Ignore({"--list", "build"}).out, "app/.dockerignore\n");
  Write("build/.dfix.yaml", "context: ../..\n");
  const auto result = Ignore({"--list", "build"});
  EXPECT_EQ(result.status, 2);
  EXPECT_NE(result.error.find("outside"), std::string::npos) << result.error;
  EXPECT_EQ(Ignore({"--list", "--context=missing", "app"}).status, 2);
}

TEST_F(ContextTest, ComposeAndBakeFilesNameIt) {
  WriteService("app");
  Write("deploy/Dockerfile", Read("app/Dockerfile"));
  Write("deploy/other.txt", "");
  EXPECT_EQ(Ignore({"--list", "deploy"}).out, "");
  Write("compose.yaml",
        "services:\n  web:\n    build:\n      context: app\n"
        "      dockerfile: ../deploy/Dockerfile\n  db:\n    image: x\n");
  EXPECT_EQ(Ignore({"--list", "deploy"}).out, "app/.dockerignore\n");
  Write("compose.yaml", "services: [\n");
  Write("docker-bake.hcl",
        "# target \"x\" {}\ngroup \"default\" { targets = [\"web\"] }\n"
        "target \"web\" {\n  context = \"./app\" // here\n"
        "  dockerfile = \"../deploy/Dockerfile\"\n  args = { a = \"b\" }\n}\n");
  EXPECT_EQ(Ignore({"--list", "deploy"}).out, "app/.dockerignore\n");
  Write("docker-bake.hcl", "target \"web\" { context = \"${dir}\" }\n");
  Write("docker-bake.json",
        "{\"target\": {\"web\": {\"context\": \"app\", "
        "\"dockerfile\": \"../deploy/Dockerfile\"}}}");
  EXPECT_EQ(Ignore({"--list", "deploy"}).out, "app/.dockerignore\n");
}

TEST_F(ContextTest, SourcesTellIt) {
  WriteService(".");
  Write("docker/Dockerfile",
        "FROM node:20\nWORKDIR /app\nCOPY package.json .\nCOPY src src\n"
        "RUN npm ci\n");
  Write("src/.git/HEAD", "");
  EXPECT_EQ(Ignore({"--list", "docker"}).out, ".dockerignore\n");
}

TEST_F(ContextTest, LinksAreNotFollowed) {
  WriteService("app");
  Write("outside/ignore", "x\n");
  Shell("ln -s ../outside/ignore app/.dockerignore");
  EXPECT_EQ(Ignore({"--list", "app"}).out, "");
  Shell("rm app/.dockerignore; ln -s ../outside app/linked");
  Write("outside/.DS_Store", "");
  Ignore({"--write", "app"});
  EXPECT_EQ(Read("app/.dockerignore"), kNewIgnore);
}

}  // namespace
}  // namespace dfix
