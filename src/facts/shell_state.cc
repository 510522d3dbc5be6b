#include "src/facts/shell_state.h"

#include <algorithm>
#include <cctype>
#include <optional>
#include <span>
#include <utility>

#include "src/shell/views.h"
#include "src/shell/words.h"
#include "src/text/one_of.h"
#include "src/text/search.h"

namespace dfix {
namespace {

struct Builtin {
  std::string_view name;
  ShellEffect effect;
};

constexpr Builtin kBuiltins[] = {
    {".", ShellEffect::kAnything},
    {"alias", ShellEffect::kFunctions},
    {"bind", ShellEffect::kAnything},
    {"break", ShellEffect::kExit},
    {"cd", ShellEffect::kDirectory},
    {"chdir", ShellEffect::kDirectory},
    {"complete", ShellEffect::kFunctions},
    {"continue", ShellEffect::kExit},
    {"declare", ShellEffect::kVariables},
    {"dirs", ShellEffect::kDirectory},
    {"disown", ShellEffect::kJobs},
    {"enable", ShellEffect::kFunctions},
    {"eval", ShellEffect::kAnything},
    {"exit", ShellEffect::kExit},
    {"export", ShellEffect::kVariables},
    {"fc", ShellEffect::kAnything},
    {"getopts", ShellEffect::kVariables},
    {"hash", ShellEffect::kFunctions},
    {"let", ShellEffect::kVariables},
    {"local", ShellEffect::kVariables},
    {"logout", ShellEffect::kExit},
    {"mapfile", ShellEffect::kVariables},
    {"popd", ShellEffect::kDirectory},
    {"pushd", ShellEffect::kDirectory},
    {"read", ShellEffect::kVariables},
    {"readarray", ShellEffect::kVariables},
    {"readonly", ShellEffect::kVariables},
    {"return", ShellEffect::kExit},
    {"set", ShellEffect::kOptions},
    {"shift", ShellEffect::kParameters},
    {"shopt", ShellEffect::kOptions},
    {"source", ShellEffect::kAnything},
    {"suspend", ShellEffect::kJobs},
    {"trap", ShellEffect::kTraps},
    {"typeset", ShellEffect::kVariables},
    {"ulimit", ShellEffect::kLimits},
    {"umask", ShellEffect::kLimits},
    {"unalias", ShellEffect::kFunctions},
    {"unset", ShellEffect::kVariables},
};

// An assignment before one of these lasts, in some shells.
constexpr std::string_view kSpecialBuiltins[] = {
    ".",      ":",      "break",    "continue", "eval", "exec",
    "exit",   "export", "readonly", "return",   "set",  "shift",
    "source", "times",  "trap",     "unset"};

// Files that hold nothing but assignments (os-release(5)).
constexpr std::string_view kVariableFiles[] = {
    "/etc/os-release", "/usr/lib/os-release", "/etc/lsb-release"};

// Whether an arithmetic expression may assign: `=`, `+=`, `++`, but not `==`.
bool MayAssign(std::string_view text) {
  for (size_t i = 0; i < text.size(); ++i) {
    const char next = i + 1 < text.size() ? text[i + 1] : '\0';
    if ((text[i] == '+' || text[i] == '-') && next == text[i]) return true;
    if (text[i] != '=') continue;
    if (next == '=') {
      ++i;
      continue;
    }
    const char before = i > 0 ? text[i - 1] : '\0';
    const bool shift = i > 1 && text[i - 2] == before;
    const bool compares =
        before == '!' || ((before == '<' || before == '>') && !shift);
    if (!compares) return true;
  }
  return false;
}

// The words of a simple command from the one that it runs on: without
// `command` and `builtin` before that.
std::vector<NodeId> WordsOfCommand(const Document& document, NodeId command) {
  std::vector<NodeId> words;
  for (const NodeId word : SimpleCommand{&document, command}.words()) {
    words.push_back(word);
  }
  const auto begins_with = [&](std::string_view value) {
    return !words.empty() && ConstantValue(document, words[0]) == value;
  };
  while (begins_with("command") || begins_with("builtin")) {
    words.erase(words.begin());
    if (begins_with("-p")) words.erase(words.begin());
  }
  return words;
}

class Finder {
 public:
  explicit Finder(const Document& document) : document_(document) {}

