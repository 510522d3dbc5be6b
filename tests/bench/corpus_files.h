// The Dockerfiles that benchmarks run over.
#ifndef DFIX_TESTS_BENCH_CORPUS_FILES_H_
#define DFIX_TESTS_BENCH_CORPUS_FILES_H_

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace dfix {

inline std::vector<std::string> ReadFilesBelow(
    const std::filesystem::path& folder, std::string_view name_end) {
  std::vector<std::filesystem::path> paths;
  if (std::filesystem::is_directory(folder)) {
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(folder)) {
      if (!entry.is_regular_file()) continue;
      if (!entry.path().string().ends_with(name_end)) continue;
      paths.push_back(entry.path());
    }
  }
  std::sort(paths.begin(), paths.end());
  std::vector<std::string> texts;
  for (const auto& path : paths) {
    std::ostringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    texts.push_back(text.str());
  }
  return texts;
}

// The texts of the corpus if it is there ($DFIX_SHARED, else ../shared), else
// of the golden files and the demos.
inline std::vector<std::string> CorpusTexts() {
  const std::filesystem::path root = DFIX_SOURCE_DIR;
  const char* shared = std::getenv("DFIX_SHARED");
  auto texts = ReadFilesBelow(
      (shared != nullptr ? std::filesystem::path(shared) : root / "../shared") /
          "corpus/files",
      "");
  if (!texts.empty()) return texts;
  texts = ReadFilesBelow(root / "golden", "in.Dockerfile");
  for (auto& text : ReadFilesBelow(root / "demo", "Dockerfile")) {
    texts.push_back(std::move(text));
  }
  return texts;
}

}  // namespace dfix

#endif  // DFIX_TESTS_BENCH_CORPUS_FILES_H_
