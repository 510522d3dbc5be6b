#include "src/facts/node_sources.h"

#include <algorithm>
#include <string_view>

#include "src/text/search.h"

namespace dfix {
namespace {

// Whether a script of package.json, but for the one that containers run, names
// the file.
bool IsNamedByScript(const NodeProject& project, const std::string& path) {
  return std::any_of(
      project.scripts.begin(), project.scripts.end(), [&](const auto& script) {
        return script.first != "start" && HasText(script.second, path);
      });
}

// Whether a file is code that may run in the end: no test, no configuration of
// a tool.
bool IsCode(const NodeProject& project, const std::string& path) {
  const bool code = path.ends_with(".ts") || path.ends_with(".js") ||
                    path.ends_with(".tsx") || path.ends_with(".mjs");
  return code && !HasText(path, "node_modules/") &&
         !HasText(path, ".config.") && !HasText(path, "test") &&
         !HasText(path, "spec") && !IsNamedByScript(project, path);
}

// Whether a source imports a package for more than its types.
bool Imports(const std::string& text, const std::string& package) {
  for (size_t at = text.find(package); at != std::string::npos;
       at = text.find(package, at + 1)) {
    const char before = at == 0 ? ' ' : text[at - 1];
    const size_t end = at + package.size();
    const char after = end < text.size() ? text[end] : ' ';
    if ((before != '"' && before != '\'') ||
        (after != before && after != '/')) {
      continue;
    }
    const std::string_view rest = std::string_view(text).substr(0, at - 1);
    const bool imports = rest.ends_with("from ") || rest.ends_with("import ") ||
                         rest.ends_with("require(") ||
                         rest.ends_with("require.resolve(") ||
                         rest.ends_with("import(");
    const size_t line = rest.rfind('\n') + 1;
    if (imports && !HasText(rest.substr(line), "import type")) return true;
  }
  return false;
}

}  // namespace

std::string NeedOfBuild(const BuildContext& context,
                        const NodeProject& project) {
  for (const ContextEntry& entry : context.Below(".")) {
    if (entry.kind != EntryKind::kFile || !context.IsSent(entry) ||
        !IsCode(project, entry.path)) {
      continue;
    }
    const auto text = context.ReadSent(entry.path);
    if (!text) continue;
    if (HasText(*text, "child_process")) {
      return "`" + entry.path +
             "` uses `child_process`: it may need other programs";
    }
    for (const std::string& name : project.development) {
      if (Imports(*text, name)) {
        return "`" + entry.path + "` uses `" + name +
               "`, which package.json has for development";
      }
    }
  }
  return "";
}

}  // namespace dfix
