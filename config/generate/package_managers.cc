// package-managers.yaml -> src/facts/package_manager.h
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "config/generate/cpp_source.h"
#include "config/generate/tables.h"
#include "src/config/checked_yaml.h"
#include "src/config/package_manager_reader.h"

namespace dfix::generate {
namespace {

std::string Braces(const std::vector<std::string>& values) {
  std::string text;
  for (const std::string& value : values) {
    text += (text.empty() ? "{" : ", ") + value;
  }
  return text + '}';
}

std::string Of(bool value) { return value ? "true" : "false"; }
std::string Of(std::string_view text) { return Quote(text); }

template <typename Enum>
std::string Enumerator(std::string_view type, Enum value) {
  return std::string(type) + '{' + std::to_string(static_cast<int>(value)) +
         '}';
}
std::string Of(PackageVerb verb) { return Enumerator("PackageVerb", verb); }
std::string Of(CallTrait trait) { return Enumerator("CallTrait", trait); }
std::string Of(Level level) { return Enumerator("Level", level); }
std::string Of(CacheUse use) { return Enumerator("CacheUse", use); }
std::string Of(CacheSharing sharing) {
  return Enumerator("CacheSharing", sharing);
}

// Writes rows, and the constant arrays that they point at.
class RowWriter {
 public:
  std::string Row(const PackageManager& m) {
    return Braces({Of(m.name),
                   Of(m.family),
                   Words(m.programs),
                   Array("ManagerVerb", m.verbs),
                   Of(m.with_operands),
                   Of(m.alone),
                   Array("ManagerOption", m.options),
                   Words(m.arguments),
                   Words(m.setters),
                   Array("ManagerSetting", m.settings),
                   Array("ManagerSetting", m.variables),
                   Array("ImageTrait", m.images),
                   Row(m.yes),
                   Array("PackageVerb", m.asks),
                   Row(m.skip_optional),
                   Row(m.clean),
                   Array("ManagerCache", m.caches),
                   Words(m.pins),
                   Of(m.needs_lists),
                   m.sort ? Of(*m.sort) : "std::nullopt",
                   Of(m.rolling),
                   Row(m.mount),
                   Words(m.old_images)});
  }

  // The definitions of what the rows point at.
  std::string source() const { return words_.source() + source_; }

 private:
  static std::string Row(PackageVerb verb) { return Of(verb); }
  static std::string Row(const ManagerVerb& v) {
    return Braces({Of(v.words), Of(v.verb), Of(v.alone)});
  }
  static std::string Row(const ManagerOption& o) {
    return Braces({Of(o.name), Of(o.trait)});
  }
  static std::string Row(const ManagerSetting& s) {
    return Braces({Of(s.name), Of(s.trait), Of(s.any_value)});
  }
  static std::string Row(const ImageTrait& i) {
    return Braces({Of(i.image), Of(i.trait)});
  }
  static std::string Row(const ImagePath& i) {
    return Braces({Of(i.image), Of(i.path)});
  }
  std::string Row(const AddedOption& o) {
    return Braces({Of(o.text), Of(o.before_verb), Of(o.level), Words(o.verbs)});
  }
  std::string Row(const CacheCleaning& c) {
    return Braces({Row(c.option), Of(c.command), Of(c.level), Words(c.replaces),
                   Of(c.brings_lists), Words(c.paths),
                   Words(c.unless_mentioned), Of(c.unless_reason)});
  }
  std::string Row(const ManagerCache& c) {
    return Braces({Of(c.path), Of(c.root_path), Of(c.variable), Of(c.below),
                   Array("ImagePath", c.images), Of(c.sharing), Of(c.is_lists),
                   Of(c.of_builds)});
  }
  std::string Row(const CacheMounting& m) {
    return Braces({Of(m.use), Words(m.unless_run), Words(m.unless_mentioned),
                   Of(m.unless_reason)});
  }

  std::string Words(std::span<const std::string_view> words) {
    return words_.Name({words.begin(), words.end()});
  }

  // The name of a constant array with the rows; `{}` for none.
  template <typename Struct>
  std::string Array(const std::string& type, std::span<const Struct> rows) {
    if (rows.empty()) return "{}";
    std::string text;
    for (const Struct& row : rows) text += "    " + Row(row) + ",\n";
    const auto [found, added] =
        names_.emplace(type + text, "k" + type + std::to_string(names_.size()));
    if (added) {
      source_ += "constexpr " + type + ' ' + found->second + "[] = {\n" + text +
                 "};\n";
    }
    return found->second;
  }

  WordLists words_;
  std::map<std::string, std::string> names_;
  std::string source_;
};

}  // namespace

std::string GeneratePackageManagers(const YAML::Node& root) {
  const Fields fields(root, {"shared", "managers"});
  if (fields.Has("shared")) List(fields.At("shared"), "list of shared parts");
  const ManagerTable table = ReadPackageManagers(fields.At("managers"));
  RowWriter writer;
  std::string rows;
  for (const PackageManager& manager : table.rows()) {
    rows += "    " + writer.Row(manager) + ",\n";
  }
  return "#include \"src/facts/package_manager.h\"\n\n"
         "#include <span>\n#include <string_view>\n\n"
         "namespace dfix {\n\nnamespace {\n\n"
         "using std::string_view_literals::operator\"\"sv;\n\n" +
         writer.source() + "constexpr PackageManager kManagers[] = {\n" + rows +
         "};\n\n}  // namespace\n\n"
         "std::span<const PackageManager> PackageManagers() {\n"
         "  return kManagers;\n}\n\n}  // namespace dfix\n";
}

}  // namespace dfix::generate
