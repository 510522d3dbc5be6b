#include "src/facts/make_install.h"

#include <algorithm>
#include <map>
#include <utility>

#include "src/context/paths.h"
#include "src/facts/package_command.h"
#include "src/text/one_of.h"
#include "src/text/search.h"

namespace dfix {
namespace {

// Lines that make the rest depend on more than the text.
constexpr std::string_view kDirectives[] = {
    "-include", "define",   "else",     "endif",    "export",
    "ifdef",    "ifeq",     "ifndef",   "ifneq",    "include",
    "override", "sinclude", "undefine", "unexport", "vpath"};

// The most variables that may refer to each other.
constexpr int kDeepest = 8;

std::vector<std::string> SplitAtBlanks(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const size_t begin = text.find_first_not_of(" \t\r");
    if (begin == std::string_view::npos) break;
    text.remove_prefix(begin);
    const size_t end = std::min(text.find_first_of(" \t\r"), text.size());
    words.emplace_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return words;
}

std::string Trimmed(std::string_view text) {
  const size_t begin = text.find_first_not_of(" \t\r");
  if (begin == std::string_view::npos) return "";
  const size_t end = text.find_last_not_of(" \t\r");
  return std::string(text.substr(begin, end - begin + 1));
}

class Reader {
 public:
  Reader(std::string_view folder,
         const std::function<std::optional<std::string>(std::string_view)>&
             variable)
      : folder_(folder), variable_(variable) {}

  MakeInstall Read(std::string_view makefile,
                   const std::vector<std::optional<std::string>>& words) {
    for (size_t i = 1; i < words.size(); ++i) {
      if (!words[i] || *words[i] == "-e" || *words[i] == "--eval") {
        Blame("the words of `make` depend on variables");
        continue;
      }
      const std::string& word = *words[i];
      const size_t equals = word.find('=');
      if (equals == std::string::npos || word.starts_with('-')) continue;
      given_[word.substr(0, equals)] = word.substr(equals + 1);
    }
    ReadLines(makefile);
    if (result_.problem.empty() && !has_rule_) {
      Blame("its Makefile has no rule `install`");
    }
    for (const std::string& line : recipe_) RunLine(line);
    if (result_.problem.empty() && result_.programs.empty()) {
      Blame("what `make install` does is not known");
    }
    return std::move(result_);
  }

 private:
  void Blame(std::string problem) {
    if (result_.problem.empty()) result_.problem = std::move(problem);
  }

  void ReadLines(std::string_view makefile) {
    std::string text(makefile);
    for (size_t at = text.find("\\\n"); at != std::string::npos;
         at = text.find("\\\n", at)) {
      text.replace(at, 2, 1, ' ');
    }
    bool in_rule = false;
    for (size_t at = 0; at < text.size();) {
      const size_t end = std::min(text.find('\n', at), text.size());
      const std::string line = text.substr(at, end - at);
      at = end + 1;
      if (line.starts_with('\t')) {
        if (in_rule) recipe_.push_back(Trimmed(line));
        continue;
      }
      ReadLine(line.substr(0, line.find('#')), in_rule);
    }
  }

  // One that is no part of a recipe.
  void ReadLine(const std::string& line, bool& in_rule) {
    const std::vector<std::string> words = SplitAtBlanks(line);
    if (words.empty()) return;
    if (IsOneOf(words[0], kDirectives)) {
      return Blame("`" + words[0] + "` in its Makefile decides what is made");
    }
    const size_t equals = line.find('=');
    const size_t colon = line.find(':');
    if (equals != std::string::npos && (colon >= equals || colon + 1 == equals))
      return ReadVariable(line, equals);
    if (colon == std::string::npos) return;
    const std::vector<std::string> targets =
        SplitAtBlanks(std::string_view(line).substr(0, colon));
    in_rule =
        std::find(targets.begin(), targets.end(), "install") != targets.end();
    has_rule_ |= in_rule;
    if (in_rule && line.find(';') != std::string::npos) {
      Blame("what `make install` does is not known");
    }
  }

  void ReadVariable(const std::string& line, size_t equals) {
    size_t end = equals;
    while (end > 0 && HasText(":?+!", line.substr(end - 1, 1))) --end;
    const std::string name = Trimmed(line.substr(0, end));
    const std::string sign = line.substr(end, equals - end);
    if (sign == "?" && values_.contains(name)) return;
    if (sign == "?" && variable_(name) != "") {
      values_[name] = variable_(name).value_or("$");
      return;
    }
    values_[name] =
        sign == "+" || sign == "!" ? "$" : Trimmed(line.substr(equals + 1));
  }

