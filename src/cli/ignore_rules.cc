#include "src/cli/ignore_rules.h"

#include <cctype>

namespace dfix {
namespace {

// Whether `c` is in the POSIX class of that name, such as `alpha`.
bool IsInClass(std::string_view name, unsigned char c) {
  if (name == "alpha") return std::isalpha(c) != 0;
  if (name == "digit") return std::isdigit(c) != 0;
  if (name == "alnum") return std::isalnum(c) != 0;
  if (name == "upper") return std::isupper(c) != 0;
  if (name == "lower") return std::islower(c) != 0;
  if (name == "space") return std::isspace(c) != 0;
  if (name == "blank") return std::isblank(c) != 0;
  if (name == "punct") return std::ispunct(c) != 0;
  if (name == "print") return std::isprint(c) != 0;
  if (name == "graph") return std::isgraph(c) != 0;
  if (name == "cntrl") return std::iscntrl(c) != 0;
  if (name == "xdigit") return std::isxdigit(c) != 0;
  return false;
}

// Matches `c` against the bracket expression that begins at glob[at], and moves
// `at` past it. Absent if it is never closed.
std::optional<bool> MatchBracket(std::string_view glob, size_t& at,
                                 unsigned char c) {
  size_t i = at + 1;
  const bool negated = i < glob.size() && (glob[i] == '!' || glob[i] == '^');
  if (negated) ++i;
  bool matches = false;
  for (bool first = true; i < glob.size(); first = false) {
    if (glob[i] == ']' && !first) {
      at = i + 1;
      return matches != negated;
    }
    if (glob.substr(i, 2) == "[:") {
      const size_t end = glob.find(":]", i + 2);
      if (end != std::string_view::npos) {
        matches |= IsInClass(glob.substr(i + 2, end - i - 2), c);
        i = end + 2;
        continue;
      }
    }
    if (glob[i] == '\\' && i + 1 < glob.size()) ++i;
    const auto low = static_cast<unsigned char>(glob[i++]);
    auto high = low;
    if (i + 1 < glob.size() && glob[i] == '-' && glob[i + 1] != ']') {
      ++i;
      if (glob[i] == '\\' && i + 1 < glob.size()) ++i;
      high = static_cast<unsigned char>(glob[i++]);
    }
    matches |= low <= c && c <= high;
  }
  return std::nullopt;
}

// Matches one character of a name with what stands at glob[at], which is not
// `*`, and moves `at` past it if so.
bool MatchOne(std::string_view glob, size_t& at, char c) {
  switch (glob[at]) {
    case '?':
      ++at;
      return true;
    case '[': {
      size_t end = at;
      if (!MatchBracket(glob, end, static_cast<unsigned char>(c))
               .value_or(false)) {
        return false;
      }
      at = end;
      return true;
    }
    case '\\':
      if (at + 1 < glob.size()) {
        if (glob[at + 1] != c) return false;
        at += 2;
        return true;
      }
      [[fallthrough]];
    default:
      if (glob[at] != c) return false;
      ++at;
      return true;
  }
}

// Whether the segments of a path match those of a pattern. A `**` at the end
// stands for at least one.
bool SegmentsMatch(const std::vector<std::string>& pattern,
                   const std::vector<std::string_view>& path) {
  constexpr size_t kNone = static_cast<size_t>(-1);
  size_t at = 0;
  size_t star = kNone;  // The last `**`, and where it is tried to end.
  size_t star_end = 0;
  size_t i = 0;
  while (i < path.size()) {
    if (at < pattern.size() && pattern[at] == "**") {
      if (at + 1 == pattern.size()) return true;
      star = at++;
      star_end = i;
    } else if (at < pattern.size() && GlobMatches(pattern[at], path[i])) {
      ++at;
      ++i;
    } else if (star != kNone) {
      at = star + 1;
      i = ++star_end;
    } else {
      return false;
    }
  }
  return at == pattern.size();
}

std::vector<std::string_view> SplitPath(std::string_view path) {
  std::vector<std::string_view> segments;
  while (true) {
    const size_t slash = path.find('/');
    segments.push_back(path.substr(0, slash));
    if (slash == std::string_view::npos) return segments;
    path.remove_prefix(slash + 1);
  }
}

// The line without line end and without the blanks at its end that no backslash
// keeps.
std::string_view TrimLine(std::string_view line) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  while (line.ends_with(' ')) {
    size_t backslashes = 0;
    while (backslashes + 1 < line.size() &&
           line[line.size() - 2 - backslashes] == '\\') {
      ++backslashes;
    }
    if (backslashes % 2 == 1) break;
    line.remove_suffix(1);
  }
  return line;
}

std::optional<IgnorePattern> ParsePattern(std::string_view line) {
  line = TrimLine(line);
  if (line.empty() || line[0] == '#') return std::nullopt;
  IgnorePattern pattern;
  if (line[0] == '!') {
    pattern.negated = true;
    line.remove_prefix(1);
  }
  if (line.ends_with('/')) {
    pattern.folders_only = true;
    line.remove_suffix(1);
  }
  const bool anchored = line.find('/') != std::string_view::npos;
  if (line.starts_with('/')) line.remove_prefix(1);
  if (line.empty()) return std::nullopt;
  for (const std::string_view segment : SplitPath(line)) {
    pattern.segments.emplace_back(segment);
  }
  if (!anchored) pattern.segments.insert(pattern.segments.begin(), "**");
  return pattern;
}

}  // namespace

bool GlobMatches(std::string_view glob, std::string_view name) {
  constexpr size_t kNone = static_cast<size_t>(-1);
  size_t at = 0;
  size_t star = kNone;  // The last `*`, and where it is tried to end.
  size_t star_end = 0;
  size_t i = 0;
  while (i < name.size()) {
    if (at < glob.size() && glob[at] == '*') {
      star = at++;
      star_end = i;
    } else if (at < glob.size() && MatchOne(glob, at, name[i])) {
      ++i;
    } else if (star != kNone) {
      at = star + 1;
      i = ++star_end;
    } else {
      return false;
    }
  }
  while (at < glob.size() && glob[at] == '*') ++at;
  return at == glob.size();
}

std::vector<IgnorePattern> ParseIgnorePatterns(std::string_view text) {
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  std::vector<IgnorePattern> patterns;
  while (!text.empty()) {
    const size_t newline = text.find('\n');
    if (auto pattern = ParsePattern(text.substr(0, newline))) {
      patterns.push_back(*std::move(pattern));
    }
    if (newline == std::string_view::npos) break;
    text.remove_prefix(newline + 1);
  }
  return patterns;
}

std::optional<bool> IsIgnored(const std::vector<IgnorePattern>& patterns,
                              std::string_view path, bool is_folder) {
  if (patterns.empty()) return std::nullopt;
  const std::vector<std::string_view> segments = SplitPath(path);
  for (size_t i = patterns.size(); i-- > 0;) {
    const IgnorePattern& pattern = patterns[i];
    if (pattern.folders_only && !is_folder) continue;
    if (SegmentsMatch(pattern.segments, segments)) return !pattern.negated;
  }
  return std::nullopt;
}

}  // namespace dfix
