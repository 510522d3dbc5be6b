// Runs scripts before and after merging in real shells and compares what they
// do.
#ifndef DFIX_TESTS_MERGE_RUNS_MERGE_RUNS_SUPPORT_H_
#define DFIX_TESTS_MERGE_RUNS_MERGE_RUNS_SUPPORT_H_

#include <cstdint>
#include <filesystem>
#include <random>
#include <string>
#include <vector>

namespace dfix {

// The scripts of a file's RUNs, as their shell reads them.
std::vector<std::string> ScriptsOf(const std::string& dockerfile);

// The file after `merge-runs`, with options that let it merge all that it can.
std::string Merged(const std::string& dockerfile);

// One sequence of RUNs, each in a shell of its own, and what it became.
struct Sequence {
  std::vector<std::string> before;
  std::vector<std::string> after;
  std::string failing;  // The numbers of the stubs that fail, blanks around.
  bool errexit = false;
};

// How to call the shells that are here: `dash`, `bash`, `busybox ash`.
std::vector<std::string> Shells();

// Runs every sequence both ways and returns what differs, in words; nothing if
// all is the same. `touch`, `chmod`, `ln` and `cp` are functions and `mkfifo`
// is a program; they log the state of the shell or what they inherit of it and
// their arguments, and fail when told to. Compared are the log, the output, the
// status and the files.
std::vector<std::string> Differences(const std::string& shell,
                                     const std::vector<Sequence>& sequences);

// A random Dockerfile of two to four RUNs. `count` receives the number of
// stubs, which are numbered from 1 on.
std::string RandomRuns(std::mt19937& random, int& count);

// A folder in TMPDIR, else in memory where there is /dev/shm, that goes away
// with this.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

std::string ReadFile(const std::filesystem::path& path);
void WriteFile(const std::filesystem::path& path, const std::string& text);

// Every file below `root` with its content, as one text.
std::string TreeText(const std::filesystem::path& root);

// `text` in single quotes.
std::string Quoted(const std::string& text);

}  // namespace dfix

#endif  // DFIX_TESTS_MERGE_RUNS_MERGE_RUNS_SUPPORT_H_
