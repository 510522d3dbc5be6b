#include "src/facts/package_command.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>

#include "src/dockerfile/characters.h"
#include "src/shell/words.h"
#include "src/text/one_of.h"

namespace dfix {
namespace {

// A program that runs the rest of its words, and its own options that take an
// argument of their own.
struct Prefix {
  std::string_view name;
  std::string_view options_with_argument;  // Short ones.
  int operands;                            // Of its own, before the program.
  bool assignments;                        // `X=y` words may come first.
};

// Long options of prefixes whose argument is a word of its own.
constexpr std::string_view kLongPrefixOptions[] = {
    "--user",       "--group",      "--host",      "--prompt",
    "--chroot",     "--chdir",      "--role",      "--type",
    "--other-user", "--close-from", "--unset",     "--adjustment",
    "--class",      "--classdata",  "--signal",    "--kill-after",
    "--max-args",   "--max-procs",  "--max-lines", "--arg-file",
    "--delimiter",  "--output",     "--format"};

constexpr Prefix kPrefixes[] = {
    {"sudo", "ugpCDhRrtT", 0, true}, {"env", "uC", 0, true},
    {"command", "", 0, false},       {"exec", "a", 0, false},
    {"nice", "n", 0, false},         {"ionice", "cn", 0, false},
    {"nohup", "", 0, false},         {"eatmydata", "", 0, false},
    {"time", "fo", 0, false},        {"timeout", "ks", 1, false},
    {"stdbuf", "ioe", 0, false},     {"xargs", "aEdILnPs", 0, false},
    {"unbuffer", "", 0, false},      {"catchsegv", "", 0, false},
};

const Prefix* FindPrefix(std::string_view name) {
  for (const Prefix& prefix : kPrefixes) {
    if (prefix.name == name) return &prefix;
  }
  return nullptr;
}

bool IsAssignment(std::string_view word) {
  const size_t equals = word.find('=');
  if (equals == std::string_view::npos || equals == 0) return false;
  return std::all_of(word.begin(), word.begin() + equals, [](char c) {
    return c == '_' || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
           (c >= 'a' && c <= 'z');
  });
}

// How many of `words` belong to `prefix` itself, its name included; none if
// that cannot be told. `env -S string` hides the program.
size_t PrefixLength(const Document& document, const Prefix& prefix,
                    std::span<const NodeId> words) {
  std::string scratch;
  int operands = prefix.operands;
  size_t i = 1;
  for (; i < words.size(); ++i) {
    const auto word = ConstantView(document, words[i], scratch);
    if (!word) {
      // Only the value of an assignment may be unknown.
      if (prefix.assignments && IsAssignment(document.Text(words[i]))) continue;
      return 0;
    }
    if (*word == "--") continue;
    // `command -v` looks a program up and runs none.
    if (prefix.name == "command" && (*word == "-v" || *word == "-V")) return 0;
    if (word->size() > 1 && word->front() == '-') {
      if (IsOneOf(*word, kLongPrefixOptions)) ++i;
      const bool takes_argument =
          (*word)[1] != '-' && prefix.options_with_argument.find(
                                   word->back()) != std::string_view::npos;
      if (takes_argument) ++i;
      continue;
    }
    if (prefix.assignments && IsAssignment(*word)) continue;
    if (operands-- > 0) continue;
    break;
  }
  return i;
}

struct VerbName {
  std::string_view name;
  PackageVerb verb;
};

constexpr VerbName kVerbs[] = {
    {"update", PackageVerb::kRefresh},
    {"install", PackageVerb::kInstall},
    {"reinstall", PackageVerb::kInstall},
    {"satisfy", PackageVerb::kInstall},
    {"build-dep", PackageVerb::kInstall},
    {"upgrade", PackageVerb::kUpgrade},
    {"dist-upgrade", PackageVerb::kUpgrade},
    {"full-upgrade", PackageVerb::kUpgrade},
    {"safe-upgrade", PackageVerb::kUpgrade},
    {"dselect-upgrade", PackageVerb::kUpgrade},
    {"remove", PackageVerb::kRemove},
    {"purge", PackageVerb::kRemove},
    {"autoremove", PackageVerb::kRemove},
    {"autopurge", PackageVerb::kRemove},
    {"clean", PackageVerb::kClean},
    {"autoclean", PackageVerb::kClean},
    {"dist-clean", PackageVerb::kPurgeLists},
    {"distclean", PackageVerb::kPurgeLists},
    {"source", PackageVerb::kQuery},
    {"download", PackageVerb::kQuery},
    {"changelog", PackageVerb::kQuery},
    {"indextargets", PackageVerb::kQuery},
    {"list", PackageVerb::kQuery},
    {"search", PackageVerb::kQuery},
    {"show", PackageVerb::kQuery},
    {"policy", PackageVerb::kQuery},
    {"depends", PackageVerb::kQuery},
    {"rdepends", PackageVerb::kQuery},
};

PackageVerb FindVerb(std::string_view name) {
  for (const VerbName& verb : kVerbs) {
    if (verb.name == name) return verb.verb;
  }
  return PackageVerb::kOther;
}

std::optional<PackageManager> FindManager(std::string_view name) {
  if (name == "apt-get") return PackageManager::kAptGet;
  if (name == "apt") return PackageManager::kApt;
  if (name == "aptitude") return PackageManager::kAptitude;
  return std::nullopt;
}

// Options of apt-get(8) whose argument is a word of its own.
constexpr std::string_view kShortWithArgument = "acotP";
constexpr std::string_view kLongWithArgument[] = {
    "--option",          "--config-file",       "--target-release",
    "--default-release", "--host-architecture", "--build-profiles",
    "--solver",          "--with-source"};
constexpr std::string_view kYes[] = {"--yes", "--assume-yes"};
constexpr std::string_view kNoAction[] = {
    "--simulate", "--just-print", "--dry-run",       "--recon",
    "--no-act",   "--print-uris", "--download-only", "--assume-no"};

// `APT::Install-Recommends` and its like: true for any value that apt reads as
// no (apt-pkg StringToBool).
bool IsFalse(std::string_view value) {
  constexpr std::string_view kFalse[] = {"0",   "no",      "false",
                                         "off", "disable", "without"};
  std::string lower = AsciiLower(value);
  std::erase_if(lower, [](char c) { return c == '"' || c == '\''; });
  return IsOneOf(lower, kFalse);
}

// Notes what one configuration item (`APT::Get::Assume-Yes=true`) says.
void ReadConfigItem(std::string_view item, PackageCommand& command) {
  const size_t equals = item.find('=');
  if (equals == std::string_view::npos) return;
  const std::string name = AsciiLower(item.substr(0, equals));
  const std::string_view value = item.substr(equals + 1);
  if (name == "apt::install-recommends") command.skips_recommended = true;
  if (name == "apt::get::assume-yes" && !IsFalse(value)) {
    command.assumes_yes = true;
  }
}

class OptionReader {
 public:
  OptionReader(const Document& document, std::span<const NodeId> words,
               PackageCommand& command)
      : document_(document), words_(words), command_(command) {}

