#include "src/verify/verification_report.h"

#include <gtest/gtest.h>

#include "src/verify/quantities.h"

namespace dfix {
namespace {

Verification Example() {
  Verification v;
  v.path = "Dockerfile";
  v.engine = "docker 1.0";
  v.changes = 2;
  v.touched = "app.py";
  v.before.cold = {true, 20, 4, 0, 3, ""};
  v.after.cold = {true, 10, 3, 0, 2, ""};
  v.before.rebuild = BuildResult{true, 5, 4, 1, 2, ""};
  v.after.rebuild = BuildResult{true, 1, 3, 2, 0, ""};
  v.before.image = {200000000, 6, {}};
  v.after.image = {50000000, 5, {}};
  v.before.run = RunResult();
  v.files.files_before = 7;
  v.files.files_after = 3;
  v.config = {{"Cmd", R"(["a|b"])", "-", Verdict::kBetter, ""}};
  v.run = {{"container", "keeps running", "keeps running", Verdict::kSame, ""}};
  return v;
}

TEST(VerificationReport, IsATableOfText) {
  EXPECT_EQ(VerificationAsText(Example()),
            R"(Dockerfile: 2 changes at level review, built by docker 1.0

                          before    after    change
  builds                  yes       yes
  image size              200.0 MB  50.0 MB  -75 %
  layers                  6         5
  files                   7         3
  cold build              20.0 s    10.0 s   -50 %
  rebuild, steps cached   1 of 4    2 of 3
  rebuild, RUNs repeated  2         0
  rebuild                 5.0 s     1.0 s    -80 %

  What runs
             before         after
  container  keeps running  keeps running  same

  Configuration
       before   after
  Cmd  ["a|b"]  -

  the rebuild came after an edit to `app.py`
Dockerfile: the rewrite behaves like the original
)");
}

TEST(VerificationReport, DoesNotPraiseWhatItDidNotRun) {
  Verification v = Example();
  v.before.run.reset();
  EXPECT_TRUE(VerificationAsText(v).ends_with("both build; nothing was run\n"));
  v.before.run = RunResult();
  v.before.run->failure = "no such file";
  EXPECT_TRUE(VerificationAsText(v).ends_with("both build; nothing was run\n"));
}

TEST(VerificationReport, KeepsCommandsToTerminalsOut) {
  Verification v = Example();
  v.after.cold = {false, 1, 0, 0, 0, "#1 \x1b[33mwarning\x1b[0m\a\n\tat \x1b[2"};
  EXPECT_TRUE(VerificationAsText(v).find("    #1 warning\n    \tat \n") !=
              std::string::npos)
      << VerificationAsText(v);
}

TEST(VerificationReport, EscapesMarkdown) {
  const std::string text = VerificationAsMarkdown(Example());
  EXPECT_NE(text.find("| image size | 200.0 MB | 50.0 MB | -75 % |\n"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find(R"(| Cmd | \["a\|b"\] | - |  |)"), std::string::npos)
      << text;
}

TEST(Verification, IsTheSameOnlyIfNothingDiffers) {
  EXPECT_TRUE(Example().same());
  Verification v = Example();
  v.run[0].verdict = Verdict::kDiffers;
  EXPECT_FALSE(v.same());
  v = Example();
  v.config[0].verdict = Verdict::kDiffers;
  EXPECT_FALSE(v.same());
  v = Example();
  v.after.cold.ok = false;
  EXPECT_FALSE(v.same());
  v = Example();
  v.after.rebuild->ok = false;
  EXPECT_FALSE(v.same());
  v = Example();
  v.error = "interrupted";
  EXPECT_FALSE(v.same());
}

TEST(Quantities, AreShort) {
  EXPECT_EQ(FormatBytes(0), "0 B");
  EXPECT_EQ(FormatBytes(1500), "1.5 kB");
  EXPECT_EQ(FormatBytes(712345678), "712.3 MB");
  EXPECT_EQ(FormatSeconds(3.24), "3.2 s");
  EXPECT_EQ(FormatChange(100, 23), "-77 %");
  EXPECT_EQ(FormatChange(100, 103), "+3 %");
  EXPECT_EQ(FormatChange(100, 100.1), "0 %");
  EXPECT_EQ(FormatChange(0, 5), "");
  EXPECT_EQ(CountOf(1, "line"), "1 line");
}

}  // namespace
}  // namespace dfix
