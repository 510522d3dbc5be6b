#include "src/facts/gem_needs.h"

#include <algorithm>

#include "src/facts/plain_package.h"
#include "src/text/backticks.h"
#include "src/text/one_of.h"

namespace dfix {
namespace {

// Takes the first line from `text`, without its end.
std::string_view TakeLine(std::string_view& text) {
  const size_t end = std::min(text.find('\n'), text.size());
  std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

bool Has(const std::vector<std::string>& all, std::string_view name) {
  return std::find(all.begin(), all.end(), name) != all.end();
}

// The gem that a line of a Gemfile names first: `gem 'rails', '~> 7.0'`. Empty
// for other lines.
std::string_view GemOfLine(std::string_view line) {
  line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
  if (!line.starts_with("gem ") && !line.starts_with("gem(")) return "";
  line.remove_prefix(4);
  line.remove_prefix(std::min(line.find_first_not_of(" ("), line.size()));
  if (line.empty() || (line[0] != '\'' && line[0] != '"')) return line;
  const size_t end = line.find(line[0], 1);
  return line.substr(1, std::min(end, line.size()) - 1);
}

const CompiledGem* FindCompiled(std::string_view name) {
  const auto& gems = PlainPackageTable().gems;
  const auto found =
      std::lower_bound(gems.begin(), gems.end(), name,
                       [](const CompiledGem& gem, std::string_view key) {
                         return gem.name < key;
                       });
  return found != gems.end() && found->name == name ? &*found : nullptr;
}

}  // namespace

GemLock ReadGemLock(std::string_view text) {
  GemLock lock;
  std::string_view section;
  while (!text.empty()) {
    const std::string_view line = TakeLine(text);
    const size_t indent = std::min(line.find_first_not_of(' '), line.size());
    const std::string name(
        line.substr(indent, line.find_first_of(" !", indent) - indent));
    if (name.empty()) continue;
    if (indent == 0) {
      section = line;
    } else if (section == "DEPENDENCIES") {
      lock.dependencies.push_back(name);
    } else if (indent == 4) {
      const bool is_known = section == "GEM";
      if (is_known) lock.gems.push_back(name);
      if (section == "GIT" || section == "PATH" || section == "PLUGIN SOURCE") {
        lock.other_gems.push_back(name);
      }
    }
  }
  return lock;
}

GemNeeds NeedsOfGems(const GemLock& lock, std::string_view gemfile) {
  GemNeeds needs;
  while (!gemfile.empty()) {
    const std::string_view gem = GemOfLine(TakeLine(gemfile));
    if (!gem.empty() && !Has(lock.dependencies, gem)) {
      needs.problem = "Gemfile.lock has no " + InBackticks(gem);
      return needs;
    }
  }
  if (!lock.other_gems.empty()) {
    needs.problem = "what the gem " + InBackticks(lock.other_gems[0]) +
                    " needs is not known: it does not come from RubyGems";
    return needs;
  }
  for (const std::string& gem : lock.gems) {
    if (IsOneOf(gem, PlainPackageTable().ruby)) continue;
    const CompiledGem* compiled = FindCompiled(gem);
    if (compiled == nullptr) {
      needs.problem = "what the gem " + InBackticks(gem) +
                      " needs of the system is not known";
      return needs;
    }
    if (needs.compiled.empty()) needs.compiled = gem;
    for (const std::string_view package : compiled->needs) {
      if (!Has(needs.packages, package)) needs.packages.emplace_back(package);
    }
  }
  return needs;
}

}  // namespace dfix
