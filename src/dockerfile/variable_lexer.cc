#include "src/dockerfile/variable_lexer.h"

#include <utility>

#include "src/dockerfile/characters.h"
#include "src/dockerfile/pattern.h"

namespace dfix {
namespace {

// Deeper `${x:-${y:-...}}` are refused.
constexpr int kMaxNesting = 200;
constexpr char32_t kEnd = 0xffffffff;

struct LexerOptions {
  char escape = '\\';
  bool raw_quotes = false;
  bool raw_escapes = false;
  // Variables that are not set stay in the text as they are.
  bool keep_unset = false;
  const VariableLookup* lookup = nullptr;
};

bool IsAsciiDigit(char32_t c) { return c >= '0' && c <= '9'; }

// Letters, digits and underscore. Beyond ASCII, what is surely no letter is
// left out, and all else taken for one.
bool IsNameCharacter(char32_t c) {
  if (c < 0x80) {
    return IsAsciiDigit(c) || c == '_' || (c >= 'a' && c <= 'z') ||
           (c >= 'A' && c <= 'Z');
  }
  if (c < 0xc0) return c == 0xaa || c == 0xb5 || c == 0xba;
  if (c > 0x10ffff) return false;
  const bool punctuation =
      (c >= 0x2000 && c <= 0x206f) || (c >= 0x20a0 && c <= 0x20cf) ||
      (c >= 0x2190 && c <= 0x2bff) || (c >= 0x3000 && c <= 0x3004) ||
      (c >= 0x3007 && c <= 0x3030) || (c >= 0xfe00 && c <= 0xfe6f) ||
      (c >= 0xff01 && c <= 0xff0f) || (c >= 0xfffc && c <= 0xffff) ||
      (c >= 0x1f000 && c <= 0x1faff);
  return c != 0xd7 && c != 0xf7 && !punctuation;
}

bool IsSpecialParameter(char32_t c) {
  return c < 0x80 && std::string_view("@*#?-$!0").find(static_cast<char>(c)) !=
                         std::string_view::npos;
}

class Lexer {
 public:
  Lexer(std::string_view text, const LexerOptions& options)
      : text_(text), options_(options), raw_escapes_(options.raw_escapes) {
    if (Peek() == 0xfeff) Next();
  }

  struct Outcome {
    std::string value;
    std::vector<std::string> words;
  };
  std::optional<Outcome> Run() { return ReadUntil(kEnd, raw_escapes_); }

 private:
  char32_t Peek() const {
    return at_ < text_.size() ? CharacterAt(text_, at_).value : kEnd;
  }
  char32_t Next() {
    if (at_ == text_.size()) return kEnd;
    const Character character = CharacterAt(text_, at_);
    at_ += character.size;
    return character.value;
  }
  bool IsEscape(char32_t c) const {
    return c == static_cast<char32_t>(options_.escape);
  }

  // The words of one ReadUntil. The text of the word that is being read is
  // shared with the ReadUntil around it, which hence loses what it had of its
  // word: BuildKit's lexer does so, too.
  struct Words {
    std::vector<std::string> done;
    bool in_word = false;
  };
  void AddToWord(Words& words, char32_t c) {
    AppendCharacter(word_, c);
    words.in_word = true;
  }
  void AddCharacter(Words& words, char32_t c) {
    if (!IsSpace(c)) {
      AddToWord(words, c);
    } else if (words.in_word && !word_.empty()) {
      words.done.push_back(std::exchange(word_, {}));
      words.in_word = false;
    }
  }
  void AddSplit(Words& words, std::string_view text) {
    for (size_t at = 0; at < text.size();) {
      const Character character = CharacterAt(text, at);
      AddCharacter(words, character.value);
      at += character.size;
    }
  }
  std::vector<std::string> Finish(Words& words) {
    if (!word_.empty()) words.done.push_back(std::exchange(word_, {}));
    return std::move(words.done);
  }

  std::optional<Outcome> ReadUntil(char32_t stop, bool raw_escapes) {
    const bool outer_raw_escapes = std::exchange(raw_escapes_, raw_escapes);
    std::optional<Outcome> outcome;
    if (++depth_ < kMaxNesting) outcome = ReadText(stop);
    --depth_;
    raw_escapes_ = outer_raw_escapes;
    return outcome;
  }

