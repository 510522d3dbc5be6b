// Images that build projects of Java and .NET, with tools that write into their
// folders.
//
// The table is compiled in from config/knowledge/project-builders.yaml, which
// says what the fields mean. What runs the result: runtime_base.h.
#ifndef DFIX_FACTS_PROJECT_BUILDER_H_
#define DFIX_FACTS_PROJECT_BUILDER_H_

#include <span>
#include <string>
#include <string_view>

namespace dfix {

// What is built. The lists are sorted.
struct BuildKind {
  std::string_view name;
  std::span<const std::string_view> tools;
  std::span<const std::string_view> packages;
  std::span<const std::string_view> variables;
};

struct ProjectBuilder {
  std::string_view image;  // Its name in base_image.h.
  const BuildKind* kind;
  std::string_view workdir;  // Where it begins.
  std::span<const std::string_view> only_runs;
  std::span<const std::string_view> version_behind;
};

std::span<const ProjectBuilder> ProjectBuilders();

// The entry for `reference` (`docker.io/library/maven:3-openjdk-11`), or null
// if it is no image to build with that is known.
const ProjectBuilder* FindProjectBuilder(std::string_view reference);

// The number in the tag of `reference` that says the version of what runs
// programs there: `17` of `maven:3.9-eclipse-temurin-17`, `3.12` of
// `python:3.12-slim`. Empty if the tag has none.
std::string VersionInTag(std::string_view reference);

}  // namespace dfix

#endif  // DFIX_FACTS_PROJECT_BUILDER_H_
