#include <algorithm>
#include <cctype>
#include <string>
#include <vector>

#include "src/shell/words.h"
#include "src/text/one_of.h"
#include "src/transform/sink.h"
#include "src/transform/transform.h"

namespace dfix::transforms {
namespace {

// So many are named; the rest are counted.
constexpr size_t kMostNames = 4;

// Options that say which version comes, or that the packages are no names.
constexpr std::string_view kVersionOptions[] = {
    "--version",     "--vers",     "-v",     "-c",     "--constraint",
    "--constraints", "--git",      "--path", "--rev",  "--tag",
    "--branch",      "--no-index", "-l",     "--local"};

// A file, a folder or an address, in which the version is or is none.
bool IsPlace(std::string_view word) {
  constexpr std::string_view kEndings[] = {".deb", ".rpm", ".apk",  ".whl",
                                           ".tgz", ".gem", ".zst",  ".xz",
                                           ".gz",  ".zip", ".conda"};
  if (word.starts_with('.') || word.starts_with('/') ||
      word.find("://") != word.npos || word.starts_with("git@")) {
    return true;
  }
  return std::any_of(
      std::begin(kEndings), std::end(kEndings),
      [&](std::string_view ending) { return word.ends_with(ending); });
}

// `@development-tools` of dnf, and not `@scope/package` of npm.
bool IsGroup(std::string_view word) {
  return word.starts_with('@') && word.find('/') == word.npos;
}

// Whether `word` has a version in the manner of the manager.
bool HasVersion(const PackageManager& manager, std::string_view word) {
  for (const std::string_view pin : manager.pins) {
    const size_t at = word.find(pin, 1);
    if (at == word.npos) continue;
    // `name-1.2`, and not `name-devel`.
    if (pin != "-") return true;
    for (size_t dash = at; dash != word.npos; dash = word.find('-', dash + 1)) {
      if (dash + 1 < word.size() &&
          std::isdigit(static_cast<unsigned char>(word[dash + 1]))) {
        return true;
      }
    }
  }
  // `name>=2` is no pin, but says more than the name.
  return word.find_first_of("<>!", 1) != word.npos;
}

bool NeedsVersions(const Document& document, const PackageCommand& call) {
  if (call.verb != PackageVerb::kInstall || call.manager->pins.empty() ||
      call.traits.Has(CallTrait::kOnlySimulates)) {
    return false;
  }
  std::string scratch;
  return std::none_of(
      call.options.begin(), call.options.end(), [&](NodeId option) {
        const auto word = ConstantView(document, option, scratch);
        return word &&
               IsOneOf(word->substr(0, word->find('=')), kVersionOptions);
      });
}

void Run(const Input& input, Sink& sink) {
  for (const PackageCommand& call : input.facts.package_commands()) {
    if (!NeedsVersions(input.document, call)) continue;
    std::string names;
    size_t count = 0;
    for (const NodeId operand : call.operands) {
      const auto word = ConstantValue(input.document, operand);
      if (!word || word->empty() || IsPlace(*word) ||
          HasVersion(*call.manager, *word) || IsGroup(*word)) {
        continue;
      }
      if (++count > kMostNames) continue;
      names += (names.empty() ? "`" : ", `") + *word + '`';
    }
    if (count == 0) continue;
    if (count > kMostNames) {
      names += " and " + std::to_string(count - kMostNames) + " more";
    }
    sink.Advise(call.program,
                "which versions come is decided on the day of "
                "the build; say which you tested: " +
                    names);
  }
}

}  // namespace

extern const Transform kPinPackages;
const Transform kPinPackages = {
    .id = "pin-packages",
    .title = "Name the versions of the packages that are installed",
    .why =
        "Without a version an install brings whatever is newest on the day of "
        "the build, and the file that worked yesterday may fail today. People "
        "differ about it: distributions drop old versions from their archives, "
        "and then a pinned install fails. So this is advice, and only for "
        "those who select it; nothing is changed, because only a person knows "
        "which version was tested.",
    .level = Level::kAdvice,
    .phase = Phase::kContent,
    .rank = 61,
    .aliases = {"DL3008", "DL3013", "DL3016", "DL3018", "DL3028", "DL3033",
                "DL3037", "DL3041", "DL3062"},
    .effects = {},
    .before =
        "FROM debian:12\n"
        "RUN apt-get update && apt-get install -y curl\n",
    .after = "",
    .left_alone =
        "Packages with a version, files and addresses, what variables stand "
        "for, and calls with a constraints file.",
    .opt_in = true,
    .run = Run,
};

}  // namespace dfix::transforms
