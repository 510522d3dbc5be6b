#include "src/facts/runtime_image.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>

#include "src/equivalence/runtimes.h"

namespace dfix {
namespace {

// The image to run on; `-` for one that is not known, `?` if `reference` is no
// image to build with that is known.
std::string On(std::string_view reference) {
  const auto image = FindRuntimeImage(reference);
  if (!image) return "?";
  return image->rule == nullptr ? "-" : image->on;
}

TEST(RuntimeImage, HasTheVendorVersionAndDistributionOfTheOther) {
  constexpr std::pair<std::string_view, std::string_view> kImages[] = {
      {"eclipse-temurin:17", "eclipse-temurin:17-jre"},
      {"eclipse-temurin:17-jdk", "eclipse-temurin:17-jre"},
      {"eclipse-temurin:21-jdk-alpine", "eclipse-temurin:21-jre-alpine"},
      {"eclipse-temurin:8u362-b09-jdk-jammy",
       "eclipse-temurin:8u362-b09-jre-jammy"},
      {"eclipse-temurin:17.0.18_8-jdk", "eclipse-temurin:17.0.18_8-jre"},
      {"maven:3.9-eclipse-temurin-21-alpine", "eclipse-temurin:21-jre-alpine"},
      {"maven:3.9.6-eclipse-temurin-11", "eclipse-temurin:11-jre"},
      {"maven:3.8-openjdk-17-slim", "openjdk:17-jdk-slim"},
      {"maven:3-jdk-8", "openjdk:8-jre"},
      {"maven:3.8-jdk-11-slim", "openjdk:11-jre-slim"},
      {"maven:3.9-amazoncorretto-17", "amazoncorretto:17-al2023-headful"},
      {"gradle:8.7-jdk17-jammy", "eclipse-temurin:17-jre-jammy"},
      {"gradle:jdk11", "eclipse-temurin:11-jre"},
      {"java:8-jdk-alpine", "java:8-jre-alpine"},
      {"openjdk:8-jdk-alpine", "openjdk:8-jre-alpine"},
      {"openjdk:11-slim-buster", "openjdk:11-jre-slim-buster"},
      {"docker.io/library/maven:3-eclipse-temurin-17",
       "docker.io/library/eclipse-temurin:17-jre"},
      {"mcr.microsoft.com/dotnet/sdk:8.0-jammy",
       "mcr.microsoft.com/dotnet/runtime:8.0-jammy"},
  };
  for (const auto& [build, run] : kImages) {
    EXPECT_EQ(On(build), run);
    EXPECT_TRUE(equivalence::RunsWhatItBuilds(build, run)) << build;
  }
}

TEST(RuntimeImage, IsTheSameWhereThereIsNoRuntimeAlone) {
  for (const std::string_view reference :
       {"openjdk:17", "openjdk:17-jdk-slim", "eclipse-temurin:17-jre",
        "eclipse-temurin:16-jdk", "eclipse-temurin", "amazoncorretto:17"}) {
    const auto image = FindRuntimeImage(reference);
    ASSERT_TRUE(image) << reference;
    EXPECT_TRUE(image->is_same) << reference;
    EXPECT_EQ(image->on, reference);
  }
}

TEST(RuntimeImage, IsNotGuessed) {
  for (const std::string_view reference :
       {"maven", "maven:3.9", "gradle:8", "gradle:6.3.0-jdk11",
        "gradle:8-jdk17-graal", "maven:3-sapmachine-17",
        "eclipse-temurin:17-jdk@sha256:0", "mcr.microsoft.com/dotnet/sdk",
        "mcr.microsoft.com/dotnet/sdk:8.0.100"}) {
    EXPECT_EQ(On(reference), "-") << reference;
  }
  EXPECT_EQ(On("company/maven:3-eclipse-temurin-17"), "?");
  EXPECT_EQ(On("debian:12"), "?");
  EXPECT_EQ(On("maven:" + std::string(100000, 'a')), "-");
}

TEST(RuntimeImage, OfAnotherVendorVersionOrLibraryIsNotTheSame) {
  using equivalence::RunsWhatItBuilds;
  EXPECT_FALSE(
      RunsWhatItBuilds("maven:3-eclipse-temurin-17", "eclipse-temurin:21-jre"));
  EXPECT_FALSE(RunsWhatItBuilds("maven:3-eclipse-temurin-17",
                                "eclipse-temurin:17-jre-alpine"));
  EXPECT_FALSE(RunsWhatItBuilds("openjdk:11", "eclipse-temurin:11-jre"));
  EXPECT_FALSE(RunsWhatItBuilds("maven:3", "eclipse-temurin:17-jre"));
  EXPECT_FALSE(RunsWhatItBuilds("mcr.microsoft.com/dotnet/sdk:8.0",
                                "mcr.microsoft.com/dotnet/aspnet:9.0"));
  EXPECT_FALSE(RunsWhatItBuilds("debian:12", "eclipse-temurin:17-jre"));
}

}  // namespace
}  // namespace dfix
