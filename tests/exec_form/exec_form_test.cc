// The exec form that dfix writes starts the same argv as the shell form that
// was there: asked of real shells, with nlohmann's JSON reader on the other
// side.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "src/dockerfile/instructions.h"
#include "src/dockerfile/parser.h"
#include "src/engine/engine.h"
#include "src/transform/registry.h"
#include "tests/random.h"

namespace dfix {
namespace {

namespace fs = std::filesystem;

using Argv = std::vector<std::string>;

// A shell-form command as the shell gets it, and what dfix made of it.
struct Pair {
  std::string text;
  Argv argv;
};

constexpr std::string_view kParts[] = {"a",
                                       "b",
                                       "/",
                                       "-",
                                       "--x",
                                       "=",
                                       ":",
                                       "%s",
                                       "^",
                                       "@",
                                       "+",
                                       "!",
                                       "#",
                                       ".",
                                       "]",
                                       "}",
                                       ",",
                                       "..",
                                       "{}",
                                       "\\ ",
                                       "\\a",
                                       "\\\\",
                                       "\\$",
                                       "\\\"",
                                       "\\'",
                                       "\\*",
                                       "\\~",
                                       "\\n",
                                       "\\#",
                                       "''",
                                       "\"\"",
                                       "'a b'",
                                       "'  '",
                                       "'$x'",
                                       "'\\'",
                                       "'\\\\'",
                                       "'\"'",
                                       "'[\"a\", \"b\"]'",
                                       "'{\"k\": \"v\\n\"}'",
                                       "'`x`'",
                                       "'*'",
                                       "'~'",
                                       "'<&>'",
                                       "\"a b\"",
                                       "\"\\a\"",
                                       "\"\\$x\"",
                                       "\"\\\"\"",
                                       "\"\\\\\"",
                                       "\"'\"",
                                       "\"\\`\"",
                                       "\"*\"",
                                       "\"\\n\"",
                                       "\"#\"",
                                       "\"</x>\"",
                                       "\t'\t'",
                                       "é",
                                       "日本",
                                       "'\xf0\x9f\x90\xb3'",
                                       "\"\xe2\x80\xa8\"",
                                       "'\xe2\x80\x9c'",
                                       "\x01",
                                       "'\x7f'",
                                       "\"\x1b[0m\"",
                                       "\xc2\xa0",
                                       "c\\\n",
                                       "c\\\n  # hidden\n",
                                       "'a\\\nb'",
                                       "\xef\xbb\xbf",
                                       "\xef\xbf\xbd"};

constexpr std::string_view kBashParts[] = {"$'a'",
                                           "$'\\n\\t\\r'",
                                           "$'\\x41\\101\\u00e9'",
                                           "$'\\cA\\e\\a\\b\\f'",
                                           "$'\\''",
                                           "$'\\\"\\\\'",
                                           "$'\\U0001F433'",
                                           "$'\\q'",
                                           "$\"a b\"",
                                           "'{a,b}'",
                                           "\\{a,b}",
                                           "$'\\v\\x7f'"};

std::string RandomCommand(Random& random, bool bash) {
  std::string text;
  for (uint32_t words = 1 + random.Below(5); words > 0; --words) {
    text += ' ';
    for (uint32_t n = 1 + random.Below(4); n > 0; --n) {
      text += bash && random.Below(5) == 0
                  ? kBashParts[random.Below(std::size(kBashParts))]
                  : kParts[random.Below(std::size(kParts))];
    }
  }
  return text + " end";
}

std::optional<Argv> Decode(const std::string& json) {
  const auto array = nlohmann::json::parse(json, nullptr, false);
  if (!array.is_array()) return std::nullopt;
  return array.get<Argv>();
}

// What dfix makes of a file whose last instruction is a CMD; absent if it is
// left alone.
std::optional<Pair> Convert(const std::string& file) {
  static const Transform* transform = FindTransform("use-exec-form");
  const Report report = Fix(file, {Level::kReview, {transform}});
  EXPECT_TRUE(report.rollbacks.empty()) << file;
  if (report.fixed == file) return std::nullopt;
  const Document before = ParseDockerfile(file);
  const Document after = ParseDockerfile(report.fixed);
  const auto argv = Decode(Instructions(after).back().ArgumentText());
  if (!argv || argv->empty()) {
    ADD_FAILURE() << report.fixed;
    return std::nullopt;
  }
  return Pair{Instructions(before).back().ArgumentText(), *argv};
}

// The output of `shell` for a script in a file.
std::string Output(const std::string& shell, const std::string& script) {
  std::string name = (fs::temp_directory_path() / "dfix_exec_XXXXXX").string();
  const int file = mkstemp(name.data());
  if (file < 0) return "";
  std::ofstream(name, std::ios::binary) << script;
  FILE* pipe =
      popen(("LC_ALL=C.UTF-8 " + shell + " " + name + " 2>&1").c_str(), "r");
  std::string out;
  char buffer[65536];
  while (const size_t count = fread(buffer, 1, sizeof buffer, pipe)) {
    out.append(buffer, count);
  }
  pclose(pipe);
  fs::remove(name);
  return out;
}

bool HasProgram(const std::string& name) {
  return Output("sh", "command -v " + name) != "";
}

// What a stub that prints its count of arguments and each of them with a NUL
// behind it prints for all of `pairs`.
std::string Expected(const std::vector<Pair>& pairs) {
  std::string out;
  for (const Pair& pair : pairs) {
    out += std::to_string(pair.argv.size() - 1) + '\0';
    for (size_t i = 1; i < pair.argv.size(); ++i) out += pair.argv[i] + '\0';
  }
  return out;
}

void ExpectSame(const std::string& expected, const std::string& found) {
  if (expected == found) return;
  const size_t at =
      static_cast<size_t>(std::mismatch(expected.begin(), expected.end(),
                                        found.begin(), found.end())
                              .first -
                          expected.begin());
  const size_t begin = at < 60 ? 0 : at - 60;
  ADD_FAILURE() << "expected " << expected.substr(begin, 120) << "\nfound "
                << found.substr(begin, 120);
}

// Commands of a program `prog` that dfix converts, and their argv.
std::vector<Pair> RandomPairs(size_t count, bool bash, std::string_view prefix,
                              uint64_t seed) {
  const std::string head =
      bash ? "FROM debian:12\nSHELL [\"/bin/bash\", \"-c\"]\nCMD "
           : "FROM debian:12\nCMD ";
  Random random(seed);
  std::vector<Pair> pairs;
  for (size_t tries = 0; pairs.size() < count && tries < 4 * count; ++tries) {
    const std::string command =
        std::string(prefix) + "prog" + RandomCommand(random, bash) + "\n";
    if (auto pair = Convert(head + command)) pairs.push_back(*std::move(pair));
  }
  EXPECT_EQ(pairs.size(), count);
  return pairs;
}

void CompareByFunction(const std::string& shell) {
  const auto pairs = RandomPairs(50000, shell == "bash", "", 11);
  std::string script = "prog() { printf '%s\\0' $# \"$@\"; }\n";
  for (const Pair& pair : pairs) {
    EXPECT_EQ(pair.argv[0], "prog");
    script += pair.text + "\n";
  }
  ExpectSame(Expected(pairs), Output(shell, script));
}

// The same with a program of its own, which `exec` can start, too.
void CompareByProgram(const std::string& shell) {
  std::string folder =
      (fs::temp_directory_path() / "dfix_stub_XXXXXX").string();
  ASSERT_NE(mkdtemp(folder.data()), nullptr);
  const fs::path program = fs::path(folder) / "prog";
  std::ofstream(program) << "#!/bin/sh\nprintf '%s\\0' $# \"$@\"\n";
  fs::permissions(program, fs::perms::owner_all);
  auto pairs = RandomPairs(200, shell == "bash", "exec ", 12);
  for (Pair& pair : RandomPairs(200, shell == "bash", "", 13)) {
    pairs.push_back(std::move(pair));
  }
  std::string script = "PATH=" + folder + ":$PATH\n";
  for (const Pair& pair : pairs) script += "(\n" + pair.text + "\n)\n";
  ExpectSame(Expected(pairs), Output(shell, script));
  fs::remove_all(folder);
}

TEST(ExecForm, StartsWhatDashStarts) {
  if (!HasProgram("dash")) GTEST_SKIP() << "no dash";
  CompareByFunction("dash");
}

TEST(ExecForm, StartsWhatBashStarts) {
  if (!HasProgram("bash")) GTEST_SKIP() << "no bash";
  CompareByFunction("bash");
}

TEST(ExecForm, StartsTheProgramThatDashStarts) {
  if (!HasProgram("dash")) GTEST_SKIP() << "no dash";
  CompareByProgram("dash");
}

TEST(ExecForm, StartsTheProgramThatBashStarts) {
  if (!HasProgram("bash")) GTEST_SKIP() << "no bash";
  CompareByProgram("bash");
}

// Whatever follows CMD: the result parses, keeps comments (the engine checks
// both) and stays as it is in a second run.
TEST(ExecForm, SettlesWhateverIsThere) {
  constexpr std::string_view kPieces[] = {
      "a",  "b.sh",    " ",     " ",         "[",           "]",     "\"",
      "\"", "'",       "'",     ",",         ", ",          "#",     " # c",
      "“",  "”",       "‘",     "’",         "\\",          "\\\n",  "$x",
      "&&", ";",       "&",     ">f",        "|",           "exec ", "(",
      ")",  "\"a b\"", "['a']", "\\\n# d\n", "{{x}}",       "\t",    "--f ",
      "~",  "*",       "\r",    "\xff",      "\"a\", \"b\""};
  constexpr std::string_view kStarts[] = {"CMD ", "ENTRYPOINT ", "  cmd ",
                                          "ONBUILD CMD ", "HEALTHCHECK CMD "};
  const EngineOptions options = {
      Level::kBold,
      {FindTransform("keep-last-cmd"), FindTransform("use-exec-form")}};
  Random random(14);
  size_t changed = 0;
  for (int i = 0; i < 40000; ++i) {
    std::string file = "FROM debian:12\n";
    for (uint32_t lines = 1 + random.Below(2); lines > 0; --lines) {
      file += kStarts[random.Below(std::size(kStarts))];
      for (uint32_t n = 1 + random.Below(8); n > 0; --n) {
        file += kPieces[random.Below(std::size(kPieces))];
      }
      if (lines > 1 || random.Below(4) > 0) file += '\n';
    }
    const Report report = Fix(file, options);
    ASSERT_TRUE(report.rollbacks.empty()) << file << "\n"
                                          << report.rollbacks[0].reason;
    ASSERT_TRUE(report.settled) << file;
    ASSERT_EQ(Fix(report.fixed, options).fixed, report.fixed) << file;
    changed += report.fixed != file;
  }
  EXPECT_GT(changed, 4000U);
}

std::string Read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

// The arguments of a CMD, an ENTRYPOINT or a HEALTHCHECK CMD.
std::string CommandText(const Instruction& instruction) {
  std::string text = instruction.ArgumentText();
  if (instruction.Keyword() != "HEALTHCHECK") return text;
  return text.substr(std::min(text.find_first_not_of(" \t", 3), text.size()));
}

// The commands of a file that were converted and not repaired. The changes are
// the instructions' order, so those of both texts go side by side.
void AddConverted(const std::string& file, std::vector<Pair>& pairs) {
  const Report report =
      Fix(file, {Level::kReview, {FindTransform("use-exec-form")}});
  if (report.fixed == file) return;
  const Document before = ParseDockerfile(file);
  const Document after = ParseDockerfile(report.fixed);
  const auto old_ones = Instructions(before);
  const auto new_ones = Instructions(after);
  ASSERT_EQ(old_ones.size(), new_ones.size());
  for (size_t i = 0; i < old_ones.size(); ++i) {
    if (old_ones[i].is_json() == new_ones[i].is_json()) continue;
    const std::string text = CommandText(old_ones[i]);
    const auto argv = Decode(CommandText(new_ones[i]));
    ASSERT_TRUE(argv.has_value()) << report.fixed;
    const bool repaired = text[0] == '[' || text.find("\",") != text.npos ||
                          (text[0] == '"' && argv->size() > 1);
    if (!repaired) pairs.push_back({text, *argv});
  }
}

// Each converted command of the corpus, as the arguments of `set`.
TEST(ExecForm, StartsWhatTheCorpusStarts) {
  const char* given = std::getenv("DFIX_SHARED");
  const fs::path files =
      fs::path(given != nullptr ? given
                                : std::string(DFIX_SOURCE_DIR) + "/../shared") /
      "corpus" / "files";
  if (!fs::exists(files)) GTEST_SKIP() << "no corpus";
  std::vector<Pair> pairs;
  for (const auto& entry : fs::recursive_directory_iterator(files)) {
    if (entry.is_regular_file()) AddConverted(Read(entry.path()), pairs);
  }
  EXPECT_GT(pairs.size(), 20U);
  for (const std::string shell : {"dash", "bash"}) {
    if (!HasProgram(shell)) continue;
    std::string script;
    for (Pair& pair : pairs) {
      script += "set -- " + pair.text +
                "\n[ \"$1\" = exec ] && shift\nprintf '%s\\0' $# \"$@\"\n";
    }
    std::string expected;
    for (const Pair& pair : pairs) {
      expected += std::to_string(pair.argv.size()) + '\0';
      for (const std::string& word : pair.argv) expected += word + '\0';
    }
    ExpectSame(expected, Output(shell, script));
  }
}

}  // namespace
}  // namespace dfix
