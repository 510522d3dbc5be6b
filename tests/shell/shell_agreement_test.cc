// Compares with real shells, with shfmt and with the shared corpus, where they
// are at hand.
#include <gtest/gtest.h>

#include <sstream>

#include "src/shell/dump.h"
#include "src/shell/views.h"
#include "src/shell/words.h"
#include "tests/random.h"
#include "tests/shell/shell_support.h"

namespace dfix {
namespace {

TEST(ShellAgreement, AcceptsAndRefusesTheCorpusAsTheShellsDo) {
  const std::vector<CorpusScript> scripts = CorpusScripts();
  if (scripts.empty()) GTEST_SKIP() << "no shared/corpus/shell.jsonl.gz";
  size_t wrong = 0;
  for (const CorpusScript& script : scripts) {
    const std::string_view sh = Verdict(ParseShell(script.text, kSh));
    const std::string_view bash = Verdict(ParseShell(script.text, kBash));
    const bool agrees = (sh != "opaque") == (script.dash || script.bash) &&
                        (bash != "opaque") == script.bash &&
                        (!script.dash || sh != "opaque");
    if (agrees) continue;
    ++wrong;
    ADD_FAILURE() << "sh " << sh << ", bash " << bash << ": " << script.text;
  }
  EXPECT_EQ(wrong, 0U) << "of " << scripts.size();
}

// tests/shell/shell_structure.py says what is compared. It finds differences
// in generated scripts only: shfmt takes `| time` for a reserved word, numbers
// of several digits for descriptors in sh, and everything behind `f() a` for
// the function's body.
TEST(ShellAgreement, FindsTheStructureThatShfmtFinds) {
  const std::vector<CorpusScript> scripts = CorpusScripts();
  if (scripts.empty()) GTEST_SKIP() << "no shared/corpus/shell.jsonl.gz";
  if (!HasProgram("shfmt") || !HasProgram("python3")) {
    GTEST_SKIP() << "no shfmt or no python3";
  }
  for (const ShellDialect dialect : {kSh, kBash}) {
    std::string texts;
    std::string lists;
    for (const CorpusScript& script : scripts) {
      const Document document = ParseShell(script.text, dialect);
      const NodeId node = Find(document, NodeKind::kScript);
      if (!texts.empty()) texts += '\0';
      if (!lists.empty()) lists += '\0';
      texts += script.text;
      lists += node == kNoNode ? "null" : ListsJson(document, node);
    }
    // The two texts in one file: both halves as long as the first says.
    const std::string input = texts + "\n" + lists;
    const std::string count = std::to_string(texts.size());
    const std::string name = dialect == kSh ? "sh" : "bash";
    const auto output =
        Output("head -c " + count + " $1 >$1.texts; tail -c +$((" + count +
                   " + 2)) $1 >$1.lists; python3 " DFIX_SOURCE_DIR
                   "/tests/shell/shell_structure.py $1.texts $1.lists " +
                   name + "; status=$?; rm $1.texts $1.lists; exit $status",
               input);
    ASSERT_TRUE(output.has_value());
    EXPECT_NE(output->find(", different 0,"), std::string::npos) << *output;
  }
}

constexpr std::string_view kWordParts[] = {"a",
                                           "b",
                                           "/",
                                           "-",
                                           "=",
                                           ":",
                                           "~",
                                           "*",
                                           "?",
                                           "[",
                                           "]",
                                           "[a-z]",
                                           "{",
                                           "}",
                                           ",",
                                           "..",
                                           "{a,b}",
                                           "{1..3}",
                                           "\\",
                                           "\\ ",
                                           "\\a",
                                           "\\\\",
                                           "\\$",
                                           "\\\"",
                                           "\\'",
                                           "\\*",
                                           "\\~",
                                           "'",
                                           "'a b'",
                                           "'$x'",
                                           "'\\'",
                                           "'\"'",
                                           "\"",
                                           "\"a b\"",
                                           "\"\\a\"",
                                           "\"\\$x\"",
                                           "\"\\\"\"",
                                           "\"\\\\\"",
                                           "\"'\"",
                                           "\"\\`\"",
                                           "\"*\"",
                                           "\"\"",
                                           "''",
                                           "$",
                                           "%",
                                           "^",
                                           "@",
                                           "+",
                                           "!",
                                           "#",
                                           "$'a'",
                                           "$'\\n\\t'",
                                           "$'\\x41\\101\\u41'",
                                           "$'\\cA\\e'",
                                           "$'\\q'",
                                           "$\"a b\"",
                                           ".",
                                           "\xc3\xa9",
                                           "\r",
                                           "a=",
                                           "name=~",
                                           "x:~",
                                           "$x",
                                           "\\\n",
                                           "'\n'",
                                           "\"a\\\nb\"",
                                           "\x01",
                                           "[!a]",
                                           "['a']",
                                           "\"[\"a]",
                                           "{a,'b'}",
                                           "{'a,b'}",
                                           "b,c}",
                                           "{a..",
                                           "{x"};

// Every word that is constant here is one field of that value in the shell.
void CompareConstants(const std::string& shell, ShellDialect dialect) {
  Random random(3);
  std::string script;
  std::string expected;
  size_t count = 0;
  for (int i = 0; i < 20000; ++i) {
    std::string word;
    for (uint32_t n = 1 + random.Below(4); n > 0; --n) {
      word += kWordParts[random.Below(std::size(kWordParts))];
    }
    const Document document = ParseShell("x y " + word, dialect);
    const NodeId id = Find(document, NodeKind::kSimpleCommand);
    // What dash refuses was read as bash does; a final backslash would join
    // the line to the next one.
    if (id == kNoNode || Verdict(document) != "ok" || word.back() == '\\') {
      continue;
    }
    std::vector<NodeId> words;
    for (const NodeId w : SimpleCommand{&document, id}.words()) {
      words.push_back(w);
    }
    if (words.size() != 3) continue;
    const auto value = ConstantValue(document, words[2]);
    if (!value) continue;
    script += "set -- " + word + "\nprintf '%s=%s\\0' $# \"$1\"\n";
    expected += "1=" + *value + '\0';
    ++count;
  }
  EXPECT_GT(count, 5000U);
  const auto output =
      Output("LC_ALL=C.UTF-8 " + shell + " $1 2>/dev/null", script);
  ASSERT_TRUE(output.has_value());
  if (*output == expected) return;
  const size_t at =
      static_cast<size_t>(std::mismatch(expected.begin(), expected.end(),
                                        output->begin(), output->end())
                              .first -
                          expected.begin());
  ADD_FAILURE() << "expected " << expected.substr(at < 40 ? 0 : at - 40, 80)
                << "\nfound " << output->substr(at < 40 ? 0 : at - 40, 80);
}

TEST(ShellAgreement, EvaluatesConstantWordsAsDashDoes) {
  if (!HasProgram("dash")) GTEST_SKIP() << "no dash";
  CompareConstants("dash", kSh);
}

TEST(ShellAgreement, EvaluatesConstantWordsAsBashDoes) {
  if (!HasProgram("bash")) GTEST_SKIP() << "no bash";
  CompareConstants("bash", kBash);
}

}  // namespace
}  // namespace dfix
