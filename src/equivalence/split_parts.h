// What a stage that is split may have besides the steps that it had, and the
// bases that the second part may begin with.
#ifndef DFIX_EQUIVALENCE_SPLIT_PARTS_H_
#define DFIX_EQUIVALENCE_SPLIT_PARTS_H_

#include <map>
#include <span>
#include <string>
#include <string_view>

#include "src/equivalence/trace.h"

namespace dfix::equivalence {

// Where the first part has a virtual environment of Python.
inline constexpr std::string_view kEnvironment = "/opt/venv";

// A resolved text without the sign of the variables that it depends on.
std::string WithoutSign(const std::string& text);

// The variables in force, without PATH, by their values.
std::map<std::string, std::string> VariablesButPath(const Context& context);

// Whether the step makes a virtual environment or puts it first in PATH.
bool IsOfEnvironment(const Trace& trace, const Step& step);

// Whether a RUN only removes what a build needed from a project's packages.
bool IsPrune(const Trace& trace, const Step& step);

// Whether a RUN does nothing but what one RUN of `steps`, of the trace before,
// does among other things: making users and folders, in the same order.
bool IsPartOfRun(const Trace& trace, const Step& step, const Trace& before,
                 std::span<const Step> steps);

// Whether a RUN only installs packages of the distribution.
bool IsPackageInstall(const Trace& trace, const Step& step);

// Whether the second part's base is an image of a kind that is known, with a
// tag that it does not have; `old` is the base of the stage as it was.
bool IsOddImage(const std::string& base, const std::string& old);

// Whether nginx would serve a page with that: directives that it knows, the
// folder that is copied to, and a port of the image, whose configuration is
// given.
bool ServesPage(std::string text,
                const std::map<std::string, std::string>& configuration);

}  // namespace dfix::equivalence

#endif  // DFIX_EQUIVALENCE_SPLIT_PARTS_H_
