// Splits stages on images of Node that build something: the second one gets
// what was built and the packages that programs need, or is a web server.
#include <algorithm>
#include <utility>

#include "src/context/paths.h"
#include "src/dockerfile/instructions.h"
#include "src/facts/base_image.h"
#include "src/facts/container_command.h"
#include "src/facts/copied_owner.h"
#include "src/facts/copy_step.h"
#include "src/facts/moved_packages.h"
#include "src/facts/node_command.h"
#include "src/facts/node_project.h"
#include "src/facts/node_sources.h"
#include "src/facts/plain_script.h"
#include "src/facts/shipped_files.h"
#include "src/facts/stage_split.h"
#include "src/shell/words.h"
#include "src/text/one_of.h"

namespace dfix {
namespace {

// Commands that change no file that a program could need.
constexpr std::string_view kHarmless[] = {":",   "echo", "ls",
                                          "pwd", "set",  "true"};

// Commands that change owners and modes of files.
constexpr std::string_view kOnFiles[] = {"chmod", "chown"};

// Packages that need programs or libraries which come with an image.
constexpr std::string_view kNeedy[] = {
    "@prisma/client", "canvas",    "gm",         "libpq",
    "node-gyp",       "nodegit",   "pg-native",  "playwright",
    "prisma",         "puppeteer", "simple-git", "zeromq",
};

bool Contains(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

class Splitter {
 public:
  Splitter(const Facts& facts, const BuildContext* context, uint32_t stage,
           std::span<const RuntimeEntry> images)
      : facts_(facts),
        document_(facts.document()),
        context_(context),
        index_(stage),
        stage_(facts.stages()[stage]),
        images_(images),
        packages_(document_, SystemOf(facts, stage)) {}

  StageSplit Split() {
    result_.stays = "what only the build needs stays";
    FindCut();
    if (!result_.applies) return std::move(result_);
    if (context_ == nullptr) {
      Blame(build_run_, "package.json is not known here");
    }
    workdir_ = CleanPath(WorkdirAt(facts_, result_.cut).value_or("/"));
    if (workdir_ == "/") Blame(build_run_, "it builds in no folder of its own");
    if (result_.problem.empty()) {
      project_ = ReadNodeProject(
          [this](const std::string& name) { return Read(name); });
      if (!project_.problem.empty()) Blame(build_run_, project_.problem);
    }
    for (uint32_t i = stage_.first + 1; i < stage_.end; ++i) {
      if (!result_.problem.empty()) return std::move(result_);
      Visit(i);
    }
    if (result_.problem.empty()) Finish();
    return std::move(result_);
  }

 private:
  void Blame(uint32_t index, std::string problem) {
    if (!result_.problem.empty()) return;
    result_.problem = std::move(problem);
    result_.problem_at = index;
  }

  std::vector<std::string> Values(NodeId command) const {
    std::vector<std::string> values;
    for (const NodeId word : ProgramWords(document_, command)) {
      values.push_back(ConstantValue(document_, word).value_or("$"));
    }
    return values;
  }

  void FindCut() {
    for (uint32_t i = stage_.first + 1; i < stage_.end; ++i) {
      if (facts_.instructions()[i].kind != InstructionKind::kRun) continue;
      const PlainScript script = ReadPlainScript(facts_, i);
      for (const NodeId command : script.commands) {
        const auto words = Values(command);
        if (NodeScriptName(words) == "build") {
          result_.applies = true;
          build_run_ = result_.cut = i;
        }
        // Packages that are installed or removed when all is built.
        const PackageCommand* call = facts_.PackageCommandAt(command);
        if (result_.applies && call != nullptr &&
            (call->manager->name == "npm" || call->manager->name == "yarn")) {
          result_.cut = i;
        }
      }
    }
    const bool runs =
        HalfOfStage(facts_, index_, InstructionKind::kCmd).instruction !=
            kNoInstruction ||
        HalfOfStage(facts_, index_, InstructionKind::kEntrypoint).instruction !=
            kNoInstruction;
    result_.applies &= runs;
  }

  // The text of a file of the working directory, as the context has it.
  std::optional<std::string> Read(const std::string& name) const {
    return ReadCopied(facts_, *context_, stage_.first, build_run_,
                      JoinPath(workdir_, name));
  }

  void Visit(uint32_t index) {
    const InstructionFacts& instruction = facts_.instructions()[index];
    if (instruction.onbuild) {
      return Blame(index, "ONBUILD: images that are based on this one, too");
    }
    const Instruction view(document_, instruction.node);
    const bool before = index <= result_.cut;
    switch (instruction.kind) {
      case InstructionKind::kRun:
        return before ? VisitRun(index) : VisitLaterRun(index);
      case InstructionKind::kCopy:
      case InstructionKind::kAdd:
        if (!before) Blame(index, "it copies more when all is built");
        return;
      case InstructionKind::kEnv:
        for (const KeyValuePair& pair : view.Pairs()) {
          if (pair.key == "NODE_PATH" || pair.key == "PATH") {
            return Blame(index, "`" + pair.key + "` decides what runs");
          }
          sets_port_ |= pair.key == "PORT";
        }
        [[fallthrough]];
      case InstructionKind::kArg:
        if (before) result_.lines.push_back({instruction.node});
        return;
      case InstructionKind::kWorkdir:
        if (!before) Blame(index, "it works elsewhere when all is built");
        return;
      case InstructionKind::kUser:
        if (before) Blame(index, "the build runs as another user");
        return;
      case InstructionKind::kShell:
      case InstructionKind::kUnknown:
        return Blame(index, "what it is for is not known");
      default:
        if (before) result_.moved.push_back(instruction.node);
    }
  }

  void VisitRun(uint32_t index) {
    const PlainScript script = ReadPlainScript(facts_, index);
    if (!script.problem.empty()) return Blame(index, script.problem);
    for (const NodeId command : script.commands) {
      const auto words = Values(command);
      if (words.empty() || IsOneOf(words[0], kHarmless)) continue;
      if (words[0] == "rm" && RemovesCaches(document_, command)) continue;
      if (words[0] == "mkdir" && MakesWorkdir(words)) continue;
      const std::string name = NodeScriptName(words);
      if (name == "build") continue;
      const PackageCommand* call = facts_.PackageCommandAt(command);
      const bool of_node = call != nullptr && (call->manager->name == "npm" ||
                                               call->manager->name == "yarn");
      if (call != nullptr &&
          (call->manager->family == "apt" || call->manager->family == "apk")) {
        const std::string problem = packages_.Add(*call);
        if (!problem.empty()) return Blame(index, problem);
        continue;
      }
      if (!of_node || !name.empty()) {
        return Blame(index, "`" + words[0] +
                                "` may make something that the program needs");
      }
      VisitInstall(index, *call, words);
    }
  }

  // Whether `mkdir` makes nothing but the project's folder and those above it.
  bool MakesWorkdir(const std::vector<std::string>& words) const {
    return std::all_of(
        words.begin() + 1, words.end(), [&](const std::string& word) {
          return word == "-p" ||
                 (word.starts_with('/') && PathBelow(workdir_, word));
        });
  }

  // One that works on the files that the second stage has, too, stays there.
  void VisitLaterRun(uint32_t index) {
    const PlainScript script = ReadPlainScript(facts_, index);
    bool works = script.problem.empty();
    for (const NodeId command : script.commands) {
      const auto words = Values(command);
      works &= !words.empty() && IsOneOf(words[0], kOnFiles);
    }
    if (!works) Blame(index, "it does more when all is built");
    works_on_files_ = true;
  }

  void VisitInstall(uint32_t index, const PackageCommand& call,
                    const std::vector<std::string>& words) {
    if (call.verb == PackageVerb::kClean || call.verb == PackageVerb::kQuery) {
      return;
    }
    if (words.size() > 1 && words[0] == "npm" && words[1] == "prune") {
      is_pruned_ = true;
      return;
    }
    if (call.verb != PackageVerb::kInstall && call.verb != PackageVerb::kSync &&
        call.verb != PackageVerb::kBuild) {
      return Blame(index, "what `" + words[0] + "` does is not known");
    }
    const bool for_all = Contains(words, "-g") || Contains(words, "--global") ||
                         Contains(words, "global");
    if (for_all) {
      installs_for_all_ = index;
      return;
    }
    manager_ = call.manager->name;
    if (!call.operands.empty()) {
      Blame(index, "it installs packages that package.json does not name");
    }
  }

  void Finish() {
    const NodeCommand command = ReadNodeCommand(facts_, index_, project_);
    command_at_ = command.instruction;
    if (!command.problem.empty()) return Blame(command_at_, command.problem);
    if (command.words[0] == "serve") return FinishPage(command.words);
    CheckCommand(command.words);
    if (result_.problem.empty()) FinishProgram();
  }

  void CheckCommand(const std::vector<std::string>& words) {
    if (installs_for_all_ != kNoInstruction) {
      return Blame(installs_for_all_,
                   "it installs programs outside its folder");
    }
    const bool ships_all = project_.output.empty();
    if (words[0] != "node") {
      if (ships_all && Contains(project_.dependencies, words[0])) return;
      return Blame(command_at_,
                   "`" + words[0] + "` may need what only the build needs");
    }
    const auto file =
        std::find_if(words.begin() + 1, words.end(),
                     [](const std::string& word) { return word[0] != '-'; });
    const std::string path =
        file == words.end() ? "" : JoinPath(workdir_, *file);
    const std::string folder =
        ships_all ? workdir_ : JoinPath(workdir_, project_.output);
    if (!PathBelow(path, folder)) {
      Blame(command_at_,
            "it does not run what is built, `" + project_.output + "`");
    }
  }

  // What the program may need: all of its folder where that is not known.
  std::vector<std::string> ShippedPaths() {
    if (project_.output.empty()) return {workdir_};
    const ShippedFiles files =
        DataFiles(facts_, context_, stage_.first, result_.cut);
    if (!files.problem.empty() || !files.from_context) {
      Blame(stage_.first, "what is copied is not known");
      return {};
    }
    std::vector<std::string> paths = {JoinPath(workdir_, "node_modules"),
                                      JoinPath(workdir_, project_.output)};
    for (const std::string& path : files.paths) {
      if (path == workdir_) return {workdir_};
      const bool covered =
          std::any_of(paths.begin(), paths.end(), [&](const auto& other) {
            return PathBelow(path, other).has_value();
          });
      if (!covered) paths.push_back(path);
    }
    std::sort(paths.begin(), paths.end());
    return paths;
  }

  void FinishProgram() {
    const std::string need = NeedOfBuild(*context_, project_);
    if (!need.empty()) return Blame(stage_.first, need);
    if (manager_ != "npm") {
      return Blame(build_run_, "how `" + std::string(manager_) +
                                   "` removes packages is not known");
    }
    const std::vector<std::string> paths = ShippedPaths();
    if (!result_.problem.empty()) return;
    if (!SetImage(RuntimeNeed::kInterpreter)) return;
    const std::string install = packages_.Instruction();
    if (!install.empty()) result_.lines.push_back({.text = install});
    result_.lines.push_back({.text = "WORKDIR " + workdir_});
    for (const std::string& path : paths) AddCopy(path);
    if (!result_.problem.empty()) return;
    if (!project_.development.empty() && !is_pruned_) {
      result_.last = "RUN npm prune --omit=dev";
    }
    result_.message =
        "build in a stage of its own and ship `" +
        (project_.output.empty() ? workdir_ : project_.output) +
        "` with the packages that it needs at run time, on `" + result_.image +
        "`; make sure that it needs no package that package.json has for "
        "development" +
        (project_.output.empty() ? "" : ", and no source");
  }

  void AddCopy(const std::string& path) {
    if (path.find_first_of(" \t\"'\\$*?[]") != std::string::npos) {
      return Blame(stage_.first, "`" + path + "` would have to go along");
    }
    const std::vector<std::string> made = {JoinPath(workdir_, "node_modules"),
                                           JoinPath(workdir_, project_.output)};
    const FolderOwner owner =
        OwnerOfFolder(facts_, stage_.first, result_.cut, path, made);
    if (const std::string why = WhyOwnerIsLost(owner, base_, {});
        !why.empty()) {
      return Blame(owner.instruction, why);
    }
    result_.lines.push_back({.text = "COPY --from={build} " + OwnerFlag(owner) +
                                     path + " " + path});
  }

  // False if there is no image to run it on.
  bool SetImage(RuntimeNeed need) {
    base_ = FindRuntimeBase(facts_, index_, images_, {need});
    result_.image = base_.image;
    if (base_.is_builder) ShrinkImage();
    if (!base_.problem.empty()) Blame(stage_.first, base_.problem);
    for (uint32_t i = result_.cut; i < stage_.end; ++i) {
      const InstructionFacts& instruction = facts_.instructions()[i];
      if (instruction.kind != InstructionKind::kUser) continue;
      const auto user = Instruction(document_, instruction.node).Arguments();
      if (user.empty() || !HasUser(base_, user[0])) {
        Blame(i, "the new image has no user of that name");
      }
    }
    return result_.problem.empty();
  }

  // The slim variant does unless a package is known to need more.
  void ShrinkImage() {
    const size_t colon = result_.image.rfind(':');
    const std::string tag =
        colon == std::string::npos ? "" : result_.image.substr(colon + 1);
    for (uint32_t i = stage_.first; i < stage_.end; ++i) {
      const InstructionFacts& instruction = facts_.instructions()[i];
      if (instruction.kind == InstructionKind::kHealthcheck) return;
    }
    const bool number = !tag.empty() && tag.find_first_not_of("0123456789.") ==
                                            std::string::npos;
    const bool needy = std::any_of(
        project_.dependencies.begin(), project_.dependencies.end(),
        [](const std::string& name) { return IsOneOf(name, kNeedy); });
    if (number && !needy) result_.image += "-slim";
  }

  void FinishPage(const std::vector<std::string>& words) {
    const ServeCall serve = ReadServeCall(words);
    if (!serve.problem.empty()) return Blame(command_at_, serve.problem);
    const std::string folder = JoinPath(workdir_, serve.folder);
    // One that the build makes is not in the context.
    const bool is_built =
        project_.output.empty()
            ? context_->FindSent(CleanPath(serve.folder)) == nullptr
            : folder == JoinPath(workdir_, project_.output);
    if (!is_built) {
      return Blame(command_at_, "it serves `" + serve.folder +
                                    "`, which is not what is built");
    }
    if (works_on_files_) return Blame(command_at_, "it changes what is built");
    MoveToServer();
    if (sets_port_ && !serve.port_is_given) {
      Blame(command_at_, "`PORT` decides where it listens");
    }
    if (!result_.problem.empty() || !SetImage(RuntimeNeed::kWeb)) return;
    result_.lines = {
        {.text = "RUN printf 'server {\\n  listen " + serve.port +
                 ";\\n  root /usr/share/nginx/html;\\n  charset utf-8;\\n  "
                 "gzip on;\\n  gzip_types text/css application/javascript "
                 "image/svg+xml;\\n  location / { try_files $uri $uri.html "
                 "$uri/index.html /index.html; }\\n}\\n' > "
                 "/etc/nginx/conf.d/default.conf"},
        {.text = "COPY --from={build} " + folder + " /usr/share/nginx/html"}};
    result_.message =
        "build in a stage of its own and let nginx serve `" +
        CleanPath(serve.folder) +
        "`, on the port and with the answer to unknown paths that `serve -s` "
        "has; make sure that nothing sets PORT when it runs";
  }

  // Leaves behind what is for Node.
  void MoveToServer() {
    for (uint32_t i = stage_.first + 1; i < stage_.end; ++i) {
      const InstructionFacts& instruction = facts_.instructions()[i];
      const bool later_env =
          instruction.kind == InstructionKind::kEnv && i > result_.cut;
      if (instruction.kind == InstructionKind::kUser || later_env ||
          instruction.kind == InstructionKind::kHealthcheck ||
          instruction.kind == InstructionKind::kVolume) {
        return Blame(i, "it is meant for Node");
      }
      if (instruction.kind == InstructionKind::kCmd ||
          instruction.kind == InstructionKind::kEntrypoint) {
        result_.removed.push_back(instruction.node);
        std::erase(result_.moved, instruction.node);
      }
    }
  }

  const Facts& facts_;
  const Document& document_;
  const BuildContext* context_;
  uint32_t index_;
  const Stage& stage_;
  std::span<const RuntimeEntry> images_;
  MovedPackages packages_;
  StageSplit result_;
  NodeProject project_;
  RuntimeBase base_;
  std::string workdir_;
  std::string_view manager_ = "npm";
  bool sets_port_ = false;
  bool works_on_files_ = false;  // A RUN does when all is built.
  bool is_pruned_ = false;
  uint32_t build_run_ = kNoInstruction;
  uint32_t command_at_ = kNoInstruction;
  uint32_t installs_for_all_ = kNoInstruction;
};

}  // namespace

StageSplit SplitNodeStage(const Facts& facts, const BuildContext* context,
                          uint32_t stage,
                          std::span<const RuntimeEntry> images) {
  const BaseImage* image = BaseImageOf(facts, stage);
  if (image == nullptr || image->name != "node" || image->family == nullptr ||
      image->family->is_windows || facts.stages()[stage].parent != kNoStage ||
      BaseImageIsVariable(facts, stage)) {
    return {};
  }
  return Splitter(facts, context, stage, images).Split();
}

}  // namespace dfix
