// A stage that builds a program and then is the image that runs it: what its
// RUNs leave that the program needs.
//
// Everything that is not known for certain to matter to the build alone is a
// problem. Left out: files of the build context (shipped_files.h).
#ifndef DFIX_FACTS_BUILD_STAGE_H_
#define DFIX_FACTS_BUILD_STAGE_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "src/context/build_context.h"
#include "src/facts/build_package.h"
#include "src/facts/facts.h"

namespace dfix {

// What a stage builds with, by its image.
enum class Language : uint8_t { kGo, kRust, kC };

struct BuiltProgram {
  std::string path;        // Absolute and clean.
  bool is_folder = false;  // Programs of names that are not known lie in it.
  bool is_static = false;  // Needs no C library.
  // If it is not empty: those of the folder, at any depth, whose names are
  // words in here (a Makefile).
  std::string listing = {};
  bool is_cxx = false;  // May need the library of C++.
};

struct BuildStage {
  // Why it cannot be told what the program needs, and the instruction that is
  // to blame; else empty.
  std::string problem;
  uint32_t problem_at = kNoInstruction;
  std::vector<BuiltProgram> programs;
  // Directories that are made outside the working directory.
  std::vector<std::string> folders;
  // What is removed, outside the working directory or in folders for what is
  // temporary: absolute and clean, maybe patterns; and by which RUN.
  std::vector<std::pair<std::string, uint32_t>> removed;
  uint32_t last_run = kNoInstruction;
  // RUNs that only make users, where programs run that may have them.
  std::vector<uint32_t> users;
  bool has_compiler = false;    // One of C is installed.
  bool writes_sources = false;  // Files may be made among the sources.
  // What has to be installed where the program runs, by the packages that are
  // installed here; and a library that comes with the image.
  std::vector<std::string> packages;
  bool recommended = false;  // With the packages that those recommend.
  std::string library;
};

// What the RUNs of a stage on an image for `language` make. `system` is where
// programs run if packages can be installed there, else null, and so may
// `context` be.
BuildStage ReadBuildStage(const Facts& facts, const BuildContext* context,
                          uint32_t stage, Language language,
                          const RuntimeSystem* system);

}  // namespace dfix

#endif  // DFIX_FACTS_BUILD_STAGE_H_
