#include "src/equivalence/difference.h"

#include <algorithm>
#include <set>

#include "src/equivalence/align.h"

namespace dfix::equivalence {
namespace {

// A step, or an item of one, on its way to a partner.
struct Element {
  Place place;
  const Item* item = nullptr;  // Null for a step as a whole.
  Join join = Join::kFirst;
  bool begins_subshell = false;  // Of a subshell that was taken apart.
  uint64_t hash = 0;
  bool matched = false;
};

// How many words two commands share, out of the longer one's.
uint32_t UnlikeWords(const Command& before, const Command& after) {
  const size_t most = std::max(before.words.size(), after.words.size());
  if (most == 0) return 5;
  std::vector<bool> taken(after.words.size(), false);
  size_t shared = 0;
  for (const Word& word : before.words) {
    for (size_t i = 0; i < after.words.size(); ++i) {
      if (taken[i] || after.words[i].hash != word.hash) continue;
      taken[i] = true;
      ++shared;
      break;
    }
  }
  if (shared == 0) return kUnlike;
  return static_cast<uint32_t>(5 + 33 * (most - shared) / most);
}

bool IsSet(const Item& item) {
  const Command* command = OnlySimple(item);
  return command != nullptr && !command->words.empty() &&
         command->words[0].Is("set");
}

bool IsCopy(const Step& step) {
  return step.kind == InstructionKind::kCopy ||
         step.kind == InstructionKind::kAdd;
}

bool HaveSameSources(const Step& before, const Step& after) {
  return !before.arguments.empty() &&
         before.arguments.size() == after.arguments.size() &&
         std::equal(before.arguments.begin(), before.arguments.end() - 1,
                    after.arguments.begin());
}

// Equal ones cost nothing; a `set` does, so that it is what goes if either that
// or a command has to.
uint32_t CostOfItems(const Item& before, const Item& after) {
  if (before.hash == after.hash) return IsSet(before) ? 2 : 0;
  if (before.commands.size() != after.commands.size()) return kUnlike;
  uint32_t cost = 0;
  for (size_t i = 0; i < before.commands.size(); ++i) {
    const Command& from = before.commands[i];
    const Command& to = after.commands[i];
    if (from.hash == to.hash) continue;
    if (from.kind != to.kind) return kUnlike;
    cost = std::max(cost, from.kind == NodeKind::kSimpleCommand
                              ? UnlikeWords(from, to)
                              : 10);
  }
  return std::max<uint32_t>(cost, 1);
}

uint32_t Cost(const Element& before, const Element& after) {
  const bool whole = before.item == nullptr;
  if (whole != (after.item == nullptr)) return kUnlike;
  if (!whole) return CostOfItems(*before.item, *after.item);
  const Step& from = *before.place.step;
  const Step& to = *after.place.step;
  // A COPY rather moves than a RUN.
  if (before.hash == after.hash) return IsCopy(from) ? 2 : 0;
  if (IsCopy(from) && IsCopy(to) && !HaveSameSources(from, to)) return kUnlike;
  using Kind = InstructionKind;
  const bool like = from.kind == to.kind ||
                    (from.kind == Kind::kAdd && to.kind == Kind::kCopy) ||
                    (from.kind == Kind::kMaintainer && to.kind == Kind::kLabel);
  return like && from.onbuild == to.onbuild ? 30 : kUnlike;
}

// The joins of the matched elements when the others are taken out: who follows
// one that began a list begins it.
std::vector<Join> EffectiveJoins(const std::vector<Element>& elements) {
  std::vector<Join> joins(elements.size());
  Join before = Join::kAnd;  // Of the element before, if that has gone.
  for (size_t i = 0; i < elements.size(); ++i) {
    Join join = elements[i].join;
    const bool goes_on = join == Join::kAnd || join == Join::kOr;
    if ((before == Join::kFirst && join != Join::kFirst) ||
        (before == Join::kNext && goes_on)) {
      join = before;
    }
    joins[i] = join;
    before = elements[i].matched ? Join::kAnd : join;
  }
  return joins;
}

class Finder {
 public:
  Finder(const Trace& before, const Trace& after)
      : before_(before), after_(after) {}

