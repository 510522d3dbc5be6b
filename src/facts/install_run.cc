#include "src/facts/install_run.h"

#include <algorithm>
#include <optional>

#include "src/context/paths.h"
#include "src/dockerfile/instructions.h"
#include "src/facts/run_work.h"
#include "src/facts/shell_state.h"
#include "src/shell/views.h"
#include "src/shell/words.h"
#include "src/text/search.h"

namespace dfix {
namespace {

// Variables of a command that decide which modules are downloaded, and from
// where.
constexpr std::string_view kGoVariables[] = {
    "GOPROXY", "GOPRIVATE",  "GONOPROXY", "GONOSUMDB",   "GOSUMDB", "GOFLAGS",
    "GOWORK",  "GOMODCACHE", "GOPATH",    "GO111MODULE", "-mod=",   "-modfile"};

// Endings of files that package managers install by their path.
constexpr std::string_view kPackageFiles[] = {
    ".apk", ".conda", ".deb", ".gem", ".rpm", ".tgz", ".whl", ".zip", ".gz"};

// Whether the word names a package of an archive, and no file.
bool IsPackageName(const Document& document, NodeId word) {
  const std::string text = LogicalText(document, word);
  const bool varies = text.find_first_of("`*?[~") != std::string::npos ||
                      text.starts_with('$') || text.starts_with("\"$");
  return !varies &&
         std::none_of(
             std::begin(kPackageFiles), std::end(kPackageFiles),
             [&](std::string_view ending) { return HasText(text, ending); });
}

// Whether an ENV above instruction `index` tells programs to look for others in
// a place that may be one of `source`: `PATH=/app/bin:$PATH`.
bool SearchesSource(const Facts& facts, uint32_t index,
                    const SourceUse& source) {
  for (uint32_t i = 0; i < index; ++i) {
    if (facts.instructions()[i].kind != InstructionKind::kEnv) continue;
    const std::string text(facts.document().Text(facts.instructions()[i].node));
    if (!HasText(text, "PATH")) continue;
    if (source.IsNamedIn(text)) return true;
  }
  return false;
}

class Analysis {
 public:
  Analysis(const Facts& facts, uint32_t index, const ImageFiles& image,
           const SourceUse& source)
      : facts_(facts),
        document_(facts.document()),
        index_(index),
        script_(facts.instructions()[index].script),
        image_(image),
        source_(source),
        folder_(CleanPath(WorkdirAt(facts, index).value_or("/"))) {}

  InstallRun Run() {
    if (!IsReadable()) return std::move(run_);
    const Instruction run(document_, facts_.instructions()[index_].node);
    if (!run.Heredocs().empty()) {
      FindInstallsIn({script_}, 0, folder_);
      if (run_.installs) Fail("a heredoc is not followed");
      return std::move(run_);
    }
    const std::vector<NodeId> pipelines = SimpleList();
    const bool is_compound =
        pipelines.size() == 1 && OnlyCommand(pipelines[0]) == kNoNode;
    if (pipelines.empty() || is_compound) {
      LookAtAnything();
    } else {
      LookAtList(pipelines);
    }
    CheckVisited();
    return std::move(run_);
  }

 private:
  bool IsReadable() const {
    if (script_ == kNoNode || document_.kind(script_) != NodeKind::kScript) {
      return false;
    }
    const Instruction run(document_, facts_.instructions()[index_].node);
    return !run.is_json();
  }

  // The pipelines of a script that is one list of simple commands joined by
  // `&&`; empty for others.
  std::vector<NodeId> SimpleList() const {
    std::vector<NodeId> pipelines;
    if (!ShapeOf(document_, script_).one_list) return pipelines;
    const AndOr list{&document_, *AndOrs(document_, script_).begin()};
    for (const ChainLink& link : list.pipelines()) {
      if (link.shell_operator == ShellOperator::kOr) return {};
      pipelines.push_back(link.node);
    }
    return pipelines;
  }

  void Fail(const std::string& problem) {
    if (run_.problem.empty()) run_.problem = problem;
  }

  // Takes in what the command reads if it is an install of the project.
  bool TakeInstall(NodeId command, const std::string& folder) {
    const PackageCommand* call = facts_.PackageCommandAt(command);
    if (call == nullptr) return false;
    auto reads = ReadsOfInstall(facts_, *call, folder, image_);
    if (!reads) return false;
    run_.installs = true;
    run_.is_missing |= run_.problem.empty() && reads->is_missing;
    if (!reads->problem.empty()) Fail(reads->problem);
    CheckProgram(*call, folder, reads->files);
    run_.level = std::max(run_.level, reads->level);
    for (ImageFile& file : reads->files) {
      const bool known = std::any_of(
          run_.files.begin(), run_.files.end(),
          [&](const ImageFile& each) { return each.target == file.target; });
      if (!known) run_.files.push_back(std::move(file));
    }
    run_.writes.insert(run_.writes.end(), reads->writes.begin(),
                       reads->writes.end());
    return true;
  }

