#include "src/dockerfile/instructions.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "src/dockerfile/dump.h"
#include "src/dockerfile/parser.h"

namespace dfix {
namespace {

using Strings = std::vector<std::string>;

TEST(Instructions, SkipsWhatBuildKitRefuses) {
  const Document document = ParseDockerfile("FROM a\nENV b\nUSER c\n");
  const auto instructions = Instructions(document);
  ASSERT_EQ(instructions.size(), 2u);
  EXPECT_EQ(instructions[1].kind(), InstructionKind::kUser);
}

TEST(Instructions, ReadsPartsOfFrom) {
  const Document document = ParseDockerfile(
      "from --platform=$BUILDPLATFORM a:1 as b\nFROM c\nFROM d as\n");
  const auto instructions = Instructions(document);
  const auto parts = PartsOfFrom(instructions.at(0));
  ASSERT_TRUE(parts);
  EXPECT_EQ(parts->image, "a:1");
  EXPECT_EQ(parts->platform, "$BUILDPLATFORM");
  EXPECT_EQ(parts->stage, "b");
  EXPECT_EQ(PartsOfFrom(instructions.at(1))->stage, "");
  EXPECT_FALSE(PartsOfFrom(instructions.at(2)));
}

TEST(Instructions, ReadsArgWithAndWithoutDefault) {
  const Document document = ParseDockerfile("ARG a b= c=\"d e\"\n");
  const auto pairs = Instructions(document).at(0).Pairs();
  ASSERT_EQ(pairs.size(), 3u);
  EXPECT_EQ(pairs[0].value, std::nullopt);
  EXPECT_EQ(pairs[1].value, "");
  EXPECT_EQ(pairs[2].value, "\"d e\"");
}

TEST(Instructions, GivesTypeOfHealthcheckFirst) {
  const Document document = ParseDockerfile(
      "HEALTHCHECK --retries=3 CMD a b\nHEALTHCHECK NONE\n"
      "HEALTHCHECK CMD [\"c\"]\n");
  const auto instructions = Instructions(document);
  EXPECT_EQ(instructions.at(0).Arguments(), Strings({"CMD"}));
  EXPECT_NE(instructions.at(0).Script(), kNoNode);
  EXPECT_EQ(instructions.at(1).Arguments(), Strings({"NONE"}));
  EXPECT_EQ(instructions.at(2).Arguments(), Strings({"CMD", "c"}));
}

TEST(Instructions, DecodesJsonStrings) {
  const Document document = ParseDockerfile(
      "CMD [\"a\\n\\\"\", \"\\u00e9\\ud83d\\ude00\", \"\\ud800\", \"\xff\"]\n");
  EXPECT_EQ(Instructions(document).at(0).Arguments(),
            Strings({"a\n\"", "\xc3\xa9\xf0\x9f\x98\x80", "\xef\xbf\xbd",
                     "\xef\xbf\xbd"}));
}

TEST(Instructions, CountsContinuationBeforeKeywordToItsLines) {
  const Document document = ParseDockerfile("FROM a\n\\\n RUN b \\\n c\n");
  const Instruction run = Instructions(document).at(1);
  EXPECT_EQ(run.Lines(), (TextRange{7, 20}));
  EXPECT_EQ(run.LogicalLineText(), " RUN b  c");
}

TEST(Instructions, GivesOnbuildTheHeredocsOfItsTrigger) {
  const Document document = ParseDockerfile("ONBUILD RUN <<E\na\nE\n");
  const Instruction onbuild = Instructions(document).at(0);
  ASSERT_EQ(onbuild.Heredocs().size(), 1u);
  EXPECT_NE(onbuild.Trigger()->Script(), kNoNode);
}

TEST(InstructionsJson, ListsFieldsOfBuildKit) {
  const Document document =
      ParseDockerfile("# c\nFROM a\nENV b c\nCMD [\"d\"]\n");
  EXPECT_EQ(
      InstructionsJson("f", document),
      R"({"file":"f","parse_ok":true,"escape":"\\","instructions":[)"
      R"({"value":"FROM","args":["a"],"original":"FROM a","start":2,"end":2,)"
      R"("prev_comment":["c"]},)"
      R"({"value":"ENV","args":["b","c",""],"original":"ENV b c","start":3,)"
      R"("end":3},{"value":"CMD","args":["d"],"json":true,)"
      R"("attributes":{"json":true},"original":"CMD [\"d\"]","start":4,)"
      R"("end":4}]})");
}

TEST(InstructionsJson, NamesTheErrorOfRefusedFile) {
  const std::string json = InstructionsJson("f", ParseDockerfile("ENV a\n"));
  EXPECT_TRUE(json.starts_with(
      R"({"file":"f","parse_ok":false,"parse_err":"ENV `a` has no value)"))
      << json;
}

}  // namespace
}  // namespace dfix
