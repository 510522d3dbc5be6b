// The verbs of ChangeWriter that edit the script of a shell-form instruction
// as a whole.
#include "src/dockerfile/json_array.h"
#include "src/facts/layout.h"
#include "src/text/source_text.h"
#include "src/transform/sink.h"

namespace dfix {
namespace {

// What goes with a comment at the end of a line.
bool IsTrailing(TokenKind kind) {
  return kind == TokenKind::kShellComment || kind == TokenKind::kWhitespace;
}

}  // namespace

void ChangeWriter::InsertCommentAbove(NodeId instruction,
                                      std::string_view comment) {
  const std::string_view text = document_.text();
  const uint32_t at = InstructionLineBegin(document_, instruction);
  const NodeId top = *document_.Children(NodeId{0}).begin();
  if (document_.Range(top).begin >= at && comment.find('=') != comment.npos) {
    return Refuse("a comment at the top may be read as a parser directive");
  }
  std::string line(LineIndent(text, document_.Range(instruction).begin));
  line += comment;
  line += NewlineStyle(text);
  Replace({at, at}, std::move(line));
}

// Moves the shell's comment behind `script`, if there is one, to a line above.
void ChangeWriter::HoistCommentBehind(NodeId script) {
  const auto comment = CommentBehind(document_, script);
  if (!comment) return;
  if (!CanStandAlone(document_, *comment)) {
    return Refuse("the comment at its end cannot stand alone");
  }
  InsertCommentAbove(document_.Parent(script),
                     WithoutBlanksBehind(document_.Text(*comment)));
  uint32_t i = Index(*comment);
  while (IsTrailing(document_.kind(TokenId{i}))) ++i;
  const TokenId begin{document_.node(script).end_token};
  Replace({document_.Range(begin).begin, document_.Range(TokenId{i}).begin},
          "");
}

void ChangeWriter::ReplaceScript(NodeId script, std::string_view text) {
  const TextRange range = document_.Range(script);
  if (HasComment(document_, range)) {
    return Refuse("a comment stands between its words");
  }
  Replace(range, std::string(text));
  HoistCommentBehind(script);
}

void ChangeWriter::WriteAsJson(NodeId script, std::span<const NodeId> words,
                               std::span<const std::string> values) {
  const std::string_view text = document_.text();
  const TextRange all = document_.Range(script);
  const TextRange before = {all.begin, document_.Range(words[0]).begin};
  const TextRange after = {document_.Range(words.back()).end, all.end};
  if (HasComment(document_, before)) {
    return Refuse("a comment stands before the program");
  }
  if (HasComment(document_, after)) {
    return Refuse("a comment stands behind the last word");
  }
  for (size_t i = 0; i < words.size(); ++i) {
    TextRange range = document_.Range(words[i]);
    if (HasComment(document_, range)) {
      return Refuse("a comment stands inside a word");
    }
    std::string item = (i == 0 ? "[" : "") + EncodeJsonString(values[i]);
    if (i == 0) range.begin = all.begin;
    if (i + 1 == words.size()) {
      item += ']';
      range.end = all.end;
    } else {
      const uint32_t next = document_.Range(words[i + 1]).begin;
      const bool same_line = !HasNewline(text, {range.end, next});
      item += same_line ? ", " : ",";
      if (same_line) range.end = next;
    }
    Replace(range, std::move(item));
  }
  HoistCommentBehind(script);
}

}  // namespace dfix
