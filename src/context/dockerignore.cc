#include "src/context/dockerignore.h"

#include <algorithm>
#include <cctype>
#include <optional>

#include "src/context/paths.h"

namespace dfix {
namespace {

using Item = IgnoreRule::Item;
using Kind = IgnoreRule::Item::Kind;
using Match = IgnoreRule::Match;

// Go's scanner gives up on lines that are longer.
constexpr size_t kLongestLine = 65536;

// White space at both ends as Go's strings.TrimSpace sees it. (What is beyond
// ASCII there is left: nobody has it.)
std::string_view Trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\n\v\f\r";
  const size_t begin = text.find_first_not_of(kSpace);
  if (begin == std::string_view::npos) return "";
  return text.substr(begin, text.find_last_not_of(kSpace) + 1 - begin);
}

// Makes a rule's items out of its pattern, in the steps in which Docker writes
// a regular expression.
class Compiler {
 public:
  explicit Compiler(IgnoreRule& rule) : rule_(rule), rest_(rule.pattern) {}

  // False if the pattern means something that is not followed here.
  bool Compile() {
    rule_.match = Match::kExact;
    for (bool first = true; !rest_.empty(); first = false) {
      if (!Take(first)) return false;
    }
    return true;
  }

 private:
  bool Take(bool first) {
    const Character character = FirstCharacter(rest_);
    rest_.remove_prefix(character.size);
    switch (character.code) {
      case '*':
        TakeStars(first);
        return true;
      case '?':
        Add(Kind::kAnyOne);
        rule_.match = Match::kItems;
        return true;
      case '\\':
        return TakeQuoted();
      case '[':
        rule_.match = Match::kItems;
        return TakeClass();
      case ']':
        rule_.match = Match::kItems;
        break;
      case '^':
        Add(Kind::kBegin);
        return true;
      default:
        break;
    }
    Add(Kind::kCharacter, character.code);
    return true;
  }

  void TakeStars(bool first) {
    if (!rest_.starts_with('*')) {
      Add(Kind::kAnyName);
      rule_.match = Match::kItems;
      return;
    }
    rest_.remove_prefix(1);
    if (rest_.starts_with('/')) rest_.remove_prefix(1);
    const bool at_end = rest_.empty();
    Add(at_end ? Kind::kAnything : Kind::kFolders);
    const bool plain = rule_.match == Match::kExact;
    rule_.match = at_end && plain ? Match::kPrefix : Match::kItems;
    if (first) rule_.match = Match::kSuffix;
  }

  bool TakeQuoted() {
    if (rest_.empty()) return false;
    const Character character = FirstCharacter(rest_);
    // A letter or digit makes an escape sequence of the regular expression.
    if (character.code >= 0x80 ||
        std::isalnum(static_cast<int>(character.code)) != 0) {
      return false;
    }
    rest_.remove_prefix(character.size);
    Add(Kind::kCharacter, character.code);
    rule_.match = Match::kItems;
    return true;
  }

  // One end of a range in a class.
  std::optional<char32_t> TakeClassCharacter() {
    if (rest_.starts_with('\\')) {
      rest_.remove_prefix(1);
      if (!rest_.empty() &&
          std::isalnum(static_cast<unsigned char>(rest_[0])) != 0) {
        return std::nullopt;
      }
    } else if (rest_.starts_with('*') || rest_.starts_with('?') ||
               rest_.starts_with('[')) {
      return std::nullopt;
    }
    if (rest_.empty()) return std::nullopt;
    const Character character = FirstCharacter(rest_);
    rest_.remove_prefix(character.size);
    return character.code;
  }

  bool TakeClass() {
    Item item = {Kind::kClass};
    item.negated = rest_.starts_with('^');
    if (item.negated) rest_.remove_prefix(1);
    while (!rest_.starts_with(']')) {
      const auto low = TakeClassCharacter();
      if (!low) return false;
      Item::Range range = {*low, *low};
      if (rest_.starts_with('-')) {
        rest_.remove_prefix(1);
        const auto high = TakeClassCharacter();
        if (!high || *high < *low) return false;
        range.high = *high;
      }
      item.ranges.push_back(range);
    }
    rest_.remove_prefix(1);
    rule_.items.push_back(std::move(item));
    return true;
  }

  void Add(Kind kind, char32_t code = 0) {
    rule_.items.push_back({kind, code});
  }

