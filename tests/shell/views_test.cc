#include "src/shell/views.h"

#include <gtest/gtest.h>

#include "src/shell/dump.h"
#include "tests/shell/shell_support.h"

namespace dfix {
namespace {

TEST(AndOrView, PairsPipelinesWithTheirOperators) {
  const Document document = ParseShell("a && b || ! c | d <<E |\nx\nE\ne;");
  const AndOr and_or = {&document, Find(document, NodeKind::kAndOr)};
  const auto pipelines = and_or.pipelines();
  ASSERT_EQ(pipelines.size(), 3U);
  EXPECT_EQ(pipelines[0].shell_operator, ShellOperator::kNone);
  EXPECT_EQ(pipelines[1].shell_operator, ShellOperator::kAnd);
  EXPECT_EQ(pipelines[2].shell_operator, ShellOperator::kOr);
  EXPECT_EQ(and_or.terminator(), Terminator::kSemicolon);
  const Pipeline last = {&document, pipelines[2].node};
  EXPECT_TRUE(last.negated());
  const auto commands = last.commands();
  ASSERT_EQ(commands.size(), 3U);
  EXPECT_EQ(commands[2].shell_operator, ShellOperator::kPipe);
  EXPECT_EQ(document.Text(commands[2].node), "e");
}

TEST(AndOrView, KnowsItsTerminator) {
  const auto terminator = [](const char* script) {
    const Document document = ParseShell(script);
    return AndOr{&document, Find(document, NodeKind::kAndOr)}.terminator();
  };
  EXPECT_EQ(terminator("a"), Terminator::kNone);
  EXPECT_EQ(terminator("a; b"), Terminator::kSemicolon);
  EXPECT_EQ(terminator("a & b"), Terminator::kBackground);
  EXPECT_EQ(terminator("a # c\nb"), Terminator::kNewline);
}

TEST(PipelineView, KnowsBangsAndTime) {
  const Document document = ParseShell("! time ! a |& b", kBash);
  const Pipeline pipeline = {&document, Find(document, NodeKind::kPipeline)};
  EXPECT_FALSE(pipeline.negated());
  EXPECT_TRUE(pipeline.timed());
  EXPECT_EQ(pipeline.commands()[1].shell_operator, ShellOperator::kPipeBoth);
}

TEST(SimpleCommandView, SortsItsElements) {
  const Document document = ParseShell("a=1 b >f c 2>&1");
  const SimpleCommand command = {&document,
                                 Find(document, NodeKind::kSimpleCommand)};
  EXPECT_EQ(command.assignments().size(), 1U);
  EXPECT_EQ(command.words().size(), 2U);
  EXPECT_EQ(command.redirections().size(), 2U);
  EXPECT_EQ(document.Text(command.name()), "b");
}

TEST(RedirectionView, NamesItsParts) {
  const Document document = ParseShell("a {fd}>>f", kBash);
  const Redirection redirection = {&document,
                                   Find(document, NodeKind::kRedirection)};
  EXPECT_EQ(redirection.shell_operator(), ShellOperator::kAppend);
  EXPECT_EQ(redirection.number(), "{fd}");
  EXPECT_EQ(document.Text(redirection.target()), "f");
  EXPECT_EQ(redirection.heredoc(), kNoNode);
}

TEST(ForEachCommand, VisitsEveryDepthInPreorder) {
  const Document document =
      ParseShell("a $(b `c`) && if d; then (e); fi | f() { g; }");
  std::string names;
  ForEachCommand(document, kFileNode, [&](NodeId id) {
    names += document.Text(SimpleCommand{&document, id}.name());
  });
  EXPECT_EQ(names, "abcdeg");
}

TEST(ListsJson, ShowsTheStructure) {
  const Document document = ParseShell("! a \"\xff\" | (b; c) && d &");
  EXPECT_EQ(
      ListsJson(document, Find(document, NodeKind::kScript)),
      "[{\"ops\":[\"&&\"],\"pipelines\":[{\"negated\":true,\"ops\":[\"|\"],"
      "\"commands\":[{\"kind\":\"SimpleCommand\",\"words\":[\"a\","
      "\"\\\"\xef\xbf\xbd\\\"\"]},{\"kind\":\"Subshell\",\"lists\":[[{\"ops\":"
      "[],\"pipelines\":[{\"ops\":[],\"commands\":[{\"kind\":\"SimpleCommand\","
      "\"words\":[\"b\"]}]}],\"end\":\";\"},{\"ops\":[],\"pipelines\":[{"
      "\"ops\":[],\"commands\":[{\"kind\":\"SimpleCommand\",\"words\":[\"c\"]}"
      "]}]}]]}]},{\"ops\":[],\"commands\":[{\"kind\":\"SimpleCommand\","
      "\"words\":[\"d\"]}]}],\"end\":\"&\"}]");
}

}  // namespace
}  // namespace dfix
