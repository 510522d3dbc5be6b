#include "src/dockerfile/keywords.h"

#include <cstddef>
#include <iterator>

#include "src/dockerfile/characters.h"

namespace dfix {
namespace {

// In the order of InstructionKind.
constexpr std::string_view kNames[] = {
    "",           "ADD",        "ARG",     "CMD",    "COPY",
    "ENTRYPOINT", "ENV",        "EXPOSE",  "FROM",   "HEALTHCHECK",
    "LABEL",      "MAINTAINER", "ONBUILD", "RUN",    "SHELL",
    "STOPSIGNAL", "USER",       "VOLUME",  "WORKDIR"};

// Whether `keyword` is `name`, which is in upper case, in any case. Go's lower
// case of U+212A is `k` and that of U+0130 is `i`.
bool IsKeyword(std::string_view keyword, std::string_view name) {
  if (keyword.size() < name.size()) return false;
  size_t at = 0;
  for (const char expected : name) {
    if (at == keyword.size()) return false;
    Character character = CharacterAt(keyword, at);
    at += character.size;
    if (character.value >= 'a' && character.value <= 'z') {
      character.value -= 'a' - 'A';
    } else if (character.value == 0x212a) {
      character.value = 'K';
    } else if (character.value == 0x130) {
      character.value = 'I';
    }
    if (character.value != static_cast<char32_t>(expected)) return false;
  }
  return at == keyword.size();
}

}  // namespace

InstructionKind KindOfKeyword(std::string_view keyword) {
  if (keyword.empty()) return InstructionKind::kUnknown;
  const char initial = static_cast<char>(keyword[0] & ~('a' - 'A'));
  for (size_t i = 1; i < std::size(kNames); ++i) {
    // No name begins with a letter that one beyond ASCII could stand for.
    if (kNames[i][0] != initial) continue;
    if (IsKeyword(keyword, kNames[i])) return static_cast<InstructionKind>(i);
  }
  return InstructionKind::kUnknown;
}

std::string_view KeywordName(InstructionKind kind) {
  return kNames[static_cast<size_t>(kind)];
}

}  // namespace dfix
