// Shell-like patterns for names.
#ifndef DFIX_TEXT_GLOB_H_
#define DFIX_TEXT_GLOB_H_

#include <cstddef>
#include <string_view>

namespace dfix {

// Whether a glob matches all of `text`: `*` is any run of characters, `?` any
// one character.
constexpr bool MatchesGlob(std::string_view glob, std::string_view text) {
  size_t g = 0;
  size_t t = 0;
  size_t star = std::string_view::npos;
  size_t resume = 0;
  while (t < text.size()) {
    if (g < glob.size() && glob[g] == '*') {
      star = g++;
      resume = t;
    } else if (g < glob.size() && (glob[g] == '?' || glob[g] == text[t])) {
      ++g;
      ++t;
    } else if (star != std::string_view::npos) {
      g = star + 1;
      t = ++resume;
    } else {
      return false;
    }
  }
  while (g < glob.size() && glob[g] == '*') ++g;
  return g == glob.size();
}

}  // namespace dfix

#endif  // DFIX_TEXT_GLOB_H_
