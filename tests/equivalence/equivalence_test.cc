#include "src/equivalence/equivalence.h"

#include <gtest/gtest.h>

#include <string>

#include "src/dockerfile/parser.h"
#include "src/transform/registry.h"

namespace dfix {
namespace {

std::string Check(std::string before, std::string after,
                  EffectSet effects = {}) {
  return FindUnexplained(ParseDockerfile(std::move(before)),
                         ParseDockerfile(std::move(after)), effects);
}

std::string CheckRun(const std::string& before, const std::string& after,
                     EffectSet effects = {}) {
  return Check("FROM debian:12\nRUN " + before + "\n",
               "FROM debian:12\nRUN " + after + "\n", effects);
}

TEST(Equivalence, LayoutAndQuotesDoNotMatter) {
  EXPECT_EQ(CheckRun("a b && c", "'a' \\\n # why\n \"b\" && \\\n\n c;"), "");
  EXPECT_EQ(CheckRun("echo $x", "echo ${x}"), "");
  EXPECT_EQ(CheckRun("if a; then b; fi", "if a\\\n; then b ;fi"), "");
}

TEST(Equivalence, QuotesThatMatterDo) {
  EXPECT_NE(CheckRun("echo $x", "echo \"$x\""), "");
  EXPECT_NE(CheckRun("echo *", "echo '*'"), "");
  EXPECT_NE(CheckRun("echo ~", "echo \\~"), "");
  EXPECT_NE(CheckRun("echo $x", "echo \"\"$x"), "");
  EXPECT_NE(CheckRun("echo $x", "echo '$x'"), "");
}

TEST(Equivalence, StructureMatters) {
  EXPECT_NE(CheckRun("a && b", "a; b"), "");
  EXPECT_NE(CheckRun("a && b", "a || b"), "");
  EXPECT_NE(CheckRun("a && b", "a & b"), "");
  EXPECT_NE(CheckRun("a | b", "a |& b"), "");
  EXPECT_NE(CheckRun("a", "! a"), "");
  EXPECT_NE(CheckRun("a > x", "a >> x"), "");
  EXPECT_NE(CheckRun("a > x", "a 2> x"), "");
  EXPECT_NE(CheckRun("x=1 a", "a x=1"), "");
  EXPECT_NE(CheckRun("(a; b)", "{ a; b; }"), "");
  EXPECT_NE(CheckRun("if a; then b; fi", "if b; then a; fi"), "");
  EXPECT_NE(CheckRun("for x in 1 2; do a; done", "for x in 2 1; do a; done"),
            "");
  EXPECT_NE(CheckRun("a $(b)", "a $(c)"), "");
  EXPECT_NE(CheckRun("a && b", "[\"a\", \"b\"]"), "");
}

TEST(Equivalence, WhatIsInForceMatters) {
  EXPECT_NE(Check("FROM a\nUSER x\nRUN b\n", "FROM a\nRUN b\nUSER x\n"), "");
  EXPECT_NE(Check("FROM a\nENV x=1\nRUN b\n", "FROM a\nRUN b\nENV x=1\n"), "");
  EXPECT_NE(
      Check("FROM a\nWORKDIR /x\nCOPY b c\n", "FROM a\nCOPY b c\nWORKDIR /x\n"),
      "");
  EXPECT_NE(Check("FROM a\nRUN --mount=type=cache,target=/x b\n",
                  "FROM a\nRUN --mount=type=cache,target=/y b\n"),
            "");
  EXPECT_NE(Check("FROM a\nSHELL [\"bash\", \"-c\"]\nRUN b\n",
                  "FROM a\nSHELL [\"sh\", \"-c\"]\nRUN b\n"),
            "");
}

TEST(Equivalence, StagesMatter) {
  EXPECT_NE(Check("FROM a\nRUN b\n", "FROM c\nRUN b\n"), "");
  EXPECT_NE(Check("FROM a\nRUN b\nFROM a\n", "FROM a\nFROM a\nRUN b\n"), "");
  EXPECT_NE(Check("FROM a AS b\nFROM b\n", "FROM a AS c\nFROM b\n"), "");
}

TEST(Equivalence, EachConfigurationValueMatters) {
  for (const std::string line :
       {"CMD [\"a\"]", "ENTRYPOINT [\"a\"]", "EXPOSE 1", "VOLUME /a",
        "LABEL a=b", "STOPSIGNAL 2", "HEALTHCHECK CMD a", "ONBUILD RUN a",
        "SHELL [\"a\", \"-c\"]", "USER a", "WORKDIR /a", "ENV a=b",
        "MAINTAINER a"}) {
    EXPECT_NE(Check("FROM x\n" + line + "\n", "FROM x\n"), "") << line;
    EXPECT_NE(Check("FROM x\n", "FROM x\n" + line + "\n"), "") << line;
  }
}

TEST(Equivalence, NothingIsAllowedThatIsNotDeclared) {
  EXPECT_NE(CheckRun("apt-get install a", "apt-get install -y a"), "");
  EXPECT_EQ(CheckRun("apt-get install a", "apt-get install -y a",
                     {Effect::kAddsFlag}),
            "");
  EXPECT_NE(CheckRun("apt-get install a", "apt-get install -y a",
                     {Effect::kAddsCleanUp}),
            "");
}

// Every transform says what it does.
TEST(Equivalence, NoTransformMayDoEverything) {
  for (const Transform* transform : AllTransforms()) {
    uint32_t count = 0;
    for (uint8_t i = 0; i < kEffectCount; ++i) {
      count += transform->effects.Has(static_cast<Effect>(i)) ? 1 : 0;
    }
    EXPECT_LE(count, 4u) << transform->id;
  }
}

}  // namespace
}  // namespace dfix
