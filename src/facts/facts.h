// What a Dockerfile means: its instructions in order, stages and their bases,
// what is in force where, and the package manager calls in its scripts.
//
// Computed once per document, which outlives it. Left out: anything that needs
// the build context.
#ifndef DFIX_FACTS_FACTS_H_
#define DFIX_FACTS_FACTS_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "src/facts/package_command.h"
#include "src/facts/suppression.h"
#include "src/syntax/document.h"

namespace dfix {

inline constexpr uint32_t kNoStage = 0xffffffff;
inline constexpr uint32_t kNoInstruction = 0xffffffff;

struct InstructionFacts {
  NodeId node;
  InstructionKind kind;  // For ONBUILD, of the instruction inside.
  NodeId inner;          // For ONBUILD, the instruction inside; else `node`.
  bool onbuild;
  uint32_t stage;  // Index into stages(); kNoStage before the first one.
  NodeId script;   // Script or Opaque of a shell form, or kNoNode.
};

struct Stage {
  NodeId from = kNoNode;  // kNoNode for a file that lacks its FROM.
  std::string name;       // In lower case; empty if it has none.
  // The image that FROM names, variables replaced by the defaults of the ARGs
  // before it; absent if one has no default. A local stage's name for those.
  std::optional<std::string> base;
  uint32_t parent = kNoStage;  // The stage of this file that is its base.
  uint32_t first = 0;          // Its instructions, FROM included: [first, end).
  uint32_t end = 0;
  // Its layers are in the image that the file builds by default: it is the last
  // stage or a base of it.
  bool shipped = false;
};

class Facts {
 public:
  explicit Facts(const Document& document);

  const Document& document() const { return document_; }
  std::span<const InstructionFacts> instructions() const {
    return instructions_;
  }
  std::span<const Stage> stages() const { return stages_; }
  // In the order of the file.
  std::span<const PackageCommand> package_commands() const {
    return package_commands_;
  }
  // The package manager call that the simple command makes, or null.
  const PackageCommand* PackageCommandAt(NodeId simple_command) const;

  // The index of the instruction that `node` is or lies in.
  uint32_t InstructionOf(NodeId node) const;

  // A template for a Dockerfile, such as Jinja's or Go's, and not one itself.
  bool is_template() const { return is_template_; }

  // The names that comments tell to leave alone at `node`.
  std::vector<std::string_view> IgnoredAt(NodeId node) const;

 private:
  void AddInstructions();
  void AddStages();
  void AddStage(uint32_t instruction);
  void AddPackageCommands();

  const Document& document_;
  std::vector<InstructionFacts> instructions_;
  std::vector<Stage> stages_;
  std::vector<PackageCommand> package_commands_;
  std::vector<Suppression> suppressions_;
  bool is_template_ = false;
};

// The value of `name` that the builder replaces or a RUN finds at instruction
// `index`: the last ENV or ARG before it in its stage and the stages that it is
// based on. Absent if it is not set there, or not to a value that the file
// alone tells.
std::optional<std::string> VariableAt(const Facts& facts, uint32_t index,
                                      std::string_view name);

// The argument of the last USER before instruction `index`, in its stage and
// the stages that it is based on; absent if there is none or it is a variable
// without a known value.
std::optional<std::string> UserAt(const Facts& facts, uint32_t index);

// The working directory in force at instruction `index`, from WORKDIRs joined;
// absent if there is none or it cannot be told.
std::optional<std::string> WorkdirAt(const Facts& facts, uint32_t index);

// The index of the last SHELL before `index` that is in force there, or
// kNoInstruction for the default one.
uint32_t ShellInstructionAt(const Facts& facts, uint32_t index);

// The paths of a RUN that are not in its layer: targets of its cache and tmpfs
// mounts, without a final slash.
std::vector<std::string> MountedAway(const Facts& facts, uint32_t index);

// Whether `path` is `directory` or lies in it.
bool IsInside(std::string_view path, std::string_view directory);

// A readable list of all of this, for `dfix dump facts`.
std::string DumpFacts(const Facts& facts);

}  // namespace dfix

#endif  // DFIX_FACTS_FACTS_H_
