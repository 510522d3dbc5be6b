// Which files of a project the install commands of a language ecosystem read:
// one row of a constant table for each way to call one, compiled in from
// config/knowledge/ecosystems.yaml, which says what the fields mean.
//
// Left out: which calls there are in a file, and which files a project really
// has (install_reads.h).
#ifndef DFIX_FACTS_ECOSYSTEM_H_
#define DFIX_FACTS_ECOSYSTEM_H_

#include <cstdint>
#include <span>
#include <string_view>

#include "src/facts/level.h"

namespace dfix {

// What finds further files in those that the table names.
enum class ManifestReader : uint8_t {
  kPlain,
  kRequirements,
  kPackageJson,
  kGoMod,
  kProjects,
  kMaven,
  kGradle,
  kSbt,
  kMix,
};

struct Ecosystem {
  std::string_view manager;
  std::span<const std::string_view> calls;
  ManifestReader reader;
  std::span<const std::string_view> required;  // `a|b` for one of several.
  std::span<const std::string_view> optional;
  std::span<const std::string_view> writes;
  std::span<const std::string_view> updates;
  std::span<const std::string_view> options;
  std::span<const std::string_view> arguments;
  std::span<const std::string_view> folders;
  std::span<const std::string_view> needs;  // `a|b` for one of several.
  std::span<const std::string_view> variables;
  std::span<const std::string_view> frozen;
  std::span<const std::string_view> above;
  std::span<const std::string_view> files;
  std::string_view needs_reason;
  std::span<const std::string_view> reads_more;
  Level level;
  bool names_all;
  std::string_view refuse;  // Empty if it is not refused.
};

// All rows, in the order of the table.
std::span<const Ecosystem> Ecosystems();

}  // namespace dfix

#endif  // DFIX_FACTS_ECOSYSTEM_H_
