#include "src/text/list_order.h"

#include <algorithm>
#include <string>

namespace dfix {
namespace {

std::string_view NameOf(std::string_view word) {
  // A leading `@` is a scope or a group.
  return word.substr(0, word.find_first_of("=:<>~!@[", 1));
}

char Lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool LessByBytes(std::string_view a, std::string_view b) { return a < b; }

bool LessIgnoringCase(std::string_view a, std::string_view b) {
  return std::lexicographical_compare(
      a.begin(), a.end(), b.begin(), b.end(),
      [](char x, char y) { return Lower(x) < Lower(y); });
}

bool LessByLetters(std::string_view a, std::string_view b) {
  const auto letters = [](std::string_view word) {
    std::string out;
    for (const char c : word) {
      const char lower = Lower(c);
      if ((lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9')) {
        out += lower;
      }
    }
    return out;
  };
  return letters(a) < letters(b);
}

}  // namespace

bool LessByName(std::string_view a, std::string_view b) {
  const std::string_view a_name = NameOf(a);
  const std::string_view b_name = NameOf(b);
  return a_name == b_name ? a < b : a_name < b_name;
}

Less OrderOf(std::span<const std::string_view> words) {
  for (const Less less :
       {LessByName, LessByBytes, LessIgnoringCase, LessByLetters}) {
    if (std::is_sorted(words.begin(), words.end(), less)) return less;
  }
  return nullptr;
}

}  // namespace dfix
