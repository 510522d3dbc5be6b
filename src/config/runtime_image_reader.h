// Reads entries of run-time images from YAML: those of `runtimes` in
// config/knowledge/base-images.yaml, which says what the fields mean, at build
// time, and those of a configuration file at run time. One schema, one set of
// checks.
#ifndef DFIX_CONFIG_RUNTIME_IMAGE_READER_H_
#define DFIX_CONFIG_RUNTIME_IMAGE_READER_H_

#include <yaml-cpp/yaml.h>

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "src/facts/own_table.h"

namespace dfix {

// The fields of an entry of a configuration file.
std::span<const std::string_view> RuntimeImageFields();

// The names that fields refer to.
struct RuntimeImageNames {
  std::vector<std::string> families;
  std::vector<std::string> releases;
  // Whether entries may have a `tag`. Those of others may not: a regular
  // expression can take for ever.
  bool has_patterns = false;
};

// The entries of `list`, in its order, one for each builder. Throws a Fault at
// what does not keep to the schema: unknown, missing or repeated fields, values
// of the wrong kind, names that are not among `names`, and what would be no
// reference to an image in FROM.
RuntimeEntryTable ReadRuntimeImages(const YAML::Node& list,
                                    const RuntimeImageNames& names);

}  // namespace dfix

#endif  // DFIX_CONFIG_RUNTIME_IMAGE_READER_H_
