// Compares with what BuildKit's own parser made of real Dockerfiles and of its
// own test cases, which are outside the repository.

#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "src/dockerfile/dump.h"
#include "src/dockerfile/parser.h"

namespace dfix {
namespace {

using Json = nlohmann::json;
namespace fs = std::filesystem;

fs::path SharedFolder() {
  const char* folder = std::getenv("DFIX_SHARED");
#ifdef DFIX_SOURCE_DIR
  if (folder == nullptr) return fs::path(DFIX_SOURCE_DIR) / ".." / "shared";
#endif
  return folder == nullptr ? fs::path("../shared") : fs::path(folder);
}

std::string ReadFile(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string Unzip(const fs::path& path) {
  std::string text;
  std::FILE* pipe = popen(("gzip -dc '" + path.string() + "'").c_str(), "r");
  if (pipe == nullptr) return text;
  std::vector<char> buffer(1 << 16);
  while (const size_t size =
             std::fread(buffer.data(), 1, buffer.size(), pipe)) {
    text.append(buffer.data(), size);
  }
  pclose(pipe);
  return text;
}

Json Dump(const std::string& name, std::string text) {
  return Json::parse(InstructionsJson(name, ParseDockerfile(std::move(text))));
}

// `value` as Go's strconv.Quote writes it, for the characters that occur.
std::string GoQuote(const std::string& value) {
  constexpr std::string_view kControls = "\b\f\n\r\t";
  std::string quoted = "\"";
  for (const char c : value) {
    const size_t control = kControls.find(c);
    if (c == '\0') {
      quoted += "\\x00";
    } else if (control != std::string_view::npos) {
      quoted += '\\';
      quoted += "bfnrt"[control];
    } else {
      if (c == '"' || c == '\\') quoted += '\\';
      quoted += c;
    }
  }
  return quoted + '"';
}

// An instruction in the notation of BuildKit's `result` files.
std::string Expression(const Json& instruction) {
  std::string text = instruction["value"];
  for (char& c : text) c = static_cast<char>(std::tolower(c));
  if (instruction.contains("flags")) {
    std::string flags;
    for (const std::string flag : instruction["flags"]) {
      flags += (flags.empty() ? "" : " ") + GoQuote(flag);
    }
    text += " [" + flags + "]";
  }
  for (const std::string argument : instruction["args"]) {
    text += " " + GoQuote(argument);
  }
  if (instruction.contains("child")) {
    text += " (" + Expression(instruction["child"]) + ")";
  }
  return text;
}

class BuildKitAgreement : public testing::Test {
 protected:
  void SetUp() override {
    if (!fs::exists(SharedFolder())) {
      GTEST_SKIP() << "no folder " << SharedFolder()
                   << "; name it in DFIX_SHARED";
    }
  }
};

TEST_F(BuildKitAgreement, HoldsForEveryFileOfTheCorpus) {
  const fs::path corpus = SharedFolder() / "corpus";
  std::istringstream lines(Unzip(corpus / "buildkit.jsonl.gz"));
  size_t count = 0;
  for (std::string line; std::getline(lines, line); ++count) {
    const Json expected = Json::parse(line);
    const std::string name = expected["file"];
    const Json actual = Dump(name, ReadFile(corpus / "files" / name));
    ASSERT_EQ(actual["parse_ok"], expected["parse_ok"]) << name;
    if (!expected["parse_ok"]) continue;
    EXPECT_EQ(actual["escape"], expected["escape"]) << name;
    EXPECT_EQ(actual["instructions"], expected["instructions"]) << name;
  }
  EXPECT_GT(count, 0u);
}

TEST_F(BuildKitAgreement, HoldsForParserCases) {
  const fs::path cases = SharedFolder() / "buildkit-parser-tests" / "testfiles";
  for (const fs::directory_entry& entry : fs::directory_iterator(cases)) {
    const Json file = Dump(entry.path(), ReadFile(entry.path() / "Dockerfile"));
    ASSERT_TRUE(file["parse_ok"]) << entry.path();
    std::string text;
    for (const Json& instruction : file["instructions"]) {
      text += "(" + Expression(instruction) + ")\n";
    }
    EXPECT_EQ(text, ReadFile(entry.path() / "result")) << entry.path();
  }
}

TEST_F(BuildKitAgreement, HoldsForLineNumbers) {
  const Json file = Dump("", ReadFile(SharedFolder() / "buildkit-parser-tests" /
                                      "testfile-line" / "Dockerfile"));
  std::vector<std::pair<int, int>> lines;
  for (const Json& instruction : file["instructions"]) {
    lines.emplace_back(instruction["start"], instruction["end"]);
  }
  const std::vector<std::pair<int, int>> expected = {
      {5, 5}, {11, 12}, {17, 31}};
  EXPECT_EQ(lines, expected);
}

TEST_F(BuildKitAgreement, HoldsForRefusedCases) {
  const fs::path cases =
      SharedFolder() / "buildkit-parser-tests" / "testfiles-negative";
  for (const fs::directory_entry& entry : fs::directory_iterator(cases)) {
    const Json file = Dump(entry.path(), ReadFile(entry.path() / "Dockerfile"));
    EXPECT_FALSE(file["parse_ok"]) << entry.path();
    EXPECT_NE(file["parse_err"], "") << entry.path();
  }
}

}  // namespace
}  // namespace dfix
