// The orders that people keep lists of names in.
#ifndef DFIX_TEXT_LIST_ORDER_H_
#define DFIX_TEXT_LIST_ORDER_H_

#include <span>
#include <string_view>

namespace dfix {

// Whether the first comes before the second.
using Less = bool (*)(std::string_view, std::string_view);

// By name, bytewise: what stands before the version (`=`, `:`, `>`, ...), then
// all of it. So `curl=8` comes before `curl-dev`.
bool LessByName(std::string_view a, std::string_view b);

// The order that `words` are in: by name, or as sort(1) puts them in the C
// locale, without regard to case, or in other locales, which look at letters
// and digits only. Null if they are in none of these.
Less OrderOf(std::span<const std::string_view> words);

}  // namespace dfix

#endif  // DFIX_TEXT_LIST_ORDER_H_
