#include "src/facts/shipped_files.h"

#include <algorithm>
#include <cctype>
#include <iterator>
#include <set>
#include <string_view>

#include "src/context/paths.h"
#include "src/facts/copied_owner.h"
#include "src/facts/copy_step.h"
#include "src/facts/package_command.h"
#include "src/text/one_of.h"
#include "src/text/search.h"

namespace dfix {
namespace {

// More entries than that are copied with the folder that they are in.
constexpr size_t kMostPaths = 6;

// Names, in lower case, of files and folders that are about the project.
constexpr std::string_view kAboutProject[] = {
    ".circleci",
    ".dockerignore",
    ".editorconfig",
    ".git",
    ".gitattributes",
    ".github",
    ".gitignore",
    ".gitlab-ci.yml",
    ".golangci.yaml",
    ".golangci.yml",
    ".goreleaser.yaml",
    ".goreleaser.yml",
    ".idea",
    ".travis.yml",
    ".vscode",
    "authors",
    "build.rs",
    ".cargo",
    ".rustfmt.toml",
    "cargo.lock",
    "cargo.toml",
    "clippy.toml",
    "rust-toolchain.toml",
    "rustfmt.toml",
    "cmakelists.txt",
    "configure",
    "node_modules",
    "npm-debug.log",
    "package-lock.json",
    "rust-toolchain",
    "tsconfig.json",
    "yarn.lock",
    "tslint.json",
    ".eslintrc",
    ".eslintrc.js",
    ".eslintrc.json",
    ".prettierrc",
    ".eslintignore",
    ".prettierignore",
    "jest.config.js",
    "nest-cli.json",
    "tsconfig.build.json",
    "changelog.md",
    "codeowners",
    "contributing.md",
    "contributors",
    "copying",
    "gnumakefile",
    "go.mod",
    "go.sum",
    "go.work",
    "go.work.sum",
    "jenkinsfile",
    "license",
    "license.md",
    "license.txt",
    "makefile",
    "notice",
    "readme",
    "readme.md",
    "security.md",
    "testdata",
    "vendor",
};

// Endings of files that ADD unpacks.
constexpr std::string_view kArchives[] = {".bz2", ".gz",  ".tar", ".tbz",
                                          ".tgz", ".txz", ".xz"};

std::string Lower(std::string_view name) {
  std::string lower(name);
  for (char& c : lower) {
    c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return lower;
}

// Whether a file of that path is for building or for readers.
bool IsSource(std::string_view path) {
  for (size_t at = 0; at <= path.size();) {
    const size_t slash = std::min(path.find('/', at), path.size());
    const std::string name = Lower(path.substr(at, slash - at));
    if (IsOneOf(name, kAboutProject)) return true;
    at = slash + 1;
  }
  const std::string name = Lower(Basename(path));
  constexpr std::string_view kSuffixes[] = {
      ".a", ".ac", ".am",  ".c",   ".cc", ".cmake", ".cpp", ".cxx", ".go",
      ".h", ".hh", ".hpp", ".hxx", ".o",  ".rs",    ".ts",  ".tsx"};
  const size_t dot = std::min(name.rfind('.'), name.size());
  return IsOneOf(std::string_view(name).substr(dot), kSuffixes) ||
         name.find("dockerfile") == 0 || name.ends_with(".dockerfile") ||
         name.starts_with("docker-compose") || name == "compose.yaml" ||
         name == "compose.yml" || name.starts_with("containerfile");
}

// One walk over the copies.
class Collector {
 public:
  Collector(const BuildContext& context, const ProjectRules* rules)
      : context_(context), rules_(rules) {}

  // Reads the sources among what a step copies, which is to be done for all
  // steps first. False if it cannot be told what is copied.
  bool Read(const CopyStep& step) {
    const auto parts = CopiedParts(step, context_);
    if (!parts) return false;
    for (const CopiedPart& part : *parts) {
      if (!part.is_folder) {
        if (IsInput(part.source)) ReadSource(part.source);
        continue;
      }
      for (const ContextEntry& entry : context_.Below(part.source)) {
        const bool file =
            context_.IsSent(entry) && entry.kind != EntryKind::kFolder;
        if (file && IsInput(entry.path)) ReadSource(entry.path);
      }
    }
    return true;
  }

  // Adds what a step copies that has been read; if it makes folders of their
  // own, as `is_own` tells, these.
  template <typename IsOwn>
  void Add(const CopyStep& step, const IsOwn& is_own) {
    const auto parts = CopiedParts(step, context_);
    if (!parts) return;
    for (const CopiedPart& part : *parts) {
      if (part.is_folder) {
        AddFolder(part, is_own(step, part.target));
      } else if (!IsInput(part.source)) {
        const std::string folder = ParentPath(part.target);
        data_.insert(is_own(step, folder) ? folder : part.target);
      }
    }
  }

  void Finish(ShippedFiles& files) {
    for (const std::string& path : data_) {
      const bool covered =
          std::any_of(files.paths.begin(), files.paths.end(),
                      [&](const std::string& folder) {
                        return PathBelow(path, folder).has_value();
                      });
      if (!covered) files.paths.push_back(path);
    }
    files.calls = calls_;
    files.links = links_;
    files.beside = beside_;
  }

 private:
  bool IsInput(std::string_view path) const {
    return IsSource(path) || (rules_ != nullptr && rules_->is_input(path));
  }

  // Adds what is data in a folder, or the folder itself if there is some.
  void AddFolder(const CopiedPart& part, bool itself) {
    std::vector<std::string> found;
    for (const ContextEntry& entry : context_.Below(part.source)) {
      if (!context_.IsSent(entry) || entry.kind == EntryKind::kFolder) continue;
      if (!IsInput(entry.path)) found.push_back(entry.path);
    }
    std::set<std::string> groups;
    for (const std::string& path : found) {
      if (!reads_files_ && IsEmbedded(path)) continue;
      std::string below = *PathBelow(path, part.source);
      groups.insert(below.substr(0, below.find('/')));
    }
    if (itself && !groups.empty()) groups = {"."};
    if (groups.size() > kMostPaths) groups = {"."};
    for (const std::string& group : groups) {
      data_.insert(JoinPath(part.target, group));
    }
  }

  void ReadSource(const std::string& path) {
    if (path.ends_with("_test.go")) return;
    const auto text = context_.ReadSent(path);
    if (!text) return;
    for (const std::string_view call :
         {"os.Executable()", "os.Args[0]", "current_exe()", "/proc/self/exe"}) {
      if (!HasText(*text, call)) continue;
      beside_ = "`" + path + "` uses `" + std::string(call) +
                "`: it may look for files beside the program, which moves";
    }
    if (!path.ends_with(".go")) return ReadOther(path, *text);
    for (const std::string_view package :
         {"\"os/exec\"", "\"plugin\"", "\"go/build\"", "/go/packages\""}) {
      if (text->find(package) != std::string::npos) {
        calls_ = "`" + path + "` imports " + std::string(package) +
                 ": it may need other programs";
      }
    }
    for (const std::string_view call :
         {"os.Open", "os.ReadFile", "os.ReadDir", "os.DirFS", "ioutil.Read",
          "http.Dir(", "http.ServeFile", "ParseFiles(", "ParseGlob(",
          "filepath.Walk"}) {
      reads_files_ |= HasText(*text, call);
    }
    if (text->find("#cgo") != std::string::npos) {
      links_ = "`" + path + "` links with libraries of C";
    }
    for (size_t at = text->find("//go:embed "); at != std::string::npos;
         at = text->find("//go:embed ", at + 1)) {
      const size_t end = std::min(text->find('\n', at), text->size());
      AddEmbedded(ParentPath(path), text->substr(at + 11, end - at - 11));
    }
  }

  // What crates link with: libraries of C that the images of Rust have, and
  // those for programs do not.
  void ReadCrates(const std::string& path, const std::string& text) {
    for (const std::string_view crate :
         {"alsa-sys", "bzip2-sys", "cairo-sys-rs", "curl-sys", "expat-sys",
          "freetype-sys", "gdal-sys", "glib-sys", "libdbus-sys", "libssh2-sys",
          "libudev-sys", "libz-sys", "lzma-sys", "mysqlclient-sys", "pq-sys",
          "yeslogic-fontconfig-sys"}) {
      if (HasText(text, "\nname = \"" + std::string(crate) + "\"")) {
        links_ = "`" + path + "` has the crate `" + std::string(crate) +
                 "`, which links with a library of C";
      }
    }
  }

  // The features of Diesel are bindings to libraries of C.
  void ReadManifest(const std::string& path, const std::string& text) {
    const size_t at = text.find("\ndiesel = {");
    if (at == std::string::npos) return;
    const std::string line = text.substr(at + 1, text.find('\n', at + 1) - at);
    for (const std::string_view feature :
         {"\"postgres\"", "\"mysql\"", "\"sqlite\""}) {
      if (HasText(line, feature)) {
        links_ = "`" + path + "` has Diesel for " + std::string(feature) +
                 ", which links with a library of C";
      }
    }
  }

  // A source that is not of Go.
  void ReadOther(const std::string& path, const std::string& text) {
    const std::string_view name = Basename(path);
    if (name == "Cargo.lock") return ReadCrates(path, text);
    if (name == "Cargo.toml") return ReadManifest(path, text);
    const size_t dot = std::min(name.rfind('.'), name.size());
    // Tests do not run with the program.
    if (rules_ != nullptr && !HasText(path, "/test/") &&
        IsOneOf(name.substr(dot), rules_->code)) {
      for (const TellingText& telling : rules_->telling) {
        if (!HasText(text, telling.text)) continue;
        calls_ = "`" + path + "` has `" + std::string(telling.text) +
                 "`: " + std::string(telling.meaning);
      }
    }
    constexpr std::string_view kCode[] = {".c", ".cc",  ".cpp", ".cxx",
                                          ".h", ".hpp", ".rs"};
    if (!IsOneOf(name.substr(dot), kCode)) return;
    for (const std::string_view call :
         {"system(", "popen(", "execl", "execv", "posix_spawn", "dlopen(",
          "Command::new", "libloading"}) {
      if (text.find(call) != std::string::npos) {
        calls_ = "`" + path + "` uses `" + std::string(call) +
                 "`: it may need other programs";
      }
    }
  }

  void AddEmbedded(const std::string& folder, std::string_view patterns) {
    while (!patterns.empty()) {
      const size_t end =
          std::min(patterns.find_first_of(" \t\r"), patterns.size());
      std::string pattern(patterns.substr(0, end));
      patterns.remove_prefix(std::min(end + 1, patterns.size()));
      std::erase(pattern, '"');
      std::erase(pattern, '`');
      if (pattern.starts_with("all:")) pattern.erase(0, 4);
      if (!pattern.empty()) embedded_.push_back(JoinPath(folder, pattern));
    }
  }

  // Whether the program has the file inside itself.
  bool IsEmbedded(std::string_view path) const {
    for (std::string at(path); at != "." && at != "/"; at = ParentPath(at)) {
      for (const std::string& pattern : embedded_) {
        if (MatchesGoPattern(pattern, at).value_or(false)) return true;
      }
    }
    return false;
  }

  const BuildContext& context_;
  const ProjectRules* rules_;
  std::set<std::string> data_;
  std::vector<std::string> embedded_;
  std::string calls_;
  std::string links_;
  std::string beside_;
  bool reads_files_ = false;  // Also those that are embedded, maybe.
};

// Whether ADD unpacks a file of that name, if it is what the name says.
bool IsArchive(std::string_view name) {
  return std::any_of(
      std::begin(kArchives), std::end(kArchives),
      [&](std::string_view ending) { return name.ends_with(ending); });
}

// Whether the names alone tell that a step copies sources.
bool CopiesSourcesOnly(const CopyStep& step, const ProjectRules* rules) {
  return std::all_of(
      step.sources.begin(), step.sources.end(), [&](const std::string& source) {
        return source != "." && (IsSource(source) ||
                                 (rules != nullptr && rules->is_input(source)));
      });
}

}  // namespace

ShippedFiles DataFiles(const Facts& facts, const BuildContext* context,
                       uint32_t first, uint32_t end,
                       const ProjectRules* rules) {
  ShippedFiles files;
  std::vector<CopyStep> steps;
  for (uint32_t i = first; i < end; ++i) {
    const auto step = CopyStepAt(facts, i);
    if (!step) continue;
    if (!step->problem.empty() || !step->from_context) {
      files.problem =
          step->from_context ? step->problem : "it copies from another image";
      files.problem_at = i;
      return files;
    }
    const bool unpacks =
        facts.instructions()[i].kind == InstructionKind::kAdd &&
        std::any_of(step->sources.begin(), step->sources.end(), IsArchive);
    if (unpacks) {
      files.problem = "what ADD unpacks is not known";
      files.problem_at = i;
      return files;
    }
    steps.push_back(*step);
  }
  if (context != nullptr) {
    Collector collector(*context, rules);
    files.from_context =
        std::all_of(steps.begin(), steps.end(),
                    [&](const CopyStep& step) { return collector.Read(step); });
    if (files.from_context) {
      const auto is_own = [&](const CopyStep& step, const std::string& folder) {
        return MakesOwnedFolder(facts, first, step, folder);
      };
      for (const CopyStep& step : steps) collector.Add(step, is_own);
      collector.Finish(files);
      return files;
    }
  }
  std::set<std::string> targets;
  for (const CopyStep& step : steps) {
    if (!CopiesSourcesOnly(step, rules)) targets.insert(step.destination);
  }
  for (const std::string& target : targets) {
    const bool covered = std::any_of(
        files.paths.begin(), files.paths.end(), [&](const std::string& folder) {
          return PathBelow(target, folder).has_value();
        });
    if (!covered) files.paths.push_back(target);
  }
  return files;
}

}  // namespace dfix
