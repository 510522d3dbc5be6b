#include "src/verify/comparison.h"

#include <gtest/gtest.h>

namespace dfix {
namespace {

// The verdict on the aspect of that name; fails the test if there is none.
Verdict VerdictOn(const std::vector<Aspect>& aspects, std::string_view name) {
  for (const Aspect& aspect : aspects) {
    if (aspect.name == name) return aspect.verdict;
  }
  ADD_FAILURE() << "no aspect " << name;
  return Verdict::kNotCompared;
}

RunResult Server(uint32_t uid, std::vector<int> ports) {
  RunResult run;
  run.running = true;
  run.probe = ProbeResult{uid, ports, {}};
  for (const int port : ports) {
    run.probe->answers.push_back({port, 200, "hello"});
  }
  return run;
}

RunResult Program(int status, std::string out) {
  RunResult run;
  run.exit_status = status;
  run.out = std::move(out);
  return run;
}

TEST(CompareRuns, OverlooksTimesIdentifiersAndOrder) {
  const RunResult before =
      Program(0, "12:00:01 worker 7 ready\nhost 3f2a9c0d1e5b up\nall set  \n");
  const RunResult after =
      Program(0, "host a81b00ffee12 up\n12:00:09 worker 8 ready\nall set\n\n");
  EXPECT_EQ(VerdictOn(CompareRuns(before, after), "output"), Verdict::kSame);
  EXPECT_TRUE(SameOutput(before, after));
}

TEST(CompareRuns, SeesOtherWords) {
  const auto aspects = CompareRuns(Program(0, "served by app\n"),
                                   Program(0, "served by root\n"));
  EXPECT_EQ(VerdictOn(aspects, "output"), Verdict::kDiffers);
  EXPECT_EQ(aspects[1].detail, "- served by app\n+ served by root");
}

TEST(CompareRuns, SeesALineThatComesTwice) {
  EXPECT_FALSE(SameOutput(Program(0, "a\n"), Program(0, "a\na\n")));
}

TEST(CompareRuns, SeesAnotherExitStatus) {
  const auto aspects = CompareRuns(Program(0, ""), Program(1, ""));
  EXPECT_EQ(VerdictOn(aspects, "container"), Verdict::kDiffers);
}

TEST(CompareRuns, SeesThatAContainerEndsOrDoesNotStart) {
  EXPECT_EQ(
      VerdictOn(CompareRuns(Server(0, {80}), Program(0, "")), "container"),
      Verdict::kDiffers);
  RunResult broken;
  broken.failure = "no such file: gunicorn";
  const auto aspects = CompareRuns(Server(0, {80}), broken);
  EXPECT_EQ(VerdictOn(aspects, "container"), Verdict::kDiffers);
  EXPECT_EQ(aspects[0].detail, broken.failure);
}

TEST(CompareRuns, HasNothingToSayAboutContainersThatNeverStarted) {
  RunResult broken;
  broken.failure = "no such file: gunicorn";
  const auto aspects = CompareRuns(broken, broken);
  ASSERT_EQ(aspects.size(), 1U);
  EXPECT_EQ(aspects[0].verdict, Verdict::kNotCompared);
}

TEST(CompareRuns, PrefersUsersWithoutPrivileges) {
  EXPECT_EQ(VerdictOn(CompareRuns(Server(0, {}), Server(1000, {})), "user id"),
            Verdict::kBetter);
  EXPECT_EQ(VerdictOn(CompareRuns(Server(1000, {}), Server(0, {})), "user id"),
            Verdict::kDiffers);
  EXPECT_EQ(VerdictOn(CompareRuns(Server(1000, {}), Server(33, {})), "user id"),
            Verdict::kDiffers);
}

TEST(CompareRuns, PrefersWhatStopsWhenItIsTold) {
  RunResult killed = Server(0, {80});
  killed.killed = true;
  EXPECT_EQ(VerdictOn(CompareRuns(killed, Server(0, {80})), "stops in"),
            Verdict::kBetter);
  EXPECT_EQ(VerdictOn(CompareRuns(Server(0, {80}), killed), "stops in"),
            Verdict::kDiffers);
  EXPECT_EQ(VerdictOn(CompareRuns(killed, killed), "stops in"), Verdict::kSame);
}

TEST(CompareRuns, SeesOtherPortsAndAnswers) {
  EXPECT_EQ(
      VerdictOn(CompareRuns(Server(0, {80}), Server(0, {})), "listens on"),
      Verdict::kDiffers);
  RunResult failing = Server(0, {80});
  failing.probe->answers[0].status = 500;
  EXPECT_EQ(VerdictOn(CompareRuns(Server(0, {80}), failing), "GET :80/"),
            Verdict::kDiffers);
  RunResult other = Server(0, {80});
  other.probe->answers[0].body = "bye";
  EXPECT_EQ(VerdictOn(CompareRuns(Server(0, {80}), other), "GET :80/"),
            Verdict::kDiffers);
}

TEST(CompareRuns, SaysWhatItCouldNotSee) {
  RunResult blind = Server(0, {80});
  blind.probe.reset();
  blind.probe_failure = "exec format error";
  const auto aspects = CompareRuns(Server(0, {80}), blind);
  EXPECT_EQ(VerdictOn(aspects, "user and ports"), Verdict::kNotCompared);
}

TEST(CompareConfigs, NamesTheVariablesThatDiffer) {
  const auto aspects = CompareConfigs(
      {{"Env", R"(["PATH=/bin","A=1","B=2"])"}, {"Cmd", R"(["a"])"}},
      {{"Env", R"(["PATH=/bin","A=1","B=3"])"}, {"Cmd", R"(["b"])"}});
  ASSERT_EQ(aspects.size(), 2U);
  EXPECT_EQ(VerdictOn(aspects, "Env B"), Verdict::kDiffers);
  EXPECT_EQ(VerdictOn(aspects, "Cmd"), Verdict::kBetter);
}

TEST(CompareConfigs, SeesWhatIsGone) {
  const auto aspects =
      CompareConfigs({{"ExposedPorts", R"({"80/tcp":{}})"}}, {});
  ASSERT_EQ(aspects.size(), 1U);
  EXPECT_EQ(aspects[0].after, "-");
  EXPECT_EQ(aspects[0].verdict, Verdict::kDiffers);
}

TEST(CompareConfigs, MindsLabelsThatChangeButNotNewOnes) {
  const auto aspects = CompareConfigs({{"Labels", R"({"a":"1","b":"2"})"}},
                                      {{"Labels", R"({"a":"9","c":"3"})"}});
  EXPECT_EQ(VerdictOn(aspects, "Labels a"), Verdict::kDiffers);
  EXPECT_EQ(VerdictOn(aspects, "Labels b"), Verdict::kDiffers);
  EXPECT_EQ(VerdictOn(aspects, "Labels c"), Verdict::kBetter);
}

Verdict VerdictOnPath(const std::string& before, const std::string& after) {
  return VerdictOn(CompareConfigs({{"Env", "[\"PATH=" + before + "\"]"}},
                                  {{"Env", "[\"PATH=" + after + "\"]"}}),
                   "Env PATH");
}

TEST(CompareConfigs, LetsPathGainFolders) {
  EXPECT_EQ(VerdictOnPath("/usr/bin:/bin", "/opt/venv/bin:/usr/bin:/bin"),
            Verdict::kBetter);
  EXPECT_EQ(VerdictOnPath("/bin", "/a:/b:/bin:/c"), Verdict::kBetter);
  EXPECT_EQ(VerdictOnPath("/bin", "/bin:/c"), Verdict::kBetter);
}

TEST(CompareConfigs, MindsAPathThatChanges) {
  EXPECT_EQ(VerdictOnPath("/usr/bin:/bin", "/a:/bin:/usr/bin"),
            Verdict::kDiffers);
  EXPECT_EQ(VerdictOnPath("/usr/bin:/bin", "/a:/usr/bin"), Verdict::kDiffers);
  EXPECT_EQ(VerdictOnPath("/a:/bin", "/a:/b:/bin"), Verdict::kDiffers);
  EXPECT_EQ(VerdictOnPath("/bin", "/opt/bin"), Verdict::kDiffers);
  EXPECT_EQ(VerdictOnPath("/bin", "/a/bin"), Verdict::kDiffers);
  EXPECT_EQ(VerdictOnPath("/bin", "bin:/bin"), Verdict::kDiffers);
  EXPECT_EQ(VerdictOnPath("/bin", ":/bin"), Verdict::kDiffers);
  EXPECT_EQ(VerdictOnPath("/bin", "/bin:"), Verdict::kDiffers);
  EXPECT_EQ(VerdictOnPath("/bin", "/a::/bin"), Verdict::kDiffers);
  EXPECT_EQ(VerdictOnPath("/bin", "./a:/bin"), Verdict::kDiffers);
}

TEST(CompareConfigs, MindsAVariableThatIsNew) {
  const auto aspects = CompareConfigs({}, {{"Env", R"(["A=1","PATH=/bin"])"}});
  EXPECT_EQ(VerdictOn(aspects, "Env A"), Verdict::kDiffers);
  EXPECT_EQ(VerdictOn(aspects, "Env PATH"), Verdict::kDiffers);
}

TEST(CompareConfigs, LeavesVariablesOfAnotherBaseToIt) {
  const std::string before = "FROM golang:1.23\nENV A=1\nCMD [\"a\"]\n";
  const std::string after =
      "FROM golang:1.23 AS build\nENV A=1\nFROM scratch\nENV A=1\nCMD "
      "[\"a\"]\n";
  const ImageConfig one = {{"Env", R"(["A=1","GOPATH=/go"])"},
                           {"Labels", R"({"vendor":"golang"})"}};
  const ImageConfig other = {{"Env", R"(["B=1"])"}};
  const auto aspects = CompareConfigs(one, other, BasesOf(before, after, ""));
  EXPECT_EQ(VerdictOn(aspects, "Env A"), Verdict::kDiffers);
  EXPECT_EQ(VerdictOn(aspects, "Env B"), Verdict::kBetter);
  EXPECT_EQ(VerdictOn(aspects, "Env GOPATH"), Verdict::kBetter);
  EXPECT_EQ(VerdictOn(aspects, "Labels vendor"), Verdict::kBetter);
  EXPECT_EQ(
      VerdictOn(CompareConfigs(one, other, BasesOf(before, after, "build")),
                "Env GOPATH"),
      Verdict::kDiffers);
  EXPECT_EQ(VerdictOn(CompareConfigs(one, other, BasesOf(before, before, "")),
                      "Env GOPATH"),
            Verdict::kDiffers);
}

Verdict VerdictOnUser(const std::string& before, const std::string& after) {
  const auto config = [](const std::string& user) {
    return user.empty() ? ImageConfig{}
                        : ImageConfig{{"User", '"' + user + '"'}};
  };
  return VerdictOn(CompareConfigs(config(before), config(after)), "User");
}

TEST(CompareConfigs, LetsRootGiveWayAndUsersGetTheirNumber) {
  EXPECT_EQ(VerdictOnUser("", "app"), Verdict::kBetter);
  EXPECT_EQ(VerdictOnUser("root", "app:app"), Verdict::kBetter);
  EXPECT_EQ(VerdictOnUser("0:0", "1000"), Verdict::kBetter);
  EXPECT_EQ(VerdictOnUser("app", "1000"), Verdict::kBetter);
  EXPECT_EQ(VerdictOnUser("app:web", "1000:1001"), Verdict::kBetter);
  EXPECT_EQ(VerdictOnUser("root", ""), Verdict::kBetter);
}

TEST(CompareConfigs, MindsAnotherUser) {
  EXPECT_EQ(VerdictOnUser("app", ""), Verdict::kDiffers);
  EXPECT_EQ(VerdictOnUser("app", "root"), Verdict::kDiffers);
  EXPECT_EQ(VerdictOnUser("app", "0"), Verdict::kDiffers);
  EXPECT_EQ(VerdictOnUser("app", "web"), Verdict::kDiffers);
  EXPECT_EQ(VerdictOnUser("1000", "1001"), Verdict::kDiffers);
  EXPECT_EQ(VerdictOnUser("1000", "app"), Verdict::kDiffers);
  EXPECT_EQ(VerdictOnUser("app:web", "1000"), Verdict::kDiffers);
  EXPECT_EQ(VerdictOnUser("root", "root:app"), Verdict::kDiffers);
}

TEST(CompareTrees, AddsUpFolders) {
  FileTree before;
  before["var/lib/apt/lists/a"] = {'0', 0644, 0, 0, 1000, 1};
  before["var/lib/apt/lists/b/c"] = {'0', 0644, 0, 0, 2000, 1};
  before["var/lib/apt/lists"] = {'5', 0755, 0, 0, 0, 0};
  before["usr/share/doc/x/copyright"] = {'0', 0644, 0, 0, 10, 1};
  before["top"] = {'0', 0644, 0, 0, 5, 1};
  before["etc/same"] = {'0', 0644, 0, 0, 5, 1};
  before["etc/other"] = {'0', 0644, 0, 0, 5, 1};
  before["var/log/dpkg.log"] = {'0', 0644, 0, 0, 5, 1};
  FileTree after = {{"etc/same", before["etc/same"]},
                    {"etc/other", before["etc/other"]},
                    {"var/log/dpkg.log", before["var/log/dpkg.log"]}};
  after["etc/other"].mode = 0600;
  after["var/log/dpkg.log"].hash = 2;
  const TreeComparison comparison = CompareTrees(before, after);
  EXPECT_EQ(comparison.files_before, 7U);
  EXPECT_EQ(comparison.files_after, 3U);
  EXPECT_EQ(comparison.left.files, 4U);
  EXPECT_EQ(comparison.left.bytes, 3015U);
  ASSERT_EQ(comparison.left_folders.size(), 3U);
  EXPECT_EQ(comparison.left_folders[0].path, "var/lib/apt/lists");
  EXPECT_EQ(comparison.left_folders[0].bytes, 3000U);
  EXPECT_EQ(comparison.left_folders[1].path, "usr/share/doc/x");
  EXPECT_EQ(comparison.left_folders[2].path, "");
  EXPECT_EQ(comparison.came.files, 0U);
  EXPECT_EQ(comparison.changed_paths, std::vector<std::string>{"etc/other"});
}

}  // namespace
}  // namespace dfix
