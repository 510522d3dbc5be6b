// Packages of PyPI, npm and RubyGems that need no compiler when they are
// installed, and no library or program of the system; and gems that do.
//
// The tables are compiled in from config/knowledge/plain-packages.yaml, which
// says what the fields mean.
#ifndef DFIX_FACTS_PLAIN_PACKAGE_H_
#define DFIX_FACTS_PLAIN_PACKAGE_H_

#include <span>
#include <string>
#include <string_view>

namespace dfix {

struct WheelPackage {
  std::string_view name;
  std::span<const std::string_view> since;  // `3.12=1.26.2`
};

struct CompiledGem {
  std::string_view name;
  std::span<const std::string_view> needs;  // Packages of Debian.
};

struct PlainPackages {
  std::span<const std::string_view> python;
  std::span<const std::string_view> node;
  std::span<const std::string_view> node_scripts;
  std::span<const std::string_view> node_tools;
  std::span<const std::string_view> ruby;
  std::span<const WheelPackage> wheels;  // Sorted by name, as are these.
  std::span<const CompiledGem> gems;
};

const PlainPackages& PlainPackageTable();

// The name in a requirement of pip (PEP 508), `Flask[async] >= 2 ; marker`, as
// the tables write it: `flask[async]`. Empty for what is no name but a path or
// an address.
std::string NameOfRequirement(std::string_view requirement);

// Whether every version that the requirement allows is plain on Python
// `release` (`3.12`), which is empty if it is not known.
bool IsPlainRequirement(std::string_view requirement, std::string_view release);

}  // namespace dfix

#endif  // DFIX_FACTS_PLAIN_PACKAGE_H_
