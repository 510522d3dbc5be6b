// What must hold for every file: the promises of the README, over the goldens,
// tests/data and, where it is there, a corpus of real files
// ($DFIX_SHARED/corpus/files, by default ../shared beside this repository).
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "src/dockerfile/parser.h"
#include "src/engine/engine.h"
#include "src/report/diff.h"
#include "src/transform/registry.h"

namespace dfix {
namespace {

namespace fs = std::filesystem;

struct Sample {
  std::string name;
  std::string text;
};

std::string Read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

fs::path Shared() {
  const char* shared = std::getenv("DFIX_SHARED");
  return shared != nullptr ? fs::path(shared)
                           : fs::path(DFIX_SOURCE_DIR) / ".." / "shared";
}

void AddFiles(const fs::path& folder, std::vector<Sample>& samples) {
  if (!fs::exists(folder)) return;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const std::string name = entry.path().filename();
    const bool expectation =
        name == "report.txt" || name == "order.txt" || name == "context.txt" ||
        name == "out.dockerignore" ||
        entry.path().lexically_relative(folder).string().find("/context/") !=
            std::string::npos;
    if (!entry.is_regular_file() || expectation) continue;
    samples.push_back({entry.path(), Read(entry.path())});
  }
}

// The same text with other line ends, without its final newline, with a byte
// order mark.
void AddVariants(std::vector<Sample>& samples) {
  const size_t count = samples.size();
  for (size_t i = 0; i < count; ++i) {
    const Sample sample = samples[i];
    std::string crlf;
    for (const char c : sample.text) {
      if (c == '\n') crlf += '\r';
      crlf += c;
    }
    samples.push_back({sample.name + " (CRLF)", crlf});
    samples.push_back({sample.name + " (BOM)", "\xEF\xBB\xBF" + sample.text});
    if (sample.text.ends_with('\n')) {
      samples.push_back({sample.name + " (no final newline)",
                         sample.text.substr(0, sample.text.size() - 1)});
    }
  }
}

const std::vector<Sample>& Samples() {
  static const std::vector<Sample> samples = [] {
    std::vector<Sample> all;
    AddFiles(fs::path(DFIX_SOURCE_DIR) / "golden", all);
    AddFiles(fs::path(DFIX_SOURCE_DIR) / "tests" / "data", all);
    AddVariants(all);
    AddFiles(Shared() / "corpus" / "files", all);
    return all;
  }();
  return samples;
}

std::vector<std::string> Lines(std::string_view text) {
  std::vector<std::string> lines;
  for (size_t at = 0; at < text.size();) {
    const size_t newline = std::min(text.find('\n', at), text.size() - 1);
    lines.emplace_back(text.substr(at, newline + 1 - at));
    at = newline + 1;
  }
  return lines;
}

// The lines that begin with `#`, sorted. (A shell or Docker may read one of
// them as something else; none may go all the same.)
std::multiset<std::string> CommentLines(std::string_view text) {
  std::multiset<std::string> comments;
  for (std::string line : Lines(text)) {
    line.erase(0, line.find_first_not_of(" \t"));
    line.erase(line.find_last_not_of(" \t\r\n") + 1);
    if (line.starts_with('#')) comments.insert(line);
  }
  return comments;
}

class AtLevel : public testing::TestWithParam<Level> {
 protected:
  // At the highest level with those that do not run by themselves, too.
  Report Run(const std::string& text) const {
    static const auto all = TransformsInOrder();
    static const auto standard = StandardTransforms();
    return Fix(text, {GetParam(), GetParam() == Level::kBold ? all : standard});
  }
};

INSTANTIATE_TEST_SUITE_P(Levels, AtLevel,
                         testing::Values(Level::kSafe, Level::kReview,
                                         Level::kBold),
                         [](const auto& info) {
                           return std::string(Name(info.param));
                         });

TEST(Properties, SamplesAreThere) { EXPECT_GT(Samples().size(), 500u); }

TEST(Properties, TokensTileEveryFile) {
  for (const Sample& sample : Samples()) {
    const Document document = ParseDockerfile(sample.text);
    std::string joined;
    for (uint32_t i = 0; i < document.tokens().size(); ++i) {
      joined += document.Text(TokenId{i});
    }
    EXPECT_EQ(joined, sample.text) << sample.name;
  }
}

TEST(Properties, NodesNest) {
  for (const Sample& sample : Samples()) {
    const Document document = ParseDockerfile(sample.text);
    for (uint32_t i = 0; i < document.nodes().size(); ++i) {
      const Node& node = document.nodes()[i];
      for (const NodeId child : document.Children(NodeId{i})) {
        const Node& inner = document.node(child);
        ASSERT_GE(inner.first_token, node.first_token) << sample.name;
        ASSERT_LE(inner.end_token, node.end_token) << sample.name;
        ASSERT_LE(inner.end_node, node.end_node) << sample.name;
      }
    }
  }
}

TEST_P(AtLevel, OutputParsesIfInputDid) {
  for (const Sample& sample : Samples()) {
    const Document before = ParseDockerfile(sample.text);
    const Report report = Run(sample.text);
    if (before.HasFatalError()) {
      EXPECT_EQ(report.fixed, sample.text) << sample.name;
    } else {
      EXPECT_FALSE(ParseDockerfile(report.fixed).HasFatalError())
          << sample.name;
    }
  }
}

TEST_P(AtLevel, NothingIsRolledBackOrUnsettled) {
  for (const Sample& sample : Samples()) {
    const Report report = Run(sample.text);
    EXPECT_TRUE(report.settled) << sample.name;
    for (const Rollback& rollback : report.rollbacks) {
      ADD_FAILURE() << sample.name << ": " << rollback.transform->id << ": "
                    << rollback.reason;
    }
  }
}

TEST_P(AtLevel, SecondRunIsSilent) {
  for (const Sample& sample : Samples()) {
    const Report first = Run(sample.text);
    const Report second = Run(first.fixed);
    EXPECT_EQ(second.fixed, first.fixed) << sample.name;
    EXPECT_TRUE(second.applied.empty()) << sample.name;
  }
}

TEST_P(AtLevel, CommentsSurvive) {
  for (const Sample& sample : Samples()) {
    const auto before = CommentLines(sample.text);
    const auto after = CommentLines(Run(sample.text).fixed);
    EXPECT_TRUE(
        std::includes(after.begin(), after.end(), before.begin(), before.end()))
        << sample.name;
  }
}

TEST_P(AtLevel, FinalNewlineAndLineEndsStay) {
  for (const Sample& sample : Samples()) {
    const std::string fixed = Run(sample.text).fixed;
    EXPECT_EQ(fixed.ends_with('\n'), sample.text.ends_with('\n'))
        << sample.name;
    const auto lines = Lines(sample.text);
    const bool all_crlf =
        !lines.empty() && std::all_of(lines.begin(), lines.end() - 1,
                                      [](const std::string& line) {
                                        return line.ends_with("\r\n");
                                      });
    if (!all_crlf || lines.size() < 2) continue;
    for (const std::string& line : Lines(fixed)) {
      EXPECT_TRUE(line.ends_with("\r\n") || !line.ends_with('\n'))
          << sample.name << ": " << line;
    }
  }
}

// Lines outside those that an applied change says it edits come out as they
// went in, in their order.
TEST_P(AtLevel, UntouchedLinesAreIdentical) {
  for (const Sample& sample : Samples()) {
    const Report report = Run(sample.text);
    const auto before = Lines(sample.text);
    std::vector<bool> touched(before.size() + 2, false);
    for (const Decision& decision : report.applied) {
      for (uint32_t line = decision.first_line;
           line <= decision.last_line && line < touched.size(); ++line) {
        touched[line] = true;
      }
    }
    const auto after = Lines(report.fixed);
    size_t at = 0;
    for (size_t i = 0; i < before.size(); ++i) {
      if (touched[i + 1]) continue;
      while (at < after.size() && after[at] != before[i]) ++at;
      ASSERT_LT(at, after.size())
          << sample.name << ": line " << i + 1 << " is lost: " << before[i];
      ++at;
    }
  }
}

// A folder with the files of a diff, and a shell to apply it in.
class Applied {
 public:
  Applied() : folder_(fs::temp_directory_path() / NameOfFolder()) {
    fs::create_directories(folder_);
  }
  ~Applied() { fs::remove_all(folder_); }

