// Properties that hold for any bytes.
#include "tests/random.h"

#include <gtest/gtest.h>

#include "src/shell/dump.h"
#include "tests/shell/shell_support.h"

namespace dfix {
namespace {

constexpr std::string_view kParts[] = {
    "a",    "echo", " ",        " ",     "\n",   "\t",    ";",      "&",
    "|",    "&&",   "||",       "(",     ")",    "{ ",    " }",     "[",
    "]",    "[[ ",  " ]]",      "!",     "if ",  "then ", " fi",    "do ",
    "done", "for ", " in ",     "case ", "esac", ";;",    "'",      "\"",
    "\\",   "\\\n", "$",        "$(",    "${",   "}",     "`",      "$((",
    "))",   "$x",   "${x:-",    "#",     "<<E",  "\nE\n", "<<-'E'", ">",
    "<",    "2>&1", "=",        "a=",    "a[",   "+=",    "a=(",    "~",
    "*",    "?",    "{a,",      "..",    "$'",   "=~",    "time ",  "f()",
    "\r",   "\xff", "\xc3\xa9", "@(",    "<(",   "1"};

std::string RandomScript(Random& random, std::string_view between) {
  std::string script;
  for (uint32_t n = random.Below(24); n > 0; --n) {
    if (random.Below(40) == 0) {
      script += static_cast<char>(random.Below(256));
    } else {
      script += kParts[random.Below(std::size(kParts))];
    }
    if (random.Below(3) == 0) script += between;
  }
  return script;
}

TEST(ShellParser, TilesAnyBytes) {
  Random random(1);
  for (int i = 0; i < 40000; ++i) {
    const std::string script = RandomScript(random, "");
    for (const ShellDialect dialect : {kSh, kBash}) {
      const Document document = ParseShell(script, dialect);
      ASSERT_EQ(BrokenInvariant(document, script), "") << script;
    }
  }
}

TEST(ShellParser, ReadsPiecesLikeTheirLogicalText) {
  constexpr std::string_view kMark = "↵";
  Random random(2);
  for (int i = 0; i < 40000; ++i) {
    const std::string spliced = RandomScript(random, kMark);
    std::string whole = spliced;
    for (size_t at = 0; (at = whole.find(kMark)) != std::string::npos;) {
      whole.erase(at, kMark.size());
    }
    for (const ShellDialect dialect : {kSh, kBash}) {
      const Document one = ParseShell(whole, dialect);
      const Document many = ParseSpliced(spliced, dialect);
      ASSERT_EQ(BrokenInvariant(many, many.text()), "") << spliced;
      ASSERT_EQ(Verdict(one), Verdict(many)) << spliced;
      if (Verdict(one) == "opaque") continue;
      ASSERT_EQ(ListsJson(one, Find(one, NodeKind::kScript)),
                ListsJson(many, Find(many, NodeKind::kScript)))
          << spliced;
    }
  }
}

}  // namespace
}  // namespace dfix
