#include "src/facts/suppression.h"

#include <optional>

namespace dfix {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";

std::string_view Trim(std::string_view text) {
  const size_t begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

// Takes `word` from the front of `text`, with the blanks after it.
bool TakeWord(std::string_view& text, std::string_view word) {
  if (!text.starts_with(word)) return false;
  const std::string_view rest = text.substr(word.size());
  if (rest.empty() || kBlanks.find(rest[0]) == std::string_view::npos) {
    return false;
  }
  text = Trim(rest);
  return true;
}

// Takes `key` and the `=` after it.
bool TakeKey(std::string_view& text, std::string_view key) {
  if (!text.starts_with(key)) return false;
  const std::string_view rest = Trim(text.substr(key.size()));
  if (!rest.starts_with('=')) return false;
  text = Trim(rest.substr(1));
  return true;
}

struct Pragma {
  SuppressionScope scope;
  std::string_view names;
};

// What a comment, `#` included, says.
std::optional<Pragma> ReadPragma(std::string_view comment) {
  std::string_view text = Trim(comment.substr(1));
  if (TakeKey(text, "check")) {
    const size_t skip = text.find("skip");
    if (skip == std::string_view::npos) return std::nullopt;
    text = text.substr(skip);
    if (!TakeKey(text, "skip")) return std::nullopt;
    return Pragma{SuppressionScope::kFile, text};
  }
  if (!TakeWord(text, "dfix") && !TakeWord(text, "hadolint")) {
    return std::nullopt;
  }
  SuppressionScope scope = SuppressionScope::kInstruction;
  if (TakeWord(text, "global")) scope = SuppressionScope::kFile;
  if (TakeWord(text, "stage")) scope = SuppressionScope::kStage;
  if (!TakeKey(text, "ignore")) return std::nullopt;
  return Pragma{scope, text};
}

}  // namespace

std::vector<Suppression> FindSuppressions(const Document& document) {
  std::vector<Suppression> suppressions;
  for (uint32_t i = 0; i < document.tokens().size(); ++i) {
    const TokenKind kind = document.tokens()[i].kind;
    if (kind != TokenKind::kComment && kind != TokenKind::kDirective) continue;
    const auto pragma = ReadPragma(document.Text(TokenId{i}));
    if (!pragma) continue;
    std::string_view names = pragma->names.substr(0, pragma->names.find(';'));
    while (!names.empty()) {
      const size_t comma = names.find(',');
      std::string_view name = Trim(names.substr(0, comma));
      name = name.substr(0, name.find_first_of(kBlanks));
      if (!name.empty()) {
        suppressions.push_back({pragma->scope, TokenId{i}, name});
      }
      if (comma == std::string_view::npos) break;
      names.remove_prefix(comma + 1);
    }
  }
  return suppressions;
}

}  // namespace dfix
