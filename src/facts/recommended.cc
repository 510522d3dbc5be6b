#include "src/facts/recommended.h"

#include <algorithm>
#include <optional>
#include <set>
#include <span>
#include <utility>

#include "src/dockerfile/instructions.h"
#include "src/facts/apt_packages.h"
#include "src/shell/words.h"
#include "src/text/one_of.h"
#include "src/text/search.h"

namespace dfix {
namespace {

using Globs = std::span<const std::string_view>;

bool MatchesAny(Globs globs, std::string_view text) {
  return std::any_of(globs.begin(), globs.end(), [&](std::string_view glob) {
    return MatchesGlob(glob, text);
  });
}

// The words in `text`, separated by blanks.
std::vector<std::string> SplitBlanks(std::string_view text) {
  std::vector<std::string> words;
  size_t at = 0;
  while (true) {
    at = text.find_first_not_of(" \t\r\n\\", at);
    if (at == std::string_view::npos) return words;
    const size_t end =
        std::min(text.find_first_of(" \t\r\n\\", at), text.size());
    words.emplace_back(text.substr(at, end - at));
    at = end;
  }
}

// The name in `$name` or `${name}` when that is all of the word.
std::string_view VariableName(std::string_view word) {
  if (word.starts_with('"') && word.ends_with('"') && word.size() > 1) {
    word = word.substr(1, word.size() - 2);
  }
  if (!word.starts_with('$')) return {};
  word.remove_prefix(1);
  if (word.starts_with('{') && word.ends_with('}')) {
    word = word.substr(1, word.size() - 2);
  }
  const bool plain = std::all_of(word.begin(), word.end(), [](char c) {
    return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
           (c >= 'A' && c <= 'Z');
  });
  return plain ? word : std::string_view();
}

// The value that the script of `call` gives to `name` before the call.
std::optional<std::string> AssignedInScript(const Facts& facts,
                                            const PackageCommand& call,
                                            std::string_view name) {
  const Document& document = facts.document();
  const NodeId script = facts.instructions()[call.instruction].script;
  std::optional<std::string> value;
  for (uint32_t n = Index(script); n < Index(call.command); ++n) {
    if (document.nodes()[n].kind != NodeKind::kAssignment) continue;
    const std::string_view text = document.Text(NodeId{n});
    if (text.substr(0, text.find('=')) != name) continue;
    const NodeId word = document.Child(NodeId{n}, NodeKind::kWord);
    value = word == kNoNode ? "" : ConstantValue(document, word);
  }
  return value;
}

// The names of the packages that `call` installs, as far as the file tells.
std::vector<std::string> PackageNames(const Facts& facts,
                                      const PackageCommand& call,
                                      bool* unknown = nullptr) {
  const Document& document = facts.document();
  std::vector<std::string> names;
  if (unknown != nullptr && call.operands_unknown) *unknown = true;
  for (const NodeId operand : call.operands) {
    std::optional<std::string> value = ConstantValue(document, operand);
    if (!value) {
      const std::string_view name = VariableName(document.Text(operand));
      if (!name.empty()) {
        value = AssignedInScript(facts, call, name);
        if (!value) value = VariableAt(facts, call.instruction, name);
      }
    }
    if (!value) {
      // `name=$VERSION` names its package all the same.
      const std::string_view text = document.Text(operand);
      const std::string_view bare = text.substr(0, text.find('='));
      if (bare.size() < text.size() &&
          bare.find_first_of("$`\"'") == std::string_view::npos) {
        value = std::string(bare);
      }
    }
    if (!value && unknown != nullptr) *unknown = true;
    for (const std::string& word : SplitBlanks(value.value_or(""))) {
      const std::string_view bare = BarePackageName(word);
      if (!bare.empty()) names.emplace_back(bare);
    }
  }
  return names;
}

bool IsInstall(const PackageCommand& call) {
  return IsApt(*call.manager) && call.verb == PackageVerb::kInstall &&
         !call.traits.Has(CallTrait::kOnlySimulates);
}

// What official images for Debian have in them. The slim variants have the
// certificates only; the full ones are made from buildpack-deps or like it.
constexpr std::string_view kOfficialImages[] = {
    "python", "golang", "ruby", "rust", "php", "buildpack-deps", "gcc", "node"};
constexpr std::string_view kInFullImages[] = {
    "ca-certificates", "curl",      "dpkg-dev", "g++",   "gcc",
    "gnupg",           "libc6-dev", "make",     "patch", "wget"};

bool BaseShips(const Facts& facts, uint32_t instruction,
               std::string_view package) {
  uint32_t stage = facts.instructions()[instruction].stage;
  while (facts.stages()[stage].parent != kNoStage) {
    stage = facts.stages()[stage].parent;
  }
  const std::string base = facts.stages()[stage].base.value_or("");
  const std::string_view repository =
      std::string_view(base).substr(0, base.find_first_of(":@"));
  if (!IsOneOf(repository, kOfficialImages)) return false;
  const bool slim = base.find("slim") != std::string::npos;
  if (slim) return package == "ca-certificates" && repository != "node";
  return IsOneOf(package, kInFullImages);
}

bool WordsMatch(const Document& document, NodeId root, uint32_t after,
                Globs globs) {
  for (uint32_t n = Index(root); n < document.node(root).end_node; ++n) {
    if (n <= after || document.nodes()[n].kind != NodeKind::kWord) continue;
    const std::string word =
        ConstantValue(document, NodeId{n})
            .value_or(std::string(document.Text(NodeId{n})));
    if (MatchesAny(globs, word) || MatchesAny(globs, Basename(word))) {
      return true;
    }
  }
  return false;
}

// Whether instruction `index` uses a word that one of `globs` matches, or may.
// Of its script, only what comes after node `after` counts.
bool Uses(const Facts& facts, uint32_t index, uint32_t after, Globs globs) {
  const Document& document = facts.document();
  const InstructionFacts& instruction = facts.instructions()[index];
  for (const std::string& word :
       Instruction(document, instruction.inner).Arguments()) {
    if (MatchesAny(globs, word) || MatchesAny(globs, Basename(word))) {
      return true;
    }
  }
  for (const NodeId flag : document.Children(instruction.inner)) {
    if (document.kind(flag) == NodeKind::kFlag &&
        MatchesAny(globs, document.Text(flag))) {
      return true;
    }
  }
  if (instruction.script == kNoNode) return false;
  return document.kind(instruction.script) == NodeKind::kOpaque ||
         WordsMatch(document, instruction.script, after, globs);
}

class Analysis {
 public:
  Analysis(AptBuilds& builds, const PackageCommand& install,
           std::span<const AddedPackage> added)
      : builds_(builds), facts_(builds.facts()), install_(install) {
    for (const AddedPackage& package : added) {
      if (InSameBuild(facts_, install.instruction, package.instruction)) {
        added_.emplace_back(package.package);
      }
    }
  }

