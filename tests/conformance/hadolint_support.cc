#include "tests/conformance/hadolint_support.h"

#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include "src/dockerfile/instructions.h"
#include "src/dockerfile/parser.h"
#include "src/shell/views.h"
#include "src/shell/words.h"

namespace dfix {
namespace {

using Words = std::vector<std::string>;

struct Run {
  std::vector<Words> commands;
  std::vector<std::string> cache_mounts;  // Also tmpfs.
  std::string text;
  std::map<std::string, std::string> environment;
  // It is of the last stage, of the base of another, or for other builds.
  bool ships = true;
};

bool Contains(const Words& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool ContainsAny(const Words& words, const Words& any) {
  return std::any_of(any.begin(), any.end(), [&](const std::string& word) {
    return Contains(words, word);
  });
}

// The command's flags without their dashes: each letter of `-yq`, `yes`.
Words FlagsOf(const Words& command) {
  Words flags;
  for (const std::string& word : command) {
    if (word.starts_with("--")) {
      flags.push_back(word.substr(2, word.find('=') - 2));
    } else if (word.starts_with('-')) {
      for (const char letter : word.substr(1)) flags.emplace_back(1, letter);
    }
  }
  return flags;
}

bool Calls(const Words& command, const Words& programs, const Words& verbs) {
  return Contains(programs, command[0]) && ContainsAny(command, verbs);
}

Words WordsOf(const Document& document, NodeId command) {
  Words words;
  for (const NodeId word : SimpleCommand{&document, command}.words()) {
    words.push_back(ConstantValue(document, word)
                        .value_or(std::string(document.Text(word))));
  }
  return words;
}

Run ReadRun(const Document& document, const Instruction& instruction) {
  Run run;
  for (const InstructionFlag& flag : instruction.Flags()) {
    const std::string value = flag.value.value_or("");
    const bool keeps = value.find("type=cache") != std::string::npos ||
                       value.find("type=tmpfs") != std::string::npos;
    if (flag.name == "--mount" && keeps) run.cache_mounts.push_back(value);
  }
  run.text = document.Text(instruction.id());
  const NodeId script = instruction.Script();
  if (script == kNoNode) return run;
  ForEachCommand(document, script, [&](NodeId command) {
    Words words = WordsOf(document, command);
    if (!words.empty()) run.commands.push_back(std::move(words));
  });
  return run;
}

// The RUNs of the file, those of triggers included, in order.
std::vector<Run> ReadRuns(const Document& document) {
  struct Stage {
    std::string name;
    std::map<std::string, std::string> environment;
  };
  std::vector<Stage> stages(1);
  std::set<std::string> bases;
  std::vector<Run> runs;
  std::vector<size_t> stage_of_run;
  for (Instruction instruction : Instructions(document)) {
    bool is_trigger = false;
    while (const auto trigger = instruction.Trigger()) {
      instruction = *trigger;
      is_trigger = true;
    }
    if (const auto from = PartsOfFrom(instruction);
        from && instruction.kind() == InstructionKind::kFrom) {
      Stage stage{from->stage.empty() ? from->image : from->stage, {}};
      bases.insert(from->image);
      for (const Stage& other : stages) {
        if (other.name == from->image) stage.environment = other.environment;
      }
      stages.push_back(std::move(stage));
    }
    if (instruction.kind() == InstructionKind::kEnv) {
      for (const KeyValuePair& pair : instruction.Pairs()) {
        std::string value = pair.value.value_or("");
        std::erase(value, '"');
        stages.back().environment[pair.key] = value;
      }
    }
    if (instruction.kind() != InstructionKind::kRun) continue;
    runs.push_back(ReadRun(document, instruction));
    runs.back().environment = stages.back().environment;
    runs.back().ships = is_trigger;
    stage_of_run.push_back(stages.size() - 1);
  }
  for (size_t i = 0; i < runs.size(); ++i) {
    runs[i].ships |= stage_of_run[i] == stages.size() - 1 ||
                     bases.contains(stages[stage_of_run[i]].name);
  }
  return runs;
}

bool HasMount(const Run& run, std::string_view directory) {
  return std::any_of(run.cache_mounts.begin(), run.cache_mounts.end(),
                     [&](const std::string& mount) {
                       return mount.find(directory) != std::string::npos;
                     });
}

// A call that lacks a flag.
struct FlagRule {
  std::string_view rule;
  Words programs;
  Words verbs;
  Words flags;  // Any of them will do.
};
const FlagRule kFlagRules[] = {
    {"DL3014", {"apt-get"}, {"install"}, {"y", "yes", "qq", "assume-yes"}},
    {"DL3015", {"apt-get"}, {"install"}, {"no-install-recommends"}},
    {"DL3019", {"apk"}, {"add"}, {"no-cache"}},
    {"DL3030",
     {"yum"},
     {"install", "groupinstall", "localinstall"},
     {"y", "assumeyes"}},
    {"DL3034",
     {"zypper"},
     {"install", "in", "remove", "rm", "source-install", "si", "patch"},
     {"non-interactive", "n", "no-confirm", "y"}},
    {"DL3038",
     {"dnf", "microdnf"},
     {"install", "groupinstall", "localinstall"},
     {"y", "assumeyes"}},
};

// apt-get's other ways to say what a flag says.
bool SaysOtherwise(std::string_view rule, const Words& command) {
  if (rule == "DL3015") {
    return Contains(command, "APT::Install-Recommends=false");
  }
  if (rule != "DL3014") return false;
  const Words flags = FlagsOf(command);
  return std::count(flags.begin(), flags.end(), "q") == 2 ||
         std::count(flags.begin(), flags.end(), "quiet") == 2 ||
         Contains(command, "-q=2");
}

bool LacksFlag(const FlagRule& rule, const Run& run) {
  if (rule.rule == "DL3019" && HasMount(run, "/var/cache/apk")) return false;
  return std::any_of(run.commands.begin(), run.commands.end(),
                     [&](const Words& command) {
                       return Calls(command, rule.programs, rule.verbs) &&
                              !ContainsAny(FlagsOf(command), rule.flags) &&
                              !SaysOtherwise(rule.rule, command);
                     });
}

// A call after which another one has to follow.
struct CleanRule {
  std::string_view rule;
  Words programs;
  Words verbs;
  Words clean;    // A verb of theirs that cleans up, or
  Words removed;  // what `rm -rf` may be told to remove.
  std::string_view mount;
};
const CleanRule kCleanRules[] = {
    {"DL3009",
     {"apt", "apt-get", "aptitude"},
     {"update"},
     {},
     {"/var/lib/apt/lists/*"},
     "/var/lib/apt"},
    {"DL3032", {"yum"}, {"install"}, {"clean"}, {"/var/cache/yum/*"}, ""},
    {"DL3036",
     {"zypper"},
     {"install", "in"},
     {"clean", "cc"},
     {},
     "/var/cache/zypp"},
    {"DL3040",
     {"dnf", "microdnf"},
     {"install", "in", "upgrade", "up", "upgrade-minimal", "up-min",
      "reinstall", "rei"},
     {"clean"},
     {"/var/cache/libdnf5*", "/var/cache/yum/*"},
     "libdnf5"},
    {"DL3060", {"yarn"}, {"install"}, {"cache"}, {}, ".cache/yarn"},
};

bool LacksCleanUp(const CleanRule& rule, const Run& run) {
  const bool by_stage = rule.rule == "DL3009" || rule.rule == "DL3060";
  if (by_stage && !run.ships) return false;
  if (!rule.mount.empty() && HasMount(run, rule.mount)) return false;
  for (const std::string& program : rule.programs) {
    bool unclean = false;
    for (const Words& command : run.commands) {
      if (Calls(command, {program}, rule.verbs)) unclean = true;
      if (Calls(command, {program}, rule.clean) ||
          (command[0] == "rm" && ContainsAny(command, rule.removed))) {
        unclean = false;
      }
    }
    if (unclean) return true;
  }
  return false;
}

bool MeansYes(std::string_view value) {
  constexpr std::string_view kYes[] = {"1",  "true", "True", "TRUE", "on",
                                       "On", "ON",   "yes",  "Yes",  "YES"};
  return std::any_of(
      std::begin(kYes), std::end(kYes),
      [&](std::string_view yes) { return value.substr(0, yes.size()) == yes; });
}

bool IsPipInstall(const Words& command) {
  const std::string& name = command[0];
  const bool wraps = name.find("pipx") != std::string::npos ||
                     name.find("pipenv") != std::string::npos;
  if (wraps || !Contains(command, "install")) return false;
  if (name.starts_with("pip")) return true;
  const auto module = std::find(command.begin(), command.end(), "-m");
  return name.starts_with("python") && module != command.end() &&
         module + 1 != command.end() && module[1] == "pip";
}

bool KeepsPipCache(const Run& run) {
  const auto variable = run.environment.find("PIP_NO_CACHE_DIR");
  if (variable != run.environment.end() && MeansYes(variable->second)) {
    return false;
  }
  constexpr std::string_view kSetting = "PIP_NO_CACHE_DIR=";
  const size_t setting = run.text.find(kSetting);
  if (setting != std::string::npos &&
      MeansYes(std::string_view(run.text).substr(setting + kSetting.size()))) {
    return false;
  }
  if (HasMount(run, ".cache/pip")) return false;
  return std::any_of(
      run.commands.begin(), run.commands.end(), [](const Words& command) {
        return IsPipInstall(command) && !Contains(command, "--no-cache-dir");
      });
}

bool UsesApt(const Run& run) {
  return std::any_of(run.commands.begin(), run.commands.end(),
                     [](const Words& command) { return command[0] == "apt"; });
}

bool LogsHighUid(const Run& run) {
  return std::any_of(
      run.commands.begin(), run.commands.end(), [](const Words& command) {
        if (command[0] != "useradd") return false;
        if (ContainsAny(FlagsOf(command), {"l", "no-log-init"})) return false;
        constexpr size_t kLong = 6;
        for (size_t i = 1; i + 1 < command.size(); ++i) {
          const bool names = command[i] == "-u" || command[i] == "--uid";
          if (names && command[i + 1].size() >= kLong) return true;
        }
        return false;
      });
}

bool ShowsProgress(const Run& run) {
  return std::any_of(
      run.commands.begin(), run.commands.end(), [](const Words& command) {
        return command[0] == "wget" &&
               !ContainsAny(FlagsOf(command),
                            {"progress", "q", "quiet", "o", "output-file", "a",
                             "append-output", "no-verbose"}) &&
               !Contains(command, "-nv");
      });
}

struct OtherRule {
  std::string_view rule;
  bool (*fires)(const Run& run);
};
constexpr OtherRule kOtherRules[] = {{"DL3027", UsesApt},
                                     {"DL3042", KeepsPipCache},
                                     {"DL3046", LogsHighUid},
                                     {"DL3047", ShowsProgress}};

bool FiresOn(std::string_view name, const Run& run) {
  for (const FlagRule& rule : kFlagRules) {
    if (rule.rule == name) return LacksFlag(rule, run);
  }
  for (const CleanRule& rule : kCleanRules) {
    if (rule.rule == name) return LacksCleanUp(rule, run);
  }
  for (const OtherRule& rule : kOtherRules) {
    if (rule.rule == name) return rule.fires(run);
  }
  return false;
}

template <typename Rules>
bool Names(const Rules& rules, std::string_view name) {
  return std::any_of(std::begin(rules), std::end(rules),
                     [&](const auto& rule) { return rule.rule == name; });
}

}  // namespace

bool IsJudged(std::string_view rule) {
  return Names(kFlagRules, rule) || Names(kCleanRules, rule) ||
         Names(kOtherRules, rule);
}

bool Fires(std::string_view rule, const std::string& dockerfile) {
  const Document document = ParseDockerfile(dockerfile);
  const std::vector<Run> runs = ReadRuns(document);
  return std::any_of(runs.begin(), runs.end(),
                     [&](const Run& run) { return FiresOn(rule, run); });
}

}  // namespace dfix
