#include "src/equivalence/accounts.h"

#include <algorithm>

#include "src/dockerfile/characters.h"
#include "src/equivalence/package_lists.h"
#include "src/equivalence/tables.h"
#include "src/text/search.h"

namespace dfix::equivalence {
namespace {

// Calls `visit(const Step&, const Call&)` for each call that makes a user or a
// group in the stages that `stage` is made of.
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
        if (MakesUser(call) || MakesGroup(call)) visit(step, call);
      });
    }
  }
}

// The argument of one of `options`, or empty.
std::string_view ArgumentOf(const Call& call, std::string_view options) {
  const std::vector<Word>& words = call.command->words;
  for (size_t i = call.program + 1; i + 1 < words.size(); ++i) {
    if (HasWord(options, words[i].text)) return words[i + 1].text;
  }
  return "";
}

// How a name comes about in the stages of a step.
enum class Origin : uint8_t { kNobody, kBefore, kLater };

template <typename Makes>
Origin OriginOf(const Trace& trace, const Step& at, Makes makes) {
  Origin origin = Origin::kNobody;
  ForEachMaker(trace, at.stage, [&](const Step& step, const Call& call) {
    if (!makes(call) || origin == Origin::kBefore) return;
    const bool before =
        step.stage != at.stage || trace.IndexOf(step) < trace.IndexOf(at);
    origin = before ? Origin::kBefore : Origin::kLater;
  });
  return origin;
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

// Whether the file as it was runs something as the user, or gives it files.
bool IsUsed(const Trace& before, std::string_view name, bool as_group) {
  const auto part = [&](std::string_view owner) {
    return as_group ? GroupPart(owner) : UserPart(owner);
  };
  constexpr std::string_view kFlag = "--chown=";
  for (const Step& step : before.steps()) {
    if (step.kind == InstructionKind::kUser && !step.arguments.empty() &&
        part(step.arguments[0]) == name) {
      return true;
    }
    for (const std::string& flag : step.flags) {
      if (flag.starts_with(kFlag) &&
          part(std::string_view(flag).substr(kFlag.size())) == name) {
        return true;
      }
    }
  }
  return false;
}

bool HasName(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

std::string_view UserPart(std::string_view owner) {
  return owner.substr(0, owner.find(':'));
}

std::string_view GroupPart(std::string_view owner) {
  const size_t colon = owner.find(':');
  return colon == owner.npos ? "" : owner.substr(colon + 1);
}

bool IsRootName(std::string_view user) {
  const std::string_view name = UserPart(user);
  return name.empty() || name == "root" || name == "0";
}

bool MakesUser(const Call& call) {
  return HasWord("useradd adduser", call.name);
}

bool MakesGroup(const Call& call) {
  return HasWord("groupadd addgroup", call.name);
}

std::string WhyOddMaker(const Call& call) {
  constexpr std::string_view kWithArgument =
      "--gid -g --uid -u -G --home-dir -h --shell -s";
  constexpr std::string_view kAlone =
      "--system -S -D -H -r -m -M --create-home --no-create-home --no-log-init "
      "-l";
  constexpr std::string_view kShells =
      "/sbin/nologin /usr/sbin/nologin /usr/bin/nologin /bin/false "
      "/usr/bin/false /bin/sh /bin/bash";
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
      const bool path = HasWord("--home-dir -h", text);
      const bool shell = HasWord("--shell -s", text);
      const bool number = HasWord("--uid -u", text) ||
                          (MakesGroup(call) && HasWord("--gid -g", text));
      if ((path || shell) != value.starts_with('/') ||
          (shell && !HasWord(kShells, value)) || (number && !IsNumber(value))) {
        return "`" + value + "` is no argument of `" + text + "`";
      }
    } else if (!HasWord(kAlone, text)) {
      if (text.starts_with('-') || IsNumber(text) || text.starts_with('/')) {
        return "`" + text + "` is no name";
      }
      ++operands;
    }
  }
  if (operands != 1 || words.back().text[0] == '/') return "it names no one";
  const auto has_any = [&](std::string_view options) {
    return std::any_of(words.begin(), words.end(), [&](const Word& word) {
      return HasWord(options, word.text);
    });
  };
  if (call.name == "adduser" && !has_any("-D --system")) {
    return "it asks for a password";
  }
  return call.name == "useradd" &&
                 !has_any("-m -M --create-home --no-create-home --system -r")
             ? "whether it makes a home depends on the image"
             : "";
}

std::string_view MadeName(const Call& call) {
  if (call.command->words.size() < 2) return "";
  constexpr std::string_view kWithArgument =
      "--gid -g --groups -G --uid -u --home-dir --home -d -h --shell -s "
      "--comment -c --gecos --base-dir -b --skel -k --key -K --password -p "
      "--ingroup --expiredate -e --inactive -f";
  const std::vector<Word>& words = call.command->words;
  const std::string& last = words.back().text;
  const bool is_name = words.back().constant && !last.starts_with('-') &&
                       !last.starts_with('/') && !IsNumber(last);
  if (is_name && !HasWord(kWithArgument, words[words.size() - 2].text)) {
    return last;
  }
  for (size_t i = call.program + 1; i < words.size(); ++i) {
    if (HasWord(kWithArgument, words[i].text)) {
      ++i;
    } else if (!words[i].text.starts_with('-')) {
      return words[i].constant ? std::string_view(words[i].text) : "";
    }
  }
  return "";
}

