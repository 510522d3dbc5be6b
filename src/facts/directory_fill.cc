#include "src/facts/directory_fill.h"

#include <algorithm>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "src/context/paths.h"
#include "src/facts/run_work.h"
#include "src/text/one_of.h"
#include "src/text/search.h"

namespace dfix {
namespace {

// Options whose value says where files go, by themselves or before a `=`.
constexpr std::string_view kTargetOptions[] = {
    "-C",           "--directory",
    "-d",           "-P",
    "--output-dir", "--prefix",
    "--target",     "--install-dir",
    "--chdir",      "--cwd",
    "-o",           "-O",
    "--output",     "--output-document"};

constexpr std::string_view kBuilders[] = {
    "npm",   "yarn",   "pnpm", "bun",   "bundle", "bundler", "composer",
    "make",  "gradle", "mvn",  "mvnw",  "rake",   "rails",   "gradlew",
    "cmake", "ninja",  "npx",  "bower", "gulp",   "grunt"};

// `rails new` and the like: a program and its words.
struct Generator {
  std::string_view program;
  std::string_view word;
};
constexpr Generator kGenerators[] = {{"rails", "new"},
                                     {"composer", "create-project"},
                                     {"django-admin", "startproject"},
                                     {"npx", "create-react-app"},
                                     {"git", "clone"},
                                     {"hg", "clone"},
                                     {"svn", "checkout"},
                                     {"svn", "co"},
                                     {"svn", "export"},
                                     {"jar", "xf"},
                                     {"jar", "-xf"},
                                     {"jar", "xvf"},
                                     {"jar", "-xvf"},
                                     {"7z", "x"},
                                     {"dotnet", "new"},
                                     {"mix", "new"},
                                     {"ng", "new"},
                                     {"symfony", "new"}};

bool Has(const ScriptCommand& command, std::string_view word) {
  return std::find(command.operands.begin(), command.operands.end(), word) !=
         command.operands.end();
}

// Whether tar unpacks: it has `x` among its letters.
bool Extracts(const ScriptCommand& command) {
  for (size_t i = 0; i < command.operands.size(); ++i) {
    const std::string& word = command.operands[i];
    if (word == "--extract" || word == "--get") return true;
    const bool letters =
        i == 0 || (word.starts_with('-') && !word.starts_with("--"));
    if (letters && word.find('x') != word.npos && word.size() < 8 &&
        word.find('/') == word.npos && word.find('.') == word.npos) {
      return true;
    }
  }
  return false;
}

Filling KindOf(const ScriptCommand& command) {
  const std::string& program = command.program;
  if (program == "tar" || program == "bsdtar") {
    return Extracts(command) ? Filling::kUnpacks : Filling::kNothing;
  }
  if (program == "unzip") {
    const bool lists = Has(command, "-l") || Has(command, "-p") ||
                       Has(command, "-t") || Has(command, "-v");
    return lists ? Filling::kNothing : Filling::kUnpacks;
  }
  for (const Generator& generator : kGenerators) {
    if (program == generator.program && Has(command, generator.word)) {
      return Filling::kUnpacks;
    }
  }
  constexpr std::string_view kMovers[] = {"cp", "mv", "rsync", "curl", "wget"};
  if (IsOneOf(program, kMovers)) return Filling::kFiles;
  return IsOneOf(program, kBuilders) ? Filling::kBuilds : Filling::kNothing;
}

// Where files of `command` go, as an absolute path; absent if no word says so.
std::optional<std::string> TargetOf(const ScriptCommand& command,
                                    const std::string& folder) {
  const auto& words = command.operands;
  std::vector<std::string_view> operands;
  for (size_t i = 0; i < words.size(); ++i) {
    const std::string_view word = words[i];
    const size_t equals = word.find('=');
    const std::string_view option = word.substr(0, equals);
    // curl's -O and -C say something else.
    const bool is_other = command.program == "curl" &&
                          (option == "-O" || option == "-C" || option == "-d");
    if (IsOneOf(option, kTargetOptions) && !is_other) {
      if (equals != word.npos) {
        return JoinPath(folder, word.substr(equals + 1));
      }
      if (i + 1 < words.size()) {
        return JoinPath(folder, words[i + 1]);
      }
    }
    if (word.starts_with("-C/") || word.starts_with("-d/") ||
        word.starts_with("-P/") || word.starts_with("-o/") ||
        word.starts_with("-O/")) {
      return JoinPath(folder, word.substr(2));
    }
    if (!word.starts_with('-')) operands.push_back(word);
  }
  constexpr std::string_view kLast[] = {"cp",  "mv", "rsync",
                                        "git", "hg", "svn"};
  if (!IsOneOf(command.program, kLast) || operands.size() < 2) {
    return std::nullopt;
  }
  const std::string_view last = operands.back();
  if (last.find("://") != last.npos || last.find('@') != last.npos) {
    return std::nullopt;
  }
  return JoinPath(folder, last);
}

bool Holds(std::string_view folder, std::string_view directory) {
  return folder != "/" && IsInside(directory, folder);
}

// `word`, without quotes around it, with the values of the file's variables;
// with those of the script itself it is left.
std::string WithVariables(const Facts& facts, uint32_t run, std::string word) {
  if (word.find('$') == word.npos) return word;
  if (word.size() > 2 && word.front() == '"' && word.back() == '"') {
    word = word.substr(1, word.size() - 2);
  }
  return ExpandAt(facts, run, word).value_or(word);
}

// What `command`, which runs in `folder`, does to `directory`.
Filling FillingBy(const ScriptCommand& command, const std::string& folder,
                  std::string_view directory) {
  const Filling kind = KindOf(command);
  if (kind == Filling::kNothing) return kind;
  const bool unpacks = kind == Filling::kUnpacks;
  const std::optional<std::string> target = TargetOf(command, folder);
  if (!target) {
    // An archive may have the directory's name.
    if (unpacks && folder == "/") return Filling::kFiles;
    const bool here =
        IsInside(folder, directory) || (unpacks && Holds(folder, directory));
    if (!here) return Filling::kNothing;
    const bool prints = command.program == "curl" && !Has(command, "-O") &&
                        !Has(command, "--remote-name");
    return prints ? Filling::kNothing : kind;
  }
  if (target->find_first_of("$`") != target->npos) {
    return unpacks ? Filling::kFiles : Filling::kNothing;
  }
  if (kind != Filling::kFiles) {
    const bool related =
        IsInside(*target, directory) || Holds(*target, directory);
    return related ? kind : Filling::kNothing;
  }
  // `mv unpacked DIR`, or into the directory that it is in.
  const bool moves = command.program == "mv" || command.program == "rsync";
  if (moves && *target == directory) return Filling::kUnpacks;
  return IsInside(*target, directory) ? kind : Filling::kNothing;
}

}  // namespace

std::string AbsolutePath(std::string_view folder, std::string_view path) {
  return JoinPath(folder, path);
}

DirectoryFill FillingOf(const Facts& facts, uint32_t run,
                        std::string_view directory) {
  const InstructionFacts& instruction = facts.instructions()[run];
  if (instruction.kind != InstructionKind::kRun ||
      instruction.script == kNoNode ||
      facts.document().kind(instruction.script) != NodeKind::kScript) {
    return {};
  }
  // Without a WORKDIR it is the image's, mostly the root.
  std::string folder = WorkdirAt(facts, run).value_or("/");
  DirectoryFill most;
  for (ScriptCommand& command :
       CommandsOf(facts.document(), instruction.script)) {
    for (std::string& word : command.operands) {
      word = WithVariables(facts, run, std::move(word));
    }
    if (command.program == "cd" || command.program == "pushd") {
      const auto to = std::find_if(
          command.operands.begin(), command.operands.end(),
          [](const std::string& word) { return !word.starts_with('-'); });
      if (to != command.operands.end()) folder = JoinPath(folder, *to);
      continue;
    }
    const Filling filling = FillingBy(command, folder, directory);
    if (filling > most.filling) most = {filling, command.program};
  }
  return most;
}

}  // namespace dfix
