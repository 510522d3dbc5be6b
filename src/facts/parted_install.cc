#include "src/facts/parted_install.h"

#include <algorithm>
#include <array>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>

#include "src/context/paths.h"
#include "src/dockerfile/instructions.h"
#include "src/dockerfile/parser.h"
#include "src/facts/image_files.h"
#include "src/facts/manifest_move.h"
#include "src/facts/shell_state.h"
#include "src/shell/views.h"
#include "src/shell/words.h"
#include "src/text/one_of.h"

namespace dfix {
namespace {

using Json = nlohmann::json;

// Events that `composer install` has and `composer dump-autoload` has not.
constexpr std::array<std::string_view, 16> kEvents = {
    "command",
    "init",
    "post-dependencies-solving",
    "post-file-download",
    "post-install-cmd",
    "post-package-install",
    "post-package-uninstall",
    "post-package-update",
    "pre-command-run",
    "pre-dependencies-solving",
    "pre-file-download",
    "pre-install-cmd",
    "pre-operations-exec",
    "pre-package-install",
    "pre-package-update",
    "pre-pool-create"};

// Plugins that read and write nothing of a project but its manifests, or do so
// when the autoloader is written.
constexpr std::array<std::string_view, 7> kPlugins = {
    "composer/package-versions-deprecated",
    "dealerdirect/phpcodesniffer-composer-installer",
    "ocramius/package-versions",
    "pestphp/pest-plugin",
    "php-http/discovery",
    "phpstan/extension-installer",
    "symfony/runtime"};

// What an option of `install` is called for `dump-autoload`; empty for what
// that does not need.
const std::map<std::string, std::string, std::less<>> kOptions = {
    {"--apcu-autoloader", "--apcu"},
    {"--classmap-authoritative", "--classmap-authoritative"},
    {"--no-ansi", ""},
    {"--no-autoloader", ""},
    {"--no-cache", ""},
    {"--no-dev", "--no-dev"},
    {"--no-interaction", "--no-interaction"},
    {"--no-plugins", "--no-plugins"},
    {"--no-progress", ""},
    {"--no-scripts", "--no-scripts"},
    {"--no-suggest", ""},
    {"--optimize-autoloader", "--optimize"},
    {"--prefer-dist", ""},
    {"--prefer-source", ""},
    {"--quiet", "--quiet"},
    {"-a", "--classmap-authoritative"},
    {"-n", "--no-interaction"},
    {"-o", "--optimize"},
    {"-q", "--quiet"}};

// Whether a script of the project runs at an event of an install alone.
bool HasInstallScript(const Json& project) {
  if (!project.contains("scripts")) return false;
  const Json& scripts = project["scripts"];
  return std::any_of(kEvents.begin(), kEvents.end(),
                     [&](std::string_view event) {
                       return scripts.contains(std::string(event));
                     });
}

// Whether a package of `list` in the lock file is a plugin of Composer that may
// read the code.
bool HasPlugin(const Json& lock, const char* list) {
  if (!lock.contains(list) || !lock[list].is_array()) return false;
  return std::any_of(lock[list].begin(), lock[list].end(),
                     [](const Json& package) {
                       const std::string type = package.value("type", "");
                       return type == "composer-plugin" &&
                              !IsOneOf(package.value("name", ""), kPlugins);
                     });
}

Json ReadJson(const ImageFiles& image, const std::string& path) {
  const auto file = image.Find(path);
  const auto text = file ? image.Read(*file) : std::nullopt;
  return Json::parse(text.value_or(""), nullptr, false);
}

// The options of the call for `dump-autoload`; absent if one has no meaning
// there that is known.
std::optional<std::string> OptionsOfDump(const Document& document,
                                         const PackageCommand& call) {
  std::string options;
  for (const NodeId word : call.options) {
    const auto option =
        kOptions.find(ConstantValue(document, word).value_or(""));
    if (option == kOptions.end()) return std::nullopt;
    if (!option->second.empty()) options += ' ' + option->second;
  }
  return options;
}

bool HasOption(const Document& document, const PackageCommand& call,
               std::string_view name) {
  return std::any_of(call.options.begin(), call.options.end(),
                     [&](NodeId word) { return WordIs(document, word, name); });
}

// Whether the manifests in `folder` leave nothing but the autoloader and its
// scripts for afterwards.
bool CanBeParted(const Document& document, const PackageCommand& call,
                 const ImageFiles& image, const std::string& folder) {
  const Json project = ReadJson(image, JoinPath(folder, "composer.json"));
  const Json lock = ReadJson(image, JoinPath(folder, "composer.lock"));
  if (!project.is_object() || !lock.is_object()) return false;
  const bool runs_scripts = !HasOption(document, call, "--no-scripts");
  if (runs_scripts && HasInstallScript(project)) return false;
  if (HasOption(document, call, "--no-plugins")) return true;
  return !HasPlugin(lock, "packages") &&
         (HasOption(document, call, "--no-dev") ||
          !HasPlugin(lock, "packages-dev"));
}

// The file as it would be.
std::string TextOfParted(const Document& document, const PackageCommand& call,
                         const PartedInstall& parted) {
  std::string text(document.text());
  text.insert(document.Range(call.command).end, " && " + parted.command);
  text.insert(document.Range(call.verb_word).end, " " + parted.options);
  return text;
}

// Whether the install could come before the COPY of the code then.
bool Moves(const std::string& text, uint32_t instruction,
           const BuildContext& context) {
  const Document document = ParseDockerfile(text);
  const Facts facts(document);
  const ManifestMoves found = FindManifestMoves(facts, &context);
  return std::any_of(
      found.moves.begin(), found.moves.end(), [&](const ManifestMove& move) {
        return std::any_of(move.installs.begin(), move.installs.end(),
                           [&](const ManifestInstall& install) {
                             return install.instruction == instruction;
                           });
      });
}

// The place of the call in a script that is one list joined by `&&`; false if
// it is in another one. `folder` becomes the one that it runs in.
bool FindPlace(const Document& document, NodeId script, NodeId command,
               PartedInstall& parted, std::string& folder) {
  if (!ShapeOf(document, script).one_list) return false;
  parted.and_or = *AndOrs(document, script).begin();
  bool found = false;
  for (const ChainLink& link : AndOr{&document, parted.and_or}.pipelines()) {
    if (link.shell_operator == ShellOperator::kOr) return false;
    if (found && parted.next == kNoNode) parted.next = link.node;
    const Pipeline pipeline{&document, link.node};
    const auto commands = pipeline.commands();
    if (commands.size() != 1 || pipeline.negated()) continue;
    found |= commands[0].node == command;
    std::vector<NodeId> words;
    if (document.kind(commands[0].node) != NodeKind::kSimpleCommand) continue;
    for (const NodeId word :
         SimpleCommand{&document, commands[0].node}.words()) {
      words.push_back(word);
    }
    if (!found && words.size() == 2 && WordIs(document, words[0], "cd")) {
      folder =
          JoinPath(folder, ConstantValue(document, words[1]).value_or("?"));
    }
  }
  return found;
}

std::optional<PartedInstall> PartedFrom(const Facts& facts,
                                        const PackageCommand& call,
                                        const BuildContext& context) {
  const Document& document = facts.document();
  const InstructionFacts& instruction = facts.instructions()[call.instruction];
  const bool is_install = call.manager->name == "composer" &&
                          call.verb_word != kNoNode && call.operands.empty() &&
                          (WordIs(document, call.verb_word, "install") ||
                           WordIs(document, call.verb_word, "i"));
  const bool is_plain =
      instruction.kind == InstructionKind::kRun && !instruction.onbuild &&
      instruction.script != kNoNode && call.first_word == call.program &&
      document.Child(call.command, NodeKind::kWord) == call.program &&
      SimpleCommand{&document, call.command}.assignments().empty() &&
      Instruction(document, instruction.node).Heredocs().empty();
  const auto workdir = WorkdirAt(facts, call.instruction);
  if (!is_install || !is_plain || !workdir) return std::nullopt;
  const bool has_scripts = !HasOption(document, call, "--no-scripts");
  const bool has_autoloader = !HasOption(document, call, "--no-autoloader");
  const auto options = OptionsOfDump(document, call);
  if (!has_autoloader || !options) return std::nullopt;
  PartedInstall parted = {
      call.instruction,
      call.verb_word,
      std::string(has_scripts ? "--no-scripts " : "") + "--no-autoloader",
      kNoNode,
      kNoNode,
      std::string(document.Text(call.program)) + " dump-autoload" + *options};
  std::string folder = CleanPath(*workdir);
  const ImageFiles image(facts, &context, call.instruction);
  const bool fits =
      FindPlace(document, instruction.script, call.command, parted, folder) &&
      CanBeParted(document, call, image, folder) &&
      Moves(TextOfParted(document, call, parted), call.instruction, context);
  return fits ? std::optional(std::move(parted)) : std::nullopt;
}

}  // namespace

std::vector<PartedInstall> FindPartedInstalls(const Facts& facts,
                                              const BuildContext* context) {
  std::vector<PartedInstall> found;
  if (context == nullptr || context->origin() == ContextOrigin::kGuessed) {
    return found;
  }
  for (const PackageCommand& call : facts.package_commands()) {
    if (auto parted = PartedFrom(facts, call, *context)) {
      found.push_back(*std::move(parted));
    }
  }
  return found;
}

}  // namespace dfix
