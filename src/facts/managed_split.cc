#include "src/facts/managed_split.h"

#include <algorithm>
#include <iterator>

#include "src/context/paths.h"
#include "src/dockerfile/instructions.h"
#include "src/facts/base_image.h"
#include "src/facts/image_files.h"
#include "src/facts/package_command.h"
#include "src/shell/views.h"
#include "src/shell/words.h"
#include "src/text/one_of.h"
#include "src/text/search.h"

namespace dfix {
namespace {

constexpr std::string_view kStays = "build tools and the sources stay";

// Where images have files of their own, which another image lacks.
constexpr std::string_view kSystem[] = {"/bin",  "/home", "/lib", "/opt",
                                        "/root", "/sbin", "/usr"};

// What scripts of health checks call beside a program of the image.
constexpr std::string_view kOfShell[] = {":",    "[",    "cat",  "echo", "exit",
                                         "grep", "test", "true", "false"};

bool IsPlainPath(std::string_view path) {
  const bool ascii = std::all_of(path.begin(), path.end(),
                                 [](char c) { return c > ' ' && c < 0x7f; });
  return path != "/" && ascii &&
         path.find_first_of(" \t\"'\\$*?[]") == std::string_view::npos;
}

void Refuse(std::string problem, ManagedStage& stage,
            uint32_t at = kNoInstruction) {
  stage.problem = std::move(problem);
  stage.problem_at = at;
}

class Finisher {
 public:
  Finisher(const Facts& facts, const BuildContext* context,
           const ManagedStage& stage, const ManagedResult& result,
           const ProjectRules& rules)
      : facts_(facts),
        context_(context),
        stage_(stage),
        result_(result),
        rules_(rules),
        cut_(stage.build.last_run),
        end_(facts.stages()[stage.stage].end) {}

  StageSplit Finish() {
    CollectPaths();
    CheckPaths();
    CheckCopies();
    CheckOwners();
    CheckHealth();
    if (!problem_.empty()) return RefusedSplit(stage_, problem_, problem_at_);
    StageSplit split;
    split.applies = true;
    split.stays = kStays;
    split.cut = cut_;
    split.image = result_.base.image;
    for (const NodeId node : stage_.runtime.repeated) {
      split.lines.push_back({node});
    }
    for (const NodeId node : stage_.build.users) split.lines.push_back({node});
    if (stage_.runtime.workdir != "/" && UsesWorkdir()) {
      split.lines.push_back({.text = "WORKDIR " + stage_.runtime.workdir});
    }
    for (const std::string& path : carried_) {
      split.lines.push_back(
          {.text = "COPY --from={build} " + path + " " + path});
    }
    split.moved = stage_.runtime.moved;
    split.message = Message();
    return split;
  }

 private:
  void Blame(std::string problem, uint32_t at = kNoInstruction) {
    if (!problem_.empty()) return;
    problem_ = std::move(problem);
    problem_at_ = at;
  }

  // Whether anything depends on the working directory at the cut.
  bool UsesWorkdir() const {
    for (uint32_t i = cut_ + 1; i < end_; ++i) {
      const InstructionFacts& instruction = facts_.instructions()[i];
      const Instruction view(facts_.document(), instruction.node);
      switch (instruction.kind) {
        case InstructionKind::kWorkdir: {
          const auto arguments = view.Arguments();
          return arguments.empty() || !arguments[0].starts_with('/');
        }
        case InstructionKind::kRun:
        case InstructionKind::kCopy:
        case InstructionKind::kAdd:
          return true;
        default:
          break;
      }
    }
    return true;
  }

  void Carry(const std::string& path) {
    if (!LiesInOneOf(path, carried_)) carried_.push_back(path);
  }

  void CollectPaths() {
    std::vector<std::string> paths = result_.paths;
    paths.insert(paths.end(), stage_.build.made.begin(),
                 stage_.build.made.end());
    if (result_.reads_copies) {
      const ShippedFiles files = DataFiles(
          facts_, context_, facts_.stages()[stage_.stage].first, cut_, &rules_);
      if (!files.problem.empty()) Blame(files.problem, files.problem_at);
      if (!files.calls.empty()) Blame(files.calls);
      from_context_ = files.from_context;
      paths.insert(paths.end(), files.paths.begin(), files.paths.end());
      for (const std::string& word : stage_.command) AddCopied(word, paths);
    }
    // Folders before what lies in them.
    std::stable_sort(paths.begin(), paths.end(),
                     [](const std::string& a, const std::string& b) {
                       return std::count(a.begin(), a.end(), '/') <
                              std::count(b.begin(), b.end(), '/');
                     });
    for (const std::string& path : paths) Carry(path);
    std::sort(carried_.begin(), carried_.end());
  }

