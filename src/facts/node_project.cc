#include "src/facts/node_project.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "src/context/paths.h"
#include "src/text/search.h"

namespace dfix {
namespace {

using Json = nlohmann::json;
using Reading =
    std::function<std::optional<std::string>(const std::string& name)>;

// A tool of a build script, and the folder that it writes.
struct Builder {
  std::string_view words;  // What the command begins with.
  std::string_view output;
};
constexpr Builder kBuilders[] = {
    {"nest build", "dist"}, {"react-scripts build", "build"},  {"tsup", "dist"},
    {"vite build", "dist"}, {"vue-cli-service build", "dist"},
};

// Steps of build scripts that make nothing of their own.
constexpr std::string_view kAside[] = {"rimraf", "rm -rf", "tsc --noEmit",
                                       "tsc-alias", "eslint"};

// Whether a command is `words`, or these and others.
bool Begins(std::string_view command, std::string_view words) {
  return command.starts_with(words) &&
         (command.size() == words.size() || command[words.size()] == ' ');
}

// The text of a field of an object; empty if it is not there.
std::string TextOf(const Json& json, const char* key) {
  if (!json.is_object() || !json.contains(key)) return "";
  const Json& value = json.at(key);
  return value.is_string() ? value.get<std::string>() : "";
}

// The names that a field of package.json lists.
std::vector<std::string> NamesOf(const Json& package, const char* field) {
  std::vector<std::string> names;
  if (!package.contains(field) || !package.at(field).is_object()) return names;
  for (const auto& [name, version] : package.at(field).items()) {
    names.push_back(name);
  }
  return names;
}

std::map<std::string, std::string> ScriptsOf(const Json& package) {
  std::map<std::string, std::string> scripts;
  const Json listed = package.value("scripts", Json::object());
  if (!listed.is_object()) return scripts;
  for (const auto& [name, text] : listed.items()) {
    if (text.is_string()) scripts[name] = text.get<std::string>();
  }
  return scripts;
}

// Finds out what a build script writes: its steps, one by one.
class BuildScript {
 public:
  BuildScript(const Reading& read, NodeProject& project)
      : read_(read), project_(project) {}

  void Visit(std::string_view script) {
    if (script.empty()) return Blame("it has no script `build`");
    for (size_t at = 0; at < script.size();) {
      const size_t end = std::min(script.find("&&", at), script.size());
      std::string step(script.substr(at, end - at));
      step.erase(0, std::min(step.find_first_not_of(' '), step.size()));
      step.erase(step.find_last_not_of(' ') + 1);
      VisitStep(step);
      at = end + 2;
    }
    if (writes_anywhere_) project_.output.clear();
  }

 private:
  void Blame(std::string problem) {
    if (project_.problem.empty()) project_.problem = std::move(problem);
  }

  void VisitStep(const std::string& step) {
    if (NeedsShell(step)) return Blame("its script `build` is not understood");
    for (const std::string_view aside : kAside) {
      if (Begins(step, aside)) return;
    }
    for (const Builder& builder : kBuilders) {
      if (!Begins(step, builder.words)) continue;
      if (HasText(step, "--out") || HasText(step, "-d ")) {
        return Blame("where `" + step + "` builds is not known");
      }
      project_.output = builder.output;
      return;
    }
    if (Begins(step, "tsc")) return VisitCompiler(step);
    if (HasText(step, " /") || HasText(step, "..")) {
      return Blame("what `" + step + "` writes is not known");
    }
    writes_anywhere_ = true;
  }

  // `tsc` and the file that configures it.
  void VisitCompiler(const std::string& step) {
    const auto words = WordsOfScript(step);
    std::string file = "tsconfig.json";
    for (size_t i = 1; i < words.size(); ++i) {
      const bool names_file = words[i] == "-p" || words[i] == "--project";
      if (words[i] == "-b" || words[i] == "--build") continue;
      if (!names_file || i + 1 == words.size()) {
        return Blame("where `" + step + "` builds is not known");
      }
      file = words[++i];
    }
    const auto text = read_(file);
    const Json json = Json::parse(text.value_or(""), nullptr, false, true);
    const Json options = json.is_object()
                             ? json.value("compilerOptions", Json::object())
                             : Json::object();
    // One that only checks types, for a bundler that comes next.
    if (options.is_object() && options.value("noEmit", Json(false)) == true) {
      return;
    }
    const std::string folder = TextOf(options, "outDir");
    if (folder.empty() || folder.starts_with('/') || HasText(folder, "..") ||
        CleanPath(folder) == ".") {
      return Blame("`" + file + "` does not say where `tsc` builds");
    }
    project_.output = CleanPath(folder);
  }

  const Reading& read_;
  NodeProject& project_;
  bool writes_anywhere_ = false;
};

}  // namespace

NodeProject ReadNodeProject(const Reading& read) {
  NodeProject project;
  const Json package =
      Json::parse(read("package.json").value_or(""), nullptr, false);
  if (!package.is_object()) {
    project.problem = "package.json is not known here";
    return project;
  }
  if (package.contains("workspaces")) {
    project.problem = "the packages of its workspaces are linked";
    return project;
  }
  project.dependencies = NamesOf(package, "dependencies");
  project.development = NamesOf(package, "devDependencies");
  project.scripts = ScriptsOf(package);
  const auto script = [&](const char* name) -> std::string {
    const auto found = project.scripts.find(name);
    return found == project.scripts.end() ? "" : found->second;
  };
  for (const char* hook : {"prebuild", "postbuild", "postinstall", "install",
                           "preinstall", "prepare"}) {
    if (!script(hook).empty()) {
      project.problem =
          "its script `" + std::string(hook) + "` may do anything";
      return project;
    }
  }
  BuildScript(read, project).Visit(script("build"));
  return project;
}

std::vector<std::string> WordsOfScript(std::string_view command) {
  std::vector<std::string> words;
  while (!command.empty()) {
    const size_t begin =
        std::min(command.find_first_not_of(' '), command.size());
    command.remove_prefix(begin);
    const size_t end = std::min(command.find(' '), command.size());
    if (end > 0) words.emplace_back(command.substr(0, end));
    command.remove_prefix(end);
  }
  return words;
}

bool NeedsShell(std::string_view script) {
  return script.find_first_of("|;&<>$`\"'()") != std::string_view::npos;
}

std::string NodeScriptName(const std::vector<std::string>& words) {
  if (words.size() < 2) return "";
  const bool manager =
      words[0] == "npm" || words[0] == "yarn" || words[0] == "pnpm";
  if (!manager) return "";
  if (words[1] == "run" || words[1] == "run-script") {
    return words.size() == 3 ? words[2] : "";
  }
  const bool short_form =
      words[1] == "start" || (words[0] != "npm" && words[1] == "build");
  return short_form && words.size() == 2 ? words[1] : "";
}

}  // namespace dfix