  void Visit(NodeId node, bool contained) {
    switch (document_.kind(node)) {
      case NodeKind::kSubshell:
      case NodeKind::kProcessSubstitution:
        contained = true;
        break;
      case NodeKind::kCommandSubstitution:
        if (HasUnreadJob(node)) Add(ShellEffect::kJobs, "&");
        contained = true;
        break;
      case NodeKind::kCoprocess:
        Add(ShellEffect::kJobs, "coproc");
        contained = true;
        break;
      case NodeKind::kAndOr:
        if (AndOr{&document_, node}.terminator() == Terminator::kBackground) {
          Add(ShellEffect::kJobs, "&");
          contained = true;
        }
        break;
      case NodeKind::kPipeline:
        if (Pipeline{&document_, node}.commands().size() > 1) contained = true;
        break;
      case NodeKind::kFunction:
        if (!contained) Add(ShellEffect::kFunctions, "function");
        contained = true;
        break;
      default:
        if (!contained) VisitOwn(node);
        break;
    }
    for (const NodeId child : document_.Children(node)) Visit(child, contained);
  }

  std::vector<ShellChange> Take() { return std::move(changes_); }

 private:
  // What `node` itself does in the script's own shell.
  void VisitOwn(NodeId node) {
    switch (document_.kind(node)) {
      case NodeKind::kSimpleCommand:
        return VisitCommand({&document_, node});
      case NodeKind::kFor:
      case NodeKind::kSelect:
        Add(ShellEffect::kVariable,
            document_.Text(document_.Child(node, NodeKind::kWord)));
        if (document_.kind(node) == NodeKind::kSelect) {
          Add(ShellEffect::kVariable, "REPLY");
        }
        return;
      case NodeKind::kConditional:
        return Add(ShellEffect::kVariable, "BASH_REMATCH");
      case NodeKind::kArithmetic:
      case NodeKind::kArithmeticFor:
      case NodeKind::kArithmeticExpansion:
        if (MayAssign(ArithmeticText(node))) {
          Add(ShellEffect::kVariables, "((");
        }
        return;
      case NodeKind::kParameterExpansion:
        return VisitExpansion(node);
      case NodeKind::kRedirection:
        if (Redirection{&document_, node}.number().starts_with('{')) {
          Add(ShellEffect::kDescriptors, document_.Text(node));
        }
        return;
      default:
        return;
    }
  }

  void VisitExpansion(NodeId node) {
    std::string_view name;
    for (const TokenId token : document_.Tokens(node)) {
      const std::string_view text = document_.Text(token);
      if (document_.kind(token) == TokenKind::kParameter && name.empty()) {
        name = text;
      } else if (document_.kind(token) == TokenKind::kArithmeticText &&
                 MayAssign(text)) {
        Add(ShellEffect::kVariables, "((");
      } else if (document_.kind(token) == TokenKind::kExpansionOperator &&
                 (text == "=" || text == ":=")) {
        Add(ShellEffect::kVariable, name);
      }
    }
  }

  void VisitCommand(const SimpleCommand& command) {
    const std::vector<NodeId> words = WordsOfCommand(document_, command.id);
    const auto value = [&](size_t i) {
      return i < words.size() ? ConstantValue(document_, words[i])
                              : std::nullopt;
    };
    const auto name = value(0);
    const bool special = name && IsOneOf(*name, kSpecialBuiltins);
    if (words.empty() || special) AddAssignments(command);
    if (words.empty()) return;
    const std::string_view text = document_.Text(words[0]);
    if (!name) {
      // A path is a program.
      if (text.find('/') == std::string_view::npos) {
        Add(ShellEffect::kAnything, text);
      }
      return;
    }
    if (*name == "exec") {
      const bool replaces = words.size() > 1;
      Add(replaces ? ShellEffect::kReplaced : ShellEffect::kDescriptors, *name);
    }
    if (*name == "printf" && value(1) == "-v") {
      Add(ShellEffect::kVariables, *name);
    }
    if (*name == "." && IsOneOf(value(1).value_or(""), kVariableFiles)) {
      return Add(ShellEffect::kVariables, *name);
    }
    for (const Builtin& builtin : kBuiltins) {
      if (builtin.name == *name) Add(builtin.effect, *name);
    }
  }

  void AddAssignments(const SimpleCommand& command) {
    for (const NodeId assignment : command.assignments()) {
      std::string_view name = document_.Text(assignment);
      Add(ShellEffect::kVariable, name.substr(0, name.find_first_of("=+[")));
    }
  }

  std::string ArithmeticText(NodeId node) const {
    std::string text;
    for (const TokenId token : document_.Tokens(node)) {
      if (document_.kind(token) == TokenKind::kArithmeticText) {
        text += document_.Text(token);
      }
    }
    return text;
  }

  // Whether a substitution that nobody parsed may start a job.
  bool HasUnreadJob(NodeId node) const {
    for (const TokenId token : document_.Tokens(node)) {
      if (document_.kind(token) == TokenKind::kShellText &&
          document_.Text(token).find('&') != std::string_view::npos) {
        return true;
      }
    }
    return false;
  }

  void Add(ShellEffect effect, std::string_view what) {
    changes_.push_back({effect, std::string(what)});
  }

