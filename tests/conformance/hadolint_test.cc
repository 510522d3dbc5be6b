// hadolint's own test cases of the rules that transforms stand for, where they
// are at hand ($DFIX_SHARED/conformance/hadolint.jsonl).
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "nlohmann/json.hpp"
#include "src/engine/engine.h"
#include "src/transform/registry.h"
#include "tests/conformance/hadolint_support.h"

namespace dfix {
namespace {

struct Case {
  std::string id;
  std::string rule;
  bool fires;
  std::string dockerfile;
};

// Cases that are dealt with in another way, and why.
struct Exception {
  std::string_view id;
  std::string_view reason;
};
constexpr std::array<Exception, 0> kExceptions = {};

std::vector<Case> Cases() {
  const char* given = std::getenv("DFIX_SHARED");
  const std::string shared =
      given != nullptr ? given : std::string(DFIX_SOURCE_DIR) + "/../shared";
  std::ifstream in(shared + "/conformance/hadolint.jsonl");
  std::vector<Case> cases;
  for (std::string line; std::getline(in, line);) {
    const auto row = nlohmann::json::parse(line);
    Case read{row["id"], row["rule"], row["expect"] == "fire",
              row["dockerfile"]};
    const bool mechanical = row["fixability"] == "A";
    if (mechanical && IsJudged(read.rule)) cases.push_back(std::move(read));
  }
  return cases;
}

bool IsException(const Case& row) {
  return std::any_of(kExceptions.begin(), kExceptions.end(),
                     [&](const Exception& e) { return e.id == row.id; });
}

// What a run at the standard level makes of it; `rule` selects, unless empty.
std::string Fixed(const std::string& dockerfile, std::string_view rule) {
  EngineOptions options;
  for (const Transform* transform : AllTransforms()) {
    const bool selected =
        rule.empty() ? !transform->opt_in : IsNamed(*transform, rule);
    if (selected) options.transforms.push_back(transform);
  }
  EXPECT_FALSE(options.transforms.empty()) << "no transform for " << rule;
  return Fix(dockerfile, options).fixed;
}

class Hadolint : public testing::Test {
 protected:
  void SetUp() override {
    cases_ = Cases();
    if (cases_.empty()) {
      GTEST_SKIP() << "no cases of hadolint's; name their folder in "
                      "DFIX_SHARED";
    }
  }

  std::vector<Case> cases_;
};

TEST_F(Hadolint, FiresWhereItsTestsSaySo) {
  for (const Case& row : cases_) {
    EXPECT_EQ(Fires(row.rule, row.dockerfile), row.fires) << row.id << '\n'
                                                          << row.dockerfile;
  }
}

TEST_F(Hadolint, FindsNothingAfterwards) {
  size_t count = 0;
  for (const Case& row : cases_) {
    if (!row.fires || IsException(row)) continue;
    ++count;
    const std::string fixed = Fixed(row.dockerfile, "");
    EXPECT_FALSE(Fires(row.rule, fixed)) << row.id << '\n' << fixed;
  }
  EXPECT_GT(count, 50u);
}

TEST_F(Hadolint, HasNothingToSayNothingIsChanged) {
  size_t count = 0;
  for (const Case& row : cases_) {
    if (row.fires || IsException(row)) continue;
    ++count;
    EXPECT_EQ(Fixed(row.dockerfile, row.rule), row.dockerfile) << row.id;
  }
  EXPECT_GT(count, 50u);
}

// The rules' names, in any case, are names of transforms.
TEST_F(Hadolint, NamesAreAliases) {
  for (const Case& row : cases_) {
    std::string lower = row.rule;
    std::transform(lower.begin(), lower.end(), lower.begin(), ::tolower);
    const auto transforms = AllTransforms();
    EXPECT_TRUE(
        std::any_of(transforms.begin(), transforms.end(),
                    [&](const Transform* t) { return IsNamed(*t, lower); }))
        << row.rule;
    if (!row.fires) continue;
    EXPECT_EQ(
        Fixed("# hadolint global ignore=" + row.rule + "\n" + row.dockerfile,
              row.rule),
        "# hadolint global ignore=" + row.rule + "\n" + row.dockerfile)
        << row.id;
  }
}

}  // namespace
}  // namespace dfix
