#include "src/facts/moved_packages.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string_view>

#include "src/dockerfile/instructions.h"
#include "src/facts/runtime_base.h"
#include "src/shell/words.h"
#include "src/text/one_of.h"
#include "src/text/search.h"

namespace dfix {
namespace {

// Options of apt-get and apk that change nothing but how they talk.
constexpr std::string_view kPlainOptions[] = {
    "--assume-yes",
    "--no-cache",
    "--no-install-recommends",
    "--no-install-suggests",
    "--no-progress",
    "--quiet",
    "--update",
    "--yes",
    "-U",
    "-q",
    "-qq",
    "-qqy",
    "-qy",
    "-y",
    "-yq",
    "-yqq",
};

// Directories of caches.
constexpr std::string_view kCaches[] = {"/root/.cache", "/tmp",
                                        "/var/cache",   "/var/lib/apt/lists",
                                        "/var/tmp",     "~/.cache"};

// Programs that start others with a PATH of their own.
constexpr std::string_view kForgetful[] = {"cron", "crond", "login", "su",
                                           "sudo"};

}  // namespace

RuntimeSystem SystemOf(const Facts& facts, uint32_t stage) {
  const BaseImage* image = BaseImageOf(facts, stage);
  const Release* release = ReleaseOf(*facts.stages()[stage].base);
  const auto parts =
      PartsOfFrom(Instruction(facts.document(), facts.stages()[stage].from));
  // The one of another value of the argument may be another release.
  if (release != nullptr && parts && HasText(parts->image, "$") &&
      !HasText(parts->image, release->name)) {
    release = nullptr;
  }
  return {image->family->name == "alpine", image->name,
          release == nullptr ? "" : release->name,
          image->family->name == "ubuntu"};
}

bool RemovesCaches(const Document& document, NodeId command) {
  const auto words = ProgramWords(document, command);
  return std::all_of(words.begin() + 1, words.end(), [&](NodeId word) {
    const std::string text = LogicalText(document, word);
    const bool of_cache = std::any_of(
        std::begin(kCaches), std::end(kCaches),
        [&](std::string_view cache) { return text.starts_with(cache); });
    return text.starts_with('-') || (of_cache && !HasText(text, ".."));
  });
}

std::span<const std::string_view> ProgramsThatForgetPath() {
  return kForgetful;
}

std::string MovedPackages::Add(const PackageCommand& call) {
  const bool known =
      call.manager->family == "apt" || call.manager->family == "apk";
  if (!known || call.verb == PackageVerb::kSync ||
      call.verb == PackageVerb::kBuild || call.verb == PackageVerb::kOther) {
    return "what `" + std::string(call.manager->name) +
           "` does, the program may need";
  }
  if (call.verb == PackageVerb::kRemove) return "it removes packages itself";
  if (call.verb == PackageVerb::kUpgrade) {
    return "it upgrades what the image has";
  }
  if (call.verb != PackageVerb::kInstall) return "";
  if (call.operands_unknown || call.traits.Has(CallTrait::kOtherRoot)) {
    return "what it installs is not known";
  }
  bool bare = false;
  for (const NodeId option : call.options) {
    const std::string text = LogicalText(document_, option);
    bare |= text == "--no-install-recommends";
    if (!IsOneOf(text, kPlainOptions)) {
      return "`" + text + "` decides what it installs";
    }
  }
  for (const NodeId operand : call.operands) {
    std::string problem = AddPackage(operand, bare);
    if (!problem.empty()) return problem;
  }
  return "";
}

std::string MovedPackages::AddPackage(NodeId operand, bool bare) {
  std::string text = LogicalText(document_, operand);
  if (text.find_first_of("$`\"'\\") != std::string::npos) {
    text = ConstantValue(document_, operand).value_or("");
  }
  const std::string name = text.substr(0, text.find_first_of("=@~<>:/*"));
  if (name.empty() || name.starts_with('.')) {
    return "what it installs depends on `" +
           std::string(document_.Text(operand)) + "`";
  }
  if (const auto needed = RuntimePackages(name, system_)) {
    left_.push_back(name);
    recommended_ |= !bare && UsesRecommended(name);
    for (const std::string& package : *needed) Keep(package);
    return "";
  }
  if (IsBuildPackage(name) || name.ends_with("-dev")) {
    return "what `" + name +
           "` leaves for programs is not known for this image";
  }
  recommended_ |= !bare;
  Keep(text);
  return "";
}

void MovedPackages::Keep(const std::string& package) {
  if (std::find(kept_.begin(), kept_.end(), package) == kept_.end()) {
    kept_.push_back(package);
  }
}

std::string MovedPackages::LeftNames() const {
  std::string names;
  for (const std::string& name : left_) {
    names += (names.empty() ? "`" : ", `") + name + "`";
  }
  return names;
}

std::string MovedPackages::Instruction() const {
  return kept_.empty()
             ? ""
             : PackagesInstruction(kept_, system_.is_alpine, recommended_);
}

}  // namespace dfix
