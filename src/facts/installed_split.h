// What splits have in common of stages on images of a language whose packages
// are installed with compilers, which stay behind: pip's and Bundler's.
//
// The cut is behind the last install. What stands above it is in the first
// stage, and in the second as far as that may need it; what stands below it is
// in the second alone. Left out: where the packages are, which the ecosystem
// says.
#ifndef DFIX_FACTS_INSTALLED_SPLIT_H_
#define DFIX_FACTS_INSTALLED_SPLIT_H_

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "src/facts/moved_packages.h"
#include "src/facts/stage_split.h"

namespace dfix {

// What an ecosystem says of the commands that its stages have.
struct InstallRules {
  // Its package managers, and what runs programs in its language.
  std::span<const std::string_view> managers;
  std::span<const std::string_view> interpreters;
  // Words of commands that need what stays behind.
  std::span<const std::string_view> compiling;
  bool has_compilers = false;  // The image comes with them.
  // Another user than root may install; why_not_instruction sees to it.
  bool has_users = false;
  // Whether the call installs packages of the language.
  std::function<bool(const PackageCommand&)> installs;
  // Why another stage would not have what a call of a manager makes, or what
  // the instruction at `index`, on either side of the cut, needs; else empty.
  std::function<std::string(const PackageCommand&)> why_not_call;
  std::function<std::string(uint32_t index, uint32_t cut)> why_not_instruction;
  // Whether a call of a manager is for both stages. This one and the next may
  // be null.
  std::function<bool(const PackageCommand&)> is_for_both = nullptr;
  // Whether a command that removes files only removes some that go along.
  std::function<bool(NodeId command)> removes_own = nullptr;
  // Whether the second stage does without what a COPY or ADD brings that no
  // later one brings, too.
  std::function<bool(uint32_t index, uint32_t cut)> is_for_install;
};

struct InstalledSplit {
  // Without an image and without what brings the packages; its lines are the
  // begin of the second stage.
  StageSplit split;
  uint32_t first_install = kNoInstruction;
  // Where among the lines packages of the distribution are installed.
  size_t packages_line = 0;
};

// The split of `stage`, whose packages of the distribution are accounted for in
// `packages`.
InstalledSplit SplitInstalls(const Facts& facts, uint32_t stage,
                             const InstallRules& rules,
                             MovedPackages& packages);

// Adds the line that installs what programs need of `packages`, if that is
// something.
void InstallPackages(const MovedPackages& packages, InstalledSplit& installed);

// Whether `word` is one of the words of `text`, by what separates them in
// scripts and JSON.
bool HasWord(std::string_view text, std::string_view word);

// The first of `words` that is one of the words of `text`; empty if none is.
std::string_view WordAmong(std::string_view text,
                           std::span<const std::string_view> words);

}  // namespace dfix

#endif  // DFIX_FACTS_INSTALLED_SPLIT_H_
