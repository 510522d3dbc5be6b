// What builds read whose manifests are programs: Gradle, sbt and mix. They may
// do anything, so that all they are known not to do has to be looked for.
#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

#include "src/context/paths.h"
#include "src/facts/install_reader.h"
#include "src/text/one_of.h"
#include "src/text/search.h"

namespace dfix {
namespace {

// Plugins of Gradle that read no file of a project before a task runs.
constexpr std::array<std::string_view, 36> kPlugins = {
    "application",
    "base",
    "checkstyle",
    "com.adarshr.test-logger",
    "com.github.ben-manes.versions",
    "com.github.johnrengelman.shadow",
    "com.google.cloud.tools.jib",
    "com.gradleup.shadow",
    "distribution",
    "eclipse",
    "groovy",
    "idea",
    "io.ktor.plugin",
    "io.spring.dependency-management",
    "jacoco",
    "java",
    "java-library",
    "java-test-fixtures",
    "jvm",
    "kotlin",
    "kotlin-spring",
    "maven-publish",
    "org.gradle.toolchains.foojay-resolver-convention",
    "org.jetbrains.kotlin.jvm",
    "org.jetbrains.kotlin.kapt",
    "org.jetbrains.kotlin.plugin.allopen",
    "org.jetbrains.kotlin.plugin.jpa",
    "org.jetbrains.kotlin.plugin.noarg",
    "org.jetbrains.kotlin.plugin.serialization",
    "org.jetbrains.kotlin.plugin.spring",
    "org.springframework.boot",
    "plugin.jpa",
    "plugin.serialization",
    "plugin.spring",
    "scala",
    "war"};

// The same of sbt, by the names of their packages.
constexpr std::array<std::string_view, 31> kSbtPlugins = {
    "sbt-api-mappings", "sbt-assembly",         "sbt-avrohugger",
    "sbt-bloop",        "sbt-buildinfo",        "sbt-coursier",
    "sbt-crossproject", "sbt-dependency-check", "sbt-dependency-graph",
    "sbt-digest",       "sbt-docker",           "sbt-gzip",
    "sbt-header",       "sbt-javaagent",        "sbt-jmh",
    "sbt-mdoc",         "sbt-native-packager",  "sbt-pack",
    "sbt-plugin",       "sbt-protoc",           "sbt-release",
    "sbt-revolver",     "sbt-scalafix",         "sbt-scalafmt",
    "sbt-scalajs",      "sbt-scoverage",        "sbt-tpolecat",
    "sbt-twirl",        "sbt-unidoc",           "sbt-updates",
    "sbt-wartremover"};

bool IsInName(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' ||
         c == '.' || c == '-' || c == '"' || c == '\'';
}

// Without the lines that are comments.
std::string WithoutCommentLines(const std::string& text) {
  std::string out;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line =
        Trimmed(std::string_view(text).substr(begin, end - begin));
    if (!line.starts_with("//") && !line.starts_with("*")) {
      out += text.substr(begin, end - begin) + '\n';
    }
    begin = end + 1;
  }
  return out;
}

// The strings behind each `word` of a script: `include 'a', 'b'`, `id("x")`.
// Absent if something else is behind one, other than a block: `kotlin { }`.
std::optional<std::vector<std::string>> StringsBehind(const std::string& text,
                                                      std::string_view word) {
  std::vector<std::string> values;
  for (size_t at = text.find(word); at != std::string::npos;
       at = text.find(word, at + 1)) {
    size_t end = at + word.size();
    if (at > 0 && IsInName(text[at - 1])) continue;
    if (end < text.size() && IsInName(text[end]) && text[end] != '"') continue;
    bool more = true;
    while (more) {
      const size_t quote = text.find_first_not_of(" \t\n(=", end);
      if (quote < text.size() && text[quote] == '{') break;
      if (quote == std::string::npos ||
          (text[quote] != '"' && text[quote] != '\'')) {
        return std::nullopt;
      }
      const size_t close = text.find(text[quote], quote + 1);
      if (close == std::string::npos) return std::nullopt;
      values.push_back(text.substr(quote + 1, close - quote - 1));
      if (HasText(values.back(), "$")) return std::nullopt;
      end = text.find_first_not_of(" \t\n", close + 1);
      more = end != std::string::npos && text[end] == ',';
      end += more ? 1 : 0;
    }
  }
  return values;
}

// The plugins of a version catalog: `name = { id = "x" }`, `name = "x:1.0"`.
std::vector<std::string> PluginsOfCatalog(const std::string& text) {
  std::vector<std::string> ids;
  const size_t begin = text.find("[plugins]");
  if (begin == std::string::npos) return ids;
  const size_t end = std::min(text.find("\n[", begin), text.size());
  for (size_t at = begin; at < end;) {
    const size_t newline = std::min(text.find('\n', at), end);
    const size_t quote = text.find('"', at);
    if (quote < newline) {
      ids.push_back(text.substr(
          quote + 1, text.find_first_of("\":", quote + 1) - quote - 1));
    }
    at = newline + 1;
  }
  return ids;
}

}  // namespace

