// A verification as people and programs read it.
#ifndef DFIX_VERIFY_VERIFICATION_REPORT_H_
#define DFIX_VERIFY_VERIFICATION_REPORT_H_

#include <string>
#include <vector>

#include "src/verify/verify.h"

namespace dfix {

// Tables for a terminal.
std::string VerificationAsText(const Verification& verification);

// The same for a pull request.
std::string VerificationAsMarkdown(const Verification& verification);

// All that was measured, as a JSON array with an object for each file.
std::string VerificationsAsJson(const std::vector<Verification>& all);

}  // namespace dfix

#endif  // DFIX_VERIFY_VERIFICATION_REPORT_H_
