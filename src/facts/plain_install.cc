#include "src/facts/plain_install.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>
#include <vector>

#include "src/facts/gem_needs.h"
#include "src/facts/image_files.h"
#include "src/facts/install_reads.h"
#include "src/facts/plain_package.h"
#include "src/facts/requirement_files.h"
#include "src/shell/views.h"
#include "src/shell/words.h"
#include "src/text/backticks.h"
#include "src/text/one_of.h"
#include "src/text/search.h"

namespace dfix {
namespace {

using Json = nlohmann::json;

constexpr std::string_view kMoves[] = {"cd", "popd", "pushd"};

class Judge {
 public:
  Judge(const Facts& facts, const BuildContext* context,
        const PackageCommand& call, NodeId script, std::string_view version)
      : facts_(facts),
        context_(context),
        call_(call),
        script_(script),
        version_(version) {}

  std::string WhyNot() {
    const std::string_view name = call_.manager->name;
    if (name == "pip") {
      CheckPip();
    } else if (name == "npm" || name == "yarn") {
      CheckNode();
    } else if (name == "bundle" && call_.verb == PackageVerb::kSync) {
      CheckBundle();
    } else if (name != "gem" || !InstallsBundler()) {
      Fail("what " + InBackticks(name) + " installs may have to be compiled");
    }
    return std::move(problem_);
  }

 private:
  // The first problem counts.
  void Fail(std::string problem) {
    if (problem_.empty()) problem_ = std::move(problem);
  }

  bool HasOption(std::string_view begin, std::string_view end) const {
    return std::any_of(
        call_.options.begin(), call_.options.end(), [&](NodeId option) {
          const std::string text = LogicalText(facts_.document(), option);
          return text.starts_with(begin) && text.ends_with(end);
        });
  }

  // The files of the project that the call reads; absent if it reads none, or
  // after a failure.
  std::optional<std::vector<ImageFile>> FilesOf(const ImageFiles& image) {
    const std::string folder =
        WorkdirAt(facts_, call_.instruction).value_or("/");
    auto reads = ReadsOfInstall(facts_, call_, folder, image);
    if (!reads) return std::nullopt;
    bool moves = false;
    ForEachCommand(facts_.document(), script_, [&](NodeId command) {
      const auto words = ProgramWords(facts_.document(), command);
      moves |=
          !words.empty() && IsOneOf(facts_.document().Text(words[0]), kMoves);
    });
    if (context_ == nullptr) {
      reads->problem = "only the build context tells what is installed";
    } else if (moves) {
      reads->problem = "it installs in another folder";
    }
    if (reads->problem.empty()) return std::move(reads->files);
    Fail(std::move(reads->problem));
    return std::nullopt;
  }

  void CheckPip() {
    if (HasOption("--only-binary", ":all:")) return;
    if (HasOption("--no-binary", "")) {
      return Fail("packages of pip are compiled");
    }
    for (const NodeId operand : call_.operands) {
      const auto value = ConstantValue(facts_.document(), operand);
      if (!value) return Fail("it installs a variable");
      CheckRequirement(*value);
    }
    const ImageFiles image(facts_, context_, call_.instruction);
    const auto files = FilesOf(image);
    if (!files) return;
    for (const ImageFile& file : *files) {
      const auto text = image.Read(file);
      if (!text) return Fail(InBackticks(file.source) + " cannot be read");
      for (const std::string& line : RequirementLines(*text)) {
        if (!line.empty() && !line.starts_with('-')) CheckRequirement(line);
      }
    }
  }

  void CheckRequirement(const std::string& requirement) {
    const size_t dot = version_.find('.');
    const std::string_view release =
        dot == std::string_view::npos
            ? ""
            : version_.substr(0, version_.find('.', dot + 1));
    if (IsPlainRequirement(requirement, release)) return;
    const std::string name = NameOfRequirement(requirement);
    Fail(InBackticks(name.empty() ? requirement : name) +
         " may have to be compiled, or need a library");
  }

