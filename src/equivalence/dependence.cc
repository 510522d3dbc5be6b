#include "src/equivalence/dependence.h"

#include <algorithm>
#include <set>

#include "src/equivalence/calls.h"
#include "src/equivalence/package_lists.h"
#include "src/equivalence/tables.h"
#include "src/text/glob.h"
#include "src/text/search.h"

namespace dfix::equivalence {

std::string CleanPath(std::string_view path) {
  std::string clean;
  const bool absolute = path.starts_with('/');
  while (!path.empty()) {
    const std::string_view part = path.substr(0, path.find('/'));
    path.remove_prefix(std::min(path.size(), part.size() + 1));
    if (part.empty() || part == ".") continue;
    if (part == ".." && !clean.empty() && Basename(clean) != "..") {
      clean.erase(clean.find('/') == std::string::npos ? 0 : clean.rfind('/'));
      continue;
    }
    if (!clean.empty() || absolute) clean += '/';
    clean += part;
  }
  return clean.empty() ? (absolute ? "/" : ".") : clean;
}

std::string JoinPaths(std::string_view directory, std::string_view path) {
  if (path.starts_with('/')) return CleanPath(path);
  return CleanPath(std::string(directory) + "/" + std::string(path));
}

bool Overlap(std::string_view a, std::string_view b) {
  return IsInside(a, b) || IsInside(b, a);
}

Places PlacesOf(const Step& copy, const std::string& source) {
  const std::string& to = copy.arguments.back();
  const std::string name(Basename(CleanPath(source)));
  const bool is_folder = to.ends_with('/') || copy.arguments.size() > 2;
  return {is_folder ? CleanPath(to + "/" + name) : CleanPath(to),
          CleanPath(to)};
}

bool IsAdded(const Comparison& c, const Step& step) {
  return std::any_of(
      c.differences.begin(), c.differences.end(), [&](const Difference& d) {
        return d.kind == DifferenceKind::kStepAdded && d.after.step == &step;
      });
}

bool IsProvided(const Comparison& c, const Step& run, const std::string& path) {
  const Stage& stage = c.after.stages()[run.stage];
  for (uint32_t i = stage.first; i < c.after.IndexOf(run); ++i) {
    const Step& step = c.after.steps()[i];
    if (step.kind == InstructionKind::kRun) continue;
    const bool added = IsAdded(c, step);
    for (size_t k = 0; k + 1 < step.arguments.size(); ++k) {
      if (step.kind != InstructionKind::kCopy &&
          step.kind != InstructionKind::kAdd) {
        break;
      }
      const Places places = PlacesOf(step, step.arguments[k]);
      const bool folder = !added || Basename(places.as_folder) ==
                                        Basename(CleanPath(step.arguments[k]));
      if (MatchesGlob(places.as_file, path) || places.as_file == path ||
          (folder && IsInside(path, places.as_folder))) {
        return true;
      }
    }
  }
  return false;
}

namespace {

// Whether one of the alternatives of `need`, separated by `|`, is brought.
bool IsNeedMet(const Comparison& c, const Step& run,
               const std::string& directory, std::string_view need) {
  while (!need.empty()) {
    const std::string_view name = need.substr(0, need.find('|'));
    need.remove_prefix(std::min(need.size(), name.size() + 1));
    if (name.starts_with('*')) {
      // Any file of that kind.
      const Stage& stage = c.after.stages()[run.stage];
      for (uint32_t i = stage.first; i < c.after.IndexOf(run); ++i) {
        for (const std::string& word : c.after.steps()[i].arguments) {
          if (word.ends_with(name.substr(1))) return true;
        }
      }
      continue;
    }
    if (IsProvided(c, run, JoinPaths(directory, name))) return true;
  }
  return false;
}

// Reads the commands of a RUN that runs before what a COPY to `target_` brings.
class Dependence {
 public:
  Dependence(const Comparison& c, const Step& run, std::string target)
      : c_(c),
        run_(run),
        target_(std::move(target)),
        directory_(c.after.ContextOf(run).workdir) {}

