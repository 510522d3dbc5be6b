// Splits stages on .NET's SDK: what `dotnet publish` leaves runs on the runtime
// of the same version and distribution.
#include <algorithm>

#include "src/context/paths.h"
#include "src/dockerfile/instructions.h"
#include "src/facts/managed_split.h"
#include "src/facts/stage_split.h"
#include "src/text/one_of.h"
#include "src/text/search.h"

namespace dfix {
namespace {

constexpr std::string_view kPrograms = "it may need other programs";
constexpr TellingText kTelling[] = {
    {"Process.Start", kPrograms},
    {"ProcessStartInfo", kPrograms},
    {"MSBuildLocator", "it may need what only the SDK has"},
    {"DllImport", "it may need libraries of the image"},
    {"LibraryImport", "it may need libraries of the image"}};
constexpr std::string_view kCode[] = {".cs", ".fs", ".vb"};

// Packages that need nothing of the runtime for web applications.
constexpr std::string_view kPlainPackages[] = {"CsvHelper",
                                               "Dapper",
                                               "MySql",
                                               "Newtonsoft.Json",
                                               "Npgsql",
                                               "Polly",
                                               "RabbitMQ",
                                               "Serilog",
                                               "StackExchange.",
                                               "System.",
                                               "YamlDotNet",
                                               "Microsoft.Data.",
                                               "Microsoft.EntityFrameworkCore",
                                               "Microsoft.Extensions."};

bool IsProject(std::string_view path) {
  return path.ends_with(".csproj") || path.ends_with(".fsproj") ||
         path.ends_with(".vbproj") || path.ends_with(".props") ||
         path.ends_with(".targets");
}

// Files that only the build reads.
bool IsInput(std::string_view path) {
  constexpr std::string_view kParts[] = {"bin", "obj", ".config", ".vs"};
  constexpr std::string_view kNames[] = {"global.json", "launchSettings.json"};
  for (size_t at = 0; at <= path.size();) {
    const size_t slash = std::min(path.find('/', at), path.size());
    if (IsOneOf(path.substr(at, slash - at), kParts)) return true;
    at = slash + 1;
  }
  const std::string_view name = Basename(path);
  const size_t dot = std::min(name.rfind('.'), name.size());
  return IsProject(name) || IsOneOf(name.substr(dot), kCode) ||
         IsOneOf(name, kNames) || name.ends_with(".sln") ||
         name.ends_with(".slnx") || name.ends_with(".razor") ||
         name.ends_with(".cshtml") || name.starts_with("nuget.") ||
         name.starts_with("NuGet.");
}

// The text that stands behind `begin`, up to a quote.
std::string TextBehind(const std::string& text, size_t begin) {
  return text.substr(begin, text.find('"', begin) - begin);
}

// What `dotnet publish` leaves, and how.
struct Publish {
  std::string problem;
  std::string folder;  // Absolute and clean; empty if it chooses that itself.
  bool alone = false;  // It brings the runtime.
};

// The value of an option, at `at` of the words: `-o X`, `-o:X` or `-o=X`.
std::optional<std::string> ValueOf(const BuildToolCall& call, size_t& at,
                                   std::string_view name) {
  const std::string word = call.words[at].value_or("");
  if (word == name) {
    ++at;
    return at < call.words.size() ? call.words[at].value_or("$") : "$";
  }
  if (word.starts_with(name) && word.size() > name.size() &&
      (word[name.size()] == '=' || word[name.size()] == ':')) {
    return word.substr(name.size() + 1);
  }
  return std::nullopt;
}

Publish ReadPublish(const BuildToolCall& call) {
  Publish result;
  for (size_t i = 2; i < call.words.size(); ++i) {
    const std::string word = call.words[i].value_or("$");
    auto folder = ValueOf(call, i, "-o");
    if (!folder) folder = ValueOf(call, i, "--output");
    if (folder) {
      if (HasText(*folder, "$")) {
        result.problem = "where it publishes depends on a variable";
        return result;
      }
      result.folder = JoinPath(call.folder, *folder);
    }
    const bool says_no =
        i + 1 < call.words.size() && call.words[i + 1].value_or("") == "false";
    result.alone |= (word == "--self-contained" || word == "--sc") && !says_no;
    result.alone |= word == "--self-contained=true";
    if (HasText(word, "PublishDir") || HasText(word, "OutputPath") ||
        HasText(word, "OutDir")) {
      result.problem = "`" + word + "` decides where it publishes";
    }
    if (HasText(word, "PublishAot")) result.alone = true;
  }
  return result;
}

class Splitter {
 public:
  Splitter(const Facts& facts, const BuildContext* context,
           std::span<const RuntimeEntry> images, const ManagedStage& stage)
      : facts_(facts), context_(context), images_(images), stage_(stage) {}

  StageSplit Split() {
    ReadBuild();
    ReadCommand();
    if (problem_.empty()) ReadProjects();
    if (problem_.empty()) ChooseImage();
    if (!problem_.empty()) return RefusedSplit(stage_, problem_);
    result_.paths = {folder_};
    result_.program = program_;
    // Settings lie where the program starts, too.
    const bool starts_there =
        PathBelow(stage_.runtime.final_workdir, folder_).has_value();
    result_.reads_copies = !starts_there;
    return FinishManagedSplit(facts_, context_, stage_, result_,
                              {IsInput, kCode, kTelling});
  }

 private:
  void Blame(std::string problem) {
    if (problem_.empty()) problem_ = std::move(problem);
  }

