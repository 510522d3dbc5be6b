// What several transforms do to package manager calls.
#ifndef DFIX_TRANSFORM_PACKAGE_OPTIONS_H_
#define DFIX_TRANSFORM_PACKAGE_OPTIONS_H_

#include <string>
#include <string_view>

#include "src/facts/facts.h"
#include "src/transform/sink.h"
#include "src/transform/transform.h"

namespace dfix {

// Adds `option` to `call` where its manager wants it.
void AddOption(const PackageCommand& call, const AddedOption& option,
               ChangeWriter& change);

// Records that the strings which a shell is told to run (`sh -c "apt-get
// install x"`) and which call apt are left alone: they are words, not commands.
void LeaveAptStringsAlone(const Input& input, Sink& sink);

// The word after which an option of `call` goes: its verb, or its program if it
// has none, or the last of the options right behind the verb that take no
// argument.
NodeId OptionPlace(const Document& document, const PackageCommand& call);

// `command` of the manager's table with the program as `call` calls it, behind
// `sudo` if that does.
std::string CommandOf(const Document& document, const PackageCommand& call,
                      std::string_view command);

// The words before the program from `sudo` on, with a blank behind each, if
// `call` runs behind it; else empty.
std::string SudoPrefix(const Document& document, const PackageCommand& call);

}  // namespace dfix

#endif  // DFIX_TRANSFORM_PACKAGE_OPTIONS_H_
