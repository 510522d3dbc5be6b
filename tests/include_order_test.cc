// The layers of src/: what each folder may include, and who may do I/O.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <regex>
#include <string>
#include <vector>

namespace dfix {
namespace {

namespace fs = std::filesystem;

const std::vector<std::string> kLayers = {
    "text",   "syntax", "shell",     "dockerfile", "equivalence", "context",
    "facts",  "edit",   "transform", "engine",     "config",      "report",
    "verify", "cli"};

const std::vector<std::string> kFrontEnds = {"verify", "cli", "lsp", "bot"};

struct SourceFile {
  std::string layer;  // The folder in src/, or "transforms".
  std::string name;
  std::vector<std::string> lines;
};

bool IsSource(const fs::path& path) {
  return path.extension() == ".cc" || path.extension() == ".h" ||
         path.extension() == ".def";
}

SourceFile ReadSource(const std::string& layer, const fs::path& path) {
  SourceFile file = {layer, fs::relative(path, DFIX_SOURCE_DIR).string(), {}};
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) file.lines.push_back(line);
  return file;
}

std::vector<SourceFile> AllSources() {
  std::vector<SourceFile> files;
  const fs::path source = fs::path(DFIX_SOURCE_DIR) / "src";
  for (const auto& entry : fs::recursive_directory_iterator(source)) {
    if (!entry.is_regular_file() || !IsSource(entry.path())) continue;
    const fs::path relative = fs::relative(entry.path(), source);
    files.push_back(ReadSource(relative.begin()->string(), entry.path()));
  }
  const fs::path transforms = fs::path(DFIX_SOURCE_DIR) / "transforms";
  for (const auto& entry : fs::directory_iterator(transforms)) {
    if (!IsSource(entry.path())) continue;
    files.push_back(ReadSource("transforms", entry.path()));
  }
  return files;
}

size_t LayerIndex(const std::string& layer) {
  // A transform may include what the transform layer may.
  const std::string name = layer == "transforms" ? "transform" : layer;
  return static_cast<size_t>(std::find(kLayers.begin(), kLayers.end(), name) -
                             kLayers.begin());
}

bool IsFrontEnd(const SourceFile& file) {
  return std::find(kFrontEnds.begin(), kFrontEnds.end(), file.layer) !=
         kFrontEnds.end();
}

// A line without its comment and what is in its string literals.
std::string CodeOf(const std::string& line) {
  if (line.starts_with('#')) return line;
  static const std::regex kLiteral(R"re("(\\.|[^"\\])*")re");
  const std::string code = std::regex_replace(line, kLiteral, "\"\"");
  return code.substr(0, code.find("//"));
}

// Names every line whose code matches `pattern` in a file that `allowed`
// rejects.
void ExpectOnlyIn(const std::string& pattern,
                  const std::function<bool(const SourceFile&)>& allowed) {
  const std::regex expression(pattern);
  for (const SourceFile& file : AllSources()) {
    if (allowed(file)) continue;
    for (size_t i = 0; i < file.lines.size(); ++i) {
      EXPECT_FALSE(std::regex_search(CodeOf(file.lines[i]), expression))
          << file.name << ':' << i + 1 << ": " << file.lines[i];
    }
  }
}

TEST(IncludeOrder, KnowsEveryFolder) {
  for (const SourceFile& file : AllSources()) {
    EXPECT_TRUE(LayerIndex(file.layer) < kLayers.size() || IsFrontEnd(file))
        << file.name;
  }
}

TEST(IncludeOrder, GoesUpOnly) {
  const std::regex include("^#include \"src/([a-z]+)/");
  for (const SourceFile& file : AllSources()) {
    for (const std::string& line : file.lines) {
      std::smatch match;
      if (!std::regex_search(line, match, include)) continue;
      EXPECT_LE(LayerIndex(match[1]), LayerIndex(file.layer))
          << file.name << ": " << line;
    }
  }
}

TEST(IncludeOrder, NamesProjectFilesFromTheRoot) {
  const std::regex include("^#include \"(?!src/|generated/)");
  for (const SourceFile& file : AllSources()) {
    for (const std::string& line : file.lines) {
      EXPECT_FALSE(std::regex_search(line, include))
          << file.name << ": " << line;
    }
  }
}

TEST(IncludeOrder, KeepsInputAndOutputInFrontEnds) {
  ExpectOnlyIn(
      "^#include <(fstream|iostream|filesystem|unistd.h|fcntl.h|dirent.h|"
      "sys/.*|netdb.h|spawn.h|curl/.*)>",
      IsFrontEnd);
  ExpectOnlyIn("\\b(fopen|freopen|popen|system|getenv)\\(|std::(cout|cerr)\\b",
               IsFrontEnd);
}

TEST(IncludeOrder, KeepsLibrariesInTheirFolders) {
  const auto only_in = [](const std::string& layer) {
    return [layer](const SourceFile& file) { return file.layer == layer; };
  };
  ExpectOnlyIn("^#include [<\"]CLI/", only_in("cli"));
  ExpectOnlyIn("^#include [<\"]dtl/", only_in("report"));
  ExpectOnlyIn("^#include [<\"]yaml-cpp/", only_in("config"));
  ExpectOnlyIn("^#include [<\"]nlohmann/", [](const SourceFile& file) {
    return file.layer == "facts" || file.layer == "report" ||
           file.layer == "verify" || file.layer == "cli";
  });
}

TEST(IncludeOrder, AvoidsInheritanceAndOwningPointers) {
  const auto nowhere = [](const SourceFile&) { return false; };
  ExpectOnlyIn("\\b(dynamic_cast|typeid|virtual)\\b", nowhere);
  ExpectOnlyIn("^[^/\"]*[=(] *new [A-Za-z]", nowhere);
}

}  // namespace
}  // namespace dfix
