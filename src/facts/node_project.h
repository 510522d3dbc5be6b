// What a project of Node says of itself: package.json, its scripts, and the
// folder that its build writes.
//
// Left out: what containers run (node_command.h), what sources import
// (node_sources.h).
#ifndef DFIX_FACTS_NODE_PROJECT_H_
#define DFIX_FACTS_NODE_PROJECT_H_

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dfix {

struct NodeProject {
  std::string problem;  // Why it is not known what the build does; else empty.
  std::vector<std::string> dependencies;
  std::vector<std::string> development;
  std::map<std::string, std::string> scripts;
  // The folder that the build writes, relative and clean; empty if it may be
  // anywhere in the project's folder.
  std::string output;
};

// `read` gives the text of a file of the project, if it is known.
NodeProject ReadNodeProject(
    const std::function<std::optional<std::string>(const std::string&)>& read);

// The words of a command of a script that has no quotes and variables.
std::vector<std::string> WordsOfScript(std::string_view command);

// Whether a script needs a shell for more than blanks and `&&`.
bool NeedsShell(std::string_view script);

// The script that `npm run X`, `yarn X` and the like run; empty for others.
std::string NodeScriptName(const std::vector<std::string>& words);

}  // namespace dfix

#endif  // DFIX_FACTS_NODE_PROJECT_H_
