// Rules about who runs what, and whom files belong to.
#include <algorithm>

#include "src/equivalence/accounts.h"
#include "src/equivalence/calls.h"
#include "src/equivalence/package_lists.h"
#include "src/equivalence/rules.h"
#include "src/text/search.h"

namespace dfix::equivalence::rules {
namespace {

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

bool ChangesDirectory(const Command& command) {
  return !command.words.empty() &&
         (command.words[0].Is("cd") || command.words[0].Is("pushd"));
}

// Whether a command of `script` before `until` may have changed the directory.
bool IsElsewhere(const List& script, const Command* until) {
  bool moved = false;
  bool reached = false;
  ForEachSimple(script, [&](const Command& command) {
    reached |= &command == until;
    moved |= !reached && ChangesDirectory(command);
  });
  return moved;
}

// How the directory that a step is about comes about.
enum class Making : uint8_t { kNobody, kBefore, kLater };

// Whether a step of the stages of `at` makes `path`, or a file below it, or may
// bring it; in the script of `at` itself, a command before `until`.
Making MakingOf(const Trace& trace, const Step& at, const Command* until,
                std::string_view path) {
  Making making = Making::kNobody;
  for (uint32_t stage = at.stage; stage != kNone;
       stage = trace.stages()[stage].parent) {
    for (uint32_t i = trace.stages()[stage].first;
         i < trace.stages()[stage].end; ++i) {
      const Step& step = trace.steps()[i];
      const bool is_copy = step.kind == InstructionKind::kCopy ||
                           step.kind == InstructionKind::kAdd;
      const bool is_here = &step == &at;
      bool makes = false;
      if (step.arguments.empty() || step.onbuild) {
        makes = false;
      } else if (is_copy || step.kind == InstructionKind::kWorkdir) {
        std::string to = step.arguments.back();
        while (to.size() > 1 && to.back() == '/') to.pop_back();
        makes = IsInside(to, path) || (is_copy && IsInside(path, to));
      }
      if (const List* script = trace.ScriptOf(step);
          script != nullptr && step.kind == InstructionKind::kRun) {
        const std::string workdir = trace.ContextOf(step).workdir + "/";
        bool reached = false;
        bool moved = false;
        ForEachSimple(*script, [&](const Command& command) {
          reached |= is_here && &command == until;
          const bool is_mkdir =
              !command.words.empty() && command.words[0].Is("mkdir");
          for (const Word& word : command.words) {
            makes |= !reached && IsInside(word.text, path);
            makes |= !reached && !moved && is_mkdir &&
                     IsInside(workdir + word.text, path);
          }
          moved |= ChangesDirectory(command);
        });
      }
      if (!makes) continue;
      const bool before = is_here || stage != at.stage ||
                          trace.IndexOf(step) < trace.IndexOf(at);
      if (before) return Making::kBefore;
      making = Making::kLater;
    }
  }
  return making;
}

// Why a call of `chown` or `mkdir` is not what gives a user its directories.
std::string WhyNoGift(const Comparison& c, const Step& step, const Call& call,
                      const MadeAccounts& made = {}) {
  const Trace& trace = c.after;
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
    if (!IsOwnerThere(c, step, call.verb_name, made)) {
      return "`" + std::string(call.verb_name) + "` is not there yet";
    }
  } else {
    paths.insert(paths.begin(), call.verb);
  }
  const std::string& workdir = trace.ContextOf(step).workdir;
  const List* script = trace.ScriptOf(step);
  const bool elsewhere =
      script != nullptr && IsElsewhere(*script, call.command);
  for (const size_t i : paths) {
    const bool absolute = words[i].text.starts_with('/');
    if (!absolute && elsewhere) {
      return "where `" + words[i].text + "` is, a `cd` before it says";
    }
    const std::string path =
        absolute ? words[i].text : workdir + "/" + words[i].text;
    if (!words[i].constant || !MayBeGiven(path, workdir)) {
      return "`" + words[i].text + "` is no directory of one program";
    }
    if (!is_chown) continue;
    const Making making = MakingOf(trace, step, call.command, path);
    if (making == Making::kLater ||
        (making == Making::kNobody &&
         !HasText(c.before.document().text(), path))) {
      return "nothing before it makes `" + path + "`";
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
std::string WhyNoMaking(const Comparison& c, const Step& step,
                        const List& script) {
  const Trace& trace = c.after;
  std::string why;
  MadeAccounts made;
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
        const std::string reason = WhyNoGift(c, step, call, made);
        if (!reason.empty()) why = "`" + Render(command) + "`: " + reason;
      } else if (asks) {
        continue;
      } else if (const std::string odd = WhyOddMaker(call); !odd.empty()) {
        why = "`" + Render(command) + "`: " + odd;
      } else if (MakesUser(call)) {
        const std::string_view name = MadeName(call);
        const std::string_view group = GroupOfUser(call);
        if (!IsOwner(trace, step.stage, name, user)) {
          why = "another user is made than the one that is used";
        } else if (!guarded && IsUserMade(c, step, name)) {
          why = "the user is there already";
        } else if (!group.empty() && !IsGroupThere(c, step, group, made)) {
          why = "the group `" + std::string(group) + "` is not there";
        }
        made.users.emplace_back(name);
        if (group.empty()) made.groups.emplace_back(name);
      } else if (MakesGroup(call)) {
        made.groups.emplace_back(MadeName(call));
      } else {
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
    return WhyNoMaking(c, step, *script);
  }
  if (step.kind != InstructionKind::kUser || step.arguments.size() != 1) {
    return "it makes and names no user";
  }
  const std::string& user = step.arguments[0];
  if (IsRootName(user)) return "it is root";
  if (user != LastUser(c.after, step)) return "another USER comes later";
  if (std::string why = WhyDirectoryIsRoots(c, step); !why.empty()) return why;
  return IsOwnerThere(c, step, user) ? ""
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
  return WhyNoGift(c, *d.after.step, call);
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
  constexpr std::string_view kWordsOfShell =
      "cd exit export set unset source . eval exec read alias umask trap shift "
      "return break continue wait ulimit";
  const Step& step = *d.before.step;
  // A trigger runs as the user that the image has.
  const std::string& user =
      step.onbuild ? LastUser(c.before, step) : c.before.ContextOf(step).user;
  if (!IsRootName(user)) return "`" + user + "` is not root";
  const List* script = c.before.ScriptOf(step);
  if (script != nullptr && DefinesFunction(*script, "sudo")) {
    return "`sudo` is a function of the script";
  }
  if (user.empty() && !IsOfRoot(c.before, step.stage)) {
    return "who the base image's user is, is not known";
  }
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
    if (at >= words.size() || !words[at].constant ||
        HasWord(kWordsOfShell, words[at].text)) {
      return "what `sudo` starts is not known, or no program";
    }
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
  const std::string_view group = GroupPart(after);
  const bool has_group = after.find(':') != std::string::npos;
  if (IsRootName(before) || !IsNumber(number) || number == "0" ||
      (has_group && !IsNumber(group) && group != GroupPart(before))) {
    return "`" + after + "` is no number of `" + before + "`";
  }
  const std::string_view own = NumberOfGroup(c.before, stage, UserPart(before));
  if (has_group && GroupPart(before).empty() && !own.empty() && own != group) {
    return "`" + std::string(own) + "` is its group";
  }
  std::string_view given = NumberOfUser(c.before, stage, UserPart(before));
  if (given.empty() && IsShippedAs(c.before, stage, UserPart(before), number)) {
    given = number;
  }
  if (has_group && group != GroupPart(before) && !GroupPart(before).empty() &&
      NumberOfMadeGroup(c.before, stage, GroupPart(before)) != group &&
      (GroupPart(before) != UserPart(before) || group != given)) {
    return "the number of `" + before + "`'s group is not known";
  }
  return given == number ? "" : "`" + after + "` is not seen to be its number";
}

std::string ChangedOwner(const Comparison& c, const Difference& d) {
  constexpr std::string_view kFlag = "--chown=";
  const Step& before = *d.before.step;
  const Step& after = *d.after.step;
  const bool is_copy = before.kind == InstructionKind::kCopy ||
                       before.kind == InstructionKind::kAdd;
  if (!is_copy || after.kind != before.kind || before.onbuild ||
      after.onbuild || before.json != after.json || before.from != after.from ||
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
  const bool links =
      std::any_of(flags.begin(), flags.end(), [](const std::string& flag) {
        return flag == "--link" || flag == "--link=true";
      });
  if (links && !IsNumber(UserPart(owner))) return "`--link` knows no names";
  if (flags != before.flags) return "another flag is changed or gone";
  const std::string& user = LastUser(c.after, after);
  if (IsRootName(user) || !IsOwner(c.after, after.stage, owner, user)) {
    return "`" + owner + "` is not who runs at the end";
  }
  return IsOwnerThere(c, after, owner) ? ""
                                       : "`" + owner + "` is not there yet";
}

}  // namespace dfix::equivalence::rules
