#include "src/verify/build_log.h"

#include <gtest/gtest.h>

#include <string_view>

namespace dfix {
namespace {

constexpr std::string_view kBuildKit =
    R"(#0 building with "default" instance using docker driver

#1 [internal] load build definition from Dockerfile
#1 transferring dockerfile: 143B done
#1 DONE 0.0s

#4 [build 1/3] FROM docker.io/library/golang:1.23@sha256:0000
#4 resolve docker.io/library/golang:1.23 0.1s done
#4 DONE 12.5s

#5 [build 2/3] WORKDIR /src
#5 CACHED

#6 [build 3/3] RUN make
#6 0.312 #7 [3/3] RUN false
#6 0.400 CACHED
#6 DONE 3.2s

#8 [stage-1 1/2] FROM docker.io/library/debian:12
#8 CACHED

#9 [stage-1 2/2] COPY --from=build /src/app /app
#9 DONE 0.1s

#10 exporting to image
#10 exporting layers done
#10 DONE 0.1s
)";

TEST(BuildLog, CountsBuildKitSteps) {
  BuildLog log;
  log.Read(kBuildKit);
  EXPECT_EQ(log.steps(), 3U);
  EXPECT_EQ(log.cached(), 1U);
  EXPECT_EQ(log.commands_run(), 1U);
  EXPECT_EQ(log.current_step(),
            "[stage-1 2/2] COPY --from=build /src/app /app");
}

TEST(BuildLog, KnowsHowLongBaseImagesTook) {
  BuildLog log;
  log.Read(kBuildKit);
  EXPECT_DOUBLE_EQ(log.base_image_seconds(), 12.5);
}

TEST(BuildLog, TakesLinesInAnyPieces) {
  BuildLog log;
  for (const char c : kBuildKit) log.Read({&c, 1});
  EXPECT_EQ(log.steps(), 3U);
  EXPECT_EQ(log.cached(), 1U);
}

// Parallel steps name themselves again whenever they go on.
TEST(BuildLog, CountsAStepOnce) {
  BuildLog log;
  log.Read(
      "#5 [a 2/2] RUN a\n#6 [b 2/2] RUN b\n#5 [a 2/2] RUN a\n#5 DONE 1s\n");
  EXPECT_EQ(log.steps(), 2U);
}

TEST(BuildLog, CountsPodmanSteps) {
  BuildLog log;
  log.Read(
      "[1/2] STEP 1/2: FROM golang AS build\n"
      "[1/2] STEP 2/2: RUN make\n"
      "--> Using cache 0123456789\n"
      "--> 0123456789\n"
      "[2/2] STEP 1/3: FROM debian\n"
      "[2/2] STEP 2/3: COPY --from=build /app /app\n"
      "--> abcdef\n"
      "[2/2] STEP 3/3: CMD app\n"
      "--> Using cache 0123456789\n");
  EXPECT_EQ(log.steps(), 2U);
  EXPECT_EQ(log.cached(), 1U);
  EXPECT_EQ(log.commands_run(), 0U);
}

TEST(BuildLog, KeepsTheLastLines) {
  BuildLog log;
  for (int i = 0; i < 100; ++i) log.Read(std::to_string(i) + "\r\n");
  log.Read("unfinished");
  EXPECT_TRUE(log.Tail().starts_with("80\n81\n")) << log.Tail();
  EXPECT_TRUE(log.Tail().ends_with("99\nunfinished"));
}

TEST(BuildLog, DisregardsWhatItDoesNotKnow) {
  BuildLog log;
  log.Read(
      "#\n#x\n#5\n#5 [\n#5 [x\nSTEP\nSTEP 1\nSTEP 1/\n[\n--> Using cache\n");
  EXPECT_EQ(log.steps(), 0U);
}

}  // namespace
}  // namespace dfix
