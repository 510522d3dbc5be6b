// What the command line asks for, as a plain value.
#ifndef DFIX_CLI_OPTIONS_H_
#define DFIX_CLI_OPTIONS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "src/config/settings.h"
#include "src/report/findings.h"
#include "src/verify/verify.h"

namespace dfix {

// The exit statuses. Of several that apply the highest is used.
inline constexpr int kExitClean = 0;
inline constexpr int kExitPending = 1;  // Something to change, or left to do.
inline constexpr int kExitError = 2;    // Usage, input and output, parsing.

enum class Command : uint8_t {
  kFix,
  kDump,
  kExplain,
  kRules,
  kVerify,
  kVerifyProbe,
  kVersion,
};

// What happens to the changes that are found.
enum class Mode : uint8_t {
  kReport,  // Told, with reasons.
  kDiff,    // Shown as a diff.
  kWrite,   // Written to the files.
  kCheck,   // Counted.
};

enum class DumpKind : uint8_t {
  kTokens,
  kTree,
  kFacts,
  kInstructions,
  kScripts,
};

enum class VerifyFormat : uint8_t { kText, kJson, kMarkdown };

enum class ColorChoice : uint8_t { kAuto, kAlways, kNever };

struct Options {
  Command command = Command::kFix;

  // Files. `-` is standard input.
  std::vector<std::string> paths;
  std::vector<std::string> exclude;
  bool force_exclude = false;
  bool show_files = false;
  std::string stdin_filename;

  // Changes.
  Mode mode = Mode::kReport;
  bool list_files = false;
  Settings settings;   // What flags set.
  std::string config;  // The configuration file to use for all; may be empty.
  bool isolated = false;
  bool show_settings = false;

  // Output.
  uint32_t context = 3;
  ColorChoice color = ColorChoice::kAuto;
  bool quiet = false;
  bool verbose = false;
  bool explain_rollback = false;  // Show the builds that differ.
  bool json = false;  // Of `rules`, `version` and `dump`.
  ReportFormat format = ReportFormat::kFull;
  std::string output;  // Where standard output goes instead, if not empty.

  // Exit status.
  bool exit_zero = false;
  // Changes and advice below this level do not count; without it, advice does
  // not.
  std::optional<Level> fail_level;
  bool exit_non_zero_on_fix = false;

  DumpKind dump = DumpKind::kTree;
  std::string explain_id;

  VerifyOptions verify;
  // To verify at, in turn; empty for the one that the settings say.
  std::vector<Level> verify_levels;
  VerifyFormat verify_format = VerifyFormat::kText;
  bool probe_asks = false;
};

// A command line that has been dealt with: a text to show and a status.
struct Finished {
  std::string out;
  std::string error;
  int status = kExitClean;
};

struct ParsedCommandLine {
  Options options;
  std::optional<Finished> finished;  // Help, or an error in the usage.
};

// Reads the arguments after the program's name.
ParsedCommandLine ParseCommandLine(const std::vector<std::string>& arguments);

}  // namespace dfix

#endif  // DFIX_CLI_OPTIONS_H_
