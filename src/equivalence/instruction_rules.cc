// Rules about stages and single instructions.
#include <algorithm>

#include "src/dockerfile/characters.h"
#include "src/equivalence/rules.h"
#include "src/equivalence/tables.h"
#include "src/text/search.h"

namespace dfix::equivalence::rules {
namespace {

// What the steps of a trace and its stages name as an image or a stage.
std::vector<std::string> NamesUsed(const Trace& trace) {
  std::vector<std::string> names;
  for (const Stage& stage : trace.stages()) {
    names.push_back(AsciiLower(stage.base));
  }
  for (const Step& step : trace.steps()) {
    for (const std::string& flag : step.flags) {
      const size_t at = flag.find("from=");
      if (at == std::string::npos) continue;
      std::string name = AsciiLower(flag.substr(at + 5));
      names.push_back(name.substr(0, name.find(',')));
    }
  }
  return names;
}

// Whether what variables make of `base` may be the name of a stage, which has
// neither `/` nor `:`.
bool MayNameStage(std::string_view base) {
  if (!HasText(base, "$")) return false;
  bool in_braces = false;
  for (const char c : base) {
    if (c == '{') in_braces = true;
    if (c == '}') in_braces = false;
    if (!in_braces && (c == '/' || c == ':')) return false;
  }
  return true;
}

bool Contains(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

std::string NamedStage(const Comparison& c, const Difference& d) {
  if (d.stage == kNone || d.stage_after == kNone) return "their number differs";
  const Stage& before = c.before.stages()[d.stage];
  const Stage& after = c.after.stages()[d.stage_after];
  if (before.base != after.base || before.platform != after.platform ||
      before.parent != after.parent) {
    return "more than a name differs";
  }
  if (!before.name.empty()) return "it had a name";
  const auto same_name = std::count_if(
      c.after.stages().begin(), c.after.stages().end(),
      [&](const Stage& stage) { return stage.name == after.name; });
  if (same_name != 1) return "another stage has that name";
  if (Contains(NamesUsed(c.before), after.name)) {
    return "the name means an image in this file";
  }
  return "";
}

std::string UnusedStage(const Comparison& c, const Difference& d) {
  const Stage& stage = c.before.stages()[d.stage];
  if (d.stage + 1 == c.before.stages().size()) return "it is what is built";
  // Stages that go, too, do not count.
  std::vector<bool> gone(c.before.stages().size(), false);
  for (const Difference& other : c.differences) {
    if (other.kind == DifferenceKind::kStageRemoved) gone[other.stage] = true;
  }
  for (uint32_t i = 0; i < c.before.stages().size(); ++i) {
    const Stage& other = c.before.stages()[i];
    if (other.parent == d.stage && !gone[i]) {
      return "another stage is based on it";
    }
    if (!gone[i] && MayNameStage(other.base)) return "a FROM has a variable";
  }
  const std::string number = std::to_string(d.stage - 1);
  for (const Step& step : c.before.steps()) {
    if (gone[step.stage]) continue;
    if (step.from == d.stage) return "a COPY needs it";
    for (const std::string& flag : step.flags) {
      const size_t at = flag.find("from=");
      if (at == std::string::npos) continue;
      std::string name = AsciiLower(flag.substr(at + 5));
      name = name.substr(0, name.find(','));
      // In a mount, a number is the name of an image.
      const bool by_number =
          name == number && !step.onbuild && !flag.starts_with("--mount");
      if (by_number || name == stage.name || HasText(name, "$")) {
        return "`" + flag + "` may need it";
      }
    }
  }
  return "";
}

std::string DefaultPlatform(const Comparison& c, const Difference& d) {
  if (d.stage == kNone || d.stage_after == kNone) return "their number differs";
  const Stage& before = c.before.stages()[d.stage];
  const Stage& after = c.after.stages()[d.stage_after];
  if (before.base != after.base || before.name != after.name ||
      before.parent != after.parent) {
    return "more than the platform differs";
  }
  if (!after.platform.empty() || (before.platform != "$TARGETPLATFORM" &&
                                  before.platform != "${TARGETPLATFORM}")) {
    return "it was another platform than the default";
  }
  const Stage& globals = c.before.stages()[0];
  for (uint32_t i = globals.first; i < globals.end; ++i) {
    const Step& step = c.before.steps()[i];
    for (size_t k = 0; k + 1 < step.arguments.size(); k += 2) {
      if (step.arguments[k] == "TARGETPLATFORM" &&
          !step.arguments[k + 1].empty()) {
        return "an ARG sets the platform";
      }
    }
  }
  return "";
}

std::string LabeledMaintainer(const Comparison& c, const Difference& d) {
  // It is the same instruction, or one before the first FROM moves behind it.
  const Step* before = d.before.step;
  const Step* after = d.after.step;
  for (const Difference& other : c.differences) {
    if (before == nullptr && other.kind == DifferenceKind::kStepRemoved) {
      before = other.before.step;
    }
    if (after == nullptr && other.kind == DifferenceKind::kStepAdded) {
      after = other.after.step;
    }
  }
  if (before == nullptr || after == nullptr ||
      before->kind != InstructionKind::kMaintainer ||
      after->kind != InstructionKind::kLabel || before->onbuild ||
      after->onbuild ||
      (before->stage != after->stage &&
       (before->stage != 0 || after->stage != 1))) {
    return "it is no MAINTAINER that became a LABEL";
  }
  std::string_view value = before->arguments[0];
  if (value.size() > 1 && (value[0] == '"' || value[0] == '\'') &&
      value.back() == value[0]) {
    value = value.substr(1, value.size() - 2);
  }
  if (after->arguments.size() != 2 ||
      after->arguments[1] != "=" + std::string(value)) {
    return "the label has another value";
  }
  for (const Step& step : c.before.steps()) {
    if (step.stage != after->stage || step.kind != InstructionKind::kLabel) {
      continue;
    }
    for (size_t i = 0; i < step.arguments.size(); i += 2) {
      if (step.arguments[i] == after->arguments[0]) {
        return "the image has that label already";
      }
    }
  }
  return "";
}

std::string LabelConfiguration(const Comparison& c, const Difference& d) {
  if (d.name == "Author") return "";
  for (const Difference& other : c.differences) {
    if (other.after.step != nullptr &&
        other.after.step->kind == InstructionKind::kLabel &&
        d.name == "Label " + other.after.step->arguments[0]) {
      return "";
    }
  }
  return "nothing that became a label sets it";
}

std::string MarkedDirectory(const Comparison&, const Difference& d) {
  const Step& before = *d.before.step;
  const Step& after = *d.after.step;
  if (before.kind != after.kind || before.flags != after.flags ||
      before.from != after.from || before.json != after.json ||
      (before.kind != InstructionKind::kCopy &&
       before.kind != InstructionKind::kAdd)) {
    return "it is no COPY, or more than its destination differs";
  }
  if (before.arguments.size() != after.arguments.size() ||
      !std::equal(before.arguments.begin(), before.arguments.end() - 1,
                  after.arguments.begin())) {
    return "its sources differ";
  }
  const bool has_heredoc = std::any_of(
      before.arguments.begin(), before.arguments.end(),
      [](const std::string& word) { return word.starts_with("heredoc:"); });
  if (before.arguments.size() < (has_heredoc ? 5 : 3)) {
    return "it has one source";
  }
  const std::string& to = before.arguments.back();
  if (to.ends_with('/') || to.ends_with('\\') || to.ends_with('"')) {
    return "it is marked, or in quotes";
  }
  return after.arguments.back() == before.arguments.back() + "/"
             ? ""
             : "it has another destination";
}

std::string CopyForAdd(const Comparison&, const Difference& d) {
  const Step& before = *d.before.step;
  const Step& after = *d.after.step;
  if (before.kind != InstructionKind::kAdd ||
      after.kind != InstructionKind::kCopy || before.json != after.json ||
      before.flags != after.flags || before.arguments != after.arguments ||
      before.from != after.from || before.onbuild != after.onbuild) {
    return "it is no ADD that became a COPY, or more than that differs";
  }
  for (const std::string& flag : before.flags) {
    const std::string_view name =
        std::string_view(flag).substr(0, flag.find('='));
    if (!HasWord("--chown --chmod --link --exclude", name)) {
      return "COPY has no `" + flag + "`";
    }
  }
  constexpr std::string_view kUnpacked[] = {
      ".tar",  ".tgz", ".tbz", ".tbz2", ".txz", ".tlz", ".tpz",  ".taz", ".tb2",
      ".tzst", ".gz",  ".bz2", ".xz",   ".zst", ".lz",  ".lzma", ".z",   ".bz"};
  for (size_t i = 0; i + 1 < before.arguments.size(); ++i) {
    const std::string source = AsciiLower(before.arguments[i]);
    if (source.starts_with("heredoc:") || source.starts_with("<<")) continue;
    if (HasText(source, "://") || source.starts_with("git@")) {
      return "ADD downloads `" + source + "`";
    }
    if (source.starts_with('$')) return "a variable may be anything";
    const size_t hash = source.find('$' + std::string());
    const std::string_view name = std::string_view(source).substr(
        0, hash == std::string::npos ? hash : source.rfind('$'));
    for (const std::string_view ending : kUnpacked) {
      if (name.ends_with(ending)) return "ADD unpacks `" + source + "`";
    }
    const std::string_view last = name.substr(name.rfind('/') + 1);
    const size_t open = std::min(last.find_first_of("*?[$"), last.size());
    if (open < last.size() && last.find('.', open) == std::string::npos) {
      return "`" + std::string(last) + "` may be an archive";
    }
  }
  return "";
}

}  // namespace dfix::equivalence::rules
