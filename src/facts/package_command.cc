#include "src/facts/package_command.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>

#include "src/dockerfile/characters.h"
#include "src/facts/call_traits.h"
#include "src/shell/words.h"
#include "src/text/glob.h"
#include "src/text/one_of.h"
#include "src/text/search.h"

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

// The manager that `words` call, and how many of them name it.
struct ProgramMatch {
  const PackageManager* manager = nullptr;
  size_t words = 0;
};

// Whether `program`, globs with a blank between, matches the first of `values`;
// the number of words, or 0.
size_t MatchProgram(std::string_view program,
                    std::span<const std::string> values) {
  size_t count = 0;
  while (true) {
    const std::string_view glob = program.substr(0, program.find(' '));
    if (count == values.size() || !MatchesGlob(glob, values[count])) return 0;
    ++count;
    if (glob.size() == program.size()) return count;
    program.remove_prefix(glob.size() + 1);
  }
}

// The last parts of the first words, as far as they are known. A program in a
// directory that is not known is known all the same: `$VENV/bin/pip`.
std::vector<std::string> ProgramNames(const Document& document,
                                      std::span<const NodeId> words) {
  constexpr size_t kMostWords = 3;
  std::vector<std::string> names;
  std::string scratch;
  for (size_t i = 0; i < words.size() && i < kMostWords; ++i) {
    auto word = ConstantView(document, words[i], scratch);
    if (!word && i == 0) {
      const std::string_view text = document.Text(words[i]);
      const std::string_view last = Basename(text);
      const bool plain = last.size() < text.size() &&
                         last.find_first_of("$`\\*?[{(") == text.npos;
      if (plain) word = last.substr(0, last.find('"'));
    }
    if (!word) break;
    names.emplace_back(Basename(*word));
  }
  return names;
}

ProgramMatch FindProgram(const Document& document,
                         std::span<const NodeId> words,
                         std::span<const PackageManager> managers) {
  const std::vector<std::string> names = ProgramNames(document, words);
  if (names.empty() || names[0].empty()) return {};
  for (const PackageManager& manager : managers) {
    for (const std::string_view program : manager.programs) {
      if (program[0] != names[0][0] && program[0] != '*') continue;
      const size_t count = MatchProgram(program, names);
      if (count > 0) return {&manager, count};
    }
  }
  return {};
}

// Sorts the words after the program into options, verb and operands.
class CallReader {
 public:
  CallReader(const Document& document, std::span<const NodeId> words,
             PackageCommand& command)
      : document_(document),
        words_(words),
        manager_(*command.manager),
        command_(command) {}

  void Read() {
    for (; at_ < words_.size(); ++at_) {
      const auto word = ConstantView(document_, words_[at_], scratch_);
      if (word && !end_of_options_ && word->size() > 1 &&
          word->front() == '-') {
        if (option_verb_ == nullptr) option_verb_ = FindOptionVerb(*word);
        if (option_verb_ != nullptr && command_.verb_word == kNoNode) {
          command_.verb_word = words_[at_];
        }
        ReadOption(*word);
      } else if (!word && !end_of_options_ &&
                 document_.Text(words_[at_]).starts_with('-')) {
        ReadUnknownOption(document_.Text(words_[at_]));
      } else {
        operands_are_late_ |= end_of_options_ && command_.operands.empty();
        command_.operands.push_back(words_[at_]);
      }
    }
    if (quiet_ >= 2) command_.traits.Add(CallTrait::kAssumesYes);
    FindVerb();
  }

 private:
  // The verb that an option is: `-S` of `-Syu`. Of short ones all letters have
  // to be there; the longest counts.
  const ManagerVerb* FindOptionVerb(std::string_view word) const {
    for (const ManagerVerb& verb : manager_.verbs) {
      if (verb.words.front() != '-') continue;
      const bool is_long = verb.words.starts_with("--");
      const bool fits =
          is_long ? verb.words == word
                  : word[1] != '-' &&
                        std::all_of(
                            verb.words.begin(), verb.words.end(),
                            [&](char c) { return word.find(c) != word.npos; });
      if (fits) return &verb;
    }
    return nullptr;
  }

  // Takes the verb off the operands.
  void FindVerb() {
    std::vector<NodeId>& operands = command_.operands;
    if (option_verb_ != nullptr) return SetVerb(*option_verb_);
    if (operands.empty()) {
      command_.verb = AsksForHelp() ? PackageVerb::kNone : manager_.alone;
      return;
    }
    for (const ManagerVerb& verb : manager_.verbs) {
      const size_t count = CountOfVerb(verb.words);
      if (count == 0) continue;
      command_.verb_word = operands[count - 1];
      operands.erase(operands.begin(), operands.begin() + count);
      SetVerb(verb);
      // Behind `--` no option can be added any more.
      if (operands_are_late_) command_.verb = PackageVerb::kOther;
      return;
    }
    command_.verb = manager_.with_operands;
    if (command_.verb != PackageVerb::kOther) return;
    command_.verb_word = operands.front();
    operands.erase(operands.begin());
  }

  // `yarn --version` does none of what `yarn` does.
  bool AsksForHelp() const {
    constexpr std::string_view kHelp[] = {"-v", "-V", "-h", "--version",
                                          "--help"};
    std::string scratch;
    return std::any_of(
        command_.options.begin(), command_.options.end(), [&](NodeId option) {
          const auto text = ConstantView(document_, option, scratch);
          return text && IsOneOf(*text, kHelp);
        });
  }

