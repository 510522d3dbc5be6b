#include "src/dockerfile/instructions.h"

#include <utility>

#include "src/dockerfile/arguments.h"
#include "src/dockerfile/characters.h"
#include "src/dockerfile/json_array.h"
#include "src/dockerfile/logical_line.h"

namespace dfix {
namespace {

// The logical text from `offset`, inside an instruction, to its line's end.
std::string TextFrom(const Document& document, uint32_t offset) {
  LogicalLine line;
  line.Read(document.text(), offset, document.escape());
  return std::string(line.text());
}

// The logical text of a word's node. What BuildKit drops from it is Unknown.
std::string WordText(const Document& document, NodeId node) {
  std::string text;
  for (const TokenId token : document.Tokens(node)) {
    const TokenKind kind = document.kind(token);
    if (kind == TokenKind::kArgument || kind == TokenKind::kHeredocStart) {
      text += document.Text(token);
    }
  }
  return text;
}

bool IsScript(NodeKind kind) {
  return kind == NodeKind::kScript || kind == NodeKind::kOpaque;
}

// Where an instruction begins: at a line continuation before its keyword,
// unless it is inside another one.
uint32_t BeginOf(const Document& document, NodeId id) {
  const uint32_t keyword = document.node(id).first_token;
  uint32_t first = keyword;
  for (uint32_t i = keyword; i-- > 0;) {
    const TokenKind kind = document.tokens()[i].kind;
    if (kind == TokenKind::kLineContinuation) {
      first = i;
    } else if (kind == TokenKind::kNewline || kind == TokenKind::kBom) {
      break;
    } else if (!IsTrivia(kind)) {
      first = keyword;
      break;
    }
  }
  return document.tokens()[first].begin;
}

KeyValuePair SplitArgument(NodeId node, const std::string& word) {
  const size_t equals = word.find('=');
  if (equals == std::string::npos) return {node, word, std::nullopt};
  return {node, word.substr(0, equals), word.substr(equals + 1)};
}

}  // namespace

std::string TokensText(const Document& document, NodeId node, TokenKind kind) {
  std::string text;
  for (const TokenId token : document.Tokens(node)) {
    if (document.kind(token) == kind) text += document.Text(token);
  }
  return text;
}

std::string Instruction::Keyword() const {
  std::string keyword;
  for (const TokenId token : document_->Tokens(id_)) {
    const TokenKind kind = document_->kind(token);
    if (kind == TokenKind::kKeyword) {
      keyword += document_->Text(token);
      if (!(document_->token(token).flags & kTokenSplit)) break;
    } else if (!IsTrivia(kind)) {
      break;
    }
  }
  return keyword;
}

std::vector<InstructionFlag> Instruction::Flags() const {
  std::vector<InstructionFlag> flags;
  for (const NodeId child : document_->Children(id_)) {
    if (document_->kind(child) != NodeKind::kFlag) continue;
    std::string raw = TokensText(*document_, child, TokenKind::kFlagName);
    raw += TokensText(*document_, child, TokenKind::kFlagEquals);
    raw += TokensText(*document_, child, TokenKind::kFlagValue);
    std::string flag = UnquoteFlag(raw, document_->escape());
    const size_t equals = flag.find('=');
    if (equals == std::string::npos) {
      flags.push_back({child, std::move(flag), std::nullopt});
    } else {
      flags.push_back({child, flag.substr(0, equals), flag.substr(equals + 1)});
    }
  }
  return flags;
}

std::optional<InstructionFlag> Instruction::FindFlag(
    std::string_view name) const {
  for (InstructionFlag& flag : Flags()) {
    if (flag.name == name) return std::move(flag);
  }
  return std::nullopt;
}

std::string Instruction::ArgumentText() const {
  uint32_t end = document_->Range(id_).begin;
  bool has_flag_end = false;
  for (const TokenId token : document_->Tokens(id_)) {
    const TokenKind kind = document_->kind(token);
    if (kind == TokenKind::kKeyword || kind == TokenKind::kFlagName ||
        kind == TokenKind::kFlagEquals || kind == TokenKind::kFlagValue ||
        kind == TokenKind::kFlagEnd) {
      end = document_->Range(token).end;
      has_flag_end = kind == TokenKind::kFlagEnd;
    } else if (!IsTrivia(kind)) {
      break;
    }
  }
  const std::string text = TextFrom(*document_, end);
  size_t begin = 0;
  while (!has_flag_end && begin < text.size() && IsByteSpace(text[begin])) {
    ++begin;
  }
  return std::string(Trim(std::string_view(text).substr(begin)));
}

std::vector<NodeId> Instruction::ArgumentNodes() const {
  std::vector<NodeId> nodes;
  for (const NodeId child : document_->Children(id_)) {
    if (document_->kind(child) == NodeKind::kArgument) nodes.push_back(child);
    if (document_->kind(child) != NodeKind::kJsonArray) continue;
    for (const NodeId string : document_->Children(child)) {
      nodes.push_back(string);
    }
  }
  return nodes;
}

std::vector<std::string> Instruction::Arguments() const {
  std::vector<std::string> arguments;
  for (const NodeId node : ArgumentNodes()) {
    arguments.push_back(document_->kind(node) == NodeKind::kJsonString
                            ? DecodeJsonString(TokensText(
                                  *document_, node, TokenKind::kJsonString))
                            : WordText(*document_, node));
  }
  return arguments;
}

std::vector<KeyValuePair> Instruction::Pairs() const {
  std::vector<KeyValuePair> pairs;
  for (const NodeId child : document_->Children(id_)) {
    if (document_->kind(child) == NodeKind::kKeyValue) {
      pairs.push_back(
          {child, TokensText(*document_, child, TokenKind::kKey),
           TokensText(*document_, child, TokenKind::kValue),
           TokensText(*document_, child, TokenKind::kKeyEquals).empty()});
    } else if (kind() == InstructionKind::kArg &&
               document_->kind(child) == NodeKind::kArgument) {
      pairs.push_back(SplitArgument(child, WordText(*document_, child)));
    }
  }
  return pairs;
}

NodeId Instruction::Script() const {
  for (const NodeId child : document_->Children(id_)) {
    if (IsScript(document_->kind(child))) return child;
    if (document_->kind(child) != NodeKind::kHeredoc) continue;
    for (const NodeId inner : document_->Children(child)) {
      if (IsScript(document_->kind(inner))) return inner;
    }
  }
  return kNoNode;
}

std::vector<InstructionHeredoc> Instruction::Heredocs() const {
  const Instruction inner = Trigger().value_or(*this);
  const InstructionKind inner_kind = inner.kind();
  if (inner.is_json() || (inner_kind != InstructionKind::kRun &&
                          inner_kind != InstructionKind::kCopy &&
                          inner_kind != InstructionKind::kAdd)) {
    return {};
  }
  LogicalLine line;
  line.Read(document_->text(), BeginOf(*document_, id_), document_->escape());
  bool refused = false;
  std::vector<InstructionHeredoc> heredocs;
  uint32_t end = line.end();
  for (HeredocWord& word : FindHeredocs(line.text(), refused)) {
    const auto body = FindHeredocBody(document_->text(), end, word);
    if (!body) break;
    end = body->end;
    heredocs.push_back({std::move(word), *body});
  }
  return heredocs;
}

std::optional<Instruction> Instruction::Trigger() const {
  const NodeId inner = document_->Child(id_, NodeKind::kInstruction);
  if (inner == kNoNode) return std::nullopt;
  return Instruction(*document_, inner);
}

std::string Instruction::LogicalLineText() const {
  return TextFrom(*document_, BeginOf(*document_, id_));
}

TextRange Instruction::Lines() const {
  uint32_t i = document_->node(id_).end_token;
  while (document_->tokens()[i].kind != TokenKind::kNewline &&
         document_->tokens()[i].kind != TokenKind::kEndOfFile) {
    ++i;
  }
  return {BeginOf(*document_, id_), document_->tokens()[i].begin};
}

std::vector<Instruction> Instructions(const Document& document) {
  std::vector<Instruction> instructions;
  for (const NodeId child : document.Children(kFileNode)) {
    if (document.kind(child) == NodeKind::kInstruction) {
      instructions.emplace_back(document, child);
    }
  }
  return instructions;
}

std::optional<FromParts> PartsOfFrom(const Instruction& from) {
  std::vector<std::string> words = from.Arguments();
  FromParts parts;
  if (words.size() == 3 && AsciiLower(words[1]) == "as") {
    parts.stage = std::move(words[2]);
  } else if (words.size() != 1) {
    return std::nullopt;
  }
  parts.image = std::move(words[0]);
  const auto platform = from.FindFlag("--platform");
  if (platform && platform->value) parts.platform = *platform->value;
  return parts;
}

}  // namespace dfix
