// Writes the C++ source of a knowledge table from its YAML, at build time.
//
//   generate_knowledge TABLE INPUT.yaml OUTPUT.cc
//
// Each table is one function that reads a checked YAML document and returns the
// source; kTables lists them. A fault in the YAML ends the program with
// `file:line:column: what (expected ...)` and leaves no output behind.
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

// A fault at a place in the YAML file. yaml-cpp throws, so this does too.
struct Fault : std::runtime_error {
  Fault(YAML::Mark place, const std::string& what)
      : std::runtime_error(what), mark(place) {}
  YAML::Mark mark;
};

[[noreturn]] void Fail(const YAML::Node& node, const std::string& what,
                       const std::string& expected) {
  throw Fault(node.Mark(), what + " (expected " + expected + ")");
}

// The text of a scalar that is not empty.
std::string Text(const YAML::Node& node, std::string_view what) {
  if (!node.IsScalar() || node.Scalar().empty()) {
    Fail(node, "bad " + std::string(what), "a text");
  }
  return node.Scalar();
}

// A package name of Debian's policy; with `*` and `?` if it may be a glob.
std::string PackageName(const YAML::Node& node, bool glob) {
  std::string name = Text(node, "package name");
  for (char c : name) {
    bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' ||
                 c == '-' || c == '.';
    if (plain || (glob && (c == '*' || c == '?'))) continue;
    Fail(node, "bad package name `" + name + "`",
         glob ? "a name or a glob" : "a name, no glob");
  }
  return name;
}

bool IsGlob(std::string_view name) {
  return name.find_first_of("*?") != std::string_view::npos;
}

// The fields of a mapping. yaml-cpp accepts repeated keys in silence.
class Fields {
 public:
  Fields(const YAML::Node& node, const std::vector<std::string>& allowed)
      : node_(node) {
    std::string names;
    for (const std::string& name : allowed) {
      names += (names.empty() ? "" : ", ") + name;
    }
    if (!node.IsMap()) Fail(node, "not a mapping", "fields " + names);
    for (const auto& field : node) {
      std::string key = Text(field.first, "field name");
      if (std::find(allowed.begin(), allowed.end(), key) == allowed.end()) {
        Fail(field.first, "unknown field `" + key + "`", names);
      }
      if (!fields_.emplace(key, field.second).second) {
        Fail(field.first, "field `" + key + "` given twice", "it once");
      }
    }
  }

  bool Has(const std::string& key) const { return fields_.contains(key); }

  const YAML::Node& At(const std::string& key) const {
    auto found = fields_.find(key);
    if (found == fields_.end()) {
      Fail(node_, "field `" + key + "` is missing", "it");
    }
    return found->second;
  }

 private:
  YAML::Node node_;
  std::map<std::string, YAML::Node> fields_;
};

// A list that is not empty.
const YAML::Node& List(const YAML::Node& node, std::string_view what) {
  if (!node.IsSequence() || node.size() == 0) {
    Fail(node, "bad " + std::string(what), "a list that is not empty");
  }
  return node;
}

// Appends the words of a list; lists in it (aliases) are flattened.
void AppendWords(const YAML::Node& node, std::vector<std::string>& words) {
  for (const YAML::Node& item : List(node, "list of words")) {
    if (item.IsSequence()) {
      AppendWords(item, words);
      continue;
    }
    std::string word = Text(item, "word");
    if (std::find(words.begin(), words.end(), word) != words.end()) {
      Fail(item, "word `" + word + "` given twice", "it once");
    }
    words.push_back(std::move(word));
  }
}

std::vector<std::string> Words(const YAML::Node& node) {
  std::vector<std::string> words;
  AppendWords(node, words);
  std::sort(words.begin(), words.end());
  return words;
}

std::vector<std::string> PackageNames(const YAML::Node& node, bool glob) {
  std::vector<std::string> names;
  for (const YAML::Node& item : List(node, "list of packages")) {
    std::string name = PackageName(item, glob);
    if (!names.empty() && name <= names.back()) {
      Fail(item, "package `" + name + "` after `" + names.back() + "`",
           "sorted names, each once");
    }
    names.push_back(std::move(name));
  }
  return names;
}

