#include "src/facts/base_image.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "src/dockerfile/parser.h"

namespace dfix {
namespace {

// The name of the family of an image; `-` if it is not known.
std::string_view FamilyOf(std::string_view reference) {
  const BaseImage* image = FindBaseImage(reference);
  return image == nullptr || image->family == nullptr ? "-"
                                                      : image->family->name;
}

// What the last stage of a file is based on.
struct LastStage {
  explicit LastStage(std::string text)
      : document(ParseDockerfile(std::move(text))), facts(document) {}

  uint32_t index() const {
    return static_cast<uint32_t>(facts.stages().size() - 1);
  }
  const BaseImage* image() const { return BaseImageOf(facts, index()); }
  bool is_variable() const { return BaseImageIsVariable(facts, index()); }

  Document document;
  Facts facts;
};

TEST(BaseImage, IsKnownByAnyNameOfDockerHub) {
  for (const std::string_view reference :
       {"debian", "debian:12", "library/debian", "docker.io/library/debian:12",
        "docker.io/debian", "debian@sha256:0", "debian:12@sha256:0",
        "arm64v8/debian:12", "public.ecr.aws/docker/library/debian:12",
        "mirror.gcr.io/library/debian"}) {
    const BaseImage* image = FindBaseImage(reference);
    ASSERT_NE(image, nullptr) << reference;
    EXPECT_EQ(image->name, "debian") << reference;
    EXPECT_EQ(image->entrypoint, BaseEntrypoint::kNone) << reference;
  }
}

TEST(BaseImage, OfAnotherNameOrHostIsNotKnown) {
  EXPECT_EQ(FindBaseImage("company/debian"), nullptr);
  EXPECT_EQ(FindBaseImage("localhost:5000/debian"), nullptr);
  EXPECT_EQ(FindBaseImage("example.com/library/debian:12"), nullptr);
  EXPECT_EQ(FindBaseImage("debian-base"), nullptr);
  EXPECT_EQ(FindBaseImage(""), nullptr);
}

TEST(BaseImage, TagDecidesTheFamily) {
  EXPECT_EQ(FamilyOf("python:3.12-slim"), "debian");
  EXPECT_EQ(FamilyOf("python:3.12-alpine3.20"), "alpine");
  EXPECT_EQ(FamilyOf("python:3.12-windowsservercore-ltsc2022"), "windows");
  EXPECT_EQ(FamilyOf("openjdk:8-jre"), "debian");
  EXPECT_EQ(FamilyOf("openjdk:17-jdk-slim"), "debian");
  EXPECT_EQ(FamilyOf("openjdk:17"), "rhel-minimal");
  EXPECT_EQ(FamilyOf("openjdk:8-jdk-alpine"), "alpine");
  EXPECT_EQ(FamilyOf("eclipse-temurin:21-jre"), "ubuntu");
  EXPECT_EQ(FamilyOf("eclipse-temurin:21-ubi9-minimal"), "rhel-minimal");
  EXPECT_EQ(FamilyOf("centos:7"), "rhel");
  EXPECT_EQ(FamilyOf("rockylinux:9-minimal"), "rhel-minimal");
}

TEST(BaseImage, DigestWithoutATagDoesNotTellTheFamily) {
  EXPECT_EQ(FamilyOf("python@sha256:0"), "-");
  EXPECT_EQ(FamilyOf("python:3.12-alpine@sha256:0"), "alpine");
  EXPECT_EQ(FamilyOf("alpine@sha256:0"), "alpine");
}

TEST(BaseImage, LongestGlobCounts) {
  EXPECT_EQ(FindBaseImage("gcr.io/distroless/static-debian12")->entrypoint,
            BaseEntrypoint::kNone);
  EXPECT_EQ(FindBaseImage("gcr.io/distroless/python3-debian12")->entrypoint,
            BaseEntrypoint::kUnknown);
}

TEST(BaseImage, KnowsUsersThatImagesShip) {
  EXPECT_EQ(FindBaseImage("node:20")->program_user, "node");
  EXPECT_EQ(FindUser(*FindBaseImage("node:20-alpine"), "node")->uid, 1000);
  EXPECT_EQ(FindUser(*FindBaseImage("postgres:16"), "postgres")->uid, 999);
  EXPECT_EQ(FindUser(*FindBaseImage("postgres:16-alpine"), "postgres")->uid,
            70);
  EXPECT_EQ(FindUser(*FindBaseImage("debian"), "www-data")->uid, 33);
  EXPECT_EQ(FindUser(*FindBaseImage("debian"), "app"), nullptr);
}

TEST(BaseImage, DotNetHasItsUserFromVersion8On) {
  const auto user = [](std::string_view tag) {
    return FindBaseImage("mcr.microsoft.com/dotnet/aspnet:" + std::string(tag))
        ->program_user;
  };
  EXPECT_EQ(user("8.0"), "app");
  EXPECT_EQ(user("9.0-alpine"), "app");
  EXPECT_EQ(user("6.0"), "");
  EXPECT_EQ(user("7.0-alpine"), "");
}

TEST(BaseImage, KnowsWhoImagesRunAs) {
  EXPECT_EQ(FindBaseImage("gcr.io/distroless/base:nonroot")->runs_as, "65532");
  EXPECT_EQ(FindBaseImage("gcr.io/distroless/base")->runs_as, "");
  EXPECT_EQ(FindBaseImage("jenkins/jenkins:lts")->runs_as, "jenkins");
  EXPECT_FALSE(FindBaseImage("nginx:alpine")->starts_as_root.empty());
  EXPECT_FALSE(FindBaseImage("php:8.3-apache")->starts_as_root.empty());
  EXPECT_TRUE(FindBaseImage("php:8.3-cli")->starts_as_root.empty());
  EXPECT_EQ(FindBaseImage("nginx")->unprivileged,
            "nginxinc/nginx-unprivileged");
}

TEST(BaseImage, IsFoundThroughArgumentsAndLocalStages) {
  const LastStage stage(
      "ARG VERSION=20\nFROM node:${VERSION}-alpine AS base\nFROM base AS app\n"
      "FROM app\n");
  ASSERT_NE(stage.image(), nullptr);
  EXPECT_EQ(stage.image()->family->name, "alpine");
  EXPECT_FALSE(stage.is_variable());
}

TEST(BaseImage, NameMayComeFromAnArgument) {
  EXPECT_TRUE(LastStage("ARG BASE=debian:12\nFROM ${BASE}\n").is_variable());
  EXPECT_TRUE(LastStage("FROM ${BASE:-debian:12}\n").is_variable());
  EXPECT_TRUE(LastStage("FROM ${HUB}/debian:12\n").is_variable());
  EXPECT_FALSE(LastStage("FROM debian:${TAG:-12}\n").is_variable());
  EXPECT_FALSE(LastStage("FROM debian\n").is_variable());
  EXPECT_EQ(LastStage("FROM ${BASE}\n").image(), nullptr);
}

TEST(BaseImage, TablesAreConsistent) {
  for (const BaseImage& image : BaseImages()) {
    if (!image.program_user.empty()) {
      EXPECT_NE(FindUser(image, image.program_user), nullptr) << image.name;
    }
    const bool runs_by_name =
        !image.runs_as.empty() &&
        image.runs_as.find_first_not_of("0123456789") != image.runs_as.npos;
    if (runs_by_name) {
      EXPECT_NE(FindUser(image, image.runs_as), nullptr) << image.name;
    }
    EXPECT_TRUE(image.runs_as.empty() || image.starts_as_root.empty())
        << image.name;
  }
  for (const ImageFamily& family : ImageFamilies()) {
    EXPECT_EQ(family.tools == UserTools::kNone,
              family.nologin.empty() || !family.tools_package.empty())
        << family.name;
  }
}

}  // namespace
}  // namespace dfix
