// Writing C++ source: string literals and the constant lists that rows point
// at.
#ifndef DFIX_CONFIG_GENERATE_CPP_SOURCE_H_
#define DFIX_CONFIG_GENERATE_CPP_SOURCE_H_

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace dfix::generate {

// C++ text for a string literal, with its suffix.
std::string Quote(std::string_view text);

// The constant lists of words of a source, each different list once.
class WordLists {
 public:
  // The name of the constant that holds `words`; `{}` for none.
  std::string Name(const std::vector<std::string>& words);

  // The definitions of all that were asked for.
  const std::string& source() const { return source_; }

 private:
  std::map<std::vector<std::string>, std::string> names_;
  std::string source_;
};

}  // namespace dfix::generate

#endif  // DFIX_CONFIG_GENERATE_CPP_SOURCE_H_