  void Put(const std::string& name, const std::string& text) const {
    fs::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name, std::ios::binary) << text;
  }
  std::string Get(const std::string& name) const {
    return Read(folder_ / name);
  }
  bool Run(const std::string& command) const {
    const std::string line =
        "cd '" + folder_.string() + "' && " + command + " >/dev/null 2>&1";
    return std::system(line.c_str()) == 0;
  }

 private:
  static std::string NameOfFolder() {
    static int count = 0;
    return "dfix-properties-" + std::to_string(getpid()) + "-" +
           std::to_string(count++);
  }

  fs::path folder_;
};

void CheckDiffs(Level level, const std::string& command) {
  const Applied folder;
  const auto transforms = TransformsInOrder();
  std::string patch;
  std::map<std::string, std::string> expected;
  for (size_t i = 0; i < Samples().size(); ++i) {
    const Report report = Fix(Samples()[i].text, {level, transforms});
    if (report.outcome != Outcome::kChanged) continue;
    const std::string name = "d" + std::to_string(i) + "/Dockerfile";
    folder.Put(name, report.original);
    patch += UnifiedDiff(name, report.original, report.fixed, 3);
    expected[name] = report.fixed;
  }
  ASSERT_FALSE(expected.empty());
  folder.Put("all.patch", patch);
  ASSERT_TRUE(folder.Run(command));
  for (const auto& [name, text] : expected) {
    EXPECT_EQ(folder.Get(name), text) << name;
  }
}

TEST_P(AtLevel, DiffAppliedByGitIsTheFixedText) {
  if (std::system("git --version >/dev/null 2>&1") != 0) {
    GTEST_SKIP() << "git is missing";
  }
  CheckDiffs(GetParam(), "git apply all.patch");
}

TEST_P(AtLevel, DiffAppliedByPatchIsTheFixedText) {
  if (std::system("patch --version >/dev/null 2>&1") != 0) {
    GTEST_SKIP() << "patch is missing";
  }
  CheckDiffs(GetParam(), "patch -p1 --binary -s -i all.patch");
}

TEST(Properties, CorpusIsThere) {
  if (!fs::exists(Shared() / "corpus" / "files")) {
    GTEST_SKIP() << "no corpus of real files; set DFIX_SHARED";
  }
  EXPECT_GT(Samples().size(), 1500u);
}

}  // namespace
}  // namespace dfix
