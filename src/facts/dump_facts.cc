// The readable list behind `dfix dump facts`.
#include <string>

#include "src/dockerfile/instructions.h"
#include "src/facts/apt_lists.h"
#include "src/facts/facts.h"
#include "src/shell/words.h"
#include "src/text/source_text.h"

namespace dfix {
namespace {

constexpr std::string_view kEventNames[] = {"refresh", "maybe-refresh", "use",
                                            "maybe-use", "purge"};

std::string StageLine(const Facts& facts, uint32_t index) {
  const Stage& stage = facts.stages()[index];
  std::string line = "stage " + std::to_string(index);
  if (!stage.name.empty()) line += " " + stage.name;
  line += " base=" + stage.base.value_or("?");
  if (stage.parent != kNoStage) {
    line += " parent=" + std::to_string(stage.parent);
  }
  return line + (stage.shipped ? " shipped\n" : "\n");
}

std::string InstructionLine(const Facts& facts, const LineTable& lines,
                            uint32_t index) {
  const Document& document = facts.document();
  const InstructionFacts& instruction = facts.instructions()[index];
  const TextRange range = document.Range(instruction.node);
  std::string line =
      "  line " + std::to_string(lines.Locate(range.begin).line) + " ";
  line += document.Text(TokenId{document.node(instruction.node).first_token});
  line += " user=" + UserAt(facts, index).value_or("?");
  line += " workdir=" + WorkdirAt(facts, index).value_or("?");
  const uint32_t shell = ShellInstructionAt(facts, index);
  if (shell != kNoInstruction) {
    line += " shell=";
    for (const std::string& word :
         Instruction(document, facts.instructions()[shell].inner).Arguments()) {
      line += word + ",";
    }
    line.pop_back();
  }
  if (instruction.onbuild) line += " onbuild";
  return line + '\n';
}

std::string CallLine(const Facts& facts, const PackageCommand& call) {
  std::string line = "    ";
  line += call.manager->name;
  line += ' ';
  line += Name(call.verb);
  if (call.traits.Has(CallTrait::kAssumesYes)) line += " yes";
  if (call.traits.Has(CallTrait::kSkipsOptional)) line += " no-recommends";
  if (call.traits.Has(CallTrait::kSkipsCache)) line += " no-cache";
  if (call.traits.Has(CallTrait::kOnlySimulates)) line += " simulates";
  line += ':';
  for (const NodeId operand : call.operands) {
    line += ' ' + LogicalText(facts.document(), operand);
  }
  return line + '\n';
}

}  // namespace

std::string DumpFacts(const Facts& facts) {
  const LineTable lines(facts.document().text());
  const std::vector<ListsStep> steps = FindListsSteps(facts);
  std::string out;
  if (!facts.not_a_source().empty()) {
    out = "not edited: " + std::string(facts.not_a_source()) + '\n';
  }
  uint32_t stage = kNoStage;
  for (uint32_t i = 0; i < facts.instructions().size(); ++i) {
    if (facts.instructions()[i].stage != stage) {
      stage = facts.instructions()[i].stage;
      out += StageLine(facts, stage);
    }
    out += InstructionLine(facts, lines, i);
    for (const PackageCommand& call : facts.package_commands()) {
      if (call.instruction == i) out += CallLine(facts, call);
    }
    for (const ListsStep& step : steps) {
      if (step.instruction != i) continue;
      out += "    apt lists: ";
      out += kEventNames[static_cast<size_t>(step.event)];
      out += '\n';
    }
  }
  return out;
}

}  // namespace dfix
