// What `make install` puts where, by the Makefile's own rule.
//
// Only rules of `install`, `cp` and `mkdir` that put programs into folders for
// programs; everything else that may be there is a problem. (GNU make's manual:
// "How to Use Variables", "Installation Directory Variables".)
#ifndef DFIX_FACTS_MAKE_INSTALL_H_
#define DFIX_FACTS_MAKE_INSTALL_H_

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dfix {

struct MakeInstall {
  // Why it cannot be told what is installed; else empty.
  std::string problem;
  std::vector<std::string> programs;  // Absolute and clean.
};

// What the rule `install` of `makefile` does in `folder`. `words` are those of
// the call of make, some of which set variables; `variable` has the value of
// one of the environment, empty if it is not set and absent if that is not
// known.
MakeInstall ReadMakeInstall(
    std::string_view makefile, std::string_view folder,
    const std::vector<std::optional<std::string>>& words,
    const std::function<std::optional<std::string>(std::string_view)>&
        variable);

}  // namespace dfix

#endif  // DFIX_FACTS_MAKE_INSTALL_H_
