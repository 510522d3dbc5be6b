// Rules about who runs what, and whom files belong to.
#include <algorithm>

#include "src/dockerfile/characters.h"
#include "src/equivalence/calls.h"
#include "src/equivalence/package_lists.h"
#include "src/equivalence/rules.h"
#include "src/equivalence/tables.h"
#include "src/text/search.h"

namespace dfix::equivalence::rules {
namespace {

// `a:b` without `:b`.
std::string_view UserPart(std::string_view owner) {
  return owner.substr(0, owner.find(':'));
}

bool IsRootName(std::string_view user) {
  const std::string_view name = UserPart(user);
  return name.empty() || name == "root" || name == "0";
}

// A call that makes a user, a group, or makes sure of it.
bool MakesUser(const Call& call) {
  return HasWord("useradd adduser", call.name);
}

// Why a call that makes a user or a group is not of the usual form.
std::string WhyOddMaker(const Call& call) {
  constexpr std::string_view kWithArgument =
      "--gid -g --uid -u -G --home-dir -h --shell -s";
  constexpr std::string_view kAlone =
      "--system -S -D -H -r -m -M --create-home --no-create-home --no-log-init "
      "-l";
  const std::vector<Word>& words = call.command->words;
  size_t operands = 0;
  for (size_t i = call.program + 1; i < words.size(); ++i) {
    if (!words[i].constant) return "its words are not constant";
    const std::string& text = words[i].text;
    if (HasWord(kWithArgument, text)) {
      if (++i >= words.size() || words[i].text.starts_with('-')) {
        return "`" + text + "` has no argument";
      }
      const std::string& value = words[i].text;
      const bool path = HasWord("--home-dir -h --shell -s", text);
      const bool number = HasWord("--uid -u", text);
      if (path != value.starts_with('/') || (number && !IsNumber(value))) {
        return "`" + value + "` is no argument of `" + text + "`";
      }
    } else if (!HasWord(kAlone, text)) {
      if (text.starts_with('-') || IsNumber(text) || text.starts_with('/')) {
        return "`" + text + "` is no name";
      }
      ++operands;
    }
  }
  return operands == 1 && words.back().text[0] != '/' ? "" : "it names no one";
}

// The user that a call makes: its last word.
std::string_view MadeUser(const Call& call) {
  const Word& last = call.command->words.back();
  return last.constant ? std::string_view(last.text) : "";
}

// The number that a call gives the user that it makes, or empty.
std::string_view NumberOf(const Call& call) {
  const std::vector<Word>& words = call.command->words;
  for (size_t i = 0; i + 1 < words.size(); ++i) {
    if (words[i].Is("--uid") || words[i].Is("-u")) return words[i + 1].text;
  }
  return "";
}

// Calls `visit(const Call&)` for each call that makes a user in the stages that
// `stage` is made of.
template <typename Visit>
void ForEachMaker(const Trace& trace, uint32_t stage, Visit visit) {
  for (; stage != kNone; stage = trace.stages()[stage].parent) {
    for (uint32_t i = trace.stages()[stage].first;
         i < trace.stages()[stage].end; ++i) {
      const Step& step = trace.steps()[i];
      const List* script = trace.ScriptOf(step);
      if (step.kind != InstructionKind::kRun || script == nullptr) continue;
      ForEachSimple(*script, [&](const Command& command) {
        const Call call = ReadCall(command);
        if (MakesUser(call)) visit(call);
      });
    }
  }
}

// The entry for `user` of the image that the stage and its bases begin with, or
// null.
const ShippedUser* ShippedAs(const Trace& trace, uint32_t stage,
                             std::string_view user) {
  while (trace.stages()[stage].parent != kNone) {
    stage = trace.stages()[stage].parent;
  }
  const std::string base = AsciiLower(trace.stages()[stage].image);
  for (const ShippedUser& shipped : ShippedUsers()) {
    if (shipped.user == user && HasText(base, shipped.image) &&
        HasText(base, shipped.tag)) {
      return &shipped;
    }
  }
  return nullptr;
}

// Whether the stage makes `user`, or some step of the file was the user's, or
// the base image brings it.
bool IsKnownUser(const Comparison& c, const Trace& trace, uint32_t stage,
                 std::string_view user) {
  const std::string_view name = UserPart(user);
  if (IsNumber(name)) return true;
  bool known = ShippedAs(trace, stage, name) != nullptr;
  ForEachMaker(trace, stage,
               [&](const Call& call) { known |= MadeUser(call) == name; });
  for (const Step& step : c.before.steps()) {
    known |= step.kind == InstructionKind::kUser && !step.arguments.empty() &&
             UserPart(step.arguments[0]) == name;
  }
  return known;
}

// Whether `owner` is who `user` is: by name, or by a number that the stage
// gives it.
bool IsOwner(const Trace& trace, uint32_t stage, std::string_view owner,
             std::string_view user) {
  const std::string_view name = UserPart(owner);
  if (name == UserPart(user)) return true;
  const ShippedUser* shipped = ShippedAs(trace, stage, UserPart(user));
  bool same = shipped != nullptr && !name.empty() && shipped->number == name;
  ForEachMaker(trace, stage, [&](const Call& call) {
    same |= (MadeUser(call) == UserPart(user) && NumberOf(call) == name) ||
            (MadeUser(call) == name && NumberOf(call) == UserPart(user));
  });
  return same;
}

// The user at the end of the stage.
const std::string& LastUser(const Trace& trace, const Step& step) {
  return trace.FinalContext(trace.stages()[step.stage]).user;
}

// Whether a directory may be given to a user that runs one program, which
// starts in `workdir`.
bool MayBeGiven(std::string_view path, std::string_view workdir) {
  constexpr std::string_view kSystem =
      "/bin /boot /dev /etc /home /lib /lib64 /opt /proc /root /run /sbin /srv "
      "/sys /tmp /usr /usr/bin /usr/lib /usr/lib64 /usr/libexec /usr/local "
      "/usr/local/bin /usr/local/lib /usr/local/sbin /usr/sbin /usr/share /var "
      "/var/lib";
  while (path.size() > 1 && path.back() == '/') path.remove_suffix(1);
  if (!path.starts_with('/') || path == "/" || HasWord(kSystem, path) ||
      path.find("..") != std::string_view::npos) {
    return false;
  }
  for (const std::string_view directory :
       {"/bin", "/dev", "/etc", "/lib", "/proc", "/sbin", "/sys"}) {
    if (IsInside(path, directory)) return false;
  }
  // Others than the program's own may be programs.
  const bool is_program =
      IsInside(path, "/usr/bin") || IsInside(path, "/usr/sbin");
  while (workdir.size() > 1 && workdir.back() == '/') workdir.remove_suffix(1);
  return !is_program || path == workdir;
}

// Why a call of `chown` or `mkdir` is not what gives a user its directories.
std::string WhyNoGift(const Trace& trace, const Step& step, const Call& call) {
  const std::vector<Word>& words = call.command->words;
  const bool is_chown = call.name == "chown";
  if (call.verb == 0) return "it names nothing";
  if (!is_chown && call.options.empty()) {
    return "the directory may be there already";
  }
  for (const size_t option : call.options) {
    if (is_chown || !words[option].Is("-p")) return "it has other options";
  }
  std::vector<size_t> paths = call.operands;
  if (is_chown) {
    const std::string& user = LastUser(trace, step);
    if (!IsOwner(trace, step.stage, call.verb_name, user)) {
      return "`" + std::string(call.verb_name) + "` is not who runs at the end";
    }
  } else {
    paths.insert(paths.begin(), call.verb);
  }
  const std::string& workdir = trace.ContextOf(step).workdir;
  for (const size_t i : paths) {
    const bool absolute = words[i].text.starts_with('/');
    const std::string path =
        absolute ? words[i].text : workdir + "/" + words[i].text;
    if (!words[i].constant || !MayBeGiven(path, workdir)) {
      return "`" + words[i].text + "` is no directory of one program";
    }
  }
  return paths.empty() ? "it names nothing" : "";
}

// Whether the item asks for nothing but whether `user` is there.
bool IsAsking(const Item& item, std::string_view user) {
  const Command* command = OnlySimple(item);
  return command != nullptr && command->words.size() == 3 &&
         command->words[0].Is("id") && command->words[1].Is("-u") &&
         command->words[2].constant &&
         UserPart(command->words[2].text) == UserPart(user);
}

// Why a RUN that is added does more than to make a user and give it
// directories.
std::string WhyNoMaking(const Trace& trace, const Step& step,
                        const List& script) {
  std::string why;
  const std::string& user = LastUser(trace, step);
  const auto look = [&](const List& list, bool guarded,
                        const auto& self) -> void {
    for (const Item& item : list.items) {
      // `id -u USER || { ... }`
      const bool asked =
          guarded && &item == &list.items[1] && IsAsking(list.items[0], user);
      const bool joined = item.join == Join::kFirst ||
                          item.join == Join::kAnd ||
                          (asked && item.join == Join::kOr);
      if (!joined || item.background || item.negated ||
          item.commands.size() != 1) {
        why = "it is no list of `&&`";
        return;
      }
      const Command& command = item.commands[0];
      if (command.kind == NodeKind::kBraceGroup) {
        self(command.lists[0], true, self);
        continue;
      }
      const Call call = ReadCall(command);
      const bool asks = guarded && IsAsking(item, user);
      if (call.program != 0 || (!asks && !command.redirections.empty()) ||
          !command.assignments.empty()) {
        why = "`" + Render(command) + "` is no plain command";
      } else if (call.name == "chown" || call.name == "mkdir") {
        const std::string reason = WhyNoGift(trace, step, call);
        if (!reason.empty()) why = "`" + Render(command) + "`: " + reason;
      } else if (asks) {
        continue;
      } else if (const std::string odd = WhyOddMaker(call); !odd.empty()) {
        why = "`" + Render(command) + "`: " + odd;
      } else if (MakesUser(call)) {
        if (!IsOwner(trace, step.stage, MadeUser(call), user)) {
          why = "another user is made than the one that is used";
        }
      } else if (!HasWord("groupadd addgroup", call.name)) {
        why = "`" + Render(command) + "` makes no user";
      }
    }
  };
  look(script, false, look);
  return why;
}

// The USER that a comparison adds in the stage of `step`.
const Step* UserAdded(const Comparison& c, const Step& step) {
  for (const Difference& other : c.differences) {
    if (other.kind == DifferenceKind::kStepAdded &&
        other.after.step->kind == InstructionKind::kUser &&
        other.after.step->stage == step.stage) {
      return other.after.step;
    }
  }
  return nullptr;
}

// Whether a step before `user`, or a command of one, gives `directory` to who
// runs at the end, or that user makes it.
bool IsGiven(const Trace& trace, const Step& user, std::string_view directory) {
  const Stage& stage = trace.stages()[user.stage];
  const std::string& name = user.arguments[0];
  bool given = false;
  for (uint32_t i = stage.first; i < stage.end; ++i) {
    const Step& step = trace.steps()[i];
    if (step.kind == InstructionKind::kWorkdir && !step.arguments.empty()) {
      given |= step.arguments[0] == directory &&
               IsOwner(trace, user.stage, trace.ContextOf(step).user, name) &&
               !trace.ContextOf(step).user.empty();
    }
    if (step.kind == InstructionKind::kCopy ||
        step.kind == InstructionKind::kAdd) {
      std::string to = step.arguments.empty() ? "" : step.arguments.back();
      while (to.size() > 1 && to.back() == '/') to.pop_back();
      for (const std::string& flag : step.flags) {
        given |= flag.starts_with("--chown=") && to == directory;
      }
    }
    const List* script = trace.ScriptOf(step);
    if (step.kind != InstructionKind::kRun || script == nullptr) continue;
    ForEachSimple(*script, [&](const Command& command) {
      const Call call = ReadCall(command);
      if (call.name != "chown" && call.name != "install") return;
      for (const Word& word : command.words) {
        given |= IsInside(directory, word.text) && word.text.size() > 1;
        given |= word.Is(".") || word.Is("./");
      }
    });
  }
  return given;
}

// Why the program could not write where it works: that is root's, or files
// there are.
std::string WhyDirectoryIsRoots(const Comparison& c, const Step& user) {
  const Trace& trace = c.after;
  const Stage& stage = trace.stages()[user.stage];
  const std::string& directory = trace.FinalContext(stage).workdir;
  bool made = false;
  bool copies = false;
  for (uint32_t i = stage.first; i < stage.end; ++i) {
    const Step& step = trace.steps()[i];
    made |= step.kind == InstructionKind::kWorkdir && !step.onbuild;
    copies |= std::any_of(
        step.flags.begin(), step.flags.end(),
        [](const std::string& flag) { return flag.starts_with("--chown="); });
  }
  if (!made || !MayBeGiven(directory, "")) return "";
  for (uint32_t i = stage.first; i < stage.end && copies; ++i) {
    const Step& step = trace.steps()[i];
    const bool from_context = (step.kind == InstructionKind::kCopy ||
                               step.kind == InstructionKind::kAdd) &&
                              step.from == kNone && !step.onbuild &&
                              !step.arguments.empty() &&
                              IsInside(step.arguments.back(), directory);
    const bool owned = std::any_of(
        step.flags.begin(), step.flags.end(),
        [](const std::string& flag) { return flag.starts_with("--chown="); });
    if (from_context && !owned) {
      return "`" + DescribeStep(trace, step) + "` brings files of root";
    }
  }
  return IsGiven(trace, user, directory)
             ? ""
             : "`" + directory + "`, where it works, is root's";
}

}  // namespace

std::string AddedUser(const Comparison& c, const Difference& d) {
  const Step& step = *d.after.step;
  if (step.onbuild) return "it is a trigger";
  if (step.kind == InstructionKind::kRun) {
    const List* script = c.after.ScriptOf(step);
    if (script == nullptr || !step.flags.empty() || step.heredoc) {
      return "it is more than a script";
    }
    if (UserAdded(c, step) == nullptr) return "no USER is added";
    if (!IsRootName(c.after.ContextOf(step).user)) {
      return "only root makes users";
    }
    return WhyNoMaking(c.after, step, *script);
  }
  if (step.kind != InstructionKind::kUser || step.arguments.size() != 1) {
    return "it makes and names no user";
  }
  const std::string& user = step.arguments[0];
  if (IsRootName(user)) return "it is root";
  if (user != LastUser(c.after, step)) return "another USER comes later";
  if (std::string why = WhyDirectoryIsRoots(c, step); !why.empty()) return why;
  return IsKnownUser(c, c.after, step.stage, user)
             ? ""
             : "nothing makes the user `" + user + "`";
}

std::string GivenDirectory(const Comparison& c, const Difference& d) {
  const Command* command = OnlySimple(d.after.item());
  if (command == nullptr || !command->redirections.empty() ||
      !command->assignments.empty()) {
    return "it is no plain command";
  }
  const Call call = ReadCall(*command);
  if (call.name != "chown") return "it gives nothing to a user";
  if (UserAdded(c, *d.after.step) == nullptr) return "no USER is added";
  const std::vector<Item>& items = d.after.frame().list->items;
  for (const Item& item : items) {
    if (item.join == Join::kOr || item.background) {
      return "`||` or `&` stands beside it";
    }
  }
  if (d.after.item().join != Join::kAnd || !WhereItMayNotBe(d.after).empty()) {
    return "it may run although what is before failed";
  }
  if (!IsRootName(c.after.ContextOf(*d.after.step).user)) {
    return "only root gives files away";
  }
  return WhyNoGift(c.after, *d.after.step, call);
}

std::string RunByUser(const Comparison& c, const Difference& d) {
  const Context& before = c.before.ContextOf(*d.before.step);
  const Context& after = c.after.ContextOf(*d.after.step);
  const Step* user = UserAdded(c, *d.after.step);
  if (before.shell != after.shell || before.workdir != after.workdir ||
      before.variables_hash != after.variables_hash) {
    return "more than the user differs";
  }
  if (user == nullptr || after.user != user->arguments[0] ||
      !IsRootName(before.user)) {
    return "no USER that is added makes it so";
  }
  const List* script = c.after.ScriptOf(*d.after.step);
  if (script == nullptr || !d.after.step->flags.empty()) {
    return "it may need root";
  }
  std::string why;
  ForEachSimple(*script, [&](const Command& command) {
    const Call call = ReadCall(command);
    if (!HasWord("npm yarn pnpm", call.name) || call.program != 0) {
      why = "`" + Render(command) + "` may need root";
      return;
    }
    for (const Word& word : command.words) {
      if (!word.constant || word.text.starts_with('/') ||
          HasWord("-g --global global config set", word.text)) {
        why = "`" + Render(command) + "` may need root";
      }
    }
  });
  return why;
}

std::string DirectoryOfUser(const Comparison& c, const Difference& d) {
  const Step& before = *d.before.step;
  const Step& after = *d.after.step;
  if (before.kind != InstructionKind::kWorkdir || after.kind != before.kind ||
      before.onbuild != after.onbuild || before.arguments != after.arguments) {
    return "it is no WORKDIR, or more than its owner differs";
  }
  const Step* user = UserAdded(c, after);
  if (user == nullptr || c.after.ContextOf(after).user != user->arguments[0] ||
      !IsRootName(c.before.ContextOf(before).user)) {
    return "no USER that is added makes it so";
  }
  return "";
}

std::string UserConfiguration(const Comparison& c, const Difference& d) {
  if (d.name != "User") return "no declared effect is about it";
  const std::string& user =
      c.after.FinalContext(c.after.stages()[d.stage_after]).user;
  for (const Difference& other : c.differences) {
    if (other.kind == DifferenceKind::kStepAdded &&
        other.after.step->kind == InstructionKind::kUser &&
        other.after.step->stage == d.stage_after &&
        other.after.step->arguments == std::vector<std::string>{user}) {
      return "";
    }
  }
  return "no USER that is added makes it so";
}

std::string DroppedSudo(const Comparison& c, const Difference& d) {
  const std::string& user = c.before.ContextOf(*d.before.step).user;
  if (!IsRootName(user)) return "`" + user + "` is not root";
  const std::vector<Command>& before = d.before.item().commands;
  const std::vector<Command>& after = d.after.item().commands;
  const auto same = [](const auto& a, const auto& b) {
    return a.hash == b.hash;
  };
  for (size_t i = 0; i < before.size(); ++i) {
    if (i >= after.size()) return "a command is gone";
    if (before[i].hash == after[i].hash) continue;
    const std::vector<Word>& words = before[i].words;
    if (words.empty() || !words[0].constant ||
        Basename(words[0].text) != "sudo" || !before[i].assignments.empty()) {
      return "it is no `sudo`";
    }
    size_t at = 1;
    while (at < words.size() && HasWord("-E -n -H -S --", words[at].text)) ++at;
    std::string assignments;
    std::string others;
    while (at < words.size() && words[at].text.find('=') != std::string::npos &&
           !words[at].text.starts_with('-')) {
      assignments += words[at++].text + '\n';
    }
    for (const Word& word : after[i].assignments) others += word.text + '\n';
    if (assignments != others ||
        !std::equal(words.begin() + static_cast<std::ptrdiff_t>(at),
                    words.end(), after[i].words.begin(), after[i].words.end(),
                    same) ||
        !std::equal(before[i].redirections.begin(),
                    before[i].redirections.end(), after[i].redirections.begin(),
                    after[i].redirections.end(), same)) {
      return "more than `sudo` is gone";
    }
  }
  return "";
}

std::string NumberedUser(const Comparison& c, const Difference& d) {
  std::string before;
  std::string after;
  uint32_t stage = d.stage_after;
  if (d.kind == DifferenceKind::kConfiguration) {
    if (d.name != "User") return d.name + " differs, too";
    before = c.before.FinalContext(c.before.stages()[d.stage]).user;
    after = c.after.FinalContext(c.after.stages()[stage]).user;
  } else {
    const Step& from = *d.before.step;
    const Step& to = *d.after.step;
    stage = to.stage;
    const Context& context = c.before.ContextOf(from);
    const Context& other = c.after.ContextOf(to);
    const bool is_user = from.kind == InstructionKind::kUser;
    if (from.kind != to.kind || from.onbuild != to.onbuild ||
        context.workdir != other.workdir || context.shell != other.shell ||
        context.variables_hash != other.variables_hash ||
        (!is_user && from.arguments != to.arguments) ||
        (is_user && (from.arguments.size() != 1 || to.arguments.size() != 1)) ||
        (!is_user && from.kind != InstructionKind::kRun &&
         from.kind != InstructionKind::kWorkdir)) {
      return "more than the user differs";
    }
    before = is_user ? from.arguments[0] : context.user;
    after = is_user ? to.arguments[0] : other.user;
  }
  const std::string_view number = UserPart(after);
  if (IsRootName(before) || !IsNumber(number) || number == "0") {
    return "`" + after + "` is no number of `" + before + "`";
  }
  std::string_view given;
  ForEachMaker(c.before, stage, [&](const Call& call) {
    if (MadeUser(call) == UserPart(before)) given = NumberOf(call);
  });
  if (given.empty() && UserPart(before) == "node") given = "1000";
  if (given.empty() && UserPart(before) == "nonroot") given = "65532";
  return given.empty() || given == number
             ? ""
             : "`" + std::string(given) + "` is its number";
}

std::string ChangedOwner(const Comparison& c, const Difference& d) {
  constexpr std::string_view kFlag = "--chown=";
  const Step& before = *d.before.step;
  const Step& after = *d.after.step;
  const bool is_copy = before.kind == InstructionKind::kCopy ||
                       before.kind == InstructionKind::kAdd;
  if (!is_copy || after.kind != before.kind || before.onbuild ||
      after.onbuild || before.json != after.json ||
      before.arguments != after.arguments) {
    return "it is no COPY, or more than its flags differs";
  }
  std::vector<std::string> flags = after.flags;
  const auto chown = std::find_if(
      flags.begin(), flags.end(),
      [&](const std::string& flag) { return flag.starts_with(kFlag); });
  if (chown == flags.end()) return "it gets no owner";
  const std::string owner = chown->substr(kFlag.size());
  flags.erase(chown);
  if (flags != before.flags) return "another flag is changed or gone";
  const std::string& user = LastUser(c.after, after);
  if (IsRootName(user) || !IsOwner(c.after, after.stage, owner, user)) {
    return "`" + owner + "` is not who runs at the end";
  }
  return "";
}

}  // namespace dfix::equivalence::rules
