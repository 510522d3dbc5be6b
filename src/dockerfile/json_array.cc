#include "src/dockerfile/json_array.h"

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <optional>

#include "src/dockerfile/characters.h"

namespace dfix {
namespace {

constexpr size_t kMaxDepth = 10000;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

int HexDigit(char c) {
  if (IsDigit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// The code unit of `\uXXXX` at `at`, or absent.
std::optional<char32_t> CodeUnit(std::string_view text, size_t at) {
  if (text.size() < at + 6 || text[at] != '\\' || text[at + 1] != 'u') {
    return std::nullopt;
  }
  char32_t unit = 0;
  for (size_t i = at + 2; i < at + 6; ++i) {
    const int digit = HexDigit(text[i]);
    if (digit < 0) return std::nullopt;
    unit = unit << 4 | static_cast<char32_t>(digit);
  }
  return unit;
}

// Checks the grammar of one JSON array, without recursion. Each step returns
// whether the text is valid so far.
class Scanner {
 public:
  Scanner(std::string_view text, size_t at,
          std::vector<JsonStringRange>& strings)
      : text_(text), at_(at), strings_(strings) {}

  JsonForm Scan() {
    if (!ScanDocument() || has_overflow_) return JsonForm::kNotJson;
    return only_strings_ ? JsonForm::kStrings : JsonForm::kNotStrings;
  }

 private:
  char Peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool Take(char c) {
    if (Peek() != c) return false;
    ++at_;
    return true;
  }
  void SkipBlanks() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t' ||
                                  text_[at_] == '\r' || text_[at_] == '\n')) {
      ++at_;
    }
  }

  bool ScanDocument() {
    do {
      SkipBlanks();
      if (!ScanValue()) return false;
      if (!ScanAfterValue()) return false;
    } while (!open_.empty());
    SkipBlanks();
    return at_ == text_.size();
  }

  // Reads values and opening brackets up to the end of a scalar or of an empty
  // array or object.
  bool ScanValue() {
    while (true) {
      SkipBlanks();
      const char c = Peek();
      if (c != '[' && c != '{') return ScanScalar();
      if (!open_.empty()) only_strings_ = false;
      ++at_;
      if (open_.size() == kMaxDepth) return false;
      open_ += c;
      SkipBlanks();
      if (Peek() == (c == '[' ? ']' : '}')) return true;
      if (c == '{' && !ScanMemberName()) return false;
    }
  }

  // Reads what may follow a value: closing brackets, then a comma (and, in an
  // object, the next name) unless everything is closed.
  bool ScanAfterValue() {
    while (!open_.empty()) {
      SkipBlanks();
      const bool in_array = open_.back() == '[';
      if (Take(',')) {
        SkipBlanks();
        return in_array || ScanMemberName();
      }
      if (!Take(in_array ? ']' : '}')) return false;
      open_.pop_back();
    }
    return true;
  }

  bool ScanMemberName() {
    if (!ScanString()) return false;
    SkipBlanks();
    return Take(':');
  }

  bool ScanScalar() {
    const size_t begin = at_;
    if (Peek() == '"') {
      if (!ScanString()) return false;
      if (open_.size() == 1) strings_.push_back({begin, at_});
      return true;
    }
    only_strings_ = false;
    for (const std::string_view literal : {"true", "false", "null"}) {
      if (text_.substr(at_).starts_with(literal)) {
        at_ += literal.size();
        return true;
      }
    }
    return ScanNumber();
  }

  bool ScanString() {
    if (!Take('"')) return false;
    while (at_ < text_.size()) {
      const char c = text_[at_++];
      if (c == '"') return true;
      if (static_cast<uint8_t>(c) < 0x20) return false;
      if (c != '\\') continue;
      if (Peek() == 'u') {
        if (!CodeUnit(text_, at_ - 1)) return false;
        at_ += 5;
      } else if (at_ < text_.size() &&
                 std::string_view("\"\\/bfnrt").find(text_[at_]) !=
                     std::string_view::npos) {
        ++at_;
      } else {
        return false;
      }
    }
    return false;
  }

  bool ScanDigits() {
    if (!IsDigit(Peek())) return false;
    while (IsDigit(Peek())) ++at_;
    return true;
  }

  bool ScanNumber() {
    const size_t begin = at_;
    Take('-');
    if (!Take('0') && !ScanDigits()) return false;
    if (Take('.') && !ScanDigits()) return false;
    if (Take('e') || Take('E')) {
      if (!Take('+')) Take('-');
      if (!ScanDigits()) return false;
    }
    const std::string number(text_.substr(begin, at_ - begin));
    if (std::isinf(std::strtod(number.c_str(), nullptr))) has_overflow_ = true;
    return true;
  }

  std::string_view text_;
  size_t at_;
  std::vector<JsonStringRange>& strings_;
  // The open brackets, outermost first.
  std::string open_;
  bool only_strings_ = true;
  // A number beyond a double's range: Go reports that error first, and BuildKit
  // then takes the text for shell form.
  bool has_overflow_ = false;
};

// Appends the character of the `\u` escape at `at` and returns its size.
size_t AppendUnicodeEscape(std::string& value, std::string_view text,
                           size_t at) {
  const char32_t first = CodeUnit(text, at).value_or(kReplacementCharacter);
  if (first >= 0xd800 && first <= 0xdbff) {
    const char32_t second = CodeUnit(text, at + 6).value_or(0);
    if (second >= 0xdc00 && second <= 0xdfff) {
      AppendCharacter(value,
                      0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00));
      return 12;
    }
  }
  AppendCharacter(value, first);
  return 6;
}

char SimpleEscape(char c) {
  switch (c) {
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    default:
      return c;
  }
}

}  // namespace

JsonForm ScanJsonArray(std::string_view text, size_t begin, size_t end,
                       std::vector<JsonStringRange>& strings) {
  strings.clear();
  if (begin == end || text[begin] != '[') return JsonForm::kNotJson;
  return Scanner(text.substr(0, end), begin, strings).Scan();
}

std::string DecodeJsonString(std::string_view quoted) {
  std::string value;
  const std::string_view text = quoted.substr(1, quoted.size() - 2);
  for (size_t at = 0; at < text.size();) {
    if (text[at] != '\\') {
      const Character character = CharacterAt(text, at);
      AppendCharacter(value, character.value);
      at += character.size;
    } else if (text[at + 1] == 'u') {
      at += AppendUnicodeEscape(value, text, at);
    } else {
      value += SimpleEscape(text[at + 1]);
      at += 2;
    }
  }
  return value;
}

std::string EncodeJsonString(std::string_view value) {
  std::string quoted = "\"";
  for (size_t at = 0; at < value.size();) {
    const Character character = CharacterAt(value, at);
    at += character.size;
    const char c = static_cast<char>(character.value);
    if (character.value == '"' || character.value == '\\') {
      quoted += '\\';
      quoted += c;
    } else if (character.value == '\n') {
      quoted += "\\n";
    } else if (character.value == '\t') {
      quoted += "\\t";
    } else if (character.value == '\r') {
      quoted += "\\r";
    } else if (character.value < 0x20) {
      char escape[7];
      std::snprintf(escape, sizeof escape, "\\u%04x",
                    static_cast<unsigned>(character.value));
      quoted += escape;
    } else {
      AppendCharacter(quoted, character.value);
    }
  }
  return quoted += '"';
}

}  // namespace dfix
