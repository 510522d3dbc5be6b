// Which files and directories of an image its program writes, as far as the
// Dockerfile tells: its working directory, volumes, and what variables and
// arguments name. A user other than root must own them.
#ifndef DFIX_FACTS_PROGRAM_FILES_H_
#define DFIX_FACTS_PROGRAM_FILES_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "src/facts/container_program.h"
#include "src/facts/facts.h"
#include "src/facts/root_needs.h"

namespace dfix {

// Directories that a RUN makes.
struct MadeDirectories {
  uint32_t instruction;
  NodeId and_or;                   // The list of commands that makes them.
  // As the script has them, or whole paths if it changes the directory.
  std::vector<std::string> words;
};

struct ProgramFiles {
  // The directory that the program starts in; empty if the file does not say,
  // or if it is one of the system's.
  std::string workdir;
  // The WORKDIR that makes it, or kNoInstruction.
  uint32_t workdir_instruction = kNoInstruction;
  // The file gives it to the user already.
  bool owns_workdir = false;
  // Beside it: volumes, and directories that variables name, which no
  // instruction makes.
  std::vector<std::string> directories;
  // The COPYs and ADDs of the stage itself into them, without an owner.
  std::vector<uint32_t> copies;
  // RUNs that make directories for data.
  std::vector<MadeDirectories> made;
  // What stands against it, and what a person must know.
  std::vector<RootNeed> needs;
};

// `user` is the one that the file makes or uses already, whose files are as
// they should be; empty if there is none.
ProgramFiles FindProgramFiles(const Facts& facts, uint32_t stage,
                              const ContainerPrograms& programs,
                              std::string_view user);

// Whether `path` is a directory that systems have, and not one application's.
bool IsSystemDirectory(std::string_view path);

// Where COPY or ADD `index` puts its files: an absolute path without a final
// slash, or empty if it cannot be told.
std::string CopyTarget(const Facts& facts, uint32_t index);

}  // namespace dfix

#endif  // DFIX_FACTS_PROGRAM_FILES_H_
