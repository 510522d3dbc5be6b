// Parses one instruction after the other into a tree.
#ifndef DFIX_DOCKERFILE_INSTRUCTION_PARSER_H_
#define DFIX_DOCKERFILE_INSTRUCTION_PARSER_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "src/dockerfile/arguments.h"
#include "src/dockerfile/heredoc.h"
#include "src/dockerfile/json_array.h"
#include "src/dockerfile/logical_line.h"
#include "src/dockerfile/shell_in_force.h"
#include "src/dockerfile/token_writer.h"
#include "src/syntax/tree_builder.h"

namespace dfix {

// Adds the tokens of a line end to `builder`, from its end to `end`: white
// space, then a Newline if there is one.
void AddLineEnd(TreeBuilder& builder, uint32_t end);

class InstructionParser {
 public:
  InstructionParser(TreeBuilder& builder, char escape)
      : builder_(builder), escape_(escape), shell_(escape) {}

  // Adds the instruction whose first character, which is not white space, is at
  // `begin`, the builder's end: an Instruction node, or an Error node with a
  // fatal error, and the tokens up to the begin of the next line, which is
  // returned.
  uint32_t Parse(uint32_t begin);

  // Sees a comment between instructions; it may name a shell.
  void OnComment(std::string_view comment) { shell_.OnComment(comment); }

 private:
  // A span of the logical line's text.
  struct Span {
    size_t begin;
    size_t end;
    bool empty() const { return begin == end; }
  };

  // The Parse... functions return false after Fail.
  bool ParseStatement(TokenWriter& writer);
  bool ParseNested(TokenWriter& writer, Span statement, int depth);
  size_t AddFlags(TokenWriter& writer, size_t begin, size_t end);
  bool ParseArguments(TokenWriter& writer, NodeId node, Span arguments,
                      bool may_have_heredocs);
  bool ParseJson(TokenWriter& writer, NodeId node, Span arguments,
                 bool& is_json);
  bool ParseKeyValues(TokenWriter& writer, NodeId node, Span arguments);
  bool ParseHealthcheck(TokenWriter& writer, NodeId node, Span arguments);
  void AddWords(TokenWriter& writer, Span arguments);
  void AddList(TokenWriter& writer, Span arguments);
  void AddArgument(TokenWriter& writer, Span argument, TokenKind kind);
  void AddKeyValue(TokenWriter& writer, const WordRange& word, size_t equals);
  void AddUnread(TokenWriter& writer, Span arguments);
  void AddJsonArray(TokenWriter& writer, Span arguments);
  void AddScript(TokenWriter& writer, Span script);
  bool FindBodies();
  void AddRun(TokenWriter& writer, Span arguments);
  void AddRunWithBodies(TokenWriter& writer, Span arguments);
  void AddBodies(TokenWriter& writer, bool first_is_script);
  void AddBodyScript(const HeredocWord& heredoc, TextRange content);
  void FollowShell(NodeId node, Span arguments);
  void FollowFrom(Span arguments);
  void AddRest(TokenWriter& writer);
  void AddRefused(TreeBuilder::Checkpoint mark);
  bool Fail(TextRange range, std::string message);
  bool Fail(Span span, std::string message);

  std::string_view Text(Span span) const {
    return line_.text().substr(span.begin, span.end - span.begin);
  }
  TextRange FileRange(Span span);
  void MarkSplit(NodeId node);

  TreeBuilder& builder_;
  const char escape_;
  ShellInForce shell_;

  // Of the instruction at hand; members so that their memory is reused.
  LogicalLine line_;
  uint32_t end_ = 0;
  bool has_bodies_ = false;
  std::vector<FlagRange> flags_;
  std::vector<WordRange> words_;
  std::vector<JsonStringRange> strings_;
  std::vector<HeredocWord> heredocs_;
  std::vector<HeredocBody> bodies_;
  std::vector<TextRange> pieces_;
  TextRange error_range_;
  std::string error_;
};

}  // namespace dfix

#endif  // DFIX_DOCKERFILE_INSTRUCTION_PARSER_H_
