#include "src/facts/start_script.h"

#include <algorithm>

#include "src/dockerfile/instructions.h"
#include "src/dockerfile/parser.h"
#include "src/facts/container_user.h"
#include "src/facts/copy_step.h"
#include "src/facts/run_work.h"
#include "src/facts/script_facts.h"
#include "src/shell/views.h"
#include "src/shell/words.h"
#include "src/text/one_of.h"
#include "src/text/search.h"

namespace dfix {
namespace {

// No line of a script is that.
constexpr std::string_view kDelimiter = "END_OF_START_SCRIPT";

// The last WORKDIR of `stage`'s chain, or `/`.
std::string FinalWorkdir(const Facts& facts, uint32_t stage) {
  std::string workdir = "/";
  for (const uint32_t i : StageChain(facts, stage)) {
    const InstructionFacts& instruction = facts.instructions()[i];
    if (instruction.kind != InstructionKind::kWorkdir || instruction.onbuild) {
      continue;
    }
    workdir = WorkdirSetBy(facts, i).value_or("");
  }
  return workdir;
}

// Where in the image the program `word` may be.
std::vector<std::string> Places(const Facts& facts, uint32_t stage,
                                std::string_view word) {
  if (word.starts_with('/')) return {std::string(word)};
  if (word.find('/') == word.npos) {
    std::vector<std::string> places;
    for (const std::string_view directory :
         {"/usr/local/sbin/", "/usr/local/bin/", "/usr/sbin/", "/usr/bin/",
          "/sbin/", "/bin/"}) {
      places.push_back(std::string(directory) + std::string(word));
    }
    return places;
  }
  const std::string workdir = FinalWorkdir(facts, stage);
  if (workdir.empty()) return {};
  if (word.starts_with("./")) word.remove_prefix(2);
  return {workdir + (workdir.ends_with('/') ? "" : "/") + std::string(word)};
}

// Whether a RUN of the chain does more to the script than to make it
// executable.
bool IsAltered(const Facts& facts, uint32_t run, std::string_view name) {
  constexpr std::string_view kHarmless[] = {"chmod", "chown", "dos2unix", "ls",
                                            "ln",    "test",  "["};
  const NodeId script = facts.instructions()[run].script;
  const std::string_view text =
      facts.document().Text(facts.instructions()[run].node);
  if (text.find(name) == text.npos) return false;
  if (script == kNoNode) return true;
  for (const ScriptCommand& command : CommandsOf(facts.document(), script)) {
    for (const std::string& operand : command.operands) {
      if (operand.find(name) == operand.npos) continue;
      const bool ends_lines =
          command.program == "sed" &&
          std::any_of(command.operands.begin(), command.operands.end(),
                      [](const std::string& word) {
                        return word == "s/\\r$//" || word == "s/\\r$//g" ||
                               word == "s/\\r//g" || word == "s/\\r//";
                      });
      if (!IsOneOf(command.program, kHarmless) && !ends_lines) return true;
    }
  }
  return false;
}

// The text of the file that the last COPY brings to `path`, if no RUN alters
// it.
std::optional<std::string> TextAt(const Facts& facts,
                                  const BuildContext& context, uint32_t stage,
                                  const std::string& path) {
  std::optional<std::string> text;
  for (const uint32_t i : StageChain(facts, stage)) {
    if (facts.instructions()[i].kind == InstructionKind::kRun && text &&
        IsAltered(facts, i, Basename(path))) {
      text.reset();
    }
    const auto step = CopyStepAt(facts, i);
    if (!step || !step->from_context || !step->problem.empty()) continue;
    const auto parts = CopiedParts(*step, context);
    if (!parts) continue;
    for (const CopiedPart& part : *parts) {
      if (!part.is_folder && part.target == path) {
        text = context.ReadSent(part.source);
      } else if (part.is_folder && IsInside(path, part.target)) {
        std::string_view rest = std::string_view(path);
        rest.remove_prefix(part.target == "/" ? 1 : part.target.size() + 1);
        const std::string source = part.source == "."
                                       ? std::string(rest)
                                       : part.source + "/" + std::string(rest);
        if (auto found = context.ReadSent(source)) text = std::move(found);
      }
    }
  }
  return text;
}

// A Dockerfile whose one RUN is the script: the shell is in Dockerfiles here. A
// first line that names no shell makes it another language's.
std::optional<Document> Parse(std::string_view text) {
  if (text.starts_with("#!")) {
    const std::string_view first = text.substr(0, text.find('\n'));
    if (!first.ends_with("sh") && first.find("sh ") == first.npos) {
      return std::nullopt;
    }
    text.remove_prefix(first.size());
  }
  if (text.find(kDelimiter) != text.npos) return std::nullopt;
  const std::string end(kDelimiter);
  return ParseDockerfile("FROM scratch\nRUN <<'" + end + "'\n" +
                         std::string(text) + "\n" + end + "\n");
}

bool IsTemporary(std::string_view path) {
  return IsInside(path, "/dev") || IsInside(path, "/tmp") ||
         IsInside(path, "/var/tmp") || IsInside(path, "/proc");
}

std::string_view Unquoted(std::string_view word) {
  const bool is_quoted =
      word.size() > 2 && word.front() == '"' && word.back() == '"';
  return is_quoted ? word.substr(1, word.size() - 2) : word;
}

// What the redirections of the command at `node` write.
std::vector<std::string> WrittenBy(const Document& document, NodeId node) {
  std::vector<std::string> written;
  for (const NodeId id : SimpleCommand{&document, node}.redirections()) {
    const Redirection redirection{&document, id};
    const ShellOperator kind = redirection.shell_operator();
    const bool writes =
        kind == ShellOperator::kWrite || kind == ShellOperator::kAppend ||
        kind == ShellOperator::kClobber || kind == ShellOperator::kWriteBoth ||
        kind == ShellOperator::kAppendBoth;
    if (!writes || redirection.target() == kNoNode) continue;
    const auto path = ConstantValue(document, redirection.target());
    if (path && (IsTemporary(*path) || !path->starts_with('/'))) continue;
    written.push_back(path.value_or(
        std::string(Unquoted(document.Text(redirection.target())))));
  }
  return written;
}

// Adds `word`, with the script's arguments in place of `$@` and `$1`.
void AddWord(std::string_view word, const std::vector<std::string>& arguments,
             std::vector<std::string>& words) {
  word = Unquoted(word);
  if (word == "$@" || word == "$*") {
    words.insert(words.end(), arguments.begin(), arguments.end());
    return;
  }
  const bool is_argument =
      word.size() == 2 && word[0] == '$' && word[1] >= '1' && word[1] <= '9';
  const size_t number = is_argument ? static_cast<size_t>(word[1] - '0') : 0;
  words.emplace_back(is_argument && number <= arguments.size()
                         ? std::string_view(arguments[number - 1])
                         : word);
}

std::vector<StartCall> CallsIn(const Document& document, NodeId script,
                               const std::vector<std::string>& arguments) {
  std::vector<StartCall> calls;
  for (const ScriptCommand& command : CommandsOf(document, script)) {
    StartCall call;
    call.written = WrittenBy(document, command.node);
    if (!command.name.empty() &&
        !DefinesFunction(document, script, command.program)) {
      AddWord(command.name, arguments, call.words);
      for (const std::string& operand : command.operands) {
        AddWord(operand, arguments, call.words);
      }
    }
    calls.push_back(std::move(call));
  }
  return calls;
}

}  // namespace

std::optional<std::vector<StartCall>> CallsOfScriptText(
    std::string_view text, const std::vector<std::string>& arguments) {
  const std::optional<Document> document = Parse(text);
  if (!document) return std::nullopt;
  const std::vector<Instruction> instructions = Instructions(*document);
  const NodeId script =
      instructions.size() == 2 ? instructions[1].Script() : kNoNode;
  if (script == kNoNode || document->kind(script) != NodeKind::kScript) {
    return std::nullopt;
  }
  return CallsIn(*document, script, arguments);
}

std::optional<std::vector<StartCall>> CallsOfStartScript(
    const Facts& facts, const BuildContext* context, uint32_t stage,
    std::string_view word, const std::vector<std::string>& arguments) {
  if (context == nullptr) return std::nullopt;
  for (const std::string& path : Places(facts, stage, word)) {
    const auto text = TextAt(facts, *context, stage, path);
    if (!text) continue;
    return CallsOfScriptText(*text, arguments);
  }
  return std::nullopt;
}

}  // namespace dfix
