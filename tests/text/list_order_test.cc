#include "src/text/list_order.h"

#include <gtest/gtest.h>

#include <string_view>
#include <vector>

namespace dfix {
namespace {

using Words = std::vector<std::string_view>;

bool IsInOrder(const Words& words) { return OrderOf(words) != nullptr; }

TEST(ListOrder, NamesComeBeforeVersions) {
  EXPECT_TRUE(LessByName("curl=8", "curl-dev"));
  EXPECT_TRUE(LessByName("curl=7", "curl=8"));
  EXPECT_TRUE(LessByName("g++", "gcc"));
  EXPECT_FALSE(LessByName("curl", "curl"));
  EXPECT_TRUE(LessByName("@scope/a", "b"));
}

TEST(ListOrder, KnowsTheUsualOrders) {
  EXPECT_TRUE(IsInOrder({"g++", "gcc", "libc6-dev", "make"}));
  // sort(1) in the C locale.
  EXPECT_TRUE(IsInOrder({"Xvfb", "curl-dev", "curl=8"}));
  // Without regard to case.
  EXPECT_TRUE(IsInOrder({"curl", "Xvfb", "zip"}));
  // As other locales do.
  EXPECT_TRUE(IsInOrder({"libfoo2", "libfoo-dev", "zip"}));
  EXPECT_TRUE(IsInOrder({"curl", "curl"}));
  EXPECT_FALSE(IsInOrder({"git", "curl", "wget"}));
}

}  // namespace
}  // namespace dfix
