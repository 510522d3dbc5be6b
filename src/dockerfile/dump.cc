#include "src/dockerfile/dump.h"

#include <algorithm>
#include <vector>

#include "src/dockerfile/characters.h"
#include "src/dockerfile/instructions.h"
#include "src/dockerfile/json_array.h"
#include "src/text/source_text.h"

namespace dfix {
namespace {

std::string JsonStrings(const std::vector<std::string>& values) {
  std::string json = "[";
  for (const std::string& value : values) {
    if (json.size() > 1) json += ',';
    json += EncodeJsonString(value);
  }
  return json + "]";
}

std::vector<std::string> FlagsOf(const Instruction& instruction) {
  std::vector<std::string> flags;
  for (const InstructionFlag& flag : instruction.Flags()) {
    flags.push_back(flag.value ? flag.name + "=" + *flag.value : flag.name);
  }
  return flags;
}

// The arguments as BuildKit lists them: shell form is one, a pair is three.
std::vector<std::string> ArgumentsOf(const Instruction& instruction) {
  switch (instruction.kind()) {
    case InstructionKind::kUnknown:
      return {""};
    case InstructionKind::kOnbuild:
      return {};
    case InstructionKind::kEnv:
    case InstructionKind::kLabel: {
      std::vector<std::string> arguments;
      for (const KeyValuePair& pair : instruction.Pairs()) {
        arguments.push_back(pair.key);
        arguments.push_back(pair.value.value_or(""));
        arguments.push_back(pair.is_legacy ? "" : "=");
      }
      return arguments;
    }
    case InstructionKind::kCmd:
    case InstructionKind::kEntrypoint:
    case InstructionKind::kRun: {
      if (instruction.is_json()) return instruction.Arguments();
      const std::string text = instruction.ArgumentText();
      if (text.empty()) return {};
      return {text};
    }
    case InstructionKind::kHealthcheck: {
      std::vector<std::string> arguments = instruction.Arguments();
      if (instruction.Script() == kNoNode) return arguments;
      std::string_view text = arguments.front();
      const std::string whole = instruction.ArgumentText();
      size_t begin = text.size();
      while (begin < whole.size() && IsByteSpace(whole[begin])) ++begin;
      arguments.push_back(whole.substr(begin));
      return arguments;
    }
    default:
      return instruction.Arguments();
  }
}

std::string HeredocsJson(const Instruction& instruction) {
  std::string json;
  for (const InstructionHeredoc& heredoc : instruction.Heredocs()) {
    json += json.empty() ? ",\"heredocs\":[{" : ",{";
    json += "\"name\":" + EncodeJsonString(heredoc.word.name);
    json += ",\"fd\":" + std::to_string(heredoc.word.descriptor);
    json += heredoc.word.expand ? ",\"expand\":true" : ",\"expand\":false";
    json += heredoc.word.chomp ? ",\"chomp\":true" : ",\"chomp\":false";
    const std::string_view content =
        Slice(instruction.document().text(), heredoc.body.content);
    json += ",\"content\":" + EncodeJsonString(content) + "}";
  }
  return json.empty() ? json : json + "]";
}

// The comments before an instruction as BuildKit keeps them: an empty one drops
// those before it.
class CommentReader {
 public:
  explicit CommentReader(const Document& document) : document_(document) {}

  // The comments from the last call's node, or the file's begin, to `node`.
  std::vector<std::string> ReadUpTo(NodeId node) {
    std::vector<std::string> comments;
    const std::span<const Token> tokens = document_.tokens();
    for (; at_ < document_.node(node).first_token; ++at_) {
      if (tokens[at_].kind != TokenKind::kComment) continue;
      // Inside a line that goes on, it is no comment of the instruction.
      if (tokens[at_ + 1].kind != TokenKind::kNewline &&
          tokens[at_ + 1].kind != TokenKind::kWhitespace) {
        continue;
      }
      const bool indented =
          at_ > 0 && tokens[at_ - 1].kind == TokenKind::kWhitespace;
      const TextRange range = {tokens[indented ? at_ - 1 : at_].begin,
                               tokens[at_ + 1].begin};
      // BuildKit drops the line's first byte, be it `#` or white space.
      const auto text = Trim(Slice(document_.text(), range).substr(1));
      if (text.empty()) {
        comments.clear();
      } else {
        comments.emplace_back(text);
      }
    }
    at_ = document_.node(node).end_token;
    return comments;
  }

 private:
  const Document& document_;
  uint32_t at_ = 0;
};

struct Place {
  uint32_t start = 0;
  uint32_t end = 0;
};

// The object of an instruction; `comments` are those before it.
std::string InstructionJson(const Instruction& instruction, Place place,
                            const std::vector<std::string>& comments,
                            bool is_trigger) {
  std::string json = "{\"value\":" + EncodeJsonString(instruction.Keyword());
  const std::vector<std::string> flags = FlagsOf(instruction);
  if (!flags.empty()) json += ",\"flags\":" + JsonStrings(flags);
  json += ",\"args\":" + JsonStrings(ArgumentsOf(instruction));
  if (instruction.is_json()) {
    json += ",\"json\":true,\"attributes\":{\"json\":true}";
  }
  if (!is_trigger) json += HeredocsJson(instruction);
  const std::string line = instruction.LogicalLineText();
  const std::string_view original = is_trigger ? Trim(line) : line;
  json += ",\"original\":" + EncodeJsonString(original);
  json += ",\"start\":" + std::to_string(place.start);
  json += ",\"end\":" + std::to_string(place.end);
  if (!comments.empty()) json += ",\"prev_comment\":" + JsonStrings(comments);
  if (const auto trigger = instruction.Trigger()) {
    json += ",\"child\":" + InstructionJson(*trigger, {}, {}, true);
  }
  return json + "}";
}

std::string FirstFatalError(const Document& document) {
  const auto errors = document.errors();
  const auto fatal =
      std::find_if(errors.begin(), errors.end(),
                   [](const ParseError& error) { return error.fatal; });
  return fatal == errors.end() ? "" : fatal->message;
}

}  // namespace

std::string InstructionsJson(std::string_view file, const Document& document) {
  std::string json = "{\"file\":" + EncodeJsonString(file);
  if (document.HasFatalError()) {
    return json + ",\"parse_ok\":false,\"parse_err\":" +
           EncodeJsonString(FirstFatalError(document)) + "}";
  }
  json += ",\"parse_ok\":true,\"escape\":";
  json += EncodeJsonString(std::string(1, document.escape()));
  json += ",\"instructions\":[";
  const LineTable lines(document.text());
  CommentReader comments(document);
  bool is_first = true;
  for (const Instruction& instruction : Instructions(document)) {
    const TextRange range = instruction.Lines();
    const Place place = {lines.Locate(range.begin).line,
                         lines.Locate(range.end - 1).line};
    if (!is_first) json += ',';
    is_first = false;
    json += InstructionJson(instruction, place,
                            comments.ReadUpTo(instruction.id()), false);
  }
  return json + "]}";
}

}  // namespace dfix
