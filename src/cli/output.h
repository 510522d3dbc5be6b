// Standard output and standard error, written in large pieces.
#ifndef DFIX_CLI_OUTPUT_H_
#define DFIX_CLI_OUTPUT_H_

#include <string>
#include <string_view>
#include <utility>

#include "src/cli/options.h"

namespace dfix {

// One of the two streams. After the first failure nothing more is written.
class Output {
 public:
  explicit Output(int descriptor);
  // One that keeps what is written, for TakeText.
  static Output InMemory();

  void Write(std::string_view text);
  void Flush();
  // What has been written since the last Flush.
  std::string TakeText() { return std::move(buffer_); }

  bool is_terminal() const { return is_terminal_; }
  // Whether nobody reads any more, as with `| head`.
  bool reader_gone() const { return reader_gone_; }
  // Why writing failed otherwise; empty if it did not.
  const std::string& failure() const { return failure_; }

 private:
  Output() : descriptor_(-1), is_terminal_(false) {}

  int descriptor_;  // -1 for none.
  bool is_terminal_;
  bool reader_gone_ = false;
  std::string failure_;
  std::string buffer_;
};

struct Streams {
  Output out;
  Output error;

  // Shows a message of the program itself.
  void Complain(std::string_view message);
};

// Whether `output` gets colours, by the choice made and the environment
// (NO_COLOR, FORCE_COLOR, TERM).
bool WantsColor(ColorChoice choice, const Output& output);

}  // namespace dfix

#endif  // DFIX_CLI_OUTPUT_H_
