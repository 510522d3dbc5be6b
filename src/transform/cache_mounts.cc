#include "src/transform/cache_mounts.h"

#include <algorithm>
#include <string>
#include <vector>

#include "src/facts/script_facts.h"
#include "src/shell/views.h"
#include "src/transform/package_options.h"

namespace dfix {
namespace {

constexpr std::string_view kKeepDownloads =
    "rm -f /etc/apt/apt.conf.d/docker-clean";

std::string FlagFor(const CacheDirectory& directory) {
  std::string flag = "--mount=type=cache,target=" + directory.path;
  if (directory.sharing == CacheSharing::kLocked) flag += ",sharing=locked";
  if (directory.has_owner) {
    flag += ",uid=" + std::to_string(directory.uid);
    if (directory.gid >= 0) flag += ",gid=" + std::to_string(directory.gid);
  }
  return flag;
}

template <typename Item>
void AddOnce(std::vector<Item>& list, const Item& item) {
  if (std::find(list.begin(), list.end(), item) == list.end()) {
    list.push_back(item);
  }
}

// Lets apt keep what it downloads, before the statement of the script that
// `call` is in.
void KeepDownloads(const Document& document, NodeId script,
                   const PackageCommand& call, ChangeWriter& change) {
  const std::string command =
      SudoPrefix(document, call) + std::string(kKeepDownloads);
  const auto statements = AndOrs(document, script);
  for (const NodeId and_or : statements) {
    if (!document.Contains(and_or, call.command)) continue;
    if (statements.size() > 1) {
      change.PrependStatement(and_or, command);
    } else {
      change.PrependCommand(AndOr{&document, and_or}.pipelines().front().node,
                            command);
    }
  }
}

// Whether all that an `rm` removes is among `words`.
bool RemovesNothingElse(const Document& document, NodeId command,
                        const std::vector<NodeId>& words) {
  const std::vector<NodeId> all = ProgramWords(document, command);
  return std::all_of(all.begin() + 1, all.end(), [&](NodeId word) {
    return document.Text(word).starts_with('-') ||
           std::find(words.begin(), words.end(), word) != words.end();
  });
}

// What goes from the script of one RUN.
struct Needless {
  std::vector<NodeId> words;
  std::vector<NodeId> commands;
};

void Remove(const Facts& facts, uint32_t instruction, const Needless& needless,
            ChangeWriter& change) {
  const Document& document = facts.document();
  for (const NodeId word : needless.words) change.RemoveWord(word);
  std::vector<NodeId> pipelines;
  bool errexit = true;
  for (const NodeId command : needless.commands) {
    const NodeId pipeline = document.Parent(command);
    if (document.kind(pipeline) != NodeKind::kPipeline ||
        Pipeline{&document, pipeline}.commands().size() > 1 ||
        Pipeline{&document, pipeline}.negated()) {
      return change.Refuse("the clean-up is part of a pipeline");
    }
    pipelines.push_back(pipeline);
    errexit &= ErrexitAt(facts, instruction, command) == Errexit::kOn;
  }
  change.RemovePipelines(pipelines, errexit);
}

}  // namespace

void WriteCacheMounts(const Facts& facts,
                      std::span<const CacheMounts* const> mounts,
                      ChangeWriter& change) {
  const Document& document = facts.document();
  const uint32_t instruction = mounts[0]->calls[0]->instruction;
  const InstructionFacts& run = facts.instructions()[instruction];
  std::vector<std::string> flags;
  std::vector<NodeId> operands;
  Needless needless;
  for (const CacheMounts* each : mounts) {
    for (const CacheDirectory& directory : each->directories) {
      AddOnce(flags, FlagFor(directory));
    }
    for (const NodeId option : each->options) AddOnce(needless.words, option);
    for (const NodeId operand : each->operands) AddOnce(operands, operand);
    for (const NodeId command : each->commands) {
      AddOnce(needless.commands, command);
    }
    if (!each->needs_downloads_kept) continue;
    KeepDownloads(document, run.script, *each->calls[0], change);
  }
  for (const NodeId operand : operands) {
    const NodeId command = document.Parent(operand);
    if (RemovesNothingElse(document, command, operands)) {
      AddOnce(needless.commands, command);
    } else {
      needless.words.push_back(operand);
    }
  }
  change.AddFlags(run.inner, flags);
  Remove(facts, instruction, needless, change);
}

}  // namespace dfix
