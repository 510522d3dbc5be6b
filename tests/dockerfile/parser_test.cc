#include "src/dockerfile/parser.h"

#include <string>
#include <string_view>
#include <vector>

#include "gtest/gtest.h"
#include "src/dockerfile/instructions.h"

namespace dfix {
namespace {

// The kinds of the tokens, without EndOfFile, separated by blanks.
std::string TokenKinds(const Document& document) {
  std::string kinds;
  for (uint32_t i = 0; i + 1 < document.tokens().size(); ++i) {
    if (i > 0) kinds += ' ';
    kinds += Name(document.kind(TokenId{i}));
  }
  return kinds;
}

// Each token of `kind` in its own string.
std::vector<std::string> TextsOf(const Document& document, TokenKind kind) {
  std::vector<std::string> texts;
  for (uint32_t i = 0; i < document.tokens().size(); ++i) {
    const TokenId id{i};
    if (document.kind(id) == kind) texts.emplace_back(document.Text(id));
  }
  return texts;
}

std::string AllTokens(const Document& document) {
  std::string text;
  for (uint32_t i = 0; i < document.tokens().size(); ++i) {
    text += document.Text(TokenId{i});
  }
  return text;
}

std::string FatalMessage(const std::string& text) {
  const Document document = ParseDockerfile(text);
  for (const ParseError& error : document.errors()) {
    if (error.fatal) return error.message;
  }
  return "";
}

using Strings = std::vector<std::string>;

TEST(DockerfileParser, KeepsEveryByte) {
  using namespace std::string_literals;
  for (const std::string& text :
       {"\xef\xbb\xbf"
        "FROM a\r\nRUN b \\\r\n # c\r\n\r\n d\r\n"s,
        "FROM a\rb\n\r\n\r"s, "\0\0FROM\0 a\n"s, "RUN \xff\xfe \xa0\x85"s,
        "FROM a\nRUN <<E\r\n\0x\nE\r\r\nRUN b"s, "ENV a=\"b\\"s, "\\"s, ""s,
        "COPY <<A <<-B /\nx\nA\n\ty\n\tB"s, "LABEL a=b c\n"s}) {
    const Document document = ParseDockerfile(text);
    EXPECT_EQ(document.text(), text);
    EXPECT_EQ(AllTokens(document), text);
  }
}

TEST(DockerfileParser, SplitsPlainInstructionIntoWords) {
  const Document document = ParseDockerfile("FROM  a AS b \n");
  EXPECT_EQ(TokenKinds(document),
            "Keyword Whitespace Argument Whitespace Argument Whitespace "
            "Argument Whitespace Newline");
  const Instruction from = Instructions(document).at(0);
  EXPECT_EQ(document.Text(from.id()), "FROM  a AS b");
}

TEST(DockerfileParser, HidesCommentInsideContinuation) {
  const Document document = ParseDockerfile("COPY a \\\n  # why\n\n  b c\n");
  EXPECT_EQ(TextsOf(document, TokenKind::kComment), Strings({"# why"}));
  EXPECT_EQ(TokenKinds(document),
            "Keyword Whitespace Argument Whitespace LineContinuation "
            "Whitespace Comment ContinuationNewline ContinuationNewline "
            "Whitespace Argument Whitespace Argument Newline");
  const Instruction copy = Instructions(document).at(0);
  EXPECT_EQ(copy.Arguments(), Strings({"a", "b", "c"}));
  EXPECT_TRUE(document.node(copy.id()).flags & kNodeSplit);
}

TEST(DockerfileParser, JoinsWordThatContinuationSplits) {
  const Document document = ParseDockerfile("FR\\\nOM al\\\npine\n");
  const Instruction from = Instructions(document).at(0);
  EXPECT_EQ(from.kind(), InstructionKind::kFrom);
  EXPECT_EQ(from.Keyword(), "FROM");
  EXPECT_EQ(from.Arguments(), Strings({"alpine"}));
  const NodeId word = from.ArgumentNodes().at(0);
  EXPECT_TRUE(document.node(word).flags & kNodeSplit);
}

TEST(DockerfileParser, TakesDoubledEscapeForNoContinuation) {
  const Document document = ParseDockerfile("RUN a \\\\\nRUN b\n");
  EXPECT_EQ(Instructions(document).size(), 2u);
}

TEST(DockerfileParser, KeepsTrailingLinesOutsideLastNode) {
  const Document document = ParseDockerfile("USER a \\\n# c\n");
  const Instruction user = Instructions(document).at(0);
  EXPECT_EQ(document.Text(user.id()), "USER a");
  EXPECT_EQ(user.Lines(), (TextRange{0, 13}));
}

TEST(DockerfileParser, ReadsDirectivesOnlyAtTheTop) {
  const Document document = ParseDockerfile(
      "# syntax=x/y\n#escape = `\n# other\n# check=skip=a\n"
      "FROM a\nRUN b `\n c\n");
  EXPECT_EQ(document.escape(), '`');
  EXPECT_EQ(TextsOf(document, TokenKind::kDirective),
            Strings({"# syntax=x/y", "#escape = `"}));
  EXPECT_EQ(Instructions(document).size(), 2u);
}

TEST(DockerfileParser, ReadsFlagsWithQuotesAndEscapes) {
  const Document document =
      ParseDockerfile("COPY --from=\"a b\" --chown=x\\ y --link -- --z /\n");
  const Instruction copy = Instructions(document).at(0);
  EXPECT_EQ(copy.FindFlag("--from")->value, "a b");
  EXPECT_EQ(copy.FindFlag("--chown")->value, "x y");
  EXPECT_EQ(copy.FindFlag("--link")->value, std::nullopt);
  EXPECT_EQ(copy.Arguments(), Strings({"--z", "/"}));
  EXPECT_EQ(TextsOf(document, TokenKind::kFlagEnd), Strings({"--"}));
}

TEST(DockerfileParser, TellsLegacyPairFromPairs) {
  const Document document =
      ParseDockerfile("ENV a b  \"c\" \nENV d=e\\ f g='h i' j=\n");
  const auto instructions = Instructions(document);
  const auto legacy = instructions.at(0).Pairs();
  ASSERT_EQ(legacy.size(), 1u);
  EXPECT_TRUE(legacy[0].is_legacy);
  EXPECT_EQ(legacy[0].value, "b  \"c\"");
  const auto pairs = instructions.at(1).Pairs();
  ASSERT_EQ(pairs.size(), 3u);
  EXPECT_EQ(pairs[0].value, "e\\ f");
  EXPECT_EQ(pairs[1].value, "'h i'");
  EXPECT_EQ(pairs[2].value, "");
}

TEST(DockerfileParser, FallsBackToShellFormForBrokenJson) {
  const Document document =
      ParseDockerfile("CMD [\"a\", \"b\"]\nCMD ['a']\nCMD [\"a\"] # no\n");
  const auto instructions = Instructions(document);
  EXPECT_TRUE(instructions.at(0).is_json());
  EXPECT_EQ(instructions.at(0).Arguments(), Strings({"a", "b"}));
  EXPECT_FALSE(instructions.at(1).is_json());
  EXPECT_NE(instructions.at(1).Script(), kNoNode);
  EXPECT_FALSE(instructions.at(2).is_json());
  EXPECT_EQ(instructions.at(2).ArgumentText(), "[\"a\"] # no");
}

TEST(DockerfileParser, NestsInstructionInOnbuild) {
  const Document document = ParseDockerfile("ONBUILD COPY --link a b\n");
  const auto inner = Instructions(document).at(0).Trigger();
  ASSERT_TRUE(inner);
  EXPECT_EQ(inner->kind(), InstructionKind::kCopy);
  EXPECT_EQ(inner->Arguments(), Strings({"a", "b"}));
}

TEST(DockerfileParser, BoundsNestingOfOnbuild) {
  std::string text;
  for (int i = 0; i < 5000; ++i) text += "ONBUILD ";
  const Document document = ParseDockerfile(text + "RUN a\n");
  EXPECT_FALSE(document.HasFatalError());
  EXPECT_LT(document.nodes().size(), 100u);
}

TEST(DockerfileParser, PutsScriptIntoHeredocOfRun) {
  const Document document = ParseDockerfile("RUN <<EOF\necho a\nEOF\nUSER b\n");
  const auto instructions = Instructions(document);
  ASSERT_EQ(instructions.size(), 2u);
  const Instruction run = instructions[0];
  const NodeId heredoc = document.Child(run.id(), NodeKind::kHeredoc);
  ASSERT_NE(heredoc, kNoNode);
  EXPECT_TRUE(document.Contains(heredoc, run.Script()));
  EXPECT_EQ(TextsOf(document, TokenKind::kHeredocStart), Strings({"<<EOF"}));
  EXPECT_EQ(TextsOf(document, TokenKind::kHeredocEnd), Strings({"EOF"}));
  EXPECT_EQ(run.Heredocs().at(0).word.name, "EOF");
}

TEST(DockerfileParser, HidesTabsOfChompedHeredoc) {
  const Document document =
      ParseDockerfile("RUN <<-EOF\n\techo a\n\t\techo b\n\tEOF\n");
  EXPECT_EQ(TextsOf(document, TokenKind::kHeredocEnd), Strings({"\tEOF"}));
  const NodeId script = Instructions(document).at(0).Script();
  EXPECT_TRUE(document.Text(script).starts_with("echo a\n\t\techo b"));
}

TEST(DockerfileParser, LeavesProgramInHeredocUnread) {
  const Document document =
      ParseDockerfile("RUN <<EOF\n#!/usr/bin/env python\nprint(1)\nEOF\n");
  EXPECT_EQ(document.kind(Instructions(document).at(0).Script()),
            NodeKind::kOpaque);
}

TEST(DockerfileParser, GivesShellTheLineWithItsHeredocs) {
  const Document document = ParseDockerfile(
      "RUN cat <<A > /a && cat <<B > /b\r\n1\nA\r\n2\nB\nUSER c\n");
  const auto instructions = Instructions(document);
  ASSERT_EQ(instructions.size(), 2u);
  const NodeId script = instructions[0].Script();
  EXPECT_TRUE(document.Text(script).starts_with("cat <<A"));
  EXPECT_TRUE(document.Text(script).ends_with("2\nB"));
  EXPECT_EQ(document.Child(instructions[0].id(), NodeKind::kHeredoc), kNoNode);
}

TEST(DockerfileParser, KeepsHeredocsOfCopyAsText) {
  const Document document = ParseDockerfile("COPY <<a <<'b' /x/\n1\na\n2\nb\n");
  EXPECT_EQ(TextsOf(document, TokenKind::kHeredocStart),
            Strings({"<<a", "<<'b'"}));
  EXPECT_EQ(TextsOf(document, TokenKind::kHeredocText),
            Strings({"1\n", "2\n"}));
  const auto heredocs = Instructions(document).at(0).Heredocs();
  ASSERT_EQ(heredocs.size(), 2u);
  EXPECT_TRUE(heredocs[0].word.expand);
  EXPECT_FALSE(heredocs[1].word.expand);
}

TEST(DockerfileParser, FindsNoHeredocWhereBuildKitFindsNone) {
  for (const std::string_view line :
       {"RUN cat<<E", "RUN cat <<<E", "RUN echo don't <<E",
        "RUN echo ${x^^} <<E", "RUN echo \"<<E\"", "CMD cat <<E",
        "RUN [\"<<E\"]"}) {
    const Document document =
        ParseDockerfile(std::string(line) + "\nUSER a\nE\n");
    EXPECT_EQ(Instructions(document).size(), 3u) << line;
  }
}

TEST(DockerfileParser, FlagsUnknownInstruction) {
  const Document document = ParseDockerfile("FORM a\n");
  EXPECT_FALSE(document.HasFatalError());
  ASSERT_EQ(document.errors().size(), 1u);
  EXPECT_EQ(document.errors()[0].range, (TextRange{0, 4}));
  const Instruction instruction = Instructions(document).at(0);
  EXPECT_EQ(instruction.kind(), InstructionKind::kUnknown);
  EXPECT_TRUE(document.node(instruction.id()).flags & kNodeError);
}

TEST(DockerfileParser, RefusesWhatBuildKitRefuses) {
  for (const std::string_view text :
       {"", "# only\n", "FROM a\nENV b\n", "FROM a\nLABEL b=c d\n",
        "FROM a\nRUN <<E\nb\n", "FROM a\nCMD [1]\n", "FROM a\nCMD [[\"b\"]]\n",
        "# escape=x\nFROM a\n", "# escape=`\n# escape=`\nFROM a\n",
        "FROM a\nONBUILD ENV b\n"}) {
    EXPECT_NE(FatalMessage(std::string(text)), "") << text;
  }
}

TEST(DockerfileParser, RefusesLineOfMoreThan65535Bytes) {
  const std::string longest = "RUN " + std::string(65531, 'a') + "\n";
  EXPECT_FALSE(ParseDockerfile(longest).HasFatalError());
  EXPECT_TRUE(ParseDockerfile("RUN \\\na" + longest).HasFatalError());
  EXPECT_TRUE(ParseDockerfile("#    a" + longest).HasFatalError());
}

TEST(DockerfileParser, GoesOnAfterRefusedInstruction) {
  const Document document = ParseDockerfile("FROM a\nENV \\\n b\nUSER c\n");
  EXPECT_EQ(Instructions(document).size(), 2u);
  const NodeId error = document.Child(kFileNode, NodeKind::kError);
  ASSERT_NE(error, kNoNode);
  EXPECT_EQ(document.Text(error), "ENV \\\n b");
  EXPECT_EQ(document.errors()[0].range, (TextRange{14, 15}));
}

}  // namespace
}  // namespace dfix