  IgnoreRule& rule_;
  std::string_view rest_;
};

bool MatchesOne(const Item& item, char32_t code) {
  if (item.kind == Kind::kCharacter) return code == item.code;
  if (item.kind != Kind::kClass) return code != '/';
  const bool found = std::any_of(
      item.ranges.begin(), item.ranges.end(), [&](const Item::Range& range) {
        return range.low <= code && code <= range.high;
      });
  return found != item.negated;
}

// Where in `path` the match may stand behind `item`, if it may stand at `at`
// before it.
std::vector<bool> Advance(const Item& item, std::string_view path,
                          const std::vector<bool>& at) {
  std::vector<bool> next(path.size() + 1, false);
  if (item.kind == Kind::kBegin) {
    next[0] = at[0];
    return next;
  }
  bool running = false;
  size_t i = 0;
  while (true) {
    switch (item.kind) {
      case Kind::kFolders:
        next[i] = next[i] || at[i] || (running && path[i - 1] == '/');
        running |= at[i];
        break;
      case Kind::kAnything:
      case Kind::kAnyName:
        running |= at[i];
        next[i] = running;
        break;
      default:
        break;
    }
    if (i == path.size()) return next;
    const Character character = FirstCharacter(path.substr(i));
    switch (item.kind) {
      case Kind::kFolders:
      case Kind::kAnything:
        running &= character.code != '\n';
        break;
      case Kind::kAnyName:
        running &= character.code != '/';
        break;
      default:
        if (at[i] && MatchesOne(item, character.code)) {
          next[i + character.size] = true;
        }
    }
    i += character.size;
  }
}

bool MatchesItems(const std::vector<Item>& items, std::string_view path) {
  std::vector<bool> at(path.size() + 1, false);
  at[0] = true;
  for (const Item& item : items) at = Advance(item, path, at);
  return at[path.size()];
}

}  // namespace

bool IgnoreRule::Matches(std::string_view path) const {
  switch (match) {
    case Match::kExact:
      return path == pattern;
    case Match::kPrefix:
      return path.starts_with(
          std::string_view(pattern).substr(0, pattern.size() - 2));
    case Match::kSuffix: {
      const std::string_view suffix = std::string_view(pattern).substr(2);
      return path.ends_with(suffix) ||
             (suffix.starts_with('/') && path == suffix.substr(1));
    }
    case Match::kItems:
      return MatchesItems(items, path);
  }
  return false;
}

DockerIgnore::DockerIgnore(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  uint32_t number = 0;
  while (!text.empty()) {
    const size_t newline = std::min(text.find('\n'), text.size());
    AddLine(text.substr(0, newline), ++number);
    text.remove_prefix(std::min(newline + 1, text.size()));
  }
}

void DockerIgnore::AddLine(std::string_view line, uint32_t number) {
  if (line.size() >= kLongestLine) return Complain(number, "is too long");
  if (line.starts_with('#')) return;
  std::string_view pattern = Trimmed(line);
  if (pattern.empty()) return;
  IgnoreRule rule;
  rule.line = number;
  rule.is_exception = pattern.starts_with('!');
  if (rule.is_exception) pattern = Trimmed(pattern.substr(1));
  rule.pattern = CleanPath(pattern);
  if (rule.pattern.size() > 1 && rule.pattern[0] == '/') {
    rule.pattern.erase(0, 1);
  }
  // What cleaning brings to the front counts, too.
  if (!rule.is_exception && rule.pattern[0] == '!') {
    rule.is_exception = true;
    rule.pattern.erase(0, 1);
  }
  const bool is_bare =
      pattern.empty() || rule.pattern.empty() || rule.pattern == "/";
  if (rule.is_exception && is_bare) {
    return Complain(number, "is a `!` without a pattern");
  }
  if (!MatchesGoPattern(rule.pattern, ".")) {
    return Complain(number, "is a pattern that Docker refuses");
  }
  if (!Compiler(rule).Compile()) {
    return Complain(number, "is a pattern that is not understood");
  }
  rules_.push_back(std::move(rule));
}

void DockerIgnore::Complain(uint32_t line, std::string_view what) {
  if (!problem_.empty()) return;
  problem_ = "line " + std::to_string(line) + ' ' + std::string(what);
}

bool DockerIgnore::Excludes(std::string_view path, const FolderMatch& parent,
                            FolderMatch* own) const {
  bool excluded = false;
  if (own != nullptr) own->assign(rules_.size(), false);
  for (size_t i = 0; i < rules_.size(); ++i) {
    bool matches = !parent.empty() && parent[i];
    if (!matches) {
      if (rules_[i].is_exception != excluded) continue;
      matches = rules_[i].Matches(path);
    }
    if (own != nullptr) (*own)[i] = matches;
    if (matches) excluded = !rules_[i].is_exception;
  }
  return excluded;
}

bool DockerIgnore::Excludes(std::string_view path) const {
  FolderMatch parent;
  for (size_t slash = path.find('/'); slash != std::string_view::npos;
       slash = path.find('/', slash + 1)) {
    FolderMatch own;
    Excludes(path.substr(0, slash), parent, &own);
    parent = std::move(own);
  }
  return Excludes(path, parent, nullptr);
}

}  // namespace dfix
