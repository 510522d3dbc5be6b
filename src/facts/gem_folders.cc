#include "src/facts/gem_folders.h"

#include <algorithm>

#include "src/context/paths.h"
#include "src/dockerfile/instructions.h"
#include "src/shell/views.h"
#include "src/shell/words.h"
#include "src/text/backticks.h"
#include "src/text/one_of.h"
#include "src/text/search.h"

namespace dfix {
namespace {

// Options of `bundle install` that do not say where gems go.
constexpr std::string_view kPlainOptions[] = {
    "--clean",        "--force", "--frozen",     "--full-index",
    "--jobs",         "--local", "--no-cache",   "--no-prune",
    "--prefer-local", "--quiet", "--redownload", "--retry",
    "--verbose",      "--with",  "--without",    "-j",
};

// Options of `gem install` that put gems elsewhere.
constexpr std::string_view kElsewhere[] = {
    "--bindir",       "--build-root", "--file", "--install-dir",
    "--user-install", "-g",           "-i",     "-n",
};

// Settings that do not say where gems go.
constexpr std::string_view kPlainSettings[] = {
    "clean",
    "force_ruby_platform",
    "frozen",
    "ignore_messages",
    "jobs",
    "no_prune",
    "prefer_patch",
    "retry",
    "silence_root_warning",
    "specific_platform",
    "timeout",
    "with",
    "without",
};

// Variables that say where gems or settings are, and no folder to copy.
constexpr std::string_view kVariables[] = {
    "BUNDLE_BIN",         "BUNDLE_CONFIG",
    "BUNDLE_GEMFILE",     "BUNDLE_PATH__SYSTEM",
    "BUNDLE_STANDALONE",  "BUNDLE_SYSTEM_BINDIR",
    "BUNDLE_USER_CONFIG", "BUNDLE_USER_HOME",
    "GEM_PATH",           "RUBYLIB",
};

bool IsTrue(std::string_view value) {
  return !value.empty() && value != "0" && value != "false" && value != "no";
}

std::vector<std::string> WordsOf(const Document& document, NodeId command) {
  std::vector<std::string> words;
  for (const NodeId word : ProgramWords(document, command)) {
    words.push_back(
        ConstantValue(document, word).value_or(LogicalText(document, word)));
  }
  return words;
}

// Whether the second word of a call is `verb`.
bool HasVerb(const Document& document, const PackageCommand& call,
             std::string_view verb) {
  return call.verb_word != kNoNode &&
         LogicalText(document, call.verb_word) == verb;
}

bool NamesBuild(std::string_view variable) {
  return variable.starts_with("BUNDLE_BUILD") ||
         variable == "NOKOGIRI_USE_SYSTEM_LIBRARIES";
}

constexpr std::string_view kDecides =
    " decides which libraries gems are linked with";

}  // namespace

bool ChangesProject(const Document& document, const PackageCommand& call) {
  const auto words = WordsOf(document, call.command);
  return ChangesTools(document, call) &&
         std::find(words.begin(), words.end(), "--local") != words.end();
}

bool ChangesTools(const Document& document, const PackageCommand& call) {
  if (call.manager->name == "bundle") return HasVerb(document, call, "config");
  return call.verb == PackageVerb::kUpgrade &&
         std::any_of(call.options.begin(), call.options.end(),
                     [&](NodeId option) {
                       return LogicalText(document, option) == "--system";
                     });
}

bool InstallsGems(const Document& document, const PackageCommand& call) {
  return (call.verb == PackageVerb::kInstall ||
          call.verb == PackageVerb::kSync ||
          call.verb == PackageVerb::kUpgrade) &&
         !ChangesTools(document, call);
}

std::string GemFolders::SetPath(std::string_view path) {
  if (path.empty() || path.find_first_of("$~`") != path.npos) {
    return "where gems go depends on " + InBackticks(path);
  }
  paths_.emplace(path);
  return "";
}

std::string GemFolders::AddOption(const std::string& option,
                                  const std::string& value) {
  if (option == "--path") return SetPath(value);
  if (option == "--system") return SetPath(kGemHome);
  if (option == "--deployment") {
    deploys_ = true;
    return "";
  }
  const bool is_jobs = option.starts_with("-j");
  return is_jobs || IsOneOf(option, kPlainOptions)
             ? ""
             : InBackticks(option) + " may put something elsewhere";
}

std::string GemFolders::AddSetting(const std::vector<std::string>& words,
                                   bool build_settings) {
  std::vector<std::string> parts;  // The name and the value.
  for (size_t i = 2; i < words.size(); ++i) {
    const bool is_verb = parts.empty() && words[i] == "set";
    if (!is_verb && !words[i].starts_with("--")) parts.push_back(words[i]);
  }
  const std::string value = parts.size() > 1 ? parts[1] : "";
  if (parts.empty() || parts[0] == "list" || parts[0] == "get") return "";
  const std::string& name = parts[0];
  if (name == "path") return SetPath(value);
  if (name == "deployment") {
    deploys_ |= IsTrue(value);
    return "";
  }
  if (name.starts_with("build.")) {
    return build_settings ? InBackticks(name) + std::string(kDecides) : "";
  }
  // Names of hosts are there for what they ask for.
  const bool is_host = HasText(name, ".") && !HasText(name, "path");
  return is_host || IsOneOf(name, kPlainSettings)
             ? ""
             : "the setting " + InBackticks(name) +
                   " may decide where gems or programs are";
}

std::string GemFolders::AddCall(const PackageCommand& call,
                                bool build_settings) {
  const Document& document = facts_.document();
  if (call.verb == PackageVerb::kRemove) return "it removes gems";
  for (const NodeId assignment :
       SimpleCommand{&document, call.command}.assignments()) {
    const std::string text = LogicalText(document, assignment);
    if (text.starts_with("BUNDLE_") || text.starts_with("GEM_") ||
        text.starts_with("RUBY")) {
      return InBackticks(text) + " is set for one command";
    }
  }
  const auto words = WordsOf(document, call.command);
  const std::string named =
      words.size() > 1 ? words[0] + " " + words[1] : words[0];
  constexpr std::string_view kPlainCalls[] = {"bundle clean", "bundle lock",
                                              "gem cleanup"};
  if (ChangesTools(document, call)) {
    return call.manager->name == "gem" ? "" : AddSetting(words, build_settings);
  }
  if (!InstallsGems(document, call)) {
    return call.verb == PackageVerb::kQuery ||
                   call.verb == PackageVerb::kNone ||
                   IsOneOf(named, kPlainCalls)
               ? ""
               : "what " + InBackticks(named) + " makes, the program may need";
  }
  return call.manager->name == "gem" ? AddGems(call) : AddBundle(call, words);
}

std::string GemFolders::AddGems(const PackageCommand& call) const {
  for (const NodeId option : call.options) {
    const std::string text = LogicalText(facts_.document(), option);
    if (IsOneOf(text.substr(0, text.find('=')), kElsewhere)) {
      return InBackticks(text) + " puts gems elsewhere";
    }
  }
  return "";
}

std::string GemFolders::AddBundle(const PackageCommand& call,
                                  const std::vector<std::string>& words) {
  const auto root = WorkdirAt(facts_, call.instruction);
  if (!root) return "the folder of its Gemfile is not known";
  roots_.insert(CleanPath(*root));
  for (size_t i = 0; i < words.size(); ++i) {
    if (!words[i].starts_with('-')) continue;
    const size_t equals = std::min(words[i].find('='), words[i].size());
    std::string value = words[i].substr(std::min(equals + 1, words[i].size()));
    if (equals == words[i].size() && i + 1 < words.size()) value = words[i + 1];
    std::string problem = AddOption(words[i].substr(0, equals), value);
    if (!problem.empty()) return problem;
  }
  return "";
}

std::string GemFolders::AddVariables(uint32_t index, bool build_settings) {
  const InstructionFacts& instruction = facts_.instructions()[index];
  const Instruction view(facts_.document(), instruction.node);
  const bool is_env = instruction.kind == InstructionKind::kEnv;
  for (const KeyValuePair& pair : view.Pairs()) {
    const std::string& name = pair.key;
    std::string value = pair.value.value_or("");
    std::erase(value, '"');
    std::string problem;
    if (IsOneOf(name, kVariables) ||
        (name == "BUNDLE_APP_CONFIG" && value != kGemHome) ||
        (!is_env && (name == "BUNDLE_PATH" || name == "GEM_HOME"))) {
      problem = InBackticks(name) + " decides where gems or settings are";
    } else if (build_settings && NamesBuild(name)) {
      problem = InBackticks(name) + std::string(kDecides);
    } else if (name == "BUNDLE_PATH") {
      problem = SetPath(value == "$GEM_HOME" || value == "${GEM_HOME}" ? home_
                                                                       : value);
    } else if (name == "BUNDLE_DEPLOYMENT" && IsTrue(value)) {
      deploys_ = true;
    } else if (name == "GEM_HOME") {
      if (!value.starts_with('/') || HasText(value, "$")) {
        problem = "`GEM_HOME` is no folder that is known";
      }
      home_ = CleanPath(value);
    }
    if (!problem.empty()) return problem;
  }
  return "";
}

std::vector<std::string> GemFolders::Folders(std::string& problem) const {
  std::vector<std::string> folders = {std::string(kGemHome)};
  if (home_ != kGemHome) folders.push_back(home_);
  std::string path = paths_.empty() ? "" : *paths_.begin();
  if (path.empty() && deploys_) path = "vendor/bundle";
  const bool is_relative = !path.empty() && !path.starts_with('/');
  if (is_relative && roots_.size() == 1) path = JoinPath(*roots_.begin(), path);
  const bool is_apart = !path.empty() && CleanPath(path) != home_;
  if (paths_.size() > 1 || (is_relative && roots_.size() > 1) ||
      (is_apart && home_ != kGemHome)) {
    problem = "gems go to more than one folder";
    return {};
  }
  if (is_apart && !PathBelow(CleanPath(path), kGemHome)) {
    folders.push_back(CleanPath(path));
  }
  return folders;
}

}  // namespace dfix
