#include "src/facts/installed_split.h"

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

#include "src/context/paths.h"
#include "src/dockerfile/instructions.h"
#include "src/facts/copy_step.h"
#include "src/facts/plain_script.h"
#include "src/facts/runtime_stage.h"
#include "src/shell/views.h"
#include "src/shell/words.h"
#include "src/text/one_of.h"
#include "src/text/search.h"

namespace dfix {
namespace {

// Commands that change no file that a program could need.
constexpr std::string_view kHarmless[] = {":",   "echo", "printf",
                                          "pwd", "set",  "true"};

// Commands that both stages may run.
constexpr std::string_view kRepeatable[] = {
    "addgroup", "adduser", "chmod", "chown",   "groupadd",
    "ln",       "mkdir",   "touch", "useradd", "usermod",
};

// What a RUN of the first stage is for.
struct RunUse {
  bool packages = false;
  bool install = false;
  bool repeatable = false;     // Both stages need some of its commands.
  bool repeats_first = false;  // Before it installs packages.
  // These commands, if each is told by its words alone; else empty.
  std::string repeated = {};
  std::vector<NodeId> for_both;  // Calls that the second stage repeats.
};

class Walk {
 public:
  Walk(const Facts& facts, uint32_t stage, const InstallRules& rules,
       MovedPackages& packages)
      : facts_(facts),
        document_(facts.document()),
        stage_(facts.stages()[stage]),
        rules_(rules),
        packages_(packages) {}

  InstalledSplit Split() {
    FindCut();
    if (!split_.applies) return std::move(result_);
    for (uint32_t i = stage_.first + 1; i < stage_.end; ++i) {
      i <= split_.cut ? VisitBefore(i) : VisitAfter(i);
      if (split_.problem.empty())
        Blame(i, rules_.why_not_instruction(i, split_.cut));
      if (!split_.problem.empty()) return std::move(result_);
    }
    if (packages_.left().empty() && !rules_.has_compilers) {
      Blame(stage_.first, "no compiler is installed");
    }
    if (!has_packages_) result_.packages_line = FirstFileLine();
    return std::move(result_);
  }

 private:
  // Nothing if there is no problem.
  void Blame(uint32_t index, std::string problem) {
    if (!split_.problem.empty() || problem.empty()) return;
    split_.problem = std::move(problem);
    split_.problem_at = index;
  }

  bool IsManager(const PackageCommand& call) const {
    return IsOneOf(call.manager->name, rules_.managers);
  }

  // The last install; without packages for builds before it there is nothing to
  // leave behind.
  void FindCut() {
    bool builds = rules_.has_compilers;
    for (const PackageCommand& call : facts_.package_commands()) {
      if (call.instruction < stage_.first || call.instruction >= stage_.end ||
          facts_.instructions()[call.instruction].kind !=
              InstructionKind::kRun) {
        continue;
      }
      if (IsManager(call) && rules_.installs(call)) {
        split_.cut = call.instruction;
        if (result_.first_install == kNoInstruction) {
          result_.first_install = call.instruction;
        }
        split_.applies |= builds;
        continue;
      }
      if (call.verb != PackageVerb::kInstall) continue;
      for (const NodeId operand : call.operands) {
        builds |= IsBuildPackage(document_.Text(operand));
      }
    }
  }

  void VisitBefore(uint32_t index) {
    const InstructionFacts& instruction = facts_.instructions()[index];
    if (instruction.onbuild) {
      return Blame(index, "ONBUILD: images that are based on this one, too");
    }
    const Instruction view(document_, instruction.node);
    switch (instruction.kind) {
      case InstructionKind::kRun:
        return VisitRun(index);
      case InstructionKind::kCopy:
      case InstructionKind::kAdd:
        if (!view.Heredocs().empty()) return Blame(index, "it has a heredoc");
        if (!ComesLater(index) && !rules_.is_for_install(index, split_.cut)) {
          split_.lines.push_back({instruction.node});
        }
        return;
      case InstructionKind::kEnv:
      case InstructionKind::kArg:
      case InstructionKind::kShell:
      case InstructionKind::kWorkdir:
        split_.lines.push_back({instruction.node});
        return;
      case InstructionKind::kUser:
        if (rules_.has_users) {
          split_.lines.push_back({instruction.node});
          return;
        }
        return Blame(index,
                     std::string(rules_.managers[0]) + " runs as another user");
      case InstructionKind::kUnknown:
        return Blame(index, "dfix does not know what it is for");
      default:
        split_.moved.push_back(instruction.node);
    }
  }

