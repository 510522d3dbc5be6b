#include "src/report/diff.h"

#include <algorithm>
#include <cstdio>
#include <dtl/dtl.hpp>
#include <optional>
#include <unordered_map>

namespace dfix {
namespace {

using Lines = std::vector<std::string_view>;

Lines SplitLines(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const size_t newline = text.find('\n');
    const size_t size =
        newline == std::string_view::npos ? text.size() : newline + 1;
    lines.push_back(text.substr(0, size));
    text.remove_prefix(size);
  }
  return lines;
}

// The lines of `part` as numbers, equal for equal lines.
std::vector<uint32_t> Intern(
    const Lines& lines, const LineChange& part, bool is_new,
    std::unordered_map<std::string_view, uint32_t>& numbers) {
  const uint32_t begin = is_new ? part.new_begin : part.old_begin;
  const uint32_t end = is_new ? part.new_end : part.old_end;
  std::vector<uint32_t> out;
  out.reserve(end - begin);
  for (uint32_t i = begin; i < end; ++i) {
    const auto next = static_cast<uint32_t>(numbers.size());
    out.push_back(numbers.try_emplace(lines[i], next).first->second);
  }
  return out;
}

// Where lines stay in the edit script of `old_ids` and `new_ids`. Absent if it
// is not a script for them (the library's search is bounded).
std::optional<std::vector<LineChange>> ReadScript(
    const std::vector<std::pair<uint32_t, dtl::elemInfo>>& script,
    const std::vector<uint32_t>& old_ids,
    const std::vector<uint32_t>& new_ids) {
  std::vector<LineChange> changes;
  LineChange open = {};
  const auto close = [&] {
    if (open.old_begin < open.old_end || open.new_begin < open.new_end) {
      changes.push_back(open);
    }
  };
  for (const auto& [id, info] : script) {
    if (info.type == dtl::SES_DELETE) {
      ++open.old_end;
    } else if (info.type == dtl::SES_ADD) {
      ++open.new_end;
    } else {
      if (open.old_end >= old_ids.size() || open.new_end >= new_ids.size() ||
          old_ids[open.old_end] != new_ids[open.new_end]) {
        return std::nullopt;
      }
      close();
      open.old_begin = ++open.old_end;
      open.new_begin = ++open.new_end;
    }
  }
  close();
  if (open.old_end != old_ids.size() || open.new_end != new_ids.size()) {
    return std::nullopt;
  }
  return changes;
}

// The changes between two texts without the equal lines at both ends.
std::vector<LineChange> Compare(const TextDiff& diff) {
  const Lines& old_lines = diff.old_lines;
  const Lines& new_lines = diff.new_lines;
  LineChange rest = {0, static_cast<uint32_t>(old_lines.size()), 0,
                     static_cast<uint32_t>(new_lines.size())};
  while (rest.old_begin < rest.old_end && rest.new_begin < rest.new_end &&
         old_lines[rest.old_begin] == new_lines[rest.new_begin]) {
    ++rest.old_begin;
    ++rest.new_begin;
  }
  while (rest.old_begin < rest.old_end && rest.new_begin < rest.new_end &&
         old_lines[rest.old_end - 1] == new_lines[rest.new_end - 1]) {
    --rest.old_end;
    --rest.new_end;
  }
  const bool none_old = rest.old_begin == rest.old_end;
  const bool none_new = rest.new_begin == rest.new_end;
  if (none_old && none_new) return {};
  if (none_old || none_new) return {rest};

  std::unordered_map<std::string_view, uint32_t> numbers;
  const auto old_ids = Intern(old_lines, rest, false, numbers);
  const auto new_ids = Intern(new_lines, rest, true, numbers);
  dtl::Diff<uint32_t> search(old_ids, new_ids);
  search.compose();
  auto changes = ReadScript(search.getSes().getSequence(), old_ids, new_ids);
  if (!changes) return {rest};
  for (LineChange& change : *changes) {
    change.old_begin += rest.old_begin;
    change.old_end += rest.old_begin;
    change.new_begin += rest.new_begin;
    change.new_end += rest.new_begin;
  }
  return *std::move(changes);
}

std::vector<Hunk> GroupIntoHunks(const std::vector<LineChange>& changes,
                                 uint32_t old_count, uint32_t context) {
  std::vector<Hunk> hunks;
  for (const LineChange& change : changes) {
    const uint64_t reach = 2 * uint64_t{context};
    if (hunks.empty() ||
        change.old_begin - hunks.back().changes.back().old_end > reach) {
      hunks.push_back({});
    }
    hunks.back().changes.push_back(change);
  }
  for (Hunk& hunk : hunks) {
    const LineChange& first = hunk.changes.front();
    const LineChange& last = hunk.changes.back();
    const uint32_t before = std::min(context, first.old_begin);
    const uint32_t after = std::min(context, old_count - last.old_end);
    hunk.lines = {first.old_begin - before, last.old_end + after,
                  first.new_begin - before, last.new_end + after};
  }
  return hunks;
}

void AppendLine(std::string& out, char mark, std::string_view line) {
  out += mark;
  out += line;
  if (!line.ends_with('\n')) out += "\n\\ No newline at end of file\n";
}

// `begin,count` as a hunk's first line has it: counted from one, and the line
// before when there are none.
std::string Span(uint32_t begin, uint32_t end) {
  const uint32_t count = end - begin;
  std::string out = std::to_string(count == 0 ? begin : begin + 1);
  if (count != 1) out += ',' + std::to_string(count);
  return out;
}

// `path` with its prefix, quoted as git does where bytes would not survive.
std::string QuotePath(std::string_view prefix, std::string_view path) {
  constexpr std::string_view kNamed = "\a\b\t\n\v\f\r\"\\";
  constexpr std::string_view kLetters = "abtnvfr\"\\";
  std::string quoted(prefix);
  // Not git's: without quotes, patch loses a blank at the end of a name.
  bool needed = path.ends_with(' ');
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    if (const size_t at = kNamed.find(c); at != std::string_view::npos) {
      quoted += '\\';
      quoted += kLetters[at];
      needed = true;
    } else if (byte < 0x20 || byte == 0x7f) {
      char octal[5];
      std::snprintf(octal, sizeof octal, "\\%03o", byte);
      quoted += octal;
      needed = true;
    } else {
      quoted += c;
    }
  }
  if (needed) quoted = '"' + quoted + '"';
  // A TAB tells readers of the format where a name with a blank ends.
  if (path.find(' ') != std::string_view::npos) quoted += '\t';
  return quoted;
}

