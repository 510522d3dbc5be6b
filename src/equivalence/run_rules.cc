// Rules about RUNs that become one.
#include <algorithm>
#include <cctype>

#include "src/equivalence/calls.h"
#include "src/equivalence/package_lists.h"
#include "src/equivalence/rules.h"
#include "src/equivalence/tables.h"
#include "src/text/search.h"

namespace dfix::equivalence::rules {
namespace {

// What a shell does to itself.
constexpr std::string_view kShellState =
    ". alias bind break builtin cd chdir complete continue declare dirs disown "
    "enable eval exec exit export fc getopts hash let local logout mapfile "
    "popd pushd read readarray readonly return set shift shopt source suspend "
    "trap typeset ulimit umask unalias unset wait";

// An assignment before one of these stays.
constexpr std::string_view kSpecial =
    ". : break continue eval exec exit export readonly return set shift source "
    "times trap unset";

// What may leave a process that would still run.
constexpr std::string_view kDaemons =
    "apachectl atd cron crond daemon dbus-daemon dirmngr dockerd gpg gpg-agent "
    "gpg2 gradle gradlew httpd initctl mongod mysqld mysqld_safe nginx nohup "
    "pg_ctl pg_ctlcluster php-fpm postgres redis-server screen setsid "
    "ssh-agent sshd start-stop-daemon supervisord tmux watchman Xvfb";

// What sets something of the container, which is another one for each RUN.
constexpr std::string_view kContainer =
    "hostname ifconfig ip iptables modprobe mount swapon sysctl umount unshare "
    "usermod groupmod";

// Files that the builder makes anew for each RUN, or reads before it.
constexpr std::string_view kPerRun[] = {"/etc/hosts",    "/etc/resolv.conf",
                                        "/etc/hostname", "/dev/shm",
                                        "/etc/passwd",   "/etc/group"};

constexpr std::string_view kMovers =
    "cp dpkg-divert dpkg-reconfigure install ln mv rm unlink "
    "update-alternatives";
constexpr std::string_view kShellPaths =
    "/bin/ash /bin/bash /bin/dash /bin/sh /usr/bin/bash /usr/bin/dash "
    "/usr/bin/sh dash sh";

// Programs that stay what they are when packages are installed.
constexpr std::string_view kSettled =
    "apk apt apt-get aptitude chmod chown cp cat dnf dpkg grep ln ls microdnf "
    "mkdir mv pacman rm rmdir sed tar tdnf touch yum zypper find test [ echo "
    "printf true cd : false export set";
constexpr std::string_view kInstallers =
    "apk apt apt-get aptitude cargo conda dnf dpkg gem go make microdnf npm "
    "pacman pip pip3 tdnf yarn yum zypper";

// The part of a script before or behind a boundary.
struct Part {
  const List* list;
  uint32_t first;
  uint32_t end;
};

template <typename Visit>
void ForEachOf(const Part& part, Visit visit) {
  for (uint32_t i = part.first; i < part.end; ++i) {
    List one;
    for (const Command& command : part.list->items[i].commands) {
      if (command.kind == NodeKind::kSimpleCommand) visit(command);
      for (const Word& word : command.words) {
        for (const List& list : word.lists) ForEachSimple(list, visit);
      }
      for (const List& list : command.lists) ForEachSimple(list, visit);
    }
  }
}

std::string TextOf(const Part& part) {
  std::string text;
  for (uint32_t i = part.first; i < part.end; ++i) {
    text += Render(part.list->items[i]) + "\n";
    for (const Command& command : part.list->items[i].commands) {
      for (const Redirect& redirect : command.redirections) {
        text += redirect.body;
      }
    }
  }
  return text;
}

// Whether `text` names the file or directory `path`, or what is in it; not one
// of another tree, as in `/chroot/etc/hosts`. What a variable stands for before
// it may be nothing.
bool NamesPath(std::string_view text, std::string_view path) {
  for (size_t at = text.find(path); at != std::string_view::npos;
       at = text.find(path, at + 1)) {
    const size_t begin = text.find_last_of(" \t\n\"'=<>:,;&|()", at) + 1;
    const std::string_view tree = text.substr(begin, at - begin);
    if (tree.empty() || tree.find_first_of("$`*?.~") != tree.npos) return true;
  }
  return false;
}

// What a part of a script does to its shell that the next one would see.
class Leaks {
 public:
  Leaks(const Context& context, std::string second)
      : context_(context), second_(std::move(second)) {}

