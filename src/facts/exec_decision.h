// What is to become of a shell-form CMD, ENTRYPOINT or HEALTHCHECK: JSON, the
// JSON that it was meant to be, `exec` in its shell, or what it is.
//
// The container's command is judged as one program (container_command.h). A
// HEALTHCHECK is run by the SHELL of the image, whatever was in force at its
// line.
#ifndef DFIX_FACTS_EXEC_DECISION_H_
#define DFIX_FACTS_EXEC_DECISION_H_

#include <cstdint>
#include <string>
#include <vector>

#include "src/facts/exec_form.h"
#include "src/facts/facts.h"

namespace dfix {

struct ExecDecision {
  enum class Kind : uint8_t {
    kNothing,     // It has no shell form.
    kLeaveAlone,  // For the reason in `message`.
    kConvert,     // `form` has all words and values.
    kReplace,     // The array is not quite JSON, or quoted as a whole.
    kInsertExec,  // Before `form.words[0]`.
  };
  // How sure it is that what runs stays the same.
  enum class Trust : uint8_t {
    kSame,      // It does.
    kSignals,   // But for who gets signals and arguments.
    kInferred,  // If the image or a script does what it seems to.
  };
  Kind kind = Kind::kNothing;
  Trust trust = Trust::kSignals;
  std::string message;  // What, then why; `{line}` stands for `related`'s.
  uint32_t related = kNoInstruction;
  ExecForm form;
  std::vector<std::string> values;  // Of kReplace.
  std::string comment;  // Of kReplace: to go above, from `#` on, or empty.
};

ExecDecision DecideExecForm(const Facts& facts, uint32_t instruction);

}  // namespace dfix

#endif  // DFIX_FACTS_EXEC_DECISION_H_
