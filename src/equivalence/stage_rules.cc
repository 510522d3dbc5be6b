// Rules about stages that are split.
#include <algorithm>
#include <cctype>
#include <map>
#include <set>
#include <string_view>

#include "src/equivalence/calls.h"
#include "src/equivalence/gem_parts.h"
#include "src/equivalence/package_lists.h"
#include "src/equivalence/rules.h"
#include "src/equivalence/runtimes.h"
#include "src/equivalence/split_parts.h"
#include "src/equivalence/tables.h"
#include "src/text/search.h"

namespace dfix::equivalence::rules {
namespace {

bool IsFileStep(const Step& step) {
  return step.kind == InstructionKind::kRun ||
         step.kind == InstructionKind::kCopy ||
         step.kind == InstructionKind::kAdd;
}

std::string WithoutSlash(std::string path) {
  while (path.size() > 1 && path.back() == '/') path.pop_back();
  return path;
}

// Variables that only builds read.
bool IsOfBuild(std::string_view name) {
  return name.starts_with("GO") || name.starts_with("CGO_") ||
         name.starts_with("CARGO_") || name.starts_with("RUSTFLAGS") ||
         name.starts_with("MAVEN_") || name.starts_with("GRADLE_") ||
         name.starts_with("NUGET_") ||
         HasWord(
             "CC CXX CFLAGS CXXFLAGS LDFLAGS MAKEFLAGS DEBIAN_FRONTEND "
             "M2_HOME DOTNET_CLI_TELEMETRY_OPTOUT DOTNET_NOLOGO "
             "DOTNET_SKIP_FIRST_TIME_EXPERIENCE",
             name);
}

// How a working directory begins that the base image has.
constexpr std::string_view kOfBase = "<base>";

std::map<std::string, std::string> WithoutSigns(
    const std::map<std::string, std::string>& values) {
  std::map<std::string, std::string> result;
  for (const auto& [name, value] : values) {
    result[WithoutSign(name)] = WithoutSign(value);
  }
  return result;
}

// The last stage of the trace before, and the two that it became.
class Split {
 public:
  explicit Split(const Comparison& c)
      : c_(c),
        old_(static_cast<uint32_t>(c.before.stages().size()) - 1),
        build_(old_),
        run_(old_ + 1) {}

  std::string WhyNot() {
    if (c_.after.stages().size() != c_.before.stages().size() + 1 ||
        old_ == 0) {
      return "more than one stage came";
    }
    std::string why = WhyOthersDiffer();
    if (why.empty()) why = WhyNamesDiffer();
    if (why.empty()) why = WhyStepsDiffer();
    if (why.empty()) why = WhyEnvironmentIsNot();
    if (why.empty() && IsOf("ruby")) why = WhyGemsAreMissing(Parts());
    if (why.empty()) why = WhyConfigurationDiffers();
    return why.empty() ? WhyProgramIsMissing() : why;
  }

 private:
  const Stage& OldStage() const { return c_.before.stages()[old_]; }
  const Stage& BuildStage() const { return c_.after.stages()[build_]; }
  const Stage& RunStage() const { return c_.after.stages()[run_]; }

  SplitStages Parts() const {
    return {c_.before, c_.after, old_, build_, run_};
  }
  bool IsOf(std::string_view images) const {
    return HasWord(images, Repository(OldStage().base));
  }

  bool Same(uint32_t before, uint32_t after) const {
    const Step& from = c_.before.steps()[before];
    const Step& to = c_.after.steps()[after];
    if (from.from != to.from) return false;
    if (c_.before.ContentHash(from) == c_.after.ContentHash(to)) return true;
    // The second part lacks variables that only the build has, or PATH begins
    // with a virtual environment.
    if (to.kind == from.kind && IsConfiguration(from.kind)) {
      return from.onbuild == to.onbuild && from.flags == to.flags &&
             DeclaresSame(before, after) &&
             std::equal(from.arguments.begin(), from.arguments.end(),
                        to.arguments.begin(), to.arguments.end(),
                        [](const std::string& a, const std::string& b) {
                          return WithoutSign(a) == WithoutSign(b);
                        });
    }
    const List* script = c_.before.ScriptOf(from);
    const List* other = c_.after.ScriptOf(to);
    const Context& context = c_.before.ContextOf(from);
    const Context& other_context = c_.after.ContextOf(to);
    return from.kind == InstructionKind::kRun && to.kind == from.kind &&
           from.onbuild == to.onbuild && from.flags == to.flags &&
           script != nullptr && other != nullptr &&
           script->hash == other->hash && context.user == other_context.user &&
           context.shell == other_context.shell &&
           context.workdir == other_context.workdir &&
           VariablesButPath(context) == VariablesButPath(other_context);
  }

