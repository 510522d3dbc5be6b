#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cctype>
#include <chrono>
#include <string>
#include <utility>

#include "src/cli/options.h"
#include "src/cli/usage_texts.h"
#include "src/config/settings.h"
#include "src/text/nearest.h"
#include "src/text/search.h"

namespace dfix {
namespace {

using Arguments = std::vector<std::string>;

std::string Quoted(std::string_view name) {
  return '`' + std::string(name) + '`';
}

Finished UsageError(std::string_view message, std::string_view help) {
  return {
      "",
      "dfix: " + std::string(message) + "\ntry " + Quoted(help) + " for help\n",
      kExitError};
}

// One command's options. Wraps the parser's library: texts, statuses and
// suggestions are ours.
class CommandLine {
 public:
  CommandLine(std::string description, std::string name)
      : app_(std::move(description), name), help_(name + " --help") {
    app_.set_help_flag("-h,--help", "show this text");
    app_.get_formatter()->column_width(31);
    app_.get_formatter()->label("REQUIRED", "");
    app_.option_defaults()->take_last();
    app_.allow_extras();
  }

  CLI::App& app() { return app_; }

  CLI::Option* Flag(const char* names, bool& target, const char* text,
                    const char* group) {
    return app_.add_flag(names, target, text)->group(group);
  }
  CLI::Option* Value(const char* names, std::string& target, const char* text,
                     const char* type, const char* group) {
    return app_.add_option(names, target, text)->type_name(type)->group(group);
  }
  // May be given several times, with several values between commas. Never
  // takes more than the next argument.
  CLI::Option* List(const char* names, Arguments& target, const char* text,
                    const char* type, const char* group) {
    return app_.add_option(names, target, text)
        ->take_all()
        ->allow_extra_args(false)
        ->delimiter(',')
        ->type_name(type)
        ->group(group);
  }

  // May be given several times, with one value each.
  CLI::Option* Repeated(const char* names, Arguments& target, const char* text,
                        const char* type, const char* group) {
    return app_.add_option(names, target, text)
        ->take_all()
        ->allow_extra_args(false)
        ->type_name(type)
        ->group(group);
  }

  // Parses; absent if the command is to go on.
  std::optional<Finished> Parse(Arguments arguments) {
    std::reverse(arguments.begin(), arguments.end());
    try {
      app_.parse(std::move(arguments));
    } catch (const CLI::CallForHelp&) {
      return Finished{Help(), "", kExitClean};
    } catch (const CLI::ParseError& error) {
      std::string message = error.what();
      if (!message.empty() && message[0] != '-') {
        message[0] = static_cast<char>(
            std::tolower(static_cast<unsigned char>(message[0])));
      }
      return UsageError(message, help_);
    }
    Arguments extras = app_.remaining();
    extras.erase(std::remove(extras.begin(), extras.end(), "--"), extras.end());
    if (extras.empty()) return std::nullopt;
    return Fail(extras[0].starts_with('-')
                    ? UnknownOption(extras[0])
                    : "unexpected argument " + Quoted(extras[0]));
  }

  Finished Fail(std::string_view message) const {
    return UsageError(message, help_);
  }

 private:
  // The library's text without the marks and blank lines that say nothing.
  std::string Help() const {
    std::string text = app_.help();
    for (const auto& [part, instead] :
         {std::pair<std::string_view, std::string_view>{" ...  ", "      "},
          {"\n\n\n", "\n\n"}}) {
      for (size_t at = text.find(part); at != std::string::npos;
           at = text.find(part, at)) {
        text.replace(at, part.size(), instead);
      }
    }
    return text;
  }

  std::string UnknownOption(std::string_view option) const {
    std::vector<std::string> names;
    for (const CLI::Option* known : app_.get_options()) {
      for (const std::string& name : known->get_lnames()) {
        names.push_back("--" + name);
      }
    }
    option = option.substr(0, option.find('='));
    const std::vector<std::string_view> views(names.begin(), names.end());
    return UnknownName("option", option, views);
  }

