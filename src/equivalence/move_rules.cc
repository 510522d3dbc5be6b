// Rules about COPYs that come later in their stage than they did, and about the
// RUNs that no longer find what they bring.
#include <algorithm>

#include "src/equivalence/calls.h"
#include "src/equivalence/package_lists.h"
#include "src/equivalence/rules.h"
#include "src/equivalence/tables.h"
#include "src/text/glob.h"
#include "src/text/search.h"

namespace dfix::equivalence::rules {
namespace {

// A path without `.`, empty parts and a slash at its end, and without `..`
// behind the name of a folder.
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

bool IsContextCopy(const Step& step) {
  const bool is_copy =
      step.kind == InstructionKind::kCopy || step.kind == InstructionKind::kAdd;
  if (!is_copy || step.onbuild || step.from != kNone ||
      step.arguments.size() < 2) {
    return false;
  }
  for (const std::string& flag : step.flags) {
    if (!flag.starts_with("--chown=") && !flag.starts_with("--chmod=") &&
        flag != "--link" && flag != "--link=true") {
      return false;
    }
  }
  return std::none_of(
      step.arguments.begin(), step.arguments.end(),
      [&](const std::string& word) {
        const bool archive = step.kind == InstructionKind::kAdd &&
                             (HasText(word, ".t") || HasText(word, ".gz") ||
                              HasText(word, ".xz") || HasText(word, ".bz2"));
        return archive || HasText(word, "$") || HasText(word, "://") ||
               HasText(word, "..") || word.starts_with("git@") ||
               word.starts_with("heredoc:") || word.starts_with("<<");
      });
}

// The step of a difference of `kind` that does what `step` does; null if there
// is none.
const Step* Counterpart(const Comparison& c, DifferenceKind kind,
                        const Trace& trace, const Step& step) {
  const bool removed = kind == DifferenceKind::kStepRemoved;
  const Trace& other_trace = removed ? c.before : c.after;
  for (const Difference& other : c.differences) {
    if (other.kind != kind) continue;
    const Step* found = removed ? other.before.step : other.after.step;
    if (found->stage == step.stage && found->from == step.from &&
        other_trace.ContentHash(*found) == trace.ContentHash(step)) {
      return found;
    }
  }
  return nullptr;
}

uint32_t RunsBefore(const Trace& trace, const Step& step) {
  uint32_t count = 0;
  for (uint32_t i = trace.stages()[step.stage].first; i < trace.IndexOf(step);
       ++i) {
    count += trace.steps()[i].kind == InstructionKind::kRun ? 1 : 0;
  }
  return count;
}

// Where a COPY of `source` to `destination` puts the file or the content of
// the folder that is `path` in the build context: the file's place, or the
// folder's.
struct Places {
  std::string as_file;
  std::string as_folder;
};

Places PlacesOf(const Step& copy, const std::string& source) {
  const std::string& to = copy.arguments.back();
  const std::string name(Basename(CleanPath(source)));
  const bool is_folder = to.ends_with('/') || copy.arguments.size() > 2;
  return {is_folder ? CleanPath(to + "/" + name) : CleanPath(to),
          CleanPath(to)};
}

// Whether `narrow` puts `source` where `wide` puts it, too.
bool MapsAlike(const Step& wide, const Step& narrow,
               const std::string& source) {
  const Places places = PlacesOf(narrow, source);
  const std::string from = CleanPath(source);
  for (size_t i = 0; i + 1 < wide.arguments.size(); ++i) {
    const std::string root = CleanPath(wide.arguments[i]);
    const std::string to = CleanPath(wide.arguments.back());
    if (from == root) {
      const Places same = PlacesOf(wide, wide.arguments[i]);
      if (places.as_file == same.as_file &&
          places.as_folder == same.as_folder) {
        return true;
      }
      continue;
    }
    // A pattern brings files by their names.
    const bool by_pattern = HasText(root, "*") && MatchesGlob(root, from) &&
                            std::count(root.begin(), root.end(), '/') ==
                                std::count(from.begin(), from.end(), '/');
    if (by_pattern && places.as_file == JoinPaths(to, Basename(from))) {
      return true;
    }
    const bool whole = root == "." || root == "/";
    if (!whole && !IsInside(from, root)) continue;
    const std::string target =
        JoinPaths(to, whole ? from : from.substr(root.size() + 1));
    if (places.as_file == target || places.as_folder == target) return true;
  }
  return false;
}

// Whether a difference adds the step.
bool IsAdded(const Comparison& c, const Step& step) {
  return std::any_of(
      c.differences.begin(), c.differences.end(), [&](const Difference& d) {
        return d.kind == DifferenceKind::kStepAdded && d.after.step == &step;
      });
}

// Whether the steps of a stage before `run` bring the file `path`.
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
    if (IsProgram(IndependentPrograms(), call.name)) {
      return VisitPaths(command, call, IsProgram(PathPrograms(), call.name));
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
    return call.name == "wget" && !has("-O") && !has("-P") &&
           std::none_of(
               call.options.begin(), call.options.end(), [&](size_t i) {
                 const std::string& text = call.command->words[i].text;
                 return text.starts_with("--output-document") ||
                        text.starts_with("--directory-prefix") ||
                        text.starts_with("-O") || text.starts_with("-P");
               });
  }

