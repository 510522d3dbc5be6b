#include "src/facts/context_uses.h"

#include <algorithm>
#include <cctype>

#include "src/dockerfile/parser.h"
#include "src/facts/copy_step.h"
#include "src/shell/words.h"
#include "src/text/search.h"

namespace dfix {
namespace {

constexpr size_t kMostDockerfiles = 5000;

bool IsPathCharacter(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '.' ||
         c == '_' || c == '-' || c == '~';
}

bool IsDockerfileName(std::string_view name) {
  return !name.ends_with(".dockerignore") &&
         (name.starts_with("Dockerfile") || name.ends_with(".Dockerfile") ||
          name.starts_with("Containerfile"));
}

bool HasGlobToken(const Document& document, NodeId word) {
  for (const TokenId token : document.Tokens(word)) {
    if (document.kind(token) == TokenKind::kGlob) return true;
  }
  return false;
}

// Adds the parts of `word`, a path, that the shell looks for by a pattern. `*`
// alone names nothing.
void AddGlobs(std::string word, const std::string& path, NamedBy& globs) {
  std::erase_if(word, [](char c) { return c == '"' || c == '\''; });
  for (size_t begin = 0; begin <= word.size();) {
    const size_t end = std::min(word.find('/', begin), word.size());
    const std::string part = word.substr(begin, end - begin);
    const bool names = std::any_of(part.begin(), part.end(), [](char c) {
      return std::isalnum(static_cast<unsigned char>(c)) != 0;
    });
    if (names && part.find_first_of("*?[") != std::string::npos) {
      globs.emplace(part, path);
    }
    begin = end + 1;
  }
}

void AddGlobsOf(const Document& document, NodeId script,
                const std::string& path, NamedBy& globs) {
  const uint32_t end = document.node(script).end_node;
  for (uint32_t i = Index(script); i < end; ++i) {
    if (document.kind(NodeId{i}) == NodeKind::kWord &&
        HasGlobToken(document, NodeId{i})) {
      AddGlobs(LogicalText(document, NodeId{i}), path, globs);
    }
  }
}

void AddWords(std::string_view text, const std::string& path, NamedBy& words) {
  ForEachPathPart(text, [&](std::string_view part) {
    if (!words.contains(part)) words.emplace(part, path);
  });
}

// Whether what the instruction names are no files of the context.
bool SaysWhere(InstructionKind kind) {
  return kind == InstructionKind::kFrom || kind == InstructionKind::kLabel ||
         kind == InstructionKind::kWorkdir;
}

}  // namespace

void ForEachPathPart(std::string_view text,
                     const std::function<void(std::string_view)>& visit) {
  for (size_t at = 0; at < text.size();) {
    if (!IsPathCharacter(text[at])) {
      ++at;
      continue;
    }
    size_t end = at;
    while (end < text.size() && IsPathCharacter(text[end])) ++end;
    visit(text.substr(at, end - at));
    at = end;
  }
}

void AddUses(const Facts& facts, const std::string& path, ContextUses& uses) {
  const Document& document = facts.document();
  for (uint32_t i = 0; i < facts.instructions().size(); ++i) {
    const InstructionFacts& instruction = facts.instructions()[i];
    // Comments in a script count, too: they cost nothing here.
    const std::string_view text = document.Text(instruction.node);
    if (const auto step = CopyStepAt(facts, i)) {
      if (!step->from_context) continue;
      if (!step->problem.empty()) AddWords(text, path, uses.words);
      for (const std::string& source : step->sources) {
        uses.sources.emplace(source, path);
      }
    } else if (!SaysWhere(instruction.kind)) {
      AddWords(text, path, uses.words);
      if (instruction.script != kNoNode) {
        AddGlobsOf(document, instruction.script, path, uses.globs);
      }
    }
  }
}

std::shared_ptr<const ContextUses> UsesOfDockerfiles(
    const BuildContext& context) {
  return context.answers().Get<ContextUses>("uses of Dockerfiles", [&] {
    ContextUses uses;
    size_t count = 0;
    for (const ContextEntry& entry : context.entries()) {
      if (!IsDockerfileName(Basename(entry.path))) continue;
      uses.too_many = ++count > kMostDockerfiles;
      if (uses.too_many) break;
      const auto text = context.Read(entry.path);
      if (!text) continue;
      const Document document = ParseDockerfile(*text);
      AddUses(Facts(document), entry.path, uses);
    }
    return uses;
  });
}

}  // namespace dfix