  std::optional<Outcome> ReadText(char32_t stop) {
    word_.clear();
    Words words;
    std::string value;
    while (Peek() != kEnd) {
      const char32_t c = Peek();
      if (c == stop) {
        Next();
        return Outcome{std::move(value), Finish(words)};
      }
      if (c == '$' || c == '<' || c == '\'' || c == '"') {
        const std::optional<std::string> part = ReadSpecial(c);
        if (!part) return std::nullopt;
        value += *part;
        if (c == '$') {
          AddSplit(words, *part);
        } else {
          word_ += *part;
          words.in_word = true;
        }
      } else if (IsEscape(c)) {
        if (!ReadEscape(words, value)) break;
      } else {
        AddCharacter(words, Next());
        AppendCharacter(value, c);
      }
    }
    if (stop != kEnd) return std::nullopt;
    return Outcome{std::move(value), Finish(words)};
  }

  // Whether there was a character after the escape character.
  bool ReadEscape(Words& words, std::string& value) {
    const char32_t escape = Next();
    if (raw_escapes_) {
      AddToWord(words, escape);
      AppendCharacter(value, escape);
    }
    const char32_t c = Next();
    if (c == kEnd) return false;
    AddToWord(words, c);
    AppendCharacter(value, c);
    return true;
  }

  std::optional<std::string> ReadSpecial(char32_t c) {
    switch (c) {
      case '$':
        return ReadDollar();
      case '<':
        return ReadLess();
      case '\'':
        return ReadSingleQuoted();
      default:
        return ReadDoubleQuoted();
    }
  }

  std::string ReadLess() {
    Next();
    if (Peek() != '<') return "<";
    Next();
    std::string part = "<<";
    while (Peek() == ' ' || Peek() == '\t' || Peek() == '\r') {
      AppendCharacter(part, Next());
    }
    return part;
  }

  std::optional<std::string> ReadSingleQuoted() {
    std::string part;
    Next();
    if (options_.raw_quotes) part += '\'';
    while (true) {
      const char32_t c = Next();
      if (c == kEnd) return std::nullopt;
      if (c == '\'') {
        if (options_.raw_quotes) part += '\'';
        return part;
      }
      AppendCharacter(part, c);
    }
  }

  std::optional<std::string> ReadDoubleQuoted() {
    std::string part;
    Next();
    if (options_.raw_quotes) part += '"';
    while (true) {
      char32_t c = Peek();
      if (c == kEnd) return std::nullopt;
      if (c == '$') {
        const std::optional<std::string> value = ReadDollar();
        if (!value) return std::nullopt;
        part += *value;
        continue;
      }
      Next();
      if (c == '"') {
        if (options_.raw_quotes) part += '"';
        return part;
      }
      if (IsEscape(c)) {
        if (raw_escapes_) AppendCharacter(part, c);
        if (Peek() == '"' || Peek() == '$' || IsEscape(Peek())) c = Next();
      }
      AppendCharacter(part, c);
    }
  }

  std::string ReadName() {
    std::string name;
    if (IsAsciiDigit(Peek())) {
      while (IsAsciiDigit(Peek())) AppendCharacter(name, Next());
      return name;
    }
    if (IsSpecialParameter(Peek())) {
      AppendCharacter(name, Next());
      return name;
    }
    while (IsNameCharacter(Peek())) AppendCharacter(name, Next());
    return name;
  }

  VariableValue Get(const std::string& name) const {
    return options_.lookup ? (*options_.lookup)(name) : VariableValue();
  }

  // The value of a variable whose state leaves no choice.
  static std::optional<std::string> Plain(const VariableValue& variable) {
    if (variable.state == VariableValue::State::kUnknown) return std::nullopt;
    return variable.value;
  }

  bool Keeps(const VariableValue& variable) const {
    return options_.keep_unset &&
           variable.state == VariableValue::State::kUnset;
  }

  std::optional<std::string> ReadDollar() {
    Next();
    if (Peek() == '{') return ReadBraces();
    const std::string name = ReadName();
    if (name.empty()) return "$";
    const VariableValue variable = Get(name);
    if (Keeps(variable)) return "$" + name;
    return Plain(variable);
  }