  // A program that is a file of the source has to be among `files`.
  void CheckProgram(const PackageCommand& call, const std::string& folder,
                    const std::vector<ImageFile>& files) {
    const std::string name =
        ConstantValue(document_, call.program).value_or("");
    const bool is_file =
        name.find('/') != std::string::npos || call.program != call.first_word;
    if (!is_file) return;
    const std::string path = JoinPath(folder, name);
    const bool is_copied =
        std::any_of(files.begin(), files.end(),
                    [&](const ImageFile& file) { return file.target == path; });
    if (!is_copied && source_.Touches(path)) {
      Fail("`" + name + "` may be a file of the source");
    }
  }

  // The one command of a pipeline that is nothing but that, or kNoNode.
  NodeId OnlyCommand(NodeId pipeline) const {
    const Pipeline view{&document_, pipeline};
    const auto commands = view.commands();
    const bool simple =
        commands.size() == 1 && !view.negated() &&
        document_.kind(commands[0].node) == NodeKind::kSimpleCommand;
    return simple ? commands[0].node : kNoNode;
  }

  // Where `cd x` leads; absent if the command is something else, or goes to
  // where nothing is known.
  std::optional<std::string> DirectoryOf(NodeId command,
                                         const std::string& from) const {
    std::vector<std::string> words;
    for (const NodeId word : SimpleCommand{&document_, command}.words()) {
      words.push_back(ConstantValue(document_, word).value_or(""));
    }
    const bool is_cd = words.size() == 2 && words[0] == "cd" &&
                       !words[1].empty() && words[1][0] != '-';
    if (!is_cd) return std::nullopt;
    return JoinPath(from, words[1]);
  }

  // Whether the argument of a `cd` does not depend on where it runs.
  bool IsAbsolute(NodeId command) const {
    NodeId last = kNoNode;
    for (const NodeId word : SimpleCommand{&document_, command}.words()) {
      last = word;
    }
    return ConstantValue(document_, last).value_or("").starts_with('/');
  }

  void LookAtList(const std::vector<NodeId>& pipelines) {
    std::string folder = folder_;
    for (size_t i = 0; i < pipelines.size(); ++i) {
      const NodeId command = OnlyCommand(pipelines[i]);
      if (command != kNoNode) {
        if (const auto directory = DirectoryOf(command, folder)) {
          run_.begins_somewhere |= i == 0 && IsAbsolute(command);
          folder = *directory;
          visited_.push_back(folder);
          continue;
        }
        if (TakeInstall(command, folder)) continue;
      }
      const std::string need = source_.NeedOfCommands(pipelines[i], folder);
      if (need.empty()) continue;
      if (!run_.installs) {
        // An install behind it cannot be moved above it.
        FindInstallsIn(pipelines, i, folder);
        // What is missing may be where the commands before lead.
        if (run_.is_missing) run_.problem.clear();
        run_.is_missing = false;
        if (run_.installs) Fail(need);
        return;
      }
      return Split(pipelines, i, folder);
    }
  }

  // A directory that `cd` goes to is there only if a manifest is copied to it.
  void CheckVisited() {
    for (const std::string& directory : visited_) {
      const bool has_file = std::any_of(
          run_.files.begin(), run_.files.end(), [&](const ImageFile& file) {
            return PathBelow(file.target, directory).has_value();
          });
      if (!has_file && source_.Touches(directory)) {
        return Fail("`cd` goes to a directory of the source");
      }
    }
  }

  void FindInstallsIn(const std::vector<NodeId>& pipelines, size_t i,
                      const std::string& folder) {
    for (; i < pipelines.size(); ++i) {
      ForEachCommand(document_, pipelines[i],
                     [&](NodeId command) { TakeInstall(command, folder); });
    }
  }

  // Everything from pipeline `i` on becomes a RUN of its own.
  void Split(const std::vector<NodeId>& pipelines, size_t i,
             const std::string& folder) {
    for (const ShellChange& change : FindShellChanges(document_, script_)) {
      if (change.effect != ShellEffect::kDirectory) {
        return Fail("`" + change.what +
                    "` and what depends on it cannot be parted");
      }
    }
    for (size_t k = 0; k < i; ++k) {
      for (const ScriptCommand& command : CommandsOf(document_, pipelines[k])) {
        if (command.program == "gradle" || command.program == "gradlew") {
          return Fail("the daemon of Gradle may still run for the rest of it");
        }
      }
    }
    if (folder == folder_ && !visited_.empty()) {
      return Fail("several `cd` cannot be parted");
    }
    if (folder != folder_) {
      if (!DirectoryOf(OnlyCommandOrScript(pipelines[0]), folder_) ||
          DirectoryOf(OnlyCommandOrScript(pipelines[0]), folder_) != folder) {
        return Fail("several `cd` cannot be parted");
      }
      run_.rest_prefix = LogicalText(document_, pipelines[0]) + " && ";
    }
    const uint32_t stage = facts_.instructions()[index_].stage;
    for (size_t k = i; k < pipelines.size(); ++k) {
      if (facts_.stages()[stage].shipped && Removes(pipelines[k])) {
        return Fail("the rest of it removes files, which a layer below keeps");
      }
    }
    run_.rest = pipelines[i];
  }

