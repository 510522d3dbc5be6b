// What a RUN of root puts into a directory that its program is to own. Files
// that it unpacks belong to root, or to whom the archive names, and unpacking
// may change the directory's own owner.
#ifndef DFIX_FACTS_DIRECTORY_FILL_H_
#define DFIX_FACTS_DIRECTORY_FILL_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "src/facts/facts.h"

namespace dfix {

// The later, the more of what is in the directory is root's.
enum class Filling : uint8_t {
  kNothing,
  kBuilds,   // A package manager or a build works in it: `cd DIR && npm ci`.
  kFiles,    // Files may go there: `curl -o DIR/file`, `tar -C "$somewhere"`.
  kUnpacks,  // It gets its content: `tar -C DIR`, `git clone URL DIR`.
};

struct DirectoryFill {
  Filling filling = Filling::kNothing;
  std::string command;  // The program that does most.
};

// `path`, seen from the absolute `folder`: absolute, without `.`, `..` and
// double or final slashes.
std::string AbsolutePath(std::string_view folder, std::string_view path);

// What the commands of RUN `run` do to `directory`, which is absolute and
// clean, in the order in which they stand; `cd` counts like WORKDIR. Nothing
// for a RUN that is no script.
DirectoryFill FillingOf(const Facts& facts, uint32_t run,
                        std::string_view directory);

}  // namespace dfix

#endif  // DFIX_FACTS_DIRECTORY_FILL_H_
