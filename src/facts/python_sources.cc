#include "src/facts/python_sources.h"

#include <algorithm>
#include <string_view>

#include "src/context/paths.h"
#include "src/facts/requirement_files.h"
#include "src/text/one_of.h"
#include "src/text/search.h"

namespace dfix {
namespace {

// Endings of files that programs or their starters read.
constexpr std::string_view kRead[] = {"",         ".bash", ".cfg",  ".conf",
                                      ".ini",     ".json", ".py",   ".sh",
                                      ".service", ".toml", ".yaml", ".yml"};

bool IsRead(std::string_view path) {
  const std::string_view name = Basename(path);
  const size_t dot = std::min(name.rfind('.'), name.size());
  return IsOneOf(name.substr(dot), kRead) && !HasText(path, ".git/") &&
         !HasText(path, "test") && !name.starts_with("Dockerfile") &&
         !HasText(name, "compose");
}

// The program or folder of Python's that a text names by its place; empty if
// there is none.
std::string NamedPlace(const std::string& text) {
  if (HasText(text, "/usr/local/lib/python")) return "/usr/local/lib/python";
  constexpr std::string_view kPrograms = "/usr/local/bin/";
  for (size_t at = text.find(kPrograms); at != std::string::npos;
       at = text.find(kPrograms, at + 1)) {
    const size_t end =
        std::min(text.find_first_of(" \t\r\n\"',:;", at), text.size());
    std::string name = text.substr(at, end - at);
    if (name.size() > kPrograms.size() && !name.ends_with(".sh")) return name;
  }
  return "";
}

bool IsEditable(const std::string& line) {
  return line.starts_with("-e ") || line.starts_with("-e.") ||
         line.starts_with("--editable");
}

}  // namespace

std::string NeedOfPlace(const BuildContext& context) {
  for (const ContextEntry& entry : context.Below(".")) {
    if (entry.kind != EntryKind::kFile || !context.IsSent(entry)) continue;
    const bool lists = HasText(Basename(entry.path), "requirements") &&
                       entry.path.ends_with(".txt");
    if (!lists && !IsRead(entry.path)) continue;
    const auto text = context.ReadSent(entry.path);
    if (!text) continue;
    if (lists) {
      const auto lines = RequirementLines(*text);
      if (std::any_of(lines.begin(), lines.end(), IsEditable)) {
        return "`" + entry.path + "` installs a package where its sources are";
      }
      continue;
    }
    const std::string place = NamedPlace(*text);
    if (!place.empty()) return "`" + entry.path + "` names `" + place + "`";
  }
  return "";
}

}  // namespace dfix
