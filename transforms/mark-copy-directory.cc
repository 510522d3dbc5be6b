#include <string>

#include "src/dockerfile/instructions.h"
#include "src/transform/sink.h"
#include "src/transform/transform.h"

namespace dfix::transforms {
namespace {

// The directory that `destination` names at instruction `index`, absolute and
// without a slash at its end; empty if it cannot be told.
std::string Absolute(const Facts& facts, uint32_t index,
                     std::string_view destination) {
  if (destination.starts_with('/')) return std::string(destination);
  const auto workdir = WorkdirAt(facts, index);
  if (!workdir || !workdir->starts_with('/')) return "";
  const std::string slash = workdir->ends_with('/') ? "" : "/";
  return *workdir + slash + std::string(destination);
}

// Whether the destination is a directory in any case: a slash changes nothing.
bool IsDirectory(const Facts& facts, uint32_t index, std::string_view path) {
  if (path == "." || path == ".." || path.ends_with("/.") ||
      path.ends_with("/..")) {
    return true;
  }
  const auto workdir = WorkdirAt(facts, index);
  const std::string absolute = Absolute(facts, index, path);
  return workdir && !absolute.empty() && IsInside(*workdir, absolute);
}

std::string WithSlash(std::string_view word) {
  const size_t end = word.find_last_not_of("\"'") + 1;
  return std::string(word.substr(0, end)) + '/' + std::string(word.substr(end));
}

void Rewrite(const Input& input, uint32_t index, Sink& sink) {
  const InstructionFacts& facts = input.facts.instructions()[index];
  const Instruction copy(input.document, facts.inner);
  const std::vector<NodeId> nodes = copy.ArgumentNodes();
  if (nodes.size() < 3) return;
  std::string destination = copy.Arguments().back();
  std::erase_if(destination, [](char c) { return c == '"' || c == '\''; });
  if (destination.empty() || destination.ends_with('/') ||
      destination.ends_with('\\')) {
    return;
  }
  if (destination.find('$') != std::string::npos &&
      destination.find_first_of(".-/", destination.rfind('$')) ==
          std::string::npos) {
    return sink.LeaveAlone(facts.node, "`" + destination +
                                           "` may end with a slash, by the "
                                           "value of its variable");
  }
  const bool directory = IsDirectory(input.facts, index, destination);
  std::string message =
      "end the destination with `/`: several sources need a directory";
  if (!directory) message += "; if there is none, each would replace the last";
  sink.Propose(facts.node, directory ? Level::kSafe : Level::kReview,
               std::move(message), [&](ChangeWriter& change) {
                 change.ReplaceWord(
                     nodes.back(),
                     WithSlash(input.document.Text(nodes.back())));
               });
}

void Run(const Input& input, Sink& sink) {
  for (uint32_t i = 0; i < input.facts.instructions().size(); ++i) {
    const InstructionKind kind = input.facts.instructions()[i].kind;
    if (kind == InstructionKind::kCopy || kind == InstructionKind::kAdd) {
      Rewrite(input, i, sink);
    }
  }
}

}  // namespace

extern const Transform kMarkCopyDirectory;
const Transform kMarkCopyDirectory = {
    .id = "mark-copy-directory",
    .title = "End the destination of several sources with a slash",
    .why =
        "A COPY of several sources needs a directory to put them in, and only "
        "a slash at the end says that it is one. Without it Docker's classic "
        "builder refuses to build, and BuildKit may write one file over the "
        "other.",
    .level = Level::kSafe,
    .phase = Phase::kContent,
    .rank = 5,
    .aliases = {"DL3021"},
    .effects = {Effect::kMarksDirectory},
    .before =
        "FROM node:20\n"
        "WORKDIR /app\n"
        "COPY package.json package-lock.json .\n",
    .after =
        "FROM node:20\n"
        "WORKDIR /app\n"
        "COPY package.json package-lock.json ./\n",
    .left_alone =
        "Destinations that end with a variable. Level safe where the "
        "destination is the working directory or above it, else review.",
    .run = Run,
};

}  // namespace dfix::transforms
