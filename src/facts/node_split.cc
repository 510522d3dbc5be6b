// Splits stages on images of Node that build something: the second one gets
// what was built and the packages that programs need, or is a web server.
#include <algorithm>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>

#include "src/context/paths.h"
#include "src/dockerfile/instructions.h"
#include "src/facts/base_image.h"
#include "src/facts/build_package.h"
#include "src/facts/container_command.h"
#include "src/facts/copy_step.h"
#include "src/facts/plain_script.h"
#include "src/facts/shipped_files.h"
#include "src/facts/stage_split.h"
#include "src/shell/words.h"
#include "src/text/one_of.h"

namespace dfix {
namespace {

using Json = nlohmann::json;

// Commands that change no file that a program could need.
constexpr std::string_view kHarmless[] = {":",   "echo", "ls",
                                          "pwd", "set",  "true"};

// A tool of a build script, and the folder that it writes.
struct Builder {
  std::string_view words;  // What the command begins with.
  std::string_view output;
};
constexpr Builder kBuilders[] = {
    {"nest build", "dist"}, {"react-scripts build", "build"},  {"tsup", "dist"},
    {"vite build", "dist"}, {"vue-cli-service build", "dist"},
};
// Steps of build scripts that make nothing of their own.
constexpr std::string_view kAside[] = {"rimraf ", "rm -rf ", "tsc --noEmit",
                                       "tsc-alias", "eslint "};

// Packages that need programs or libraries which come with an image.
constexpr std::string_view kNeedy[] = {
    "@prisma/client", "canvas",    "gm",         "libpq",
    "node-gyp",       "nodegit",   "pg-native",  "playwright",
    "prisma",         "puppeteer", "simple-git", "zeromq",
};

// The words of a command of a script, as a JSON file has it: no quotes, no
// variables.
std::vector<std::string> WordsOf(std::string_view command) {
  std::vector<std::string> words;
  while (!command.empty()) {
    const size_t begin =
        std::min(command.find_first_not_of(' '), command.size());
    command.remove_prefix(begin);
    const size_t end = std::min(command.find(' '), command.size());
    if (end > 0) words.emplace_back(command.substr(0, end));
    command.remove_prefix(end);
  }
  return words;
}

// The text of a field of an object; empty if it is not there.
std::string TextOf(const Json& json, const char* key) {
  if (!json.is_object() || !json.contains(key)) return "";
  const Json& value = json.at(key);
  return value.is_string() ? value.get<std::string>() : "";
}

// The names that a field of package.json lists.
std::vector<std::string> NamesOf(const Json& package, const char* field) {
  std::vector<std::string> names;
  if (!package.contains(field) || !package.at(field).is_object()) return names;
  for (const auto& [name, version] : package.at(field).items()) {
    names.push_back(name);
  }
  return names;
}

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
        images_(images) {}

