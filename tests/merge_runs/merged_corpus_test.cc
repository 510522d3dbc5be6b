// Every merged group of the shared corpus, with stubs for all of its programs:
// all succeed, and each of them fails in turn. Needs root, for chroot.
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <set>
#include <sstream>

#include "src/dockerfile/parser.h"
#include "src/facts/facts.h"
#include "src/facts/run_groups.h"
#include "src/facts/run_work.h"
#include "tests/merge_runs/merge_runs_support.h"

namespace dfix {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kStub = R"(#!/bin/dash
program=${0##*/}
echo "$program $* in $PWD $(umask) $VERSION" >>/log
read failing </failing
[ "$program" != "$failing" ]
)";

struct Group {
  std::vector<std::string> before;
  std::string after;
};

// What of `file` was merged.
std::vector<Group> GroupsOf(const std::string& file) {
  const Document document = ParseDockerfile(file);
  const Facts facts(document);
  const auto stays = [](uint32_t) { return false; };
  std::vector<uint32_t> runs;
  for (uint32_t i = 0; i < facts.instructions().size(); ++i) {
    const InstructionFacts& instruction = facts.instructions()[i];
    if (instruction.kind == InstructionKind::kRun &&
        instruction.script != kNoNode) {
      runs.push_back(i);
    }
  }
  const auto before = ScriptsOf(file);
  const auto after = ScriptsOf(Merged(file));
  if (before.size() == after.size()) return {};
  std::vector<Group> groups;
  size_t gone = 0;
  for (const RunGroup& found :
       FindRunGroups(facts, {RunStages::kEvery, 100, true, stays}).groups) {
    const size_t first = static_cast<size_t>(
        std::find(runs.begin(), runs.end(), found.members[0].instruction) -
        runs.begin());
    Group group;
    for (size_t i = 0; i < found.members.size(); ++i) {
      group.before.push_back(before.at(first + i));
    }
    group.after = after.at(first - gone);
    gone += found.members.size() - 1;
    groups.push_back(std::move(group));
  }
  EXPECT_EQ(before.size() - after.size(), gone);
  return groups;
}

std::set<std::string> ProgramsOf(const Group& group) {
  std::set<std::string> names;
  for (const std::string& script : group.before) {
    const Document document = ParseDockerfile("FROM x\nRUN " + script + "\n");
    const Facts facts(document);
    for (const auto& instruction : facts.instructions()) {
      if (instruction.script == kNoNode) continue;
      for (auto& command : CommandsOf(document, instruction.script)) {
        names.insert(command.name);
      }
    }
  }
  return names;
}

// A root with nothing in it but dash, to be copied from.
void MakeTemplate(const fs::path& root) {
  for (const char* folder : {"bin", "dev", "etc", "tmp", "app", "root"}) {
    fs::create_directories(root / folder);
  }
  const std::string copy =
      "for f in $(ldd $(command -v dash) | grep -o '/[^ ]*'); do "
      "mkdir -p " +
      root.string() + "${f%/*} && cp -L $f " + root.string() +
      "$f; done; cp -L $(command -v dash) " + root.string() + "/bin/dash";
  ASSERT_EQ(std::system(copy.c_str()), 0);
  WriteFile(root / "dev" / "null", "");
  WriteFile(root / "stub", std::string(kStub));
  fs::permissions(root / "stub", fs::perms::all);
}

// A copy of it, of links, with the stubs.
void MakeRoot(const fs::path& from, const fs::path& root,
              const std::set<std::string>& names) {
  fs::copy(from, root,
           fs::copy_options::recursive | fs::copy_options::create_hard_links);
  // A stub may write to it.
  fs::remove(root / "dev" / "null");
  WriteFile(root / "dev" / "null", "");
  for (const std::string& name : names) {
    const bool odd =
        name.empty() || name.find_first_of("$ \"'`") != std::string::npos;
    if (odd || name == "dash") continue;
    const fs::path path = name[0] == '/'
                              ? root / name.substr(1)
                              : root / "bin" / fs::path(name).filename();
    fs::create_directories(path.parent_path());
    if (!fs::exists(path)) fs::create_hard_link(root / "stub", path);
  }
}

std::string Driver(const std::vector<std::string>& scripts,
                   const std::set<std::string>& names) {
  std::string text = "export PATH=/bin\n";
  std::set<std::string> failing(names);
  failing.insert("");
  for (const std::string& name : failing) {
    const std::string program = fs::path(name).filename().string();
    text += "echo " + Quoted(program) +
            " >/failing\necho == " + Quoted(program) + " >>/log\nrc=0\n";
    for (const std::string& script : scripts) {
      text += "[ $rc != 0 ] || { /bin/dash -c " + Quoted(script) +
              " >>/out; rc=$?; }\n";
    }
    text += "echo status $rc >>/log\n";
  }
  return text;
}

// What came of it; the two sides of a pipe log in any order.
std::string RunInRoot(const fs::path& root, const std::string& driver) {
  WriteFile(root / "driver", driver);
  const std::string command = "timeout 200 chroot " + root.string() +
                              " /bin/dash /driver >/dev/null 2>&1 </dev/null";
  EXPECT_EQ(std::system(command.c_str()), 0);
  std::istringstream log(ReadFile(root / "log"));
  std::vector<std::string> block;
  std::string text;
  for (std::string line; std::getline(log, line);) {
    block.push_back(line);
    if (!line.starts_with("status")) continue;
    std::sort(block.begin(), block.end());
    for (const std::string& part : block) text += part + "\n";
    block.clear();
  }
  fs::remove(root / "driver");
  fs::remove(root / "log");
  return text + TreeText(root);
}

// The corpus in parts, which can run at the same time.
constexpr size_t kParts = 4;

class MergedCorpus : public testing::TestWithParam<size_t> {};

INSTANTIATE_TEST_SUITE_P(Parts, MergedCorpus,
                         testing::Range<size_t>(0, kParts));

TEST_P(MergedCorpus, DoesTheSameWithStubs) {
  const char* shared = std::getenv("DFIX_SHARED");
  const fs::path files =
      fs::path(shared != nullptr ? shared : "../shared") / "corpus" / "files";
  if (!fs::exists(files)) GTEST_SKIP() << "no corpus; set DFIX_SHARED";
  if (geteuid() != 0) GTEST_SKIP() << "chroot needs root";
  if (std::system("command -v dash ldd chroot >/dev/null") != 0) {
    GTEST_SKIP() << "no dash, ldd or chroot";
  }
  const Folder base;
  MakeTemplate(base.path());
  size_t groups = 0;
  size_t runs = 0;
  std::set<fs::path> paths;
  for (const auto& entry : fs::directory_iterator(files)) {
    paths.insert(entry.path());
  }
  size_t index = 0;
  for (const fs::path& path : paths) {
    if (index++ % kParts != GetParam()) continue;
    for (const Group& group : GroupsOf(ReadFile(path))) {
      const Folder folder;
      const auto names = ProgramsOf(group);
      std::string results[2];
      for (const bool after : {false, true}) {
        const fs::path root = folder.path() / (after ? "a" : "b");
        MakeRoot(base.path(), root, names);
        results[after] = RunInRoot(
            root,
            Driver(after ? std::vector<std::string>{group.after} : group.before,
                   names));
      }
      EXPECT_EQ(results[0], results[1]) << path << "\n" << group.after;
      ++groups;
      runs += names.size() + 1;
    }
  }
  EXPECT_GT(groups, 50u);
  std::cout << groups << " groups, run " << runs << " times\n";
}

}  // namespace
}  // namespace dfix
