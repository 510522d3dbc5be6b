// Classes of characters as a shell's lexer sees them (POSIX XCU 2.3).
#ifndef DFIX_SHELL_CHARACTERS_H_
#define DFIX_SHELL_CHARACTERS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace dfix {

// Bits of a class.
inline constexpr uint8_t kBlank = 1;          // Space, tab.
inline constexpr uint8_t kMeta = 2;           // Ends an unquoted word.
inline constexpr uint8_t kSpecial = 4;        // Begins a part of a word.
inline constexpr uint8_t kQuotedSpecial = 8;  // The same in double quotes.
inline constexpr uint8_t kBraceSpecial = 16;  // `,`, `.`, `}`.
inline constexpr uint8_t kNameStart = 32;     // Letters, `_`.
inline constexpr uint8_t kDigit = 64;
inline constexpr uint8_t kReservedStart = 128;  // Begins a reserved word.

inline constexpr uint8_t kName = kNameStart | kDigit;

constexpr std::array<uint8_t, 256> MakeCharacterClasses() {
  std::array<uint8_t, 256> classes{};
  const auto add = [&classes](std::string_view characters, uint8_t bit) {
    for (const char c : characters) classes[static_cast<uint8_t>(c)] |= bit;
  };
  add(" \t", kBlank);
  add(" \t\n;&|()<>", kMeta);
  add("'\"\\$`*?[{~", kSpecial);
  add("\"\\$`", kQuotedSpecial);
  add(",.}", kBraceSpecial);
  add("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_", kNameStart);
  add("0123456789", kDigit);
  add("itefdwucs{}![]", kReservedStart);
  return classes;
}

inline constexpr std::array<uint8_t, 256> kCharacterClasses =
    MakeCharacterClasses();

inline uint8_t ClassOf(char c) {
  return kCharacterClasses[static_cast<uint8_t>(c)];
}
inline bool Is(char c, uint8_t mask) { return (ClassOf(c) & mask) != 0; }

// How many characters `text` has before the first one of a class in `mask`.
inline size_t CountBefore(std::string_view text, uint8_t mask) {
  size_t i = 0;
  while (i < text.size() && !Is(text[i], mask)) ++i;
  return i;
}

// How many characters of a class in `mask` `text` begins with.
inline size_t CountOf(std::string_view text, uint8_t mask) {
  size_t i = 0;
  while (i < text.size() && Is(text[i], mask)) ++i;
  return i;
}

// Whether `text` is a variable's name (POSIX XBD 3.216).
inline bool IsName(std::string_view text) {
  return !text.empty() && Is(text[0], kNameStart) &&
         CountOf(text, kName) == text.size();
}

// Whether `$c` is a special or positional parameter (POSIX XCU 2.5).
inline bool IsSpecialParameter(char c) {
  return Is(c, kDigit) || c == '@' || c == '*' || c == '#' || c == '?' ||
         c == '-' || c == '$' || c == '!';
}

}  // namespace dfix

#endif  // DFIX_SHELL_CHARACTERS_H_
