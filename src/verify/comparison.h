// Two measurements side by side: what is the same, better or different.
#ifndef DFIX_VERIFY_COMPARISON_H_
#define DFIX_VERIFY_COMPARISON_H_

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "src/verify/measurement.h"

namespace dfix {

enum class Verdict : uint8_t {
  kSame,
  kBetter,       // Differs in the way that a change is for.
  kDiffers,      // Not what it was: somebody may depend on it.
  kNotCompared,  // Could not be seen.
};

// `same`, `better`, `differs`, `not compared`.
std::string_view Name(Verdict verdict);

// One thing that was looked at.
struct Aspect {
  std::string name;
  std::string before;
  std::string after;
  Verdict verdict = Verdict::kSame;
  std::string detail;  // Where a difference lies, or why nothing was seen.
};

// What the two images begin with.
struct ImageBases {
  bool differ = false;
  // The variables and labels that ENV and LABEL instructions of either file
  // set. All others are what the images say.
  std::set<std::string> own_variables = {};
  std::set<std::string> own_labels = {};
};

// What the stages begin with that two Dockerfiles build: the ones called
// `target`, or the last ones if that is empty.
ImageBases BasesOf(const std::string& before, const std::string& after,
                   std::string_view target);

// The configurations' differences, one an aspect; of Env and Labels one a name.
// The command and its shell show in what runs and are `better` here; so are a
// label that is new, folders that PATH gains, and a user in the place of root
// or a number in that of a user, and variables and labels of base images that
// differ. Anything else differs.
std::vector<Aspect> CompareConfigs(const ImageConfig& before,
                                   const ImageConfig& after,
                                   const ImageBases& bases = {});

// All aspects of two runs, those that are the same included.
std::vector<Aspect> CompareRuns(const RunResult& before,
                                const RunResult& after);

// Whether the programs wrote the same lines and gave the same answers, numbers,
// identifiers and the order of lines aside.
bool SameOutput(const RunResult& before, const RunResult& after);

// A folder's share of the files that only one image has.
struct FolderShare {
  std::string path;
  uint64_t files = 0;
  uint64_t bytes = 0;
};

struct TreeComparison {
  uint64_t files_before = 0;
  uint64_t files_after = 0;
  FolderShare left;                       // All that only the image before has,
  FolderShare came;                       // or only the one after.
  std::vector<FolderShare> left_folders;  // The largest, by size.
  std::vector<FolderShare> came_folders;
  uint64_t changed = 0;  // In both, with another content, owner or mode.
  std::vector<std::string> changed_paths;  // Some of them.
};

// Logs, caches and what programs write with the time in it do not count as
// changed.
TreeComparison CompareTrees(const FileTree& before, const FileTree& after);

}  // namespace dfix

#endif  // DFIX_VERIFY_COMPARISON_H_