  std::optional<std::string> ReadBraces() {
    Next();
    if (Peek() == kEnd || Peek() == '{' || Peek() == '}' || Peek() == ':') {
      return std::nullopt;
    }
    const std::string name = ReadName();
    const char32_t c = Next();
    if (c == '}') {
      const VariableValue variable = Get(name);
      if (Keeps(variable)) return "${" + name + "}";
      return Plain(variable);
    }
    if (c == ':') return ReadModifier(name, Next(), true);
    if (c == '/') return ReadReplacement(name);
    if (c == '+' || c == '-' || c == '?' || c == '#' || c == '%') {
      return ReadModifier(name, c, false);
    }
    return std::nullopt;
  }

  std::optional<std::string> ReadModifier(const std::string& name, char32_t c,
                                          bool with_colon) {
    const bool is_pattern = c == '#' || c == '%';
    if (with_colon && is_pattern) return std::nullopt;
    const std::optional<Outcome> word = ReadUntil('}', is_pattern);
    if (!word) return std::nullopt;
    const VariableValue variable = Get(name);
    if (Keeps(variable)) {
      std::string kept = "${" + name + (with_colon ? ":" : "");
      AppendCharacter(kept, c);
      return kept + word->value + "}";
    }
    if (variable.state == VariableValue::State::kUnknown) return std::nullopt;
    if (is_pattern) return TrimMatch(variable.value, word->value, c);
    const bool is_set = variable.state == VariableValue::State::kSet &&
                        !(with_colon && variable.value.empty());
    if (c == '-') return is_set ? variable.value : word->value;
    if (c == '+') return is_set ? word->value : "";
    if (c == '?' && is_set) return variable.value;
    return std::nullopt;
  }

  static std::optional<std::string> TrimMatch(std::string_view value,
                                              std::string_view pattern,
                                              char32_t c) {
    const bool longest = pattern.starts_with(static_cast<char>(c));
    if (longest) pattern.remove_prefix(1);
    return c == '#' ? TrimPrefix(value, pattern, longest)
                    : TrimSuffix(value, pattern, longest);
  }

  std::optional<std::string> ReadReplacement(const std::string& name) {
    const bool all = Peek() == '/';
    if (all) Next();
    const std::optional<Outcome> pattern = ReadUntil('/', true);
    if (!pattern) return std::nullopt;
    const std::optional<Outcome> with = ReadUntil('}', true);
    if (!with) return std::nullopt;
    const VariableValue variable = Get(name);
    if (Keeps(variable)) {
      return "${" + name + "/" + pattern->value + "/" + with->value + "}";
    }
    if (variable.state == VariableValue::State::kUnknown) return std::nullopt;
    return ReplacePattern(variable.value, pattern->value, with->value, all);
  }

  std::string_view text_;
  size_t at_ = 0;
  LexerOptions options_;
  bool raw_escapes_;
  int depth_ = 0;
  std::string word_;
};

}  // namespace

std::optional<std::string> ExpandVariables(std::string_view word,
                                           const VariableLookup& lookup,
                                           char escape) {
  LexerOptions options;
  options.escape = escape;
  options.lookup = &lookup;
  std::optional<Lexer::Outcome> outcome = Lexer(word, options).Run();
  if (!outcome) return std::nullopt;
  return std::move(outcome->value);
}

std::optional<std::string> ConstantWord(std::string_view word, char escape) {
  return ExpandVariables(
      word,
      [](std::string_view) {
        return VariableValue{VariableValue::State::kUnknown, ""};
      },
      escape);
}

std::optional<std::vector<std::string>> HeredocWords(std::string_view text,
                                                     bool raw_quotes,
                                                     bool raw_escapes) {
  LexerOptions options;
  options.raw_quotes = raw_quotes;
  options.raw_escapes = raw_escapes;
  options.keep_unset = true;
  std::optional<Lexer::Outcome> outcome = Lexer(text, options).Run();
  if (!outcome) return std::nullopt;
  return std::move(outcome->words);
}

}  // namespace dfix
