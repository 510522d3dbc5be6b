#include "src/facts/go_build.h"

#include <algorithm>
#include <cctype>

#include "src/context/paths.h"
#include "src/facts/package_command.h"
#include "src/text/one_of.h"
#include "src/text/search.h"

namespace dfix {
namespace {

using Words = std::vector<std::optional<std::string>>;

// Verbs that leave nothing that a program needs at run time.
constexpr std::string_view kHarmless[] = {
    "clean", "doc", "env",  "fix",  "fmt",     "generate", "get",  "help",
    "list",  "mod", "test", "tool", "version", "vet",      "work",
};

// Flags of `go build` whose argument may be a word of its own.
constexpr std::string_view kWithArgument[] = {
    "C",        "asmflags", "buildmode",  "compiler", "covermode",
    "coverpkg", "exec",     "gccgoflags", "gcflags",  "installsuffix",
    "ldflags",  "mod",      "modfile",    "o",        "overlay",
    "p",        "pgo",      "pkgdir",     "tags",     "toolexec",
};

// Flags that make another kind of program.
constexpr std::string_view kOtherKind[] = {
    "C", "asan", "compiler", "linkshared", "msan", "n", "race", "toolexec",
};

// The flags and the packages of a call.
struct Arguments {
  std::optional<std::string> output;  // `-o`
  bool output_unknown = false;
  std::string problem;
  std::vector<std::string> packages;
};

Arguments ReadArguments(const Words& words) {
  Arguments arguments;
  for (size_t i = 1; i < words.size(); ++i) {
    if (!words[i]) {
      arguments.problem = "the words of `go " + words[0].value_or("") +
                          "` depend on variables or patterns";
      return arguments;
    }
    std::string word = *words[i];
    if (!word.starts_with('-')) {
      arguments.packages.push_back(word);
      continue;
    }
    word.erase(0, word.find_first_not_of('-'));
    const size_t equals = std::min(word.find('='), word.size());
    const std::string name = word.substr(0, equals);
    std::optional<std::string> value;
    if (equals < word.size()) {
      value = word.substr(equals + 1);
    } else if (IsOneOf(name, kWithArgument)) {
      ++i;
      if (i < words.size()) value = words[i];
    }
    const bool other_mode =
        name == "buildmode" && value != "exe" && value != "default";
    if (IsOneOf(name, kOtherKind) || other_mode) {
      arguments.problem = "`-" + name + "` makes another kind of program";
    }
    if (name == "o") {
      arguments.output = value;
      arguments.output_unknown =
          !value || value->find('$') != std::string::npos;
    }
  }
  return arguments;
}

// The name of the program for an import path, or a path on the disk.
std::string ProgramName(std::string_view path) {
  const std::string_view last = Basename(path);
  const bool version =
      last.size() > 1 && last[0] == 'v' &&
      std::all_of(last.begin() + 1, last.end(),
                  [](unsigned char c) { return std::isdigit(c) != 0; });
  if (version && path.size() > last.size()) {
    return std::string(Basename(path.substr(0, path.size() - last.size() - 1)));
  }
  return std::string(last);
}

// The name that a build of `packages` gives; empty if it is not known.
std::string NameOf(const std::vector<std::string>& packages,
                   const GoPlace& place) {
  if (!packages.empty() && packages[0].ends_with(".go")) {
    const std::string_view file = Basename(packages[0]);
    return std::string(file.substr(0, file.size() - 3));
  }
  if (packages.size() > 1) return "";
  std::string package = packages.empty() ? "." : packages[0];
  package.erase(std::min(package.find('@'), package.size()));
  if (package.find("...") != std::string::npos) return "";
  const bool local = package == "." || package.starts_with("./") ||
                     package.starts_with("../") || package.starts_with('/');
  if (!local) return ProgramName(package);
  const std::string folder = JoinPath(place.folder, package);
  if (folder == place.folder) return ProgramName(place.module);
  return ProgramName(folder);
}

bool IsLinux(const GoPlace& place) {
  const auto system = place.variable("GOOS");
  return !system || system->empty() || *system == "linux";
}

std::string InstallFolder(const GoPlace& place) {
  const auto bin = place.variable("GOBIN");
  if (!bin) return "";
  if (!bin->empty()) return *bin;
  const auto path = place.variable("GOPATH");
  if (!path) return "";
  return path->empty() ? "/go/bin" : JoinPath(*path, "bin");
}

}  // namespace

GoCall ReadGoCall(const Words& words, const GoPlace& place) {
  GoCall call;
  const std::string verb = words.empty() ? "help" : words[0].value_or("");
  if (verb == "env" && words.size() > 1 && words[1] == "-w") {
    call.problem = "`go env -w` changes what Go builds";
  }
  call.writes_sources = verb == "generate" || verb == "tool";
  if (IsOneOf(verb, kHarmless)) return call;
  if (verb != "build" && verb != "install") {
    call.problem = "`go " + verb + "` may do anything";
    return call;
  }
  const Arguments arguments = ReadArguments(words);
  call.problem = arguments.problem;
  if (!call.problem.empty()) return call;
  if (!IsLinux(place)) {
    call.problem = "it builds for another system";
    return call;
  }
  const auto flags = place.variable("GOFLAGS");
  if (!flags || flags->find("-o") != std::string::npos ||
      flags->find("-buildmode") != std::string::npos) {
    call.problem = "GOFLAGS decides what it builds";
    return call;
  }
  call.is_static = place.variable("CGO_ENABLED") == "0";
  if (verb == "install") {
    const std::string folder = InstallFolder(place);
    const std::string name = NameOf(arguments.packages, place);
    if (folder.empty() || !place.variable("GOARCH").value_or("x").empty()) {
      call.problem = "where it installs depends on variables";
      return call;
    }
    call.is_folder = name.empty();
    call.output = name.empty() ? folder : JoinPath(folder, name);
    return call;
  }
  if (arguments.output_unknown) {
    call.problem = "the name that it builds depends on a variable";
  } else if (arguments.output) {
    call.output = JoinPath(place.folder, *arguments.output);
    call.is_folder = arguments.output->ends_with('/') ||
                     *arguments.output == "." || *arguments.output == "..";
    call.name = NameOf(arguments.packages, place);
  } else if (arguments.packages.size() <= 1 ||
             arguments.packages[0].ends_with(".go")) {
    const std::string name = NameOf(arguments.packages, place);
    if (!name.empty()) call.output = JoinPath(place.folder, name);
  }
  return call;
}

std::string ModulePath(std::string_view go_mod) {
  while (!go_mod.empty()) {
    const size_t end = std::min(go_mod.find('\n'), go_mod.size());
    std::string_view line = go_mod.substr(0, end);
    go_mod.remove_prefix(std::min(end + 1, go_mod.size()));
    line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
    if (!line.starts_with("module") || line.size() < 8 ||
        (line[6] != ' ' && line[6] != '\t')) {
      continue;
    }
    line.remove_prefix(6);
    line.remove_prefix(std::min(line.find_first_not_of(" \t\""), line.size()));
    return std::string(line.substr(0, line.find_first_of(" \t\r\"")));
  }
  return "";
}

}  // namespace dfix
