// `dfix verify`: builds files as they are and as they are rewritten.
#ifndef DFIX_CLI_VERIFY_COMMAND_H_
#define DFIX_CLI_VERIFY_COMMAND_H_

#include "src/cli/options.h"
#include "src/cli/output.h"

namespace dfix {

// Returns the exit status: kExitPending if something differs. A signal that
// ends the program ends it after everything was cleaned up.
int RunVerify(const Options& options, Streams& streams);

// What `dfix verify` runs inside the containers that it looks into.
int RunVerifyProbe(const Options& options, Streams& streams);

}  // namespace dfix

#endif  // DFIX_CLI_VERIFY_COMMAND_H_
