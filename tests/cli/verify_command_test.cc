// `dfix verify` with an engine that only pretends: what it is asked to do, and
// what is left when something goes wrong.
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/cli/command_support.h"

namespace dfix {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

class VerifyCommand : public CommandTest {
 protected:
  void SetUp() override {
    CommandTest::SetUp();
    fs::create_directories(folder() / "state");
    fs::create_directories(folder() / "tmp");
    Write("app/Dockerfile", kPoor);
    Write("app/main.py", "print('hello')\n");
  }

  // Runs `dfix verify` with the engine that pretends.
  CommandResult Verify(const std::string& arguments) {
    return Shell(Environment() + "dfix verify --wait 0 --engine-path '" +
                 std::string(kEngine) + "' " + arguments);
  }

  std::string Environment() const {
    return "export FAKE_ENGINE='" + (folder() / "state").string() +
           "' TMPDIR='" + (folder() / "tmp").string() + "'; ";
  }

  void Want(const std::string& what, const std::string& pattern) {
    Write("state/" + what, pattern);
  }

  std::string Calls() { return Read("state/calls"); }

  // Whether nothing is left of what was made.
  bool IsClean() const {
    for (const char* name : {"tmp", "state/images", "state/containers"}) {
      if (fs::exists(folder() / name) && !fs::is_empty(folder() / name)) {
        return false;
      }
    }
    return true;
  }

