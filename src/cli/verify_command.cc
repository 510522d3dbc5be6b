#include "src/cli/verify_command.h"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "src/cli/configuration.h"
#include "src/cli/file_io.h"
#include "src/cli/find_context.h"
#include "src/cli/paths.h"
#include "src/dockerfile/parser.h"
#include "src/facts/facts.h"
#include "src/verify/engine_json.h"
#include "src/verify/probe.h"
#include "src/verify/process.h"
#include "src/verify/verification_report.h"
#include "src/verify/verify.h"

namespace dfix {
namespace {

// One line on a terminal that is written anew each time; on anything else, if
// it is wanted, a line for each new thing.
class ProgressLine {
 public:
  ProgressLine(const Options& options, Output& output)
      : output_(output),
        on_terminal_(output.is_terminal() && !options.quiet),
        in_lines_(!on_terminal_ && options.verbose) {}

  void Show(const std::string& path, const std::string& doing) {
    using std::chrono::steady_clock;
    const steady_clock::time_point now = steady_clock::now();
    const bool is_new = doing != doing_;
    if (is_new) since_ = now;
    doing_ = doing;
    const auto seconds =
        std::chrono::duration_cast<std::chrono::seconds>(now - since_).count();
    if (on_terminal_ && (is_new || seconds != seconds_)) {
      const std::string time =
          seconds > 0 ? " (" + std::to_string(seconds) + " s)" : "";
      output_.Write("\r\033[K" + Cut(path + ": " + doing, 70) + time);
    } else if (in_lines_ && is_new) {
      output_.Write(path + ": " + doing + '\n');
      output_.Flush();
    }
    seconds_ = seconds;
  }

  void Clear() {
    if (on_terminal_) output_.Write("\r\033[K");
    doing_.clear();
  }

 private:
  static std::string Cut(std::string text, size_t width) {
    std::replace_if(
        text.begin(), text.end(),
        [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
    if (text.size() > width) text = text.substr(0, width - 3) + "...";
    return text;
  }

  Output& output_;
  bool on_terminal_;
  bool in_lines_;
  std::string doing_;
  std::chrono::steady_clock::time_point since_;
  int64_t seconds_ = 0;
};

Verification Unreadable(const std::string& path, const Error& error) {
  Verification result;
  result.path = path;
  result.error = error.message;
  return result;
}

// The file at each of the levels that were asked for.
std::vector<Verification> VerifyPath(const std::string& path,
                                     const Options& options,
                                     Configurations& configurations,
                                     ContextFinder& contexts,
                                     ContainerEngine& engine,
                                     ProgressLine& line) {
  const Result<std::string> text = ReadFile(path);
  if (!text) return {Unreadable(path, text.error())};
  const std::string real_path = Canonical(path);
  const Result<FolderSettings>& settings =
      configurations.For(std::string(ParentOf(real_path)));
  if (!settings) return {Unreadable(path, settings.error())};
  std::optional<BuildContext> context;
  const Document document = ParseDockerfile(*text);
  if (!document.HasFatalError()) {
    context = contexts.Find(real_path, settings->context, Facts(document));
  }
  VerifyRequest request = {path,
                           context ? context->folder() : settings->context,
                           {},
                           [&](const EngineOptions& engine_options) {
                             return Fix(*text, engine_options, context);
                           }};
  for (const Level level : options.verify_levels) {
    request.rewrites.push_back(settings->engine);
    request.rewrites.back().level = level;
  }
  if (request.rewrites.empty()) request.rewrites = {settings->engine};
  std::vector<Verification> results =
      Verify(request, options.verify, engine,
             [&](const std::string& doing) { line.Show(path, doing); });
  line.Clear();
  return results;
}

void Show(const Verification& verification, const Options& options,
          Streams& streams) {
  if (options.verify_format == VerifyFormat::kJson) return;
  const std::string text = options.verify_format == VerifyFormat::kMarkdown
                               ? VerificationAsMarkdown(verification)
                               : VerificationAsText(verification);
  const bool is_error = !verification.error.empty() &&
                        options.verify_format == VerifyFormat::kText;
  (is_error ? streams.error : streams.out)
      .Write(is_error ? "dfix: " + text : text);
  streams.out.Flush();
}

int StatusOf(const Verification& verification) {
  if (!verification.error.empty()) return kExitError;
  return verification.same() ? kExitClean : kExitPending;
}

// All files in turn. The status of the worst.
int VerifyAll(const Options& options, Configurations& configurations,
              ContainerEngine& engine, Streams& streams) {
  ProgressLine line(options, streams.error);
  ContextFinder contexts;
  std::vector<Verification> all;
  int status = kExitClean;
  for (const std::string& path : options.paths) {
    if (InterruptingSignal() != 0 || streams.out.reader_gone()) break;
    for (Verification& result :
         VerifyPath(path, options, configurations, contexts, engine, line)) {
      Show(result, options, streams);
      status = std::max(status, StatusOf(result));
      all.push_back(std::move(result));
    }
  }
  if (options.verify_format == VerifyFormat::kJson) {
    streams.out.Write(VerificationsAsJson(all));
  }
  return status;
}

}  // namespace

int RunVerify(const Options& options, Streams& streams) {
  Configurations configurations(options);
  if (const auto done = configurations.ReadEnvironmentAndFlags(); !done) {
    streams.Complain(done.error().message);
    return kExitError;
  }
  int status = kExitError;
  int signal = 0;
  {
    const InterruptionHandler handler;
    Result<ContainerEngine> engine =
        ContainerEngine::Find(options.verify.engine);
    if (engine) {
      status = VerifyAll(options, configurations, *engine, streams);
    } else if (InterruptingSignal() == 0) {
      streams.Complain(engine.error().message);
    }
    signal = InterruptingSignal();
  }
  if (signal != 0) {
    // Ends as whoever sent it expects.
    streams.out.Flush();
    streams.error.Flush();
    std::signal(signal, SIG_DFL);
    std::raise(signal);
  }
  return status;
}

int RunVerifyProbe(const Options& options, Streams& streams) {
  streams.out.Write(FormatProbe(ProbeFromInside(options.probe_asks)));
  return kExitClean;
}

}  // namespace dfix