  void CheckNode() {
    for (const NodeId operand : call_.operands) {
      const std::string word =
          ConstantValue(facts_.document(), operand).value_or("a variable");
      CheckNodePackage(word.substr(0, word.find('@', 1)));
    }
    if (!call_.operands.empty()) return;
    const ImageFiles image(facts_, context_, call_.instruction);
    const auto files = FilesOf(image);
    if (!files) return;
    const auto lock =
        std::find_if(files->begin(), files->end(), [](const ImageFile& file) {
          return Basename(file.source) == "package-lock.json" ||
                 Basename(file.source) == "npm-shrinkwrap.json";
        });
    if (lock != files->end() && call_.manager->name == "npm") {
      return CheckLock(
          Json::parse(image.Read(*lock).value_or(""), nullptr, false));
    }
    for (const ImageFile& file : *files) {
      if (Basename(file.source) != "package.json") continue;
      CheckManifest(Json::parse(image.Read(file).value_or(""), nullptr, false));
    }
  }

  bool InstallsBundler() const {
    return std::all_of(
        call_.operands.begin(), call_.operands.end(), [&](NodeId operand) {
          const std::string text = LogicalText(facts_.document(), operand);
          return text.substr(0, text.find(':')) == "bundler";
        });
  }

  void CheckBundle() {
    const ImageFiles image(facts_, context_, call_.instruction);
    const auto files = FilesOf(image);
    if (!files) return;
    const auto read = [&](std::string_view name) {
      const auto file = std::find_if(
          files->begin(), files->end(),
          [&](const ImageFile& each) { return Basename(each.source) == name; });
      return file == files->end() ? std::nullopt : image.Read(*file);
    };
    const auto lock = read("Gemfile.lock");
    if (!lock) return Fail("no Gemfile.lock tells which gems are installed");
    GemNeeds needs =
        NeedsOfGems(ReadGemLock(*lock), read("Gemfile").value_or(""));
    if (!needs.problem.empty()) return Fail(std::move(needs.problem));
    if (!needs.compiled.empty()) {
      Fail("the gem " + InBackticks(needs.compiled) +
           " may have to be compiled, or need a library");
    }
  }

  void CheckNodePackage(const std::string& name) {
    if (!IsOneOf(name, PlainPackageTable().node)) {
      Fail(InBackticks(name) + " may have to be compiled, or need a library; " +
           "a package-lock.json would tell");
    }
  }

  // Lock files of npm since version 7 say which packages have scripts.
  void CheckLock(const Json& lock) {
    if (!lock.is_object() || !lock.contains("packages") ||
        !lock["packages"].is_object()) {
      return Fail("its package-lock.json does not say what is compiled");
    }
    for (const auto& [path, package] : lock["packages"].items()) {
      if (!package.is_object()) return Fail("its package-lock.json is odd");
      const size_t folder = path.rfind("node_modules/");
      const std::string name =
          folder == std::string::npos ? "" : path.substr(folder + 13);
      if (IsOneOf(name, PlainPackageTable().node_tools)) {
        Fail(InBackticks(name) + " starts programs of the system");
      }
      const bool is_for_linux =
          !package.contains("os") || HasText(package["os"].dump(), "linux");
      if (package.contains("hasInstallScript") && is_for_linux &&
          package["hasInstallScript"] != false &&
          !IsOneOf(name, PlainPackageTable().node_scripts)) {
        Fail(InBackticks(name.empty() ? path : name) +
             " has a script that may compile it");
      }
      if (HasText(package.dump(), "git+")) {
        Fail(InBackticks(name) + " comes from a repository of sources");
      }
    }
  }

  void CheckManifest(const Json& manifest) {
    if (!manifest.is_object()) return Fail("its package.json is odd");
    for (const char* key :
         {"dependencies", "devDependencies", "optionalDependencies"}) {
      if (!manifest.contains(key) || !manifest[key].is_object()) continue;
      for (const auto& [name, version] : manifest[key].items()) {
        const bool is_version =
            version.is_string() &&
            version.get<std::string>().find_first_of("/:") == std::string::npos;
        if (!is_version) {
          return Fail(InBackticks(name) + " is not from the registry of npm");
        }
        CheckNodePackage(name);
      }
    }
  }

  const Facts& facts_;
  const BuildContext* context_;
  const PackageCommand& call_;
  NodeId script_;
  std::string_view version_;
  std::string problem_;
};

}  // namespace

std::string WhyNotPlain(const Facts& facts, const BuildContext* context,
                        const PackageCommand& call, NodeId script,
                        std::string_view version) {
  return Judge(facts, context, call, script, version).WhyNot();
}

}  // namespace dfix
