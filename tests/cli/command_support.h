// Runs the built program in a folder of its own.
#ifndef DFIX_TESTS_CLI_COMMAND_SUPPORT_H_
#define DFIX_TESTS_CLI_COMMAND_SUPPORT_H_

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace dfix {

struct CommandResult {
  std::string out;
  std::string error;
  int status = -1;  // 128 and the signal for one that was killed.
};

// A test with a temporary folder, which is the current one of what it runs.
class CommandTest : public testing::Test {
 protected:
  void SetUp() override;
  void TearDown() override;

  // Runs dfix with these arguments.
  CommandResult Dfix(const std::vector<std::string>& arguments,
                     std::string_view input = "");
  // Runs a line of shell; `dfix` in it is the program.
  CommandResult Shell(const std::string& line, std::string_view input = "");

  void Write(const std::filesystem::path& path, std::string_view text);
  std::string Read(const std::filesystem::path& path);
  const std::filesystem::path& folder() const { return folder_; }

 private:
  std::filesystem::path folder_;
};

// A file that has something to change at the default level, and what becomes
// of it. Exactly one change.
extern const std::string_view kPoor;
extern const std::string_view kFixed;
// A file that BuildKit refuses.
extern const std::string_view kBroken;

}  // namespace dfix

#endif  // DFIX_TESTS_CLI_COMMAND_SUPPORT_H_
