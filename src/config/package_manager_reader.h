// Reads entries of package managers from YAML: those of
// config/knowledge/package-managers.yaml, which says what the fields mean, at
// build time, and those of a configuration file at run time. One schema, one
// set of checks.
#ifndef DFIX_CONFIG_PACKAGE_MANAGER_READER_H_
#define DFIX_CONFIG_PACKAGE_MANAGER_READER_H_

#include <yaml-cpp/yaml.h>

#include <span>
#include <string_view>

#include "src/facts/own_table.h"

namespace dfix {

// The fields of an entry.
std::span<const std::string_view> PackageManagerFields();

// The managers of `list`, a sequence of entries, in its order. Throws a Fault
// at what does not keep to the schema: unknown, missing or repeated fields, two
// entries with one name, values of the wrong kind, and text that would not be
// one plain command or option in a script.
ManagerTable ReadPackageManagers(const YAML::Node& list);

}  // namespace dfix

#endif  // DFIX_CONFIG_PACKAGE_MANAGER_READER_H_
