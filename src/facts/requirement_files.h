// The requirement files of pip.
#ifndef DFIX_FACTS_REQUIREMENT_FILES_H_
#define DFIX_FACTS_REQUIREMENT_FILES_H_

#include <string>
#include <string_view>
#include <vector>

namespace dfix {

// The lines of the requirement file `text` as pip reads them: continued ones
// joined, comments and blanks around them gone. Some may be empty.
std::vector<std::string> RequirementLines(std::string_view text);

}  // namespace dfix

#endif  // DFIX_FACTS_REQUIREMENT_FILES_H_