// C++ text for a string literal, with its suffix.
std::string Quote(std::string_view text) {
  std::string quoted = "\"";
  for (char c : text) {
    unsigned char byte = static_cast<unsigned char>(c);
    // `?` too, against trigraphs.
    if (c == '"' || c == '\\' || c == '?') {
      quoted += '\\';
      quoted += c;
    } else if (byte < 0x20 || byte >= 0x7F) {
      char octal[8];
      std::snprintf(octal, sizeof(octal), "\\%03o", byte);
      quoted += octal;
    } else {
      quoted += c;
    }
  }
  return quoted + "\"sv";
}

// The constant lists of words of a source, each different list once.
class WordLists {
 public:
  // The name of the constant that holds `words`; `{}` for none.
  std::string Name(const std::vector<std::string>& words) {
    if (words.empty()) return "{}";
    auto [found, added] =
        names_.emplace(words, "kWords" + std::to_string(names_.size()));
    if (added) {
      source_ += "constexpr std::string_view " + found->second + "[] = {\n";
      for (const std::string& word : words) {
        source_ += "    " + Quote(word) + ",\n";
      }
      source_ += "};\n";
    }
    return found->second;
  }

  const std::string& source() const { return source_; }

 private:
  std::map<std::vector<std::string>, std::string> names_;
  std::string source_;
};

// ---------------------------------------------------------------------------
// apt-packages.yaml -> src/facts/apt_packages.h

struct Need {
  std::string package;
  std::string why;
  std::vector<std::string> when_used;
  std::vector<std::string> unless_used;
};

struct Package {
  std::string name;
  std::vector<Need> needs;
  std::string keep;
  std::vector<std::string> when_used;
  std::vector<std::string> unless_named;
};

using Satisfactions = std::map<std::string, std::vector<std::string>>;

std::vector<Need> ReadNeeds(const YAML::Node& node) {
  std::vector<Need> needs;
  for (const YAML::Node& item : List(node, "list of needs")) {
    Fields fields(item, {"package", "why", "when_used", "unless_used"});
    Need need;
    need.package = PackageName(fields.At("package"), false);
    need.why = Text(fields.At("why"), "`why`");
    if (fields.Has("when_used")) need.when_used = Words(fields.At("when_used"));
    if (fields.Has("unless_used")) {
      need.unless_used = Words(fields.At("unless_used"));
    }
    if (!needs.empty() && need.package <= needs.back().package) {
      Fail(item,
           "need `" + need.package + "` after `" + needs.back().package + "`",
           "sorted needs, each once");
    }
    needs.push_back(std::move(need));
  }
  return needs;
}

// One entry: all its packages, which share everything but the name.
std::vector<Package> ReadEntry(const YAML::Node& node) {
  Fields fields(node,
                {"package", "needs", "keep", "when_used", "unless_named"});
  const YAML::Node& names = fields.At("package");
  Package package;
  if (fields.Has("needs")) package.needs = ReadNeeds(fields.At("needs"));
  if (fields.Has("keep")) package.keep = Text(fields.At("keep"), "`keep`");
  if (!fields.Has("needs") && !fields.Has("keep")) {
    Fail(node, "an entry that says nothing", "needs or keep");
  }
  for (const char* key : {"when_used", "unless_named"}) {
    if (fields.Has(key) && !fields.Has("keep")) {
      Fail(fields.At(key), "`" + std::string(key) + "` without `keep`",
           "keep, or the field in an item of needs");
    }
  }
  if (fields.Has("when_used")) {
    package.when_used = Words(fields.At("when_used"));
  }
  if (fields.Has("unless_named")) {
    package.unless_named = PackageNames(fields.At("unless_named"), false);
  }
  std::vector<Package> packages;
  if (names.IsSequence()) {
    for (std::string& name : PackageNames(names, true)) {
      packages.push_back(package);
      packages.back().name = std::move(name);
    }
  } else {
    packages.push_back(package);
    packages.back().name = PackageName(names, true);
  }
  return packages;
}

