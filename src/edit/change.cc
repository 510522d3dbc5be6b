#include "src/edit/change.h"

#include <algorithm>

#include "src/text/check.h"
#include "src/text/source_text.h"

namespace dfix {
namespace {

constexpr std::string_view kLevelNames[] = {"safe", "review", "bold", "advice"};

bool Before(const Edit& a, const Edit& b) {
  if (a.range.begin != b.range.begin) return a.range.begin < b.range.begin;
  return a.range.end < b.range.end;
}

bool ConflictsWithItself(const Change& change) {
  for (size_t i = 1; i < change.edits.size(); ++i) {
    if (Conflict(change.edits[i - 1], change.edits[i])) return true;
  }
  return false;
}

// Both have edits in ascending order that do not conflict with each other.
bool Conflict(const Change& a, const Change& b) {
  if (a.edits.empty() || b.edits.empty()) return false;
  if (a.edits.back().range.end < b.edits.front().range.begin ||
      b.edits.back().range.end < a.edits.front().range.begin) {
    return false;
  }
  for (const Edit& x : a.edits) {
    for (const Edit& y : b.edits) {
      if (Conflict(x, y)) return true;
    }
  }
  return false;
}

}  // namespace

std::string_view Name(Level level) {
  return kLevelNames[static_cast<size_t>(level)];
}

std::optional<Level> ParseLevel(std::string_view name) {
  for (size_t i = 0; i < std::size(kLevelNames); ++i) {
    if (kLevelNames[i] == name) return static_cast<Level>(i);
  }
  return std::nullopt;
}

bool Conflict(const Edit& a, const Edit& b) {
  if (a.range.empty() && b.range.empty()) {
    return a.range.begin == b.range.begin;
  }
  if (a.range.empty() || b.range.empty()) {
    const Edit& insertion = a.range.empty() ? a : b;
    const Edit& other = a.range.empty() ? b : a;
    return other.range.begin < insertion.range.begin &&
           insertion.range.begin < other.range.end;
  }
  return a.range.begin < b.range.end && b.range.begin < a.range.end;
}

std::optional<std::string> EditSet::Add(Change change) {
  std::sort(change.edits.begin(), change.edits.end(), Before);
  if (ConflictsWithItself(change)) return "its own edits overlap";
  for (const Change& accepted : changes_) {
    if (Conflict(accepted, change)) {
      return "it overlaps with another change: " + accepted.message;
    }
  }
  changes_.push_back(std::move(change));
  return std::nullopt;
}

std::vector<Edit> EditSet::Edits() const {
  std::vector<Edit> edits;
  for (const Change& change : changes_) {
    edits.insert(edits.end(), change.edits.begin(), change.edits.end());
  }
  std::sort(edits.begin(), edits.end(), Before);
  return edits;
}

std::string AppendLines(std::string_view text,
                        std::span<const std::string> lines) {
  const std::string_view newline = NewlineStyle(text);
  std::string out(text);
  if (!out.empty() && !out.ends_with('\n')) out += newline;
  for (const std::string& line : lines) {
    out += line;
    out += newline;
  }
  return out;
}

std::string Apply(std::string_view text, std::span<const Edit> edits) {
  std::string out;
  out.reserve(text.size() + 64 * edits.size());
  uint32_t at = 0;
  for (const Edit& edit : edits) {
    DFIX_CHECK(at <= edit.range.begin && edit.range.end <= text.size());
    out += text.substr(at, edit.range.begin - at);
    out += edit.text;
    at = edit.range.end;
  }
  out += text.substr(at);
  return out;
}

}  // namespace dfix
