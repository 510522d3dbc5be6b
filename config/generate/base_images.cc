// base-images.yaml -> src/facts/base_image.h, src/facts/runtime_base.h
#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "config/generate/cpp_source.h"
#include "config/generate/tables.h"
#include "src/config/checked_yaml.h"
#include "src/config/runtime_image_reader.h"

namespace dfix::generate {
namespace {

using Values = std::map<std::string, std::string>;  // C++ text by field.

// The fields that an image and its variants have, with the C++ text of one that
// is not given, in the order of struct BaseImage.
const std::vector<std::pair<std::string, std::string>> kFields = {
    {"family", "nullptr"},    {"entrypoint", "BaseEntrypoint::kUnknown"},
    {"command", "{}"},        {"users", "{}"},
    {"program_user", "{}"},   {"runs_as", "{}"},
    {"starts_as_root", "{}"}, {"unprivileged", "{}"},
};

const std::map<std::string, std::string> kEntrypoints = {
    {"none", "kNone"},
    {"runs-arguments", "kRunsArguments"},
    {"reads-name", "kReadsName"},
    {"activates", "kActivates"},
};

const std::map<std::string, std::string> kTools = {{"useradd", "kUseradd"},
                                                   {"adduser", "kAdduser"}};

// The names of a field that is one of few, for a fault.
std::string NamesOf(const std::map<std::string, std::string>& choices) {
  std::string names;
  for (const auto& [name, value] : choices) {
    names += (names.empty() ? "" : ", ") + name;
  }
  return names;
}

std::string Choice(const YAML::Node& node, std::string_view what,
                   const std::map<std::string, std::string>& choices) {
  const auto found = choices.find(Text(node, what));
  if (found == choices.end()) {
    Fail(node, "bad " + std::string(what) + " `" + node.Scalar() + "`",
         NamesOf(choices));
  }
  return found->second;
}

bool IsTrue(const YAML::Node& node, std::string_view what) {
  if (Text(node, what) != "true")
    Fail(node, "bad " + std::string(what), "true");
  return true;
}

// A number as C++ text, -1 if it is not given.
std::string Id(const Fields& fields, const std::string& key) {
  if (!fields.Has(key)) return "-1";
  const std::string id = Text(fields.At(key), "`" + key + "`");
  const bool digits = id.size() < 10 &&
                      std::all_of(id.begin(), id.end(),
                                  [](char c) { return c >= '0' && c <= '9'; });
  if (!digits) Fail(fields.At(key), "bad id `" + id + "`", "a number");
  return id;
}

// A list of texts in the order of the file, each once.
std::vector<std::string> Texts(const YAML::Node& node, std::string_view what) {
  std::vector<std::string> texts;
  for (const YAML::Node& item : List(node, what)) {
    std::string text = Text(item, what);
    if (std::find(texts.begin(), texts.end(), text) != texts.end()) {
      Fail(item, "`" + text + "` given twice", "it once");
    }
    texts.push_back(std::move(text));
  }
  return texts;
}

// The constant arrays of users, each different list once.
class UserLists {
 public:
  std::string Name(const YAML::Node& node) {
    std::string rows;
    std::set<std::string> seen;
    for (const YAML::Node& item : List(node, "list of users")) {
      Fields fields(item, {"name", "uid", "gid", "home"});
      const std::string name = Text(fields.At("name"), "user name");
      if (!seen.insert(name).second) {
        Fail(item, "user `" + name + "` given twice", "it once");
      }
      const std::string home =
          fields.Has("home") ? Quote(Text(fields.At("home"), "`home`")) : "{}";
      rows += "    {" + Quote(name) + ", " + Id(fields, "uid") + ", " +
              Id(fields, "gid") + ", " + home + "},\n";
    }
    const auto [found, added] =
        names_.emplace(rows, "kUsers" + std::to_string(names_.size()));
    if (added) {
      source_ +=
          "constexpr BaseUser " + found->second + "[] = {\n" + rows + "};\n";
    }
    return found->second;
  }

  const std::string& source() const { return source_; }

