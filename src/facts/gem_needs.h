// What gems need of the system, by the Gemfile.lock that lists them.
//
// What is known of gems is compiled in (plain_package.h). Left out: the groups
// that gems are in; all count.
#ifndef DFIX_FACTS_GEM_NEEDS_H_
#define DFIX_FACTS_GEM_NEEDS_H_

#include <string>
#include <string_view>
#include <vector>

namespace dfix {

struct GemLock {
  // Each once for every platform that it is listed for, in order.
  std::vector<std::string> gems;
  // Those of Git and of paths, which nothing is known of by their names.
  std::vector<std::string> other_gems;
  std::vector<std::string> dependencies;  // What the Gemfile names.
};

// Reads the text of a Gemfile.lock, as Bundler writes it.
GemLock ReadGemLock(std::string_view text);

struct GemNeeds {
  std::string problem;                // Why that is not known; else empty.
  std::string compiled;               // A gem that is no plain one, or empty.
  std::vector<std::string> packages;  // Of Debian, for builds or for programs.
};

// What the gems of the lock need of what the full image of Ruby has. `gemfile`
// is the text of the Gemfile, which may name a gem that the lock lacks.
GemNeeds NeedsOfGems(const GemLock& lock, std::string_view gemfile);

}  // namespace dfix

#endif  // DFIX_FACTS_GEM_NEEDS_H_
