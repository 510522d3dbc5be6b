// Where a transform puts its decisions, and the verbs that it edits with.
//
// A transform never computes a byte offset: it names nodes, and the verbs know
// about the bytes between them (blanks, continuations, comments) and copy the
// file's own indent, `&&` side and newline.
#ifndef DFIX_TRANSFORM_SINK_H_
#define DFIX_TRANSFORM_SINK_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "src/edit/change.h"
#include "src/shell/views.h"
#include "src/syntax/document.h"

namespace dfix {

// How a command is joined to the list before it.
enum class Join : uint8_t {
  kAnd,       // `&&`: runs when what is before succeeded.
  kSequence,  // `;`, or a new line in a heredoc.
};

// A word to add to a list, and the word of the list that it belongs to, or
// kNoNode.
struct ListItem {
  std::string text;
  NodeId beside = kNoNode;
};

// A RUN that becomes part of another.
struct JoinedRun {
  NodeId instruction;        // Or the one inside ONBUILD.
  bool in_subshell = false;  // Put parentheses around its script.
  // Its first statement, or the first pipeline of its only one, if that is to
  // go.
  NodeId dropped = kNoNode;
  bool is_split = false;  // Its `&&` become `;`.
};

// An instruction that is moved, and the new text of one of its words.
struct MovedInstruction {
  NodeId instruction;
  NodeId word = kNoNode;
  std::string text = "";
};

// The edits of one change in the making. A verb that would lose a comment or
// break a line writes nothing and makes the whole change impossible.
class ChangeWriter {
 public:
  explicit ChangeWriter(const Document& document) : document_(document) {}

  // Words of a command or arguments of an instruction. `text` is one or more
  // words, quoted as needed.
  void InsertWordAfter(NodeId word, std::string_view text);
  void InsertWordBefore(NodeId word, std::string_view text);
  void ReplaceWord(NodeId word, std::string_view text);
  void RemoveWord(NodeId word);
  // Removes the words from `first` on; `next`, a later word of the same
  // command, takes their place.
  void RemoveWordsBefore(NodeId first, NodeId next);
  // Adds words to the list `words`, which is not empty: where they belong if
  // the list is sorted, else beside the word that each names, else at the end;
  // on lines of their own if the words around have them.
  void AddToList(std::span<const NodeId> words,
                 std::span<const ListItem> items);

  // Puts `order`, the same words in another order, in the places of `words`, a
  // list that has a line for each, or for each but the first. The comments
  // directly above a word go with it; columns of continuations stay.
  void ReorderList(std::span<const NodeId> words,
                   std::span<const NodeId> order);
  // Gives each of `words`, a list on one line, a line of its own, in the order
  // that `order` has them in. What follows behind `&&` gets a line, too.
  void WrapList(std::span<const NodeId> words, std::span<const NodeId> order);

  // Adds `command` at the end of the and-or list `and_or`.
  void AppendCommand(NodeId and_or, Join join, std::string_view command);
  // Adds `command` and `&&` before the pipeline `pipeline`.
  void PrependCommand(NodeId pipeline, std::string_view command);
  // Adds `command` as a statement of its own before the statement `and_or`.
  void PrependStatement(NodeId and_or, std::string_view command);

  // Removes a pipeline and what joins it to the rest: `&&`, or `;` if it is a
  // list of its own and not the only one.
  void RemovePipeline(NodeId pipeline);
  // The same for several of one script. A statement at the end of its list only
  // goes `under_errexit`: else the status of what is before would count.
  void RemovePipelines(std::span<const NodeId> pipelines, bool under_errexit);

  // Writes a script's command as a JSON array: `words` of the script, each by
  // the value that it has, on the lines where they are. What else there is of
  // the command goes; a comment at its end moves to a line above.
  void WriteAsJson(NodeId script, std::span<const NodeId> words,
                   std::span<const std::string> values);
  // Replaces all of a script by `text`, on one line. A comment at its end moves
  // to a line above.
  void ReplaceScript(NodeId script, std::string_view text);
  // Adds a comment, `#` included, on a line of its own above an instruction.
  void InsertCommentAbove(NodeId instruction, std::string_view comment);

  // Makes another instruction of it: `keyword` in upper case, in lower case if
  // the old one is. Its arguments stay.
  void ReplaceKeyword(NodeId instruction, std::string_view keyword);

  // Adds flags behind those that are there, each with a line of its own.
  void AddFlags(NodeId instruction, std::span<const std::string> flags);
  // Adds a parser directive, `#` included, as the first line of the file.
  void AddDirective(std::string_view directive);

