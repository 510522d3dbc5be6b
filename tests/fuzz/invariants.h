// What holds for every text, for fuzzers and property tests. A violation ends
// the program.
#ifndef DFIX_TESTS_FUZZ_INVARIANTS_H_
#define DFIX_TESTS_FUZZ_INVARIANTS_H_

#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "src/dockerfile/parser.h"
#include "src/engine/engine.h"
#include "src/syntax/document.h"
#include "src/text/check.h"

namespace dfix {

// The tokens tile the text.
inline void CheckTokens(const Document& document, std::string_view text) {
  DFIX_CHECK(document.text() == text);
  const auto tokens = document.tokens();
  DFIX_CHECK(!tokens.empty());
  DFIX_CHECK(tokens.front().begin == 0);
  DFIX_CHECK(tokens.back().kind == TokenKind::kEndOfFile);
  DFIX_CHECK(tokens.back().begin == text.size());
  for (size_t i = 1; i < tokens.size(); ++i) {
    DFIX_CHECK(tokens[i - 1].begin < tokens[i].begin || i + 1 == tokens.size());
    DFIX_CHECK(tokens[i - 1].kind != TokenKind::kEndOfFile);
  }
}

// The nodes are a tree in preorder, each inside its parent's tokens and after
// its elder siblings.
inline void CheckNodes(const Document& document) {
  const auto nodes = document.nodes();
  DFIX_CHECK(!nodes.empty());
  DFIX_CHECK(nodes[0].kind == NodeKind::kFile);
  DFIX_CHECK(nodes[0].end_node == nodes.size());
  for (uint32_t i = 0; i < nodes.size(); ++i) {
    const Node& node = nodes[i];
    DFIX_CHECK(node.first_token <= node.end_token);
    DFIX_CHECK(node.end_token < document.tokens().size());
    DFIX_CHECK(i < node.end_node && node.end_node <= nodes.size());
    uint32_t token = node.first_token;
    for (const NodeId child : document.Children(NodeId{i})) {
      const Node& inner = document.node(child);
      DFIX_CHECK(inner.end_node <= node.end_node);
      DFIX_CHECK(token <= inner.first_token);
      DFIX_CHECK(inner.end_token <= node.end_token);
      token = inner.end_token;
    }
  }
  for (const ParseError& error : document.errors()) {
    DFIX_CHECK(error.range.begin <= error.range.end);
    DFIX_CHECK(error.range.end <= document.text().size());
    DFIX_CHECK(!error.message.empty());
  }
}

inline Document CheckParse(const std::string& text) {
  Document document = ParseDockerfile(text);
  CheckTokens(document, text);
  CheckNodes(document);
  return document;
}

// A rewrite parses, settles, loses no comment, and is not ours to make where
// the file is broken.
inline void CheckPipeline(const std::string& text,
                          const EngineOptions& options) {
  const Document before = CheckParse(text);
  const Report report = Fix(text, options);
  DFIX_CHECK(report.original == text);
  // No reason to stop: of a text that nobody would write, a transform and the
  // equivalence check may make different things, and then the file stays as it
  // is, which is what the check is for. tests/properties has files that people
  // write, and there nothing may be rolled back.
  for (const Rollback& rollback : report.rollbacks) {
    std::fprintf(stderr, "rolled back %s: %s\n",
                 std::string(rollback.transform->id).c_str(),
                 rollback.reason.c_str());
  }
  DFIX_CHECK(report.settled);
  const bool changed = report.outcome == Outcome::kChanged;
  DFIX_CHECK(changed == (report.fixed != text));
  DFIX_CHECK(changed == !report.applied.empty());
  DFIX_CHECK((report.outcome == Outcome::kUnparsable) ==
             before.HasFatalError());
  if (!changed) return;
  const Document after = CheckParse(report.fixed);
  DFIX_CHECK(!after.HasFatalError());
  DFIX_CHECK(FindDamage(before, after).empty());
  const Report second = Fix(report.fixed, options);
  DFIX_CHECK(second.outcome == Outcome::kUnchanged);
}

}  // namespace dfix

#endif  // DFIX_TESTS_FUZZ_INVARIANTS_H_
