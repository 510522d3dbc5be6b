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

// The words before the program from `sudo` on, with a blank behind each, if
// `call` runs behind it; else empty.
std::string SudoPrefix(const Document& document, const PackageCommand& call);

}  // namespace dfix

#endif  // DFIX_TRANSFORM_APT_H_
