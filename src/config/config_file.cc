#include "src/config/config_file.h"

#include <yaml-cpp/yaml.h>

#include <optional>
#include <set>
#include <utility>

#include "src/config/checked_yaml.h"
#include "src/config/package_manager_reader.h"
#include "src/config/runtime_image_reader.h"
#include "src/transform/registry.h"

namespace dfix {
namespace {

// Far more than anyone writes, and no text that takes long to read.
constexpr size_t kMostBytes = 1 << 20;

// Keys of lists that have a schema and a function of their own.
constexpr std::string_view kManagersKey = "package-managers";
constexpr std::string_view kRuntimeImagesKey = "runtime-images";

// The error at a place in the file.
Error At(const std::string& name, const YAML::Mark& mark,
         const std::string& message) {
  if (mark.is_null()) return {name + ": " + message};
  return {name + ':' + std::to_string(mark.line + 1) + ':' +
          std::to_string(mark.column + 1) + ": " + message};
}

Result<YAML::Node> Load(std::string_view yaml, const std::string& name) {
  if (yaml.size() > kMostBytes) {
    return Error{name + ": larger than 1 MiB; expected a configuration file"};
  }
  try {
    return YAML::Load(std::string(yaml));
  } catch (const YAML::Exception& error) {
    return At(name, error.mark, error.msg);
  }
}

class Reader {
 public:
  explicit Reader(const std::string& name) : name_(name) {}

  Result<Settings> Read(const YAML::Node& root) {
    if (root.IsNull()) return Settings();
    if (!root.IsMap()) {
      Fail(root, "expected keys and values, such as `level: safe`");
      return *error_;
    }
    for (const auto& entry : root) {
      const std::string key = KeyOf(entry.first);
      if (error_) return *error_;
      if (key == kManagersKey || key == kRuntimeImagesKey) {
        if (!seen_lists_.insert(key).second) {
          Fail(entry.first, "`" + key + "` is given twice");
        }
      } else if (key == "transforms") {
        ReadTransforms(entry.second);
      } else {
        ReadValue(entry.first, key, entry.second);
      }
      if (error_) return *error_;
    }
    return std::move(settings_);
  }

 private:
  void Fail(const YAML::Node& node, const std::string& message) {
    if (!error_) error_ = At(name_, node.Mark(), message);
  }

  // The text of a key, which is not empty.
  std::string KeyOf(const YAML::Node& key) {
    if (key.IsScalar() && !key.Scalar().empty()) return key.Scalar();
    Fail(key, "expected the name of a key");
    return "";
  }

  void ReadTransforms(const YAML::Node& node) {
    if (seen_transforms_) return Fail(node, "`transforms` is given twice");
    seen_transforms_ = true;
    if (node.IsNull()) return;
    if (!node.IsMap()) {
      return Fail(node, "`transforms`: expected ids with their options");
    }
    std::set<std::string> seen;
    for (const auto& entry : node) {
      const std::string id = KeyOf(entry.first);
      if (!error_ && !seen.insert(id).second) {
        Fail(entry.first, '`' + id + "` is given twice");
      }
      if (!error_) ReadOptions(entry.first, id, entry.second);
      if (error_) return;
    }
  }

  void ReadOptions(const YAML::Node& key, const std::string& id,
                   const YAML::Node& node) {
    const Result<const Transform*> transform = TransformById(id);
    if (!transform) return Fail(key, transform.error().message);
    if (node.IsNull()) return;
    if (!node.IsMap()) {
      return Fail(node, '`' + id + "`: expected options with their values");
    }
    for (const auto& entry : node) {
      const std::string option = KeyOf(entry.first);
      if (!error_) ReadValue(entry.first, id + '.' + option, entry.second);
      if (error_) return;
    }
  }

  void ReadValue(const YAML::Node& key, const std::string& name,
                 const YAML::Node& node) {
    if (settings_.contains(name)) {
      return Fail(key, '`' + key.Scalar() + "` is given twice");
    }
    const Result<const Option*> option = FindConfigKey(name);
    if (!option) return Fail(key, option.error().message);
    std::vector<std::string> texts;
    std::vector<Value> values;
    if (node.IsScalar()) {
      values.push_back({node.Scalar(), OriginOf(node)});
    } else if (node.IsSequence()) {
      for (const YAML::Node& item : node) {
        if (!item.IsScalar()) {
          return Fail(item, '`' + name + "`: expected a text");
        }
        values.push_back({item.Scalar(), OriginOf(item)});
      }
    } else if (node.IsMap()) {
      return Fail(node, '`' + name + "`: expected a value, not keys");
    }
    for (const Value& value : values) texts.push_back(value.text);
    if (const auto fault = FindFault(**option, texts)) {
      return Fail(node.IsNull() ? key : node, '`' + name + "`: " + *fault);
    }
    settings_[name] = std::move(values);
  }

  std::string OriginOf(const YAML::Node& node) const {
    std::string origin = At(name_, node.Mark(), "").message;
    return origin.substr(0, origin.size() - 2);
  }

  const std::string& name_;
  Settings settings_;
  bool seen_transforms_ = false;
  std::set<std::string> seen_lists_;
  std::optional<Error> error_;
};

// What `read` makes of the list below `key`, an empty table if there is none.
template <typename Table, typename Read>
Result<Table> ReadList(std::string_view yaml, const std::string& name,
                       std::string_view key, const Read& read) {
  const Result<YAML::Node> root = Load(yaml, name);
  if (!root) return root.error();
  if (!root->IsMap()) return Table();
  for (const auto& entry : *root) {
    const bool is_list = entry.first.IsScalar() && entry.first.Scalar() == key;
    if (!is_list || entry.second.IsNull()) continue;
    try {
      return read(entry.second);
    } catch (const Fault& fault) {
      return At(name, fault.mark, std::string(key) + ": " + fault.what());
    }
  }
  return Table();
}

}  // namespace

Result<Settings> ParseConfigFile(std::string_view yaml,
                                 const std::string& name) {
  const Result<YAML::Node> root = Load(yaml, name);
  if (!root) return root.error();
  return Reader(name).Read(*root);
}

Result<ManagerTable> ParsePackageManagers(std::string_view yaml,
                                          const std::string& name) {
  return ReadList<ManagerTable>(yaml, name, kManagersKey, ReadPackageManagers);
}

Result<RuntimeEntryTable> ParseRuntimeImages(std::string_view yaml,
                                             const std::string& name) {
  RuntimeImageNames names;
  for (const ImageFamily& family : ImageFamilies()) {
    names.families.emplace_back(family.name);
  }
  for (const Release& release : Releases()) {
    names.releases.emplace_back(release.name);
  }
  return ReadList<RuntimeEntryTable>(
      yaml, name, kRuntimeImagesKey,
      [&](const YAML::Node& list) { return ReadRuntimeImages(list, names); });
}

Result<std::vector<Value>> ParseHadolintIgnores(std::string_view yaml,
                                                const std::string& name) {
  const Result<YAML::Node> root = Load(yaml, name);
  if (!root) return root.error();
  std::vector<Value> ignores;
  if (!root->IsMap()) return ignores;
  for (const auto& entry : *root) {
    const bool lists_ignores = entry.first.IsScalar() &&
                               entry.first.Scalar() == "ignored" &&
                               entry.second.IsSequence();
    if (!lists_ignores) continue;
    for (const YAML::Node& item : entry.second) {
      if (item.IsScalar()) ignores.push_back({item.Scalar(), name});
    }
  }
  return ignores;
}

}  // namespace dfix
