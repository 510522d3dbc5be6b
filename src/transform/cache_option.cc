#include "src/transform/cache_option.h"

#include <string>
#include <vector>

#include "src/facts/call_traits.h"
#include "src/facts/script_facts.h"
#include "src/shell/words.h"
#include "src/transform/package_options.h"

namespace dfix {
namespace {

// The option of `call` that the new one replaces, or kNoNode.
NodeId ReplacedOption(const Document& document, const PackageCommand& call) {
  for (const NodeId option : call.options) {
    for (const std::string_view name : call.manager->clean.replaces) {
      if (WordIs(document, option, name)) return option;
    }
  }
  return kNoNode;
}

void WriteOption(const Document& document, const PackageCommand& call,
                 ChangeWriter& change) {
  const AddedOption& option = call.manager->clean.option;
  const NodeId replaced = ReplacedOption(document, call);
  if (replaced != kNoNode) {
    change.ReplaceWord(replaced, option.text);
  } else {
    AddOption(call, option, change);
  }
}

// The words of `rm` that name the cache; empty if it removes nothing else, so
// that all of it can go.
struct Removal {
  NodeId pipeline = kNoNode;  // kNoNode if it has to stay.
  std::vector<NodeId> words;
};

// Whether the statement is not the last of its list, or `set -e` ends the
// script where the one before fails.
bool FailureBeforeEnds(const Document& document, NodeId statement) {
  NodeId before = kNoNode;
  NodeId last = kNoNode;
  for (const NodeId other : AndOrs(document, document.Parent(statement))) {
    last = other;
    if (Index(other) < Index(statement)) before = other;
  }
  return last != statement ||
         (before != kNoNode && FailsUnderErrexit(document, before));
}

Removal RemovalOf(const Input& input, uint32_t instruction, NodeId command,
                  const PackageManager& manager) {
  const Document& document = input.document;
  const NodeId script = input.facts.instructions()[instruction].script;
  Removal removal;
  const std::vector<NodeId> words = ProgramWords(document, command);
  if (words.empty() || !WordIs(document, words[0], "rm")) return removal;
  bool all = true;
  for (size_t i = 1; i < words.size(); ++i) {
    const std::string_view text = document.Text(words[i]);
    if (text.starts_with('-')) continue;
    // A directory around the cache has more in it.
    const bool exact = text.find(manager.caches[0].path) == 0;
    if (exact) removal.words.push_back(words[i]);
    all &= exact;
  }
  if (removal.words.empty()) return removal;
  const NodeId pipeline =
      Enclosing(document, script, command, NodeKind::kPipeline);
  if (all) removal.words.clear();
  const NodeId statement = document.Parent(pipeline);
  // As a statement of its own it hides a failure of what is before.
  const bool hides =
      *document.Children(statement).begin() == pipeline &&
      (ErrexitAt(input.facts, instruction, command) != Errexit::kOn ||
       !FailureBeforeEnds(document, statement));
  if (!all || !hides) removal.pipeline = pipeline;
  return removal;
}

void RemoveNeedless(const Input& input, const CacheFill& fill,
                    ChangeWriter& change) {
  const Document& document = input.document;
  const PackageCommand& last = *fill.calls.back();
  const NodeId script = input.facts.instructions()[last.instruction].script;
  const auto refreshes = NeedlessRefreshes(input.facts, fill);
  if (!refreshes) return;
  for (const PackageCommand* refresh : *refreshes) {
    change.RemovePipeline(
        Enclosing(document, script, refresh->command, NodeKind::kPipeline));
  }
  if (fill.removal == kNoNode) return;
  const Removal removal =
      RemovalOf(input, last.instruction, fill.removal, *last.manager);
  if (removal.pipeline == kNoNode) return;
  for (const NodeId word : removal.words) change.RemoveWord(word);
  if (removal.words.empty()) change.RemovePipeline(removal.pipeline);
}

std::string Message(const PackageCommand& call) {
  return "add `" + std::string(call.manager->clean.option.text) +
         "`: nothing reads the cache of `" + std::string(call.manager->name) +
         "` any more, and it makes the image larger";
}

// A call of the same RUN and manager that downloads lists, or null.
const PackageCommand* RefreshBeside(const Input& input,
                                    const PackageCommand& call) {
  for (const PackageCommand& other : input.facts.package_commands()) {
    if (other.instruction == call.instruction &&
        other.manager == call.manager && other.verb == PackageVerb::kRefresh) {
      return &other;
    }
  }
  return nullptr;
}

// All in one: what goes relies on all calls having the option.
void AddWithoutLists(const Input& input, Sink& sink, const CacheFill& fill,
                     const std::vector<const PackageCommand*>& calls) {
  const auto write_options = [&](ChangeWriter& change) {
    for (const PackageCommand* call : calls) {
      WriteOption(input.document, *call, change);
    }
  };
  ChangeWriter all(input.document);
  RemoveNeedless(input, fill, all);
  const bool goes = !all.impossible() && !all.TakeEdits().empty();
  if (!goes && calls.empty()) return;
  const PackageCommand& first = *fill.calls.front();
  const PackageCommand* refresh = goes ? nullptr : RefreshBeside(input, first);
  if (refresh != nullptr) {
    return sink.LeaveAlone(
        first.program, "the lists that line {line} downloads stay in the layer",
        refresh->command);
  }
  const std::string option(first.manager->clean.option.text);
  std::string message =
      calls.empty()
          ? "with `" + option + "` `" + std::string(first.manager->name) +
                "` downloads its lists itself and keeps none: nothing has to "
                "be downloaded or removed by hand"
          : Message(first);
  if (goes && !calls.empty()) message += "; it downloads the lists itself, too";
  sink.Propose(first.program, first.manager->clean.option.level,
               std::move(message), [&](ChangeWriter& change) {
                 write_options(change);
                 if (goes) RemoveNeedless(input, fill, change);
               });
}

}  // namespace

void AddCacheOption(const Input& input, Sink& sink, const CacheFill& fill) {
  std::vector<const PackageCommand*> calls;
  for (const PackageCommand* call : fill.calls) {
    const bool skips =
        call->traits.Has(CallTrait::kSkipsCache) ||
        !TraitSource(input.facts, *call, CallTrait::kSkipsCache).empty();
    if (!skips) calls.push_back(call);
  }
  if (fill.calls[0]->manager->clean.brings_lists) {
    return AddWithoutLists(input, sink, fill, calls);
  }
  for (const PackageCommand* call : calls) {
    sink.Propose(call->program, call->manager->clean.option.level,
                 Message(*call), [&](ChangeWriter& change) {
                   WriteOption(input.document, *call, change);
                 });
  }
}

}  // namespace dfix
