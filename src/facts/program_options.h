// The options of a program's call as getopt_long(3) reads them: `-xvf file`,
// `-u1000`, `--uid=1000`, `--uid 1000`, anywhere among the operands.
//
// Words that are not constant count as operands.
#ifndef DFIX_FACTS_PROGRAM_OPTIONS_H_
#define DFIX_FACTS_PROGRAM_OPTIONS_H_

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "src/syntax/document.h"

namespace dfix {

// Which options of a program take an argument that may be the next word.
struct OptionSyntax {
  std::string_view short_with_argument;                  // `u` for `-u 1000`.
  std::span<const std::string_view> long_with_argument;  // `--uid`
};

struct ProgramOption {
  std::string name;  // `-u` or `--uid`
  // The value of its argument; absent if it has none or none that is constant.
  std::optional<std::string> argument;
};

// The options in `words`, the words of a call without those before the program,
// which is the first.
std::vector<ProgramOption> ReadOptions(const Document& document,
                                       std::span<const NodeId> words,
                                       const OptionSyntax& syntax);

}  // namespace dfix

#endif  // DFIX_FACTS_PROGRAM_OPTIONS_H_
