// How messages set off what they quote.
#ifndef DFIX_TEXT_BACKTICKS_H_
#define DFIX_TEXT_BACKTICKS_H_

#include <string>
#include <string_view>

namespace dfix {

// `text` between backticks, as it is.
inline std::string InBackticks(std::string_view text) {
  return '`' + std::string(text) + '`';
}

}  // namespace dfix

#endif  // DFIX_TEXT_BACKTICKS_H_
