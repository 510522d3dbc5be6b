#include "src/transform/apt.h"

#include "src/facts/apt_lists.h"
#include "src/shell/views.h"
#include "src/shell/words.h"

namespace dfix {

bool AptIsConfigured(const Facts& facts, const PackageCommand& call,
                     std::string_view item) {
  const Document& document = facts.document();
  uint32_t stage = facts.instructions()[call.instruction].stage;
  uint32_t end = document.Range(call.command).begin;
  while (stage != kNoStage) {
    const Stage& here = facts.stages()[stage];
    const TextRange range = {
        document.Range(facts.instructions()[here.first].node).begin,
        std::min(end,
                 document.Range(facts.instructions()[here.end - 1].node).end)};
    const std::string_view text = Slice(document.text(), range);
    for (size_t at = text.find(item); at != std::string_view::npos;
         at = text.find(item, at + 1)) {
      // `-o APT::...` of another call configures that call only.
      const std::string_view before = text.substr(0, at);
      const size_t line = before.find_last_of("\n;&|");
      const std::string_view command =
          before.substr(line == std::string_view::npos ? 0 : line + 1);
      const bool option = command.find("-o") != std::string_view::npos ||
                          command.find("--option") != std::string_view::npos;
      if (!option) return true;
    }
    stage = here.parent;
    end = static_cast<uint32_t>(document.text().size());
  }
  return false;
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

std::string SudoPrefix(const Document& document, const PackageCommand& call) {
  if (call.prefix == kNoNode) return "";
  std::string prefix;
  for (const NodeId word : document.Children(call.command)) {
    if (Index(word) < Index(call.prefix)) continue;
    if (Index(word) >= Index(call.program)) break;
    prefix += LogicalText(document, word) + ' ';
  }
  return prefix;
}

}  // namespace dfix
