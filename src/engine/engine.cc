#include "src/engine/engine.h"

#include <algorithm>
#include <memory>
#include <optional>

#include "src/dockerfile/parser.h"
#include "src/edit/composition.h"
#include "src/engine/known_tools.h"
#include "src/equivalence/equivalence.h"
#include "src/facts/facts.h"
#include "src/text/check.h"
#include "src/transform/sink.h"

namespace dfix {
namespace {

constexpr int kMaxRounds = 4;

// A text on its way through the transforms: the newest version with all that
// is known about it.
struct Version {
  Version(std::string text, std::span<const PackageManager> managers)
      : document(ParseDockerfile(std::move(text))), facts(document, managers) {}

  // What the file makes a builder do; computed once something changes it.
  const equivalence::Trace& Trace() {
    if (!trace) trace.emplace(document);
    return *trace;
  }

  Document document;
  Facts facts;
  std::optional<equivalence::Trace> trace;
};

class Run {
 public:
  Run(std::string text, const EngineOptions& options,
      const std::optional<BuildContext>& context)
      : options_(options),
        old_context_(context),
        context_(context),
        lines_(text),
        version_(std::make_unique<Version>(text, options.managers)) {
    report_.original = std::move(text);
  }

  Report Finish() && {
    if (version_->document.HasFatalError()) {
      report_.outcome = Outcome::kUnparsable;
      ReportProblems();
    } else if (!version_->facts.not_a_source().empty()) {
      report_.outcome = Outcome::kNotASource;
      report_.not_a_source = version_->facts.not_a_source();
    } else {
      Settle();
    }
    if (report_.outcome != Outcome::kChanged) report_.fixed = report_.original;
    return std::move(report_);
  }

 private:
  void ReportProblems() {
    for (const ParseError& error : version_->document.errors()) {
      if (!error.fatal) continue;
      report_.problems.push_back(
          {error.message, lines_.Locate(error.range.begin)});
    }
  }

  void Settle() {
    for (int round = 0; round < kMaxRounds; ++round) {
      report_.available.clear();
      report_.left_alone.clear();
      report_.suppressed.clear();
      report_.advice.clear();
      bool changed = false;
      for (const Transform* transform : options_.transforms) {
        changed |= RunTransform(*transform);
      }
      if (!changed) break;
      report_.settled = round + 1 < kMaxRounds;
    }
    SortByPlace();
    if (!report_.settled) return report_.applied.clear();
    report_.fixed = std::string(version_->document.text());
    if (context_ && context_->ignore_text() != old_context_->ignore_text()) {
      report_.others.push_back({context_->ignore_path(),
                                old_context_->ignore_text(),
                                *context_->ignore_text()});
    }
    if (report_.fixed == report_.original && report_.others.empty()) return;
    report_.outcome = Outcome::kChanged;
  }

  // Whether the text is another one afterwards.
  bool RunTransform(const Transform& transform) {
    if (IsRolledBack(transform)) return false;
    Sink sink(version_->document);
    const TransformOptions options(transform, options_.option_values);
    transform.run({version_->document, version_->facts, options,
                   context_ ? &*context_ : nullptr, options_.runtime_images},
                  sink);
    for (const Remark& refusal : sink.refusals()) {
      LeaveAlone(transform, refusal.anchor,
                 WithLine(refusal.text, refusal.related));
    }
    for (const Remark& advice : sink.advice()) Advise(transform, advice);
    EditSet accepted;
    std::vector<Decision> decisions;
    for (Proposal& proposal : sink.proposals()) {
      Weigh(transform, std::move(proposal), accepted, decisions);
    }
    if (accepted.empty()) return false;
    return ApplyChanges(transform, accepted, std::move(decisions));
  }

  // Accepts the proposal or records why not.
  void Weigh(const Transform& transform, Proposal proposal, EditSet& accepted,
             std::vector<Decision>& decisions) {
    Decision decision = Decide(transform, proposal.anchor, proposal.level,
                               WithLine(proposal.message, proposal.related));
    if (IsSuppressed(transform, proposal.anchor) ||
        EditsSuppressed(transform, proposal.edits)) {
      report_.suppressed.push_back(std::move(decision));
      return;
    }
    if (proposal.level > options_.level) {
      report_.available.push_back(std::move(decision));
      return;
    }
    if (!proposal.ignore_lines.empty()) {
      DFIX_CHECK(context_.has_value());
      if (options_.only_dockerfile) {
        return LeaveAlone(
            transform, proposal.anchor,
            decision.message +
                ": not here, for it changes the ignore file, too");
      }
    }
    decision.first_line = lines_.line_count() + 1;
    decision.last_line = 0;
    for (const Edit& edit : proposal.edits) {
      const TextRange original = composition_.ToOriginal(edit.range);
      decision.first_line =
          std::min(decision.first_line, lines_.Locate(original.begin).line);
      decision.last_line =
          std::max(decision.last_line, lines_.Locate(original.end).line);
    }
    const auto refusal = accepted.Add(
        {transform.id, decision.message,
         version_->document.Range(proposal.anchor), proposal.level,
         std::move(proposal.edits), std::move(proposal.ignore_lines)});
    if (refusal) {
      return LeaveAlone(transform, proposal.anchor,
                        decision.message + ": not now, " + *refusal);
    }
    decisions.push_back(std::move(decision));
  }

