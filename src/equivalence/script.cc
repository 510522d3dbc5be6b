#include "src/equivalence/script.h"

#include <functional>

#include "src/shell/ansi_quotes.h"
#include "src/shell/views.h"
#include "src/shell/words.h"

namespace dfix::equivalence {
namespace {

// `value` in single quotes unless every shell takes it as it is.
std::string Quoted(std::string_view value) {
  constexpr std::string_view kPlain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
      "_-./:=,@%+^";
  if (!value.empty() &&
      value.find_first_not_of(kPlain) == std::string_view::npos) {
    return std::string(value);
  }
  std::string quoted = "'";
  for (const char c : value) {
    if (c == '\'') {
      quoted += "'\\''";
    } else {
      quoted += c;
    }
  }
  return quoted + "'";
}

// Reads one word that is not constant.
class WordReader {
 public:
  explicit WordReader(const Document& document) : document_(document) {}

  Word Read(NodeId node) {
    Visit(node, false);
    Flush();
    // `""$x` is a word even if x is empty; `$x` is not.
    if (has_quotes_ && !has_firm_part_) word_.text += "''";
    return std::move(word_);
  }

 private:
  void Visit(NodeId node, bool quoted) {
    uint32_t token = document_.node(node).first_token;
    for (const NodeId child : document_.Children(node)) {
      AddTokens(token, document_.node(child).first_token);
      token = document_.node(child).end_token;
      if (document_.kind(child) == NodeKind::kDoubleQuoted) {
        has_quotes_ = true;
        Visit(child, true);
      } else {
        Flush();
        has_firm_part_ |= quoted;
        if (quoted) word_.text += '"';
        AddExpansion(child);
        if (quoted) word_.text += '"';
      }
    }
    AddTokens(token, document_.node(node).end_token);
  }

  void AddTokens(uint32_t begin, uint32_t end) {
    for (uint32_t i = begin; i < end; ++i) {
      const TokenId id{i};
      const TokenKind kind = document_.kind(id);
      if (IsTrivia(kind)) continue;
      part_ += document_.Text(id);
      if ((document_.token(id).flags & kTokenSplit) != 0) continue;
      AddPart(kind);
      part_.clear();
    }
  }

  void AddPart(TokenKind kind) {
    switch (kind) {
      case TokenKind::kLiteral:
      case TokenKind::kQuotedText:
        literal_ += part_;
        return;
      case TokenKind::kEscape:
        literal_ += std::string_view(part_).substr(1);
        return;
      case TokenKind::kSingleQuoted:
        has_quotes_ = true;
        literal_ += std::string_view(part_).substr(1, part_.size() - 2);
        return;
      case TokenKind::kAnsiQuoted: {
        has_quotes_ = true;
        const auto inside = std::string_view(part_).substr(2, part_.size() - 3);
        if (!AppendAnsiUnquoted(inside, literal_)) literal_ += part_;
        return;
      }
      case TokenKind::kDoubleQuote:
        has_quotes_ = true;
        return;
      default:
        Flush();
        word_.text += part_;
        return;
    }
  }

  void AddExpansion(NodeId node) {
    const NodeKind kind = document_.kind(node);
    const std::string text = LogicalText(document_, node);
    const NodeId list = document_.Child(node, NodeKind::kList);
    if (kind == NodeKind::kParameterExpansion && text.starts_with('$') &&
        !text.starts_with("${")) {
      word_.text += "${" + text.substr(1) + "}";
    } else if (list != kNoNode && (kind == NodeKind::kCommandSubstitution ||
                                   kind == NodeKind::kProcessSubstitution)) {
      const bool process = kind == NodeKind::kProcessSubstitution;
      word_.text += process ? text.substr(0, 2) : "$(";
      word_.text += Word::kHole;
      word_.text += ')';
      word_.lists.push_back(BuildList(document_, list));
    } else {
      word_.text += text;
    }
  }

  void Flush() {
    if (literal_.empty()) return;
    word_.text += Quoted(literal_);
    literal_.clear();
    has_firm_part_ = true;
  }

