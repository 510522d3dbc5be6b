#include "src/dockerfile/characters.h"

#include <algorithm>
#include <cstdint>

namespace dfix {
namespace {

uint8_t ByteAt(std::string_view text, size_t at) {
  return static_cast<uint8_t>(text[at]);
}

// The character of `size` bytes at `at`, or U+FFFD if it is not well formed.
Character Decode(std::string_view text, size_t at, uint32_t size) {
  constexpr Character kInvalid = {kReplacementCharacter, 1};
  constexpr char32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
  if (text.size() - at < size) return kInvalid;
  char32_t value = ByteAt(text, at) & (0x7f >> size);
  for (uint32_t i = 1; i < size; ++i) {
    const uint8_t byte = ByteAt(text, at + i);
    if ((byte & 0xc0) != 0x80) return kInvalid;
    value = value << 6 | (byte & 0x3f);
  }
  const bool surrogate = value >= 0xd800 && value <= 0xdfff;
  if (value < kSmallest[size] || surrogate || value > 0x10ffff) return kInvalid;
  return {value, size};
}

}  // namespace

Character WideCharacterAt(std::string_view text, size_t at) {
  const uint8_t lead = ByteAt(text, at);
  if (lead >= 0xc2 && lead <= 0xdf) return Decode(text, at, 2);
  if (lead >= 0xe0 && lead <= 0xef) return Decode(text, at, 3);
  if (lead >= 0xf0 && lead <= 0xf4) return Decode(text, at, 4);
  return {kReplacementCharacter, 1};
}

void AppendCharacter(std::string& text, char32_t value) {
  if (value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff)) {
    value = kReplacementCharacter;
  }
  if (value < 0x80) {
    text += static_cast<char>(value);
    return;
  }
  const uint32_t size = value < 0x800 ? 2 : value < 0x10000 ? 3 : 4;
  constexpr uint8_t kLead[] = {0, 0, 0xc0, 0xe0, 0xf0};
  text += static_cast<char>(kLead[size] | value >> (6 * (size - 1)));
  for (uint32_t i = size - 1; i-- > 0;) {
    text += static_cast<char>(0x80 | (value >> (6 * i) & 0x3f));
  }
}

std::string ValidUtf8(std::string_view text) {
  std::string valid;
  valid.reserve(text.size());
  for (size_t at = 0; at < text.size();) {
    const Character character = CharacterAt(text, at);
    AppendCharacter(valid, character.value);
    at += character.size;
  }
  return valid;
}

bool IsWideSpace(char32_t value) {
  return value == 0x85 || value == 0xa0 || value == 0x1680 ||
         (value >= 0x2000 && value <= 0x200a) || value == 0x2028 ||
         value == 0x2029 || value == 0x202f || value == 0x205f ||
         value == 0x3000;
}

size_t TrimmedEnd(std::string_view text, size_t begin, size_t end) {
  while (end > begin) {
    size_t last = end - 1;
    if (ByteAt(text, last) >= 0x80) {
      const size_t limit = end - std::min<size_t>(end - begin, 4);
      while (last > limit && (ByteAt(text, last) & 0xc0) == 0x80) --last;
    }
    const Character character = CharacterAt(text.substr(0, end), last);
    if (last + character.size != end || !IsSpace(character.value)) break;
    end = last;
  }
  return end;
}

std::string_view Trim(std::string_view text) {
  const size_t begin = SkipSpace(text, 0, text.size());
  const size_t end = TrimmedEnd(text, begin, text.size());
  return text.substr(begin, end - begin);
}

std::string AsciiLower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

}  // namespace dfix
