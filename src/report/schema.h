// The JSON schema of `.dfix.yaml`, for editors.
#ifndef DFIX_REPORT_SCHEMA_H_
#define DFIX_REPORT_SCHEMA_H_

#include <span>
#include <string>

#include "src/transform/transform.h"

namespace dfix {

// The schema (draft 2020-12) of what ParseConfigFile accepts, with the options
// of `transforms`.
std::string ConfigSchema(std::span<const Transform* const> transforms);

}  // namespace dfix

#endif  // DFIX_REPORT_SCHEMA_H_