  static bool IsConfiguration(InstructionKind kind) {
    return kind == InstructionKind::kEnv || kind == InstructionKind::kExpose ||
           kind == InstructionKind::kLabel ||
           kind == InstructionKind::kStopsignal ||
           kind == InstructionKind::kVolume;
  }

  // Whether an instruction declares `name` in the stage of the step, above it.
  static bool Declares(const Trace& trace, const Stage& stage, uint32_t step,
                       std::string_view name) {
    for (uint32_t i = stage.first; i < step; ++i) {
      const Step& other = trace.steps()[i];
      const bool declares = other.kind == InstructionKind::kArg ||
                            other.kind == InstructionKind::kEnv;
      if (declares && !other.arguments.empty() && other.arguments[0] == name) {
        return true;
      }
    }
    return false;
  }

  // Whether the variables that a step uses are declared above it in the old
  // stage as they are in the part that has `after`.
  bool DeclaresSame(uint32_t before, uint32_t after) const {
    const Stage& part = after < RunStage().first ? BuildStage() : RunStage();
    for (const std::string& word : c_.before.steps()[before].arguments) {
      const std::string text = WithoutSign(word);
      for (size_t at = text.find('$'); at != std::string::npos;
           at = text.find('$', at + 1)) {
        size_t begin = at + 1;
        if (begin < text.size() && text[begin] == '{') ++begin;
        size_t end = begin;
        while (end < text.size() &&
               (std::isalnum(static_cast<unsigned char>(text[end])) != 0 ||
                text[end] == '_')) {
          ++end;
        }
        const std::string name = text.substr(begin, end - begin);
        if (Declares(c_.before, OldStage(), before, name) !=
            Declares(c_.after, part, after, name)) {
          return false;
        }
      }
    }
    return true;
  }

  // Whether the second part shows files with nginx.
  bool IsPage() const {
    for (uint32_t k = RunStage().first; k < RunStage().end; ++k) {
      if (IsPageConfiguration(c_.after.steps()[k])) return true;
    }
    return false;
  }

  // Whether the second part begins with an image that the user names for it.
  bool IsNamedByUser() const {
    return equivalence::IsNamedByUser(c_.tools.runtime_images, OldStage().base,
                                      RunStage().base);
  }

  std::string WhyOthersDiffer() const {
    for (uint32_t i = 0; i < old_; ++i) {
      const Stage& before = c_.before.stages()[i];
      const Stage& after = c_.after.stages()[i];
      bool same = before.base == after.base && before.name == after.name &&
                  before.platform == after.platform &&
                  before.first == after.first && before.end == after.end;
      for (uint32_t k = before.first; same && k < before.end; ++k) {
        same = Same(k, k);
      }
      if (!same) return "another stage differs, too";
    }
    return "";
  }

  std::string WhyNamesDiffer() const {
    if (BuildStage().base != OldStage().base ||
        BuildStage().platform != OldStage().platform) {
      return "the first part has another base";
    }
    const std::string& name = OldStage().name;
    if (!name.empty() && BuildStage().name != name && RunStage().name != name) {
      return "no part has the name";
    }
    const auto same_name = std::count_if(
        c_.after.stages().begin(), c_.after.stages().end(),
        [&](const Stage& s) { return s.name == BuildStage().name; });
    if (BuildStage().name.empty() || same_name != 1) {
      return "the first part has no name of its own";
    }
    if (RunStage().base.empty() || RunStage().parent != kNone ||
        !RunStage().platform.empty() ||
        (IsOddImage(RunStage().base, OldStage().base) && !IsNamedByUser() &&
         !RunsWhatItBuilds(OldStage().base, RunStage().base)) ||
        (RunStage().base.find('$') != std::string::npos &&
         RunStage().base != BuildStage().base)) {
      return "the base of the second part is not known";
    }
    return "";
  }

