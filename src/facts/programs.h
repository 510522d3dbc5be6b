// What is known of programs by their names: constant lists, compiled in from
// config/knowledge/programs.yaml, which says what each of them means.
//
// Left out: package managers (package_manager.h), and what a shell runs itself.
#ifndef DFIX_FACTS_PROGRAMS_H_
#define DFIX_FACTS_PROGRAMS_H_

#include <algorithm>
#include <span>
#include <string_view>

namespace dfix {

// Sorted.
struct ProgramLists {
  std::span<const std::string_view> cheap;
  std::span<const std::string_view> slow;
  std::span<const std::string_view> slow_parts;
  std::span<const std::string_view> handlers;
  std::span<const std::string_view> movers;
  std::span<const std::string_view> throwaway;
  std::span<const std::string_view> daemons;
  std::span<const std::string_view> daemon_parts;
  std::span<const std::string_view> shells;
  std::span<const std::string_view> container;
  std::span<const std::string_view> settled;
  std::span<const std::string_view> inits;
};

const ProgramLists& Programs();

// Whether `text` has one of `parts` in it.
inline bool HasOneOf(std::string_view text,
                     std::span<const std::string_view> parts) {
  return std::any_of(parts.begin(), parts.end(), [&](std::string_view part) {
    return text.find(part) != std::string_view::npos;
  });
}

}  // namespace dfix

#endif  // DFIX_FACTS_PROGRAMS_H_
