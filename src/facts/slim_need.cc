#include "src/facts/slim_need.h"

#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <vector>

#include "src/context/paths.h"
#include "src/dockerfile/instructions.h"
#include "src/facts/container_program.h"
#include "src/facts/copy_step.h"
#include "src/facts/image_files.h"
#include "src/facts/plain_install.h"
#include "src/facts/stage_use.h"
#include "src/shell/views.h"
#include "src/shell/words.h"
#include "src/text/backticks.h"
#include "src/text/one_of.h"
#include "src/text/search.h"

namespace dfix {
namespace {

using Json = nlohmann::json;

// Looks for what may not work in a group of stages that are built on one image.
class Inspector {
 public:
  Inspector(const Facts& facts, const BuildContext* context,
            const SlimVariant& variant)
      : facts_(facts),
        context_(context),
        variant_(variant),
        uses_(StageUses(facts)) {}

  SlimProblem WhyNotBehind(uint32_t stage, uint32_t cut) {
    const Stage& of = facts_.stages()[stage];
    for (uint32_t i = of.first; i < of.end; ++i) {
      if (i > cut || facts_.instructions()[i].kind != InstructionKind::kRun) {
        LookAt(i);
      }
    }
    LookAtPrograms(stage);
    return problem_;
  }

  SlimProblem WhyNot(uint32_t root) {
    for (uint32_t i = root; i < facts_.stages().size(); ++i) {
      if (RootOf(i) != root) continue;
      LookAtStage(i);
      LookAtPrograms(i);
    }
    if (problem_.text.empty() && context_ != nullptr) LookAtSources();
    return problem_;
  }

 private:
  uint32_t RootOf(uint32_t stage) const {
    while (facts_.stages()[stage].parent != kNoStage) {
      stage = facts_.stages()[stage].parent;
    }
    return stage;
  }

  // The first problem counts.
  void Fail(std::string text) {
    if (problem_.text.empty()) problem_ = {std::move(text), instruction_};
  }

  void LookAtStage(uint32_t index) {
    const Stage& stage = facts_.stages()[index];
    for (uint32_t i = stage.first; i < stage.end; ++i) LookAt(i);
    instruction_ = kNoInstruction;
  }

  void LookAt(uint32_t index) {
    const InstructionFacts& instruction = facts_.instructions()[index];
    instruction_ = index;
    if (instruction.onbuild) return Fail("other images need what ONBUILD does");
    switch (instruction.kind) {
      case InstructionKind::kRun:
        LookAtUses();
        return LookAtScript(instruction.script);
      case InstructionKind::kHealthcheck:
        return LookAtHealthcheck(instruction);
      case InstructionKind::kCopy:
      case InstructionKind::kAdd:
        LookAtUses();
        return LookAtSourcesOf(index);
      case InstructionKind::kEnv:
      case InstructionKind::kCmd:
      case InstructionKind::kEntrypoint:
        for (const std::string& word :
             Instruction(facts_.document(), instruction.inner).Arguments()) {
          CheckPath(word);
        }
        return;
      default:
        return;
    }
  }

  // What comes from other stages may be compiled there, for the full image.
  void LookAtUses() {
    const uint32_t user = instruction_;
    for (const StageUse& use : uses_) {
      if (use.instruction != user || use.way == StageUse::Way::kBase) continue;
      if (use.stage == kNoStage) {
        return Fail("what comes from " + InBackticks(use.text) +
                    " may need more");
      }
      if (!copied_.insert(use.stage).second) continue;
      is_elsewhere_ = true;
      for (uint32_t i = use.stage; i != kNoStage;
           i = facts_.stages()[i].parent) {
        LookAtStage(i);
      }
      is_elsewhere_ = false;
      instruction_ = user;
    }
  }

  // A folder of which nothing is known may have packages in it.
  void LookAtSourcesOf(uint32_t index) {
    const auto step = CopyStepAt(facts_, index);
    if (!step || !step->from_context || context_ != nullptr) return;
    for (const std::string& source : step->sources) {
      const bool is_file = Basename(source).find('.', 1) != std::string::npos;
      if (!is_file || HasWildcard(source)) {
        Fail("only the build context tells what is copied");
      }
    }
  }

