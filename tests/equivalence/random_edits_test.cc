// Random Dockerfiles, written twice in random layouts: the check finds them
// equal. With one small edit of what they say, it finds them different.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "src/dockerfile/parser.h"
#include "src/equivalence/equivalence.h"
#include "tests/random.h"

namespace dfix {
namespace {

// A word of a script: a value, or shell text that is no constant.
struct Text {
  std::string value;
  bool is_raw = false;
  friend bool operator==(const Text&, const Text&) = default;
};

// A command of a script, and what joins it to the one before.
struct Call {
  std::string join;
  std::vector<Text> words;
  friend bool operator==(const Call&, const Call&) = default;
};

// An instruction: a script behind `head`, or words.
struct Line {
  std::string keyword;
  std::vector<std::string> words;
  std::vector<Call> script;
  friend bool operator==(const Line&, const Line&) = default;
};

using Model = std::vector<Line>;

template <typename T>
const T& OneOf(Random& random, const std::vector<T>& choices) {
  return choices[random.Below(static_cast<uint32_t>(choices.size()))];
}

std::string RandomName(Random& random) {
  static const std::vector<std::string> names = {
      "curl",     "make",          "app", "x",       "lib",
      "/srv/app", "--prefix=/usr", "-y",  "install", "12"};
  return OneOf(random, names);
}

Text RandomWord(Random& random) {
  switch (random.Below(6)) {
    case 0:
      return {OneOf<std::string>(
                  random, {"$HOME", "\"$x\"", "*.c", "~", "$(ls)", "${y:-z}"}),
              true};
    case 1:
      return {OneOf<std::string>(
                  random, {"a b", "it's", "x;y", "1 & 2", "#no", "a\"b", "*"}),
              false};
    default:
      return {RandomName(random), false};
  }
}

std::vector<Call> RandomScript(Random& random) {
  std::vector<Call> script;
  const uint32_t count = 1 + random.Below(4);
  for (uint32_t i = 0; i < count; ++i) {
    Call call;
    if (i > 0)
      call.join = OneOf<std::string>(random, {"&&", "&&", ";", "||", "|"});
    call.words.push_back({"tool" + std::to_string(random.Below(5)), false});
    const uint32_t words = random.Below(4);
    for (uint32_t w = 0; w < words; ++w) {
      call.words.push_back(RandomWord(random));
    }
    script.push_back(call);
  }
  return script;
}

Line RandomLine(Random& random) {
  const std::string n = std::to_string(random.Below(50));
  switch (random.Below(12)) {
    case 0:
      return {"ENV", {"K" + n + "=v" + std::to_string(random.Below(9))}, {}};
    case 1:
      return {"ARG", {"A" + n + "=" + n}, {}};
    case 2:
      return {"COPY", {"src" + n, "/dst" + n + "/"}, {}};
    case 3:
      return {"WORKDIR", {"/w" + n}, {}};
    case 4:
      return {"USER", {"u" + n}, {}};
    case 5:
      return {"LABEL", {"l" + n + "=" + n}, {}};
    case 6:
      return {"EXPOSE", {"80" + n}, {}};
    default:
      return {"RUN", {}, RandomScript(random)};
  }
}

Model RandomModel(Random& random) {
  Model model = {{"FROM", {"debian:12", "AS", "one"}, {}}};
  const uint32_t lines = 3 + random.Below(8);
  for (uint32_t i = 0; i < lines; ++i) {
    if (i == lines / 2 && random.Below(3) == 0) {
      model.push_back({"FROM", {random.Below(2) == 0 ? "one" : "alpine"}, {}});
    }
    model.push_back(RandomLine(random));
  }
  model.push_back(random.Below(2) == 0
                      ? Line{"CMD", {}, {{"", {{"serve", false}}}}}
                      : Line{"ENTRYPOINT", {}, RandomScript(random)});
  return model;
}

// Writes a model in one of the many ways that mean it.
class Writer {
 public:
  explicit Writer(Random& random) : random_(random) {}

  std::string Write(const Model& model) {
    for (const Line& line : model) WriteLine(line);
    return std::move(out_);
  }

 private:
  void WriteLine(const Line& line) {
    if (random_.Below(4) == 0) out_ += "# about this\n";
    if (random_.Below(4) == 0) out_ += "\n";
    std::string keyword = line.keyword;
    if (random_.Below(4) == 0) {
      for (char& c : keyword) c = static_cast<char>(c | 0x20);
    }
    out_ += keyword;
    for (const std::string& word : line.words) {
      Blank();
      const size_t equals = word.find('=');
      const bool pair = equals != std::string::npos && keyword.size() > 2 &&
                        line.keyword != "ARG";
      if (pair && random_.Below(2) == 0) {
        out_ +=
            word.substr(0, equals + 1) + '"' + word.substr(equals + 1) + '"';
      } else {
        out_ += word;
      }
    }
    for (const Call& call : line.script) {
      Blank();
      if (!call.join.empty()) {
        out_ += call.join;
        Blank();
      }
      for (size_t i = 0; i < call.words.size(); ++i) {
        if (i > 0) Blank();
        WriteWord(call.words[i]);
      }
    }
    out_ += '\n';
  }

