// What the check knows of images that run programs for which a virtual machine
// is needed, and of the commands that start them.
#ifndef DFIX_EQUIVALENCE_RUNTIMES_H_
#define DFIX_EQUIVALENCE_RUNTIMES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "src/equivalence/trace.h"

namespace dfix::equivalence {

// Whether the image `run` has what runs programs that `build` builds: the same
// Java, by vendor, major version and C library, or the same .NET.
bool RunsWhatItBuilds(std::string_view build, std::string_view run);

// Whether the user says that what `build` builds runs on `run`: one of
// `images`, in which `{image}` is `build` and any other name in braces is any
// text.
bool IsNamedByUser(const std::vector<std::string_view>& images,
                   std::string_view build, std::string_view run);

// What containers of a stage start, as words: of a shell's script if it is one
// command. Empty if that is not known.
std::vector<std::string> StartWords(const Trace& trace, uint32_t stage);

// The files and folders that a call of `java` or `dotnet` loads, as it has
// them: its jar, its class path, its assembly. Absent if `words` are no such
// call, or it does not name them.
std::optional<std::vector<std::string>> LoadedFiles(
    std::vector<std::string> words);

}  // namespace dfix::equivalence

#endif  // DFIX_EQUIVALENCE_RUNTIMES_H_
