#include "src/cli/fix_command.h"

#include <algorithm>
#include <array>
#include <csignal>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <thread>
#include <utility>

#include "src/cli/configuration.h"
#include "src/cli/discover.h"
#include "src/cli/file_io.h"
#include "src/cli/find_context.h"
#include "src/cli/ordered_work.h"
#include "src/cli/paths.h"
#include "src/dockerfile/parser.h"
#include "src/engine/engine.h"
#include "src/facts/facts.h"
#include "src/report/diff.h"
#include "src/report/findings.h"
#include "src/report/text_report.h"
#include "src/text/search.h"
#include "src/verify/quantities.h"

namespace dfix {
namespace {

// What is the same for all files of a run.
struct Plan {
  const Options& options;
  ContextFinder& contexts;
  bool color_out;
  TextReportOptions report_out;
  TextReportOptions report_error;
};

// A file and what holds for it.
struct Task {
  FoundFile file;
  const FolderSettings* settings;
};

// What files beside Dockerfiles hold once the changes so far are made, by path.
using ChangedTexts = std::map<std::string, std::string>;

// What came of one file.
struct FileResult {
  std::string out;
  std::string error;
  bool failed = false;
  // It changes a file beside the Dockerfile, which others may change, too: to
  // be done again, in its turn.
  bool put_off = false;
  size_t changes = 0;                 // Made, or those that would be.
  std::array<size_t, 4> higher = {};  // More at each higher level.
  size_t failures = 0;  // Changes and advice that `--fail-level` counts.
  std::vector<Finding> findings;  // If a format wants them.
};

struct Totals {
  size_t files = 0;
  size_t changed_files = 0;
  size_t changes = 0;
  std::array<size_t, 4> higher = {};
  size_t failures = 0;
  size_t failed = 0;
  std::vector<Finding> findings;
};

// Keeps signals that end the program away until the files in work are done
// with, so that none is left half written.
class SignalsHeld {
 public:
  explicit SignalsHeld(bool wanted) : wanted_(wanted) {
    sigemptyset(&signals_);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
      sigaddset(&signals_, signal);
    }
    if (wanted_) pthread_sigmask(SIG_BLOCK, &signals_, &before_);
  }
  SignalsHeld(const SignalsHeld&) = delete;
  SignalsHeld& operator=(const SignalsHeld&) = delete;
  ~SignalsHeld() {
    if (wanted_) pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }

  // Whether one of them is waiting.
  bool AnyPending() const {
    sigset_t pending;
    if (!wanted_ || sigpending(&pending) != 0) return false;
    return sigismember(&pending, SIGINT) == 1 ||
           sigismember(&pending, SIGTERM) == 1 ||
           sigismember(&pending, SIGHUP) == 1;
  }

