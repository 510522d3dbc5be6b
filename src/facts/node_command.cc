#include "src/facts/node_command.h"

#include <utility>

#include "src/dockerfile/instructions.h"
#include "src/facts/container_command.h"
#include "src/facts/plain_script.h"
#include "src/shell/words.h"
#include "src/text/search.h"

namespace dfix {
namespace {

bool IsThere(const CommandHalf& half) {
  return half.state == CommandHalf::State::kExec ||
         half.state == CommandHalf::State::kShell;
}

// The words of the instruction itself; none if they are not known.
std::vector<std::string> WordsOf(const Facts& facts, const CommandHalf& half) {
  const Document& document = facts.document();
  if (half.state == CommandHalf::State::kExec) {
    return Instruction(document, facts.instructions()[half.instruction].inner)
        .Arguments();
  }
  const PlainScript script = ReadPlainScript(facts, half.instruction);
  if (!script.problem.empty() || script.commands.size() != 1) return {};
  std::vector<std::string> words;
  for (const NodeId word : ProgramWords(document, script.commands[0])) {
    words.push_back(ConstantValue(document, word).value_or("$"));
  }
  return words;
}

}  // namespace

NodeCommand ReadNodeCommand(const Facts& facts, uint32_t stage,
                            const NodeProject& project) {
  NodeCommand command;
  const CommandHalf entry =
      HalfOfStage(facts, stage, InstructionKind::kEntrypoint);
  CommandHalf half = HalfOfStage(facts, stage, InstructionKind::kCmd);
  if (IsThere(entry)) {
    if (half.state != CommandHalf::State::kNone) {
      command.instruction = entry.instruction;
      command.problem = "what its arguments do is not known";
      return command;
    }
    half = entry;
  }
  command.instruction = facts.stages()[stage].first;
  if (IsThere(half)) {
    command.instruction = half.instruction;
    command.words = WordsOf(facts, half);
  }
  const std::string name = NodeScriptName(command.words);
  if (!name.empty()) {
    const auto found = project.scripts.find(name);
    const std::string text =
        found == project.scripts.end() ? "" : found->second;
    const auto hook = project.scripts.find("pre" + name);
    const bool has_hook =
        hook != project.scripts.end() && !hook->second.empty();
    if (has_hook || NeedsShell(text)) {
      command.problem = "what `" + name + "` runs is not known";
      return command;
    }
    command.words = WordsOfScript(text);
    while (!command.words.empty() && HasText(command.words[0], "=")) {
      command.words.erase(command.words.begin());
    }
  }
  if (!command.words.empty() && command.words[0] == "npx") {
    command.words.erase(command.words.begin());
  }
  if (command.words.empty()) command.problem = "what it runs is not known";
  return command;
}

ServeCall ReadServeCall(const std::vector<std::string>& words) {
  ServeCall call;
  bool single = false;
  for (size_t i = 1; i < words.size(); ++i) {
    const std::string& word = words[i];
    if (word == "-s" || word == "--single") {
      single = true;
    } else if ((word == "-l" || word == "--listen" || word == "-p") &&
               i + 1 < words.size()) {
      call.port = words[++i];
      call.port_is_given = true;
      const size_t scheme = call.port.rfind(':');
      if (scheme != std::string::npos) call.port.erase(0, scheme + 1);
    } else if (word[0] != '-' && call.folder.empty()) {
      call.folder = word;
    } else {
      call.problem = "what `" + word + "` does is not known";
      return call;
    }
  }
  if (!single || call.folder.empty() ||
      call.port.find_first_not_of("0123456789") != std::string::npos) {
    call.problem = "`serve` without `-s` lists folders";
  }
  return call;
}

}  // namespace dfix