  // Which steps of the old stage the second part has, those behind the build
  // before others that are the same; tells which of that part's they are.
  std::vector<bool> GoOn(std::vector<bool>& taken) const {
    std::vector<bool> goes_on(OldStage().end - OldStage().first, false);
    for (uint32_t i = OldStage().end; i-- > OldStage().first;) {
      for (uint32_t k = RunStage().end; k-- > RunStage().first;) {
        if (taken[k - RunStage().first] || !Same(i, k)) continue;
        taken[k - RunStage().first] = goes_on[i - OldStage().first] = true;
        break;
      }
    }
    return goes_on;
  }

  // Each step is in one of the parts, what builds in the first.
  std::string WhyStepsDiffer() {
    uint32_t at = BuildStage().first;
    bool pruned = false;
    const auto skip_new = [&] {
      while (at < BuildStage().end &&
             (IsOfEnvironment(c_.after, c_.after.steps()[at]) ||
              IsPrune(c_.after, c_.after.steps()[at]))) {
        pruned |= IsPrune(c_.after, c_.after.steps()[at]);
        ++at;
      }
    };
    std::vector<bool> taken(RunStage().end - RunStage().first, false);
    const std::vector<bool> goes_on = GoOn(taken);
    for (uint32_t i = OldStage().first; i < OldStage().end; ++i) {
      if (at < BuildStage().end && !Same(i, at)) skip_new();
      const bool builds = at < BuildStage().end && Same(i, at);
      if (builds) ++at;
      if (builds && pruned) return "what a build needs is removed before it";
      const Step& step = c_.before.steps()[i];
      const bool runs = goes_on[i - OldStage().first];
      if (runs && !builds && step.kind == InstructionKind::kRun &&
          !HasShellAsBefore()) {
        return "`" + DescribeStep(c_.before, step) + "` has lost its image";
      }
      const bool is_copy = step.kind == InstructionKind::kCopy ||
                           step.kind == InstructionKind::kAdd;
      if (is_copy && !runs && HasShellAsBefore() &&
          ((IsOf("python") && !IsReadByRun(step)) ||
           (IsOf("ruby") && !IsCopiedAgain(Parts(), step)))) {
        return "`" + DescribeStep(c_.before, step) + "` is not in the image";
      }
      if (!builds && !runs && !IsServer(step)) {
        return "`" + DescribeStep(c_.before, step) + "` is gone";
      }
      if (IsFileStep(step) && !builds && at < BuildStage().end) {
        skip_new();
        if (at < BuildStage().end) {
          return "a later step needs `" + DescribeStep(c_.before, step) + "`";
        }
      }
    }
    skip_new();
    if (at != BuildStage().end) return "the first part has another step";
    std::set<uint64_t> added;
    for (uint32_t k = RunStage().first; k < RunStage().end; ++k) {
      const Step& step = c_.after.steps()[k];
      if (taken[k - RunStage().first]) continue;
      if (step.kind != InstructionKind::kWorkdir &&
          !added.insert(c_.after.ContentHash(step)).second) {
        return "`" + DescribeStep(c_.after, step) + "` comes twice";
      }
      if (IsWorkdirOfOld(step) || IsCarried(step) ||
          IsPackageInstall(c_.after, step) || IsPageConfiguration(step) ||
          (IsOf("ruby") && RepeatsGemSettings(Parts(), step)) ||
          (HasShellAsBefore() &&
           IsPartOfRun(
               c_.after, step, c_.before,
               c_.before.steps().subspan(OldStage().first,
                                         OldStage().end - OldStage().first))) ||
          (step.kind == InstructionKind::kEnv &&
           IsOfEnvironment(c_.after, step)) ||
          (step.kind == InstructionKind::kArg && IsInOld(step))) {
        continue;
      }
      return "`" + DescribeStep(c_.after, step) + "` is added";
    }
    return "";
  }

