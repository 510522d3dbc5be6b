#include "src/facts/compiled_program.h"

#include <algorithm>
#include <cstdlib>
#include <iterator>

#include "src/context/paths.h"
#include "src/facts/c_build.h"
#include "src/facts/managed_split.h"
#include "src/facts/package_command.h"
#include "src/facts/script_facts.h"
#include "src/text/one_of.h"
#include "src/text/search.h"

namespace dfix {
namespace {

// Variables that only build tools read, or that lead to them. (GODEBUG, GOGC,
// GOMAXPROCS, GOMEMLIMIT and GOTRACEBACK are the program's.)
constexpr std::string_view kGoVariables[] = {
    "CC",          "CGO_CFLAGS",      "CGO_ENABLED",    "CGO_LDFLAGS",
    "CXX",         "DEBIAN_FRONTEND", "GO111MODULE",    "GOARCH",
    "GOARM",       "GOAMD64",         "GOBIN",          "GOCACHE",
    "GOFLAGS",     "GOINSECURE",      "GOLANG_VERSION", "GOMODCACHE",
    "GONOPROXY",   "GONOSUMDB",       "GOOS",           "GOPATH",
    "GOPRIVATE",   "GOPROXY",         "GOROOT",         "GOSUMDB",
    "GOTOOLCHAIN", "GOWORK",          "PATH",
};
constexpr std::string_view kRustVariables[] = {
    "CARGO_HOME", "CARGO_INCREMENTAL", "DEBIAN_FRONTEND", "PATH",
    "RUSTFLAGS",  "RUSTUP_HOME",       "RUST_VERSION",
};
constexpr std::string_view kCVariables[] = {
    "CC", "CFLAGS", "CPPFLAGS", "CXX", "CXXFLAGS", "LDFLAGS", "MAKEFLAGS",
};

constexpr LanguageFacts kLanguages[] = {
    {Language::kGo, "golang", "/go", "Go and the sources stay", "Go",
     kGoVariables},
    {Language::kRust, "rust", "/", "Rust and the sources stay", "Cargo",
     kRustVariables},
    {Language::kC, "gcc", "/", "the compiler and the sources stay",
     "the compiler", kCVariables},
};

// Where a small image has no files of its own but those of every image.
constexpr std::string_view kSystem[] = {"/bin",  "/home", "/lib", "/opt",
                                        "/root", "/sbin", "/usr", "/go"};

// Where PATH looks in images without a compiler.
constexpr std::string_view kProgramFolders[] = {
    "/usr/local/sbin", "/usr/local/bin", "/usr/sbin",
    "/usr/bin",        "/sbin",          "/bin"};

}  // namespace

const LanguageFacts* LanguageOf(const Facts& facts, uint32_t index) {
  const BaseImage* image = BaseImageOf(facts, index);
  if (image == nullptr || facts.stages()[index].parent != kNoStage ||
      BaseImageIsVariable(facts, index) ||
      (image->family != nullptr && image->family->is_windows)) {
    return nullptr;
  }
  for (const LanguageFacts& language : kLanguages) {
    if (image->name == language.image) return &language;
  }
  if (image->name != "debian" && image->name != "ubuntu" &&
      image->name != "alpine") {
    return nullptr;
  }
  const Stage& stage = facts.stages()[index];
  for (const char* program :
       {"gcc", "cc", "g++", "c++", "clang", "clang++", "make", "cmake"}) {
    for (const ProgramCall& call : CallsOf(facts, program)) {
      if (call.instruction >= stage.first && call.instruction < stage.end) {
        return &kLanguages[2];
      }
    }
  }
  return nullptr;
}

ProgramNeeds NeedsOf(const LanguageFacts& language, const BaseImage& image,
                     std::string_view tag, const BuiltProgram& program,
                     bool has_compiler) {
  if (program.is_static) return {RuntimeNeed::kNothing};
  if (language.language == Language::kC) {
    const bool own = program.is_cxx && image.name == language.image;
    const int version = std::atoi(std::string(tag).c_str());
    return {RuntimeNeed::kSystem, !own ? 0 : version > 0 ? version : 99};
  }
  // Go 1.20 and later do without cgo where there is no compiler; Rust links
  // with musl such that nothing is needed.
  const bool old = tag.starts_with("1.") &&
                   std::atoi(std::string(tag.substr(2)).c_str()) < 20;
  const bool alone =
      HasText(tag, "alpine") &&
      (language.language == Language::kRust || (!has_compiler && !old));
  return {alone ? RuntimeNeed::kNothing : RuntimeNeed::kLibc};
}

const BuiltProgram* ProgramOf(const std::vector<BuiltProgram>& programs,
                              const std::string& word,
                              const std::string& folder) {
  const BuiltProgram* found = nullptr;
  for (const BuiltProgram& program : programs) {
    const auto starts = [&](const std::string& path) {
      if (!program.listing.empty()) {
        return PathBelow(path, program.path).has_value() &&
               Lists(program.listing, Basename(path));
      }
      return program.path == path ||
             (program.is_folder && ParentPath(path) == program.path);
    };
    bool match =
        word.find('/') != std::string::npos && starts(JoinPath(folder, word));
    if (word.find('/') == std::string::npos) {
      for (const std::string_view path :
           {"/go/bin", "/usr/local/cargo/bin", "/usr/local/bin", "/usr/bin",
            "/bin"}) {
        match |= starts(JoinPath(path, word));
      }
    }
    if (match) found = &program;
  }
  return found;
}

std::string FileOfBuildImage(const std::string& value,
                             const std::vector<std::string>& known) {
  for (size_t at = value.find('/'); at != std::string::npos;
       at = value.find('/', at + 1)) {
    if (at > 0 && std::string_view("=:, ").find(value[at - 1]) ==
                      std::string_view::npos) {
      continue;
    }
    const size_t end = std::min(value.find_first_of(":, ", at), value.size());
    const std::string path = CleanPath(value.substr(at, end - at));
    const bool system = std::any_of(
        std::begin(kSystem), std::end(kSystem), [&](std::string_view folder) {
          return PathBelow(path, folder).has_value();
        });
    if (system && !LiesInOneOf(path, known)) {
      return path;
    }
  }
  return "";
}

bool IsOnEveryPath(std::string_view folder) {
  return std::find(std::begin(kProgramFolders), std::end(kProgramFolders),
                   folder) != std::end(kProgramFolders);
}

}  // namespace dfix
