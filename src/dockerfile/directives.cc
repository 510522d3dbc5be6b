#include "src/dockerfile/directives.h"

#include "src/dockerfile/characters.h"

namespace dfix {
namespace {

constexpr std::string_view kDirectiveBlanks = "\t\n\f\r ";

bool IsAlphanumeric(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= '0' && c <= '9');
}

// Without blanks at both ends; but of a value that is all blanks, the last one
// stays.
std::string_view DirectiveValue(std::string_view text) {
  size_t begin = text.find_first_not_of(kDirectiveBlanks);
  if (begin == std::string_view::npos) {
    return text.substr(text.empty() ? 0 : text.size() - 1);
  }
  const size_t last = text.find_last_not_of(kDirectiveBlanks);
  return text.substr(begin, last + 1 - begin);
}

}  // namespace

std::string_view Name(DirectiveKind kind) {
  constexpr std::string_view kNames[] = {"syntax", "escape", "check"};
  return kNames[static_cast<size_t>(kind)];
}

std::optional<Directive> ParseDirective(std::string_view line) {
  if (!line.starts_with('#')) return std::nullopt;
  line.remove_prefix(SkipSpace(line, 1, line.size()));
  size_t name_end = 0;
  while (name_end < line.size() && IsAlphanumeric(line[name_end])) ++name_end;
  if (name_end == 0 || (line[0] >= '0' && line[0] <= '9')) return std::nullopt;
  const size_t equals = line.find_first_not_of(kDirectiveBlanks, name_end);
  if (equals == std::string_view::npos || line[equals] != '=') {
    return std::nullopt;
  }
  const std::string_view value = DirectiveValue(line.substr(equals + 1));
  if (value.empty()) return std::nullopt;
  const std::string name = AsciiLower(line.substr(0, name_end));
  for (const DirectiveKind kind :
       {DirectiveKind::kSyntax, DirectiveKind::kEscape,
        DirectiveKind::kCheck}) {
    if (name == Name(kind)) return Directive{kind, value};
  }
  return std::nullopt;
}

DirectiveReader::Result DirectiveReader::Read(std::string_view line) {
  if (done_) return {};
  const std::optional<Directive> directive = ParseDirective(line);
  if (!directive) {
    done_ = true;
    return {};
  }
  const auto bit = static_cast<uint8_t>(1 << static_cast<int>(directive->kind));
  const std::string name(Name(directive->kind));
  if (seen_ & bit) {
    return {true, "directive `" + name +
                      "` is given twice: only one is allowed; remove one"};
  }
  seen_ |= bit;
  if (directive->kind != DirectiveKind::kEscape) return {true, ""};
  if (directive->value != "\\" && directive->value != "`") {
    return {true, "escape character `" + std::string(directive->value) +
                      "` is not allowed: it can only be a backslash or a "
                      "backtick; use one of them or remove the directive"};
  }
  escape_ = directive->value[0];
  return {true, ""};
}

std::string SyntaxOf(const Document& document) {
  for (uint32_t i = 0; i < document.tokens().size(); ++i) {
    if (document.kind(TokenId{i}) != TokenKind::kDirective) continue;
    const auto directive = ParseDirective(document.Text(TokenId{i}));
    if (directive && directive->kind == DirectiveKind::kSyntax) {
      return std::string(directive->value);
    }
  }
  return "";
}

}  // namespace dfix
