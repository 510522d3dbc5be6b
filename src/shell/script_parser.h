// The recursive-descent parser behind ParseScript: one attempt to read a script
// as one shell reads it.
//
// It reads by characters, as shells do, since what a character means depends on
// the grammar. Blanks, comments and newlines that were passed are written only
// when the next token or node begins (Begin), so that nodes end before them.
// Every function that returns bool returns false once the script is not
// understood; error() then says why, and whoever started the attempt rewinds.
// Its parts: parse_lists.cc, parse_compound.cc, parse_simple.cc,
// parse_heredocs.cc, parse_words.cc, parse_expansions.cc, parse_conditional.cc.
#ifndef DFIX_SHELL_SCRIPT_PARSER_H_
#define DFIX_SHELL_SCRIPT_PARSER_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "src/shell/characters.h"
#include "src/shell/operators.h"
#include "src/shell/script_reader.h"
#include "src/syntax/kinds.h"
#include "src/syntax/tree_builder.h"

namespace dfix {

// How a word is read.
struct WordMode {
  bool assignment = false;  // `~` after `:`; no brace expansion.
  bool pattern = false;     // In [[ ]] after == and !=: extended globs.
  bool regex = false;       // In [[ ]] after =~: parentheses and `|`.
  bool operand = false;     // In ${...}: up to `}`.
};

// How deep commands, words and expansions may nest.
inline constexpr int kDepthLimit = 200;

class ScriptParser {
 public:
  // `dialect` is the shell whose rules hold, kPosix or kBash.
  ScriptParser(TreeBuilder& builder, std::span<const TextRange> pieces,
               ShellDialect dialect)
      : builder_(builder),
        reader_(builder, pieces),
        bash_(dialect == ShellDialect::kBash),
        script_begin_(builder.end()) {}

  // Adds a Script node for everything, and the trivia around it. The node's aux
  // is `requested`; it is a bashism if that is another dialect, or if bash
  // means something else by what dash takes (`[[`, `((`, `a+=b`).
  bool ParseScriptNode(ShellDialect requested);
  // Where and why the first failure was.
  const ParseError& error() const { return error_; }

 private:
  using Position = ScriptReader::Position;

  // What the text around an expansion is.
  enum class Around { kWord, kDoubleQuotes, kHeredoc, kArithmetic };
  // What became of a `$` or a bracket.
  enum class Part { kParsed, kLiteral, kFailed };
  enum class Loop { kFor, kSelect };

  // To give up on a construct and read it in another way.
  struct Checkpoint {
    ScriptReader::Checkpoint reader;
    size_t deferred, heredocs, heredoc_base;
    int depth;
    bool failed;
  };
  Checkpoint Mark() const;
  void Rewind(const Checkpoint& mark);

  // Records what was expected, unless something failed before. Returns false.
  bool Fail(std::string_view expected);
  // Counts one level of nesting; false beyond the bound.
  bool Enter();
  void Leave() { --depth_; }

  // Tokens and trivia (parse_lists.cc).
  void SkipBlanks() {
    while (Is(reader_.Peek(), kBlank)) reader_.Advance();
  }
  void Defer(TokenKind kind);
  void FlushDeferred();
  // Writes the trivia before the next character, at which a token begins.
  void Begin() {
    if (builder_.end() == reader_.offset()) return;
    if (!deferred_.empty()) FlushDeferred();
    reader_.Emit(TokenKind::kWhitespace);
    reader_.EmitHidden();
  }
  NodeId BeginNode(NodeKind kind) {
    Begin();
    return builder_.Open(kind);
  }
  // A token of the next `count` characters.
  void Take(uint32_t count, TokenKind kind, uint16_t aux = 0);
  void TakeOperator(uint32_t count, ShellOperator shell_operator);
  void SkipComment();
  bool SkipNewlines();
  bool ConsumeNewline();

  // Reserved words (parse_lists.cc).
  ShellReservedWord PeekReserved();
  std::string_view PeekLiteralWord(std::span<char> buffer);
  bool TakeReserved(ShellReservedWord word);
  bool ExpectReserved(ShellReservedWord word, std::string_view spelling);
  bool ExpectOperator(char c, ShellOperator shell_operator);

  // Lists (parse_lists.cc).
  bool AtListEnd();
  bool AtCaseEnd();
  bool ParseStatements();
  bool ParseList(bool may_be_empty);
  bool ParseAndOr(bool* terminated);
  bool ParsePipeline();
  bool ParsePipelinePrefix(bool* prefixed);
  bool AtCommandEnd();
  // Whether a word begins here.
  bool AtWord();

  // Compound commands (parse_compound.cc).
  bool ParseCommand();
  bool ParseReservedCommand(NodeId command, ShellReservedWord word);
  bool ParseCompoundCommand(NodeId command, ShellReservedWord word);
  bool AtCompoundCommand();
  bool ParseIf();
  bool ParseWhile();
  bool ParseFor(NodeId command, Loop loop);
  bool ParseForWords();
  bool ParseArithmeticFor(NodeId command);
  bool ParseLoopBody(bool braces_allowed);
  bool ParseCase();
  bool ParseCaseItem();
  bool ParseCasePatterns();
  bool ParseBraceGroup();
  bool ParseParenthesis(NodeId command);
  bool ParseFunctionKeyword(NodeId command);
  bool ParseFunctionBody();
  bool ParseCoprocess(NodeId command);
  bool ParseTrailingRedirections();

