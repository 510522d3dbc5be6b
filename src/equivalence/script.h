// Scripts as what a shell makes of them: quotes, continuations, comments and
// line ends are gone, the commands and what joins them are left.
//
// Two scripts with equal hashes do the same. Left out: what commands do.
#ifndef DFIX_EQUIVALENCE_SCRIPT_H_
#define DFIX_EQUIVALENCE_SCRIPT_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "src/shell/operators.h"
#include "src/syntax/document.h"

namespace dfix::equivalence {

struct List;

// A word by its value if that is constant; else as a shell may read it, in one
// spelling for all that mean the same, with kHole for each command
// substitution.
struct Word {
  static constexpr char kHole = '\x01';

  std::string text;
  bool constant = false;
  std::vector<List> lists;  // Of command and process substitutions.
  uint64_t hash = 0;

  bool Is(std::string_view value) const { return constant && text == value; }
};

struct Redirect {
  ShellOperator shell_operator;
  std::string number;
  Word target;
  std::string body;  // Of a heredoc.
  uint64_t hash = 0;
};

// A simple command, or a compound one with its lists.
struct Command {
  NodeKind kind = NodeKind::kSimpleCommand;
  std::vector<Word> assignments;
  std::vector<Word> words;
  std::vector<Redirect> redirections;
  std::string head;  // All of a compound command but its lists.
  std::vector<List> lists;
  uint64_t hash = 0;
};

// What comes before a pipeline.
enum class Join : uint8_t {
  kFirst,  // Nothing: it begins its list.
  kAnd,
  kOr,
  kNext,  // `;`, `&` or a line end.
};

// A pipeline in a list.
struct Item {
  Join join = Join::kFirst;
  bool background = false;  // Its and-or list ends with `&`.
  bool negated = false;
  bool timed = false;
  std::string pipes;  // `|`, or `&` for `|&`, between the commands.
  std::vector<Command> commands;
  uint64_t hash = 0;  // Without join and background.
};

struct List {
  std::vector<Item> items;
  uint64_t hash = 0;
};

// The commands of a Script or List node.
List BuildList(const Document& document, NodeId list);

// In one line, as a shell would read it.
std::string Render(const List& list);
std::string Render(const Item& item);
std::string Render(const Command& command);
std::string Render(const Word& word);

// `hash` and one more value.
inline uint64_t Mix(uint64_t hash, uint64_t value) {
  hash ^= value + 0x9e3779b97f4a7c15ULL + (hash << 6) + (hash >> 2);
  return hash * 0xff51afd7ed558ccdULL;
}
uint64_t Mix(uint64_t hash, std::string_view text);

// The simple command that an item consists of, alone; else null.
inline const Command* OnlySimple(const Item& item) {
  const bool simple = item.commands.size() == 1 && !item.negated &&
                      item.commands[0].kind == NodeKind::kSimpleCommand;
  return simple ? &item.commands[0] : nullptr;
}

// Calls `visit(const Command&)` for every simple command in `list` in its
// order, those in compound commands and substitutions too.
template <typename Visit>
void ForEachSimple(const List& list, Visit visit) {
  const auto in_words = [&](const std::vector<Word>& words) {
    for (const Word& word : words) {
      for (const List& inner : word.lists) ForEachSimple(inner, visit);
    }
  };
  for (const Item& item : list.items) {
    for (const Command& command : item.commands) {
      in_words(command.assignments);
      in_words(command.words);
      if (command.kind == NodeKind::kSimpleCommand) visit(command);
      for (const List& inner : command.lists) ForEachSimple(inner, visit);
    }
  }
}

}  // namespace dfix::equivalence

#endif  // DFIX_EQUIVALENCE_SCRIPT_H_
