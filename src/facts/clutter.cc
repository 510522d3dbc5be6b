#include "src/facts/clutter.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <optional>

#include "src/context/paths.h"
#include "src/dockerfile/parser.h"
#include "src/facts/copy_step.h"
#include "src/facts/run_work.h"
#include "src/text/one_of.h"
#include "src/text/search.h"

namespace dfix {
namespace {

struct KnownClutter {
  std::string_view name;  // Of the file or folder; `*` as in a pattern.
  ClutterKind kind;
  bool is_folder;
  // A file in the folder that proves what it is, if the name does not.
  std::string_view proof = {};
  // A program that some RUN must call, or one of `|`.
  std::string_view installed_by = {};
};

// In the order in which the lines are written.
constexpr KnownClutter kKnown[] = {
    {".git", ClutterKind::kVersionControl, true},
    {".hg", ClutterKind::kVersionControl, true},
    {".svn", ClutterKind::kVersionControl, true},
    {"node_modules", ClutterKind::kDependencies, true, "", "npm|yarn|pnpm|bun"},
    {"vendor", ClutterKind::kDependencies, true, "autoload.php", "composer"},
    {"bundle", ClutterKind::kDependencies, true, "ruby", "bundle"},
    {"target", ClutterKind::kDependencies, true, "CACHEDIR.TAG", "cargo"},
    {"obj", ClutterKind::kDependencies, true, "project.assets.json", "dotnet"},
    {".venv", ClutterKind::kDependencies, true},
    {"venv", ClutterKind::kDependencies, true},
    {"env", ClutterKind::kDependencies, true, "pyvenv.cfg"},
    {"__pycache__", ClutterKind::kCache, true},
    {"*.pyc", ClutterKind::kCache, false},
    {".pytest_cache", ClutterKind::kCache, true},
    {".mypy_cache", ClutterKind::kCache, true},
    {".ruff_cache", ClutterKind::kCache, true},
    {".hypothesis", ClutterKind::kCache, true},
    {".ipynb_checkpoints", ClutterKind::kCache, true},
    {".tox", ClutterKind::kCache, true},
    {".nox", ClutterKind::kCache, true},
    {".coverage", ClutterKind::kCache, false},
    {"htmlcov", ClutterKind::kCache, true},
    {".nyc_output", ClutterKind::kCache, true},
    {".eslintcache", ClutterKind::kCache, false},
    {".parcel-cache", ClutterKind::kCache, true},
    {".turbo", ClutterKind::kCache, true},
    {".sass-cache", ClutterKind::kCache, true},
    {".gradle", ClutterKind::kCache, true},
    {".terraform", ClutterKind::kCache, true},
    {".vagrant", ClutterKind::kCache, true},
    {".idea", ClutterKind::kEditor, true},
    {".vscode", ClutterKind::kEditor, true},
    {".vs", ClutterKind::kEditor, true},
    {"*.swp", ClutterKind::kEditor, false},
    {"*~", ClutterKind::kEditor, false},
    {".DS_Store", ClutterKind::kEditor, false},
    {"Thumbs.db", ClutterKind::kEditor, false},
    {"*.log", ClutterKind::kLog, false},
    {"Dockerfile*", ClutterKind::kBuildFile, false},
    {"Containerfile*", ClutterKind::kBuildFile, false},
    {"*.Dockerfile", ClutterKind::kBuildFile, false},
    {"docker-compose*.yml", ClutterKind::kBuildFile, false},
    {"docker-compose*.yaml", ClutterKind::kBuildFile, false},
    {"compose*.yml", ClutterKind::kBuildFile, false},
    {"compose*.yaml", ClutterKind::kBuildFile, false},
    {"docker-bake*.hcl", ClutterKind::kBuildFile, false},
    {".github", ClutterKind::kBuildFile, true},
    {".gitlab-ci.yml", ClutterKind::kBuildFile, false},
    {".circleci", ClutterKind::kBuildFile, true},
    {".buildkite", ClutterKind::kBuildFile, true},
    {".travis.yml", ClutterKind::kBuildFile, false},
    {".drone.yml", ClutterKind::kBuildFile, false},
    {"Jenkinsfile", ClutterKind::kBuildFile, false},
    {"azure-pipelines.yml", ClutterKind::kBuildFile, false},
    {"bitbucket-pipelines.yml", ClutterKind::kBuildFile, false},
    {".env", ClutterKind::kSecret, false},
    {".env.local", ClutterKind::kSecret, false},
    {".env.*.local", ClutterKind::kSecret, false},
    {"*.pem", ClutterKind::kSecret, false},
    {"*.key", ClutterKind::kSecret, false},
    {"*.p12", ClutterKind::kSecret, false},
    {"*.pfx", ClutterKind::kSecret, false},
    {"*.kdbx", ClutterKind::kSecret, false},
    {"id_rsa", ClutterKind::kSecret, false},
    {"id_ed25519", ClutterKind::kSecret, false},
    {".ssh", ClutterKind::kSecret, true},
    {".aws", ClutterKind::kSecret, true},
    {".netrc", ClutterKind::kSecret, false},
    {".pypirc", ClutterKind::kSecret, false},
};

// Files at the top of a project that say what its tools read. Sorted.
constexpr std::string_view kManifests[] = {
    ".npmrc",         ".yarnrc.yml",    "CMakeLists.txt",   "Cargo.toml",
    "Gemfile",        "MANIFEST.in",    "Makefile",         "Rakefile",
    "build.gradle",   "build.rs",       "build.xml",        "build.gradle.kts",
    "composer.json",  "makefile",       "package.json",     "pom.xml",
    "pyproject.toml", "setup.cfg",      "setup.py",         "angular.json",
    "next.config.js", "vite.config.js", "webpack.config.js"};

// What asks git for the version of a project, in files such as those.
constexpr std::string_view kAskGit[] = {
    "setuptools_scm",  "setuptools-scm", "versioneer",    "hatch-vcs",
    "dynamic-version", "dunamai",        "git describe",  "git rev-parse",
    "git log",         "git ls-files",   "git-commit-id", "git-version",
    "GitVersion",      "gitversion",     "git-revision",  "pbr",
    "vergen",          "git2",           "git status",    "git diff",
    "git-describe",    "git_describe",   "`git ",         "$(git ",
    "$(shell git",     "\"git\"",        "'git'"};

constexpr size_t kMostOtherDockerfiles = 40;

constexpr std::string_view kRuleSends = "a rule with `!` sends some of it";

bool NameMatches(std::string_view pattern, std::string_view name) {
  return MatchesGoPattern(pattern, name).value_or(false);
}

bool IsPathCharacter(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '.' ||
         c == '_' || c == '-' || c == '~';
}

// Whether some part of a path in `text` is called `name`, a pattern.
bool Names(std::string_view text, std::string_view name) {
  for (size_t at = 0; at < text.size();) {
    if (!IsPathCharacter(text[at])) {
      ++at;
      continue;
    }
    size_t end = at;
    while (end < text.size() && IsPathCharacter(text[end])) ++end;
    if (NameMatches(name, text.substr(at, end - at))) return true;
    at = end;
  }
  return false;
}

// The base names of what `pattern` hides: its last part.
std::string_view NamePattern(std::string_view pattern) {
  return Basename(pattern);
}

bool IsDockerfileName(std::string_view name) {
  return !name.ends_with(".dockerignore") &&
         (name.starts_with("Dockerfile") || name.ends_with(".Dockerfile") ||
          name.starts_with("Containerfile"));
}

// The context with one more line in its ignore file.
BuildContext With(const BuildContext& context, std::string_view pattern) {
  return context.WithIgnore(context.ignore_text().value_or("") + "\n" +
                            std::string(pattern) + "\n");
}

// A context with one more rule, and what that hides.
class Hidden {
 public:
  Hidden(std::string_view pattern, const BuildContext& context)
      : context_(context), after_(With(context, pattern)) {}