  RecommendedAnalysis Run() && {
    bool unknown = false;
    std::vector<std::string> names = PackageNames(facts_, install_, &unknown);
    if (unknown) {
      result_.unknown = "which packages these are is not known";
    } else if (InstallsFile()) {
      result_.unknown = "what the package file recommends is not known";
    } else if (builds_.ChangesSourcesBefore(install_)) {
      result_.unknown =
          "the package sources that the build adds may recommend anything";
    }
    for (const std::string& name : names) Add(name);
    // What is added is installed without its recommended packages, too.
    for (size_t i = 0; i < result_.needed.size(); ++i) {
      Add(result_.needed[i].package);
    }
    return std::move(result_);
  }

 private:
  void Add(std::string_view name) {
    const AptPackage* known = FindAptPackage(name);
    if (known == nullptr) return;
    if (!known->keep.empty() && Keeps(*known)) {
      result_.keep = "`" + std::string(name) + "`: " + std::string(known->keep);
      return;
    }
    for (const AptNeed& need : known->needs) {
      if (IsThere(need.package, need.satisfied_by)) continue;
      if (!IsWanted(need)) continue;
      const NodeId beside = OperandOf(name);
      result_.needed.push_back(
          {need.package, StableName(*known, name, beside), need.why, beside});
      added_.emplace_back(need.package);
    }
  }

  bool IsWanted(const AptNeed& need) const {
    if (need.when_used.empty() || builds_.UsesLater(install_, need.when_used)) {
      return true;
    }
    const uint32_t stage = facts_.instructions()[install_.instruction].stage;
    return !need.unless_used.empty() && facts_.stages()[stage].shipped &&
           !builds_.UsesLater(install_, need.unless_used);
  }

  // The word that names the package `name`, or kNoNode.
  NodeId OperandOf(std::string_view name) const {
    for (const NodeId operand : install_.operands) {
      const auto value = ConstantValue(facts_.document(), operand);
      const std::string text =
          value.value_or(std::string(facts_.document().Text(operand)));
      if (BarePackageName(text) == name) return operand;
    }
    return kNoNode;
  }

  // `name`, as a view that lives as long as the document or the tables.
  std::string_view StableName(const AptPackage& known, std::string_view name,
                              NodeId operand) const {
    if (known.name == name || operand == kNoNode) return known.name;
    const std::string_view text = facts_.document().Text(operand);
    return text.starts_with(name) ? text.substr(0, name.size()) : known.name;
  }

  bool InstallsFile() const {
    return std::any_of(
        install_.operands.begin(), install_.operands.end(), [&](NodeId word) {
          const std::string_view text = facts_.document().Text(word);
          return text.find(".deb") != std::string_view::npos ||
                 text.starts_with("./") || text.starts_with('/');
        });
  }

