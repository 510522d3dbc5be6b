// Result<T>: a value, or what went wrong outside our power (files,
// configuration). Bugs of ours are DFIX_CHECK, absence is std::optional.
#ifndef DFIX_TEXT_RESULT_H_
#define DFIX_TEXT_RESULT_H_

#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "src/text/check.h"
#include "src/text/source_text.h"

namespace dfix {

// A message for people (lower case, no full stop) and, where there is one, the
// place in the file it speaks of.
struct Error {
  std::string message;
  std::optional<LineColumn> position = std::nullopt;
};

template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::move(value)) {}      // NOLINT: implicit
  Result(Error error) : state_(std::move(error)) {}  // NOLINT: implicit

  bool ok() const { return std::holds_alternative<T>(state_); }
  explicit operator bool() const { return ok(); }

  // The value; only if ok().
  T& operator*() {
    DFIX_CHECK(ok());
    return *std::get_if<T>(&state_);
  }
  const T& operator*() const {
    DFIX_CHECK(ok());
    return *std::get_if<T>(&state_);
  }
  T* operator->() { return &**this; }
  const T* operator->() const { return &**this; }

  // The error; only if not ok().
  const Error& error() const {
    DFIX_CHECK(!ok());
    return *std::get_if<Error>(&state_);
  }

 private:
  std::variant<T, Error> state_;
};

// The result of what gives no value.
struct Done {};

}  // namespace dfix

#endif  // DFIX_TEXT_RESULT_H_
