#include "src/dockerfile/parser.h"

#include <string>
#include <string_view>
#include <utility>

#include "src/dockerfile/characters.h"
#include "src/dockerfile/directives.h"
#include "src/dockerfile/instruction_parser.h"
#include "src/dockerfile/logical_line.h"
#include "src/syntax/tree_builder.h"

namespace dfix {
namespace {

constexpr std::string_view kBom = "\xef\xbb\xbf";

// Adds an Error node for what is left of `line`, with a fatal error.
void AddRefusedLine(TreeBuilder& builder, const PhysicalLine& line,
                    std::string message) {
  const TextRange range = {builder.end(), line.content_end};
  const NodeId node = builder.Open(NodeKind::kError);
  builder.node(node).flags |= kNodeError;
  builder.Add(TokenKind::kUnknown, line.content_end);
  builder.Close();
  builder.AddError(range, std::move(message), true);
  AddLineEnd(builder, line.end);
}

// Whether the line at the builder's end is too long for BuildKit, to which the
// byte order mark is part of it.
bool NextIsTooLong(const TreeBuilder& builder, PhysicalLine line) {
  if (builder.tokens().size() == 1 &&
      builder.tokens()[0].kind == TokenKind::kBom) {
    line.begin = 0;
  }
  return IsTooLong(builder.text(), line);
}

// Adds the directives. Returns the escape character that is in force
// afterwards.
char AddDirectives(TreeBuilder& builder) {
  const std::string_view text = builder.text();
  DirectiveReader directives;
  while (builder.end() < text.size()) {
    const PhysicalLine line = ReadPhysicalLine(text, builder.end());
    const size_t begin = SkipSpace(text, line.begin, line.content_end);
    const auto offset = static_cast<uint32_t>(begin);
    if (begin == line.content_end || text[begin] != '#' ||
        NextIsTooLong(builder, line)) {
      break;
    }
    DirectiveReader::Result result =
        directives.Read(Slice(text, {offset, line.content_end}));
    if (!result.is_directive) break;
    builder.Add(TokenKind::kWhitespace, offset);
    if (!result.error.empty()) {
      AddRefusedLine(builder, line, std::move(result.error));
      continue;
    }
    builder.Add(TokenKind::kDirective, line.content_end);
    AddLineEnd(builder, line.end);
  }
  return directives.escape();
}

// Adds the next line outside an instruction, or the next instruction.
void AddLine(TreeBuilder& builder, InstructionParser& instructions) {
  const std::string_view text = builder.text();
  const PhysicalLine line = ReadPhysicalLine(text, builder.end());
  const auto begin =
      static_cast<uint32_t>(SkipSpace(text, line.begin, line.content_end));
  if (NextIsTooLong(builder, line)) {
    AddRefusedLine(builder, line,
                   "line is longer than 65535 bytes, which BuildKit cannot "
                   "read; break it with a line continuation");
  } else if (begin == line.content_end) {
    AddLineEnd(builder, line.end);
  } else if (text[begin] == '#') {
    builder.Add(TokenKind::kWhitespace, begin);
    builder.Add(TokenKind::kComment, line.content_end);
    instructions.OnComment(Slice(text, {begin, line.content_end}));
    AddLineEnd(builder, line.end);
  } else {
    builder.Add(TokenKind::kWhitespace, begin);
    instructions.Parse(begin);
  }
}

bool HasInstruction(const TreeBuilder& builder) {
  for (const Node& node : builder.nodes()) {
    if (node.kind != NodeKind::kFile) return true;
  }
  return false;
}

}  // namespace

Document ParseDockerfile(std::string text) {
  TreeBuilder builder(std::move(text));
  builder.Open(NodeKind::kFile);
  if (builder.text().starts_with(kBom)) {
    builder.Add(TokenKind::kBom, static_cast<uint32_t>(kBom.size()));
  }
  const char escape = AddDirectives(builder);
  builder.set_escape(escape);
  InstructionParser instructions(builder, escape);
  while (builder.end() < builder.text().size()) {
    AddLine(builder, instructions);
  }
  if (!HasInstruction(builder)) {
    builder.AddError({0, builder.end()},
                     "file has no instructions; it needs a `FROM` at least",
                     true);
  }
  return builder.Finish();
}

}  // namespace dfix
