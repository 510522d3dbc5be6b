#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "src/dockerfile/instructions.h"
#include "src/facts/container_user.h"
#include "src/facts/script_facts.h"
#include "src/shell/views.h"
#include "src/shell/words.h"
#include "src/text/one_of.h"
#include "src/text/search.h"
#include "src/transform/sink.h"
#include "src/transform/transform.h"

namespace dfix::transforms {
namespace {

// Options that change nothing for root, who is never asked for a password.
constexpr std::string_view kIdle[] = {"-E",
                                      "-H",
                                      "-n",
                                      "-EH",
                                      "-HE",
                                      "-nE",
                                      "-En",
                                      "--",
                                      "--preserve-env",
                                      "--set-home",
                                      "--non-interactive"};

// Words that a shell does not look for in PATH: without `sudo` in front they
// are the shell's own and act on it.
constexpr std::string_view kOfShell[] = {
    ".",    "alias",  "bg",    "break",  "cd",     "command", "continue",
    "eval", "exec",   "exit",  "export", "fg",     "hash",    "local",
    "read", "return", "set",   "shift",  "source", "time",    "trap",
    "type", "ulimit", "umask", "unset",  "wait",   "pushd",   "popd"};

// Whether the shell takes `word` for an assignment where a command begins.
bool IsAssignment(const std::string& word) {
  const size_t equals = word.find('=');
  if (equals == std::string::npos || equals == 0) return false;
  const bool begins_with_digit = word[0] >= '0' && word[0] <= '9';
  return !begins_with_digit && word.find_first_not_of(
                                   "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopq"
                                   "rstuvwxyz0123456789_") == equals;
}

// What the words behind `sudo` are.
struct Call {
  NodeId first;  // The first word that is not an option of it.
  std::string obstacle;
};

Call ReadCall(const Document& document, const std::vector<NodeId>& words) {
  Call call{kNoNode, ""};
  size_t at = 1;
  for (; at < words.size(); ++at) {
    const auto value = ConstantValue(document, words[at]);
    if (!value || !value->starts_with('-')) break;
    if (!IsOneOf(*value, kIdle)) {
      call.obstacle = "`sudo " + *value + "` does more than to run it as root";
      return call;
    }
    if (*value == "--") {
      ++at;
      break;
    }
  }
  if (at < words.size()) call.first = words[at];
  while (at < words.size() && IsAssignment(LogicalText(document, words[at]))) {
    ++at;
  }
  if (at == words.size()) {
    call.obstacle = "it runs no command";
    return call;
  }
  const auto program = ConstantValue(document, words[at]);
  if (!program) {
    call.obstacle = "what `sudo` runs is not constant";
  } else if (IsOneOf(*program, kOfShell)) {
    call.obstacle = "`" + *program + "` would be the shell's own";
  }
  return call;
}

// Whether the file says where programs are: sudo looks elsewhere.
bool SetsPath(const Facts& facts, uint32_t stage, uint32_t run) {
  for (const uint32_t i : StageChain(facts, stage)) {
    if (i >= run) break;
    const InstructionFacts& instruction = facts.instructions()[i];
    if (instruction.kind != InstructionKind::kEnv) continue;
    for (const KeyValuePair& pair :
         Instruction(facts.document(), instruction.inner).Pairs()) {
      if (pair.key == "PATH") return true;
    }
  }
  return false;
}

// Says why calls are left alone, once for each stage and reason.
class Refusals {
 public:
  explicit Refusals(Sink& sink) : sink_(sink) {}

  void Add(uint32_t stage, NodeId word, std::string reason) {
    if (!told_.emplace(stage, reason).second) return;
    sink_.LeaveAlone(word, std::move(reason));
  }

 private:
  Sink& sink_;
  std::set<std::pair<uint32_t, std::string>> told_;
};

void Rewrite(const Input& input, Sink& sink, Refusals& refusals, uint32_t run,
             NodeId command) {
  const Facts& facts = input.facts;
  std::vector<NodeId> words;
  for (const NodeId word : SimpleCommand{&input.document, command}.words()) {
    words.push_back(word);
  }
  const auto name =
      words.empty() ? std::nullopt : ConstantValue(input.document, words[0]);
  if (!name || Basename(*name) != "sudo") return;
  const uint32_t stage = facts.instructions()[run].stage;
  if (stage == kNoStage) return;
  // A trigger runs as the user at the end of its image.
  const ContainerUser user = facts.instructions()[run].onbuild
                                 ? UserAtEnd(facts, stage)
                                 : UserBefore(facts, stage, run);
  if (user.state == ContainerUser::State::kOther) {
    return refusals.Add(stage, words[0],
                        "`" + user.user +
                            "` needs it; what needs root is better done "
                            "before USER");
  }
  if (user.state == ContainerUser::State::kUnknown) {
    return refusals.Add(stage, words[0], "who runs it is not known");
  }
  const Call call = ReadCall(input.document, words);
  if (!call.obstacle.empty()) {
    return sink.LeaveAlone(words[0], call.obstacle);
  }
  const bool sets_path = SetsPath(facts, stage, run);
  sink.Propose(words[0], sets_path ? Level::kBold : Level::kReview,
               std::string("drop `sudo`: the command runs as root anyway, and "
                           "then sees the environment of the build") +
                   (sets_path ? "; to be confirmed: PATH, which sudo does not "
                                "use, finds the same programs"
                              : ""),
               [&](ChangeWriter& change) {
                 change.RemoveWordsBefore(words[0], call.first);
               });
}

void Run(const Input& input, Sink& sink) {
  const Document& document = input.document;
  Refusals refusals(sink);
  for (uint32_t i = 0; i < input.facts.instructions().size(); ++i) {
    const InstructionFacts& run = input.facts.instructions()[i];
    if (run.kind != InstructionKind::kRun || run.script == kNoNode ||
        document.Text(run.script).find("sudo") == std::string_view::npos ||
        DefinesFunction(document, run.script, "sudo")) {
      continue;
    }
    ForEachCommand(document, run.script, [&](NodeId command) {
      Rewrite(input, sink, refusals, i, command);
    });
  }
}

}  // namespace

extern const Transform kDropSudo;
const Transform kDropSudo = {
    .id = "drop-sudo",
    .title = "Run commands without sudo where the build is root already",
    .why =
        "RUN is root's unless USER says otherwise: `sudo` changes nothing, but "
        "for an environment that it empties, and asks for a package that the "
        "image has no other use for.",
    .level = Level::kReview,
    .phase = Phase::kContent,
    .rank = 3,
    .aliases = {"DL3004"},
    .effects = {Effect::kDropsSudo},
    .before =
        "FROM debian:12\n"
        "RUN sudo apt-get update\n",
    .after =
        "FROM debian:12\n"
        "RUN apt-get update\n",
    .left_alone =
        "Where another user runs the command, or it is not known which one, "
        "options that change more than the user, and commands that would be "
        "the shell's own. With a PATH of the file's own the level is bold: "
        "sudo looks for programs elsewhere.",
    .run = Run,
};

}  // namespace dfix::transforms