  // `text` with its variables replaced; with `$` in it if one is not known.
  std::string Expand(const std::string& text, int depth = 0) const {
    std::string result;
    for (size_t at = 0; at < text.size(); ++at) {
      if (text[at] != '$') {
        result += text[at];
        continue;
      }
      const char open = at + 1 < text.size() ? text[at + 1] : ' ';
      const size_t end = text.find(open == '(' ? ')' : '}', at);
      if ((open != '(' && open != '{') || end == std::string::npos ||
          depth == kDeepest) {
        return "$";
      }
      result += ValueOf(text.substr(at + 2, end - at - 2), depth);
      at = end;
    }
    return result;
  }

  std::string ValueOf(const std::string& name, int depth) const {
    if (const auto given = given_.find(name); given != given_.end()) {
      return given->second;
    }
    if (const auto value = values_.find(name); value != values_.end()) {
      return Expand(value->second, depth + 1);
    }
    if (name == "INSTALL") return "install";
    if (name == "DESTDIR") return variable_(name).value_or("$");
    return "$";
  }

  void RunLine(std::string line) {
    if (line.starts_with('@')) line.erase(0, 1);
    line = Expand(line);
    if (HasText(line, "$") ||
        line.find_first_of(";|<>*?[]`'\"\\(){}!~") != std::string::npos) {
      return Blame("what `make install` does is not known");
    }
    std::vector<std::string> command;
    for (std::string& word : SplitAtBlanks(line)) {
      if (word == "&&") {
        Run(command);
        command.clear();
      } else {
        command.push_back(std::move(word));
      }
    }
    Run(command);
  }

  void Run(const std::vector<std::string>& words) {
    if (words.empty() || words[0] == "echo" || words[0] == "strip") return;
    const std::string& name = words[0];
    if (name != "install" && name != "cp" && name != "mkdir") {
      return Blame("`" + name + "`, which `make install` calls, may do more");
    }
    std::vector<std::string> operands;
    bool makes = name == "mkdir";
    bool whole = false;  // The target is a file for certain.
    for (size_t i = 1; i < words.size(); ++i) {
      const std::string& word = words[i];
      if (!word.starts_with('-')) {
        operands.push_back(word);
        continue;
      }
      const bool takes =
          name == "install" &&
          (word.ends_with('m') || word.ends_with('o') || word.ends_with('g'));
      makes |= name == "install" && word.starts_with("-d");
      whole |= name == "install" && word.starts_with("-D");
      const bool known =
          name == "install"
              ? word.find_first_not_of("-cdDsvpmog01234567") == word.npos
              : word.find_first_not_of("-fpv") == word.npos;
      if (!known) return Blame("what `make install` does is not known");
      if (takes) ++i;
    }
    if (makes) {
      for (const std::string& operand : operands) {
        folders_.push_back(JoinPath(folder_, operand));
      }
      return;
    }
    Install(operands, whole);
  }

  void Install(std::vector<std::string> operands, bool whole) {
    if (operands.size() < 2) {
      return Blame("what `make install` does is not known");
    }
    const std::string target = JoinPath(folder_, operands.back());
    const bool is_folder =
        !whole &&
        (operands.size() > 2 || operands.back().ends_with('/') ||
         IsForPrograms(target) ||
         std::find(folders_.begin(), folders_.end(), target) != folders_.end());
    operands.pop_back();
    for (const std::string& operand : operands) {
      const std::string path =
          is_folder ? JoinPath(target, std::string(Basename(operand))) : target;
      if (!IsForPrograms(ParentPath(path))) {
        return Blame("`make install` makes `" + path +
                     "`, too, which the program may read");
      }
      result_.programs.push_back(path);
    }
  }

  static bool IsForPrograms(std::string_view folder) {
    return Basename(folder) == "bin" || Basename(folder) == "sbin";
  }

  std::string folder_;
  const std::function<std::optional<std::string>(std::string_view)>& variable_;
  std::map<std::string, std::string> given_;
  std::map<std::string, std::string> values_;
  std::vector<std::string> recipe_;
  std::vector<std::string> folders_;
  bool has_rule_ = false;
  MakeInstall result_;
};

}  // namespace

MakeInstall ReadMakeInstall(
    std::string_view makefile, std::string_view folder,
    const std::vector<std::optional<std::string>>& words,
    const std::function<std::optional<std::string>(std::string_view)>&
        variable) {
  return Reader(folder, variable).Read(makefile, words);
}

}  // namespace dfix
