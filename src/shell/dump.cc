#include "src/shell/dump.h"

#include <cstdint>
#include <cstdio>

#include "src/shell/views.h"
#include "src/shell/words.h"
#include "src/text/source_text.h"

namespace dfix {
namespace {

// The length of the UTF-8 sequence that `text` begins with; 0 if it is none.
size_t Utf8Length(std::string_view text) {
  const auto byte = [text](size_t i) {
    return i < text.size() ? static_cast<uint8_t>(text[i]) : 0;
  };
  const uint8_t first = byte(0);
  if (first < 0x80) return 1;
  if (first < 0xc2 || first > 0xf4) return 0;
  const size_t length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  for (size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xc0) != 0x80) return 0;
  }
  const bool bad =
      (first == 0xe0 && byte(1) < 0xa0) || (first == 0xed && byte(1) > 0x9f) ||
      (first == 0xf0 && byte(1) < 0x90) || (first == 0xf4 && byte(1) > 0x8f);
  return bad ? 0 : length;
}

std::string Quote(std::string_view text) {
  std::string out = "\"";
  while (!text.empty()) {
    const char c = text[0];
    const size_t length = Utf8Length(text);
    if (c == '"' || c == '\\') {
      out += {'\\', c};
    } else if (length == 0) {
      out += "\xef\xbf\xbd";
    } else if (static_cast<uint8_t>(c) < 0x20) {
      char escape[7];
      std::snprintf(escape, sizeof escape, "\\u%04x", c);
      out += escape;
    } else {
      out += text.substr(0, length);
    }
    text.remove_prefix(length == 0 ? 1 : length);
  }
  return out += '"';
}

std::string_view Spelling(ShellOperator shell_operator) {
  switch (shell_operator) {
    case ShellOperator::kAnd:
      return "\"&&\"";
    case ShellOperator::kOr:
      return "\"||\"";
    case ShellOperator::kPipeBoth:
      return "\"|&\"";
    default:
      return "\"|\"";
  }
}

// `[a,b]` of what `write` makes of each element of `range`.
template <typename Range, typename Write>
std::string Array(const Range& range, Write write) {
  std::string out = "[";
  for (const auto& element : range) {
    if (out.size() > 1) out += ',';
    out += write(element);
  }
  return out += ']';
}

// The operators of a chain, one less than its nodes.
std::string OperatorsJson(const std::vector<ChainLink>& links) {
  std::string out = "[";
  for (size_t i = 1; i < links.size(); ++i) {
    if (i > 1) out += ',';
    out += Spelling(links[i].shell_operator);
  }
  return out += ']';
}

std::string SimpleCommandJson(const Document& document, NodeId id) {
  const SimpleCommand command = {&document, id};
  const auto text = [&document](NodeId node) {
    return Quote(LogicalText(document, node));
  };
  std::string out = "{\"kind\":\"SimpleCommand\"";
  if (!command.assignments().empty()) {
    out += ",\"assignments\":" + Array(command.assignments(), text);
  }
  out += ",\"words\":" + Array(command.words(), text);
  if (!command.redirections().empty()) {
    out += ",\"redirections\":" + Array(command.redirections(), text);
  }
  return out += '}';
}

std::string CommandJson(const Document& document, NodeId id);

std::string CompoundJson(const Document& document, NodeId id) {
  std::string out = "{\"kind\":\"";
  out += Name(document.kind(id));
  out += "\"";
  std::string lists;
  const auto add_lists = [&](NodeId parent) {
    for (const NodeId list : Lists(document, parent)) {
      if (!lists.empty()) lists += ',';
      lists += ListsJson(document, list);
    }
  };
  add_lists(id);
  for (const NodeId child : document.Children(id)) {
    if (document.kind(child) == NodeKind::kCaseItem) add_lists(child);
    if (IsCommand(document.kind(child))) {
      out += ",\"command\":" + CommandJson(document, child);
    }
  }
  if (!lists.empty()) out += ",\"lists\":[" + lists + "]";
  return out += '}';
}

std::string CommandJson(const Document& document, NodeId id) {
  return document.kind(id) == NodeKind::kSimpleCommand
             ? SimpleCommandJson(document, id)
             : CompoundJson(document, id);
}

std::string PipelineJson(const Document& document, NodeId id) {
  const Pipeline pipeline = {&document, id};
  const std::vector<ChainLink> commands = pipeline.commands();
  std::string out = "{";
  if (pipeline.negated()) out += "\"negated\":true,";
  if (pipeline.timed()) out += "\"timed\":true,";
  out += "\"ops\":" + OperatorsJson(commands) + ",\"commands\":";
  out += Array(commands, [&document](const ChainLink& link) {
    return CommandJson(document, link.node);
  });
  return out += '}';
}

std::string AndOrJson(const Document& document, NodeId id) {
  const AndOr and_or = {&document, id};
  const std::vector<ChainLink> pipelines = and_or.pipelines();
  std::string out = "{\"ops\":" + OperatorsJson(pipelines) + ",\"pipelines\":";
  out += Array(pipelines, [&document](const ChainLink& link) {
    return PipelineJson(document, link.node);
  });
  const Terminator terminator = and_or.terminator();
  if (terminator == Terminator::kSemicolon) out += ",\"end\":\";\"";
  if (terminator == Terminator::kBackground) out += ",\"end\":\"&\"";
  return out += '}';
}

std::string_view ShellName(const Document& document, NodeId script) {
  if (document.kind(script) == NodeKind::kOpaque &&
      document.node(script).aux == static_cast<uint16_t>(ShellDialect::kNone)) {
    return "none";
  }
  return document.node(script).aux == static_cast<uint16_t>(ShellDialect::kBash)
             ? "bash"
             : "sh";
}

std::string ScriptJson(std::string_view file, const Document& document,
                       NodeId script, TextRange lines) {
  const bool ok = document.kind(script) == NodeKind::kScript;
  std::string out = "{\"file\":" + Quote(file);
  out += ",\"line\":" + std::to_string(lines.begin);
  out += ",\"end\":" + std::to_string(lines.end);
  out += ",\"shell\":\"";
  out += ShellName(document, script);
  out += ok ? "\",\"ok\":true" : "\",\"ok\":false";
  if ((document.node(script).flags & kNodeBashism) != 0) {
    out += ",\"bashism\":true";
  }
  out += ",\"text\":" + Quote(LogicalText(document, script));
  if (ok) out += ",\"lists\":" + ListsJson(document, script);
  return out + "}\n";
}

}  // namespace

std::string ListsJson(const Document& document, NodeId script) {
  return Array(AndOrs(document, script), [&document](NodeId and_or) {
    return AndOrJson(document, and_or);
  });
}

std::string ScriptsJson(std::string_view file, const Document& document) {
  const LineTable lines(document.text());
  std::string out;
  uint32_t run_end = 0;  // Of the RUN instruction that the node is in.
  TextRange run_lines;
  for (uint32_t i = 0; i < document.nodes().size(); ++i) {
    const NodeId id{i};
    const Node& node = document.node(id);
    if (node.kind == NodeKind::kInstruction) {
      if (node.aux != static_cast<uint16_t>(InstructionKind::kRun)) continue;
      run_end = node.end_node;
      const TextRange range = document.Range(id);
      const uint32_t last = range.empty() ? range.begin : range.end - 1;
      run_lines = {lines.Locate(range.begin).line, lines.Locate(last).line};
    } else if (i < run_end && (node.kind == NodeKind::kScript ||
                               node.kind == NodeKind::kOpaque)) {
      out += ScriptJson(file, document, id, run_lines);
    }
  }
  return out;
}

}  // namespace dfix