  // Whether a COPY behind the cut brings the files of this one, too, before
  // anything reads them.
  bool ComesLater(uint32_t index) const {
    const auto step = CopyStepAt(facts_, index);
    if (!step || !step->from_context || !step->problem.empty()) return false;
    for (uint32_t i = split_.cut + 1; i < stage_.end; ++i) {
      if (facts_.instructions()[i].kind == InstructionKind::kRun) return false;
      const auto wide = CopyStepAt(facts_, i);
      if (!wide || !wide->from_context || !wide->problem.empty() ||
          wide->sources != std::vector<std::string>{"."}) {
        continue;
      }
      return std::all_of(step->sources.begin(), step->sources.end(),
                         [&](const std::string& source) {
                           const std::string target =
                               step->into_folder
                                   ? JoinPath(step->destination,
                                              std::string(Basename(source)))
                                   : step->destination;
                           return source != "." &&
                                  target == JoinPath(wide->destination, source);
                         });
    }
    return false;
  }

  void VisitRun(uint32_t index) {
    const PlainScript script = ReadPlainScript(facts_, index);
    if (!script.problem.empty()) return Blame(index, script.problem);
    RunUse use;
    for (const NodeId command : script.commands) {
      VisitCommand(index, command, use);
      if (!split_.problem.empty()) return;
    }
    const bool installs = use.packages || use.install;
    if (use.repeatable && installs &&
        (use.repeated.empty() || !use.for_both.empty() || !IsChain(index) ||
         IsAdded("RUN " + use.repeated))) {
      return Blame(index, "it installs and does other things, too");
    }
    // Packages may bring what commands behind them need, and the other way.
    if (use.packages && !use.repeats_first) NotePackagesLine();
    if (use.repeatable && installs) {
      split_.lines.push_back({.text = "RUN " + use.repeated});
    } else if (use.repeatable ||
               (!use.for_both.empty() && !use.packages && !use.install)) {
      split_.lines.push_back({facts_.instructions()[index].node});
    } else if (!use.for_both.empty()) {
      RepeatCalls(index, use.for_both);
    }
    if (use.packages) NotePackagesLine();
  }

  // The first RUN that installs packages decides where the second stage does.
  void NotePackagesLine() {
    if (has_packages_) return;
    has_packages_ = true;
    result_.packages_line = split_.lines.size();
  }

  // Whether the second stage has a line of that text already.
  bool IsAdded(const std::string& text) const {
    return std::any_of(
        split_.lines.begin(), split_.lines.end(),
        [&](const StageLine& line) { return line.text == text; });
  }

  // Whether `&&` joins all commands of a RUN: then no failure is tolerated.
  bool IsChain(uint32_t index) const {
    size_t lists = 0;
    for ([[maybe_unused]] const NodeId list :
         AndOrs(document_, facts_.instructions()[index].script)) {
      ++lists;
    }
    return lists == 1;
  }

  // Adds a command to those of its RUN that the second stage has, too.
  void Repeat(NodeId command, const std::string& name, RunUse& use) const {
    if (use.repeatable && use.repeated.empty()) return;
    use.repeats_first |= !use.packages;
    use.repeatable = true;
    // Others may work on what is installed.
    if (name != "mkdir" && name != "usermod" && !MakesUsers(name)) {
      use.repeated.clear();
      return;
    }
    std::string text;
    for (const NodeId word : document_.Children(command)) {
      if (document_.kind(word) != NodeKind::kWord ||
          !ConstantValue(document_, word)) {
        use.repeated.clear();
        return;
      }
      text += (text.empty() ? "" : " ") + LogicalText(document_, word);
    }
    use.repeated += (use.repeated.empty() ? "" : " && ") + text;
  }

  void RepeatCalls(uint32_t index, const std::vector<NodeId>& calls) {
    std::string text;
    for (const NodeId call : calls) {
      text += (text.empty() ? "RUN " : " && ") + LogicalText(document_, call);
    }
    if (HasText(text, "\n")) return Blame(index, "a word has several lines");
    split_.lines.push_back({.text = std::move(text)});
  }