  CLI::App app_;
  std::string help_;
};

// The number of `value` among `names`.
template <size_t kCount>
std::optional<size_t> Choose(
    std::string_view value, const std::array<std::string_view, kCount>& names) {
  const auto found = std::find(names.begin(), names.end(), value);
  if (found == names.end()) return std::nullopt;
  return static_cast<size_t>(found - names.begin());
}

template <size_t kCount>
std::string NotOneOf(std::string_view option, std::string_view value,
                     const std::array<std::string_view, kCount>& names) {
  std::string out =
      std::string(option) + ": " + Quoted(value) + " is not one of";
  for (size_t i = 0; i < kCount; ++i) {
    out += (i == 0 ? " " : i + 1 == kCount ? " or " : ", ") + Quoted(names[i]);
  }
  return out;
}

// What is read as text first and checked here.
struct RawOptions {
  std::string build_context;
  std::string level;
  Arguments select;
  Arguments extend_select;
  Arguments ignore;
  Arguments set;
  std::string color = "auto";
  std::string context = "3";
  std::string format = "text";
  std::string report_format = "full";
  std::string fail_level;
  std::string engine;
  std::string timeout = "3600";
  std::string wait = "10";
  bool diff = false;
  bool write = false;
  bool check = false;
  bool version = false;
};

void DeclareSettings(CommandLine& line, RawOptions& raw, Options& options) {
  const char* group = "Which changes";
  line.Value("--level", raw.level,
             "the boldest: safe, review (default) or bold", "LEVEL", group);
  line.List("--select", raw.select,
            "only these: ids, globs, other tools' ids, ALL", "ID,...", group);
  line.List("--extend-select", raw.extend_select, "these transforms, too",
            "ID,...", group);
  line.List("--ignore", raw.ignore, "not these", "ID,...", group);
  line.Repeated("--set", raw.set, "an option of a transform; repeatable",
                "ID.KEY=VALUE", group);
  group = "Configuration";
  line.Value("--config", options.config,
             "use this file, and none that is found", "PATH", group);
  line.Flag("--isolated", options.isolated, "use no configuration file", group);
}

void DeclareChangeOptions(CommandLine& line, RawOptions& raw,
                          Options& options) {
  line.app()
      .add_option("PATH", options.paths,
                  "files, folders to search, or - for standard input")
      ->take_all()
      ->type_name("");
  const char* group = "What to do (without any: report)";
  line.Flag("-d,--diff", raw.diff, "print a diff; write nothing", group);
  line.Flag("-w,--write,--fix", raw.write, "rewrite the files", group);
  line.Flag("--check", raw.check, "only tell which files would change", group);
  line.Flag("-l,--list", options.list_files,
            "list files that would change, or did", group);
  DeclareSettings(line, raw, options);
  line.Value("--context", raw.build_context,
             "the folder that the builds are sent", "DIR", "Configuration");
  line.Flag("--show-settings", options.show_settings,
            "print what holds for the files, and why; stop", "Configuration");
}

void DeclareFileAndOutputOptions(CommandLine& line, RawOptions& raw,
                                 Options& options) {
  const char* group = "Which files";
  line.List("--exclude", options.exclude,
            "leave out what matches, as in .gitignore", "PATTERN,...", group);
  line.Flag("--force-exclude", options.force_exclude,
            "leave out ignored files that are named, too", group);
  line.Flag("--show-files", options.show_files,
            "list the files that would be read; stop", group);
  line.Value("--stdin-filename", options.stdin_filename,
             "the name of what is on standard input", "PATH", group);
  group = "Output";
  line.Value("-U,--unified", raw.context,
             "lines of context in a diff (default 3)", "N", group);
  line.Value("--color", raw.color, "auto (default), always or never", "WHEN",
             group);
  line.Flag("-q,--quiet", options.quiet, "only errors on standard error",
            group);
  line.Flag("-v,--verbose", options.verbose, "tell more", group);
  line.Flag("--explain-rollback", options.explain_rollback,
            "show why dfix takes back a rewrite of its own", group);
  line.Value(
      "--format", raw.report_format,
      "of the report: full, concise, json, jsonl, sarif, github, gitlab, "
      "checkstyle, rdjson or markdown",
      "FORMAT", group);
  line.Value("-o,--output", options.output,
             "write there what goes to standard output", "FILE", group);
  line.Value("--fail-level", raw.fail_level,
             "exit with 1 only for changes of this level or above, and for "
             "advice: safe, review, bold or advice",
             "LEVEL", group);
  line.Flag("--exit-zero", options.exit_zero,
            "exit with 0 even if changes are pending", group);
  line.Flag("--exit-non-zero-on-fix", options.exit_non_zero_on_fix,
            "exit with 1 if --write changed something", group);
  line.Flag("-V,--version", raw.version, "show the version", group);
}

std::optional<std::string> CheckMode(const RawOptions& raw, Options& options) {
  if (raw.write && raw.diff) return "`--diff` never writes; drop `--write`";
  if (raw.write && raw.check) return "`--check` never writes; drop `--write`";
  if (options.list_files && raw.diff) {
    return "`--list` and `--diff` both print; choose one";
  }
  if (raw.diff) options.mode = Mode::kDiff;
  if (raw.write) options.mode = Mode::kWrite;
  if (raw.check && !raw.diff) options.mode = Mode::kCheck;
  return std::nullopt;
}

// The number that `text` is; absent unless it is a whole one below 10^9.
std::optional<uint32_t> ToNumber(std::string_view text) {
  if (text.size() > 9 || !IsNumber(text)) return std::nullopt;
  return static_cast<uint32_t>(std::stoul(std::string(text)));
}

std::string NotANumber(std::string_view option, std::string_view value) {
  return std::string(option) + ": " + Quoted(value) + " is not a number";
}

std::optional<std::string> CheckValues(const RawOptions& raw,
                                       Options& options) {
  constexpr std::array<std::string_view, 3> kColors = {"auto", "always",
                                                       "never"};
  const auto color = Choose(raw.color, kColors);
  if (!color) return NotOneOf("--color", raw.color, kColors);
  options.color = static_cast<ColorChoice>(*color);
  const auto names = ReportFormatNames();
  const auto format = std::find(names.begin(), names.end(), raw.report_format);
  if (format == names.end()) {
    return "--format: " + UnknownName("format", raw.report_format,
                                      {names.begin(), names.end()});
  }
  options.format = static_cast<ReportFormat>(format - names.begin());
  if (!raw.fail_level.empty()) {
    options.fail_level = ParseLevel(raw.fail_level);
    if (!options.fail_level) {
      constexpr std::array<std::string_view, 4> kLevels = {"safe", "review",
                                                           "bold", "advice"};
      return NotOneOf("--fail-level", raw.fail_level, kLevels);
    }
  }
  const auto context = ToNumber(raw.context);
  if (!context) return NotANumber("--unified", raw.context);
  options.context = *context;
  return std::nullopt;
}

// `merge-runs.stages=final`, which may be a list.
std::optional<std::string> SetOne(const std::string& assignment,
                                  Settings& settings) {
  const size_t equals = assignment.find('=');
  if (equals == std::string::npos) {
    return "--set: " + Quoted(assignment) + " is not `ID.KEY=VALUE`";
  }
  const std::string key = assignment.substr(0, equals);
  std::vector<std::string> texts = {assignment.substr(equals + 1)};
  const Result<const Option*> option = FindConfigKey(key);
  if (option && (*option)->type == OptionType::kList) {
    texts = SplitAtCommas(texts[0]);
  }
  const auto done = Set(settings, key, texts, "--set");
  if (!done) return "--set: " + Quoted(key) + ": " + done.error().message;
  return std::nullopt;
}

// Fills the settings with what flags say.
std::optional<std::string> CheckSettings(const RawOptions& raw,
                                         Options& options) {
  if (options.isolated && !options.config.empty()) {
    return "`--isolated` uses no configuration; drop `--config`";
  }
  if (!raw.level.empty()) {
    const auto done = Set(options.settings, "level", {raw.level}, "--level");
    if (!done) return "--level: " + done.error().message;
  }
  for (const auto& [key, texts] :
       {std::pair<std::string, const Arguments&>{"select", raw.select},
        {"extend-select", raw.extend_select},
        {"ignore", raw.ignore}}) {
    if (texts.empty()) continue;
    const auto done = Set(options.settings, key, texts, "--" + key);
    if (!done) return done.error().message;
  }
  if (!raw.build_context.empty()) {
    const auto done =
        Set(options.settings, "context", {raw.build_context}, "--context");
    if (!done) return "--context: " + done.error().message;
  }
  for (const std::string& assignment : raw.set) {
    if (auto wrong = SetOne(assignment, options.settings)) return wrong;
  }
  return std::nullopt;
}

std::optional<Finished> ParseFix(const Arguments& arguments, Options& options) {
  CommandLine line(
      "dfix: rewrites Dockerfiles into the ones their authors would have "
      "written with more time",
      "dfix");
  RawOptions raw;
  DeclareChangeOptions(line, raw, options);
  DeclareFileAndOutputOptions(line, raw, options);
  line.app().footer(kFixFooter);
  if (auto finished = line.Parse(arguments)) return finished;
  if (raw.version) {
    options.command = Command::kVersion;
    return std::nullopt;
  }
  if (auto wrong = CheckMode(raw, options)) return line.Fail(*wrong);
  if (auto wrong = CheckValues(raw, options)) return line.Fail(*wrong);
  if (auto wrong = CheckSettings(raw, options)) return line.Fail(*wrong);
  const auto dashes =
      std::count(options.paths.begin(), options.paths.end(), "-");
  if (dashes > 0 && options.paths.size() > 1) {
    return line.Fail("`-` cannot be combined with other paths");
  }
  if (!options.stdin_filename.empty() && dashes == 0) {
    return line.Fail("`--stdin-filename` is for `-`, which is not given");
  }
  if (options.format != ReportFormat::kFull &&
      (options.list_files || options.mode == Mode::kDiff ||
       (dashes > 0 && options.mode == Mode::kWrite))) {
    return line.Fail(
        "`--format` is for the report, and something else is "
        "printed here");
  }
  if (options.paths.empty()) options.paths = {"."};
  return std::nullopt;
}

std::optional<std::string> CheckFormat(const RawOptions& raw,
                                       Options& options) {
  constexpr std::array<std::string_view, 2> kFormats = {"text", "json"};
  const auto format = Choose(raw.format, kFormats);
  if (!format) return NotOneOf("--format", raw.format, kFormats);
  options.json = *format == 1;
  return std::nullopt;
}

std::optional<Finished> ParseDump(const Arguments& arguments,
                                  Options& options) {
  constexpr std::array<std::string_view, 5> kKinds = {
      "tokens", "tree", "facts", "instructions", "scripts"};
  CommandLine line("How dfix reads a file, for people who work on it.",
                   "dfix dump");
  RawOptions raw;
  std::string kind;
  line.app()
      .add_option("KIND", kind, "tokens, tree, facts, instructions or scripts")
      ->required()
      ->type_name("");
  line.app()
      .add_option("FILE", options.paths, "files, or - for standard input")
      ->required()
      ->take_all()
      ->type_name("");
  line.Value("--format", raw.format,
             "json: what instructions and scripts are in anyway", "FORMAT",
             "Options");
  if (auto finished = line.Parse(arguments)) return finished;
  const auto chosen = Choose(kind, kKinds);
  if (!chosen) return line.Fail(NotOneOf("KIND", kind, kKinds));
  options.command = Command::kDump;
  options.dump = static_cast<DumpKind>(*chosen);
  if (auto wrong = CheckFormat(raw, options)) return line.Fail(*wrong);
  if (options.json && options.dump < DumpKind::kInstructions) {
    return line.Fail(Quoted(kind) + " has no JSON form");
  }
  return std::nullopt;
}

std::optional<Finished> ParseExplain(const Arguments& arguments,
                                     Options& options) {
  CommandLine line("What a transform does, why, and when it does nothing.",
                   "dfix explain");
  line.app()
      .add_option("ID", options.explain_id,
                  "a transform's id, or another tool's rule")
      ->required()
      ->type_name("");
  options.command = Command::kExplain;
  return line.Parse(arguments);
}

void DeclareVerifyOptions(CommandLine& line, RawOptions& raw,
                          Options& options) {
  VerifyOptions& verify = options.verify;
  const char* group = "How to build";
  line.Value("--engine", raw.engine,
             "docker, podman or buildah (default: the first that answers)",
             "NAME", group);
  line.Value("--engine-path", verify.engine.path, "the engine's program",
             "PATH", group);
  line.Value("--context", raw.build_context,
             "the build context (default: found as for the other commands)",
             "DIR", group);
  line.Repeated("--build-arg", verify.build_args, "for the build", "NAME=VALUE",
                group);
  line.Value("--target", verify.target, "the stage to build", "STAGE", group);
  line.Value("--platform", verify.platform, "for the build", "PLATFORM", group);
  line.Value("--network", verify.network, "the network of RUN", "MODE", group);
  line.Value("--timeout", raw.timeout,
             "seconds that a build may take (default 3600)", "SECONDS", group);
  group = "What to compare";
  line.Value("--touch", verify.touch,
             "the file to edit before the rebuild, relative to the context "
             "(default: a source file that the build reads)",
             "PATH", group);
  line.Value("--wait", raw.wait,
             "seconds that a container gets to listen or end (default 10)",
             "SECONDS", group);
  line.Flag("--per-transform", verify.per_transform,
            "tell what each transform does to size and time", group);
  line.Flag("--keep", verify.keep, "keep the two images", group);
  group = "Output";
  line.Value("--format", raw.format, "text (default), json or markdown",
             "FORMAT", group);
  line.Flag("-q,--quiet", options.quiet, "no progress", group);
  line.Flag("-v,--verbose", options.verbose,
            "progress also where there is no terminal", group);
}

std::optional<std::string> CheckVerify(const RawOptions& raw,
                                       Options& options) {
  constexpr std::array<std::string_view, 3> kEngines = {"docker", "podman",
                                                        "buildah"};
  constexpr std::array<std::string_view, 3> kFormats = {"text", "json",
                                                        "markdown"};
  if (!raw.engine.empty()) {
    const auto engine = Choose(raw.engine, kEngines);
    if (!engine) return NotOneOf("--engine", raw.engine, kEngines);
    options.verify.engine.kind = static_cast<EngineKind>(*engine);
  }
  const auto format = Choose(raw.format, kFormats);
  if (!format) return NotOneOf("--format", raw.format, kFormats);
  options.verify_format = static_cast<VerifyFormat>(*format);
  const auto timeout = ToNumber(raw.timeout);
  if (!timeout) return NotANumber("--timeout", raw.timeout);
  options.verify.time_limit = std::chrono::seconds(*timeout);
  const auto wait = ToNumber(raw.wait);
  if (!wait) return NotANumber("--wait", raw.wait);
  options.verify.time_to_get_ready = std::chrono::seconds(*wait);
  return CheckSettings(raw, options);
}

// `--level` of `verify` may be a list.
std::optional<std::string> CheckVerifyLevels(RawOptions& raw,
                                             Options& options) {
  constexpr std::array<std::string_view, 3> kLevels = {"safe", "review",
                                                       "bold"};
  if (raw.level.find(',') == std::string::npos) return std::nullopt;
  for (const std::string& name : SplitAtCommas(raw.level)) {
    const auto level = Choose(name, kLevels);
    if (!level) return NotOneOf("--level", name, kLevels);
    options.verify_levels.push_back(static_cast<Level>(*level));
  }
  raw.level.clear();
  return std::nullopt;
}

std::optional<Finished> ParseVerify(const Arguments& arguments,
                                    Options& options) {
  CommandLine line(
      "Builds files as they are and as dfix rewrites them, and compares.",
      "dfix verify");
  RawOptions raw;
  line.app()
      .add_option("FILE", options.paths, "Dockerfiles")
      ->required()
      ->take_all()
      ->type_name("");
  DeclareVerifyOptions(line, raw, options);
  DeclareSettings(line, raw, options);
  line.app().footer(kVerifyFooter);
  options.command = Command::kVerify;
  if (auto finished = line.Parse(arguments)) return finished;
  if (auto wrong = CheckVerifyLevels(raw, options)) return line.Fail(*wrong);
  if (auto wrong = CheckVerify(raw, options)) return line.Fail(*wrong);
  return std::nullopt;
}

// What only `dfix verify` calls, inside containers.
std::optional<Finished> ParseVerifyProbe(const Arguments& arguments,
                                         Options& options) {
  CommandLine line("Looks at the container that it runs in.",
                   "dfix verify-probe");
  line.Flag("--ask", options.probe_asks, "send requests to the ports",
            "Options");
  options.command = Command::kVerifyProbe;
  return line.Parse(arguments);
}

// `rules` and `version`, which have a format and nothing else.
std::optional<Finished> ParseListing(const Arguments& arguments,
                                     Options& options, Command command,
                                     const char* name, const char* text) {
  CommandLine line(text, name);
  RawOptions raw;
  line.Value("--format", raw.format, "text (default) or json", "FORMAT",
             "Options");
  options.command = command;
  if (auto finished = line.Parse(arguments)) return finished;
  if (auto wrong = CheckFormat(raw, options)) return line.Fail(*wrong);
  return std::nullopt;
}

std::optional<Finished> ParseAny(const Arguments& arguments, Options& options) {
  const std::string first = arguments.empty() ? "" : arguments[0];
  const Arguments rest(arguments.begin() + (arguments.empty() ? 0 : 1),
                       arguments.end());
  if (first == "dump") return ParseDump(rest, options);
  if (first == "explain") return ParseExplain(rest, options);
  if (first == "rules") {
    return ParseListing(rest, options, Command::kRules, "dfix rules",
                        "All transforms, in the order in which they run.");
  }
  if (first == "version") {
    return ParseListing(rest, options, Command::kVersion, "dfix version",
                        "The version of this program.");
  }
  if (first == "verify") return ParseVerify(rest, options);
  if (first == "verify-probe") return ParseVerifyProbe(rest, options);
  if (first == "help") return ParseFix({"--help"}, options);
  return ParseFix(arguments, options);
}

}  // namespace

ParsedCommandLine ParseCommandLine(const std::vector<std::string>& arguments) {
  ParsedCommandLine parsed;
  parsed.finished = ParseAny(arguments, parsed.options);
  return parsed;
}

}  // namespace dfix
