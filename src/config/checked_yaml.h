// Reading YAML that must keep to a schema: every accessor checks, and a fault
// names its place.
//
// yaml-cpp throws, so this does too; who calls it catches Faults and says
// `file:line:column: what (expected ...)`.
#ifndef DFIX_CONFIG_CHECKED_YAML_H_
#define DFIX_CONFIG_CHECKED_YAML_H_

#include <yaml-cpp/yaml.h>

#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace dfix {

// A fault at a place in the YAML file.
struct Fault : std::runtime_error {
  Fault(YAML::Mark place, const std::string& what)
      : std::runtime_error(what), mark(place) {}
  YAML::Mark mark;
};

// Throws the Fault at `node`: what is wrong and what was expected instead.
[[noreturn]] void Fail(const YAML::Node& node, const std::string& what,
                       const std::string& expected);

// The text of a scalar that is not empty; `what` names it in the fault.
std::string Text(const YAML::Node& node, std::string_view what);

// The fields of a mapping: those in `allowed`, each at most once. (yaml-cpp
// accepts repeated keys in silence.)
class Fields {
 public:
  Fields(const YAML::Node& node, const std::vector<std::string>& allowed);

  bool Has(const std::string& key) const { return fields_.contains(key); }
  // A fault if the mapping lacks it.
  const YAML::Node& At(const std::string& key) const;

 private:
  YAML::Node node_;
  std::map<std::string, YAML::Node> fields_;
};

// `node`, a list that is not empty; `what` names it in the fault.
const YAML::Node& List(const YAML::Node& node, std::string_view what);

// The words of a list, each once, sorted; lists in it (aliases) are flattened.
std::vector<std::string> Words(const YAML::Node& node);

}  // namespace dfix

#endif  // DFIX_CONFIG_CHECKED_YAML_H_