  void SetVerb(const ManagerVerb& verb) {
    const bool alone = command_.operands.empty() && !command_.operands_unknown;
    command_.verb = alone ? verb.alone : verb.verb;
  }

  // How many operands the words of a verb are, if they come first; else 0.
  size_t CountOfVerb(std::string_view verb) const {
    size_t count = 0;
    while (true) {
      const std::string_view word = verb.substr(0, verb.find(' '));
      if (count == command_.operands.size() ||
          !WordIs(document_, command_.operands[count], word)) {
        return 0;
      }
      ++count;
      if (word.size() == verb.size()) return count;
      verb.remove_prefix(word.size() + 1);
    }
  }

  void ReadOption(std::string_view word) {
    command_.options.push_back(words_[at_]);
    if (word == "--") {
      end_of_options_ = true;
      return;
    }
    const std::string_view name = word.substr(0, word.find('='));
    const bool has_value = name.size() < word.size();
    const bool known = AddTrait(name, word.substr(name.size()));
    if (TakesArgument(name)) {
      const std::string argument(
          has_value ? std::string(word.substr(name.size() + 1)) : NextWord());
      if (IsOneOf(name, manager_.setters)) ReadSetting(argument);
    } else if (!known && !word.starts_with("--")) {
      ReadBundle(word);
    }
  }

  // An option whose argument, in the same word, is not known:
  // `--prefix=$HOME`, `-j$(nproc)`.
  void ReadUnknownOption(std::string_view word) {
    command_.options.push_back(words_[at_]);
    AddTrait(word.substr(0, word.find_first_of("=$`\"'")), "");
  }

  // Short options in one word, the last one perhaps with its argument.
  void ReadBundle(std::string_view word) {
    for (size_t i = 1; i < word.size(); ++i) {
      const char letters[] = {'-', word[i]};
      const std::string_view name(letters, 2);
      const std::string_view rest = word.substr(i + 1);
      AddTrait(name, rest.starts_with('=') ? rest : std::string_view());
      if (TakesArgument(name)) {
        std::string argument(rest);
        if (argument.empty()) argument = NextWord();
        if (argument.starts_with('=')) argument.erase(0, 1);
        if (IsOneOf(name, manager_.setters)) ReadSetting(argument);
        return;
      }
      if (rest.starts_with('=')) return;
    }
  }

  // Whether the option takes an argument, with every verb or with the one that
  // the operands so far begin with: `env create -f`.
  bool TakesArgument(std::string_view name) const {
    if (IsOneOf(name, manager_.arguments)) return true;
    return std::any_of(manager_.arguments.begin(), manager_.arguments.end(),
                       [&](std::string_view option) {
                         const size_t blank = option.rfind(' ');
                         return blank != option.npos &&
                                option.substr(blank + 1) == name &&
                                CountOfVerb(option.substr(0, blank)) > 0;
                       });
  }

  // Notes what the option `name` says; `value` is empty or `=value`. Whether it
  // says anything.
  bool AddTrait(std::string_view name, std::string_view value) {
    bool known = false;
    for (const ManagerOption& option : manager_.options) {
      if (option.name != name) continue;
      known = true;
      if (option.trait != CallTrait::kAssumesYesTwice) {
        command_.traits.Add(option.trait);
      } else {
        quiet_ = value.size() == 2 ? value[1] - '0' : quiet_ + 1;
      }
    }
    return known;
  }

  // Notes what one setting (`APT::Get::Assume-Yes=true`) says.
  void ReadSetting(std::string_view item) {
    const size_t equals = item.find('=');
    if (equals == std::string_view::npos) return;
    const std::string name = AsciiLower(item.substr(0, equals));
    for (const ManagerSetting& setting : manager_.settings) {
      if (AsciiLower(setting.name) != name) continue;
      if (setting.any_value || !MeansNo(item.substr(equals + 1))) {
        command_.traits.Add(setting.trait);
      }
    }
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
  const PackageManager& manager_;
  PackageCommand& command_;
  const ManagerVerb* option_verb_ = nullptr;
  std::string scratch_;
  size_t at_ = 0;
  int quiet_ = 0;
  bool end_of_options_ = false;
  bool operands_are_late_ = false;  // All of them stand behind `--`.
};

}  // namespace

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

std::optional<PackageCommand> ParsePackageCommand(
    const Document& document, NodeId command, uint32_t instruction,
    std::span<const PackageManager> managers) {
  NodeId sudo = kNoNode;
  bool from_xargs = false;
  std::vector<NodeId> words =
      ProgramWords(document, command, &sudo, &from_xargs);
  if (words.empty()) {
    // The program's path may not be constant, though its name is.
    for (const NodeId child : document.Children(command)) {
      if (document.kind(child) == NodeKind::kWord) words.push_back(child);
    }
  }
  const ProgramMatch match = FindProgram(document, words, managers);
  if (match.manager == nullptr) return std::nullopt;
  PackageCommand result{.manager = match.manager,
                        .instruction = instruction,
                        .command = command,
                        .prefix = sudo,
                        .program = words[match.words - 1],
                        .first_word = words[0],
                        .verb_word = kNoNode,
                        .verb = PackageVerb::kNone,
                        .options = {},
                        .operands = {},
                        .traits = {},
                        .operands_unknown = from_xargs};
  const std::span<const NodeId> rest(words.begin() + match.words, words.end());
  CallReader(document, rest, result).Read();
  return result;
}

}  // namespace dfix
