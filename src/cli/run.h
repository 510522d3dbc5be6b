// The program, from its arguments to its exit status.
#ifndef DFIX_CLI_RUN_H_
#define DFIX_CLI_RUN_H_

#include <string>
#include <vector>

namespace dfix {

// Does what `arguments`, without the program's name, ask for.
int Run(const std::vector<std::string>& arguments);

}  // namespace dfix

#endif  // DFIX_CLI_RUN_H_
