// What single commands do to the package lists.
#include <algorithm>
#include <optional>
#include <span>
#include <string>

#include "src/dockerfile/instructions.h"
#include "src/facts/apt_lists.h"
#include "src/facts/script_facts.h"
#include "src/shell/views.h"
#include "src/shell/words.h"
#include "src/text/one_of.h"
#include "src/text/search.h"

namespace dfix {
namespace {

bool Mentions(std::string_view text, std::string_view word) {
  return text.find(word) != std::string_view::npos;
}

constexpr std::string_view kShells[] = {"sh",  "bash", "dash",
                                        "ash", "zsh",  "ksh"};
// Programs that read the lists and do not download them.
constexpr std::string_view kReaders[] = {
    "apt-cache", "tasksel",  "mk-build-deps", "gdebi",
    "dselect",   "apt-fast", "nala",          "rosdep"};
// Programs to which the name of another one is just a word.
constexpr std::string_view kTalkers[] = {
    "echo",     "printf",  "which",      "type", "man",         "cat",
    "sed",      "grep",    "ls",         "ln",   "chmod",       "chown",
    "test",     "[",       "mkdir",      "cp",   "mv",          "tee",
    "apt-mark", "apt-key", "apt-config", "dpkg", "dpkg-divert", "export"};
// Installers from the network that bring up-to-date lists or need none.
constexpr std::string_view kKnownInstallers[] = {
    "nodesource.com", "rustup.rs", "get.docker.com", "astral.sh", "nvm-sh",
    "bun.sh",         "deno.land", "get-helm",       "poetry",    "sdkman"};
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

bool IsKnownInstaller(const Document& document, NodeId command) {
  const std::string_view text = document.Text(document.Parent(command));
  return std::any_of(
      std::begin(kKnownInstallers), std::end(kKnownInstallers),
      [&](std::string_view name) { return Mentions(text, name); });
}

// Whether a program by that path looks like a script of the project that sets
// up a machine.
bool LooksLikeSetupScript(std::string_view path) {
  const std::string_view name = Basename(path);
  if (name == "nvm.sh") return false;
  if (name.ends_with(".sh") || name.ends_with(".bash")) return true;
  constexpr std::string_view kHints[] = {"install", "setup",     "deps",
                                         "apt",     "bootstrap", "provision"};
  return path != name && std::any_of(std::begin(kHints), std::end(kHints),
                                     [&](std::string_view hint) {
                                       return Mentions(name, hint);
                                     });
}

// What a string that a shell runs may do.
std::optional<ListsEvent> EventOfString(std::string_view string) {
  const bool script = MentionsApt(string) || Mentions(string, ".sh") ||
                      Mentions(string, "./install") ||
                      Mentions(string, "./setup");
  return script ? std::optional(ListsEvent::kMaybeUse) : std::nullopt;
}

// What a script from a pipe, a heredoc or the network may do.
std::optional<ListsEvent> EventOfInput(const Document& document,
                                       NodeId command) {
  if (!IsFedFromNetwork(document, command)) return ListsEvent::kMaybeUse;
  return IsKnownInstaller(document, command) ? ListsEvent::kMaybeRefresh
                                             : ListsEvent::kMaybeUse;
}

// `words` are a shell and its arguments.
std::optional<ListsEvent> EventOfShell(const Document& document, NodeId command,
                                       std::span<const NodeId> words) {
  const NodeId string = StringThatShellRuns(document, command);
  if (string != kNoNode) return EventOfString(document.Text(string));
  for (const NodeId node : words.subspan(1)) {
    const std::string word = ConstantValue(document, node).value_or("$");
    if (word == "--version") return std::nullopt;
    if (word.starts_with('-')) continue;
    return IsFedFromNetwork(document, command)
               ? EventOfInput(document, command)
               : std::optional(ListsEvent::kMaybeUse);
  }
  return EventOfInput(document, command);
}

// The call of apt that `command` is, or null.
const PackageCommand* AptCallAt(const Facts& facts, NodeId command) {
  const PackageCommand* call = facts.PackageCommandAt(command);
  return call != nullptr && IsApt(*call->manager) ? call : nullptr;
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
    case PackageVerb::kOther:
      return ListsEvent::kMaybeUse;
    default:
      return std::nullopt;
  }
}

// Whether a variable that the script or the file sets holds a call of apt.
bool VariableHoldsApt(const Facts& facts, NodeId command) {
  const Document& document = facts.document();
  const uint32_t instruction = facts.InstructionOf(command);
  const NodeId script = facts.instructions()[instruction].script;
  for (uint32_t n = Index(script); n < Index(command); ++n) {
    if (document.nodes()[n].kind == NodeKind::kAssignment &&
        Mentions(document.Text(NodeId{n}), "apt")) {
      return true;
    }
  }
  for (const NodeId word : document.Children(command)) {
    if (document.kind(word) != NodeKind::kWord) continue;
    std::string name(document.Text(word));
    std::erase_if(name, [](char c) {
      return c == '$' || c == '{' || c == '}' || c == '"';
    });
    return Mentions(VariableAt(facts, instruction, name).value_or(""), "apt");
  }
  return false;
}

// The program is a variable, or behind a prefix that is not understood.
std::optional<ListsEvent> EventOfUnknownProgram(const Facts& facts,
                                                NodeId command) {
  const Document& document = facts.document();
  if (document.Child(command, NodeKind::kWord) == kNoNode) return std::nullopt;
  const std::string_view text = document.Text(command);
  const bool apt = Mentions(text, "apt") || Mentions(text, "APT");
  return apt || VariableHoldsApt(facts, command)
             ? std::optional(ListsEvent::kMaybeUse)
             : std::nullopt;
}

// `. file`: only what looks like a script that sets up a machine.
std::optional<ListsEvent> EventOfSourced(const Document& document,
                                         std::span<const NodeId> operands) {
  if (operands.empty()) return std::nullopt;
  const std::string path = ConstantValue(document, operands[0]).value_or("");
  const bool of_system = path.starts_with("/etc/") || path.starts_with("/opt/");
  return !of_system && LooksLikeSetupScript(path)
             ? std::optional(ListsEvent::kMaybeUse)
             : std::nullopt;
}

bool MentionsSetup(const Document& document, std::span<const NodeId> words) {
  return std::any_of(words.begin(), words.end(), [&](NodeId word) {
    const std::string_view text = document.Text(word);
    return Mentions(text, "deps") || Mentions(text, "apt") ||
           Mentions(text, "bootstrap");
  });
}

std::optional<ListsEvent> EventOf(const Facts& facts, NodeId command) {
  const Document& document = facts.document();
  if (const PackageCommand* call = AptCallAt(facts, command)) {
    return EventOfPackageCommand(*call);
  }
  const std::vector<NodeId> words = ProgramWords(document, command);
  if (words.empty()) return EventOfUnknownProgram(facts, command);
  std::string scratch;
  const std::string path(
      ConstantView(document, words[0], scratch).value_or(""));
  const std::string name(Basename(path));
  const std::span<const NodeId> rest(words.begin() + 1, words.end());
  if (name == "rm" || name == "cd" || name == "unlink" ||
      (name == "find" && Mentions(document.Text(command), "-delete")) ||
      (name == "find" && Mentions(document.Text(command), "rm"))) {
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
  if (name == "." || name == "source") return EventOfSourced(document, rest);
  if (LooksLikeSetupScript(path)) return ListsEvent::kMaybeUse;
  if (name == "make" && MentionsSetup(document, rest)) {
    return ListsEvent::kMaybeUse;
  }
  if (!IsOneOf(name, kTalkers) && MentionsApt(document.Text(command))) {
    return ListsEvent::kMaybeUse;
  }
  return std::nullopt;
}

// RUN in JSON form, or with a script that was not understood.
std::optional<ListsEvent> EventOfUnread(const Facts& facts,
                                        const InstructionFacts& instruction) {
  const Document& document = facts.document();
  const auto words = Instruction(document, instruction.inner).Arguments();
  const bool direct = words.size() >= 2 && Basename(words[0]) == "apt-get";
  if (direct && words[1] == "update") return ListsEvent::kRefresh;
  const bool script = std::any_of(
      words.begin(), words.end(),
      [](const std::string& word) { return LooksLikeSetupScript(word); });
  return script || Mentions(document.Text(instruction.inner), "apt")
             ? std::optional(ListsEvent::kMaybeUse)
             : std::nullopt;
}

// Whether a refresh brings all lists: no option narrows it.
bool IsComplete(const Document& document, NodeId command) {
  const std::string_view text = document.Text(command);
  return !Mentions(text, "Dir::") && !Mentions(text, "List-Cleanup");
}

// The names of the script's functions whose bodies touch the lists.
std::vector<std::string> FunctionsWithSteps(const Facts& facts, NodeId script) {
  const Document& document = facts.document();
  std::vector<std::string> names;
  for (uint32_t n = Index(script); n < document.node(script).end_node; ++n) {
    if (document.nodes()[n].kind != NodeKind::kFunction) continue;
    const NodeId word = document.Child(NodeId{n}, NodeKind::kWord);
    bool touches = false;
    ForEachCommand(document, NodeId{n}, [&](NodeId command) {
      touches |= EventOf(facts, command).has_value();
    });
    if (touches && word != kNoNode) names.emplace_back(document.Text(word));
  }
  return names;
}

bool CallsOneOf(const Document& document, NodeId command,
                const std::vector<std::string>& functions) {
  if (functions.empty()) return false;
  const std::vector<NodeId> words = ProgramWords(document, command);
  return !words.empty() &&
         std::find(functions.begin(), functions.end(),
                   document.Text(words[0])) != functions.end();
}

// Appends the steps of one RUN.
void AddSteps(const Facts& facts, uint32_t index,
              std::vector<ListsStep>& steps) {
  const Document& document = facts.document();
  const InstructionFacts& instruction = facts.instructions()[index];
  if (instruction.script == kNoNode ||
      document.kind(instruction.script) == NodeKind::kOpaque) {
    if (const auto event = EventOfUnread(facts, instruction)) {
      steps.push_back({index, instruction.node, *event, true});
    }
    return;
  }
  const auto functions = FunctionsWithSteps(facts, instruction.script);
  const bool in_layer = !IsMountedAway(facts, index, "/var/lib/apt/lists");
  ForEachCommand(document, instruction.script, [&](NodeId command) {
    const PackageCommand* call = AptCallAt(facts, command);
    const bool certain = in_layer && IsComplete(document, command) &&
                         RunsForCertain(facts, index, command);
    if (call != nullptr && call->traits.Has(CallTrait::kRefreshesFirst)) {
      steps.push_back({index, command, ListsEvent::kRefresh, certain});
    }
    if (const auto event = EventOf(facts, command)) {
      steps.push_back({index, command, *event, certain});
    } else if (CallsOneOf(document, command, functions)) {
      steps.push_back({index, command, ListsEvent::kMaybeUse, certain});
    }
  });
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
  std::vector<ListsStep> steps;
  for (uint32_t i = 0; i < facts.instructions().size(); ++i) {
    if (facts.instructions()[i].kind == InstructionKind::kRun) {
      AddSteps(facts, i, steps);
    }
  }
  return steps;
}

}  // namespace dfix