 private:
  bool wanted_;
  sigset_t signals_;
  sigset_t before_;
};

FileResult Failure(const std::string& path, const Error& error) {
  FileResult result;
  result.error = "dfix: " + path + ": " + error.message + '\n';
  result.failed = true;
  return result;
}

// ` and .dockerignore`, for the files that change with the Dockerfile.
std::string WithOthers(const Report& report) {
  std::string out;
  for (const OtherFile& other : report.others) {
    out += " and " + ShownPath(other.path);
  }
  return out;
}

std::string MakeDiff(const Plan& plan, const FoundFile& file,
                     const Report& report) {
  std::string diff;
  for (const OtherFile& other : report.others) {
    diff += UnifiedDiff(DiffPath(other.path), other.original.value_or(""),
                        other.fixed, plan.options.context, !other.original);
  }
  diff += UnifiedDiff(file.diff_path, report.original, report.fixed,
                      plan.options.context);
  return plan.color_out ? ColorDiff(diff) : diff;
}

// Writes the file. The result lacks what is the same in all modes.
FileResult WriteFixed(const Plan& plan, const FoundFile& file,
                      const Report& report) {
  FileResult result;
  const bool changed = report.outcome == Outcome::kChanged;
  if (file.path == "-") {
    if (report.outcome != Outcome::kUnparsable) result.out = report.fixed;
    return result;
  }
  if (!changed) return result;
  std::vector<Replacement> files;
  for (const OtherFile& other : report.others) {
    files.push_back({other.path, other.original, other.fixed});
  }
  if (report.fixed != report.original) {
    files.push_back({file.path, report.original, report.fixed});
  }
  const Result<Done> done = ReplaceFiles(files);
  if (!done) return Failure(file.path, done.error());
  for (const Replacement& written : files) {
    if (plan.options.list_files) result.out += ShownPath(written.path) + '\n';
  }
  if (!plan.options.quiet) {
    result.error = "fixed " + file.path + WithOthers(report) + " (" +
                   CountOf(report.applied.size(), "change") + ")\n";
  }
  return result;
}

// Shows what would be done, in the way that was asked for.
FileResult ShowFixed(const Plan& plan, const FoundFile& file,
                     const std::string& name, const Report& report) {
  FileResult result;
  const bool changed = report.outcome == Outcome::kChanged;
  if (plan.options.list_files) {
    for (const OtherFile& other : report.others) {
      result.out += ShownPath(other.path) + '\n';
    }
    if (report.fixed != report.original) result.out += name + '\n';
  } else if (plan.options.mode == Mode::kDiff) {
    if (changed) result.out = MakeDiff(plan, file, report);
  } else if (plan.options.mode == Mode::kReport) {
    if (plan.options.format == ReportFormat::kFull) {
      result.out = FormatReport(name, report, plan.report_out);
    }
  } else if (changed && !plan.options.quiet) {
    result.error = "would fix " + name + WithOthers(report) + " (" +
                   CountOf(report.applied.size(), "change") + ")\n";
  }
  return result;
}

// The folder that decides on the settings of a file.
std::string FolderOf(const Options& options, const FoundFile& file) {
  std::string path = file.real_path;
  if (path == "-") path = options.stdin_filename;
  if (path.starts_with('/')) return std::string(ParentOf(path));
  const std::string folder = Canonical(std::string(ParentOf(path)));
  return folder.empty() ? Canonical(".") : folder;
}

// The context of the file, with what other changes of this run make of it.
std::optional<BuildContext> ContextOf(const Plan& plan, const Task& task,
                                      const std::string& text,
                                      const ChangedTexts& changed) {
  const Document document = ParseDockerfile(text);
  if (document.HasFatalError()) return std::nullopt;
  std::string path = task.file.real_path;
  if (path == "-") {
    const std::string& name = plan.options.stdin_filename;
    const std::string folder = FolderOf(plan.options, task.file);
    if (name.empty() && task.settings->context.empty()) return std::nullopt;
    path = Join(folder, name.empty() ? "Dockerfile" : Basename(name));
  }
  std::optional<BuildContext> context =
      plan.contexts.Find(path, task.settings->context, Facts(document));
  if (!context) return std::nullopt;
  const auto found = changed.find(context->ignore_path());
  if (found != changed.end()) context = context->WithIgnore(found->second);
  return context;
}

// What is left of the file's `changes` and advice that makes the run fail.
size_t CountFailures(const Options& options, const Report& report,
                     size_t changes) {
  const bool made = options.mode == Mode::kWrite;
  if (!options.fail_level) return made ? 0 : changes;
  const auto counts = [&](const Decision& decision) {
    return decision.level >= *options.fail_level;
  };
  const auto of = [&](const std::vector<Decision>& decisions) {
    return static_cast<size_t>(
        std::count_if(decisions.begin(), decisions.end(), counts));
  };
  return of(report.advice) + (made ? 0 : of(report.applied));
}

// Deals with one file. Unless it is its turn, one that changes others is put
// off.
FileResult FixFile(const Plan& plan, const Task& task, bool in_turn,
                   ChangedTexts& changed) {
  const FoundFile& file = task.file;
  const bool is_stdin = file.path == "-";
  std::string name = file.path;
  if (is_stdin) {
    name = plan.options.stdin_filename.empty() ? "<stdin>"
                                               : plan.options.stdin_filename;
  }
  Result<std::string> text = ReadFile(file.path);
  if (!text) return Failure(name, text.error());
  EngineOptions engine = task.settings->engine;
  engine.only_dockerfile = is_stdin;
  const auto context = ContextOf(plan, task, *text, changed);
  const Report report = Fix(*std::move(text), engine, context);
  if (!report.others.empty() && !in_turn) {
    FileResult result;
    result.put_off = true;
    return result;
  }

  const bool write = plan.options.mode == Mode::kWrite;
  FileResult result = write ? WriteFixed(plan, file, report)
                            : ShowFixed(plan, file, name, report);
  if (result.failed) return result;
  const bool formatted = plan.options.format != ReportFormat::kFull;
  if (formatted) result.findings = FindingsOf(name, report, write);
  if (plan.options.mode != Mode::kReport && !plan.options.quiet && !formatted) {
    const auto format = plan.options.verbose ? FormatReport : FormatAdvice;
    result.error = format(name, report, plan.report_error) + result.error;
  }
  for (const OtherFile& other : report.others) {
    changed[other.path] = other.fixed;
  }
  if (report.outcome == Outcome::kNotASource && !plan.options.quiet) {
    result.error += name + ": left alone: " + report.not_a_source + '\n';
  }
  result.error += FormatProblems(name, report, plan.report_error);
  result.failed = report.outcome == Outcome::kUnparsable;
  if (report.outcome == Outcome::kChanged) {
    result.changes = std::max<size_t>(report.applied.size(), 1);
  }
  for (const Decision& decision : report.available) {
    ++result.higher[static_cast<size_t>(decision.level)];
  }
  result.failures = CountFailures(plan.options, report, result.changes);
  return result;
}

// Standard input under the name that it was given; excluded if that is.
FoundFile StandardInput(const Options& options) {
  const std::string& name = options.stdin_filename;
  return {"-", name.empty() ? "stdin" : DiffPath(name), "-"};
}

void AddUp(FileResult& result, Totals& totals) {
  ++totals.files;
  totals.changes += result.changes;
  if (result.changes > 0) ++totals.changed_files;
  if (result.failed) ++totals.failed;
  totals.failures += result.failures;
  std::move(result.findings.begin(), result.findings.end(),
            std::back_inserter(totals.findings));
  for (size_t i = 0; i < totals.higher.size(); ++i) {
    totals.higher[i] += result.higher[i];
  }
}

std::string Summary(const Options& options, const Totals& totals) {
  std::string out;
  if (totals.failed == totals.files) {
    out = "nothing was checked";
  } else if (totals.changes == 0) {
    out =
        "nothing to change in " + CountOf(totals.files - totals.failed, "file");
  } else {
    out = CountOf(totals.changes, "change") + " in " +
          std::to_string(totals.changed_files) + " of " +
          CountOf(totals.files, "file");
    if (options.mode == Mode::kWrite) {
      out += " made";
    } else if (options.mode == Mode::kReport) {
      out += "; `--diff` shows and `--write` makes them";
    }
  }
  for (const Level level : {Level::kReview, Level::kBold}) {
    const size_t more = totals.higher[static_cast<size_t>(level)];
    if (more > 0) {
      out += "; " + std::to_string(more) + " more with `--level " +
             std::string(Name(level)) + '`';
    }
  }
  if (totals.failed > 0) {
    out += "; " + CountOf(totals.failed, "file") + " failed";
  }
  return out + '\n';
}

int Status(const Options& options, const Totals& totals) {
  if (totals.failed > 0) return kExitError;
  if (options.exit_zero) return kExitClean;
  const bool fixed = options.mode == Mode::kWrite && totals.changes > 0;
  if (fixed && options.exit_non_zero_on_fix) return kExitPending;
  return totals.failures > 0 ? kExitPending : kExitClean;
}

Discovery FindFiles(const Options& options) {
  DiscoveryOptions discovery;
  discovery.exclude = options.exclude;
  discovery.force_exclude = options.force_exclude;
  if (options.paths == std::vector<std::string>{"-"}) {
    return {{StandardInput(options)}, {}};
  }
  return DiscoverFiles(options.paths, discovery);
}

// The files with their settings. Those that have none for a fault in their
// configuration become errors; each fault is told once.
std::vector<Task> MakeTasks(const Options& options, Discovery& found,
                            Configurations& configurations) {
  std::vector<Task> tasks;
  std::set<std::string> faults;
  for (FoundFile& file : found.files) {
    const auto& settings = configurations.For(FolderOf(options, file));
    if (!settings) {
      const std::string& fault = settings.error().message;
      found.errors.push_back(
          {file.path, faults.insert(fault).second
                          ? "not checked, for " + fault
                          : "not checked, for the same fault"});
      continue;
    }
    const bool may_be_excluded = !file.is_named || options.force_exclude;
    if (may_be_excluded && IsExcluded(*settings, file.real_path)) continue;
    tasks.push_back({std::move(file), &*settings});
  }
  return tasks;
}

// The names that files add below `key`, as a comment; empty if none do.
std::string ShowNames(const std::string& key,
                      const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) {
    out += (out.empty() ? "# " + key + ": " : ", ") + name;
  }
  return out.empty() ? out : out + '\n';
}