  // The word that says what `sed` does or what `grep` looks for; 0 if options
  // say it.
  static size_t ScriptWord(const Call& call) {
    const bool has_one = call.name == "sed" || call.name == "grep";
    const bool elsewhere = HasOption(call, "-e") || HasOption(call, "-f") ||
                           HasOption(call, "--expression") ||
                           HasOption(call, "--file") ||
                           HasOption(call, "--regexp");
    return has_one && !elsewhere ? call.verb : 0;
  }

  // Nothing that it names may be of what is copied.
  void VisitPaths(const Command& command, const Call& call, bool all) {
    if (WritesHere(call) && IsNear(".")) {
      return Refuse(command, "it may bring a file of the same name");
    }
    // Nor are new files, unless the folder that is copied has one of the name.
    const bool makes =
        call.name == "touch" || (call.name == "tee" && !HasOption(call, "-a") &&
                                 !HasOption(call, "--append"));
    if (makes) return;
    const bool is_download = call.name == "curl" || call.name == "wget";
    // Folders that are there already are no matter to a COPY.
    if (call.name == "mkdir" && HasOption(call, "-p")) return;
    if (call.name == "[" || call.name == "test") {
      all = std::any_of(command.words.begin(), command.words.end(),
                        [](const Word& word) {
                          return HasWord("-d -e -f -L -r -s -w -x", word.text);
                        });
    }
    for (size_t i = call.program + 1; i < command.words.size(); ++i) {
      const Word& word = command.words[i];
      if (i == ScriptWord(call)) continue;
      if (word.text.starts_with('-') && !HasText(word.text, "/")) continue;
      const bool is_output =
          is_download && HasWord("-o -O --output --output-document -P",
                                 command.words[i - 1].text);
      const bool path = all || is_output || HasText(word.text, "/");
      if (HasText(word.text, "://") || !path) continue;
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

  void VisitManifest(const Command& command, const Call& call,
                     const Manifest& manifest, const std::string& directory,
                     const std::vector<std::string>& files) {
    for (const size_t i : call.operands) {
      const Word& word = command.words[i];
      if (std::find(files.begin(), files.end(), word.text) != files.end()) {
        continue;
      }
      const bool local = word.text.starts_with('.') ||
                         HasText(word.text, "/") || !word.constant ||
                         word.text.ends_with(".whl");
      // An operand that is the manifest itself.
      const bool is_manifest =
          manifest.needs.starts_with('*') && word.constant &&
          IsProvided(c_, run_, JoinPaths(directory, word.text));
      if (is_manifest) continue;
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
    const bool by_name = !call.operands.empty() && call.verb_name != "mod" &&
                         call.verb_name != "config";
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
    if (HasText(path, "..") || HasText(path, "$") || HasText(path, "~"))
      return true;
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
  std::string why_;
};

// Why `copy`, which is an arrival, does not do there what `departure` did.
std::string WhyNotLater(const Comparison& c, const Step& departure,
                        const Step& copy) {
  if (!IsContextCopy(copy)) return "it is no plain COPY of the build context";
  if (RunsBefore(c.before, departure) >= RunsBefore(c.after, copy)) {
    return "it comes earlier";
  }
  const std::string target = CleanPath(copy.arguments.back());
  constexpr std::string_view kShared =
      "/ /bin /etc /home /lib /opt /root /sbin /usr /usr/bin /usr/lib "
      "/usr/local /usr/local/bin /usr/local/lib /usr/share /var /var/lib";
  if (!target.starts_with('/') || HasWord(kShared, target)) {
    return "`" + target + "` is not its own";
  }
  const Stage& before = c.before.stages()[copy.stage];
  const Stage& after = c.after.stages()[copy.stage];
  uint32_t i = 0;
  while (before.first + i < before.end && after.first + i < after.end &&
         c.before.ContentHash(c.before.steps()[before.first + i]) ==
             c.after.ContentHash(c.after.steps()[after.first + i])) {
    ++i;
  }
  for (uint32_t k = after.first + i; k < c.after.IndexOf(copy); ++k) {
    const Step& step = c.after.steps()[k];
    if (step.kind == InstructionKind::kRun && !step.onbuild) {
      std::string why = Dependence(c, step, target).Find();
      if (!why.empty()) return why;
    }
    const bool is_copy = step.kind == InstructionKind::kCopy ||
                         step.kind == InstructionKind::kAdd;
    if (!is_copy || !Overlap(CleanPath(step.arguments.back()), target)) {
      continue;
    }
    const Step* moved =
        Counterpart(c, DifferenceKind::kStepRemoved, c.after, step);
    if (moved != nullptr) {
      if (c.before.IndexOf(*moved) < c.before.IndexOf(departure)) continue;
      return "`" + DescribeStep(c.after, step) + "` came after it";
    }
    const bool alike =
        IsContextCopy(step) &&
        std::all_of(step.arguments.begin(), step.arguments.end() - 1,
                    [&](const std::string& source) {
                      return MapsAlike(copy, step, source);
                    });
    if (!alike) {
      return "it comes over what `" + DescribeStep(c.after, step) + "` brings";
    }
  }
  return "";
}

// Whether there is no RUN between two steps but those that are new.
bool OnlyDownloadsBetween(const Comparison& c, const Step& first,
                          const Step& last) {
  for (uint32_t i = c.after.IndexOf(first); i < c.after.IndexOf(last); ++i) {
    const Step& step = c.after.steps()[i];
    if (step.kind == InstructionKind::kRun && !IsAdded(c, step)) return false;
  }
  return true;
}

// Why a RUN that is new does more than to download the modules that a later
// one of its stage needs.
std::string WhyNoDownload(const Comparison& c, const Step& step) {
  const List* script = c.after.ScriptOf(step);
  if (script == nullptr || step.onbuild || step.heredoc ||
      Render(*script) != "go mod download") {
    return "it is no `go mod download`";
  }
  const std::string& directory = c.after.ContextOf(step).workdir;
  if (!IsProvided(c, step, JoinPaths(directory, "go.mod"))) {
    return "nothing brings `go.mod`";
  }
  const Stage& stage = c.after.stages()[step.stage];
  for (uint32_t i = c.after.IndexOf(step) + 1; i < stage.end; ++i) {
    const Step& later = c.after.steps()[i];
    const List* other = c.after.ScriptOf(later);
    if (later.kind != InstructionKind::kRun || other == nullptr) continue;
    bool builds = false;
    ForEachSimple(*other, [&](const Command& command) {
      const Call call = ReadCall(command);
      builds |= call.name == "go" && HasWord("build install", call.verb_name);
    });
    // Modules in a mount are no use to others.
    if (builds && later.flags == step.flags) return "";
  }
  return "no later RUN builds with Go";
}

// Why a COPY that is new does not bring what one that comes later brings.
std::string WhyNotNarrow(const Comparison& c, const Step& step) {
  if (!IsContextCopy(step) || step.kind != InstructionKind::kCopy) {
    return "it is no plain COPY of the build context";
  }
  const Stage& stage = c.after.stages()[step.stage];
  for (uint32_t i = c.after.IndexOf(step) + 1; i < stage.end; ++i) {
    const Step& wide = c.after.steps()[i];
    if (!IsContextCopy(wide) || wide.flags != step.flags ||
        (Counterpart(c, DifferenceKind::kStepRemoved, c.after, wide) ==
             nullptr &&
         !OnlyDownloadsBetween(c, step, wide))) {
      continue;
    }
    const bool alike =
        std::all_of(step.arguments.begin(), step.arguments.end() - 1,
                    [&](const std::string& source) {
                      return MapsAlike(wide, step, source);
                    });
    if (alike) return "";
  }
  return "no COPY that comes later puts the same there";
}

}  // namespace

std::string MovedCopy(const Comparison& c, const Difference& d) {
  const Step* arrival =
      Counterpart(c, DifferenceKind::kStepAdded, c.before, *d.before.step);
  return arrival != nullptr ? "" : "it comes nowhere else";
}

std::string ArrivedCopy(const Comparison& c, const Difference& d) {
  if (d.after.step->kind == InstructionKind::kRun) {
    return WhyNoDownload(c, *d.after.step);
  }
  const Step* departure =
      Counterpart(c, DifferenceKind::kStepRemoved, c.after, *d.after.step);
  return departure != nullptr ? WhyNotLater(c, *departure, *d.after.step)
                              : WhyNotNarrow(c, *d.after.step);
}

std::string SplitRun(const Comparison& c, const Difference& d) {
  const Frame& frame = d.before.frame();
  const Step& step = *d.before.step;
  if (d.before.frames.size() != 1 || step.heredoc || step.onbuild) {
    return "it is no list of `&&`";
  }
  for (const Item& item : frame.list->items) {
    const bool joined = item.join == Join::kFirst || item.join == Join::kAnd;
    if (!joined || item.background) return "it is no list of `&&`";
  }
  const bool repeats = std::any_of(
      c.differences.begin(), c.differences.end(), [&](const Difference& other) {
        return other.kind == DifferenceKind::kCommandAdded &&
               other.after.step == d.after.step &&
               RepeatedDirectory(c, other).empty();
      });
  return WhyNotApart(c.before.ContextOf(step), *frame.list, repeats ? 1 : 0,
                     frame.item);
}

std::string RepeatedDirectory(const Comparison& c, const Difference& d) {
  const Frame& frame = d.after.frame();
  const Command* command = OnlySimple(d.after.item());
  if (d.after.frames.size() != 1 || frame.item != 0 || command == nullptr ||
      command->words.size() != 2 || !command->words[0].Is("cd") ||
      !command->words[1].constant || !command->redirections.empty() ||
      frame.list->items.size() < 2 || frame.list->items[1].join != Join::kAnd) {
    return "it is no `cd` at the begin";
  }
  for (const Difference& other : c.differences) {
    if (other.kind != DifferenceKind::kRunSplit ||
        other.after.step != d.after.step || other.before.frames.size() != 1) {
      continue;
    }
    const List& list = *other.before.frame().list;
    return list.items[0].hash == d.after.item().hash
               ? ""
               : "the RUN did not begin with it";
  }
  return "its RUN was not split";
}

}  // namespace dfix::equivalence::rules
