#include "src/facts/plain_script.h"

#include <string_view>
#include <utility>

#include "src/facts/package_command.h"
#include "src/shell/views.h"
#include "src/shell/words.h"
#include "src/text/one_of.h"
#include "src/text/search.h"

namespace dfix {
namespace {

constexpr std::string_view kMoreThanList =
    "its script is more than a list of commands";

// Commands in `$(...)` that only tell something.
constexpr std::string_view kAsked[] = {
    "basename", "cat",   "cut", "date", "echo", "git",   "go",     "head",
    "hostname", "nproc", "pwd", "sed",  "tr",   "uname", "whoami",
};

std::string ProblemOfCommand(const Document& document, NodeId node) {
  const SimpleCommand command{&document, node};
  for (const NodeId redirection : command.redirections()) {
    const NodeId target = Redirection{&document, redirection}.target();
    if (target != kNoNode && !WordIs(document, target, "/dev/null") &&
        !WordIs(document, target, "1") && !WordIs(document, target, "2")) {
      return "it writes a file by a redirection";
    }
  }
  std::string problem;
  ForEachCommand(document, node, [&](NodeId inner) {
    if (inner == node) return;
    const auto words = ProgramWords(document, inner);
    const auto name =
        words.empty() ? std::nullopt : ConstantValue(document, words[0]);
    if (!IsOneOf(Basename(name.value_or("")), kAsked)) problem = kMoreThanList;
  });
  return problem;
}

// One walk over a script.
class Reader {
 public:
  Reader(const Document& document, bool with_subshells)
      : document_(document), with_subshells_(with_subshells) {}

  PlainScript Read(NodeId script) {
    result_.problem = AddLists(script);
    return std::move(result_);
  }

 private:
  // Adds the commands of a Script or List. Why that cannot be; else empty.
  std::string AddLists(NodeId list) {
    for (const NodeId and_or : AndOrs(document_, list)) {
      std::string problem = AddChain(AndOr{&document_, and_or});
      if (!problem.empty()) return problem;
    }
    return "";
  }

  std::string AddChain(const AndOr& and_or) {
    if (and_or.terminator() == Terminator::kBackground) {
      return "it runs a command in the background";
    }
    for (const ChainLink& link : and_or.pipelines()) {
      const auto parts = Pipeline{&document_, link.node}.commands();
      if (parts.size() != 1 || link.shell_operator == ShellOperator::kOr) {
        return std::string(kMoreThanList);
      }
      std::string problem = AddCommand(parts[0].node);
      if (!problem.empty()) return problem;
    }
    return "";
  }

  std::string AddCommand(NodeId node) {
    if (document_.kind(node) == NodeKind::kSubshell) return AddSubshell(node);
    if (document_.kind(node) != NodeKind::kSimpleCommand) {
      return std::string(kMoreThanList);
    }
    std::string problem = ProblemOfCommand(document_, node);
    if (!problem.empty()) return problem;
    result_.commands.push_back(node);
    result_.subshells.push_back(subshell_);
    return "";
  }

  std::string AddSubshell(NodeId node) {
    const bool redirects =
        document_.Child(node, NodeKind::kRedirection) != kNoNode;
    if (!with_subshells_ || subshell_ > 0 || redirects) {
      return std::string(kMoreThanList);
    }
    subshell_ = ++count_;
    std::string problem;
    for (const NodeId list : Lists(document_, node)) {
      if (problem.empty()) problem = AddLists(list);
    }
    subshell_ = 0;
    return problem;
  }

  const Document& document_;
  bool with_subshells_;
  uint32_t subshell_ = 0;
  uint32_t count_ = 0;
  PlainScript result_;
};

}  // namespace

PlainScript ReadPlainScript(const Facts& facts, uint32_t index,
                            bool with_subshells) {
  const Document& document = facts.document();
  const NodeId script = facts.instructions()[index].script;
  if (script == kNoNode || document.kind(script) != NodeKind::kScript) {
    PlainScript result;
    result.problem = "its script is not understood";
    return result;
  }
  return Reader(document, with_subshells).Read(script);
}

}  // namespace dfix