std::vector<Package> ReadPackages(const YAML::Node& node) {
  std::vector<Package> packages;
  std::set<std::string> seen;
  std::string last;
  for (const YAML::Node& item : List(node, "list of packages")) {
    std::vector<Package> entry = ReadEntry(item);
    if (entry.front().name <= last) {
      Fail(item, "entry `" + entry.front().name + "` after `" + last + "`",
           "entries sorted by their first package");
    }
    last = entry.front().name;
    for (Package& package : entry) {
      if (!seen.insert(package.name).second) {
        Fail(item, "package `" + package.name + "` has two entries", "one");
      }
      packages.push_back(std::move(package));
    }
  }
  return packages;
}

Satisfactions ReadSatisfactions(const YAML::Node& node,
                                const std::set<std::string>& needed) {
  Satisfactions satisfactions;
  for (const YAML::Node& item : List(node, "list of packages")) {
    Fields fields(item, {"package", "by"});
    std::string package = PackageName(fields.At("package"), false);
    if (!needed.contains(package)) {
      Fail(item, "nothing needs `" + package + "`", "a package of needs");
    }
    if (!satisfactions.empty() && package <= satisfactions.rbegin()->first) {
      Fail(item,
           "entry `" + package + "` after `" + satisfactions.rbegin()->first +
               "`",
           "sorted entries, each once");
    }
    satisfactions[package] = PackageNames(fields.At("by"), true);
  }
  return satisfactions;
}

// Checks the lists that entries share by aliases.
void CheckPrograms(const YAML::Node& node) {
  for (const YAML::Node& item : List(node, "list of programs")) Words(item);
}

// The rows of a table, and in front of them the needs that they point at.
std::string WritePackages(const std::vector<Package>& packages,
                          std::string_view table,
                          const Satisfactions& satisfactions,
                          WordLists& words) {
  std::string needs;
  std::string rows;
  int count = 0;
  for (const Package& package : packages) {
    std::string name = "{}";
    if (!package.needs.empty()) {
      name = std::string(table) + "Needs" + std::to_string(count++);
      needs += "constexpr AptNeed " + name + "[] = {\n";
      for (const Need& need : package.needs) {
        auto by = satisfactions.find(need.package);
        needs += "    {" + Quote(need.package) + ", " + Quote(need.why) + ", " +
                 words.Name(need.when_used) + ", " +
                 words.Name(need.unless_used) + ", " +
                 (by == satisfactions.end() ? "{}" : words.Name(by->second)) +
                 "},\n";
      }
      needs += "};\n";
    }
    rows += "    {" + Quote(package.name) + ", " + name + ", " +
            Quote(package.keep) + ", " + words.Name(package.when_used) + ", " +
            words.Name(package.unless_named) + "},\n";
  }
  return needs + "constexpr std::array<AptPackage, " +
         std::to_string(packages.size()) + "> " + std::string(table) +
         " = {{\n" + rows + "}};\n";
}

std::string WriteSatisfactions(const Satisfactions& satisfactions,
                               WordLists& words) {
  std::string rows;
  for (const auto& [package, by] : satisfactions) {
    rows += "    {" + Quote(package) + ", " + words.Name(by) + "},\n";
  }
  return "constexpr std::array<AptSatisfaction, " +
         std::to_string(satisfactions.size()) + "> kSatisfactions = {{\n" +
         rows + "}};\n";
}

// Moves the globs out of `packages`, longest first, and sorts what is left.
std::vector<Package> TakeGlobs(std::vector<Package>& packages) {
  std::sort(packages.begin(), packages.end(),
            [](const Package& a, const Package& b) { return a.name < b.name; });
  auto middle = std::stable_partition(
      packages.begin(), packages.end(),
      [](const Package& package) { return !IsGlob(package.name); });
  std::vector<Package> globs(middle, packages.end());
  packages.erase(middle, packages.end());
  std::stable_sort(globs.begin(), globs.end(),
                   [](const Package& a, const Package& b) {
                     return a.name.size() > b.name.size();
                   });
  return globs;
}

