#include "src/facts/mount.h"

#include <algorithm>

#include "src/dockerfile/characters.h"

namespace dfix {

std::string MountField(std::string_view mount,
                       std::initializer_list<std::string_view> names) {
  std::string value;
  for (size_t at = 0; at <= mount.size();) {
    const size_t comma = std::min(mount.find(',', at), mount.size());
    std::string field(mount.substr(at, comma - at));
    std::erase(field, '"');
    const size_t equals = std::min(field.find('='), field.size());
    const std::string key = AsciiLower(field.substr(0, equals));
    if (std::find(names.begin(), names.end(), key) != names.end()) {
      value = field.substr(std::min(equals + 1, field.size()));
    }
    at = comma + 1;
  }
  return value;
}

}  // namespace dfix
