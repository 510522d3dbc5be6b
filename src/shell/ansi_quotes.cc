#include "src/shell/ansi_quotes.h"

#include <cctype>
#include <cstdint>

namespace dfix {
namespace {

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// Reads up to `most` digits at `at`, which moves behind them; how many.
int ReadDigits(std::string_view text, size_t& at, int most, int base,
               uint32_t& value) {
  int count = 0;
  for (; count < most && at < text.size(); ++count, ++at) {
    const int digit = HexDigit(text[at]);
    if (digit < 0 || digit >= base) break;
    value = value * static_cast<uint32_t>(base) + static_cast<uint32_t>(digit);
  }
  return count;
}

// The character that the one-letter escape `\c` stands for, or NUL.
char SimpleEscape(char c) {
  constexpr std::string_view kLetters = "abeEfnrtv\\'\"?";
  constexpr std::string_view kValues = "\a\b\033\033\f\n\r\t\v\\'\"?";
  const size_t at = kLetters.find(c);
  return at == std::string_view::npos ? '\0' : kValues[at];
}

// The escape whose letter is at `at`: `\x`, `\u`, `\U`, or an octal number.
bool AppendNumber(std::string_view text, size_t& at, std::string& out) {
  const char kind = text[at];
  uint32_t value = 0;
  if (kind >= '0' && kind <= '7') {
    ReadDigits(text, at, 3, 8, value);
    value &= 0xff;
  } else {
    ++at;
    if (kind == 'x' && at < text.size() && text[at] == '{') return false;
    const int most = kind == 'x' ? 2 : kind == 'u' ? 4 : 8;
    if (ReadDigits(text, at, most, 16, value) == 0) {
      out += {'\\', kind};
      return true;
    }
    if (kind != 'x' && value >= 0x80) return false;
  }
  out += static_cast<char>(value);
  return value != 0;
}

// `\cx`; `at` is at the `c`.
bool AppendControl(std::string_view text, size_t& at, std::string& out) {
  if (at + 1 >= text.size() || text[at + 1] == '\\') return false;
  const char c = text[at + 1];
  at += 2;
  const int upper = std::toupper(static_cast<unsigned char>(c));
  out += c == '?' ? '\x7f' : static_cast<char>(upper & 0x1f);
  return out.back() != '\0';
}

}  // namespace

bool AppendAnsiUnquoted(std::string_view text, std::string& out) {
  size_t at = 0;
  while (at < text.size()) {
    const char c = text[at++];
    if (c != '\\' || at == text.size()) {
      out += c;
      continue;
    }
    const char next = text[at];
    if (const char simple = SimpleEscape(next)) {
      out += simple;
      ++at;
    } else if (next == 'c') {
      if (!AppendControl(text, at, out)) return false;
    } else if ((next >= '0' && next <= '7') || next == 'x' || next == 'u' ||
               next == 'U') {
      if (!AppendNumber(text, at, out)) return false;
    } else {
      out += {'\\', next};
      ++at;
    }
  }
  return true;
}

}  // namespace dfix
