#include "config/generate/cpp_source.h"

#include <cstdio>

namespace dfix::generate {

std::string Quote(std::string_view text) {
  std::string quoted = "\"";
  for (char c : text) {
    unsigned char byte = static_cast<unsigned char>(c);
    // `?` too, against trigraphs.
    if (c == '"' || c == '\\' || c == '?') {
      quoted += '\\';
      quoted += c;
    } else if (byte < 0x20 || byte >= 0x7F) {
      char octal[8];
      std::snprintf(octal, sizeof(octal), "\\%03o", byte);
      quoted += octal;
    } else {
      quoted += c;
    }
  }
  return quoted + "\"sv";
}

std::string WordLists::Name(const std::vector<std::string>& words) {
  if (words.empty()) return "{}";
  auto [found, added] =
      names_.emplace(words, "kWords" + std::to_string(names_.size()));
  if (added) {
    source_ += "constexpr std::string_view " + found->second + "[] = {\n";
    for (const std::string& word : words) {
      source_ += "    " + Quote(word) + ",\n";
    }
    source_ += "};\n";
  }
  return found->second;
}

}  // namespace dfix::generate
