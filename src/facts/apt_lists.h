// The package lists of apt (/var/lib/apt/lists) through a build: which steps
// download, need and remove them.
#ifndef DFIX_FACTS_APT_LISTS_H_
#define DFIX_FACTS_APT_LISTS_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "src/facts/facts.h"

namespace dfix {

enum class ListsEvent : uint8_t {
  kRefresh,       // Downloads them.
  kMaybeRefresh,  // May download them: a known installer, ...
  kUse,           // Needs them.
  kMaybeUse,      // May need or download them: a script of the project, a call
                  // that is not understood.
  kPurge,         // Removes them.
};

struct ListsStep {
  uint32_t instruction;  // Index into Facts::instructions().
  NodeId command;        // SimpleCommand, or the instruction if it is opaque.
  ListsEvent event;
  // It happens whenever its RUN succeeds, and to all lists, in the layer.
  bool is_certain = true;
};

// The word after `-c` of a command that is a shell: what that shell runs.
// kNoNode for other commands.
NodeId StringThatShellRuns(const Document& document, NodeId command);

// Whether a string, which may be a script, seems to call apt.
bool MentionsApt(std::string_view text);

// Every step of every RUN that touches the lists, in the order of the file.
std::vector<ListsStep> FindListsSteps(const Facts& facts);

// Whether the lists that are there after step `index` of `steps` are needed by
// a later instruction of the stage or of one based on it: by kUse before the
// lists are downloaded again, or perhaps, by kMaybeUse.
struct LaterNeed {
  enum class Answer : uint8_t { kNo, kPerhaps, kYes };
  Answer answer = Answer::kNo;
  uint32_t instruction = kNoInstruction;  // Who needs them.
};
LaterNeed NeedAfterInstruction(const Facts& facts,
                               const std::vector<ListsStep>& steps,
                               uint32_t instruction);

// The steps that come before instruction `instruction` in its build, nearest
// first: of its stage, then of those that it is based on.
std::vector<ListsStep> StepsBefore(const Facts& facts,
                                   const std::vector<ListsStep>& steps,
                                   uint32_t instruction);

}  // namespace dfix

#endif  // DFIX_FACTS_APT_LISTS_H_
