#include <string>
#include <vector>

#include "src/facts/clutter.h"
#include "src/facts/copy_step.h"
#include "src/transform/sink.h"
#include "src/transform/transform.h"

namespace dfix::transforms {
namespace {

constexpr size_t kMostNamed = 4;

// The first instruction that copies a folder of the context, or kNoNode.
NodeId FirstWideCopy(const Input& input) {
  for (uint32_t i = 0; i < input.facts.instructions().size(); ++i) {
    const auto step = CopyStepAt(input.facts, i);
    if (!step) continue;
    const auto parts = CopiedParts(*step, *input.context);
    if (!parts) continue;
    for (const CopiedPart& part : *parts) {
      if (part.is_folder) return input.facts.instructions()[i].node;
    }
  }
  return kNoNode;
}

// "`a`, `b` and 3 more"
std::string List(const std::vector<std::string>& patterns) {
  std::string out;
  for (size_t i = 0; i < patterns.size() && i < kMostNamed; ++i) {
    out += (i == 0 ? "`" : ", `") + patterns[i] + '`';
  }
  if (patterns.size() <= kMostNamed) return out;
  return out + " and " + std::to_string(patterns.size() - kMostNamed) + " more";
}

void Propose(NodeId anchor, Level level,
             const std::vector<std::string>& patterns, const std::string& why,
             const Input& input, Sink& sink) {
  if (patterns.empty()) return;
  const bool is_new = !input.context->ignore_text();
  sink.Propose(
      anchor, level,
      (is_new ? "write `.dockerignore` with " : "add to the ignore file ") +
          List(patterns) + ": " + why,
      [&](ChangeWriter& change) {
        for (const std::string& pattern : patterns) {
          change.AddIgnoreLine(pattern);
        }
      });
}

void Run(const Input& input, Sink& sink) {
  if (input.context == nullptr) return;
  const NodeId anchor = FirstWideCopy(input);
  if (anchor == kNoNode) return;
  if (!input.context->ignore().problem().empty()) {
    return sink.LeaveAlone(
        anchor, "of the ignore file, " + input.context->ignore().problem());
  }
  const std::vector<Clutter> clutter = FindClutter(input.facts, *input.context);
  if (clutter.empty()) return;
  if (input.context->origin() == ContextOrigin::kGuessed) {
    return sink.LeaveAlone(
        anchor, "the build context is not known; `--context` names it");
  }
  std::vector<std::string> plain;
  std::vector<std::string> secret;
  bool is_worth_a_file = input.context->ignore_text().has_value();
  for (const Clutter& each : clutter) {
    if (!each.problem.empty()) {
      sink.LeaveAlone(
          anchor, "`" + each.pattern + "` is sent as before: " + each.problem);
      continue;
    }
    (each.kind == ClutterKind::kSecret ? secret : plain)
        .push_back(each.pattern);
    is_worth_a_file |= each.kind != ClutterKind::kBuildFile;
  }
  if (plain.empty() && secret.empty()) return;
  if (!is_worth_a_file) {
    return sink.LeaveAlone(anchor, "nothing but " + List(plain) +
                                       " would be kept out, which is not worth "
                                       "a file of its own");
  }
  Propose(anchor, Level::kReview, plain,
          "the image does not need it, and each change to it repeats the steps "
          "below",
          input, sink);
  Propose(anchor, Level::kBold, secret,
          "what is secret does not belong into an image; does the program read "
          "it there?",
          input, sink);
}

}  // namespace

extern const Transform kWriteDockerignore;
const Transform kWriteDockerignore = {
    .id = "write-dockerignore",
    .title = "Keep out of the image what no build needs",
    .why =
        "`COPY . .` copies all of the build context: the history of version "
        "control, caches, `node_modules` made for another system, keys. That "
        "makes images large, sends secrets along, and repeats the build "
        "whenever one of these files changes. The ignore file gets a line for "
        "each kind that is really there; what is in it stays as it is. Lines "
        "for files such as `.env` and `*.pem` are at level bold, since a "
        "program may read them in the image.",
    .level = Level::kReview,
    .phase = Phase::kStructure,
    .rank = 80,
    .aliases = {},
    .effects = {},
    .before =
        "FROM node:20\n"
        "WORKDIR /app\n"
        "COPY . .\n"
        "RUN npm ci\n",
    .after =
        "FROM node:20\n"
        "WORKDIR /app\n"
        "COPY . .\n"
        "RUN npm ci\n",
    .left_alone =
        "Whatever a COPY or ADD, a command, a manifest or another Dockerfile "
        "of the context names; version control that a build asks for the "
        "version; what a rule with `!` sends; contexts that are not known "
        "for certain.",
    .example_files =
        ".git/\n"
        "node_modules/\n"
        "package-lock.json\n"
        "package.json\n"
        "src/server.js\n",
    .example_ignore =
        ".git\n"
        "node_modules\n",
    .run = Run,
};

}  // namespace dfix::transforms