std::string GenerateAptPackages(const YAML::Node& root) {
  Fields fields(root, {"programs", "packages", "satisfied_by"});
  CheckPrograms(fields.At("programs"));
  std::vector<Package> packages = ReadPackages(fields.At("packages"));
  std::set<std::string> needed;
  for (const Package& package : packages) {
    for (const Need& need : package.needs) needed.insert(need.package);
    needed.insert(package.unless_named.begin(), package.unless_named.end());
  }
  Satisfactions satisfactions =
      ReadSatisfactions(fields.At("satisfied_by"), needed);
  std::vector<Package> globs = TakeGlobs(packages);

  WordLists words;
  std::string tables = WritePackages(packages, "kExact", satisfactions, words) +
                       WritePackages(globs, "kGlobs", satisfactions, words) +
                       WriteSatisfactions(satisfactions, words);
  return "#include \"src/facts/apt_packages.h\"\n\n"
         "#include <array>\n#include <span>\n#include <string_view>\n\n"
         "namespace dfix {\n\nnamespace {\n\n"
         "using std::string_view_literals::operator\"\"sv;\n\n" +
         words.source() + tables +
         "\n}  // namespace\n\n"
         "std::span<const AptPackage> ExactAptPackages() { return kExact; }\n"
         "std::span<const AptPackage> GlobAptPackages() { return kGlobs; }\n"
         "std::span<const AptSatisfaction> AptSatisfactions() {\n"
         "  return kSatisfactions;\n}\n\n"
         "}  // namespace dfix\n";
}

// ---------------------------------------------------------------------------

struct Table {
  std::string_view name;
  std::string (*generate)(const YAML::Node& root);
};

constexpr Table kTables[] = {
    {"apt-packages", GenerateAptPackages},
};

// Writes beside the output and renames, so that a failure leaves nothing new.
bool WriteFile(const std::string& path, const std::string& text) {
  std::string temporary = path + ".tmp";
  std::error_code error;
  std::ofstream out(temporary, std::ios::binary);
  out << text;
  out.close();
  if (out) std::filesystem::rename(temporary, path, error);
  if (!out || error) {
    std::filesystem::remove(temporary, error);
    std::fprintf(stderr, "%s: cannot be written\n", path.c_str());
    return false;
  }
  return true;
}

int Report(const std::string& path, const YAML::Mark& mark,
           const std::string& what) {
  // yaml-cpp counts from 0, and has -1 where it knows no place.
  std::fprintf(stderr, "%s:%d:%d: %s\n", path.c_str(), mark.line + 1,
               mark.column + 1, what.c_str());
  return 1;
}

int Generate(const Table& table, const std::string& input,
             const std::string& output) {
  std::ifstream in(input, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  if (!in) {
    std::fprintf(stderr, "%s: cannot be read\n", input.c_str());
    return 1;
  }
  std::string source;
  try {
    std::vector<YAML::Node> documents = YAML::LoadAll(text.str());
    if (documents.size() != 1) {
      return Report(input, YAML::Mark(),
                    "not one YAML document (expected one)");
    }
    source = table.generate(documents.front());
  } catch (const Fault& fault) {
    return Report(input, fault.mark, fault.what());
  } catch (const YAML::Exception& error) {
    return Report(input, error.mark, error.msg + " (expected YAML)");
  }
  return WriteFile(output,
                   "// Generated from " +
                       std::filesystem::path(input).filename().string() +
                       "; not to be edited.\n" + source)
             ? 0
             : 1;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    for (const Table& table : kTables) {
      if (argc == 4 && table.name == argv[1]) {
        return Generate(table, argv[2], argv[3]);
      }
    }
  } catch (const std::exception& error) {
    std::fprintf(stderr, "generate_knowledge: %s\n", error.what());
    return 1;
  }
  std::fprintf(stderr,
               "usage: generate_knowledge TABLE INPUT.yaml OUTPUT.cc\n");
  return 2;
}
