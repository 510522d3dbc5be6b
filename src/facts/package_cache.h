// Where package managers keep their caches at a step of the build.
#ifndef DFIX_FACTS_PACKAGE_CACHE_H_
#define DFIX_FACTS_PACKAGE_CACHE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "src/facts/facts.h"

namespace dfix {

// Who runs a call, and where that user's files are.
struct Account {
  std::string name;
  std::string home;  // Empty if it cannot be told.
  int32_t uid = -1;  // -1 if it cannot be told.
  int32_t gid = -1;
  bool is_root = false;
  // Nothing is known of the base image, and root only the usual one.
  bool is_assumed = false;
};

// The account that `call` runs as, by USER, `sudo` and the base image.
Account AccountAt(const Facts& facts, const PackageCommand& call);

struct CacheDirectory {
  std::string path;  // Absolute, without a slash at its end.
  CacheSharing sharing;
  bool of_builds;
  // Not root, and its ids.
  bool has_owner = false;
  int32_t uid = -1;
  int32_t gid = -1;
};

struct CacheDirectories {
  std::vector<CacheDirectory> directories;
  std::string unknown;  // Why they cannot be told, or empty.
};

// The caches of the manager of `call`, which `account` runs: by the table, the
// variables that are set, and the base image.
CacheDirectories CachesOf(const Facts& facts, const PackageCommand& call,
                          const Account& account);

}  // namespace dfix

#endif  // DFIX_FACTS_PACKAGE_CACHE_H_
