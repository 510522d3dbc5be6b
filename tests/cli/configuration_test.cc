#include "tests/cli/command_support.h"

namespace dfix {
namespace {

class ConfigurationTest : public CommandTest {
 protected:
  // A file to which only level safe, `assume-yes`, does something.
  void SetUp() override {
    CommandTest::SetUp();
    Shell("git init -q .");
    Write("Dockerfile", kPoor);
    Write("sub/Dockerfile", kPoor);
  }
};

// The transforms that --show-settings says are ignored, and where.
bool Shows(const CommandResult& result, std::string_view text) {
  return result.out.find(text) != std::string::npos;
}

TEST_F(ConfigurationTest, NearestFileUpwardHolds) {
  Write(".dfix.yaml", "ignore: ALL\n");
  EXPECT_EQ(Dfix({"--check"}).status, 0);
  Write("sub/.dfix.yaml", "level: review\n");
  const CommandResult result = Dfix({"-l", "--check"});
  EXPECT_EQ(result.status, 1);
  EXPECT_EQ(result.out, "sub/Dockerfile\n");
}

TEST_F(ConfigurationTest, NoFileOutsideOfTheRepositoryIsRead) {
  Write(".dfix.yaml", "ignore: ALL\n");
  Shell("git init -q sub");
  EXPECT_EQ(Dfix({"-l", "--check", "sub"}).out, "sub/Dockerfile\n");
}

TEST_F(ConfigurationTest, ExtendsAFileInTheSameTree) {
  Write("base.yaml", "ignore: [ALL]\nlevel: safe\n");
  Write("sub/.dfix.yaml", "extends: ../base.yaml\nlevel: bold\n");
  const CommandResult result = Dfix({"--show-settings", "sub"});
  EXPECT_TRUE(Shows(result, "level: bold  # sub/.dfix.yaml:2:8\n"));
  EXPECT_TRUE(Shows(result, "ignore: [ALL]  # base.yaml:1:10\n"));
}

TEST_F(ConfigurationTest, ExtendsNothingOutsideOfTheTree) {
  Shell("git init -q sub; echo 'level: safe' > outside.yaml");
  Shell("ln -s ../outside.yaml sub/link.yaml");
  for (const char* target : {"../outside.yaml", "link.yaml", "/etc/passwd"}) {
    Write("sub/.dfix.yaml", std::string("extends: ") + target + "\n");
    const CommandResult result = Dfix({"--check", "sub"});
    EXPECT_EQ(result.status, 2);
    EXPECT_NE(result.error.find("is outside of"), std::string::npos) << target;
    EXPECT_EQ(result.error.find("root:"), std::string::npos);
  }
}

TEST_F(ConfigurationTest, CircleIsAnError) {
  Write("sub/.dfix.yaml", "extends: other.yaml\n");
  Write("sub/other.yaml", "extends: .dfix.yaml\n");
  const CommandResult result = Dfix({"--check", "sub"});
  EXPECT_EQ(result.status, 2);
  EXPECT_NE(result.error.find("goes in a circle"), std::string::npos);
}

TEST_F(ConfigurationTest, FaultStopsOnlyItsOwnFiles) {
  Write("sub/.dfix.yaml", "levle: safe\n");
  const CommandResult result = Dfix({"--write"});
  EXPECT_EQ(result.status, 2);
  EXPECT_NE(result.error.find("sub/.dfix.yaml:1:1: unknown key `levle`; did "
                              "you mean `level`?"),
            std::string::npos);
  EXPECT_EQ(Read("Dockerfile"), kFixed);
  EXPECT_EQ(Read("sub/Dockerfile"), kPoor);
}

TEST_F(ConfigurationTest, FlagsBeatTheEnvironmentThatBeatsFiles) {
  Write(".dfix.yaml", "level: safe\n");
  EXPECT_TRUE(Shows(Shell("dfix --show-settings Dockerfile"),
                    "level: safe  # .dfix.yaml:1:8\n"));
  EXPECT_TRUE(Shows(Shell("DFIX_LEVEL=bold dfix --show-settings Dockerfile"),
                    "level: bold  # DFIX_LEVEL\n"));
  EXPECT_TRUE(Shows(
      Shell("DFIX_LEVEL=bold dfix --level review --show-settings Dockerfile"),
      "level: review  # --level\n"));
  const CommandResult wrong = Shell("DFIX_LEVEL=x dfix");
  EXPECT_EQ(wrong.status, 2);
  EXPECT_EQ(wrong.error,
            "dfix: DFIX_LEVEL: `x` is not one of `safe`, `review` or `bold`\n");
}

TEST_F(ConfigurationTest, IgnoresAddUp) {
  Write(".dfix.yaml", "ignore: [DL3014]\n");
  EXPECT_TRUE(Shows(
      Shell("DFIX_IGNORE=DL3015,DL3008 dfix --ignore DL3009 --show-settings "
            "Dockerfile"),
      "ignore: [DL3014, DL3015, DL3008, DL3009]"));
}

TEST_F(ConfigurationTest, RulesThatHadolintIgnoresAreIgnored) {
  Write(".hadolint.yaml", "ignored: [DL3014, DL9999, nonsense]\n");
  const CommandResult result = Dfix({"--show-settings", "Dockerfile"});
  EXPECT_TRUE(Shows(result, "ignore: [DL3014]  # .hadolint.yaml\n"));
  EXPECT_FALSE(
      Shows(Dfix({"--show-settings", "--isolated", "Dockerfile"}), "DL3014"));
}

TEST_F(ConfigurationTest, NamedFileIsUsedForAll) {
  Write(".dfix.yaml", "ignore: ALL\n");
  Write("other.yaml", "level: bold\n");
  EXPECT_TRUE(Shows(Dfix({"--config", "other.yaml", "--show-settings", "."}),
                    "level: bold  # other.yaml:1:8\n"));
  EXPECT_EQ(Dfix({"--config", "missing.yaml"}).status, 2);
  EXPECT_EQ(Dfix({"--config", "other.yaml", "--isolated"}).status, 2);
  EXPECT_EQ(Dfix({"--check", "--isolated"}).status, 1);
}

TEST_F(ConfigurationTest, ExcludesAreRelativeToTheFile) {
  Write("deep/sub/Dockerfile", kPoor);
  Write(".dfix.yaml", "exclude: [/sub/]\n");
  EXPECT_EQ(Dfix({"--show-files"}).out, "Dockerfile\ndeep/sub/Dockerfile\n");
  EXPECT_EQ(Dfix({"--show-files", "sub/Dockerfile"}).out, "sub/Dockerfile\n");
  EXPECT_EQ(Dfix({"--show-files", "--force-exclude", "sub/Dockerfile"}).out,
            "");
}

TEST_F(ConfigurationTest, StandardInputHasTheSettingsOfItsName) {
  Write("sub/.dfix.yaml", "ignore: ALL\n");
  EXPECT_EQ(Dfix({"--check", "-"}, kPoor).status, 1);
  EXPECT_EQ(Dfix({"--check", "--stdin-filename", "sub/new", "-"}, kPoor).status,
            0);
}

TEST_F(ConfigurationTest, RequiredVersionIsChecked) {
  Write(".dfix.yaml", "required-version: '>=999'\n");
  const CommandResult result = Dfix({"--check"});
  EXPECT_EQ(result.status, 2);
  EXPECT_NE(result.error.find(".dfix.yaml:1:19: this is dfix"),
            std::string::npos);
}

TEST_F(ConfigurationTest, AddsPackageManagers) {
  Write("Dockerfile", "FROM a\nRUN emerge x\n");
  Write("base.yaml",
        "package-managers:\n"
        "- {name: emerge, programs: [emerge], asks: [other],\n"
        "   yes: {option: --wrong}}\n"
        "- {name: other, programs: [other]}\n");
  Write(".dfix.yaml",
        "extends: base.yaml\n"
        "package-managers:\n"
        "- name: emerge\n"
        "  programs: [emerge]\n"
        "  no_verb: {operands: install, alone: none}\n"
        "  options: {assumes-yes: [--ask]}\n"
        "  yes: {option: --ask=n}\n");
  EXPECT_TRUE(Shows(Dfix({"--show-settings", "Dockerfile"}),
                    "# package-managers: emerge, other\n"));
}

TEST_F(ConfigurationTest, FaultInAPackageManagerTellsItsPlace) {
  Write(".dfix.yaml", "package-managers:\n- {name: a, program: [a]}\n");
  const CommandResult result = Dfix({"--check", "Dockerfile"});
  EXPECT_EQ(result.status, 2);
  EXPECT_NE(result.error.find(
                ".dfix.yaml:2:13: package-managers: unknown field `program` "
                "(expected name, family, programs, "),
            std::string::npos)
      << result.error;
}

TEST_F(ConfigurationTest, SetSaysWhatIsWrong) {
  EXPECT_NE(
      Dfix({"--set", "merge-rus.a=b"}).error.find("did you mean `merge-runs`?"),
      std::string::npos);
  EXPECT_EQ(Dfix({"--set", "x"}).status, 2);
}

}  // namespace
}  // namespace dfix
