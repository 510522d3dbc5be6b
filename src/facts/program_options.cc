#include "src/facts/program_options.h"

#include "src/shell/words.h"
#include "src/text/one_of.h"

namespace dfix {
namespace {

class Reader {
 public:
  Reader(const Document& document, std::span<const NodeId> words,
         const OptionSyntax& syntax)
      : document_(document), words_(words), syntax_(syntax) {}

  std::vector<ProgramOption> Read() && {
    for (; at_ < words_.size(); ++at_) {
      const auto word = ConstantValue(document_, words_[at_]);
      if (!word || word->size() < 2 || word->front() != '-') continue;
      if (*word == "--") break;
      word->starts_with("--") ? ReadLong(*word) : ReadShort(*word);
    }
    return std::move(options_);
  }

 private:
  void ReadLong(const std::string& word) {
    const size_t equals = word.find('=');
    ProgramOption option{word.substr(0, equals), std::nullopt};
    if (equals != std::string::npos) {
      option.argument = word.substr(equals + 1);
    } else if (IsOneOf(option.name, syntax_.long_with_argument)) {
      option.argument = NextWord();
    }
    options_.push_back(std::move(option));
  }

  void ReadShort(const std::string& word) {
    for (size_t i = 1; i < word.size(); ++i) {
      ProgramOption option{std::string("-") + word[i], std::nullopt};
      const bool takes_argument =
          syntax_.short_with_argument.find(word[i]) != std::string_view::npos;
      if (takes_argument) {
        option.argument = i + 1 < word.size() ? word.substr(i + 1) : NextWord();
      }
      options_.push_back(std::move(option));
      if (takes_argument) return;
    }
  }

  std::optional<std::string> NextWord() {
    if (at_ + 1 >= words_.size()) return std::nullopt;
    return ConstantValue(document_, words_[++at_]);
  }

  const Document& document_;
  std::span<const NodeId> words_;
  const OptionSyntax& syntax_;
  std::vector<ProgramOption> options_;
  size_t at_ = 1;
};

}  // namespace

std::vector<ProgramOption> ReadOptions(const Document& document,
                                       std::span<const NodeId> words,
                                       const OptionSyntax& syntax) {
  return Reader(document, words, syntax).Read();
}

}  // namespace dfix
