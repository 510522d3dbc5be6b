// Finds and lists the folder that a Dockerfile is built in.
//
// In this order: the folder that a flag, the environment or the configuration
// names; the one that a Compose or bake file of the project names for this
// Dockerfile; the first of the Dockerfile's folder and those around it, up to
// the root of the repository, that has everything the Dockerfile copies.
//
// Links are never followed, nothing outside of the folder is read, and only so
// many files are listed.
#ifndef DFIX_CLI_FIND_CONTEXT_H_
#define DFIX_CLI_FIND_CONTEXT_H_

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "src/config/build_files.h"
#include "src/context/build_context.h"
#include "src/facts/facts.h"

namespace dfix {

// Knows what it has listed. Its functions may be called by several threads.
class ContextFinder {
 public:
  // The context of the Dockerfile at `path` (absolute, without links; it need
  // not exist) with these facts; absent if none is found, or it copies nothing.
  // `named` is the folder that was named for it, or empty.
  std::optional<BuildContext> Find(const std::string& path,
                                   const std::string& named,
                                   const Facts& facts);

 private:
  std::shared_ptr<const ContextFiles> List(const std::string& folder);
  std::vector<DeclaredBuild> BuildsDeclaredIn(const std::string& folder);
  std::string FindDeclared(const std::string& path, const std::string& root);
  std::optional<BuildContext> Make(const std::string& folder,
                                   ContextOrigin origin,
                                   const std::string& path);

  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<const ContextFiles>> files_;
  std::map<std::string, std::vector<DeclaredBuild>> declared_;
};

}  // namespace dfix

#endif  // DFIX_CLI_FIND_CONTEXT_H_
