#include "src/facts/ruby_sources.h"

#include <algorithm>
#include <set>
#include <string_view>

#include "src/facts/gem_folders.h"
#include "src/facts/installed_split.h"
#include "src/text/backticks.h"
#include "src/text/search.h"

namespace dfix {
namespace {

// What compiles, and what installs gems, which may have to be compiled.
constexpr std::string_view kCompiling[] = {"cc", "cmake", "g++", "gcc", "make"};
constexpr std::string_view kInstalling[] = {"bundle add", "bundle install",
                                            "bundle update", "gem install",
                                            "gem update"};

// What packages of npm that are compiled depend on.
constexpr std::string_view kCompiledPackages[] = {"node-gyp",
                                                  "prebuild-install"};
constexpr std::string_view kLocks[] = {"package-lock.json", "pnpm-lock.yaml",
                                       "yarn.lock"};

// Calls with which sources in Ruby start programs.
constexpr std::string_view kStarts[] = {
    "%x(",      "%x[",      "%x{",     "IO.popen", "Open3",
    "exec '",   "exec(",    "exec \"", "spawn '",  "spawn(",
    "spawn \"", "system '", "system(", "system \""};

// The lines of a script without those that are comments.
std::string WithoutComments(std::string_view text) {
  std::string lines;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const size_t first = line.find_first_not_of(" \t");
    if (first == line.npos || line[first] == '#') continue;
    lines += line;
    lines += '\n';
  }
  return lines;
}

// What a text of commands runs that needs compilers; empty if nothing does.
std::string CompilingPart(std::string_view text) {
  for (const std::string_view part : kInstalling) {
    if (HasText(text, part)) return std::string(part);
  }
  return std::string(WordAmong(text, kCompiling));
}

// Whether a RUN below the last install lets Rails have yarn or npm install
// packages.
bool BuildsAssets(const Facts& facts, uint32_t stage) {
  const Stage& of = facts.stages()[stage];
  for (uint32_t i = of.first; i < of.end; ++i) {
    const InstructionFacts& instruction = facts.instructions()[i];
    const std::string_view text = facts.document().Text(instruction.node);
    if (instruction.kind == InstructionKind::kRun &&
        (HasText(text, "assets:precompile") || HasText(text, "webpacker"))) {
      return true;
    }
  }
  return false;
}

std::string NeedOfAssets(const BuildContext& context) {
  if (context.FindSent("package.json") == nullptr) return "";
  bool has_lock = false;
  for (const std::string_view name : kLocks) {
    const auto text = context.ReadSent(name);
    if (!text) continue;
    has_lock = true;
    for (const std::string_view part : kCompiledPackages) {
      if (HasText(*text, part)) {
        return InBackticks(name) + " has " + InBackticks(part) +
               ", by which packages are compiled for assets";
      }
    }
  }
  return has_lock ? ""
                  : "no lock file tells whether packages of npm are compiled "
                    "for assets";
}

// The first script among those that containers start, or RUNs behind the cut,
// and that these name in turn, that runs what needs compilers.
std::string NeedOfScripts(const Facts& facts, const BuildContext& context,
                          uint32_t stage, uint32_t cut) {
  const Stage& of = facts.stages()[stage];
  std::string texts;
  for (uint32_t i = of.first; i < of.end; ++i) {
    const InstructionFacts& instruction = facts.instructions()[i];
    const bool starts = instruction.kind == InstructionKind::kCmd ||
                        instruction.kind == InstructionKind::kEntrypoint ||
                        instruction.kind == InstructionKind::kHealthcheck;
    if (!starts && (instruction.kind != InstructionKind::kRun || i <= cut)) {
      continue;
    }
    std::string text(facts.document().Text(instruction.node));
    std::replace_if(
        text.begin(), text.end(),
        [](char c) { return c == '"' || c == ',' || c == '\''; }, ' ');
    for (size_t at = text.find("  "); at != text.npos; at = text.find("  ")) {
      text.erase(at, 1);
    }
    const std::string part = CompilingPart(text);
    if (!part.empty()) return InBackticks(part) + " needs compilers";
    texts += text + '\n';
  }
  std::set<std::string_view> seen;
  for (bool grows = true; grows;) {
    grows = false;
    for (const ContextEntry& entry : context.entries()) {
      const std::string_view name = Basename(entry.path);
      const bool is_procfile = name == "Procfile" && HasText(texts, "foreman");
      if (entry.kind != EntryKind::kFile || seen.contains(entry.path) ||
          (!HasWord(texts, name) && !is_procfile)) {
        continue;
      }
      seen.insert(entry.path);
      const auto text = context.ReadSent(entry.path);
      if (!text) continue;
      const std::string commands = WithoutComments(*text);
      const std::string part = CompilingPart(commands);
      if (!part.empty()) {
        return InBackticks(entry.path) + " runs " + InBackticks(part) +
               ", which needs compilers";
      }
      texts += commands;
      grows = true;
    }
  }
  return "";
}

// A file of the project by which gems are compiled among the sources, or
// Bundler writes elsewhere.
std::string NeedOfManifests(const BuildContext& context) {
  for (const ContextEntry& entry : context.entries()) {
    const bool is_gemfile = Basename(entry.path) == "Gemfile";
    if (entry.kind != EntryKind::kFile ||
        (!is_gemfile && !entry.path.ends_with(".gemspec")) ||
        HasText(entry.path, "vendor/")) {
      continue;
    }
    const std::string text =
        WithoutComments(context.ReadSent(entry.path).value_or(""));
    if (!is_gemfile && HasText(text, ".extensions")) {
      return InBackticks(entry.path) + " is compiled among the sources";
    }
    for (const std::string_view word : {"plugin ", "lockfile "}) {
      if (is_gemfile &&
          ("\n" + text).find("\n" + std::string(word)) != std::string::npos) {
        return InBackticks(entry.path) + " has a line with " +
               InBackticks(word.substr(0, word.size() - 1));
      }
    }
  }
  return "";
}

}  // namespace

std::string NeedOfCompilers(const Facts& facts, const BuildContext& context,
                            uint32_t stage, uint32_t cut) {
  std::string need = NeedOfManifests(context);
  if (need.empty()) need = NeedOfScripts(facts, context, stage, cut);
  if (need.empty() && BuildsAssets(facts, stage)) need = NeedOfAssets(context);
  return need;
}

std::string NeedOfSystemPrograms(const BuildContext& context) {
  for (const ContextEntry& entry : context.entries()) {
    const std::string_view path = entry.path;
    const std::string_view name = Basename(path);
    const bool is_code = path.ends_with(".rb") || path.ends_with(".rake") ||
                         path.ends_with(".ru") || path.ends_with(".gemspec") ||
                         name == "Rakefile";
    if (!is_code || entry.kind != EntryKind::kFile ||
        HasText(path, "node_modules/") || HasText(path, "vendor/bundle/") ||
        path.starts_with("spec/") || path.starts_with("test/")) {
      continue;
    }
    const auto text = context.ReadSent(path);
    if (!text) continue;
    const std::string code = WithoutComments(*text);
    for (const std::string_view start : kStarts) {
      if (HasText(code, start)) {
        return InBackticks(path) + " has " + InBackticks(start) +
               ", by which it may start other programs";
      }
    }
    if (HasText(code, "`")) {
      return InBackticks(path) + " may start other programs";
    }
  }
  return "";
}

}  // namespace dfix
