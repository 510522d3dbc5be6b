// Reads the text of configuration files. Finding and opening them is the front
// end's work.
#ifndef DFIX_CONFIG_CONFIG_FILE_H_
#define DFIX_CONFIG_CONFIG_FILE_H_

#include <string>
#include <string_view>
#include <vector>

#include "src/config/settings.h"
#include "src/facts/own_table.h"
#include "src/text/result.h"

namespace dfix {

// The settings in `yaml`, the text of a `.dfix.yaml`. `name` is what messages
// and origins call the file. Errors (YAML that cannot be read, unknown or
// repeated keys, values of the wrong kind) begin with `name:line:column: ` and
// say what was expected.
Result<Settings> ParseConfigFile(std::string_view yaml,
                                 const std::string& name);

// The entries below `package-managers` in `yaml`, the text of a `.dfix.yaml`;
// none if it has no such key. Errors are those of ReadPackageManagers, and
// begin with `name:line:column: `.
Result<ManagerTable> ParsePackageManagers(std::string_view yaml,
                                          const std::string& name);

// The entries below `runtime-images`, likewise.
Result<RuntimeEntryTable> ParseRuntimeImages(std::string_view yaml,
                                             const std::string& name);

// The rules that `yaml`, the text of a `.hadolint.yaml`, tells to ignore. What
// else is in it is passed over; only YAML that cannot be read is an error.
Result<std::vector<Value>> ParseHadolintIgnores(std::string_view yaml,
                                                const std::string& name);

}  // namespace dfix

#endif  // DFIX_CONFIG_CONFIG_FILE_H_
