#include <algorithm>
#include <string>
#include <vector>

#include "src/dockerfile/instructions.h"
#include "src/facts/manifest_move.h"
#include "src/facts/parted_install.h"
#include "src/transform/sink.h"
#include "src/transform/transform.h"

namespace dfix::transforms {
namespace {

std::string Message(const ManifestMove& move) {
  const ManifestInstall& last = move.installs.back();
  std::string out =
      "copy what the install reads, install, then copy the rest: a change of "
      "the code does not install everything anew";
  const bool by_name = std::all_of(
      move.installs.begin(), move.installs.end(),
      [](const ManifestInstall& install) { return install.run.by_name; });
  if (by_name) {
    out =
        "install first, then copy: the install needs nothing of what is "
        "copied, "
        "and a change of the code does not repeat it";
  }
  if (last.is_download) {
    out =
        "download the modules in a step of its own, before the code is copied: "
        "a change of the code does not download them anew";
  }
  if (last.run.rest != kNoNode) {
    out += "; what needs the code becomes a RUN of its own";
  }
  if (!move.ignored.empty()) {
    out += "; `" + move.ignored.front() +
           "` is ignored, or that of this machine would replace what was "
           "installed";
  }
  if (move.is_explained) {
    out += "; does the comment above the COPY still hold?";
  } else if (move.level == Level::kBold && !by_name) {
    out += "; is that all it reads? the build context is not known";
  }
  return out;
}

void Write(const ManifestMove& move, const Input& input, ChangeWriter& change) {
  const auto node = [&](uint32_t i) {
    return input.facts.instructions()[i].node;
  };
  std::vector<MovedInstruction> moved;
  for (const SunkCopy& copy : move.copies) {
    moved.push_back({node(copy.instruction)});
    if (copy.destination.empty()) continue;
    moved.back().word = Instruction(input.document, node(copy.instruction))
                            .ArgumentNodes()
                            .back();
    moved.back().text = copy.destination;
  }
  const ManifestInstall& last = move.installs.back();
  for (const ManifestInstall& install : move.installs) {
    if (install.is_download) continue;
    change.InsertInstructionsBefore(node(install.instruction), install.lines);
  }
  if (last.is_download) {
    change.MoveInstructionsBefore(moved, node(last.instruction), last.lines);
  } else {
    change.MoveInstructionsAfter(moved, node(last.instruction), last.run.rest,
                                 last.run.rest_prefix);
  }
  for (const std::string& line : move.ignored) change.AddIgnoreLine(line);
}

// Parts installs that write an autoloader for the code; the next round moves
// what has no need of it. Whether there is one.
bool Part(const Input& input, Sink& sink) {
  const auto found = FindPartedInstalls(input.facts, input.context);
  for (const PartedInstall& parted : found) {
    sink.Propose(
        parted.verb_word, Level::kReview,
        "`" + parted.command +
            "` writes the autoloader and runs the scripts that need the code, "
            "so that the download can come before it",
        [&](ChangeWriter& change) {
          change.InsertWordAfter(parted.verb_word, parted.options);
          if (parted.next == kNoNode) {
            change.AppendCommand(parted.and_or, Join::kAnd, parted.command);
          } else {
            change.PrependCommand(parted.next, parted.command);
          }
        });
  }
  return !found.empty();
}

void Run(const Input& input, Sink& sink) {
  const BuildContext* context = input.context;
  if (context != nullptr && !context->ignore().problem().empty()) return;
  if (Part(input, sink)) return;
  const ManifestMoves found = FindManifestMoves(input.facts, context);
  for (const ManifestMove& move : found.moves) {
    const NodeId anchor =
        input.facts.instructions()[move.copies.front().instruction].node;
    sink.Propose(anchor, move.level, Message(move),
                 [&](ChangeWriter& change) { Write(move, input, change); });
  }
  for (const ManifestRefusal& refusal : found.refusals) {
    sink.LeaveAlone(input.facts.instructions()[refusal.instruction].node,
                    refusal.reason);
  }
}

}  // namespace

extern const Transform kCopyManifestsFirst;
const Transform kCopyManifestsFirst = {
    .id = "copy-manifests-first",
    .title = "Install dependencies before the code is copied",
    .why =
        "After `COPY . .` every edit of the code makes the build cache useless "
        "for the steps below, so that all dependencies are downloaded and "
        "installed again. What an install reads is known: the manifests and "
        "lock files that it names, and what those name. They are copied first, "
        "the install follows, and then comes the COPY of everything. Steps in "
        "between that are known not to need the code stay above it, and a RUN "
        "that installs and then builds becomes two. Packages that a command "
        "names itself (`apt-get install git`) are installed before, too.",
    .level = Level::kSafe,
    .phase = Phase::kStructure,
    .rank = 5,
    .aliases = {},
    .effects = {Effect::kMovesCopies, Effect::kPartsInstall},
    .before =
        "FROM python:3.12\n"
        "WORKDIR /srv\n"
        "COPY . .\n"
        "RUN pip install -r requirements.txt\n",
    .after =
        "FROM python:3.12\n"
        "WORKDIR /srv\n"
        "COPY requirements.txt ./\n"
        "RUN pip install -r requirements.txt\n"
        "COPY . .\n",
    .left_alone =
        "Installs that read the code: the project itself, local packages, "
        "scripts of packages, manifests that are programs and may read files; "
        "steps in between that may need the code or alter it; builds that "
        "download on the way (cargo, Maven, Gradle, sbt); host files such as "
        "`node_modules` that would land on what was installed and cannot be "
        "ignored. Without a build context only what a command names itself "
        "(`-r requirements.txt`, `npm ci`) is changed, at level bold, and "
        "installs "
        "of packages that the command names, at level review.",
    .run = Run,
};

}  // namespace dfix::transforms