  std::vector<Difference> Find() {
    if (before_.directives() != after_.directives()) {
      differences_.push_back({.kind = DifferenceKind::kDirectives});
    }
    if (!PairStages()) {
      differences_.push_back({.kind = DifferenceKind::kStages});
      return std::move(differences_);
    }
    for (uint32_t i = 0; i < partners_.size(); ++i) {
      if (partners_[i] != kNone) CompareStage(i, partners_[i]);
    }
    if (differences_.empty()) return {};
    for (uint32_t i = 1; i < partners_.size(); ++i) {
      if (partners_[i] != kNone) CompareConfiguration(i, partners_[i]);
    }
    return std::move(differences_);
  }

 private:
  // Finds out which stages of the two are the same ones; false if stages were
  // added.
  bool PairStages() {
    const auto before = before_.stages();
    const auto after = after_.stages();
    partners_.assign(before.size(), kNone);
    uint32_t at = 0;
    for (uint32_t i = 0; i < before.size(); ++i) {
      // The last one is what is built, whatever goes before it.
      const bool both_last =
          (i + 1 == before.size()) == (at + 1 == after.size());
      const bool same = at < after.size() &&
                        (before.size() == after.size() ||
                         (before[i].base == after[at].base &&
                          before[i].name == after[at].name && both_last));
      const bool must_stay = before.size() - i <= after.size() - at;
      if (same || must_stay) {
        partners_[i] = at++;
        continue;
      }
      differences_.push_back(
          {.kind = DifferenceKind::kStageRemoved, .stage = i});
    }
    return at == after.size();
  }

  uint32_t PartnerOf(uint32_t stage) const {
    return stage == kNone ? kNone : partners_[stage];
  }

  void CompareStage(uint32_t index, uint32_t partner) {
    const Stage& before = before_.stages()[index];
    const Stage& after = after_.stages()[partner];
    if (before.base != after.base || before.name != after.name ||
        before.platform != after.platform ||
        PartnerOf(before.parent) != after.parent) {
      differences_.push_back({.kind = DifferenceKind::kStages,
                              .stage = index,
                              .stage_after = partner});
    }
    uint32_t first = 0;
    uint32_t end = before.end - before.first;
    uint32_t end_after = after.end - after.first;
    const auto same = [&](uint32_t i, uint32_t j) {
      const Step& from = before_.steps()[before.first + i];
      const Step& to = after_.steps()[after.first + j];
      return from.hash == to.hash && PartnerOf(from.from) == to.from;
    };
    while (first < end && first < end_after && same(first, first)) ++first;
    while (end > first && end_after > first && same(end - 1, end_after - 1)) {
      --end;
      --end_after;
    }
    if (first == end && first == end_after) return;
    std::vector<Element> from =
        ElementsOf(before_, before.first + first, before.first + end);
    std::vector<Element> to =
        ElementsOf(after_, after.first + first, after.first + end_after);
    TakeSubshellsApart(before.first + first, before.first + end, from, to);
    CompareElements(from, to);
  }

  static std::vector<Element> ElementsOf(const Trace& trace, uint32_t first,
                                         uint32_t end) {
    std::vector<Element> elements;
    for (uint32_t i = first; i < end; ++i) {
      const Step& step = trace.steps()[i];
      const List* script = trace.ScriptOf(step);
      if (step.kind == InstructionKind::kRun && script != nullptr &&
          !script->items.empty()) {
        AddItems({&step, {}}, *script, nullptr, 0, false, elements);
      } else {
        elements.push_back(
            {.place = {&step, {}}, .hash = trace.ContentHash(step)});
      }
    }
    return elements;
  }

  static void AddItems(const Place& outer, const List& list,
                       const Command* compound, uint32_t part, bool in_word,
                       std::vector<Element>& elements) {
    for (uint32_t i = 0; i < list.items.size(); ++i) {
      Element element;
      element.place = outer;
      element.place.frames.push_back({&list, i, compound, part, in_word});
      element.item = &list.items[i];
      element.join = element.item->join;
      element.hash = element.item->hash;
      elements.push_back(std::move(element));
    }
  }