// The settings of each folder that has files, with their names.
std::string ShowAllSettings(const Options& options,
                            const std::vector<Task>& tasks,
                            Configurations& configurations) {
  std::map<std::string, std::string> names_by_settings;
  for (const Task& task : tasks) {
    const auto& settings = configurations.For(FolderOf(options, task.file));
    names_by_settings[ShowSettings(settings->settings) +
                      ShowNames("package-managers", settings->own_managers) +
                      ShowNames("runtime-images",
                                settings->own_runtime_images)] +=
        "# " + task.file.path + '\n';
  }
  std::string out;
  for (const auto& [settings, names] : names_by_settings) {
    out += (out.empty() ? "" : "---\n") + names + settings;
  }
  return out;
}

Totals FixAll(const Plan& plan, const std::vector<Task>& tasks,
              Streams& streams) {
  Totals totals;
  const SignalsHeld signals(plan.options.mode == Mode::kWrite);
  const size_t threads = std::max(1U, std::thread::hardware_concurrency());
  ChangedTexts changed;
  size_t turn = 0;
  DoInOrder(
      tasks.size(), threads,
      [&](size_t i) {
        ChangedTexts none;
        return FixFile(plan, tasks[i], false, none);
      },
      [&](FileResult result) {
        const Task& task = tasks[turn++];
        if (result.put_off) result = FixFile(plan, task, true, changed);
        AddUp(result, totals);
        streams.out.Write(result.out);
        streams.error.Write(result.error);
        return !signals.AnyPending() && !streams.out.reader_gone();
      });
  return totals;
}

}  // namespace

