#include "src/facts/call_traits.h"

#include <algorithm>
#include <cctype>
#include <optional>
#include <vector>

#include "src/dockerfile/characters.h"
#include "src/facts/base_image.h"
#include "src/facts/container_command.h"
#include "src/facts/layout.h"
#include "src/shell/words.h"
#include "src/text/glob.h"
#include "src/text/one_of.h"

namespace dfix {
namespace {

// Whether `offset` lies in a call that does something itself, so that what it
// says is for that call alone.
bool IsInCall(const Facts& facts, uint32_t offset) {
  return std::any_of(
      facts.package_commands().begin(), facts.package_commands().end(),
      [&](const PackageCommand& call) {
        const TextRange range = facts.document().Range(call.command);
        return range.begin <= offset && offset < range.end &&
               call.verb != PackageVerb::kQuery &&
               call.verb != PackageVerb::kOther;
      });
}

// Whether a setter (`-o`) stands before `at` in the command around it.
bool HasSetterBefore(std::string_view text, size_t at,
                     const PackageManager& manager) {
  const std::string_view before = text.substr(0, at);
  const size_t line = before.find_last_of("\n;&|");
  const std::string_view command =
      before.substr(line == std::string_view::npos ? 0 : line + 1);
  return std::any_of(manager.setters.begin(), manager.setters.end(),
                     [&](std::string_view setter) {
                       return command.find(setter) != std::string_view::npos;
                     });
}

// Whether a part of the build before `call` mentions the last part of the name
// of a setting, as an `echo` into a configuration file does.
bool IsConfigured(const Facts& facts, const PackageCommand& call,
                  std::string_view setting) {
  const std::string_view item = setting.substr(setting.rfind(':') + 1);
  const Document& document = facts.document();
  uint32_t stage = facts.instructions()[call.instruction].stage;
  uint32_t end = document.Range(call.command).begin;
  while (stage != kNoStage) {
    const Stage& here = facts.stages()[stage];
    const uint32_t begin =
        document.Range(facts.instructions()[here.first].node).begin;
    end = std::min(end,
                   document.Range(facts.instructions()[here.end - 1].node).end);
    const std::string_view text = document.text().substr(0, end);
    for (size_t at = text.find(item, begin); at != std::string_view::npos;
         at = text.find(item, at + 1)) {
      const auto offset = static_cast<uint32_t>(at);
      if (!HasSetterBefore(text, at, *call.manager) &&
          !IsInCall(facts, offset) && !IsInComment(document, offset)) {
        return true;
      }
    }
    stage = here.parent;
    end = static_cast<uint32_t>(document.text().size());
  }
  return false;
}

// The value that the script of `call` gives to the variable for it: before its
// program, or by `export`.
std::optional<std::string> ValueInScript(const Facts& facts,
                                         const PackageCommand& call,
                                         std::string_view variable) {
  const Document& document = facts.document();
  const NodeId script = facts.instructions()[call.instruction].script;
  std::optional<std::string> value;
  for (uint32_t n = Index(script); n < Index(call.first_word); ++n) {
    const NodeId node{n};
    if (document.kind(node) != NodeKind::kAssignment &&
        document.kind(node) != NodeKind::kWord) {
      continue;
    }
    const std::string text = LogicalText(document, node);
    if (!text.starts_with(variable) || text.substr(variable.size(), 1) != "=") {
      continue;
    }
    const NodeId command = document.Parent(node);
    const NodeId name = document.Child(command, NodeKind::kWord);
    if (command == call.command ||
        (name != kNoNode && WordIs(document, name, "export"))) {
      value = text.substr(variable.size() + 1);
    }
  }
  return value;
}

bool IsSetTo(const Facts& facts, const PackageCommand& call,
             const ManagerSetting& variable) {
  std::optional<std::string> value = ValueInScript(facts, call, variable.name);
  if (!value) value = VariableAt(facts, call.instruction, variable.name);
  if (!value || value->empty()) return false;
  return variable.any_value || !MeansNo(*value);
}

}  // namespace

bool IsOnOldImage(const Facts& facts, const PackageCommand& call) {
  const uint32_t stage = facts.instructions()[call.instruction].stage;
  if (stage == kNoStage) return false;
  const auto base = OutsideBase(facts, stage);
  if (!base) return false;
  return std::any_of(
      call.manager->old_images.begin(), call.manager->old_images.end(),
      [&](std::string_view image) {
        const size_t at = base->find(image);
        if (at == std::string_view::npos) return false;
        const size_t end = at + image.size();
        const bool begins = at == 0 || (*base)[at - 1] == '/';
        return begins &&
               (end == base->size() ||
                std::isalnum(static_cast<unsigned char>((*base)[end])) == 0);
      });
}

bool MeansNo(std::string_view value) {
  constexpr std::string_view kNo[] = {"0",   "no",      "false",
                                      "off", "disable", "without"};
  std::string lower = AsciiLower(value);
  std::erase_if(lower, [](char c) { return c == '"' || c == '\''; });
  return IsOneOf(lower, kNo);
}

std::string TraitSource(const Facts& facts, const PackageCommand& call,
                        CallTrait trait) {
  const PackageManager& manager = *call.manager;
  for (const ManagerSetting& variable : manager.variables) {
    if (variable.trait == trait && IsSetTo(facts, call, variable)) {
      return "`" + std::string(variable.name) + "` is set";
    }
  }
  for (const ManagerSetting& setting : manager.settings) {
    if (setting.trait == trait && IsConfigured(facts, call, setting.name)) {
      return std::string(manager.family) + " is configured";
    }
  }
  const uint32_t stage = facts.instructions()[call.instruction].stage;
  const std::string base = BaseRepository(facts, stage);
  for (const ImageTrait& image : manager.images) {
    if (image.trait == trait && MatchesGlob(image.image, base)) {
      return "the base image is set up";
    }
  }
  return "";
}

}  // namespace dfix