  const Document& document_;
  std::vector<ShellChange> changes_;
};

bool HasOnlySimpleCommands(const Document& document, NodeId id) {
  const Pipeline pipeline{&document, id};
  if (pipeline.negated()) return false;
  const auto commands = pipeline.commands();
  return !commands.empty() &&
         std::all_of(
             commands.begin(), commands.end(), [&](const ChainLink& link) {
               return document.kind(link.node) == NodeKind::kSimpleCommand;
             });
}

// Reads `-eux` or, of `-o`, the name that follows. False for other options.
bool AddOption(std::string_view name, SetOptions& options) {
  if (name == "errexit" || name == "e") options.errexit = true;
  if (name == "nounset" || name == "u") options.nounset = true;
  if (name == "xtrace" || name == "x") options.xtrace = true;
  if (name == "pipefail") options.pipefail = true;
  return name == "errexit" || name == "nounset" || name == "xtrace" ||
         name == "pipefail" || name == "e" || name == "u" || name == "x";
}

// What the simple command `set -euxo pipefail` turns on; absent for any other
// command, and if it does more than that.
std::optional<SetOptions> ReadSet(const Document& document, NodeId command) {
  SetOptions options;
  bool is_first = true;
  bool takes_name = false;
  bool has_options = false;
  for (const NodeId child : document.Children(command)) {
    if (document.kind(child) != NodeKind::kWord) return std::nullopt;
    const std::string word = ConstantValue(document, child).value_or("");
    if (is_first != (word == "set")) return std::nullopt;
    if (std::exchange(is_first, false)) continue;
    if (takes_name) {
      if (word.size() < 2 || !AddOption(word, options)) return std::nullopt;
      takes_name = false;
      continue;
    }
    if (word.size() < 2 || word[0] != '-') return std::nullopt;
    has_options = true;
    for (size_t i = 1; i < word.size(); ++i) {
      takes_name = word[i] == 'o' && i + 1 == word.size();
      if (!takes_name && !AddOption(word.substr(i, 1), options)) {
        return std::nullopt;
      }
    }
  }
  if (takes_name || !has_options) return std::nullopt;
  return options;
}

// The one simple command of a pipeline, or kNoNode.
NodeId SimpleCommandOf(const Document& document, NodeId pipeline) {
  const auto commands = Pipeline{&document, pipeline}.commands();
  const bool simple =
      commands.size() == 1 &&
      document.kind(commands[0].node) == NodeKind::kSimpleCommand &&
      document.node(commands[0].node).first_token ==
          document.node(pipeline).first_token;
  return simple ? commands[0].node : kNoNode;
}

// What the simple command runs in its own shell that is not in the script: the
// text of its first word; empty if nothing.
std::string_view UnseenScript(const Document& document, NodeId command) {
  const auto words = WordsOfCommand(document, command);
  if (words.empty()) return "";
  const auto name = ConstantValue(document, words[0]);
  const std::string_view text = document.Text(words[0]);
  if (!name) return text.find('/') == std::string_view::npos ? text : "";
  if (words.size() > 1 && *name == "." &&
      IsOneOf(ConstantValue(document, words[1]).value_or(""), kVariableFiles)) {
    return "";
  }
  constexpr std::string_view kRunners[] = {".", "eval", "source", "trap"};
  return IsOneOf(*name, kRunners) ? text : "";
}

// Notes what the simple command may do about errexit in its shell.
void AddErrexit(const Document& document, NodeId command, ScriptShape& shape) {
  const auto words = WordsOfCommand(document, command);
  if (words.empty()) return;
  const std::string_view unseen = UnseenScript(document, command);
  if (shape.unseen.empty()) shape.unseen = unseen;
  shape.same_under_errexit &= unseen.empty();
  shape.may_set_errexit |= WordIs(document, words[0], "set") ||
                           WordIs(document, words[0], "shopt") ||
                           (!unseen.empty() && unseen != "trap");
}

void AddLeadingSet(const Document& document, std::span<const NodeId> statements,
                   ScriptShape& shape) {
  const AndOr first{&document, statements.front()};
  const auto pipelines = first.pipelines();
  if (pipelines.empty()) return;
  const NodeId command = SimpleCommandOf(document, pipelines[0].node);
  if (command == kNoNode) return;
  const auto options = ReadSet(document, command);
  if (!options) return;
  const bool alone = pipelines.size() == 1;
  if (alone && statements.size() > 1 && options->errexit &&
      (first.terminator() == Terminator::kSemicolon ||
       first.terminator() == Terminator::kNewline)) {
    shape.leading_set = first.id;
  } else if (!alone && shape.one_list &&
             pipelines[1].shell_operator == ShellOperator::kAnd) {
    shape.leading_link = pipelines[0].node;
  } else {
    return;
  }
  shape.set_options = *options;
}

// Whether the trace of `set -x` could go elsewhere than to the build's log.
bool RedirectsErrors(const Document& document, NodeId redirection) {
  const Redirection view{&document, redirection};
  const std::string_view text = document.Text(redirection);
  if (view.number() == "2" || text.starts_with("&>")) return true;
  const NodeId target = view.target();
  return text.starts_with(">&") && target != kNoNode &&
         document.Text(target).find_first_not_of("0123456789-") !=
             std::string_view::npos;
}

}  // namespace

std::vector<ShellChange> FindShellChanges(const Document& document,
                                          NodeId script) {
  Finder finder(document);
  finder.Visit(script, false);
  return finder.Take();
}

bool MayUseVariable(const Document& document, NodeId script,
                    std::string_view name) {
  for (const TokenId token : document.Tokens(script)) {
    switch (document.kind(token)) {
      case TokenKind::kParameter:
      case TokenKind::kArithmeticText:
      case TokenKind::kAssignmentName:
      case TokenKind::kShellText:
        if (HasName(document.Text(token), name)) return true;
        break;
      case TokenKind::kLiteral:
      case TokenKind::kQuotedText:
        // `export name`
        if (document.Text(token) == name) return true;
        break;
      default:
        break;
    }
  }
  return false;
}

ScriptShape ShapeOf(const Document& document, NodeId script) {
  ScriptShape shape;
  std::vector<NodeId> statements;
  for (const NodeId and_or : AndOrs(document, script)) {
    statements.push_back(and_or);
  }
  if (statements.empty()) return shape;
  const AndOr last{&document, statements.back()};
  shape.one_list =
      statements.size() == 1 && last.terminator() != Terminator::kBackground;
  for (const ChainLink& link : last.pipelines()) {
    shape.has_or |= link.shell_operator == ShellOperator::kOr;
  }
  const auto pipelines = last.pipelines();
  const bool all_simple = std::all_of(
      pipelines.begin(), pipelines.end(), [&](const ChainLink& link) {
        return HasOnlySimpleCommands(document, link.node);
      });
  shape.is_flat = shape.one_list && !shape.has_or && all_simple;
  shape.ends_fatally = pipelines.size() == 1 && all_simple;
  AddLeadingSet(document, statements, shape);
  for (uint32_t n = Index(script); n < document.node(script).end_node; ++n) {
    switch (document.nodes()[n].kind) {
      case NodeKind::kSimpleCommand:
        AddErrexit(document, NodeId{n}, shape);
        break;
      case NodeKind::kScript:
      case NodeKind::kList:
        shape.same_under_errexit &= AndOrs(document, NodeId{n}).size() <= 1;
        break;
      case NodeKind::kFor:
      case NodeKind::kArithmeticFor:
      case NodeKind::kSelect:
      case NodeKind::kWhile:
      case NodeKind::kUntil:
      case NodeKind::kFunction:
        shape.same_under_errexit = false;
        break;
      default:
        break;
    }
  }
  return shape;
}

std::string OptionsProblem(const Document& document, NodeId script,
                           const SetOptions& options) {
  const uint32_t end = document.node(script).end_node;
  for (uint32_t n = Index(script); n < end; ++n) {
    const NodeId node{n};
    const NodeKind kind = document.kind(node);
    if (kind == NodeKind::kSimpleCommand) {
      const std::string_view unseen = UnseenScript(document, node);
      if (!unseen.empty()) {
        return "what `" + std::string(unseen) +
               "` runs would have the options of the other RUN";
      }
    }
    if (kind == NodeKind::kPipeline && options.pipefail &&
        Pipeline{&document, node}.commands().size() > 1) {
      return "`pipefail` of the other RUN would change what its pipe returns";
    }
    if (kind == NodeKind::kRedirection && options.xtrace &&
        RedirectsErrors(document, node)) {
      return "the trace of the other RUN's `set -x` would go into its file";
    }
  }
  if (options.errexit && !ShapeOf(document, script).same_under_errexit) {
    return "`set -e` of the other RUN would act inside it";
  }
  if (!options.nounset && !options.xtrace) return "";
  for (const TokenId token : document.Tokens(script)) {
    const TokenKind kind = document.kind(token);
    if (kind == TokenKind::kParameter || kind == TokenKind::kArithmeticText ||
        (kind == TokenKind::kOperator && document.Text(token) == "|&")) {
      return options.nounset
                 ? "`set -u` of the other RUN would not let it use variables "
                   "that are not set"
                 : "`set -x` of the other RUN would show its variables in the "
                   "build's log";
    }
  }
  return "";
}

}  // namespace dfix
