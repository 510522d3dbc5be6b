#include "src/facts/clutter.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "src/context/paths.h"
#include "src/facts/context_uses.h"
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

// Files at the top of a project that say what its tools read.
constexpr std::string_view kManifests[] = {
    "requirements.txt", "Pipfile",          ".npmrc",         ".yarnrc.yml",
    "CMakeLists.txt",   "Cargo.toml",       "Gemfile",        "MANIFEST.in",
    "Makefile",         "Rakefile",         "build.gradle",   "build.rs",
    "build.xml",        "build.gradle.kts", "composer.json",  "makefile",
    "package.json",     "pom.xml",          "pyproject.toml", "setup.cfg",
    "setup.py",         "angular.json",     "next.config.js", "vite.config.js",
    "webpack.config.js"};

// What asks git for the version of a project, in files such as those.
constexpr std::string_view kAskGit[] = {
    "setuptools_scm",  "setuptools-scm", "versioneer",    "hatch-vcs",
    "dynamic-version", "dunamai",        "git describe",  "git rev-parse",
    "git log",         "git ls-files",   "git-commit-id", "git-version",
    "GitVersion",      "gitversion",     "git-revision",  "pbr",
    "vergen",          "git2",           "git status",    "git diff",
    "git-describe",    "git_describe",   "`git ",         "$(git ",
    "$(shell git",     "\"git\"",        "'git'"};

// What reads `.env`, when a project is built or when it runs, as files such as
// those name it.
constexpr std::string_view kReadEnv[] = {
    "@angular", "@nestjs/config", "@vue/",    "dotenv",         "env-cmd",
    "environs", "\"expo\"",       "gatsby",   "\"next\"",       "nuxt",
    "decouple", "react-scripts",  "\"vite\"", "django-environ", "starlette"};

constexpr size_t kMostManifests = 40;

constexpr std::string_view kRuleSends = "a rule with `!` sends some of it";

bool NameMatches(std::string_view pattern, std::string_view name) {
  return MatchesGoPattern(pattern, name).value_or(false);
}

// Whether some part of a path in `text` is called `name`, a pattern.
bool Names(std::string_view text, std::string_view name) {
  bool found = false;
  ForEachPathPart(text, [&](std::string_view part) {
    found = found || NameMatches(name, part);
  });
  return found;
}

// Which names of files the shell replaces a pattern by: those that begin with a
// dot only if it does, too (POSIX XCU 2.13.3).
bool GlobMatches(std::string_view glob, std::string_view name) {
  return name.starts_with('.') == glob.starts_with('.') &&
         NameMatches(glob, name);
}

// The same folder with one more rule.
BuildContext WithRule(std::string_view pattern, const BuildContext& context) {
  return context.WithIgnore(context.ignore_text().value_or("") + "\n" +
                            std::string(pattern) + "\n");
}

// What one more rule hides.
class Hidden {
 public:
  Hidden(std::string_view pattern, const BuildContext& context)
      : name_(Basename(pattern)), before_(context.ignore()) {
    const BuildContext after = WithRule(pattern, context);
    after_ = after.ignore();
    for (const ContextEntry& entry : context.entries()) {
      if (!context.IsSent(entry) || after.IsSent(entry)) continue;
      names_.insert(std::string(Basename(entry.path)));
      paths_.push_back(entry.path);
      overrules_ |= IsException(entry);
    }
  }

  // Whether something that is hidden lies in one of `folders`, or a later rule
  // sends all of it.
  bool MattersTo(const std::vector<std::string>& folders) const {
    return paths_.empty() ||
           std::any_of(paths_.begin(), paths_.end(),
                       [&](const std::string& path) {
                         return std::any_of(folders.begin(), folders.end(),
                                            [&](const std::string& folder) {
                                              return folder == "." ||
                                                     IsInside(path, folder);
                                            });
                       });
  }
  // Whether a rule of the user sends something that is now hidden.
  bool overrules_exception() const { return overrules_; }

  // Why what is hidden is needed, with the Dockerfile in which it is if that
  // is another one; empty if it is not.
  std::string NeedIn(const ContextUses& uses, bool is_other) const {
    const auto in = [&](const NamedBy::value_type& use) {
      return is_other ? "in `" + use.second + "` " : std::string();
    };
    for (const auto& use : uses.sources) {
      if (HidesSource(use.first)) {
        return in(use) + "`" + use.first + "` is copied by an instruction";
      }
    }
    for (const auto& use : uses.words) {
      if (NameMatches(name_, use.first)) {
        return in(use) + "an instruction names it";
      }
    }
    for (const auto& use : uses.globs) {
      for (const std::string& name : names_) {
        if (!GlobMatches(use.first, name)) continue;
        return in(use) + "`" + use.first + "` in a command may mean it";
      }
    }
    return "";
  }

 private:
  bool IsException(const ContextEntry& entry) const {
    const auto& rules = before_.rules();
    return std::any_of(rules.begin(), rules.end(), [&](const IgnoreRule& rule) {
      return rule.is_exception && rule.Matches(entry.path);
    });
  }

