#include "src/syntax/document.h"

#include <algorithm>
#include <cstdio>

namespace dfix {
namespace {

constexpr std::string_view kTokenNames[] = {
#define TOKEN(name) #name,
#include "src/syntax/kinds.def"
};

constexpr std::string_view kNodeNames[] = {
#define NODE(name) #name,
#include "src/syntax/kinds.def"
};

// `text` on one line, in double quotes, unprintable bytes as escapes.
std::string Quote(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else if (c == '\r') {
      out += "\\r";
    } else if (byte < 0x20 || byte >= 0x7f) {
      char hex[5];
      std::snprintf(hex, sizeof hex, "\\x%02x", byte);
      out += hex;
    } else {
      out += c;
    }
  }
  return out += '"';
}

}  // namespace

std::string_view Name(TokenKind kind) {
  return kTokenNames[static_cast<size_t>(kind)];
}

std::string_view Name(NodeKind kind) {
  return kNodeNames[static_cast<size_t>(kind)];
}

bool Document::HasFatalError() const {
  return std::any_of(errors_.begin(), errors_.end(),
                     [](const ParseError& error) { return error.fatal; });
}

TokenId Document::TokenFrom(uint32_t offset) const {
  const auto found = std::lower_bound(
      tokens_.begin(), tokens_.end(), offset,
      [](const Token& token, uint32_t at) { return token.begin < at; });
  return TokenId{static_cast<uint32_t>(found - tokens_.begin())};
}

NodeId Document::Child(NodeId id, NodeKind kind) const {
  for (const NodeId child : Children(id)) {
    if (this->kind(child) == kind) return child;
  }
  return kNoNode;
}

NodeId Document::Parent(NodeId id) const {
  for (uint32_t i = Index(id); i-- > 0;) {
    if (nodes_[i].end_node > Index(id)) return NodeId{i};
  }
  return kNoNode;
}

std::string DumpTokens(const Document& document) {
  std::string out;
  for (uint32_t i = 0; i < document.tokens().size(); ++i) {
    const TokenId id{i};
    out += std::to_string(document.token(id).begin) + ' ';
    out += Name(document.kind(id));
    out += ' ' + Quote(document.Text(id)) + '\n';
  }
  return out;
}

std::string DumpTree(const Document& document) {
  std::string out;
  std::vector<uint32_t> ends;
  for (uint32_t i = 0; i < document.nodes().size(); ++i) {
    while (!ends.empty() && ends.back() <= i) ends.pop_back();
    const NodeId id{i};
    out.append(ends.size() * 2, ' ');
    out += Name(document.kind(id));
    if (document.node(id).flags & kNodeError) out += " error";
    if (document.node(id).flags & kNodeJson) out += " json";
    if (document.node(id).flags & kNodeSplit) out += " split";
    if (document.kind(id) != NodeKind::kFile) {
      out += ' ' + Quote(document.Text(id));
    }
    out += '\n';
    ends.push_back(document.node(id).end_node);
  }
  return out;
}

}  // namespace dfix