  std::string Find() {
    const List* script = c_.after.ScriptOf(run_);
    if (script == nullptr) return "nobody knows what it reads";
    for (const std::string& flag : run_.flags) {
      if (flag.starts_with("--mount") && !HasText(flag, "type=cache") &&
          !HasText(flag, "type=secret") && !HasText(flag, "type=ssh")) {
        return "a mount may show it";
      }
    }
    ForEachSimple(*script, [&](const Command& command) { Visit(command); });
    return why_;
  }

 private:
  void Visit(const Command& command) {
    for (const Redirect& redirect : command.redirections) {
      const std::string& path = redirect.target.text;
      const bool descriptor =
          path.find_first_not_of("0123456789-") == std::string::npos;
      // A new file stays, unless the folder that is copied has one of its name.
      const bool makes = redirect.shell_operator == ShellOperator::kWrite;
      if (makes) made_.insert(JoinPaths(directory_, path));
      if (redirect.body.empty() && !descriptor && !makes && IsNear(path)) {
        Refuse(command, "`" + path + "` may be of it");
      }
    }
    if (command.words.empty()) return;
    const Call call = ReadCall(command);
    if (call.name.empty()) return Refuse(command, "nobody knows what it does");
    if (call.name == "cd" && call.verb != 0) {
      directory_ = JoinPaths(directory_, call.verb_name);
      return;
    }
    const std::string& program = command.words[call.program].text;
    if (HasText(program, "/") && IsNear(program) && !IsMadeBefore(program) &&
        !IsProvided(c_, run_, JoinPaths(directory_, program))) {
      return Refuse(command, "it may be a program of it");
    }
    const bool asks_version = call.operands.empty() && call.verb == 0 &&
                              call.options.size() == 1 &&
                              command.words.back().Is("--version");
    if (asks_version) return;
    const bool is_clone =
        call.name == "git" && HasWord("clone config", call.verb_name);
    if (is_clone || IsProgram(IndependentPrograms(), call.name)) {
      return VisitPaths(command, call);
    }
    VisitInstaller(command, call);
  }

  // Whether a virtual environment that the stage makes has the program.
  bool IsMadeBefore(const std::string& program) const {
    const Stage& stage = c_.after.stages()[run_.stage];
    bool made = false;
    for (uint32_t i = stage.first; i <= c_.after.IndexOf(run_); ++i) {
      const Step& step = c_.after.steps()[i];
      const List* script = c_.after.ScriptOf(step);
      if (step.kind != InstructionKind::kRun || script == nullptr) continue;
      ForEachSimple(*script, [&](const Command& command) {
        const Call call = ReadCall(command);
        made |= HasWord("venv virtualenv", call.name) && call.verb != 0 &&
                IsInside(CleanPath(program), CleanPath(call.verb_name));
      });
    }
    return made;
  }

  // Whether a download gets its name from the server or the address, in the
  // directory where the command runs.
  static bool WritesHere(const Call& call) {
    const auto has = [&](std::string_view flag) {
      return HasOption(call, flag);
    };
    if (call.name == "curl") {
      return has("-O") || has("-J") || has("--remote-name") ||
             has("--remote-header-name") || has("--remote-name-all");
    }
    if (call.name == "git") {
      const bool elsewhere =
          !call.operands.empty() &&
          call.command->words[call.operands.back()].text.starts_with('/');
      return call.verb_name == "clone" && !elsewhere;
    }
    return call.name == "wget" && !has("-O") && !has("-P") &&
           std::none_of(
               call.options.begin(), call.options.end(), [&](size_t i) {
                 const std::string& text = call.command->words[i].text;
                 return text.starts_with("--output-document") ||
                        text.starts_with("--directory-prefix") ||
                        text.starts_with("-O") || text.starts_with("-P");
               });
  }