  // Sorts the words after the program into options, verb and operands.
  void Read() {
    for (; at_ < words_.size(); ++at_) {
      const auto word = ConstantView(document_, words_[at_], scratch_);
      if (word && !end_of_options_ && word->size() > 1 &&
          word->front() == '-') {
        ReadOption(*word);
      } else {
        ReadOperand(word);
      }
    }
    if (quiet_ >= 2) command_.assumes_yes = true;
  }

 private:
  void ReadOperand(std::optional<std::string_view> word) {
    if (command_.verb_word != kNoNode) {
      command_.operands.push_back(words_[at_]);
      return;
    }
    command_.verb_word = words_[at_];
    // Behind `--` no option can be added any more.
    command_.verb =
        word && !end_of_options_ ? FindVerb(*word) : PackageVerb::kOther;
  }

  void ReadOption(std::string_view word) {
    command_.options.push_back(words_[at_]);
    if (word == "--") {
      end_of_options_ = true;
    } else if (word.starts_with("--")) {
      ReadLong(word);
    } else {
      ReadShort(word);
    }
  }

  void ReadLong(std::string_view word) {
    const std::string_view name = word.substr(0, word.find('='));
    const bool has_value = name.size() < word.size();
    if (IsOneOf(name, kYes)) command_.assumes_yes = true;
    if (IsOneOf(name, kNoAction)) command_.only_simulates = true;
    if (name == "--update") command_.refreshes_first = true;
    if (name == "--quiet") AddQuiet(word.substr(name.size()));
    if (name == "--no-install-recommends" || name == "--without-recommends" ||
        name == "--install-recommends" || name == "--with-recommends") {
      command_.skips_recommended = true;
    }
    if (!IsOneOf(name, kLongWithArgument)) return;
    const std::string argument =
        has_value ? std::string(word.substr(name.size() + 1)) : NextWord();
    if (name == "--option") ReadConfigItem(argument, command_);
  }

