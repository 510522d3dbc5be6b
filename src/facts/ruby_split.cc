// Splits stages on images of Ruby: gems are installed in the first stage, and
// the second one gets their folders; compilers stay behind.
//
// On the full image gems may be linked with any library that it has: there the
// Gemfile.lock tells, and the second stage begins with the slim variant.
#include <algorithm>
#include <optional>
#include <utility>

#include "src/context/paths.h"
#include "src/dockerfile/instructions.h"
#include "src/facts/base_image.h"
#include "src/facts/container_program.h"
#include "src/facts/copy_step.h"
#include "src/facts/gem_folders.h"
#include "src/facts/gem_needs.h"
#include "src/facts/image_files.h"
#include "src/facts/installed_split.h"
#include "src/facts/managed_split.h"
#include "src/facts/plain_install.h"
#include "src/facts/ruby_sources.h"
#include "src/facts/slim_need.h"
#include "src/facts/stage_split.h"
#include "src/shell/words.h"
#include "src/text/backticks.h"
#include "src/text/one_of.h"
#include "src/text/search.h"

namespace dfix {
namespace {

constexpr std::string_view kManagers[] = {"bundle", "gem"};
constexpr std::string_view kInterpreters[] = {"rails", "rake", "ruby"};

// Words of commands that need what stays behind.
constexpr std::string_view kCompiling[] = {
    "cargo", "cc",  "cmake", "compile",  "extconf.rb",
    "g++",   "gcc", "make",  "node-gyp", "rake-compiler",
};

// What a Ruby that compiles with GCC while it runs is told.
constexpr std::string_view kCompilesLater[] = {"--jit", "mjit"};

class Splitter {
 public:
  Splitter(const Facts& facts, const BuildContext* context, uint32_t index,
           bool is_full, std::optional<SlimVariant> slim)
      : facts_(facts),
        document_(facts.document()),
        context_(context),
        index_(index),
        stage_(facts.stages()[index]),
        system_(SystemOf(facts, index)),
        packages_(document_, system_),
        folders_(facts),
        is_full_(is_full),
        slim_(std::move(slim)) {}

  StageSplit Split() {
    installed_ = SplitInstalls(facts_, index_, Rules(), packages_);
    StageSplit& split = installed_.split;
    if (!split.applies || !split.problem.empty()) return std::move(split);
    CheckCommand();
    const std::vector<std::string> folders = folders_.Folders(split.problem);
    CheckProject();
    if (is_full_ && split.problem.empty()) CheckSlim();
    if (!split.problem.empty()) return std::move(split);
    // The slim variant does without a stage to compile in.
    if (is_full_ && !compiles_ && packages_.left().empty()) return {};
    InstallPackages(packages_, installed_);
    for (const std::string& folder : folders) Carry(folder, OwnerOfGems());
    for (const std::string& root : folders_.roots()) {
      const std::string lock = JoinPath(root, "Gemfile.lock");
      if (!ComesLater(lock)) Carry(lock, OwnerOf(lock));
    }
    const std::string left = packages_.LeftNames();
    split.message =
        "install gems in a stage of their own, and ship them without " +
        (left.empty() ? "the compilers of the full image" : left) +
        "; make sure that nothing is compiled when it runs" +
        (slim_ ? ", and that no source needs a program or a library that " +
                     InBackticks(slim_->reference) + " lacks"
               : "");
    return std::move(split);
  }

 private:
  InstallRules Rules() {
    return {
        .managers = kManagers,
        .interpreters = kInterpreters,
        .compiling = kCompiling,
        .has_compilers = is_full_,
        .has_users = true,
        .installs =
            [this](const PackageCommand& call) {
              return InstallsGems(document_, call);
            },
        .why_not_call =
            [this](const PackageCommand& call) { return WhyNotCall(call); },
        .why_not_instruction =
            [this](uint32_t index, uint32_t cut) {
              return WhyNotInstruction(index, cut);
            },
        .is_for_both =
            [this](const PackageCommand& call) {
              return ChangesTools(document_, call) &&
                     !ChangesProject(document_, call);
            },
        .removes_own = [this](NodeId command) { return RemovesOwn(command); },
        .is_for_install = [](uint32_t, uint32_t) { return false; },
    };
  }

