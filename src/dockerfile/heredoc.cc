#include "src/dockerfile/heredoc.h"

#include <algorithm>

#include "src/dockerfile/logical_line.h"
#include "src/dockerfile/variable_lexer.h"

namespace dfix {
namespace {

constexpr std::string_view kHeredocBlanks = "\t\n\f\r ";

size_t CountQuotes(std::string_view word) {
  return static_cast<size_t>(std::count_if(
      word.begin(), word.end(), [](char c) { return c == '\'' || c == '"'; }));
}

// The number that `digits` spell, at most the largest one there is.
uint64_t ReadNumber(std::string_view digits) {
  uint64_t number = 0;
  for (const char c : digits) {
    const auto digit = static_cast<uint64_t>(c - '0');
    if (number > (UINT64_MAX - digit) / 10) return UINT64_MAX;
    number = number * 10 + digit;
  }
  return number;
}

}  // namespace

std::optional<HeredocWord> ParseHeredocWord(std::string_view word,
                                            bool& refused) {
  HeredocWord heredoc;
  const size_t digits =
      std::min(word.find_first_not_of("0123456789"), word.size());
  std::string_view rest = word.substr(digits);
  if (!rest.starts_with("<<")) return std::nullopt;
  rest.remove_prefix(2);
  heredoc.chomp = rest.starts_with('-');
  if (heredoc.chomp) rest.remove_prefix(1);
  rest.remove_prefix(
      std::min(rest.find_first_not_of(kHeredocBlanks), rest.size()));
  if (rest.empty() || rest.find('<') != std::string_view::npos) {
    return std::nullopt;
  }
  const auto plain = HeredocWords(rest, false, false);
  const auto raw = HeredocWords(rest, true, false);
  if (!plain || (plain->size() == 1 && (!raw || raw->size() != 1))) {
    refused = true;
    return std::nullopt;
  }
  if (plain->size() != 1) return std::nullopt;
  heredoc.name = plain->front();
  heredoc.expand = CountQuotes(plain->front()) == CountQuotes(raw->front());
  heredoc.descriptor = ReadNumber(word.substr(0, digits));
  return heredoc;
}

std::vector<HeredocWord> FindHeredocs(std::string_view line, bool& refused) {
  std::vector<HeredocWord> heredocs;
  if (line.find("<<") == std::string_view::npos) return heredocs;
  const auto words = HeredocWords(line, true, true);
  if (!words) return heredocs;
  for (const std::string& word : *words) {
    auto heredoc = ParseHeredocWord(word, refused);
    if (refused) return {};
    if (heredoc) heredocs.push_back(std::move(*heredoc));
  }
  return heredocs;
}

std::optional<HeredocBody> FindHeredocBody(std::string_view text,
                                           uint32_t begin,
                                           const HeredocWord& heredoc) {
  uint32_t at = begin;
  while (at < text.size()) {
    const PhysicalLine line = ReadPhysicalLine(text, at);
    if (IsTooLong(text, line)) return std::nullopt;
    uint32_t name = line.begin;
    while (heredoc.chomp && name < line.content_end && text[name] == '\t') {
      ++name;
    }
    if (Slice(text, {name, line.content_end}) == heredoc.name) {
      return HeredocBody{
          {begin, line.begin}, {line.begin, line.content_end}, line.end};
    }
    at = line.end;
  }
  return std::nullopt;
}

void AppendBodyPieces(std::string_view text, TextRange body, bool chomp,
                      std::vector<TextRange>& pieces) {
  if (!chomp) {
    if (!body.empty()) pieces.push_back(body);
    return;
  }
  for (uint32_t at = body.begin; at < body.end;) {
    const PhysicalLine line = ReadPhysicalLine(text, at);
    while (at < line.end && text[at] == '\t') ++at;
    if (!pieces.empty() && pieces.back().end == at) {
      pieces.back().end = line.end;
    } else if (at < line.end) {
      pieces.push_back({at, line.end});
    }
    at = line.end;
  }
}

}  // namespace dfix
