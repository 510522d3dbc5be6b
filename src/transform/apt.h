// What several transforms ask about apt.
#ifndef DFIX_TRANSFORM_APT_H_
#define DFIX_TRANSFORM_APT_H_

#include <string>
#include <string_view>

#include "src/facts/facts.h"
#include "src/transform/sink.h"
#include "src/transform/transform.h"

namespace dfix {

// Whether an earlier RUN of the build, or an earlier command of the same one,
// writes the apt.conf(5) item `item` (the last part of its name).
bool AptIsConfigured(const Facts& facts, const PackageCommand& call,
                     std::string_view item);

// Records that the strings which a shell is told to run (`sh -c "apt-get
// install x"`) and which call apt are left alone: they are words, not commands.
void LeaveAptStringsAlone(const Input& input, Sink& sink);

// The word after which an option of `call` goes: its verb or the last of the
// options right behind it that take no argument. `call` has a verb.
NodeId OptionPlace(const Document& document, const PackageCommand& call);

// `sudo ` if `call` runs behind it, with its options, else empty.
std::string SudoPrefix(const Document& document, const PackageCommand& call);

// Whether the mounts of the instruction hide `path` from its layer.
bool IsMountedAway(const Facts& facts, uint32_t instruction,
                   std::string_view path);

}  // namespace dfix

#endif  // DFIX_TRANSFORM_APT_H_
