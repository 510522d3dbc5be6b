#include "src/dockerfile/arguments.h"

#include "src/dockerfile/characters.h"

namespace dfix {
namespace {

// Reads one flag from `at` on, up to the white space that ends it or to `end`.
// Calls `take(offset)` for each byte that belongs to its value.
template <typename Take>
size_t ReadFlag(std::string_view text, size_t at, size_t end, char escape,
                Take take) {
  char quote = '\0';
  for (; at < end; ++at) {
    const char c = text[at];
    if (quote == '\0') {
      if (IsByteSpace(c)) break;
      if (c == '\'' || c == '"') {
        quote = c;
        continue;
      }
    } else if (c == quote) {
      quote = '\0';
      continue;
    }
    if (c == escape) {
      if (at + 1 == end) continue;
      ++at;
    }
    take(at);
  }
  return at;
}

// Reads one word from `at` on; see SplitWords.
WordRange ReadWord(std::string_view text, size_t at, size_t end, char escape) {
  const std::string_view line = text.substr(0, end);
  const size_t begin = at;
  char quote = '\0';
  while (at < end) {
    const Character character = CharacterAt(line, at);
    const char c = text[at];
    if (quote == '\0' && IsSpace(character.value)) break;
    if (c == escape && quote != '\'') {
      if (at + 1 == end) return {begin, at, end};
      at += 1 + CharacterAt(line, at + 1).size;
      continue;
    }
    if (quote == '\0') {
      if (c == '\'' || c == '"') quote = c;
    } else if (c == quote) {
      quote = '\0';
    }
    at += character.size;
  }
  return {begin, at, at};
}

}  // namespace

size_t SplitFlags(std::string_view text, size_t begin, size_t end, char escape,
                  std::vector<FlagRange>& flags) {
  flags.clear();
  size_t at = begin;
  while (true) {
    while (at < end && IsByteSpace(text[at])) ++at;
    if (end - at < 2 || text[at] != '-' || text[at + 1] != '-') return at;
    size_t size = 0;
    size_t equals = end;
    const size_t flag_end = ReadFlag(text, at, end, escape, [&](size_t offset) {
      ++size;
      if (text[offset] == '=' && equals == end) equals = offset;
    });
    if (size == 2) {
      flags.push_back({at, at, flag_end});
      return flag_end;
    }
    flags.push_back({at, equals == end ? flag_end : equals, flag_end});
    at = flag_end;
  }
}

std::string UnquoteFlag(std::string_view flag, char escape) {
  std::string value;
  ReadFlag(flag, 0, flag.size(), escape, [&](size_t offset) {
    AppendCharacter(value, static_cast<uint8_t>(flag[offset]));
  });
  return value;
}

void SplitWords(std::string_view text, size_t begin, size_t end, char escape,
                std::vector<WordRange>& words) {
  words.clear();
  size_t at = begin;
  while ((at = SkipSpace(text, at, end)) < end) {
    const WordRange word = ReadWord(text, at, end, escape);
    if (word.end > word.begin) words.push_back(word);
    at = word.raw_end;
  }
}

}  // namespace dfix