  // Whether `source` of a COPY names something hidden, or that is in it.
  bool HidesSource(const std::string& source) const {
    if (source == ".") return false;
    if (after_.Excludes(source) && !before_.Excludes(source)) return true;
    return HasWildcard(source) &&
           std::any_of(paths_.begin(), paths_.end(),
                       [&](const std::string& path) {
                         return NameMatches(source, path);
                       });
  }

  std::string name_;  // What is hidden is called so: a pattern.
  DockerIgnore before_;
  DockerIgnore after_;
  std::set<std::string> names_;
  std::vector<std::string> paths_;
  bool overrules_ = false;
};

// The folders of the context that instructions copy; all of it if that cannot
// be told of one.
std::vector<std::string> CopiedFolders(const Facts& facts,
                                       const BuildContext& context) {
  std::vector<std::string> folders;
  for (uint32_t i = 0; i < facts.instructions().size(); ++i) {
    const auto step = CopyStepAt(facts, i);
    if (!step || !step->from_context) continue;
    const auto parts = CopiedParts(*step, context);
    if (!parts) return {"."};
    for (const CopiedPart& part : *parts) {
      if (part.is_folder) folders.push_back(part.source);
    }
  }
  return folders;
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
    if (texts.size() == kMostManifests) break;
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
    if (!known.name.starts_with(".env")) continue;
    for (const std::string_view part : kReadEnv) {
      if (HasText(text, part)) {
        return "`" + std::string(part) + "` in `" + path + "` may read it";
      }
    }
  }
  return "";
}

// Whether the file is one of a project that was copied into this one.
bool IsOthers(std::string_view path) {
  constexpr std::string_view kFolders[] = {"node_modules/", "third_party/",
                                           "vendor/"};
  return std::any_of(
      std::begin(kFolders), std::end(kFolders),
      [&](std::string_view folder) { return HasText(path, folder); });
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
    if (known.kind == ClutterKind::kBuildFile && IsOthers(entry.path)) continue;
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

// Why the Dockerfiles of the context need what is hidden.
std::string NeedOfOthers(const Hidden& hidden, const BuildContext& context) {
  const auto uses = UsesOfDockerfiles(context);
  return uses->too_many ? "there are too many Dockerfiles to look at"
                        : hidden.NeedIn(*uses, true);
}

ContextUses UsesOf(const Facts& facts) {
  ContextUses uses;
  AddUses(facts, "", uses);
  return uses;
}

// What is true of one kind of clutter whichever Dockerfile is built.
struct Judgement {
  std::string pattern;  // Empty if there is none that is sent.
  std::optional<Hidden> hidden;
  std::string problem;
};

Judgement Judge(const KnownClutter& known, const BuildContext& context) {
  Judgement judgement;
  const auto pattern = PatternFor(known, context);
  if (!pattern) return judgement;
  judgement.pattern = *pattern;
  judgement.hidden.emplace(*pattern, context);
  judgement.problem = NeedOfOthers(*judgement.hidden, context);
  if (judgement.problem.empty()) {
    const auto manifests =
        context.answers().Get<std::map<std::string, std::string>>(
            "manifests\n" + context.ignore_text().value_or(""),
            [&] { return ReadManifests(context); });
    judgement.problem = NeedOfManifests(known, *manifests);
  }
  const bool remains =
      PatternFor(known, WithRule(*pattern, context)).has_value();
  if (judgement.problem.empty() && remains) judgement.problem = kRuleSends;
  return judgement;
}

}  // namespace

std::string FindNeedOf(std::string_view pattern, const Facts& facts,
                       const BuildContext& context) {
  const Hidden hidden(pattern, context);
  if (hidden.overrules_exception()) return std::string(kRuleSends);
  const std::string need = hidden.NeedIn(UsesOf(facts), false);
  return need.empty() ? NeedOfOthers(hidden, context) : need;
}

std::vector<Clutter> FindClutter(const Facts& facts,
                                 const BuildContext& context) {
  std::vector<Clutter> found;
  const ContextUses uses = UsesOf(facts);
  const std::vector<std::string> folders = CopiedFolders(facts, context);
  BuildContext current = context;
  for (const KnownClutter& known : kKnown) {
    const auto judgement = context.answers().Get<Judgement>(
        "clutter " + std::string(known.name) + '\n' +
            current.ignore_text().value_or(""),
        [&] { return Judge(known, current); });
    if (judgement->pattern.empty()) continue;
    if (!judgement->hidden->MattersTo(folders)) continue;
    if (!known.installed_by.empty() && !RunsOneOf(facts, known.installed_by)) {
      continue;
    }
    std::string problem;
    if (judgement->hidden->overrules_exception()) problem = kRuleSends;
    if (problem.empty()) problem = judgement->hidden->NeedIn(uses, false);
    if (problem.empty()) problem = judgement->problem;
    if (problem.empty() && known.kind == ClutterKind::kVersionControl &&
        RunsGit(facts)) {
      problem = "a command of the build runs git";
    }
    if (problem.empty()) current = WithRule(judgement->pattern, current);
    found.push_back({judgement->pattern, known.kind, std::move(problem)});
  }
  return found;
}

}  // namespace dfix
