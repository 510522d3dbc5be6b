#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/cli/command_support.h"

namespace dfix {
namespace {

namespace fs = std::filesystem;

class FixCommand : public CommandTest {};

constexpr std::string_view kClean = "FROM debian:12\nCMD [\"true\"]\n";

bool Has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

TEST_F(FixCommand, ReportsAndWritesNothingByDefault) {
  Write("Dockerfile", kPoor);
  const CommandResult result = Dfix({});
  EXPECT_EQ(result.status, 1);
  EXPECT_TRUE(Has(result.out, "Dockerfile:3:")) << result.out;
  EXPECT_TRUE(Has(result.out, "[assume-yes]")) << result.out;
  EXPECT_TRUE(Has(result.error, "1 change in 1 of 1 file")) << result.error;
  EXPECT_EQ(Read("Dockerfile"), kPoor);
}

TEST_F(FixCommand, ExitsWithZeroWhenThereIsNothingToDo) {
  Write("Dockerfile", kClean);
  for (const char* mode : {"--diff", "--check", "--write", "-l"}) {
    const CommandResult result = Dfix({mode});
    EXPECT_EQ(result.status, 0) << mode;
    EXPECT_EQ(result.out, "") << mode;
  }
}

TEST_F(FixCommand, GivesReportsForPrograms) {
  Write("Dockerfile", kPoor);
  const CommandResult json = Dfix({"--format", "json"});
  EXPECT_EQ(json.status, 1);
  EXPECT_TRUE(Has(json.out, "\"id\": \"assume-yes\"")) << json.out;
  const CommandResult github = Dfix({"--check", "--format=github"});
  EXPECT_EQ(github.status, 1);
  EXPECT_TRUE(github.out.starts_with("::warning file=Dockerfile,line=3,"))
      << github.out;
  for (const char* mode : {"--diff", "-l"}) {
    EXPECT_EQ(Dfix({mode, "--format", "json"}).status, 2) << mode;
  }
  const CommandResult wrong = Dfix({"--format", "sarfi"});
  EXPECT_EQ(wrong.status, 2);
  EXPECT_TRUE(Has(wrong.error, "did you mean `sarif`?")) << wrong.error;
}

TEST_F(FixCommand, WritesWhatItPrintsToAFileIfAsked) {
  Write("Dockerfile", kPoor);
  const std::string diff = Dfix({"--diff"}).out;
  const CommandResult result = Dfix({"--diff", "-o", "x.diff"});
  EXPECT_EQ(result.status, 1);
  EXPECT_EQ(result.out, "");
  EXPECT_EQ(Read("x.diff"), diff);
  const CommandResult fails = Dfix({"--diff", "-o", "no/x.diff"});
  EXPECT_EQ(fails.status, 2);
  EXPECT_TRUE(Has(fails.error, "no/x.diff")) << fails.error;
}

TEST_F(FixCommand, FailsFromTheLevelOnThatIsAskedFor) {
  Write(
      "Dockerfile",
      "FROM debian:12\n"
      "RUN apt-get update && apt-get upgrade && rm -rf /var/lib/apt/lists/*\n");
  const std::vector<std::string> select = {"--select",
                                           "assume-yes,drop-upgrade"};
  const auto status = [&](std::vector<std::string> more) {
    more.insert(more.end(), select.begin(), select.end());
    return Dfix(more).status;
  };
  EXPECT_EQ(status({"--check"}), 1);
  EXPECT_EQ(status({"--check", "--fail-level", "safe"}), 1);
  EXPECT_EQ(status({"--check", "--fail-level", "advice"}), 1);
  EXPECT_EQ(status({"--check", "--fail-level", "never"}), 2);
  EXPECT_EQ(status({"--write", "--fail-level", "advice"}), 1);
  EXPECT_EQ(status({"--check"}), 0);
  EXPECT_EQ(status({"--check", "--fail-level", "bold"}), 1);
  EXPECT_EQ(Dfix({"--check", "--select", "assume-yes", "--fail-level", "safe"})
                .status,
            0);
}

TEST_F(FixCommand, CleansNoCacheUpThatIsInAMount) {
  Write("Dockerfile",
        "FROM python:3.12-slim\n"
        "RUN apt-get update \\\n"
        "    && apt-get install -y --no-install-recommends gcc \\\n"
        "    && pip install uwsgi\n");
  const std::vector<std::string> write = {"--write", "--extend-select",
                                          "use-cache-mounts"};
  EXPECT_EQ(Dfix(write).status, 0);
  const std::string mounted =
      "FROM python:3.12-slim\n"
      "RUN --mount=type=cache,target=/var/cache/apt,sharing=locked \\\n"
      "    --mount=type=cache,target=/var/lib/apt/lists,sharing=locked \\\n"
      "    --mount=type=cache,target=/root/.cache/pip \\\n"
      "    rm -f /etc/apt/apt.conf.d/docker-clean \\\n"
      "    && apt-get update \\\n"
      "    && apt-get install -y --no-install-recommends gcc \\\n"
      "    && pip install uwsgi\n";
  EXPECT_EQ(Read("Dockerfile"), mounted);
  EXPECT_EQ(Dfix(write).status, 0);
  EXPECT_EQ(Dfix({"--check"}).status, 0);
  EXPECT_EQ(Read("Dockerfile"), mounted);
}

TEST_F(FixCommand, PrintsADiffAndNothingElseOnStandardOutput) {
  Write("Dockerfile", kPoor);
  const CommandResult result = Dfix({"--diff", "-U0", "Dockerfile"});
  EXPECT_EQ(result.status, 1);
  EXPECT_EQ(result.out,
            "--- a/Dockerfile\n+++ b/Dockerfile\n@@ -3 +3 @@\n"
            "-RUN apt-get update && apt-get install --no-install-recommends "
            "curl && rm -rf /var/lib/apt/lists/*\n"
            "+RUN apt-get update && apt-get install -y "
            "--no-install-recommends curl && rm -rf /var/lib/apt/lists/*\n");
  EXPECT_EQ(Read("Dockerfile"), kPoor);
}

TEST_F(FixCommand, GivesADiffThatProgramsApply) {
  Write("git/sub dir/Dockerfile", kPoor);
  Write("git/crlf/Dockerfile", "FROM debian:12\r\nRUN apt-get install curl");
  ASSERT_EQ(Shell("cp -r git patch && cp -r git write && git init -q git && "
                  "git init -q patch")
                .status,
            0);
  EXPECT_EQ(Shell("cd git && dfix --diff . >../diff; git apply ../diff").status,
            0);
  EXPECT_EQ(Shell("patch -s -p1 --binary -d patch <diff").status, 0);
  EXPECT_EQ(Dfix({"--write", "write"}).status, 0);
  for (const std::string path : {"sub dir/Dockerfile", "crlf/Dockerfile"}) {
    EXPECT_NE(Read("git/" + path), Read("diff"));
    EXPECT_EQ(Read("git/" + path), Read("write/" + path));
    EXPECT_EQ(Read("patch/" + path), Read("write/" + path));
  }
  EXPECT_EQ(Read("git/sub dir/Dockerfile"), kFixed);
}

TEST_F(FixCommand, WritesAndIsSilentTheSecondTime) {
  Write("a/Dockerfile", kPoor);
  Write("b/Dockerfile", kClean);
  CommandResult result = Dfix({"--write"});
  EXPECT_EQ(result.status, 0);
  EXPECT_EQ(result.out, "");
  EXPECT_TRUE(Has(result.error, "fixed a/Dockerfile (1 change)\n"));
  EXPECT_EQ(Read("a/Dockerfile"), kFixed);
  EXPECT_EQ(Read("b/Dockerfile"), kClean);
  result = Dfix({"--write"});
  EXPECT_EQ(result.error, "nothing to change in 2 files\n");
}

TEST_F(FixCommand, ChecksWithAStatus) {
  Write("Dockerfile", kPoor);
  const CommandResult result = Dfix({"--check"});
  EXPECT_EQ(result.status, 1);
  EXPECT_EQ(result.out, "");
  EXPECT_TRUE(Has(result.error, "would fix Dockerfile (1 change)\n"));
  EXPECT_EQ(Read("Dockerfile"), kPoor);
}

TEST_F(FixCommand, ListsFilesThatWouldChange) {
  Write("b/Dockerfile", kPoor);
  Write("a/Dockerfile", kPoor);
  Write("c/Dockerfile", kClean);
  EXPECT_EQ(Dfix({"-l"}).out, "a/Dockerfile\nb/Dockerfile\n");
  EXPECT_EQ(Dfix({"-l"}).error, "");
  EXPECT_EQ(Dfix({"-l"}).status, 1);
  EXPECT_EQ(Dfix({"-lw"}).out, "a/Dockerfile\nb/Dockerfile\n");
  EXPECT_EQ(Dfix({"-l"}).out, "");
}

TEST_F(FixCommand, HonoursTheExitStatusOptions) {
  Write("Dockerfile", kPoor);
  EXPECT_EQ(Dfix({"--exit-zero"}).status, 0);
  EXPECT_EQ(Dfix({"--diff", "--exit-zero"}).status, 0);
  EXPECT_EQ(Dfix({"--write", "--exit-non-zero-on-fix"}).status, 1);
  EXPECT_EQ(Dfix({"--write", "--exit-non-zero-on-fix"}).status, 0);
}

TEST_F(FixCommand, CountsWhatAHigherLevelWouldAdd) {
  Write("Dockerfile",
        "FROM debian:12\nRUN apt-get update && apt-get install -y curl && rm "
        "-rf /var/lib/apt/lists/*\n");
  const CommandResult safe = Dfix({"--diff", "--level", "safe"});
  EXPECT_EQ(safe.status, 0);
  EXPECT_TRUE(Has(safe.error, "1 more with `--level review`")) << safe.error;
  EXPECT_EQ(Dfix({"--diff", "--level", "review"}).status, 1);
}

TEST_F(FixCommand, SelectsAndIgnoresTransforms) {
  Write("Dockerfile", kPoor);
  EXPECT_EQ(Dfix({"--check", "--select", "assume-yes"}).status, 1);
  EXPECT_EQ(Dfix({"--check", "--select", "assume-*"}).status, 1);
  EXPECT_EQ(Dfix({"--check", "--select", "DL3014"}).status, 1);
  EXPECT_EQ(Dfix({"--check", "--select", "ALL"}).status, 1);
  EXPECT_EQ(Dfix({"--check", "--select", "use-apt-get"}).status, 0);
  EXPECT_EQ(Dfix({"--check", "--ignore", "use-apt-get,assume-yes"}).status, 0);
  const CommandResult unknown = Dfix({"--select", "asume-yes"});
  EXPECT_EQ(unknown.status, 2);
  EXPECT_EQ(unknown.error,
            "dfix: --select: unknown transform `asume-yes`; did you mean "
            "`assume-yes`?\n");
}

TEST_F(FixCommand, RunsOptInTransformsOnlyWhereTheyAreNamed) {
  Write("Dockerfile", "FROM debian:12\nRUN apt-get install -y curl\n");
  const std::string advice = "advice: which versions";
  for (const char* all : {"ALL", "all", "*", "pin-*"}) {
    EXPECT_FALSE(Has(Dfix({"--select", all}).out, advice)) << all;
  }
  EXPECT_FALSE(Has(Dfix({}).out, advice));
  for (const char* name : {"pin-packages", "DL3008"}) {
    const CommandResult result = Dfix({"--select", name});
    EXPECT_TRUE(Has(result.out, advice)) << name;
    EXPECT_EQ(result.status, 0) << name;
  }
  EXPECT_TRUE(Has(Dfix({"--extend-select", "pin-packages"}).out, advice));
}

TEST_F(FixCommand, GivesAdviceOnStandardErrorBesideADiff) {
  Write("Dockerfile", "FROM alpine:3.20\nRUN apk --no-cache upgrade\n");
  for (const char* mode : {"--diff", "--check", "--write"}) {
    const CommandResult result = Dfix({mode});
    EXPECT_EQ(result.out, "") << mode;
    EXPECT_TRUE(Has(result.error, "Dockerfile:2:5: advice: ")) << result.error;
    EXPECT_EQ(result.status, 0) << mode;
  }
  EXPECT_EQ(Dfix({"--diff", "--quiet"}).error, "");
}

TEST_F(FixCommand, DealsWithTheOthersWhenOneFileIsBroken) {
  Write("a/Dockerfile", kPoor);
  Write("b/Dockerfile", kBroken);
  Write("c/Dockerfile", kPoor);
  fs::create_directory(folder() / "Dockerfile");
  const CommandResult result =
      Dfix({"--write", "a", "b", "c", "missing", "a/Dockerfile/x"});
  EXPECT_EQ(result.status, 2);
  EXPECT_EQ(Read("a/Dockerfile"), kFixed);
  EXPECT_EQ(Read("b/Dockerfile"), kBroken);
  EXPECT_EQ(Read("c/Dockerfile"), kFixed);
  EXPECT_TRUE(Has(result.error, "b/Dockerfile:2:")) << result.error;
  EXPECT_TRUE(Has(result.error, "dfix: missing: no such file"));
}

TEST_F(FixCommand, ReportsAFileThatItCannotRead) {
  if (geteuid() == 0) GTEST_SKIP() << "root reads everything";
  Write("Dockerfile", kPoor);
  chmod((folder() / "Dockerfile").c_str(), 0);
  EXPECT_EQ(Dfix({}).error,
            "dfix: Dockerfile: permission denied\n"
            "nothing was checked; 1 file failed\n");
}

TEST_F(FixCommand, ReadsStandardInput) {
  EXPECT_EQ(Dfix({"--write", "-"}, kPoor).out, kFixed);
  EXPECT_EQ(Dfix({"--write", "-"}, kPoor).status, 0);
  EXPECT_EQ(Dfix({"--write", "-"}, kClean).out, kClean);
  EXPECT_TRUE(Has(Dfix({"--diff", "-"}, kPoor).out, "--- a/stdin\n"));
  EXPECT_TRUE(
      Has(Dfix({"--diff", "-", "--stdin-filename", "x/Dockerfile"}, kPoor).out,
          "--- a/x/Dockerfile\n"));
  EXPECT_TRUE(Has(Dfix({"-", "--stdin-filename", "x/Dockerfile"}, kPoor).out,
                  "x/Dockerfile:3:"));
}

TEST_F(FixCommand, PrintsNothingForBrokenStandardInput) {
  const CommandResult result = Dfix({"--write", "-"}, kBroken);
  EXPECT_EQ(result.status, 2);
  EXPECT_EQ(result.out, "");
  EXPECT_TRUE(Has(result.error, "<stdin>:2:")) << result.error;
}

TEST_F(FixCommand, ReadsPipesAndDoesNotWriteThem) {
  Write("poor", kPoor);
  ASSERT_EQ(Shell("mkfifo pipe").status, 0);
  EXPECT_TRUE(
      Has(Shell("cat poor >pipe & dfix --diff pipe; wait").out, "+RUN"));
  const CommandResult result = Shell(
      "cat poor >pipe & dfix --write pipe; status=$?; wait; exit $status");
  EXPECT_EQ(result.status, 2);
  EXPECT_TRUE(Has(result.error, "dfix: pipe: is not a regular file"))
      << result.error;
  EXPECT_EQ(Shell("cat | dfix --write -", kPoor).out, kFixed);
}

TEST_F(FixCommand, ColoursOnRequestOnly) {
  Write("Dockerfile", kPoor);
  EXPECT_FALSE(Has(Dfix({"--diff"}).out, "\x1b["));
  EXPECT_TRUE(Has(Dfix({"--diff", "--color", "always"}).out, "\x1b[32m+"));
  EXPECT_TRUE(Has(Shell("FORCE_COLOR=1 dfix --diff").out, "\x1b["));
  EXPECT_FALSE(Has(Shell("NO_COLOR=1 FORCE_COLOR=1 dfix --diff").out, "\x1b["));
}

TEST_F(FixCommand, IsQuietOnRequest) {
  Write("Dockerfile", kPoor);
  EXPECT_EQ(Dfix({"--check", "-q"}).error, "");
  EXPECT_EQ(Dfix({"--write", "-q"}).error, "");
}

TEST_F(FixCommand, KeepsTheOrderOfManyFiles) {
  std::string expected;
  for (int i = 100; i < 300; ++i) {
    const std::string path = "d" + std::to_string(i) + "/Dockerfile";
    Write(path, kPoor);
    expected += path + '\n';
  }
  EXPECT_EQ(Dfix({"-l"}).out, expected);
  EXPECT_EQ(Dfix({"--diff"}).out, Dfix({"--diff", "."}).out);
}

TEST_F(FixCommand, EndsQuietlyWhenNobodyReads) {
  for (int i = 0; i < 2000; ++i) {
    Write("d" + std::to_string(i) + "/Dockerfile", kPoor);
  }
  const CommandResult result = Shell("dfix --diff -q | head -n 1");
  EXPECT_EQ(result.error, "");
  EXPECT_EQ(result.out, "--- a/d0/Dockerfile\n");
}

TEST_F(FixCommand, FailsWhenItsOutputIsLost) {
  if (!fs::exists("/dev/full")) GTEST_SKIP();
  Write("Dockerfile", kPoor);
  const CommandResult result = Shell("dfix --diff >/dev/full");
  EXPECT_EQ(result.status, 2);
  EXPECT_TRUE(Has(result.error, "no space left on device"));
  EXPECT_EQ(Shell("dfix --diff >&- 2>&-").status, 1);
}

TEST_F(FixCommand, LeavesTemplatesAlone) {
  Write("Dockerfile", "FROM {{ base }}\nRUN apt-get install curl\n");
  const CommandResult result = Dfix({"--diff"});
  EXPECT_EQ(result.out, "");
  EXPECT_EQ(result.status, 0);
}

TEST_F(FixCommand, SaysWhenThereAreNoDockerfiles) {
  const CommandResult result = Dfix({"."});
  EXPECT_EQ(result.error, "dfix: no Dockerfiles found\n");
  EXPECT_EQ(result.status, 0);
}

// An option that the table of a user promises and pip does not have: what adds
// it is taken back by the check, which has a table of its own.
constexpr std::string_view kWrongTable =
    "package-managers:\n"
    "- name: pip\n"
    "  programs: [pip]\n"
    "  verbs: {install: [install]}\n"
    "  clean: {option: --no-clean, level: safe}\n"
    "  caches: [{path: ~/.cache/pip, sharing: shared}]\n";

constexpr std::string_view kRolledBack =
    "Dockerfile: rolled back `clean-package-cache`, a bug in dfix: `pip "
    "install "
    "a` becomes `pip install --no-clean a`: ";

TEST_F(FixCommand, WhatIsRolledBackIsReportedAndNotPending) {
  constexpr std::string_view kText =
      "FROM python:3.12-slim\nRUN pip install a\n";
  Write(".dfix.yaml", kWrongTable);
  Write("Dockerfile", kText);
  for (const char* mode : {"--diff", "--check", "--write", "-l"}) {
    const CommandResult result = Dfix({mode, "--select=clean-package-cache"});
    EXPECT_EQ(result.status, 0) << mode;
    EXPECT_EQ(result.out, "") << mode;
    EXPECT_TRUE(result.error.starts_with(kRolledBack)) << result.error;
    EXPECT_FALSE(Has(result.error, "+++")) << result.error;
    EXPECT_EQ(Read("Dockerfile"), kText) << mode;
  }
  EXPECT_TRUE(Has(Dfix({"--check", "-q"}).error, kRolledBack));
}

TEST_F(FixCommand, WhatIsRolledBackDoesNotKeepOthersFromTheirWork) {
  Write(".dfix.yaml", kWrongTable);
  const std::string text =
      "FROM python:3.12-slim\nRUN pip install a\nRUN apt-get update && "
      "apt-get install b\n";
  Write("Dockerfile", text);
  const std::vector<std::string> two = {
      "--select=clean-package-cache,assume-yes", "--level=safe"};
  EXPECT_EQ(Dfix({"--check", two[0], two[1]}).status, 1);
  const CommandResult result = Dfix({"--write", two[0], two[1]});
  EXPECT_EQ(result.status, 0);
  EXPECT_TRUE(Has(result.error, kRolledBack)) << result.error;
  const std::string written = Read("Dockerfile");
  EXPECT_TRUE(Has(written, "RUN pip install a\n")) << written;
  EXPECT_TRUE(Has(written, "apt-get install -y b")) << written;
}

TEST_F(FixCommand, ExplainsARollbackByBothBuilds) {
  Write(".dfix.yaml", kWrongTable);
  Write("Dockerfile", "FROM python:3.12-slim\nRUN pip install a\n");
  const CommandResult result = Dfix({"--check", "--explain-rollback"});
  EXPECT_TRUE(Has(result.error,
                  "\n--- the build as it is\n"
                  "stage 1 from python:3.12-slim\n"))
      << result.error;
  EXPECT_TRUE(Has(result.error, "  RUN pip install a\n")) << result.error;
  EXPECT_TRUE(Has(result.error,
                  "\n+++ the build as `clean-package-cache` would have made it"
                  "\nstage 1 from python:3.12-slim\n"))
      << result.error;
  EXPECT_TRUE(Has(result.error, "  RUN pip install --no-clean a\n"))
      << result.error;
}

}  // namespace
}  // namespace dfix
