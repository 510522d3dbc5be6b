// A builder for small Dockerfiles, with installers that are stubs: they read
// what the real ones read, record it, and leave behind what depends on it.
//
// It shares no code with what is tested but the rules of ignore files.
#ifndef DFIX_TESTS_INSTALLS_BUILDER_SUPPORT_H_
#define DFIX_TESTS_INSTALLS_BUILDER_SUPPORT_H_

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "src/context/build_context.h"

namespace dfix {

using FileMap = std::map<std::string, std::string>;

struct BuildResult {
  bool ok = false;  // No step failed.
  FileMap files;    // The image of the last stage.
  // What each install read, in the order of the build: path and content.
  std::vector<FileMap> reads;
};

// Builds `dockerfile` with the files of `project` that `context` sends.
BuildResult Build(const std::string& dockerfile, const FileMap& project,
                  const BuildContext& context);

// The context of a project: all its files, or folders that are not looked into.
BuildContext ContextOf(const FileMap& project,
                       std::optional<std::string> ignore);

}  // namespace dfix

#endif  // DFIX_TESTS_INSTALLS_BUILDER_SUPPORT_H_
