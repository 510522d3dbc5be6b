// The JSON schema of `package-managers` in a configuration file.
#ifndef DFIX_REPORT_MANAGER_SCHEMA_H_
#define DFIX_REPORT_MANAGER_SCHEMA_H_

#include <nlohmann/json.hpp>

namespace dfix {

// It accepts what ReadPackageManagers does, but for the form of single words.
nlohmann::ordered_json PackageManagersSchema();

}  // namespace dfix

#endif  // DFIX_REPORT_MANAGER_SCHEMA_H_