  StageSplit Split() {
    result_.stays = "what only the build needs stays";
    FindCut();
    if (!result_.applies) return std::move(result_);
    if (context_ == nullptr) {
      Blame(build_run_, "package.json is not known here");
    }
    workdir_ = CleanPath(WorkdirAt(facts_, result_.cut).value_or("/"));
    if (workdir_ == "/") Blame(build_run_, "it builds in no folder of its own");
    if (result_.problem.empty()) ReadPackage();
    for (uint32_t i = stage_.first + 1; i < stage_.end; ++i) {
      if (!result_.problem.empty()) return std::move(result_);
      Visit(i);
    }
    if (result_.problem.empty()) ReadCommand();
    if (result_.problem.empty()) {
      serve_folder_.empty() ? FinishProgram() : FinishPage();
    }
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

  // The script that `npm run X`, `yarn X` and the like run; empty for others.
  static std::string ScriptName(const std::vector<std::string>& words) {
    if (words.size() < 2) return "";
    const bool manager =
        words[0] == "npm" || words[0] == "yarn" || words[0] == "pnpm";
    if (!manager) return "";
    if (words[1] == "run" || words[1] == "run-script") {
      return words.size() == 3 ? words[2] : "";
    }
    const bool short_form =
        words[1] == "start" || (words[0] != "npm" && words[1] == "build");
    return short_form && words.size() == 2 ? words[1] : "";
  }

  void FindCut() {
    for (uint32_t i = stage_.first + 1; i < stage_.end; ++i) {
      if (facts_.instructions()[i].kind != InstructionKind::kRun) continue;
      const PlainScript script = ReadPlainScript(facts_, i);
      for (const NodeId command : script.commands) {
        const auto words = Values(command);
        if (ScriptName(words) == "build") {
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

  void ReadPackage() {
    const auto text = Read("package.json");
    package_ = Json::parse(text.value_or(""), nullptr, false);
    if (!package_.is_object()) {
      return Blame(build_run_, "package.json is not known here");
    }
    if (package_.contains("workspaces")) {
      return Blame(build_run_, "the packages of its workspaces are linked");
    }
    dependencies_ = NamesOf(package_, "dependencies");
    development_ = NamesOf(package_, "devDependencies");
    const Json scripts = package_.value("scripts", Json::object());
    for (const char* hook : {"prebuild", "postbuild", "postinstall", "install",
                             "preinstall", "prepare"}) {
      if (!TextOf(scripts, hook).empty()) {
        return Blame(build_run_,
                     "its script `" + std::string(hook) + "` may do anything");
      }
    }
    ReadBuildScript(TextOf(scripts, "build"));
  }

  // Finds out what the build writes: the steps of its script, one by one.
  void ReadBuildScript(std::string script) {
    if (script.empty()) return Blame(build_run_, "it has no script `build`");
    for (size_t at = 0; at < script.size();) {
      const size_t end = std::min(script.find("&&", at), script.size());
      std::string step = script.substr(at, end - at);
      step.erase(0, std::min(step.find_first_not_of(' '), step.size()));
      step.erase(step.find_last_not_of(' ') + 1);
      ReadBuildStep(step);
      at = end + 2;
    }
    if (output_.empty()) ships_all_ = true;
  }

  void ReadBuildStep(const std::string& step) {
    if (step.find_first_of("|;&<>$`\"'()") != std::string::npos) {
      return Blame(build_run_, "its script `build` is not understood");
    }
    for (const std::string_view aside : kAside) {
      if (step.starts_with(aside) || step == WithoutBlank(aside)) return;
    }
    for (const Builder& builder : kBuilders) {
      if (step == builder.words ||
          step.starts_with(std::string(builder.words) + " ")) {
        if (step.find("--out") != std::string::npos ||
            step.find("-d ") != std::string::npos) {
          return Blame(build_run_, "where `" + step + "` builds is not known");
        }
        output_ = builder.output;
        return;
      }
    }
    if (step == "tsc" || step.starts_with("tsc ")) return ReadCompiler(step);
    // Anything in its folder.
    if (step.find(" /") != std::string::npos ||
        step.find("..") != std::string::npos) {
      return Blame(build_run_, "what `" + step + "` writes is not known");
    }
    ships_all_ = true;
  }

  static std::string_view WithoutBlank(std::string_view text) {
    return text.substr(0, text.find_last_not_of(' ') + 1);
  }

  // `tsc` and the file that configures it.
  void ReadCompiler(const std::string& step) {
    const auto words = WordsOf(step);
    std::string file = "tsconfig.json";
    for (size_t i = 1; i < words.size(); ++i) {
      const bool names_file = words[i] == "-p" || words[i] == "--project";
      if (words[i] == "-b" || words[i] == "--build") continue;
      if (!names_file || i + 1 == words.size()) {
        return Blame(build_run_, "where `" + step + "` builds is not known");
      }
      file = words[++i];
    }
    const auto text = Read(file);
    const Json json = Json::parse(text.value_or(""), nullptr, false, true);
    const Json options = json.is_object()
                             ? json.value("compilerOptions", Json::object())
                             : Json::object();
    const std::string folder = TextOf(options, "outDir");
    // One that only checks types, for a bundler that comes next.
    if (options.is_object() && options.value("noEmit", Json(false)) == true) {
      return;
    }
    if (folder.empty() || folder.starts_with('/') ||
        folder.find("..") != std::string::npos || CleanPath(folder) == ".") {
      return Blame(build_run_,
                   "`" + file + "` does not say where `tsc` builds");
    }
    output_ = CleanPath(folder);
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
        if (before) return VisitRun(index);
        return Blame(index, "it does more when all is built");
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
      const std::string name = ScriptName(words);
      if (name == "build") continue;
      const PackageCommand* call = facts_.PackageCommandAt(command);
      const bool of_node = call != nullptr && (call->manager->name == "npm" ||
                                               call->manager->name == "yarn");
      if (!of_node || !name.empty()) {
        return Blame(index, "`" + words[0] +
                                "` may make something that the program needs");
      }
      VisitInstall(index, *call, words);
    }
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

  // What containers run: words, those of a script of package.json resolved.
  void ReadCommand() {
    const CommandHalf entry =
        HalfOfStage(facts_, index_, InstructionKind::kEntrypoint);
    CommandHalf half = HalfOfStage(facts_, index_, InstructionKind::kCmd);
    if (entry.state == CommandHalf::State::kExec ||
        entry.state == CommandHalf::State::kShell) {
      if (half.state != CommandHalf::State::kNone) {
        return Blame(entry.instruction, "what its arguments do is not known");
      }
      half = entry;
    }
    if (half.state != CommandHalf::State::kExec &&
        half.state != CommandHalf::State::kShell) {
      return Blame(stage_.first, "what it runs is not known");
    }
    command_at_ = half.instruction;
    const Instruction view(document_,
                           facts_.instructions()[half.instruction].inner);
    std::vector<std::string> words = view.Arguments();
    if (half.state == CommandHalf::State::kShell) {
      const PlainScript script = ReadPlainScript(facts_, half.instruction);
      if (!script.problem.empty() || script.commands.size() != 1) {
        return Blame(half.instruction, "what it runs is not known");
      }
      words = Values(script.commands[0]);
    }
    const std::string name = ScriptName(words);
    if (!name.empty()) {
      const Json scripts = package_.value("scripts", Json::object());
      const std::string hook = TextOf(scripts, ("pre" + name).c_str());
      const std::string text = TextOf(scripts, name.c_str());
      if (!hook.empty() ||
          text.find_first_of("|;&<>$`\"'()") != std::string::npos) {
        return Blame(half.instruction, "what `" + name + "` runs is not known");
      }
      words = WordsOf(text);
      while (!words.empty() && words[0].find('=') != std::string::npos) {
        words.erase(words.begin());
      }
    }
    CheckCommand(std::move(words));
  }

  void CheckCommand(std::vector<std::string> words) {
    if (!words.empty() && words[0] == "npx") words.erase(words.begin());
    if (words.empty()) return Blame(command_at_, "what it runs is not known");
    if (words[0] == "serve") return ReadServe(words);
    if (installs_for_all_ != kNoInstruction) {
      return Blame(installs_for_all_,
                   "it installs programs outside its folder");
    }
    if (words[0] == "node") {
      const auto file =
          std::find_if(words.begin() + 1, words.end(),
                       [](const std::string& word) { return word[0] != '-'; });
      const std::string path =
          file == words.end() ? "" : JoinPath(workdir_, *file);
      const std::string folder =
          ships_all_ ? workdir_ : JoinPath(workdir_, output_);
      if (!PathBelow(path, folder)) {
        Blame(command_at_, "it does not run what is built, `" + output_ + "`");
      }
      return;
    }
    if (ships_all_ && Contains(dependencies_, words[0])) return;
    Blame(command_at_, "`" + words[0] + "` may need what only the build needs");
  }

  // `serve -s build -l 3000`, which answers every unknown path with the page.
  void ReadServe(const std::vector<std::string>& words) {
    std::string folder;
    std::string port = "3000";
    bool single = false;
    for (size_t i = 1; i < words.size(); ++i) {
      const std::string& word = words[i];
      if (word == "-s" || word == "--single") {
        single = true;
      } else if ((word == "-l" || word == "--listen" || word == "-p") &&
                 i + 1 < words.size()) {
        port = words[++i];
        port_is_given_ = true;
        const size_t scheme = port.rfind(':');
        if (scheme != std::string::npos) port.erase(0, scheme + 1);
      } else if (word[0] != '-' && folder.empty()) {
        folder = word;
      } else {
        return Blame(command_at_, "what `" + word + "` does is not known");
      }
    }
    if (!single || folder.empty() ||
        port.find_first_not_of("0123456789") != std::string::npos) {
      return Blame(command_at_, "`serve` without `-s` lists folders");
    }
    // One that the build makes is not in the context.
    const bool is_built =
        ships_all_ ? context_->FindSent(CleanPath(folder)) == nullptr
                   : JoinPath(workdir_, folder) == JoinPath(workdir_, output_);
    if (!is_built) {
      return Blame(command_at_,
                   "it serves `" + folder + "`, which is not what is built");
    }
    output_ = CleanPath(folder);
    serve_folder_ = JoinPath(workdir_, folder);
    port_ = port;
  }

  // Whether a script of package.json, but for the one that containers run,
  // names the file.
  bool IsNamedByScript(const std::string& path) const {
    const Json scripts = package_.value("scripts", Json::object());
    for (const auto& [name, text] : scripts.items()) {
      if (name != "start" && text.is_string() &&
          text.get<std::string>().find(path) != std::string::npos) {
        return true;
      }
    }
    return false;
  }

  // The names of packages for development that sources import for more than
  // their types; the source that does.
  std::string UsesDevelopment() const {
    for (const ContextEntry& entry : context_->Below(".")) {
      if (entry.kind != EntryKind::kFile || !context_->IsSent(entry)) continue;
      const std::string& path = entry.path;
      const bool code = (path.ends_with(".ts") || path.ends_with(".js") ||
                         path.ends_with(".tsx") || path.ends_with(".mjs")) &&
                        path.find("node_modules/") == std::string::npos;
      const bool apart = path.find(".config.") != std::string::npos ||
                         path.find("test") != std::string::npos ||
                         path.find("spec") != std::string::npos ||
                         IsNamedByScript(path);
      const auto text =
          code && !apart ? context_->ReadSent(path) : std::nullopt;
      if (!text) continue;
      if (text->find("child_process") != std::string::npos) {
        return "`" + path +
               "` uses `child_process`: it may need other programs";
      }
      for (const std::string& name : development_) {
        for (const char* quote : {"\"", "'"}) {
          for (const char* begin : {"from ", "require(", "import "}) {
            const size_t at = text->find(begin + (quote + name) + quote);
            if (at == std::string::npos) continue;
            const size_t line = text->rfind('\n', at) + 1;
            if (text->substr(line, at - line).find("import type") !=
                std::string::npos) {
              continue;
            }
            return "`" + path + "` uses `" + name +
                   "`, which package.json has for development";
          }
        }
      }
    }
    return "";
  }

  // What the program may need: all of its folder where that is not known.
  std::vector<std::string> ShippedPaths() {
    if (ships_all_) return {workdir_};
    const ShippedFiles files =
        DataFiles(facts_, context_, stage_.first, result_.cut);
    if (!files.problem.empty() || !files.from_context) {
      Blame(stage_.first, "what is copied is not known");
      return {};
    }
    std::vector<std::string> paths = {JoinPath(workdir_, "node_modules"),
                                      JoinPath(workdir_, output_)};
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
    const std::string uses = UsesDevelopment();
    if (!uses.empty()) return Blame(stage_.first, uses);
    if (manager_ != "npm") {
      return Blame(build_run_, "how `" + std::string(manager_) +
                                   "` removes packages is not known");
    }
    const std::vector<std::string> paths = ShippedPaths();
    if (!result_.problem.empty()) return;
    result_.lines.push_back({.text = "WORKDIR " + workdir_});
    for (const std::string& path : paths) {
      if (path.find_first_of(" \t\"'\\$*?[]") != std::string::npos) {
        return Blame(stage_.first, "`" + path + "` would have to go along");
      }
      result_.lines.push_back(
          {.text = "COPY --from={build} " + path + " " + path});
    }
    if (!development_.empty() && !is_pruned_)
      result_.last = "RUN npm prune --omit=dev";
    if (!SetImage(RuntimeNeed::kInterpreter)) return;
    result_.message =
        "build in a stage of its own and ship `" +
        (ships_all_ ? workdir_ : output_) +
        "` with the packages that it needs at run time, on `" + result_.image +
        "`; make sure that it needs no package that package.json has for "
        "development" +
        std::string(ships_all_ ? "" : ", and no source");
  }

  // False if there is no image to run it on.
  bool SetImage(RuntimeNeed need) {
    const RuntimeBase base = FindRuntimeBase(facts_, index_, images_, {need});
    result_.image = base.image;
    if (base.is_builder) ShrinkImage();
    if (!base.problem.empty()) Blame(stage_.first, base.problem);
    for (uint32_t i = result_.cut; i < stage_.end; ++i) {
      const InstructionFacts& instruction = facts_.instructions()[i];
      if (instruction.kind != InstructionKind::kUser) continue;
      const auto user = Instruction(document_, instruction.node).Arguments();
      if (user.empty() || !HasUser(base, user[0])) {
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
        dependencies_.begin(), dependencies_.end(),
        [](const std::string& name) { return IsOneOf(name, kNeedy); });
    if (number && !needy) result_.image += "-slim";
  }

  void FinishPage() {
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
    if (sets_port_ && !port_is_given_) {
      return Blame(command_at_, "`PORT` decides where it listens");
    }
    result_.lines = {
        {.text = "RUN printf 'server {\\n  listen " + port_ +
                 ";\\n  root /usr/share/nginx/html;\\n  charset utf-8;\\n  "
                 "gzip on;\\n  gzip_types text/css application/javascript "
                 "image/svg+xml;\\n  location / { try_files $uri $uri.html "
                 "$uri/index.html /index.html; }\\n}\\n' > "
                 "/etc/nginx/conf.d/default.conf"},
        {.text = "COPY --from={build} " + serve_folder_ +
                 " /usr/share/nginx/html"}};
    if (!SetImage(RuntimeNeed::kWeb)) return;
    result_.message =
        "build in a stage of its own and let nginx serve `" + output_ +
        "`, on the port and with the answer to unknown paths that `serve -s` "
        "has; make sure that nothing sets PORT when it runs";
  }

  const Facts& facts_;
  const Document& document_;
  const BuildContext* context_;
  uint32_t index_;
  const Stage& stage_;
  std::span<const RuntimeEntry> images_;
  StageSplit result_;
  std::string workdir_;
  std::string output_;  // Of the build, below the working directory.
  std::string serve_folder_;
  std::string port_;
  std::string_view manager_ = "npm";
  Json package_;
  std::vector<std::string> dependencies_;
  std::vector<std::string> development_;
  bool ships_all_ = false;  // Where the build writes is not known.
  bool sets_port_ = false;
  bool is_pruned_ = false;
  bool port_is_given_ = false;
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