  // A subshell that has all of what was a RUN's script stands for that RUN.
  void TakeSubshellsApart(uint32_t first, uint32_t end,
                          const std::vector<Element>& from,
                          std::vector<Element>& to) const {
    std::set<uint64_t> scripts;
    std::set<uint64_t> items;
    for (uint32_t i = first; i < end; ++i) {
      const List* script = before_.ScriptOf(before_.steps()[i]);
      if (script != nullptr) scripts.insert(script->hash);
    }
    for (const Element& element : from) items.insert(element.hash);
    std::vector<Element> result;
    for (Element& element : to) {
      const Item* item = element.item;
      const bool is_script =
          item != nullptr && item->commands.size() == 1 && !item->negated &&
          !item->timed && item->commands[0].kind == NodeKind::kSubshell &&
          item->commands[0].redirections.empty() &&
          scripts.contains(item->commands[0].lists[0].hash) &&
          !items.contains(element.hash);
      if (!is_script) {
        result.push_back(std::move(element));
        continue;
      }
      const size_t begin = result.size();
      AddItems(element.place, item->commands[0].lists[0], &item->commands[0], 0,
               false, result);
      result[begin].join = element.join;
      result[begin].begins_subshell = true;
    }
    to = std::move(result);
  }

  void CompareElements(std::vector<Element>& from, std::vector<Element>& to) {
    const auto pairs = Align(
        static_cast<uint32_t>(from.size()), static_cast<uint32_t>(to.size()),
        [&](uint32_t i, uint32_t j) { return Cost(from[i], to[j]); });
    for (const auto& [i, j] : pairs) {
      from[i].matched = true;
      to[j].matched = true;
    }
    AddLost(from, DifferenceKind::kStepRemoved);
    AddLost(to, DifferenceKind::kStepAdded);
    const std::vector<Join> joins_before = EffectiveJoins(from);
    const std::vector<Join> joins_after = EffectiveJoins(to);
    for (const auto& [i, j] : pairs) {
      ComparePair(from[i], to[j]);
      if (from[i].item != nullptr) {
        CompareJoin(from[i], joins_before[i], to[j], joins_after[j]);
      }
    }
  }

  // Reports the elements without a partner: a whole RUN as a step.
  void AddLost(const std::vector<Element>& elements, DifferenceKind kind) {
    const bool removed = kind == DifferenceKind::kStepRemoved;
    for (size_t i = 0; i < elements.size(); ++i) {
      if (elements[i].matched) continue;
      const Step* step = elements[i].place.step;
      bool whole = elements[i].item == nullptr;
      if (!whole && elements[i].place.frames.size() == 1) {
        whole = std::none_of(elements.begin(), elements.end(),
                             [&](const Element& other) {
                               return other.place.step == step && other.matched;
                             });
      }
      Difference difference{.kind = kind};
      Place place = elements[i].place;
      if (whole) {
        const bool first =
            place.frames.empty() || elements[i].join == Join::kFirst;
        if (!first) continue;
        place.frames.clear();
      } else {
        difference.kind = removed ? DifferenceKind::kCommandRemoved
                                  : DifferenceKind::kCommandAdded;
      }
      (removed ? difference.before : difference.after) = std::move(place);
      differences_.push_back(std::move(difference));
    }
  }

  void ComparePair(const Element& from, const Element& to) {
    if (from.item == nullptr) {
      if (from.hash != to.hash ||
          PartnerOf(from.place.step->from) != to.place.step->from) {
        Add(DifferenceKind::kStepChanged, from.place, to.place);
      }
      return;
    }
    if (from.place.frames.size() == 1 &&
        compared_.insert({from.place.step, to.place.step}).second) {
      CompareRuns(from.place, to.place);
    }
    CompareItems(*from.item, *to.item, from.place, to.place);
  }

  // What is around the scripts of two RUNs.
  void CompareRuns(const Place& from, const Place& to) {
    const Step& before = *from.step;
    const Step& after = *to.step;
    if (before_.ContextOf(before).hash != after_.ContextOf(after).hash) {
      Add(DifferenceKind::kContextChanged, from, to);
    }
    const auto dialect = [](const Trace& trace, const Step& step) {
      return trace.document().node(step.script).aux;
    };
    if (before.flags != after.flags || before.onbuild != after.onbuild ||
        before.heredoc != after.heredoc ||
        before.arguments != after.arguments ||
        dialect(before_, before) != dialect(after_, after)) {
      Add(DifferenceKind::kFlagsChanged, from, to);
    }
  }

  void CompareJoin(const Element& from, Join before, const Element& to,
                   Join after) {
    if (from.item->background != to.item->background) {
      return Add(DifferenceKind::kJoinChanged, from.place, to.place);
    }
    const bool is_run = from.place.frames.size() == 1;
    if (before == after && !to.begins_subshell) return;
    if (before == Join::kFirst && is_run) {
      if (before == after) return;
      Add(DifferenceKind::kRunsMerged, from.place, to.place);
      differences_.back().in_subshell = to.begins_subshell;
    } else if (after == Join::kFirst && is_run) {
      Add(DifferenceKind::kRunSplit, from.place, to.place);
    } else {
      Add(DifferenceKind::kJoinChanged, from.place, to.place);
    }
  }

