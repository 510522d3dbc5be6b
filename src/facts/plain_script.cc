#include "src/facts/plain_script.h"

#include <string_view>

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

std::string AddCommands(const Document& document, NodeId list,
                        std::vector<NodeId>& commands) {
  const AndOr and_or{&document, list};
  if (and_or.terminator() == Terminator::kBackground) {
    return "it runs a command in the background";
  }
  for (const ChainLink& link : and_or.pipelines()) {
    const auto parts = Pipeline{&document, link.node}.commands();
    const bool plain =
        parts.size() == 1 &&
        document.kind(parts[0].node) == NodeKind::kSimpleCommand &&
        link.shell_operator != ShellOperator::kOr;
    if (!plain) return std::string(kMoreThanList);
    std::string problem = ProblemOfCommand(document, parts[0].node);
    if (!problem.empty()) return problem;
    commands.push_back(parts[0].node);
  }
  return "";
}

}  // namespace

PlainScript ReadPlainScript(const Facts& facts, uint32_t index) {
  const Document& document = facts.document();
  const NodeId script = facts.instructions()[index].script;
  PlainScript result;
  if (script == kNoNode || document.kind(script) != NodeKind::kScript) {
    result.problem = "its script is not understood";
    return result;
  }
  for (const NodeId node : document.Children(script)) {
    if (document.kind(node) != NodeKind::kAndOr) continue;
    result.problem = AddCommands(document, node, result.commands);
    if (!result.problem.empty()) break;
  }
  return result;
}

}  // namespace dfix
