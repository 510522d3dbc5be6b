// Runs every case under golden/: golden/ID/CLAIM/in.Dockerfile through the
// transform ID alone at level bold, golden/pipeline/CLAIM/ through all of them
// at the default level. out.Dockerfile is what comes out (none: unchanged),
// report.txt says why. A config.yaml sets the level and options. What is in
// context/ is the build context, together with the paths that context.txt lists
// (folders that are not looked into end with a slash); out.dockerignore is what
// becomes of its ignore file.
//
// With DFIX_UPDATE_GOLDENS set, expectations are written instead; refused under
// CI.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "src/config/config_file.h"
#include "src/context/build_context.h"
#include "src/context/paths.h"
#include "src/engine/engine.h"
#include "src/report/rules.h"
#include "src/report/schema.h"
#include "src/transform/registry.h"

namespace dfix {
namespace {

namespace fs = std::filesystem;

const fs::path kGoldens = fs::path(DFIX_SOURCE_DIR) / "golden";

std::string Read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

void Write(const fs::path& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

std::vector<fs::path> Cases() {
  std::vector<fs::path> cases;
  for (const auto& entry : fs::recursive_directory_iterator(kGoldens)) {
    if (entry.path().filename() == "in.Dockerfile") {
      cases.push_back(entry.path().parent_path());
    }
  }
  std::sort(cases.begin(), cases.end());
  return cases;
}

// What options point at.
struct Tables {
  ManagerTable managers;
  RuntimeEntryTable images;
};

EngineOptions OptionsFor(const fs::path& directory, Tables& tables) {
  const std::string id = directory.parent_path().filename();
  const bool is_pipeline = id == "pipeline";
  const Transform* transform = FindTransform(id);
  EXPECT_TRUE(is_pipeline || transform != nullptr)
      << "no transform is called " << id;
  const fs::path file = directory / "config.yaml";
  const std::string config = fs::exists(file) ? Read(file) : "";
  const Result<Settings> settings = ParseConfigFile(config, "config.yaml");
  EXPECT_TRUE(settings.ok()) << settings.error().message;
  auto managers = ParsePackageManagers(config, "config.yaml");
  EXPECT_TRUE(managers.ok()) << managers.error().message;
  tables.managers = *std::move(managers);
  tables.managers.PutOnTopOf(PackageManagers());
  auto images = ParseRuntimeImages(config, "config.yaml");
  EXPECT_TRUE(images.ok()) << images.error().message;
  tables.images = *std::move(images);
  tables.images.PutOnTopOf(RuntimeEntries());
  const Level standard = is_pipeline ? Level::kReview : Level::kBold;
  return {settings->contains("level") ? LevelOf(*settings) : standard,
          is_pipeline ? StandardTransforms()
                      : std::vector<const Transform*>{transform},
          OptionValuesOf(*settings), tables.managers.rows(),
          tables.images.rows()};
}

void AddLines(std::string_view what, bool with_level,
              const std::vector<Decision>& decisions, std::string& out) {
  for (const Decision& decision : decisions) {
    out += std::to_string(decision.begin.line) + ":" +
           std::to_string(decision.begin.column) + " " + std::string(what);
    if (with_level) out += " " + std::string(Name(decision.level));
    out += ": " + decision.message + " [" +
           std::string(decision.transform->id) + "]\n";
  }
}

std::string ReportText(const Report& report) {
  std::string out;
  AddLines("applied", true, report.applied, out);
  AddLines("available", true, report.available, out);
  AddLines("advice", false, report.advice, out);
  AddLines("left alone", false, report.left_alone, out);
  AddLines("suppressed", false, report.suppressed, out);
  for (const Rollback& rollback : report.rollbacks) {
    out += "rolled back: " + rollback.reason + "\n";
  }
  for (const Problem& problem : report.problems) {
    out += std::to_string(problem.begin.line) + ":" +
           std::to_string(problem.begin.column) + " error: " + problem.message +
           "\n";
  }
  if (report.outcome == Outcome::kNotASource) {
    out += "left alone: " + std::string(report.not_a_source) + "\n";
  }
  if (!report.settled) out += "did not settle\n";
  return out;
}

class Golden : public testing::TestWithParam<fs::path> {};

// Adds the paths of a list, with the folders that they are in.
void AddPaths(std::istream&& list, std::map<std::string, EntryKind>& entries) {
  for (std::string path; std::getline(list, path);) {
    const bool is_folder = path.ends_with('/');
    if (is_folder) path.pop_back();
    entries[path] = is_folder ? EntryKind::kUnlistedFolder : EntryKind::kFile;
    for (std::string up = ParentPath(path); up != "."; up = ParentPath(up)) {
      entries.emplace(up, EntryKind::kFolder);
    }
  }
}

std::optional<BuildContext> MakeContext(
    const std::map<std::string, EntryKind>& entries, const fs::path& root) {
  if (entries.empty()) return std::nullopt;
  auto files = std::make_shared<ContextFiles>();
  for (const auto& [path, kind] : entries)
    files->entries.push_back({path, kind});
  files->read = [root](const std::string& path) { return Read(root / path); };
  const fs::path ignore = root / ".dockerignore";
  std::optional<std::string> text;
  if (fs::exists(ignore)) text = Read(ignore);
  return BuildContext(files, ContextOrigin::kNamed, ".dockerignore", text);
}

// The build context of a case, if it has one.
std::optional<BuildContext> ContextOf(const fs::path& directory) {
  std::map<std::string, EntryKind> entries;
  const fs::path root = directory / "context";
  if (fs::exists(root)) {
    for (const auto& entry : fs::recursive_directory_iterator(root)) {
      entries[entry.path().lexically_relative(root)] =
          entry.is_symlink()     ? EntryKind::kLink
          : entry.is_directory() ? EntryKind::kFolder
                                 : EntryKind::kFile;
    }
  }
  AddPaths(std::ifstream(directory / "context.txt"), entries);
  return MakeContext(entries, root);
}

// Writes the text, or removes the file that would be the same as before.
void WriteIfChanged(const fs::path& path, bool changed,
                    const std::string& text) {
  if (changed) {
    Write(path, text);
  } else {
    fs::remove(path);
  }
}

TEST_P(Golden, ComesOutAsExpected) {
  const fs::path& directory = GetParam();
  const std::string in = Read(directory / "in.Dockerfile");
  Tables tables;
  const Report report =
      Fix(in, OptionsFor(directory, tables), ContextOf(directory));
  const std::string text = ReportText(report);
  const bool changes_other = !report.others.empty();
  const std::string other = changes_other ? report.others[0].fixed : "";
  if (std::getenv("DFIX_UPDATE_GOLDENS") != nullptr) {
    ASSERT_EQ(std::getenv("CI"), nullptr) << "not under CI";
    WriteIfChanged(directory / "out.Dockerfile", report.fixed != in,
                   report.fixed);
    WriteIfChanged(directory / "out.dockerignore", changes_other, other);
    Write(directory / "report.txt", text);
    return;
  }
  const fs::path out = directory / "out.Dockerfile";
  EXPECT_EQ(report.fixed, fs::exists(out) ? Read(out) : in);
  EXPECT_EQ(other, Read(directory / "out.dockerignore"));
  EXPECT_EQ(text, Read(directory / "report.txt"));
  EXPECT_TRUE(report.rollbacks.empty());
  EXPECT_TRUE(report.settled);
}

TEST_P(Golden, SecondRunInTheNewContextIsSilent) {
  const fs::path& directory = GetParam();
  auto context = ContextOf(directory);
  if (!context) return;
  Tables tables;
  const EngineOptions options = OptionsFor(directory, tables);
  const Report first = Fix(Read(directory / "in.Dockerfile"), options, context);
  for (const OtherFile& other : first.others) {
    context = context->WithIgnore(other.fixed);
  }
  const Report second = Fix(first.fixed, options, context);
  EXPECT_EQ(second.outcome, Outcome::kUnchanged);
  EXPECT_TRUE(second.applied.empty());
}

INSTANTIATE_TEST_SUITE_P(Files, Golden, testing::ValuesIn(Cases()),
                         [](const auto& info) {
                           std::string name =
                               info.param.parent_path().filename().string() +
                               "_" + info.param.filename().string();
                           std::replace_if(
                               name.begin(), name.end(),
                               [](char c) { return !std::isalnum(c); }, '_');
                           return name;
                         });

// Whether the transform of the case finds something to do: a change, or
// advice.
bool Acts(const fs::path& directory) {
  return fs::exists(directory / "out.Dockerfile") ||
         fs::exists(directory / "out.dockerignore") ||
         Read(directory / "report.txt").find(" advice: ") != std::string::npos;
}

// Each transform has cases that change and cases that do not.
TEST(Goldens, EveryTransformHasBothKinds) {
  for (const Transform* transform : AllTransforms()) {
    const fs::path directory = kGoldens / transform->id;
    size_t changing = 0;
    size_t unchanging = 0;
    for (const auto& entry : fs::directory_iterator(directory)) {
      ++(Acts(entry.path()) ? changing : unchanging);
    }
    EXPECT_GE(changing, 3u) << transform->id;
    EXPECT_GE(unchanging, 3u) << transform->id;
  }
}

// The declared example of each transform is what it does.
TEST(Goldens, DeclaredExamplesAreTrue) {
  for (const Transform* transform : AllTransforms()) {
    std::map<std::string, EntryKind> entries;
    AddPaths(std::istringstream(std::string(transform->example_files)),
             entries);
    const Report report =
        Fix(std::string(transform->before), {Level::kBold, {transform}},
            MakeContext(entries, "/nowhere"));
    const std::string other =
        report.others.empty() ? "" : report.others[0].fixed;
    EXPECT_EQ(other, transform->example_ignore) << transform->id;
    if (transform->level == Level::kAdvice) {
      EXPECT_FALSE(report.advice.empty()) << transform->id;
      EXPECT_TRUE(transform->after.empty()) << transform->id;
      EXPECT_EQ(report.fixed, transform->before) << transform->id;
    } else {
      EXPECT_EQ(report.fixed, transform->after) << transform->id;
    }
  }
}

// Compares the file with what is generated, or writes it.
void ExpectFile(const fs::path& path, const std::string& text) {
  if (std::getenv("DFIX_UPDATE_GOLDENS") != nullptr) {
    ASSERT_EQ(std::getenv("CI"), nullptr) << "not under CI";
    Write(path, text);
  }
  EXPECT_EQ(text, Read(path)) << "./dev golden --update writes " << path;
}

TEST(Goldens, OrderOfTransforms) {
  std::string order;
  for (const Transform* transform : TransformsInOrder()) {
    order += std::string(Name(transform->phase)) + ": " +
             std::string(transform->id) + "\n";
  }
  ExpectFile(kGoldens / "order.txt", order);
}

TEST(Goldens, PageOfTransforms) {
  ExpectFile(fs::path(DFIX_SOURCE_DIR) / "transforms" / "README.md",
             TransformsAsMarkdown(TransformsInOrder()));
}

TEST(Goldens, SchemaOfConfiguration) {
  ExpectFile(fs::path(DFIX_SOURCE_DIR) / "config" / "dfix.schema.json",
             ConfigSchema(AllTransforms()));
}

}  // namespace
}  // namespace dfix