  void ReadShort(std::string_view word) {
    for (size_t i = 1; i < word.size(); ++i) {
      const char option = word[i];
      if (option == 'y') command_.assumes_yes = true;
      if (option == 's' || option == 'd') command_.only_simulates = true;
      if (option == 'U') command_.refreshes_first = true;
      if (option == 'R' && command_.manager == PackageManager::kAptitude) {
        command_.skips_recommended = true;
      }
      if (option == 'q') {
        const bool has_level = i + 1 < word.size() && word[i + 1] == '=';
        AddQuiet(has_level ? word.substr(i + 1) : std::string_view());
        if (has_level) return;
      }
      if (kShortWithArgument.find(option) != std::string_view::npos) {
        std::string argument(word.substr(i + 1));
        if (argument.empty()) argument = NextWord();
        if (argument.starts_with('=')) argument.erase(0, 1);
        if (option == 'o') ReadConfigItem(argument, command_);
        return;
      }
    }
  }

  // `level` is empty or `=N`.
  void AddQuiet(std::string_view level) {
    quiet_ = level.size() == 2 ? level[1] - '0' : quiet_ + 1;
  }

  std::string NextWord() {
    if (at_ + 1 >= words_.size()) return "";
    command_.options.push_back(words_[++at_]);
    std::string scratch;
    const auto value = ConstantView(document_, words_[at_], scratch);
    return std::string(value.value_or(""));
  }

  const Document& document_;
  std::span<const NodeId> words_;
  PackageCommand& command_;
  std::string scratch_;
  size_t at_ = 1;
  int quiet_ = 0;
  bool end_of_options_ = false;
};

}  // namespace

std::string_view Basename(std::string_view path) {
  return path.substr(path.rfind('/') + 1);
}

std::vector<NodeId> ProgramWords(const Document& document, NodeId command,
                                 NodeId* sudo, bool* from_xargs) {
  if (sudo != nullptr) *sudo = kNoNode;
  if (from_xargs != nullptr) *from_xargs = false;
  std::vector<NodeId> words;
  for (const NodeId child : document.Children(command)) {
    if (document.kind(child) == NodeKind::kWord) words.push_back(child);
  }
  std::string scratch;
  while (!words.empty()) {
    const auto name = ConstantView(document, words[0], scratch);
    if (!name) return {};
    const Prefix* prefix = FindPrefix(Basename(*name));
    if (prefix == nullptr) return words;
    if (sudo != nullptr && prefix->name == "sudo") *sudo = words[0];
    if (from_xargs != nullptr && prefix->name == "xargs") *from_xargs = true;
    const size_t length = PrefixLength(document, *prefix, words);
    if (length == 0) return {};
    words.erase(words.begin(), words.begin() + std::min(length, words.size()));
  }
  return words;
}

std::optional<PackageCommand> ParsePackageCommand(const Document& document,
                                                  NodeId command,
                                                  uint32_t instruction) {
  PackageCommand result{.instruction = instruction,
                        .command = command,
                        .prefix = kNoNode,
                        .program = kNoNode,
                        .verb_word = kNoNode,
                        .manager = PackageManager::kAptGet,
                        .verb = PackageVerb::kNone,
                        .options = {},
                        .operands = {}};
  const std::vector<NodeId> words =
      ProgramWords(document, command, &result.prefix, &result.operands_unknown);
  if (words.empty()) return std::nullopt;
  std::string scratch;
  const auto name = ConstantView(document, words[0], scratch);
  if (!name) return std::nullopt;
  const auto manager = FindManager(Basename(*name));
  if (!manager) return std::nullopt;
  result.program = words[0];
  result.manager = *manager;
  OptionReader(document, words, result).Read();
  return result;
}

}  // namespace dfix