  // The word that is no file though those around it are: what `sed` does, what
  // `grep` looks for, a mode, an owner, the letters of `tar`; 0 if there is
  // none.
  static size_t OtherWord(const Call& call) {
    const auto has = [&](std::string_view flags) {
      return std::any_of(call.options.begin(), call.options.end(),
                         [&](size_t i) {
                           return HasWord(flags, call.command->words[i].text);
                         });
    };
    if (call.name == "sed" || call.name == "grep") {
      return has("-e -f --expression --file --regexp") ? 0 : call.verb;
    }
    if (call.name == "chown" || call.name == "chgrp" || call.name == "chmod") {
      // `-x` is a mode, too.
      const bool is_mode =
          std::any_of(call.options.begin(), call.options.end(), [&](size_t i) {
            const std::string& option = call.command->words[i].text;
            return option.starts_with("--reference") ||
                   (call.name == "chmod" && !option.starts_with("--") &&
                    option.find_first_of("rwxXst") != std::string::npos);
          });
      return is_mode ? 0 : call.verb;
    }
    const bool has_letters =
        call.name == "tar" && call.verb == call.program + 1 &&
        call.verb_name.find_first_of("./") == std::string_view::npos;
    return has_letters ? call.verb : 0;
  }

  // Whether the word at `i` is the argument of an option that is no file.
  static bool IsScriptOption(const Call& call, size_t i) {
    return (call.name == "sed" || call.name == "grep") &&
           HasWord("-e --expression --regexp", call.command->words[i - 1].text);
  }

  // Whether the call makes new files alone: they are no matter to a COPY,
  // unless the folder that is copied has one of the name.
  static bool Makes(const Call& call) {
    return call.name == "touch" || call.name == "mkdir" ||
           (call.name == "tee" && !HasOption(call, "-a") &&
            !HasOption(call, "--append"));
  }

  // Whether all operands are files.
  static bool NamesFiles(const Call& call) {
    if (call.name != "[" && call.name != "test") {
      return IsProgram(PathPrograms(), call.name);
    }
    return std::any_of(call.command->words.begin(), call.command->words.end(),
                       [](const Word& word) {
                         return HasWord("-d -e -f -L -r -s -w -x", word.text);
                       });
  }

  // Nothing that it names may be of what is copied.
  void VisitPaths(const Command& command, const Call& call) {
    if (WritesHere(call) && IsNear(".")) {
      return Refuse(command, "it may bring a file of the same name");
    }
    const bool lists = call.name == "ls" || call.name == "find";
    if (lists && call.verb == 0 && IsNear(".")) {
      return Refuse(command, "it is about the directory that it runs in");
    }
    if (Makes(call) || call.name == "add-apt-repository") return;
    const bool is_download = call.name == "curl" || call.name == "wget";
    bool all = NamesFiles(call);
    for (size_t i = call.program + 1; i < command.words.size(); ++i) {
      const Word& word = command.words[i];
      if (i == OtherWord(call) || IsScriptOption(call, i) || word.Is("]")) {
        continue;
      }
      // What `find` looks for comes behind where it does.
      all &= call.name != "find" || !word.text.starts_with('-');
      if (word.text.starts_with('-') && !HasText(word.text, "/")) continue;
      const bool is_output =
          is_download && HasWord("-o -O --output --output-document -P",
                                 command.words[i - 1].text);
      const bool path = all || is_output || HasText(word.text, "/");
      if (HasText(word.text, "://") || !path) continue;
      const std::string file = JoinPaths(directory_, word.text);
      if (word.constant && is_output) made_.insert(file);
      if (word.constant && made_.contains(file)) continue;
      if (!word.lists.empty() || IsNear(word.text)) {
        return Refuse(command, "`" + word.text + "` may be of it");
      }
    }
  }

  void VisitInstaller(const Command& command, const Call& call) {
    std::string directory = directory_;
    std::vector<std::string> files;
    for (size_t i = call.program + 1; i < command.words.size(); ++i) {
      const std::string_view option = command.words[i].text;
      const bool has_next = i + 1 < command.words.size();
      if (call.verb_name != "clean" &&
          HasWord(call.name == "dotnet"
                      ? "--configfile"
                      : "-r --requirement -c --constraint -f --file",
                  option)) {
        if (!has_next || !command.words[i + 1].constant) {
          return Refuse(command, "it reads what is in a variable");
        }
        files.push_back(command.words[++i].text);
      } else if (HasWord("-e --editable", option)) {
        return Refuse(command, "it installs from the source");
      } else if (HasWord("--prefix --cwd -C --dir --directory", option) &&
                 has_next) {
        directory = JoinPaths(directory, command.words[++i].text);
      }
    }
    for (const Manifest& manifest : Manifests()) {
      if (!IsProgram(manifest.programs, call.name) ||
          !HasWord(manifest.verbs, call.verb == 0 ? "-" : call.verb_name)) {
        continue;
      }
      return VisitManifest(command, call, manifest, directory, files);
    }
    Refuse(command, "nobody knows what it reads");
  }

