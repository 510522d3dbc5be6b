#include "src/facts/apt_lists.h"

#include <algorithm>
#include <optional>
#include <span>
#include <string>

#include "src/dockerfile/instructions.h"
#include "src/shell/words.h"

namespace dfix {
namespace {

constexpr std::string_view kListsDirectory = "/var/lib/apt/lists";

template <size_t kSize>
bool IsOneOf(std::string_view name, const std::string_view (&names)[kSize]) {
  return std::find(names, names + kSize, name) != names + kSize;
}

bool Mentions(std::string_view text, std::string_view word) {
  return text.find(word) != std::string_view::npos;
}

constexpr std::string_view kShells[] = {"sh",  "bash", "dash",
                                        "ash", "zsh",  "ksh"};
// Programs that read the lists and do not download them.
constexpr std::string_view kReaders[] = {
    "apt-cache", "tasksel",  "mk-build-deps", "gdebi",
    "dselect",   "apt-fast", "nala",          "rosdep"};
// Programs that run whatever a project tells them to.
constexpr std::string_view kRunners[] = {"ansible-playbook", "chef-solo",
                                         "chef-client",      "puppet",
                                         "salt-call",        "eval"};

// A word that names the lists or a directory around them; `partial` and `lock`
// are not them.
bool NamesLists(std::string_view word) {
  std::string path(word);
  std::erase_if(path, [](char c) { return c == '"' || c == '\''; });
  if (path.starts_with("/var/lib/{")) return Mentions(path, "apt");
  if (path.starts_with("/var/lib/apt/") || path == "/var/lib/apt") {
    return !path.ends_with("/partial") && !path.ends_with("/lock");
  }
  return path == "/var/lib/apt*" || path == "/var/{lib/apt,cache/apt}";
}

bool AnyWordNamesLists(const Document& document,
                       std::span<const NodeId> words) {
  return std::any_of(words.begin(), words.end(), [&](NodeId word) {
    return NamesLists(document.Text(word));
  });
}

bool IsFedFromNetwork(const Document& document, NodeId command) {
  const NodeId pipeline = document.Parent(command);
  if (document.kind(pipeline) != NodeKind::kPipeline) return false;
  const std::string_view text = document.Text(pipeline);
  return Mentions(text, "curl") || Mentions(text, "wget");
}

// Whether a program by that path looks like a script of the project that sets
// up a machine.
bool LooksLikeSetupScript(std::string_view path) {
  const std::string_view name = Basename(path);
  if (name.ends_with(".sh") || name.ends_with(".bash")) return true;
  constexpr std::string_view kHints[] = {"install", "setup",     "deps",
                                         "apt",     "bootstrap", "provision"};
  return path != name && std::any_of(std::begin(kHints), std::end(kHints),
                                     [&](std::string_view hint) {
                                       return Mentions(name, hint);
                                     });
}

// `words` are a shell and its arguments.
std::optional<ListsEvent> EventOfShell(const Document& document, NodeId command,
                                       std::span<const NodeId> words) {
  const NodeId string = StringThatShellRuns(document, command);
  if (string != kNoNode) {
    return MentionsApt(document.Text(string))
               ? std::optional(ListsEvent::kMaybeUse)
               : std::nullopt;
  }
  for (const NodeId node : words.subspan(1)) {
    const std::string word = ConstantValue(document, node).value_or("$");
    if (word.starts_with('-') && word.size() > 1) continue;
    // `bash <(curl ...)`, `bash -s -- --flag`: from the network.
    if (document.Text(node).find("<(") != std::string_view::npos ||
        IsFedFromNetwork(document, command)) {
      break;
    }
    return word == "-" ? ListsEvent::kMaybeRefresh : ListsEvent::kMaybeUse;
  }
  return ListsEvent::kMaybeRefresh;
}

std::optional<ListsEvent> EventOfPackageCommand(const PackageCommand& call) {
  switch (call.verb) {
    case PackageVerb::kRefresh:
      return ListsEvent::kRefresh;
    case PackageVerb::kInstall:
    case PackageVerb::kUpgrade:
    case PackageVerb::kQuery:
      return ListsEvent::kUse;
    case PackageVerb::kPurgeLists:
      return ListsEvent::kPurge;
    default:
      return std::nullopt;
  }
}

std::optional<ListsEvent> EventOf(const Facts& facts, NodeId command) {
  const Document& document = facts.document();
  if (const PackageCommand* call = facts.PackageCommandAt(command)) {
    return EventOfPackageCommand(*call);
  }
  const std::vector<NodeId> words = ProgramWords(document, command);
  if (words.empty()) {
    const bool apt = Mentions(document.Text(command), "apt");
    return apt && document.Child(command, NodeKind::kWord) != kNoNode
               ? std::optional(ListsEvent::kMaybeUse)
               : std::nullopt;
  }
  std::string scratch;
  const std::string path(
      ConstantView(document, words[0], scratch).value_or(""));
  const std::string name(Basename(path));
  const std::span<const NodeId> rest(words.begin() + 1, words.end());
  if (name == "rm" || name == "find" || name == "cd" || name == "unlink") {
    return AnyWordNamesLists(document, rest) ? std::optional(ListsEvent::kPurge)
                                             : std::nullopt;
  }
  if (name == "install_packages" || name == "install-packages")
    return ListsEvent::kPurge;
  if (name == "add-apt-repository" || name == "apt-add-repository") {
    return ListsEvent::kMaybeRefresh;
  }
  if (IsOneOf(name, kReaders)) return ListsEvent::kUse;
  if (IsOneOf(name, kRunners)) return ListsEvent::kMaybeUse;
  if (IsOneOf(name, kShells)) return EventOfShell(document, command, words);
  if (LooksLikeSetupScript(path)) return ListsEvent::kMaybeUse;
  return std::nullopt;
}

// RUN in JSON form, or with a script that was not understood.
std::optional<ListsEvent> EventOfUnread(const Facts& facts,
                                        const InstructionFacts& instruction) {
  const Document& document = facts.document();
  const auto words = Instruction(document, instruction.inner).Arguments();
  if (!Mentions(document.Text(instruction.inner), "apt")) return std::nullopt;
  const bool direct = words.size() >= 2 && Basename(words[0]) == "apt-get";
  if (direct && words[1] == "update") return ListsEvent::kRefresh;
  return ListsEvent::kMaybeUse;
}

// The first answer among the steps that `belongs` selects, after position
// `from`; absent if the lists are left as they are.
template <typename Belongs>
std::optional<LaterNeed> FirstNeed(const std::vector<ListsStep>& steps,
                                   Belongs belongs) {
  for (const ListsStep& step : steps) {
    if (!belongs(step)) continue;
    switch (step.event) {
      case ListsEvent::kUse:
        return LaterNeed{LaterNeed::Answer::kYes, step.instruction};
      case ListsEvent::kMaybeUse:
        return LaterNeed{LaterNeed::Answer::kPerhaps, step.instruction};
      case ListsEvent::kRefresh:
      case ListsEvent::kPurge:
        return LaterNeed{};
      case ListsEvent::kMaybeRefresh:
        break;
    }
  }
  return std::nullopt;
}

// What the stages based on `stage` need, and the ONBUILDs that run for them.
LaterNeed NeedOfChildren(const Facts& facts,
                         const std::vector<ListsStep>& steps, uint32_t stage,
                         uint32_t after) {
  const auto of_stage = [&](uint32_t index, bool onbuild) {
    return [&facts, index, onbuild](const ListsStep& step) {
      const InstructionFacts& i = facts.instructions()[step.instruction];
      return i.stage == index && i.onbuild == onbuild;
    };
  };
  const auto triggers = of_stage(stage, true);
  const auto need = FirstNeed(steps, [&](const ListsStep& step) {
    return triggers(step) && step.instruction > after;
  });
  if (need) return *need;
  LaterNeed result;
  for (uint32_t child = 0; child < facts.stages().size(); ++child) {
    if (facts.stages()[child].parent != stage) continue;
    const auto own = FirstNeed(steps, of_stage(child, false));
    const LaterNeed later = own ? *own : NeedOfChildren(facts, steps, child, 0);
    if (later.answer > result.answer) result = later;
  }
  return result;
}

// A COPY --from of the stage that may carry the lists elsewhere.
std::optional<uint32_t> CopiesLists(const Facts& facts, uint32_t stage) {
  const Document& document = facts.document();
  const std::string number = std::to_string(stage);
  for (uint32_t i = 0; i < facts.instructions().size(); ++i) {
    const InstructionFacts& copy = facts.instructions()[i];
    if (copy.kind != InstructionKind::kCopy) continue;
    const Instruction instruction(document, copy.inner);
    const auto flag = instruction.FindFlag("--from");
    if (!flag || !flag->value) continue;
    const std::string& from = *flag->value;
    if (from != number && from != facts.stages()[stage].name) continue;
    std::vector<std::string> sources = instruction.Arguments();
    if (!sources.empty()) sources.pop_back();  // The destination.
    for (std::string_view directory : sources) {
      while (directory.ends_with('/')) directory.remove_suffix(1);
      if (IsInside(kListsDirectory, directory) || NamesLists(directory)) {
        return i;
      }
    }
  }
  return std::nullopt;
}

}  // namespace

NodeId StringThatShellRuns(const Document& document, NodeId command) {
  const std::vector<NodeId> words = ProgramWords(document, command);
  if (words.empty()) return kNoNode;
  const std::string name = ConstantValue(document, words[0]).value_or("");
  if (!IsOneOf(Basename(name), kShells)) return kNoNode;
  for (size_t i = 1; i + 1 < words.size(); ++i) {
    const std::string word = ConstantValue(document, words[i]).value_or("");
    if (!word.starts_with('-')) return kNoNode;
    if (word.starts_with("--")) continue;
    if (word.find('c') != std::string::npos) return words[i + 1];
  }
  return kNoNode;
}

bool MentionsApt(std::string_view text) {
  return Mentions(text, "apt-get") || Mentions(text, "apt install") ||
         Mentions(text, "apt update") || Mentions(text, "apt upgrade") ||
         Mentions(text, "aptitude");
}

std::vector<ListsStep> FindListsSteps(const Facts& facts) {
  const Document& document = facts.document();
  std::vector<ListsStep> steps;
  for (uint32_t i = 0; i < facts.instructions().size(); ++i) {
    const InstructionFacts& instruction = facts.instructions()[i];
    if (instruction.kind != InstructionKind::kRun) continue;
    if (instruction.script == kNoNode ||
        document.kind(instruction.script) == NodeKind::kOpaque) {
      if (const auto event = EventOfUnread(facts, instruction)) {
        steps.push_back({i, instruction.node, *event});
      }
      continue;
    }
    const uint32_t end = document.node(instruction.script).end_node;
    for (uint32_t n = Index(instruction.script); n < end; ++n) {
      if (document.nodes()[n].kind != NodeKind::kSimpleCommand) continue;
      const PackageCommand* call = facts.PackageCommandAt(NodeId{n});
      if (call != nullptr && call->refreshes_first) {
        steps.push_back({i, NodeId{n}, ListsEvent::kRefresh});
      }
      if (const auto event = EventOf(facts, NodeId{n})) {
        steps.push_back({i, NodeId{n}, *event});
      }
    }
  }
  return steps;
}

LaterNeed NeedAfterInstruction(const Facts& facts,
                               const std::vector<ListsStep>& steps,
                               uint32_t instruction) {
  const InstructionFacts& self = facts.instructions()[instruction];
  if (!self.onbuild) {
    if (const auto copy = CopiesLists(facts, self.stage)) {
      return {LaterNeed::Answer::kYes, *copy};
    }
    const auto own = FirstNeed(steps, [&](const ListsStep& step) {
      const InstructionFacts& i = facts.instructions()[step.instruction];
      return i.stage == self.stage && !i.onbuild &&
             step.instruction > instruction;
    });
    if (own) return *own;
  }
  return NeedOfChildren(facts, steps, self.stage,
                        self.onbuild ? instruction : 0);
}

std::vector<ListsStep> StepsBefore(const Facts& facts,
                                   const std::vector<ListsStep>& steps,
                                   uint32_t instruction) {
  std::vector<ListsStep> before;
  const InstructionFacts& self = facts.instructions()[instruction];
  const auto add = [&](uint32_t stage, bool onbuild, uint32_t end) {
    for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
      const InstructionFacts& i = facts.instructions()[step->instruction];
      if (i.stage == stage && i.onbuild == onbuild && step->instruction < end) {
        before.push_back(*step);
      }
    }
  };
  if (self.onbuild) add(self.stage, true, instruction);
  uint32_t end = self.onbuild ? kNoInstruction : instruction;
  for (uint32_t stage = self.stage; stage != kNoStage;
       stage = facts.stages()[stage].parent) {
    if (stage != self.stage) add(stage, true, kNoInstruction);
    add(stage, false, end);
    end = kNoInstruction;
  }
  return before;
}

}  // namespace dfix
