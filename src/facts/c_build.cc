#include "src/facts/c_build.h"

#include <algorithm>
#include <cctype>
#include <utility>

#include "src/context/paths.h"
#include "src/facts/make_install.h"
#include "src/facts/package_command.h"
#include "src/text/one_of.h"

namespace dfix {
namespace {

constexpr std::string_view kCompilers[] = {"c++",     "cc",  "clang",
                                           "clang++", "g++", "gcc"};

// Parts of the C library and of what every compiler adds.
constexpr std::string_view kOwnLibraries[] = {
    "c", "dl", "gcc", "m", "pthread", "resolv", "rt", "stdc++", "util",
};

// Texts of a Makefile or a CMakeLists.txt that make more than programs.
constexpr std::string_view kMore[] = {
    "-shared",
    "BUILD_SHARED_LIBS",
    "ExternalProject",
    "FetchContent",
    " SHARED ",
    "add_subdirectory",
    "dlopen",
    "find_package",
    "include ",
    "pkg-config",
    "pkg_",
    "-fopenmp",
};

// Verbs of cargo that leave no program.
constexpr std::string_view kHarmlessCargo[] = {
    "add",
    "check",
    "clean",
    "clippy",
    "fetch",
    "fmt",
    "generate-lockfile",
    "metadata",
    "test",
    "tree",
    "update",
    "vendor",
    "version",
};

bool IsWordCharacter(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' ||
         c == '-';
}

// The argument of the option `name` as a word of its own or behind `=`; absent
// if it is not there or not constant.
std::optional<std::string> ArgumentOf(const ToolWords& words,
                                      std::string_view name) {
  for (size_t i = 1; i < words.size(); ++i) {
    if (!words[i]) continue;
    if (*words[i] == name) {
      return i + 1 < words.size() ? words[i + 1] : std::nullopt;
    }
    if (words[i]->starts_with(std::string(name) + "=")) {
      return words[i]->substr(name.size() + 1);
    }
  }
  return std::nullopt;
}

bool HasWord(const ToolWords& words, std::string_view word) {
  return std::any_of(words.begin(), words.end(), [&](const auto& other) {
    return other && *other == word;
  });
}

ToolCall Problem(std::string problem) {
  ToolCall call;
  call.problem = std::move(problem);
  return call;
}

}  // namespace

bool IsCCompiler(std::string_view name) { return IsOneOf(name, kCompilers); }

ToolCall ReadCompilerCall(const ToolWords& words, const ToolPlace& place) {
  ToolCall call;
  call.is_cxx = words[0]->ends_with("++");
  std::optional<std::string> output = "a.out";
  bool only_objects = false;
  for (size_t i = 1; i < words.size(); ++i) {
    if (!words[i]) continue;  // A pattern: a variable is told apart before.
    const std::string& word = *words[i];
    if (word == "-o") {
      ++i;
      output = i < words.size() ? words[i] : std::nullopt;
    } else if (word.starts_with("-o")) {
      output = word.substr(2);
    } else if (word == "-c" || word == "-S" || word == "-E" ||
               word == "--version") {
      only_objects = true;
    } else if (word == "-static") {
      call.is_static = true;
    } else if (word == "-shared" || word == "-fopenmp" || word[0] == '@' ||
               word.starts_with("-Wl,-rpath")) {
      return Problem("`" + word + "` makes more than a program");
    } else if (word.starts_with("-l")) {
      const std::string name = word.substr(2);
      call.is_cxx |= name == "stdc++";
      if (!IsOneOf(name, kOwnLibraries)) call.library = name;
    }
  }
  if (only_objects) return call;
  if (!output || output->empty()) {
    return Problem("the name of the program is not known");
  }
  call.output = JoinPath(place.folder, *output);
  return call;
}

ToolCall ReadMakeCall(const ToolWords& words, const ToolPlace& place) {
  std::string folder = place.folder;
  if (const auto other = ArgumentOf(words, "-C")) {
    folder = JoinPath(folder, *other);
  }
  bool installs = false;
  for (size_t i = 1; i < words.size(); ++i) {
    if (!words[i]) continue;
    const std::string& word = *words[i];
    installs |= word == "install";
    if ((word.starts_with("install") && word != "install") || word == "-f" ||
        word.starts_with("--file") || word == "uninstall") {
      return Problem("what `make " + word + "` does is not known");
    }
  }
  ToolCall call;
  for (const char* name : {"GNUmakefile", "makefile", "Makefile"}) {
    const auto text = place.read(JoinPath(folder, name));
    if (!text) continue;
    call.listing = *text;
    break;
  }
  if (call.listing.empty()) {
    return Problem("its Makefile is not known here");
  }
  call.problem = ProblemOfListing(call.listing);
  if (installs && call.problem.empty()) {
    MakeInstall install =
        ReadMakeInstall(call.listing, folder, words, place.variable);
    call.problem = std::move(install.problem);
    call.installed = std::move(install.programs);
  }
  call.output = folder;
  call.is_folder = true;
  call.is_cxx = call.listing.find("CXX") != std::string::npos ||
                call.listing.find("++") != std::string::npos;
  for (size_t at = call.listing.find("-l"); at != std::string::npos;
       at = call.listing.find("-l", at + 1)) {
    if (at > 0 && std::string_view(" \t=").find(call.listing[at - 1]) ==
                      std::string_view::npos) {
      continue;
    }
    size_t end = at + 2;
    while (end < call.listing.size() && IsWordCharacter(call.listing[end])) {
      ++end;
    }
    const std::string name = call.listing.substr(at + 2, end - at - 2);
    if (!IsOneOf(name, kOwnLibraries)) call.library = name;
  }
  return call;
}

CmakeCall ReadCmakeCall(const ToolWords& words, const ToolPlace& place) {
  CmakeCall result;
  if (HasWord(words, "--install") || HasWord(words, "-P") ||
      HasWord(words, "-E") || ArgumentOf(words, "--target")) {
    result.call = Problem("what `cmake` does is not known");
    return result;
  }
  if (const auto build = ArgumentOf(words, "--build")) {
    result.call.output = JoinPath(place.folder, *build);
    result.call.is_folder = true;
    result.call.is_cxx = true;
    return result;
  }
  result.build = place.folder;
  for (size_t i = 1; i < words.size(); ++i) {
    if (!words[i]) {
      result.call = Problem("the words of `cmake` depend on variables");
      return result;
    }
    const std::string& word = *words[i];
    const std::string value = word.size() > 2        ? word.substr(2)
                              : i + 1 < words.size() ? words[i + 1].value_or("")
                                                     : "";
    if (word.starts_with("-S")) {
      result.source = JoinPath(place.folder, value);
    } else if (word.starts_with("-B")) {
      result.build = JoinPath(place.folder, value);
    } else if (word[0] != '-') {
      result.source = JoinPath(place.folder, word);
      continue;
    }
    const bool takes_next = word == "-S" || word == "-B" || word == "-G" ||
                            word == "-D" || word == "-A" || word == "-T";
    if (takes_next) ++i;
  }
  if (result.source.empty()) result.source = place.folder;
  return result;
}

ToolCall ReadCargoCall(const ToolWords& words, const ToolPlace& place,
                       std::string_view home) {
  ToolCall call;
  size_t at = 1;
  if (at < words.size() && words[at] && words[at]->starts_with('+')) ++at;
  const std::string verb = at < words.size() ? words[at].value_or("") : "";
  if (IsOneOf(verb, kHarmlessCargo)) return call;
  if (verb == "install") {
    const auto root = ArgumentOf(words, "--root");
    if (HasWord(words, "--root") && !root) {
      return Problem("where `cargo install` puts programs is not known");
    }
    call.output = JoinPath(root ? JoinPath(place.folder, *root) : home, "bin");
    call.is_folder = true;
    return call;
  }
  if (verb != "build" && verb != "b" && verb != "rustc") {
    return Problem("`cargo " + verb + "` may do anything");
  }
  if (HasWord(words, "--manifest-path") || HasWord(words, "--profile") ||
      ArgumentOf(words, "--manifest-path") || ArgumentOf(words, "--profile")) {
    return Problem("where `cargo build` puts programs is not known");
  }
  std::string folder = JoinPath(place.folder, "target");
  if (const auto other = ArgumentOf(words, "--target-dir")) {
    folder = JoinPath(place.folder, *other);
  }
  if (const auto target = ArgumentOf(words, "--target")) {
    folder = JoinPath(folder, *target);
    call.is_static = target->ends_with("-musl");
  }
  const bool release = HasWord(words, "--release") || HasWord(words, "-r");
  call.output = JoinPath(folder, release ? "release" : "debug");
  call.is_folder = true;
  return call;
}

std::string ProblemOfListing(std::string_view listing) {
  for (const std::string_view text : kMore) {
    if (listing.find(text) != std::string_view::npos) {
      return "`" + std::string(text) +
             "` in its build files may make more than a program";
    }
  }
  return "";
}

bool Lists(std::string_view listing, std::string_view name) {
  if (name.empty()) return false;
  for (size_t at = listing.find(name); at != std::string_view::npos;
       at = listing.find(name, at + 1)) {
    const size_t end = at + name.size();
    const bool begins = at == 0 || !IsWordCharacter(listing[at - 1]);
    if (begins && (end == listing.size() || !IsWordCharacter(listing[end]))) {
      return true;
    }
  }
  return false;
}

}  // namespace dfix