  void CompareItems(const Item& before, const Item& after, const Place& from,
                    const Place& to) {
    if (before.hash == after.hash) return;
    if (before.negated != after.negated || before.timed != after.timed ||
        before.pipes != after.pipes ||
        before.commands.size() != after.commands.size()) {
      return Add(DifferenceKind::kCommandChanged, from, to);
    }
    for (size_t i = 0; i < before.commands.size(); ++i) {
      CompareCommands(before.commands[i], after.commands[i], from, to);
    }
  }

  void CompareCommands(const Command& before, const Command& after,
                       const Place& from, const Place& to) {
    if (before.hash == after.hash) return;
    const auto same_redirect = [](const Redirect& a, const Redirect& b) {
      return a.hash == b.hash;
    };
    const bool same_redirections = std::equal(
        before.redirections.begin(), before.redirections.end(),
        after.redirections.begin(), after.redirections.end(), same_redirect);
    if (before.kind != after.kind || before.head != after.head ||
        !same_redirections || before.lists.size() != after.lists.size() ||
        !CompareLikeWords(before, before.assignments, after.assignments, from,
                          to)) {
      return Add(DifferenceKind::kCommandChanged, from, to);
    }
    for (uint32_t i = 0; i < before.lists.size(); ++i) {
      CompareLists(before.lists[i], after.lists[i], from, to, before, after, i,
                   false);
    }
    if (!CompareLikeWords(before, before.words, after.words, from, to)) {
      Add(DifferenceKind::kWordsChanged, from, to);
      differences_.back().command_before = &before;
      differences_.back().command_after = &after;
    }
  }

  // Compares what is substituted in words that are equal otherwise; false if
  // they are not.
  bool CompareLikeWords(const Command& command, const std::vector<Word>& before,
                        const std::vector<Word>& after, const Place& from,
                        const Place& to) {
    if (before.size() != after.size()) return false;
    for (size_t i = 0; i < before.size(); ++i) {
      if (before[i].constant != after[i].constant ||
          before[i].text != after[i].text ||
          before[i].lists.size() != after[i].lists.size()) {
        return false;
      }
    }
    for (size_t i = 0; i < before.size(); ++i) {
      if (before[i].hash == after[i].hash) continue;
      for (uint32_t k = 0; k < before[i].lists.size(); ++k) {
        CompareLists(before[i].lists[k], after[i].lists[k], from, to, command,
                     command, k, true);
      }
    }
    return true;
  }

  void CompareLists(const List& before, const List& after, const Place& from,
                    const Place& to, const Command& compound_before,
                    const Command& compound_after, uint32_t part,
                    bool in_word) {
    if (before.hash == after.hash) return;
    std::vector<Element> old_elements;
    std::vector<Element> new_elements;
    AddItems(from, before, &compound_before, part, in_word, old_elements);
    AddItems(to, after, &compound_after, part, in_word, new_elements);
    CompareElements(old_elements, new_elements);
  }

  void CompareConfiguration(uint32_t stage, uint32_t partner) {
    const auto before = before_.Configuration(stage);
    const auto after = after_.Configuration(partner);
    const auto add = [&](const std::string& name) {
      // Triggers are steps, too.
      if (name == "OnBuild") return;
      differences_.push_back({.kind = DifferenceKind::kConfiguration,
                              .stage = stage,
                              .stage_after = partner,
                              .name = name});
    };
    for (const auto& [name, value] : before) {
      const auto found = after.find(name);
      if (found == after.end() || found->second != value) add(name);
    }
    for (const auto& [name, value] : after) {
      if (!before.contains(name)) add(name);
    }
  }

  void Add(DifferenceKind kind, const Place& before, const Place& after) {
    differences_.push_back({.kind = kind, .before = before, .after = after});
  }

  const Trace& before_;
  const Trace& after_;
  std::vector<Difference> differences_;
  std::vector<uint32_t> partners_;  // By stage of the trace before.
  std::set<std::pair<const Step*, const Step*>> compared_;
};

}  // namespace

std::vector<Difference> FindDifferences(const Trace& before,
                                        const Trace& after) {
  return Finder(before, after).Find();
}

}  // namespace dfix::equivalence