  // A file of the system that the slim image may lack.
  void CheckPath(std::string_view word) {
    constexpr std::string_view kZones = "/usr/share/zoneinfo";
    constexpr std::string_view kZonePackages[] = {"tzdata"};
    for (const std::string_view path : SlimImageTable().paths) {
      const size_t at = word.find(path);
      const bool begins =
          at == 0 ||
          (at != std::string_view::npos &&
           std::isalnum(static_cast<unsigned char>(word[at - 1])) == 0);
      if (at == std::string_view::npos || !begins) continue;
      const bool is_zone = word.substr(at).starts_with(kZones);
      if (is_zone && (!variant_.image->is_bare || Installs(kZonePackages))) {
        continue;
      }
      return Fail(InBackticks(word.substr(at)) + " may not be there");
    }
  }

  void LookAtHealthcheck(const InstructionFacts& instruction) {
    if (instruction.script != kNoNode) return LookAtScript(instruction.script);
    const auto words =
        Instruction(facts_.document(), instruction.inner).Arguments();
    if (words.size() > 1) CheckProgram(words[1]);
  }

  void LookAtScript(NodeId script) {
    const Document& document = facts_.document();
    if (script == kNoNode || document.kind(script) != NodeKind::kScript) {
      return Fail("its script is not understood");
    }
    ForEachCommand(document, script, [&](NodeId command) {
      if (const PackageCommand* call = facts_.PackageCommandAt(command)) {
        return CheckCall(*call, script);
      }
      const auto words = ProgramWords(document, command);
      if (words.empty()) return;
      const auto name = ConstantValue(document, words[0]);
      if (!name) return Fail("it runs a variable");
      CheckProgram(*name);
      if (*name == "rm") return;
      for (const NodeId word : words) CheckPath(document.Text(word));
    });
  }

  void CheckProgram(std::string_view word) {
    const std::string_view program = Basename(word);
    const SlimImages& table = SlimImageTable();
    if (IsOneOf(program, table.keeps)) return;
    const auto lost = std::find_if(
        table.loses.begin(), table.loses.end(),
        [&](const LostProgram& each) { return each.program == program; });
    if (lost == table.loses.end()) {
      if (Installs({&program, 1})) return;
      return Fail(InBackticks(program) + " may need more than it has");
    }
    if (is_elsewhere_ && IsOneOf(program, table.fetches)) return;
    if (lost->packages.empty()) {
      return Fail(InBackticks(program) +
                  " may compile with libraries it lacks");
    }
    if (!Installs(lost->packages)) {
      return Fail("it has no " + InBackticks(program));
    }
    constexpr std::string_view kCertificates[] = {"ca-certificates"};
    if (variant_.image->is_bare && IsOneOf(program, table.fetches) &&
        !Installs(kCertificates)) {
      Fail("it has no certificates for " + InBackticks(program) +
           "; `ca-certificates` brings them");
    }
  }

  // Whether one of `packages` of Debian is installed by then.
  bool Installs(std::span<const std::string_view> packages) const {
    const Document& document = facts_.document();
    for (const PackageCommand& call : facts_.package_commands()) {
      const bool counts = call.manager->family == "apt" &&
                          call.verb == PackageVerb::kInstall &&
                          call.instruction <= instruction_ &&
                          InSameBuild(facts_, instruction_, call.instruction);
      if (!counts) continue;
      for (const NodeId operand : call.operands) {
        const auto value = ConstantValue(document, operand);
        if (value &&
            IsOneOf(value->substr(0, value->find_first_of("=:/")), packages)) {
          return true;
        }
      }
    }
    return false;
  }

  void CheckCall(const PackageCommand& call, NodeId script) {
    if (call.manager->family == "apt") return;
    const bool installs = call.verb == PackageVerb::kInstall ||
                          call.verb == PackageVerb::kSync ||
                          call.verb == PackageVerb::kUpgrade;
    const std::string_view name = call.manager->name;
    if (installs) {
      std::string why =
          WhyNotPlain(facts_, context_, call, script, variant_.version);
      if (!why.empty()) Fail(std::move(why));
    } else if (call.verb == PackageVerb::kBuild) {
      if (name != "npm" && name != "yarn") {
        return Fail("what " + InBackticks(name) +
                    " builds may have to be compiled");
      }
      std::vector<std::string> words;
      for (const NodeId word :
           SimpleCommand{&facts_.document(), call.command}.words()) {
        words.emplace_back(facts_.document().Text(word));
      }
      CheckManifestScripts(std::move(words));
    }
  }

