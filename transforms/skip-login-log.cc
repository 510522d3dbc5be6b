#include <algorithm>
#include <string>

#include "src/facts/program_options.h"
#include "src/facts/script_facts.h"
#include "src/text/search.h"
#include "src/transform/sink.h"
#include "src/transform/transform.h"

namespace dfix::transforms {
namespace {

// Options of useradd(8) that take an argument.
constexpr std::string_view kLong[] = {
    "--base-dir", "--comment",      "--gid",      "--home-dir",     "--home",
    "--skel",     "--expiredate",   "--inactive", "--groups",       "--key",
    "--password", "--root",         "--prefix",   "--selinux-user", "--shell",
    "--uid",      "--selinux-range"};
constexpr OptionSyntax kSyntax = {"bcdefgGkKpPRsuZ", kLong};

// Below that the log is small enough.
constexpr size_t kDigitsOfHighUid = 6;

bool IsHighUid(std::string_view uid) {
  return uid.size() >= kDigitsOfHighUid && IsNumber(uid);
}

void Run(const Input& input, Sink& sink) {
  for (const ProgramCall& call : CallsOf(input.facts, "useradd")) {
    std::string uid;
    bool skips = false;
    for (const ProgramOption& option :
         ReadOptions(input.document, call.words, kSyntax)) {
      skips |= option.name == "-l" || option.name == "--no-log-init";
      if (option.name == "-u" || option.name == "--uid") {
        uid = option.argument.value_or("");
      }
    }
    if (skips || !IsHighUid(uid)) continue;
    sink.Propose(call.words[0], Level::kSafe,
                 "add `-l`: `/var/log/lastlog` would grow with the uid " + uid +
                     ", by gigabytes in some layers",
                 [&](ChangeWriter& change) {
                   change.InsertWordAfter(call.words[0], "-l");
                 });
  }
}

}  // namespace

extern const Transform kSkipLoginLog;
const Transform kSkipLoginLog = {
    .id = "skip-login-log",
    .title = "Create users with high ids without an entry in the login log",
    .why =
        "`useradd` writes to `/var/log/lastlog` and `/var/log/faillog` at an "
        "offset that grows with the uid. The files are sparse, but layers may "
        "store them in full: gigabytes of zeros for a high uid. `-l` writes "
        "nothing there.",
    .level = Level::kSafe,
    .phase = Phase::kContent,
    .rank = 40,
    .aliases = {"DL3046"},
    .effects = {Effect::kAddsFlag},
    .before =
        "FROM debian:12\n"
        "RUN useradd -u 1234567 app\n",
    .after =
        "FROM debian:12\n"
        "RUN useradd -l -u 1234567 app\n",
    .left_alone = "Ids of less than six digits, and those in variables.",
    .run = Run,
};

}  // namespace dfix::transforms
