// Which files of the build context a stage has that its program may read when
// it runs: all that are not sources for certain.
#ifndef DFIX_FACTS_SHIPPED_FILES_H_
#define DFIX_FACTS_SHIPPED_FILES_H_

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "src/context/build_context.h"
#include "src/facts/facts.h"

namespace dfix {

struct ShippedFiles {
  // Why it cannot be told, and the instruction that is to blame; else empty.
  std::string problem;
  uint32_t problem_at = kNoInstruction;
  // Absolute paths of the image, sorted, none in another one: files, and
  // folders with all that is in them.
  std::vector<std::string> paths;
  // The context tells: otherwise `paths` are the folders that copies went to.
  bool from_context = false;
  // The source that may start other programs, and the one that C libraries are
  // linked with, each as a reason; empty if there is none.
  std::string calls;
  std::string links;
  // Likewise one that may look for files where the program is.
  std::string beside;
};

// A text in sources that means that a program needs more than its files.
struct TellingText {
  std::string_view text;
  std::string_view meaning;  // Ends a sentence: `it may need other programs`.
};

// What is known of the projects of an ecosystem, beside what all have.
struct ProjectRules {
  // Whether only the build reads the file of the context at `path`.
  std::function<bool(std::string_view path)> is_input;
  std::span<const std::string_view> code;  // How names of its sources end.
  std::span<const TellingText> telling;
};

// The files that the COPYs and ADDs in [first, end) bring and that a program
// may read. `context` and `rules` may be null.
ShippedFiles DataFiles(const Facts& facts, const BuildContext* context,
                       uint32_t first, uint32_t end,
                       const ProjectRules* rules = nullptr);

}  // namespace dfix

#endif  // DFIX_FACTS_SHIPPED_FILES_H_
