#include "src/facts/exec_form.h"

#include <algorithm>

#include "src/dockerfile/instructions.h"
#include "src/dockerfile/json_array.h"
#include "src/dockerfile/parser.h"
#include "src/shell/views.h"
#include "src/shell/words.h"
#include "src/text/search.h"

namespace dfix {
namespace {

// What dash, bash or busybox's ash run themselves.
constexpr std::string_view kBuiltins[] = {
    ".",       ":",         "[",        "alias",   "bg",       "bind",
    "break",   "builtin",   "caller",   "case",    "cd",       "chdir",
    "command", "compgen",   "complete", "compopt", "continue", "coproc",
    "declare", "dirs",      "disown",   "do",      "done",     "echo",
    "elif",    "else",      "enable",   "esac",    "eval",     "exec",
    "exit",    "export",    "false",    "fc",      "fg",       "fi",
    "for",     "function",  "getopts",  "hash",    "help",     "history",
    "if",      "in",        "jobs",     "kill",    "let",      "local",
    "logout",  "mapfile",   "popd",     "printf",  "pushd",    "pwd",
    "read",    "readarray", "readonly", "return",  "select",   "set",
    "shift",   "shopt",     "source",   "suspend", "test",     "then",
    "time",    "times",     "trap",     "true",    "type",     "typeset",
    "ulimit",  "umask",     "unalias",  "unset",   "until",    "wait",
    "while",   "[[",        "]]",       "{",       "}",        "!"};

bool IsBuiltin(std::string_view name) {
  return std::find(std::begin(kBuiltins), std::end(kBuiltins), name) !=
         std::end(kBuiltins);
}

// A node's text as a message shows it.
std::string Shown(const Document& document, NodeId node) {
  constexpr size_t kLongest = 40;
  std::string text = LogicalText(document, node);
  if (text.size() > kLongest) {
    text.resize(kLongest);
    while (!text.empty() && (text.back() & 0x80) != 0) text.pop_back();
    text += "...";
  }
  return "`" + text + "`";
}

// The only command of the script; otherwise `reason` says what there is.
NodeId OnlyCommand(const Document& document, NodeId script,
                   std::string& reason) {
  const ChildrenOfKind lists = AndOrs(document, script);
  if (lists.size() != 1) {
    reason = lists.empty() ? "there is no command in it"
                           : "several commands need a shell";
    return kNoNode;
  }
  const AndOr list{&document, *lists.begin()};
  const std::vector<ChainLink> pipelines = list.pipelines();
  if (pipelines.size() != 1) {
    const bool is_and = pipelines[1].shell_operator == ShellOperator::kAnd;
    reason = is_and ? "`&&` needs a shell" : "`||` needs a shell";
    return kNoNode;
  }
  if (list.terminator() == Terminator::kBackground) {
    reason = "`&` needs a shell; the container ends when that does";
    return kNoNode;
  }
  const Pipeline pipeline{&document, pipelines[0].node};
  const std::vector<ChainLink> commands = pipeline.commands();
  if (commands.size() > 1) {
    reason = "a pipe needs a shell";
    return kNoNode;
  }
  if (commands.empty() ||
      document.kind(commands[0].node) != NodeKind::kSimpleCommand) {
    reason = "a compound command needs a shell";
    return kNoNode;
  }
  if (document.node(commands[0].node).first_token !=
      document.node(pipeline.id).first_token) {
    reason = "`!` or `time` needs a shell";
    return kNoNode;
  }
  return commands[0].node;
}

// Whether bash, which is /bin/sh on some systems, makes something else of a
// word that was read as dash does.
bool DiffersInBash(const Document& document, NodeId word) {
  bool has_brace = false;
  bool has_list = false;
  for (const TokenId id : document.Tokens(word)) {
    const std::string_view text = document.Text(id);
    const bool literal = document.kind(id) == TokenKind::kLiteral;
    if (literal && text.ends_with('$') &&
        Index(Next(id)) < document.node(word).end_token) {
      return true;
    }
    has_brace |= literal && text.find('{') != std::string_view::npos;
    has_list |= literal && (text.find(',') != std::string_view::npos ||
                            text.find("..") != std::string_view::npos);
  }
  return has_brace && has_list;
}

// Fills in the values; false if a word is none that JSON can say.
bool TakeValues(const Document& document, bool posix, ExecForm& form) {
  for (const NodeId word : form.words) {
    const auto value = ConstantValue(document, word);
    if (!value) {
      form.reason = Shown(document, word) + " is for a shell to replace";
      form.takes_exec = true;
      return false;
    }
    if (posix && DiffersInBash(document, word)) {
      form.reason = Shown(document, word) + " differs between dash and bash";
      return false;
    }
    if (DecodeJsonString(EncodeJsonString(*value)) != *value ||
        value->find('\0') != std::string::npos) {
      form.reason =
          Shown(document, word) + " is not UTF-8, which JSON has to be";
      return false;
    }
    form.values.push_back(*value);
  }
  return true;
}

// Takes `exec` off the words. False if it has options.
bool TakeExec(const Document& document, ExecForm& form) {
  if (!WordIs(document, form.words[0], "exec")) return true;
  form.exec = form.words[0];
  form.words.erase(form.words.begin());
  if (form.words.empty()) {
    form.reason = "`exec` has no program to run";
    return false;
  }
  if (document.Text(form.words[0]).starts_with('-')) {
    form.reason = "options of `exec` need a shell";
    return false;
  }
  return true;
}

// Why the program is none that can be started without a shell.
std::string NotAProgram(const Document& document, const ExecForm& form) {
  const auto name = ConstantValue(document, form.words[0]);
  const std::string shown = Shown(document, form.words[0]);
  if (!name) return shown + ", the program, is for a shell to replace";
  if (name->empty()) return "the program's name is empty";
  if (name->starts_with('-')) {
    return shown +
           " is an option and no program; write it as JSON if it is "
           "for the ENTRYPOINT";
  }
  if (name->find("{{") != std::string::npos) {
    return shown + " looks like a place in a template";
  }
  if (form.exec == kNoNode && IsBuiltin(*name)) {
    return shown + " is run by the shell itself";
  }
  if (name->find_first_of(" \t\n") != std::string::npos) {
    return shown + ", the program, has a blank in its name";
  }
  return "";
}

// Whether `text` has a `>` or `tee` before a path that ends with `name`.
bool RedirectsTo(std::string_view text, std::string_view name) {
  for (size_t at = text.find(name); at != std::string_view::npos;
       at = text.find(name, at + 1)) {
    const size_t after = at + name.size();
    if (after < text.size() &&
        std::string_view(" \t\r\n\"';&|)").find(text[after]) ==
            std::string_view::npos) {
      continue;
    }
    if (at > 0 && std::string_view(" \t/\"'>").find(text[at - 1]) ==
                      std::string_view::npos) {
      continue;
    }
    const size_t path = text.find_last_of(" \t>", at - (at > 0 ? 1 : 0));
    if (path == std::string_view::npos) continue;
    const size_t before = text.find_last_not_of(" \t", path);
    if (before == std::string_view::npos) continue;
    if (text[before] == '>' || text.substr(0, before + 1).ends_with(" tee")) {
      return true;
    }
  }
  return false;
}

}  // namespace

ExecForm ExecFormOf(const Document& document, NodeId script) {
  ExecForm form;
  if (script == kNoNode || document.kind(script) != NodeKind::kScript) {
    const bool none =
        script != kNoNode &&
        document.node(script).aux == static_cast<uint16_t>(ShellDialect::kNone);
    form.reason = script == kNoNode ? "there is no command in it"
                  : none ? "the shell in force is none that is understood"
                         : "its script is not understood";
    return form;
  }
  const NodeId command = OnlyCommand(document, script, form.reason);
  if (command == kNoNode) return form;
  const SimpleCommand simple{&document, command};
  const bool posix =
      document.node(script).aux == static_cast<uint16_t>(ShellDialect::kPosix);
  if (posix && (document.node(script).flags & kNodeBashism) != 0) {
    form.reason = "it is bash, and which shell `/bin/sh` is cannot be told";
    return form;
  }
  for (const NodeId assignment : simple.assignments()) {
    form.reason = Shown(document, assignment) +
                  " before the program needs a shell; use ENV or `env`";
    return form;
  }
  for (const NodeId word : simple.words()) form.words.push_back(word);
  if (form.words.empty()) {
    form.reason = "there is no command in it";
    return form;
  }
  if (!TakeExec(document, form)) return form;
  form.reason = NotAProgram(document, form);
  if (!form.reason.empty()) return form;
  for (const NodeId redirection : simple.redirections()) {
    form.reason = Shown(document, redirection) + " needs a shell";
    form.takes_exec = true;
    return form;
  }
  TakeValues(document, posix, form);
  return form;
}

ExecForm SplitCommand(const std::string& text) {
  ExecForm form;
  // Docker would read more in it than a shell's words.
  if (text.empty() || text.find('\n') != std::string::npos ||
      text.starts_with('-') || text.starts_with('[') || text.ends_with('\\')) {
    form.reason = "it is no plain command";
    return form;
  }
  const Document document = ParseDockerfile("FROM a\nCMD " + text);
  const std::vector<Instruction> instructions = Instructions(document);
  if (instructions.size() != 2) {
    form.reason = "it is no plain command";
    return form;
  }
  form = ExecFormOf(document, instructions[1].Script());
  form.words.clear();  // They are another document's.
  return form;
}

std::string WithExec(const Document& document, NodeId program) {
  std::string command;
  for (const NodeId child : document.Children(document.Parent(program))) {
    if (!command.empty()) command += ' ';
    if (child == program) command += "exec ";
    command += LogicalText(document, child);
  }
  return command;
}

bool ShellIsKnown(const Document& document, NodeId script) {
  return script != kNoNode && document.node(script).aux !=
                                  static_cast<uint16_t>(ShellDialect::kNone);
}

std::vector<std::string> ShellAt(const Facts& facts, uint32_t instruction) {
  const uint32_t shell = ShellInstructionAt(facts, instruction);
  if (shell == kNoInstruction) return {"/bin/sh", "-c"};
  return Instruction(facts.document(), facts.instructions()[shell].inner)
      .Arguments();
}

std::string_view ShellSetsUp(const Facts& facts, uint32_t instruction) {
  const std::vector<std::string> shell = ShellAt(facts, instruction);
  const std::string_view name = shell.empty() ? "" : Basename(shell[0]);
  if (name != "sh" && name != "bash" && name != "dash" && name != "ash") {
    return "SHELL starts something before the shell";
  }
  for (size_t i = 1; i < shell.size(); ++i) {
    const std::string_view option = shell[i];
    if (option == "pipefail" || option == "errexit" || option == "nounset") {
      continue;
    }
    if (option.size() < 2 || option[0] != '-' ||
        option.find_first_not_of("ceuxof", 1) != std::string_view::npos) {
      return "the options of SHELL may set up the environment";
    }
  }
  if (name != "bash") return "";
  for (const InstructionFacts& other : facts.instructions()) {
    if (other.kind != InstructionKind::kEnv) continue;
    const auto pairs = Instruction(facts.document(), other.inner).Pairs();
    const bool sets = std::any_of(
        pairs.begin(), pairs.end(),
        [](const KeyValuePair& pair) { return pair.key == "BASH_ENV"; });
    if (sets) return "BASH_ENV tells the shell to set up the environment";
  }
  return "";
}

uint32_t WriterWithoutInterpreter(const Facts& facts, uint32_t instruction,
                                  std::string_view program) {
  const std::string_view name = Basename(program);
  const auto writes = [&](const InstructionFacts& other) {
    const std::string_view text = facts.document().Text(other.node);
    if (text.find("#!") != std::string_view::npos || name.empty()) return false;
    if (other.kind == InstructionKind::kCopy) {
      std::string_view line = text.substr(0, text.find('\n'));
      line = line.substr(0, line.find_last_not_of(" \t\r") + 1);
      return line.find("<<") != std::string_view::npos && line.ends_with(name);
    }
    return other.kind == InstructionKind::kRun && RedirectsTo(text, name);
  };
  for (uint32_t i = instruction; i-- > 0;) {
    if (writes(facts.instructions()[i])) return i;
  }
  return kNoInstruction;
}

std::string JsonArrayOf(const std::vector<std::string>& values) {
  std::string out = "[";
  for (const std::string& value : values) {
    if (out.size() > 1) out += ", ";
    out += EncodeJsonString(value);
  }
  return out + "]";
}

}  // namespace dfix
