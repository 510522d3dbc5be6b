// What a Dockerfile makes a builder do, stage by stage and step by step, and
// the configuration of the images that come out.
//
// Computed from a document alone, which outlives the trace. A step says what it
// does in terms of what is in force there (shell, user, directory, variables,
// destinations resolved), so that equal traces are equal builds. Scripts are
// read when they are asked for.
#ifndef DFIX_EQUIVALENCE_TRACE_H_
#define DFIX_EQUIVALENCE_TRACE_H_

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "src/equivalence/script.h"
#include "src/syntax/document.h"

namespace dfix::equivalence {

inline constexpr uint32_t kNone = 0xffffffff;

struct Variable {
  std::string value;
  bool known = false;        // Else `value` is as it is written.
  bool is_argument = false;  // ARG, which is not in the image.
};

// What is in force at a step.
struct Context {
  std::vector<std::string> shell;  // Empty for the default one.
  std::string user;                // Empty for the base image's.
  std::string workdir;             // Begins with `<base>` if the base's counts.
  std::map<std::string, Variable, std::less<>> variables;
  uint64_t variables_hash = 0;
  uint64_t hash = 0;  // Of all of them.
};

struct Step {
  InstructionKind kind = InstructionKind::kUnknown;  // Inside ONBUILD.
  bool onbuild = false;
  bool json = false;
  bool heredoc = false;  // A RUN whose script is a heredoc.
  NodeId node = kNoNode;
  NodeId script = kNoNode;  // Script or Opaque.
  uint32_t stage = 0;
  uint32_t context = 0;
  uint32_t from = kNone;  // The stage of `COPY --from`, which is not in flags.
  std::vector<std::string> flags;      // In order; `--name=value`.
  std::vector<std::string> arguments;  // Resolved as far as the file tells.
  // Equal only for steps that do the same but for `from`.
  uint64_t hash = 0;
};

struct Stage {
  std::string base;  // As FROM has it; empty for what comes before it.
  // The same with the defaults of the ARGs before the first FROM, as far as
  // they have some.
  std::string image;
  std::string name;  // In lower case.
  std::string platform;
  uint32_t parent = kNone;  // The stage of this file that is its base.
  uint32_t first = 0;       // Its steps: [first, end). FROM is none.
  uint32_t end = 0;
  uint32_t final_context = 0;
};

class Trace {
 public:
  explicit Trace(const Document& document);

  const Document& document() const { return document_; }
  // The parser directives but `escape`: who reads the file, and how strictly.
  const std::string& directives() const { return directives_; }
  // The first one holds what stands before the first FROM.
  std::span<const Stage> stages() const { return stages_; }
  std::span<const Step> steps() const { return steps_; }
  const Context& ContextOf(const Step& step) const {
    return contexts_[step.context];
  }
  const Context& FinalContext(const Stage& stage) const {
    return contexts_[stage.final_context];
  }
  uint32_t IndexOf(const Step& step) const {
    return static_cast<uint32_t>(&step - steps_.data());
  }

  // The commands of a step that has a script which was understood, else null.
  const List* ScriptOf(const Step& step) const;
  // The same for a step with hash and script: also those of an opaque script,
  // by its text.
  uint64_t ContentHash(const Step& step) const;

  // The final configuration of a stage: `Env PATH`, `Cmd`, `Label x`, ... with
  // what the base image says left out.
  std::map<std::string, std::string> Configuration(uint32_t stage) const;
  // The last CMD or ENTRYPOINT in effect at the end of a stage, by BuildKit's
  // rules: an ENTRYPOINT drops the CMD of the base. `known` is false if it is
  // whatever the base image or a trigger says.
  struct Half {
    const Step* step = nullptr;
    bool known = true;
  };
  Half HalfOf(uint32_t stage, InstructionKind kind) const;

  // All of this as a text, for people.
  std::string Dump() const;

 private:
  void ReadDirectives();
  void AddStage(NodeId from);
  void AddStep(NodeId node);
  void ResolveFrom(Step& step) const;
  void Apply(const Step& step);
  Context& Change();
  void Set(const std::string& name, Variable variable);
  // Absent if it depends on a variable that is not known. With `with_defaults`
  // those of ARGs are.
  std::optional<std::string> Expand(std::string_view word,
                                    const Context& context,
                                    bool with_defaults) const;
  std::string Resolve(std::string_view word) const;
  std::string ResolvePath(std::string_view path) const;

  const Document& document_;
  std::string directives_;
  std::vector<Stage> stages_;
  std::vector<Step> steps_;
  std::vector<Context> contexts_;
  mutable std::vector<std::unique_ptr<List>> scripts_;  // By step.
};

// The name of an instruction with its arguments, as Dump shows it.
std::string DescribeStep(const Trace& trace, const Step& step);

}  // namespace dfix::equivalence

#endif  // DFIX_EQUIVALENCE_TRACE_H_
