// The COPY instructions that bring what an install reads, and nothing else.
#ifndef DFIX_FACTS_MANIFEST_COPIES_H_
#define DFIX_FACTS_MANIFEST_COPIES_H_

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "src/facts/facts.h"
#include "src/facts/image_files.h"

namespace dfix {

// The flags of an instruction as they are written, with a blank behind each.
std::string FlagsOf(const Facts& facts, uint32_t index);

// Instructions to put before instruction `index`, so that `files` are there
// though the COPYs `moved` come later: with the flags of those. `given` are the
// paths that such instructions further up bring; it grows.
std::vector<std::string> ManifestCopies(const Facts& facts, uint32_t index,
                                        std::span<const ImageFile> files,
                                        std::span<const uint32_t> moved,
                                        std::vector<std::string>& given);

// Why `files` cannot be named in a COPY; empty if they can.
std::string NamingProblem(std::span<const ImageFile> files);

}  // namespace dfix

#endif  // DFIX_FACTS_MANIFEST_COPIES_H_