  // The first leak of `part`, or empty.
  std::string Find(const Part& part, bool skip_first) {
    for (uint32_t i = part.first + (skip_first ? 1 : 0);
         i < part.end && leak_.empty(); ++i) {
      VisitItem(part.list->items[i]);
    }
    return leak_;
  }

 private:
  void VisitItem(const Item& item) {
    if (item.background) return Add("a job in the background");
    // All parts of a pipeline are subshells.
    if (item.commands.size() != 1) return;
    VisitCommand(item.commands[0]);
  }

  void VisitCommand(const Command& command) {
    for (const Redirect& redirect : command.redirections) {
      if (redirect.number.starts_with('{')) Add("a descriptor");
    }
    switch (command.kind) {
      case NodeKind::kSubshell:
        return;
      case NodeKind::kFunction:
        return Add("a function");
      case NodeKind::kCoprocess:
        return Add("a job in the background");
      case NodeKind::kArithmetic:
      case NodeKind::kArithmeticFor:
        if (HasText(command.head, "=") || HasText(command.head, "++") ||
            HasText(command.head, "--")) {
          Add("a variable");
        }
        break;
      case NodeKind::kFor:
      case NodeKind::kSelect: {
        // The head is `for`, `=name`, ...
        const size_t name = command.head.find("\n=") + 2;
        AddVariable(
            command.head.substr(name, command.head.find('\n', name) - name));
        break;
      }
      case NodeKind::kSimpleCommand:
        VisitSimple(command);
        break;
      default:
        break;
    }
    VisitText(command.head);
    for (const List& list : command.lists) {
      for (const Item& item : list.items) VisitItem(item);
    }
  }

  void VisitSimple(const Command& command) {
    for (const Word& word : command.words) {
      if (!word.constant) VisitText(word.text);
    }
    size_t at = 0;
    while (at < command.words.size() &&
           (command.words[at].Is("command") ||
            command.words[at].Is("builtin") ||
            (at > 0 && command.words[at].Is("-p")))) {
      ++at;
    }
    const bool has_name = at < command.words.size();
    const std::string_view name =
        has_name ? std::string_view(command.words[at].text) : "";
    const bool constant = has_name && command.words[at].constant;
    if (!has_name || (constant && HasWord(kSpecial, name))) {
      for (const Word& word : command.assignments) {
        AddVariable(word.text.substr(0, word.text.find_first_of("=+[")));
      }
    }
    if (!has_name) return;
    if (!constant) {
      if (!HasText(name, "/")) Add("whatever `" + Render(command) + "` does");
      return;
    }
    if (HasWord(kShellState, name)) Add("`" + Render(command) + "`");
    if (name == "printf" && at + 1 < command.words.size() &&
        command.words[at + 1].Is("-v")) {
      Add("a variable");
    }
  }

  // Assignments inside of expansions.
  void VisitText(std::string_view text) {
    if (HasText(text, "${") && HasText(text, ":=")) Add("a variable");
    if (HasText(text, "$((") && (HasText(text, "++") || HasText(text, "--") ||
                                 HasText(text, "+=") || HasText(text, "-="))) {
      Add("a variable");
    }
  }

  void AddVariable(const std::string& name) {
    const bool has_lower = std::any_of(
        name.begin(), name.end(), [](char c) { return 'a' <= c && c <= 'z'; });
    const bool exported = !has_lower || name.ends_with("_proxy") ||
                          name.starts_with("npm_") ||
                          context_.variables.contains(name);
    if (exported || IsMentioned(name)) Add("the variable `" + name + "`");
  }

  // Whether the second script names the variable; `-i` is an option.
  bool IsMentioned(const std::string& name) const {
    for (size_t at = second_.find(name); at != std::string::npos;
         at = second_.find(name, at + 1)) {
      const size_t begin = at < 2 ? 0 : at - 2;
      const std::string_view around =
          std::string_view(second_).substr(begin, at - begin + name.size() + 1);
      if (!around.starts_with(" -") && HasName(around, name)) return true;
    }
    return false;
  }

  void Add(const std::string& what) {
    if (leak_.empty()) leak_ = what + " would be seen by what follows";
  }

