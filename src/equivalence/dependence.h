// Whether a RUN finds what it reads though a COPY of the build context comes
// later than it did.
#ifndef DFIX_EQUIVALENCE_DEPENDENCE_H_
#define DFIX_EQUIVALENCE_DEPENDENCE_H_

#include <string>
#include <string_view>

#include "src/equivalence/rules.h"

namespace dfix::equivalence {

// A path without `.`, empty parts and a slash at its end, and without `..`
// behind the name of a folder.
std::string CleanPath(std::string_view path);

// `path`, relative to `directory` if it is relative; clean.
std::string JoinPaths(std::string_view directory, std::string_view path);

// Whether one of two clean paths is the other, or lies in it.
bool Overlap(std::string_view a, std::string_view b);

// Where a COPY of `source` to `destination` puts the file or the content of
// the folder that is `path` in the build context: the file's place, or the
// folder's.
struct Places {
  std::string as_file;
  std::string as_folder;
};

Places PlacesOf(const Step& copy, const std::string& source);

// Whether a difference adds the step.
bool IsAdded(const Comparison& c, const Step& step);

// Whether the steps of a stage before `run` bring the file `path`.
bool IsProvided(const Comparison& c, const Step& run, const std::string& path);

// Why `run`, of the trace after, may need what a COPY to `target` brings, which
// comes behind it; empty if it does not.
std::string WhyItNeeds(const Comparison& c, const Step& run,
                       const std::string& target);

}  // namespace dfix::equivalence

#endif  // DFIX_EQUIVALENCE_DEPENDENCE_H_