  // A file that was copied and that an argument names.
  void AddCopied(const std::string& word, std::vector<std::string>& paths) {
    const std::string name = word.substr(word.find('=') + 1);
    if (context_ == nullptr || name.empty() || name.starts_with('-')) return;
    const std::string path =
        JoinPath(stage_.runtime.final_workdir, CleanPath(name));
    const ImageFiles files(facts_, context_, cut_);
    if (const auto file = files.Find(path);
        file && file->kind == EntryKind::kFile) {
      paths.push_back(path);
    }
  }

  // A copy behind the build that is as one before it could be either.
  void CheckCopies() {
    for (uint32_t i = cut_ + 1; i < end_; ++i) {
      const InstructionFacts& later = facts_.instructions()[i];
      if (later.kind != InstructionKind::kCopy) continue;
      for (uint32_t k = facts_.stages()[stage_.stage].first; k < cut_; ++k) {
        if (facts_.instructions()[k].kind == InstructionKind::kCopy &&
            Instruction(facts_.document(), later.node).Arguments() ==
                Instruction(facts_.document(), facts_.instructions()[k].node)
                    .Arguments()) {
          return Blame("it copies the same again when all is built", i);
        }
      }
    }
  }

  void CheckPaths() {
    if (stage_.runtime.workdir != "/" && !IsPlainPath(stage_.runtime.workdir)) {
      Blame("`" + stage_.runtime.workdir + "` is not written plainly");
    }
    for (const std::string& path : carried_) {
      if (!IsPlainPath(path)) Blame("`" + path + "` would have to go along");
    }
    for (const std::string& value : stage_.runtime.values) {
      if (result_.base.is_builder) break;
      const std::string file =
          SystemFileIn(value, stage_.runtime.workdir, carried_);
      if (file.empty() || file == stage_.runtime.final_workdir) continue;
      Blame("`" + file +
            "` is a file of the build image, which the program may read");
    }
    for (const std::string& path : stage_.build.used_later) {
      const bool is_there = LiesInOneOf(path, carried_) ||
                            path == stage_.runtime.workdir ||
                            path == stage_.runtime.final_workdir;
      if (!is_there) {
        Blame("a later step needs `" + path + "`, which would stay behind");
      }
    }
  }

  // Files that are copied from the first stage belong to root.
  void CheckOwners() {
    if (const uint32_t at = UnknownUser(stage_.runtime, result_.base,
                                        UserWords(facts_, stage_.stage));
        at != kNoInstruction) {
      return Blame("the new image has no user of that name", at);
    }
    bool changes_user = false;
    for (uint32_t i = cut_; i < end_; ++i) {
      changes_user |= facts_.instructions()[i].kind == InstructionKind::kUser;
    }
    if (!changes_user) return;
    if (stage_.build.gives_away != kNoInstruction) {
      Blame("it gives files to a user, and root would have them again",
            stage_.build.gives_away);
    }
    for (uint32_t i = facts_.stages()[stage_.stage].first; i < cut_; ++i) {
      const InstructionFacts& instruction = facts_.instructions()[i];
      const Instruction view(facts_.document(), instruction.node);
      const bool copies = instruction.kind == InstructionKind::kCopy ||
                          instruction.kind == InstructionKind::kAdd;
      if (copies && view.FindFlag("--chown")) {
        Blame("it gives files to a user, and root would have them again", i);
      }
    }
  }

  void CheckHealth() {
    const std::string word = MissingForHealth(stage_.runtime, result_.base);
    // On the same image, only what the build may have installed is missing.
    const bool same = result_.base.is_builder &&
                      !IsOneOf(word, stage_.builder->kind->packages);
    if (word.empty() || same) return;
    Blame("HEALTHCHECK runs `" + word + "`, which `" + result_.base.image +
          "` may lack");
  }

  std::string Message() const {
    std::string message = "build in a stage of its own and run `" +
                          result_.program + "` on `" + result_.base.image + "`";
    message += result_.base.is_builder
                   ? " without the sources and what the build downloads"
                   : ", which has nothing to build with";
    std::string others;
    size_t count = 0;
    for (const std::string& path : carried_) {
      const auto& built = result_.paths;
      if (std::find(built.begin(), built.end(), path) != built.end() &&
          PathBelow(result_.program, path)) {
        continue;
      }
      others += (others.empty() ? "`" : ", `") + path + "`";
      ++count;
    }
    if (count > 0) {
      message += "; " + others + (count == 1 ? " goes along" : " go along");
    }
    if (!others.empty() && !from_context_ && result_.reads_copies) {
      message += ": what it reads there is not known";
    }
    return message +
           "; make sure that it reads no source and needs nothing else of the "
           "image";
  }

