#include "src/text/nearest.h"

#include <gtest/gtest.h>

#include <array>

namespace dfix {
namespace {

constexpr std::array<std::string_view, 4> kNames = {
    "merge-runs", "use-exec-form", "assume-yes", "DL3015"};

TEST(NearestName, FindsASlipOfThePen) {
  EXPECT_EQ(NearestName("merge-run", kNames), "merge-runs");
  EXPECT_EQ(NearestName("mrege-runs", kNames), "merge-runs");
  EXPECT_EQ(NearestName("asume-yes", kNames), "assume-yes");
  EXPECT_EQ(NearestName("dl3015", kNames), "DL3015");
}

TEST(NearestName, CompletesABegin) {
  EXPECT_EQ(NearestName("use", kNames), "use-exec-form");
}

TEST(NearestName, GivesNothingForWhatIsFarAway) {
  EXPECT_EQ(NearestName("frobnicate", kNames), std::nullopt);
  EXPECT_EQ(NearestName("", kNames), std::nullopt);
  EXPECT_EQ(NearestName("x", {}), std::nullopt);
}

}  // namespace
}  // namespace dfix