  void ReadBuild() {
    constexpr std::string_view kHarmless[] = {
        "build", "clean",  "nuget",     "restore",     "test",     "tool",
        "sln",   "--info", "--version", "--list-sdks", "workload", "format"};
    for (const BuildToolCall& call : stage_.build.calls) {
      const std::string verb =
          call.words.size() > 1 ? call.words[1].value_or("$") : "";
      if (verb == "publish") {
        published_.push_back(ReadPublish(call));
        Blame(published_.back().problem);
      } else if (!IsOneOf(verb, kHarmless)) {
        Blame("`dotnet " + verb +
              "` may make something that the program needs");
      }
    }
  }

  // The program, and the folder that was published which it lies in.
  void ReadCommand() {
    const std::vector<std::string>& words = stage_.command;
    std::string word = words[0];
    if (Basename(word) == "dotnet") {
      word = "";
      for (size_t i = 1; i < words.size() && word.empty(); ++i) {
        if (words[i] == "exec") continue;
        if (!words[i].starts_with('-')) word = words[i];
      }
      if (word == "run" || word == "watch" || word == "test") {
        return Blame("`dotnet " + word + "` builds when containers start");
      }
      if (words[0] != "dotnet" || !word.ends_with(".dll")) {
        return Blame("what it runs is not known");
      }
      by_host_ = false;
    } else if (word.find('/') == std::string::npos) {
      return Blame("`" + word +
                   "`, which containers run, is not seen to be "
                   "published");
    }
    program_ = JoinPath(stage_.runtime.final_workdir, word);
    const Publish* found = nullptr;
    for (const Publish& publish : published_) {
      const bool chosen =
          publish.folder.empty() && Basename(ParentPath(program_)) == "publish";
      if (chosen || ParentPath(program_) == publish.folder) found = &publish;
    }
    if (found == nullptr || program_.find_first_of("$*?[") != program_.npos) {
      return Blame("`" + word +
                   "` is not seen to be published: what "
                   "`dotnet build` leaves is not all that a program needs");
    }
    folder_ = ParentPath(program_);
    alone_ = found->alone && by_host_;
  }

  // Whether a web application is among the projects.
  void ReadProjects() {
    if (context_ == nullptr) return;
    bool known = false;
    bool plain = true;
    for (const ContextEntry& entry : context_->Below(".")) {
      if (!IsProject(entry.path)) continue;
      const auto text = context_->ReadSent(entry.path);
      if (!text) continue;
      known |= HasText(*text, "<Project Sdk=");
      plain &= IsPlain(*text);
      projects_ += *text;
    }
    is_plain_ = known && plain;
  }

  static bool IsPlain(const std::string& text) {
    if (HasText(text, "Sdk.Web") || HasText(text, "Sdk.Razor") ||
        HasText(text, "AspNetCore") || HasText(text, "<Import ")) {
      return false;
    }
    constexpr std::string_view kReference = "<PackageReference Include=\"";
    for (size_t at = text.find(kReference); at != std::string::npos;
         at = text.find(kReference, at + 1)) {
      const std::string name = TextBehind(text, at + kReference.size());
      const bool known = std::any_of(
          std::begin(kPlainPackages), std::end(kPlainPackages),
          [&](std::string_view begin) { return name.starts_with(begin); });
      if (!known) return false;
    }
    return true;
  }

  // The value that the file gives to a variable; absent if it gives none.
  std::optional<std::string> Setting(std::string_view name) const {
    const Stage& stage = facts_.stages()[stage_.stage];
    for (uint32_t i = stage.first; i < stage.end; ++i) {
      const InstructionFacts& instruction = facts_.instructions()[i];
      if (instruction.kind != InstructionKind::kEnv) continue;
      for (const KeyValuePair& pair :
           Instruction(facts_.document(), instruction.node).Pairs()) {
        if (pair.key == name) return pair.value.value_or("");
      }
    }
    return std::nullopt;
  }

  void ChooseImage() {
    const RuntimeNeed need = alone_      ? RuntimeNeed::kDotnetDeps
                             : is_plain_ ? RuntimeNeed::kDotnet
                                         : RuntimeNeed::kAspnet;
    result_.base = FindRuntimeBase(facts_, stage_.stage, images_, {need});
    if (!result_.base.problem.empty()) return Blame(result_.base.problem);
    const bool says_where = std::any_of(
        stage_.command.begin(), stage_.command.end(),
        [](const std::string& word) { return word.starts_with("--urls"); });
    for (const std::string_view name : result_.base.row->sets) {
      const auto setting = Setting(name);
      const bool is_where = name == "ASPNETCORE_URLS";
      const bool as_there =
          is_where ? setting || is_plain_ || says_where
                   : setting == "1" || setting == "true" ||
                         HasText(projects_, "<InvariantGlobalization>true");
      if (as_there) continue;
      Blame("`" + result_.base.image + "` sets " + std::string(name) +
            ", unlike its own image; say with ENV what it is" +
            (is_where ? ", or it listens on another port" : ""));
    }
  }

  const Facts& facts_;
  const BuildContext* context_;
  std::span<const RuntimeEntry> images_;
  const ManagedStage& stage_;
  std::vector<Publish> published_;
  ManagedResult result_;
  std::string program_;
  std::string folder_;
  std::string projects_;   // Their texts.
  bool by_host_ = true;    // It is a program of its own.
  bool alone_ = false;     // It brings the runtime.
  bool is_plain_ = false;  // No web application, for certain.
  std::string problem_;
};

}  // namespace

StageSplit SplitDotnetStage(const Facts& facts, const BuildContext* context,
                            uint32_t index,
                            std::span<const RuntimeEntry> images) {
  return SplitManagedStage(
      facts, index, "dotnet", images, [&](const ManagedStage& stage) {
        return Splitter(facts, context, images, stage).Split();
      });
}

}  // namespace dfix
