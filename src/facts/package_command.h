// Package manager calls in scripts: `sudo apt-get -qq install -y curl`, read
// by what package_manager.h knows.
//
// Recognised at any depth of a script and behind the usual prefixes (`sudo`,
// `env X=y`, assignments, `exec`, `nice`, `timeout 30`, ...). What stands
// inside a string (`sh -c "..."`) is not a command here.
#ifndef DFIX_FACTS_PACKAGE_COMMAND_H_
#define DFIX_FACTS_PACKAGE_COMMAND_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "src/facts/package_manager.h"
#include "src/syntax/document.h"

namespace dfix {

struct PackageCommand {
  const PackageManager* manager;
  uint32_t instruction;  // Index into Facts::instructions().
  NodeId command;        // SimpleCommand
  NodeId prefix;         // The `sudo` word before it, or kNoNode.
  NodeId program;        // The word `apt-get`, or `pip` of `python -m pip`.
  NodeId first_word;     // Where the program begins: `apt-get`, `python`.
  NodeId verb_word;      // The last word of the verb, or kNoNode.
  PackageVerb verb;
  std::vector<NodeId> options;    // With the arguments that they take.
  std::vector<NodeId> operands;   // The packages of an install.
  CallTraits traits;              // What its options make of it.
  bool operands_unknown = false;  // More words come from xargs.
};

// The call that `command` (a SimpleCommand of instruction `instruction`) makes,
// if it calls one of `managers`, which outlive it.
std::optional<PackageCommand> ParsePackageCommand(
    const Document& document, NodeId command, uint32_t instruction,
    std::span<const PackageManager> managers);

// The words of a simple command from the program on that it really runs:
// without assignments and without prefixes such as `sudo` or `env`. Empty if
// it runs none that is known. `sudo`, if not null, receives the `sudo` word or
// kNoNode; `from_xargs` whether words are added at run time.
std::vector<NodeId> ProgramWords(const Document& document, NodeId command,
                                 NodeId* sudo = nullptr,
                                 bool* from_xargs = nullptr);

}  // namespace dfix

#endif  // DFIX_FACTS_PACKAGE_COMMAND_H_