  static constexpr std::string_view kEngine =
      DFIX_SOURCE_DIR "/tests/cli/fake_engine.sh";
};

bool Contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

TEST_F(VerifyCommand, ComparesAndCleansUp) {
  const CommandResult result = Verify("app/Dockerfile");
  EXPECT_EQ(result.status, 0) << result.out << result.error;
  EXPECT_TRUE(Contains(result.out, "1 change at level review, built by docker"))
      << result.out;
  EXPECT_TRUE(Contains(result.out, "image size"));
  EXPECT_TRUE(Contains(result.out, "rebuild, steps cached   1 of 2  1 of 2"));
  EXPECT_TRUE(Contains(result.out, "GET :80/"));
  EXPECT_TRUE(Contains(result.out, "the rewrite behaves like the original"));
  EXPECT_TRUE(Contains(result.out, "an edit to `main.py`"));
  EXPECT_EQ(result.error, "");
  EXPECT_TRUE(IsClean());
}

TEST_F(VerifyCommand, LeavesTheContextAlone) {
  Verify("app/Dockerfile");
  EXPECT_EQ(Read("app/main.py"), "print('hello')\n");
  EXPECT_EQ(Read("app/Dockerfile"), kPoor);
}

TEST_F(VerifyCommand, PassesArgumentsOnAsTheyAre) {
  Verify(
      "--build-arg 'A=1,2 $(touch x)' --build-arg \"B='\" --target 'a b' "
      "--platform linux/amd64 --network host app/Dockerfile");
  EXPECT_TRUE(Contains(Calls(),
                       "<--network><host><--target><a b>"
                       "<--platform><linux/amd64>"
                       "<--build-arg><A=1,2 $(touch x)>"
                       "<--build-arg><B='>"))
      << Calls();
  EXPECT_FALSE(fs::exists(folder() / "x"));
}

TEST_F(VerifyCommand, BuildsWithTheIgnoreFileThatBelongsToTheRewrite) {
  Write("app/Dockerfile", "FROM debian:12\nCOPY . /app\n");
  Write("app/requirements.txt", "");
  Write("app/.git/config", "");
  Verify("app/Dockerfile");
  const std::string sent = ".git Dockerfile main.py requirements.txt /\n";
  EXPECT_EQ(Read("state/contexts"), "before: " + sent + "edited: " + sent +
                                        "review: .dockerignore " + sent +
                                        "edited: .dockerignore " + sent);
  EXPECT_FALSE(fs::exists(folder() / "app/.dockerignore"));
}

TEST_F(VerifyCommand, BuildsInTheContextThatTheFileIsFixedFor) {
  Write("app/docker/Dockerfile", "FROM debian:12\nCOPY . /app\n");
  Write("app/docker/Dockerfile.dockerignore", "*.txt\n");
  Write("app/.git/config", "");
  const CommandResult result =
      Verify("--context app --format json app/docker/Dockerfile");
  const json all = json::parse(result.out, nullptr, false);
  ASSERT_TRUE(all.is_array()) << result.out << result.error;
  EXPECT_EQ(all[0]["context"], fs::canonical(folder() / "app").string());
  const std::string contexts = Read("state/contexts");
  const std::string sent = ": .git Dockerfile docker main.py / *.txt";
  EXPECT_TRUE(contexts.starts_with("before" + sent + '\n')) << contexts;
  EXPECT_TRUE(Contains(contexts, "review" + sent + " .git")) << contexts;
}

TEST_F(VerifyCommand, SpeaksPodman) {
  const CommandResult result = Verify("--engine podman app/Dockerfile");
  EXPECT_EQ(result.status, 0) << result.out << result.error;
  EXPECT_TRUE(Contains(result.out, "built by podman 1.0")) << result.out;
  const std::string calls = Calls();
  EXPECT_TRUE(Contains(calls, "<version><--format><{{.Client.Version}}>"))
      << calls;
  EXPECT_TRUE(Contains(calls, "<--layers><--format><docker><--no-cache>"));
  EXPECT_FALSE(Contains(calls, "--progress"));
  EXPECT_TRUE(IsClean());
}

TEST_F(VerifyCommand, SpeaksBuildahWhichStartsNoContainers) {
  const CommandResult result = Verify("--engine buildah app/Dockerfile");
  EXPECT_EQ(result.status, 0) << result.out << result.error;
  EXPECT_TRUE(Contains(result.out, "built by buildah version 1.0"))
      << result.out;
  EXPECT_TRUE(Contains(result.out, "97.7 MB"));
  EXPECT_TRUE(Contains(result.out, "both build; nothing was run"));
  const std::string calls = Calls();
  EXPECT_TRUE(Contains(calls, "<--version>")) << calls;
  EXPECT_TRUE(Contains(calls, "<--layers><--format><docker><--no-cache>"));
  EXPECT_TRUE(Contains(calls, "<inspect><--type><image>"));
  EXPECT_TRUE(Contains(calls, "<rmi><dfix-verify:"));
  for (const char* command : {"<create>", "<start>", "<exec>", "<export>"}) {
    EXPECT_FALSE(Contains(calls, command)) << command;
  }
  EXPECT_TRUE(IsClean());
}

TEST_F(VerifyCommand, TellsWhenTheRewriteDoesNotBuild) {
  Want("refuses", "install -y");
  const CommandResult result = Verify("app/Dockerfile");
  EXPECT_EQ(result.status, 1);
  EXPECT_TRUE(Contains(result.out, "the rewrite does not build")) << result.out;
  EXPECT_TRUE(Contains(result.out, "gcc: not found")) << result.out;
  EXPECT_TRUE(IsClean());
}

TEST_F(VerifyCommand, TellsWhenTheOriginalDoesNotBuild) {
  Want("refuses", "FROM");
  const CommandResult result = Verify("app/Dockerfile");
  EXPECT_EQ(result.status, 2);
  EXPECT_EQ(result.out, "");
  EXPECT_TRUE(Contains(result.error, "it does not build as it is"))
      << result.error;
  EXPECT_TRUE(Contains(result.error, "gcc: not found"));
  EXPECT_TRUE(IsClean());
}

TEST_F(VerifyCommand, TellsWhenTheRewriteAnswersSomethingElse) {
  Want("wrong", "install -y");
  const CommandResult result = Verify("app/Dockerfile");
  EXPECT_EQ(result.status, 1);
  EXPECT_TRUE(Contains(result.out, "500, 5 bytes")) << result.out;
  EXPECT_TRUE(Contains(result.out, "something differs"));
  EXPECT_TRUE(IsClean());
}

TEST_F(VerifyCommand, BuildsNothingWhereNothingChanges) {
  Write("app/Dockerfile", kFixed);
  const CommandResult result = Verify("app/Dockerfile");
  EXPECT_EQ(result.status, 0);
  EXPECT_EQ(result.out, "app/Dockerfile: nothing to change\n");
  EXPECT_FALSE(Contains(Calls(), "<build>"));
}

TEST_F(VerifyCommand, GoesOnAfterAFileThatCannotBeVerified) {
  Write("app/Broken.Dockerfile", kBroken);
  const CommandResult result =
      Verify("missing app/Broken.Dockerfile app/Dockerfile");
  EXPECT_EQ(result.status, 2);
  EXPECT_TRUE(Contains(result.error, "missing: no such file"));
  EXPECT_TRUE(Contains(result.error, "Broken.Dockerfile: cannot be parsed"));
  EXPECT_TRUE(Contains(result.out, "behaves like the original"));
}

TEST_F(VerifyCommand, WritesJson) {
  const CommandResult result =
      Verify("--format json --per-transform --level bold app/Dockerfile");
  const json all = json::parse(result.out, nullptr, false);
  ASSERT_TRUE(all.is_array()) << result.out << result.error;
  EXPECT_EQ(all[0]["path"], "app/Dockerfile");
  EXPECT_EQ(all[0]["same"], true);
  EXPECT_EQ(all[0]["applied"], json::array({"assume-yes"}));
  EXPECT_EQ(all[0]["before"]["size"], 3000000);
  EXPECT_EQ(all[0]["before"]["rebuild"]["cached"], 1);
  EXPECT_EQ(all[0]["after"]["run"]["ports"], json::array({80}));
  EXPECT_EQ(all[0]["transforms"][0]["id"], "assume-yes");
}

TEST_F(VerifyCommand, BuildsTheOriginalOnceForSeveralLevels) {
  Write("app/Dockerfile",
        "FROM debian:12\nRUN apt update && apt install curl\n");
  const CommandResult result =
      Verify("--format json --level safe,review,bold app/Dockerfile");
  const json all = json::parse(result.out, nullptr, false);
  ASSERT_EQ(all.size(), 3U) << result.out << result.error;
  EXPECT_EQ(all[0]["level"], "safe");
  EXPECT_EQ(all[2]["level"], "bold");
  EXPECT_GT(all[1]["changes"], all[0]["changes"]);
  size_t cold_builds = 0;
  const std::string calls = Calls();
  for (size_t at = 0;
       (at = calls.find("<--no-cache>", at)) != std::string::npos; ++at) {
    ++cold_builds;
  }
  EXPECT_EQ(cold_builds, 3U) << calls;
  EXPECT_TRUE(IsClean());
  EXPECT_TRUE(Contains(Verify("--level safe,mad app/Dockerfile").error,
                       "`mad` is not one of"));
}

TEST_F(VerifyCommand, WritesMarkdown) {
  const CommandResult result = Verify("--format markdown app/Dockerfile");
  EXPECT_TRUE(Contains(result.out, "### `app/Dockerfile`")) << result.out;
  EXPECT_TRUE(Contains(result.out, "| image size | 3.0 MB | 3.0 MB | 0 % |"));
}

TEST_F(VerifyCommand, KeepsTheTwoImagesIfAskedTo) {
  const CommandResult result = Verify("--keep app/Dockerfile");
  EXPECT_TRUE(Contains(result.out, "kept dfix-verify:"));
  size_t images = 0;
  for (const auto& image : fs::directory_iterator(folder() / "state/images")) {
    ++images;
    EXPECT_FALSE(Contains(image.path().string(), "edited"));
  }
  EXPECT_EQ(images, 2);
  EXPECT_TRUE(fs::is_empty(folder() / "state/containers"));
}

TEST_F(VerifyCommand, TakesTheFileToEdit) {
  Write("app/data.bin", "x");
  CommandResult result = Verify("--touch data.bin app/Dockerfile");
  EXPECT_TRUE(Contains(result.out, "an edit to `data.bin`")) << result.out;
  result = Verify("--touch other app/Dockerfile");
  EXPECT_EQ(result.status, 2);
  EXPECT_TRUE(Contains(result.error, "no such file in the build context"));
}

TEST_F(VerifyCommand, TellsThatThereIsNoEngine) {
  const CommandResult result =
      Shell(Environment() + "PATH=; dfix verify app/Dockerfile");
  EXPECT_EQ(result.status, 2);
  EXPECT_TRUE(Contains(result.error, "no container engine answers: `docker`"))
      << result.error;
  EXPECT_TRUE(Contains(result.error, "--engine-path"));
}

TEST_F(VerifyCommand, TellsWhyAnEngineDoesNotAnswer) {
  Want("fails", "^version");
  const CommandResult result = Verify("app/Dockerfile");
  EXPECT_EQ(result.status, 2);
  EXPECT_TRUE(Contains(result.error, "told to fail")) << result.error;
}

TEST_F(VerifyCommand, EndsABuildThatTakesTooLong) {
  Want("hangs", "^build");
  const CommandResult result = Verify("--timeout 1 app/Dockerfile");
  EXPECT_EQ(result.status, 2);
  EXPECT_TRUE(Contains(result.error, "ended after 1 second")) << result.error;
  EXPECT_TRUE(IsClean());
}

TEST_F(VerifyCommand, CleansUpAfterAFailureInTheMiddle) {
  for (const char* command : {"^create", "^export", "^start", "^exec", "^stop",
                              "^image inspect", "^logs"}) {
    Want("fails", command);
    const CommandResult result = Verify("app/Dockerfile");
    EXPECT_LE(result.status, 2) << command << result.out << result.error;
    EXPECT_TRUE(IsClean()) << command;
  }
}

TEST_F(VerifyCommand, TellsWhatItCouldNotRemove) {
  Want("fails", "^image rm");
  const CommandResult result = Verify("app/Dockerfile");
  EXPECT_TRUE(Contains(result.out, "could not remove image `dfix-verify:"))
      << result.out;
}

// Wherever the signal comes, everything is removed, what the engine started
// included, and the signal is what ends the program.
TEST_F(VerifyCommand, CleansUpWhenItIsTerminated) {
  for (const char* where : {"^build", "^export", "^start", "^stop"}) {
    Want("hangs", where);
    const CommandResult result =
        Shell(Environment() + "'" DFIX_PROGRAM "' verify --engine-path '" +
              std::string(kEngine) +
              "' app/Dockerfile & "
              "while ! [ -s state/children ]; do sleep 0.05; done; "
              "kill -TERM $!; wait $!; echo status $?; "
              "grep -s '^State:.[^Z]' /proc/$(cat state/children)/status "
              "&& echo alive; "
              "rm state/children");
    EXPECT_TRUE(Contains(result.out, "status 143")) << where << result.out;
    EXPECT_FALSE(Contains(result.out, "alive")) << where;
    EXPECT_TRUE(IsClean()) << where;
  }
}

TEST_F(VerifyCommand, ChecksItsArguments) {
  CommandResult result = Verify("--engine crane app/Dockerfile");
  EXPECT_EQ(result.status, 2);
  EXPECT_TRUE(Contains(result.error,
                       "`crane` is not one of `docker`, `podman` or `buildah`"))
      << result.error;
  result = Verify("--timeout soon app/Dockerfile");
  EXPECT_TRUE(Contains(result.error, "`soon` is not a number"));
  EXPECT_EQ(Verify("").status, 2);
}

}  // namespace
}  // namespace dfix
