#include "src/facts/shell_state.h"

#include <algorithm>
#include <cctype>
#include <optional>

#include "src/shell/views.h"
#include "src/shell/words.h"

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

bool IsNameCharacter(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

// Whether `name` stands in `text` and is not a part of a longer name.
bool HasName(std::string_view text, std::string_view name) {
  for (size_t at = text.find(name); at != std::string_view::npos;
       at = text.find(name, at + 1)) {
    const size_t end = at + name.size();
    const bool begins = at == 0 || !IsNameCharacter(text[at - 1]);
    if (begins && (end == text.size() || !IsNameCharacter(text[end]))) {
      return true;
    }
  }
  return false;
}

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
    std::vector<NodeId> words;
    for (const NodeId word : command.words()) words.push_back(word);
    const auto value = [&](size_t i) {
      return i < words.size() ? ConstantValue(document_, words[i])
                              : std::nullopt;
    };
    size_t at = 0;
    while (value(at) == "command" || value(at) == "builtin") {
      ++at;
      if (value(at) == "-p") ++at;
    }
    const auto name = value(at);
    const bool special = name && std::find(std::begin(kSpecialBuiltins),
                                           std::end(kSpecialBuiltins),
                                           *name) != std::end(kSpecialBuiltins);
    if (at >= words.size() || special) AddAssignments(command);
    if (at >= words.size()) return;
    const std::string_view text = document_.Text(words[at]);
    if (!name) {
      // A path is a program.
      if (text.find('/') == std::string_view::npos) {
        Add(ShellEffect::kAnything, text);
      }
      return;
    }
    if (*name == "exec") {
      const bool replaces = at + 1 < words.size();
      Add(replaces ? ShellEffect::kReplaced : ShellEffect::kDescriptors, *name);
    }
    if (*name == "printf" && value(at + 1) == "-v") {
      Add(ShellEffect::kVariables, *name);
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

bool HasOnlySimpleCommands(const Document& document, NodeId and_or) {
  const auto pipelines = AndOr{&document, and_or}.pipelines();
  if (pipelines.size() != 1) return false;
  const Pipeline pipeline{&document, pipelines[0].node};
  if (pipeline.negated()) return false;
  const auto commands = pipeline.commands();
  return !commands.empty() &&
         std::all_of(
             commands.begin(), commands.end(), [&](const ChainLink& link) {
               return document.kind(link.node) == NodeKind::kSimpleCommand;
             });
}

// Whether `and_or` is a `set` alone, such as `set -eux;`, that turns errexit
// on.
bool IsLeadingSet(const Document& document, NodeId and_or) {
  if (AndOr{&document, and_or}.terminator() != Terminator::kSemicolon ||
      !HasOnlySimpleCommands(document, and_or)) {
    return false;
  }
  const NodeId command = document.Child(
      document.Child(and_or, NodeKind::kPipeline), NodeKind::kSimpleCommand);
  const std::string text = LogicalText(document, command);
  if (!text.starts_with("set -") || text.find('|') != std::string::npos) {
    return false;
  }
  bool errexit = false;
  bool takes_name = false;
  for (const NodeId child : document.Children(command)) {
    if (document.kind(child) != NodeKind::kWord) return false;
    const std::string word = ConstantValue(document, child).value_or("");
    if (takes_name) {
      if (word != "errexit" && word != "pipefail" && word != "nounset" &&
          word != "xtrace") {
        return false;
      }
      errexit |= word == "errexit";
      takes_name = false;
      continue;
    }
    if (word == "set") continue;
    if (word.size() < 2 || word[0] != '-' ||
        word.find_first_not_of("euxvo", 1) != std::string::npos) {
      return false;
    }
    errexit |= word.find('e') != std::string::npos;
    takes_name = word.find('o') != std::string::npos;
    if (takes_name && word.back() != 'o') return false;
  }
  return errexit && !takes_name;
}

// Whether the simple command may turn errexit on in its shell.
bool MaySetErrexit(const Document& document, NodeId command) {
  const NodeId name = SimpleCommand{&document, command}.name();
  if (name == kNoNode) return false;
  const auto value = ConstantValue(document, name);
  if (!value) return document.Text(name).find('/') == std::string_view::npos;
  return *value == "set" || *value == "eval" || *value == "." ||
         *value == "source" || *value == "shopt" || *value == "command" ||
         *value == "builtin";
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
  shape.ends_fatally = HasOnlySimpleCommands(document, last.id);
  if (statements.size() > 1 && IsLeadingSet(document, statements.front())) {
    shape.leading_set = statements.front();
  }
  for (uint32_t n = Index(script); n < document.node(script).end_node; ++n) {
    switch (document.nodes()[n].kind) {
      case NodeKind::kSimpleCommand:
        shape.may_set_errexit |= MaySetErrexit(document, NodeId{n});
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

}  // namespace dfix