int RunFix(const Options& options, Streams& streams) {
  Configurations configurations(options);
  if (const auto done = configurations.ReadEnvironmentAndFlags(); !done) {
    streams.Complain(done.error().message);
    return kExitError;
  }
  Discovery found = FindFiles(options);
  const std::vector<Task> tasks = MakeTasks(options, found, configurations);
  for (const DiscoveryError& error : found.errors) {
    streams.Complain(error.path + ": " + error.message);
  }
  const int status = found.errors.empty() ? kExitClean : kExitError;
  if (options.show_settings) {
    streams.out.Write(ShowAllSettings(options, tasks, configurations));
    return status;
  }
  if (options.show_files) {
    for (const Task& task : tasks) streams.out.Write(task.file.path + '\n');
    return status;
  }
  if (tasks.empty()) {
    if (found.errors.empty()) streams.Complain("no Dockerfiles found");
    return status;
  }

  const bool color_out = WantsColor(options.color, streams.out);
  ContextFinder contexts;
  const Plan plan = {options,
                     contexts,
                     color_out,
                     {color_out, options.verbose},
                     {WantsColor(options.color, streams.error), options.verbose,
                      options.explain_rollback}};
  Totals totals = FixAll(plan, tasks, streams);
  totals.files += found.errors.size();
  totals.failed += found.errors.size();
  if (options.format != ReportFormat::kFull) {
    streams.out.Write(FormatFindings(options.format, totals.findings));
  }
  if (!options.quiet && !options.list_files) {
    streams.error.Write(Summary(options, totals));
  }
  return Status(options, totals);
}

}  // namespace dfix
