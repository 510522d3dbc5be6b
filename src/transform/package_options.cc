#include "src/transform/package_options.h"

#include "src/facts/apt_lists.h"
#include "src/shell/views.h"
#include "src/shell/words.h"

namespace dfix {

void AddOption(const PackageCommand& call, const AddedOption& option,
               ChangeWriter& change) {
  const bool behind_program = option.before_verb || call.verb_word == kNoNode;
  change.InsertWordAfter(behind_program ? call.program : call.verb_word,
                         option.text);
}

void LeaveAptStringsAlone(const Input& input, Sink& sink) {
  const Document& document = input.document;
  for (const InstructionFacts& instruction : input.facts.instructions()) {
    if (instruction.kind != InstructionKind::kRun ||
        instruction.script == kNoNode ||
        document.Text(instruction.script).find("apt") ==
            std::string_view::npos) {
      continue;
    }
    ForEachCommand(document, instruction.script, [&](NodeId command) {
      const NodeId string = StringThatShellRuns(document, command);
      if (string != kNoNode && MentionsApt(document.Text(string))) {
        sink.LeaveAlone(string, "a string that a shell runs is not edited");
      }
    });
  }
}

NodeId OptionPlace(const Document& document, const PackageCommand& call) {
  if (call.verb_word == kNoNode) return call.program;
  NodeId place = call.verb_word;
  for (const NodeId word : document.Children(call.command)) {
    if (Index(word) <= Index(call.verb_word)) continue;
    if (document.kind(word) != NodeKind::kWord) break;
    const auto value = ConstantValue(document, word);
    if (!value || value->size() < 2 || value->front() != '-') break;
    const bool plain_short =
        (*value)[1] != '-' &&
        value->find_first_not_of("yqfmVu", 1) == std::string::npos;
    const bool plain_long =
        *value == "--yes" || *value == "--assume-yes" || *value == "--quiet";
    if (!plain_short && !plain_long) break;
    place = word;
  }
  return place;
}

std::string CommandOf(const Document& document, const PackageCommand& call,
                      std::string_view command) {
  constexpr std::string_view kProgram = "{program}";
  std::string text = SudoPrefix(document, call);
  const size_t at = command.find(kProgram);
  if (at == std::string_view::npos) return text + std::string(command);
  text += command.substr(0, at);
  for (const NodeId word : document.Children(call.command)) {
    if (Index(word) < Index(call.first_word)) continue;
    text += LogicalText(document, word);
    if (word == call.program) break;
    text += ' ';
  }
  return text + std::string(command.substr(at + kProgram.size()));
}

std::string SudoPrefix(const Document& document, const PackageCommand& call) {
  if (call.prefix == kNoNode) return "";
  std::string prefix;
  for (const NodeId word : document.Children(call.command)) {
    if (Index(word) < Index(call.prefix)) continue;
    if (Index(word) >= Index(call.first_word)) break;
    prefix += LogicalText(document, word) + ' ';
  }
  return prefix;
}

}  // namespace dfix
