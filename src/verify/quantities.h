// How sizes, times and counts are written.
#ifndef DFIX_VERIFY_QUANTITIES_H_
#define DFIX_VERIFY_QUANTITIES_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace dfix {

// `712.3 MB`; megabytes of a million bytes, as engines count. Small sizes are
// in kB or bytes.
std::string FormatBytes(uint64_t bytes);

// `3.2 s`.
std::string FormatSeconds(double seconds);

// `-77 %`, `+3 %`, `0 %`; empty if there was nothing before.
std::string FormatChange(double before, double after);

// `1 line`, `2 lines`.
std::string CountOf(uint64_t count, std::string_view noun);

}  // namespace dfix

#endif  // DFIX_VERIFY_QUANTITIES_H_
