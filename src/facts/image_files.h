// Where files of the image come from, as far as the COPY and ADD instructions
// of a stage tell.
#ifndef DFIX_FACTS_IMAGE_FILES_H_
#define DFIX_FACTS_IMAGE_FILES_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "src/context/build_context.h"
#include "src/facts/copy_step.h"
#include "src/facts/facts.h"

namespace dfix {

// A file or folder of the image that is copied from the build context.
struct ImageFile {
  std::string target;    // Its path in the image.
  std::string source;    // Its path in the context.
  uint32_t instruction;  // What copies it.
  EntryKind kind;
};

// What is there before instruction `end` of its stage. Without a context every
// file that could be copied counts as one that is: names decide.
class ImageFiles {
 public:
  ImageFiles(const Facts& facts, const BuildContext* context, uint32_t end);

  bool has_context() const { return context_ != nullptr; }
  // All that is copied, in the order of the file.
  const std::vector<CopiedPart>& parts() const { return parts_; }
  // Those of one instruction.
  std::vector<CopiedPart> PartsOf(uint32_t instruction) const;

  // The file or folder at `target`, of the last instruction that copies it.
  std::optional<ImageFile> Find(std::string_view target) const;
  // The same, of `parts` alone.
  std::optional<ImageFile> FindAmong(std::span<const CopiedPart> parts,
                                     std::string_view target) const;
  // All files in the folder `target` at any depth; none without a context.
  std::vector<ImageFile> FilesBelow(std::string_view target) const;
  // Whether copying the folder `part` may bring or alter what is at `target`,
  // which lies in it; by the context, if there is one.
  bool MayBring(const CopiedPart& part, std::string_view target) const;
  // Why it cannot be told what is at `target`: a COPY that may bring it is not
  // understood. Empty if it can be told.
  std::string ProblemAt(std::string_view target) const;
  // The bytes of a file; absent without a context, too.
  std::optional<std::string> Read(const ImageFile& file) const;

 private:
  const BuildContext* context_;
  std::vector<CopiedPart> parts_;
  // Steps of which that is not known.
  std::vector<CopyStep> unknown_;
};

}  // namespace dfix

#endif  // DFIX_FACTS_IMAGE_FILES_H_
