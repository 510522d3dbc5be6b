#include "src/verify/build_log.h"

#include <array>
#include <charconv>
#include <optional>

namespace dfix {
namespace {

constexpr size_t kTailLines = 20;

// Takes `prefix` off the begin of `text`. Whether it was there.
bool Take(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

// Takes the digits at the begin of `text`.
std::optional<uint32_t> TakeNumber(std::string_view& text) {
  uint32_t number = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc()) return std::nullopt;
  text.remove_prefix(static_cast<size_t>(end - text.data()));
  return number;
}

// The seconds in `3.2s`; 0 for anything else.
double Seconds(std::string_view text) {
  const auto whole = TakeNumber(text);
  if (!whole) return 0;
  double seconds = *whole;
  double unit = 0.1;
  if (Take(text, ".")) {
    for (; !text.empty() && text[0] >= '0' && text[0] <= '9';
         text.remove_prefix(1), unit /= 10) {
      seconds += unit * (text[0] - '0');
    }
  }
  return seconds;
}

bool IsAboutFiles(std::string_view instruction) {
  return instruction.starts_with("COPY ") || instruction.starts_with("ADD ") ||
         instruction.starts_with("WORKDIR ");
}

}  // namespace

void BuildLog::Read(std::string_view piece) {
  while (true) {
    const size_t end = piece.find('\n');
    unfinished_line_ += piece.substr(0, end);
    if (end == std::string_view::npos) return;
    if (unfinished_line_.ends_with('\r')) unfinished_line_.pop_back();
    ReadLine(unfinished_line_);
    unfinished_line_.clear();
    piece.remove_prefix(end + 1);
  }
}

void BuildLog::ReadLine(std::string_view line) {
  tail_.emplace_back(line);
  if (tail_.size() > kTailLines) tail_.pop_front();
  if (line.starts_with('#')) return ReadBuildKitLine(line);
  ReadPodmanLine(line);
}

// `#7 [build 2/4] RUN make`, `#7 CACHED`, `#7 DONE 3.2s`. What a step prints
// has its time in front: `#7 0.312 text`.
void BuildLog::ReadBuildKitLine(std::string_view line) {
  line.remove_prefix(1);
  const auto number = TakeNumber(line);
  if (!number || !Take(line, " ")) return;
  if (line == "CACHED") {
    steps_[*number].cached = true;
  } else if (Take(line, "DONE ")) {
    Step& step = steps_[*number];
    step.seconds = std::max(step.seconds, Seconds(line));
  } else if (line.starts_with('[')) {
    const size_t end = line.find("] ");
    if (end == std::string_view::npos) return;
    if (line.starts_with("[internal]") || line.starts_with("[auth]")) return;
    Begin(steps_[*number], line, line.substr(end + 2));
  } else if (line.starts_with("FROM ")) {
    Begin(steps_[*number], line, line);
  }
}

// `STEP 2/5: RUN make` or `[1/2] STEP 2/5: RUN make`, then perhaps
// `--> Using cache 1234`.
void BuildLog::ReadPodmanLine(std::string_view line) {
  if (line.starts_with("--> Using cache") && !steps_.empty()) {
    steps_.rbegin()->second.cached = true;
    return;
  }
  std::string_view rest = line;
  if (rest.starts_with('[')) {
    const size_t end = rest.find("] ");
    if (end == std::string_view::npos) return;
    rest.remove_prefix(end + 2);
  }
  if (!Take(rest, "STEP ") || !TakeNumber(rest)) return;
  if (Take(rest, "/") && !TakeNumber(rest)) return;
  if (!Take(rest, ": ")) return;
  Begin(steps_[static_cast<uint32_t>(steps_.size())], line, rest);
}

void BuildLog::Begin(Step& step, std::string_view name,
                     std::string_view instruction) {
  if (instruction.starts_with("FROM ")) {
    step.kind = StepKind::kBaseImage;
  } else if (instruction.starts_with("RUN ")) {
    step.kind = StepKind::kCommand;
  } else if (IsAboutFiles(instruction)) {
    step.kind = StepKind::kFiles;
  }
  if (step.is_counted()) current_step_ = name;
}

uint32_t BuildLog::steps() const {
  uint32_t count = 0;
  for (const auto& [number, step] : steps_) {
    if (step.is_counted()) ++count;
  }
  return count;
}

uint32_t BuildLog::cached() const {
  uint32_t count = 0;
  for (const auto& [number, step] : steps_) {
    if (step.is_counted() && step.cached) ++count;
  }
  return count;
}

uint32_t BuildLog::commands_run() const {
  uint32_t count = 0;
  for (const auto& [number, step] : steps_) {
    if (step.kind == StepKind::kCommand && !step.cached) ++count;
  }
  return count;
}

double BuildLog::base_image_seconds() const {
  double seconds = 0;
  for (const auto& [number, step] : steps_) {
    // Several arrive at the same time.
    if (step.kind == StepKind::kBaseImage) {
      seconds = std::max(seconds, step.seconds);
    }
  }
  return seconds;
}

std::string BuildLog::Tail() const {
  std::string out;
  for (const std::string& line : tail_) out += line + '\n';
  return out + unfinished_line_;
}

}  // namespace dfix
