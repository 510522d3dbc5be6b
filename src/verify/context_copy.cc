#include "src/verify/context_copy.h"

#include <stdlib.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <tuple>

namespace dfix {
namespace {

namespace fs = std::filesystem;

Error FileError(const fs::path& path, const std::error_code& error) {
  return {path.string() + ": " + error.message()};
}

// Copies one file, link or folder without what is in it.
std::error_code CopyEntry(const fs::directory_entry& entry,
                          const fs::path& to) {
  std::error_code error;
  const fs::file_status status = entry.symlink_status(error);
  if (error) return error;
  if (fs::is_symlink(status)) {
    fs::copy_symlink(entry.path(), to, error);
  } else if (fs::is_directory(status)) {
    fs::create_directory(to, error);
  } else if (fs::is_regular_file(status)) {
    fs::copy_file(entry.path(), to, error);
    if (!error) fs::last_write_time(to, entry.last_write_time(), error);
  }
  return error;
}

// The modes of folders, last: one may forbid to write into it.
std::error_code CopyFolderModes(const fs::path& from, const fs::path& to) {
  std::error_code error;
  for (const auto& entry : fs::recursive_directory_iterator(from, error)) {
    if (entry.is_symlink(error) || !entry.is_directory(error)) continue;
    fs::permissions(to / entry.path().lexically_relative(from),
                    entry.status().permissions(), error);
    if (error) return error;
  }
  return error;
}

// What a file is for somebody who edits it: 0 for code, 1 for pages and
// scripts, 2 for data, absent for anything else.
std::optional<int> RankOf(const fs::path& path) {
  constexpr std::array<std::string_view, 21> kCode = {
      ".py", ".js", ".mjs", ".cjs",   ".ts", ".tsx", ".jsx",
      ".go", ".c",  ".cc",  ".cpp",   ".h",  ".rs",  ".java",
      ".rb", ".cs", ".kt",  ".scala", ".ex", ".vue", ".php"};
  constexpr std::array<std::string_view, 6> kPages = {".html", ".css", ".htm",
                                                      ".sh",   ".md",  ".txt"};
  constexpr std::array<std::string_view, 3> kData = {".csv", ".sql", ".tsv"};
  const std::string name = path.filename().string();
  const std::string extension = path.extension().string();
  if (name.find("config.") != std::string::npos || name == "setup.py" ||
      name.find("requirements") != std::string::npos ||
      name.find("test") != std::string::npos) {
    return std::nullopt;
  }
  for (const fs::path& part : path) {
    if (part == "node_modules" || part == "tests" || part == "test" ||
        part == "vendor" || part == ".git") {
      return std::nullopt;
    }
  }
  if (std::find(kCode.begin(), kCode.end(), extension) != kCode.end()) return 0;
  if (std::find(kPages.begin(), kPages.end(), extension) != kPages.end()) {
    return 1;
  }
  if (std::find(kData.begin(), kData.end(), extension) != kData.end()) return 2;
  return std::nullopt;
}

}  // namespace

Result<TemporaryFolder> TemporaryFolder::Make() {
  std::error_code error;
  const fs::path place = fs::temp_directory_path(error);
  if (error) return Error{"no temporary folder: " + error.message()};
  std::string name = place / "dfix-verify-XXXXXX";
  if (mkdtemp(name.data()) == nullptr) {
    return Error{"cannot make a temporary folder in " + place.string()};
  }
  return TemporaryFolder(std::move(name));
}

TemporaryFolder::TemporaryFolder(TemporaryFolder&& other) noexcept
    : path_(std::exchange(other.path_, "")) {}

TemporaryFolder::~TemporaryFolder() {
  if (path_.empty()) return;
  std::error_code error;
  // A folder that may not be written to cannot be emptied.
  for (auto at = fs::recursive_directory_iterator(path_, error);
       at != fs::recursive_directory_iterator(); at.increment(error)) {
    if (!at->is_symlink(error) && at->is_directory(error)) {
      fs::permissions(at->path(), fs::perms::owner_all, fs::perm_options::add,
                      error);
    }
  }
  fs::remove_all(path_, error);
}

Result<Done> CopyFolder(const std::string& from, const std::string& to) {
  std::error_code error;
  fs::create_directory(to, error);
  if (error) return FileError(to, error);
  fs::recursive_directory_iterator at(from, error);
  if (error) return FileError(from, error);
  while (at != fs::recursive_directory_iterator()) {
    error = CopyEntry(*at, fs::path(to) / at->path().lexically_relative(from));
    if (error) return FileError(at->path(), error);
    const fs::path path = at->path();
    at.increment(error);
    if (error) return FileError(path, error);
  }
  error = CopyFolderModes(from, to);
  if (error) return FileError(from, error);
  return Done{};
}

std::vector<std::string> ListFiles(const std::string& folder) {
  std::vector<std::string> out;
  std::error_code error;
  for (auto at = fs::recursive_directory_iterator(folder, error);
       at != fs::recursive_directory_iterator(); at.increment(error)) {
    if (at->is_symlink(error) || !at->is_regular_file(error)) continue;
    out.push_back(at->path().lexically_relative(folder).string());
  }
  std::sort(out.begin(), out.end());
  return out;
}

std::vector<std::string> EditablePaths(const std::vector<std::string>& paths) {
  std::vector<std::tuple<int, int, std::string>> ranked;
  for (const std::string& path : paths) {
    const auto rank = RankOf(path);
    if (!rank) continue;
    const auto depth = std::count(path.begin(), path.end(), '/');
    ranked.emplace_back(*rank, static_cast<int>(depth), path);
  }
  std::sort(ranked.begin(), ranked.end());
  std::vector<std::string> out;
  for (const auto& [rank, depth, path] : ranked) out.push_back(path);
  return out;
}

std::string NewBlanks() {
  // The time, in blanks: caches that are older know none like it.
  auto number = static_cast<uint64_t>(
      std::chrono::system_clock::now().time_since_epoch().count());
  std::string blanks = "\n";
  for (; number != 0; number /= 2) blanks += number % 2 == 0 ? "\n" : " \n";
  return blanks;
}

Result<std::string> ReadText(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  // An empty file gives nothing to insert, which counts as a failure of `text`.
  if (!in) return Error{path + ": cannot be read"};
  return text.str();
}

Result<Done> WriteText(const std::string& path, std::string_view text) {
  std::ofstream out(path, std::ios::binary);
  out << text;
  out.close();
  if (!out) return Error{path + ": cannot be written"};
  return Done{};
}

}  // namespace dfix
