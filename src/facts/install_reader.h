// Collects what one install command reads. For install_reads.cc and the files
// that know one kind of manifest each; everything else uses install_reads.h.
#ifndef DFIX_FACTS_INSTALL_READER_H_
#define DFIX_FACTS_INSTALL_READER_H_

#include <initializer_list>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "src/facts/install_reads.h"
#include "src/text/backticks.h"

namespace dfix {

class InstallReader {
 public:
  // `folder` is where the command runs; a null `ecosystem` stands for
  // `go mod download`.
  InstallReader(const Ecosystem* ecosystem, std::string folder,
                const ImageFiles& image);

  // Reads the options of the call; its folder may change.
  void ReadOptions(const Document& document, const PackageCommand& command);
  // Reads the operands: those of pip that are no names of packages.
  void ReadOperands(const Document& document, const PackageCommand& command);
  // Reads the manifests that the ecosystem names.
  void ReadManifests();
  // Reads go.mod, and what go.work and replaced modules add.
  void ReadGoModules();

  // The call names files of the project, whether they can be told or not.
  bool names_files() const { return names_files_; }
  InstallReads Take() { return std::move(reads_); }

 private:
  // The first problem counts.
  void Fail(std::string problem) {
    if (reads_.problem.empty()) reads_.problem = std::move(problem);
  }
  bool failed() const { return !reads_.problem.empty(); }
  // The path in the image of what the call calls `name`.
  std::string At(std::string_view name) const;
  // Adds the file at `target`; null if there is none.
  const ImageFile* Add(const std::string& target);
  // Adds the file at `target`, or fails.
  bool Require(const std::string& target);
  // The bytes of a file; empty without a context, and after a failure.
  std::string TextOf(const ImageFile& file);
  // Fails if the file at `target` is there and has one of the texts.
  void RefuseTexts(const std::string& target,
                   std::initializer_list<std::string_view> texts);

  // install_reads.cc
  void ReadOption(const Document& document, const PackageCommand& command,
                  size_t& at);
  void CheckNeeds(const Document& document, const PackageCommand& command);
  std::string RequireOneOf(std::string_view choice);
  std::vector<std::string> AddNamed();
  void AddOptional();
  void CheckAbove();
  void CheckTexts(const ImageFile& file);
  // requirement_files.cc
  void AddRequirements(const std::string& target, int depth);
  void ReadRequirement(const std::string& line, const std::string& folder,
                       int depth);
  // node_packages.cc
  void AddNodeFiles();
  void ReadPackageJson(const ImageFile& file, bool is_root);
  void CheckScripts(const nlohmann::json& package, const ImageFile& file);
  void CheckScript(const std::string& name, const std::string& text,
                   const ImageFile& file);
  void CheckLocalPackages(const nlohmann::json& value,
                          const std::string& folder);
  void CheckLocalPackage(const std::string& text, const std::string& folder);
  void AddFilesOfPackages(const nlohmann::json& package, const ImageFile& file);
  void CheckResolved(const std::string& target);
  void AddPatches(const nlohmann::json& patches, const std::string& folder);
  void CheckNodeConfiguration();
  void AddWorkspaces();
  // go_modules.cc
  void AddGoModule(const std::string& folder);
  void AddGoWorkspace(const std::string& folder);
  void AddUsedModules(const std::string& folder, const std::string& text);
  void AddReplacedModules(const std::string& text);
  // project_files.cc
  void ReadProjects();
  void ReadProjectOf(const std::string& entry);
  void AddProject(const std::string& target);
  void AddProjectsOf(const std::string& solution);
  void AddReferences(const ImageFile& project);
  void AddSettingsAbove(const std::string& folder);
  // maven_modules.cc
  void ReadMavenModules();
  void AddMavenModules(const ImageFile& pom);
  void AddPom(const std::string& folder, const std::string& place);
  // build_scripts.cc
  void ReadGradleProjects();
  void AddGradleProject(const std::string& path);
  void CheckGradleScript(const ImageFile& script);
  void CheckGradlePlugin(std::string_view id, const ImageFile& script);
  void ReadSbtBuilds();
  void CheckSbtPlugins(const ImageFile& build);
  void ReadMixConfiguration();

  std::string folder_;
  const ImageFiles& image_;
  InstallReads reads_;
  std::vector<std::string> named_;  // Files that options name.
  std::string project_;             // What an operand names for dotnet.
  bool names_files_ = false;
  bool ignores_scripts_ = false;
  bool is_frozen_ = false;
  bool has_workspaces_ = false;
};

// More manifests than that are not named one by one in a Dockerfile.
inline constexpr size_t kMostManifests = 20;

// `text` without white space at both ends.
inline std::string_view Trimmed(std::string_view text) {
  const size_t begin = text.find_first_not_of(" \t\r\n\f\v");
  if (begin == std::string_view::npos) return "";
  return text.substr(begin, text.find_last_not_of(" \t\r\n\f\v") + 1 - begin);
}

}  // namespace dfix

#endif  // DFIX_FACTS_INSTALL_READER_H_
