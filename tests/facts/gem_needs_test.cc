// What a Gemfile.lock says, and what the gems in it need.
#include "src/facts/gem_needs.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace dfix {
namespace {

using Names = std::vector<std::string>;

constexpr std::string_view kLock =
    "GIT\r\n  remote: https://example.org/rack.git\r\n  revision: 0123\r\n"
    "  specs:\r\n    rack (3.1.0)\r\n\r\n"
    "PATH\r\n  remote: engines/shop\r\n  specs:\r\n    shop (0.1.0)\r\n"
    "      rails\r\n\r\n"
    "GEM\r\n  remote: https://rubygems.org/\r\n  specs:\r\n"
    "    nio4r (2.7.0)\r\n    pg (1.5.4-x86_64-linux)\r\n"
    "    puma (6.4.0)\r\n      nio4r (~> 2.0)\r\n\r\n"
    "PLATFORMS\r\n  ruby\r\n\r\n"
    "DEPENDENCIES\r\n  puma (~> 6.0)\r\n  rack!\r\n\r\n"
    "BUNDLED WITH\r\n   2.5.3\r\n";

TEST(GemLock, TellsGemsByWhereTheyComeFrom) {
  const GemLock lock = ReadGemLock(kLock);
  EXPECT_EQ(lock.gems, (Names{"nio4r", "pg", "puma"}));
  EXPECT_EQ(lock.other_gems, (Names{"rack", "shop"}));
  EXPECT_EQ(lock.dependencies, (Names{"puma", "rack"}));
}

TEST(GemNeeds, ArePackagesOfGemsThatAreKnown) {
  GemLock lock;
  lock.gems = {"puma", "pg", "pg", "rack"};
  const GemNeeds needs = NeedsOfGems(lock, "");
  EXPECT_EQ(needs.problem, "");
  EXPECT_EQ(needs.compiled, "puma");
  EXPECT_EQ(needs.packages, (Names{"libssl-dev", "libpq-dev"}));
}

TEST(GemNeeds, AreNotKnownOfAGemThatTheLockLacks) {
  GemLock lock;
  lock.dependencies = {"rack"};
  EXPECT_EQ(NeedsOfGems(lock, "gem 'rack'\n").problem, "");
  EXPECT_NE(NeedsOfGems(lock, "group :web do\n  gem(\"puma\")\nend\n").problem,
            "");
  EXPECT_NE(NeedsOfGems(lock, "gem name, '1.0'\n").problem, "");
}

TEST(GemNeeds, OfNothingAreNone) {
  const GemNeeds needs = NeedsOfGems(ReadGemLock(""), "");
  EXPECT_EQ(needs.problem + needs.compiled, "");
  EXPECT_TRUE(needs.packages.empty());
}

}  // namespace
}  // namespace dfix
