// What Dockerfiles name of a build context, so that it is not to be hidden from
// them: sources of COPY and ADD, and parts of paths in all other instructions.
//
// Which of that is a file of the context is not known here: more is named than
// that.
#ifndef DFIX_FACTS_CONTEXT_USES_H_
#define DFIX_FACTS_CONTEXT_USES_H_

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "src/context/build_context.h"
#include "src/facts/facts.h"

namespace dfix {

// What is named, and the path of the first Dockerfile that does so.
using NamedBy = std::map<std::string, std::string, std::less<>>;

struct ContextUses {
  NamedBy sources;        // Of COPY and ADD; clean, perhaps with wildcards.
  NamedBy words;          // Parts of paths.
  NamedBy globs;          // Those that a shell replaces by names of files.
  bool too_many = false;  // Not all Dockerfiles of the context were looked at.
};

// Adds what the Dockerfile at `path` names.
void AddUses(const Facts& facts, const std::string& path, ContextUses& uses);

// What all Dockerfiles that are in the context name, by their names; worked out
// once for a context.
std::shared_ptr<const ContextUses> UsesOfDockerfiles(
    const BuildContext& context);

// Calls `visit` with each part of a path in `text`: runs of letters, digits and
// `._-~`.
void ForEachPathPart(std::string_view text,
                     const std::function<void(std::string_view)>& visit);

}  // namespace dfix

#endif  // DFIX_FACTS_CONTEXT_USES_H_
