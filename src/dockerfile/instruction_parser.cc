#include "src/dockerfile/instruction_parser.h"

#include <algorithm>
#include <utility>

#include "src/dockerfile/characters.h"
#include "src/dockerfile/keywords.h"
#include "src/shell/parser.h"

namespace dfix {
namespace {

// ONBUILDs inside each other beyond this are left unread.
constexpr int kMaxNesting = 16;

size_t FindBlank(std::string_view text, size_t begin, size_t end) {
  while (begin < end && !IsBlank(text[begin])) ++begin;
  return begin;
}

size_t SkipBlanks(std::string_view text, size_t begin, size_t end) {
  while (begin < end && IsBlank(text[begin])) ++begin;
  return begin;
}

bool CanHaveHeredocs(InstructionKind kind) {
  return kind == InstructionKind::kAdd || kind == InstructionKind::kCopy ||
         kind == InstructionKind::kRun;
}

std::string Quoted(std::string_view text) {
  constexpr size_t kLongest = 60;
  std::string quoted = "`" + std::string(text.substr(0, kLongest));
  return quoted + (text.size() > kLongest ? "...`" : "`");
}

}  // namespace

void AddLineEnd(TreeBuilder& builder, uint32_t end) {
  const std::string_view text = builder.text();
  if (end > builder.end() && text[end - 1] == '\n') {
    const bool crlf = end - builder.end() >= 2 && text[end - 2] == '\r';
    builder.Add(TokenKind::kWhitespace, end - (crlf ? 2 : 1));
    builder.Add(TokenKind::kNewline, end);
  } else {
    builder.Add(TokenKind::kWhitespace, end);
  }
}

uint32_t InstructionParser::Parse(uint32_t begin) {
  line_.Read(builder_.text(), begin, escape_);
  end_ = line_.end();
  has_bodies_ = false;
  const TreeBuilder::Checkpoint mark = builder_.Mark();
  if (!line_.too_long().empty()) {
    Fail(line_.too_long(),
         "line is longer than 65535 bytes, which BuildKit cannot read; break "
         "it with a line continuation");
    AddRefused(mark);
    return end_;
  }
  TokenWriter writer(builder_, line_);
  if (!ParseStatement(writer)) {
    AddRefused(mark);
  } else if (has_bodies_) {
    AddLineEnd(builder_, end_);
  } else {
    AddRest(writer);
  }
  return end_;
}

bool InstructionParser::ParseStatement(TokenWriter& writer) {
  const std::string_view text = line_.text();
  const size_t begin = SkipSpace(text, 0, text.size());
  const Span statement = {begin, TrimmedEnd(text, begin, text.size())};
  if (!statement.empty()) return ParseNested(writer, statement, 0);
  // A line continuation that nothing follows is an instruction, too.
  const NodeId node = builder_.Open(NodeKind::kInstruction);
  builder_.node(node).flags |= kNodeError | kNodeSplit;
  const uint32_t first = builder_.end();
  AddRest(writer);
  builder_.Close();
  builder_.AddError({first, builder_.end()},
                    "line continuation without an instruction; remove it",
                    false);
  return true;
}

// What follows ONBUILD is an instruction, too, hence the recursion.
bool InstructionParser::ParseNested(TokenWriter& writer, Span statement,
                                    int depth) {
  const std::string_view text = line_.text();
  const size_t keyword_end = FindBlank(text, statement.begin, statement.end);
  const std::string_view keyword = Text({statement.begin, keyword_end});
  const InstructionKind kind = KindOfKeyword(keyword);
  const NodeId node = writer.Open(NodeKind::kInstruction, statement.begin,
                                  static_cast<uint16_t>(kind));
  writer.Add(TokenKind::kKeyword, keyword_end);
  const size_t flags = SkipBlanks(text, keyword_end, statement.end);
  const size_t rest = AddFlags(writer, flags, statement.end);
  const Span arguments = {SkipSpace(text, rest, statement.end), statement.end};
  bool ok = true;
  if (kind == InstructionKind::kUnknown) {
    builder_.node(node).flags |= kNodeError;
    builder_.AddError(FileRange({statement.begin, keyword_end}),
                      Quoted(keyword) + " is no instruction; correct its name",
                      false);
    AddUnread(writer, arguments);
  } else if (kind == InstructionKind::kOnbuild && !arguments.empty()) {
    if (depth < kMaxNesting) {
      ok = ParseNested(writer, arguments, depth + 1);
    } else {
      builder_.node(node).flags |= kNodeError;
      AddUnread(writer, arguments);
    }
  } else {
    ok = ParseArguments(writer, node, arguments, depth <= 1);
  }
  if (!ok) return false;
  builder_.Close();
  MarkSplit(node);
  if (depth == 0) FollowShell(node, arguments);
  return true;
}

size_t InstructionParser::AddFlags(TokenWriter& writer, size_t begin,
                                   size_t end) {
  const std::string_view text = line_.text();
  const size_t rest = SplitFlags(text, begin, end, escape_, flags_);
  for (const FlagRange& flag : flags_) {
    if (flag.equals == flag.begin) {
      writer.AddSpace(flag.begin);
      writer.Add(TokenKind::kFlagEnd, flag.end);
      continue;
    }
    const NodeId node = writer.Open(NodeKind::kFlag, flag.begin);
    writer.Add(TokenKind::kFlagName, flag.equals);
    if (flag.equals < flag.end) {
      writer.Add(TokenKind::kFlagEquals, flag.equals + 1);
      writer.Add(TokenKind::kFlagValue, flag.end);
    }
    builder_.Close();
    MarkSplit(node);
  }
  return rest;
}

bool InstructionParser::ParseArguments(TokenWriter& writer, NodeId node,
                                       Span arguments, bool may_have_heredocs) {
  bool is_json = false;
  const auto kind = static_cast<InstructionKind>(builder_.node(node).aux);
  switch (kind) {
    case InstructionKind::kArg:
      AddWords(writer, arguments);
      return true;
    case InstructionKind::kEnv:
    case InstructionKind::kLabel:
      return ParseKeyValues(writer, node, arguments);
    case InstructionKind::kExpose:
    case InstructionKind::kFrom:
      AddList(writer, arguments);
      return true;
    case InstructionKind::kHealthcheck:
      return ParseHealthcheck(writer, node, arguments);
    case InstructionKind::kAdd:
    case InstructionKind::kCmd:
    case InstructionKind::kCopy:
    case InstructionKind::kEntrypoint:
    case InstructionKind::kRun:
    case InstructionKind::kShell:
    case InstructionKind::kVolume:
      if (!ParseJson(writer, node, arguments, is_json)) return false;
      break;
    default:
      AddArgument(writer, arguments, TokenKind::kArgument);
      return true;
  }
  if (is_json) return true;
  heredocs_.clear();
  if (may_have_heredocs && CanHaveHeredocs(kind) && !FindBodies()) return false;
  if (kind == InstructionKind::kRun) {
    AddRun(writer, arguments);
  } else if (kind == InstructionKind::kCmd ||
             kind == InstructionKind::kEntrypoint) {
    AddScript(writer, arguments);
  } else if (kind == InstructionKind::kShell) {
    AddArgument(writer, arguments, TokenKind::kArgument);
  } else {
    AddList(writer, arguments);
    AddBodies(writer, false);
  }
  return true;
}

bool InstructionParser::ParseJson(TokenWriter& writer, NodeId node,
                                  Span arguments, bool& is_json) {
  arguments.begin = SkipSpace(line_.text(), arguments.begin, arguments.end);
  const JsonForm form =
      ScanJsonArray(line_.text(), arguments.begin, arguments.end, strings_);
  is_json = form == JsonForm::kStrings;
  if (form == JsonForm::kNotStrings) {
    return Fail(arguments,
                "JSON array holds something that is no string, which BuildKit "
                "refuses; put each argument in double quotes");
  }
  if (is_json) {
    builder_.node(node).flags |= kNodeJson;
    AddJsonArray(writer, arguments);
  }
  return true;
}

void InstructionParser::AddJsonArray(TokenWriter& writer, Span arguments) {
  const std::string_view text = line_.text();
  const NodeId array = writer.Open(NodeKind::kJsonArray, arguments.begin);
  size_t at = arguments.begin;
  // Blanks and punctuation up to `end`.
  const auto add_between = [&](size_t end) {
    for (; at < end; ++at) {
      if (!IsBlank(text[at])) {
        writer.Add(TokenKind::kWhitespace, at);
        writer.Add(TokenKind::kJsonPunctuation, at + 1);
      }
    }
  };
  for (const JsonStringRange& string : strings_) {
    add_between(string.begin);
    const NodeId node = writer.Open(NodeKind::kJsonString, string.begin);
    writer.Add(TokenKind::kJsonString, string.end);
    builder_.Close();
    MarkSplit(node);
    at = string.end;
  }
  add_between(arguments.end);
  builder_.Close();
  MarkSplit(array);
}

bool InstructionParser::ParseKeyValues(TokenWriter& writer, NodeId node,
                                       Span arguments) {
  const std::string_view text = line_.text();
  SplitWords(text, arguments.begin, arguments.end, escape_, words_);
  if (words_.empty()) {
    AddUnread(writer, arguments);
    return true;
  }
  const std::string keyword(
      KeywordName(static_cast<InstructionKind>(builder_.node(node).aux)));
  const auto equals_of = [&](const WordRange& word) {
    const size_t equals = text.find('=', word.begin);
    return equals < word.end ? equals : std::string_view::npos;
  };
  if (equals_of(words_[0]) == std::string_view::npos) {
    const size_t key_end = FindBlank(text, arguments.begin, arguments.end);
    if (key_end == arguments.end) {
      return Fail(arguments, keyword + " " + Quoted(Text(arguments)) +
                                 " has no value; write it as `name=value`");
    }
    const NodeId pair = writer.Open(NodeKind::kKeyValue, arguments.begin);
    writer.Add(TokenKind::kKey, key_end);
    writer.AddSpace(SkipBlanks(text, key_end, arguments.end));
    writer.Add(TokenKind::kValue, arguments.end);
    builder_.Close();
    MarkSplit(pair);
    return true;
  }
  for (const WordRange& word : words_) {
    const size_t equals = equals_of(word);
    if (equals == std::string_view::npos) {
      const Span span = {word.begin, word.end};
      return Fail(span, Quoted(Text(span)) +
                            " has no `=`, which each word of " + keyword +
                            " needs here; quote the value if blanks belong to "
                            "it, or write `name=value`");
    }
    AddKeyValue(writer, word, equals);
  }
  return true;
}

void InstructionParser::AddKeyValue(TokenWriter& writer, const WordRange& word,
                                    size_t equals) {
  const NodeId pair = writer.Open(NodeKind::kKeyValue, word.begin);
  writer.Add(TokenKind::kKey, equals);
  writer.Add(TokenKind::kKeyEquals, equals + 1);
  writer.Add(TokenKind::kValue, word.end);
  writer.Add(TokenKind::kUnknown, word.raw_end);
  builder_.Close();
  MarkSplit(pair);
}

bool InstructionParser::ParseHealthcheck(TokenWriter& writer, NodeId node,
                                         Span arguments) {
  const std::string_view text = line_.text();
  size_t type_end = arguments.begin;
  while (type_end < arguments.end && !IsByteSpace(text[type_end])) ++type_end;
  if (type_end == arguments.begin) {
    AddUnread(writer, arguments);
    return true;
  }
  const Span type = {arguments.begin, type_end};
  AddArgument(writer, type, TokenKind::kArgument);
  Span rest = {type_end, arguments.end};
  while (!rest.empty() && IsByteSpace(text[rest.begin])) ++rest.begin;
  bool is_json = false;
  if (!ParseJson(writer, node, rest, is_json)) return false;
  if (is_json) return true;
  if (AsciiLower(Text(type)) == "cmd") {
    AddScript(writer, rest);
  } else {
    AddArgument(writer, rest, TokenKind::kArgument);
  }
  return true;
}

void InstructionParser::AddWords(TokenWriter& writer, Span arguments) {
  SplitWords(line_.text(), arguments.begin, arguments.end, escape_, words_);
  for (const WordRange& word : words_) {
    const NodeId node = writer.Open(NodeKind::kArgument, word.begin);
    writer.Add(TokenKind::kArgument, word.end);
    writer.Add(TokenKind::kUnknown, word.raw_end);
    builder_.Close();
    MarkSplit(node);
  }
  if (words_.empty()) AddUnread(writer, arguments);
}

void InstructionParser::AddList(TokenWriter& writer, Span arguments) {
  const std::string_view text = line_.text();
  size_t at = arguments.begin;
  while (at < arguments.end) {
    const size_t end = FindBlank(text, at, arguments.end);
    bool refused = false;
    const bool is_heredoc =
        !heredocs_.empty() &&
        ParseHeredocWord(Text({at, end}), refused).has_value();
    AddArgument(writer, {at, end},
                is_heredoc ? TokenKind::kHeredocStart : TokenKind::kArgument);
    at = SkipBlanks(text, end, arguments.end);
  }
}

void InstructionParser::AddArgument(TokenWriter& writer, Span argument,
                                    TokenKind kind) {
  if (argument.empty()) return;
  const NodeId node = writer.Open(NodeKind::kArgument, argument.begin);
  writer.Add(kind, argument.end);
  builder_.Close();
  MarkSplit(node);
}

// Adds what BuildKit ignores.
void InstructionParser::AddUnread(TokenWriter& writer, Span arguments) {
  if (arguments.empty()) return;
  writer.AddSpace(arguments.begin);
  writer.Add(TokenKind::kUnknown, arguments.end);
}

void InstructionParser::AddScript(TokenWriter& writer, Span script) {
  if (script.empty()) return;
  writer.AddSpace(script.begin);
  pieces_.clear();
  line_.AppendPieces(script.begin, script.end, pieces_);
  ParseScript(builder_, pieces_, shell_.dialect());
  writer.MoveTo(script.end);
}

// Finds the line's heredocs and where they end; `end_` moves behind them.
bool InstructionParser::FindBodies() {
  bool refused = false;
  const std::string_view text = line_.text();
  heredocs_ = FindHeredocs(text, refused);
  if (refused) {
    return Fail(Span{0, text.size()},
                "a heredoc's name has a quote or a `${` that does not end, "
                "which BuildKit refuses; use a plain word such as `EOF`");
  }
  bodies_.clear();
  for (const HeredocWord& heredoc : heredocs_) {
    const auto body = FindHeredocBody(builder_.text(), end_, heredoc);
    if (!body) {
      end_ = static_cast<uint32_t>(builder_.text().size());
      return Fail(Span{0, text.size()},
                  "heredoc " + Quoted(heredoc.name) +
                      " does not end: no line after it holds just its name; "
                      "add one");
    }
    bodies_.push_back(*body);
    end_ = body->end;
  }
  has_bodies_ = !bodies_.empty();
  return true;
}

void InstructionParser::AddRun(TokenWriter& writer, Span arguments) {
  if (!has_bodies_) {
    AddScript(writer, arguments);
    return;
  }
  bool refused = false;
  if (ParseHeredocWord(Text(arguments), refused)) {
    writer.AddSpace(arguments.begin);
    writer.Add(TokenKind::kHeredocStart, arguments.end);
    AddBodies(writer, true);
  } else if (arguments.empty()) {
    AddBodies(writer, false);
  } else {
    AddRunWithBodies(writer, arguments);
  }
}

// BuildKit hands the shell the line and the bodies below it.
void InstructionParser::AddRunWithBodies(TokenWriter& writer, Span arguments) {
  writer.AddSpace(arguments.begin);
  pieces_.clear();
  line_.AppendPieces(arguments.begin, arguments.end, pieces_);
  uint32_t newline = line_.end() - 1;
  for (const HeredocBody& body : bodies_) {
    if (pieces_.back().end == newline) {
      pieces_.back().end = body.terminator.end;
    } else {
      pieces_.push_back({newline, body.terminator.end});
    }
    newline = body.end - 1;
  }
  ParseScript(builder_, pieces_, shell_.dialect());
}

void InstructionParser::AddBodies(TokenWriter& writer, bool first_is_script) {
  if (!has_bodies_) return;
  writer.Add(TokenKind::kWhitespace, line_.text().size());
  AddLineEnd(builder_, line_.end());
  for (size_t i = 0; i < bodies_.size(); ++i) {
    const HeredocBody& body = bodies_[i];
    AddLineEnd(builder_, body.content.begin);
    builder_.Open(NodeKind::kHeredoc);
    if (i == 0 && first_is_script) {
      AddBodyScript(heredocs_[i], body.content);
    } else {
      builder_.Add(TokenKind::kHeredocText, body.content.end);
    }
    builder_.Add(TokenKind::kHeredocEnd, body.terminator.end);
    builder_.Close();
  }
}

void InstructionParser::AddBodyScript(const HeredocWord& heredoc,
                                      TextRange content) {
  pieces_.clear();
  AppendBodyPieces(builder_.text(), content, heredoc.chomp, pieces_);
  if (pieces_.empty()) return;
  LogicalReader reader(builder_.text(), pieces_);
  reader.AddHidden(builder_);
  // BuildKit runs a script with a first line `#!` as a program.
  ParseScript(builder_, pieces_,
              reader.LooksAt("#!") ? ShellDialect::kNone : shell_.dialect());
}

// Takes from a finished instruction what decides on the shell of later ones.
void InstructionParser::FollowShell(NodeId node, Span arguments) {
  const auto kind = static_cast<InstructionKind>(builder_.node(node).aux);
  if (kind == InstructionKind::kArg) {
    for (const WordRange& word : words_) {
      shell_.OnArg(Text({word.begin, word.end}));
    }
  } else if (kind == InstructionKind::kFrom) {
    FollowFrom(arguments);
  } else if (kind == InstructionKind::kWorkdir) {
    shell_.OnWorkdir(Text(arguments));
  } else if (kind == InstructionKind::kShell &&
             (builder_.node(node).flags & kNodeJson)) {
    std::vector<std::string> shell;
    for (const JsonStringRange& string : strings_) {
      shell.push_back(DecodeJsonString(Text({string.begin, string.end})));
    }
    shell_.OnShell(shell);
  }
}

void InstructionParser::FollowFrom(Span arguments) {
  constexpr std::string_view kPlatform = "--platform=";
  const std::string_view text = line_.text();
  std::string platform;
  for (const FlagRange& range : flags_) {
    const std::string flag =
        UnquoteFlag(Text({range.begin, range.end}), escape_);
    if (flag.starts_with(kPlatform)) platform = flag.substr(kPlatform.size());
  }
  const size_t image_end = FindBlank(text, arguments.begin, arguments.end);
  const size_t as = SkipBlanks(text, image_end, arguments.end);
  const size_t as_end = FindBlank(text, as, arguments.end);
  Span stage = {arguments.end, arguments.end};
  if (AsciiLower(Text({as, as_end})) == "as") {
    stage.begin = SkipBlanks(text, as_end, arguments.end);
  }
  shell_.OnFrom(Text({arguments.begin, image_end}), platform, Text(stage));
}

// The tokens after an instruction without heredocs.
void InstructionParser::AddRest(TokenWriter& writer) {
  writer.Add(TokenKind::kWhitespace, line_.text().size());
  if (line_.is_open()) {
    AddHiddenBytes(builder_, line_.end());
  } else {
    AddLineEnd(builder_, line_.end());
  }
}

// Replaces what was added since `mark` by an Error node.
void InstructionParser::AddRefused(TreeBuilder::Checkpoint mark) {
  builder_.Rewind(mark);
  TokenWriter writer(builder_, line_);
  const std::string_view text = line_.text();
  const size_t begin = SkipSpace(text, 0, text.size());
  const size_t end = TrimmedEnd(text, begin, text.size());
  const NodeId node = writer.Open(NodeKind::kError, begin);
  builder_.node(node).flags |= kNodeError;
  writer.Add(TokenKind::kKeyword, FindBlank(text, begin, end));
  writer.AddSpace(SkipBlanks(text, FindBlank(text, begin, end), end));
  writer.Add(TokenKind::kUnknown, end);
  const bool in_heredoc = end_ > line_.end();
  if (!in_heredoc) builder_.Close();
  AddRest(writer);
  if (in_heredoc) {
    builder_.Add(TokenKind::kHeredocText, end_);
    builder_.Close();
  }
  builder_.AddError(error_range_, std::move(error_), true);
  error_.clear();
}

bool InstructionParser::Fail(TextRange range, std::string message) {
  error_range_ = range;
  error_ = std::move(message);
  return false;
}

bool InstructionParser::Fail(Span span, std::string message) {
  return Fail(FileRange(span), std::move(message));
}

// From the first byte of `span` to its last one, with what is hidden between.
TextRange InstructionParser::FileRange(Span span) {
  pieces_.clear();
  line_.AppendPieces(span.begin, span.end, pieces_);
  if (pieces_.empty()) return {line_.end(), line_.end()};
  return {pieces_.front().begin, pieces_.back().end};
}

// Sets kNodeSplit if a line continuation is inside `node`, which is closed.
void InstructionParser::MarkSplit(NodeId node) {
  if (line_.pieces().size() < 2) return;
  Node& closed = builder_.node(node);
  const std::span<const Token> tokens = builder_.tokens();
  for (uint32_t i = closed.first_token; i < closed.end_token; ++i) {
    if (tokens[i].kind == TokenKind::kLineContinuation) {
      closed.flags |= kNodeSplit;
      return;
    }
  }
}

}  // namespace dfix
