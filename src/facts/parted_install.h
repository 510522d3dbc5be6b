// Calls of `composer install` that write an autoloader for the code and run its
// scripts, and how to part that from the download, which needs no code.
//
// Only those are found that could come before the COPY of the code then.
#ifndef DFIX_FACTS_PARTED_INSTALL_H_
#define DFIX_FACTS_PARTED_INSTALL_H_

#include <cstdint>
#include <string>
#include <vector>

#include "src/context/build_context.h"
#include "src/facts/facts.h"

namespace dfix {

struct PartedInstall {
  uint32_t instruction;
  NodeId verb_word;
  std::string options;  // To be added behind the verb.
  NodeId and_or;        // The list that the call is in.
  NodeId next;          // The pipeline behind it, or kNoNode.
  std::string command;  // To be run behind the call, after `&&`.
};

// Empty without a context, or with one that was guessed.
std::vector<PartedInstall> FindPartedInstalls(const Facts& facts,
                                              const BuildContext* context);

}  // namespace dfix

#endif  // DFIX_FACTS_PARTED_INSTALL_H_
