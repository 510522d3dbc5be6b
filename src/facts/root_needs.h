// What in a stage works as root alone: why its program may not do as another
// user, as far as the Dockerfile tells.
//
// Left out: who owns the files that the program writes (program_files.h).
#ifndef DFIX_FACTS_ROOT_NEEDS_H_
#define DFIX_FACTS_ROOT_NEEDS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "src/facts/container_program.h"
#include "src/facts/facts.h"

namespace dfix {

struct RootNeed {
  // The instruction that it is about; `{line}` in `reason` stands for its line.
  uint32_t instruction;
  std::string reason;
  // Whether root is needed; else a person must say whether it is.
  bool certain;
};

// In the order in which they matter: certain ones first, then by instruction.
std::vector<RootNeed> FindRootNeeds(const Facts& facts, uint32_t stage,
                                    const ContainerPrograms& programs);

// Whether something says that the program waits for requests: a port, a health
// check, a server's name.
bool IsService(const Facts& facts, uint32_t stage,
               const ContainerPrograms& programs);

// Whether one of them is a program in a language, rather than a line of code.
bool RunsInterpreter(const ContainerPrograms& programs);

// Whether `text` names something in root's home directory.
bool NamesRootHome(std::string_view text);

}  // namespace dfix

#endif  // DFIX_FACTS_ROOT_NEEDS_H_
