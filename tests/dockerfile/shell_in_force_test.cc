#include "src/dockerfile/shell_in_force.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace dfix {
namespace {

ShellDialect Dialect(const std::vector<std::string>& shell) {
  return DialectOfShell(shell);
}

TEST(DialectOfShell, KnowsShellsByProgram) {
  EXPECT_EQ(Dialect({"/bin/sh", "-c"}), ShellDialect::kPosix);
  EXPECT_EQ(Dialect({"/bin/ash", "-eo", "pipefail", "-c"}),
            ShellDialect::kPosix);
  EXPECT_EQ(Dialect({"busybox", "sh", "-c"}), ShellDialect::kPosix);
  EXPECT_EQ(Dialect({"/bin/bash", "-o", "pipefail", "-c"}),
            ShellDialect::kBash);
  EXPECT_EQ(Dialect({"/usr/bin/env", "bash", "-euxo", "pipefail", "-c"}),
            ShellDialect::kBash);
  EXPECT_EQ(Dialect({"bash", "--login", "-c"}), ShellDialect::kBash);
  EXPECT_EQ(Dialect({"conda", "run", "-n", "x", "/bin/bash", "-c"}),
            ShellDialect::kBash);
}

TEST(DialectOfShell, LeavesOthersUnread) {
  for (const std::vector<std::string>& shell :
       std::vector<std::vector<std::string>>{{"powershell", "-Command"},
                                             {"cmd", "/S", "/C"},
                                             {"pwsh", "-c"},
                                             {"zsh", "-c"},
                                             {"ksh", "-c"},
                                             {"python3", "-c"},
                                             {"conda", "run", "-n", "x"},
                                             {}}) {
    EXPECT_EQ(Dialect(shell), ShellDialect::kNone);
  }
}

TEST(DialectOfShell, NeedsTheScriptAsArgumentOfC) {
  EXPECT_EQ(Dialect({"/bin/bash"}), ShellDialect::kNone);
  EXPECT_EQ(Dialect({"/bin/bash", "-c", "exec"}), ShellDialect::kNone);
  EXPECT_EQ(Dialect({"/bin/bash", "-c", "-o"}), ShellDialect::kNone);
}

TEST(ShellInForce, IsResetByFrom) {
  ShellInForce shell;
  shell.OnFrom("debian", "", "");
  shell.OnShell(std::vector<std::string>{"bash", "-c"});
  EXPECT_EQ(shell.dialect(), ShellDialect::kBash);
  shell.OnFrom("debian", "", "");
  EXPECT_EQ(shell.dialect(), ShellDialect::kPosix);
}

TEST(ShellInForce, IsInheritedFromLocalStage) {
  ShellInForce shell;
  shell.OnFrom("debian", "", "Base");
  shell.OnShell(std::vector<std::string>{"bash", "-c"});
  shell.OnFrom("debian", "", "");
  shell.OnFrom("base", "", "");
  EXPECT_EQ(shell.dialect(), ShellDialect::kBash);
}

TEST(ShellInForce, LeavesWindowsUnread) {
  for (const char* image :
       {"mcr.microsoft.com/windows/servercore:ltsc2022", "x/y:nanoserver-1809",
        "mcr.microsoft.com/dotnet/framework/sdk:4.8", "node:20-windows",
        "microsoft/windowsservercore", "${R}/windows/server"}) {
    ShellInForce shell;
    shell.OnFrom(image, "", "");
    EXPECT_EQ(shell.dialect(), ShellDialect::kNone) << image;
  }
}

TEST(ShellInForce, ReadsBaseFromGlobalArgument) {
  ShellInForce shell;
  shell.OnArg("tag=ltsc2019");
  shell.OnArg("base=\"mcr.microsoft.com/x:$tag\"");
  shell.OnFrom("${base}", "", "");
  EXPECT_EQ(shell.dialect(), ShellDialect::kNone);
}

TEST(ShellInForce, TakesBacktickForWindowsUnlessBaseIsForLinux) {
  ShellInForce shell('`');
  shell.OnFrom("x/y", "", "");
  EXPECT_EQ(shell.dialect(), ShellDialect::kNone);
  shell.OnFrom("debian", "", "");
  EXPECT_EQ(shell.dialect(), ShellDialect::kPosix);
  shell.OnFrom("x/y", "", "");
  shell.OnShell(std::vector<std::string>{"/bin/sh", "-c"});
  EXPECT_EQ(shell.dialect(), ShellDialect::kPosix);
}

TEST(ShellInForce, TakesDriveLetterForWindows) {
  ShellInForce shell;
  shell.OnFrom("x/y", "", "");
  shell.OnWorkdir("C:\\a");
  EXPECT_EQ(shell.dialect(), ShellDialect::kNone);
}

TEST(ShellInForce, FollowsCommentOfHadolint) {
  ShellInForce shell;
  shell.OnFrom("x/y", "", "");
  shell.OnComment("# hadolint shell=pwsh");
  EXPECT_EQ(shell.dialect(), ShellDialect::kNone);
  shell.OnComment("#hadolint shell=bash");
  EXPECT_EQ(shell.dialect(), ShellDialect::kBash);
  shell.OnFrom("x/y", "", "");
  EXPECT_EQ(shell.dialect(), ShellDialect::kPosix);
}

TEST(ShellInForce, TakesFirstCommentOfHadolintForAllStages) {
  ShellInForce shell;
  shell.OnComment("# hadolint shell=powershell");
  shell.OnFrom("x/y", "", "");
  shell.OnFrom("x/z", "", "");
  EXPECT_EQ(shell.dialect(), ShellDialect::kNone);
}

}  // namespace
}  // namespace dfix
