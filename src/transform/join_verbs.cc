// The verbs of ChangeWriter that make one RUN of several.
#include <algorithm>
#include <optional>

#include "src/dockerfile/instructions.h"
#include "src/facts/layout.h"
#include "src/shell/views.h"
#include "src/shell/words.h"
#include "src/text/source_text.h"
#include "src/transform/sink.h"

namespace dfix {
namespace {

NodeId FirstStatement(const Document& document, NodeId script) {
  return document.Child(script, NodeKind::kAndOr);
}

NodeId LastStatement(const Document& document, NodeId script) {
  NodeId last = kNoNode;
  for (const NodeId and_or : AndOrs(document, script)) last = and_or;
  return last;
}

// The end of the script without a `;` that closes its last statement.
uint32_t EndOfCommands(const Document& document, NodeId script) {
  uint32_t end = document.Range(script).end;
  const NodeId last = LastStatement(document, script);
  for (const ChainLink& link : AndOr{&document, last}.pipelines()) {
    end = document.Range(link.node).end;
  }
  return end;
}

// Where the part of the script that stays begins.
uint32_t BeginOfCommands(const Document& document, NodeId script,
                         NodeId dropped) {
  for (const NodeId and_or : AndOrs(document, script)) {
    if (and_or == dropped) continue;
    for (const ChainLink& link : AndOr{&document, and_or}.pipelines()) {
      if (link.node != dropped) return document.Range(link.node).begin;
    }
  }
  return document.Range(script).end;
}

// The indent of the statements that stand on lines of their own.
std::string IndentOfStatements(const Document& document,
                               std::span<const NodeId> scripts) {
  for (const NodeId script : scripts) {
    for (const NodeId and_or : AndOrs(document, script)) {
      const uint32_t begin = document.Range(and_or).begin;
      const std::string_view indent = LineIndent(document.text(), begin);
      const bool begins_line =
          LineBegin(document.text(), begin) + indent.size() == begin;
      if (begins_line && !indent.empty()) return std::string(indent);
    }
  }
  return "    ";
}

// The layout of the first script that has one of its own, or else what fits
// the first script best.
ListLayout LayoutOfRuns(const Document& document,
                        std::span<const NodeId> scripts) {
  for (const NodeId script : scripts) {
    const NodeId and_or = LastStatement(document, script);
    if (!HasNewline(document.text(), document.Range(and_or))) continue;
    ListLayout layout = LayoutOfList(document, and_or);
    if (layout.multi_line) return layout;
  }
  ListLayout layout =
      LayoutOfList(document, LastStatement(document, scripts[0]));
  const NodeId own[] = {scripts[0]};
  if (AndOrs(document, scripts[0]).size() > 1) {
    layout.indent = IndentOfStatements(document, own);
  }
  return layout;
}

// The begin of a physical line of a script, behind a line continuation.
struct ContinuedLine {
  TextRange blanks;
  bool is_command;  // `&&` or `||`, a command behind one, or a comment above.
  bool is_comment;
};

// The lines of `script` but its first one. Those that begin inside a word are
// left out: their blanks are part of it.
std::vector<ContinuedLine> ContinuedLines(const Document& document,
                                          NodeId script) {
  std::vector<ContinuedLine> lines;
  bool line_begins = false;
  TextRange blanks;
  for (const TokenId token : document.Tokens(script)) {
    const TokenKind kind = document.kind(token);
    const TextRange range = document.Range(token);
    if (kind == TokenKind::kLineContinuation ||
        kind == TokenKind::kContinuationNewline) {
      line_begins = true;
      blanks = {range.end, range.end};
      continue;
    }
    if (!line_begins) continue;
    if (kind == TokenKind::kWhitespace) {
      blanks = range;
      continue;
    }
    line_begins = false;
    if (blanks.begin == blanks.end) continue;
    const bool joins =
        kind == TokenKind::kOperator &&
        (OperatorOf(document.token(token)) == ShellOperator::kAnd ||
         OperatorOf(document.token(token)) == ShellOperator::kOr);
    lines.push_back({blanks, joins, kind == TokenKind::kComment});
  }
  return lines;
}

// Marks the lines on which a command of the list begins.
void MarkCommands(const Document& document, NodeId and_or,
                  std::vector<ContinuedLine>& lines) {
  for (const ChainLink& link : AndOr{&document, and_or}.pipelines()) {
    const uint32_t begin = document.Range(link.node).begin;
    for (ContinuedLine& line : lines) {
      line.is_command |= line.blanks.end == begin;
    }
  }
  for (size_t i = lines.size(); i-- > 1;) {
    lines[i - 1].is_command |= lines[i - 1].is_comment && lines[i].is_command;
  }
}

// The edits that give the lines of a script that becomes part of a list with
// `layout` their place in it: arguments stand further in than their command.
std::vector<Edit> Indented(const Document& document, NodeId script,
                           const ListLayout& layout) {
  std::vector<ContinuedLine> lines = ContinuedLines(document, script);
  if (lines.empty()) return {};
  const NodeId and_or = FirstStatement(document, script);
  const ListLayout own = LayoutOfList(document, and_or);
  MarkCommands(document, and_or, lines);
  const auto first_command =
      std::find_if(lines.begin(), lines.end(),
                   [](const ContinuedLine& line) { return line.is_command; });
  const auto blanks = [&](const ContinuedLine& line) {
    return Slice(document.text(), line.blanks);
  };
  // Where arguments stand as far in as commands, that is the author's way.
  const bool is_flat =
      std::any_of(first_command, lines.end(), [&](const ContinuedLine& line) {
        return !line.is_command && blanks(line) == own.indent;
      });
  const bool steps =
      !is_flat &&
      std::any_of(lines.begin(), first_command, [&](const ContinuedLine& line) {
        return blanks(line).size() <= layout.indent.size();
      });
  std::vector<Edit> edits;
  for (auto line = lines.begin(); line != lines.end(); ++line) {
    const std::string_view old = blanks(*line);
    std::string indent(old);
    if (line < first_command) {
      if (steps) indent += old.ends_with('\t') ? "\t" : "    ";
    } else if (own.multi_line && !own.indent.empty() &&
               old.starts_with(own.indent)) {
      indent = layout.indent + std::string(old.substr(own.indent.size()));
    }
    if (indent != old) edits.push_back({line->blanks, std::move(indent)});
  }
  return edits;
}

// The scripts of `runs`; none if one of them has none.
std::vector<NodeId> ScriptsOf(const Document& document,
                              std::span<const JoinedRun> runs) {
  std::vector<NodeId> scripts;
  for (const JoinedRun& run : runs) {
    scripts.push_back(document.Child(run.instruction, NodeKind::kScript));
    if (scripts.back() == kNoNode) return {};
  }
  return scripts;
}

// The parenthesis before `script`. Two of them would begin an arithmetic
// command.
std::string OpenSubshell(const Document& document, NodeId script) {
  return document.Text(script).starts_with('(') ? "( " : "(";
}

}  // namespace

// The comments in `range` but for `skipped`, as lines of a continuation. Absent
// if another one of them ends a line of a script.
std::optional<std::string> ChangeWriter::CommentLines(
    TextRange range, std::optional<TokenId> skipped, std::string_view indent) {
  std::string lines;
  const auto tokens = document_.tokens();
  for (uint32_t i = Index(document_.TokenFrom(range.begin));
       i < tokens.size() && tokens[i].begin < range.end; ++i) {
    const Token& token = tokens[i];
    if (skipped == TokenId{i}) continue;
    if (token.kind == TokenKind::kShellComment) return std::nullopt;
    if (token.kind != TokenKind::kComment) continue;
    std::string_view comment = document_.Text(TokenId{i});
    comment.remove_suffix(comment.size() -
                          (comment.find_last_not_of("\r\n") + 1));
    lines += indent;
    lines += comment;
    lines += NewlineStyle(document_.text());
  }
  return lines;
}

// The comment at the end of each script, empty for none. The last one's stays.
std::vector<std::string> ChangeWriter::CommentsBehind(
    std::span<const NodeId> scripts) {
  std::vector<std::string> comments(scripts.size());
  for (size_t i = 0; i + 1 < scripts.size(); ++i) {
    const auto comment = CommentBehind(document_, scripts[i]);
    if (!comment) continue;
    if (!CanStandAlone(document_, *comment)) {
      Refuse("the comment at its end cannot stand alone");
    }
    comments[i] = WithoutBlanksBehind(document_.Text(*comment));
  }
  return comments;
}

// Replaces the gap between two commands by `before`, which ends a line, the
// gap's comments but for `skipped`, and `after` on the next line.
void ChangeWriter::JoinPieces(TextRange gap, std::optional<TokenId> skipped,
                              std::string_view before, std::string_view indent,
                              std::string_view after) {
  const auto comments = CommentLines(gap, skipped, indent);
  if (!comments) {
    return Refuse("a comment at the end of a line would swallow what follows");
  }
  std::string text(before);
  text += *comments;
  text += indent;
  text += after;
  Replace(gap, std::move(text));
}

void ChangeWriter::JoinRuns(std::span<const JoinedRun> runs) {
  const std::vector<NodeId> scripts = ScriptsOf(document_, runs);
  if (scripts.empty()) return Refuse("one of the RUNs is not a shell script");
  const ListLayout layout = LayoutOfRuns(document_, scripts);
  const bool trailing = layout.side == AndSide::kTrailing;
  const std::string line_end = ContinuedLineEnd(document_, false);
  if (runs[0].in_subshell) {
    const uint32_t begin = document_.Range(scripts[0]).begin;
    Replace({begin, begin}, OpenSubshell(document_, scripts[0]));
  }
  const std::vector<std::string> comments = CommentsBehind(scripts);
  if (!comments[0].empty()) {
    InsertCommentAbove(document_.Parent(scripts[0]), comments[0]);
  }
  for (size_t i = 1; i < runs.size(); ++i) {
    std::string before = runs[i - 1].in_subshell ? ")" : "";
    before += (trailing ? " &&" : "") + line_end;
    std::string after = trailing ? "" : "&& ";
    if (!comments[i].empty()) {
      const std::string_view newline = NewlineStyle(document_.text());
      after = comments[i] + std::string(newline) + layout.indent + after;
    }
    if (runs[i].in_subshell) after += OpenSubshell(document_, scripts[i]);
    JoinPieces({EndOfCommands(document_, scripts[i - 1]),
                BeginOfCommands(document_, scripts[i], runs[i].dropped)},
               CommentBehind(document_, scripts[i - 1]), before, layout.indent,
               after);
    for (Edit& edit : Indented(document_, scripts[i], layout)) {
      Replace(edit.range, std::move(edit.text));
    }
  }
  if (runs.back().in_subshell) {
    const uint32_t end = document_.Range(scripts.back()).end;
    Replace({end, end}, ")");
  }
}

void ChangeWriter::JoinRunsAsSequence(std::span<const JoinedRun> runs,
                                      NodeId leading) {
  const std::vector<NodeId> scripts = ScriptsOf(document_, runs);
  if (scripts.empty()) return Refuse("one of the RUNs is not a shell script");
  const std::string indent = IndentOfStatements(document_, scripts);
  const std::string line_end = ";" + ContinuedLineEnd(document_, false);
  if (FirstStatement(document_, scripts[0]) != leading) {
    const uint32_t begin = document_.Range(scripts[0]).begin;
    const NodeId set = document_.Child(leading, NodeKind::kPipeline);
    Replace({begin, begin}, LogicalText(document_, set) + line_end + indent);
  }
  for (size_t i = 0; i < runs.size(); ++i) {
    if (i > 0) {
      JoinPieces({EndOfCommands(document_, scripts[i - 1]),
                  BeginOfCommands(document_, scripts[i], runs[i].dropped)},
                 std::nullopt, line_end, indent, "");
    }
    if (!runs[i].is_split) continue;
    uint32_t end = 0;
    const AndOr list{&document_, FirstStatement(document_, scripts[i])};
    for (const ChainLink& link : list.pipelines()) {
      const TextRange range = document_.Range(link.node);
      if (end > 0) {
        JoinPieces({end, range.begin}, std::nullopt, line_end, indent, "");
      }
      end = range.end;
    }
  }
}

void ChangeWriter::JoinHeredocRuns(std::span<const JoinedRun> runs) {
  for (size_t i = 0; i < runs.size(); ++i) {
    const auto heredocs =
        Instruction(document_, runs[i].instruction).Heredocs();
    if (heredocs.size() != 1) return Refuse("one of the RUNs is no heredoc");
    const HeredocBody& body = heredocs[0].body;
    if (i + 1 < runs.size()) {
      const uint32_t line = LineEnd(document_.text(), body.terminator.begin);
      Replace({body.terminator.begin, line}, "");
    }
    if (i == 0) continue;
    const uint32_t run = InstructionLineBegin(document_, runs[i].instruction);
    Replace({run, body.content.begin}, "");
    if (runs[i].dropped == kNoNode) continue;
    const TextRange set = document_.Range(runs[i].dropped);
    const TextRange lines = {LineBegin(document_.text(), set.begin),
                             LineEnd(document_.text(), set.begin)};
    if (HasComment(document_, lines)) {
      return Refuse("a comment is about the `set` that would go");
    }
    Replace(lines, "");
  }
}

}  // namespace dfix
