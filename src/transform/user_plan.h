// How a stage's program comes to run as a user other than root: which user, who
// makes it, what it owns, and where USER goes.
#ifndef DFIX_TRANSFORM_USER_PLAN_H_
#define DFIX_TRANSFORM_USER_PLAN_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "src/facts/base_image.h"
#include "src/facts/facts.h"
#include "src/facts/program_files.h"
#include "src/transform/sink.h"
#include "src/transform/transform.h"

namespace dfix {

// What the options say.
struct UserSettings {
  std::string name;
  uint32_t uid;
  uint32_t gid;
  bool numeric;  // USER and --chown by number.
  // Whether it gets a home directory; absent: if the program wants one.
  std::optional<bool> home;
};

struct UserPlan {
  std::string user;    // USER's argument.
  std::string owner;   // chown's and --chown's.
  std::string number;  // The same by number; empty if it is not known.
  std::vector<std::string> create;  // Commands that make the user.
  // The stage's first place for RUNs of ours, or kNoInstruction: the one that
  // they go before, or after if `create_after`.
  uint32_t create_at = kNoInstruction;
  bool create_after = false;
  // How the working directory becomes the user's.
  enum class Workdir : uint8_t {
    kIsOwn,      // It is, or there is none.
    kGive,       // With the commands that make the user; it is there.
    kMake,       // With them; they make it.
    kGiveLater,  // In a RUN of its own behind the WORKDIR that makes it.
  };
  Workdir workdir = Workdir::kIsOwn;
  // USER goes before this instruction, or after it.
  uint32_t user_at = kNoInstruction;
  bool user_after = false;
  ProgramFiles files;
};

// The commands that make the user of `settings` in an image of `family`, which
// has tools for that. With `guarded`, they do nothing if it is there already.
std::vector<std::string> CreateUserCommands(const UserSettings& settings,
                                            const ImageFamily& family,
                                            UserTools tools, bool with_home,
                                            bool guarded);

// Where in `stage` commands that make a user go: before the first instruction
// that reads or writes files; kNoInstruction if there is none.
uint32_t PlaceForUser(const Facts& facts, uint32_t stage);

// How the working directory of `plan`, whose place for the user's commands is
// set, becomes the user's.
UserPlan::Workdir WorkdirOf(const Facts& facts, uint32_t stage,
                            const UserPlan& plan);

// Sets where USER goes in `stage`: before the program, after everything that
// needs root. Returns the first RUN that then is the user's, or kNoInstruction.
uint32_t PlaceUser(const Facts& facts, uint32_t stage, bool is_node,
                   UserPlan& plan);

// Writes the plan for `stage`.
void WriteUserPlan(const Facts& facts, uint32_t stage, const UserPlan& plan,
                   ChangeWriter& change);

}  // namespace dfix

#endif  // DFIX_TRANSFORM_USER_PLAN_H_