  // The scripts of package.json that a call with these words runs.
  void CheckManifestScripts(std::vector<std::string> words) {
    const ImageFiles image(facts_, context_, instruction_);
    const std::string folder = WorkdirAt(facts_, instruction_).value_or("/");
    const auto file = image.Find(JoinPath(folder, "package.json"));
    const auto text = file ? image.Read(*file) : std::nullopt;
    if (!text) return Fail("only the build context tells what is run");
    const Json manifest = Json::parse(*text, nullptr, false);
    if (!manifest.is_object() || !manifest.contains("scripts")) return;
    std::set<std::string> seen;
    while (!words.empty()) {
      const std::string word = std::move(words.back());
      words.pop_back();
      for (const char* moment : {"pre", "", "post"}) {
        const std::string name = moment + word;
        if (!manifest["scripts"].contains(name)) continue;
        const Json& script = manifest["scripts"][name];
        if (!script.is_string() || !seen.insert(name).second) continue;
        CheckManifestScript(script.get<std::string>(), words);
      }
    }
  }

  // `words` receives the words, which may be names of other scripts.
  void CheckManifestScript(const std::string& script,
                           std::vector<std::string>& words) {
    std::istringstream in(script);
    bool is_program = true;
    for (std::string word; in >> word;) {
      const bool is_lost = std::any_of(
          SlimImageTable().loses.begin(), SlimImageTable().loses.end(),
          [&](const LostProgram& lost) { return lost.program == word; });
      if (is_program && is_lost) {
        Fail("a script of package.json runs " + InBackticks(word));
      }
      const bool is_assignment = HasText(word, "=");
      is_program = word.find_first_of(";&|") != std::string::npos ||
                   (is_program && is_assignment);
      words.push_back(std::move(word));
    }
  }

  // What the containers of a stage run.
  void LookAtPrograms(uint32_t stage) {
    const ContainerPrograms programs = ProgramsOf(facts_, context_, stage);
    if (programs.state == ContainerPrograms::State::kUnclear) {
      Fail("it is not clear what it runs");
    }
    for (const ContainerProgram& program : programs.programs) {
      instruction_ = program.instruction;
      const bool is_script = program.kind == ProgramKind::kShellScript;
      if (is_script) {
        Fail(InBackticks(program.words[0]) +
             " may need programs that it lacks");
      } else if (!program.words.empty()) {
        CheckProgram(program.words[0]);
        if (program.kind == ProgramKind::kScriptRunner) {
          CheckManifestScripts(program.words);
        }
      }
    }
    instruction_ = kNoInstruction;
  }

  // A source of the context that may start other programs, or is compiled.
  void LookAtSources() {
    constexpr std::string_view kEnds[] = {".cjs", ".js", ".jsx", ".mjs", ".pl",
                                          ".py",  ".rb", ".ts",  ".tsx"};
    for (const ContextEntry& entry : context_->entries()) {
      if ((entry.path.ends_with(".so") || entry.path.ends_with(".node")) &&
          context_->IsSent(entry)) {
        return Fail(InBackticks(entry.path) + " may need libraries it lacks");
      }
      const bool is_code = std::any_of(
          std::begin(kEnds), std::end(kEnds),
          [&](std::string_view end) { return entry.path.ends_with(end); });
      if (!is_code || HasText(entry.path, "node_modules/")) continue;
      const auto text = context_->ReadSent(entry.path);
      if (!text) continue;
      for (const std::string_view start : SlimImageTable().starts) {
        if (!HasText(*text, start)) continue;
        return Fail(InBackticks(entry.path) + " has " + InBackticks(start) +
                    ": it may need other programs");
      }
    }
  }

  const Facts& facts_;
  const BuildContext* context_;
  const SlimVariant& variant_;
  const std::vector<StageUse> uses_;
  SlimProblem problem_;
  uint32_t instruction_ = kNoInstruction;
  std::set<uint32_t> copied_;
  bool is_elsewhere_ = false;
};

}  // namespace

SlimProblem WhyNotSlim(const Facts& facts, const BuildContext* context,
                       uint32_t stage, const SlimVariant& variant) {
  return Inspector(facts, context, variant).WhyNot(stage);
}

SlimProblem WhyNotSlimBehind(const Facts& facts, const BuildContext* context,
                             uint32_t stage, const SlimVariant& variant,
                             uint32_t cut) {
  return Inspector(facts, context, variant).WhyNotBehind(stage, cut);
}

}  // namespace dfix