  const Document& document_;
  Word word_;
  std::string part_;     // The begin of a token that a continuation splits.
  std::string literal_;  // Text that stands for itself, not yet written.
  bool has_quotes_ = false;
  bool has_firm_part_ = false;  // Something that makes it a word for sure.
};

Word BuildWord(const Document& document, NodeId node) {
  Word word;
  if (auto value = ConstantValue(document, node)) {
    word.text = *std::move(value);
    word.constant = true;
  } else {
    word = WordReader(document).Read(node);
  }
  word.hash = Mix(word.constant ? 1 : 2, word.text);
  for (const List& list : word.lists) word.hash = Mix(word.hash, list.hash);
  return word;
}

Redirect BuildRedirect(const Document& document, NodeId node) {
  const Redirection view{&document, node};
  Redirect redirect;
  redirect.shell_operator = view.shell_operator();
  redirect.number = view.number();
  const NodeId target = view.target();
  const NodeId heredoc = view.heredoc();
  if (heredoc != kNoNode) {
    // Quotes in the delimiter decide, its name does not.
    const std::string name = LogicalText(document, target);
    const bool quoted = name.find_first_of("\\'\"") != std::string::npos;
    redirect.target.text = quoted ? "'EOF'" : "EOF";
    for (const TokenId token : document.Tokens(heredoc)) {
      const TokenKind kind = document.kind(token);
      if (kind == TokenKind::kHeredocEnd) break;
      redirect.body += document.Text(token);
    }
  } else if (target != kNoNode) {
    redirect.target = BuildWord(document, target);
  }
  redirect.hash =
      Mix(static_cast<uint64_t>(redirect.shell_operator), redirect.number);
  redirect.hash = Mix(redirect.hash, redirect.target.text);
  redirect.hash = Mix(redirect.hash, redirect.target.hash);
  redirect.hash = Mix(redirect.hash, redirect.body);
  return redirect;
}

Word BuildAssignment(const Document& document, NodeId node) {
  Word word;
  for (const TokenId token : document.Tokens(node)) {
    const TokenKind kind = document.kind(token);
    if (kind != TokenKind::kAssignmentName &&
        kind != TokenKind::kAssignmentOperator) {
      break;
    }
    word.text += document.Text(token);
  }
  const NodeId value = document.Child(node, NodeKind::kWord);
  if (value != kNoNode) {
    Word read = BuildWord(document, value);
    word.constant = read.constant;
    word.text += read.text;
    word.lists = std::move(read.lists);
  } else if (document.Child(node, NodeKind::kArrayValue) != kNoNode) {
    word.text = LogicalText(document, node);
  } else {
    word.constant = true;
  }
  word.hash = Mix(word.constant ? 3 : 4, word.text);
  for (const List& list : word.lists) word.hash = Mix(word.hash, list.hash);
  return word;
}

Command BuildCommand(const Document& document, NodeId node);

Item BuildSingle(const Document& document, NodeId node) {
  Item item;
  item.commands.push_back(BuildCommand(document, node));
  item.hash = item.commands[0].hash;
  return item;
}

// Reads a compound command: `head` gets a line for each of its parts.
class CompoundReader {
 public:
  CompoundReader(const Document& document, Command& command)
      : document_(document), command_(command) {}

  void Visit(NodeId node) {
    uint32_t token = document_.node(node).first_token;
    for (const NodeId child : document_.Children(node)) {
      AddTokens(token, document_.node(child).first_token);
      token = document_.node(child).end_token;
      VisitChild(child);
    }
    AddTokens(token, document_.node(node).end_token);
  }

 private:
  void VisitChild(NodeId child) {
    const NodeKind kind = document_.kind(child);
    if (kind == NodeKind::kList) {
      command_.head += "()\n";
      command_.lists.push_back(BuildList(document_, child));
    } else if (kind == NodeKind::kRedirection) {
      command_.redirections.push_back(BuildRedirect(document_, child));
    } else if (kind == NodeKind::kCaseItem) {
      Visit(child);
    } else if (IsCommand(kind)) {
      command_.head += "()\n";
      List list;
      list.items.push_back(BuildSingle(document_, child));
      list.hash = list.items[0].hash;
      command_.lists.push_back(std::move(list));
    } else if (kind == NodeKind::kWord &&
               command_.kind != NodeKind::kConditional) {
      Word word = BuildWord(document_, child);
      command_.head += (word.constant ? "=" : "$") + word.text + "\n";
      for (List& list : word.lists) {
        command_.lists.push_back(std::move(list));
      }
    } else if (kind != NodeKind::kHeredocBody) {
      // Quotes decide in `[[ ]]`.
      command_.head += LogicalText(document_, child) + "\n";
    }
  }

  void AddTokens(uint32_t begin, uint32_t end) {
    for (uint32_t i = begin; i < end; ++i) {
      const TokenId id{i};
      const TokenKind kind = document_.kind(id);
      if (IsTrivia(kind) || kind == TokenKind::kShellNewline) continue;
      const std::string_view text = document_.Text(id);
      // A case item may lack its last `;;`, and `for x` its `;`.
      if (kind == TokenKind::kOperator && (text == ";" || text == ";;")) {
        continue;
      }
      command_.head += text;
      command_.head += '\n';
    }
  }

