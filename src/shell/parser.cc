#include "src/shell/parser.h"

#include <string>

#include "src/shell/script_parser.h"
#include "src/syntax/logical_reader.h"

namespace dfix {
namespace {

// One attempt; on failure the builder is as before.
bool TryParse(TreeBuilder& builder, std::span<const TextRange> pieces,
              ShellDialect dialect, ShellDialect rules, ParseError* error) {
  const TreeBuilder::Checkpoint mark = builder.Mark();
  ScriptParser parser(builder, pieces, rules);
  if (!parser.ParseScriptNode(dialect)) {
    *error = parser.error();
    builder.Rewind(mark);
    return false;
  }
  return true;
}

void AddOpaque(TreeBuilder& builder, std::span<const TextRange> pieces,
               ShellDialect dialect) {
  builder.Open(NodeKind::kOpaque, static_cast<uint16_t>(dialect));
  if (!pieces.empty()) {
    LogicalReader writer(builder.text(), pieces);
    writer.AddToken(builder, TokenKind::kShellText,
                    {static_cast<uint32_t>(pieces.size()), pieces.back().end});
  }
  builder.Close();
}

}  // namespace

void ParseScript(TreeBuilder& builder, std::span<const TextRange> pieces,
                 ShellDialect dialect) {
  if (dialect == ShellDialect::kNone) {
    AddOpaque(builder, pieces, dialect);
    return;
  }
  ParseError error;
  if (TryParse(builder, pieces, dialect, dialect, &error)) return;
  if (dialect == ShellDialect::kPosix) {
    ParseError bash_error;
    if (TryParse(builder, pieces, dialect, ShellDialect::kBash, &bash_error)) {
      return;
    }
  }
  AddOpaque(builder, pieces, dialect);
  builder.AddError(error.range, "script not understood: " + error.message,
                   false);
}

}  // namespace dfix
