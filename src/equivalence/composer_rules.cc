// Rules about installs that leave a part of their work to a command behind
// them.
#include <algorithm>

#include "src/equivalence/calls.h"
#include "src/equivalence/rules.h"

namespace dfix::equivalence::rules {
namespace {

constexpr std::string_view kLeftOut = "--no-scripts --no-autoloader";

bool IsInstall(const Call& call) {
  return IsProgram("composer composer.phar", call.name) &&
         HasWord("install i", call.verb_name) && call.operands.empty();
}

// Whether the install leaves out what the autoloader's command does.
bool LeavesOut(const Call& call) {
  return HasOption(call, "--no-scripts") && HasOption(call, "--no-autoloader");
}

// The options of a call that matter to the autoloader, by their long names.
// Those of the install that are not its own are left out.
std::vector<std::string> OptionsOf(const Call& call) {
  std::vector<std::string> options;
  for (const size_t i : call.options) {
    std::string option = call.command->words[i].text;
    if (option == "-o" || option == "--optimize-autoloader") {
      option = "--optimize";
    }
    if (option == "-a") option = "--classmap-authoritative";
    if (option == "--apcu-autoloader") option = "--apcu";
    if (HasWord("--no-dev --optimize --classmap-authoritative --apcu "
                "--no-plugins --ignore-platform-reqs --ignore-platform-req",
                option)) {
      options.push_back(option);
    }
  }
  std::sort(options.begin(), options.end());
  return options;
}

// The words of an install without those that leave something out.
std::vector<uint64_t> OtherWords(const Command& command) {
  std::vector<uint64_t> words;
  for (const Word& word : command.words) {
    if (!word.constant || !HasWord(kLeftOut, word.text)) {
      words.push_back(word.hash);
    }
  }
  return words;
}

// The plain command of item `index` of a list; null if there is none.
const Command* CommandAt(const List& list, uint32_t index) {
  return index < list.items.size() ? OnlySimple(list.items[index]) : nullptr;
}

// The installs of a stage.
std::vector<const Command*> InstallsOf(const Trace& trace, uint32_t stage) {
  std::vector<const Command*> installs;
  for (const Step& step : trace.steps()) {
    const List* script = trace.ScriptOf(step);
    if (step.stage != stage || script == nullptr) continue;
    ForEachSimple(*script, [&](const Command& command) {
      if (IsInstall(ReadCall(command))) installs.push_back(&command);
    });
  }
  return installs;
}

// Why the items `index` and the next of a list are no install that leaves out
// what the second does.
std::string WhyNoPair(const List& list, uint32_t index) {
  const Command* first = CommandAt(list, index);
  const Command* second = CommandAt(list, index + 1);
  if (first == nullptr || second == nullptr ||
      list.items[index + 1].join != Join::kAnd) {
    return "no two commands are joined there";
  }
  const Call install = ReadCall(*first);
  const Call autoloader = ReadCall(*second);
  if (!IsInstall(install) || !LeavesOut(install)) {
    return "no install leaves out the autoloader";
  }
  const bool is_plain = second->assignments.empty() &&
                        second->redirections.empty() &&
                        autoloader.operands.empty() &&
                        first->words[install.program].text ==
                            second->words[autoloader.program].text;
  if (autoloader.verb_name != "dump-autoload" || !is_plain) {
    return "nothing behind the install writes the autoloader";
  }
  return OptionsOf(install) == OptionsOf(autoloader)
             ? ""
             : "its options are not those of the install";
}

}  // namespace

std::string PartedInstall(const Comparison& c, const Difference& d) {
  const Frame& frame = d.after.frame();
  uint32_t index = frame.item;
  std::string why = WhyNoPair(*frame.list, index);
  if (!why.empty() && index > 0) why = WhyNoPair(*frame.list, --index);
  if (!why.empty()) return why;
  const Command& install = *CommandAt(*frame.list, index);
  const Call autoloader = ReadCall(*CommandAt(*frame.list, index + 1));
  const uint32_t stage = d.after.step->stage;
  const auto before = InstallsOf(c.before, stage);
  const bool was_there =
      std::any_of(before.begin(), before.end(), [&](const Command* command) {
        const Call call = ReadCall(*command);
        return !HasOption(call, "--no-autoloader") &&
               OtherWords(*command) == OtherWords(install) &&
               HasOption(call, "--no-scripts") ==
                   HasOption(autoloader, "--no-scripts");
      });
  if (!was_there || before.size() != InstallsOf(c.after, stage).size()) {
    return "no install was there that did the same";
  }
  return WhereItMayNotBe(d.after);
}

}  // namespace dfix::equivalence::rules
