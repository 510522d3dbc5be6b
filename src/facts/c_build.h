// What calls of C compilers, make, cmake and cargo leave behind, and where.
//
// Left out: everything else that a script does (build_stage.h).
#ifndef DFIX_FACTS_C_BUILD_H_
#define DFIX_FACTS_C_BUILD_H_

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dfix {

// Where a build tool runs, and the files that it finds.
struct ToolPlace {
  std::string folder;  // Absolute and clean.
  // The text of a file of the image, by its absolute path; absent if it is not
  // known.
  std::function<std::optional<std::string>(const std::string&)> read;
  // The value of a variable of the environment: empty if it is not set, absent
  // if it is not known.
  std::function<std::optional<std::string>(std::string_view)> variable;
};

struct ToolCall {
  // Why it cannot be told what it makes; else empty.
  std::string problem;
  // The program, or the folder that programs lie in; absolute and clean. Empty
  // if it makes none.
  std::string output;
  bool is_folder = false;
  // Of a folder: names a program in it only if it is a word in here.
  std::string listing;
  bool is_static = false;
  bool is_cxx = false;  // It may need the library of C++.
  // A library that it is linked with, apart from those of the C library.
  std::string library;
  // Programs that it puts elsewhere, beside those of `output`.
  std::vector<std::string> installed = {};
};

using ToolWords = std::vector<std::optional<std::string>>;

bool IsCCompiler(std::string_view name);

// A call of `gcc` and its like, by all its words. A word is absent if it is not
// constant.
ToolCall ReadCompilerCall(const ToolWords& words, const ToolPlace& place);

// A call of `make`: what the Makefile names, in the folder of that, and what
// its rule `install` puts elsewhere if that is a target of the call.
ToolCall ReadMakeCall(const ToolWords& words, const ToolPlace& place);

// A call of `cmake`; `configured` is the text of the CMakeLists.txt that the
// folder was configured from, if it was.
struct CmakeCall {
  ToolCall call;
  std::string source;  // Configures from this folder,
  std::string build;   // in this one. Empty if it does not.
};
CmakeCall ReadCmakeCall(const ToolWords& words, const ToolPlace& place);

// A call of `cargo`.
ToolCall ReadCargoCall(const ToolWords& words, const ToolPlace& place,
                       std::string_view home);

// Why a program cannot be told from a build by `listing`, the text of a
// Makefile or a CMakeLists.txt; else empty.
std::string ProblemOfListing(std::string_view listing);

// Whether `name` is a word in `listing`.
bool Lists(std::string_view listing, std::string_view name);

}  // namespace dfix

#endif  // DFIX_FACTS_C_BUILD_H_
