#include "src/cli/output.h"

#include <unistd.h>

#include <cerrno>
#include <cstdlib>

#include "src/cli/file_io.h"

namespace dfix {
namespace {

constexpr size_t kBufferSize = 1 << 16;

std::string_view Environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string_view() : value;
}

}  // namespace

Output::Output(int descriptor)
    : descriptor_(descriptor), is_terminal_(isatty(descriptor) == 1) {}

Output Output::InMemory() { return {}; }

void Output::Write(std::string_view text) {
  buffer_ += text;
  if (descriptor_ < 0) return;
  if (buffer_.size() >= kBufferSize || is_terminal_) Flush();
}

void Output::Flush() {
  if (!buffer_.empty() && !reader_gone_ && failure_.empty()) {
    errno = 0;
    if (const Result<Done> done = WriteAll(descriptor_, buffer_); !done) {
      if (errno == EPIPE) {
        reader_gone_ = true;
      } else {
        failure_ = done.error().message;
      }
    }
  }
  buffer_.clear();
}

void Streams::Complain(std::string_view message) {
  error.Write("dfix: " + std::string(message) + '\n');
}

bool WantsColor(ColorChoice choice, const Output& output) {
  if (choice != ColorChoice::kAuto) return choice == ColorChoice::kAlways;
  if (!Environment("NO_COLOR").empty()) return false;
  const std::string_view force = Environment("FORCE_COLOR");
  if (!force.empty() && force != "0") return true;
  return output.is_terminal() && Environment("TERM") != "dumb";
}

}  // namespace dfix
