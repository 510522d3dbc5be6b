#include "src/transform/split_text.h"

#include <algorithm>
#include <vector>

#include "src/dockerfile/characters.h"
#include "src/facts/stage_use.h"

namespace dfix {

SplitNames NamesForSplit(const Facts& facts, const FromParts& parts) {
  const std::string name = AsciiLower(parts.stage);
  if (name.find("build") != std::string::npos) return {parts.stage, ""};
  const std::vector<std::string> taken = NamesInUse(facts);
  const auto is_taken = [&](const std::string& choice) {
    return std::find(taken.begin(), taken.end(), choice) != taken.end();
  };
  std::string build = is_taken("build") ? "builder" : "build";
  while (is_taken(build)) build += "-stage";
  return {build, parts.stage};
}

std::string KeywordAs(const Instruction& from, std::string keyword) {
  if (from.Keyword() != "from") return keyword;
  for (char& c : keyword) c = static_cast<char>(c | 0x20);
  return keyword;
}

std::string SplitLine(const Instruction& from, const SplitNames& names,
                      std::string text) {
  for (size_t at = 0; at < text.size();) {
    const size_t blank = std::min(text.find(' ', at), text.size());
    text.replace(at, blank - at, KeywordAs(from, text.substr(at, blank - at)));
    at = std::min(text.find('\n', at), text.size() - 1) + 1;
  }
  constexpr std::string_view kBuild = "{build}";
  if (const size_t at = text.find(kBuild); at != std::string::npos) {
    text.replace(at, kBuild.size(), names.build);
  }
  return text;
}

std::string SplitLines(const Document& document, const Instruction& from,
                       const SplitNames& names, const StageSplit& split) {
  std::string lines;
  if (!split.last.empty()) lines = SplitLine(from, names, split.last) + "\n";
  lines += "\n" + KeywordAs(from, "FROM") + " " + split.image;
  if (!names.result.empty()) {
    lines += " " + KeywordAs(from, "AS") + " " + names.result;
  }
  lines += '\n';
  for (const StageLine& line : split.lines) {
    if (line.repeated == kNoNode) {
      lines += SplitLine(from, names, line.text);
    } else {
      for (const char c : document.Text(line.repeated)) {
        if (c != '\r') lines += c;
      }
    }
    lines += '\n';
  }
  return lines;
}

}  // namespace dfix