  void Blame(std::string problem, uint32_t at = kNoInstruction) {
    StageSplit& split = installed_.split;
    if (!split.problem.empty() || problem.empty()) return;
    split.problem = std::move(problem);
    split.problem_at = at;
  }

  void Carry(const std::string& path, const std::string& owner) {
    for (const std::string& root : folders_.roots()) {
      if (PathBelow(path, root) && !argument_.empty()) {
        Blame("where " + InBackticks(Basename(path)) + " is depends on " +
              InBackticks(argument_));
      }
    }
    installed_.split.lines.push_back(
        {.text = "COPY --from={build} " + owner + path + " " + path});
  }

  // The flag that gives what is copied to who installs, with a blank.
  std::string OwnerOfGems() const {
    const std::string name = user_.substr(0, user_.find(':'));
    return name.empty() || name == "root" || name == "0"
               ? ""
               : "--chown=" + user_ + " ";
  }

  // The flag that the COPY of a file above the cut has for its owner, with a
  // blank; empty if it has none.
  std::string OwnerOf(const std::string& path) const {
    const ImageFiles image(facts_, context_, installed_.split.cut);
    const auto file = image.Find(path);
    if (!file) return OwnerOfGems();
    const Instruction copy(document_,
                           facts_.instructions()[file->instruction].node);
    const auto flag = copy.FindFlag("--chown");
    return flag ? std::string(document_.Text(flag->node)) + " " : "";
  }

  std::string WhyNotCall(const PackageCommand& call) {
    std::string problem = folders_.AddCall(call, is_full_);
    if (!problem.empty() || !InstallsGems(document_, call)) return problem;
    installs_ = true;
    if (call.manager->name == "bundle") return WhyNoGemfile(call);
    if (!is_full_) return "";
    for (const NodeId operand : call.operands) {
      const std::string name = LogicalText(document_, operand);
      if (name.substr(0, name.find(':')) == "bundler") continue;
      return "what the gem " + InBackticks(name) +
             " brings is known with a Gemfile.lock alone";
    }
    return "";
  }

  std::string WhyNoGemfile(const PackageCommand& call) const {
    const ImageFiles image(facts_, context_, call.instruction);
    const auto root = WorkdirAt(facts_, call.instruction);
    if (root && image.Find(JoinPath(*root, "Gemfile"))) return "";
    return "where its Gemfile is is not known";
  }

  std::string WhyNotInstruction(uint32_t index, uint32_t cut) {
    const InstructionFacts& instruction = facts_.instructions()[index];
    const std::string_view text = document_.Text(instruction.node);
    for (const std::string_view word : kCompilesLater) {
      if (HasText(text, word)) {
        return InBackticks(word) + " compiles while the program runs";
      }
    }
    switch (instruction.kind) {
      case InstructionKind::kEnv:
      case InstructionKind::kArg:
        return index > cut ? "" : folders_.AddVariables(index, is_full_);
      case InstructionKind::kRun:
        return index > cut ? WhyNotRun(index) : WhyNotBetween(text);
      case InstructionKind::kWorkdir:
        if (index < cut && argument_.empty()) {
          argument_ = ArgumentIn(facts_, text, index);
        }
        return "";
      case InstructionKind::kUser:
        return index > cut ? "" : WhyNotUser(index);
      default:
        return "";
    }
  }

  // The second stage has the gems behind what it repeats.
  std::string WhyNotBetween(std::string_view text) const {
    constexpr std::string_view kChanges[] = {"chmod", "chown", "ln"};
    const std::string_view word = WordAmong(text, kChanges);
    return !installs_ || word.empty()
               ? ""
               : InBackticks(word) + " may change what is installed above it";
  }

