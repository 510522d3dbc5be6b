#include "src/config/runtime_image_reader.h"

#include <algorithm>
#include <iterator>
#include <regex>
#include <string>
#include <utility>
#include <vector>

#include "src/config/checked_yaml.h"

namespace dfix {
namespace {

constexpr std::string_view kFields[] = {"builder", "tags",   "needs", "image",
                                        "family",  "oldest", "has",   "sets"};
constexpr std::string_view kPattern = "tag";

// The place among `names` of the name that `node` is.
template <typename Names>
std::ptrdiff_t Choice(const YAML::Node& node, const Names& names) {
  const std::string name = Text(node, "name");
  const auto found = std::find(std::begin(names), std::end(names), name);
  if (found != std::end(names)) return found - std::begin(names);
  std::string all;
  for (const auto& each : names) {
    all += (all.empty() ? "" : ", ") + std::string(each);
  }
  Fail(node, "unknown name `" + name + "`", all);
}

// A reference to an image as FROM takes it, with places to fill in.
std::string Reference(const YAML::Node& node) {
  std::string text = Text(node, "`image`");
  std::string plain = text;
  for (const std::string_view place :
       {"{image}", "{release}", "{number}", "{version}", "{registry}", "{1}",
        "{2}"}) {
    if (const size_t at = plain.find(place); at != std::string::npos) {
      plain.replace(at, place.size(), "1");
    }
  }
  const bool good = std::all_of(plain.begin(), plain.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
           (c >= 'a' && c <= 'z') ||
           std::string_view("-_./:@").find(c) != std::string_view::npos;
  });
  if (!good || plain.starts_with('-')) {
    Fail(node, "bad image `" + text + "`",
         "a reference, in which {image}, {release}, {number}, {version} and "
         "{registry} may stand once");
  }
  return text;
}

std::string Pattern(const YAML::Node& node) {
  const std::string pattern = Text(node, "`tag`");
  try {
    const std::regex compiled(pattern);
  } catch (const std::regex_error& error) {
    Fail(node, "bad pattern `" + pattern + "`", error.what());
  }
  return pattern;
}

// The words of a list that need not be there.
std::span<const std::string_view> KeptWords(const Fields& fields,
                                            const char* key,
                                            RuntimeEntryTable& table) {
  std::vector<std::string_view> words;
  if (!fields.Has(key)) return {};
  for (std::string& word : Words(fields.At(key))) {
    words.push_back(table.Keep(std::move(word)));
  }
  return table.Keep(std::move(words));
}

void AddEntry(const YAML::Node& item, const RuntimeImageNames& names,
              RuntimeEntryTable& table) {
  std::vector<std::string> allowed(std::begin(kFields), std::end(kFields));
  if (names.has_patterns) allowed.emplace_back(kPattern);
  const Fields fields(item, allowed);
  RuntimeEntry row = {};
  row.needs =
      static_cast<RuntimeNeed>(Choice(fields.At("needs"), kRuntimeNeedNames));
  row.image = table.Keep(Reference(fields.At("image")));
  const auto name = [&](const char* key, const std::vector<std::string>& all) {
    if (!fields.Has(key)) return std::string_view();
    const std::ptrdiff_t at = Choice(fields.At(key), all);
    return table.Keep(all[static_cast<size_t>(at)]);
  };
  row.family = name("family", names.families);
  row.oldest = name("oldest", names.releases);
  row.tags = KeptWords(fields, "tags", table);
  row.has = KeptWords(fields, "has", table);
  row.sets = KeptWords(fields, "sets", table);
  if (fields.Has(std::string(kPattern))) {
    row.tag = table.Keep(Pattern(fields.At(std::string(kPattern))));
  }
  const YAML::Node& builder = fields.At("builder");
  std::vector<std::string> builders;
  if (builder.IsSequence()) {
    builders = Words(builder);
  } else {
    builders = {Text(builder, "`builder`")};
  }
  for (std::string& each : builders) {
    row.builder = table.Keep(std::move(each));
    table.Add(row);
  }
}

}  // namespace

std::span<const std::string_view> RuntimeImageFields() { return kFields; }

RuntimeEntryTable ReadRuntimeImages(const YAML::Node& list,
                                    const RuntimeImageNames& names) {
  RuntimeEntryTable table;
  for (const YAML::Node& item : List(list, "list of run-time images")) {
    AddEntry(item, names, table);
  }
  return table;
}

}  // namespace dfix
