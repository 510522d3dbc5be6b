// The users and groups that a stage has at a step: those that a RUN before it
// makes, those of the base image, and those that the author relies on.
//
// Left out: what scripts of the project make.
#ifndef DFIX_EQUIVALENCE_ACCOUNTS_H_
#define DFIX_EQUIVALENCE_ACCOUNTS_H_

#include <string>
#include <string_view>
#include <vector>

#include "src/equivalence/calls.h"
#include "src/equivalence/rules.h"
#include "src/equivalence/trace.h"

namespace dfix::equivalence {

// `a:b` without `:b`, and without `a:`; that is empty if there is no group.
std::string_view UserPart(std::string_view owner);
std::string_view GroupPart(std::string_view owner);

// Whether a user of that name, or nobody, is root.
bool IsRootName(std::string_view user);

// Whether a call makes a user, or a group.
bool MakesUser(const Call& call);
bool MakesGroup(const Call& call);

// Why a call that makes a user or a group is not of the usual form.
std::string WhyOddMaker(const Call& call);

// The user or group that a call makes: its last word, or the one that its
// options follow.
std::string_view MadeName(const Call& call);

// The number that a call gives the user that it makes, or empty; and the group
// that it puts the user in, by name or number, or empty for one of its own.
std::string_view NumberOfUser(const Call& call);
std::string_view GroupOfUser(const Call& call);

// The number that the stages which `stage` is made of give a user; empty if
// they do not tell.
std::string_view NumberOfUser(const Trace& trace, uint32_t stage,
                              std::string_view user);
// Whether the base image of the stage brings the user with that number.
bool IsShippedAs(const Trace& trace, uint32_t stage, std::string_view user,
                 std::string_view number);
// The number of the group that the stages put a user in, likewise.
std::string_view NumberOfGroup(const Trace& trace, uint32_t stage,
                               std::string_view user);

// The number that they give a group; empty if they do not tell.
std::string_view NumberOfMadeGroup(const Trace& trace, uint32_t stage,
                                   std::string_view group);

// Whether steps of the stage run as root where no USER says another: its base
// is an image of a distribution or a language, which are root's.
bool IsOfRoot(const Trace& trace, uint32_t stage);

// The users and groups that one script has made so far.
struct MadeAccounts {
  std::vector<std::string> users;
  std::vector<std::string> groups;
};

// Whether a step before `at` of the trace after makes the user, or its base
// image has it. A number is always there.
bool IsUserMade(const Comparison& c, const Step& at, std::string_view user);

// Whether both the user and the group of `owner` are there at a step of the
// trace after: made before it, by `made` or by the base image, or relied on by
// the file as it was.
bool IsOwnerThere(const Comparison& c, const Step& at, std::string_view owner,
                  const MadeAccounts& made = {});

// Whether the group is there, likewise.
bool IsGroupThere(const Comparison& c, const Step& at, std::string_view group,
                  const MadeAccounts& made = {});

// Whether `owner` is who `user` is: by name, or by a number that the stage
// gives it.
bool IsOwner(const Trace& trace, uint32_t stage, std::string_view owner,
             std::string_view user);

// The user at the end of the step's stage.
const std::string& LastUser(const Trace& trace, const Step& step);

}  // namespace dfix::equivalence

#endif  // DFIX_EQUIVALENCE_ACCOUNTS_H_
