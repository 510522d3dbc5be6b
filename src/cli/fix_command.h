// The main command: report, show, write or count the changes of many files.
#ifndef DFIX_CLI_FIX_COMMAND_H_
#define DFIX_CLI_FIX_COMMAND_H_

#include "src/cli/options.h"
#include "src/cli/output.h"

namespace dfix {

// Returns the exit status. A file that cannot be read, parsed or written does
// not keep the others from being dealt with.
int RunFix(const Options& options, Streams& streams);

}  // namespace dfix

#endif  // DFIX_CLI_FIX_COMMAND_H_