  // All that is installed has one owner.
  std::string WhyNotUser(uint32_t index) {
    const auto words =
        Instruction(document_, facts_.instructions()[index].node).Arguments();
    if (words.size() != 1 ||
        words[0].find_first_of("$\"'\\") != words[0].npos) {
      return "which user installs gems is not known";
    }
    if (installs_ || !user_.empty()) return "more than one user installs gems";
    user_ = words[0];
    return "";
  }

  // Who works in a container, or bases another image on this one, may install
  // gems that are compiled.
  void CheckCommand() {
    const ContainerPrograms programs = ProgramsOf(facts_, context_, index_);
    if (programs.state == ContainerPrograms::State::kNone) {
      return Blame("it has no command: other images may need the compilers");
    }
    for (const ContainerProgram& program : programs.programs) {
      if (program.kind != ProgramKind::kInteractive) continue;
      Blame("people who work in containers may need them", program.instruction);
    }
  }

  // What a RUN below the cut installs has to do without compilers.
  std::string WhyNotRun(uint32_t index) const {
    constexpr std::string_view kInstalls[] = {"add", "install", "pristine",
                                              "update"};
    for (const PackageCommand& call : facts_.package_commands()) {
      const std::string_view text = document_.Text(call.command);
      const std::string_view word = WordAmong(text, kInstalls);
      if (call.instruction == index && !word.empty() &&
          IsOneOf(call.manager->name, kManagers)) {
        return "what " + InBackticks(text) + " installs may be compiled";
      }
      if (call.instruction != index || call.verb == PackageVerb::kQuery ||
          IsOneOf(call.manager->name, kManagers) ||
          call.manager->family == "apt" || call.manager->family == "apk" ||
          (call.verb != PackageVerb::kInstall &&
           call.verb != PackageVerb::kSync)) {
        continue;
      }
      std::string problem = WhyNotPlain(
          facts_, context_, call, facts_.instructions()[index].script, "");
      if (!problem.empty()) return problem;
    }
    return "";
  }

  // Whether a command removes files of gems, or of their cache, alone.
  bool RemovesOwn(NodeId command) const {
    constexpr std::string_view kOwn[] = {
        "$BUNDLE_PATH/",      "$GEM_HOME/",          "${BUNDLE_PATH}/",
        "${GEM_HOME}/",       "/root/.bundle/cache", "/root/.gem",
        "/usr/local/bundle/", "~/.bundle/cache",     "~/.gem"};
    const auto words = ProgramWords(document_, command);
    if (words.size() < 2) return false;
    const std::string name = LogicalText(document_, words[0]);
    const bool is_find = name == "find";
    if (name != "rm" && !is_find) return false;
    for (size_t i = 1; i < words.size(); ++i) {
      std::string text = LogicalText(document_, words[i]);
      std::erase(text, '"');
      if (text.starts_with('-')) {
        if (is_find) return !HasText(text, "exec");
        continue;
      }
      const bool is_own = std::any_of(
          std::begin(kOwn), std::end(kOwn),
          [&](std::string_view own) { return text.starts_with(own); });
      if (!is_own || HasText(text, "..")) return false;
    }
    return !is_find;
  }

  void CheckProject() {
    if (context_ != nullptr) {
      return Blame(
          NeedOfCompilers(facts_, *context_, index_, installed_.split.cut));
    }
    for (uint32_t i = stage_.first; i <= installed_.split.cut; ++i) {
      const auto step = CopyStepAt(facts_, i);
      if (!step || !step->from_context) continue;
      for (const std::string& source : step->sources) {
        if (source != ".") continue;
        Blame(
            "only the build context tells whether gems are compiled among "
            "the sources",
            i);
      }
    }
  }

  // On the slim variant everything has to work that comes below the cut, and
  // the gems.
  void CheckSlim() {
    if (!slim_) {
      return Blame(
          "gems may be linked with any library of the full image, whose slim "
          "variant is not known");
    }
    CheckGems();
    if (context_ != nullptr) Blame(NeedOfSystemPrograms(*context_));
    const SlimProblem problem = WhyNotSlimBehind(facts_, context_, index_,
                                                 *slim_, installed_.split.cut);
    if (!problem.text.empty()) {
      Blame(InBackticks(slim_->reference) +
                " may lack something: " + problem.text,
            problem.instruction);
    }
  }

