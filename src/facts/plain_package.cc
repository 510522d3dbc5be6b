#include "src/facts/plain_package.h"

#include <algorithm>
#include <cctype>
#include <vector>

#include "src/text/one_of.h"
#include "src/text/search.h"

namespace dfix {
namespace {

constexpr std::string_view kBlanks = " \t";
// Later than any version.
constexpr std::string_view kNoVersion = "9999";

// A name as PyPI compares them: in lower case, `-` for any run of `-_.`.
std::string Normalized(std::string_view name) {
  std::string out;
  for (const char c : name) {
    if (c != '-' && c != '_' && c != '.') {
      out += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    } else if (!out.ends_with('-')) {
      out += '-';
    }
  }
  return out;
}

size_t EndOfName(std::string_view text) {
  const auto in_name = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' ||
           c == '_' || c == '.';
  };
  return static_cast<size_t>(
      std::find_if_not(text.begin(), text.end(), in_name) - text.begin());
}

// The numbers of a version: `1.26.2`, `2.0.*`. Empty if it has others.
std::vector<unsigned long> Numbers(std::string_view version) {
  std::vector<unsigned long> numbers;
  while (!version.empty() && version != "*") {
    const size_t dot = std::min(version.find('.'), version.size());
    const std::string_view part = version.substr(0, dot);
    if (!IsNumber(part) || part.size() > 9) return {};
    numbers.push_back(std::stoul(std::string(part)));
    version.remove_prefix(std::min(dot + 1, version.size()));
  }
  while (!numbers.empty() && numbers.back() == 0) numbers.pop_back();
  return numbers;
}

// One of the conditions on a version, `>=1.2`.
struct Condition {
  std::string sign;
  std::string version;
};

// The conditions behind the name in a requirement, without marker and options.
std::vector<Condition> Conditions(std::string_view text) {
  text = text.substr(0, text.find(';'));
  text = text.substr(0, text.find(" --"));
  std::vector<Condition> conditions;
  std::string condition;
  for (const char c : std::string(text) + ',') {
    if (kBlanks.find(c) != std::string_view::npos || c == '(' || c == ')') {
      continue;
    }
    if (c != ',') {
      condition += c;
      continue;
    }
    const size_t sign =
        std::min(condition.find_first_not_of("<>=!~"), condition.size());
    if (!condition.empty()) {
      conditions.push_back({condition.substr(0, sign), condition.substr(sign)});
    }
    condition.clear();
  }
  return conditions;
}

// Whether all versions that the conditions allow, or the newest of them, which
// is what pip takes, are `since` or later.
bool AreSince(const std::vector<Condition>& conditions,
              std::string_view since) {
  bool has_lower = false;
  bool has_upper = false;
  for (const auto& [sign, version] : conditions) {
    const bool is_lower = sign == "==" || sign == "===" || sign == "~=" ||
                          sign == ">=" || sign == ">";
    if (!is_lower && sign != "<" && sign != "<=" && sign != "!=") return false;
    const auto numbers = Numbers(version);
    has_lower |= is_lower && !numbers.empty() && numbers >= Numbers(since);
    has_upper |= sign != ">=" && sign != ">" && sign != "!=";
  }
  return has_lower || !has_upper;
}

}  // namespace

std::string NameOfRequirement(std::string_view requirement) {
  const size_t end = EndOfName(requirement);
  std::string name = Normalized(requirement.substr(0, end));
  std::string_view rest = requirement.substr(end);
  if (const size_t blanks = rest.find_first_not_of(kBlanks);
      blanks != std::string_view::npos) {
    rest.remove_prefix(blanks);
  }
  if (rest.starts_with('[')) {
    for (const char c : rest.substr(0, rest.find(']') + 1)) {
      if (c != ' ') name += c;
    }
    rest.remove_prefix(std::min(rest.find(']'), rest.size() - 1) + 1);
  }
  const bool is_other =
      HasText(rest, "@") || HasText(rest, "://") || rest.starts_with('/');
  return is_other ? "" : name;
}

bool IsPlainRequirement(std::string_view requirement,
                        std::string_view release) {
  const std::string name = NameOfRequirement(requirement);
  if (IsOneOf(name, PlainPackageTable().python)) return true;
  const auto& wheels = PlainPackageTable().wheels;
  const auto wheel =
      std::lower_bound(wheels.begin(), wheels.end(), name,
                       [](const WheelPackage& each, const std::string& key) {
                         return each.name < key;
                       });
  if (name.empty() || wheel == wheels.end() || wheel->name != name) {
    return false;
  }
  const size_t end =
      std::min(requirement.find_first_of("<>=!~;"), requirement.size());
  const auto conditions = Conditions(requirement.substr(end));
  // Then only the newest version is sure to have a wheel.
  if (release.empty()) return AreSince(conditions, kNoVersion);
  for (const std::string_view since : wheel->since) {
    const size_t equals = since.find('=');
    if (since.substr(0, equals) == release) {
      return AreSince(conditions, since.substr(equals + 1));
    }
  }
  return false;
}

}  // namespace dfix
