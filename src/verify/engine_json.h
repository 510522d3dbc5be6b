// Reads what engines print as JSON about images and containers.
#ifndef DFIX_VERIFY_ENGINE_JSON_H_
#define DFIX_VERIFY_ENGINE_JSON_H_

#include <optional>
#include <string>
#include <string_view>

#include "src/verify/measurement.h"

namespace dfix {

// What `docker image inspect`, `podman image inspect` or `buildah inspect`
// printed about one image; absent if it is none of these. buildah does not tell
// the size: 0.
std::optional<ImageFacts> ParseImage(std::string_view json);

// The size in what `buildah images --json` printed about one image, such as
// `97.7 MB`; 0 if there is none.
uint64_t ParseBuildahSize(std::string_view json);

struct ContainerState {
  bool running = false;
  int exit_status = 0;
};

// What `inspect` printed about one container.
std::optional<ContainerState> ParseContainer(std::string_view json);

// The probe's result as it goes from inside the container to the outside.
std::string FormatProbe(const ProbeResult& probe);
std::optional<ProbeResult> ParseProbe(std::string_view json);

}  // namespace dfix

#endif  // DFIX_VERIFY_ENGINE_JSON_H_