  // A directory that the stage worked in, or that its base says.
  bool IsWorkdirOfOld(const Step& step) const {
    if (step.kind != InstructionKind::kWorkdir) return false;
    for (uint32_t i = OldStage().first; i < OldStage().end; ++i) {
      const Step& old = c_.before.steps()[i];
      if (old.kind == step.kind && old.arguments == step.arguments) return true;
    }
    return !IsPage() &&
           step.arguments[0] == c_.after.FinalContext(RunStage()).workdir;
  }

  // Whether what a RUN calls may be in the base of the second part.
  bool HasShellAsBefore() const {
    return IsNamedByUser() ||
           Repository(OldStage().base) == Repository(RunStage().base) ||
           (RunsWhatItBuilds(OldStage().base, RunStage().base) &&
            !HasText(RunStage().base, "distroless"));
  }

  // Where the virtual environment is made, filled and used.
  std::string WhyEnvironmentIsNot() const {
    bool made = false;
    bool first = false;
    bool carried = false;
    bool used = false;
    for (uint32_t k = BuildStage().first; k < RunStage().end; ++k) {
      const Step& step = c_.after.steps()[k];
      const bool builds = k < BuildStage().end;
      if (step.from == build_ && !step.arguments.empty()) {
        carried |= step.arguments[0] == kEnvironment;
      }
      if (step.kind == InstructionKind::kEnv) {
        const bool of_environment = IsOfEnvironment(c_.after, step);
        first |= builds && of_environment;
        used |= !builds && of_environment;
      }
      if (step.kind != InstructionKind::kRun) continue;
      if (!builds && made && CallsPip(step)) {
        return "`" + DescribeStep(c_.after, step) + "` installs elsewhere";
      }
      if (!builds) continue;
      if (IsOfEnvironment(c_.after, step)) {
        made = true;
      } else if (made && !first && CallsPip(step)) {
        return "`" + DescribeStep(c_.after, step) +
               "` does not find the virtual environment";
      }
    }
    return made == first && first == carried && carried == used
               ? ""
               : "the virtual environment is not made, copied and used";
  }

  bool CallsPip(const Step& step) const {
    bool calls = false;
    if (const List* script = c_.after.ScriptOf(step)) {
      ForEachSimple(*script, [&](const Command& command) {
        const Call call = ReadCall(command);
        calls |= IsProgram("pip", call.name) && call.verb_name == "install";
      });
    }
    return calls;
  }

  // Whether a RUN of the stage names all that a COPY brings.
  bool IsReadByRun(const Step& copy) const {
    std::string texts;
    for (uint32_t i = OldStage().first; i < OldStage().end; ++i) {
      const Step& step = c_.before.steps()[i];
      if (step.kind != InstructionKind::kRun) continue;
      texts += DescribeStep(c_.before, step) + '\n';
    }
    const bool named_folder =
        copy.arguments.size() == 2 && WithoutSlash(copy.arguments[1]) != "/" &&
        HasText(texts, WithoutSlash(copy.arguments[1]) + "/");
    return std::all_of(copy.arguments.begin(), copy.arguments.end() - 1,
                       [&](const std::string& source) {
                         const std::string name(Basename(WithoutSlash(source)));
                         return named_folder || (name != "." && name != "/" &&
                                                 HasText(texts, name));
                       });
  }

  bool IsInOld(const Step& step) const {
    for (uint32_t i = OldStage().first; i < OldStage().end; ++i) {
      if (c_.before.ContentHash(c_.before.steps()[i]) ==
          c_.after.ContentHash(step)) {
        return true;
      }
    }
    return false;
  }

  // A command that serves the files of a folder, which nginx does now.
  bool IsServer(const Step& step) const {
    return IsPage() && step.kind == InstructionKind::kCmd && step.json &&
           !step.arguments.empty() &&
           HasWord("serve npm yarn pnpm npx http-server", step.arguments[0]);
  }

