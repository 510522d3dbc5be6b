#include "src/equivalence/gem_parts.h"

#include <algorithm>
#include <set>
#include <vector>

#include "src/equivalence/calls.h"
#include "src/equivalence/split_parts.h"
#include "src/equivalence/tables.h"
#include "src/text/search.h"

namespace dfix::equivalence {
namespace {

constexpr std::string_view kHome = "/usr/local/bundle";

bool IsSettingCall(std::string_view text) {
  return text.starts_with("bundle config ") ||
         text.starts_with("gem update --system");
}

bool InstallsGems(const Command& command) {
  const Call call = ReadCall(command);
  if (IsProgram("gem", call.name)) {
    return call.verb_name == "install" || call.verb_name == "i";
  }
  return HasWord("bundle bundler", call.name) &&
         (call.verb_name.empty() ||
          HasWord("install update add", call.verb_name));
}

// The commands of the RUNs of a stage, as texts.
std::set<std::string> CallsOf(const Trace& trace, const Stage& stage) {
  std::set<std::string> calls;
  for (uint32_t i = stage.first; i < stage.end; ++i) {
    if (trace.steps()[i].kind != InstructionKind::kRun) continue;
    if (const List* script = trace.ScriptOf(trace.steps()[i])) {
      ForEachSimple(*script, [&](const Command& command) {
        calls.insert(Render(command));
      });
    }
  }
  return calls;
}

bool Installs(const Trace& trace, const Step& step) {
  const List* script = trace.ScriptOf(step);
  if (step.kind != InstructionKind::kRun || script == nullptr) return false;
  bool installs = false;
  ForEachSimple(*script, [&](const Command& command) {
    installs |= InstallsGems(command);
  });
  return installs;
}

bool LiesIn(std::string_view path, std::string_view folder) {
  return path.starts_with(folder) &&
         (path.size() == folder.size() || path[folder.size()] == '/');
}

// The folders that the old stage says gems go to: absolute ones, and the ends
// of those that are not.
std::vector<std::string> NamedFolders(const SplitStages& split,
                                      const std::set<std::string>& calls) {
  std::vector<std::string> folders;
  bool deploys = false;
  const Stage& build = split.after.stages()[split.build];
  for (const char* name : {"BUNDLE_PATH", "GEM_HOME", "BUNDLE_DEPLOYMENT"}) {
    const auto& variables = split.after.FinalContext(build).variables;
    const auto found = variables.find(name);
    if (found == variables.end() || found->second.is_argument) continue;
    const std::string value = WithoutSign(found->second.value);
    if (std::string_view(name) == "BUNDLE_DEPLOYMENT") {
      deploys |= !value.empty() && !HasWord("0 false", value);
    } else if (!HasText(value, "$")) {
      folders.push_back(value);
    }
  }
  for (const std::string& call : calls) {
    if (!call.starts_with("bundle")) continue;
    deploys |= HasText(call, "--deployment") || HasText(call, " deployment ");
    for (const std::string_view before : {"--path ", "--path=", " path "}) {
      const size_t at = call.find(before);
      if (at == std::string::npos) continue;
      const size_t begin = at + before.size();
      folders.push_back(call.substr(begin, call.find(' ', begin) - begin));
    }
  }
  if (deploys && folders.empty()) folders.emplace_back("vendor/bundle");
  folders.emplace_back(kHome);
  return folders;
}

}  // namespace

bool RepeatsGemSettings(const SplitStages& split, const Step& step) {
  const List* script = split.after.ScriptOf(step);
  if (step.kind != InstructionKind::kRun || script == nullptr ||
      !step.flags.empty() || script->items.empty()) {
    return false;
  }
  const auto calls = CallsOf(split.before, split.before.stages()[split.old]);
  return std::all_of(
      script->items.begin(), script->items.end(), [&](const Item& item) {
        const Command* command = OnlySimple(item);
        return command != nullptr && !item.background &&
               (item.join == Join::kFirst || item.join == Join::kAnd) &&
               calls.contains(Render(*command)) &&
               IsSettingCall(Render(*command));
      });
}

std::string WhyGemsAreMissing(const SplitStages& split) {
  const Stage& build = split.after.stages()[split.build];
  const Stage& run = split.after.stages()[split.run];
  const auto steps = split.after.steps();
  std::set<std::string> users;
  std::set<uint64_t> built;
  for (uint32_t i = build.first; i < build.end; ++i) {
    if (Installs(split.after, steps[i])) {
      users.insert(split.after.ContextOf(steps[i]).user);
    }
    built.insert(split.after.ContentHash(steps[i]));
  }
  if (users.size() != 1) return "no one user installs gems";
  const std::string& user = *users.begin();
  const bool is_root = user.empty() || HasWord("root 0 root:root 0:0", user);
  std::vector<std::string> owner;
  if (!is_root) owner.push_back("--chown=" + user);
  const auto calls = CallsOf(split.after, build);
  const auto run_calls = CallsOf(split.after, run);
  for (const std::string& call : calls) {
    // Settings of the project are where gems are.
    const bool goes_along = HasText(call, " --local ");
    if (IsSettingCall(call) && !goes_along && !run_calls.contains(call)) {
      return "`" + call + "` is not in the second part";
    }
  }
  std::vector<std::string> missing = NamedFolders(split, calls);
  for (uint32_t i = run.first; i < run.end; ++i) {
    const Step& step = steps[i];
    if (step.from == split.build && step.arguments.size() == 2) {
      if (step.flags != owner && !step.arguments[1].ends_with(".lock")) {
        return "gems do not belong to who installs them";
      }
      std::erase_if(missing, [&](const std::string& folder) {
        const std::string& to = step.arguments[1];
        return LiesIn(folder, to) ||
               (!folder.starts_with('/') && to.ends_with("/" + folder));
      });
      continue;
    }
    if (step.kind != InstructionKind::kRun) continue;
    const std::string text = DescribeStep(split.after, step);
    if (Installs(split.after, step)) return "`" + text + "` has no compilers";
    const bool reads = !built.contains(split.after.ContentHash(step)) &&
                       !IsPackageInstall(split.after, step) &&
                       !RepeatsGemSettings(split, step);
    if (reads && !missing.empty()) {
      return "`" + text + "` comes before the gems of `" + missing[0] + "`";
    }
  }
  return missing.empty() ? ""
                         : "the gems of `" + missing[0] + "` are not copied";
}

bool IsCopiedAgain(const SplitStages& split, const Step& copy) {
  const Trace& trace = split.before;
  if (copy.from != kNone || copy.arguments.size() < 2) return false;
  const std::string& target = copy.arguments.back();
  bool installed = false;
  for (uint32_t i = trace.IndexOf(copy) + 1; i < trace.stages()[split.old].end;
       ++i) {
    const Step& step = trace.steps()[i];
    if (step.kind == InstructionKind::kRun) {
      if (installed && !Installs(trace, step)) return false;
      installed |= Installs(trace, step);
      continue;
    }
    if (step.kind != InstructionKind::kCopy || step.from != kNone ||
        step.arguments.size() != 2 || step.arguments[0] != ".") {
      continue;
    }
    std::string folder = step.arguments[1];
    while (folder.size() > 1 && folder.ends_with('/')) folder.pop_back();
    return installed && LiesIn(target, folder);
  }
  return false;
}

}  // namespace dfix::equivalence
