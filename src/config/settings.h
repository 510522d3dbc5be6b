// What a run can be told: the keys of a configuration file, and the values that
// they have, each with the place where it was set.
//
// A file, the environment and the command line all give Settings; Merge puts
// one on top of another. No input or output happens here.
#ifndef DFIX_CONFIG_SETTINGS_H_
#define DFIX_CONFIG_SETTINGS_H_

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "src/edit/change.h"
#include "src/text/result.h"
#include "src/transform/option.h"

namespace dfix {

// A key that is no option of a transform.
struct ConfigKey {
  Option option;
  bool adds_up;  // Its values are added to those below, not put in their place.
};

// All keys at the top of a configuration file, but `transforms`.
std::span<const ConfigKey> ConfigKeys();

// The declaration of `key`: a key at the top, or `TRANSFORM.OPTION`. An unknown
// one is an error that names the nearest.
Result<const Option*> FindConfigKey(std::string_view key);

// The transform with that id. An unknown one is an error that names the
// nearest.
Result<const Transform*> TransformById(std::string_view id);

struct Value {
  std::string text;
  std::string origin;  // `.dfix.yaml:3:8`, `DFIX_LEVEL`, `--level`
};

// Values by key, or by `TRANSFORM.OPTION`; checked by FindFault.
using Settings = std::map<std::string, std::vector<Value>, std::less<>>;

// `a,b` as it is written on a command line; empty texts are left out.
std::vector<std::string> SplitAtCommas(std::string_view text);

// Puts `upper` on top of `lower`.
Settings Merge(Settings lower, const Settings& upper);

// Sets `key` to `texts`, which come from `origin`. A key or a value that does
// not exist is an error.
Result<Done> Set(Settings& settings, std::string_view key,
                 const std::vector<std::string>& texts,
                 const std::string& origin);

// The texts of a list; empty if it is not set.
std::vector<std::string> ListOf(const Settings& settings, std::string_view key);

// The boldest level of changes to apply.
Level LevelOf(const Settings& settings);

// The options of transforms among the settings.
OptionValues OptionValuesOf(const Settings& settings);

// All settings as a configuration file, with the origin of each as a comment;
// what is not set has its standard.
std::string ShowSettings(const Settings& settings);

// What is wrong if this program, whose version is `version`, is to fulfil
// `required`, such as `>=0.1, <2`; absent if it does.
std::optional<std::string> FindVersionFault(std::string_view required,
                                            std::string_view version);

}  // namespace dfix

#endif  // DFIX_CONFIG_SETTINGS_H_