  bool IsPageConfiguration(const Step& step) const {
    const List* script = c_.after.ScriptOf(step);
    if (step.kind != InstructionKind::kRun || script == nullptr ||
        script->items.size() != 1) {
      return false;
    }
    const Command* command = OnlySimple(script->items[0]);
    return command != nullptr && command->words.size() == 2 &&
           command->words[0].Is("printf") &&
           ServesPage(command->words[1].text, c_.before.Configuration(old_)) &&
           command->redirections.size() == 1 &&
           command->redirections[0].target.Is("/etc/nginx/conf.d/default.conf");
  }

  // Whether a COPY gives what it copies to no one, or to whom a COPY of the old
  // stage gives something.
  bool HasKnownOwner(const Step& step) const {
    if (step.flags.empty()) return true;
    if (step.flags.size() > 1 || !step.flags[0].starts_with("--chown=")) {
      return false;
    }
    for (uint32_t i = OldStage().first; i < OldStage().end; ++i) {
      const Step& old = c_.before.steps()[i];
      if (IsOf("ruby") && old.kind == InstructionKind::kUser &&
          step.flags[0] == "--chown=" + old.arguments[0]) {
        return true;
      }
      const auto& flags = old.flags;
      if (std::find(flags.begin(), flags.end(), step.flags[0]) != flags.end()) {
        return true;
      }
    }
    return false;
  }

  // Copied from the first part to the same path.
  bool IsCarried(const Step& step) const {
    if (step.kind != InstructionKind::kCopy || step.from != build_ ||
        step.arguments.size() != 2 || !HasKnownOwner(step)) {
      return false;
    }
    const std::string from = WithoutSlash(step.arguments[0]);
    const std::string to = WithoutSlash(step.arguments[1]);
    if (!from.starts_with('/') ||
        from.find_first_of("$*?[") != std::string::npos) {
      return false;
    }
    if (from == to || (IsPage() && to == "/usr/share/nginx/html")) return true;
    // The second part's PATH has no directory of the compiler's.
    for (const std::string_view own : {"/go/bin", "/usr/local/cargo/bin"}) {
      if (IsInside(from, own) &&
          to == "/usr/local/bin" + from.substr(own.size())) {
        return true;
      }
    }
    return false;
  }

  std::string WhyConfigurationDiffers() const {
    auto before = WithoutSigns(c_.before.Configuration(old_));
    auto after = WithoutSigns(c_.after.Configuration(run_));
    if (IsPage()) {
      for (const char* name : {"Cmd", "WorkingDir", "User"}) {
        before.erase(name);
        after.erase(name);
      }
    }
    // What the base says is another base's: `/`, but for those of tools.
    for (auto* image : {&before, &after}) {
      const auto found = image->find("WorkingDir");
      if (found == image->end()) continue;
      std::string& workdir = found->second;
      if (!workdir.starts_with(kOfBase)) continue;
      const std::string_view tool = Repository(OldStage().base);
      std::string_view own = "";
      if (image == &before && HasText(tool, "golang")) own = "/go";
      if (image == &before && tool == "gradle") own = "/home/gradle";
      workdir = std::string(own) + workdir.substr(kOfBase.size());
      if (workdir.empty()) workdir = "/";
    }
    for (const char* name : {"Cmd", "Entrypoint"}) {
      if (before[name].empty()) before[name] = "-";
      if (after[name].empty()) after[name] = "-";
    }
    for (const auto& [name, value] : before) {
      const auto found = after.find(name);
      if (found != after.end() && found->second == value) continue;
      const bool of_build =
          found == after.end() && name.starts_with("Env ") &&
          (IsPage() || IsOfBuild(std::string_view(name).substr(4)));
      if (!of_build) return "the image's configuration differs in " + name;
    }
    for (const auto& [name, value] : after) {
      const bool of_environment =
          name == "Env PATH" && value.starts_with(kEnvironment);
      if (!before.contains(name) && !of_environment) {
        return "the image's configuration differs in " + name;
      }
    }
    return "";
  }

