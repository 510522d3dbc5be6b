// The scripts of the build context that a container starts.
//
// Left out: scripts that are made in the image, and what those that are found
// call in turn.
#ifndef DFIX_FACTS_START_SCRIPT_H_
#define DFIX_FACTS_START_SCRIPT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "src/context/build_context.h"
#include "src/facts/facts.h"

namespace dfix {

// A call in a script that a container starts.
struct StartCall {
  // The program and its arguments, those of the container in place of `"$@"`;
  // texts of the shell where they are not constant.
  std::vector<std::string> words;
  // Files outside of the temporary directories that its redirections write.
  std::vector<std::string> written;
};

// The calls, in order, of the script that `word` names at the end of `stage`,
// if a COPY brings it from the context and no RUN alters it; else absent.
// `arguments` are the script's own.
std::optional<std::vector<StartCall>> CallsOfStartScript(
    const Facts& facts, const BuildContext* context, uint32_t stage,
    std::string_view word, const std::vector<std::string>& arguments);

// The calls of the script `text`; absent if it is not understood.
std::optional<std::vector<StartCall>> CallsOfScriptText(
    std::string_view text, const std::vector<std::string>& arguments);

}  // namespace dfix

#endif  // DFIX_FACTS_START_SCRIPT_H_
