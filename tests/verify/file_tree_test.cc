#include "src/verify/file_tree.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace dfix {
namespace {

namespace fs = std::filesystem;

// A folder with files of all sorts, as tar writes it in one of its formats.
class TarFormats : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    std::string name = fs::temp_directory_path() / "dfix-tar-XXXXXX";
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
    Write("empty", "");
    Write("etc/config", "one");
    Write("block", std::string(512, 'x'));
    Write("large", std::string(100000, 'y'));
    Write(LongPath(), "deep");
    fs::create_symlink(LongPath(), folder_ / "in/long-link");
    fs::create_symlink("config", folder_ / "in/etc/link");
    fs::permissions(folder_ / "in/etc/config", fs::perms(0640));
  }
  void TearDown() override { fs::remove_all(folder_); }

  static std::string LongPath() {
    std::string path;
    for (int i = 0; i < 20; ++i) path += "a-folder-with-a-long-name/";
    return path + "file";
  }

  void Write(const std::string& path, const std::string& text) {
    fs::create_directories((folder_ / "in" / path).parent_path());
    std::ofstream(folder_ / "in" / path) << text;
  }

  std::string Tar() {
    const std::string out = (folder_ / "out.tar").string();
    const std::string command = std::string("tar --format=") + GetParam() +
                                " -C '" + (folder_ / "in").string() +
                                "' -cf '" + out + "' .";
    EXPECT_EQ(std::system(command.c_str()), 0);
    std::ostringstream text;
    text << std::ifstream(out, std::ios::binary).rdbuf();
    return text.str();
  }

  fs::path folder_;
};

TEST_P(TarFormats, AreReadInPiecesOfAnySize) {
  const std::string tar = Tar();
  for (const size_t size : {size_t{1}, size_t{511}, size_t{513}, tar.size()}) {
    TarReader reader;
    for (size_t at = 0; at < tar.size(); at += size) {
      reader.Read(std::string_view(tar).substr(at, size));
    }
    EXPECT_TRUE(reader.complete());
    FileTree& files = reader.files();
    EXPECT_EQ(files["empty"].size, 0U);
    EXPECT_EQ(files["large"].size, 100000U);
    EXPECT_EQ(files["etc/config"].mode, 0640U);
    EXPECT_EQ(files["etc"].type, '5');
    EXPECT_EQ(files["etc/link"].type, '2');
    EXPECT_EQ(files.count(LongPath()), 1U);
    EXPECT_EQ(files[LongPath()].size, 4U);
    EXPECT_EQ(files.count(""), 0U);
  }
}

TEST_P(TarFormats, TellContentsApart) {
  TarReader before;
  before.Read(Tar());
  Write("etc/config", "two");
  fs::remove(folder_ / "in/etc/link");
  fs::create_symlink("other", folder_ / "in/etc/link");
  TarReader after;
  after.Read(Tar());
  EXPECT_NE(before.files()["etc/config"], after.files()["etc/config"]);
  EXPECT_NE(before.files()["etc/link"], after.files()["etc/link"]);
  EXPECT_EQ(before.files()["large"], after.files()["large"]);
}

INSTANTIATE_TEST_SUITE_P(TarReader, TarFormats, testing::Values("gnu", "pax"));

TEST(TarReader, NoticesWhatIsNoTar) {
  TarReader text;
  text.Read(std::string(2000, 'x'));
  EXPECT_FALSE(text.complete());
  TarReader nothing;
  EXPECT_FALSE(nothing.complete());
}

}  // namespace
}  // namespace dfix