  bool Hides(const ContextEntry& entry) const {
    return context_.IsSent(entry) && !after_.IsSent(entry);
  }

  // Whether a rule of the user sends something that is now hidden.
  bool OverrulesException() const {
    for (const ContextEntry& entry : context_.entries()) {
      if (!Hides(entry)) continue;
      for (const IgnoreRule& rule : context_.ignore().rules()) {
        if (rule.is_exception && rule.Matches(entry.path)) return true;
      }
    }
    return false;
  }

  // Whether `source` of a COPY names something hidden, or that is in it.
  bool HidesSource(const std::string& source) const {
    if (source == ".") return false;
    if (after_.ignore().Excludes(source) &&
        !context_.ignore().Excludes(source)) {
      return true;
    }
    if (!HasWildcard(source)) return false;
    for (const ContextEntry& entry : context_.entries()) {
      if (Hides(entry) && NameMatches(source, entry.path)) return true;
    }
    return false;
  }

 private:
  const BuildContext& context_;
  BuildContext after_;
};

// Why `facts`, of this or another Dockerfile, needs what is hidden.
std::string NeedIn(const Facts& facts, const Hidden& hidden,
                   std::string_view name) {
  const Document& document = facts.document();
  for (uint32_t i = 0; i < facts.instructions().size(); ++i) {
    const InstructionFacts& instruction = facts.instructions()[i];
    if (const auto step = CopyStepAt(facts, i)) {
      if (!step->from_context) continue;
      if (!step->problem.empty() &&
          Names(document.Text(instruction.node), name)) {
        return "an instruction names it";
      }
      for (const std::string& source : step->sources) {
        if (hidden.HidesSource(source)) {
          return "`" + source + "` is copied by an instruction";
        }
      }
      continue;
    }
    const bool says_where = instruction.kind == InstructionKind::kFrom ||
                            instruction.kind == InstructionKind::kLabel ||
                            instruction.kind == InstructionKind::kWorkdir;
    if (says_where) continue;
    // Comments in the script count, too: they cost nothing here.
    if (Names(document.Text(instruction.node), name)) {
      return "an instruction names it";
    }
  }
  return "";
}

// Whether a command runs git where it may look at the project.
bool RunsGit(const Facts& facts) {
  for (const InstructionFacts& instruction : facts.instructions()) {
    if (instruction.kind != InstructionKind::kRun ||
        instruction.script == kNoNode) {
      continue;
    }
    for (const ScriptCommand& command :
         CommandsOf(facts.document(), instruction.script)) {
      if (command.program != "git" || command.operands.empty()) continue;
      const std::string& verb = command.operands[0];
      if (verb != "clone" && verb != "config" && verb != "--version" &&
          verb != "init") {
        return true;
      }
    }
  }
  return false;
}

// The text of every file that says what the tools of the project read.
std::map<std::string, std::string> ReadManifests(const BuildContext& context) {
  std::map<std::string, std::string> texts;
  for (const ContextEntry& entry : context.entries()) {
    const bool is_script =
        entry.path.find('/') == std::string::npos &&
        (entry.path.ends_with(".sh") || entry.path.ends_with(".gemspec"));
    if (!is_script && !IsOneOf(Basename(entry.path), kManifests)) continue;
    if (texts.size() == kMostOtherDockerfiles) break;
    if (auto text = context.ReadSent(entry.path)) {
      texts[entry.path] = *std::move(text);
    }
  }
  return texts;
}

// Whether some RUN calls one of the programs in `programs`, separated by `|`.
bool RunsOneOf(const Facts& facts, std::string_view programs) {
  for (const InstructionFacts& instruction : facts.instructions()) {
    if (instruction.kind != InstructionKind::kRun ||
        instruction.script == kNoNode) {
      continue;
    }
    for (const ScriptCommand& command :
         CommandsOf(facts.document(), instruction.script)) {
      const std::string padded = "|" + std::string(programs) + "|";
      if (!command.program.empty() &&
          padded.find("|" + command.program + "|") != std::string::npos) {
        return true;
      }
    }
  }
  return false;
}

// Why the manifests need what is called `known.name`.
std::string NeedOfManifests(const KnownClutter& known,
                            const std::map<std::string, std::string>& texts) {
  for (const auto& [path, text] : texts) {
    if (known.kind == ClutterKind::kVersionControl) {
      for (const std::string_view part : kAskGit) {
        if (text.find(part) != std::string::npos) {
          return "`" + path + "` may ask git for the version";
        }
      }
    } else if (known.kind == ClutterKind::kSecret ||
               known.kind == ClutterKind::kLog ||
               known.kind == ClutterKind::kBuildFile) {
      if (Names(text, known.name)) return "`" + path + "` names it";
    }
  }
  return "";
}

// The pattern that hides all of `known` in the context; absent if there is
// none that is sent.
std::optional<std::string> PatternFor(const KnownClutter& known,
                                      const BuildContext& context) {
  bool found = false;
  bool deeper = false;
  for (const ContextEntry& entry : context.entries()) {
    const bool fits = entry.is_folder() == known.is_folder &&
                      NameMatches(known.name, Basename(entry.path)) &&
                      context.IsSent(entry);
    if (!fits) continue;
    if (!known.proof.empty() &&
        context.Find(entry.path + '/' + std::string(known.proof)) == nullptr) {
      continue;
    }
    found = true;
    deeper |= entry.path.find('/') != std::string::npos;
  }
  if (!found) return std::nullopt;
  return (deeper ? "**/" : "") + std::string(known.name);
}

}  // namespace

std::string FindNeedOf(std::string_view pattern, const Facts& facts,
                       const BuildContext& context) {
  const Hidden hidden(pattern, context);
  if (hidden.OverrulesException()) {
    return std::string(kRuleSends);
  }
  const std::string_view name = NamePattern(pattern);
  std::string need = NeedIn(facts, hidden, name);
  if (!need.empty()) return need;
  size_t others = 0;
  for (const ContextEntry& entry : context.entries()) {
    if (!IsDockerfileName(Basename(entry.path))) continue;
    if (++others > kMostOtherDockerfiles) {
      return "there are too many Dockerfiles to look at";
    }
    const auto text = context.Read(entry.path);
    if (!text || *text == facts.document().text()) continue;
    const Document document = ParseDockerfile(*text);
    need = NeedIn(Facts(document), hidden, name);
    if (!need.empty()) return "in `" + entry.path + "` " + need;
  }
  return "";
}

std::vector<Clutter> FindClutter(const Facts& facts,
                                 const BuildContext& context) {
  std::vector<Clutter> found;
  const auto manifests = ReadManifests(context);
  BuildContext current = context;
  for (const KnownClutter& known : kKnown) {
    auto pattern = PatternFor(known, current);
    if (!pattern) continue;
    if (!known.installed_by.empty() && !RunsOneOf(facts, known.installed_by)) {
      continue;
    }
    BuildContext next = With(current, *pattern);
    std::string problem = FindNeedOf(*pattern, facts, current);
    if (problem.empty()) problem = NeedOfManifests(known, manifests);
    if (problem.empty() && known.kind == ClutterKind::kVersionControl &&
        RunsGit(facts)) {
      problem = "a command of the build runs git";
    }
    if (problem.empty() && PatternFor(known, next)) {
      problem = kRuleSends;
    }
    if (problem.empty()) current = std::move(next);
    found.push_back({*std::move(pattern), known.kind, std::move(problem)});
  }
  return found;
}

}  // namespace dfix