  bool Keeps(const AptPackage& known) const {
    if (!known.keep_unless_named.empty() &&
        std::all_of(known.keep_unless_named.begin(),
                    known.keep_unless_named.end(), [&](std::string_view name) {
                      return IsThere(name, AptSatisfiedBy(name));
                    })) {
      return false;
    }
    return known.keep_when_used.empty() ||
           builds_.UsesLater(install_, known.keep_when_used);
  }

  bool IsThere(std::string_view package, Globs satisfied_by) const {
    const auto is_it = [&](const std::string& name) {
      return name == package || MatchesAny(satisfied_by, name);
    };
    return std::any_of(added_.begin(), added_.end(), is_it) ||
           IsRemoved(package) || builds_.Installs(install_, is_it) ||
           BaseShips(facts_, install_.instruction, package);
  }

  // `name-` among the operands asks for its removal.
  bool IsRemoved(std::string_view package) const {
    return std::any_of(
        install_.operands.begin(), install_.operands.end(), [&](NodeId word) {
          const std::string_view text = facts_.document().Text(word);
          return text.ends_with('-') &&
                 text.substr(0, text.size() - 1) == package;
        });
  }

  AptBuilds& builds_;
  const Facts& facts_;
  const PackageCommand& install_;
  std::vector<std::string> added_;  // What other changes will install.
  RecommendedAnalysis result_;
};

}  // namespace

std::string_view BarePackageName(std::string_view operand) {
  if (operand.starts_with('.') || operand.starts_with('/')) return {};
  if (operand.ends_with('-')) return {};
  std::string_view name = operand.substr(0, operand.find_first_of("=/:"));
  if (name.size() == operand.size() && name.ends_with('+') &&
      !name.ends_with("++")) {
    name.remove_suffix(1);
  }
  return name;
}

AptBuilds::AptBuilds(const Facts& facts) : facts_(facts) {
  std::set<std::pair<uint32_t, std::string>> seen;
  for (const PackageCommand& call : facts.package_commands()) {
    const uint32_t stage = facts.instructions()[call.instruction].stage;
    if (!IsInstall(call) || stage == kNoStage) continue;
    for (std::string& name : PackageNames(facts, call)) {
      if (!seen.emplace(stage, name).second) continue;
      installed_.push_back({stage, call.command, std::move(name)});
    }
  }
  for (uint32_t i = 0; i < facts.instructions().size(); ++i) {
    if (MentionsPackageSources(
            facts.document().Text(facts.instructions()[i].node))) {
      source_changes_.push_back(i);
    }
  }
}

bool AptBuilds::Installs(
    const PackageCommand& install,
    const std::function<bool(const std::string&)>& matches) const {
  const uint32_t stage = facts_.instructions()[install.instruction].stage;
  for (const Installed& package : installed_) {
    if (Index(package.first) > Index(install.command)) return false;
    if (AreOneBuild(facts_, stage, package.stage) && matches(package.name)) {
      return true;
    }
  }
  return false;
}

bool AptBuilds::ChangesSourcesBefore(const PackageCommand& install) const {
  const Document& document = facts_.document();
  for (const uint32_t i : source_changes_) {
    if (i > install.instruction) return false;
    if (!InSameBuild(facts_, install.instruction, i)) continue;
    if (i < install.instruction) return true;
    const TextRange before = {
        document.Range(facts_.instructions()[i].node).begin,
        document.Range(install.command).begin};
    return MentionsPackageSources(Slice(document.text(), before));
  }
  return false;
}

bool AptBuilds::UsesLater(const PackageCommand& install, Globs globs) {
  const auto [found, is_new] = users_.try_emplace(globs.data());
  std::vector<uint32_t>& users = found->second;
  for (uint32_t i = 0; is_new && i < facts_.instructions().size(); ++i) {
    if (Uses(facts_, i, 0, globs)) users.push_back(i);
  }
  const uint32_t own = install.instruction;
  for (auto user = std::lower_bound(users.begin(), users.end(), own);
       user != users.end(); ++user) {
    if (!InSameBuild(facts_, own, *user)) continue;
    if (*user > own) return true;
    const uint32_t after = facts_.document().node(install.command).end_node - 1;
    if (Uses(facts_, own, after, globs)) return true;
  }
  return false;
}

RecommendedAnalysis AnalyseRecommended(AptBuilds& builds,
                                       const PackageCommand& install,
                                       std::span<const AddedPackage> added) {
  return Analysis(builds, install, added).Run();
}

bool MentionsPackageSources(std::string_view script) {
  constexpr std::string_view kSigns[] = {
      "sources.list", "add-apt-repository", "apt-add-repository",
      "add-architecture", "dpkg -i", "dpkg --install", "deb.nodesource.com",
      // An installer from the network.
      "| bash", "|bash", "| sh", "|sh", "| sudo"};
  return std::any_of(std::begin(kSigns), std::end(kSigns),
                     [&](std::string_view sign) {
                       return script.find(sign) != std::string_view::npos;
                     });
}

}  // namespace dfix
