// The settings of transforms: which there are, as data, and what a run has them
// set to.
//
// The configuration file, `--set`, `dfix explain`, the schema and the
// documentation all come from these declarations.
#ifndef DFIX_TRANSFORM_OPTION_H_
#define DFIX_TRANSFORM_OPTION_H_

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "src/text/short_list.h"

namespace dfix {

struct Transform;

enum class OptionType : uint8_t {
  kFlag,    // `true` or `false`
  kNumber,  // A whole number, 0 to 999,999,999.
  kChoice,  // One of `choices`.
  kText,
  kList,  // Any number of texts.
};

struct Option {
  std::string_view key;  // `max-commands`
  OptionType type;
  std::string_view standard;  // What it is unless set; of a list, its one text.
  std::string_view meaning;   // One line, as a phrase: `the most commands ...`
  ShortList<std::string_view, 6> choices = {};
};

// What options are set to, by `TRANSFORM.KEY`: the texts of a list, or one.
// Whoever fills it has checked each with FindFault.
using OptionValues =
    std::map<std::string, std::vector<std::string>, std::less<>>;

// What is wrong with `values` as the value of `option`: `not a number`, with
// what is expected; absent if nothing.
std::optional<std::string> FindFault(const Option& option,
                                     std::span<const std::string> values);

// The options of one transform, each with the value that it is set to or else
// its standard. Asking for a key that is not declared, or for another type, is
// a bug.
class TransformOptions {
 public:
  // Both outlive it.
  TransformOptions(const Transform& transform, const OptionValues& values)
      : transform_(transform), values_(values) {}

  bool Flag(std::string_view key) const;
  uint32_t Number(std::string_view key) const;
  // Of a kText or a kChoice.
  std::string_view Text(std::string_view key) const;
  std::vector<std::string_view> List(std::string_view key) const;

 private:
  std::vector<std::string_view> Values(std::string_view key,
                                       bool (*is_type)(OptionType)) const;

  const Transform& transform_;
  const OptionValues& values_;
};

}  // namespace dfix

#endif  // DFIX_TRANSFORM_OPTION_H_
