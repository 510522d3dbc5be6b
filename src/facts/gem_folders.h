// Where gem and Bundler put gems in an image of Ruby, by their options, their
// settings and the environment.
//
// Images of Ruby set GEM_HOME and BUNDLE_APP_CONFIG to /usr/local/bundle, where
// settings of a project go, too.
#ifndef DFIX_FACTS_GEM_FOLDERS_H_
#define DFIX_FACTS_GEM_FOLDERS_H_

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "src/facts/facts.h"
#include "src/facts/package_command.h"

namespace dfix {

inline constexpr std::string_view kGemHome = "/usr/local/bundle";

// Collects what instructions of a stage say. Each function tells why it cannot
// be told where gems are then; else nothing.
class GemFolders {
 public:
  explicit GemFolders(const Facts& facts) : facts_(facts) {}

  // A call of gem or bundle; `build_settings` says whether settings may decide
  // which libraries gems are linked with.
  std::string AddCall(const PackageCommand& call, bool build_settings);
  // An ENV or ARG above the last install.
  std::string AddVariables(uint32_t index, bool build_settings);

  // The folders, absolute and clean, once all is added; empty with a problem.
  std::vector<std::string> Folders(std::string& problem) const;
  // Where Bundler has installed, absolute and clean: there its Gemfile is, or
  // above.
  const std::set<std::string>& roots() const { return roots_; }

 private:
  std::string AddSetting(const std::vector<std::string>& words,
                         bool build_settings);
  std::string AddGems(const PackageCommand& call) const;
  std::string AddBundle(const PackageCommand& call,
                        const std::vector<std::string>& words);
  std::string AddOption(const std::string& option, const std::string& value);
  std::string SetPath(std::string_view path);

  const Facts& facts_;
  std::set<std::string> paths_;  // That Bundler is told; below its roots.
  std::set<std::string> roots_;
  std::string home_ = std::string(kGemHome);
  bool deploys_ = false;
};

// Whether the call writes a setting, or replaces RubyGems itself.
bool ChangesTools(const Document& document, const PackageCommand& call);

// Whether what it changes is where gems are: a setting of the project.
bool ChangesProject(const Document& document, const PackageCommand& call);

// Whether the call installs gems, or may.
bool InstallsGems(const Document& document, const PackageCommand& call);

}  // namespace dfix

#endif  // DFIX_FACTS_GEM_FOLDERS_H_
