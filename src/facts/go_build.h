// What `go build` and `go install` leave behind, and where (cmd/go's rules for
// the names of programs).
//
// Left out: everything else that a script does (build_stage.h).
#ifndef DFIX_FACTS_GO_BUILD_H_
#define DFIX_FACTS_GO_BUILD_H_

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dfix {

// Where and how a call of `go` runs.
struct GoPlace {
  std::string folder;  // Absolute and clean.
  // The path of the module whose root is `folder`; empty if it is not known.
  std::string module;
  // The value of an environment variable: absent if it cannot be told, empty if
  // it is not set.
  std::function<std::optional<std::string>(std::string_view)> variable;
};

struct GoCall {
  // Why it cannot be told what it makes, or why that needs more than itself to
  // run; else empty.
  std::string problem;
  // The program that it leaves, or the folder of those that it leaves; absolute
  // and clean. Empty if it leaves none.
  std::string output;
  bool is_folder = false;
  std::string name;  // Of the only program in such a folder, if it is known.
  // cgo is off, so that the program needs no C library.
  bool is_static = false;
  bool writes_sources = false;  // It may make files among the sources.
};

// What `go` with `words` behind it does; a word is absent if it is not
// constant.
GoCall ReadGoCall(const std::vector<std::optional<std::string>>& words,
                  const GoPlace& place);

// The module's path in the text of a go.mod; empty if there is none.
std::string ModulePath(std::string_view go_mod);

}  // namespace dfix

#endif  // DFIX_FACTS_GO_BUILD_H_