  const Context& context_;
  std::string second_;
  std::string leak_;
};

// What commands do outside of their shell that lasts for one RUN only.
std::string LastsForOneRun(const Context& context, const Part& first,
                           const Part& second) {
  std::string found;
  bool installs = false;
  std::vector<std::string_view> names;
  ForEachOf(first, [&](const Command& command) {
    const Call call = ReadCall(command);
    if (call.name.empty()) return;
    names.push_back(command.words[call.program].text);
    installs |= HasWord(kInstallers, call.name);
    const bool service =
        HasWord("service invoke-rc.d systemctl rc-service", call.name) &&
        (HasText(Render(command), "start") ||
         HasText(Render(command), "reload"));
    if (HasWord(kDaemons, call.name) || service ||
        command.words[call.program].text.starts_with("/etc/init.d/")) {
      found = "`" + std::string(call.name) + "` may still run";
    }
    if (HasWord(kContainer, call.name)) {
      found = "what `" + std::string(call.name) + "` does lasts for its RUN";
    }
    if (HasWord(kMovers, call.name)) {
      for (const Word& word : command.words) {
        if (HasWord(kShellPaths, word.text)) {
          found = "the shell may be another one";
        }
        std::string path = word.text;
        while (path.size() > 1 && path.back() == '/') path.pop_back();
        const bool removes = call.name == "rm" || call.name == "mv";
        if (removes &&
            (path == "." || path.starts_with("..") ||
             (path.starts_with('/') && IsInside(context.workdir, path)))) {
          found = "the working directory may be gone";
        }
      }
    }
  });
  const std::string text = TextOf(first);
  for (const std::string_view path : kPerRun) {
    if (NamesPath(text, path)) {
      found = "`" + std::string(path) + "` is another one for each RUN";
    }
  }
  for (const std::string& word : context.shell) {
    const bool is_short = word.size() > 1 && word[0] == '-' && word[1] != '-';
    if (word == "--login" || word.starts_with("--rcfile") ||
        word.starts_with("--init-file") ||
        (is_short && word.find_first_of("li") != std::string::npos)) {
      found = "the shell reads its start-up files for each RUN";
    }
  }
  if (context.variables.contains("BASH_ENV") ||
      context.variables.contains("ENV")) {
    found = "the shell reads a file for each RUN";
  }
  if (!found.empty() || !installs) return found;
  ForEachOf(second, [&](const Command& command) {
    if (command.words.empty() || !command.words[0].constant) return;
    const std::string& name = command.words[0].text;
    if (HasText(name, "/") || HasWord(kSettled, name)) return;
    if (std::find(names.begin(), names.end(), name) != names.end()) {
      found = "the shell remembers where `" + name + "` was";
    }
  });
  return found;
}

bool MaySetErrexit(const List& list) {
  bool may = false;
  ForEachSimple(list, [&](const Command& command) {
    if (command.words.empty()) return;
    constexpr std::string_view kSetters =
        "set eval . source shopt command builtin";
    const Word& name = command.words[0];
    may |=
        name.constant ? HasWord(kSetters, name.text) : !HasText(name.text, "/");
  });
  return may;
}

bool ShellHasErrexit(const Context& context) {
  return std::any_of(
      context.shell.begin(), context.shell.end(), [](const std::string& word) {
        return word == "errexit" || (word.size() > 1 && word[0] == '-' &&
                                     word[1] != '-' && HasText(word, "e"));
      });
}

// What follows the boundary runs just if all before it succeeded.
std::string WhyNotChained(const Comparison& c, const Difference& d) {
  const Frame& frame = d.after.frames[0];
  const std::vector<Item>& items = frame.list->items;
  for (uint32_t i = frame.item; i < items.size(); ++i) {
    if (items[i].join != Join::kAnd) {
      return "`;` or `||` behind it acts on what is before, too";
    }
  }
  const bool errexit = ShellHasErrexit(c.after.ContextOf(*d.after.step)) ||
                       MaySetErrexit(*frame.list);
  if (!errexit) return "";
  const auto [first, end] = AndOrAround(*frame.list, frame.item);
  for (uint32_t i = first; i + 1 < end; ++i) {
    for (const Command& command : items[i].commands) {
      if (FeelsErrexit(command)) {
        return "`set -e` does not act inside a list of `&&`";
      }
    }
  }
  return "";
}

// Whether the statement before `item` is one command whose failure `set -e`
// sees.
bool EndsByErrexit(const List& list, uint32_t item) {
  const Item& last = list.items[item - 1];
  const bool alone = last.join == Join::kNext || last.join == Join::kFirst;
  const bool simple = std::all_of(
      last.commands.begin(), last.commands.end(), [](const Command& command) {
        return command.kind == NodeKind::kSimpleCommand;
      });
  return alone && !last.negated && !last.background && simple;
}

// Whether `a && b` is the same as `a; b` under `set -e`.
bool IsFlatChain(const List& list) {
  return std::all_of(
      list.items.begin(), list.items.end(), [](const Item& item) {
        return (item.join == Join::kFirst || item.join == Join::kAnd) &&
               !item.negated && !item.background &&
               std::none_of(item.commands.begin(), item.commands.end(),
                            FeelsErrexit);
      });
}

// Whether `set -e` makes no difference for `list` as the end of a script.
bool IsOneList(const List& list) {
  return std::all_of(list.items.begin(), list.items.end(),
                     [](const Item& item) {
                       return item.join != Join::kNext && !item.background &&
                              std::none_of(item.commands.begin(),
                                           item.commands.end(), FeelsErrexit);
                     });
}

// Whether what a shell writes to standard error may end up in a file.
bool LogsToFile(std::string_view text) {
  return HasText(text, "2>") || HasText(text, "&>");
}

// Whether the options that `set` turns on change what `list`, a flat chain,
// does.
bool OptionsMatter(const Command& set, const List& list) {
  const std::string text = Render(list);
  for (size_t i = 1; i < set.words.size(); ++i) {
    const Word& word = set.words[i];
    if (!word.constant || !word.text.starts_with('-')) return true;
    for (const char c : word.text.substr(1)) {
      if (c == 'u' && HasText(text, "$")) return true;
      if ((c == 'x' || c == 'v') && LogsToFile(text)) return true;
      if (c != 'o') {
        if (c != 'e' && c != 'x' && c != 'v' && c != 'u') return true;
        continue;
      }
      if (++i >= set.words.size()) return true;
      const std::string& name = set.words[i].text;
      if (name == "nounset" && HasText(text, "$")) return true;
      if ((name == "xtrace" || name == "verbose") && LogsToFile(text)) {
        return true;
      }
      if (name == "pipefail" && HasText(text, "|")) return true;
      if (!HasWord("errexit nounset pipefail xtrace verbose", name)) {
        return true;
      }
    }
  }
  return false;
}

// The `set` that a list begins with; null if there is none.
const Command* LeadingSet(const List& list) {
  const Command* first =
      list.items.empty() ? nullptr : OnlySimple(list.items[0]);
  const bool is_set = first != nullptr && !first->words.empty() &&
                      first->words[0].Is("set") && first->assignments.empty() &&
                      first->redirections.empty();
  return is_set ? first : nullptr;
}

// `set -e` ends the script where what is before the boundary fails.
std::string WhyNotSequence(const Comparison& c, const Difference& d) {
  const Frame& frame = d.after.frames[0];
  const Place place{d.after.step, {frame}};
  if (ErrexitAt(c.after, place) != Errexit::kOn) {
    return "`;` goes on after a failure of what is before";
  }
  if (!EndsByErrexit(*frame.list, frame.item)) {
    return "`set -e` does not end the script where what is before fails";
  }
  for (const Difference& other : c.differences) {
    if (other.kind == DifferenceKind::kCommandRemoved &&
        other.before.step == d.before.step) {
      return "";
    }
  }
  const Command* set = LeadingSet(*frame.list);
  const List& second = *c.before.ScriptOf(*d.before.step);
  // SHELL says so for both.
  if (set == nullptr && ShellHasErrexit(c.after.ContextOf(*d.after.step)) &&
      !MaySetErrexit(*frame.list)) {
    return "";
  }
  const bool ends =
      frame.item + second.items.size() == frame.list->items.size();
  const bool kept = IsFlatChain(second) || (ends && IsOneList(second));
  if (set == nullptr || !kept || OptionsMatter(*set, second)) {
    return "the second had no `set -e` of its own";
  }
  return "";
}

}  // namespace

std::string WhyNotApart(const Context& context, const List& list,
                        uint32_t begin, uint32_t end) {
  const Part first{&list, begin, end};
  const Part second{&list, end, static_cast<uint32_t>(list.items.size())};
  if (ShellHasErrexit(context) || MaySetErrexit(list)) {
    for (const Command& command : list.items[end - 1].commands) {
      if (FeelsErrexit(command)) {
        return "`set -e` does not act inside a list of `&&`";
      }
    }
  }
  const std::string why = Leaks(context, TextOf(second)).Find(first, false);
  // A new shell looks for programs anew.
  const Part nothing{&list, end, end};
  return why.empty() ? LastsForOneRun(context, first, nothing) : why;
}

std::string MergedRuns(const Comparison& c, const Difference& d) {
  const Frame& frame = d.after.frames[0];
  const Context& context = c.after.ContextOf(*d.after.step);
  const Part first{frame.list, 0, frame.item};
  const Part second{frame.list, frame.item,
                    static_cast<uint32_t>(frame.list->items.size())};
  if (frame.item == 0) return "";
  for (const Item& item : frame.list->items) {
    if (item.background) return "a job in the background outlives its RUN";
  }
  const Join join = frame.list->items[frame.item].join;
  std::string why;
  if (join == Join::kAnd) {
    why = WhyNotChained(c, d);
  } else if (join == Join::kNext) {
    why = WhyNotSequence(c, d);
  } else {
    why = "`||` runs it only after a failure";
  }
  if (!why.empty()) return why;
  const std::string text = TextOf(second);
  for (const std::string_view name :
       {"{_}", "{!}", "PIPESTATUS", "OLDPWD", "RANDOM", "SECONDS", "LINENO"}) {
    if (HasText(text, name)) return "it asks what the shell did before";
  }
  const Command* set = LeadingSet(*frame.list);
  const List& old = *c.before.ScriptOf(*d.before.step);
  const Command* second_set = LeadingSet(old);
  const bool skip_set =
      set != nullptr && (join == Join::kNext ||
                         (second_set != nullptr ? second_set->hash == set->hash
                                                : !OptionsMatter(*set, old)));
  why = Leaks(context, text).Find(first, skip_set);
  if (!why.empty()) return why;
  return LastsForOneRun(context, first, second);
}

std::string HoistedSet(const Comparison& c, const Difference& d) {
  const List& list = *d.after.frame().list;
  if (d.after.frames.size() != 1 || d.after.frame().item != 0 ||
      LeadingSet(list) == nullptr || list.items.size() < 2 ||
      list.items[1].join != Join::kNext) {
    return "it is no `set` at the begin";
  }
  const Command& set = list.items[0].commands[0];
  uint32_t end = kNone;  // The RUN that had it.
  uint32_t begin = kNone;
  for (const Difference& other : c.differences) {
    if (other.kind == DifferenceKind::kCommandRemoved &&
        other.before.frames.size() == 1 && other.before.frame().item == 0 &&
        other.before.item().hash == list.items[0].hash && end == kNone &&
        other.before.step->stage == d.after.step->stage) {
      end = c.before.IndexOf(*other.before.step);
    }
    if (other.kind == DifferenceKind::kRunsMerged &&
        other.after.step == d.after.step) {
      begin = std::min(begin, c.before.IndexOf(*other.before.step) - 1);
    }
  }
  if (end == kNone || begin >= end) return "no RUN that is merged had it";
  for (uint32_t i = begin; i < end; ++i) {
    const List* script = c.before.ScriptOf(c.before.steps()[i]);
    if (script == nullptr || !IsFlatChain(*script) ||
        OptionsMatter(set, *script)) {
      return "it changes what `" + DescribeStep(c.before, c.before.steps()[i]) +
             "` does";
    }
  }
  return "";
}

std::string SplitChain(const Comparison& c, const Difference& d) {
  if (d.before.frames.size() != 1 || d.after.frames.size() != 1 ||
      d.before.item().join != Join::kAnd ||
      d.after.item().join != Join::kNext) {
    return "`;` and `&&` do not do the same";
  }
  const bool merged = std::any_of(
      c.differences.begin(), c.differences.end(), [&](const Difference& other) {
        return other.kind == DifferenceKind::kRunsMerged &&
               other.after.step == d.after.step;
      });
  const Frame& frame = d.after.frame();
  if (!merged || ErrexitAt(c.after, d.after) != Errexit::kOn ||
      !EndsByErrexit(*frame.list, frame.item) ||
      !IsFlatChain(*d.before.frame().list)) {
    return "`set -e` does not do what `&&` did";
  }
  return "";
}

std::string DroppedSet(const Comparison& c, const Difference& d) {
  const List& list = *d.before.frame().list;
  if (d.before.frames.size() != 1 || d.before.frame().item != 0 ||
      LeadingSet(list) == nullptr) {
    return "a command is gone";
  }
  for (const Word& word : list.items[0].commands[0].words) {
    if (!word.constant) return "its options are not constant";
  }
  const std::vector<Item>& items = list.items;
  if (items.size() < 2 || items[1].join == Join::kOr) {
    return "it is no statement of its own";
  }
  for (const Difference& other : c.differences) {
    if (other.kind != DifferenceKind::kRunsMerged ||
        other.before.step != d.before.step) {
      continue;
    }
    const List& merged = *other.after.frames[0].list;
    const bool same = merged.items[0].hash == d.before.item().hash &&
                      merged.items.size() > 1 &&
                      merged.items[1].join == items[1].join;
    return same ? "" : "the merged RUN does not begin with the same one";
  }
  return "its RUN is not merged";
}

}  // namespace dfix::equivalence::rules
