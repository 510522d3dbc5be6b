#include <algorithm>
#include <string>

#include "src/dockerfile/characters.h"
#include "src/facts/container_command.h"
#include "src/facts/program_options.h"
#include "src/facts/script_facts.h"
#include "src/shell/operators.h"
#include "src/shell/views.h"
#include "src/text/one_of.h"
#include "src/text/search.h"
#include "src/transform/sink.h"
#include "src/transform/transform.h"

namespace dfix::transforms {
namespace {

// Options of wget(1) that take an argument. `-n` takes letters: `-nv`.
constexpr std::string_view kLong[] = {"--execute",
                                      "--input-file",
                                      "--base",
                                      "--config",
                                      "--tries",
                                      "--output-document",
                                      "--wait",
                                      "--timeout",
                                      "--quota",
                                      "--directory-prefix",
                                      "--user-agent",
                                      "--header",
                                      "--user",
                                      "--password",
                                      "--post-data",
                                      "--referer",
                                      "--limit-rate",
                                      "--level",
                                      "--accept",
                                      "--reject",
                                      "--domains",
                                      "--exclude-directories",
                                      "--include-directories",
                                      "--output-file",
                                      "--append-output",
                                      "--progress"};
constexpr OptionSyntax kSyntax = {"aeionBtOTwQPUDARIXl", kLong};

// With these there is no progress bar, or no download.
constexpr std::string_view kQuiet[] = {
    "-q", "--quiet",         "-o",           "--output-file",
    "-a", "--append-output", "--no-verbose", "--progress",
    "-b", "--background",    "-V",           "--version",
    "-h", "--help"};

// Repositories of images whose wget, if they have one, is GNU's. Their variants
// on Alpine say so in the tag.
constexpr std::string_view kGnuImages[] = {"almalinux",   "amazoncorretto",
                                           "amazonlinux", "buildpack-deps",
                                           "centos",      "cuda",
                                           "debian",      "eclipse-temurin",
                                           "elixir",      "erlang",
                                           "fedora",      "gcc",
                                           "golang",      "gradle",
                                           "httpd",       "ibmjava",
                                           "jenkins",     "jruby",
                                           "leap",        "mariadb",
                                           "maven",       "miniconda3",
                                           "mono",        "mongo",
                                           "mysql",       "nginx",
                                           "node",        "openjdk",
                                           "oraclelinux", "perl",
                                           "php",         "postgres",
                                           "pypy",        "python",
                                           "pytorch",     "r-base",
                                           "redis",       "rockylinux",
                                           "ruby",        "rust",
                                           "sapmachine",  "swift",
                                           "tensorflow",  "tomcat",
                                           "tumbleweed",  "ubi",
                                           "ubi8",        "ubi9",
                                           "ubuntu"};

bool IsGnuImage(std::string_view image) {
  const std::string lower = AsciiLower(image);
  for (const std::string_view other : {"alpine", "busybox", "chainguard"}) {
    if (lower.find(other) != std::string::npos) return false;
  }
  std::string_view name = lower;
  name = name.substr(0, name.find('@'));
  name = Basename(name);
  return IsOneOf(name.substr(0, name.find(':')), kGnuImages);
}

// Whether the wget at instruction `index` is GNU's: busybox's knows no
// `--progress`.
bool HasGnuWget(const Facts& facts, uint32_t index) {
  const uint32_t stage = facts.instructions()[index].stage;
  const auto base = OutsideBase(facts, stage);
  if (base && IsGnuImage(*base)) return true;
  // Images with apt have no other.
  return std::any_of(
      facts.package_commands().begin(), facts.package_commands().end(),
      [&](const PackageCommand& call) {
        return IsApt(*call.manager) &&
               facts.instructions()[call.instruction].stage == stage;
      });
}

bool IsQuiet(const Document& document, const ProgramCall& call) {
  for (const ProgramOption& option :
       ReadOptions(document, call.words, kSyntax)) {
    if (IsOneOf(option.name, kQuiet)) return true;
    if (option.name == "-n" &&
        option.argument.value_or("").find('v') != std::string::npos) {
      return true;
    }
  }
  return false;
}

// Whether the standard error of the command goes elsewhere.
bool RedirectsErrors(const Document& document, NodeId command) {
  for (const NodeId node : SimpleCommand{&document, command}.redirections()) {
    const Redirection redirection{&document, node};
    const std::string_view text = document.Text(node);
    if (redirection.number() == "2" || text.starts_with('&')) return true;
  }
  return false;
}

void Run(const Input& input, Sink& sink) {
  for (const ProgramCall& call : CallsOf(input.facts, "wget")) {
    if (call.words.size() < 2 || IsQuiet(input.document, call)) continue;
    const NodeId wget = call.words[0];
    if (RedirectsErrors(input.document, call.command)) {
      sink.LeaveAlone(wget, "its messages do not go to the build log");
    } else if (input.document.text().find("wgetrc") != std::string_view::npos) {
      sink.LeaveAlone(wget, "the build configures wget in a `wgetrc`");
    } else if (!HasGnuWget(input.facts, call.instruction)) {
      sink.LeaveAlone(wget,
                      "it may be the wget of busybox, which has no "
                      "`--progress`");
    } else {
      sink.Propose(wget, Level::kSafe,
                   "add `--progress=dot:giga`: without a terminal wget writes "
                   "a line for every 50 KB into the build log",
                   [&](ChangeWriter& change) {
                     change.InsertWordAfter(wget, "--progress=dot:giga");
                   });
    }
  }
}

}  // namespace

extern const Transform kLimitWgetProgress;
const Transform kLimitWgetProgress = {
    .id = "limit-wget-progress",
    .title = "Let wget write one line of progress for every 32 MB",
    .why =
        "Without a terminal GNU wget writes a line of dots for every 50 KB: "
        "thousands of lines in the build log for one download. With "
        "`--progress=dot:giga` a line stands for 32 MB.",
    .level = Level::kSafe,
    .phase = Phase::kContent,
    .rank = 40,
    .aliases = {"DL3047"},
    .effects = {Effect::kAddsFlag},
    .before =
        "FROM debian:12\n"
        "RUN wget https://example.org/data.zip\n",
    .after =
        "FROM debian:12\n"
        "RUN wget --progress=dot:giga https://example.org/data.zip\n",
    .left_alone =
        "Calls that are quiet (`-q`, `-nv`), write their messages to a file, "
        "or say how they show progress; the wget of busybox, which has no "
        "such option, and images that may have that one.",
    .run = Run,
};

}  // namespace dfix::transforms