  // A command to ask DirectoryOf about.
  NodeId OnlyCommandOrScript(NodeId pipeline) const {
    const NodeId command = OnlyCommand(pipeline);
    return command == kNoNode ? pipeline : command;
  }

  // Whether something in the pipeline takes files away.
  bool Removes(NodeId pipeline) const {
    for (const ScriptCommand& command : CommandsOf(document_, pipeline)) {
      const PackageCommand* call = facts_.PackageCommandAt(command.node);
      const bool by_manager =
          call != nullptr && (call->verb == PackageVerb::kRemove ||
                              call->verb == PackageVerb::kClean ||
                              call->verb == PackageVerb::kPurgeLists);
      const bool prunes =
          std::find(command.operands.begin(), command.operands.end(),
                    "prune") != command.operands.end();
      if (command.program == "rm" || by_manager || prunes) return true;
    }
    return false;
  }

  // A script of any other shape can only come first as a whole.
  void LookAtAnything() {
    std::vector<NodeId> others;
    const std::vector<ScriptCommand> commands = CommandsOf(document_, script_);
    const bool changes_directory = std::any_of(
        commands.begin(), commands.end(),
        [](const ScriptCommand& command) { return command.program == "cd"; });
    if (changes_directory) Fail("`cd` in such a script is not followed");
    for (const ScriptCommand& command : commands) {
      if (!TakeInstall(command.node, folder_)) others.push_back(command.node);
    }
    if (!run_.installs || changes_directory) return;
    for (const NodeId command : others) {
      const std::string need = source_.NeedOfCommands(command, folder_);
      if (!need.empty()) return Fail(need);
    }
  }

  const Facts& facts_;
  const Document& document_;
  uint32_t index_;
  NodeId script_;
  const ImageFiles& image_;
  const SourceUse& source_;
  std::string folder_;
  std::vector<std::string> visited_;
  InstallRun run_;
};

}  // namespace

bool InstallsByName(const Facts& facts, uint32_t index,
                    const SourceUse& source) {
  bool installs = false;
  for (const PackageCommand& call : facts.package_commands()) {
    if (call.instruction != index || call.verb != PackageVerb::kInstall) {
      continue;
    }
    if (call.operands_unknown || call.traits.Has(CallTrait::kOnlySimulates)) {
      return false;
    }
    for (const NodeId operand : call.operands) {
      if (!IsPackageName(facts.document(), operand)) return false;
    }
    installs |= !call.operands.empty();
  }
  return installs && !source.MeetsPackages() && source.NeedOf(index).empty() &&
         !SearchesSource(facts, index, source);
}

bool AddsDownload(const Facts& facts, uint32_t index, const ImageFiles& image,
                  InstallRun& run) {
  const Document& document = facts.document();
  const InstructionFacts& instruction = facts.instructions()[index];
  const Stage& stage = facts.stages()[instruction.stage];
  const auto folder = WorkdirAt(facts, index);
  const Instruction view(document, instruction.node);
  if (!image.has_context() || stage.shipped || !folder ||
      instruction.script == kNoNode || view.FindFlag("--mount")) {
    return false;
  }
  bool builds = false;
  for (const PackageCommand& call : facts.package_commands()) {
    if (call.manager->name != "go") continue;
    const bool here = call.instruction == index;
    if (facts.instructions()[call.instruction].stage != instruction.stage) {
      continue;
    }
    const bool is_build =
        call.verb_word != kNoNode && document.Text(call.verb_word) == "build";
    // Anything else may download, too, or decide from where.
    if (!is_build) return false;
    builds |= here;
  }
  const std::string at = CleanPath(*folder);
  if (!builds || image.Find(JoinPath(at, "vendor")) ||
      !image.Find(JoinPath(at, "go.sum"))) {
    return false;
  }
  for (const std::string_view name : kGoVariables) {
    if (document.Text(instruction.node).find(name) != std::string_view::npos) {
      return false;
    }
  }
  InstallReads reads = ReadsOfGoDownload(at, image);
  if (!reads.problem.empty() || !GoProxyProblem(facts, index, image).empty()) {
    return false;
  }
  run.files = std::move(reads.files);
  run.level = Level::kReview;
  return true;
}

InstallRun AnalyseInstallRun(const Facts& facts, uint32_t index,
                             const ImageFiles& image, const SourceUse& source) {
  InstallRun run = Analysis(facts, index, image, source).Run();
  if (!run.installs || !run.problem.empty()) return run;
  const Instruction view(facts.document(), facts.instructions()[index].node);
  for (const InstructionFlag& flag : view.Flags()) {
    if (flag.name != "--mount" || !flag.value) continue;
    if (flag.value->find("type=cache") == std::string::npos &&
        flag.value->find("type=secret") == std::string::npos &&
        flag.value->find("type=ssh") == std::string::npos) {
      run.problem = "a mount may bring the files";
    }
  }
  if (!WorkdirAt(facts, index) && !run.begins_somewhere) {
    run.problem =
        "the directory that it runs in is not known; a WORKDIR would "
        "tell it";
  }
  return run;
}

}  // namespace dfix
