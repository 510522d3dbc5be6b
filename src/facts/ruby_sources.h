// What files of a project of Ruby say about what it needs besides gems.
#ifndef DFIX_FACTS_RUBY_SOURCES_H_
#define DFIX_FACTS_RUBY_SOURCES_H_

#include <string>

#include "src/context/build_context.h"
#include "src/facts/facts.h"

namespace dfix {

// Why the project may need what its gems are compiled with when it runs, or
// when the image is built behind the last install, which is `cut`; empty if
// nothing says so.
std::string NeedOfCompilers(const Facts& facts, const BuildContext& context,
                            uint32_t stage, uint32_t cut);

// A source that may start programs of the system, as a sentence; empty if there
// is none.
std::string NeedOfSystemPrograms(const BuildContext& context);

}  // namespace dfix

#endif  // DFIX_FACTS_RUBY_SOURCES_H_
