// What the packages that a stage installs mean for a program that moves to a
// stage of its own, on an image of the same distribution.
#ifndef DFIX_FACTS_MOVED_PACKAGES_H_
#define DFIX_FACTS_MOVED_PACKAGES_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "src/facts/build_package.h"
#include "src/facts/facts.h"
#include "src/facts/package_command.h"

namespace dfix {

class MovedPackages {
 public:
  MovedPackages(const Document& document, const RuntimeSystem& system)
      : document_(document), system_(system) {}

  // Accounts for a call of a package manager. The reason why it cannot be told
  // what it means; else empty.
  std::string Add(const PackageCommand& call);

  // Has the second stage install `package`, too.
  void Keep(const std::string& package);

  // Packages that only builds need, which stay behind; and their names as
  // messages list them.
  const std::vector<std::string>& left() const { return left_; }
  std::string LeftNames() const;

  // The RUN that installs what programs need; empty if that is nothing.
  std::string Instruction() const;

 private:
  std::string AddPackage(NodeId operand, bool bare);

  const Document& document_;
  RuntimeSystem system_;
  std::vector<std::string> kept_;
  std::vector<std::string> left_;
  bool recommended_ = false;
};

// The system of the image that a stage begins with, of a known family.
RuntimeSystem SystemOf(const Facts& facts, uint32_t stage);

// Whether the command, a call of `rm`, removes nothing but caches.
bool RemovesCaches(const Document& document, NodeId command);

// Programs that start others with a PATH of their own.
std::span<const std::string_view> ProgramsThatForgetPath();

}  // namespace dfix

#endif  // DFIX_FACTS_MOVED_PACKAGES_H_
