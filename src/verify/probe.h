// Looks at a container from inside: which ports its processes listen on, what
// they answer to HTTP, and as whom its main process runs.
//
// dfix is one static program, so it can be copied into any container of its own
// platform, also one without a shell, and be run there.
#ifndef DFIX_VERIFY_PROBE_H_
#define DFIX_VERIFY_PROBE_H_

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "src/verify/measurement.h"

namespace dfix {

// The ports in the state LISTEN of a text as in /proc/net/tcp or tcp6,
// ascending, each once.
std::vector<int> ListeningPorts(std::string_view table);

// The effective user id in a text as in /proc/PID/status; absent if there is
// none.
std::optional<uint32_t> EffectiveUid(std::string_view status);

// The answer that `text`, all that a server sent, is. The body may be cut.
HttpAnswer ParseHttpAnswer(int port, std::string_view text);

// Looks at the container that this program runs in. Asks the ports only if
// `ask`: servers write a line for each request.
ProbeResult ProbeFromInside(bool ask);

}  // namespace dfix

#endif  // DFIX_VERIFY_PROBE_H_
