#include "src/facts/facts.h"

#include <algorithm>

#include "src/dockerfile/characters.h"
#include "src/dockerfile/instructions.h"
#include "src/dockerfile/variable_lexer.h"
#include "src/facts/script_facts.h"
#include "src/text/backticks.h"

namespace dfix {
namespace {

constexpr std::string_view kIsTemplate = "it is a template";

// Whether `text` has a name between double signs that programs replace:
// `%%VERSION%%`.
bool HasPlaceholder(std::string_view text) {
  for (size_t at = text.find("%%"); at != std::string_view::npos;
       at = text.find("%%", at + 1)) {
    const size_t end = text.find_first_not_of(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-", at + 2);
    if (end != std::string_view::npos && end > at + 3 &&
        text.substr(end, 2) == "%%") {
      return true;
    }
  }
  return false;
}

// The first word of a line, or one that names an image, shows it.
bool LooksLikeTemplate(const Document& document, const InstructionFacts& i) {
  const std::string_view text = document.Text(i.node);
  if (text.starts_with("{{") || text.starts_with("{%") ||
      text.starts_with("<%") || text.starts_with("{#")) {
    return true;
  }
  if (text.find("<%=") != std::string_view::npos) return true;
  if (HasPlaceholder(text)) return true;
  // `{{` inside quotes is Go's, in `docker inspect --format`.
  for (size_t at = text.find("{{"); at != std::string_view::npos;
       at = text.find("{{", at + 1)) {
    const char before = text[at - 1];
    if (i.kind == InstructionKind::kFrom || before == ' ' || before == '\t' ||
        before == '\n') {
      return true;
    }
  }
  return false;
}

// Why the instruction, which no builder knows, is a reason not to edit the
// file: what it means to those around it cannot be told.
std::string WhyNoSource(std::string_view keyword) {
  for (const std::string_view mark : {"<<<<<<<", "=======", ">>>>>>>"}) {
    if (keyword.starts_with(mark)) return "it has marks of a merge conflict";
  }
  if (keyword.size() > 2 && keyword.front() == '@' && keyword.back() == '@') {
    return std::string(kIsTemplate);
  }
  return InBackticks(keyword) + " is no instruction of a Dockerfile";
}

// Whether a comment before the first instruction says that the file is
// generated and that edits would be lost.
bool SaysGenerated(const Document& document) {
  bool generated = false;
  bool do_not_edit = false;
  for (uint32_t i = 0; i < document.tokens().size(); ++i) {
    const TokenKind kind = document.tokens()[i].kind;
    if (!IsTrivia(kind)) break;
    if (kind != TokenKind::kComment) continue;
    const std::string comment = AsciiLower(document.Text(TokenId{i}));
    generated |= comment.find("generated") != std::string::npos;
    do_not_edit |= comment.find("do not edit") != std::string::npos ||
                   comment.find("do not modify") != std::string::npos ||
                   comment.find("don't edit") != std::string::npos;
  }
  return generated && do_not_edit;
}

bool IsSetting(InstructionKind kind) {
  return kind == InstructionKind::kEnv || kind == InstructionKind::kArg ||
         kind == InstructionKind::kUser || kind == InstructionKind::kWorkdir ||
         kind == InstructionKind::kShell;
}

}  // namespace

Facts::Facts(const Document& document, std::span<const PackageManager> managers)
    : document_(document) {
  if (SaysGenerated(document_)) {
    not_a_source_ = "a comment says that it is generated and not to be edited";
  }
  AddInstructions();
  AddStages();
  AddPackageCommands(managers);
  suppressions_ = FindSuppressions(document_);
}

void Facts::AddInstructions() {
  for (const NodeId node : document_.Children(kFileNode)) {
    if (document_.kind(node) != NodeKind::kInstruction) continue;
    Instruction instruction(document_, node);
    InstructionFacts facts{node,  instruction.kind(), node,
                           false, kNoStage,           kNoNode};
    while (const auto trigger = instruction.Trigger()) {
      instruction = *trigger;
      facts.onbuild = true;
    }
    facts.inner = instruction.id();
    facts.kind = instruction.kind();
    facts.script = instruction.Script();
    // To a shell the CR of a heredoc's line end is part of the last word: such
    // a script does not do what it seems to.
    if (document_.Child(facts.inner, NodeKind::kHeredoc) != kNoNode &&
        document_.Text(facts.inner).find('\r') != std::string_view::npos) {
      facts.script = kNoNode;
    }
    if (LooksLikeTemplate(document_, facts)) {
      not_a_source_ = kIsTemplate;
    }
    if (facts.kind == InstructionKind::kUnknown && not_a_source_.empty()) {
      not_a_source_ = WhyNoSource(instruction.Keyword());
    }
    if (IsSetting(facts.kind)) {
      settings_.push_back(static_cast<uint32_t>(instructions_.size()));
    }
    instructions_.push_back(facts);
  }
}

void Facts::AddStages() {
  for (uint32_t i = 0; i < instructions_.size(); ++i) {
    InstructionFacts& facts = instructions_[i];
    if (facts.kind == InstructionKind::kFrom && !facts.onbuild) {
      AddStage(i);
    } else if (stages_.empty() && facts.kind != InstructionKind::kArg) {
      Stage stage;
      stage.first = i;
      stages_.push_back(stage);
    }
    if (stages_.empty()) continue;
    facts.stage = static_cast<uint32_t>(stages_.size() - 1);
    stages_.back().end = i + 1;
  }
  if (stages_.empty()) return;
  for (uint32_t stage = static_cast<uint32_t>(stages_.size() - 1);
       stage != kNoStage; stage = stages_[stage].parent) {
    stages_[stage].shipped = true;
  }
}

void Facts::AddStage(uint32_t instruction) {
  const auto parts =
      PartsOfFrom(Instruction(document_, instructions_[instruction].node));
  Stage stage;
  stage.from = instructions_[instruction].node;
  stage.first = instruction;
  if (parts) {
    stage.name = AsciiLower(parts->stage);
    const auto lookup = [&](std::string_view name) -> VariableValue {
      if (const auto value = VariableAt(*this, instruction, name)) {
        return {VariableValue::State::kSet, *value};
      }
      return {VariableValue::State::kUnknown, ""};
    };
    stage.base = ExpandVariables(parts->image, lookup, document_.escape());
  }
  if (stage.base) {
    const std::string base = AsciiLower(*stage.base);
    for (uint32_t i = 0; i < stages_.size(); ++i) {
      if (!stages_[i].name.empty() && stages_[i].name == base) stage.parent = i;
    }
  }
  stages_.push_back(std::move(stage));
}

void Facts::AddPackageCommands(std::span<const PackageManager> managers) {
  for (uint32_t i = 0; i < instructions_.size(); ++i) {
    const InstructionFacts& facts = instructions_[i];
    if (facts.kind != InstructionKind::kRun || facts.script == kNoNode) {
      continue;
    }
    const uint32_t end = document_.node(facts.script).end_node;
    for (uint32_t n = Index(facts.script); n < end; ++n) {
      if (document_.nodes()[n].kind != NodeKind::kSimpleCommand) continue;
      auto command = ParsePackageCommand(document_, NodeId{n}, i, managers);
      // A function of that name is no program.
      if (command && !DefinesFunction(document_, facts.script,
                                      document_.Text(command->program))) {
        package_commands_.push_back(std::move(*command));
      }
    }
  }
}

const PackageCommand* Facts::PackageCommandAt(NodeId simple_command) const {
  const auto found = std::lower_bound(
      package_commands_.begin(), package_commands_.end(), simple_command,
      [](const PackageCommand& command, NodeId node) {
        return Index(command.command) < Index(node);
      });
  const bool hit =
      found != package_commands_.end() && found->command == simple_command;
  return hit ? &*found : nullptr;
}

uint32_t Facts::InstructionOf(NodeId node) const {
  const auto after =
      std::upper_bound(instructions_.begin(), instructions_.end(), node,
                       [](NodeId id, const InstructionFacts& facts) {
                         return Index(id) < Index(facts.node);
                       });
  return after == instructions_.begin()
             ? kNoInstruction
             : static_cast<uint32_t>(after - instructions_.begin() - 1);
}

uint32_t Facts::InstructionAt(uint32_t offset) const {
  const auto after =
      std::upper_bound(instructions_.begin(), instructions_.end(), offset,
                       [&](uint32_t at, const InstructionFacts& facts) {
                         return at < document_.Range(facts.node).begin;
                       });
  return after == instructions_.begin()
             ? kNoInstruction
             : static_cast<uint32_t>(after - instructions_.begin() - 1);
}

bool Facts::HasOwnSuppression(uint32_t index) const {
  const uint32_t begin = document_.Range(instructions_[index].node).begin;
  const uint32_t before =
      index == 0 ? 0 : document_.Range(instructions_[index - 1].node).end;
  return std::any_of(
      suppressions_.begin(), suppressions_.end(),
      [&](const Suppression& suppression) {
        const uint32_t at = document_.token(suppression.comment).begin;
        return suppression.scope == SuppressionScope::kInstruction &&
               before <= at && at < begin;
      });
}

std::vector<std::string_view> Facts::IgnoredAt(NodeId node) const {
  std::vector<std::string_view> names;
  if (suppressions_.empty()) return names;
  const uint32_t index = InstructionOf(node);
  for (const Suppression& suppression : suppressions_) {
    const uint32_t comment = document_.token(suppression.comment).begin;
    // The first instruction after the comment.
    const auto next =
        std::find_if(instructions_.begin(), instructions_.end(),
                     [&](const InstructionFacts& facts) {
                       return document_.Range(facts.node).begin > comment;
                     });
    const auto target = static_cast<uint32_t>(next - instructions_.begin());
    bool applies = suppression.scope == SuppressionScope::kFile;
    if (index != kNoInstruction && target < instructions_.size()) {
      applies |= suppression.scope == SuppressionScope::kInstruction &&
                 target == index;
      applies |= suppression.scope == SuppressionScope::kStage &&
                 instructions_[target].stage == instructions_[index].stage;
    }
    if (applies) names.push_back(suppression.name);
  }
  return names;
}

}  // namespace dfix
