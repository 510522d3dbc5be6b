// Characters as BuildKit's parser, a Go program, sees them: UTF-8, in which an
// invalid byte is the character U+FFFD of one byte.
#ifndef DFIX_DOCKERFILE_CHARACTERS_H_
#define DFIX_DOCKERFILE_CHARACTERS_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace dfix {

inline constexpr char32_t kReplacementCharacter = 0xfffd;

struct Character {
  char32_t value;
  uint32_t size;  // In bytes.
};

// The character beyond ASCII that begins at `at`, which is inside `text`.
Character WideCharacterAt(std::string_view text, size_t at);

// The character that begins at `at`, which is inside `text`.
inline Character CharacterAt(std::string_view text, size_t at) {
  const auto byte = static_cast<uint8_t>(text[at]);
  return byte < 0x80 ? Character{byte, 1} : WideCharacterAt(text, at);
}

// Appends `value` in UTF-8; what is not a Unicode scalar value becomes U+FFFD.
void AppendCharacter(std::string& text, char32_t value);

// `text` with U+FFFD for each invalid byte.
std::string ValidUtf8(std::string_view text);

// Whether `value`, beyond ASCII, is white space in Unicode's sense.
bool IsWideSpace(char32_t value);

// Whether `value` is white space in Unicode's sense.
inline bool IsSpace(char32_t value) {
  if (value >= 0x80) return IsWideSpace(value);
  return value == ' ' || (value >= '\t' && value <= '\r');
}

// The same for a byte taken for a character. BuildKit does that when it reads
// flags and HEALTHCHECK, where the bytes 0x85 and 0xA0 hence end a word.
inline bool IsByteSpace(char byte) {
  return byte == ' ' || (byte >= '\t' && byte <= '\r') || byte == '\x85' ||
         byte == '\xa0';
}

// The characters that separate a keyword or a plain argument from the next one.
inline constexpr std::string_view kBlanks = "\t\v\f\r ";

inline bool IsBlank(char c) {
  return c == ' ' || c == '\t' || c == '\v' || c == '\f' || c == '\r';
}

// The offset of the first character of text[begin, end) that is not white
// space, or `end`.
inline size_t SkipSpace(std::string_view text, size_t begin, size_t end) {
  text = text.substr(0, end);
  while (begin < end) {
    const Character character = CharacterAt(text, begin);
    if (!IsSpace(character.value)) break;
    begin += character.size;
  }
  return begin;
}

// The end of text[begin, end) without the white space at its end.
size_t TrimmedEnd(std::string_view text, size_t begin, size_t end);

// `text` without white space at both ends.
std::string_view Trim(std::string_view text);

// `text` with A-Z in lower case.
std::string AsciiLower(std::string_view text);

}  // namespace dfix

#endif  // DFIX_DOCKERFILE_CHARACTERS_H_
