#include "src/config/checked_yaml.h"

#include <algorithm>
#include <utility>

namespace dfix {

void Fail(const YAML::Node& node, const std::string& what,
          const std::string& expected) {
  throw Fault(node.Mark(), what + " (expected " + expected + ")");
}

std::string Text(const YAML::Node& node, std::string_view what) {
  if (!node.IsScalar() || node.Scalar().empty()) {
    Fail(node, "bad " + std::string(what), "a text");
  }
  return node.Scalar();
}

Fields::Fields(const YAML::Node& node, const std::vector<std::string>& allowed)
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

const YAML::Node& Fields::At(const std::string& key) const {
  auto found = fields_.find(key);
  if (found == fields_.end()) {
    Fail(node_, "field `" + key + "` is missing", "it");
  }
  return found->second;
}

const YAML::Node& List(const YAML::Node& node, std::string_view what) {
  if (!node.IsSequence() || node.size() == 0) {
    Fail(node, "bad " + std::string(what), "a list that is not empty");
  }
  return node;
}

namespace {

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

}  // namespace

std::vector<std::string> Words(const YAML::Node& node) {
  std::vector<std::string> words;
  AppendWords(node, words);
  std::sort(words.begin(), words.end());
  return words;
}

}  // namespace dfix
