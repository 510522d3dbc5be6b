#include <string>

#include "src/facts/script_facts.h"
#include "src/shell/words.h"
#include "src/transform/package_options.h"
#include "src/transform/sink.h"
#include "src/transform/transform.h"

namespace dfix::transforms {
namespace {

// Verbs that mean the same to apt and apt-get.
constexpr std::string_view kSameVerbs[] = {
    "update", "install",   "remove",    "purge",  "autoremove",
    "clean",  "autoclean", "build-dep", "source", "download"};

bool IsSameVerb(std::string_view verb) {
  for (const std::string_view same : kSameVerbs) {
    if (same == verb) return true;
  }
  return false;
}

// Whether another command reads the output: not last in its pipeline.
bool IsRead(const Document& document, NodeId command) {
  const NodeId pipeline = document.Parent(command);
  return document.node(command).end_node != document.node(pipeline).end_node;
}

void Rewrite(const Input& input, Sink& sink, const PackageCommand& call) {
  const Document& document = input.document;
  const auto verb = call.verb_word == kNoNode
                        ? std::nullopt
                        : ConstantValue(document, call.verb_word);
  if (!verb) {
    return sink.LeaveAlone(call.program, "what `apt` is to do is not constant");
  }
  if (IsRead(document, call.command)) {
    return sink.LeaveAlone(call.program,
                           "its output is read, and `apt-get` prints another");
  }
  std::string new_verb;
  std::string option;
  if (*verb == "full-upgrade") {
    new_verb = "dist-upgrade";
  } else if (*verb == "upgrade") {
    option = "--with-new-pkgs";
  } else if (*verb == "reinstall") {
    new_verb = "install";
    option = "--reinstall";
  } else if (!IsSameVerb(*verb)) {
    return sink.LeaveAlone(
        call.program, "`apt " + *verb + "` has no exact equal in `apt-get`");
  }
  const std::string program =
      ConstantValue(document, call.program).value_or("apt") + "-get";
  std::string message =
      "use `apt-get`: the command line of `apt` is for "
      "people and may change between releases";
  sink.Propose(call.program, Level::kSafe, std::move(message),
               [&](ChangeWriter& change) {
                 change.ReplaceWord(call.program, program);
                 if (!new_verb.empty()) {
                   change.ReplaceWord(call.verb_word, new_verb);
                 }
                 if (!option.empty()) {
                   change.InsertWordAfter(call.verb_word, option);
                 }
               });
}

void Run(const Input& input, Sink& sink) {
  LeaveAptStringsAlone(input, sink);
  for (const PackageCommand& call : input.facts.package_commands()) {
    if (call.manager->name == "apt") Rewrite(input, sink, call);
  }
}

}  // namespace

extern const Transform kUseAptGet;
const Transform kUseAptGet = {
    .id = "use-apt-get",
    .title = "Call `apt-get` instead of `apt` in scripts",
    .why =
        "`apt` is made for people at a terminal: it warns that its command "
        "line is not stable and prints progress bars into build logs. "
        "`apt-get` does the same work with an interface that does not "
        "change.",
    .level = Level::kSafe,
    .phase = Phase::kContent,
    .rank = 10,
    .aliases = {"DL3027"},
    .effects = {Effect::kReplacesProgram},
    .before =
        "FROM debian:12\n"
        "RUN apt update && apt install -y curl\n",
    .after =
        "FROM debian:12\n"
        "RUN apt-get update && apt-get install -y curl\n",
    .left_alone =
        "`apt list`, `apt show` and other verbs whose output or "
        "meaning differs in `apt-get`; calls inside strings.",
    .run = Run,
};

}  // namespace dfix::transforms
