#include "tests/cli/command_support.h"

#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

namespace dfix {

namespace fs = std::filesystem;

const std::string_view kPoor =
    "FROM debian:12\n"
    "# what the program needs\n"
    "RUN apt-get update && apt-get install --no-install-recommends curl && rm "
    "-rf /var/lib/apt/lists/*\n";
const std::string_view kFixed =
    "FROM debian:12\n"
    "# what the program needs\n"
    "RUN apt-get update && apt-get install -y --no-install-recommends curl && "
    "rm -rf /var/lib/apt/lists/*\n";
const std::string_view kBroken = "FROM debian:12\nRUN <<EOF\nnever closed\n";

namespace {

std::string Slurp(const fs::path& path) {
  std::ostringstream out;
  out << std::ifstream(path, std::ios::binary).rdbuf();
  return out.str();
}

std::string QuoteForShell(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'') {
      out += "'\\''";
    } else {
      out += c;
    }
  }
  return out + '\'';
}

}  // namespace

void CommandTest::SetUp() {
  std::string name = fs::temp_directory_path() / "dfix-cli-XXXXXX";
  ASSERT_NE(mkdtemp(name.data()), nullptr);
  folder_ = fs::canonical(name) / "here";
  fs::create_directory(folder_);
}

void CommandTest::TearDown() { fs::remove_all(folder_.parent_path()); }

CommandResult CommandTest::Shell(const std::string& line,
                                 std::string_view input) {
  const fs::path top = folder_.parent_path();
  std::ofstream(top / "input", std::ios::binary) << input;
  std::ofstream(top / "script", std::ios::binary)
      << "unset NO_COLOR FORCE_COLOR\ndfix() { '" DFIX_PROGRAM "' \"$@\"; }\n"
      << "cd " << QuoteForShell(folder_.string()) << " || exit 99\n"
      << line << '\n';
  const std::string place = QuoteForShell(top.string());
  const int status =
      std::system(("sh " + place + "/script <" + place + "/input >" + place +
                   "/out 2>" + place + "/error")
                      .c_str());
  CommandResult result = {Slurp(top / "out"), Slurp(top / "error"), -1};
  result.status =
      WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return result;
}

CommandResult CommandTest::Dfix(const std::vector<std::string>& arguments,
                                std::string_view input) {
  std::string line = "dfix";
  for (const std::string& argument : arguments) {
    line += ' ' + QuoteForShell(argument);
  }
  return Shell(line, input);
}

void CommandTest::Write(const fs::path& path, std::string_view text) {
  fs::create_directories((folder_ / path).parent_path());
  std::ofstream(folder_ / path, std::ios::binary) << text;
}

std::string CommandTest::Read(const fs::path& path) {
  return Slurp(folder_ / path);
}

}  // namespace dfix
