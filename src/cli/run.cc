#include "src/cli/run.h"

#include <fcntl.h>
#include <unistd.h>

#include <csignal>
#include <utility>

#include "generated/version.h"
#include "src/cli/dump_command.h"
#include "src/cli/file_io.h"
#include "src/cli/fix_command.h"
#include "src/cli/options.h"
#include "src/cli/output.h"
#include "src/cli/selection.h"
#include "src/cli/verify_command.h"
#include "src/report/rules.h"
#include "src/transform/registry.h"

namespace dfix {
namespace {

int RunVersion(const Options& options, Streams& streams) {
  const std::string version(kVersion);
  streams.out.Write(options.json ? "{\"version\": \"" + version + "\"}\n"
                                 : "dfix " + version + '\n');
  return kExitClean;
}

int RunRules(const Options& options, Streams& streams) {
  const auto transforms = TransformsInOrder();
  streams.out.Write(options.json ? TransformsAsJson(transforms)
                                 : ListTransforms(transforms));
  return kExitClean;
}

int RunExplain(const Options& options, Streams& streams) {
  const Result<const Transform*> transform =
      TransformByName(options.explain_id);
  if (!transform) {
    streams.Complain(transform.error().message);
    return kExitError;
  }
  streams.out.Write(ExplainTransform(**transform));
  return kExitClean;
}

int RunCommand(const Options& options, Streams& streams) {
  switch (options.command) {
    case Command::kFix:
      return RunFix(options, streams);
    case Command::kDump:
      return RunDump(options, streams);
    case Command::kExplain:
      return RunExplain(options, streams);
    case Command::kRules:
      return RunRules(options, streams);
    case Command::kVerify:
      return RunVerify(options, streams);
    case Command::kVerifyProbe:
      return RunVerifyProbe(options, streams);
    case Command::kVersion:
      return RunVersion(options, streams);
  }
  return kExitError;
}

// Runs the command and puts what it prints into the file of `--output`, which
// may be one that the command reads.
int RunIntoFile(const Options& options, Streams& streams) {
  const Output standard = std::exchange(streams.out, Output::InMemory());
  const int status = RunCommand(options, streams);
  const std::string text = streams.out.TakeText();
  streams.out = standard;
  const Result<Done> done = WriteFile(options.output, text);
  if (done) return status;
  streams.Complain(options.output + ": " + done.error().message);
  return kExitError;
}

int ParseAndRun(const std::vector<std::string>& arguments, Streams& streams) {
  Options version;
  if (arguments == std::vector<std::string>{"--version"}) {
    return RunVersion(version, streams);
  }
  const ParsedCommandLine parsed = ParseCommandLine(arguments);
  if (!parsed.finished && !parsed.options.output.empty()) {
    return RunIntoFile(parsed.options, streams);
  }
  if (!parsed.finished) return RunCommand(parsed.options, streams);
  streams.out.Write(parsed.finished->out);
  streams.error.Write(parsed.finished->error);
  return parsed.finished->status;
}

// A file that is opened must not become one of the three standard streams.
void OpenStandardStreams() {
  while (true) {
    const int descriptor = open("/dev/null", O_RDWR);
    if (descriptor > STDERR_FILENO) close(descriptor);
    if (descriptor < 0 || descriptor > STDERR_FILENO) return;
  }
}

}  // namespace

int Run(const std::vector<std::string>& arguments) {
  OpenStandardStreams();
  std::signal(SIGPIPE, SIG_IGN);
  Streams streams = {Output(STDOUT_FILENO), Output(STDERR_FILENO)};
  int status = ParseAndRun(arguments, streams);
  streams.out.Flush();
  if (!streams.out.failure().empty()) {
    streams.Complain("standard output: " + streams.out.failure());
    status = kExitError;
  }
  streams.error.Flush();
  if (streams.out.reader_gone()) {
    // Ends as programs do that know nothing of broken pipes.
    std::signal(SIGPIPE, SIG_DFL);
    std::raise(SIGPIPE);
  }
  return status;
}

}  // namespace dfix
