#include "src/config/runtime_image_reader.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "src/config/config_file.h"

namespace dfix {
namespace {

std::string ErrorIn(const std::string& fields) {
  const auto table =
      ParseRuntimeImages("runtime-images:\n- {" + fields + "}\n", "c.yaml");
  return table ? "none" : table.error().message;
}

TEST(RuntimeImageReader, ReadsAnEntryForEachBuilder) {
  const auto table = ParseRuntimeImages(
      "runtime-images:\n"
      "- {builder: [rust, golang], tags: ['*slim*'], needs: libc,\n"
      "   image: 'r.local:5000/run:{release}', family: debian,\n"
      "   oldest: bullseye}\n",
      "c.yaml");
  ASSERT_TRUE(table) << table.error().message;
  ASSERT_EQ(table->rows().size(), 2u);
  EXPECT_EQ(table->rows()[0].builder, "golang");
  EXPECT_EQ(table->rows()[1].builder, "rust");
  EXPECT_EQ(table->rows()[1].tags[0], "*slim*");
  EXPECT_EQ(table->rows()[1].needs, RuntimeNeed::kLibc);
  EXPECT_EQ(table->rows()[1].image, "r.local:5000/run:{release}");
  EXPECT_EQ(table->rows()[1].family, "debian");
  EXPECT_EQ(table->rows()[1].oldest, "bullseye");
}

TEST(RuntimeImageReader, RefusesWhatItDoesNotUnderstand) {
  EXPECT_EQ(ErrorIn("builder: a, needs: libc"),
            "c.yaml:2:3: runtime-images: field `image` is missing (expected "
            "it)");
  EXPECT_EQ(ErrorIn("builder: a, needs: all, image: b"),
            "c.yaml:2:23: runtime-images: unknown name `all` (expected "
            "nothing, libc, system, interpreter, web, java, dotnet, aspnet, "
            "dotnet-deps)");
  EXPECT_NE(ErrorIn("builder: a, needs: java, image: b, tag: (a+)+")
                .find("unknown field `tag`"),
            std::string::npos);
  EXPECT_NE(ErrorIn("builder: a, needs: libc, image: b, family: plan9")
                .find("unknown name `plan9` (expected alpine, "),
            std::string::npos);
  EXPECT_NE(ErrorIn("builder: a, needs: libc, image: b, oldest: 12")
                .find("unknown name `12` (expected stretch, "),
            std::string::npos);
  for (const char* image : {"'b c'", "'{a}'", "'${B}'", "--platform=x"}) {
    EXPECT_NE(ErrorIn(std::string("builder: a, needs: libc, image: ") + image)
                  .find("bad image"),
              std::string::npos)
        << image;
  }
}

TEST(RuntimeImageReader, OneOnTopCountsFirst) {
  auto table = ParseRuntimeImages(
      "runtime-images:\n- {builder: gcc, needs: system, image: mine}\n"
      "- {builder: golang, tags: ['1.*'], needs: libc, image: mine}\n",
      "c.yaml");
  ASSERT_TRUE(table) << table.error().message;
  table->PutOnTopOf(RuntimeEntries());
  // The first leaves nothing for the one that is built in to do.
  EXPECT_EQ(table->rows().size(), RuntimeEntries().size() + 1);
  EXPECT_EQ(table->rows()[0].image, "mine");
}

std::string_view ReleaseName(std::string_view reference) {
  const Release* release = ReleaseOf(reference);
  return release == nullptr ? "-" : release->name;
}

TEST(RuntimeEntry, KnowsTheReleaseThatAnImageIsBuiltOn) {
  EXPECT_EQ(ReleaseName("golang:1.22"), "bookworm");
  EXPECT_EQ(ReleaseName("golang:1.9.7"), "bookworm");
  EXPECT_EQ(ReleaseName("docker.io/library/golang:1.22-bullseye"), "bullseye");
  EXPECT_EQ(ReleaseName("golang:1.25"), "trixie");
  EXPECT_EQ(ReleaseName("golang:1"), "trixie");
  EXPECT_EQ(ReleaseName("golang"), "trixie");
  EXPECT_EQ(ReleaseName("golang:1.22-alpine"), "-");
  EXPECT_EQ(ReleaseName("golang:1.22-nanoserver"), "-");
  EXPECT_EQ(ReleaseName("rust:1.88.0"), "bookworm");
  EXPECT_EQ(ReleaseName("gcc:12.2"), "bookworm");
  EXPECT_EQ(ReleaseName("debian:12.5-slim"), "bookworm");
  EXPECT_EQ(ReleaseName("debian:12"), "bookworm");
  EXPECT_EQ(ReleaseName("debian:120"), "-");
  EXPECT_EQ(ReleaseName("ubuntu:12.04"), "-");
  EXPECT_EQ(ReleaseName("gcr.io/distroless/cc-debian11"), "bullseye");
  EXPECT_EQ(ReleaseName("registry.local/run:1"), "-");
}

}  // namespace
}  // namespace dfix
