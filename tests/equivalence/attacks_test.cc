// Wrong rewrites that a clever bug could make of a file, with the effects that
// the transform would declare: the check refuses each.
#include <gtest/gtest.h>

#include <string>

#include "src/dockerfile/parser.h"
#include "src/equivalence/equivalence.h"

namespace dfix {
namespace {

std::string Check(std::string before, std::string after, EffectSet effects) {
  const Document from = ParseDockerfile(std::move(before));
  const Document to = ParseDockerfile(std::move(after));
  EXPECT_FALSE(to.HasFatalError());
  return FindUnexplained(from, to, effects);
}

TEST(Attacks, CacheThatALaterStepReadsIsCleaned) {
  EXPECT_NE(Check("FROM node\nRUN npm ci\nRUN npm install --offline x\n",
                  "FROM node\nRUN npm ci && npm cache clean --force\n"
                  "RUN npm install --offline x\n",
                  {Effect::kAddsCleanUp}),
            "");
}

TEST(Attacks, CleanUpRemovesMoreThanTheCache) {
  EXPECT_NE(Check("FROM debian\nRUN apt-get update && apt-get install -y a\n",
                  "FROM debian\nRUN apt-get update && apt-get install -y a && "
                  "rm -rf /var/lib/apt /var/lib/dpkg\n",
                  {Effect::kAddsCleanUp}),
            "");
}

TEST(Attacks, CleanUpHidesAFailure) {
  EXPECT_NE(Check("FROM debian\nRUN apt-get update; apt-get install -y a\n",
                  "FROM debian\nRUN apt-get update; apt-get install -y a; "
                  "rm -rf /var/lib/apt/lists/*\n",
                  {Effect::kAddsCleanUp}),
            "");
}

TEST(Attacks, MergeSwapsTwoCommands) {
  EXPECT_NE(Check("FROM a\nRUN touch /x\nRUN rm /x\n",
                  "FROM a\nRUN rm /x && touch /x\n", {Effect::kMergesRuns}),
            "");
}

TEST(Attacks, MergeTakesARunOverAUser) {
  EXPECT_NE(Check("FROM a\nRUN b\nUSER u\nRUN c\n",
                  "FROM a\nRUN b && c\nUSER u\n", {Effect::kMergesRuns}),
            "");
}

TEST(Attacks, MergeLosesTheMountOfTheSecond) {
  EXPECT_NE(Check("FROM a\nRUN b\nRUN --mount=type=secret,id=s c\n",
                  "FROM a\nRUN b && c\n", {Effect::kMergesRuns}),
            "");
}

TEST(Attacks, MergeHoistsAnErrexitOverAToleratedFailure) {
  EXPECT_NE(Check("FROM a\nRUN b; c\nRUN set -e; d; e\n",
                  "FROM a\nRUN set -e; b; c; d; e\n", {Effect::kMergesRuns}),
            "");
}

TEST(Attacks, ExecFormOfAWordThatAShellExpands) {
  EXPECT_NE(Check("FROM a\nCMD serve $PORT\n",
                  "FROM a\nCMD [\"serve\", \"$PORT\"]\n", {Effect::kExecForm}),
            "");
}

TEST(Attacks, ExecFormWakesAHiddenCmd) {
  EXPECT_NE(Check("FROM scratch\nCMD [\"x\"]\nENTRYPOINT serve\n",
                  "FROM scratch\nCMD [\"x\"]\nENTRYPOINT [\"serve\"]\n",
                  {Effect::kExecForm}),
            "");
}

TEST(Attacks, LastCmdGoesInsteadOfTheFirst) {
  EXPECT_NE(Check("FROM a\nCMD [\"x\"]\nCMD [\"y\"]\n", "FROM a\nCMD [\"x\"]\n",
                  {Effect::kRemovesDeadInstruction}),
            "");
}

TEST(Attacks, StageNumberMovesWithoutItsCopy) {
  EXPECT_NE(Check("FROM a\nRUN x\nFROM b\nRUN y\nFROM c\nCOPY --from=1 /y /y\n",
                  "FROM b\nRUN y\nFROM c\nCOPY --from=1 /y /y\n",
                  {Effect::kRemovesUnusedStage}),
            "");
}

TEST(Attacks, StageNameHidesAnImage) {
  EXPECT_NE(Check("FROM golang\nRUN x\nFROM c\nCOPY --from=0 /y /y\n"
                  "COPY --from=golang /z /z\n",
                  "FROM golang AS golang\nRUN x\nFROM c\n"
                  "COPY --from=golang /y /y\nCOPY --from=golang /z /z\n",
                  {Effect::kNamesStage}),
            "");
}

TEST(Attacks, CodeIsCopiedBehindWhatReadsIt) {
  EXPECT_NE(Check("FROM node\nWORKDIR /app\nCOPY . .\nRUN npm ci\n"
                  "RUN node build.js\n",
                  "FROM node\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\n"
                  "RUN node build.js\nCOPY . .\n",
                  {Effect::kMovesCopies}),
            "");
}

TEST(Attacks, ManifestGoesToAnotherFolder) {
  EXPECT_NE(Check("FROM python\nWORKDIR /app\nCOPY . .\n"
                  "RUN pip install -r requirements.txt\n",
                  "FROM python\nWORKDIR /app\nCOPY requirements.txt /tmp/\n"
                  "RUN pip install -r requirements.txt\nCOPY . .\n",
                  {Effect::kMovesCopies}),
            "");
}

TEST(Attacks, LockFileStaysBehind) {
  EXPECT_NE(Check("FROM node\nWORKDIR /app\nCOPY . .\nRUN npm ci\n",
                  "FROM node\nWORKDIR /app\nCOPY package.json ./\nRUN npm ci\n"
                  "COPY . .\n",
                  {Effect::kMovesCopies}),
            "");
}

TEST(Attacks, MovedCopyLosesItsOwner) {
  EXPECT_NE(
      Check("FROM node\nWORKDIR /app\nCOPY --chown=node . .\nRUN npm ci\n",
            "FROM node\nWORKDIR /app\n"
            "COPY --chown=node package*.json ./\nRUN npm ci\nCOPY . .\n",
            {Effect::kMovesCopies}),
      "");
}

TEST(Attacks, SplitRunForgetsItsDirectory) {
  EXPECT_NE(Check("FROM node\nWORKDIR /app\nCOPY . .\n"
                  "RUN cd web && npm ci && npm run build\n",
                  "FROM node\nWORKDIR /app\nCOPY web/package*.json web/\n"
                  "RUN cd web && npm ci\nCOPY . .\nRUN npm run build\n",
                  {Effect::kMovesCopies}),
            "");
}

TEST(Attacks, UserIsNeverMade) {
  EXPECT_NE(Check("FROM python:3.12\nCMD [\"a\"]\n",
                  "FROM python:3.12\nUSER app\nCMD [\"a\"]\n",
                  {Effect::kAddsUser, Effect::kChangesOwner}),
            "");
}

TEST(Attacks, UserComesBeforeWhatNeedsRoot) {
  EXPECT_NE(Check("FROM node\nRUN apt-get update\nCMD [\"a\"]\n",
                  "FROM node\nUSER node\nRUN apt-get update\nCMD [\"a\"]\n",
                  {Effect::kAddsUser, Effect::kChangesOwner}),
            "");
}

TEST(Attacks, UserGetsTheSystem) {
  EXPECT_NE(
      Check("FROM debian\nWORKDIR /app\nCMD [\"a\"]\n",
            "FROM debian\nRUN groupadd --gid 10001 app && useradd --uid 10001 "
            "--gid app app && chown app:app /etc\nWORKDIR /app\nUSER app\n"
            "CMD [\"a\"]\n",
            {Effect::kAddsUser, Effect::kChangesOwner}),
      "");
}

TEST(Attacks, OwnerIsSomebodyElse) {
  EXPECT_NE(Check("FROM node\nCOPY a /a\nUSER node\n",
                  "FROM node\nCOPY --chown=nobody a /a\nUSER node\n",
                  {Effect::kChangesOwner}),
            "");
}

constexpr char kGo[] =
    "FROM golang:1.22\nWORKDIR /src\nENV PORT=80\nCOPY . .\n"
    "RUN go build -o /bin/app .\nEXPOSE 80\nCMD [\"/bin/app\"]\n";

TEST(Attacks, SplitForgetsTheProgram) {
  EXPECT_NE(Check(kGo,
                  "FROM golang:1.22 AS build\nWORKDIR /src\nENV PORT=80\n"
                  "COPY . .\nRUN go build -o /bin/app .\nFROM base\n"
                  "ENV PORT=80\nWORKDIR /src\nEXPOSE 80\n"
                  "CMD [\"/bin/app\"]\n",
                  {Effect::kSplitsStage}),
            "");
}

TEST(Attacks, SplitForgetsAVariable) {
  EXPECT_NE(Check(kGo,
                  "FROM golang:1.22 AS build\nWORKDIR /src\nENV PORT=80\n"
                  "COPY . .\nRUN go build -o /bin/app .\nFROM base\n"
                  "WORKDIR /src\nCOPY --from=build /bin/app /bin/app\n"
                  "EXPOSE 80\nCMD [\"/bin/app\"]\n",
                  {Effect::kSplitsStage}),
            "");
}

TEST(Attacks, SplitCopiesFromTheBaseImage) {
  EXPECT_NE(Check(kGo,
                  "FROM golang:1.22 AS build\nWORKDIR /src\nENV PORT=80\n"
                  "COPY . .\nRUN go build -o /bin/app .\nFROM base\n"
                  "ENV PORT=80\nWORKDIR /src\n"
                  "COPY --from=golang:1.22 /bin/app /bin/app\nEXPOSE 80\n"
                  "CMD [\"/bin/app\"]\n",
                  {Effect::kSplitsStage}),
            "");
}

TEST(Attacks, SplitCopiesTheProgramToWherePathDoesNotLook) {
  const std::string build =
      "FROM golang:1.22 AS build\nWORKDIR /src\nCOPY . .\nRUN go install\n";
  const auto check = [&](const std::string& copy) {
    return Check(
        "FROM golang:1.22\nWORKDIR /src\nCOPY . .\nRUN go install\n"
        "CMD [\"app\"]\n",
        build + "FROM base\nWORKDIR /src\n" + copy + "CMD [\"app\"]\n",
        {Effect::kSplitsStage});
  };
  EXPECT_EQ(check("COPY --from=build /go/bin /usr/local/bin\n"), "");
  EXPECT_EQ(check("COPY --from=build /go/bin/app /usr/local/bin/app\n"), "");
  EXPECT_NE(check("COPY --from=build /go/bin /go/bin\n"), "");
  EXPECT_NE(check("COPY --from=build /go/bin/app /go/bin/app\n"), "");
  EXPECT_NE(check("COPY --from=build /go/bin/app2 /usr/local/bin/app2\n"), "");
  EXPECT_NE(check("COPY --from=build /src /usr/local/bin\n"), "");
}

TEST(Attacks, SplitThatIsRightPasses) {
  EXPECT_EQ(Check(kGo,
                  "FROM golang:1.22 AS build\nWORKDIR /src\nENV PORT=80\n"
                  "COPY . .\nRUN go build -o /bin/app .\nFROM base\n"
                  "ENV PORT=80\nWORKDIR /src\n"
                  "COPY --from=build /bin/app /bin/app\nEXPOSE 80\n"
                  "CMD [\"/bin/app\"]\n",
                  {Effect::kSplitsStage}),
            "");
}

TEST(Attacks, MountHidesWhatALaterStepNeeds) {
  EXPECT_NE(Check("FROM golang\nCOPY . .\nRUN go mod download\nRUN go build\n",
                  "FROM golang\nCOPY . .\n"
                  "RUN --mount=type=cache,target=/go/pkg/mod go mod download\n"
                  "RUN go build\n",
                  {Effect::kAddsMount}),
            "");
}

TEST(Attacks, MountIsOnWhatIsBuilt) {
  EXPECT_NE(Check("FROM rust\nCOPY . .\nRUN cargo build\n",
                  "FROM rust\nCOPY . .\n"
                  "RUN --mount=type=cache,target=/target cargo build\n",
                  {Effect::kAddsMount}),
            "");
}

constexpr std::string_view kLists =
    "--mount=type=cache,target=/var/lib/apt/lists,sharing=locked ";
constexpr std::string_view kArchives =
    "--mount=type=cache,target=/var/cache/apt,sharing=locked ";

// What the check says of mounts for a script whose end goes.
std::string CheckMounts(const std::string& mounts, const std::string& script,
                        const std::string& end, const std::string& later = "") {
  return Check("FROM debian\nRUN " + script + end + "\n" + later,
               "FROM debian\nRUN " + mounts + script + "\n" + later,
               {Effect::kAddsMount});
}

TEST(Attacks, CleanUpGoesThatNoMountStandsInFor) {
  const std::string lists(kLists);
  const std::string archives(kArchives);
  const std::string script = "apt-get update && apt-get install -y a";
  for (const char* end : {" && apt-get clean", " && apt-get dist-clean",
                          " && rm -rf /var/cache/apt/*"}) {
    EXPECT_NE(CheckMounts(lists, script, end), "") << end;
    EXPECT_EQ(CheckMounts(archives + lists, script, end), "") << end;
  }
  EXPECT_NE(CheckMounts(archives, script, " && rm -rf /var/lib/apt/lists/*"),
            "");
  EXPECT_EQ(CheckMounts(lists, script, " && rm -rf /var/lib/apt/lists/*"), "");
  EXPECT_NE(Check("FROM debian\nRUN " + script +
                      " && rm -rf /x /var/cache/apt/archives\n",
                  "FROM debian\nRUN " + lists + script + " && rm -rf /x\n",
                  {Effect::kAddsMount}),
            "");
}

TEST(Attacks, CleanUpHidAFailureUnderErrexit) {
  const std::string lists(kLists);
  const std::string end = "; rm -rf /var/lib/apt/lists/*";
  const std::string script = "set -e; apt-get update; apt-get install -y a";
  EXPECT_EQ(CheckMounts(lists, script, end), "");
  EXPECT_EQ(CheckMounts(lists, script + "; command -v b && b; c", end), "");
  EXPECT_NE(CheckMounts(lists, script + "; command -v b && b", end), "");
  EXPECT_NE(CheckMounts(lists, script + "; ! b", end), "");
  EXPECT_NE(CheckMounts(lists, script + "; set +e; b", end), "");
  EXPECT_NE(CheckMounts(lists, script + "; eval \"$x\"; b", end), "");
}

TEST(Attacks, ListsInAMountAreNeeded) {
  const std::string lists(kLists);
  const std::string script = "apt-get update && apt-get install -y a";
  const auto check = [&](const std::string& later) {
    return CheckMounts(lists, script, "", "RUN " + later + "\n");
  };
  for (const char* later :
       {"apt-get install -y b", "./b.sh", "sh -c 'apt-get install -y b'",
        "sh -c './b'", "sh -c '$B'", "bash b", "eval \"$b\"", ". /b",
        "curl x | bash", "apt-cache policy b",
        "add-apt-repository x && apt-get install -y b"}) {
    EXPECT_NE(check(later), "") << later;
  }
  for (const char* later :
       {"true", "sh -c 'echo a >> /etc/apt/sources.list.d/b'",
        "/bin/sh -c set -eux; pip install b", "add-apt-repository x",
        "apt-get update && apt-get install -y b"}) {
    EXPECT_EQ(check(later), "") << later;
  }
}

TEST(Attacks, ListsThatWereRemovedAreNotNeeded) {
  const std::string lists(kLists);
  const auto check = [&](const std::string& end) {
    return CheckMounts(lists, "apt-get update && apt-get install -y a", end,
                       "RUN curl x | bash\n");
  };
  EXPECT_EQ(check(" && rm -rf /var/lib/apt/lists/*"), "");
  EXPECT_NE(check(""), "");
  EXPECT_NE(check(" && rm -rf /var/lib/apt/lists/partial/*"), "");
  EXPECT_NE(check(" && rm -rf /var/lib/apt/lists/* && apt-get update"), "");
}

TEST(Attacks, CompilerComesWithoutHeaders) {
  const auto check = [](const std::string& base, const std::string& packages,
                        const std::string& more) {
    const std::string from = "FROM " + base + "\nRUN apt-get install -y ";
    return Check(from + packages + "\n",
                 from + "--no-install-recommends " + packages + more + "\n",
                 {Effect::kAddsFlag, Effect::kAddsPackages});
  };
  EXPECT_NE(check("debian:12", "gcc make", ""), "");
  EXPECT_NE(check("ubuntu:24.04", "gcc-13", ""), "");
  EXPECT_EQ(check("debian:12", "gcc make", " libc6-dev"), "");
  EXPECT_EQ(check("debian:12", "gcc g++", ""), "");
  EXPECT_EQ(check("debian:12", "make", ""), "");
  EXPECT_EQ(check("python:3.12", "gcc", ""), "");
}

TEST(Attacks, DirectiveIsLost) {
  EXPECT_NE(Check("# syntax=docker/dockerfile:1\nFROM a\n", "FROM a\n", {}),
            "");
}

TEST(Attacks, FilesWithoutFromAreCheckedToo) {
  EXPECT_EQ(Check("RUN a\nRUN b\n", "RUN a && b\n", {Effect::kMergesRuns}), "");
  EXPECT_NE(Check("RUN a\nRUN b\n", "RUN b && a\n", {Effect::kMergesRuns}), "");
  EXPECT_NE(Check("RUN a\n", "RUN a\nUSER x\n", {Effect::kAddsUser}), "");
}

}  // namespace
}  // namespace dfix
