// Splits stages on images of Java, Maven and Gradle: a Java runtime of the same
// vendor and version runs what they build.
#include <algorithm>

#include "src/context/paths.h"
#include "src/facts/copy_step.h"
#include "src/facts/managed_split.h"
#include "src/facts/stage_split.h"
#include "src/text/one_of.h"
#include "src/text/search.h"

namespace dfix {
namespace {

// Options of java that take the next word.
constexpr std::string_view kTakingWord[] = {"--add-exports", "--add-modules",
                                            "--add-opens", "--add-reads",
                                            "--limit-modules"};

// Plugins that make a jar which brings all that it needs.
constexpr std::string_view kAssembling[] = {
    "spring-boot-maven-plugin", "maven-shade-plugin", "jar-with-dependencies",
    "org.springframework.boot", "shadowJar",          "plugins.shadow",
    "johnrengelman.shadow",     "gradleup.shadow",    "io.ktor.plugin"};

constexpr std::string_view kPrograms = "it may need other programs";
constexpr std::string_view kTools = "it may need what only the JDK has";
constexpr std::string_view kSources = "it may read the sources";
constexpr TellingText kTelling[] = {
    {"ProcessBuilder", kPrograms}, {"getRuntime().exec", kPrograms},
    {"System.load", kPrograms},    {"com.sun.tools", kTools},
    {"javax.tools", kTools},       {"src/main/", kSources}};
constexpr std::string_view kCode[] = {".groovy", ".java", ".kt", ".scala"};

// Files of a project that only its build reads: those of Maven and Gradle, and
// `src`, of which the jar has what it needs.
bool IsInput(std::string_view path) {
  constexpr std::string_view kParts[] = {".gradle",  ".mvn", "build",
                                         "buildSrc", "src",  "target"};
  for (size_t at = 0; at <= path.size();) {
    const size_t slash = std::min(path.find('/', at), path.size());
    if (IsOneOf(path.substr(at, slash - at), kParts)) return true;
    at = slash + 1;
  }
  const std::string_view name = Basename(path);
  const size_t dot = std::min(name.rfind('.'), name.size());
  return name == "pom.xml" || name.starts_with("mvnw") ||
         name.starts_with("gradlew") || name == "gradle.properties" ||
         name.ends_with(".gradle") || name.ends_with(".gradle.kts") ||
         path == "gradle" || HasText(path, "gradle/wrapper") ||
         name == "libs.versions.toml" || IsOneOf(name.substr(dot), kCode);
}

// What a call of java reads: files and folders, absolute and clean.
struct JavaCommand {
  std::string problem;
  std::string jar;  // Empty if it names a class.
  std::vector<std::string> paths;
};

class CommandReader {
 public:
  explicit CommandReader(const ManagedStage& stage)
      : stage_(stage), folder_(stage.runtime.final_workdir) {}

  JavaCommand Read() {
    const std::vector<std::string>& words = stage_.command;
    CheckProgram(words[0]);
    size_t at = 1;
    while (at < words.size() && result_.problem.empty()) {
      const std::string& word = words[at];
      const bool has_next = at + 1 < words.size();
      // More options may stand between `-jar` and its file.
      if (word == "-jar") {
        has_jar_ = true;
        ++at;
        continue;
      }
      if ((word == "-cp" || word == "-classpath" || word == "--class-path") &&
          has_next) {
        ReadClassPath(words[at + 1]);
        at += 2;
      } else if (IsOneOf(word, kTakingWord)) {
        at += 2;
      } else if (word == "-m" || word == "-p" || word.starts_with("--module") ||
                 word.starts_with('@')) {
        Blame("what `" + word + "` names is not known");
      } else if (word.starts_with('-') || word.starts_with('$')) {
        ++at;
      } else {
        has_jar_ ? ReadJar(word) : ReadClass(word);
        return std::move(result_);
      }
    }
    Blame("what it runs is not known");
    return std::move(result_);
  }

 private:
  void Blame(std::string problem) {
    if (result_.problem.empty()) result_.problem = std::move(problem);
  }

  void CheckProgram(const std::string& word) {
    constexpr std::string_view kByHome[] = {"$JAVA_HOME/bin/java",
                                            "${JAVA_HOME}/bin/java"};
    if (Basename(word) != "java") {
      return Blame("`" + word + "`, which containers run, is not Java");
    }
    const RuntimeBase& base = stage_.base;
    const bool temurin =
        base.entry != nullptr && base.entry->name == "eclipse-temurin";
    const bool is_there = word == "java" || base.is_builder ||
                          (IsOneOf(word, kByHome) && base.entry != nullptr) ||
                          (word == "/opt/java/openjdk/bin/java" && temurin);
    if (!is_there) Blame("it names Java by its place, `" + word + "`");
  }