  // Removes the lines of an instruction; comments above it stay where they are
  // and those inside it take its place.
  void RemoveInstruction(NodeId instruction);
  // Removes the lines from `first` to `last`, as RemoveInstruction does it for
  // one: comments between them stay, too.
  void RemoveInstructions(NodeId first, NodeId last);
  // Moves an instruction, with the comments that belong to it, to just before
  // or after another one.
  void MoveInstructionBefore(NodeId instruction, NodeId target);
  void MoveInstructionAfter(NodeId instruction, NodeId target);
  // Moves instructions that stand above `target`, with the comments that belong
  // to them, to just before it, in the order given, below the lines `above`.
  void MoveInstructionsBefore(std::span<const MovedInstruction> instructions,
                              NodeId target,
                              std::span<const std::string> above);
  // The same, to just behind it. If `rest` is a pipeline of
  // the list that the script of `target`, a RUN, is, that and what follows it
  // becomes a RUN of its own below them, its script beginning with `prefix`.
  void MoveInstructionsAfter(std::span<const MovedInstruction> instructions,
                             NodeId target, NodeId rest = kNoNode,
                             std::string_view prefix = "");
  // Adds instructions, each on a line of its own.
  void InsertInstructionsBefore(NodeId instruction,
                                std::span<const std::string> texts);
  // Adds an instruction on a line of its own; before, more than one, with `\n`
  // between them.
  void InsertInstructionBefore(NodeId instruction, std::string_view text);
  void InsertInstructionAfter(NodeId instruction, std::string_view text);
  // The text of a RUN of `commands`, joined by `&&` the way the file does it,
  // one a line.
  std::string RunText(std::span<const std::string> commands) const;
  // Adds a flag (`--chown=app:app`) behind those that the instruction has.
  void AddFlag(NodeId instruction, std::string_view flag);
  // Adds `lines`, each with a `\n`, after an instruction, and behind them the
  // instructions `moved` from elsewhere, with the comments that belong to them.
  void InsertLinesAfter(NodeId instruction, std::string_view lines,
                        std::span<const NodeId> moved);
  // Makes one of adjacent shell-form RUNs: the scripts of the others become
  // the continuation of the first one's, joined by `&&`. Comments between them,
  // inside them and behind them stay, as comment lines of the continuation; one
  // behind the first goes above it.
  void JoinRuns(std::span<const JoinedRun> runs);
  // The same as statements, joined by `;`. If the first does not begin with it,
  // the statement `leading` of one of them is put in front.
  void JoinRunsAsSequence(std::span<const JoinedRun> runs, NodeId leading);
  // Makes one of adjacent RUNs that each consist of a heredoc: what is between
  // the bodies goes, but for its comments.
  void JoinHeredocRuns(std::span<const JoinedRun> runs);

  // Adds a line to the ignore file that holds for the build context, at its
  // end; makes the file if there is none. Only where there is a context.
  void AddIgnoreLine(std::string_view line) {
    ignore_lines_.emplace_back(line);
  }

  // Makes the change impossible, for that reason.
  void Refuse(std::string_view reason);
  // Why the change is impossible, if it is.
  const std::optional<std::string>& impossible() const { return impossible_; }
  std::vector<Edit> TakeEdits() { return std::move(edits_); }
  std::vector<std::string> TakeIgnoreLines() {
    return std::move(ignore_lines_);
  }

 private:
  void Replace(TextRange range, std::string text);
  void RemoveFromList(std::span<const ChainLink> links,
                      std::span<const NodeId> gone);
  void RemoveStatement(NodeId statement, std::span<const NodeId> gone,
                       bool under_errexit);
  void RemoveWithoutComment(TextRange range);
  void MoveInstruction(NodeId instruction, uint32_t to);
  std::string TakeInstructions(std::span<const MovedInstruction> instructions);
  void SplitRun(NodeId run, NodeId rest, std::string_view between,
                std::string_view prefix);
  void HoistCommentBehind(NodeId script);
  std::optional<std::string> CommentLines(TextRange range,
                                          std::optional<TokenId> skipped,
                                          std::string_view indent);
  std::vector<std::string> CommentsBehind(std::span<const NodeId> scripts);
  void JoinPieces(TextRange gap, std::optional<TokenId> skipped,
                  std::string_view before, std::string_view indent,
                  std::string_view after);

  const Document& document_;
  std::vector<Edit> edits_;
  std::vector<std::string> ignore_lines_;
  std::optional<std::string> impossible_;
};

// One decision, before the engine has weighed it.
struct Proposal {
  NodeId anchor;
  Level level;
  std::string message;
  std::vector<Edit> edits;
  NodeId related;
  std::vector<std::string> ignore_lines = {};
};

// Words about a place, without a change.
struct Remark {
  NodeId anchor;
  std::string text;
  NodeId related;
};

class Sink {
 public:
  explicit Sink(const Document& document) : document_(document) {}

  // Proposes the change that `write(ChangeWriter&)` makes. `anchor` is the node
  // that it is about, `message` says what is done and why. If a verb finds the
  // change impossible, it is left alone for that reason. `{line}` in a message
  // stands for the line of `related`, which is then a node.
  template <typename Write>
  void Propose(NodeId anchor, Level level, std::string message, Write write,
               NodeId related = kNoNode) {
    ChangeWriter writer(document_);
    write(writer);
    if (writer.impossible()) return LeaveAlone(anchor, *writer.impossible());
    proposals_.push_back({anchor, level, std::move(message), writer.TakeEdits(),
                          related, writer.TakeIgnoreLines()});
  }

  // Records that something was looked at and not changed, and why.
  void LeaveAlone(NodeId anchor, std::string reason, NodeId related = kNoNode) {
    refusals_.push_back({anchor, std::move(reason), related});
  }

  // Records advice: something that is better done by a person than by a
  // rewrite. What, and why.
  void Advise(NodeId anchor, std::string message, NodeId related = kNoNode) {
    advice_.push_back({anchor, std::move(message), related});
  }

  std::vector<Proposal>& proposals() { return proposals_; }
  std::vector<Remark>& refusals() { return refusals_; }
  std::vector<Remark>& advice() { return advice_; }

 private:
  const Document& document_;
  std::vector<Proposal> proposals_;
  std::vector<Remark> refusals_;
  std::vector<Remark> advice_;
};

}  // namespace dfix

#endif  // DFIX_TRANSFORM_SINK_H_
