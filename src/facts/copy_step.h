// What COPY and ADD take from the build context, and where in the image it
// goes.
//
// By BuildKit's rules: sources are relative to the context whatever they begin
// with, `*`, `?` and `[a-z]` are matched as in Go, the content of a folder is
// copied and not the folder. Left out: links inside the image.
#ifndef DFIX_FACTS_COPY_STEP_H_
#define DFIX_FACTS_COPY_STEP_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "src/context/build_context.h"
#include "src/facts/facts.h"

namespace dfix {

struct CopyStep {
  uint32_t instruction;
  bool from_context = true;  // Else from a stage, an image or a named context.
  // Why it cannot be told what goes where; then the rest means little.
  std::string problem;
  // Variables replaced, clean, relative to the context; `.` for all of it.
  std::vector<std::string> sources;
  // Absolute and clean; empty if it cannot be told. Known with some problems,
  // too.
  std::string destination;
  // Files go into it by their names: it ends with a slash, or is a folder for
  // certain.
  bool into_folder = false;
};

// What the COPY or ADD at `index` does; absent for other instructions and
// inside ONBUILD.
std::optional<CopyStep> CopyStepAt(const Facts& facts, uint32_t index);

// A file of the context, or a folder with all that is in it, and the path of
// the image that it gets.
struct CopiedPart {
  uint32_t instruction;
  std::string source;
  std::string target;
  bool is_folder;
};

// What `step` copies, by what is in `context`: absent if a source is not there
// or cannot be told.
std::optional<std::vector<CopiedPart>> CopiedParts(const CopyStep& step,
                                                   const BuildContext& context);

// The text of the file at `path`, absolute and clean, of the image, as the
// last of the steps [first, end) that copies it from `context` has it; absent
// if none does, or not for certain.
std::optional<std::string> ReadCopied(const Facts& facts,
                                      const BuildContext& context,
                                      uint32_t first, uint32_t end,
                                      std::string_view path);

// Whether `source` (of a step) has characters that are matched and not taken as
// they are.
bool HasWildcard(std::string_view source);

// Whether something in the context is what `source` names; true also where that
// cannot be told.
bool MayExist(const BuildContext& context, std::string_view source);

}  // namespace dfix

#endif  // DFIX_FACTS_COPY_STEP_H_
