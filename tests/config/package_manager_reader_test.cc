#include "src/config/package_manager_reader.h"

#include <gtest/gtest.h>

#include <fstream>
#include <functional>
#include <set>
#include <sstream>
#include <string>

#include "src/config/config_file.h"
#include "src/dockerfile/parser.h"
#include "src/facts/facts.h"
#include "src/report/manager_schema.h"

namespace dfix {
namespace {

constexpr std::string_view kEntry =
    "package-managers:\n"
    "  - name: guix\n"
    "    programs: [guix, 'my * guix']\n"
    "    verbs:\n"
    "      install: [install, package -i]\n"
    "      clean: [gc]\n"
    "      sync: [shell]\n"
    "    alone:\n"
    "      query: [shell]\n"
    "    options:\n"
    "      only-simulates: [-n, --dry-run]\n"
    "    arguments: [-p, --profile]\n"
    "    clean: {command: '{program} gc', level: review}\n"
    "    caches:\n"
    "      - {path: ~/.cache/guix, variable: GUIX, sharing: shared}\n";

std::string ErrorOf(const std::string& yaml) {
  const Result<ManagerTable> table = ParsePackageManagers(yaml, "c.yaml");
  return table ? "none" : table.error().message;
}

// The error about an entry with a name and a program, and `fields`.
std::string ErrorIn(const std::string& fields) {
  return ErrorOf("package-managers:\n- {name: a, programs: [a], " + fields +
                 "}\n");
}

TEST(PackageManagerReader, ReadsAnEntry) {
  const auto table = ParsePackageManagers(kEntry, "c.yaml");
  ASSERT_TRUE(table) << table.error().message;
  ASSERT_EQ(table->rows().size(), 1u);
  const PackageManager& manager = table->rows()[0];
  EXPECT_EQ(manager.name, "guix");
  EXPECT_EQ(manager.family, "guix");
  EXPECT_EQ(manager.programs[1], "my * guix");
  ASSERT_EQ(manager.verbs.size(), 4u);
  EXPECT_EQ(manager.verbs[0].words, "package -i");
  EXPECT_EQ(manager.verbs[2].words, "shell");
  EXPECT_EQ(manager.verbs[2].verb, PackageVerb::kSync);
  EXPECT_EQ(manager.verbs[2].alone, PackageVerb::kQuery);
  EXPECT_EQ(manager.options[0].trait, CallTrait::kOnlySimulates);
  EXPECT_EQ(manager.clean.command, "{program} gc");
  EXPECT_EQ(manager.clean.level, Level::kReview);
  EXPECT_EQ(manager.caches[0].path, "~/.cache/guix");
  EXPECT_EQ(manager.caches[0].sharing, CacheSharing::kShared);
  EXPECT_TRUE(manager.asks.empty());
}

TEST(PackageManagerReader, RowsOutliveTheTextAndTheCopiesOfTheirTable) {
  ManagerTable kept;
  {
    const auto table = ParsePackageManagers(std::string(kEntry), "c.yaml");
    ASSERT_TRUE(table);
    const ManagerTable copy = *table;
    kept.PutOnTopOf(copy);
  }
  EXPECT_EQ(kept.rows()[0].verbs[0].words, "package -i");
}

TEST(PackageManagerReader, NothingIsNoError) {
  for (const char* yaml : {"", "level: safe", "package-managers:"}) {
    EXPECT_EQ(ErrorOf(yaml), "none") << yaml;
  }
}

TEST(PackageManagerReader, TellsWhereAndWhatIsWrong) {
  EXPECT_EQ(ErrorOf("package-managers: x"),
            "c.yaml:1:19: package-managers: bad list of package managers "
            "(expected a list that is not empty)");
  EXPECT_EQ(ErrorOf("package-managers:\n- name: a\n"),
            "c.yaml:2:3: package-managers: field `programs` is missing "
            "(expected it)");
  EXPECT_TRUE(ErrorIn("verb: {}")
                  .starts_with("c.yaml:2:28: package-managers: unknown field "
                               "`verb` (expected name, "));
  EXPECT_EQ(ErrorIn("needs_lists: maybe"),
            "c.yaml:2:41: package-managers: bad value `maybe` (expected true "
            "or false)");
  EXPECT_EQ(ErrorIn("verbs: {instal: [x]}"),
            "c.yaml:2:36: package-managers: unknown name `instal` (expected "
            "none, refresh, install, sync, build, upgrade, remove, clean, "
            "purge-lists, query, other)");
  EXPECT_EQ(ErrorIn("verbs: {install: [x], remove: [x]}"),
            "c.yaml:2:58: package-managers: verb `x` has two kinds (expected "
            "one)");
  EXPECT_EQ(ErrorIn("alone: {sync: [x]}"),
            "c.yaml:2:35: package-managers: unknown verb `x` (expected one of "
            "`verbs`)");
  EXPECT_EQ(ErrorIn("setters: [-o]"),
            "c.yaml:2:37: package-managers: setter `-o` takes no argument "
            "(expected an option of `arguments`)");
  EXPECT_EQ(ErrorIn("caches: [{path: x, sharing: shared}]"),
            "c.yaml:2:44: package-managers: bad path `x` (expected one that "
            "begins with / or ~/)");
  EXPECT_EQ(ErrorIn("clean: {level: safe}"),
            "c.yaml:2:35: package-managers: a clean-up without a way "
            "(expected either option or command)");
  EXPECT_EQ(
      ErrorOf("package-managers:\n- {name: a, programs: [a]}\n- {name: a, "
              "programs: [b]}\n"),
      "c.yaml:3:3: package-managers: manager `a` has two entries (expected "
      "one)");
}

TEST(PackageManagerReader, TakesNothingThatAShellWouldNotTakeAsItIs) {
  for (const std::string command :
       {"x; y", "x && y", "x | y", "$(x)", "x $Y", "x `y`", "x 'y'", "x > y",
        "x \\\\", "x # y", " x", "x\\ny", "!x"}) {
    const std::string error = ErrorIn("clean: {command: \"" + command + "\"}");
    EXPECT_NE(error.find("words without quotes"), std::string::npos)
        << command << ": " << error;
  }
  for (const std::string option : {"yes", "-", "-y -z", "--x;y", "--$x"}) {
    EXPECT_NE(ErrorIn("yes: {option: \"" + option + "\"}"), "none") << option;
  }
  for (const std::string program : {"/usr/bin/a", "a  b", " a"}) {
    EXPECT_NE(ErrorOf("package-managers:\n- {name: a, programs: ['" + program +
                      "']}"),
              "none")
        << program;
  }
}

TEST(PackageManagerReader, ConfigurationFileKnowsTheKey) {
  EXPECT_TRUE(ParseConfigFile(kEntry, "c.yaml"));
  const auto twice =
      ParseConfigFile("package-managers:\npackage-managers:\n", "c.yaml");
  ASSERT_FALSE(twice);
  EXPECT_EQ(twice.error().message,
            "c.yaml:2:1: `package-managers` is given twice");
}

TEST(PackageManagerReader, SchemaHasTheSameFields) {
  const auto schema = PackageManagersSchema();
  std::set<std::string, std::less<>> fields;
  for (const auto& [name, value] : schema["items"]["properties"].items()) {
    fields.insert(name);
  }
  const auto known = PackageManagerFields();
  EXPECT_EQ(fields,
            (std::set<std::string, std::less<>>(known.begin(), known.end())));
}

// The table that is compiled in is what the reader makes of its file.
TEST(PackageManagerReader, ReadsTheTableThatIsCompiledIn) {
  std::ifstream in(std::string(DFIX_SOURCE_DIR) +
                   "/config/knowledge/package-managers.yaml");
  std::ostringstream text;
  text << in.rdbuf();
  const ManagerTable table =
      ReadPackageManagers(YAML::Load(text.str())["managers"]);
  ASSERT_EQ(table.rows().size(), PackageManagers().size());
  for (size_t i = 0; i < PackageManagers().size(); ++i) {
    const PackageManager& read = table.rows()[i];
    const PackageManager& compiled = PackageManagers()[i];
    EXPECT_EQ(read.name, compiled.name);
    EXPECT_EQ(read.verbs.size(), compiled.verbs.size()) << read.name;
    EXPECT_EQ(read.options.size(), compiled.options.size()) << read.name;
    EXPECT_EQ(read.asks.size(), compiled.asks.size()) << read.name;
    EXPECT_EQ(read.yes.text, compiled.yes.text) << read.name;
    EXPECT_EQ(read.clean.command, compiled.clean.command) << read.name;
    EXPECT_EQ(read.clean.level, compiled.clean.level) << read.name;
    EXPECT_EQ(read.caches.size(), compiled.caches.size()) << read.name;
    EXPECT_EQ(read.sort, compiled.sort) << read.name;
  }
}

TEST(ManagerTable, OneOnTopCountsFirstAndReplacesItsName) {
  const std::string yaml =
      "package-managers:\n"
      "- {name: pip, programs: [pip], verbs: {query: [install]}}\n"
      "- {name: mine, programs: [npm], verbs: {remove: [ci]}}\n";
  auto table = ParsePackageManagers(yaml, "c.yaml");
  ASSERT_TRUE(table) << table.error().message;
  table->PutOnTopOf(PackageManagers());
  EXPECT_EQ(table->rows().size(), PackageManagers().size() + 1);
  EXPECT_EQ(table->rows()[0].name, "pip");
  EXPECT_EQ(table->rows()[1].name, "mine");

  const Document document =
      ParseDockerfile("FROM a\nRUN pip install x && npm ci x && yarn add x\n");
  const Facts facts(document, table->rows());
  ASSERT_EQ(facts.package_commands().size(), 3u);
  EXPECT_EQ(facts.package_commands()[0].verb, PackageVerb::kQuery);
  EXPECT_EQ(facts.package_commands()[1].verb, PackageVerb::kRemove);
  EXPECT_EQ(facts.package_commands()[1].manager->name, "mine");
  EXPECT_EQ(facts.package_commands()[2].verb, PackageVerb::kInstall);
}

}  // namespace
}  // namespace dfix
