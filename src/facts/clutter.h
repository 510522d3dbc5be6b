// What lies in a build context that no build needs: version control, editors,
// caches, what the image installs itself, logs, secrets, files about the build.
//
// Left out: whether a person wants it gone (transforms/write-dockerignore.cc).
#ifndef DFIX_FACTS_CLUTTER_H_
#define DFIX_FACTS_CLUTTER_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "src/context/build_context.h"
#include "src/facts/facts.h"

namespace dfix {

enum class ClutterKind : uint8_t {
  kVersionControl,
  kDependencies,  // A RUN installs them anew.
  kCache,         // Tools make it again.
  kEditor,        // And what desktops leave.
  kLog,
  kBuildFile,  // Of Docker and of continuous integration.
  kSecret,
};

// A kind of file or folder that is there, is sent and is copied.
struct Clutter {
  std::string pattern;  // A line for an ignore file: `**/*.log`.
  ClutterKind kind;
  // Why the pattern cannot be written: something needs what it hides. Empty if
  // nothing does.
  std::string problem;
};

// What is in the context, in the order in which it is best written.
std::vector<Clutter> FindClutter(const Facts& facts,
                                 const BuildContext& context);

// Why the ignore file is not to get the line `pattern`: what it would hide is
// named by an instruction of this or another Dockerfile of the context, by a
// command, or by a rule that sends it. Empty if nothing speaks against it.
std::string FindNeedOf(std::string_view pattern, const Facts& facts,
                       const BuildContext& context);

}  // namespace dfix

#endif  // DFIX_FACTS_CLUTTER_H_
