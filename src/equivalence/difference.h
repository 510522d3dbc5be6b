// Where two traces differ, in terms of what an effect is about: commands that
// came or went, words, RUNs that became one.
//
// Every difference is found, or the traces do the same. Left out: which of them
// are legitimate (rules.h).
#ifndef DFIX_EQUIVALENCE_DIFFERENCE_H_
#define DFIX_EQUIVALENCE_DIFFERENCE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "src/equivalence/script.h"
#include "src/equivalence/trace.h"

namespace dfix::equivalence {

// An item of a list, and the compound command whose list that is.
struct Frame {
  const List* list = nullptr;
  uint32_t item = 0;
  const Command* compound = nullptr;  // Null for a script's own list.
  uint32_t part = 0;                  // Which of the lists of `compound`.
  bool in_word = false;               // A substitution's list.
};

// A step, or an item in its script: the frames lead from the script's list to
// the list that the item is in.
struct Place {
  const Step* step = nullptr;
  std::vector<Frame> frames;

  const Frame& frame() const { return frames.back(); }
  const Item& item() const { return frame().list->items[frame().item]; }
};

enum class DifferenceKind : uint8_t {
  kDirectives,    // Who reads the file.
  kStages,        // Number, base, name or platform of stages.
  kStageRemoved,  // `stage` of the trace before.
  kStepAdded,     // A whole instruction.
  kStepRemoved,
  kStepChanged,
  kContextChanged,  // Two RUNs find another shell, user, directory, variable.
  kFlagsChanged,
  kCommandAdded,  // An item of a list.
  kCommandRemoved,
  kCommandChanged,  // Beyond its words.
  kWordsChanged,    // Of a simple command.
  kJoinChanged,     // `;` for `&&`.
  kRunsMerged,      // `before` began a RUN of its own.
  kRunSplit,        // `after` does.
  kConfiguration,   // A value of an image's configuration.
};

struct Difference {
  DifferenceKind kind;
  // One of them has no step for what was added or removed.
  Place before = {};
  Place after = {};
  // Of kWordsChanged.
  const Command* command_before = nullptr;
  const Command* command_after = nullptr;
  // Of kStages, kStageRemoved and kConfiguration, by the trace before. For
  // kStages `stage_after` is the same one by the trace after.
  uint32_t stage = kNone;
  uint32_t stage_after = kNone;
  std::string name = {};
  // Of kRunsMerged: the script of `before` is a subshell now.
  bool in_subshell = false;
};

std::vector<Difference> FindDifferences(const Trace& before,
                                        const Trace& after);

}  // namespace dfix::equivalence

#endif  // DFIX_EQUIVALENCE_DIFFERENCE_H_
