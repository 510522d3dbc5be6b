#include <algorithm>
#include <optional>
#include <string>

#include "src/dockerfile/characters.h"
#include "src/dockerfile/instructions.h"
#include "src/transform/sink.h"
#include "src/transform/transform.h"

namespace dfix::transforms {
namespace {

// Names of what ADD may unpack, and of compressed files, in lower case.
constexpr std::string_view kArchives[] = {
    ".tar", ".z",    ".bz",  ".bz2", ".gz",  ".lz",  ".lzma", ".taz", ".tb2",
    ".tbz", ".tbz2", ".tgz", ".tlz", ".tpz", ".txz", ".tzst", ".xz",  ".zst"};

constexpr std::string_view kSharedFlags[] = {"--chown", "--chmod", "--link",
                                             "--exclude"};

bool IsArchive(std::string_view name) {
  const std::string lower = AsciiLower(name);
  return std::any_of(
      std::begin(kArchives), std::end(kArchives),
      [&](std::string_view ending) { return lower.ends_with(ending); });
}

std::string_view WithoutQuotes(std::string_view word) {
  const size_t begin = word.find_first_not_of("\"'");
  if (begin == std::string_view::npos) return {};
  return word.substr(begin, word.find_last_not_of("\"'") + 1 - begin);
}

// What ADD does with a source.
enum class Source : uint8_t {
  kCopied,   // It copies it, for certain.
  kFile,     // It copies it unless it is a tar archive by another name.
  kSpecial,  // It downloads or unpacks it: what ADD is for.
  kPattern,  // That depends on what a pattern matches,
  kUnknown,  // or on what variables are.
};

// Where the part of `name` begins that its end is constant from: after the last
// wildcard or variable.
size_t ConstantEnd(std::string_view name) {
  const size_t wildcard = name.find_last_of("*?]");
  const size_t variable = name.rfind('$');
  size_t end = wildcard == std::string_view::npos ? 0 : wildcard + 1;
  if (variable != std::string_view::npos) {
    size_t after = variable + 1;
    if (name.substr(after).starts_with('{')) {
      after = name.find('}', after);
    } else {
      after = name.find_first_of(".-/", after);
    }
    end = std::max(end, std::min(after, name.size()));
  }
  return end;
}

Source KindOf(std::string_view word) {
  const std::string_view name = WithoutQuotes(word);
  if (name.starts_with("<<")) return Source::kCopied;
  // A URL, or `git@host:path`.
  const std::string_view start = name.substr(0, name.find('$'));
  if (start.find(':') != std::string_view::npos && !name.starts_with("./")) {
    return Source::kSpecial;
  }
  if (IsArchive(name)) return Source::kSpecial;
  const bool has_variable = name.find('$') != std::string_view::npos;
  const bool has_wildcard = name.find_first_of("*?[") != std::string_view::npos;
  if (name.starts_with('$')) return Source::kUnknown;
  if (has_variable || has_wildcard) {
    // `lib-*.jar` names no archive; `lib*` may.
    const std::string_view ending = name.substr(ConstantEnd(name));
    const size_t dot = ending.rfind('.');
    if (dot == std::string_view::npos || dot + 1 == ending.size()) {
      return has_variable ? Source::kUnknown : Source::kPattern;
    }
    return Source::kFile;
  }
  if (name == "." || name == ".." || name.ends_with('/')) {
    return Source::kCopied;
  }
  return Source::kFile;
}

// Whether a flag stands here that only ADD knows.
bool HasOwnFlag(const Instruction& add) {
  for (const InstructionFlag& flag : add.Flags()) {
    if (std::find(std::begin(kSharedFlags), std::end(kSharedFlags),
                  flag.name) == std::end(kSharedFlags)) {
      return true;
    }
  }
  return false;
}

void Rewrite(const Instruction& add, NodeId anchor, Sink& sink) {
  std::vector<std::string> arguments = add.Arguments();
  if (arguments.size() < 2 || HasOwnFlag(add)) return;
  arguments.pop_back();
  const std::string* file = nullptr;
  for (const std::string& source : arguments) {
    switch (KindOf(source)) {
      case Source::kSpecial:
        return;
      case Source::kPattern:
        return sink.LeaveAlone(
            anchor, "`" + source + "` may match an archive, which ADD unpacks");
      case Source::kUnknown:
        return sink.LeaveAlone(anchor, "`" + source +
                                           "` may be a URL or an archive, "
                                           "which ADD downloads or unpacks");
      case Source::kFile:
        if (file == nullptr) file = &source;
        break;
      case Source::kCopied:
        break;
    }
  }
  std::string message =
      "use COPY: ADD also downloads and unpacks, and nothing here asks for it";
  if (file != nullptr) {
    message +=
        "; make sure that `" + *file + "` is no tar archive by another name";
  }
  sink.Propose(anchor, file == nullptr ? Level::kSafe : Level::kReview,
               std::move(message), [&](ChangeWriter& change) {
                 change.ReplaceKeyword(add.id(), "COPY");
               });
}

void Run(const Input& input, Sink& sink) {
  for (const InstructionFacts& facts : input.facts.instructions()) {
    if (facts.kind != InstructionKind::kAdd) continue;
    Rewrite(Instruction(input.document, facts.inner), facts.node, sink);
  }
}

}  // namespace

extern const Transform kUseCopy;
const Transform kUseCopy = {
    .id = "use-copy",
    .title = "Use COPY for files and folders of the build context",
    .why =
        "ADD downloads URLs, clones repositories and unpacks tar archives, so "
        "a reader has to find out which of that happens. COPY only copies.",
    .level = Level::kSafe,
    .phase = Phase::kContent,
    .rank = 5,
    .aliases = {"DL3020"},
    .effects = {Effect::kUsesCopy},
    .before =
        "FROM debian:12\n"
        "ADD . /srv/app/\n",
    .after =
        "FROM debian:12\n"
        "COPY . /srv/app/\n",
    .left_alone =
        "URLs, repositories, archives, and whatever a variable or a pattern "
        "may make one of these; `--checksum` and other flags that only ADD "
        "has. ADD goes by content: it unpacks a tar archive of any name, "
        "therefore files are level review, folders (`.`, `src/`) safe.",
    .run = Run,
};

}  // namespace dfix::transforms
