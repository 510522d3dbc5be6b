// Whether an install of pip, npm, yarn or Bundler needs a compiler, or brings
// what needs a library of the system.
#ifndef DFIX_FACTS_PLAIN_INSTALL_H_
#define DFIX_FACTS_PLAIN_INSTALL_H_

#include <string>
#include <string_view>

#include "src/context/build_context.h"
#include "src/facts/facts.h"

namespace dfix {

// Why what `call` installs, a command of `script` in a RUN, may have to be
// compiled or need a library of the system; empty if it is known that nothing
// does. `version` is that of the language, as far as it is known: `3.12.4`.
// `context` may be null: then what files of the project name is not known.
std::string WhyNotPlain(const Facts& facts, const BuildContext* context,
                        const PackageCommand& call, NodeId script,
                        std::string_view version);

}  // namespace dfix

#endif  // DFIX_FACTS_PLAIN_INSTALL_H_