  bool ApplyChanges(const Transform& transform, const EditSet& accepted,
                    std::vector<Decision> decisions) {
    const std::vector<Edit> edits = accepted.Edits();
    auto next = std::make_unique<Version>(
        Apply(version_->document.text(), edits), options_.managers);
    const std::vector<std::string> ignore_lines = NewIgnoreLines(accepted);
    if (next->document.text() == version_->document.text() &&
        ignore_lines.empty()) {
      return false;
    }
    std::optional<BuildContext> next_context = context_;
    if (!ignore_lines.empty()) {
      next_context = context_->WithIgnore(
          AppendLines(context_->ignore_text().value_or(""), ignore_lines));
    }
    std::string damage = FindDamage(version_->document, next->document);
    if (damage.empty() && !ignore_lines.empty()) {
      damage = next_context->ignore().problem();
    }
    if (damage.empty()) {
      damage = FindUnexplained(version_->Trace(), next->Trace(),
                               transform.effects, Tools());
    }
    if (!damage.empty()) return RollBack(transform, std::move(damage), *next);
    composition_.Add(edits);
    version_ = std::move(next);
    context_ = std::move(next_context);
    std::move(decisions.begin(), decisions.end(),
              std::back_inserter(report_.applied));
    return true;
  }

  // The lines that the changes add to the ignore file, each once.
  static std::vector<std::string> NewIgnoreLines(const EditSet& accepted) {
    std::vector<std::string> lines;
    for (const Change& change : accepted.changes()) {
      for (const std::string& line : change.ignore_lines) {
        if (std::find(lines.begin(), lines.end(), line) == lines.end()) {
          lines.push_back(line);
        }
      }
    }
    return lines;
  }

  const equivalence::KnownTools& Tools() {
    static const equivalence::KnownTools kTools =
        KnownToolsWith(PackageManagers(), RuntimeEntries());
    if (options_.managers.data() == PackageManagers().data() &&
        options_.runtime_images.data() == RuntimeEntries().data()) {
      return kTools;
    }
    if (!tools_) {
      tools_ = KnownToolsWith(options_.managers, options_.runtime_images);
    }
    return *tools_;
  }

  bool RollBack(const Transform& transform, std::string reason,
                Version& refused) {
    report_.rollbacks.push_back({&transform, std::move(reason),
                                 version_->Trace().Dump(),
                                 refused.Trace().Dump()});
    return false;
  }

  void LeaveAlone(const Transform& transform, NodeId anchor,
                  std::string reason) {
    // What an earlier round has written needs no word.
    const TextRange range =
        composition_.ToOriginal(version_->document.Range(anchor));
    if (range.begin == range.end && !report_.applied.empty()) return;
    auto& list = IsSuppressed(transform, anchor) ? report_.suppressed
                                                 : report_.left_alone;
    list.push_back(
        Decide(transform, anchor, transform.level, std::move(reason)));
  }

  void Advise(const Transform& transform, const Remark& advice) {
    auto& list = IsSuppressed(transform, advice.anchor) ? report_.suppressed
                                                        : report_.advice;
    list.push_back(Decide(transform, advice.anchor, Level::kAdvice,
                          WithLine(advice.text, advice.related)));
  }

  // `message` with `{line}` replaced by the line of `related` in the original.
  std::string WithLine(std::string message, NodeId related) const {
    constexpr std::string_view kPlace = "{line}";
    const size_t at = message.find(kPlace);
    if (at == std::string::npos || related == kNoNode) return message;
    const TextRange range =
        composition_.ToOriginal(version_->document.Range(related));
    return message.replace(at, kPlace.size(),
                           std::to_string(lines_.Locate(range.begin).line));
  }

  Decision Decide(const Transform& transform, NodeId anchor, Level level,
                  std::string message) const {
    const TextRange range =
        composition_.ToOriginal(version_->document.Range(anchor));
    return {&transform,
            level,
            std::move(message),
            range,
            lines_.Locate(range.begin),
            lines_.Locate(range.begin).line,
            lines_.Locate(range.end).line};
  }

  bool IsSuppressed(const Transform& transform, NodeId anchor) const {
    const auto names = version_->facts.IgnoredAt(anchor);
    return std::any_of(names.begin(), names.end(), [&](std::string_view name) {
      return Matches(transform, name);
    });
  }

  // Whether an edit lies in an instruction that a comment protects.
  bool EditsSuppressed(const Transform& transform,
                       const std::vector<Edit>& edits) const {
    return std::any_of(edits.begin(), edits.end(), [&](const Edit& edit) {
      const uint32_t index = version_->facts.InstructionAt(edit.range.begin);
      return index != kNoInstruction &&
             IsSuppressed(transform,
                          version_->facts.instructions()[index].node);
    });
  }

  bool IsRolledBack(const Transform& transform) const {
    return std::any_of(
        report_.rollbacks.begin(), report_.rollbacks.end(),
        [&](const Rollback& r) { return r.transform == &transform; });
  }

  void SortByPlace() {
    const auto by_place = [](const Decision& a, const Decision& b) {
      return a.range.begin < b.range.begin;
    };
    for (auto* list :
         {&report_.applied, &report_.available, &report_.left_alone,
          &report_.suppressed, &report_.advice}) {
      std::stable_sort(list->begin(), list->end(), by_place);
    }
  }

  const EngineOptions& options_;
  const std::optional<BuildContext>& old_context_;
  std::optional<BuildContext> context_;
  LineTable lines_;
  Report report_;
  Composition composition_;
  std::unique_ptr<Version> version_;
  // With what the options have, if that is not what is built in.
  std::optional<equivalence::KnownTools> tools_;
};

}  // namespace

Report Fix(std::string text, const EngineOptions& options,
           const std::optional<BuildContext>& context) {
  return Run(std::move(text), options, context).Finish();
}

}  // namespace dfix
