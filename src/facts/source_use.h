// Which steps of a build may need files that a COPY brings from the context, or
// alter them: what such a COPY cannot be moved past.
//
// Steps are known not to need them, or they count as those that may.
#ifndef DFIX_FACTS_SOURCE_USE_H_
#define DFIX_FACTS_SOURCE_USE_H_

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "src/facts/facts.h"
#include "src/facts/image_files.h"
#include "src/facts/run_work.h"

namespace dfix {

class SourceUse {
 public:
  // `source` are the COPYs whose files are meant; all are among those of
  // `image`. Everything outlives it.
  SourceUse(const Facts& facts, const ImageFiles& image,
            std::vector<uint32_t> source);

  // Why instruction `index` may need the files, or alter them, or be altered by
  // a COPY that comes later; empty if it cannot.
  std::string NeedOf(uint32_t index) const;
  // The same for all commands in `root`, a part of a script, which begin in
  // `folder`.
  std::string NeedOfCommands(NodeId root, const std::string& folder) const;
  // Whether the COPYs may bring, alter or hold what is at `path`.
  bool Touches(std::string_view path) const;
  // Whether `text`, of an ENV, has the path of a folder that the COPYs bring,
  // or a variable that may be one.
  bool IsNamedIn(std::string_view text) const;
  // Whether something goes where packages have files of their own.
  bool MeetsPackages() const;

 private:
  enum class Operands : uint8_t {
    kNone,   // None of them is a file.
    kWords,  // They are files if they look like it.
    kFiles,  // All are.
  };

  std::string NeedOfCopy(uint32_t index) const;
  std::string NeedOfWorkdir(uint32_t index) const;
  std::string NeedOfVariables() const;
  std::string NeedOfCommand(const ScriptCommand& command,
                            const std::set<std::string>& folders) const;
  std::optional<Operands> OperandsOf(
      const ScriptCommand& command, const std::set<std::string>& folders) const;
  bool IsHarmlessManager(const ScriptCommand& command,
                         const std::string& folder) const;
  bool InCopiedFolder(std::string_view folder) const;
  bool TouchesFile(std::string_view path) const;
  std::string NeedOfRedirections(NodeId command,
                                 const std::set<std::string>& folders) const;
  std::string NeedOfOperand(std::string_view operand, bool is_file,
                            const std::set<std::string>& folders) const;

  const Facts& facts_;
  const ImageFiles& image_;
  std::vector<uint32_t> source_;
  std::vector<CopiedPart> parts_;
  bool sets_owner_ = false;  // One has --chown or --chmod.
};

}  // namespace dfix

#endif  // DFIX_FACTS_SOURCE_USE_H_