  void Blank() {
    switch (random_.Below(6)) {
      case 0:
        out_ += " \\\n    ";
        return;
      case 1:
        out_ += " \\\n  # why\n\t";
        return;
      case 2:
        out_ += "  ";
        return;
      default:
        out_ += ' ';
        return;
    }
  }

  void WriteWord(const Text& word) {
    if (word.is_raw) {
      out_ += word.value;
      return;
    }
    constexpr std::string_view kPlain =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./=";
    const bool plain =
        word.value.find_first_not_of(kPlain) == std::string::npos;
    switch (random_.Below(plain ? 6 : 3)) {
      case 0:
        out_ += '\'';
        for (const char c : word.value) {
          c == '\'' ? out_ += "'\\''" : out_ += c;
        }
        out_ += '\'';
        return;
      case 1:
        out_ += '"';
        for (const char c : word.value) {
          if (c == '"') out_ += '\\';
          out_ += c;
        }
        out_ += '"';
        return;
      case 2:
        for (const char c : word.value) {
          if (kPlain.find(c) == std::string_view::npos) out_ += '\\';
          out_ += c;
        }
        return;
      default:
        out_ += word.value;
        return;
    }
  }

  Random& random_;
  std::string out_;
};

// Changes what a script says; false if it cannot.
bool EditScript(Random& random, std::vector<Call>& script) {
  Call& call = script[random.Below(static_cast<uint32_t>(script.size()))];
  switch (random.Below(5)) {
    case 0:  // Drop a word.
      if (call.words.size() < 2) return false;
      call.words.pop_back();
      return true;
    case 1:  // Change one.
      call.words.back() = {"other", false};
      return true;
    case 2:  // Add a flag.
      call.words.push_back({"--force", false});
      return true;
    case 3:  // Join in another way.
      if (call.join.empty()) return false;
      call.join = call.join == "&&" ? ";" : "&&";
      return true;
    default:  // Swap two commands.
      if (script.size() < 2) return false;
      std::swap(script[0].words, script[1].words);
      return true;
  }
}

// Makes one small edit that changes what is built; false if it did not.
bool Edit(Random& random, Model& model) {
  const Model before = model;
  const auto last = static_cast<uint32_t>(model.size()) - 1;
  const uint32_t i = 1 + random.Below(last);
  switch (random.Below(5)) {
    case 0:  // Swap two steps.
      if (i == last) return false;
      std::swap(model[i], model[i + 1]);
      break;
    case 1:  // Lose one.
      if (model[i].keyword == "FROM") return false;
      model.erase(model.begin() + i);
      break;
    case 2:  // Move one further away.
      if (i + 2 > last) return false;
      model.insert(model.begin() + i + 3, model[i]);
      model.erase(model.begin() + i);
      break;
    case 3:  // Change a word.
      if (model[i].words.empty() || model[i].keyword == "FROM") return false;
      model[i].words.back() += "9";
      break;
    default:
      if (model[i].script.empty() || !EditScript(random, model[i].script)) {
        return false;
      }
      break;
  }
  return model != before;
}

constexpr uint32_t kRounds = 2000;

TEST(RandomEdits, LayoutDoesNotMatter) {
  for (uint32_t seed = 0; seed < kRounds; ++seed) {
    Random random(seed);
    const Model model = RandomModel(random);
    const std::string one = Writer(random).Write(model);
    const std::string other = Writer(random).Write(model);
    const Document before = ParseDockerfile(one);
    const Document after = ParseDockerfile(other);
    ASSERT_FALSE(before.HasFatalError()) << one;
    ASSERT_EQ(FindUnexplained(before, after, {}), "") << seed << "\n"
                                                      << one << "---\n"
                                                      << other;
  }
}

TEST(RandomEdits, SmallEditsAreFound) {
  uint32_t edits = 0;
  for (uint32_t seed = 0; seed < 2 * kRounds; ++seed) {
    Random random(seed);
    Model model = RandomModel(random);
    const std::string one = Writer(random).Write(model);
    if (!Edit(random, model)) continue;
    const std::string other = Writer(random).Write(model);
    const Document before = ParseDockerfile(one);
    const Document after = ParseDockerfile(other);
    if (after.HasFatalError()) continue;
    ++edits;
    ASSERT_NE(FindUnexplained(before, after, {}), "") << seed << "\n"
                                                      << one << "---\n"
                                                      << other;
  }
  EXPECT_GT(edits, kRounds);
}

}  // namespace
}  // namespace dfix