  // The name of an image without its tag and registry.
  static std::string_view Repository(std::string_view base) {
    base = base.substr(base.rfind('/') + 1);
    return base.substr(0, base.find_first_of(":@"));
  }

  // Whether the second part's PATH has the folder, as far as its base's is that
  // of every image.
  bool IsOnPath(std::string_view folder) const {
    constexpr std::string_view kDefault =
        "/usr/local/sbin /usr/local/bin /usr/sbin /usr/bin /sbin /bin";
    const auto& variables = c_.after.FinalContext(RunStage()).variables;
    const auto path = variables.find("PATH");
    if (path == variables.end()) return HasWord(kDefault, folder);
    std::string folders = path->second.value;
    std::replace(folders.begin(), folders.end(), ':', ' ');
    return HasWord(folders, folder) ||
           (HasText(folders, "PATH") && HasWord(kDefault, folder));
  }

  // Why something that the virtual machine loads is not in the second part.
  std::string WhyFilesAreMissing(const std::vector<std::string>& files) const {
    for (const std::string& file : files) {
      std::string path = file;
      if (path.ends_with('*')) path = path.substr(0, path.rfind('/') + 1);
      if (path == "." || path.empty()) path = "./";
      if (!path.starts_with('/')) {
        std::string workdir = c_.after.FinalContext(RunStage()).workdir;
        if (workdir.starts_with(kOfBase)) workdir.erase(0, kOfBase.size());
        path = workdir + (workdir.ends_with('/') ? "" : "/") +
               path.substr(path.starts_with("./") ? 2 : 0);
      }
      // With a pattern, its folder.
      if (path.find_first_of("*?[") != std::string::npos) {
        path = path.substr(0, path.rfind('/'));
      }
      path = WithoutSlash(path);
      const bool is_there = std::any_of(
          c_.after.steps().begin() + RunStage().first,
          c_.after.steps().begin() + RunStage().end, [&](const Step& step) {
            return IsCarried(step) &&
                   IsInside(path, WithoutSlash(step.arguments[1]));
          });
      if (!is_there) return "`" + file + "` is not copied";
    }
    return "";
  }

  std::string WhyProgramIsMissing() const {
    // The interpreter is in the image as before.
    const bool has_interpreter =
        IsOf("python node ruby") &&
        (Repository(OldStage().base) == Repository(RunStage().base) ||
         IsNamedByUser());
    if (IsPage() || has_interpreter) {
      return "";
    }
    if (IsNamedByUser() || RunsWhatItBuilds(OldStage().base, RunStage().base)) {
      if (const auto files = LoadedFiles(StartWords(c_.after, run_))) {
        return WhyFilesAreMissing(*files);
      }
    }
    auto half = c_.after.HalfOf(run_, InstructionKind::kEntrypoint);
    if (half.step == nullptr) {
      half = c_.after.HalfOf(run_, InstructionKind::kCmd);
    }
    if (half.step == nullptr || !half.step->json ||
        half.step->arguments.empty()) {
      return "what it starts is not known";
    }
    std::string program = half.step->arguments[0];
    const bool by_name = program.find('/') == std::string::npos;
    if (!by_name && !program.starts_with('/')) {
      program = c_.after.FinalContext(RunStage()).workdir + "/" +
                program.substr(program.starts_with("./") ? 2 : 0);
    }
    for (uint32_t k = RunStage().first; k < RunStage().end; ++k) {
      const Step& step = c_.after.steps()[k];
      if (!IsCarried(step)) continue;
      const std::string to = WithoutSlash(step.arguments[1]);
      const bool found =
          by_name ? IsOnPath(to) || (Basename(to) == program &&
                                     IsOnPath(to.substr(0, to.rfind('/'))))
                  : IsInside(program, to);
      if (found) return "";
    }
    return "`" + program + "` is not copied";
  }

  const Comparison& c_;
  uint32_t old_;
  uint32_t build_;
  uint32_t run_;
};

}  // namespace

std::string SplitStage(const Comparison& c, const Difference& d) {
  if (d.stage != kNone) return "a stage is changed, not split";
  return Split(c).WhyNot();
}

}  // namespace dfix::equivalence::rules