  // What a call needs that is not to install the project itself; empty if it
  // does not do that.
  static std::string_view OptionAgainstProject(const Call& call) {
    if (!HasWord("install sync", call.verb_name)) return "";
    if (call.name == "poetry") return "--no-root";
    if (call.name == "pdm") return "--no-self";
    if (call.name == "uv") return "--no-install-project";
    return call.name == "composer" ? "--no-autoloader" : "";
  }

  void VisitManifest(const Command& command, const Call& call,
                     const Manifest& manifest, const std::string& directory,
                     const std::vector<std::string>& files) {
    for (const size_t i : call.operands) {
      const Word& word = command.words[i];
      if (std::find(files.begin(), files.end(), word.text) != files.end()) {
        continue;
      }
      const bool is_number =
          word.text.starts_with("-j") || word.text.starts_with("--jobs=");
      if (is_number) continue;
      const bool local = word.text.starts_with('.') ||
                         HasText(word.text, "/") || !word.constant ||
                         word.text.ends_with(".whl");
      // An operand that is the manifest itself.
      const bool is_manifest =
          manifest.needs.starts_with('*') && word.constant &&
          IsProvided(c_, run_, JoinPaths(directory, word.text));
      const bool elsewhere =
          word.constant && word.text.starts_with('/') && !IsNear(word.text);
      if (is_manifest || elsewhere) continue;
      if (local && !HasText(word.text, "://") && !word.text.starts_with('@')) {
        return Refuse(command, "`" + word.text + "` may be of it");
      }
    }
    for (const std::string& file : files) {
      if (HasText(file, "://")) continue;
      if (!IsProvided(c_, run_, JoinPaths(directory, file))) {
        return Refuse(command, "it reads `" + file + "`");
      }
    }
    const bool global = HasOption(call, "-g") || HasOption(call, "--global");
    constexpr std::string_view kOnlyProjects =
        "bundle bundler poetry pdm composer composer.phar mix cargo mvn mvnw "
        "gradle gradlew sbt go";
    const bool by_name = !call.operands.empty() &&
                         !HasWord(kOnlyProjects, call.name) &&
                         call.verb_name != "config";
    const std::string_view option = OptionAgainstProject(call);
    if (!option.empty() && !HasOption(call, option)) {
      return Refuse(command, "it installs the project itself");
    }
    if (global || by_name) return;
    std::string_view needs = manifest.needs;
    while (!needs.empty()) {
      const std::string_view need = needs.substr(0, needs.find(' '));
      needs.remove_prefix(std::min(needs.size(), need.size() + 1));
      if (!IsNeedMet(c_, run_, directory, need)) {
        return Refuse(command, "it reads `" + std::string(need) + "`");
      }
    }
  }

  // Whether a path may be what is copied, or around it.
  bool IsNear(std::string_view path) const {
    if (path.starts_with("/dev/")) return false;
    if (HasText(path, "..") || HasText(path, "~")) return true;
    if (const size_t end = path.find('$'); end != std::string_view::npos) {
      // What is known of it is a folder.
      path = path.substr(0, path.substr(0, end).rfind('/') + 1);
      if (!path.starts_with('/') || path == "/") return true;
    }
    return Overlap(JoinPaths(directory_, path), target_);
  }

  void Refuse(const Command& command, const std::string& reason) {
    if (why_.empty())
      why_ = "`" + Render(command) + "` stands between: " + reason;
  }

  const Comparison& c_;
  const Step& run_;
  std::string target_;
  std::string directory_;
  std::set<std::string> made_;  // Files that the RUN makes.
  std::string why_;
};

}  // namespace

std::string WhyItNeeds(const Comparison& c, const Step& run,
                       const std::string& target) {
  return Dependence(c, run, target).Find();
}

}  // namespace dfix::equivalence
