// The tables: for each, the function that turns its checked YAML document into
// C++ source. Each may throw a Fault.
#ifndef DFIX_CONFIG_GENERATE_TABLES_H_
#define DFIX_CONFIG_GENERATE_TABLES_H_

#include <yaml-cpp/yaml.h>

#include <string>

namespace dfix::generate {

std::string GenerateAptPackages(const YAML::Node& root);
std::string GenerateBaseImages(const YAML::Node& root);
std::string GenerateBuildPackages(const YAML::Node& root);
std::string GenerateEcosystems(const YAML::Node& root);
std::string GeneratePackageManagers(const YAML::Node& root);
std::string GeneratePlainPackages(const YAML::Node& root);
std::string GeneratePrograms(const YAML::Node& root);
std::string GenerateProjectBuilders(const YAML::Node& root);
std::string GenerateSlimImages(const YAML::Node& root);

}  // namespace dfix::generate

#endif  // DFIX_CONFIG_GENERATE_TABLES_H_
