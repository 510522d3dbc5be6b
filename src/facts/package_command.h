// Package manager calls in scripts: `sudo apt-get -qq install -y curl`.
//
// Recognised at any depth of a script and behind the usual prefixes (`sudo`,
// `env X=y`, assignments, `exec`, `nice`, `timeout 30`, ...). What stands
// inside a string (`sh -c "..."`) is not a command here.
#ifndef DFIX_FACTS_PACKAGE_COMMAND_H_
#define DFIX_FACTS_PACKAGE_COMMAND_H_

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "src/syntax/document.h"

namespace dfix {

enum class PackageManager : uint8_t { kApt, kAptGet, kAptitude };

// What a call does, as far as transforms care.
enum class PackageVerb : uint8_t {
  kNone,     // No verb: `apt-get --version`.
  kRefresh,  // Downloads package lists.
  kInstall,
  kUpgrade,
  kRemove,
  kClean,       // Removes downloaded packages, keeps the lists.
  kPurgeLists,  // Removes the lists.
  kQuery,       // Reads the lists and installs nothing.
  kOther,
};

struct PackageCommand {
  uint32_t instruction;  // Index into Facts::instructions().
  NodeId command;        // SimpleCommand
  NodeId prefix;         // The `sudo` word before it, or kNoNode.
  NodeId program;        // The word `apt-get`.
  NodeId verb_word;      // The word `install`, or kNoNode.
  PackageManager manager;
  PackageVerb verb;
  std::vector<NodeId> options;     // With the arguments that they take.
  std::vector<NodeId> operands;    // The packages of an install.
  bool assumes_yes = false;        // -y and everything that implies it.
  bool skips_recommended = false;  // Said so either way, or on.
  bool only_simulates = false;     // Changes nothing: -s, --print-uris, -d.
  bool refreshes_first = false;    // install --update
  bool operands_unknown = false;   // More words come from xargs.
};

// The call that `command` (a SimpleCommand of instruction `instruction`) makes,
// if it calls a package manager.
std::optional<PackageCommand> ParsePackageCommand(const Document& document,
                                                  NodeId command,
                                                  uint32_t instruction);

// The words of a simple command from the program on that it really runs:
// without assignments and without prefixes such as `sudo` or `env`. Empty if
// it runs none that is known. `sudo`, if not null, receives the `sudo` word or
// kNoNode; `from_xargs` whether words are added at run time.
std::vector<NodeId> ProgramWords(const Document& document, NodeId command,
                                 NodeId* sudo = nullptr,
                                 bool* from_xargs = nullptr);

// The last component of a path, as a shell finds `/usr/bin/apt-get`.
std::string_view Basename(std::string_view path);

}  // namespace dfix

#endif  // DFIX_FACTS_PACKAGE_COMMAND_H_
