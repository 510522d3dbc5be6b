// The verbs of ChangeWriter, by what they make of a small file.
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "src/dockerfile/parser.h"
#include "src/facts/facts.h"
#include "src/shell/words.h"
#include "src/transform/sink.h"

namespace dfix {
namespace {

struct File {
  explicit File(std::string text)
      : document(ParseDockerfile(std::move(text))), facts(document) {}

  NodeId Instruction(size_t index) const {
    return facts.instructions()[index].node;
  }
  // The first word with that value.
  NodeId Word(std::string_view value) const {
    for (uint32_t i = 0; i < document.nodes().size(); ++i) {
      if (document.kind(NodeId{i}) == NodeKind::kWord &&
          WordIs(document, NodeId{i}, value)) {
        return NodeId{i};
      }
    }
    return kNoNode;
  }
  NodeId First(NodeKind kind) const {
    for (uint32_t i = 0; i < document.nodes().size(); ++i) {
      if (document.kind(NodeId{i}) == kind) return NodeId{i};
    }
    return kNoNode;
  }

  Document document;
  Facts facts;
};

// The text after `write`, or why it is impossible.
std::string After(const File& file,
                  const std::function<void(ChangeWriter&)>& write) {
  ChangeWriter writer(file.document);
  write(writer);
  if (writer.impossible()) return "impossible: " + *writer.impossible();
  EditSet set;
  EXPECT_FALSE(set.Add({"test", "", {0, 0}, Level::kSafe, writer.TakeEdits()}));
  return Apply(file.document.text(), set.Edits());
}

TEST(InstructionVerbs, ReplaceKeywordKeepsCaseAndColumns) {
  const auto replace = [](std::string text) {
    const File file(std::move(text));
    return After(
        file, [&](auto& w) { w.ReplaceKeyword(file.Instruction(0), "COPY"); });
  };
  EXPECT_EQ(replace("ADD a b\n"), "COPY a b\n");
  EXPECT_EQ(replace("add a b\n"), "copy a b\n");
  EXPECT_EQ(replace("Add\ta b\n"), "COPY\ta b\n");
  EXPECT_EQ(replace("ADD     a b\n"), "COPY    a b\n");
  EXPECT_EQ(replace("ADD  a b\n"), "COPY a b\n");
  EXPECT_EQ(replace("MAINTAINER  a\n"), "COPY        a\n");
  EXPECT_EQ(replace("AD\\\nD a b\n"),
            "impossible: a line continuation splits its keyword");
}

TEST(WordVerbs, InsertReplaceRemove) {
  const File file("RUN a b c\n");
  EXPECT_EQ(
      After(file, [&](auto& w) { w.InsertWordAfter(file.Word("b"), "x"); }),
      "RUN a b x c\n");
  EXPECT_EQ(
      After(file, [&](auto& w) { w.InsertWordBefore(file.Word("b"), "x"); }),
      "RUN a x b c\n");
  EXPECT_EQ(After(file, [&](auto& w) { w.ReplaceWord(file.Word("b"), "x"); }),
            "RUN a x c\n");
  EXPECT_EQ(After(file, [&](auto& w) { w.RemoveWord(file.Word("b")); }),
            "RUN a c\n");
}

TEST(WordVerbs, RemoveTakesTheContinuationWithIt) {
  const File file("RUN a \\\n    b \\\n    c\n");
  EXPECT_EQ(After(file, [&](auto& w) { w.RemoveWord(file.Word("b")); }),
            "RUN a \\\n    c\n");
  EXPECT_EQ(After(file, [&](auto& w) { w.RemoveWord(file.Word("c")); }),
            "RUN a \\\n    b\n");
}

TEST(WordVerbs, RemoveNeverTakesAComment) {
  const File file("RUN a \\\n    # about b\n    b\n");
  EXPECT_EQ(After(file, [&](auto& w) { w.RemoveWord(file.Word("b")); }),
            "impossible: a comment stands before the word");
}

TEST(WordVerbs, ReplaceNeverTakesAComment) {
  const File file("RUN a b\\\n# inside\nc d\n");
  EXPECT_EQ(After(file, [&](auto& w) { w.ReplaceWord(file.Word("bc"), "x"); }),
            "impossible: a comment stands inside the word");
}

TEST(CommandVerbs, AppendKeepsALineWhereItFits) {
  const File file("RUN a && b\n");
  EXPECT_EQ(After(file,
                  [&](auto& w) {
                    w.AppendCommand(file.First(NodeKind::kAndOr), Join::kAnd,
                                    "c");
                  }),
            "RUN a && b && c\n");
}

TEST(CommandVerbs, AppendCopiesTheSideFromElsewhereInTheFile) {
  const File file("RUN a b \\\n  c\nRUN x && \\\n  y\n");
  EXPECT_EQ(After(file,
                  [&](auto& w) {
                    w.AppendCommand(file.First(NodeKind::kAndOr), Join::kAnd,
                                    "d");
                  }),
            "RUN a b \\\n  c && \\\n  d\nRUN x && \\\n  y\n");
}

TEST(CommandVerbs, PrependGoesOnALineOfItsOwnInAList) {
  const File file("RUN a \\\n && b\n");
  EXPECT_EQ(After(file,
                  [&](auto& w) {
                    w.PrependCommand(file.First(NodeKind::kPipeline), "x");
                  }),
            "RUN x \\\n && a \\\n && b\n");
}

// The text after the words of the only script are written as their own texts.
std::string AfterJson(const File& file) {
  const NodeId script = file.First(NodeKind::kScript);
  std::vector<NodeId> words;
  std::vector<std::string> values;
  for (uint32_t i = 0; i < file.document.nodes().size(); ++i) {
    if (file.document.kind(NodeId{i}) != NodeKind::kWord) continue;
    words.push_back(NodeId{i});
    values.push_back(LogicalText(file.document, NodeId{i}));
  }
  return After(file, [&](auto& w) { w.WriteAsJson(script, words, values); });
}

TEST(ScriptVerbs, JsonKeepsLinesAndComments) {
  EXPECT_EQ(AfterJson(File("CMD a  b \\\n  # about c\n  c \\\n\n  d\n")),
            "CMD [\"a\", \"b\", \\\n  # about c\n  \"c\", \\\n\n  \"d\"]\n");
}

TEST(ScriptVerbs, JsonTakesWhatIsBehindTheLastWord) {
  EXPECT_EQ(AfterJson(File("CMD a b ;  # why \r\nUSER c")),
            "# why\r\nCMD [\"a\", \"b\"]\r\nUSER c");
}

TEST(ScriptVerbs, JsonJoinsASplitWord) {
  EXPECT_EQ(AfterJson(File("CMD a b\\\nc d")), "CMD [\"a\", \"bc\", \"d\"]");
}

TEST(ScriptVerbs, JsonNeverTakesAComment) {
  EXPECT_EQ(AfterJson(File("CMD a b\\\n# inside\nc\n")),
            "impossible: a comment stands inside a word");
}

TEST(ScriptVerbs, ReplaceMovesACommentAbove) {
  const File file("FROM a\n\tCMD b \\\n\t\tc # why\n");
  EXPECT_EQ(After(file,
                  [&](auto& w) {
                    w.ReplaceScript(file.First(NodeKind::kScript), "x");
                  }),
            "FROM a\n\t# why\n\tCMD x\n");
}

TEST(ScriptVerbs, ReplaceNeverTakesAComment) {
  const File file("CMD b \\\n# why\nc\n");
  EXPECT_EQ(After(file,
                  [&](auto& w) {
                    w.ReplaceScript(file.First(NodeKind::kScript), "x");
                  }),
            "impossible: a comment stands between its words");
}

TEST(InstructionVerbs, InsertCommentCopiesTheIndent) {
  const File file(
      "\xEF\xBB\xBF"
      "FROM a\r\n  CMD b\r\n");
  EXPECT_EQ(
      After(file,
            [&](auto& w) { w.InsertCommentAbove(file.Instruction(1), "# c"); }),
      "\xEF\xBB\xBF"
      "FROM a\r\n  # c\r\n  CMD b\r\n");
}

TEST(InstructionVerbs, RemoveKeepsCommentsAboveAndInside) {
  const File file("FROM a\n# above\nRUN x \\\n  # inside\n  y\nUSER b\n");
  EXPECT_EQ(
      After(file, [&](auto& w) { w.RemoveInstruction(file.Instruction(1)); }),
      "FROM a\n# above\n# inside\nUSER b\n");
}

TEST(InstructionVerbs, RemoveLeavesOneBlankLineOfTwo) {
  const File file("FROM a\n\nRUN x\n\nUSER b\n");
  EXPECT_EQ(
      After(file, [&](auto& w) { w.RemoveInstruction(file.Instruction(1)); }),
      "FROM a\n\nUSER b\n");
}

TEST(InstructionVerbs, RemoveTheLastOneOfAFileWithoutFinalNewline) {
  const File file("FROM a\r\nRUN x");
  EXPECT_EQ(
      After(file, [&](auto& w) { w.RemoveInstruction(file.Instruction(1)); }),
      "FROM a");
}

TEST(InstructionVerbs, RemoveTakesHeredocBodies) {
  const File file("FROM a\nRUN <<EOF\nx\nEOF\nUSER b\n");
  EXPECT_EQ(
      After(file, [&](auto& w) { w.RemoveInstruction(file.Instruction(1)); }),
      "FROM a\nUSER b\n");
}

TEST(InstructionVerbs, MoveTakesCommentsAlong) {
  const File file("FROM a\n# about x\nRUN x\n# about y\nRUN y\nCMD z\n");
  EXPECT_EQ(After(file,
                  [&](auto& w) {
                    w.MoveInstructionAfter(file.Instruction(1),
                                           file.Instruction(2));
                  }),
            "FROM a\n# about y\nRUN y\n# about x\nRUN x\nCMD z\n");
  EXPECT_EQ(After(file,
                  [&](auto& w) {
                    w.MoveInstructionBefore(file.Instruction(2),
                                            file.Instruction(1));
                  }),
            "FROM a\n# about y\nRUN y\n# about x\nRUN x\nCMD z\n");
}

TEST(InstructionVerbs, MoveToAndFromTheEndWithoutFinalNewline) {
  const File file("FROM a\nRUN x\nRUN y");
  EXPECT_EQ(After(file,
                  [&](auto& w) {
                    w.MoveInstructionAfter(file.Instruction(1),
                                           file.Instruction(2));
                  }),
            "FROM a\nRUN y\nRUN x");
  EXPECT_EQ(After(file,
                  [&](auto& w) {
                    w.MoveInstructionBefore(file.Instruction(2),
                                            file.Instruction(1));
                  }),
            "FROM a\nRUN y\nRUN x");
}

TEST(InstructionVerbs, MoveNeverTakesAParserDirective) {
  const File file("# escape=\\\nFROM a\nRUN x\n");
  EXPECT_EQ(After(file,
                  [&](auto& w) {
                    w.MoveInstructionAfter(file.Instruction(0),
                                           file.Instruction(1));
                  }),
            "# escape=\\\nRUN x\nFROM a\n");
}

TEST(InstructionVerbs, InsertBeforeGoesAboveTheComments) {
  const File file("FROM a\r\n# about x\r\nRUN x\r\n");
  EXPECT_EQ(After(file,
                  [&](auto& w) {
                    w.InsertInstructionBefore(file.Instruction(1), "USER b");
                  }),
            "FROM a\r\nUSER b\r\n# about x\r\nRUN x\r\n");
}

TEST(InstructionVerbs, InsertAfterTheEndOfTheFile) {
  const File file("FROM a");
  EXPECT_EQ(After(file,
                  [&](auto& w) {
                    w.InsertInstructionAfter(file.Instruction(0), "USER b");
                  }),
            "FROM a\nUSER b");
}

TEST(InstructionVerbs, JoinRunsKeepsCommentsBetween) {
  const File file("RUN a\n\n# about b\nRUN b \\\n    && c\n");
  EXPECT_EQ(After(file,
                  [&](auto& w) {
                    w.JoinRuns(std::vector<JoinedRun>{{file.Instruction(0)},
                                                      {file.Instruction(1)}});
                  }),
            "RUN a \\\n    # about b\n    && b \\\n    && c\n");
}

TEST(InstructionVerbs, JoinRunsCopiesTrailingOperators) {
  const File file("RUN a && \\\n  b\nRUN c\n");
  EXPECT_EQ(After(file,
                  [&](auto& w) {
                    w.JoinRuns(std::vector<JoinedRun>{{file.Instruction(0)},
                                                      {file.Instruction(1)}});
                  }),
            "RUN a && \\\n  b && \\\n  c\n");
}

TEST(InstructionVerbs, JoinRunsPutsACommentBehindTheFirstAboveIt) {
  const File file("RUN a # why\nRUN b\n");
  EXPECT_EQ(After(file,
                  [&](auto& w) {
                    w.JoinRuns(std::vector<JoinedRun>{{file.Instruction(0)},
                                                      {file.Instruction(1)}});
                  }),
            "# why\nRUN a \\\n    && b\n");
}

}  // namespace
}  // namespace dfix
