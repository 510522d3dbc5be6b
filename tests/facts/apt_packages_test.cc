#include "src/facts/apt_packages.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <span>
#include <string_view>

namespace dfix {
namespace {

const AptNeed* FindNeed(std::string_view name, std::string_view package) {
  const AptPackage* found = FindAptPackage(name);
  if (found == nullptr) return nullptr;
  for (const AptNeed& need : found->needs) {
    if (need.package == package) return &need;
  }
  return nullptr;
}

bool HasWord(std::span<const std::string_view> words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

TEST(AptPackages, CurlNeedsCertificates) {
  const AptNeed* need = FindNeed("curl", "ca-certificates");
  ASSERT_NE(need, nullptr);
  EXPECT_EQ(need->why, "for https");
  EXPECT_TRUE(need->when_used.empty());
}

TEST(AptPackages, GccNeedsHeadersUnlessBuildEssentialIsNamed) {
  const AptNeed* need = FindNeed("gcc-12", "libc6-dev");
  ASSERT_NE(need, nullptr);
  EXPECT_TRUE(HasWord(need->satisfied_by, "build-essential"));
}

TEST(AptPackages, GitNeedsSshOnlyWhereSshIsUsed) {
  const AptNeed* need = FindNeed("git", "openssh-client");
  ASSERT_NE(need, nullptr);
  EXPECT_TRUE(HasWord(need->when_used, "git@*"));
  EXPECT_TRUE(HasWord(need->unless_used, "git"));
}

TEST(AptPackages, PipIsKeptOnlyWherePipIsUsed) {
  const AptPackage* pip = FindAptPackage("python3-pip");
  ASSERT_NE(pip, nullptr);
  EXPECT_FALSE(pip->keep.empty());
  EXPECT_TRUE(HasWord(pip->keep_when_used, "pip3"));
  EXPECT_TRUE(HasWord(pip->keep_unless_named, "build-essential"));
}

TEST(AptPackages, DesktopsAreKept) {
  const AptPackage* desktop = FindAptPackage("xfce4-goodies");
  ASSERT_NE(desktop, nullptr);
  EXPECT_FALSE(desktop->keep.empty());
  EXPECT_TRUE(desktop->keep_when_used.empty());
}

TEST(AptPackages, ExactNameBeatsGlob) {
  const AptPackage* found = FindAptPackage("python3-pip");
  ASSERT_NE(found, nullptr);
  EXPECT_EQ(found->name, "python3-pip");
  EXPECT_EQ(FindAptPackage("python3-numpy")->name, "python3-*");
}

TEST(AptPackages, LongestGlobWins) {
  EXPECT_EQ(FindAptPackage("python3.11-minimal")->name, "python3.*-minimal");
  EXPECT_EQ(FindAptPackage("python3.11")->name, "python3.*");
}

TEST(AptPackages, UnknownIsNull) {
  EXPECT_EQ(FindAptPackage("no-such-package"), nullptr);
  EXPECT_EQ(FindAptPackage(""), nullptr);
}

TEST(AptPackages, TablesAreInOrder) {
  auto by_name = [](const AptPackage& a, const AptPackage& b) {
    return a.name < b.name;
  };
  EXPECT_TRUE(std::ranges::is_sorted(ExactAptPackages(), by_name));
  for (const AptPackage& package : ExactAptPackages()) {
    EXPECT_EQ(FindAptPackage(package.name), &package);
    EXPECT_FALSE(package.keep.empty() && package.needs.empty());
  }
  EXPECT_FALSE(AptSatisfiedBy("openssh-client").empty());
  EXPECT_TRUE(AptSatisfiedBy("xauth").empty());
}

TEST(AptPackages, GlobsMatchWholeNames) {
  EXPECT_TRUE(MatchesGlob("php*-curl", "php8.2-curl"));
  EXPECT_TRUE(MatchesGlob("gcc-??", "gcc-12"));
  EXPECT_FALSE(MatchesGlob("gcc-??", "gcc-12-base"));
  EXPECT_TRUE(MatchesGlob("*a*b", "xaab"));
  EXPECT_FALSE(MatchesGlob("", "a"));
}

}  // namespace
}  // namespace dfix
