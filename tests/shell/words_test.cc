#include "src/shell/words.h"

#include <gtest/gtest.h>

#include "src/shell/views.h"
#include "tests/shell/shell_support.h"

namespace dfix {
namespace {

// The constant value of the argument of `x`, or `none`.
std::string Value(const Document& document) {
  const NodeId id = Find(document, NodeKind::kSimpleCommand);
  if (id == kNoNode) return "opaque";
  NodeId last = kNoNode;
  for (const NodeId word : SimpleCommand{&document, id}.words()) last = word;
  return ConstantValue(document, last).value_or("none");
}

std::string Value(std::string word, ShellDialect dialect = kSh) {
  return Value(ParseShell("x " + std::move(word), dialect));
}

TEST(ConstantValue, RemovesQuotes) {
  EXPECT_EQ(Value("a\\ b"), "a b");
  EXPECT_EQ(Value("'a\\b'\"c d\""), "a\\bc d");
  EXPECT_EQ(Value("\"\\a\\$\\`\\\"\\\\\""), "\\a$`\"\\");
  EXPECT_EQ(Value("''"), "");
  EXPECT_EQ(Value("\"*?[a]~{a,b}\""), "*?[a]~{a,b}");
  EXPECT_EQ(Value("\\*"), "*");
}

TEST(ConstantValue, KeepsWhatOnlyLooksSpecial) {
  EXPECT_EQ(Value("["), "[");
  EXPECT_EQ(Value("a=b"), "a=b");
  EXPECT_EQ(Value("{}"), "{}");
  EXPECT_EQ(Value("a~b"), "a~b");
  EXPECT_EQ(Value("--x=~"), "--x=~");
  EXPECT_EQ(Value("$"), "$");
  EXPECT_EQ(Value("a#b"), "a#b");
  EXPECT_EQ(Value("]]"), "]]");
  EXPECT_EQ(Value("{a"), "{a");
}

TEST(ConstantValue, IsAbsentForExpansions) {
  for (const char* word :
       {"$x", "${x}", "\"$x\"", "$(a)", "`a`", "$((1))", "*", "a?", "[ab]", "~",
        "~root/x", "{a,b}", "{1..3}", "a=~", "x{a,'b c'}", "[\"a\"]"}) {
    EXPECT_EQ(Value(word), "none") << word;
    EXPECT_EQ(Value(word, kBash), "none") << word;
  }
}

TEST(ConstantValue, DecodesAnsiQuotesOfBashOnly) {
  EXPECT_EQ(Value("$'a\\n\\x41\\101\\u42\\''", kBash), "a\nAAB'");
  EXPECT_EQ(Value("$'a'"), "$a");
  EXPECT_EQ(Value("$'\\u00e9'", kBash), "none");
  EXPECT_EQ(Value("$'a\\0b'", kBash), "none");
  EXPECT_EQ(Value("$\"a b\"", kBash), "a b");
}

TEST(ConstantValue, SeesThroughContinuations) {
  EXPECT_EQ(Value(ParseSpliced("x a↵b'c↵d'\"e↵\\↵\"f\"\\↵g")), "abcde\"fg");
}

TEST(WordIs, ComparesValues) {
  const Document document = ParseShell("'e'c\"h\"o");
  const NodeId word = Find(document, NodeKind::kWord);
  EXPECT_TRUE(WordIs(document, word, "echo"));
  EXPECT_FALSE(WordIs(document, word, "ech"));
  const Document variable = ParseShell("$x");
  EXPECT_FALSE(WordIs(variable, Find(variable, NodeKind::kWord), "$x"));
}

TEST(ConstantView, LooksIntoTheDocumentForPlainWords) {
  const Document document = ParseShell("apt-get");
  std::string scratch;
  const auto view =
      ConstantView(document, Find(document, NodeKind::kWord), scratch);
  ASSERT_TRUE(view.has_value());
  EXPECT_EQ(view->data(), document.text().data());
}

TEST(LogicalText, LeavesHiddenBytesOut) {
  const Document document = ParseSpliced("a  b↵  c 'd↵e'");
  EXPECT_EQ(LogicalText(document, Find(document, NodeKind::kScript)),
            "a  b  c 'de'");
}

}  // namespace
}  // namespace dfix
