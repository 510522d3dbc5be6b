#include "src/transform/option.h"

#include <algorithm>
#include <charconv>

#include "src/text/check.h"
#include "src/transform/transform.h"

namespace dfix {
namespace {

std::optional<uint32_t> ParseNumber(std::string_view text) {
  constexpr size_t kMostDigits = 9;
  uint32_t number = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  if (!whole || text.size() > kMostDigits) return std::nullopt;
  return number;
}

// `a`, `b` or `c`
std::string Choices(const Option& option) {
  std::string out;
  for (const std::string_view& choice : option.choices) {
    const bool is_last = &choice + 1 == option.choices.end();
    if (!out.empty()) out += is_last ? " or " : ", ";
    out += '`' + std::string(choice) + '`';
  }
  return out;
}

const Option& Declared(const Transform& transform, std::string_view key) {
  const auto found =
      std::find_if(transform.options.begin(), transform.options.end(),
                   [&](const Option& option) { return option.key == key; });
  DFIX_CHECK(found != transform.options.end());
  return *found;
}

}  // namespace

std::optional<std::string> FindFault(const Option& option,
                                     std::span<const std::string> values) {
  if (option.type == OptionType::kList) return std::nullopt;
  if (values.size() != 1) return "expected one value, not a list";
  const std::string& value = values[0];
  switch (option.type) {
    case OptionType::kFlag:
      if (value == "true" || value == "false") return std::nullopt;
      return "`" + value + "` is neither `true` nor `false`";
    case OptionType::kNumber:
      if (ParseNumber(value)) return std::nullopt;
      return "`" + value + "` is not a number from 0 to 999999999";
    case OptionType::kChoice:
      if (std::find(option.choices.begin(), option.choices.end(), value) !=
          option.choices.end()) {
        return std::nullopt;
      }
      return "`" + value + "` is not one of " + Choices(option);
    case OptionType::kText:
    case OptionType::kList:
      return std::nullopt;
  }
  return std::nullopt;
}

std::vector<std::string_view> TransformOptions::Values(
    std::string_view key, bool (*is_type)(OptionType)) const {
  const Option& option = Declared(transform_, key);
  DFIX_CHECK(is_type(option.type));
  const auto found =
      values_.find(std::string(transform_.id) + '.' + std::string(key));
  if (found != values_.end()) {
    return {found->second.begin(), found->second.end()};
  }
  const bool no_items =
      option.type == OptionType::kList && option.standard.empty();
  if (no_items) return {};
  return {option.standard};
}

bool TransformOptions::Flag(std::string_view key) const {
  const auto is_type = [](OptionType type) {
    return type == OptionType::kFlag;
  };
  return Values(key, is_type)[0] == "true";
}

uint32_t TransformOptions::Number(std::string_view key) const {
  const auto is_type = [](OptionType type) {
    return type == OptionType::kNumber;
  };
  return ParseNumber(Values(key, is_type)[0]).value_or(0);
}

std::string_view TransformOptions::Text(std::string_view key) const {
  const auto is_type = [](OptionType type) {
    return type == OptionType::kText || type == OptionType::kChoice;
  };
  return Values(key, is_type)[0];
}

std::vector<std::string_view> TransformOptions::List(
    std::string_view key) const {
  return Values(key, [](OptionType type) { return type == OptionType::kList; });
}

}  // namespace dfix
