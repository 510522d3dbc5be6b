// `dfix dump`: how the program reads a file, for people who work on it.
#ifndef DFIX_CLI_DUMP_COMMAND_H_
#define DFIX_CLI_DUMP_COMMAND_H_

#include "src/cli/options.h"
#include "src/cli/output.h"

namespace dfix {

// Returns the exit status.
int RunDump(const Options& options, Streams& streams);

}  // namespace dfix

#endif  // DFIX_CLI_DUMP_COMMAND_H_
