#include "src/verify/quantities.h"

#include <cmath>
#include <cstdio>

namespace dfix {
namespace {

std::string WithOneDecimal(double number, const char* unit) {
  char buffer[64];
  std::snprintf(buffer, sizeof buffer, "%.1f %s", number, unit);
  return buffer;
}

}  // namespace

std::string FormatBytes(uint64_t bytes) {
  if (bytes < 1000) return std::to_string(bytes) + " B";
  const auto number = static_cast<double>(bytes);
  if (bytes < 1000000) return WithOneDecimal(number / 1e3, "kB");
  return WithOneDecimal(number / 1e6, "MB");
}

std::string FormatSeconds(double seconds) {
  return WithOneDecimal(seconds, "s");
}

std::string FormatChange(double before, double after) {
  if (before <= 0) return "";
  const long percent = std::lround((after / before - 1) * 100);
  return (percent > 0 ? "+" : "") + std::to_string(percent) + " %";
}

std::string CountOf(uint64_t count, std::string_view noun) {
  return std::to_string(count) + ' ' + std::string(noun) +
         (count == 1 ? "" : "s");
}

}  // namespace dfix