std::string_view ColorOf(std::string_view line, size_t line_number) {
  if (line_number < 2) return "\x1b[1m";
  switch (line.empty() ? ' ' : line[0]) {
    case '@':
      return "\x1b[36m";
    case '-':
      return "\x1b[31m";
    case '+':
      return "\x1b[32m";
    default:
      return "";
  }
}

}  // namespace

TextDiff DiffTexts(std::string_view old_text, std::string_view new_text,
                   uint32_t context) {
  TextDiff diff;
  if (old_text == new_text) return diff;
  diff.old_lines = SplitLines(old_text);
  diff.new_lines = SplitLines(new_text);
  diff.hunks = GroupIntoHunks(
      Compare(diff), static_cast<uint32_t>(diff.old_lines.size()), context);
  return diff;
}

std::string DiffHeader(std::string_view path, bool is_new) {
  const std::string old_name = is_new ? "/dev/null" : QuotePath("a/", path);
  return "--- " + old_name + "\n+++ " + QuotePath("b/", path) + '\n';
}

std::string FormatHunk(const TextDiff& diff, const Hunk& hunk) {
  const LineChange& lines = hunk.lines;
  std::string out = "@@ -" + Span(lines.old_begin, lines.old_end) + " +" +
                    Span(lines.new_begin, lines.new_end) + " @@\n";
  uint32_t at = lines.old_begin;
  for (const LineChange& change : hunk.changes) {
    for (; at < change.old_begin; ++at) {
      AppendLine(out, ' ', diff.old_lines[at]);
    }
    for (; at < change.old_end; ++at) {
      AppendLine(out, '-', diff.old_lines[at]);
    }
    for (uint32_t i = change.new_begin; i < change.new_end; ++i) {
      AppendLine(out, '+', diff.new_lines[i]);
    }
  }
  for (; at < lines.old_end; ++at) AppendLine(out, ' ', diff.old_lines[at]);
  return out;
}

std::string UnifiedDiff(std::string_view path, std::string_view old_text,
                        std::string_view new_text, uint32_t context,
                        bool is_new) {
  const TextDiff diff = DiffTexts(old_text, new_text, context);
  if (diff.hunks.empty()) return "";
  std::string out = DiffHeader(path, is_new);
  for (const Hunk& hunk : diff.hunks) out += FormatHunk(diff, hunk);
  return out;
}

std::string ColorDiff(std::string_view diff) {
  std::string out;
  size_t number = 0;
  for (std::string_view line : SplitLines(diff)) {
    // The colour ends before the line does, CR included.
    size_t size = line.size();
    if (size > 0 && line[size - 1] == '\n') --size;
    if (size > 0 && line[size - 1] == '\r') --size;
    const std::string_view color = ColorOf(line, number++);
    out += color;
    out += line.substr(0, size);
    if (!color.empty()) out += "\x1b[m";
    out += line.substr(size);
  }
  return out;
}

}  // namespace dfix