  // Whether the stage makes what is at `path`, or may.
  bool IsMade(const std::string& path) const {
    const bool project =
        std::any_of(stage_.build.calls.begin(), stage_.build.calls.end(),
                    [&](const BuildToolCall& call) {
                      return ProjectOf(call) != "/" &&
                             PathBelow(path, ProjectOf(call)).has_value();
                    });
    return project || LiesInOneOf(path, stage_.build.made);
  }

  // The folder that a call builds: the one that it names or works in.
  static std::string ProjectOf(const BuildToolCall& call) {
    for (size_t i = 1; i + 1 < call.words.size(); ++i) {
      const auto& word = call.words[i];
      const bool names = word == "-f" || word == "--file" || word == "-p" ||
                         word == "--project-dir";
      if (!names || !call.words[i + 1]) continue;
      const std::string path = JoinPath(call.folder, *call.words[i + 1]);
      return path.ends_with(".xml") ? ParentPath(path) : path;
    }
    return call.folder;
  }

  void ReadJar(const std::string& word) {
    if (HasText(word, "$")) {
      return Blame("the jar that it runs depends on a variable");
    }
    const std::string path = JoinPath(folder_, word);
    if (!IsMade(path)) return Blame("`" + word + "` is not seen to be built");
    result_.jar = path;
    const std::string parent = ParentPath(path);
    const bool pattern = path.find_first_of("*?[") != std::string::npos;
    if (pattern && parent.find_first_of("*?[") != std::string::npos) {
      return Blame("the jar that it runs is not known");
    }
    const bool beside = pattern || Basename(parent) == "quarkus-app";
    result_.paths.push_back(beside ? parent : path);
  }

  void ReadClassPath(const std::string& value) {
    for (size_t at = 0; at <= value.size();) {
      const size_t colon = std::min(value.find(':', at), value.size());
      std::string entry = value.substr(at, colon - at);
      at = colon + 1;
      if (entry.ends_with('*')) entry.pop_back();
      const std::string path = JoinPath(folder_, entry.empty() ? "." : entry);
      if (path.find_first_of("$*?[") != std::string::npos || !IsMade(path)) {
        return Blame("`" + entry +
                     "` of the class path is not seen to be built");
      }
      result_.paths.push_back(path);
    }
  }

  void ReadClass(const std::string& word) {
    if (word.ends_with(".java")) {
      return Blame("`" + word + "` is compiled when containers start");
    }
    if (!result_.paths.empty()) return;
    if (!IsMade(folder_)) {
      return Blame("the class `" + word + "` is not seen to be built");
    }
    result_.paths.push_back(folder_);
  }

  const ManagedStage& stage_;
  std::string folder_;
  bool has_jar_ = false;
  JavaCommand result_;
};

// Whether the text of a project, if it is known, says that its jar has all that
// it needs.
bool BringsAll(const Facts& facts, const BuildContext* context,
               const ManagedStage& stage) {
  if (context == nullptr) return false;
  const uint32_t first = facts.stages()[stage.stage].first;
  for (const BuildToolCall& call : stage.build.calls) {
    if (call.words[0] == "jar") return true;
    for (const char* name : {"pom.xml", "build.gradle", "build.gradle.kts"}) {
      const auto text = ReadCopied(facts, *context, first, stage.build.last_run,
                                   JoinPath(call.folder, name));
      if (!text) continue;
      for (const std::string_view plugin : kAssembling) {
        if (HasText(*text, plugin)) return true;
      }
    }
  }
  return false;
}

StageSplit Split(const Facts& facts, const BuildContext* context,
                 const ManagedStage& stage) {
  JavaCommand command = CommandReader(stage).Read();
  if (!command.problem.empty()) return RefusedSplit(stage, command.problem);
  constexpr std::string_view kCompilers[] = {"jar", "javac"};
  const bool downloads =
      std::any_of(stage.build.calls.begin(), stage.build.calls.end(),
                  [&](const BuildToolCall& call) {
                    return !IsOneOf(*call.words[0], kCompilers);
                  });
  if (stage.base.is_builder && !downloads) {
    return RefusedSplit(stage, "`" + stage.base.image +
                                   "` has no variant without a compiler, and "
                                   "`javac` leaves nothing else behind");
  }
  ManagedResult result = {stage.base, command.paths,
                          command.jar.empty() ? command.paths[0] : command.jar};
  // A jar may name others beside it.
  const std::string folder(Basename(ParentPath(command.jar)));
  const bool as_built = folder == "target" || folder == "libs";
  if (as_built && result.paths[0] == command.jar &&
      !BringsAll(facts, context, stage)) {
    result.paths[0] = ParentPath(command.jar);
  }
  return FinishManagedSplit(facts, context, stage, result,
                            {IsInput, kCode, kTelling});
}

}  // namespace

StageSplit SplitJavaStage(const Facts& facts, const BuildContext* context,
                          uint32_t index,
                          std::span<const RuntimeEntry> images) {
  return SplitManagedStage(
      facts, index, "java", images,
      [&](const ManagedStage& stage) { return Split(facts, context, stage); });
}

}  // namespace dfix
