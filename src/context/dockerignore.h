// What `.dockerignore` keeps from the builder, by Docker's own rules
// (moby/patternmatcher and its ignorefile, and how BuildKit's fsutil walks a
// folder with them), which are not those of `.gitignore`.
#ifndef DFIX_CONTEXT_DOCKERIGNORE_H_
#define DFIX_CONTEXT_DOCKERIGNORE_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace dfix {

// One line that is a pattern, ready to be matched.
struct IgnoreRule {
  enum class Match : uint8_t { kExact, kPrefix, kSuffix, kItems };
  // A part of a pattern with wildcards, in the order of the text it matches.
  struct Item {
    enum class Kind : uint8_t {
      kCharacter,  // `code`
      kAnyOne,     // `?`: any but `/`.
      kAnyName,    // `*`: any number of those.
      kFolders,    // `**/`: nothing, or all up to some `/`.
      kAnything,   // `**` at the end.
      kClass,      // `[a-z]`: one of `ranges`, or none of them.
      kBegin,      // `^`, which Docker hands to its regular expressions.
    };
    struct Range {
      char32_t low;
      char32_t high;
    };
    Kind kind;
    char32_t code = 0;
    bool negated = false;
    std::vector<Range> ranges = {};
  };

  std::string pattern;  // Clean, without `!`.
  bool is_exception;    // `!`: what matches is sent after all.
  uint32_t line;        // From one.
  Match match;
  std::vector<Item> items;

  // Whether the pattern alone matches this path, not one of its folders.
  bool Matches(std::string_view path) const;
};

class DockerIgnore {
 public:
  DockerIgnore() = default;
  // Reads a file's text. Never fails: see problem().
  explicit DockerIgnore(std::string_view text);

  // Why the rules cannot be told, with the line: Docker refuses the file, or a
  // pattern means something to its regular expressions alone. Then they are
  // not to be relied on. Empty if there is nothing of the kind.
  const std::string& problem() const { return problem_; }
  const std::vector<IgnoreRule>& rules() const { return rules_; }

  // Which rules match a folder, for what is in it.
  using FolderMatch = std::vector<bool>;
  // Whether the file or folder `path` (clean, relative to the context) is kept
  // away, where `parent` is what came of its folder: empty at the top. `own`,
  // if given, becomes the same for what is in `path`.
  bool Excludes(std::string_view path, const FolderMatch& parent,
                FolderMatch* own) const;
  // The same, for a path on its own.
  bool Excludes(std::string_view path) const;

 private:
  void AddLine(std::string_view line, uint32_t number);
  void Complain(uint32_t line, std::string_view what);

  std::vector<IgnoreRule> rules_;
  std::string problem_;
};

}  // namespace dfix

#endif  // DFIX_CONTEXT_DOCKERIGNORE_H_
