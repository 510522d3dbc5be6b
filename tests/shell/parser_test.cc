#include "src/shell/parser.h"

#include <gtest/gtest.h>

#include "src/shell/operators.h"
#include "src/shell/views.h"
#include "tests/shell/shell_support.h"

namespace dfix {
namespace {

std::string_view ShVerdict(std::string script) {
  return Verdict(ParseShell(std::move(script), kSh));
}

std::string_view BashVerdict(std::string script) {
  return Verdict(ParseShell(std::move(script), kBash));
}

TEST(ShellParser, WritesOutEveryLevelForOneCommand) {
  EXPECT_EQ(Shape("echo a"),
            "AndOr(Pipeline(SimpleCommand(Word<echo> Word<a>)))");
  EXPECT_EQ(Shape("a && b | c;"),
            "AndOr(Pipeline(SimpleCommand(Word<a>)) "
            "Pipeline(SimpleCommand(Word<b>) SimpleCommand(Word<c>)))");
}

TEST(ShellParser, SplitsStatementsAtSemicolonsAmpersandsAndNewlines) {
  const Document document = ParseShell("a; b & c\n\n# note\nd");
  int count = 0;
  for (const NodeId and_or :
       AndOrs(document, Find(document, NodeKind::kScript))) {
    static_cast<void>(and_or);
    ++count;
  }
  EXPECT_EQ(count, 4);
}

TEST(ShellParser, KeepsEmptyAndCommentedScripts) {
  for (const char* script : {"", " ", "\n", "# only a comment", " # a\n\n#b"}) {
    const Document document = ParseShell(script);
    EXPECT_EQ(Verdict(document), "ok") << script;
    EXPECT_EQ(BrokenInvariant(document, script), "");
  }
}

TEST(ShellParser, ReadsCompoundCommands) {
  EXPECT_EQ(Shape("if a; then b; else c; fi"),
            "AndOr(Pipeline(If("
            "List(AndOr(Pipeline(SimpleCommand(Word<a>)))) "
            "List(AndOr(Pipeline(SimpleCommand(Word<b>)))) "
            "List(AndOr(Pipeline(SimpleCommand(Word<c>)))))))");
  EXPECT_EQ(Shape("for i in a b; do c; done >f"),
            "AndOr(Pipeline(For(Word<i> Word<a> Word<b> "
            "List(AndOr(Pipeline(SimpleCommand(Word<c>)))) "
            "Redirection(Word<f>))))");
  EXPECT_EQ(Shape("case x in (a|b) c;; *) esac"),
            "AndOr(Pipeline(Case(Word<x> "
            "CaseItem(Word<a> Word<b> "
            "List(AndOr(Pipeline(SimpleCommand(Word<c>))))) "
            "CaseItem(Word<*>))))");
  EXPECT_EQ(Shape("f() { a; }"),
            "AndOr(Pipeline(Function(Word<f> BraceGroup("
            "List(AndOr(Pipeline(SimpleCommand(Word<a>))))))))");
}

TEST(ShellParser, KnowsReservedWordsWhereACommandBeginsOnly) {
  EXPECT_EQ(ShVerdict("echo if then fi { } ! do done"), "ok");
  EXPECT_EQ(ShVerdict("a=1 if"), "ok");
  EXPECT_EQ(ShVerdict(">f if"), "ok");
  EXPECT_EQ(ShVerdict("'if' a"), "ok");
  EXPECT_EQ(ShVerdict("if a; fi"), "opaque");
  EXPECT_EQ(ShVerdict("(a) }"), "opaque");
  EXPECT_EQ(ShVerdict("if (a) then b; fi"), "ok");
  EXPECT_EQ(ShVerdict("{ { a; } >f }"), "opaque");
}

TEST(ShellParser, RefusesWhatNoShellTakes) {
  for (const char* script :
       {"a &&",  "&& a", "a ; ; b", "a & ; b", "(a",          "a)",
        "{ a;",  "if a", "'a",      "\"a",     "`a",          "$(a",
        "${a",   "$((1", "a >",     "a > ;",   "case x in a", "a ;; b",
        "for 1", "()",   "{ }",     "! &",     "a | | b",     "f( ) "}) {
    EXPECT_EQ(ShVerdict(script), "opaque") << script;
  }
}

TEST(ShellParser, SaysWhatItExpectedWhere) {
  const Document document = ParseShell("if a; then b; done");
  ASSERT_EQ(document.errors().size(), 1U);
  EXPECT_FALSE(document.errors()[0].fatal);
  EXPECT_EQ(document.errors()[0].range.begin, 14U);
  EXPECT_EQ(document.errors()[0].message,
            "script not understood: expected `fi`, found `done`");
}

TEST(ShellParser, FollowsDashWhereBothShellsTakeIt) {
  // `&>` is `&` and `>`, a number is one digit, `function` is a command.
  EXPECT_EQ(Shape("a &>f"),
            "AndOr(Pipeline(SimpleCommand(Word<a>))) "
            "AndOr(Pipeline(SimpleCommand(Redirection(Word<f>))))");
  EXPECT_EQ(Shape("a &>f", kBash),
            "AndOr(Pipeline(SimpleCommand(Word<a> Redirection(Word<f>))))");
  EXPECT_EQ(Shape("a 10>f"),
            "AndOr(Pipeline(SimpleCommand(Word<a> Word<10> "
            "Redirection(Word<f>))))");
  EXPECT_EQ(ShVerdict("time a"), "ok");
  EXPECT_EQ(ShVerdict("f() a"), "ok");
  EXPECT_EQ(BashVerdict("f() a"), "opaque");
}

TEST(ShellParser, MarksWhatOnlyBashMeans) {
  for (const char* script :
       {"[[ a ]]", "((a))", "a+=b", "a[0]=b", "a=(b c)", "function f { a; }",
        "a <<<b", "a |& b", "a <(b)", "for ((;;)); do a; done",
        "select i in a; do b; done", "case a in b) c;& d) e;; esac",
        "[[ a && b ]] && { c; }", "[[ (a) ]]"}) {
    EXPECT_EQ(ShVerdict(script), "bashism") << script;
    EXPECT_EQ(BashVerdict(script), "ok") << script;
  }
}

TEST(ShellParser, ReadsConditionals) {
  for (const char* test :
       {"-f a", "! -f a", "a == b*", "a = @(b|c)", "a =~ ^(b|c )+$", "a < b",
        "( a || b ) && c", "\n a \n", "-n $x && $y -gt 3",
        "a =~ [[:space:]]"}) {
    EXPECT_EQ(BashVerdict("[[ " + std::string(test) + " ]]"), "ok") << test;
  }
  for (const char* test : {"", "a b", "-f", "a -q b", "a ==", "( a", "a ||"}) {
    EXPECT_EQ(BashVerdict("[[ " + std::string(test) + " ]]"), "opaque") << test;
  }
}

TEST(ShellParser, ReadsExtendedGlobsOnceTheyAreSwitchedOn) {
  EXPECT_EQ(BashVerdict("rm !(a|b)"), "opaque");
  EXPECT_EQ(BashVerdict("shopt -s extglob\nrm !(a|b) +(c)d"), "ok");
}

TEST(ShellParser, ReadsAssignments) {
  EXPECT_EQ(Shape("a=1 b= c"),
            "AndOr(Pipeline(SimpleCommand(Assignment(Word<1>) Assignment<b=> "
            "Word<c>)))");
  EXPECT_EQ(Shape("export a=b"),
            "AndOr(Pipeline(SimpleCommand(Word<export> Word<a=b>)))");
  EXPECT_EQ(Shape("declare -a x=(a 'b')", kBash),
            "AndOr(Pipeline(SimpleCommand(Word<declare> Word<-a> "
            "Assignment(ArrayValue(Word<a> Word<'b'>)))))");
  EXPECT_EQ(Shape("a[$i]+=b", kBash),
            "AndOr(Pipeline(SimpleCommand(Assignment(Word<b>))))");
}

TEST(ShellParser, TellsSubstitutionsFromArithmetic) {
  EXPECT_EQ(Shape("$((1 + $x))"),
            "AndOr(Pipeline(SimpleCommand(Word(ArithmeticExpansion("
            "ParameterExpansion<$x>)))))");
  EXPECT_EQ(Shape("$((a); b)", kBash),
            "AndOr(Pipeline(SimpleCommand(Word(CommandSubstitution(List("
            "AndOr(Pipeline(Subshell(List(AndOr(Pipeline(SimpleCommand("
            "Word<a>))))))) AndOr(Pipeline(SimpleCommand(Word<b>)))))))))");
}

TEST(ShellParser, ReadsNestedQuotes) {
  EXPECT_EQ(Shape("\"$(a \"${b:-\"c\"}\")\""),
            "AndOr(Pipeline(SimpleCommand(Word(DoubleQuoted("
            "CommandSubstitution(List(AndOr(Pipeline(SimpleCommand(Word<a> "
            "Word(DoubleQuoted(ParameterExpansion(Word(DoubleQuoted<\"c\">)))"
            ")))))))))))");
  EXPECT_EQ(ShVerdict("\"${x:-it's}\""), "ok");
  EXPECT_EQ(BashVerdict("\"${x:-it's}\""), "opaque");
  EXPECT_EQ(ShVerdict("\"${x#'}'}\""), "ok");
}

TEST(ShellParser, ReadsBackquotesOnlyIfTheyHoldNoEscapes) {
  const Document plain = ParseShell("`a b`");
  EXPECT_NE(Find(plain, NodeKind::kList), kNoNode);
  const Document escaped = ParseShell("`a \\`b\\``");
  EXPECT_EQ(Find(escaped, NodeKind::kList), kNoNode);
  EXPECT_EQ(Verdict(escaped), "ok");
  EXPECT_EQ(ShVerdict("`if \\`b\\``"), "bashism");
}

TEST(ShellHeredocs, StandWhereTheirLinesAre) {
  EXPECT_EQ(Shape("cat <<A <<'B' | c\nx $y\nA\n$z\nB\nd"),
            "AndOr(Pipeline(SimpleCommand(Word<cat> Redirection(Word<A>) "
            "Redirection(Word<'B'>)) SimpleCommand(Word<c>))) "
            "HeredocBody(ParameterExpansion<$y>) HeredocBody<$z\nB> "
            "AndOr(Pipeline(SimpleCommand(Word<d>)))");
}

TEST(ShellHeredocs, AreFoundFromTheirRedirections) {
  const Document document = ParseShell("{ cat <<-A; } >f\n\tx\n\tA\nb");
  const Redirection redirection = {&document,
                                   Find(document, NodeKind::kRedirection)};
  EXPECT_EQ(redirection.shell_operator(), ShellOperator::kHeredocDash);
  EXPECT_EQ(document.Text(redirection.heredoc()), "\tx\n\tA");
}

TEST(ShellHeredocs, MayLackTheirEnd) {
  for (const char* script :
       {"cat <<A", "cat <<A\n", "cat <<A\nb", "$(cat <<A)"}) {
    const Document document = ParseShell(script);
    EXPECT_EQ(Verdict(document), "ok") << script;
    EXPECT_NE(Find(document, NodeKind::kHeredocBody), kNoNode) << script;
    EXPECT_EQ(BrokenInvariant(document, script), "");
  }
}

TEST(ShellHeredocs, EndAtTheirDelimiterAlone) {
  const Document document = ParseShell("cat <<A\nA \n A\nA\r\n\\A\nA\nb");
  const NodeId body = Find(document, NodeKind::kHeredocBody);
  EXPECT_EQ(document.Text(body), "A \n A\nA\r\n\\A\nA");
  // A backslash joins lines unless the delimiter is quoted.
  EXPECT_EQ(ShVerdict("cat <<A\nb\\\nA\nA\nc"), "ok");
  EXPECT_EQ(Shape("cat <<'A'\nb\\\nA\nc"),
            "AndOr(Pipeline(SimpleCommand(Word<cat> Redirection(Word<'A'>)))) "
            "HeredocBody<b\\\nA> AndOr(Pipeline(SimpleCommand(Word<c>)))");
}

TEST(ShellParser, TakesACommentUpToARealNewline) {
  const Document document = ParseSpliced("a # b↵ && c");
  EXPECT_EQ(Shape(document), "AndOr(Pipeline(SimpleCommand(Word<a>)))");
}

TEST(ShellParser, KeepsContinuationInsideWord) {
  const Document document = ParseSpliced("ec↵ho \"a↵$b\" $↵x a↵=1");
  EXPECT_EQ(BrokenInvariant(document, document.text()), "");
  const NodeId word = Find(document, NodeKind::kWord);
  EXPECT_NE(document.node(word).flags & kNodeSplit, 0);
  EXPECT_EQ(TokensOf(document, word),
            "Literal:ec LineContinuation:\\\n Whitespace:   Comment:# hidden "
            "ContinuationNewline:\n Literal:ho");
}

TEST(ShellParser, HidesTheShellsOwnContinuations) {
  const Document document = ParseShell("a\\\nb \\\n&\\\n& 'c\\\nd' # e\\\nf");
  EXPECT_EQ(Verdict(document), "ok");
  EXPECT_EQ(BrokenInvariant(document, document.text()), "");
  EXPECT_EQ(Shape(document),
            "AndOr(Pipeline(SimpleCommand(Word<a\\\nb>)) "
            "Pipeline(SimpleCommand(Word<'c\\\nd'>))) "
            "AndOr(Pipeline(SimpleCommand(Word<f>)))");
}

TEST(ShellParser, GivesOneTokenAPieceToAnOpaqueScript) {
  const Document document = ParseSpliced("Get-Item↵ | a", ShellDialect::kNone);
  EXPECT_TRUE(document.errors().empty());
  EXPECT_EQ(Verdict(document), "opaque");
  EXPECT_EQ(BrokenInvariant(document, document.text()), "");
}

TEST(ShellParser, BoundsNesting) {
  for (const char* open : {"(", "$(", "\"$(", "{ ", "if ", "${x:-", "f()", "! ",
                           "`\"$(", "[[ ( ", "$((", "<(", "a=("}) {
    std::string script;
    for (int i = 0; i < 50000; ++i) script += open;
    for (const ShellDialect dialect : {kSh, kBash}) {
      const Document document = ParseShell(script, dialect);
      EXPECT_EQ(BrokenInvariant(document, script), "") << open;
    }
  }
}

TEST(ShellParser, ReadsHostileInputInLinearTime) {
  for (const char* part :
       {"[", "{a,", "a[", "<<A ", "~", "\\\n", "a\\\n", "((", "$((a)", "`a`",
        "${", "\"", "{", "a=[ ", "*(", "$(", "a{", "[[:"}) {
    std::string script = "x ";
    while (script.size() < 300000) script += part;
    for (const ShellDialect dialect : {kSh, kBash}) {
      const Document document = ParseShell(script, dialect);
      EXPECT_EQ(BrokenInvariant(document, script), "") << part;
    }
  }
}

}  // namespace
}  // namespace dfix
