#include "src/cli/file_io.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>

#include "tests/cli/command_support.h"

namespace dfix {
namespace {

namespace fs = std::filesystem;

class FileIo : public CommandTest {
 protected:
  std::string At(const std::string& name) { return folder() / name; }
  size_t FileCount() {
    return static_cast<size_t>(std::distance(fs::directory_iterator(folder()),
                                             fs::directory_iterator()));
  }
};

TEST_F(FileIo, ReadsEveryByte) {
  const std::string text("a\0b\xff\r\n", 6);
  Write("x", text);
  EXPECT_EQ(*ReadFile(At("x")), text);
  Write("empty", "");
  EXPECT_EQ(*ReadFile(At("empty")), "");
  const std::string large(300000, 'x');
  Write("large", large);
  EXPECT_EQ(*ReadFile(At("large")), large);
}

TEST_F(FileIo, SaysWhatItCannotRead) {
  EXPECT_EQ(ReadFile(At(".")).error().message, "is a directory");
  EXPECT_EQ(ReadFile(At("missing")).error().message,
            "no such file or directory");
  Write("huge", "");
  if (truncate(At("huge").c_str(), off_t{1} << 32) == 0) {
    EXPECT_EQ(ReadFile(At("huge")).error().message, "file of 4 GiB or more");
  }
}

TEST_F(FileIo, KeepsTheMode) {
  Write("x", "old");
  for (const mode_t mode : {0600U, 0664U, 0755U}) {
    chmod(At("x").c_str(), mode);
    const std::string old_text = Read("x");
    ASSERT_TRUE(ReplaceFile(At("x"), old_text, old_text + "!").ok());
    struct stat info;
    ASSERT_EQ(stat(At("x").c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 07777, mode);
  }
  EXPECT_EQ(Read("x"), "old!!!");
  EXPECT_EQ(FileCount(), 1U);
}

TEST_F(FileIo, KeepsTheOwner) {
  if (geteuid() != 0) GTEST_SKIP() << "only root gives files away";
  Write("x", "old");
  ASSERT_EQ(chown(At("x").c_str(), 1234, 4321), 0);
  ASSERT_TRUE(ReplaceFile(At("x"), "old", "new").ok());
  struct stat info;
  ASSERT_EQ(stat(At("x").c_str(), &info), 0);
  EXPECT_EQ(info.st_uid, 1234U);
  EXPECT_EQ(info.st_gid, 4321U);
}

TEST_F(FileIo, KeepsExtendedAttributes) {
  Write("x", "old");
  if (setxattr(At("x").c_str(), "user.dfix", "1", 1, 0) != 0) GTEST_SKIP();
  ASSERT_TRUE(ReplaceFile(At("x"), "old", "new").ok());
  char value = 0;
  EXPECT_EQ(getxattr(At("x").c_str(), "user.dfix", &value, 1), 1);
}

TEST_F(FileIo, WritesThroughLinks) {
  Write("real/x", "old");
  fs::create_symlink("real/x", At("link"));
  ASSERT_TRUE(ReplaceFile(At("link"), "old", "new").ok());
  EXPECT_TRUE(fs::is_symlink(At("link")));
  EXPECT_EQ(Read("real/x"), "new");
}

TEST_F(FileIo, RefusesAFileThatChanged) {
  Write("x", "older");
  const Result<Done> done = ReplaceFile(At("x"), "old", "new");
  ASSERT_FALSE(done.ok());
  EXPECT_EQ(done.error().message, "changed since it was read; not written");
  EXPECT_EQ(Read("x"), "older");
  EXPECT_EQ(FileCount(), 1U);
}

TEST_F(FileIo, RefusesWhatIsNotAFile) {
  EXPECT_FALSE(ReplaceFile(At("missing"), "", "new").ok());
  EXPECT_FALSE(ReplaceFile("/dev/null", "", "new").ok());
  EXPECT_EQ(FileCount(), 0U);
}

TEST_F(FileIo, LeavesAReadOnlyFileAndFolderAlone) {
  if (geteuid() == 0) GTEST_SKIP() << "root writes everything";
  Write("sub/x", "old");
  chmod(At("sub/x").c_str(), 0444);
  EXPECT_FALSE(ReplaceFile(At("sub/x"), "old", "new").ok());
  chmod(At("sub/x").c_str(), 0644);
  chmod(At("sub").c_str(), 0555);
  EXPECT_FALSE(ReplaceFile(At("sub/x"), "old", "new").ok());
  chmod(At("sub").c_str(), 0755);
  EXPECT_EQ(Read("sub/x"), "old");
}

}  // namespace
}  // namespace dfix
