#include "tests/shell/shell_support.h"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <utility>

#include "src/shell/parser.h"
#include "src/syntax/tree_builder.h"

namespace dfix {
namespace {

Document ParsePieces(std::string text, const std::vector<TextRange>& pieces,
                     ShellDialect dialect) {
  TreeBuilder builder(std::move(text));
  builder.Open(NodeKind::kFile);
  ParseScript(builder, pieces, dialect);
  return builder.Finish();
}

void AddShape(const Document& document, NodeId id, std::string& out) {
  out += Name(document.kind(id));
  const auto children = document.Children(id);
  if (children.empty()) {
    out += '<' + std::string(document.Text(id)) + '>';
    return;
  }
  out += '(';
  bool first = true;
  for (const NodeId child : children) {
    if (!std::exchange(first, false)) out += ' ';
    AddShape(document, child, out);
  }
  out += ')';
}

// The value of a string member of one line of JSON.
std::string StringMember(std::string_view line, std::string_view name) {
  const std::string key = '"' + std::string(name) + "\":\"";
  size_t at = line.find(key);
  std::string out;
  if (at == std::string_view::npos) return out;
  for (at += key.size(); line[at] != '"'; ++at) {
    if (line[at] != '\\') {
      out += line[at];
      continue;
    }
    const char c = line[++at];
    constexpr std::string_view kLetters = "nrtbf";
    constexpr std::string_view kValues = "\n\r\t\b\f";
    const size_t letter = kLetters.find(c);
    if (letter != std::string_view::npos) {
      out += kValues[letter];
    } else if (c == 'u') {
      const std::string hex(line.substr(at + 1, 4));
      const auto code =
          static_cast<unsigned>(std::strtoul(hex.c_str(), nullptr, 16));
      // The corpus escapes nothing beyond ASCII but what HTML dislikes.
      if (code < 0x80) {
        out += static_cast<char>(code);
      } else {
        out += "?";
      }
      at += 4;
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace

Document ParseShell(std::string script, ShellDialect dialect) {
  std::vector<TextRange> pieces;
  if (!script.empty()) pieces = {{0, static_cast<uint32_t>(script.size())}};
  return ParsePieces(std::move(script), pieces, dialect);
}

Document ParseSpliced(std::string_view script, ShellDialect dialect) {
  constexpr std::string_view kMark = "↵";
  std::string text;
  std::vector<TextRange> pieces;
  while (true) {
    const size_t mark = script.find(kMark);
    if (mark != 0 && !script.empty() && !text.empty()) {
      text += "\\\n  # hidden\n";
    }
    const auto begin = static_cast<uint32_t>(text.size());
    text += script.substr(0, mark);
    const auto end = static_cast<uint32_t>(text.size());
    if (end > begin) pieces.push_back({begin, end});
    if (mark == std::string_view::npos) break;
    script.remove_prefix(mark + kMark.size());
  }
  return ParsePieces(std::move(text), pieces, dialect);
}

NodeId Find(const Document& document, NodeKind kind) {
  for (uint32_t i = 0; i < document.nodes().size(); ++i) {
    if (document.kind(NodeId{i}) == kind) return NodeId{i};
  }
  return kNoNode;
}

std::string_view Verdict(const Document& document) {
  const NodeId script = Find(document, NodeKind::kScript);
  if (script == kNoNode) return "opaque";
  return (document.node(script).flags & kNodeBashism) != 0 ? "bashism" : "ok";
}

std::string Shape(const Document& document) {
  const NodeId script = Find(document, NodeKind::kScript);
  if (script == kNoNode) return "Opaque";
  std::string out;
  for (const NodeId child : document.Children(script)) {
    if (!out.empty()) out += ' ';
    AddShape(document, child, out);
  }
  return out;
}

std::string Shape(std::string script, ShellDialect dialect) {
  return Shape(ParseShell(std::move(script), dialect));
}

std::string TokensOf(const Document& document, NodeId node) {
  std::string out;
  for (const TokenId token : document.Tokens(node)) {
    if (!out.empty()) out += ' ';
    out += Name(document.kind(token));
    out += ':';
    out += document.Text(token);
  }
  return out;
}

std::string BrokenInvariant(const Document& document, std::string_view text) {
  if (document.text() != text) return "another text";
  uint32_t at = 0;
  for (uint32_t i = 0; i < document.tokens().size(); ++i) {
    const TextRange range = document.Range(TokenId{i});
    if (range.begin != at) return "a gap at " + std::to_string(at);
    if (document.kind(TokenId{i}) == TokenKind::kUnknown) return "bytes left";
    at = range.end;
  }
  if (at != text.size()) return "bytes missing";
  for (uint32_t i = 1; i < document.nodes().size(); ++i) {
    const Node& node = document.nodes()[i];
    if (node.first_token == node.end_token) continue;
    if (IsTrivia(document.kind(TokenId{node.first_token})) ||
        IsTrivia(document.kind(TokenId{node.end_token - 1}))) {
      return std::string(Name(node.kind)) + " begins or ends with trivia";
    }
  }
  return "";
}

std::optional<std::string> Output(const std::string& command,
                                  std::string_view input) {
  std::string name =
      (std::filesystem::temp_directory_path() / "dfix_shell_XXXXXX").string();
  const int file = mkstemp(name.data());
  if (file < 0) return std::nullopt;
  close(file);
  std::ofstream(name, std::ios::binary) << input;
  const std::string line = "set -- " + name + "; " + command;
  FILE* pipe = popen(line.c_str(), "r");
  std::string out;
  char buffer[65536];
  while (const size_t count = fread(buffer, 1, sizeof buffer, pipe)) {
    out.append(buffer, count);
  }
  const int status = pclose(pipe);
  std::filesystem::remove(name);
  if (status != 0) return std::nullopt;
  return out;
}

bool HasProgram(const std::string& name) {
  return Output("command -v " + name).has_value();
}

std::optional<std::string> SharedFolder() {
  const char* given = std::getenv("DFIX_SHARED");
  std::string folder =
      given != nullptr ? given : std::string(DFIX_SOURCE_DIR) + "/../shared";
  if (!std::filesystem::exists(folder + "/corpus/shell.jsonl.gz")) {
    return std::nullopt;
  }
  return folder;
}

std::vector<CorpusScript> CorpusScripts() {
  std::vector<CorpusScript> scripts;
  const auto folder = SharedFolder();
  if (!folder) return scripts;
  std::istringstream lines(
      Output("gzip -dc " + *folder + "/corpus/shell.jsonl.gz").value_or(""));
  for (std::string line; std::getline(lines, line);) {
    scripts.push_back({StringMember(line, "text"),
                       line.find("\"dash_ok\":true") != std::string::npos,
                       line.find("\"bashn_ok\":true") != std::string::npos});
  }
  return scripts;
}

}  // namespace dfix
