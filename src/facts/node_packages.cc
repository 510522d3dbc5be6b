// What npm and its kin read: package.json files, workspaces, patches, local
// packages, and scripts that run when they install.
#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "src/context/paths.h"
#include "src/facts/install_reader.h"
#include "src/text/one_of.h"
#include "src/text/search.h"

namespace dfix {
namespace {

using Json = nlohmann::json;

// Scripts that are run by an install.
constexpr std::array<std::string_view, 9> kInstallScripts = {
    "preinstall",  "install",      "postinstall",
    "prepublish",  "preprepare",   "prepare",
    "postprepare", "dependencies", "pnpm:devPreinstall"};

// Commands in them that read nothing of the project: husky does nothing where
// there is no git repository.
constexpr std::array<std::string_view, 13> kHarmless = {
    "",
    "true",
    "exit 0",
    "is-ci",
    "husky",
    "husky install",
    "husky init",
    "npx husky install",
    "npx only-allow npm",
    "npx only-allow pnpm",
    "npx only-allow yarn",
    "only-allow pnpm",
    "npx -y only-allow pnpm"};

// The commands of a script that `&&`, `||` and `;` part.
std::vector<std::string> CommandsOfScript(std::string text) {
  for (const std::string_view separator : {"&&", "||"}) {
    for (size_t at = text.find(separator); at != std::string::npos;
         at = text.find(separator, at)) {
      text.replace(at, separator.size(), ";");
    }
  }
  std::vector<std::string> commands;
  for (size_t begin = 0; begin <= text.size();) {
    const size_t end = std::min(text.find(';', begin), text.size());
    const size_t first = text.find_first_not_of(' ', begin);
    if (first < end) {
      const size_t last = text.find_last_not_of(' ', end - 1);
      commands.push_back(text.substr(first, last + 1 - first));
    }
    begin = end + 1;
  }
  return commands;
}

bool IsArchive(std::string_view text) {
  return text.ends_with(".tgz") || text.ends_with(".tar.gz") ||
         text.ends_with(".tar");
}

// npm takes the name of an archive for a file, too.
bool IsLocalPackage(std::string_view text) {
  if (IsArchive(text) && !HasText(text, "://")) return true;
  constexpr std::array<std::string_view, 8> kBegins = {
      "patch:", "file:", "link:", "portal:", "./", "../", "~/", "/"};
  return std::any_of(
      kBegins.begin(), kBegins.end(),
      [&](std::string_view begin) { return text.starts_with(begin); });
}

}  // namespace

void InstallReader::AddNodeFiles() {
  if (!image_.has_context()) return;
  CheckNodeConfiguration();
  if (const ImageFile* root = Add(At("package.json"))) {
    ReadPackageJson(ImageFile(*root), true);
  }
  has_workspaces_ |= image_.Find(At("pnpm-workspace.yaml")).has_value();
  if (has_workspaces_) AddWorkspaces();
}

void InstallReader::ReadPackageJson(const ImageFile& file, bool is_root) {
  const Json package = Json::parse(TextOf(file), nullptr, false);
  if (failed()) return;
  if (!package.is_object()) {
    return Fail(InBackticks(file.source) + " is no JSON object");
  }
  if (!ignores_scripts_) {
    CheckScripts(package, file);
    AddFilesOfPackages(package, file);
  }
  if (!is_root && package.contains("bin")) {
    return Fail(InBackticks(file.source) + " has programs that are linked");
  }
  for (const char* key :
       {"dependencies", "devDependencies", "optionalDependencies",
        "peerDependencies", "overrides", "resolutions", "pnpm",
        "patchedDependencies"}) {
    if (!package.contains(key)) continue;
    if (std::string_view(key) == "patchedDependencies") {
      AddPatches(package[key], ParentPath(file.target));
    } else {
      CheckLocalPackages(package[key], ParentPath(file.target));
    }
  }
  has_workspaces_ |= package.contains("workspaces");
}

void InstallReader::CheckScripts(const Json& package, const ImageFile& file) {
  if (image_.Find(JoinPath(ParentPath(file.target), "binding.gyp"))) {
    return Fail("`binding.gyp` is built from the source");
  }
  if (!package.contains("scripts") || !package["scripts"].is_object()) return;
  for (const auto& [name, command] : package["scripts"].items()) {
    if (!IsOneOf(name, kInstallScripts)) continue;
    CheckScript(name, command.is_string() ? command.get<std::string>() : "?",
                file);
  }
}

void InstallReader::CheckScript(const std::string& name,
                                const std::string& text,
                                const ImageFile& file) {
  const bool has_git = image_.Find(At(".git")).has_value();
  for (const std::string& command : CommandsOfScript(text)) {
    const bool about_git = command.find("husky") != std::string::npos;
    if (IsOneOf(command, kHarmless) && !(about_git && has_git)) continue;
    if (command == "patch-package") {
      Add(JoinPath(ParentPath(file.target), "patches"));
      continue;
    }
    return Fail(InBackticks(name) + " in " + InBackticks(file.source) +
                " runs " + InBackticks(text) + ", which may read the source");
  }
}

// Packages whose own scripts read files of the project when they are installed.
void InstallReader::AddFilesOfPackages(const Json& package,
                                       const ImageFile& file) {
  const auto depends_on = [&](const char* name) {
    return (package.contains("dependencies") &&
            package["dependencies"].contains(name)) ||
           (package.contains("devDependencies") &&
            package["devDependencies"].contains(name));
  };
  const std::string folder = ParentPath(file.target);
  if (depends_on("@prisma/client")) {
    Add(JoinPath(folder, "prisma"));
    Add(JoinPath(folder, "schema.prisma"));
    const bool elsewhere =
        (package.contains("prisma") && package["prisma"].contains("schema")) ||
        image_.Find(JoinPath(folder, "prisma.config.ts"));
    if (elsewhere) Fail("`@prisma/client` reads a schema of the source");
  }
  if (depends_on("puppeteer")) {
    for (const char* name :
         {".puppeteerrc.cjs", ".puppeteerrc.js", ".puppeteerrc.json",
          ".puppeteerrc", "puppeteer.config.cjs", "puppeteer.config.js"}) {
      Add(JoinPath(folder, name));
    }
  }
  if (depends_on("msw") && package.contains("msw")) {
    Fail("`msw` writes a file into the source");
  }
}

// What a lock file of npm takes from files instead of a registry.
void InstallReader::CheckResolved(const std::string& target) {
  const auto file = image_.Find(target);
  if (!file) return;
  const std::string text = TextOf(*file);
  constexpr std::string_view kKey = "\"resolved\"";
  for (size_t at = text.find(kKey); at != std::string::npos;
       at = text.find(kKey, at + 1)) {
    const size_t quote = text.find('"', at + kKey.size());
    if (quote == std::string::npos) return;
    CheckLocalPackage(
        text.substr(quote + 1, text.find('"', quote + 1) - quote - 1),
        ParentPath(target));
  }
}

// Strings at any depth that name packages of the project itself.
void InstallReader::CheckLocalPackages(const Json& value,
                                       const std::string& folder) {
  if (value.is_string()) return CheckLocalPackage(value, folder);
  if (!value.is_object()) return;
  for (const auto& [key, inner] : value.items()) {
    if (key == "patchedDependencies") {
      AddPatches(inner, folder);
    } else {
      CheckLocalPackages(inner, folder);
    }
  }
}

void InstallReader::CheckLocalPackage(const std::string& text,
                                      const std::string& folder) {
  if (!IsLocalPackage(text)) return;
  // `.yarn` is copied as a whole.
  if (text.starts_with("patch:") &&
      text.find(".yarn/patches/") != std::string::npos) {
    return;
  }
  const std::string path = text.substr(text.starts_with("file:") ? 5 : 0);
  if (IsArchive(path) && Add(JoinPath(folder, path)) != nullptr) return;
  Fail("the package " + InBackticks(text) + " is a part of the source");
}

void InstallReader::AddPatches(const Json& patches, const std::string& folder) {
  if (!patches.is_object()) return;
  for (const auto& [package, patch] : patches.items()) {
    if (!patch.is_string() ||
        Add(JoinPath(folder, patch.get<std::string>())) == nullptr) {
      return Fail("a patch of " + InBackticks(package) + " is not there");
    }
  }
}

// What configuration files name.
void InstallReader::CheckNodeConfiguration() {
  RefuseTexts(At(".npmrc"),
              {"cafile", "certfile", "keyfile", "=./", "=../", "= ./",
               "userconfig", "globalconfig", "pnpmfile", "patches-dir",
               "lockfile-dir", "node-options", "script-shell"});
  RefuseTexts(At(".yarnrc"),
              {"offline-mirror", "yarn-path", "cafile", "workspaces-"});
  RefuseTexts(At(".yarnrc.yml"), {"path: ./", "path: ../", "- ./", "- ../",
                                  "constraintsPath", "caFile"});
  // What it runs is copied if it lies in `.yarn`.
  const auto settings = image_.Find(At(".yarnrc.yml"));
  const std::string text = settings ? TextOf(*settings) : "";
  if (HasText(text, "yarnPath:") && !HasText(text, "yarnPath: .yarn/") &&
      !HasText(text, "yarnPath: \".yarn/")) {
    Fail("`yarnPath` in `.yarnrc.yml` may name a file of the source");
  }
  RefuseTexts(At(".pnpmfile.cjs"),
              {"require(", "import(", "__dirname", "process.cwd"});
  RefuseTexts(At("pnpm-workspace.yaml"),
              {"patchedDependencies", "file:", "link:", "pnpmfile"});
  RefuseTexts(At("bunfig.toml"), {"preload", "./"});
  CheckResolved(At("package-lock.json"));
  CheckResolved(At("npm-shrinkwrap.json"));
  const bool is_yarn = reads_.ecosystem->manager == "yarn";
  if (is_yarn && image_.Find(At(".yarn/cache"))) {
    Fail("`.yarn/cache` has the packages already");
  }
}

// Every package below: which of them the patterns name does not matter.
void InstallReader::AddWorkspaces() {
  for (const ImageFile& file : image_.FilesBelow(folder_)) {
    if (failed()) return;
    if (file.target.find("/node_modules/") != std::string::npos) continue;
    if (file.kind == EntryKind::kLink) {
      return Fail(InBackticks(file.source) +
                  " is a link, which may lead to a workspace");
    }
    const bool is_manifest = file.target.ends_with("/package.json");
    if (!is_manifest || file.target == At("package.json")) continue;
    if (reads_.files.size() >= kMostManifests) {
      return Fail("there are too many workspaces to name each");
    }
    if (Add(file.target) != nullptr) ReadPackageJson(file, false);
    reads_.writes.push_back(ParentPath(file.target) + "/node_modules");
  }
}

}  // namespace dfix