void InstallReader::CheckGradlePlugin(std::string_view id,
                                      const ImageFile& script) {
  if (IsOneOf(id, kPlugins)) return;
  Fail("what the plugin " + InBackticks(id) + " in " +
       InBackticks(script.source) + " reads is not known");
}

void InstallReader::CheckGradleScript(const ImageFile& script) {
  CheckTexts(script);
  const std::string text = WithoutCommentLines(TextOf(script));
  if (HasText(text, "alias(") || HasText(text, "libs.plugins")) {
    const auto catalog = image_.Find(At("gradle/libs.versions.toml"));
    if (!catalog) return Fail("a version catalog is not found");
    for (const std::string& id : PluginsOfCatalog(TextOf(*catalog))) {
      CheckGradlePlugin(id, *catalog);
    }
  }
  for (const std::string_view word :
       {"id", "kotlin", "apply plugin:", "apply(plugin"}) {
    const auto ids = StringsBehind(text, word);
    if (!ids) {
      return Fail("a plugin in " + InBackticks(script.source) +
                  " is not known");
    }
    for (const std::string& id : *ids) CheckGradlePlugin(id, script);
  }
}

// Adds what belongs to `path`, `:api:client` or without the first colon.
void InstallReader::AddGradleProject(const std::string& path) {
  std::string folder = path;
  std::replace(folder.begin(), folder.end(), ':', '/');
  folder = At(folder.substr(folder.starts_with('/') ? 1 : 0));
  const bool has_script =
      static_cast<int>(Add(JoinPath(folder, "build.gradle")) != nullptr) +
          static_cast<int>(Add(JoinPath(folder, "build.gradle.kts")) !=
                           nullptr) >
      0;
  if (!has_script) {
    Fail("the project " + InBackticks(path) +
         " has no script, which would make its folder");
  }
  Add(JoinPath(folder, "gradle.properties"));
  Add(JoinPath(folder, "gradle.lockfile"));
}

void InstallReader::ReadGradleProjects() {
  if (!image_.has_context()) return;
  if (image_.Find(At("buildSrc"))) {
    return Fail("`buildSrc` is a program that is built first");
  }
  for (const char* name : {"settings.gradle", "settings.gradle.kts"}) {
    const auto settings = image_.Find(At(name));
    if (!settings) continue;
    const auto projects =
        StringsBehind(WithoutCommentLines(TextOf(*settings)), "include");
    if (!projects) {
      return Fail("which projects " + InBackticks(name) +
                  " includes is not known");
    }
    for (const std::string& path : *projects) AddGradleProject(path);
  }
  std::vector<ImageFile> scripts = reads_.files;
  const std::vector<ImageFile> more = image_.FilesBelow(At("gradle"));
  scripts.insert(scripts.end(), more.begin(), more.end());
  for (const ImageFile& file : scripts) {
    const bool is_script =
        file.target.ends_with(".gradle") || file.target.ends_with(".kts");
    if (is_script && !failed()) CheckGradleScript(file);
  }
  if (reads_.files.size() > kMostManifests) {
    Fail("there are too many projects to name each");
  }
}

// `addSbtPlugin("com.eed3si9n" % "sbt-assembly" % "2.1.5")`
void InstallReader::CheckSbtPlugins(const ImageFile& build) {
  const std::string text = TextOf(build);
  for (size_t at = text.find("addSbtPlugin"); at != std::string::npos;
       at = text.find("addSbtPlugin", at + 1)) {
    const std::string_view line =
        std::string_view(text).substr(at, text.find('\n', at) - at);
    const bool known = std::any_of(
        kSbtPlugins.begin(), kSbtPlugins.end(), [&](std::string_view name) {
          return HasText(line, '"' + std::string(name) + '"');
        });
    if (!known) {
      Fail("what a plugin in " + InBackticks(build.source) +
           " reads is not known: " + InBackticks(line));
    }
  }
}

// Every build below: which of them belongs to a subproject does not matter.
void InstallReader::ReadSbtBuilds() {
  if (!image_.has_context()) return;
  for (const ImageFile& file : image_.FilesBelow(folder_)) {
    if (failed()) return;
    if (HasText(file.target, "/target/")) continue;
    const bool of_build = PathBelow(file.target, At("project")).has_value();
    const bool is_build = file.target.ends_with(".sbt");
    if (!of_build && !is_build) continue;
    if (is_build || file.target.ends_with(".scala")) {
      CheckTexts(file);
      CheckSbtPlugins(file);
    }
    if (!of_build) Add(file.target);
  }
  if (reads_.files.size() > kMostManifests) {
    Fail("there are too many builds to name each");
  }
}

// What runs at start alone, `runtime.exs`, is not read.
void InstallReader::ReadMixConfiguration() {
  for (const ImageFile& file : image_.FilesBelow(At("config"))) {
    const bool is_read =
        file.target.ends_with(".exs") && Basename(file.target) != "runtime.exs";
    if (is_read) {
      RefuseTexts(file.target, {"File.", "Code.", "System.cmd", ":os.cmd"});
    }
  }
}

}  // namespace dfix
