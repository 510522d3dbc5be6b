// Merged RUNs do what the RUNs did: real shells say so.
//
// DFIX_MERGE_PAIRS sets how many random pairs each shell runs, DFIX_MERGE_SEED
// where they begin, DFIX_MERGE_SHELL which shell alone.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <map>

#include "tests/merge_runs/merge_runs_support.h"

namespace dfix {
namespace {

size_t Setting(const char* name, size_t usual) {
  const char* value = std::getenv(name);
  return value == nullptr ? usual : std::strtoull(value, nullptr, 10);
}

// `runs` as a file; with `errexit`, under a SHELL with -e.
Sequence SequenceOf(const std::string& file, const std::string& failing,
                    bool errexit) {
  const std::string in =
      errexit ? "FROM x\nSHELL [\"/bin/sh\", \"-ec\"]\n" + file.substr(7)
              : file;
  return {ScriptsOf(in), ScriptsOf(Merged(in)), failing, errexit};
}

bool IsMerged(const Sequence& sequence) {
  return sequence.after.size() < sequence.before.size();
}

void ExpectSame(const std::string& shell,
                const std::vector<Sequence>& sequences) {
  for (const std::string& difference : Differences(shell, sequences)) {
    ADD_FAILURE() << shell << ": " << difference;
  }
}

// Each line is a RUN; an empty line ends the file.
const char* const kNasty[] = {
    "touch 1\ntouch 2",
    "touch 1 || touch 2\ntouch 3",
    "touch 1\ntouch 2 || touch 3",
    "touch 1\ntouch 2 && touch 3 || touch 4",
    "touch 1 || touch 2\ntouch 3 || touch 4\ntouch 5",
    "touch 1; touch 2\ntouch 3",
    "touch 1\ntouch 2; touch 3",
    "touch 1;\ntouch 2;",
    "touch 1 # note\ntouch 2",
    "! touch 1\ntouch 2",
    "touch 1\n! touch 2",
    "! touch 1 || touch 2\n! touch 3 || touch 4",
    "cd d1 && touch 1\ntouch 2",
    "cd d1 || touch 1\ntouch 2",
    "touch 1\ncd d1 && touch 2",
    "cd d1 && touch 1\ncd d2 && touch 2\ntouch 3",
    "(cd d1 && touch 1)\ntouch 2",
    "export A=1 && touch 1\ntouch 2",
    "touch 1\nexport A=1 && touch 2",
    "A=1 && touch 1\ntouch 2",
    "x=1 && touch 1\necho $x >g && touch 2",
    "for i in 1 2; do touch 1; done\ntouch 2",
    "for i in 1 2; do touch 1; done\necho $i && touch 2",
    ": ${V:=1}\ntouch 1",
    ": $((y=1))\ntouch 1",
    "read x <f && touch 1\ntouch 2",
    "echo 1 | read x && touch 1\ntouch 2",
    "echo 1 | read x || touch 1\ntouch 2",
    "umask 077 && touch 1 >g\ntouch 2 >h",
    "set -e && touch 1\ntouch 2",
    "set -e; touch 1; touch 2\ntouch 3",
    "set -e; touch 1; touch 2\ntouch 3 && touch 4\ntouch 5 || touch 6",
    "set -e; touch 1 && touch 2\ntouch 3",
    "touch 1 && touch 2\nset -ex; touch 3; touch 4",
    "touch 1 || touch 2\nset -e; touch 3; touch 4",
    "touch 1\ntouch 2\nset -eu; touch 3; touch 4",
    "echo $A\nset -eu; touch 3; touch 4",
    "touch 1 | cat\nset -e; touch 3; touch 4",
    "set -e; touch 1; touch 2\nif touch 3; then touch 4; fi\ntouch 5",
    "set -e; touch 1; touch 2\n{ touch 3; touch 4; }",
    "set -e && touch 1\nset -e && touch 2",
    "set -e && touch 1\nset -e && cd d1 && touch 2\nset -e && touch 3",
    "set -ex && touch 1\ntouch 2 || touch 3",
    "set -u && touch 1\necho $Q && touch 2",
    "touch 1\nset -e; touch 2; touch 3",
    "set -e; touch 1; touch 2\nset -e; touch 3; touch 4",
    "set -e; touch 1; touch 2 && touch 3\nset -e; touch 4; touch 5",
    "set -e; touch 1; if touch 2; then touch 3 && touch 4; fi\n"
    "set -e; touch 5; touch 6",
    "set -e; touch 1; ! touch 2\nset -e; touch 3; touch 4",
    "set -e; touch 1; (touch 2 && touch 3)\nset -e; touch 4; touch 5",
    "set -eu; touch 1; touch 2\nset -e; touch 3; touch 4",
    "set -eu; touch 1; touch 2\nset -eu; touch 3; touch 4\n"
    "set -eu; touch 5; touch 6",
    "set -e; cd d1; touch 1\nset -e; touch 2; touch 3",
    "set -e; x=1; touch 1\nset -e; touch 2; touch 3",
    "(set -e; touch 1; touch 2)\ntouch 3",
    "(eval 'set -e'; touch 1; touch 2)\ntouch 3",
    "x=$(set -e; touch 1; touch 2)\ntouch 3",
    "set +e; touch 1\nset +e; touch 2",
    "set -e; touch 1; set +e; touch 2\nset -e; touch 3; touch 4",
    "trap 'echo bye' EXIT && touch 1\ntouch 2",
    "touch 1\ntrap 'echo bye' EXIT && touch 2",
    "exec 3>g && echo 1 >&3\ntouch 1",
    "exec >g && touch 1\ntouch 2",
    "exec true\ntouch 1",
    "touch 1\nexec true",
    "touch 1 && exit 0\ntouch 2",
    "touch 1 || exit 0\ntouch 2",
    "(touch 1 || exit 0)\ntouch 2",
    "touch 1\ntouch 2 && exit 3",
    "touch 1\ntouch 2 || exit 3\ntouch 3",
    "f() { touch 1; } && f\ntouch 2",
    "alias q=true && touch 1\ntouch 2",
    "set -- a b && touch 1\necho $# && touch 2",
    "eval 'x=1; cd d1' && touch 1\ntouch 2",
    "$x\ntouch 1",
    "if touch 1; then touch 2; else touch 3; fi\ntouch 4",
    "if touch 1; then cd d1; fi\ntouch 4",
    "case $A in 0) touch 1;; *) touch 2;; esac\ntouch 3",
    "while touch 1; do break; done\ntouch 2",
    "until touch 1; do touch 2; break; done\ntouch 3",
    "{ touch 1; touch 2; }\ntouch 3",
    "touch 1\n{ touch 2; touch 3; }\ntouch 4",
    "{ cd d1; touch 1; }\ntouch 2",
    "{ cd d1; touch 1; } | cat\ntouch 2",
    "x=$(touch 1)\ntouch 2",
    "echo \"$(touch 1; exit 3)\"\ntouch 2",
    "false | touch 1\ntouch 2",
    "touch 1 | cat >g\ntouch 2",
    "echo $? && touch 1\necho $? && touch 2",
    "touch 1 \\\n  && touch 2\ntouch 3 \\\n  # about 4\n  && touch 4",
    "touch 'a \\\n b'\ntouch \"c \\\n   d\" 2",
    "touch 1 \\\n  # it's\n  2\ntouch 3",
    "touch 1 >g\ntouch 2 >>g\ncat <g",
    "touch 1 &\ntouch 2",
    "unset A && touch 1\ntouch 2",
    "A=2 touch 1\ntouch 2",
    "command cd d1 && touch 1\ntouch 2",
    "set -f && touch 1\necho *",
    "touch 1\nset -f && echo *",
    "set -e; touch 1; touch 2\n! . ./f",
    "set -e; touch 1; touch 2\neval 'touch 3; touch 4'",
    "set -e; touch 1; touch 2\ntrap 'false; echo bye' EXIT && touch 3",
    "set -u; touch 1; touch 2\neval 'echo $Q' && touch 3",
    "touch 1\n(eval 'set -e; false; true')\ntouch 2",
    "touch 1; touch 2\ntouch 3; touch 4\ntouch 5",
    "touch 1; touch 2;\ntouch 3 || touch 4;\ntouch 5",
    "export A=1 && touch 1\numask 077 && touch 2\ncd d1 && touch 3\n"
    "set -f && echo *\nexec 3>g && echo 1 >&3\nset -- a b && echo $#\n"
    "x=1 && echo $x\ntouch 4 || exit 0\ntouch 5 && exit 3",
    "(touch 1) && touch 2 # one\ntouch 3 # two\ntouch 4 # three",
    "touch 1; touch 2 # one\ncd d1 && touch 3; touch 4 # two\ntouch 5",
};

std::vector<std::string> NastyFiles() {
  std::vector<std::string> files;
  for (const std::string runs : kNasty) {
    std::string file = "FROM x\nRUN ";
    for (size_t i = 0; i < runs.size(); ++i) {
      file += runs[i];
      const bool continued = i > 0 && runs[i - 1] == '\\';
      const size_t line = runs.rfind('\n', i - 1);
      const size_t begin = i == 0 || line == std::string::npos ? 0 : line + 1;
      const bool comment =
          runs.find_first_not_of(" \t", begin) == runs.find('#', begin);
      if (runs[i] == '\n' && !continued && !comment) file += "RUN ";
    }
    files.push_back(file + "\n");
  }
  return files;
}

TEST(MergeRuns, NastyPairsDoTheSame) {
  std::vector<Sequence> sequences;
  size_t merged = 0;
  for (const std::string& file : NastyFiles()) {
    for (const bool errexit : {false, true}) {
      const Sequence sequence = SequenceOf(file, "", errexit);
      ASSERT_FALSE(sequence.before.empty()) << file;
      if (!IsMerged(sequence)) continue;
      ++merged;
      for (int failing = 0; failing < 7; ++failing) {
        sequences.push_back(sequence);
        sequences.back().failing = " " + std::to_string(failing) + " ";
      }
    }
  }
  EXPECT_GT(merged, 40u);
  ASSERT_FALSE(Shells().empty()) << "no shell is here";
  for (const std::string& shell : Shells()) ExpectSame(shell, sequences);
}

// Whether the script ends with a job in the background, which logs whenever it
// likes.
bool HasJob(const std::string& script) {
  const size_t at = script.rfind(" &");
  return at != std::string::npos &&
         (at + 2 == script.size() || script.substr(at + 2, 2) == " #");
}

// Adds the sequences of one random file: with no failure, and with some.
void AddRandom(std::mt19937& random, std::vector<Sequence>& sequences) {
  int count = 0;
  const std::string file = RandomRuns(random, count);
  Sequence sequence = SequenceOf(file, "", random() % 4 == 0);
  if (!IsMerged(sequence)) return;
  for (const std::string& script : sequence.after) {
    if (!HasJob(script)) continue;
    const auto& before = sequence.before;
    EXPECT_NE(std::find(before.begin(), before.end(), script), before.end())
        << "merged: " << script;
    return;
  }
  sequences.push_back(sequence);
  std::string failing = " ";
  for (uint32_t n = 1 + random() % 3; n > 0; --n) {
    failing += std::to_string(1 + random() % (count + 1)) + " ";
  }
  sequence.failing = failing;
  sequences.push_back(sequence);
}

// Whether the sequence does the same each time that `shell` runs it: dash knows
// no `pipefail`, and with it, who writes to a pipe that nobody reads may fail.
bool IsSteady(const Sequence& sequence, const std::string& shell) {
  return std::none_of(
      sequence.before.begin(), sequence.before.end(),
      [&](const std::string& script) {
        return script.find("pipefail") != script.npos &&
               (shell == "dash" || script.find("echo 1 |") != script.npos);
      });
}

TEST(MergeRuns, RandomSequencesDoTheSame) {
  const size_t wanted = Setting("DFIX_MERGE_PAIRS", 1000);
  const char* only = std::getenv("DFIX_MERGE_SHELL");
  std::mt19937 random(Setting("DFIX_MERGE_SEED", 1));
  std::map<std::string, size_t> done;
  for (const std::string& shell : Shells()) {
    if (only == nullptr || shell == only) done[shell] = 0;
  }
  const auto wants_more = [&](const auto& entry) {
    return entry.second < wanted;
  };
  while (std::any_of(done.begin(), done.end(), wants_more) && !HasFailure()) {
    std::vector<Sequence> sequences;
    while (sequences.size() < 500) AddRandom(random, sequences);
    for (auto& [shell, count] : done) {
      std::vector<Sequence> steady = sequences;
      std::erase_if(steady, [&](const Sequence& sequence) {
        return !IsSteady(sequence, shell);
      });
      ExpectSame(shell, steady);
      count += steady.size();
    }
  }
  for (const auto& [shell, count] : done) {
    std::cout << shell << ": " << count << " pairs before and after\n";
  }
}

}  // namespace
}  // namespace dfix
