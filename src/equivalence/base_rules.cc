// Rules about stages that get another base.
#include <string>
#include <string_view>
#include <utility>

#include "src/equivalence/caches.h"
#include "src/equivalence/calls.h"
#include "src/equivalence/package_lists.h"
#include "src/equivalence/rules.h"
#include "src/equivalence/runtimes.h"
#include "src/equivalence/split_parts.h"
#include "src/equivalence/tables.h"
#include "src/text/one_of.h"
#include "src/text/search.h"

namespace dfix::equivalence::rules {
namespace {

// Official images that have slim variants, with the same release of Debian.
constexpr std::string_view kImagesWithSlim[] = {"node", "perl", "python",
                                                "ruby"};

std::pair<std::string_view, std::string_view> ImageAndTag(
    std::string_view reference) {
  const size_t colon = reference.find(':', reference.rfind('/') + 1);
  if (colon == std::string_view::npos) return {reference, ""};
  return {reference.substr(0, colon), reference.substr(colon + 1)};
}

// Why the stage, or one that is based on it, calls what a slim image lacks and
// no step installs.
std::string WhyNotSlim(const Trace& trace, uint32_t stage) {
  constexpr std::string_view kMissing =
      "gcc g++ cc c++ make cmake git curl wget svn hg bzr patch autoconf "
      "automake pkg-config";
  std::string installed;
  std::string why;
  for (const Step& step : trace.steps()) {
    const List* script = trace.ScriptOf(step);
    if (!IsBasedOn(trace, step.stage, stage) || step.onbuild) continue;
    if (script == nullptr) {
      const bool starts = step.json && !step.arguments.empty() &&
                          HasWord(kMissing, Basename(step.arguments[0]));
      if (starts && !HasWord(installed, Basename(step.arguments[0]))) {
        return "`" + step.arguments[0] + "` is not in it";
      }
      continue;
    }
    ForEachSimple(*script, [&](const Command& command) {
      const Call call = ReadCall(command);
      if (HasWord(kMissing, call.name) && !HasWord(installed, call.name) &&
          !HasWord(installed, "build-essential")) {
        why = "`" + std::string(call.name) + "` is not in it";
      }
      if (!HasWord("apt-get apt", call.name)) return;
      for (const Word& word : command.words) {
        installed += " " + word.text.substr(0, word.text.find('='));
      }
    });
  }
  return why;
}

std::string WhyMoreThanBaseDiffers(const Comparison& c, const Difference& d) {
  if (d.stage == kNone || d.stage_after == kNone) return "their number differs";
  const Stage& before = c.before.stages()[d.stage];
  const Stage& after = c.after.stages()[d.stage_after];
  const bool same = before.name == after.name &&
                    before.platform == after.platform &&
                    before.parent == kNone && after.parent == kNone;
  return same ? "" : "more than the base differs";
}

// Why a step of the stage calls what only images to build with have.
std::string WhyStillBuilds(const Trace& trace, uint32_t stage) {
  constexpr std::string_view kBuilders =
      "gradle gradlew jar javac javap jcmd jdeps jlink jmap jshell jstack mvn "
      "mvnw git";
  std::string why;
  for (const Step& step : trace.steps()) {
    const List* script = trace.ScriptOf(step);
    if (script == nullptr || step.stage != stage ||
        step.kind != InstructionKind::kRun) {
      continue;
    }
    ForEachSimple(*script, [&](const Command& command) {
      const Call call = ReadCall(command);
      const bool sdk = call.name == "dotnet" && command.words.size() > 1 &&
                       !command.words[1].text.ends_with(".dll");
      if (HasWord(kBuilders, call.name) || sdk) {
        why = "`" + std::string(call.name) + "` is not in it";
      }
    });
  }
  return why;
}

// Why a program that `builder` compiles may not run on the image of `run`, one
// of the stages behind it.
std::string WhyNotCompiledFor(const Comparison& c, const Stage& builder,
                              const Stage& old, const Stage& run) {
  const auto name = [](std::string_view base) {
    const std::string_view image = ImageAndTag(base).first;
    return image.substr(image.rfind('/') + 1);
  };
  if (name(builder.base) != name(old.base)) return "another image builds it";
  if (IsNamedByUser(c.tools.runtime_images, builder.base, run.base)) return "";
  constexpr std::string_view kSmall[] = {"cc", "debian", "static"};
  const std::string_view image = name(run.base);
  if (IsOddImage(run.base, old.base) ||
      !IsOneOf(image.substr(0, image.find('-')), kSmall)) {
    return "the new base is not known";
  }
  const bool alone = image.starts_with("static");
  const bool musl = HasText(builder.base, "alpine");
  if (!alone) return musl ? "it is built with another C library" : "";
  if (musl) return "";
  for (uint32_t i = builder.first; i < builder.end; ++i) {
    const Step& step = c.after.steps()[i];
    if (step.kind != InstructionKind::kRun) continue;
    const auto& variables = c.after.ContextOf(step).variables;
    const auto cgo = variables.find("CGO_ENABLED");
    const std::string text = DescribeStep(c.after, step);
    if ((cgo != variables.end() && cgo->second.value == "0") ||
        HasText(text, "CGO_ENABLED=0") || HasText(text, "-static") ||
        HasText(text, "-musl")) {
      return "";
    }
  }
  return "the program may need a C library";
}

// Why the last stage needs more than a small image to run a program that an
// earlier stage compiles.
std::string WhyNoSmallImage(const Comparison& c, const Stage& old,
                            uint32_t index) {
  const Stage& run = c.after.stages()[index];
  constexpr std::string_view kOfCompilers[] = {"gcc", "golang", "rust"};
  const std::string_view image = ImageAndTag(old.base).first;
  if (!IsOneOf(image.substr(image.rfind('/') + 1), kOfCompilers)) {
    return "it does not run what the other builds";
  }
  const Step* start = c.after.HalfOf(index, InstructionKind::kEntrypoint).step;
  if (start == nullptr) {
    start = c.after.HalfOf(index, InstructionKind::kCmd).step;
  }
  if (start == nullptr || !start->json || start->arguments.empty()) {
    return "what it starts is not known";
  }
  const std::string_view program = Basename(start->arguments[0]);
  std::string why = "`" + start->arguments[0] + "` is not copied";
  for (uint32_t i = run.first; i < run.end; ++i) {
    const Step& step = c.after.steps()[i];
    if (step.kind == InstructionKind::kRun ||
        step.kind == InstructionKind::kShell || step.onbuild) {
      return "`" + DescribeStep(c.after, step) + "` has lost its image";
    }
    if (step.kind != InstructionKind::kCopy || step.from == kNone ||
        step.arguments.size() != 2) {
      continue;
    }
    const std::string& target = step.arguments[1];
    const bool brings =
        Basename(target) == program || Basename(step.arguments[0]) == program ||
        (program == start->arguments[0]
             ? HasWord("/bin /sbin /usr/bin /usr/local/bin /usr/local/sbin "
                       "/usr/sbin",
                       target.substr(0, target.find_last_not_of('/') + 1))
             : IsInside(start->arguments[0], target));
    if (!brings) continue;
    why = WhyNotCompiledFor(c, c.after.stages()[step.from], old, run);
  }
  return why;
}

}  // namespace

std::string RuntimeBase(const Comparison& c, const Difference& d) {
  const std::string why = WhyMoreThanBaseDiffers(c, d);
  if (!why.empty()) return why;
  const Stage& before = c.before.stages()[d.stage];
  const Stage& after = c.after.stages()[d.stage_after];
  if (d.stage_after + 1 != c.after.stages().size()) {
    return "it is not the last stage";
  }
  const bool runs =
      RunsWhatItBuilds(before.base, after.base) ||
      IsNamedByUser(c.tools.runtime_images, before.base, after.base);
  const bool loads =
      LoadedFiles(StartWords(c.after, d.stage_after)).has_value();
  if (!runs || !loads) {
    const std::string none = WhyNoSmallImage(c, before, d.stage_after);
    if (none.empty() || !runs) return none;
  }
  if (!loads) {
    return "what it starts is not known";
  }
  return WhyStillBuilds(c.after, d.stage_after);
}

std::string SlimBase(const Comparison& c, const Difference& d) {
  const std::string why = WhyMoreThanBaseDiffers(c, d);
  if (!why.empty()) return why;
  const Stage& before = c.before.stages()[d.stage];
  const Stage& after = c.after.stages()[d.stage_after];
  if (before.base.find('@') != std::string::npos) return "it is a digest";
  const auto [image, tag] = ImageAndTag(before.base);
  const auto [slim_image, slim_tag] = ImageAndTag(after.base);
  const std::string_view name = image.substr(image.rfind('/') + 1);
  if (image != slim_image || !IsOneOf(name, kImagesWithSlim)) {
    return "it is another image";
  }
  // `3.12-slim-bookworm` and `20-bookworm-slim`.
  std::string full(slim_tag);
  const size_t slim = full.find("slim");
  if (slim == std::string::npos) return "it is no slim variant of the base";
  full.erase(slim == 0 ? 0 : slim - 1, full.size() == 4 ? 4 : 5);
  const bool is_latest = full.empty() && (tag.empty() || tag == "latest");
  if (!is_latest && full != tag) return "it is no slim variant of the base";
  return WhyNotSlim(c.after, d.stage_after);
}

}  // namespace dfix::equivalence::rules