 private:
  std::map<std::string, std::string> names_;
  std::string source_;
};

// What the rows of images point at.
struct Lists {
  WordLists words;
  UserLists users;
  std::map<std::string, std::string> families;  // To C++ text.
};

// The rows of families; fills lists.families.
std::string ReadFamilies(const YAML::Node& node, Lists& lists) {
  std::string rows;
  for (const YAML::Node& item : List(node, "list of families")) {
    Fields fields(item, {"family", "tools", "package", "nologin", "no_shell",
                         "windows", "users"});
    const std::string name = Text(fields.At("family"), "family");
    const std::string place =
        "&kFamilies[" + std::to_string(lists.families.size()) + "]";
    if (!lists.families.emplace(name, place).second) {
      Fail(item, "family `" + name + "` given twice", "it once");
    }
    if (fields.Has("tools") && !fields.Has("nologin")) {
      Fail(item, "`tools` without `nologin`", "both");
    }
    const auto text = [&](const std::string& key) {
      return fields.Has(key) ? Quote(Text(fields.At(key), "`" + key + "`"))
                             : "{}";
    };
    const auto flag = [&](const std::string& key) -> std::string {
      return fields.Has(key) && IsTrue(fields.At(key), "`" + key + "`")
                 ? "true"
                 : "false";
    };
    const std::string tools =
        fields.Has("tools") ? Choice(fields.At("tools"), "`tools`", kTools)
                            : "kNone";
    rows +=
        "    {" + Quote(name) + ", UserTools::" + tools + ", " +
        text("package") + ", " + text("nologin") + ", " + flag("no_shell") +
        ", " + flag("windows") + ", " +
        (fields.Has("users") ? lists.users.Name(fields.At("users")) : "{}") +
        "},\n";
  }
  return rows;
}

// The C++ text of the fields that an image or a variant gives.
Values ReadValues(const Fields& fields, Lists& lists) {
  Values values;
  for (const auto& [key, none] : kFields) {
    if (!fields.Has(key)) continue;
    const YAML::Node& node = fields.At(key);
    if (key == "family") {
      values[key] = Choice(node, "family", lists.families);
    } else if (key == "entrypoint") {
      values[key] =
          "BaseEntrypoint::" + Choice(node, "entrypoint", kEntrypoints);
    } else if (key == "users") {
      values[key] = lists.users.Name(node);
    } else {
      values[key] = Quote(Text(node, "`" + key + "`"));
    }
  }
  return values;
}

std::string WriteRow(const std::string& name, const std::string& tags,
                     const Values& values) {
  std::string row = "    {" + Quote(name) + ", " + tags;
  for (const auto& [key, none] : kFields) {
    const auto found = values.find(key);
    row += ", " + (found == values.end() ? none : found->second);
  }
  return row + "},\n";
}

std::vector<std::string> FieldNames(std::vector<std::string> names) {
  for (const auto& [key, none] : kFields) names.push_back(key);
  return names;
}

// The C++ text of a variant's tags, and its values.
std::pair<std::string, Values> ReadVariant(const YAML::Node& node,
                                           Values values, Lists& lists) {
  Fields fields(node, FieldNames({"tags", "clear"}));
  const std::string tags = lists.words.Name(Words(fields.At("tags")));
  if (fields.Has("clear")) {
    for (const YAML::Node& item : List(fields.At("clear"), "`clear`")) {
      if (values.erase(Text(item, "field")) == 0) {
        Fail(item, "nothing to clear", "a field that the entry has");
      }
    }
  }
  for (auto& [key, value] : ReadValues(fields, lists)) values[key] = value;
  return {tags, std::move(values)};
}

// The rows of one entry without their names: what is for some tags first.
std::vector<std::pair<std::string, Values>> ReadEntry(const Fields& fields,
                                                      Lists& lists) {
  const Values values = ReadValues(fields, lists);
  std::vector<std::pair<std::string, Values>> rows;
  if (fields.Has("variants")) {
    for (const YAML::Node& item : List(fields.At("variants"), "variants")) {
      rows.push_back(ReadVariant(item, values, lists));
    }
    // A digest alone does not tell which it is.
    Values unknown = values;
    unknown.erase("family");
    rows.emplace_back(lists.words.Name({"@"}), std::move(unknown));
  }
  rows.emplace_back("{}", values);
  return rows;
}

// Rows by name: exact names in their order, then globs, the longest first.
std::string ReadImages(const YAML::Node& node, Lists& lists) {
  std::map<std::string, std::string> exact;
  std::vector<std::pair<std::string, std::string>> globs;
  std::set<std::string> seen;
  for (const YAML::Node& item : List(node, "list of images")) {
    Fields fields(item, FieldNames({"image", "variants"}));
    const YAML::Node& image = fields.At("image");
    const std::vector<std::string> names =
        image.IsSequence() ? Texts(image, "image name")
                           : std::vector{Text(image, "image name")};
    const auto entry = ReadEntry(fields, lists);
    for (const std::string& name : names) {
      if (!seen.insert(name).second) {
        Fail(item, "image `" + name + "` has two entries", "one");
      }
      std::string rows;
      for (const auto& [tags, values] : entry) {
        rows += WriteRow(name, tags, values);
      }
      if (name.find('*') == std::string::npos) {
        exact[name] = rows;
      } else {
        globs.emplace_back(name, rows);
      }
    }
  }
  std::stable_sort(globs.begin(), globs.end(),
                   [](const auto& a, const auto& b) {
                     return a.first.size() > b.first.size();
                   });
  std::string rows;
  for (const auto& [name, text] : exact) rows += text;
  for (const auto& [name, text] : globs) rows += text;
  return rows;
}

std::vector<std::string> ReadRegistries(const YAML::Node& node) {
  std::vector<std::string> registries = Texts(node, "list of registries");
  for (size_t i = 0; i < registries.size(); ++i) {
    if (!registries[i].ends_with('/')) {
      Fail(node[i], "bad registry `" + registries[i] + "`", "a `/` at its end");
    }
    if (i > 0 && registries[i].starts_with(registries[i - 1])) {
      Fail(node[i], "`" + registries[i] + "` after `" + registries[i - 1] + "`",
           "the longest first");
    }
  }
  return registries;
}

// The rows of releases; fills names.
std::string ReadReleases(const YAML::Node& node, const Lists& lists,
                         std::vector<std::string>& names) {
  std::string rows;
  for (const YAML::Node& item : List(node, "list of releases")) {
    Fields fields(item, {"family", "name", "number", "gcc"});
    Choice(fields.At("family"), "family", lists.families);
    names.push_back(Text(fields.At("name"), "`name`"));
    rows += "    {" + Quote(fields.At("family").Scalar()) + ", " +
            Quote(names.back()) + ", " +
            Quote(Text(fields.At("number"), "`number`")) + ", " +
            Id(fields, "gcc") + "},\n";
  }
  return rows;
}

std::string ReadBuiltOn(const YAML::Node& node,
                        const std::vector<std::string>& releases) {
  std::string rows;
  for (const YAML::Node& item : List(node, "list of images")) {
    Fields fields(item, {"image", "up_to", "release"});
    const std::string release = Text(fields.At("release"), "`release`");
    if (std::find(releases.begin(), releases.end(), release) ==
        releases.end()) {
      Fail(item, "unknown release `" + release + "`", "one of releases");
    }
    rows += "    {" + Quote(Text(fields.At("image"), "`image`")) + ", " +
            (fields.Has("up_to") ? Quote(Text(fields.At("up_to"), "`up_to`"))
                                 : "{}") +
            ", " + Quote(release) + "},\n";
  }
  return rows;
}

std::string WriteRuntimes(const RuntimeEntryTable& table, Lists& lists) {
  std::string rows;
  const auto words = [&](std::span<const std::string_view> list) {
    return lists.words.Name({list.begin(), list.end()});
  };
  for (const RuntimeEntry& image : table.rows()) {
    const int need = static_cast<int>(image.needs);
    rows += "    {" + Quote(image.builder) + ", " + words(image.tags) + ", " +
            Quote(image.tag) + ", RuntimeNeed{" + std::to_string(need) + "}, " +
            Quote(image.image) + ", " + Quote(image.family) + ", " +
            Quote(image.oldest) + ", " + words(image.has) + ", " +
            words(image.sets) + "},\n";
  }
  return rows;
}

}  // namespace

std::string GenerateBaseImages(const YAML::Node& root) {
  Fields fields(root, {"registries", "families", "variants", "images",
                       "releases", "built_on", "runtimes"});
  List(fields.At("variants"), "list of variants");
  std::string registries;
  for (const std::string& registry : ReadRegistries(fields.At("registries"))) {
    registries += "    " + Quote(registry) + ",\n";
  }
  Lists lists;
  const std::string families = ReadFamilies(fields.At("families"), lists);
  const std::string images = ReadImages(fields.At("images"), lists);
  RuntimeImageNames names;
  names.has_patterns = true;
  for (const auto& [name, place] : lists.families) {
    names.families.push_back(name);
  }
  const std::string releases =
      ReadReleases(fields.At("releases"), lists, names.releases);
  const std::string built_on =
      ReadBuiltOn(fields.At("built_on"), names.releases);
  const std::string runtimes =
      WriteRuntimes(ReadRuntimeImages(fields.At("runtimes"), names), lists);
  return "#include \"src/facts/base_image.h\"\n"
         "#include \"src/facts/runtime_base.h\"\n\n"
         "#include <span>\n#include <string_view>\n\n"
         "namespace dfix {\n\nnamespace {\n\n"
         "using std::string_view_literals::operator\"\"sv;\n\n"
         "constexpr std::string_view kRegistries[] = {\n" +
         registries + "};\n" + lists.words.source() + lists.users.source() +
         "constexpr ImageFamily kFamilies[] = {\n" + families + "};\n" +
         "constexpr BaseImage kImages[] = {\n" + images +
         "};\nconstexpr Release kReleases[] = {\n" + releases +
         "};\nconstexpr BuiltOn kBuiltOn[] = {\n" + built_on +
         "};\nconstexpr RuntimeEntry kRuntimes[] = {\n" + runtimes +
         "};\n\n}  // namespace\n\n"
         "std::span<const std::string_view> ImageRegistries() {\n"
         "  return kRegistries;\n}\n"
         "std::span<const ImageFamily> ImageFamilies() { return kFamilies; }\n"
         "std::span<const BaseImage> BaseImages() { return kImages; }\n"
         "std::span<const Release> Releases() { return kReleases; }\n"
         "std::span<const BuiltOn> BuiltOnReleases() { return kBuiltOn; }\n"
         "std::span<const RuntimeEntry> RuntimeEntries() {\n"
         "  return kRuntimes;\n}\n\n"
         "}  // namespace dfix\n";
}

}  // namespace dfix::generate