  void VisitCommand(uint32_t index, NodeId command, RunUse& use) {
    if (const PackageCommand* call = facts_.PackageCommandAt(command)) {
      if (!IsManager(*call)) {
        use.packages = true;
        return Blame(index, packages_.Add(*call));
      }
      const bool both = rules_.is_for_both && rules_.is_for_both(*call);
      if (both) use.for_both.push_back(command);
      use.install |= !both;
      return Blame(index, rules_.why_not_call(*call));
    }
    const auto words = ProgramWords(document_, command);
    if (words.empty()) return;  // Assignments.
    const std::string text = LogicalText(document_, words[0]);
    const std::string name(Basename(text));
    if (rules_.removes_own && rules_.removes_own(command)) {
      use.install = true;
      return;
    }
    if (name == "rm") {
      if (RemovesCaches(document_, command)) return;
      return Blame(index, "it removes more than caches");
    }
    if (IsOneOf(name, rules_.interpreters)) {
      return Blame(index, "what `" + name + "` makes, the program may need");
    }
    if (IsOneOf(name, kHarmless)) return;
    if (IsOneOf(name, kRepeatable)) return Repeat(command, name, use);
    Blame(index, "`" + name + "` may make something that the program needs");
  }

  void VisitAfter(uint32_t index) {
    const InstructionFacts& instruction = facts_.instructions()[index];
    if (instruction.onbuild) {
      return Blame(index, "ONBUILD: images that are based on this one, too");
    }
    if (instruction.kind != InstructionKind::kRun) return;
    const std::string_view word =
        WordAmong(document_.Text(instruction.node), rules_.compiling);
    if (!word.empty()) {
      return Blame(
          index, "`" + std::string(word) + "` may need what would stay behind");
    }
    for (const PackageCommand& call : facts_.package_commands()) {
      if (call.instruction == index && call.verb == PackageVerb::kRemove) {
        return Blame(index, "it removes packages itself");
      }
    }
  }

  // The first of the lines that depends on files, or makes some.
  size_t FirstFileLine() const {
    const auto first = std::find_if(
        split_.lines.begin(), split_.lines.end(), [&](const StageLine& line) {
          if (line.repeated == kNoNode) return true;
          const std::string keyword(
              Instruction(document_, line.repeated).Keyword());
          return keyword != "ARG" && keyword != "ENV" && keyword != "SHELL" &&
                 keyword != "arg" && keyword != "env" && keyword != "shell";
        });
    return static_cast<size_t>(first - split_.lines.begin());
  }

  const Facts& facts_;
  const Document& document_;
  const Stage& stage_;
  const InstallRules& rules_;
  MovedPackages& packages_;
  InstalledSplit result_;
  StageSplit& split_ = result_.split;
  bool has_packages_ = false;
};

}  // namespace

InstalledSplit SplitInstalls(const Facts& facts, uint32_t stage,
                             const InstallRules& rules,
                             MovedPackages& packages) {
  InstalledSplit installed = Walk(facts, stage, rules, packages).Split();
  installed.split.stays = "compilers stay";
  return installed;
}

void InstallPackages(const MovedPackages& packages, InstalledSplit& installed) {
  const std::string install = packages.Instruction();
  if (install.empty()) return;
  auto& lines = installed.split.lines;
  const size_t at = std::min(installed.packages_line, lines.size());
  lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(at),
               {.text = install});
}

bool HasWord(std::string_view text, std::string_view word) {
  constexpr std::string_view kAround = " \t\r\n\"',[]();&|/=";
  for (size_t at = text.find(word); at != std::string_view::npos;
       at = text.find(word, at + 1)) {
    const size_t end = at + word.size();
    const bool begins = at == 0 || HasText(kAround, text.substr(at - 1, 1));
    if (begins &&
        (end == text.size() || HasText(kAround, text.substr(end, 1)))) {
      return true;
    }
  }
  return false;
}

std::string_view WordAmong(std::string_view text,
                           std::span<const std::string_view> words) {
  const auto found =
      std::find_if(words.begin(), words.end(),
                   [&](std::string_view word) { return HasWord(text, word); });
  return found == words.end() ? "" : *found;
}

}  // namespace dfix
