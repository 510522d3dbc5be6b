// Quotes, escapes and variables in a Dockerfile word, by the rules of
// BuildKit's own lexer (frontend/dockerfile/shell), which are not a shell's.
#ifndef DFIX_DOCKERFILE_VARIABLE_LEXER_H_
#define DFIX_DOCKERFILE_VARIABLE_LEXER_H_

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dfix {

// What is known of a variable at some place in a Dockerfile.
struct VariableValue {
  enum class State { kUnset, kSet, kUnknown };
  State state = State::kUnset;
  std::string value;
};

using VariableLookup = std::function<VariableValue(std::string_view name)>;

// `word` with its variables replaced and its quotes and escapes removed, as
// Docker does for FROM, ENV, COPY and the like. Absent if Docker refuses the
// word or the outcome depends on a variable that is not known.
std::optional<std::string> ExpandVariables(std::string_view word,
                                           const VariableLookup& lookup,
                                           char escape);

// The value of a word whose value no variable changes; absent for others.
std::optional<std::string> ConstantWord(std::string_view word, char escape);

// The words that BuildKit looks for heredocs in, where no variable is set and
// none is replaced. With `raw`, quotes and escapes stay. Absent for a text that
// the lexer refuses (an open quote, `${x^^}`, ...).
std::optional<std::vector<std::string>> HeredocWords(std::string_view text,
                                                     bool raw_quotes,
                                                     bool raw_escapes);

}  // namespace dfix

#endif  // DFIX_DOCKERFILE_VARIABLE_LEXER_H_
