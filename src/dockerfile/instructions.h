// Typed views of a Dockerfile's instructions: a document and a node.
//
// Values are those of BuildKit's parser: line continuations are gone, variables
// still stand. A view is valid as long as its document. Left out: what a value
// means for the build (src/facts).
#ifndef DFIX_DOCKERFILE_INSTRUCTIONS_H_
#define DFIX_DOCKERFILE_INSTRUCTIONS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "src/dockerfile/heredoc.h"
#include "src/syntax/document.h"

namespace dfix {

// A flag without its quotes and escapes. `value` is absent without a `=`.
struct InstructionFlag {
  NodeId node;
  std::string name;  // With its `--`.
  std::optional<std::string> value;
};

// A pair of ENV, LABEL or ARG, with quotes and escapes as they are written.
// `value` is absent for an ARG without default.
struct KeyValuePair {
  NodeId node;
  std::string key;
  std::optional<std::string> value;
  bool is_legacy = false;  // `ENV key value`
};

struct InstructionHeredoc {
  HeredocWord word;
  HeredocBody body;
};

class Instruction {
 public:
  // `id` is an Instruction node.
  Instruction(const Document& document, NodeId id)
      : document_(&document), id_(id) {}

  const Document& document() const { return *document_; }
  NodeId id() const { return id_; }
  InstructionKind kind() const {
    return static_cast<InstructionKind>(document_->node(id_).aux);
  }
  bool is_json() const { return document_->node(id_).flags & kNodeJson; }

  // The first word, as it is written.
  std::string Keyword() const;
  // The flags in order.
  std::vector<InstructionFlag> Flags() const;
  // The first flag of that name, which begins with `--`.
  std::optional<InstructionFlag> FindFlag(std::string_view name) const;
  // All after the keyword and the flags, without white space at both ends and
  // without heredoc bodies.
  std::string ArgumentText() const;
  // The words after the flags (FROM, COPY, EXPOSE, ARG, ...) or the strings of
  // a JSON array, decoded. For HEALTHCHECK the type comes first. What a shell
  // reads is no argument.
  std::vector<std::string> Arguments() const;
  // The nodes of Arguments: Argument or JsonString.
  std::vector<NodeId> ArgumentNodes() const;
  // The pairs of ENV, LABEL and ARG; empty for others.
  std::vector<KeyValuePair> Pairs() const;
  // The Script or Opaque node of a shell form, that of a heredoc that is a
  // script included; kNoNode if there is none.
  NodeId Script() const;
  // The heredocs that BuildKit reads for it. For ONBUILD, those of the
  // instruction inside.
  std::vector<InstructionHeredoc> Heredocs() const;
  // The instruction inside ONBUILD.
  std::optional<Instruction> Trigger() const;
  // All of it that BuildKit takes for its line: continuations are gone, white
  // space at the end is not, heredoc bodies are left out.
  std::string LogicalLineText() const;
  // From its begin, a line continuation before its keyword included, to the
  // end of its last line, heredoc bodies included, without the line end.
  TextRange Lines() const;

 private:
  const Document* document_;
  NodeId id_;
};

// FROM's parts, as they are written.
struct FromParts {
  std::string image;
  std::string platform;  // Empty without the flag.
  std::string stage;     // Empty without `AS`.
};

// The file's instructions in order, without those that BuildKit refuses.
std::vector<Instruction> Instructions(const Document& document);

// The parts of a FROM; absent if it has neither one word nor `image AS name`.
std::optional<FromParts> PartsOfFrom(const Instruction& from);

// The logical text of the tokens of `kind` in `node`.
std::string TokensText(const Document& document, NodeId node, TokenKind kind);

}  // namespace dfix

#endif  // DFIX_DOCKERFILE_INSTRUCTIONS_H_
