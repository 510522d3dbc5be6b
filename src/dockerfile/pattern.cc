#include "src/dockerfile/pattern.h"

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "src/dockerfile/characters.h"

namespace dfix {
namespace {

// Above so many steps, a pattern is too costly.
constexpr size_t kMaxSteps = 4'000'000;

struct Element {
  enum class Kind : uint8_t { kCharacter, kAny, kStar };
  Kind kind;
  char32_t character;
};

std::u32string Decode(std::string_view text) {
  std::u32string characters;
  for (size_t at = 0; at < text.size();) {
    const Character character = CharacterAt(text, at);
    characters += character.value;
    at += character.size;
  }
  return characters;
}

std::string Encode(std::u32string_view characters) {
  std::string text;
  for (const char32_t c : characters) AppendCharacter(text, c);
  return text;
}

// The elements of a pattern; absent for one that Docker refuses.
std::optional<std::vector<Element>> ReadPattern(std::u32string_view text) {
  std::vector<Element> elements;
  for (size_t at = 0; at < text.size(); ++at) {
    char32_t c = text[at];
    if (c == '*') {
      elements.push_back({Element::Kind::kStar, 0});
    } else if (c == '?') {
      elements.push_back({Element::Kind::kAny, 0});
    } else if (c != '\\') {
      elements.push_back({Element::Kind::kCharacter, c});
    } else {
      if (++at == text.size()) return std::nullopt;
      c = text[at];
      if (c != '*' && c != '?' && c != '\\' && c != '}' && c != '/') {
        return std::nullopt;
      }
      elements.push_back({Element::Kind::kCharacter, c});
    }
  }
  return elements;
}

// Where a match of `pattern` that begins at `begin` ends, the last such place
// or the first one; absent if it does not match.
std::optional<size_t> MatchAt(std::span<const Element> pattern,
                              std::u32string_view value, size_t begin,
                              bool longest) {
  std::vector<bool> reached(value.size() + 1 - begin);
  reached[0] = true;
  for (const Element element : pattern) {
    std::vector<bool> next(reached.size());
    for (size_t i = 0; i < reached.size(); ++i) {
      const bool star = element.kind == Element::Kind::kStar;
      if (star && reached[i]) next[i] = true;
      if (i + 1 == reached.size()) break;
      const char32_t c = value[begin + i];
      const bool taken = element.kind == Element::Kind::kCharacter
                             ? c == element.character
                             : c != '\n';
      if (taken && (star ? next[i] : reached[i])) next[i + 1] = true;
    }
    reached = std::move(next);
  }
  for (size_t i = 0; i < reached.size(); ++i) {
    const size_t end = longest ? reached.size() - 1 - i : i;
    if (reached[end]) return begin + end;
  }
  return std::nullopt;
}

bool IsTooCostly(size_t pattern, size_t value, bool anchored) {
  const size_t starts = anchored ? 1 : value + 1;
  return (pattern + 1) * (value + 1) > kMaxSteps / starts;
}

// A pattern back to front, its escapes in order.
std::u32string Reverse(std::u32string_view pattern) {
  std::u32string reversed(pattern.rbegin(), pattern.rend());
  for (size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] != '\\' || i + 1 == pattern.size()) continue;
    const size_t last = pattern.size() - 1 - i;
    std::swap(reversed[last - 1], reversed[last]);
    ++i;
  }
  return reversed;
}

std::optional<size_t> PrefixSize(std::u32string_view value,
                                 std::u32string_view pattern, bool longest) {
  const auto elements = ReadPattern(pattern);
  if (!elements || IsTooCostly(elements->size(), value.size(), true)) {
    return std::nullopt;
  }
  return MatchAt(*elements, value, 0, longest).value_or(0);
}

}  // namespace

std::optional<std::string> TrimPrefix(std::string_view value,
                                      std::string_view pattern, bool longest) {
  const std::u32string characters = Decode(value);
  const auto size = PrefixSize(characters, Decode(pattern), longest);
  if (!size) return std::nullopt;
  return Encode(std::u32string_view(characters).substr(*size));
}

std::optional<std::string> TrimSuffix(std::string_view value,
                                      std::string_view pattern, bool longest) {
  std::u32string characters = Decode(value);
  std::reverse(characters.begin(), characters.end());
  const auto size = PrefixSize(characters, Reverse(Decode(pattern)), longest);
  if (!size) return std::nullopt;
  characters.erase(0, *size);
  std::reverse(characters.begin(), characters.end());
  return Encode(characters);
}

std::optional<std::string> ReplacePattern(std::string_view value,
                                          std::string_view pattern,
                                          std::string_view replacement,
                                          bool all) {
  const std::u32string text = Decode(value);
  const auto elements = ReadPattern(Decode(pattern));
  if (!elements || IsTooCostly(elements->size(), text.size(), false) ||
      (all && replacement.find('$') != std::string_view::npos)) {
    return std::nullopt;
  }
  const std::u32string with = Decode(replacement);
  std::u32string out;
  size_t copied = 0;
  bool replaced = false;
  for (size_t at = 0; at <= text.size() && (all || !replaced);) {
    const auto end = MatchAt(*elements, text, at, true);
    // Right after a match, an empty one does not count.
    if (end && !(replaced && *end == copied && *end == at)) {
      out.append(text, copied, at - copied);
      out += with;
      replaced = true;
      copied = *end;
    }
    at = end && *end > at ? *end : at + 1;
  }
  out.append(text, std::min(copied, text.size()));
  return Encode(out);
}

}  // namespace dfix
