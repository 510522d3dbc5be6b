#include <gtest/gtest.h>

#include "generated/version.h"
#include "src/cli/options.h"
#include "tests/cli/command_support.h"

namespace dfix {
namespace {

class Usage : public CommandTest {
 protected:
  void ExpectError(const std::vector<std::string>& arguments,
                   std::string_view message) {
    const CommandResult result = Dfix(arguments);
    EXPECT_EQ(result.status, 2);
    EXPECT_EQ(result.out, "");
    EXPECT_EQ(result.error.substr(0, result.error.find('\n')),
              "dfix: " + std::string(message));
  }
};

Options Parse(const std::vector<std::string>& arguments) {
  ParsedCommandLine parsed = ParseCommandLine(arguments);
  EXPECT_FALSE(parsed.finished.has_value());
  return parsed.options;
}

TEST_F(Usage, SuggestsTheNearestOption) {
  ExpectError({"--dif"}, "unknown option `--dif`; did you mean `--diff`?");
  ExpectError({"--lvel=safe"},
              "unknown option `--lvel`; did you mean `--level`?");
  ExpectError({"--frobnicate"}, "unknown option `--frobnicate`");
}

TEST_F(Usage, RefusesWhatContradictsItself) {
  ExpectError({"--diff", "--write"}, "`--diff` never writes; drop `--write`");
  ExpectError({"--check", "--fix"}, "`--check` never writes; drop `--write`");
  ExpectError({"-l", "--diff"}, "`--list` and `--diff` both print; choose one");
  ExpectError({"-", "Dockerfile"}, "`-` cannot be combined with other paths");
  ExpectError({"--stdin-filename", "x"},
              "`--stdin-filename` is for `-`, which is not given");
}

TEST_F(Usage, RefusesValuesItDoesNotKnow) {
  ExpectError({"--level", "brave"},
              "--level: `brave` is not one of `safe`, `review` or `bold`");
  ExpectError({"--color=red"},
              "--color: `red` is not one of `auto`, `always` or `never`");
  ExpectError({"-U", "x"}, "--unified: `x` is not a number");
  ExpectError({"dump", "soup", "x"},
              "KIND: `soup` is not one of `tokens`, `tree`, `facts`, "
              "`instructions` or `scripts`");
  ExpectError({"rules", "more"}, "unexpected argument `more`");
}

TEST_F(Usage, ReadsOptionsInEveryUsualSpelling) {
  EXPECT_EQ(Parse({"-U5"}).context, 5U);
  EXPECT_EQ(Parse({"-U", "0"}).context, 0U);
  EXPECT_EQ(Parse({"--unified=7"}).context, 7U);
  EXPECT_EQ(LevelOf(Parse({"--level", "safe", "--level=bold"}).settings),
            Level::kBold);
  EXPECT_EQ(Parse({"-w"}).mode, Mode::kWrite);
  EXPECT_EQ(Parse({"--fix"}).mode, Mode::kWrite);
  EXPECT_EQ(Parse({"--check", "--diff"}).mode, Mode::kDiff);
  EXPECT_EQ(Parse({}).paths, std::vector<std::string>{"."});
}

TEST_F(Usage, GivesAListOptionOneArgumentOnly) {
  const Options options =
      Parse({"--select", "a,b", "--select", "c", "--ignore", "d", "-"});
  EXPECT_EQ(ListOf(options.settings, "select"),
            (std::vector<std::string>{"a", "b", "c"}));
  EXPECT_EQ(ListOf(options.settings, "ignore"), std::vector<std::string>{"d"});
  EXPECT_EQ(options.paths, std::vector<std::string>{"-"});
}

TEST_F(Usage, TakesWhatFollowsTwoDashesForPaths) {
  EXPECT_EQ(Parse({"--diff", "--", "--odd", "rules"}).paths,
            (std::vector<std::string>{"--odd", "rules"}));
  EXPECT_EQ(Parse({"x", "rules"}).paths,
            (std::vector<std::string>{"x", "rules"}));
}

TEST_F(Usage, ShowsHelpAndVersionOnStandardOutput) {
  for (const std::string argument : {"--help", "-h", "help"}) {
    const CommandResult result = Dfix({argument});
    EXPECT_EQ(result.status, 0);
    EXPECT_NE(result.out.find("--stdin-filename"), std::string::npos);
    EXPECT_NE(result.out.find("Exit status"), std::string::npos);
  }
  EXPECT_NE(Dfix({"dump", "--help"}).out.find("tokens"), std::string::npos);
  const std::string version = "dfix " + std::string(kVersion) + "\n";
  EXPECT_EQ(Dfix({"--version"}).out, version);
  EXPECT_EQ(Dfix({"-V"}).out, version);
  EXPECT_EQ(Dfix({"version"}).out, version);
  EXPECT_EQ(Dfix({"version", "--format", "json"}).out,
            "{\"version\": \"" + std::string(kVersion) + "\"}\n");
}

TEST_F(Usage, ExplainsTransforms) {
  EXPECT_EQ(Dfix({"explain", "assume-yes"}).out,
            Dfix({"explain", "DL3014"}).out);
  EXPECT_EQ(Dfix({"explain", "asume-yes"}).status, 2);
  EXPECT_NE(Dfix({"rules"}).out.find("assume-yes"), std::string::npos);
  EXPECT_EQ(Dfix({"rules", "--format", "json"}).out.substr(0, 1), "[");
}

TEST_F(Usage, DumpsWhatItReads) {
  Write("Dockerfile", "FROM a\n");
  EXPECT_EQ(Dfix({"dump", "tokens", "Dockerfile"}).out.substr(0, 15),
            "0 Keyword \"FROM");
  EXPECT_EQ(Dfix({"dump", "tree", "-"}, "FROM a\n").out.substr(0, 4), "File");
  EXPECT_EQ(Dfix({"dump", "tree", "missing", "Dockerfile"}).status, 2);
}

}  // namespace
}  // namespace dfix