  const Document& document_;
  Command& command_;
};

Command BuildCommand(const Document& document, NodeId node) {
  Command command;
  command.kind = document.kind(node);
  if (command.kind == NodeKind::kSimpleCommand) {
    for (const NodeId child : document.Children(node)) {
      switch (document.kind(child)) {
        case NodeKind::kAssignment:
          command.assignments.push_back(BuildAssignment(document, child));
          break;
        case NodeKind::kWord:
          command.words.push_back(BuildWord(document, child));
          break;
        case NodeKind::kRedirection:
          command.redirections.push_back(BuildRedirect(document, child));
          break;
        default:
          break;
      }
    }
  } else {
    CompoundReader(document, command).Visit(node);
  }
  uint64_t hash = Mix(static_cast<uint64_t>(command.kind), command.head);
  for (const Word& word : command.assignments) hash = Mix(hash, word.hash);
  hash = Mix(hash, uint64_t{1});
  for (const Word& word : command.words) hash = Mix(hash, word.hash);
  hash = Mix(hash, uint64_t{2});
  for (const Redirect& r : command.redirections) hash = Mix(hash, r.hash);
  for (const List& list : command.lists) hash = Mix(hash, list.hash);
  command.hash = hash;
  return command;
}

Item BuildItem(const Document& document, NodeId node) {
  const Pipeline pipeline{&document, node};
  Item item;
  item.negated = pipeline.negated();
  item.timed = pipeline.timed();
  uint64_t hash = (item.negated ? 1 : 0) + (item.timed ? 2 : 0);
  for (const ChainLink& link : pipeline.commands()) {
    if (!item.commands.empty()) {
      const bool both = link.shell_operator == ShellOperator::kPipeBoth;
      item.pipes += both ? '&' : '|';
    }
    item.commands.push_back(BuildCommand(document, link.node));
    hash = Mix(hash, item.commands.back().hash);
  }
  item.hash = Mix(hash, item.pipes);
  return item;
}

Join JoinOf(ShellOperator shell_operator, bool is_first_list) {
  switch (shell_operator) {
    case ShellOperator::kAnd:
      return Join::kAnd;
    case ShellOperator::kOr:
      return Join::kOr;
    default:
      return is_first_list ? Join::kFirst : Join::kNext;
  }
}

}  // namespace

uint64_t Mix(uint64_t hash, std::string_view text) {
  return Mix(hash, std::hash<std::string_view>{}(text));
}

List BuildList(const Document& document, NodeId list) {
  List result;
  for (const NodeId id : AndOrs(document, list)) {
    const AndOr and_or{&document, id};
    const bool background = and_or.terminator() == Terminator::kBackground;
    const bool is_first = result.items.empty();
    for (const ChainLink& link : and_or.pipelines()) {
      Item item = BuildItem(document, link.node);
      item.join = JoinOf(link.shell_operator, is_first);
      item.background = background;
      result.hash = Mix(Mix(result.hash, item.hash),
                        static_cast<uint64_t>(item.join) + 8 * background);
      result.items.push_back(std::move(item));
    }
  }
  return result;
}

std::string Render(const Word& word) {
  if (word.constant) return Quoted(word.text);
  std::string text;
  size_t hole = 0;
  for (const char c : word.text) {
    if (c == Word::kHole && hole < word.lists.size()) {
      text += Render(word.lists[hole++]);
    } else {
      text += c;
    }
  }
  return text;
}

std::string Render(const Command& command) {
  std::string text;
  const auto add = [&](std::string_view part) {
    if (!text.empty()) text += ' ';
    text += part;
  };
  for (const Word& word : command.assignments) add(word.text);
  for (const Word& word : command.words) add(Render(word));
  if (command.kind != NodeKind::kSimpleCommand) {
    size_t list = 0;
    std::string_view head = command.head;
    while (!head.empty()) {
      const size_t end = head.find('\n');
      const std::string_view line = head.substr(0, end);
      head.remove_prefix(end == std::string_view::npos ? head.size() : end + 1);
      if (line == "()" && list < command.lists.size()) {
        add(Render(command.lists[list++]) + ";");
      } else {
        add(line.starts_with('=') ? line.substr(1) : line);
      }
    }
  }
  for (const Redirect& redirect : command.redirections) {
    std::string part = redirect.number;
    switch (redirect.shell_operator) {
      case ShellOperator::kRead:
        part += '<';
        break;
      case ShellOperator::kWrite:
      case ShellOperator::kClobber:
        part += '>';
        break;
      case ShellOperator::kAppend:
        part += ">>";
        break;
      case ShellOperator::kHeredoc:
      case ShellOperator::kHeredocDash:
        part += "<<";
        break;
      case ShellOperator::kDuplicateOutput:
        part += ">&";
        break;
      case ShellOperator::kDuplicateInput:
        part += "<&";
        break;
      default:
        part += "&>";
        break;
    }
    add(part + (redirect.body.empty() ? Render(redirect.target)
                                      : redirect.target.text));
  }
  return text;
}

std::string Render(const Item& item) {
  std::string text = item.negated ? "! " : "";
  if (item.timed) text += "time ";
  for (size_t i = 0; i < item.commands.size(); ++i) {
    if (i > 0) text += item.pipes[i - 1] == '&' ? " |& " : " | ";
    text += Render(item.commands[i]);
  }
  return text;
}

std::string Render(const List& list) {
  std::string text;
  for (const Item& item : list.items) {
    switch (item.join) {
      case Join::kFirst:
        break;
      case Join::kAnd:
        text += " && ";
        break;
      case Join::kOr:
        text += " || ";
        break;
      case Join::kNext:
        text += "; ";
        break;
    }
    text += Render(item);
    if (item.background) text += " &";
  }
  return text;
}

}  // namespace dfix::equivalence
