// What is in a text, a name or a path.
#ifndef DFIX_TEXT_SEARCH_H_
#define DFIX_TEXT_SEARCH_H_

#include <cctype>
#include <string_view>

namespace dfix {

// Whether `part` stands in `text`, anywhere.
inline bool HasText(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

// Whether the variable or function `name` stands in `text` and is not a part of
// a longer name (POSIX, 3.216 Name).
inline bool HasName(std::string_view text, std::string_view name) {
  const auto is_in_name = [&](size_t at) {
    return std::isalnum(static_cast<unsigned char>(text[at])) != 0 ||
           text[at] == '_';
  };
  for (size_t at = text.find(name); at != std::string_view::npos;
       at = text.find(name, at + 1)) {
    const size_t end = at + name.size();
    const bool begins = at == 0 || !is_in_name(at - 1);
    if (begins && (end == text.size() || !is_in_name(end))) return true;
  }
  return false;
}

// Whether `text` is one digit or more, and nothing else.
inline bool IsNumber(std::string_view text) {
  return !text.empty() &&
         text.find_first_not_of("0123456789") == std::string_view::npos;
}

// The part of a path after its last slash.
inline std::string_view Basename(std::string_view path) {
  return path.substr(path.rfind('/') + 1);
}

}  // namespace dfix

#endif  // DFIX_TEXT_SEARCH_H_