  const Facts& facts_;
  const BuildContext* context_;
  const ManagedStage& stage_;
  const ManagedResult& result_;
  const ProjectRules& rules_;
  uint32_t cut_;
  uint32_t end_;
  std::vector<std::string> carried_;
  bool from_context_ = false;
  std::string problem_;
  uint32_t problem_at_ = kNoInstruction;
};

}  // namespace

std::vector<std::string> UserWords(const Facts& facts, uint32_t stage) {
  std::vector<std::string> names;
  const Document& document = facts.document();
  for (uint32_t i = facts.stages()[stage].first; i < facts.stages()[stage].end;
       ++i) {
    const NodeId script = facts.instructions()[i].script;
    if (facts.instructions()[i].kind != InstructionKind::kRun ||
        script == kNoNode) {
      continue;
    }
    ForEachCommand(document, script, [&](NodeId command) {
      const auto words = ProgramWords(document, command);
      constexpr std::string_view kMakers[] = {"addgroup", "adduser", "groupadd",
                                              "useradd"};
      const auto name =
          words.empty() ? std::nullopt : ConstantValue(document, words[0]);
      if (!name || !IsOneOf(Basename(*name), kMakers)) return;
      for (const NodeId word : words) {
        if (auto value = ConstantValue(document, word)) {
          names.push_back(std::move(*value));
        }
      }
    });
  }
  return names;
}

std::vector<std::string> Unwrapped(std::vector<std::string> command) {
  constexpr std::string_view kShells[] = {"/bin/bash", "/bin/sh", "bash", "sh"};
  if (command.size() == 3 && IsOneOf(command[0], kShells) &&
      command[1] == "-c") {
    std::string script = command[2];
    command.clear();
    if (script.find_first_of(";&|<>()'\"`\\\n") != std::string::npos) return {};
    for (size_t at = 0; at < script.size();) {
      const size_t end = std::min(script.find(' ', at), script.size());
      if (end > at) command.push_back(script.substr(at, end - at));
      at = end + 1;
    }
  }
  if (!command.empty() && command[0] == "exec") command.erase(command.begin());
  return command;
}

std::string SystemFileIn(const std::string& value, std::string_view workdir,
                         const std::vector<std::string>& known) {
  for (size_t at = value.find('/'); at != std::string::npos;
       at = value.find('/', at + 1)) {
    if (at > 0 && !HasText("=:,@ ", value.substr(at - 1, 1))) continue;
    const size_t end = std::min(value.find_first_of(":, ", at), value.size());
    const std::string path = CleanPath(value.substr(at, end - at));
    const bool system = std::any_of(
        std::begin(kSystem), std::end(kSystem), [&](std::string_view folder) {
          return PathBelow(path, folder).has_value();
        });
    const bool below = workdir != "/" && !workdir.empty() &&
                       PathBelow(path, workdir).value_or(".") != ".";
    if ((system || below) && !LiesInOneOf(path, known)) return path;
  }
  return "";
}

std::string MissingForHealth(const RuntimeStage& runtime,
                             const RuntimeBase& base) {
  const bool script = runtime.healthcheck_is_script;
  for (size_t i = 0; i < runtime.healthcheck.size(); ++i) {
    const std::string& word = runtime.healthcheck[i];
    if (i > 0 && !script) break;
    const bool known =
        IsOneOf(word, base.row->has) || (script && IsOneOf(word, kOfShell));
    if (!known) return word;
  }
  return "";
}

std::string ArgumentIn(const Facts& facts, std::string_view text,
                       uint32_t end) {
  std::string texts(text);
  std::vector<std::string> known;  // Later values replace earlier ones.
  for (uint32_t i = end; i-- > 0 && HasText(texts, "$");) {
    const InstructionFacts& instruction = facts.instructions()[i];
    const bool argument = instruction.kind == InstructionKind::kArg;
    if (!argument && instruction.kind != InstructionKind::kEnv) continue;
    for (const KeyValuePair& pair :
         Instruction(facts.document(), instruction.node).Pairs()) {
      const bool is_known =
          std::find(known.begin(), known.end(), pair.key) != known.end();
      if (is_known || !HasName(texts, pair.key)) continue;
      if (argument) return pair.key;
      known.push_back(pair.key);
      texts += " " + pair.value.value_or("");
    }
  }
  return "";
}

namespace {

// Fills in what the instructions are for, or why they are not understood.
void ReadParts(const Facts& facts, ManagedStage& stage) {
  const Stage& of = facts.stages()[stage.stage];
  const BuildKind& kind = *stage.builder->kind;
  stage.runtime = ReadRuntimeStage(
      facts, stage.stage, stage.build.last_run, stage.builder->workdir,
      kind.variables, stage.base.entry, {true, UserWords(facts, stage.stage)});
  stage.command = Unwrapped(stage.runtime.command);
  // What it runs says most about why it is as it is.
  if (!stage.command.empty() &&
      IsOneOf(Basename(stage.command[0]), kind.tools) &&
      stage.command[0] != "dotnet") {
    std::string text;
    for (const std::string& word : stage.command) {
      text += (text.empty() ? "" : " ") + word;
    }
    return Refuse("`" + text + "` builds when containers start", stage);
  }
  if (!stage.build.problem.empty()) {
    return Refuse(stage.build.problem, stage, stage.build.problem_at);
  }
  for (uint32_t i = of.first; i < of.end; ++i) {
    const InstructionFacts& instruction = facts.instructions()[i];
    if (instruction.kind != InstructionKind::kWorkdir) continue;
    const std::string argument =
        ArgumentIn(facts, facts.document().Text(instruction.node), i);
    if (argument.empty() && WorkdirSetBy(facts, i)) continue;
    return Refuse("the directory that it works in depends on " +
                      (argument.empty() ? "a variable" : argument),
                  stage, i);
  }
  if (!stage.runtime.problem.empty()) {
    return Refuse(stage.runtime.problem, stage, stage.runtime.problem_at);
  }
  if (stage.command.empty()) {
    Refuse("what it runs is more than one command", stage);
  }
}

ManagedStage ReadManagedStage(const Facts& facts, uint32_t index,
                              std::string_view kind,
                              std::span<const RuntimeEntry> images) {
  const Stage& of = facts.stages()[index];
  ManagedStage stage;
  stage.stage = index;
  if (!of.base || of.parent != kNoStage || of.from == kNoNode) return stage;
  stage.builder = FindProjectBuilder(*of.base);
  const BaseImage* base = BaseImageOf(facts, index);
  const bool windows =
      base != nullptr && base->family != nullptr && base->family->is_windows;
  if (stage.builder == nullptr || stage.builder->kind->name != kind ||
      windows) {
    return stage;
  }
  stage.build = ReadProjectBuild(facts, index, *stage.builder);
  if (stage.build.last_run == kNoInstruction) return stage;
  stage.applies = true;
  const auto parts = PartsOfFrom(Instruction(facts.document(), of.from));
  if (!parts || HasText(parts->image, "$")) {
    Refuse("its image depends on a variable", stage);
    return stage;
  }
  const RuntimeNeed need =
      kind == "java" ? RuntimeNeed::kJava : RuntimeNeed::kDotnet;
  stage.base = FindRuntimeBase(facts, index, images, {need});
  ReadParts(facts, stage);
  if (stage.problem.empty()) stage.problem = stage.base.problem;
  return stage;
}

}  // namespace

StageSplit SplitManagedStage(
    const Facts& facts, uint32_t index, std::string_view kind,
    std::span<const RuntimeEntry> images,
    const std::function<StageSplit(const ManagedStage&)>& split) {
  const ManagedStage stage = ReadManagedStage(facts, index, kind, images);
  if (!stage.applies) return {};
  if (!stage.problem.empty()) {
    return RefusedSplit(stage, stage.problem, stage.problem_at);
  }
  return split(stage);
}

StageSplit FinishManagedSplit(const Facts& facts, const BuildContext* context,
                              const ManagedStage& stage,
                              const ManagedResult& result,
                              const ProjectRules& rules) {
  return Finisher(facts, context, stage, result, rules).Finish();
}

StageSplit RefusedSplit(const ManagedStage& stage, std::string problem,
                        uint32_t at) {
  StageSplit split;
  split.applies = stage.applies;
  split.stays = kStays;
  split.problem = std::move(problem);
  split.problem_at = at;
  return split;
}

bool LiesInOneOf(std::string_view path,
                 const std::vector<std::string>& folders) {
  return std::any_of(folders.begin(), folders.end(),
                     [&](const std::string& folder) {
                       return PathBelow(path, folder).has_value();
                     });
}

}  // namespace dfix
