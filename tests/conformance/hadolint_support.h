// When hadolint's rules about package managers fire: read from the
// documentation of each rule, and independent of what transforms know.
#ifndef DFIX_TESTS_CONFORMANCE_HADOLINT_SUPPORT_H_
#define DFIX_TESTS_CONFORMANCE_HADOLINT_SUPPORT_H_

#include <string>
#include <string_view>

namespace dfix {

// Whether `rule` (`DL3009`) is one of those.
bool IsJudged(std::string_view rule);

// Whether it fires on the file.
bool Fires(std::string_view rule, const std::string& dockerfile);

}  // namespace dfix

#endif  // DFIX_TESTS_CONFORMANCE_HADOLINT_SUPPORT_H_
