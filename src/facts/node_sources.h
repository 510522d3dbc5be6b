// What the sources of a project of Node need when they run.
#ifndef DFIX_FACTS_NODE_SOURCES_H_
#define DFIX_FACTS_NODE_SOURCES_H_

#include <string>

#include "src/context/build_context.h"
#include "src/facts/node_project.h"

namespace dfix {

// What one of the sources needs that only the build has: a package for
// development that it imports for more than its types, or another program;
// empty if none is seen to.
std::string NeedOfBuild(const BuildContext& context,
                        const NodeProject& project);

}  // namespace dfix

#endif  // DFIX_FACTS_NODE_SOURCES_H_
