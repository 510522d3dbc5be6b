#include "src/facts/slim_image.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <vector>

#include "src/dockerfile/instructions.h"
#include "src/facts/build_stage.h"
#include "src/facts/package_command.h"
#include "src/shell/views.h"
#include "src/shell/words.h"
#include "src/text/one_of.h"

namespace dfix {
namespace {

// Where an image has `slim` in its tags.
enum class SlimPlace : uint8_t {
  kBeforeRelease,  // `3.12-slim-bookworm`
  kBehindRelease,  // `20-bookworm-slim`
};

struct SlimImage {
  std::string_view image;
  SlimPlace place;
  std::string_view latest;  // For no tag and `latest`.
};
constexpr SlimImage kImages[] = {
    {"node", SlimPlace::kBehindRelease, "slim"},
    {"perl", SlimPlace::kBeforeRelease, "slim"},
    {"python", SlimPlace::kBeforeRelease, "slim"},
    {"ruby", SlimPlace::kBeforeRelease, "slim"},
};

constexpr std::string_view kReleases[] = {"bookworm", "bullseye", "buster",
                                          "trixie"};

// Programs that every image of Debian has, and those of the languages.
constexpr std::string_view kPrograms[] = {
    ".",        ":",        "[",        "addgroup", "apt-get", "awk",
    "basename", "bash",     "break",    "bundle",   "cat",     "cd",
    "chgrp",    "chmod",    "chown",    "cp",       "cut",     "date",
    "dirname",  "dpkg",     "echo",     "env",      "exec",    "exit",
    "export",   "expr",     "false",    "find",     "gem",     "grep",
    "groupadd", "gunicorn", "gzip",     "head",     "id",      "install",
    "ls",       "mkdir",    "mktemp",   "mv",       "node",    "npm",
    "npx",      "perl",     "pip",      "pip3",     "printf",  "python",
    "python3",  "pwd",      "readlink", "rm",       "rmdir",   "ruby",
    "sed",      "set",      "sh",       "sleep",    "sort",    "stat",
    "tail",     "tar",      "tee",      "test",     "touch",   "tr",
    "true",     "type",     "uname",    "uniq",     "unset",   "useradd",
    "usermod",  "uvicorn",  "wc",       "xargs",    "yarn",
};

// Texts of sources that start other programs.
constexpr std::string_view kStarts[] = {"child_process", "os.system(", "Popen(",
                                        "subprocess", "ctypes"};

bool IsNumber(std::string_view text) {
  return !text.empty() &&
         text.find_first_not_of("0123456789.") == std::string_view::npos;
}

std::string SlimTag(const SlimImage& image, const std::string& tag) {
  if (tag.empty() || tag == "latest") return std::string(image.latest);
  const size_t dash = std::min(tag.find('-'), tag.size());
  const std::string first = tag.substr(0, dash);
  const std::string second = tag.substr(std::min(dash + 1, tag.size()));
  const bool behind = image.place == SlimPlace::kBehindRelease;
  if (IsOneOf(tag, kReleases)) return behind ? tag + "-slim" : "slim-" + tag;
  if (!IsNumber(first) && first != "lts") return "";
  if (second.empty()) return first + "-slim";
  if (!IsOneOf(second, kReleases)) return "";
  return behind ? tag + "-slim" : first + "-slim-" + second;
}

// Whether the lock file tells that no package runs a script when it is
// installed, or comes from a repository of sources.
bool InstallsNothingOfItsOwn(const BuildContext* context) {
  if (context == nullptr) return false;
  const auto lock = context->ReadSent("package-lock.json");
  return lock && lock->find("\"lockfileVersion\"") != std::string::npos &&
         lock->find("\"lockfileVersion\": 1") == std::string::npos &&
         lock->find("\"hasInstallScript\"") == std::string::npos &&
         lock->find("git+") == std::string::npos;
}

std::string ProblemOfCall(const Facts& facts, const PackageCommand& call,
                          const BuildContext* context) {
  const Document& document = facts.document();
  const std::string_view name = call.manager->name;
  if (call.manager->family == "apt") return "";
  const bool installs = call.verb == PackageVerb::kInstall ||
                        call.verb == PackageVerb::kSync ||
                        call.verb == PackageVerb::kBuild;
  if (!installs) return "";
  if (name == "npm") {
    return InstallsNothingOfItsOwn(context)
               ? ""
               : "a package of npm may have to be compiled, or need a library; "
                 "a package-lock.json would tell";
  }
  if (name == "pip") {
    const auto binary = [&](NodeId option) {
      const std::string text = LogicalText(document, option);
      return text.starts_with("--only-binary") && text.ends_with(":all:");
    };
    const bool only_wheels =
        std::any_of(call.options.begin(), call.options.end(), binary);
    return only_wheels ? ""
                       : "a package of pip may have to be compiled, or need a "
                         "library; with `--only-binary=:all:` none is compiled";
  }
  return "what `" + std::string(name) + "` installs may have to be compiled";
}

std::string ProblemOfScript(const Facts& facts, NodeId script,
                            const BuildContext* context) {
  const Document& document = facts.document();
  if (document.kind(script) != NodeKind::kScript) {
    return "its script is not understood";
  }
  std::string problem;
  ForEachCommand(document, script, [&](NodeId command) {
    if (!problem.empty()) return;
    if (const PackageCommand* call = facts.PackageCommandAt(command)) {
      problem = ProblemOfCall(facts, *call, context);
      return;
    }
    const auto words = ProgramWords(document, command);
    if (words.empty()) return;
    const std::string name =
        ConstantValue(document, words[0]).value_or("a variable");
    if (!IsOneOf(Basename(name), kPrograms)) {
      problem = "`" + std::string(Basename(name)) +
                "` may need more than the slim image has";
    }
  });
  return problem;
}

// A source of the context that may start other programs.
std::string ProblemOfSources(const BuildContext& context) {
  for (const ContextEntry& entry : context.entries()) {
    const bool code =
        entry.path.ends_with(".py") || entry.path.ends_with(".js") ||
        entry.path.ends_with(".mjs") || entry.path.ends_with(".rb") ||
        entry.path.ends_with(".sh");
    if (!code || entry.path.find("node_modules/") != std::string::npos) {
      continue;
    }
    const auto text = context.ReadSent(entry.path);
    if (!text) continue;
    if (entry.path.ends_with(".sh")) {
      return "`" + entry.path + "` may need programs that it lacks";
    }
    for (const std::string_view start : kStarts) {
      if (text->find(start) != std::string::npos) {
        return "`" + entry.path + "` uses `" + std::string(start) +
               "`: it may need other programs";
      }
    }
  }
  return "";
}

// Why the words of CMD, ENTRYPOINT or HEALTHCHECK may not work.
std::string ProblemOfCommand(const Facts& facts, uint32_t index,
                             const BuildContext* context) {
  const InstructionFacts& instruction = facts.instructions()[index];
  const Instruction view(facts.document(), instruction.inner);
  if (instruction.script != kNoNode) {
    return ProblemOfScript(facts, instruction.script, context);
  }
  std::vector<std::string> words = view.Arguments();
  if (instruction.kind == InstructionKind::kHealthcheck && !words.empty()) {
    words.erase(words.begin());
  }
  if (words.empty() || IsOneOf(words[0], kPrograms)) return "";
  return "`" + words[0] + "` may need more than the slim image has";
}

}  // namespace

std::string SlimVariant(std::string_view reference) {
  if (reference.find('@') != std::string_view::npos ||
      reference.find('$') != std::string_view::npos) {
    return "";
  }
  const std::string tag = TagOf(reference);
  const std::string_view path = reference.substr(
      0, reference.size() - (tag.empty() ? 0 : tag.size() + 1));
  std::string_view name = path;
  for (const std::string_view registry : {"docker.io/", "library/"}) {
    if (name.starts_with(registry)) name.remove_prefix(registry.size());
  }
  for (const SlimImage& image : kImages) {
    if (name != image.image) continue;
    const std::string slim = SlimTag(image, tag);
    return slim.empty() ? "" : std::string(path) + ":" + slim;
  }
  return "";
}

SlimProblem WhyNotSlim(const Facts& facts, const BuildContext* context,
                       uint32_t index) {
  const Stage& stage = facts.stages()[index];
  for (uint32_t i = stage.first; i < stage.end; ++i) {
    const InstructionFacts& instruction = facts.instructions()[i];
    if (instruction.onbuild) return {"ONBUILD: other images need it", i};
    std::string problem;
    switch (instruction.kind) {
      case InstructionKind::kRun:
        problem = instruction.script == kNoNode
                      ? "its script is not understood"
                      : ProblemOfScript(facts, instruction.script, context);
        break;
      case InstructionKind::kCmd:
      case InstructionKind::kEntrypoint:
      case InstructionKind::kHealthcheck:
        problem = ProblemOfCommand(facts, i, context);
        break;
      default:
        break;
    }
    if (!problem.empty()) return {std::move(problem), i};
  }
  if (context != nullptr) return {ProblemOfSources(*context)};
  return {};
}

}  // namespace dfix