std::string_view NumberOfUser(const Call& call) {
  return ArgumentOf(call, "--uid -u");
}

std::string_view GroupOfUser(const Call& call) {
  // For useradd `-G` names further groups.
  return ArgumentOf(call, call.name == "adduser" ? "-G --gid" : "--gid -g");
}

std::string_view NumberOfUser(const Trace& trace, uint32_t stage,
                              std::string_view user) {
  std::string_view number;
  ForEachMaker(trace, stage, [&](const Step&, const Call& call) {
    if (MakesUser(call) && MadeName(call) == user) number = NumberOfUser(call);
  });
  return number;
}

bool IsShippedAs(const Trace& trace, uint32_t stage, std::string_view user,
                 std::string_view number) {
  const ShippedUser* shipped = ShippedAs(trace, stage, user);
  if (shipped != nullptr && !shipped->number.empty()) {
    return shipped->number == number;
  }
  while (trace.stages()[stage].parent != kNone) {
    stage = trace.stages()[stage].parent;
  }
  const bool alpine =
      HasText(AsciiLower(trace.stages()[stage].image), "alpine");
  return std::any_of(
      UserNumbers().begin(), UserNumbers().end(), [&](const UserNumber& known) {
        const bool other = alpine && !known.on_alpine.empty();
        return known.user == user &&
               (other ? known.on_alpine : known.number) == number;
      });
}

std::string_view NumberOfGroup(const Trace& trace, uint32_t stage,
                               std::string_view user) {
  std::string_view group;
  ForEachMaker(trace, stage, [&](const Step&, const Call& call) {
    if (MakesUser(call) && MadeName(call) == user) group = GroupOfUser(call);
  });
  if (group.empty() || IsNumber(group)) return group;
  return NumberOfMadeGroup(trace, stage, group);
}

std::string_view NumberOfMadeGroup(const Trace& trace, uint32_t stage,
                                   std::string_view group) {
  std::string_view number;
  ForEachMaker(trace, stage, [&](const Step&, const Call& call) {
    if (MakesGroup(call) && MadeName(call) == group) {
      number = ArgumentOf(call, "--gid -g");
    }
  });
  return number;
}

bool IsOfRoot(const Trace& trace, uint32_t stage) {
  constexpr std::string_view kImages =
      "debian ubuntu alpine fedora centos rockylinux almalinux oraclelinux "
      "amazonlinux archlinux opensuse photon busybox buildpack-deps python "
      "node "
      "golang rust gcc ruby php perl openjdk eclipse-temurin maven gradle "
      "erlang elixir haskell swift julia r-base pypy httpd nginx redis "
      "postgres "
      "mysql mariadb ubi8 ubi9 leap tumbleweed debian-slim cuda";
  while (trace.stages()[stage].parent != kNone) {
    stage = trace.stages()[stage].parent;
  }
  std::string_view base = trace.stages()[stage].image;
  base = base.substr(base.rfind('/') + 1);
  return HasWord(kImages, base.substr(0, base.find_first_of(":@")));
}

bool IsUserMade(const Comparison& c, const Step& at, std::string_view user) {
  return IsNumber(user) || ShippedAs(c.after, at.stage, user) != nullptr ||
         OriginOf(c.after, at, [&](const Call& call) {
           return MakesUser(call) && MadeName(call) == user;
         }) == Origin::kBefore;
}

bool IsGroupThere(const Comparison& c, const Step& at, std::string_view group,
                  const MadeAccounts& made) {
  if (IsNumber(group) || HasName(made.groups, group) ||
      ShippedAs(c.after, at.stage, group) != nullptr) {
    return true;
  }
  const Origin origin = OriginOf(c.after, at, [&](const Call& call) {
    return MadeName(call) == group &&
           (MakesGroup(call) || GroupOfUser(call).empty());
  });
  return origin == Origin::kBefore ||
         (origin == Origin::kNobody &&
          (IsUsed(c.before, group, true) || IsUsed(c.before, group, false)));
}

bool IsOwnerThere(const Comparison& c, const Step& at, std::string_view owner,
                  const MadeAccounts& made) {
  const std::string_view user = UserPart(owner);
  const Origin origin = OriginOf(c.after, at, [&](const Call& call) {
    return MakesUser(call) && MadeName(call) == user;
  });
  if (!IsUserMade(c, at, user) && !HasName(made.users, user) &&
      (origin == Origin::kLater || !IsUsed(c.before, user, false))) {
    return false;
  }
  return owner.find(':') == owner.npos ||
         IsGroupThere(c, at, GroupPart(owner), made);
}

bool IsOwner(const Trace& trace, uint32_t stage, std::string_view owner,
             std::string_view user) {
  const std::string_view one = UserPart(owner);
  const std::string_view other = UserPart(user);
  if (one == other) return true;
  if (one.empty() || other.empty()) return false;
  const ShippedUser* shipped = ShippedAs(trace, stage, other);
  if (shipped != nullptr && shipped->number == one) return true;
  return NumberOfUser(trace, stage, other) == one ||
         NumberOfUser(trace, stage, one) == other;
}

const std::string& LastUser(const Trace& trace, const Step& step) {
  return trace.FinalContext(trace.stages()[step.stage]).user;
}

}  // namespace dfix::equivalence
