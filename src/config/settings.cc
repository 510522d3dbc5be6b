#include "src/config/settings.h"

#include <algorithm>

#include "src/text/backticks.h"
#include "src/text/nearest.h"
#include "src/transform/registry.h"
#include "src/transform/transform.h"

namespace dfix {
namespace {

constexpr ConfigKey kKeys[] = {
    {{"level",
      OptionType::kChoice,
      "review",
      "the boldest changes to apply",
      {"safe", "review", "bold"}},
     false},
    {{"select", OptionType::kList, "ALL",
      "the transforms to run: ids, globs, other tools' ids, ALL"},
     false},
    {{"extend-select", OptionType::kList, "", "transforms to run, too"}, true},
    {{"ignore", OptionType::kList, "", "transforms not to run"}, true},
    {{"exclude", OptionType::kList, "",
      "files to leave out, as in .gitignore, relative to this file"},
     true},
    {{"context", OptionType::kText, "",
      "the folder that the builds are sent, relative to this file"},
     false},
    {{"required-version", OptionType::kText, "",
      "the versions of dfix that may be used, such as `>=0.1, <2`"},
     false},
    {{"extends", OptionType::kText, "",
      "another file, relative to this one, whose settings hold unless this "
      "one says otherwise"},
     false},
};

Error Unknown(std::string_view what, std::string_view name,
              const std::vector<std::string_view>& known) {
  std::string all = "; there is";
  for (const std::string_view key : known) {
    all += (key == known.front() ? " " : ", ") + InBackticks(key);
  }
  if (known.empty()) all += " none";
  return {UnknownName(what, name, known, all)};
}

Result<const Option*> FindTopKey(std::string_view key) {
  std::vector<std::string_view> known;
  for (const ConfigKey& candidate : kKeys) {
    if (candidate.option.key == key) return &candidate.option;
    known.push_back(candidate.option.key);
  }
  known.push_back("transforms");
  known.push_back("package-managers");
  return Unknown("key", key, known);
}

Result<const Option*> FindTransformOption(std::string_view id,
                                          std::string_view key) {
  const Result<const Transform*> transform = TransformById(id);
  if (!transform) return transform.error();
  std::vector<std::string_view> known;
  for (const Option& option : (*transform)->options) {
    if (option.key == key) return &option;
    known.push_back(option.key);
  }
  return Unknown("option of " + InBackticks(id), key, known);
}

bool AddsUp(std::string_view key) {
  return std::any_of(std::begin(kKeys), std::end(kKeys),
                     [&](const ConfigKey& candidate) {
                       return candidate.option.key == key && candidate.adds_up;
                     });
}

// A plain scalar of YAML if that is what reads back to `text`.
std::string YamlScalar(const std::string& text) {
  const bool plain =
      !text.empty() && text.front() != '-' &&
      text.find_first_not_of(
          "abcdefghijklmnopqrstuvwxyz"
          "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./") == std::string::npos;
  if (plain) return text;
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? "''" : std::string(1, c);
  return out + '\'';
}

// A value of YAML, on one line.
std::string YamlValue(const Option& option, const std::vector<Value>& values) {
  if (option.type != OptionType::kList) return YamlScalar(values[0].text);
  std::string out;
  for (const Value& value : values) {
    out += (out.empty() ? "" : ", ") + YamlScalar(value.text);
  }
  return '[' + out + ']';
}

std::string Origins(const std::vector<Value>& values) {
  std::vector<std::string> seen;
  std::string out;
  for (const Value& value : values) {
    if (std::find(seen.begin(), seen.end(), value.origin) != seen.end()) {
      continue;
    }
    seen.push_back(value.origin);
    out += (out.empty() ? "" : ", ") + value.origin;
  }
  return out.empty() ? "empty" : out;
}

std::string ShowOne(const Settings& settings, const std::string& key,
                    const Option& option, std::string_view indent) {
  std::vector<Value> values;
  const auto found = settings.find(key);
  if (found != settings.end()) {
    values = found->second;
  } else if (option.type != OptionType::kList || !option.standard.empty()) {
    values = {{std::string(option.standard), "standard"}};
  }
  return std::string(indent) + std::string(option.key) + ": " +
         YamlValue(option, values) + "  # " + Origins(values) + '\n';
}

// The digits and dots of a version as numbers; absent if it is none.
std::optional<std::vector<int>> ParseVersion(std::string_view text) {
  std::vector<int> numbers = {0};
  bool digit = false;
  for (const char c : text) {
    if (c == '.' && digit && numbers.size() < 3) {
      numbers.push_back(0);
      digit = false;
    } else if (c >= '0' && c <= '9' && numbers.back() < 100000) {
      numbers.back() = numbers.back() * 10 + (c - '0');
      digit = true;
    } else {
      return std::nullopt;
    }
  }
  if (!digit) return std::nullopt;
  numbers.resize(3);
  return numbers;
}

std::string_view Trim(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

// Whether `actual` fulfils one condition such as `>=0.1`; absent if it cannot
// be read.
std::optional<bool> Fulfils(const std::vector<int>& actual,
                            std::string_view condition) {
  constexpr std::string_view kOperators[] = {">=", "<=", "==", ">", "<"};
  std::string_view found = "==";
  for (const std::string_view candidate : kOperators) {
    if (!condition.starts_with(candidate)) continue;
    found = candidate;
    condition.remove_prefix(candidate.size());
    break;
  }
  const auto wanted = ParseVersion(Trim(condition));
  if (!wanted) return std::nullopt;
  if (found == ">=") return actual >= *wanted;
  if (found == "<=") return actual <= *wanted;
  if (found == ">") return actual > *wanted;
  if (found == "<") return actual < *wanted;
  return actual == *wanted;
}

}  // namespace

std::span<const ConfigKey> ConfigKeys() { return kKeys; }

Result<const Option*> FindConfigKey(std::string_view key) {
  const size_t dot = key.find('.');
  if (dot == std::string_view::npos) return FindTopKey(key);
  return FindTransformOption(key.substr(0, dot), key.substr(dot + 1));
}

Result<const Transform*> TransformById(std::string_view id) {
  std::vector<std::string_view> known;
  for (const Transform* transform : AllTransforms()) {
    if (transform->id == id) return transform;
    known.push_back(transform->id);
  }
  return Unknown("transform", id, known);
}

std::vector<std::string> SplitAtCommas(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const size_t comma = text.find(',');
    if (comma != 0) out.emplace_back(text.substr(0, comma));
    if (comma == std::string_view::npos) break;
    text.remove_prefix(comma + 1);
  }
  return out;
}

Settings Merge(Settings lower, const Settings& upper) {
  for (const auto& [key, values] : upper) {
    std::vector<Value>& target = lower[key];
    if (!AddsUp(key)) target.clear();
    target.insert(target.end(), values.begin(), values.end());
  }
  return lower;
}

Result<Done> Set(Settings& settings, std::string_view key,
                 const std::vector<std::string>& texts,
                 const std::string& origin) {
  const Result<const Option*> option = FindConfigKey(key);
  if (!option) return option.error();
  if (const auto fault = FindFault(**option, texts)) return Error{*fault};
  std::vector<Value>& values = settings[std::string(key)];
  values.clear();
  for (const std::string& text : texts) values.push_back({text, origin});
  return Done();
}

std::vector<std::string> ListOf(const Settings& settings,
                                std::string_view key) {
  std::vector<std::string> out;
  const auto found = settings.find(key);
  if (found == settings.end()) return out;
  for (const Value& value : found->second) out.push_back(value.text);
  return out;
}

Level LevelOf(const Settings& settings) {
  const auto found = settings.find("level");
  if (found == settings.end()) return Level::kReview;
  return ParseLevel(found->second[0].text).value_or(Level::kReview);
}

OptionValues OptionValuesOf(const Settings& settings) {
  OptionValues out;
  for (const auto& [key, values] : settings) {
    if (key.find('.') == std::string::npos) continue;
    std::vector<std::string>& texts = out[key];
    for (const Value& value : values) texts.push_back(value.text);
  }
  return out;
}

std::string ShowSettings(const Settings& settings) {
  std::string out;
  for (const ConfigKey& key : kKeys) {
    const std::string name(key.option.key);
    const bool empty = key.option.standard.empty() && !settings.contains(name);
    if (!empty) out += ShowOne(settings, name, key.option, "");
  }
  std::string transforms;
  for (const Transform* transform : AllTransforms()) {
    if (transform->options.empty()) continue;
    transforms += "  " + std::string(transform->id) + ":\n";
    for (const Option& option : transform->options) {
      const std::string key =
          std::string(transform->id) + '.' + std::string(option.key);
      transforms += ShowOne(settings, key, option, "    ");
    }
  }
  return transforms.empty() ? out : out + "transforms:\n" + transforms;
}

std::optional<std::string> FindVersionFault(std::string_view required,
                                            std::string_view version) {
  const std::vector<int> actual =
      ParseVersion(version).value_or(std::vector<int>{0, 0, 0});
  std::string_view rest = required;
  while (true) {
    const size_t comma = rest.find(',');
    const auto fulfilled = Fulfils(actual, Trim(rest.substr(0, comma)));
    if (!fulfilled) {
      return InBackticks(required) +
             " is not a version; expected one such as "
             "`>=0.1, <2`";
    }
    if (!*fulfilled) {
      return "this is dfix " + std::string(version) + ", and " +
             InBackticks(required) + " is required";
    }
    if (comma == std::string_view::npos) return std::nullopt;
    rest.remove_prefix(comma + 1);
  }
}

}  // namespace dfix
