#include "src/context/paths.h"

#include <algorithm>
#include <vector>

namespace dfix {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

// One character of a class, quoted or not; absent where Go refuses it.
std::optional<char32_t> TakeClassCharacter(std::string_view& pattern) {
  if (pattern.empty() || pattern[0] == '-' || pattern[0] == ']') {
    return std::nullopt;
  }
  if (pattern[0] == '\\') {
    pattern.remove_prefix(1);
    if (pattern.empty()) return std::nullopt;
  }
  const Character character = FirstCharacter(pattern);
  const bool invalid = character.code == kReplacement && character.size == 1;
  pattern.remove_prefix(character.size);
  // A class must be closed.
  if (invalid || pattern.empty()) return std::nullopt;
  return character.code;
}

// Takes a class, whose `[` is gone. Whether `code` is in it; absent if the
// class is not well formed.
std::optional<bool> TakeClass(std::string_view& pattern, char32_t code) {
  const bool negated = pattern.starts_with('^');
  if (negated) pattern.remove_prefix(1);
  bool found = false;
  for (bool first = true;; first = false) {
    if (!first && pattern.starts_with(']')) break;
    const auto low = TakeClassCharacter(pattern);
    if (!low) return std::nullopt;
    char32_t high = *low;
    if (pattern.starts_with('-')) {
      pattern.remove_prefix(1);
      const auto end = TakeClassCharacter(pattern);
      if (!end) return std::nullopt;
      high = *end;
    }
    found |= *low <= code && code <= high;
  }
  pattern.remove_prefix(1);
  return found != negated;
}

// One step of matching: what stands at the begin of `pattern`, which is not
// empty and no `*`, against `name`. Takes from both; clears `matches` on a
// mismatch. False if the pattern is not well formed.
bool Step(std::string_view& pattern, std::string_view& name, bool& matches) {
  const bool at_end = name.empty();
  const Character character = at_end ? Character{0, 0} : FirstCharacter(name);
  if (pattern[0] == '[') {
    pattern.remove_prefix(1);
    const auto in_class = TakeClass(pattern, character.code);
    if (!in_class) return false;
    matches &= !at_end && *in_class;
    name.remove_prefix(character.size);
    return true;
  }
  if (pattern[0] == '?') {
    matches &= !at_end && name[0] != '/';
    pattern.remove_prefix(1);
    name.remove_prefix(character.size);
    return true;
  }
  if (pattern[0] == '\\') {
    pattern.remove_prefix(1);
    if (pattern.empty()) return false;
  }
  matches &= !at_end && name[0] == pattern[0];
  pattern.remove_prefix(1);
  if (!at_end) name.remove_prefix(1);
  return true;
}

bool IsWellFormed(std::string_view pattern) {
  while (!pattern.empty()) {
    if (pattern[0] == '*') {
      pattern.remove_prefix(1);
      continue;
    }
    std::string_view nothing;
    bool ignored = true;
    if (!Step(pattern, nothing, ignored)) return false;
  }
  return true;
}

// Whether all of `name` matches, for a pattern that is well formed.
bool Matches(std::string_view pattern, std::string_view name) {
  // Where to go on after a mismatch: behind the last `*`.
  std::string_view star_pattern;
  std::string_view star_name;
  bool has_star = false;
  while (true) {
    if (pattern.starts_with('*')) {
      pattern.remove_prefix(1);
      has_star = true;
      star_pattern = pattern;
      star_name = name;
      continue;
    }
    bool matches = !pattern.empty() || name.empty();
    if (pattern.empty() && matches) return true;
    if (matches) Step(pattern, name, matches);
    if (matches) continue;
    if (!has_star || star_name.empty() || star_name[0] == '/') return false;
    star_name.remove_prefix(1);
    pattern = star_pattern;
    name = star_name;
  }
}

}  // namespace

std::string CleanPath(std::string_view path) {
  const bool rooted = path.starts_with('/');
  std::vector<std::string_view> parts;
  for (size_t at = 0; at < path.size();) {
    const size_t slash = std::min(path.find('/', at), path.size());
    const std::string_view part = path.substr(at, slash - at);
    at = slash + 1;
    if (part.empty() || part == ".") continue;
    if (part != "..") {
      parts.push_back(part);
    } else if (!parts.empty() && parts.back() != "..") {
      parts.pop_back();
    } else if (!rooted) {
      parts.push_back(part);
    }
  }
  std::string out = rooted ? "/" : "";
  for (size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) out += '/';
    out += parts[i];
  }
  return out.empty() ? "." : out;
}

std::string JoinPath(std::string_view folder, std::string_view path) {
  if (path.starts_with('/')) return CleanPath(path);
  return CleanPath(std::string(folder) + '/' + std::string(path));
}

std::string ParentPath(std::string_view path) {
  const size_t slash = path.rfind('/');
  if (slash == std::string_view::npos) return ".";
  return slash == 0 ? "/" : std::string(path.substr(0, slash));
}

std::optional<std::string> PathBelow(std::string_view path,
                                     std::string_view folder) {
  if (path == folder) return ".";
  if (folder == ".") {
    if (path.starts_with('/') || path == ".." || path.starts_with("../")) {
      return std::nullopt;
    }
    return std::string(path);
  }
  if (!path.starts_with(folder)) return std::nullopt;
  path.remove_prefix(folder.size());
  if (!folder.ends_with('/')) {
    if (!path.starts_with('/')) return std::nullopt;
    path.remove_prefix(1);
  }
  return std::string(path);
}

std::optional<bool> MatchesGoPattern(std::string_view pattern,
                                     std::string_view name) {
  if (!IsWellFormed(pattern)) return std::nullopt;
  return Matches(pattern, name);
}

Character FirstCharacter(std::string_view text) {
  const auto byte = [&](size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
  };
  const unsigned first = byte(0);
  if (first < 0x80) return {first, 1};
  const size_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  constexpr char32_t kLeast[] = {0, 0, 0x80, 0x800, 0x10000};
  if (first < 0xC2 || first > 0xF4) return {kReplacement, 1};
  char32_t code = first & (0x7FU >> size);
  for (size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xC0U) != 0x80U) return {kReplacement, 1};
    code = code << 6 | (byte(i) & 0x3FU);
  }
  const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
  if (code < kLeast[size] || code > 0x10FFFF || surrogate) {
    return {kReplacement, 1};
  }
  return {code, size};
}

}  // namespace dfix