  void CheckGems() {
    const uint32_t end = installed_.split.cut;
    const ImageFiles image(facts_, context_, end);
    for (const std::string& root : folders_.roots()) {
      const auto file = image.Find(JoinPath(root, "Gemfile.lock"));
      const auto text = file ? image.Read(*file) : std::nullopt;
      if (!text) {
        return Blame(
            "gems may be linked with any library of the full image, and no "
            "Gemfile.lock of the build context tells which gems there are",
            end);
      }
      const auto gemfile = image.Find(JoinPath(root, "Gemfile"));
      const GemNeeds needs = NeedsOfGems(
          ReadGemLock(*text),
          gemfile ? image.Read(*gemfile).value_or("") : std::string());
      Blame(needs.problem, end);
      compiles_ |= !needs.compiled.empty();
      for (const std::string& package : needs.packages) NeedPackage(package);
    }
  }

  void NeedPackage(const std::string& package) {
    if (!IsBuildPackage(package)) return packages_.Keep(package);
    const auto runtime = RuntimePackages(package, system_);
    if (!runtime) {
      return Blame("what " + InBackticks(package) +
                   " leaves for programs is not known for this image");
    }
    for (const std::string& name : *runtime) packages_.Keep(name);
  }

  // Whether a COPY behind the cut brings that file of the context, before
  // anything reads it.
  bool ComesLater(const std::string& path) const {
    if (context_ == nullptr) return false;
    for (uint32_t i = installed_.split.cut + 1; i < stage_.end; ++i) {
      if (facts_.instructions()[i].kind == InstructionKind::kRun) return false;
      const auto step = CopyStepAt(facts_, i);
      if (!step || !step->from_context || !step->problem.empty()) continue;
      const auto parts = CopiedParts(*step, *context_);
      if (parts && ImageFiles(facts_, context_, i).FindAmong(*parts, path)) {
        return true;
      }
    }
    return false;
  }

  const Facts& facts_;
  const Document& document_;
  const BuildContext* context_;
  uint32_t index_;
  const Stage& stage_;
  RuntimeSystem system_;
  MovedPackages packages_;
  GemFolders folders_;
  bool is_full_;
  std::optional<SlimVariant> slim_;
  bool compiles_ = false;
  bool installs_ = false;  // A call above has.
  std::string argument_;   // What a directory depends on, or empty.
  std::string user_;       // Who does, from USER; empty if it is root.
  InstalledSplit installed_;
};

}  // namespace

StageSplit SplitRubyStage(const Facts& facts, const BuildContext* context,
                          uint32_t stage,
                          std::span<const RuntimeEntry> images) {
  const BaseImage* image = BaseImageOf(facts, stage);
  if (image == nullptr || image->name != "ruby" || image->family == nullptr ||
      facts.stages()[stage].parent != kNoStage ||
      BaseImageIsVariable(facts, stage)) {
    return {};
  }
  const std::string tag = TagOf(*facts.stages()[stage].base);
  const bool is_full = !HasText(tag, "slim") && !HasText(tag, "alpine");
  const auto parts =
      PartsOfFrom(Instruction(facts.document(), facts.stages()[stage].from));
  const auto slim =
      is_full && parts ? SlimVariantOf(parts->image) : std::nullopt;
  StageSplit split = Splitter(facts, context, stage, is_full, slim).Split();
  if (!split.applies || !split.problem.empty()) return split;
  RuntimeBase base =
      FindRuntimeBase(facts, stage, images, {RuntimeNeed::kInterpreter});
  split.problem = std::move(base.problem);
  if (base.is_builder && slim) base.image = slim->reference;
  if (!base.is_builder) {
    split.message += ", and that `" + base.image +
                     "` has the same version of Ruby at the same place";
  }
  split.image = std::move(base.image);
  return split;
}

}  // namespace dfix