  // Simple commands (parse_simple.cc).
  struct SimpleCommandState {
    int words = 0;
    int others = 0;          // Assignments and redirections.
    bool assigns = false;    // The command is declare, export, ...
    std::string_view name;   // The first word's text.
    std::string split_name;  // Its owner if a continuation is inside.
  };
  bool ParseSimpleCommand(NodeId command);
  bool ParseSimpleElement(SimpleCommandState& state);
  bool ParseFunctionParentheses(NodeId command, std::string_view name);
  void NoteCommandName(SimpleCommandState& state);
  std::string TextSince(Position begin);
  bool AtAssignment(bool arrays_only);
  bool ParseAssignment();
  bool ParseArrayValue();
  bool CheckSubscriptedName();
  bool SkipSubscript();
  bool AtRedirection();
  bool ParseRedirection();
  ShellOperator TakeRedirectOperator();

  // Heredocs (parse_heredocs.cc).
  struct PendingHeredoc {
    NodeId redirection;
    std::string delimiter;
    bool strips_tabs;
    bool quoted;
  };
  bool ParseHeredocDelimiter(NodeId redirection, bool strips_tabs);
  void TakeDelimiterQuotes(char quote, std::string& delimiter);
  bool ReadHeredocBodies();
  bool ReadHeredocBody(const PendingHeredoc& heredoc);
  bool OpenHeredocBody(const PendingHeredoc& heredoc);
  bool ParseHeredocText(uint32_t end, bool quoted);
  Position FindHeredocEnd(const PendingHeredoc& heredoc, bool* found);
  bool SkipDelimiterLine(const PendingHeredoc& heredoc);
  void SkipLine(bool quoted);
  bool CloseHeredocs(size_t outer_base);

  // Words (parse_words.cc).
  bool ParseWord(WordMode mode = {});
  bool ParseWordParts(WordMode mode, Position begin);
  Part ParseUnquotedPart(char c, const WordMode& mode, Position begin);
  bool WordEndsWithPiece();
  Part ParseBracket(const WordMode& mode);
  bool MayBeBrace();
  Part ParseBrace(const WordMode& mode);
  Part ParseTilde(const WordMode& mode, Position begin);
  bool MayBeTilde(const WordMode& mode, Position begin) const;
  bool AtExtendedGlob(const WordMode& mode, Position begin);
  bool ParseExtendedGlob(const WordMode& mode);
  bool HasExtglobBefore() const;
  bool ParseSingleQuoted();
  bool ParseAnsiQuoted();
  bool ParseDoubleQuoted();
  // Text with expansions: double quotes (up to `"`), a heredoc's body.
  bool ParseQuotedText(Around around);
  void TakeEscape();

  // Expansions (parse_expansions.cc).
  Part ParseDollar(Around around);
  bool ParseParameter();
  bool ParseBracedParameter(Around around);
  bool ParseBracedName();
  bool TakeExpansionOperator(bool* is_pattern);
  bool ParseOperand(Around around, bool quotes_live);
  bool ParseQuotedOperand();
  bool ParseSubscript();
  bool ParseCommandSubstitution();
  bool ParseParenthesizedScript(NodeKind kind);
  bool IsScriptAfterEscapes(Around around, Position begin, Position end);
  bool ParseBackquotes(Around around);
  bool SkipBackquotes(Around around, bool* has_escapes);
  bool ParseBackquotedList(uint32_t end);
  bool ParseDoubleParenthesis();
  bool ParseArithmeticExpansion(uint32_t open, char close);
  bool ParseArithmeticText(char open, char close, bool doubled);
  // Whether what begins after `((` ends with `))`, parentheses and quotes
  // matched; `end` is where the matching `)` ends, if there is one.
  bool IsArithmetic(std::optional<Position>* end, int* semicolons);
  bool SkipQuotes(char quote);

  // [[ ]] (parse_conditional.cc).
  bool ParseConditional(NodeId command);
  bool ParseConditionalOr();
  bool ParseConditionalAnd();
  bool ParseConditionalTerm();
  bool ParseConditionalTest();
  bool ParseConditionalWord(WordMode mode = {});
  bool AtConditionalWord();

  struct Deferred {
    TokenKind kind;
    Position end;
  };

  TreeBuilder& builder_;
  ScriptReader reader_;
  const bool bash_;
  const uint32_t script_begin_;
  bool has_bashism_ = false;
  bool failed_ = false;
  // The compound command that was read last ends with a redirection.
  bool after_redirection_ = false;
  int depth_ = 0;
  // Trivia that was passed but not written. Blanks before them, between them
  // and after them are implied.
  std::vector<Deferred> deferred_;
  // Heredocs whose bodies are still to come; those before the base belong to
  // the script around a substitution.
  std::vector<PendingHeredoc> heredocs_;
  size_t heredoc_base_ = 0;
  // Before these offsets, `[` and `{` are known to be literal, or not to be, so
  // that nothing is looked for twice.
  uint32_t no_bracket_before_ = 0;
  uint32_t no_brace_before_ = 0;
  uint32_t open_bracket_before_ = 0;
  uint32_t open_brace_before_ = 0;
  int brace_depth_ = 0;
  int glob_depth_ = 0;
  ParseError error_;
};

}  // namespace dfix

#endif  // DFIX_SHELL_SCRIPT_PARSER_H_
