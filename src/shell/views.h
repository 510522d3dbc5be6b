// Typed views of the shell's nodes: a document and an id each.
//
// They read the layout that kinds.def describes and decide nothing: what a
// command does is for src/facts.
#ifndef DFIX_SHELL_VIEWS_H_
#define DFIX_SHELL_VIEWS_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "src/shell/operators.h"
#include "src/syntax/document.h"

namespace dfix {

// The direct children of a node that are of one kind, in order.
class ChildrenOfKind {
 public:
  ChildrenOfKind(const Document& document, NodeId parent, NodeKind kind)
      : children_(document.Children(parent)),
        document_(&document),
        kind_(kind) {}

  struct Iterator {
    const ChildrenOfKind* range;
    Document::ChildIterator at;
    NodeId operator*() const { return *at; }
    Iterator& operator++() {
      ++at;
      range->SkipOthers(at);
      return *this;
    }
    friend bool operator==(const Iterator& a, const Iterator& b) {
      return a.at == b.at;
    }
  };
  Iterator begin() const {
    Document::ChildIterator first = children_.first;
    SkipOthers(first);
    return {this, first};
  }
  Iterator end() const { return {this, children_.last}; }
  bool empty() const { return begin() == end(); }
  uint32_t size() const {
    uint32_t count = 0;
    for (Iterator i = begin(); !(i == end()); ++i) ++count;
    return count;
  }

 private:
  void SkipOthers(Document::ChildIterator& at) const {
    while (!(at == children_.last) && document_->kind(*at) != kind_) ++at;
  }

  Document::ChildRange children_;
  const Document* document_;
  NodeKind kind_;
};

// `a=1 name word >file`.
struct SimpleCommand {
  const Document* document;
  NodeId id;

  ChildrenOfKind assignments() const {
    return {*document, id, NodeKind::kAssignment};
  }
  // The command's name and its arguments.
  ChildrenOfKind words() const { return {*document, id, NodeKind::kWord}; }
  ChildrenOfKind redirections() const {
    return {*document, id, NodeKind::kRedirection};
  }
  // The first word, or kNoNode.
  NodeId name() const { return document->Child(id, NodeKind::kWord); }
};

// `2>file`, `<<EOF`.
struct Redirection {
  const Document* document;
  NodeId id;

  ShellOperator shell_operator() const;
  // `2`, `{fd}`, or empty.
  std::string_view number() const;
  // The file, descriptor or string; a heredoc's delimiter.
  NodeId target() const { return document->Child(id, NodeKind::kWord); }
  // The HeredocBody of `<<` and `<<-`, which may be empty; kNoNode for others.
  NodeId heredoc() const {
    const uint16_t distance = document->node(id).aux;
    return distance == 0 ? kNoNode : NodeId{Index(id) + distance};
  }
};

// A node in a chain, with the operator in front of it (kNone for the first).
struct ChainLink {
  ShellOperator shell_operator;
  NodeId node;
};

// `!` `time` a | b.
struct Pipeline {
  const Document* document;
  NodeId id;

  // Whether an odd number of `!` stands in front.
  bool negated() const;
  bool timed() const;
  // The commands, with `|` or `|&`. None for a bare `!` or `time` of bash.
  std::vector<ChainLink> commands() const;
};

// What ends an and-or list.
enum class Terminator { kNone, kSemicolon, kBackground, kNewline };

// a && b || c ;
struct AndOr {
  const Document* document;
  NodeId id;

  // The pipelines, with `&&` or `||`.
  std::vector<ChainLink> pipelines() const;
  Terminator terminator() const;
};

// The and-or lists of a Script or List.
inline ChildrenOfKind AndOrs(const Document& document, NodeId list) {
  return {document, list, NodeKind::kAndOr};
}

// The lists of a compound command or substitution, in the order of kinds.def;
// none in Case, whose items hold them.
inline ChildrenOfKind Lists(const Document& document, NodeId compound) {
  return {document, compound, NodeKind::kList};
}

// Whether it stands where a pipeline has a command: SimpleCommand, If, ...
bool IsCommand(NodeKind kind);

// Calls `visit(NodeId)` for every SimpleCommand in `root`, itself included, at
// any depth and in preorder; those in substitutions too.
template <typename Visit>
void ForEachCommand(const Document& document, NodeId root, Visit visit) {
  const uint32_t end = document.node(root).end_node;
  for (uint32_t i = Index(root); i < end; ++i) {
    if (document.kind(NodeId{i}) == NodeKind::kSimpleCommand) visit(NodeId{i});
  }
}

}  // namespace dfix

#endif  // DFIX_SHELL_VIEWS_H_
