// Reads arrays that are not quite JSON.
#include <algorithm>
#include <span>

#include "src/dockerfile/json_array.h"
#include "src/facts/exec_form.h"
#include "src/text/search.h"

namespace dfix {
namespace {

constexpr std::string_view kDoubleQuotes[] = {"“", "”", "„", "″"};
constexpr std::string_view kSingleQuotes[] = {"‘", "’", "‚", "′"};

// Whether `text` begins with a quote of a set, which `size` then tells.
bool BeginsWith(std::string_view text, std::span<const std::string_view> set,
                size_t& size) {
  for (const std::string_view quote : set) {
    if (!text.starts_with(quote)) continue;
    size = quote.size();
    return true;
  }
  return false;
}

bool IsBareCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= '0' && c <= '9') ||
         std::string_view("-_./:=@+%").find(c) != std::string_view::npos;
}

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  std::optional<BrokenArray> Read() {
    if (!Take('[')) Fault("a missing bracket");
    if (!ReadItems() || !ReadEnd()) return std::nullopt;
    if (array_.values.empty() || array_.values[0].empty()) return std::nullopt;
    // `[ -f x ]` is a command, and one of a single word may be.
    if (bare_ > 0 && (array_.values.size() < 2 || array_.values[0][0] == '-')) {
      return std::nullopt;
    }
    if (array_.fault.empty()) return std::nullopt;
    return std::move(array_);
  }

 private:
  char Peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool Take(char c) {
    if (Peek() != c) return false;
    ++at_;
    return true;
  }
  // Whether there were any.
  bool SkipBlanks() {
    const size_t begin = at_;
    while (Peek() == ' ' || Peek() == '\t') ++at_;
    return at_ > begin;
  }
  void Fault(std::string_view fault) {
    if (array_.fault.find(fault) != std::string::npos) return;
    if (!array_.fault.empty()) array_.fault += " and ";
    array_.fault += fault;
  }

  // The strings, with what is between them.
  bool ReadItems() {
    while (true) {
      SkipBlanks();
      if (Peek() == ']' || at_ == text_.size()) return true;
      if (!ReadItem()) return false;
      const bool blank = SkipBlanks();
      if (Take(',')) {
        SkipBlanks();
        if (Peek() == ']') Fault("a comma after the last string");
        continue;
      }
      if (Peek() == ']' || at_ == text_.size()) continue;
      // A comma is missing: clear only between strings with a blank.
      if (!blank || bare_ > 0) return false;
      Fault("a missing comma");
    }
  }

  bool ReadItem() {
    size_t size = 0;
    const std::string_view rest = text_.substr(at_);
    if (rest[0] == '"') return ReadJsonString();
    if (rest[0] == '\'') {
      Fault("single quotes");
      return ReadQuoted(1, {});
    }
    if (BeginsWith(rest, kDoubleQuotes, size)) {
      Fault("typographic quotes");
      return ReadQuoted(size, kDoubleQuotes);
    }
    if (BeginsWith(rest, kSingleQuotes, size)) {
      Fault("typographic quotes");
      return ReadQuoted(size, kSingleQuotes);
    }
    return ReadBare();
  }

  bool ReadJsonString() {
    const size_t begin = at_++;
    while (Peek() != '"') {
      if (at_ >= text_.size()) return false;
      at_ += Peek() == '\\' ? 2 : 1;
    }
    ++at_;
    const std::string array =
        "[" + std::string(text_.substr(begin, at_ - begin)) + "]";
    std::vector<JsonStringRange> strings;
    if (ScanJsonArray(array, 0, array.size(), strings) != JsonForm::kStrings) {
      return false;
    }
    return AddValue(DecodeJsonString(text_.substr(begin, at_ - begin)));
  }

  // A string up to the next quote of `closing`, or up to `'`.
  bool ReadQuoted(size_t size, std::span<const std::string_view> closing) {
    at_ += size;
    const size_t begin = at_;
    while (at_ < text_.size()) {
      const std::string_view rest = text_.substr(at_);
      size_t end = 1;
      if (rest[0] == '\\') return false;
      if (closing.empty() ? rest[0] == '\'' : BeginsWith(rest, closing, end)) {
        const std::string value(text_.substr(begin, at_ - begin));
        at_ += end;
        return AddValue(value);
      }
      // Then quotes of two kinds are mixed up.
      if (!closing.empty() && rest[0] == '"') return false;
      ++at_;
    }
    return false;
  }

  bool ReadBare() {
    const size_t begin = at_;
    while (IsBareCharacter(Peek())) ++at_;
    if (at_ == begin) return false;
    Fault("missing quotes");
    ++bare_;
    return AddValue(std::string(text_.substr(begin, at_ - begin)));
  }

  bool AddValue(std::string value) {
    array_.values.push_back(std::move(value));
    return true;
  }

  // `]` and a comment.
  bool ReadEnd() {
    if (!Take(']')) {
      if (at_ != text_.size() || bare_ > 0) return false;
      Fault("a missing bracket");
      return true;
    }
    const bool blank = SkipBlanks();
    if (at_ == text_.size()) return true;
    if (!blank || Peek() != '#') return false;
    array_.comment = text_.substr(at_);
    Fault("a comment on its line");
    return true;
  }

  std::string_view text_;
  size_t at_ = 0;
  size_t bare_ = 0;
  BrokenArray array_;
};

}  // namespace

bool LooksLikeArray(std::string_view text) {
  if (text.starts_with('[')) {
    // `[ -f x ]` is a test.
    return !text.starts_with("[ ") ||
           text.find_first_of(",\"'") != std::string_view::npos;
  }
  const size_t end = text.find_first_of(", \t");
  return text.starts_with('"') && end != std::string_view::npos &&
         text[end] == ',' && text[end - 1] == '"';
}

std::optional<BrokenArray> ReadBrokenArray(std::string_view text) {
  auto array = Reader(text).Read();
  if (!array) return std::nullopt;
  // Where the comment begins is not clear then.
  const auto has_hash = [](const std::string& value) {
    return value.find('#') != std::string::npos;
  };
  if (!array->comment.empty() &&
      std::any_of(array->values.begin(), array->values.end(), has_hash)) {
    return std::nullopt;
  }
  // A variable means that a shell was wanted after all, unless one is named.
  const auto has_variable = [](const std::string& value) {
    return value.find('$') != std::string::npos;
  };
  const std::string_view program = Basename(array->values[0]);
  const bool names_shell = program == "sh" || program == "bash";
  if (!names_shell &&
      std::any_of(array->values.begin(), array->values.end(), has_variable)) {
    return std::nullopt;
  }
  return array;
}

}  // namespace dfix
