#include "src/facts/runtime_base.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>

#include "src/equivalence/runtimes.h"
#include "src/facts/project_builder.h"

namespace dfix {
namespace {

RuntimeBase Find(std::string_view reference) {
  const ProjectBuilder* builder = FindProjectBuilder(reference);
  const bool net = builder != nullptr && builder->kind->name == "dotnet";
  return FindRuntimeBase(reference, RuntimeEntries(),
                         {net ? RuntimeNeed::kDotnet : RuntimeNeed::kJava});
}

// The image to run on; `-` for one that is not known, `?` if `reference` is no
// image to build with that is known.
std::string On(std::string_view reference) {
  if (FindProjectBuilder(reference) == nullptr) return "?";
  const RuntimeBase base = Find(reference);
  return base.problem.empty() ? base.image : "-";
}

TEST(RuntimeBase, HasTheVendorVersionAndDistributionOfTheOther) {
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

TEST(RuntimeBase, IsTheSameWhereThereIsNoRuntimeAlone) {
  for (const std::string_view reference :
       {"openjdk:17", "openjdk:17-jdk-slim", "eclipse-temurin:16-jdk",
        "eclipse-temurin", "amazoncorretto:17"}) {
    EXPECT_TRUE(Find(reference).is_builder) << reference;
    EXPECT_EQ(On(reference), reference);
  }
}

TEST(RuntimeBase, IsNotGuessed) {
  for (const std::string_view reference :
       {"maven", "maven:3.9", "gradle:8", "gradle:6.3.0-jdk11",
        "gradle:8-jdk17-graal", "maven:3-sapmachine-17",
        "eclipse-temurin:17-jdk@sha256:0", "mcr.microsoft.com/dotnet/sdk",
        "mcr.microsoft.com/dotnet/sdk:8.0.100"}) {
    EXPECT_EQ(On(reference), "-") << reference;
  }
  EXPECT_EQ(On("company/maven:3-eclipse-temurin-17"), "?");
  EXPECT_EQ(On("debian:12"), "?");
  EXPECT_EQ(On("eclipse-temurin:17-jre"), "?");
  EXPECT_EQ(On("eclipse-temurin:17-jre-jammy"), "?");
  EXPECT_EQ(On("amazoncorretto:17-al2023-headful"), "?");
  EXPECT_EQ(On("maven:" + std::string(100000, 'a')), "-");
}

TEST(RuntimeBase, KeepsTheRegistryOfDockerHubsImages) {
  const RuntimeBase page = FindRuntimeBase(
      "docker.io/library/node:20", RuntimeEntries(), {RuntimeNeed::kWeb});
  EXPECT_EQ(page.image, "docker.io/library/nginx:stable-alpine");
  EXPECT_EQ(page.problem, "");
}

TEST(RuntimeBase, KnowsTheVersionOfWhatRuns) {
  EXPECT_EQ(VersionInTag("python:3.12-slim"), "3.12");
  EXPECT_EQ(VersionInTag("node:20.11.1-alpine3.19@sha256:0"), "20.11.1");
  EXPECT_EQ(VersionInTag("node"), "");
  EXPECT_EQ(VersionInTag("node:lts"), "");
  EXPECT_EQ(VersionInTag("eclipse-temurin:8u362-b09-jdk"), "8");
  EXPECT_EQ(VersionInTag("maven:3.9-eclipse-temurin-21-alpine"), "21");
  EXPECT_EQ(VersionInTag("maven:3-jdk-8-alpine"), "8");
  EXPECT_EQ(VersionInTag("maven:3.8-openjdk-17-slim"), "17");
  EXPECT_EQ(VersionInTag("maven:3.9"), "");
  EXPECT_EQ(VersionInTag("gradle:8.7-jdk17-jammy"), "17");
  EXPECT_EQ(VersionInTag("mcr.microsoft.com/dotnet/sdk:8.0-alpine"), "8.0");
}

TEST(RuntimeBase, IsTheOneThatTheUserNames) {
  using equivalence::IsNamedByUser;
  EXPECT_TRUE(IsNamedByUser({"r.local/a:1"}, "maven:3", "r.local/a:1"));
  EXPECT_FALSE(IsNamedByUser({"r.local/a:1"}, "maven:3", "r.local/a:12"));
  EXPECT_TRUE(IsNamedByUser({"r.local/a:{version}-x"}, "b", "r.local/a:17-x"));
  EXPECT_FALSE(IsNamedByUser({"r.local/a:{version}-x"}, "b", "r.local/a:17-y"));
  EXPECT_FALSE(IsNamedByUser({"r.local/a:{version}-x"}, "b", "r.local/b:17-x"));
  EXPECT_TRUE(IsNamedByUser({"{registry}a:{release}"}, "b", "r.local/a:12"));
  EXPECT_TRUE(IsNamedByUser({"{image}-slim"}, "node:20", "node:20-slim"));
  EXPECT_FALSE(IsNamedByUser({"{image}-slim"}, "node:20", "node:22-slim"));
  EXPECT_FALSE(IsNamedByUser({}, "node:20", "node:20-slim"));
}

TEST(RuntimeBase, OfAnotherVendorVersionOrLibraryIsNotTheSame) {
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
