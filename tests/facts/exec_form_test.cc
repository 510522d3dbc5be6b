#include "src/facts/exec_form.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "src/dockerfile/parser.h"

namespace dfix {
namespace {

// `values | fault | comment`, or `unclear`.
std::string Read(std::string_view text) {
  const auto array = ReadBrokenArray(text);
  if (!array) return "unclear";
  std::string out = JsonArrayOf(array->values) + " | " + array->fault;
  if (!array->comment.empty()) out += " | " + array->comment;
  return out;
}

TEST(BrokenArray, ReadsQuotesOfEveryKind) {
  EXPECT_EQ(Read("['a', 'b']"), "[\"a\", \"b\"] | single quotes");
  EXPECT_EQ(Read("[“a”, ”b“]"), "[\"a\", \"b\"] | typographic quotes");
  EXPECT_EQ(Read("[‘a’,\"b\"]"), "[\"a\", \"b\"] | typographic quotes");
  EXPECT_EQ(Read("['sh', '-c', 'echo \"hi\"']"),
            "[\"sh\", \"-c\", \"echo \\\"hi\\\"\"] | single quotes");
  EXPECT_EQ(Read("[a, b.py, --port=80]"),
            "[\"a\", \"b.py\", \"--port=80\"] | missing quotes");
}

TEST(BrokenArray, ReadsPunctuationThatIsMissingOrTooMuch) {
  EXPECT_EQ(Read("[\"a\" \"b\"]"), "[\"a\", \"b\"] | a missing comma");
  EXPECT_EQ(Read("[\"a\", \"b\", ]"),
            "[\"a\", \"b\"] | a comma after the last string");
  EXPECT_EQ(Read("[\"a\", \"b\""), "[\"a\", \"b\"] | a missing bracket");
  EXPECT_EQ(Read("\"a\", \"b\""), "[\"a\", \"b\"] | a missing bracket");
  EXPECT_EQ(Read("\"a\", \"b\"]"), "[\"a\", \"b\"] | a missing bracket");
}

TEST(BrokenArray, LooksLikeOneOnlyWithBracketOrStringAndComma) {
  EXPECT_TRUE(LooksLikeArray("[a"));
  EXPECT_TRUE(LooksLikeArray("\"a\", \"b\""));
  EXPECT_FALSE(LooksLikeArray("\"a\" \"b,c\""));
  EXPECT_FALSE(LooksLikeArray("\"a,b\" c"));
  EXPECT_FALSE(LooksLikeArray("a, b"));
}

TEST(BrokenArray, SetsTheCommentApart) {
  EXPECT_EQ(Read("[\"a\"] # b"), "[\"a\"] | a comment on its line | # b");
}

TEST(BrokenArray, LeavesWhatMayMeanAnotherThing) {
  for (const std::string_view text : {"[ -f x ]",
                                      "[a]",
                                      "[a b]",
                                      "[\"a, \"b\"]",
                                      "[\"a\"\"b\"]",
                                      "[\"a\", \"b]",
                                      "[\"a\",, \"b\"]",
                                      "[\"a\"] && b",
                                      "[\"a\"]#b",
                                      "['a', '$B']",
                                      "['a\\n']",
                                      "[“a\"]",
                                      "[“a # b”] # c",
                                      "[]",
                                      "[\"\", 'a']",
                                      "['a",
                                      "[a, b",
                                      "['it's', 'b']",
                                      "[\"a\", [\"b\"]]",
                                      "[\"\\q\", 'a']"}) {
    EXPECT_EQ(Read(text), "unclear") << text;
  }
}

// The JSON, or the reason.
std::string Exec(const std::string& command) {
  const Document document = ParseDockerfile("FROM a\nCMD " + command);
  const Facts facts(document);
  const ExecForm form = ExecFormOf(document, facts.instructions()[1].script);
  return form.reason.empty() ? JsonArrayOf(form.values) : form.reason;
}

TEST(ExecForm, TakesConstantWords) {
  EXPECT_EQ(Exec("a 'b c' \"d\" e\\ f"), "[\"a\", \"b c\", \"d\", \"e f\"]");
  EXPECT_EQ(Exec("exec a;"), "[\"a\"]");
  EXPECT_EQ(Exec("exec echo a"), "[\"echo\", \"a\"]");
  EXPECT_EQ(Exec("./a /b"), "[\"./a\", \"/b\"]");
}

TEST(ExecForm, NamesWhatNeedsAShell) {
  EXPECT_EQ(Exec("a && b"), "`&&` needs a shell");
  EXPECT_EQ(Exec("a | b"), "a pipe needs a shell");
  EXPECT_EQ(Exec("a; b"), "several commands need a shell");
  EXPECT_EQ(Exec("a >b"), "`>b` needs a shell");
  EXPECT_EQ(Exec("a ~/b"), "`~/b` is for a shell to replace");
  EXPECT_EQ(Exec("a *.b"), "`*.b` is for a shell to replace");
  EXPECT_EQ(Exec("(a)"), "a compound command needs a shell");
  EXPECT_EQ(Exec("source a"), "`source` is run by the shell itself");
  EXPECT_EQ(Exec("\\cd a"), "`\\cd` is run by the shell itself");
  EXPECT_EQ(Exec("exec"), "`exec` has no program to run");
  EXPECT_EQ(Exec("'' a"), "the program's name is empty");
  EXPECT_EQ(Exec("a()  { b; }"), "a compound command needs a shell");
}

}  // namespace
}  // namespace dfix
