// The JSON form of an instruction's arguments, by the rules of Go's
// encoding/json, which BuildKit uses.
#ifndef DFIX_DOCKERFILE_JSON_ARRAY_H_
#define DFIX_DOCKERFILE_JSON_ARRAY_H_

#include <string>
#include <string_view>
#include <vector>

namespace dfix {

enum class JsonForm {
  kNotJson,     // Shell form, or blank-separated arguments.
  kStrings,     // An array of strings.
  kNotStrings,  // An array of anything else, which BuildKit refuses.
};

// One string of an array, its quotes included.
struct JsonStringRange {
  size_t begin;
  size_t end;
};

// Which form text[begin, end) has, without white space at its ends. For
// kStrings, `strings` holds where its strings are.
JsonForm ScanJsonArray(std::string_view text, size_t begin, size_t end,
                       std::vector<JsonStringRange>& strings);

// The value of a valid JSON string with its quotes. Lone surrogates and invalid
// bytes become U+FFFD.
std::string DecodeJsonString(std::string_view quoted);

// `value` as a JSON string with quotes, in ASCII or UTF-8 with U+FFFD for each
// invalid byte.
std::string EncodeJsonString(std::string_view value);

}  // namespace dfix

#endif  // DFIX_DOCKERFILE_JSON_ARRAY_H_
