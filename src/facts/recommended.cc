#include "src/facts/recommended.h"

#include <algorithm>
#include <optional>
#include <span>

#include "src/dockerfile/instructions.h"
#include "src/facts/apt_packages.h"
#include "src/shell/words.h"
#include "src/text/one_of.h"

namespace dfix {
namespace {

using Globs = std::span<const std::string_view>;

bool MatchesAny(Globs globs, std::string_view text) {
  return std::any_of(globs.begin(), globs.end(), [&](std::string_view glob) {
    return MatchesGlob(glob, text);
  });
}

bool Contains(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
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

// Whether instruction `index` is part of the build of instruction `of`: in its
// stage, in one that it is based on or in one that is based on it.
bool InSameBuild(const Facts& facts, uint32_t of, uint32_t index) {
  const auto reaches = [&](uint32_t from, uint32_t to) {
    for (uint32_t stage = from; stage != kNoStage;
         stage = facts.stages()[stage].parent) {
      if (stage == to) return true;
    }
    return false;
  };
  const uint32_t a = facts.instructions()[of].stage;
  const uint32_t b = facts.instructions()[index].stage;
  return a != kNoStage && b != kNoStage && (reaches(a, b) || reaches(b, a));
}

// Everything that the build installs with apt before and with `install`.
std::vector<std::string> InstalledWith(const Facts& facts,
                                       const PackageCommand& install) {
  std::vector<std::string> names;
  for (const PackageCommand& call : facts.package_commands()) {
    if (Index(call.command) > Index(install.command)) break;
    if (!IsInstall(call) ||
        !InSameBuild(facts, install.instruction, call.instruction)) {
      continue;
    }
    for (std::string& name : PackageNames(facts, call)) {
      names.push_back(std::move(name));
    }
  }
  return names;
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

// Whether a command after `install` uses a word that one of `globs` matches, or
// may: a script of the project, or one that was not understood.
bool UsedLater(const Facts& facts, const PackageCommand& install, Globs globs) {
  const Document& document = facts.document();
  for (uint32_t i = install.instruction; i < facts.instructions().size(); ++i) {
    const InstructionFacts& instruction = facts.instructions()[i];
    if (!InSameBuild(facts, install.instruction, i)) continue;
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
    if (instruction.script == kNoNode) continue;
    if (document.kind(instruction.script) == NodeKind::kOpaque) return true;
    const uint32_t after = i == install.instruction
                               ? document.node(install.command).end_node - 1
                               : 0;
    if (WordsMatch(document, instruction.script, after, globs)) return true;
  }
  return false;
}

class Analysis {
 public:
  Analysis(const Facts& facts, const PackageCommand& install,
           std::span<const AddedPackage> added)
      : facts_(facts),
        install_(install),
        installed_(InstalledWith(facts, install)) {
    for (const AddedPackage& package : added) {
      if (InSameBuild(facts, install.instruction, package.instruction)) {
        installed_.emplace_back(package.package);
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
    } else if (SourcesBefore()) {
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
      installed_.emplace_back(need.package);
    }
  }

  bool IsWanted(const AptNeed& need) const {
    if (need.when_used.empty() || UsedLater(facts_, install_, need.when_used)) {
      return true;
    }
    const uint32_t stage = facts_.instructions()[install_.instruction].stage;
    return !need.unless_used.empty() && facts_.stages()[stage].shipped &&
           !UsedLater(facts_, install_, need.unless_used);
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

  // Whether the build, up to the install, touches package sources.
  bool SourcesBefore() const {
    const Document& document = facts_.document();
    for (uint32_t i = 0; i <= install_.instruction; ++i) {
      if (!InSameBuild(facts_, install_.instruction, i)) continue;
      const TextRange range = document.Range(facts_.instructions()[i].node);
      const uint32_t end =
          std::min(range.end, document.Range(install_.command).begin);
      if (MentionsPackageSources(Slice(document.text(), {range.begin, end}))) {
        return true;
      }
    }
    return false;
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
           UsedLater(facts_, install_, known.keep_when_used);
  }

  bool IsThere(std::string_view package, Globs satisfied_by) const {
    return Contains(installed_, package) || IsRemoved(package) ||
           std::any_of(installed_.begin(), installed_.end(),
                       [&](const std::string& name) {
                         return MatchesAny(satisfied_by, name);
                       }) ||
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

  const Facts& facts_;
  const PackageCommand& install_;
  std::vector<std::string> installed_;
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

RecommendedAnalysis AnalyseRecommended(const Facts& facts,
                                       const PackageCommand& install,
                                       std::span<const AddedPackage> added) {
  return Analysis(facts, install, added).Run();
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
